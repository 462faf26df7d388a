/**
 * What a subsidy takes off the rent, and when it takes off less (domain.md §§ 1.2-1.4).
 *
 * Everything is counted in *lease months*: the first begins on the anchor, the next ones on the same day of each month
 * after it, or on the last day of a month that has no such day (31 January, 28 February, 31 March). Twelve of them are a
 * lease year, and the share of the schedule holds for one. For a lease from the first of a month they are calendar
 * months. That the anchor is the first day of the lease, that a share is one of the amount regulated for the current
 * year, and how months and part months are rounded: all are unconfirmed defaults.
 *
 * Amounts are whole øre, shares are millionths. Days are legal days (Europe/Copenhagen).
 */
import { type Oere, partOf } from './money.ts';
import { ofYear, type YearBasis } from './of-year.ts';
import { type Rent, rentChanges, rentOn } from './rent.ts';
import type { Scheme } from './schemes.ts';
import { type PlainDate, Temporal, isBefore } from './time.ts';

export interface Grant {
  /**
   * - `state_subsidy`: a share of the regulated amount, down over the years.
   * - `permanent_subsidy`: `monthlyOere`, for good.
   * - `transitional`: `monthlyOere`, until `endedOn`.
   * - `none`: nothing.
   */
  readonly scheme: Scheme;
  /** The first day of the first year of the schedule. */
  readonly anchorOn: PlainDate;
  /** The year whose regulated amount stands in the lease; nothing is calculated from it. */
  readonly basisYear: number;
  /** The share of the regulated amount in each year from the anchor, in millionths; nothing after the last. */
  readonly shares: readonly number[];
  /** The amount a month of a subsidy that is not regulated; null counts as none. */
  readonly monthlyOere: Oere | null;
  /** The last day with a subsidy, as soon as it is known: the last of the lease, or of a time limit that lies ahead. */
  readonly endedOn: PlainDate | null;
}

/** The regulated amount of a calendar year, as published. */
export interface Rate {
  readonly year: number;
  readonly amountOere: Oere;
}

/** What an amount rests on. `fixed`: no rate decides it, as it was agreed or is nothing. */
export type Basis = YearBasis | { readonly kind: 'fixed' };

/** What is paid for a month. The subsidy is never more than the rent. */
export interface MonthlyRent {
  readonly share: number;
  readonly rentOere: Oere;
  readonly subsidyOere: Oere;
  readonly netOere: Oere;
  readonly basis: Basis;
}

export interface Period extends MonthlyRent {
  readonly from: PlainDate;
  /** The last day. */
  readonly to: PlainDate;
  /** How many lease months these amounts are paid for, each in full; 0 for a part of one, whose amounts these are. */
  readonly months: number;
}

export interface StepDown {
  /** The first day with the smaller share. */
  readonly on: PlainDate;
  readonly share: number;
}

const WHOLE = 1_000_000;
const FIXED: Basis = { kind: 'fixed' };
const NOTHING = { share: 0, oere: 0, basis: FIXED };

/**
 * The consecutive periods from the anchor to `until` (included), a new one wherever an amount, the share or what it rests
 * on differs. A month in which the rent changes or the subsidy stops falls in parts: each has its days' part of
 * the amount, so rounded that the parts make up the month.
 */
export function schedule(
  grant: Grant,
  rates: readonly Rate[],
  rents: readonly Rent[],
  until: PlainDate,
): readonly Period[] {
  const periods: Period[] = [];
  const changes = [endOfSubsidy(grant), ...rentChanges(rents), until.add({ days: 1 })].filter((day) => day !== null);
  for (let month = 0; !isBefore(until, monthStart(grant, month)); month++) {
    const starts = monthStart(grant, month);
    const ends = monthStart(grant, month + 1);
    const inside = changes.filter((day) => isBefore(starts, day) && isBefore(day, ends));
    const cuts = [starts, ...inside.sort(Temporal.PlainDate.compare), ends];
    for (const [index, from] of cuts.slice(0, -1).entries()) {
      const next = cuts[index + 1] ?? ends;
      if (isBefore(until, from) || from.equals(next)) continue;
      const full = netRentOn(from, grant, rates, rents);
      const to = next.subtract({ days: 1 });
      if (cuts.length === 2) addMonth(periods, { ...full, from, to, months: 1 });
      else periods.push({ ...inPart(full, starts, from, next, ends), from, to, months: 0 });
    }
  }
  return periods;
}

/** What a month costs on the terms of a day. Before the anchor there is no subsidy yet. */
export function netRentOn(day: PlainDate, grant: Grant, rates: readonly Rate[], rents: readonly Rent[]): MonthlyRent {
  const rentOere = rentOn(rents, day);
  const { share, oere, basis } = isPaidOn(grant, day) ? granted(grant, rates, monthOf(grant, day)) : NOTHING;
  const subsidyOere = Math.min(oere, rentOere);
  return { share, rentOere, subsidyOere, netOere: rentOere - subsidyOere, basis };
}

