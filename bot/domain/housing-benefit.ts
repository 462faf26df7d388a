/**
 * Boligstøtte as far as domain.md § 6.3 carries: boligydelse for those on folkepension or a førtidspension from before
 * 2003, boligsikring for everybody else. Amounts are øre a month unless named otherwise; always a guide, never a decision.
 */
import type { BenefitTerms, BenefitYear } from './benefit-rates.ts';
import type { Oere } from './money.ts';
import { ofYear, type YearBasis } from './of-year.ts';
import type { PlainDate } from './time.ts';

/** `disability`: a førtidspension of which nobody has said whether it is from before 2003. */
export type Pension = 'none' | 'old_age' | 'disability' | 'disability_before_2003' | 'disability_since_2003';

export interface BenefitHousehold {
  readonly adults: number;
  readonly children: number;
  readonly pension: Pension;
  /** Whether it lives on the raised rate of kontanthjælp; null when nobody has said. */
  readonly onRaisedRate: boolean | null;
  /** Of all in it, before tax, a year; null when nobody has said. */
  readonly yearlyIncomeOere: Oere | null;
}

export type BenefitKind = 'ordinary' | 'pensioner';

/**
 * What adds to or takes from it: the share of the cost that is covered, the income, what the household pays itself, the
 * limit without children, the maximum, the ceiling for couples. All but the first are negative.
 */
export type BenefitCode = 'cost' | 'income' | 'own' | 'childless' | 'maximum' | 'ceiling';

/** What is not known, so that nothing can be counted: a fact of the household, or a parameter of the year. */
export type Unknown = 'pension_since' | 'limit_of_disability' | 'income_per_child' | 'most_with_many_children';

export type HousingBenefit =
  | {
      readonly kind: 'counted';
      readonly benefit: BenefitKind;
      readonly monthlyOere: Oere;
      /** It may be less: the income, or whether the ceiling holds, is not known. */
      readonly atMost: boolean;
      /** Their sum is `monthlyOere`. */
      readonly lines: readonly { readonly code: BenefitCode; readonly oere: Oere }[];
      readonly basis: YearBasis;
    }
  | { readonly kind: 'unknown'; readonly unknown: readonly Unknown[] };

const MANY_CHILDREN = 4;
const NO_LIMIT = Infinity;

export const benefitKindOf = (pension: Pension): BenefitKind =>
  pension === 'old_age' || pension === 'disability_before_2003' ? 'pensioner' : 'ordinary';

/** What a household gets a month at a net rent (without utilities, after any subsidy) on the terms of a day. */
export function housingBenefitOn(
  day: PlainDate,
  netRentOere: Oere,
  household: BenefitHousehold,
  years: readonly BenefitYear[],
): HousingBenefit {
  const { entry: year, basis } = ofYear(years, day.year);
  const unknown = unknownOf(household, year);
  if (unknown.length > 0) return { kind: 'unknown', unknown };
  const benefit = benefitKindOf(household.pension);
  const costOere = 12 * netRentOere;
  const { costPercent, addedCostOere } = year[benefit];
  // Counted by the year, as the law does; each line is what it changes of the month, so that they sum to the result.
  let running = Math.floor(((costOere + addedCostOere) * costPercent) / 100);
  const lines: { code: BenefitCode; oere: Oere }[] = [{ code: 'cost', oere: monthOf(running) }];
  for (const [code, limit] of limits(running, costOere, household, year)) {
    const next = Math.min(running, Math.max(0, Math.floor(limit)));
    const oere = monthOf(next) - monthOf(running);
    if (oere !== 0) lines.push({ code, oere });
    running = next;
  }
  const atMost = household.yearlyIncomeOere === null || (hasCeiling(household) && household.onRaisedRate === null);
  return { kind: 'counted', benefit, monthlyOere: monthOf(running), atMost, lines, basis };
}

const monthOf = (yearlyOere: Oere): Oere => Math.floor(yearlyOere / 12);

function unknownOf({ pension, children, yearlyIncomeOere }: BenefitHousehold, year: BenefitYear): Unknown[] {
  if (pension === 'disability') return ['pension_since'];
  const terms = year[benefitKindOf(pension)];
  const limitMatters = pension === 'disability_since_2003' && children === 0;
  return [
    ...(limitMatters && year.childlessLimitsDisability === null ? (['limit_of_disability'] as const) : []),
    ...(children > 1 && yearlyIncomeOere !== null && terms.perChildOere === null
      ? (['income_per_child'] as const)
      : []),
    ...(children >= MANY_CHILDREN && terms.maxMonthlyManyChildrenOere === null
      ? (['most_with_many_children'] as const)
      : []),
  ];
}

/** What it can be at most a year, one reason after the other. An income that nobody knows takes nothing off. */
function limits(
  coveredOere: Oere,
  costOere: Oere,
  household: BenefitHousehold,
  year: BenefitYear,
): readonly (readonly [BenefitCode, Oere])[] {
  const { children, pension, onRaisedRate, yearlyIncomeOere } = household;
  const terms = year[benefitKindOf(pension)];
  const income = yearlyIncomeOere ?? 0;
  const own = Math.max(terms.ownOere, (income * terms.ownIncomePercent) / 100);
  return [
    ['income', coveredOere - (aboveThreshold(income, children, terms) * terms.incomePermille) / 1000],
    ['own', costOere - own],
    ['childless', isLimitedWithoutChildren(household, year) ? (costOere * year.childlessPercent) / 100 : NO_LIMIT],
    ['maximum', 12 * (children < MANY_CHILDREN ? terms.maxMonthlyOere : (terms.maxMonthlyManyChildrenOere ?? 0))],
    ['ceiling', hasCeiling(household) && onRaisedRate === true ? 12 * year.coupleCeilingOere : NO_LIMIT],
  ];
}

/** Each child after the first, up to the fourth, raises the threshold. */
const aboveThreshold = (income: Oere, children: number, { incomeFromOere, perChildOere }: BenefitTerms): Oere =>
  Math.max(0, income - incomeFromOere - Math.max(0, Math.min(children, MANY_CHILDREN) - 1) * (perChildOere ?? 0));

const isLimitedWithoutChildren = ({ children, pension }: BenefitHousehold, year: BenefitYear): boolean =>
  children === 0 &&
  benefitKindOf(pension) === 'ordinary' &&
  (pension !== 'disability_since_2003' || year.childlessLimitsDisability === true);

/** The boligstøtteloft hits couples alone. */
const hasCeiling = ({ adults }: BenefitHousehold): boolean => adults >= 2;
