/** When the weekly reviews are held and their agendas made: working days of the municipality's own calendar. */
import { type CalendarRules, workingDayOnOrBefore } from '../calendar.ts';
import { isBefore, type PlainDate } from '../time.ts';

/** Monday to Friday, as ISO counts them. */
export const weekdays = [1, 2, 3, 4, 5] as const;
export type Weekday = (typeof weekdays)[number];

/** The day of the review of the ISO week that `day` lies in; a closed day moves it to the working day before. */
export function reviewDayOf(day: PlainDate, weekday: Weekday, calendar: CalendarRules): PlainDate {
  const planned = day.add({ days: weekday - day.dayOfWeek });
  return workingDayOnOrBefore(planned, calendar);
}

/**
 * The first review on or after `day`. A review that a holiday has moved into the week before is that week's too, so that
 * a Monday review on Whit Monday is found on the Friday before it.
 */
export function nextReviewDay(day: PlainDate, weekday: Weekday, calendar: CalendarRules): PlainDate {
  for (let week = day.subtract({ weeks: 1 }); ; week = week.add({ weeks: 1 })) {
    const held = reviewDayOf(week, weekday, calendar);
    if (!isBefore(held, day)) return held;
  }
}

/** The day on which the agenda is made: the working day before the review. */
export const agendaDayOf = (heldOn: PlainDate, calendar: CalendarRules): PlainDate =>
  workingDayOnOrBefore(heldOn.subtract({ days: 1 }), calendar);

/** The review whose agenda should be there by `today`, or null while it is too early for the next one's. */
export function reviewToPrepare(today: PlainDate, weekday: Weekday, calendar: CalendarRules): PlainDate | null {
  const heldOn = nextReviewDay(today, weekday, calendar);
  return isBefore(today, agendaDayOf(heldOn, calendar)) ? null : heldOn;
}

/** Reads a time of day as people write it: `8.40`, `08:40`, `8`, `kl. 8.40`. Minutes after midnight; null when it is none. */
export function parseTimeOfDay(typed: string): number | null {
  const match = /^(?:kl\.? ?)?(\d{1,2})(?:[.:](\d\d))?$/.exec(typed.trim().toLowerCase());
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2] ?? 0)];
  return match && hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}
