/**
 * Whether a home stays affordable: the net rent at every step against what the citizen can pay (design.md § 3 C).
 * Amounts are øre a month, days are legal days; always a guide, never a decision.
 */
import type { Oere } from './money.ts';
import { type Rent, rentChanges } from './rent.ts';
import { type Grant, type MonthlyRent, netRentOn, type Rate, stepDowns } from './subsidy.ts';
import { isBefore, type PlainDate, Temporal } from './time.ts';

/** What a month costs from a day on. */
export interface Level extends MonthlyRent {
  readonly from: PlainDate;
}

/**
 * What a month costs on a day, and on every later day from which it costs something else: the share falls, the rent
 * changes, or another year's amount holds.
 */
export function levelsFrom(day: PlainDate, grant: Grant, rates: readonly Rate[], rents: readonly Rent[]): Level[] {
  const days = [...stepDowns(grant).map(({ on }) => on), ...rentChanges(rents), ...newYears(grant, rates)];
  const later = days.filter((on) => isBefore(day, on)).sort(Temporal.PlainDate.compare);
  const levels: Level[] = [];
  for (const from of [day, ...later]) {
    const level = { from, ...netRentOn(from, grant, rates, rents) };
    const last = levels.at(-1);
    if (!last || termsOf(last) !== termsOf(level)) levels.push(level);
  }
  return levels;
}

/** The first lease month of each year whose amount is known, and of the one after it, where it may stand in for another. */
const newYears = ({ anchorOn }: Grant, rates: readonly Rate[]): PlainDate[] =>
  rates
    .flatMap(({ year }) => [year, year + 1])
    .map((year) => Temporal.PlainDate.from({ year, month: 1, day: anchorOn.day }));

/** At one share, rent and rate the months of a year differ by an odd øre, which is no change. */
const termsOf = ({ share, rentOere, basis }: Level): string => JSON.stringify([share, rentOere, basis]);

export interface Judged extends Level {
  /** How much more it costs than the citizen can pay; 0 when it is affordable. */
  readonly gapOere: Oere;
}

export interface Forecast {
  readonly levels: readonly Judged[];
  /** The first level that costs more than the citizen can pay; null when none does. */
  readonly dearFrom: Judged | null;
  /** The first of the levels that cost most: what closes the gap for good, and by when; null when there is none. */
  readonly dearest: Judged | null;
  /** `green`: affordable as far as is known. `yellow`: not for good. `red`: not now, or not a year from now. */
  readonly light: 'green' | 'yellow' | 'red';
  /** Some amount on which this rests is an estimate. */
  readonly estimated: boolean;
}

/** Holds every level against what the citizen can pay a month. */
export function forecast(levels: readonly Level[], payableOere: Oere, today: PlainDate): Forecast {
  const judged = levels.map((level) => ({ ...level, gapOere: Math.max(0, level.netOere - payableOere) }));
  const dearFrom = judged.find(({ gapOere }) => gapOere > 0) ?? null;
  const most = Math.max(...judged.map(({ gapOere }) => gapOere));
  const soon = dearFrom !== null && isBefore(dearFrom.from, today.add({ years: 1 }));
  return {
    levels: judged,
    dearFrom,
    dearest: judged.find(({ gapOere }) => gapOere > 0 && gapOere === most) ?? null,
    light: dearFrom === null ? 'green' : soon ? 'red' : 'yellow',
    estimated: judged.some(({ basis }) => basis.kind === 'estimated'),
  };
}
