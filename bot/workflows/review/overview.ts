/** `gennemgang` between two reviews: when the next one is, and how the last ones went. Counts of reviews, nobody's names. */
import { z } from 'zod';
import { agendaDayOf, nextReviewDay } from '../../domain/review/schedule.ts';
import { type HeldReview, heldReviews } from '../../store/review-figures.ts';
import type { ReviewPlan } from '../../store/review-plans.ts';
import { formatDate, formatShortDate } from '../../text/danish.ts';
import type { Locale } from '../../text/words.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Turn } from '../context.ts';
import { factSchema } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { overviewWords } from './overview-words.ts';
import { dayText } from './present.ts';
import { reviewWords } from './words.ts';

const overviewType = defineCard({
  template: 'review/overview',
  data: z.strictObject({
    title: z.string(),
    facts: z.array(factSchema),
    hasHeld: z.boolean(),
    /** What the chart draws, in per cent. */
    series: z.array(
      z.strictObject({ legend: z.string(), bars: z.array(z.strictObject({ x: z.string(), y: z.number() })) }),
    ),
    /** The same in numbers, where no chart can be drawn. */
    rows: z.array(z.strictObject({ day: z.string(), attendance: z.string(), done: z.string() })),
    asOf: z.string(),
  }),
  words: pickWords(
    overviewWords,
    ...(['chart', 'day', 'attendance', 'done', 'means', 'notHeld', 'notReviewed', 'actions'] as const),
  ),
  inputs: [],
});

/** So many reviews are looked back on. */
const LOOK_BACK = 6;

export async function showOverview(turn: Turn, { shelter, weekday }: ReviewPlan): Promise<BotReply> {
  const { deps, locale, today } = turn;
  const { calendar } = deps.rules;
  const words = overviewWords[locale];
  const held = await heldReviews(deps.db, shelter.id, LOOK_BACK);
  const last = held.at(-1);
  const next = nextReviewDay(today.add({ days: 1 }), weekday, calendar);
  return {
    kind: 'card',
    card: show(overviewType, locale, {
      data: {
        title: reviewWords[locale].titleOf(shelter.name),
        facts: [
          { title: words.next, value: dayText(next, locale) },
          { title: words.agenda, value: dayText(agendaDayOf(next, calendar), locale) },
          ...(last ? [{ title: words.lastHeld, value: lastText(last, locale) }] : []),
        ],
        hasHeld: held.length > 0,
        series: seriesOf(held, locale),
        rows: held.map((review) => ({
          day: formatShortDate(review.heldOn, locale),
          attendance: words.of(review.attended, review.invited),
          done: review.due === 0 ? words.noneDue : words.of(review.done, review.due),
        })),
        asOf: words.asOf(formatDate(today, locale)),
      },
      summary: reviewWords[locale].titleOf(shelter.name),
      stamp: { shelterId: shelter.id },
    }),
  };
}

function lastText({ heldOn, attended, invited, done, due }: HeldReview, locale: Locale): string {
  const words = overviewWords[locale];
  return words.lastHeldText(
    formatShortDate(heldOn, locale),
    words.of(attended, invited),
    due === 0 ? '' : words.of(done, due),
  );
}

/** A bar per review of each share; a review without any has no bar there. */
function seriesOf(held: readonly HeldReview[], locale: Locale) {
  const words = overviewWords[locale];
  const shares = [
    { legend: words.attendance, of: ({ attended, invited }: HeldReview) => [attended, invited] as const },
    { legend: words.done, of: ({ done, due }: HeldReview) => [done, due] as const },
  ];
  return shares
    .map(({ legend, of }) => ({
      legend,
      bars: held.flatMap((review) => {
        const [some, all] = of(review);
        return all === 0 ? [] : [{ x: formatShortDate(review.heldOn, locale), y: Math.round((some / all) * 100) }];
      }),
    }))
    .filter(({ bars }) => bars.length > 0);
}
