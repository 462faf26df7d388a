/** What a review that ends tells, whoever ends it. */
import type { Tx } from '../../store/database.ts';
import type { Telling } from '../../store/outbox.ts';
import { actionsOfReview } from '../../store/review-actions.ts';
import type { Review } from '../../store/reviews.ts';

/**
 * Each owner of what was agreed is told once, except of what they agreed to by themselves, and whoever ends it. After it
 * was opened again those are told who have got something new.
 */
export async function actionTellings(tx: Tx, { id, items }: Review, endedBy: string | null): Promise<Telling[]> {
  const here = new Set(items.map((item) => item.id));
  const agreed = (await actionsOfReview(tx, id)).filter(
    ({ itemId, owner, createdById }) => itemId !== null && here.has(itemId) && owner.id !== createdById,
  );
  const owners = new Set(agreed.filter(({ endedAt }) => endedAt === null).map(({ owner }) => owner.id));
  return [...owners]
    .filter((ownerId) => ownerId !== endedBy)
    .map((recipientId) => {
      // The ids of actions grow with time.
      const [newest] = agreed
        .flatMap((one) => (one.owner.id === recipientId ? one.id : []))
        .sort()
        .reverse();
      return {
        key: `review.actions:${id}:${recipientId}:${newest}`,
        kind: 'review.actions',
        recipientId,
        subject: { reviewId: id },
      };
    });
}
