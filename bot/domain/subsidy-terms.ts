/**
 * How a subsidy is counted. None of it is confirmed, so each is a setting (rule `subsidy`), and a grant keeps the terms
 * that it was made with.
 */
import type { Scheme } from './schemes.ts';
import type { PlainDate } from './time.ts';

/** Where the years of the schedule count from: the first day, or the first of a calendar month or year from it on. */
export const anchors = ['lease_start', 'next_month', 'next_year'] as const;
export type Anchor = (typeof anchors)[number];

export interface Counting {
  /** The year's amount is rounded, half up, to a whole øre or a whole krone. */
  readonly rounding: 'oere' | 'krone';
  /** A part of a month is its days of the month's days, or its thirtieths: then every month has thirty days. */
  readonly partMonth: 'days' | 'thirtieths';
}

export interface SubsidyTerms extends Counting {
  /** The share of the regulated amount in each year from the anchor, in millionths; nothing after the last. */
  readonly shares: readonly number[];
  readonly anchor: Anchor;
}

/** The terms as a grant keeps them; until the anchor it has the share of the first year. */
export interface KeptTerms extends Counting {
  /** The first day with a subsidy. */
  readonly startsOn: PlainDate;
  /** The first day of the first year of the schedule. */
  readonly anchorOn: PlainDate;
  /** None of a subsidy that is not regulated. */
  readonly shares: readonly number[];
}

/** What a grant of a scheme that begins on a day keeps of the terms of that day: only the state's has a schedule. */
export function keptTerms(
  scheme: Scheme,
  startsOn: PlainDate,
  { anchor, shares, rounding, partMonth }: SubsidyTerms,
): KeptTerms {
  const counting = { startsOn, rounding, partMonth };
  return scheme === 'state_subsidy'
    ? { ...counting, anchorOn: anchorOf(startsOn, anchor), shares }
    : { ...counting, anchorOn: startsOn, shares: [] };
}

/** A subsidy that begins on the first of a month, or of a year, is anchored there. */
export function anchorOf(startsOn: PlainDate, anchor: Anchor): PlainDate {
  switch (anchor) {
    case 'lease_start':
      return startsOn;
    case 'next_month':
      return startsOn.day === 1 ? startsOn : startsOn.with({ day: 1 }).add({ months: 1 });
    case 'next_year':
      return startsOn.dayOfYear === 1 ? startsOn : startsOn.with({ month: 1, day: 1 }).add({ years: 1 });
  }
}
