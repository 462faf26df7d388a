/** What each kind of message about a review says, made and authorised when it is delivered. */
import { z } from 'zod';
import type { AccessEntry } from '../../store/access-log.ts';
import { actionsOfReview, openActionsOfShelter, type ReviewAction } from '../../store/review-actions.ts';
import { findReview, type Review } from '../../store/reviews.ts';
import type { Reader } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { ACTIONS_PAGE, actionsCard, type ActionsShowing, residentsOn } from './actions-card.ts';
import { itemCard } from './item-card.ts';
import { agendaFor, detailsFor, seenAt } from './look.ts';
import { resumeAt } from './present.ts';
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
      return actionsNews(reader, own, kind, { title: reviewWords[reader.locale].told.actionsTitle });
    }
    case 'review.stuck': {
      const { rules, db } = reader.deps;
      const all = await openActionsOfShelter(db, review.shelter.id);
      const stuck = all.filter((action) => isStuck(action, reader.today, rules));
      const title = reviewWords[reader.locale].told.stuckTitle(rules.review.stuckWeeks);
      return actionsNews(reader, stuck, kind, { title, shelterId: review.shelter.id });
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

/** The first page of them: the others are one button away. */
function actionsNews(
  reader: Reader,
  actions: readonly ReviewAction[],
  kind: ReviewMessage,
  showing: Pick<ActionsShowing, 'title' | 'shelterId'>,
): ReviewNews | null {
  if (actions.length === 0) return null;
  const page = actions.slice(0, ACTIONS_PAGE);
  return {
    reply: { kind: 'card', card: actionsCard(page, reader, { ...showing, total: actions.length }) },
    seen: seenAt(residentsOn(page, reader), reader, kind),
  };
}
