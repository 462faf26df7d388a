/**
 * What a subsidy takes off the rent, and when it takes off less (domain.md §§ 1.2-1.4).
 *
 * Everything is counted in *lease months* (`lease-months.ts`). Twelve of them are a lease year, and the share of the
 * schedule holds for one. For a lease from the first of a month they are calendar months. A share is one of the amount
 * regulated for the current year: that, and the terms in `subsidy-terms.ts`, are unconfirmed defaults.
 *
 * Amounts are whole øre, shares are millionths. Days are legal days (Europe/Copenhagen).
 */
import { monthOf, monthStart } from './lease-months.ts';
import { type Oere, partOf } from './money.ts';
import { ofYear, type YearBasis } from './of-year.ts';
import { type Rent, rentOn } from './rent.ts';
import type { Scheme } from './schemes.ts';
import type { KeptTerms } from './subsidy-terms.ts';
import { isBefore, type PlainDate } from './time.ts';

export interface Grant extends KeptTerms {
  /**
   * - `state_subsidy`: a share of the regulated amount, down over the years.
   * - `permanent_subsidy`: `monthlyOere`, for good.
   * - `transitional`: `monthlyOere`, until `endedOn`.
   * - `none`: nothing.
   */
  readonly scheme: Scheme;
  /** The year whose regulated amount stands in the lease; nothing is calculated from it. */
  readonly basisYear: number;
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

export interface StepDown {
  /** The first day with the smaller share. */
  readonly on: PlainDate;
  readonly share: number;
}

const WHOLE = 1_000_000;
const FIXED: Basis = { kind: 'fixed' };
const NOTHING = { share: 0, oere: 0, basis: FIXED };

/** What a month costs on the terms of a day. Before its first day there is no subsidy yet. */
export function netRentOn(day: PlainDate, grant: Grant, rates: readonly Rate[], rents: readonly Rent[]): MonthlyRent {
  const rentOere = rentOn(rents, day);
  const { share, oere, basis } = isPaidOn(grant, day) ? granted(grant, rates, monthOf(grant.anchorOn, day)) : NOTHING;
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
  if (end === null || !isBefore(grant.startsOn, end)) return [];
  return [
    ...grant.shares.flatMap((share, year) => {
      const on = monthStart(grant.anchorOn, 12 * year);
      return share < (grant.shares[year - 1] ?? 0) && isBefore(on, end) ? [{ on, share }] : [];
    }),
    { on: end, share: 0 },
  ];
}

/** The first step-down after a day, not on it. */
export function nextStepDown(grant: Grant, day: PlainDate): StepDown | null {
  return stepDowns(grant).find(({ on }) => isBefore(day, on)) ?? null;
}

/** The first day without any subsidy: the day it would begin when there never is one, null when no end is known. */
export function endOfSubsidy(grant: Grant): PlainDate | null {
  const planned = plannedEnd(grant);
  const stopped = grant.endedOn?.add({ days: 1 }) ?? null;
  if (stopped === null || (planned !== null && isBefore(planned, stopped))) return planned;
  return isBefore(stopped, grant.startsOn) ? grant.startsOn : stopped;
}

/** The first day that a month can be counted for: today, or that of a subsidy that is yet to begin. */
export const firstDayOf = ({ startsOn }: Pick<Grant, 'startsOn'>, today: PlainDate): PlainDate =>
  isBefore(today, startsOn) ? startsOn : today;

/** Whether nothing can be counted: the subsidy follows regulated amounts, and none of them is known. */
export const lacksRates = ({ scheme }: Pick<Grant, 'scheme'>, rates: readonly Rate[]): boolean =>
  scheme === 'state_subsidy' && rates.length === 0;

/** The amount of a calendar year, and whether it is that year's own. */
export function rateOf(rates: readonly Rate[], year: number): { readonly amountOere: Oere; readonly basis: Basis } {
  const { entry, basis } = ofYear(rates, year);
  return { amountOere: entry.amountOere, basis };
}

function plannedEnd({ scheme, startsOn, anchorOn, shares, monthlyOere }: Grant): PlainDate | null {
  switch (scheme) {
    case 'state_subsidy': {
      const years = shares.findLastIndex((share) => share > 0) + 1;
      return years === 0 ? startsOn : monthStart(anchorOn, 12 * years);
    }
    case 'permanent_subsidy':
    case 'transitional':
      return monthlyOere ? null : startsOn;
    case 'none':
      return startsOn;
  }
}

function isPaidOn(grant: Grant, day: PlainDate): boolean {
  const end = endOfSubsidy(grant);
  return !isBefore(day, grant.startsOn) && (end === null || isBefore(day, end));
}

/**
 * The subsidy of a lease month (the first is 0), however low the rent. A regulated one has the rate of the calendar year
 * in which the month begins. Month k of a lease year gets what k months of the year's amount Y are more than k − 1:
 * ⌊kY/12⌋ − ⌊(k−1)Y/12⌋, so that twelve months at one rate are exactly Y.
 */
function granted(grant: Grant, rates: readonly Rate[], month: number): { share: number; oere: Oere; basis: Basis } {
  if (grant.scheme !== 'state_subsidy') return { share: WHOLE, oere: grant.monthlyOere ?? 0, basis: FIXED };
  const year = Math.floor(month / 12);
  const share = grant.shares[Math.max(0, year)] ?? 0;
  if (share === 0) return NOTHING;
  const { amountOere, basis } = rateOf(rates, monthStart(grant.anchorOn, month).year);
  const amount =
    grant.rounding === 'krone' ? 100 * partOf(amountOere, share, 100 * WHOLE) : partOf(amountOere, share, WHOLE);
  const before = month - 12 * year;
  return { share, oere: Math.floor(((before + 1) * amount) / 12) - Math.floor((before * amount) / 12), basis };
}
