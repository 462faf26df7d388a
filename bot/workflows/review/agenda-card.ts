/** The agenda: who is to be discussed and why, how far the review is, and how to go on or end it. */
import { z } from 'zod';
import type { Review, ReviewItem } from '../../store/reviews.ts';
import { defineCard, show } from '../card.ts';
import type { Reader } from '../referral/present.ts';
import type { CardView } from '../turn.ts';
import { maySee, progressOf, progressText, reasonsText, residentLine, whenHeld } from './present.ts';
import { reviewWords } from './words.ts';

const option = z.strictObject({ title: z.string(), value: z.string() });

const agendaType = defineCard({
  template: 'review/agenda',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    banner: z.string(),
    progress: z.string(),
    lastWeek: z.string(),
    rows: z.array(
      z.strictObject({
        itemId: z.string(),
        mark: z.string(),
        title: z.string(),
        text: z.string(),
        mayOpen: z.boolean(),
      }),
    ),
    offset: z.number(),
    nextOffset: z.number(),
    previousOffset: z.number(),
    hasNext: z.boolean(),
    hasPrevious: z.boolean(),
    go: z.string(),
    mayRest: z.boolean(),
    restConfirm: z.string(),
    closeConfirm: z.string(),
    closeStyle: z.enum(['positive', 'default']),
    residents: z.array(option),
    toAdd: z.array(option),
    mayAdd: z.boolean(),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: ['toMove', 'toAdd'],
});

function pick(locale: 'da' | 'en') {
  const { open, next, previous, restUnchanged, confirm, close, change, add, addSubmit, move, moveFirst, moveLast } =
    reviewWords[locale].agenda;
  return { open, next, previous, restUnchanged, confirm, close, change, add, addSubmit, move, moveFirst, moveLast };
}

/** A card has room for so many residents. */
export const AGENDA_PAGE = 10;

export interface AgendaShowing {
  readonly banner?: string;
  readonly offset?: number;
  /** Residents who are not on it. */
  readonly others: readonly { readonly title: string; readonly value: string }[];
  /** What was agreed and fell due since the last review. */
  readonly lastWeek: { readonly done: number; readonly of: number };
  readonly problems?: Readonly<Record<string, string>>;
}

const MARKS = { decided: '✓', here: '●', left: '○' } as const;

export function agendaCard(review: Review, reader: Reader, showing: AgendaShowing): CardView {
  const { locale } = reader;
  const { banner = '', others, lastWeek, problems = {} } = showing;
  const words = reviewWords[locale].agenda;
  const { items, startedAt } = review;
  const { discussed, left } = progressOf(review);
  const offset = Math.min(showing.offset ?? 0, Math.max(0, items.length - 1));
  const page = items.slice(offset, offset + AGENDA_PAGE);
  const options = items.map((item) => ({ title: residentLine(item, reader), value: item.id }));
  return show(agendaType, locale, {
    data: {
      title: reviewWords[locale].titleOf(review.shelter.name),
      subtitle: whenHeld(review, locale),
      banner,
      progress: progressText(review, locale),
      lastWeek: lastWeek.of === 0 ? '' : words.lastWeek(lastWeek.done, lastWeek.of),
      rows: page.map((item) => rowOf(item, review, reader)),
      offset,
      nextOffset: offset + AGENDA_PAGE,
      previousOffset: Math.max(0, offset - AGENDA_PAGE),
      hasNext: items.length > offset + AGENDA_PAGE,
      hasPrevious: offset > 0,
      go: left.length === 0 ? '' : startedAt ? words.resume : words.begin,
      mayRest: left.length > 0 && discussed > 0,
      restConfirm: words.restConfirm(left.length),
      closeConfirm: words.closeConfirm(left.length),
      closeStyle: left.length === 0 ? 'positive' : 'default',
      residents: options,
      toAdd: [...others],
      mayAdd: others.length > 0,
    },
    summary: reviewWords[locale].told.agendaPreview(review.shelter.name),
    errors: problems,
    stamp: { reviewId: review.id, version: review.version },
  });
}

function rowOf(item: ReviewItem, { currentId, startedAt }: Review, reader: Reader) {
  const { outcomes, agenda } = reviewWords[reader.locale];
  const { id, outcome, reasons, room } = item;
  const mayOpen = maySee(item, reader);
  const state = outcome !== null ? 'decided' : startedAt && id === currentId ? 'here' : 'left';
  const text = outcome !== null ? outcomes[outcome] : mayOpen ? reasonsText(reasons, reader.locale) : agenda.hidden;
  return {
    ...{ itemId: id, mark: MARKS[state], mayOpen, text },
    title: [residentLine(item, reader), room && mayOpen ? agenda.room(room) : ''].filter(Boolean).join(' · '),
  };
}
