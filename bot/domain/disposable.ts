/**
 * The disposable amount (rådighedsbeløb): what is left a month once the home, the household's fixed costs and its debt are
 * paid, now and at each later step (domain.md § 6.6). Amounts are øre a month, after tax; always a guide, never a decision.
 */
import type { BenchmarkYear, BenefitYear } from './benefit-rates.ts';
import type { IncomeKindCode } from './capacity.ts';
import type { Level } from './forecast.ts';
import { type HousingBenefit, housingBenefitOn, type Pension } from './housing-benefit.ts';
import type { Oere } from './money.ts';
import { ofYear } from './of-year.ts';
import { isBefore, type PlainDate, Temporal } from './time.ts';

export interface Income {
  readonly kind: IncomeKindCode;
  /** After tax; null when it is not known. Of the kind `none` it is nothing. */
  readonly monthlyOere: Oere | null;
  /** Null: it has begun already. */
  readonly from: PlainDate | null;
  /** Its last day; null when no end is known. */
  readonly until: PlainDate | null;
}

/** What a household has, and what it pays beside its rent; an amount that nobody has said is null. */
export interface Means {
  readonly incomes: readonly Income[];
  readonly adults: number;
  readonly children: number;
  readonly utilitiesOere: Oere | null;
  readonly fixedOere: Oere | null;
  readonly debtOere: Oere | null;
  /** Before tax, of all in it, for boligstøtte; null when nobody has said. */
  readonly yearlyIncomeOere: Oere | null;
  /** When a førtidspension was awarded; null when nobody has said. */
  readonly disability: 'disability_before_2003' | 'disability_since_2003' | null;
}

/** What comes in is positive, what is paid negative. */
export type DisposableLine =
  | { readonly code: 'income'; readonly kind: IncomeKindCode; readonly oere: Oere }
  | { readonly code: 'benefit' | 'rent' | Cost; readonly oere: Oere };

type Cost = 'utilities' | 'fixed' | 'debt';

/** What nobody has said of a day: any income, the amount of one, or a cost. */
export type MissingMeans = 'incomes' | 'amounts' | Cost;

export interface Disposable {
  readonly from: PlainDate;
  readonly rent: Level;
  readonly benefit: HousingBenefit;
  /** What is known; their sum is `leftOere`, where nothing is missing. */
  readonly lines: readonly DisposableLine[];
  readonly missing: readonly MissingMeans[];
  /** Null when something is missing. */
  readonly leftOere: Oere | null;
  /** `at_most`: the boligstøtte may be less. `at_least`: it is not known, and left out. */
  readonly bound: 'exact' | 'at_most' | 'at_least';
}

/** What is left from each day on which the rent or an income becomes another one, the first level's day first. */
export function disposableFrom(
  levels: readonly Level[],
  means: Means,
  benefitYears: readonly BenefitYear[],
): Disposable[] {
  const first = levels[0]?.from;
  if (!first) return [];
  const changes = means.incomes.flatMap(({ from, until }) => [from, until?.add({ days: 1 })]);
  const later = changes.filter((day) => day != null).filter((day) => isBefore(first, day));
  const days = [...levels.map(({ from }) => from), ...later].sort(Temporal.PlainDate.compare);
  return days
    .filter((day, index) => !days[index - 1]?.equals(day))
    .flatMap((day) => {
      const rent = levels.findLast(({ from }) => !isBefore(day, from));
      return rent ? [disposableOn(day, rent, means, benefitYears)] : [];
    });
}

function disposableOn(from: PlainDate, rent: Level, means: Means, benefitYears: readonly BenefitYear[]): Disposable {
  const incomes = means.incomes.filter((income) => isReceivedOn(income, from));
  const benefit = benefitOn(from, rent, means, incomes, benefitYears);
  const costs = { utilities: means.utilitiesOere, fixed: means.fixedOere, debt: means.debtOere };
  const named = (Object.keys(costs) as Cost[]).map((code) => ({ code, oere: costs[code] }));
  const lines: DisposableLine[] = [
    ...incomes.flatMap((income) => {
      const oere = amountOf(income);
      return oere === null ? [] : [{ code: 'income' as const, kind: income.kind, oere }];
    }),
    ...(benefit.kind === 'counted' ? [{ code: 'benefit' as const, oere: benefit.monthlyOere }] : []),
    { code: 'rent', oere: -rent.netOere },
    ...named.flatMap(({ code, oere }) => (oere === null ? [] : [{ code, oere: -oere }])),
  ];
  const missing: MissingMeans[] = [
    ...(incomes.length === 0 ? (['incomes'] as const) : []),
    ...(incomes.some((income) => amountOf(income) === null) ? (['amounts'] as const) : []),
    ...named.flatMap(({ code, oere }) => (oere === null ? [code] : [])),
  ];
  const leftOere = missing.length === 0 ? lines.reduce((sum, { oere }) => sum + oere, 0) : null;
  return { from, rent, benefit, lines, missing, leftOere, bound: boundOf(benefit) };
}

const amountOf = ({ kind, monthlyOere }: Income): Oere | null => (kind === 'none' ? 0 : monthlyOere);

const isReceivedOn = ({ from, until }: Income, day: PlainDate): boolean =>
  (from === null || !isBefore(day, from)) && (until === null || !isBefore(until, day));

function benefitOn(
  day: PlainDate,
  { netOere }: Level,
  { adults, children, yearlyIncomeOere, disability }: Means,
  incomes: readonly Income[],
  benefitYears: readonly BenefitYear[],
): HousingBenefit {
  const has = (wanted: IncomeKindCode) => incomes.some(({ kind }) => kind === wanted);
  const pension: Pension = has('old_age_pension')
    ? 'old_age'
    : has('disability_pension')
      ? (disability ?? 'disability')
      : 'none';
  // Nobody says at which rate kontanthjælp is paid.
  const onRaisedRate = has('social_assistance') ? null : false;
  return housingBenefitOn(day, netOere, { adults, children, pension, onRaisedRate, yearlyIncomeOere }, benefitYears);
}

const boundOf = (benefit: HousingBenefit): Disposable['bound'] =>
  benefit.kind === 'unknown' ? 'at_least' : benefit.atMost ? 'at_most' : 'exact';

/**
 * Whether what is left is as much as should be; null when it is not known: what is at most so much may be too little after
 * all, and what is at least so much may be enough.
 */
export function isEnough({ leftOere, bound }: Disposable, benchmarkOere: Oere): boolean | null {
  if (leftOere === null) return null;
  const enough = leftOere >= benchmarkOere;
  return bound === (enough ? 'at_most' : 'at_least') ? null : enough;
}

export interface Benchmark {
  readonly oere: Oere;
  /** The year of its amounts. */
  readonly year: number;
}

/** What should be left, to compare with: by the newest amounts of such a household; null when none are known. */
export function benchmarkOf(
  { adults, children }: Pick<Means, 'adults' | 'children'>,
  today: PlainDate,
  years: readonly BenchmarkYear[],
): Benchmark | null {
  const usable = years.flatMap(({ year, singleOere, spouseOere, perChildOere }) => {
    const spouse = adults === 1 ? 0 : spouseOere;
    const each = children === 0 ? 0 : perChildOere;
    return spouse === null || each === null ? [] : [{ year, oere: singleOere + spouse + children * each }];
  });
  return adults > 2 || usable.length === 0 ? null : ofYear(usable, today.year).entry;
}
