/** The channel or group chat that shows how a shelter's review goes. */
import { logAccess } from '../../store/access-log.ts';
import { tell } from '../../store/outbox.ts';
import { countActions } from '../../store/review-actions.ts';
import { keepPlanPlace, lockShelter, planOf, type Shelter } from '../../store/review-plans.ts';
import { lastClosedReviewOf, openReviewOf } from '../../store/reviews.ts';
import { keepSharedPlace } from '../../store/shared-places.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { progressCard, progressTelling } from './progress.ts';
import { forShelter, mayAt } from './shelter.ts';
import { reviewWords } from './words.ts';

const text = (words: string): BotReply => ({ kind: 'text', text: words });

/** `gennemgang her`: from now on the progress is shown where it was written. */
export async function showHere(turn: Turn, named: string): Promise<BotReply> {
  const words = reviewWords[turn.locale].plan;
  if (turn.audience.kind === 'person') return text(words.placeInChannel);
  return forShelter(turn, { action: 'review.plan', named, command: 'gennemgang her' }, async ({ id, name }) => {
    const { deps, place, actor, now, today } = turn;
    const kept = await deps.db.$transaction(async (tx) => {
      const shelter = await lockShelter(tx, id, today.toString());
      if (!shelter || !mayAt(turn, 'review.plan', shelter) || !(await planOf(tx, id))) return false;
      await keepPlanPlace(tx, id, await keepSharedPlace(tx, place, actor.staffId, now), actor.staffId, now);
      await logAccess(tx, [
        {
          at: now,
          staffId: actor.staffId,
          action: 'change',
          purpose: 'administration',
          operation: 'review.plan-place',
        },
      ]);
      const review = await openReviewOf(tx, id);
      if (review) await tell(tx, deps.boss, progressTelling(review), now);
      return true;
    });
    return text(kept ? words.placeSet(name) : words.placePlanFirst(name));
  });
}

/** How the shelter's review stands, for all who read the conversation. */
export async function showProgress(turn: Turn, shelter: Shelter): Promise<BotReply> {
  const { db } = turn.deps;
  const review = (await openReviewOf(db, shelter.id)) ?? (await lastClosedReviewOf(db, shelter.id));
  if (!review) return text(reviewWords[turn.locale].noPlan(shelter.name));
  return { kind: 'card', card: progressCard(review, await countActions(db, review.id), turn.locale) };
}
