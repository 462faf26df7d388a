/** Reviews for tests: a shelter's plan, agendas, actions and observations, straight into the store. */
import { Temporal } from '../../bot/domain/time.ts';
import { addAction } from '../../bot/store/review-actions.ts';
import { keepPlan } from '../../bot/store/review-plans.ts';
import { findReview, openReviewOf, type Review } from '../../bot/store/reviews.ts';
import { makeAgenda } from '../../bot/workflows/review/make-agenda.ts';
import type { TestBot } from './bot.ts';
import type { PutCase } from './case-driver.ts';
import type { PersonName, UnitCode } from './town.ts';

/** The shelter holds its review on Wednesdays at 8.40. */
export const putPlan = (
  { deps, town }: TestBot,
  shelter: UnitCode,
  participants: readonly PersonName[] = ['mette', 'bo', 'jonas'],
) =>
  deps.db.$transaction(async (tx) =>
    keepPlan(tx, {
      ...{ shelterId: town.unitIds[shelter], weekday: 3, startsAt: 520, order: 'urgency' },
      ...{ participantIds: participants.map((name) => town.staffIds[name]), by: town.staffIds.mette, at: deps.now() },
    }),
  );

/** The shelter's agenda, made as it makes itself. */
export async function putReview({ deps, town }: TestBot, shelter: UnitCode): Promise<Review> {
  const shelterId = town.unitIds[shelter];
  const id = await makeAgenda(deps, shelterId);
  const review = id ? await findReview(deps.db, id) : await openReviewOf(deps.db, shelterId);
  if (!review) throw new Error(`No agenda is due at ${shelter}`);
  return review;
}

export interface PutAction {
  readonly owner: PersonName;
  readonly text?: string;
  readonly dueOn?: string;
  readonly shelter?: UnitCode;
}

/** Something agreed by Mette about the resident; resolves to its id. */
export async function putAction(
  { deps, town, prisma }: TestBot,
  { id: referralId }: PutCase,
  { owner, text = 'Book læge', dueOn = '2026-11-25', shelter = 'boc' }: PutAction,
): Promise<string> {
  await deps.db.$transaction(async (tx) =>
    addAction(tx, {
      ...{ referralId, shelterId: town.unitIds[shelter], itemId: null, text, ownerId: town.staffIds[owner] },
      ...{ dueOn: Temporal.PlainDate.from(dueOn), by: town.staffIds.mette, at: deps.now() },
    }),
  );
  const { id } = await prisma.reviewAction.findFirstOrThrow({ orderBy: { id: 'desc' } });
  return id;
}

/** Takes away all that reviews have left, so that the next test begins without. */
export async function forgetReviews({ prisma }: TestBot): Promise<void> {
  await prisma.reviewAction.deleteMany();
  await prisma.observation.deleteMany();
  await prisma.review.deleteMany();
  await prisma.reviewPlan.deleteMany();
}
