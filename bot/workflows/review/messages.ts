/** What each kind of message about a review says, made and authorised when it is delivered. */
import { z } from 'zod';
import type { AccessEntry } from '../../store/access-log.ts';
import { actionsOfReview, openActionsOfShelter, type ReviewAction } from '../../store/review-actions.ts';
import { findReview, type Review } from '../../store/reviews.ts';
import type { Reader } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { actionsCard } from './actions-card.ts';
import { itemCard } from './item-card.ts';
import { agendaFor, detailsFor, seenAt } from './look.ts';
import { maySee, resumeAt } from './present.ts';
import { mayAt } from './shelter.ts';
import { isStuck } from './stuck.ts';
import { reviewWords } from './words.ts';

export const reviewMessages = ['review.agenda', 'review.open', 'review.actions', 'review.stuck'] as const;
export type ReviewMessage = (typeof reviewMessages)[number];
export const isReviewMessage = (kind: string): kind is ReviewMessage =>
  (reviewMessages as readonly string[]).includes(kind);

export interface ReviewNews {
  readonly reply: BotReply;
  readonly seen: readonly AccessEntry[];
}

export async function reviewMessage(
  reader: Reader,
  kind: ReviewMessage,
  subject: Readonly<Record<string, unknown>>,
): Promise<ReviewNews | null> {
  const { reviewId } = z.object({ reviewId: z.uuid() }).parse(subject);
  const review = await findReview(reader.deps.db, reviewId);
  if (!review) return null;
  switch (kind) {
    case 'review.agenda':
      return review.closedAt === null && review.startedAt === null ? agendaNews(reader, review, kind) : null;
    case 'review.open':
      return review.startedAt !== null && review.closedAt === null
        ? residentNews(reader, review, kind)
        : agendaNews(reader, review, kind);
    case 'review.actions': {
      const own = (await actionsOfReview(reader.deps.db, reviewId)).filter(
        ({ owner, endedAt, itemId }) =>
          owner.id === reader.actor.staffId && endedAt === null && review.items.some(({ id }) => id === itemId),
      );
      return actionsNews(reader, own, kind, reviewWords[reader.locale].told.actionsTitle);
    }
    case 'review.stuck': {
      const { rules, db } = reader.deps;
      const all = await openActionsOfShelter(db, review.shelter.id);
      const stuck = all.filter((action) => isStuck(action, reader.today, rules));
      return actionsNews(reader, stuck, kind, reviewWords[reader.locale].told.stuckTitle(rules.review.stuckWeeks));
    }
  }
}

async function agendaNews(reader: Reader, review: Review, kind: ReviewMessage): Promise<ReviewNews | null> {
  if (!mayAt(reader, 'review.take-part', review.shelter)) return null;
  const { card, seen } = await agendaFor(review, reader);
  return { reply: { kind: 'card', card }, seen: seenAt(seen, reader, kind) };
}

/** Where the review stands, as `gennemgang` opens it. */
async function residentNews(reader: Reader, review: Review, kind: ReviewMessage): Promise<ReviewNews | null> {
  const item = resumeAt(review);
  const details = item && mayAt(reader, 'review.take-part', review.shelter) && (await detailsFor(review, item, reader));
  if (!details) return agendaNews(reader, review, kind);
  return {
    reply: { kind: 'card', card: itemCard(review, item, details, reader) },
    seen: seenAt([item], reader, kind),
  };
}

function actionsNews(
  reader: Reader,
  actions: readonly ReviewAction[],
  kind: ReviewMessage,
  title: string,
): ReviewNews | null {
  if (actions.length === 0) return null;
  const seen = actions.map(({ shelter, ...action }) => ({ ...action, shelterPath: shelter.path }));
  return {
    reply: { kind: 'card', card: actionsCard(actions, reader, { title }) },
    seen: seenAt(
      seen.filter((action) => maySee(action, reader)),
      reader,
      kind,
    ),
  };
}
