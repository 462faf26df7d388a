/**
 * What the employment administration is asked of what a citizen can pay (design.md § 3 C): codes, and the income kinds with
 * the days between which each exists (domain.md § 6.2). Economic facts only (retssikkerhedsloven § 11 a, stk. 2).
 */
import { choice, optionalChoice, optionalDate, optionalKroner } from './referral/form.ts';
import type { PlainDate } from './time.ts';

/** Why SF asks. */
export const occasions = ['before_nomination', 'move_in', 'follow_up', 'before_step_down', 'by_hand'] as const;
export type Occasion = (typeof occasions)[number];

interface IncomeKind {
  /** ISO days; the first and the last on which somebody can have it. */
  readonly from?: string;
  readonly to?: string;
}

export const incomeKinds = {
  social_assistance: {}, // kontanthjælp; one benefit since 1 July 2025
  education_grant: { to: '2025-06-30' }, // uddannelseshjælp
  integration_benefit: { to: '2025-06-30' }, // SHO, overgangsydelse
  disability_pension: {},
  old_age_pension: {},
  sickness_benefit: {},
  unemployment_benefit: {},
  flex_job: {}, // fleksjob, ledighedsydelse
  resource_course: { to: '2026-06-30' }, // ressourceforløb and revalidering: no new ones
  student_grant: {},
  wages: {},
  none: {},
} as const satisfies Readonly<Record<string, IncomeKind>>;
export type IncomeKindCode = keyof typeof incomeKinds;
const incomeKindCodes = Object.keys(incomeKinds) as [IncomeKindCode, ...IncomeKindCode[]];

/** The kinds that somebody can have on a day. */
export const incomeKindsOn = (day: PlainDate): IncomeKindCode[] =>
  incomeKindCodes.filter((code) => {
    const { from = '', to = '9999-12-31' }: IncomeKind = incomeKinds[code];
    return from <= day.toString() && day.toString() <= to;
  });

/** How sure the capacity is. */
export const certainties = ['sure', 'likely', 'unsure'] as const;
/** Where the citizen is on the way to another income. */
export const plans = ['none', 'activation', 'education', 'job_search', 'pension_case', 'flex_job_case'] as const;
/** What BIF does about it. */
export const measures = [
  'income_checked',
  'plan_meeting',
  'debt_advice',
  'benefit_applied',
  'job_offer',
  'course',
] as const;
export const cannotReasons = ['no_case', 'income_unknown', 'under_investigation', 'citizen_not_reached'] as const;
export type CannotReason = (typeof cannotReasons)[number];

/** What BIF answers; nothing of it must be known yet. There is no field for health, and none for free text. */
export const answerForm = {
  incomeKind: optionalChoice(incomeKindCodes),
  incomeUntil: optionalDate(),
  capacity: optionalKroner(),
  certainty: optionalChoice(certainties),
  expected: optionalKroner(),
  expectedFrom: optionalDate(),
  plan: optionalChoice(plans),
  measure: optionalChoice(measures),
  measureDueOn: optionalDate(),
};

export const cannotForm = { reason: choice(cannotReasons) };
export const askForm = { occasion: choice(occasions) };
