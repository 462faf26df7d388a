/** `ikke gennemgået`: who lives at the shelter and was passed over at the last review, the longest first. */
import { z } from 'zod';
import type { PlainDate } from '../../domain/time.ts';
import { Temporal } from '../../domain/time.ts';
import { logAccess } from '../../store/access-log.ts';
import { heldReviews, lastDiscussed } from '../../store/review-figures.ts';
import type { Shelter } from '../../store/review-plans.ts';
import { type Resident, residentsOf } from '../../store/reviews.ts';
import { days, formatDate, formatShortDate } from '../../text/danish.ts';
import { parsePress } from '../act.ts';
import { defineCard, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { seenAt } from './look.ts';
import { overviewWords } from './overview-words.ts';
import { maySee, residentLine } from './present.ts';
import { forShelter, sheltersWhere } from './shelter.ts';
import { reviewWords } from './words.ts';

const notReviewedType = defineCard({
  template: 'review/not-reviewed',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    rows: z.array(z.strictObject({ caseId: z.string(), title: z.string(), text: z.string(), mayOpen: z.boolean() })),
    means: z.string(),
    nextOffset: z.number(),
    previousOffset: z.number(),
    hasNext: z.boolean(),
    hasPrevious: z.boolean(),
  }),
  words: { da: paged('da'), en: paged('en') },
  inputs: [],
});

function paged(locale: 'da' | 'en') {
  const { nextPage: next, previousPage: previous } = overviewWords[locale];
  return { next, previous };
}

/** A card has room for so many residents. */
const PAGE = 10;

const paging = z.looseObject({
  shelterId: z.uuid(),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});

const text = (words: string): BotReply => ({ kind: 'text', text: words });

export const notReviewedWritten = (turn: Turn, named: string): Promise<BotReply> =>
  forShelter(turn, { action: 'review.take-part', named, command: 'ikke gennemgået' }, (shelter) =>
    showNotReviewed(turn, shelter, 0),
  );

export async function notReviewedPressed(turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> {
  const { shelterId, offset } = parsePress(paging, data, 'review.not-reviewed');
  const shelter = (await sheltersWhere(turn, 'review.take-part')).find(({ id }) => id === shelterId);
  return shelter ? showNotReviewed(turn, shelter, offset) : text(reviewWords[turn.locale].notYours);
}

interface PassedOver {
  readonly resident: Resident;
  /** Null for never. */
  readonly lastOn: PlainDate | null;
}

async function showNotReviewed(turn: Turn, shelter: Shelter, offset: number): Promise<BotReply> {
  const { deps, locale, today } = turn;
  const words = overviewWords[locale];
  const [held] = await heldReviews(deps.db, shelter.id, 1);
  if (!held) return text(words.notHeld);
  const heldOn = formatDate(held.heldOn, locale);
  const residents = await residentsOf(deps.db, shelter.id);
  if (residents.length === 0) return text(words.nobody(shelter.name));
  const all = passedOver(residents, await lastDiscussed(deps.db, shelter.id), held.heldOn);
  if (all.length === 0) return text(words.all(shelter.name, heldOn));
  const page = all.slice(offset, offset + PAGE);
  const seen = page.map(({ resident }) => resident).filter((resident) => maySee(resident, turn));
  await logAccess(deps.db, seenAt(seen, turn, 'review.see-not-reviewed'));
  return {
    kind: 'card',
    card: show(notReviewedType, locale, {
      data: {
        title: words.notReviewedOf(shelter.name),
        subtitle: words.count(all.length, residents.length, heldOn),
        rows: page.map((one) => rowOf(one, turn)),
        means: words.notReviewedMeans(formatDate(today, locale)),
        nextOffset: offset + PAGE,
        previousOffset: Math.max(0, offset - PAGE),
        hasNext: all.length > offset + PAGE,
        hasPrevious: offset > 0,
      },
      summary: words.notReviewedOf(shelter.name),
      stamp: { shelterId: shelter.id },
    }),
  };
}

/** Those who were not discussed on that day or later: who never was first, then the longest ago. */
function passedOver(
  residents: readonly Resident[],
  discussed: ReadonlyMap<string, PlainDate>,
  heldOn: PlainDate,
): PassedOver[] {
  const order = (a: PlainDate | null, b: PlainDate | null) =>
    a && b ? Temporal.PlainDate.compare(a, b) : Number(a !== null) - Number(b !== null);
  return residents
    .map((resident) => ({ resident, lastOn: discussed.get(resident.referralId) ?? null }))
    .filter(({ lastOn }) => lastOn === null || Temporal.PlainDate.compare(lastOn, heldOn) < 0)
    .sort((a, b) => order(a.lastOn, b.lastOn) || a.resident.caseNumber - b.resident.caseNumber);
}

function rowOf({ resident, lastOn }: PassedOver, turn: Turn) {
  const { locale, today } = turn;
  const words = overviewWords[locale];
  const { room, referralId: caseId } = resident;
  const mayOpen = maySee(resident, turn);
  const inRoom = room && mayOpen ? reviewWords[locale].agenda.room(room) : '';
  const ago = (on: PlainDate) => days(on.until(today, { largestUnit: 'days' }).days, locale);
  return {
    ...{ caseId, mayOpen },
    title: [residentLine(resident, turn), inRoom].filter(Boolean).join(' · '),
    text: lastOn ? words.since(ago(lastOn), formatShortDate(lastOn, locale)) : words.never,
  };
}
