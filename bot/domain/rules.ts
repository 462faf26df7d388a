/** Rules that are data: each has a shape, the value that holds until the municipality says otherwise, and its source. */
import { z } from 'zod';
import { benchmarkRule, type BenchmarkYear, type BenefitYear, housingBenefitRule } from './benefit-rates.ts';
import { type CalendarRules, defaultCalendar } from './calendar.ts';
import { type Oere, oere, oereSchema } from './money.ts';
import { type Scheme, schemes } from './schemes.ts';
import { anchors, type SubsidyTerms } from './subsidy-terms.ts';

export interface RuleKind<Value> {
  readonly schema: z.ZodType<Value>;
  readonly default: Value;
  /** Where the default is from, and what is unconfirmed about it. */
  readonly source: string;
}

/** `12-24`; 29 February counts, as some years have it. */
function isDayOfYear(text: string): boolean {
  return (
    /^\d\d-\d\d$/.test(text) &&
    !Number.isNaN(Date.parse(`2024-${text}T00:00:00Z`)) &&
    new Date(`2024-${text}T00:00:00Z`).toISOString().slice(5, 10) === text
  );
}

/** So many homes of a scheme from one day to another: of a year when it begins anew each 1 January. */
export interface Frame {
  /** What it is called on cards, such as `Pilotprojektet`. */
  readonly name: string;
  readonly scheme: Scheme;
  readonly places: number;
  /** ISO dates, both included: homes taken into use between them use it up. */
  readonly from: string;
  readonly to: string;
  readonly yearly: boolean;
}

export interface HomeRules {
  /** The most that a home with a permanent subsidy should cost a month, without utilities. */
  readonly permanentCapOere: Oere;
  /** Working days that a citizen has to answer an offer, unless the officer says otherwise. */
  readonly answerDays: number;
  /** The longest that a udslusningsbolig may be one, in months. */
  readonly transitionalMonths: number;
}

export interface RefundRules {
  /** The state pays half of the first so many days of a § 110 stay … */
  readonly days: number;
  /** … in a running period of so many days. */
  readonly windowDays: number;
  readonly countsDischargeDay: boolean;
}

export interface ReviewRules {
  /** A resident whose case has stood still for so many weeks, or an action open for as long, is stuck. */
  readonly stuckWeeks: number;
}

export interface CapacityRules {
  /** Working days that BIF has to answer a check-in. */
  readonly answerDays: number;
  /** The most questions that the plan puts on a day; none turns it off. */
  readonly plannedPerDay: number;
}

export interface SubsidyRules extends SubsidyTerms {
  /** The other reading of the law, shown beside it while the municipality has not confirmed one. */
  readonly otherShares: readonly number[];
}

const isoDay = z.iso.date();
const shares = z.array(z.int().min(0).max(1_000_000)).min(1).max(40);

const kind = <Value>(rule: RuleKind<Value>): RuleKind<Value> => rule;

/** Every dated rule there is, by its key in `dated_rule`. */
export const ruleKinds = {
  calendar: kind<CalendarRules>({
    schema: z.strictObject({
      closedDays: z.array(z.string().refine(isDayOfYear, 'a day of the year is written MM-DD, such as 12-24')).max(30),
      saturdayIsHverdag: z.boolean(),
    }),
    default: defaultCalendar,
    source:
      'domain.md § 8: 24 and 31 December and 5 June closed, 1 May open; § 4: Saturday counts as a hverdag (unconfirmed)',
  }),
  frames: kind<readonly Frame[]>({
    schema: z.array(
      z.strictObject({
        name: z.string().min(1).max(60),
        scheme: z.enum(schemes),
        places: z.int().min(0),
        from: isoDay,
        to: isoDay,
        yearly: z.boolean(),
      }),
    ),
    default: [
      {
        name: 'Statsligt huslejetilskud 2022-2023',
        scheme: 'state_subsidy',
        places: 350,
        from: '2022-01-01',
        to: '2025-12-31',
        yearly: false,
      },
      {
        name: 'Pilotprojektet (udslusningsboliger)',
        scheme: 'transitional',
        places: 50,
        from: '2022-01-01',
        to: '2023-12-31',
        yearly: false,
      },
      {
        name: 'Udslusningsboliger efter udlejningsaftalen',
        scheme: 'transitional',
        places: 75,
        from: '2024-01-01',
        to: '2027-12-31',
        yearly: true,
      },
    ],
    source:
      'domain.md §§ 0.1, 1.1, 2: 350 homes with state subsidy, usable until 31 December 2025 (draft order, unconfirmed); the pilot of 50; up to 75 a year 2024-2027',
  }),
  homes: kind<HomeRules>({
    schema: z.strictObject({
      permanentCapOere: oereSchema.min(0),
      answerDays: z.int().min(1).max(60),
      transitionalMonths: z.int().min(1).max(120),
    }),
    default: { permanentCapOere: oere(5_000), answerDays: 5, transitionalMonths: 24 },
    source:
      'domain.md § 1.6: 5,000 kr. a month without utilities; § 2: two years under the older rule (the new limit is unconfirmed); days to answer: default',
  }),
  refund: kind<RefundRules>({
    schema: z.strictObject({
      days: z.int().min(1),
      windowDays: z.int().min(1),
      countsDischargeDay: z.boolean(),
    }),
    default: { days: 90, windowDays: 365, countsDischargeDay: false },
    source: 'domain.md § 4: half for 90 days per running year; how days are counted is unconfirmed',
  }),
  review: kind<ReviewRules>({
    schema: z.strictObject({ stuckWeeks: z.int().min(1).max(52) }),
    default: { stuckWeeks: 3 },
    source: 'our own default, to be confirmed by the shelters: three weeks',
  }),
  capacity: kind<CapacityRules>({
    schema: z.strictObject({
      answerDays: z.int().min(1).max(60),
      plannedPerDay: z.int().min(0).max(1_000).default(10),
    }),
    default: { answerDays: 5, plannedPerDay: 10 },
    source: 'our own defaults, to be agreed between SF and BIF: five working days; ten questions a day',
  }),
  subsidy: kind<SubsidyRules>({
    // What a rule does not name is as it was before it could be set.
    schema: z.strictObject({
      shares,
      otherShares: shares,
      anchor: z.enum(anchors).default('lease_start'),
      rounding: z.enum(['oere', 'krone']).default('oere'),
      partMonth: z.enum(['days', 'thirtieths']).default('days'),
    }),
    default: {
      shares: [1_000_000, 1_000_000, 1_000_000, 1_000_000, 800_000, 600_000, 400_000, 200_000, 0],
      otherShares: [1_000_000, 1_000_000, 1_000_000, 1_000_000, 833_333, 666_667, 500_000, 333_333, 166_667, 0],
      anchor: 'lease_start',
      rounding: 'oere',
      partMonth: 'days',
    },
    source:
      'domain.md § 1.2: four years in full, then down in equal parts over five; the steps, the day that the years count from, rounding and part months are unconfirmed',
  }),
  housingBenefit: kind<readonly BenefitYear[]>(housingBenefitRule),
  benchmark: kind<readonly BenchmarkYear[]>(benchmarkRule),
} as const;

export type RuleKey = keyof typeof ruleKinds;
export type RuleValue<K extends RuleKey> = (typeof ruleKinds)[K]['default'];

/** The rules as they hold on a day. */
export type Rules = { readonly [K in RuleKey]: RuleValue<K> };

export const defaultRules: Rules = Object.fromEntries(
  Object.entries(ruleKinds).map(([key, rule]) => [key, rule.default]),
) as unknown as Rules;
