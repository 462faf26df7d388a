/** What can be a regulated amount of the state's subsidy, whoever enters it. */
import type { Oere } from './money.ts';
import type { PlainDate } from './time.ts';

/** The year of the first amount (domain.md § 1.3). */
export const FIRST_RATE_YEAR = 2021;
/** An amount is published in the year before at the earliest. */
export const lastRateYear = (today: PlainDate): number => today.year + 1;

/** From half to double the amounts of other years: a month's amount, or a digit too many, is neither. */
export const isLikelyRate = (amount: Oere, others: readonly Oere[]): boolean =>
  others.length === 0 || (amount >= Math.min(...others) / 2 && amount <= Math.max(...others) * 2);
