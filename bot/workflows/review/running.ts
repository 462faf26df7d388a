/** What concerns the whole review: the rest unchanged, closing it, opening it again, and its agenda. */
import { z } from 'zod';
import { stampSchema, type Applied, type Change } from '../act.ts';
import { logAccess } from '../../store/access-log.ts';
import {
  addItem,
  decideItems,
  findReview,
  hasLaterReview,
  lockReview,
  orderItems,
  raiseReview,
  residentsOf,
  type Review,
  setClosed,
} from '../../store/reviews.ts';
import type { Tx } from '../../store/database.ts';
import type { Telling } from '../../store/outbox.ts';
import type { Turn } from '../context.ts';
import { actionTellings } from './ending.ts';
import { type Seen, seenAt } from './look.ts';
import { agendaOf } from './make-agenda.ts';
import { maySee, progressOf } from './present.ts';
import { progressTelling } from './progress.ts';
import { shelterSubject } from './shelter.ts';

const onReview = z.looseObject({ ...stampSchema.shape, reviewId: z.uuid() });
export type OnReview = z.infer<typeof onReview>;

interface Outcome {
  /** Whom of the residents it says something about. */
  readonly changed?: readonly Seen[];
  readonly problems?: Readonly<Record<string, string>>;
  readonly tellings?: (review: Review) => Promise<readonly Telling[]> | readonly Telling[];
}

/**
 * A change of a review that is open; or with `closed` of one that is not. With `anyVersion` it holds whatever has been
 * said at the review since the card was made, whose buttons then carry version 0.
 */
const ofReview = (
  operation: string,
  { closed = false, anyVersion = false }: { closed?: boolean; anyVersion?: boolean },
  change: (tx: Tx, review: Review, input: OnReview, turn: Turn) => Promise<Outcome>,
): Change<OnReview, Review, Review> => ({
  operation,
  purpose: 'review',
  input: onReview,
  lock: (tx, { reviewId }) => lockReview(tx, reviewId),
  right: ({ shelter }) => ({ action: 'review.take-part', subject: shelterSubject(shelter) }),
  last: (review) => ({
    version: (review.closedAt !== null) === closed ? (anyVersion ? 0 : review.version) : -1,
    by: review.closedBy?.name ?? null,
    at: review.closedAt ?? review.createdAt,
  }),
  async apply({ tx, input, subject, turn }): Promise<Applied<Review>> {
    const { problems, changed = [], tellings } = await change(tx, subject, input, turn);
    if (problems) return { kind: 'invalid', problems };
    await logAccess(tx, seenAt(changed, turn, operation, 'change'));
    await raiseReview(tx, subject.id);
    const review = await findReview(tx, subject.id);
    if (!review) throw new Error('A review vanished within its own transaction');
    return {
      kind: 'done',
      result: review,
      logged: { action: 'change' },
      tellings: [...progressTelling(review), ...((await tellings?.(review)) ?? [])],
    };
  },
});

/** Those that are left are put in the minutes as unchanged; not those whose case this person may not see. */
export const restUnchanged = ofReview('review.rest-unchanged', {}, async (tx, review, _input, turn) => {
  const rest = progressOf(review).left.filter((item) => maySee(item, turn));
  const itemIds = rest.map(({ id }) => id);
  const { actor, now } = turn;
  await decideItems(tx, { itemIds, outcome: 'unchanged', withTheRest: true, by: actor.staffId, at: now });
  return { changed: rest };
});

/** Closes it. */
export const closeReview = ofReview('review.close', {}, async (tx, { id }, _input, { actor, now }) => {
  await setClosed(tx, id, actor.staffId, now);
  return { tellings: (review) => actionTellings(tx, review, actor.staffId) };
});

/** Opens it again where it stopped, until the next agenda is made. */
export const reopenReview = ofReview('review.reopen', { closed: true }, async (tx, review, _input, { now }) => {
  if (await hasLaterReview(tx, review)) return { problems: { '': 'cannotReopen' } };
  await setClosed(tx, review.id, null, now);
  return {};
});

/** Puts a resident of the shelter on the agenda, last. */
export const addToAgenda = ofReview(
  'review.add',
  { anyVersion: true },
  async (tx, review, input, { deps, actor, now }) => {
    const referralId = typeof input['toAdd'] === 'string' ? input['toAdd'] : '';
    const resident = (await residentsOf(tx, review.shelter.id)).find((one) => one.referralId === referralId);
    if (!resident) return { problems: { toAdd: 'chooseResident' } };
    const [entry] = await agendaOf(tx, deps.rules, [resident], review, now);
    await addItem(tx, review.id, referralId, entry?.reasons ?? [], actor.staffId);
    return { changed: [resident] };
  },
);

/** Moves a resident to the beginning or the end of the agenda. */
export const moveOnAgenda = ofReview('review.move', { anyVersion: true }, async (tx, { items }, input) => {
  const moved = items.find(({ id }) => id === input['toMove']);
  if (!moved) return { problems: { toMove: 'chooseResident' } };
  const others = items.filter((item) => item !== moved);
  const ordered = input['to'] === 'last' ? [...others, moved] : [moved, ...others];
  await orderItems(
    tx,
    ordered.map(({ id }) => id),
  );
  return {};
});
