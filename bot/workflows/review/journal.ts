/** Per resident a note ready to copy to the system of record, and the receipt that somebody did; in Danish always, as the journal is. */
import { z } from 'zod';
import { logAccess } from '../../store/access-log.ts';
import { markJournaled, type Review, type ReviewItem } from '../../store/reviews.ts';
import { formatDate, formatShortDate } from '../../text/danish.ts';
import { sharedWords } from '../../text/shared.ts';
import { act, type Change, parsePress, stampSchema } from '../act.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Turn } from '../context.ts';
import { when } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { reviewFor, seenAt } from './look.ts';
import { dayHeld, isWorthJournaling, type Minutes, type MinutesItem, minutesOf } from './minutes.ts';
import { maySee, residentLine } from './present.ts';
import { pagesOf } from './room.ts';
import { lockItem, type OnItem } from './record.ts';
import { shelterSubject } from './shelter.ts';
import { reviewWords } from './words.ts';

type Data = Readonly<Record<string, unknown>>;
const paging = z.looseObject({ reviewId: z.uuid(), offset: z.coerce.number().int().min(0).max(10_000).default(0) });

const journalType = defineCard({
  template: 'review/journal',
  data: z.strictObject({
    subtitle: z.string(),
    left: z.string(),
    notes: z.array(
      z.strictObject({
        itemId: z.string(),
        title: z.string(),
        lines: z.array(z.strictObject({ text: z.string() })),
        receipt: z.string(),
        isOpen: z.boolean(),
      }),
    ),
    offset: z.number(),
    nextOffset: z.number(),
    previousOffset: z.number(),
    hasNext: z.boolean(),
    hasPrevious: z.boolean(),
  }),
  words: {
    da: { ...picked('da'), ...paged('da') },
    en: { ...picked('en'), ...paged('en') },
  },
  inputs: [],
});

function picked(locale: 'da' | 'en') {
  return pickWords({ da: reviewWords.da.journal, en: reviewWords.en.journal }, 'title', 'intro', 'journaled')[locale];
}
function paged(locale: 'da' | 'en') {
  return pickWords({ da: reviewWords.da.agenda, en: reviewWords.en.agenda }, 'next', 'previous')[locale];
}

const words = reviewWords.da.journal;

/** The note of one resident, line by line. */
export function noteLines(minutes: Minutes, item: MinutesItem): readonly string[] {
  const { notes, agreed, earlier, outcome, decidedBy } = item;
  const action = ({ text, owner, dueOn }: MinutesItem['agreed'][number]) =>
    reviewWords.da.item.actionLine(text, owner, formatShortDate(dueOn, 'da'));
  return [
    words.heading(formatDate(dayHeld(minutes), 'da')),
    ...(outcome ? [`${words.outcome}: ${outcome}`] : []),
    ...notes.map(({ author, text }) => `${words.note(author)}: ${text}`),
    ...agreed.map((one) => `${words.agreed}: ${action(one)}`),
    ...earlier.filter(({ state }) => state === 'done').map((one) => `${words.done}: ${action(one)}`),
    ...earlier
      .filter(({ state }) => state === 'dropped')
      .map((one) => `${words.dropped}: ${action(one)} (${one.reason})`),
    ...(minutes.attended.length > 0 ? [`${words.present}: ${minutes.attended.join(', ')}`] : []),
    ...(decidedBy ? [`${words.by}: ${decidedBy}`] : []),
  ];
}

/** A card has room for so many notes, and for so much in them as it is sent. */
const [PAGE, LONGEST] = [4, 20_000];
const sizeOf = (lines: readonly string[]): number => JSON.stringify(lines).length + 100 * lines.length + 500;

/** What of a note a card has room for. */
function fitting(lines: readonly string[], cutHere: string): readonly string[] {
  if (sizeOf(lines) <= LONGEST) return lines;
  const kept: string[] = [];
  for (const line of lines) if (sizeOf([...kept, line]) <= LONGEST - 500) kept.push(line);
  return [...kept, cutHere];
}

export async function showJournal(turn: Turn, data: Data): Promise<BotReply> {
  const { reviewId, offset } = parsePress(paging, data, 'review.journal');
  const review = await reviewFor(turn, reviewId);
  const shown = reviewWords[turn.locale];
  if (!review) return { kind: 'text', text: shown.notYours };
  const minutes = await minutesOf(review, turn, 'da');
  const all = minutes.items.flatMap((said, index) => {
    const item = review.items[index];
    const lines = item ? fitting(noteLines(minutes, said), shown.journal.cut) : [];
    return item && maySee(item, turn) && isWorthJournaling(said) ? [{ item, lines }] : [];
  });
  if (all.length === 0) return { kind: 'text', text: shown.journal.none };
  const starts = pagesOf(
    all.map(({ lines }) => sizeOf(lines)),
    PAGE,
    LONGEST,
  );
  const at = Math.max(
    0,
    starts.findLastIndex((start) => start <= offset),
  );
  const [from = 0, next = all.length] = starts.slice(at);
  const page = all.slice(from, next);
  await logAccess(
    turn.deps.db,
    seenAt(
      page.map(({ item }) => item),
      turn,
      'review.see-notes',
    ),
  );
  return {
    kind: 'card',
    card: show(journalType, turn.locale, {
      data: {
        subtitle: `${review.shelter.name} · ${formatDate(dayHeld(minutes), turn.locale)}`,
        left: shown.journal.left(all.filter(({ item }) => item.journaledAt === null).length),
        notes: page.map(({ item, lines }) => ({
          itemId: item.id,
          title: residentLine(item, turn),
          lines: lines.map((text) => ({ text })),
          receipt: receiptOf(item, turn),
          isOpen: item.journaledAt === null,
        })),
        offset: from,
        nextOffset: next,
        previousOffset: starts[at - 1] ?? 0,
        hasNext: next < all.length,
        hasPrevious: at > 0,
      },
      summary: `${sharedWords[turn.locale].showNote}: ${review.shelter.name}`,
      stamp: { reviewId: review.id, version: 0 },
    }),
  };
}

const receiptOf = ({ journaledAt, journaledBy }: ReviewItem, turn: Turn): string =>
  journaledAt === null ? '' : reviewWords[turn.locale].journal.receipt(journaledBy ?? '', when(journaledAt, turn));

const journaling = z.looseObject({ ...stampSchema.shape, reviewId: z.uuid(), itemId: z.uuid() });

const markNote: Change<z.infer<typeof journaling>, OnItem, Review> = {
  operation: 'review.journal',
  purpose: 'review',
  input: journaling,
  lock: async (tx, input, turn) => {
    const found = await lockItem(tx, input);
    return found && maySee(found.item, turn) ? found : null;
  },
  right: ({ review }) => ({ action: 'review.take-part', subject: shelterSubject(review.shelter) }),
  async apply({ tx, subject: { review, item }, turn }) {
    // Whoever copied it first has the receipt.
    if (item.journaledAt === null) await markJournaled(tx, item.id, turn.actor.staffId, turn.now);
    return {
      kind: 'done',
      result: review,
      logged: { action: 'extract', citizenId: item.citizen.id, referralId: item.referralId },
      tellings: [],
    };
  },
};

export async function journaledPressed(turn: Turn, data: Data): Promise<BotReply> {
  const { kind } = await act(turn, markNote, data);
  return kind === 'refused' || kind === 'gone'
    ? { kind: 'text', text: reviewWords[turn.locale].notYours }
    : showJournal(turn, data);
}
