/** Reviews over a population, and the presses that turn through their residents as somebody with the card before them does. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isWorkingDay } from '../bot/domain/calendar.ts';
import { legalDate, Temporal } from '../bot/domain/time.ts';
import { openDatabase } from '../bot/store/database.ts';
import { keepPlan } from '../bot/store/review-plans.ts';
import { idOf, type Population } from './population.ts';
import { pressBody } from './presses.ts';

/** A shelter with so many residents is a large one. */
export const RESIDENTS = 40;

/** A review that is open: its residents in the order of the agenda, and the Entra object ids of those taking part. */
export interface BenchReview {
  readonly id: string;
  readonly itemIds: readonly string[];
  readonly participants: readonly string[];
}

/** Leaves so many residents in each shelter, and plans its review for now: four of its staff and a caseworker. */
export async function planReviews(url: string, { shelters }: Population): Promise<void> {
  const { db, close } = openDatabase(url);
  try {
    await db.$executeRawUnsafe(
      `update stay set ended_on = current_date where id not in (
         select id from (select id, row_number() over (partition by shelter_id order by id) as n from stay where ended_on is null) s
         where n <= $1::int)`,
      RESIDENTS,
    );
    let day = legalDate(Temporal.Now.instant());
    while (!isWorkingDay(day)) day = day.add({ days: 1 });
    for (let shelter = 1; shelter <= shelters; shelter++) {
      const participantIds = participantsOf(shelter, shelters).map((number) => idOf('a', number));
      await db.$transaction((tx) =>
        keepPlan(tx, {
          ...{ shelterId: idOf('e', 100 + shelter), weekday: day.dayOfWeek, startsAt: 520, order: 'urgency' },
          ...{ participantIds, by: participantIds[0] ?? '', at: Temporal.Now.instant() },
        }),
      );
    }
  } finally {
    await close();
  }
}

/** See `population.ts` for who works where. */
const participantsOf = (shelter: number, shelters: number): number[] => [
  ...[0, 1, 2, 3].map((n) => 1_000 + shelter + n * shelters),
  (shelter % 3) + 1,
];

/** The reviews whose agendas the bot makes by itself when it starts. */
export async function reviewsMade(client: pg.Client, { shelters }: Population): Promise<BenchReview[]> {
  const latest = Date.now() + 60_000;
  for (;;) {
    const { rows } = await client.query<{ id: string; shelter: number; itemIds: string[] }>(
      `select v.id, right(v.shelter_id::text, 12)::int - 100 as shelter, array_agg(i.id::text order by i.position) as "itemIds"
       from review v join review_item i on i.review_id = v.id group by v.id order by v.shelter_id`,
    );
    if (rows.length === shelters)
      return rows.map(({ id, shelter, itemIds }) => ({
        ...{ id, itemIds },
        participants: participantsOf(shelter, shelters).map((number) => idOf('b', number)),
      }));
    if (Date.now() > latest) throw new Error(`Only ${rows.length} of ${shelters} agendas have been made`);
    await sleep(500);
  }
}

/** As if nothing had been said at any review yet. */
export const forgetOutcomes = (client: pg.Client) =>
  client.query(
    'update review_item set outcome = null, decided_by_id = null, decided_at = null, step_then = null where outcome is not null',
  );

type Data = Readonly<Record<string, unknown>>;
const UNCHANGED = { say: 'unchanged', go: 'next' };

/** Turns through the reviews, one after the other, with *Uændret*, reading each next card from the answer; ends with the agenda. */
export function* turningThrough(
  reviews: readonly BenchReview[],
  { participant, of, serviceUrl }: { participant: number; of: number; serviceUrl: string },
): Generator<string, void, string> {
  for (const { id, itemIds, participants } of reviews) {
    // Several begin apart from each other, as people who share the residents out among themselves.
    const itemId = itemIds[Math.floor((itemIds.length / of) * participant)];
    let data: Data | null = { reviewId: id, itemId, version: 0, decidedAt: 0, nonce: randomUUID(), ...UNCHANGED };
    while (data)
      data = unchangedOn(yield pressBody(participants[participant] ?? '', 'review.record', data, serviceUrl));
  }
}

/** The same for the echo bot, which answers with no card of a review. */
export function* askingAlike(reviews: readonly BenchReview[], serviceUrl: string): Generator<string, void, unknown> {
  for (;;)
    for (const { id, itemIds, participants } of reviews)
      for (const itemId of itemIds) {
        const data = { reviewId: id, itemId, version: 0, decidedAt: 0, nonce: randomUUID(), ...UNCHANGED };
        yield pressBody(participants[0] ?? '', 'review.record', data, serviceUrl);
      }
}

/** What the button *Uændret* of the answered card carries; null when it is no resident's card. */
function unchangedOn(answer: string): Data | null {
  const card: unknown = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
  const look = (value: unknown): Data | null => {
    if (typeof value !== 'object' || value === null) return null;
    const { verb, data } = value as { verb?: string; data?: Data };
    if (verb === 'review.record' && data?.['say'] === 'unchanged') return data;
    for (const part of Object.values(value)) {
      const found = look(part);
      if (found) return found;
    }
    return null;
  };
  return look(card);
}
