/** What is said of a resident at a review: outcome, note, actions done and a new one. Nothing that anybody wrote is lost. */
import { z } from 'zod';
import { date, optionalText, parseForm, staffMember, text as textField } from '../../domain/referral/form.ts';
import { type ReviewOutcome, reviewOutcomes } from '../../domain/review/outcomes.ts';
import { isBefore, Temporal } from '../../domain/time.ts';
import { farAway } from '../../domain/typed.ts';
import type { Tx } from '../../store/database.ts';
import { addAction, endActions } from '../../store/review-actions.ts';
import { possibleParticipants } from '../../store/review-plans.ts';
import {
  addNote,
  decideItems,
  forgetJournaled,
  goTo,
  lockReview,
  raiseReview,
  type Review,
  type ReviewItem,
} from '../../store/reviews.ts';
import { type Applied, type Change, stampSchema, typedIn } from '../act.ts';
import type { Turn } from '../context.ts';
import { maySee } from './present.ts';
import { progressTelling } from './progress.ts';
import { shelterSubject } from './shelter.ts';

/** What the buttons of a resident's card say: an outcome, the one chosen on the card, or nothing. */
export const says = ['', 'chosen', 'unchanged', 'absent'] as const;

export const recording = z.looseObject({
  ...stampSchema.shape,
  reviewId: z.uuid(),
  itemId: z.uuid(),
  say: z.enum(says),
  go: z.enum(['next', 'previous', 'agenda', 'step']),
  /** When the outcome that the card showed was said, in milliseconds; 0 for none. */
  decidedAt: z.coerce.number().int(),
});
export type Recording = z.infer<typeof recording>;

const actionForm = { actionText: textField(300), actionOwner: staffMember(), actionDue: date() };
const noteForm = { note: optionalText(2_000) };

export interface OnItem {
  readonly review: Review;
  readonly item: ReviewItem;
}

export interface Recorded {
  readonly review: Review;
  /** Somebody has said another outcome meanwhile: theirs stands, beside what this person wrote. */
  readonly conflict: ReviewItem | null;
}

/** Whether there is anything to keep: turning a page writes nothing. */
export const hasSaid = (input: Recording): boolean =>
  input.say !== '' ||
  ['outcome', 'note', 'done', 'actionText', 'actionDue'].some((name) => typedIn(input, name) !== '');

/** The review and the item, held; null when the review is none, or the item not on it. */
export async function lockItem(tx: Tx, input: { reviewId: string; itemId: string }) {
  const review = await lockReview(tx, input.reviewId);
  const item = review?.items.find(({ id }) => id === input.itemId);
  return review && item ? { review, item } : null;
}

export const recordItem: Change<Recording, OnItem, Recorded> = {
  operation: 'review.record',
  purpose: 'review',
  input: recording,
  lock: (tx, input) => lockItem(tx, input),
  right: ({ review }) => ({ action: 'review.take-part', subject: shelterSubject(review.shelter) }),
  // A closed review is stale whatever the card; an open one takes what several write of one resident.
  last: ({ review }) => ({
    version: review.closedAt === null ? 0 : -1,
    by: review.closedBy?.name ?? null,
    at: review.closedAt ?? review.createdAt,
  }),
  async apply({ tx, input, subject: { review, item }, turn }): Promise<Applied<Recorded>> {
    if (!maySee(item, turn)) return { kind: 'invalid', problems: { '': 'hidden' } };
    const said = outcomeOf(input);
    const note = parseForm(noteForm, input);
    const action = await actionOf(tx, input, review, turn);
    const problems = {
      ...(said === 'missing' && { outcome: 'outcome' }),
      ...(!note.ok && note.problems),
      ...action.problems,
    };
    if (Object.keys(problems).length > 0 || said === 'missing' || !note.ok) return { kind: 'invalid', problems };

    const by = turn.actor.staffId;
    const at = turn.now;
    const others = item.decidedAt !== null && item.decidedAt.epochMilliseconds !== input.decidedAt;
    const conflict = said !== null && others && said !== item.outcome;
    if (said !== null && !conflict)
      await decideItems(tx, { itemIds: [item.id], outcome: said, withTheRest: false, by, at });
    if (note.answers.note !== null) await addNote(tx, item.id, note.answers.note, by, at);
    const done = z.array(z.uuid()).safeParse(typedIn(input, 'done').split(',').filter(Boolean));
    if (done.success && done.data.length > 0)
      await endActions(tx, item.referralId, done.data, { dropReason: null, by, at });
    if (action.agreed)
      await addAction(tx, {
        ...{ referralId: item.referralId, shelterId: review.shelter.id, itemId: item.id, by, at },
        ...action.agreed,
      });
    // What the journal got before is not all of it any more.
    if (item.journaledAt !== null) await forgetJournaled(tx, item.id);
    await goTo(tx, review.id, item.id, by, at);
    await raiseReview(tx, review.id);
    const now = afterwards(review, item, conflict ? null : said, turn);
    return {
      kind: 'done',
      result: { review: now, conflict: conflict ? item : null },
      logged: { action: 'change', citizenId: item.citizen.id, referralId: item.referralId },
      tellings: progressTelling(now),
    };
  },
};

