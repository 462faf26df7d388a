/** Reading a review: who may, and that each look at a resident is logged. */
import { type AccessAction, logAccess } from '../../store/access-log.ts';
import { findCase } from '../../store/cases.ts';
import { observationsSince } from '../../store/observations.ts';
import { doneShare, openActionsOfCase } from '../../store/review-actions.ts';
import { possibleParticipants } from '../../store/review-plans.ts';
import {
  findReview,
  lastHeldOf,
  lastSaidOf,
  notesOfReview,
  residentsOf,
  type Review,
  type ReviewItem,
} from '../../store/reviews.ts';
import { sharedWords } from '../../text/shared.ts';
import type { Turn } from '../context.ts';
import type { Reader } from '../referral/present.ts';
import type { CardView } from '../turn.ts';
import { agendaCard, type AgendaShowing } from './agenda-card.ts';
import type { ItemDetails } from './item-card.ts';
import { newsSince } from './make-agenda.ts';
import { maySee } from './present.ts';
import { mayAt } from './shelter.ts';

/** The review, if this person may take part in it. */
export async function reviewFor(turn: Turn, reviewId: string): Promise<Review | null> {
  const review = await findReview(turn.deps.db, reviewId);
  return review && mayAt(turn, 'review.take-part', review.shelter) ? review : null;
}

export type Seen = Pick<ReviewItem, 'citizen' | 'referralId'>;

/** The entries of the access log for residents that were looked at. */
export const seenAt = (
  items: readonly Seen[],
  reader: Pick<Reader, 'actor' | 'now'>,
  operation: string,
  action: AccessAction = 'read',
) =>
  items.map(({ citizen, referralId }) => ({
    at: reader.now,
    staffId: reader.actor.staffId,
    action,
    purpose: 'review',
    operation,
    citizenId: citizen.id,
    referralId,
  }));

/** The agenda as this reader may see it, with who could still be put on it; and whose names it shows. */
export async function agendaFor(
  review: Review,
  reader: Reader,
  showing: Omit<AgendaShowing, 'others' | 'lastWeek'> = {},
): Promise<{ card: CardView; seen: readonly Seen[] }> {
  const { db } = reader.deps;
  const { shelter, heldOn, items } = review;
  const onIt = new Set(items.map(({ referralId }) => referralId));
  const [residents, last] = await Promise.all([residentsOf(db, shelter.id), lastHeldOf(db, shelter.id, heldOn)]);
  const missing = residents.filter(({ referralId }) => !onIt.has(referralId));
  const lastWeek = last ? await doneShare(db, shelter.id, last.heldOn, heldOn) : { done: 0, of: 0 };
  const number = (caseNumber: number) => sharedWords[reader.locale].caseNumber(caseNumber);
  // By number alone: whoever may not see the newcomer's case sees no name here either.
  const others = missing.map(({ referralId, caseNumber }) => ({ title: number(caseNumber), value: referralId }));
  return {
    card: agendaCard(review, reader, { ...showing, others, lastWeek }),
    seen: items.filter((item) => maySee(item, reader)),
  };
}

/** The same in a turn, where the look is logged at once. */
export async function showAgenda(turn: Turn, review: Review, showing: Omit<AgendaShowing, 'others' | 'lastWeek'> = {}) {
  const { card, seen } = await agendaFor(review, turn, showing);
  await logAccess(turn.deps.db, seenAt(seen, turn, 'review.see-agenda'));
  return { kind: 'card' as const, card };
}

/** All that a resident's card shows; null when the case may not be seen. */
export async function detailsFor(review: Review, item: ReviewItem, reader: Reader): Promise<ItemDetails | null> {
  const { db } = reader.deps;
  if (!maySee(item, reader)) return null;
  const seenSince = async () => {
    const last = await lastHeldOf(db, review.shelter.id, review.heldOn);
    return observationsSince(db, item.referralId, newsSince(last, review.createdAt));
  };
  const [file, observations, notes, openActions, last, people] = await Promise.all([
    findCase(db, item.referralId),
    seenSince(),
    notesOfReview(db, review.id, item.id),
    openActionsOfCase(db, item.referralId),
    lastSaidOf(db, item.referralId, review.heldOn),
    possibleParticipants(db, review.shelter),
  ]);
  return file && { file, notes, openActions, observations, last, people };
}
