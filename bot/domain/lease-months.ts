/**
 * Lease months: the first, number 0, begins on the anchor, the next ones on the same day of each month after it, or on the
 * last day of a month that has no such day (31 January, 28 February, 31 March). Those before the anchor are below 0.
 */
import { type PlainDate, isBefore } from './time.ts';

export const monthStart = (anchorOn: PlainDate, month: number): PlainDate => anchorOn.add({ months: month });

/** The month that a day lies in. */
export function monthOf(anchorOn: PlainDate, day: PlainDate): number {
  // `until` counts towards the anchor, and calls 31 January to 28 February no month where `add` does.
  const { months } = anchorOn.until(day, { largestUnit: 'months' });
  if (isBefore(day, monthStart(anchorOn, months))) return months - 1;
  return isBefore(day, monthStart(anchorOn, months + 1)) ? months : months + 1;
}
