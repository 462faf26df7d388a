/** Between Prisma's `Date` and the days and instants the rest of the code speaks. */
import { z } from 'zod';
import { type Instant, type PlainDate, Temporal } from '../domain/time.ts';

/** A `date` column's value for Prisma: midnight UTC of the legal day. */
export const toDateColumn = (date: PlainDate): Date => new Date(`${date.toString()}T00:00:00.000Z`);
export const toTimestamp = (instant: Instant): Date => new Date(instant.epochMilliseconds);
export const fromTimestamp = (date: Date): Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime());
export const fromDateColumn = (date: Date): PlainDate => Temporal.PlainDate.from(date.toISOString().slice(0, 10));

/** A day as PostgreSQL's JSON writes it: `2026-11-22`. */
export const dayInJson = z.string().transform((text) => Temporal.PlainDate.from(text));
/** An instant as PostgreSQL's JSON writes it: `2026-11-22T10:42:00.123+00:00`. */
export const instantInJson = z.string().transform((text) => Temporal.Instant.from(text));
