/** What a channel or group chat shows of a review: how far it is, with case numbers only. One message, replaced in place. */
import { z } from 'zod';
import type { Telling } from '../../store/outbox.ts';
import { countActions } from '../../store/review-actions.ts';
import { findReview, type Review, type ReviewItem } from '../../store/reviews.ts';
import { sharedWords } from '../../text/shared.ts';
import type { Locale } from '../../text/words.ts';
import { defineCard, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply, CardView } from '../turn.ts';
import { progressOf, progressText, resumeAt, whenHeld } from './present.ts';
import { reviewWords } from './words.ts';

/** Tells the shelter's channel how the review stands, where it has one. */
export const progressTelling = ({ id, placeId, version }: Review): Telling[] =>
  placeId === null
    ? []
    : [
        {
          key: `review.progress:${id}:${version}:${placeId}`,
          kind: 'review.progress',
          thread: `review.progress:${id}`,
          placeId,
          subject: { reviewId: id },
        },
      ];

const progressType = defineCard({
  template: 'review/progress',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    state: z.string(),
    progress: z.string(),
    facts: z.array(z.strictObject({ title: z.string(), value: z.string() })),
  }),
  words: { da: { openMine: reviewWords.da.channel.openMine }, en: { openMine: reviewWords.en.channel.openMine } },
  inputs: [],
});

/** How the review stands when the message is delivered; null for a channel that no longer shows it. */
export async function progressMessage(
  { deps, locale }: Pick<Turn, 'deps' | 'locale'>,
  { placeId, subject }: { readonly placeId: string | null; readonly subject: Telling['subject'] },
): Promise<BotReply | null> {
  const review = await findReview(deps.db, String(subject['reviewId']));
  if (!review || review.placeId !== placeId) return null;
  return { kind: 'card', card: progressCard(review, await countActions(deps.db, review.id), locale) };
}

/** No names, reasons, outcomes or notes: who reads along in a channel is nobody's to say. */
export function progressCard(review: Review, newActions: number, locale: Locale): CardView {
  const words = reviewWords[locale];
  const { items, closedAt, startedAt, shelter } = review;
  const { left } = progressOf(review);
  const numbers = (some: readonly ReviewItem[]) => some.map(({ caseNumber }) => String(caseNumber)).join(', ');
  const now = closedAt === null && startedAt !== null && left.length > 0 ? resumeAt(review) : null;
  const facts = [
    { title: words.channel.order, value: closedAt === null && startedAt === null ? numbers(items) : '' },
    { title: words.channel.now, value: now ? sharedWords[locale].caseNumber(now.caseNumber) : '' },
    { title: words.channel.left, value: closedAt !== null ? numbers(left) : '' },
    { title: words.minutes.newActions, value: closedAt !== null && newActions > 0 ? String(newActions) : '' },
  ];
  return show(progressType, locale, {
    data: {
      title: words.titleOf(shelter.name),
      subtitle: whenHeld(review, locale),
      state: closedAt ? words.channel.closed : startedAt ? words.channel.running : words.channel.ready(shelter.name),
      progress: progressText(review, locale),
      facts: facts.filter(({ value }) => value !== ''),
    },
    summary: words.channel.preview(shelter.name),
    stamp: { reviewId: review.id },
  });
}
