/** The minutes of a review as a Word document. What it says and in which order is here; how it looks, in `word-document.ts`. */
import { isoWeek } from '../../domain/calendar.ts';
import { type Instant, isBefore, legalDate, type PlainDate, Temporal } from '../../domain/time.ts';
import { formatDate, formatDateTime, formatShortDate, formatTime, joinList } from '../../text/danish.ts';
import type { Locale } from '../../text/words.ts';
import { type Block, wordDocument } from '../word-document.ts';
import { documentWords } from './document-words.ts';
import { caseOf } from './minutes-case.ts';
import type { Minutes, MinutesItem } from './minutes.ts';

type Words = (typeof documentWords)[Locale];

export function minutesDocument(minutes: Minutes, locale: Locale): Promise<Uint8Array> {
  const { title, subtitle } = documentWords[locale];
  const { shelter, heldOn } = minutes;
  return wordDocument({
    locale,
    title,
    subtitle: subtitle(shelter, formatDate(heldOn, locale), isoWeek(heldOn).week),
    footer: `${shelter}, ${formatShortDate(heldOn, locale)}`,
    blocks: blocksOf(minutes, locale),
  });
}

/** `referat-bocentret-2026-11-25.docx`. */
export function minutesFilename({ shelter, heldOn }: Minutes, locale: Locale): string {
  const place = shelter
    .toLocaleLowerCase('da')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${[documentWords[locale].filename, place, heldOn.toString()].filter(Boolean).join('-')}.docx`;
}

function blocksOf(minutes: Minutes, locale: Locale): Block[] {
  const words = documentWords[locale];
  const reached = (state: MinutesItem['reached']) => minutes.items.filter((item) => item.reached === state);
  const [decided, unchanged, left] = [reached('decided'), reached('rest-unchanged'), reached('not-reached')];
  const agreed = minutes.items.reduce((sum, item) => sum + item.agreed.length, 0);
  const names = (people: readonly string[]) => (people.length === 0 ? words.nobody : joinList(people, locale));
  const section = (heading: string, lead: string, items: readonly MinutesItem[]) =>
    items.length === 0 ? [] : sectionOf(heading, lead, items, minutes.heldOn, locale);
  return [
    { kind: 'fact', label: words.attended, value: names(minutes.attended) },
    { kind: 'fact', label: words.absent, value: names(minutes.absent) },
    { kind: 'fact', label: words.held, value: heldFromTo(minutes, locale) },
    { kind: 'key', text: words.summary(decided.length, unchanged.length, left.length, agreed) },
    ...section(words.sections.decided(decided.length), '', decided),
    ...section(words.sections.unchanged(unchanged.length), words.leads.unchanged, unchanged),
    ...section(words.sections.left(left.length), words.leads.left, left),
    ...openOf(minutes, locale),
    { kind: 'small', text: words.end },
  ];
}

function heldFromTo({ startedAt, closedAt, closedBy, heldOn }: Minutes, locale: Locale): string {
  const words = documentWords[locale];
  const at = (instant: Instant) =>
    legalDate(instant).equals(heldOn) ? words.at(formatTime(instant, locale)) : formatDateTime(instant, locale);
  if (closedBy === '') return startedAt ? words.fromOn(at(startedAt)) : words.notHeld;
  return startedAt ? words.from(at(startedAt), at(closedAt), closedBy) : words.until(at(closedAt), closedBy);
}

/** A block for each case of which more is written than its outcome, and a table of the others. */
function sectionOf(
  heading: string,
  lead: string,
  items: readonly MinutesItem[],
  heldOn: PlainDate,
  locale: Locale,
): Block[] {
  const words = documentWords[locale];
  const more = items.filter(hasMore);
  const bare = items.filter((item) => !hasMore(item));
  return [
    { kind: 'heading', level: 1, text: heading },
    ...(lead === '' ? [] : [{ kind: 'text', text: lead } as const]),
    ...more.flatMap((item) => caseOf(item, heldOn, locale)),
    // A heading, as under the last case it would read as a table of that case.
    ...(bare.length > 0 && more.length > 0 ? [{ kind: 'heading', level: 2, text: words.bare } as const] : []),
    ...(bare.length > 0 ? [bareTable(bare, words)] : []),
  ];
}

/** What was agreed earlier and is still open stands at the end, with all that is open. */
const hasMore = ({ notes, agreed, earlier }: MinutesItem): boolean =>
  notes.length > 0 || agreed.length > 0 || earlier.some(({ state }) => state !== 'open');

function bareTable(items: readonly MinutesItem[], words: Words): Block {
  const { number, stage, outcome, by } = words.columns;
  const decided = items.some((item) => item.reached === 'decided');
  return {
    kind: 'table',
    columns: [
      { title: number, width: 2 },
      { title: stage, width: decided ? 6 : 15 },
      ...(decided
        ? [
            { title: outcome, width: 5 },
            { title: by, width: 4 },
          ]
        : []),
    ],
    rows: items.map((item) => [
      String(item.caseNumber),
      item.stage,
      ...(decided ? [item.outcome, item.decidedBy] : []),
    ]),
  };
}

/** All that somebody still has to do, the earliest first. */
function openOf({ items, heldOn }: Minutes, locale: Locale): Block[] {
  const words = documentWords[locale];
  const { number, what, who, when } = words.columns;
  const open = items
    .flatMap(({ caseNumber, agreed, earlier }) =>
      [...agreed, ...earlier.filter(({ state }) => state === 'open')].map((action) => ({ caseNumber, ...action })),
    )
    .sort((one, other) => Temporal.PlainDate.compare(one.dueOn, other.dueOn) || one.caseNumber - other.caseNumber);
  const heading: Block = { kind: 'heading', level: 1, text: words.open(open.length) };
  if (open.length === 0) return [heading, { kind: 'text', text: words.noneOpen }];
  const due = (day: PlainDate) => {
    const short = formatShortDate(day, locale);
    return isBefore(day, heldOn) ? words.late(short) : short;
  };
  return [
    heading,
    {
      kind: 'table',
      columns: [
        { title: number, width: 2 },
        { title: what, width: 8 },
        { title: who, width: 4 },
        { title: when, width: 5 },
      ],
      rows: open.map(({ caseNumber, text, owner, dueOn }) => [String(caseNumber), text, owner, due(dueOn)]),
    },
  ];
}
