/** A closed review as it is written down: for the card, the Word document and the journal. */
import { type Instant, legalDate, type PlainDate, Temporal } from '../../domain/time.ts';
import { actionsOfReview, type ReviewAction } from '../../store/review-actions.ts';
import { notesOfReview, type Review, type ReviewItem } from '../../store/reviews.ts';
import type { Locale } from '../../text/words.ts';
import type { Reader } from '../referral/present.ts';
import { stepWords } from '../referral/versions.ts';
import { maySee } from './present.ts';
import { reviewWords } from './words.ts';

/** Case numbers, never names of citizens. Words are in the reader's language already. */
export interface Minutes {
  readonly shelter: string;
  readonly heldOn: PlainDate;
  readonly startedAt: Instant | null;
  readonly closedAt: Instant;
  readonly closedBy: string;
  /** Names of staff. */
  readonly attended: readonly string[];
  readonly absent: readonly string[];
  readonly items: readonly MinutesItem[];
}

export interface MinutesItem {
  readonly caseNumber: number;
  /** Where the case stood, in words. */
  readonly stage: string;
  readonly reached: 'decided' | 'rest-unchanged' | 'not-reached';
  /** The outcome in words; blank when not reached. */
  readonly outcome: string;
  readonly decidedBy: string;
  readonly notes: readonly { readonly author: string; readonly text: string }[];
  /** Agreed at this review. */
  readonly agreed: readonly MinutesAction[];
  /** Agreed earlier: done or dropped since the agenda was made, or still open. */
  readonly earlier: readonly (MinutesAction & {
    readonly state: 'done' | 'dropped' | 'open';
    readonly reason: string;
  })[];
}

export interface MinutesAction {
  readonly text: string;
  readonly owner: string;
  readonly dueOn: PlainDate;
}

/**
 * The minutes of a review as this reader may see them: of a case that is not theirs to see, the number and the outcome alone.
 * Of one that nobody closed, as it was left.
 */
export async function minutesOf(review: Review, reader: Reader, locale = reader.locale): Promise<Minutes> {
  const { db } = reader.deps;
  const hidden = new Set(review.items.filter((item) => !maySee(item, reader)).map(({ referralId }) => referralId));
  const hiddenItems = new Set(review.items.filter(({ referralId }) => hidden.has(referralId)).map(({ id }) => id));
  const [allNotes, allActions] = await Promise.all([notesOfReview(db, review.id), actionsOfReview(db, review.id)]);
  const notes = allNotes.filter(({ itemId }) => !hiddenItems.has(itemId));
  const actions = allActions.filter(({ referralId }) => !hidden.has(referralId));
  const names = (attended: boolean) =>
    review.participants.filter(({ attendedAt }) => (attendedAt !== null) === attended).map(({ name }) => name);
  return {
    shelter: review.shelter.name,
    heldOn: review.heldOn,
    startedAt: review.startedAt,
    closedAt: review.closedAt ?? review.createdAt,
    closedBy: review.closedBy?.name ?? '',
    attended: names(true),
    absent: names(false),
    items: review.items.map((item) => ({
      ...saidOf(item, locale),
      // Where a case stands is told of by its number to nobody else.
      ...(hiddenItems.has(item.id) && { stage: '' }),
      notes: notes.filter(({ itemId }) => itemId === item.id).map(({ author, text }) => ({ author, text })),
      agreed: actions.filter(({ itemId }) => itemId === item.id).map(actionOf),
      earlier: actions
        .filter(({ itemId, referralId }) => referralId === item.referralId && itemId !== item.id)
        .map((action) => ({ ...actionOf(action), ...stateOf(action, review, locale) })),
    })),
  };
}

const actionOf = ({ text, owner, dueOn }: ReviewAction): MinutesAction => ({ text, owner: owner.name, dueOn });

/** As it was when the review ended, whatever has become of it since. */
function stateOf({ endedAt, dropReason }: ReviewAction, { closedAt }: Review, locale: Locale) {
  const open = endedAt === null || (closedAt !== null && Temporal.Instant.compare(endedAt, closedAt) > 0);
  const state = open ? ('open' as const) : dropReason === null ? ('done' as const) : ('dropped' as const);
  return { state, reason: open || dropReason === null ? '' : reviewWords[locale].dropReasons[dropReason] };
}

function saidOf({ caseNumber, outcome, withTheRest, decidedBy, stepThen, wayVersion }: ReviewItem, locale: Locale) {
  return {
    caseNumber,
    stage: stepThen === null ? '' : stepWords(wayVersion, stepThen, locale).title,
    reached:
      outcome === null ? ('not-reached' as const) : withTheRest ? ('rest-unchanged' as const) : ('decided' as const),
    outcome: outcome === null ? '' : reviewWords[locale].outcomes[outcome],
    decidedBy: decidedBy?.name ?? '',
  };
}

/** Whether anything was said of this resident that the journal should know: of the rest that was unchanged, nothing was. */
export const isWorthJournaling = ({ reached, notes, agreed, earlier }: MinutesItem): boolean =>
  reached === 'decided' || notes.length > 0 || agreed.length > 0 || earlier.some(({ state }) => state !== 'open');

/** The day of the review in the journal: the day it was begun, else the one it was planned for. */
export const dayHeld = ({ startedAt, heldOn }: Pick<Minutes, 'startedAt' | 'heldOn'>): PlainDate =>
  startedAt ? legalDate(startedAt) : heldOn;
