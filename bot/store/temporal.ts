/** Between Prisma's `Date` and the days and instants the rest of the code speaks. */
import { z } from 'zod';
import { type Instant, type PlainDate, Temporal } from '../domain/time.ts';

/** A `date` column's value for Prisma: midnight UTC of the legal day. */
export const toDateColumn = (date: PlainDate): Date => new Date(`${date.toString()}T00:00:00.000Z`);
export const toTimestamp = (instant: Instant): Date => new Date(instant.epochMilliseconds);
/** An instant as text for SQL, in the milliseconds that our columns hold: at a tenth of the price of `toString`. */
export const instantText = (instant: Instant): string => new Date(instant.epochMilliseconds).toISOString();
export const fromTimestamp = (date: Date): Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime());
export const fromDateColumn = (date: Date): PlainDate => Temporal.PlainDate.from(date.toISOString().slice(0, 10));

/** A day as PostgreSQL's JSON writes it: `2026-11-22`. */
export const dayInJson = z.string().transform(dayOf);
/** An instant as PostgreSQL's JSON writes it: `2026-11-22T10:42:00.123+00:00`; our columns hold milliseconds. */
export const instantInJson = z.string().transform((text) => Temporal.Instant.fromEpochMilliseconds(Date.parse(text)));

/** Cases are full of the same few thousand days, which take longer to make than to look up. */
const days = new Map<string, PlainDate>();
const MOST_DAYS = 5_000;

function dayOf(text: string): PlainDate {
  const known = days.get(text);
  if (known) return known;
  const day = Temporal.PlainDate.from(text);
  if (days.size >= MOST_DAYS) days.clear();
  days.set(text, day);
  return day;
}
