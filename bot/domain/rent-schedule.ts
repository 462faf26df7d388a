/** Every month of a lease in periods: what is paid from which day to which, to the øre. */
import { monthOf, monthStart } from './lease-months.ts';
import { type Oere, partOf } from './money.ts';
import { type Rent, rentChanges } from './rent.ts';
import { endOfSubsidy, type Grant, type MonthlyRent, netRentOn, type Rate } from './subsidy.ts';
import { isBefore, type PlainDate, Temporal } from './time.ts';

export interface Period extends MonthlyRent {
  readonly from: PlainDate;
  /** The last day. */
  readonly to: PlainDate;
  /** How many lease months these amounts are paid for, each in full; 0 for a part of one, whose amounts these are. */
  readonly months: number;
}

/**
 * The consecutive periods from the first day with a subsidy to `until` (included), a new one wherever an amount, the share
 * or what it rests on differs. A month in which the rent changes or the subsidy begins or stops falls in parts: each has its
 * days' part of the amount, so rounded that the parts make up the month.
 */
export function schedule(
  grant: Grant,
  rates: readonly Rate[],
  rents: readonly Rent[],
  until: PlainDate,
): readonly Period[] {
  const { startsOn, anchorOn } = grant;
  const periods: Period[] = [];
  const changes = [startsOn, endOfSubsidy(grant), ...rentChanges(rents), until.add({ days: 1 })].filter(
    (day) => day !== null,
  );
  for (let month = monthOf(anchorOn, startsOn); !isBefore(until, monthStart(anchorOn, month)); month++) {
    const starts = monthStart(anchorOn, month);
    const ends = monthStart(anchorOn, month + 1);
    const inside = changes.filter((day) => isBefore(starts, day) && isBefore(day, ends));
    const cuts = [starts, ...inside.sort(Temporal.PlainDate.compare), ends];
    for (const [index, from] of cuts.entries()) {
      const next = cuts[index + 1] ?? ends;
      if (isBefore(from, startsOn) || isBefore(until, from) || from.equals(next)) continue;
      const full = netRentOn(from, grant, rates, rents);
      const to = next.subtract({ days: 1 });
      if (cuts.length === 2) addMonth(periods, { ...full, from, to, months: 1 });
      else periods.push({ ...inPart(full, grant, [starts, from, next, ends]), from, to, months: 0 });
    }
  }
  return periods;
}

type Days = readonly [starts: PlainDate, from: PlainDate, next: PlainDate, ends: PlainDate];

/** The days from `from` to the one before `next`, of a month from `starts` to the one before `ends`. */
function inPart(month: MonthlyRent, { partMonth }: Grant, [starts, from, next, ends]: Days): MonthlyRent {
  const length = partMonth === 'thirtieths' ? 30 : starts.until(ends).days;
  const daysTo = (day: PlainDate): number => (day.equals(ends) ? length : Math.min(starts.until(day).days, length));
  const part = (oere: Oere): Oere => partOf(oere, daysTo(next), length) - partOf(oere, daysTo(from), length);
  const rentOere = part(month.rentOere);
  const subsidyOere = Math.min(part(month.subsidyOere), rentOere);
  return { ...month, rentOere, subsidyOere, netOere: rentOere - subsidyOere };
}

/** Adds a whole month: to the last period, if nothing differs from it. */
function addMonth(periods: Period[], month: Period): void {
  const last = periods.at(-1);
  const same = last !== undefined && last.months > 0 && termsOf(last) === termsOf(month);
  if (same) periods[periods.length - 1] = { ...last, to: month.to, months: last.months + 1 };
  else periods.push(month);
}

const termsOf = ({ share, rentOere, subsidyOere, basis }: MonthlyRent): string =>
  JSON.stringify([share, rentOere, subsidyOere, basis]);
