/** The way as a page for people: a diagram and a table, made from the definitions so that they cannot disagree. */
import { follow } from '../../domain/referral/way.ts';
import type { Clock, Outcome, StepDefinition, WayVersion } from '../../domain/referral/definition.ts';
import { markdownTable } from '../../text/markdown-table.ts';
import type { Locale } from '../../text/words.ts';
import { stepWords } from './versions.ts';
import { referralWords } from './words.ts';

/** A Mermaid name: letters, digits and `_`. */
const nodeOf = (id: string) => id.replaceAll('-', '_');
const inBoth = (say: (locale: Locale) => string) => `${say('da')} / ${say('en')}`;
/** A Mermaid label: a colon or semicolon would end it. */
const label = (text: string) => text.replaceAll(/\s*[:;]/g, ' –');

const titleIn = ({ version }: WayVersion, id: string) => inBoth((locale) => stepWords(version, id, locale).title);
const resultIn = ({ version }: WayVersion, { id }: StepDefinition, outcome: string) =>
  inBoth((locale) => stepWords(version, id, locale).results[outcome] ?? outcome);

const partyNames: Readonly<Record<StepDefinition['party'], string>> = {
  shelter: 'Herberget / the shelter',
  allocation: 'Fordeling: leder eller sagsbehandler / allocation: manager or caseworker',
  caseworker: 'Sagsbehandleren / the caseworker',
  housing: 'Den boligsociale anvisning',
  support: 'Den, der følger op / whoever follows up',
};

const toldNames: Readonly<Record<StepDefinition['party'], string>> = {
  shelter: 'herberget / the shelter',
  allocation: 'fordelingen / allocation',
  caseworker: 'sagsbehandleren / the caseworker',
  housing: 'anvisningen / the deciding unit',
  support: 'den, der følger op / whoever follows up',
};

function clockText({ days, kind, source }: Clock): string {
  return `${days} ${kind} (${source === 'default' ? 'ikke bekræftet / not confirmed' : source})`;
}

/** The steps of the way to a place that the way home has not. */
const onlyPlace = ({ home, place }: WayVersion) => place.filter(({ id }) => !home.some((step) => step.id === id));

/** Where the outcomes of all steps lead, with the two ways side by side. */
function diagramOf(way: WayVersion): string[] {
  const place = onlyPlace(way);
  const steps = [...way.home, ...place];
  const declare = (step: StepDefinition) => `  ${nodeOf(step.id)}: ${label(titleIn(way, step.id))}`;
  const edges = (step: StepDefinition) =>
    Object.entries(step.outcomes).map(([name, { to }]) => {
      const next = follow(way, step.id, to);
      const target = next.kind === 'step' ? nodeOf(next.step.id) : next.kind === 'end' ? '[*]' : 'closed';
      return `  ${nodeOf(step.id)} --> ${target}: ${label(resultIn(way, step, name))}`;
    });
  const [first] = way.home;
  const closes = steps.some(({ outcomes }) => Object.values(outcomes).some(({ to }) => to === 'stop'));
  return [
    '```mermaid',
    'stateDiagram-v2',
    // Mermaid draws no edge between the insides of two groups, so the second way has a colour instead.
    '  classDef place fill:#f3e3bf,color:#000',
    ...steps.map(declare),
    ...place.map(({ id }) => `  class ${nodeOf(id)} place`),
    ...(closes ? ['  closed: Afsluttet / closed'] : []),
    ...(first ? [`  [*] --> ${nodeOf(first.id)}`] : []),
    ...steps.flatMap(edges),
    ...(closes ? ['  closed --> [*]'] : []),
    '```',
  ];
}

/** Where an outcome leads, in words. */
function targetIn(way: WayVersion, step: StepDefinition, { to }: Outcome): string {
  const next = follow(way, step.id, to);
  if (next.kind === 'step') return titleIn(way, next.step.id);
  return next.kind === 'end' ? 'enden, for nu / the end, for now' : 'afsluttet / closed';
}

