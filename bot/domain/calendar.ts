import Holidays from 'date-holidays';
import { Temporal, TIME_ZONE, type Instant, type PlainDate } from './time.ts';

/** What a municipality decides about its own calendar; the public holidays are the law's and come from `date-holidays`. */
export interface CalendarRules {
  /** Days that are no public holidays but on which the office is closed, each `MM-DD`. */
  readonly closedDays: readonly string[];
  /** Whether Saturday is a *hverdag*. The stricter reading, and the usual one, is that it is. */
  readonly saturdayIsHverdag: boolean;
}

/** Christmas Eve, New Year's Eve and Constitution Day are closed, 1 May is open (design.md § 4.9). */
export const defaultCalendar: CalendarRules = { closedDays: ['12-24', '12-31', '06-05'], saturdayIsHverdag: true };

/**
 * The two ways in which Danish rules count days.
 *
 * - `arbejdsdage`: Monday to Friday, no public holidays, none of our closed days. Our own deadlines use these.
 * - `hverdage`: Monday to Saturday, no public holidays (serviceloven § 110, stk. 6: three *hverdage*). Our closed days
 *   count, because the law knows nothing of them: the deadline is then the earlier of the two possible ones.
 */
export type DayKind = 'arbejdsdage' | 'hverdage';

/** Whether `date` is an *arbejdsdag*: a day on which the office works. */
export function isWorkingDay(date: PlainDate, rules: CalendarRules = defaultCalendar): boolean {
  return isOpen(date, 'arbejdsdage', rules);
}

/** Whether `date` is a *hverdag* in the law's sense. */
export function isHverdag(date: PlainDate, rules: CalendarRules = defaultCalendar): boolean {
  return isOpen(date, 'hverdage', rules);
}

/**
 * The last day for something that has `days` days from `from`. Counting starts on the day after `from`, whatever day
 * that was; the deadline ends at `endOfDay`. No days at all is `from` itself.
 */
export function deadline(
  from: PlainDate,
  days: number,
  kind: DayKind,
  rules: CalendarRules = defaultCalendar,
): PlainDate {
  if (!Number.isSafeInteger(days) || days < 0) throw new RangeError(`Invalid number of days: ${days}`);
  if (days === 0) return from;
  let year = from.year;
  let remaining = days + openDaysUntil(from, kind, rules);
  while (remaining > openDaysIn(year, kind, rules)) remaining -= openDaysIn(year++, kind, rules);
  return new Temporal.PlainDate(year, 1, 1).add({
    days: openDays(year, kind, rules).indexOf(remaining) - 1,
  });
}

/**
 * How many days of this kind lie after `from` up to and including `to`; negative when `to` is the earlier one. The
 * inverse of `deadline`.
 */
export function workingDaysBetween(
  from: PlainDate,
  to: PlainDate,
  kind: DayKind = 'arbejdsdage',
  rules: CalendarRules = defaultCalendar,
): number {
  if (Temporal.PlainDate.compare(from, to) > 0) return -workingDaysBetween(to, from, kind, rules) || 0;
  let count = openDaysUntil(to, kind, rules) - openDaysUntil(from, kind, rules);
  for (let year = from.year; year < to.year; year++) count += openDaysIn(year, kind, rules);
  return count;
}

/** `date`, or the closest working day before it: where a review or a reminder on a closed day goes (domain.md § 8). */
export function workingDayOnOrBefore(date: PlainDate, rules: CalendarRules = defaultCalendar): PlainDate {
  let day = date;
  while (!isWorkingDay(day, rules)) day = day.subtract({ days: 1 });
  return day;
}

/** The instant at which a legal day is over: 24:00 in Copenhagen, the first instant that is too late. */
export function endOfDay(date: PlainDate): Instant {
  return date.add({ days: 1 }).toZonedDateTime(TIME_ZONE).toInstant();
}

/** Whole calendar days that `today` is past `due`, as one counts them on a wall calendar; 0 on the day itself and before. */
export function daysOverdue(due: PlainDate, today: PlainDate): number {
  return Math.max(0, due.until(today, { largestUnit: 'days' }).days);
}

/** The ISO week, Monday first. Its year is the week's, not always the date's: 1 January 2027 lies in week 53 of 2026. */
export function isoWeek(date: PlainDate): { year: number; week: number } {
  return { year: date.yearOfWeek ?? date.year, week: date.weekOfYear ?? 1 };
}

function isOpen(date: PlainDate, kind: DayKind, rules: CalendarRules): boolean {
  const open = openDays(date.year, kind, rules);
  return open[date.dayOfYear] !== open[date.dayOfYear - 1];
}

/** The open days of the date's year, up to and including the date. */
function openDaysUntil(date: PlainDate, kind: DayKind, rules: CalendarRules): number {
  return openDays(date.year, kind, rules)[date.dayOfYear] ?? 0;
}

function openDaysIn(year: number, kind: DayKind, rules: CalendarRules): number {
  return openDays(year, kind, rules).at(-1) ?? 0;
}

const counted = new WeakMap<CalendarRules, Map<string, Uint16Array>>();

/** For day 0 to 365 or 366 of the year, the number of open days so far: counting over years is then subtraction. */
function openDays(year: number, kind: DayKind, rules: CalendarRules): Uint16Array {
  const years = getOrMake(counted, rules, () => new Map<string, Uint16Array>());
  return getOrMake(years, `${kind} ${year}`, () => {
    const newYear = Temporal.PlainDate.from({ year, month: 1, day: 1 });
    const closed = new Set(holidays(year));
    if (kind === 'arbejdsdage') for (const day of rules.closedDays) closed.add(dayOfYear(year, day));
    const lastWeekday = kind === 'hverdage' && rules.saturdayIsHverdag ? 6 : 5;
    const open = new Uint16Array(newYear.daysInYear + 1);
    for (let day = 1, count = 0; day < open.length; day++) {
      const weekday = ((newYear.dayOfWeek + day - 2) % 7) + 1;
      open[day] = weekday <= lastWeekday && !closed.has(day) ? ++count : count;
    }
    return open;
  });
}

const danish = new Holidays('DK', { types: ['public'] });
const holidaysOfYear = new Map<number, readonly number[]>();

/** The public holidays as days of the year. `date-holidays` knows that Store Bededag ended with 2023. */
function holidays(year: number): readonly number[] {
  return getOrMake(holidaysOfYear, year, () =>
    danish.getHolidays(year).map(({ date }) => Temporal.PlainDate.from(date.slice(0, 10)).dayOfYear),
  );
}

function dayOfYear(year: number, monthAndDay: string): number {
  if (!/^\d\d-\d\d$/.test(monthAndDay)) throw new RangeError(`Invalid closed day, not MM-DD: ${monthAndDay}`);
  return Temporal.PlainMonthDay.from(monthAndDay).toPlainDate({ year }).dayOfYear;
}

function getOrMake<Key, Value>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
