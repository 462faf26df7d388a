/** What a review ends with: the minutes in short, and the ways to the document and the journal's notes. */
import { z } from 'zod';
import { logAccess } from '../../store/access-log.ts';
import { lastClosedReviewOf, type Review } from '../../store/reviews.ts';
import { formatShortDate } from '../../text/danish.ts';
import { sharedWords } from '../../text/shared.ts';
import { defineCard, show } from '../card.ts';
import type { Turn } from '../context.ts';
import { type Fact, factSchema, type Reader, when } from '../referral/present.ts';
import type { BotReply, CardView } from '../turn.ts';
import { seenAt } from './look.ts';
import { isWorthJournaling, type Minutes, minutesOf } from './minutes.ts';
import { maySee, whenHeld } from './present.ts';
import { shared } from './room.ts';
import { forShelter } from './shelter.ts';
import { reviewWords } from './words.ts';

const minutesType = defineCard({
  template: 'review/minutes',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    banner: z.string(),
    kept: z.array(z.strictObject({ text: z.string() })),
    facts: z.array(factSchema),
    decided: z.array(z.strictObject({ title: z.string(), text: z.string() })),
    more: z.string(),
    /** Those of whom nothing was said: many numbers, so they come last. */
    rest: z.string(),
    mayDocument: z.boolean(),
    mayReopen: z.boolean(),
    mayNote: z.boolean(),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: [],
});

function pick(locale: 'da' | 'en') {
  const { document, notes, reopen, reopenConfirm } = reviewWords[locale].minutes;
  return { document, notes, reopen, reopenConfirm, confirm: reviewWords[locale].agenda.confirm };
}

export interface MinutesShowing {
  readonly banner?: string;
  /** What was typed on a card that came too late. */
  readonly kept?: readonly string[];
}

/** `referat`: the latest minutes of a shelter. */
export const minutesWritten = (turn: Turn, named: string): Promise<BotReply> =>
  forShelter(turn, { action: 'review.take-part', named, command: 'referat' }, async (shelter) => {
    const review = await lastClosedReviewOf(turn.deps.db, shelter.id);
    return review
      ? minutesFor(turn, review)
      : { kind: 'text', text: reviewWords[turn.locale].minutes.none(shelter.name) };
  });

/** A card has room for so many residents; the document has all. */
const MOST_SHOWN = 12;
/** Characters of each text, and of all about one resident. */
const [LONGEST, LONGEST_EACH] = [200, 700];

export async function minutesFor(turn: Turn, review: Review, showing: MinutesShowing = {}): Promise<BotReply> {
  const { card, seen } = await minutesView(review, turn, showing);
  await logAccess(turn.deps.db, seenAt(seen, turn, 'review.see-minutes'));
  return { kind: 'card', card };
}

/** The minutes as this reader may see them, and whose they show. */
export async function minutesView(review: Review, reader: Reader, showing: MinutesShowing = {}) {
  const minutes = await minutesOf(review, reader);
  const seen = review.items.filter((item) => maySee(item, reader));
  return { card: minutesCard(review, minutes, reader, showing), seen };
}

function minutesCard(
  review: Review,
  minutes: Minutes,
  reader: Reader,
  { banner = '', kept = [] }: MinutesShowing,
): CardView {
  const { locale } = reader;
  const words = reviewWords[locale];
  const spoken = minutes.items.filter(
    ({ reached, outcome, notes, agreed }) =>
      reached === 'decided' && (outcome !== words.outcomes.unchanged || notes.length > 0 || agreed.length > 0),
  );
  const rest = numbersOf(minutes.items, 'rest-unchanged');
  return show(minutesType, locale, {
    data: {
      title: words.minutes.title(review.shelter.name),
      subtitle: whenHeld(review, locale),
      banner,
      kept: kept.map((text) => ({ text })),
      facts: factsOf(review, minutes, reader),
      decided: spoken.slice(0, MOST_SHOWN).map(({ caseNumber, stage, outcome, notes, agreed }) => ({
        title: [sharedWords[locale].caseNumber(caseNumber), stage, outcome].filter(Boolean).join(' · '),
        text: shared(
          [
            ...notes.map(({ author, text }) => `${author}: ${text}`),
            ...agreed.map(({ text, owner, dueOn }) => {
              const line = words.item.actionLine(text, owner, formatShortDate(dueOn, locale));
              return `${words.journal.agreed}: ${line}`;
            }),
          ],
          LONGEST_EACH,
          LONGEST,
        ).join(' · '),
      })),
      more: spoken.length > MOST_SHOWN ? sharedWords[locale].more(spoken.length - MOST_SHOWN) : '',
      rest: rest && `${words.minutes.rest}: ${rest}`,
      mayDocument: review.closedAt !== null,
      mayReopen: review.closedBy !== null,
      mayNote: minutes.items.some(isWorthJournaling),
    },
    summary: words.minutes.title(review.shelter.name),
    stamp: { reviewId: review.id, version: review.version },
  });
}

const numbersOf = (items: Minutes['items'], which: Minutes['items'][number]['reached']): string =>
  items
    .filter(({ reached }) => reached === which)
    .map(({ caseNumber }) => caseNumber)
    .sort((a, b) => a - b)
    .join(', ');

function factsOf(review: Review, { items, attended, absent }: Minutes, reader: Reader): Fact[] {
  const words = reviewWords[reader.locale].minutes;
  const unchanged = items.filter(({ outcome }) => outcome === reviewWords[reader.locale].outcomes.unchanged).length;
  const left = items.filter(({ reached }) => reached === 'not-reached').length;
  const facts = [
    { title: words.attended, value: attended.join(', ') || words.nobody },
    { title: words.missing, value: absent.join(', ') },
    { title: words.counts, value: words.countsText(items.length - unchanged - left, unchanged, left) },
    { title: words.newActions, value: String(items.reduce((sum, { agreed }) => sum + agreed.length, 0)) },
    { title: words.notReached, value: numbersOf(items, 'not-reached') },
    { title: words.closing, value: closingOf(review, reader) },
  ];
  return facts.filter(({ value }) => value !== '');
}

function closingOf({ closedAt, closedBy }: Review, reader: Reader): string {
  const words = reviewWords[reader.locale].minutes;
  if (closedAt === null) return '';
  return closedBy ? words.closed(closedBy.name, when(closedAt, reader)) : words.notClosed;
}
