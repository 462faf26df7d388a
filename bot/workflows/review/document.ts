/** The minutes as a Word document: a link that works once, and what it leads to. */
import { z } from 'zod';
import { logAccess } from '../../store/access-log.ts';
import { findReview, type Review } from '../../store/reviews.ts';
import { parsePress } from '../act.ts';
import { defineCard, show } from '../card.ts';
import type { Turn } from '../context.ts';
import { type DocumentMaker, linkToDocument } from '../documents.ts';
import type { Reader } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { reviewFor, seenAt, showAgenda } from './look.ts';
import { minutesOf } from './minutes.ts';
import { minutesDocument, minutesFilename } from './minutes-document.ts';
import { maySee } from './present.ts';
import { mayAt } from './shelter.ts';
import { reviewWords } from './words.ts';

/** What the links to minutes are of. */
export const MINUTES_LINK = 'review.minutes';

const linkType = defineCard({
  template: 'review/link',
  data: z.strictObject({ title: z.string(), text: z.string(), url: z.url() }),
  words: { da: { linkTitle: reviewWords.da.minutes.linkTitle }, en: { linkTitle: reviewWords.en.minutes.linkTitle } },
  inputs: [],
});

const LINK_MINUTES = 5;

export async function documentPressed(turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> {
  const { reviewId } = parsePress(z.looseObject({ reviewId: z.uuid() }), data, 'review.document');
  const { deps, actor, now, locale } = turn;
  const words = reviewWords[locale].minutes;
  const review = await reviewFor(turn, reviewId);
  if (!review) return { kind: 'text', text: reviewWords[locale].notYours };
  // Opened again since the card was made: there are no minutes yet.
  if (!review.closedAt) return showAgenda(turn, review);
  const link = { kind: MINUTES_LINK, subject: { reviewId }, staffId: actor.staffId, now };
  const url = await deps.db.$transaction((tx) => linkToDocument(deps, tx, link));
  if (url === null) return { kind: 'text', text: words.noAddress };
  const title = words.title(review.shelter.name);
  return {
    kind: 'card',
    card: show(linkType, locale, { data: { title, text: words.link(LINK_MINUTES), url }, summary: title }),
  };
}

/** Whoever may take part in the review, when they fetch it, gets what they may see of it then. */
export const minutesMaker: DocumentMaker = async ({ deps, actor, subject, now, today }) => {
  const { reviewId } = z.object({ reviewId: z.uuid() }).parse(subject);
  const review: Review | null = await findReview(deps.db, reviewId);
  if (!review?.closedAt || !mayAt({ actor }, 'review.take-part', review.shelter)) return null;
  const reader: Reader = { deps, actor, locale: actor.language, audience: { kind: 'person', actor }, now, today };
  const minutes = await minutesOf(review, reader);
  const seen = review.items.filter((item) => maySee(item, reader));
  await logAccess(deps.db, seenAt(seen, reader, 'review.document', 'extract'));
  return { filename: minutesFilename(minutes, reader.locale), bytes: await minutesDocument(minutes, reader.locale) };
};
