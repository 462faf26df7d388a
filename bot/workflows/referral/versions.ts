/**
 * The way from shelter to home, version by version. A case keeps the version it began with; a version that a
 * municipality has used is never changed (a test holds its digest): copy it, change the copy, give it a start date.
 */
import type { WayVersion } from '../../domain/referral/definition.ts';
import { problemsOf } from '../../domain/referral/check-way.ts';
import { type Locale, locales } from '../../text/words.ts';
import type { Step, StepWords } from './step.ts';
import { admission } from './steps/admission.ts';
import { answer } from './steps/answer.ts';
import { assessment } from './steps/assessment.ts';
import { attachment } from './steps/attachment.ts';
import { clarification } from './steps/clarification.ts';
import { decision } from './steps/decision.ts';
import { keptHome } from './steps/kept-home.ts';
import { lease } from './steps/lease.ts';
import { movedIn } from './steps/moved-in.ts';
import { nomination } from './steps/nomination.ts';
import { offer } from './steps/offer.ts';
import { placeDecision } from './steps/place-decision.ts';
import { placeReady } from './steps/place-ready.ts';
import { stabilising } from './steps/stabilising.ts';
import { support } from './steps/support.ts';

interface Version {
  readonly version: number;
  readonly from: string;
  readonly home: readonly Step[];
  readonly place: readonly Step[];
  readonly stopReasons: readonly string[];
  readonly backReasons: readonly string[];
}

const versions: readonly Version[] = [
  {
    version: 1,
    from: '2023-01-01',
    home: [
      ...[admission, attachment, stabilising, assessment, clarification, nomination, decision],
      ...[offer, answer, lease, support, movedIn, keptHome],
    ],
    place: [placeDecision, placeReady, support, movedIn, keptHome],
    stopReasons: [
      'citizen_left',
      'citizen_declines',
      'other_municipality',
      'found_home_alone',
      'imprisoned',
      'dead',
      'mistake',
    ],
    backReasons: ['new_information', 'wish_changed', 'support_changed', 'mistake'],
  },
];

const ways = new Map<number, WayVersion>(
  versions.map(({ home, place, ...rest }) => [
    rest.version,
    { ...rest, home: home.map(({ definition }) => definition), place: place.map(({ definition }) => definition) },
  ]),
);

/** The definitions of a version; throws on a version that is not here, which only a damaged row or an older program meets. */
export function wayVersion(version: number): WayVersion {
  const way = ways.get(version);
  if (!way) throw new Error(`The way has no version ${version}: this program is older than the data`);
  return way;
}

/** The version that a case admitted on this legal day begins with. */
export function currentVersion(today: string): WayVersion {
  const current = [...ways.values()]
    .filter(({ from }) => from <= today)
    .sort((a, b) => a.version - b.version)
    .at(-1);
  if (!current) throw new Error(`No version of the way is in force on ${today}`);
  return current;
}

/** The step with its card and words. */
export function stepIn(version: number, id: string): Step {
  const found = versions.find((candidate) => candidate.version === version);
  const step = found && [...found.home, ...found.place].find(({ definition }) => definition.id === id);
  if (!step) throw new Error(`Way version ${version} has no step '${id}'`);
  return step;
}

export function stepWords(version: number, id: string, locale: Locale): StepWords {
  return stepIn(version, id).words[locale];
}

export const allVersions: readonly WayVersion[] = [...ways.values()];

/** Every step of every version, once. */
export const allSteps: readonly Step[] = [...new Set(versions.flatMap(({ home, place }) => [...home, ...place]))];

/** Everything wrong with the definitions, their words and cards: start-up prints it and stops. `hasCard` says whether a template exists. */
export function problemsOfDefinitions(hasCard: (name: string) => boolean): string[] {
  const problems = allVersions.flatMap(problemsOf);
  for (const step of allSteps) {
    const { id, form, outcomes } = step.definition;
    if (!hasCard(step.card)) problems.push(`step '${id}': no card template cards/${step.card}.json`);
    for (const locale of locales) {
      const words = step.words[locale];
      const missing = (table: Readonly<Record<string, string>> | undefined, keys: Iterable<string>, what: string) => {
        for (const key of keys)
          if (!table?.[key]) problems.push(`step '${id}': no ${locale} word for ${what} '${key}'`);
      };
      missing(words.fields, Object.keys(form), 'field');
      missing(words.outcomes, Object.keys(outcomes), 'outcome');
      missing(words.results, Object.keys(outcomes), 'result');
      missing(
        words.reasons,
        Object.values(outcomes).flatMap(({ reasons }) => reasons ?? []),
        'reason',
      );
      for (const [name, { choices }] of Object.entries(form))
        if (choices)
          missing((words.choices as Record<string, Record<string, string>>)[name], choices, `choice of ${name}`);
    }
  }
  return problems;
}
