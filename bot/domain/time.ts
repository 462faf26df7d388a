import { Temporal } from 'temporal-polyfill';

export { Temporal };
export type PlainDate = Temporal.PlainDate;
export type Instant = Temporal.Instant;

/** Where the law's days begin and end. */
export const TIME_ZONE = 'Europe/Copenhagen';

const HOUR_MS = 3_600_000;
/** By the hour: a day in Copenhagen begins and ends with one, and asking the time zone costs more than all else here. */
const dateOfHour = new Map<number, PlainDate>();
const MOST_HOURS = 10_000;

/** The legal date of an instant: the calendar day in Copenhagen. */
export function legalDate(instant: Instant): PlainDate {
  const hour = Math.floor(instant.epochMilliseconds / HOUR_MS);
  const known = dateOfHour.get(hour);
  if (known) return known;
  const date = instant.toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  if (dateOfHour.size >= MOST_HOURS) dateOfHour.clear();
  dateOfHour.set(hour, date);
  return date;
}

/** Whether the first day is the earlier one; the same day is not before itself. */
export function isBefore(first: PlainDate, second: PlainDate): boolean {
  return Temporal.PlainDate.compare(first, second) < 0;
}
