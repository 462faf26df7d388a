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