/** The review as it is then: it is held, and to read it anew would be half the price of the press. */
function afterwards(review: Review, item: ReviewItem, said: ReviewOutcome | null, { actor, now }: Turn): Review {
  const by = { id: actor.staffId, name: actor.name };
  const decided = said && { outcome: said, decidedBy: by, decidedAt: now, withTheRest: false };
  return {
    ...review,
    version: review.version + 1,
    startedAt: review.startedAt ?? now,
    currentId: item.id,
    items: review.items.map((one) =>
      one.id === item.id ? { ...one, journaledAt: null, journaledBy: null, ...decided } : one,
    ),
  };
}

/** The outcome that was said; null for none, `missing` where the button asks for one that nobody chose. */
export function outcomeOf(input: Recording): ReviewOutcome | null | 'missing' {
  if (input.say === 'unchanged' || input.say === 'absent') return input.say;
  const chosen = z.enum(reviewOutcomes).safeParse(typedIn(input, 'outcome'));
  if (chosen.success) return chosen.data;
  return input.say === 'chosen' ? 'missing' : null;
}

interface Agreed {
  readonly text: string;
  readonly ownerId: string;
  readonly dueOn: Temporal.PlainDate;
}

/** The new action, once anything of it was typed; all of it is needed then. */
async function actionOf(
  tx: Tx,
  input: Recording,
  { shelter }: Review,
  { today }: Turn,
): Promise<{ agreed: Agreed | null; problems: Record<string, string> }> {
  const typed = ['actionText', 'actionOwner', 'actionDue'].some((name) => typedIn(input, name) !== '');
  if (!typed) return { agreed: null, problems: {} };
  const parsed = parseForm(actionForm, input);
  if (!parsed.ok) {
    const asked: Readonly<Record<string, string>> = { actionText: 'action', actionOwner: 'owner', actionDue: 'due' };
    const problems = Object.entries(parsed.problems).map(([name, code]) => [
      name,
      code === 'required' ? (asked[name] ?? code) : code,
    ]);
    return { agreed: null, problems: Object.fromEntries(problems) as Record<string, string> };
  }
  const { actionText: text, actionOwner: ownerId, actionDue } = parsed.answers;
  const dueOn = Temporal.PlainDate.from(actionDue);
  if (isBefore(dueOn, today)) return { agreed: null, problems: { actionDue: 'past' } };
  const far = farAway({ actionDue: dueOn }, today, 2);
  if ('actionDue' in far) return { agreed: null, problems: far };
  if (!(await possibleParticipants(tx, shelter)).some(({ id }) => id === ownerId))
    return { agreed: null, problems: { actionOwner: 'owner' } };
  return { agreed: { text, ownerId, dueOn }, problems: {} };
}
