/** What reviews have left, straight into the store: actions, and reviews that were held. */
import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { addAction } from '../../bot/store/review-actions.ts';
import type { TestBot } from './bot.ts';
import type { PutCase } from './case-driver.ts';
import type { PersonName, UnitCode } from './town.ts';

export interface HeldReview {
  readonly heldOn: string;
  readonly shelter?: UnitCode;
  /** Those invited; whoever is in `attended` was there. */
  readonly invited?: readonly PersonName[];
  readonly attended?: readonly PersonName[];
  /** The residents of its agenda, and what was said of each: nothing, an outcome, or that the rest was unchanged. */
  readonly said?: readonly (readonly [PutCase, 'nothing' | 'progress' | 'rest'])[];
  /** Whether nobody began it. */
  readonly missed?: boolean;
}

/** A review of the past, closed; resolves to its id. */
export async function putHeldReview({ prisma, town }: TestBot, review: HeldReview): Promise<string> {
  const { heldOn, shelter = 'boc', invited = [], attended = [], said = [], missed = false } = review;
  const at = new Date(`${heldOn}T08:00:00Z`);
  const id = uuidv7();
  await prisma.review.create({
    data: {
      ...{ id, shelterId: town.unitIds[shelter], heldOn: new Date(heldOn), startsAt: 520, createdAt: at },
      ...{ startedAt: missed ? null : at, closedAt: at },
    },
  });
  await prisma.reviewParticipant.createMany({
    data: invited.map((name) => ({
      ...{ reviewId: id, staffId: town.staffIds[name], attendedAt: attended.includes(name) ? at : null },
    })),
  });
  await prisma.reviewItem.createMany({
    data: said.map(([put, what], position) => ({
      ...{ id: uuidv7(), reviewId: id, referralId: put.id, position, reasons: [] },
      ...(what === 'nothing' ? {} : { outcome: what === 'rest' ? 'unchanged' : what, decidedAt: at }),
      withTheRest: what === 'rest',
    })),
  });
  return id;
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