/** A step and its outcomes, a line each. */
function sectionOf(way: WayVersion, step: StepDefinition, number: string): string[] {
  const lines = Object.entries(step.outcomes).flatMap(([name, outcome]) => {
    const reasons = (outcome.reasons ?? []).map((code) =>
      inBoth((locale) => stepWords(way.version, step.id, locale).reasons[code] ?? code),
    );
    const told = (outcome.tells ?? []).map((party) => toldNames[party]);
    if (outcome.citizenIsTold) told.push('borgeren / the citizen');
    return [
      `- **${resultIn(way, step, name)}** → ${targetIn(way, step, outcome)}`,
      ...(told.length > 0 ? [`  - Får besked / told: ${told.join(', ')}`] : []),
      ...(reasons.length > 0 ? ['  - Begrundelser / reasons:', ...reasons.map((reason) => `    - ${reason}`)] : []),
    ];
  });
  return [`### ${number}. ${titleIn(way, step.id)}`, '', ...lines, ''];
}

function rowOf(way: WayVersion, step: StepDefinition, number: string): string[] {
  const { notBy, party, clock, outcomes } = step;
  const but = notBy ? `, ikke den fra / but not by the doer of ${titleIn(way, notBy)}` : '';
  const targets = new Set(Object.values(outcomes).map((outcome) => targetIn(way, step, outcome)));
  return [number, titleIn(way, step.id), partyNames[party] + but, clockText(clock), [...targets].join('; ')];
}

function versionPage(way: WayVersion): string[] {
  const reasons = (codes: readonly string[], table: 'backReasons' | 'stopReasons') =>
    codes.map((code) => {
      const word = (locale: Locale) => (referralWords[locale][table] as Readonly<Record<string, string>>)[code] ?? code;
      return `- ${inBoth(word)}`;
    });
  const numbered = [
    ...way.home.map((step, index) => [`${index + 1}`, step] as const),
    ...onlyPlace(way).map((step, index) => [`B${index + 1}`, step] as const),
  ];
  return [
    `## Version ${way.version}: sager fra ${way.from} / cases from ${way.from}`,
    '',
    ...diagramOf(way),
    '',
    'Farvede trin hører til vejen til et botilbud (B1 …); bagefter deler den trin med vejen til en bolig. / The coloured',
    'steps are the way to a place (B1 …); after them it shares steps with the way home.',
    '',
    'Fra hvert trin kan sagen sendes tilbage til et tidligere trin, som den har været på, eller afsluttes; begge dele med',
    'en begrundelse. En afsluttet sag kan åbnes igen. / From every step the case can be sent back to an earlier one that',
    'it has been at, or closed; both with a reason. A closed case can be opened again.',
    '',
    markdownTable(
      ['#', 'Trin / step', 'Hvem / who', 'Frist / clock', 'Fører til / leads to'],
      numbered.map(([number, step]) => rowOf(way, step, number)),
    ),
    '',
    ...numbered.flatMap(([number, step]) => sectionOf(way, step, number)),
    '### Begrundelser / reasons',
    '',
    'Tilbage / back:',
    '',
    ...reasons(way.backReasons, 'backReasons'),
    '',
    'Afslut / close:',
    '',
    ...reasons(way.stopReasons, 'stopReasons'),
  ];
}

/** docs/the-way.md: all versions, the newest first. */
export function wayPage(versions: readonly WayVersion[]): string {
  const newestFirst = [...versions].sort((a, b) => b.version - a.version);
  return [
    '<!-- Made by `npm run docs` from bot/workflows/referral/versions.ts: edit the steps, not this page. -->',
    '',
    '# Vejen fra herberg til bolig / the way from shelter to home',
    '',
    'Fristen tælles fra dagen efter, at trinnet begyndte. / A clock counts from the day after the step began.',
    '',
    ...newestFirst.flatMap((way) => [...versionPage(way), '']),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}