/**
 * What a month will cost once the subsidy is over, at today's rent: all of it. Only a permanent subsidy that nobody has
 * ended is taken off; a transitional one is over some day, even when nobody knows which.
 */
export function netRentAtEnd(grant: Grant, rents: readonly Rent[], today: PlainDate): Oere {
  const rent = rentOn(rents, today);
  const lasts = grant.scheme === 'permanent_subsidy' && endOfSubsidy(grant) === null;
  return lasts ? Math.max(0, rent - (grant.monthlyOere ?? 0)) : rent;
}

/** Every day on which the share falls, the end of the subsidy among them. */
export function stepDowns(grant: Grant): readonly StepDown[] {
  const end = endOfSubsidy(grant);
  if (end === null || !isBefore(grant.anchorOn, end)) return [];
  const falls = grant.scheme === 'state_subsidy' ? grant.shares : [];
  return [
    ...falls.flatMap((share, year) => {
      const on = monthStart(grant, 12 * year);
      return share < (falls[year - 1] ?? 0) && isBefore(on, end) ? [{ on, share }] : [];
    }),
    { on: end, share: 0 },
  ];
}

/** The first step-down after a day, not on it. */
export function nextStepDown(grant: Grant, day: PlainDate): StepDown | null {
  return stepDowns(grant).find(({ on }) => isBefore(day, on)) ?? null;
}

/** The first day without any subsidy: the anchor when there never is one, null when no end is known. */
export function endOfSubsidy(grant: Grant): PlainDate | null {
  const planned = plannedEnd(grant);
  const stopped = grant.endedOn?.add({ days: 1 }) ?? null;
  if (stopped === null || (planned !== null && isBefore(planned, stopped))) return planned;
  return isBefore(stopped, grant.anchorOn) ? grant.anchorOn : stopped;
}

/** The amount of a calendar year, and whether it is that year's own. */
export function rateOf(rates: readonly Rate[], year: number): { readonly amountOere: Oere; readonly basis: Basis } {
  const { entry, basis } = ofYear(rates, year);
  return { amountOere: entry.amountOere, basis };
}

function plannedEnd(grant: Grant): PlainDate | null {
  switch (grant.scheme) {
    case 'state_subsidy':
      return monthStart(grant, 12 * (grant.shares.findLastIndex((share) => share > 0) + 1));
    case 'permanent_subsidy':
    case 'transitional':
      return grant.monthlyOere ? null : grant.anchorOn;
    case 'none':
      return grant.anchorOn;
  }
}

function isPaidOn(grant: Grant, day: PlainDate): boolean {
  const end = endOfSubsidy(grant);
  return !isBefore(day, grant.anchorOn) && (end === null || isBefore(day, end));
}

/**
 * The subsidy of a lease month (the first is 0), however low the rent. A regulated one has the rate of the calendar year
 * in which the month begins. Month k of a lease year gets what k months of the year's amount Y are more than k − 1:
 * ⌊kY/12⌋ − ⌊(k−1)Y/12⌋, so that twelve months at one rate are exactly Y.
 */
function granted(grant: Grant, rates: readonly Rate[], month: number): { share: number; oere: Oere; basis: Basis } {
  if (grant.scheme !== 'state_subsidy') return { share: WHOLE, oere: grant.monthlyOere ?? 0, basis: FIXED };
  const share = grant.shares[Math.floor(month / 12)] ?? 0;
  if (share === 0) return NOTHING;
  const { amountOere, basis } = rateOf(rates, monthStart(grant, month).year);
  const year = partOf(amountOere, share, WHOLE);
  const before = month % 12;
  return { share, oere: Math.floor(((before + 1) * year) / 12) - Math.floor((before * year) / 12), basis };
}

/** The first day of a lease month; the first month is 0. */
function monthStart(grant: Grant, month: number): PlainDate {
  return grant.anchorOn.add({ months: month });
}

/** The lease month that a day from the anchor on lies in. `until` calls 31 January to 28 February no month, `add` does. */
function monthOf(grant: Grant, day: PlainDate): number {
  const { months } = grant.anchorOn.until(day, { largestUnit: 'months' });
  return isBefore(day, monthStart(grant, months + 1)) ? months : months + 1;
}

/** The days from `from` to the one before `next`, of a month from `starts` to the one before `ends`. */
function inPart(month: MonthlyRent, starts: PlainDate, from: PlainDate, next: PlainDate, ends: PlainDate): MonthlyRent {
  const daysTo = (day: PlainDate): number => starts.until(day).days;
  const part = (oere: Oere): Oere =>
    partOf(oere, daysTo(next), daysTo(ends)) - partOf(oere, daysTo(from), daysTo(ends));
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

function termsOf({ share, rentOere, subsidyOere, basis }: MonthlyRent): string {
  return JSON.stringify([share, rentOere, subsidyOere, basis]);
}
