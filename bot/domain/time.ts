import { Temporal } from 'temporal-polyfill';

export { Temporal };
export type PlainDate = Temporal.PlainDate;
export type Instant = Temporal.Instant;

/** Where the law's days begin and end. */
export const TIME_ZONE = 'Europe/Copenhagen';

/** The legal date of an instant: the calendar day in Copenhagen. */
export function legalDate(instant: Instant): PlainDate {
  return instant.toZonedDateTimeISO(TIME_ZONE).toPlainDate();
}

/** Whether the first day is the earlier one; the same day is not before itself. */
export function isBefore(first: PlainDate, second: PlainDate): boolean {
  return Temporal.PlainDate.compare(first, second) < 0;
}
