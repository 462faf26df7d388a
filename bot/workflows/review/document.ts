/** The minutes as a Word document: a link that works once, and what it leads to. */
import { z } from 'zod';
import { logAccess } from '../../store/access-log.ts';
import { findReview, type Review } from '../../store/reviews.ts';
import { parsePress } from '../act.ts';
import type { Turn } from '../context.ts';
import type { DocumentMaker } from '../documents.ts';
import { offerDocument } from '../offer-document.ts';
import type { Reader } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { reviewFor, seenAt } from './look.ts';
import { minutesOf } from './minutes.ts';
import { minutesDocument, minutesFilename } from './minutes-document.ts';
import { maySee } from './present.ts';
import { mayAt } from './shelter.ts';
import { reviewWords } from './words.ts';

/** What the links to minutes are of. */
export const MINUTES_LINK = 'review.minutes';

export async function documentPressed(turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> {
  const { reviewId } = parsePress(z.looseObject({ reviewId: z.uuid() }), data, 'review.document');
  const words = reviewWords[turn.locale];
  const review = await reviewFor(turn, reviewId);
  if (!review) return { kind: 'text', text: words.notYours };
  return offerDocument(turn, {
    kind: MINUTES_LINK,
    subject: { reviewId },
    title: words.minutes.title(review.shelter.name),
  });
}

/** Whoever may take part in the review, when they fetch it, gets what they may see of it then. */
export const minutesMaker: DocumentMaker = async ({ deps, actor, subject, now, today }) => {
  const { reviewId } = z.object({ reviewId: z.uuid() }).parse(subject);
  const review: Review | null = await findReview(deps.db, reviewId);
  if (!review || !mayAt({ actor }, 'review.take-part', review.shelter)) return null;
  const reader: Reader = { deps, actor, locale: actor.language, audience: { kind: 'person', actor }, now, today };
  const minutes = await minutesOf(review, reader);
  const seen = review.items.filter((item) => maySee(item, reader));
  await logAccess(
    deps.db,
    seenAt(seen, reader, 'review.document').map((entry) => ({ ...entry, action: 'extract' as const })),
  );
  return { filename: minutesFilename(minutes, reader.locale), bytes: await minutesDocument(minutes, reader.locale) };
};
