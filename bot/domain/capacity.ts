/**
 * What the two administrations tell each other of what a citizen can pay (design.md § 3 C): codes, forms, and the income
 * kinds with the days between which each exists (domain.md § 6.2). Economic facts only (retssikkerhedsloven § 11 a, stk. 2):
 * there is no field for health, and none for free text.
 */
import {
  choice,
  type Form,
  number,
  optionalChoice,
  optionalDate,
  optionalKroner,
  optionalStaffMember,
} from './referral/form.ts';
import type { PlainDate } from './time.ts';

/** Why SF asks. All but the last are asked by the plan too (`capacity-plan.ts`). */
export const occasions = [
  'before_nomination',
  'move_in',
  'follow_up',
  'yearly',
  'before_step_down',
  'by_hand',
] as const;
export type Occasion = (typeof occasions)[number];

/** The social administration, which asks, and the employment administration, which answers. */
export const sides = ['sf', 'bif'] as const;
export type Side = (typeof sides)[number];

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
  youth_supplement: { to: '2027-06-30' }, // tilpasningstillæg to those under 30
  other_supplement: {},
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

/** The last day on which somebody can have it, in ISO; null where none is known. */
export const lastDayOf = (code: IncomeKindCode): string | null => (incomeKinds[code] as IncomeKind).to ?? null;

/** How sure the capacity is. */
export const certainties = ['sure', 'likely', 'unsure'] as const;
/** Where the citizen is on the way to another income. */
export const plans = ['none', 'activation', 'education', 'job_search', 'pension_case', 'flex_job_case'] as const;
export const cannotReasons = ['no_case', 'income_unknown', 'under_investigation', 'citizen_not_reached'] as const;
export type CannotReason = (typeof cannotReasons)[number];

/** What each side can do about it. */
export const measures = {
  sf: ['budget_made', 'debt_advice', 'housing_benefit_applied', 'cheaper_home', 'administration_agreed', 'visit'],
  bif: ['income_checked', 'plan_meeting', 'debt_advice', 'benefit_applied', 'job_offer', 'course'],
} as const satisfies Readonly<Record<Side, readonly [string, ...string[]]>>;
export type MeasureCode = (typeof measures)[Side][number];

/** The lines that a card has for incomes: a field's name ends with its line's, as in `kind_1`. */
export const incomeLines = ['1', '2', '3'] as const;

/** The fields of a line, once for each line. */
function onLines<F extends Form, const L extends readonly string[]>(form: F, lines: L) {
  return Object.fromEntries(
    lines.flatMap((line) => Object.entries(form).map(([name, field]) => [`${name}_${line}`, field])),
  ) as { readonly [Name in keyof F as `${Name & string}_${L[number]}`]: F[Name] };
}

/** A measure that is added with a part; another one comes with the next version of it. */
const newMeasure = <S extends Side>(side: S) => ({
  measure: optionalChoice(measures[side]),
  owner: optionalStaffMember(),
  due: optionalDate(),
});

/** BIF's part; nothing of it must be known yet. */
export const answerForm = {
  capacity: optionalKroner(),
  certainty: optionalChoice(certainties),
  ...onLines(
    {
      kind: optionalChoice(incomeKindCodes),
      amount: optionalKroner(),
      from: optionalDate(),
      until: optionalDate(),
    },
    incomeLines,
  ),
  expected: optionalKroner(),
  expectedFrom: optionalDate(),
  plan: optionalChoice(plans),
  ...newMeasure('bif'),
};

/** SF's part: the household, and what it spends a month beside the rent. */
export const householdForm = {
  adults: number(1, 6),
  children: number(0, 12),
  utilities: optionalKroner(),
  fixed: optionalKroner(),
  debt: optionalKroner(),
  ...newMeasure('sf'),
};

export const cannotForm = { reason: choice(cannotReasons) };
export const askForm = { occasion: choice(occasions) };

/**
 * Which side is shown what of a check-in: the disclosure matrix. BIF judges what can be paid, so it gets the rent and what
 * comes of it, and what SF does about it; what the household spends stays with SF.
 */
export const shownTo = {
  state: sides,
  due: sides,
  askedBy: sides,
  occasion: sides,
  reason: sides,
  rent: sides,
  verdict: sides,
  capacity: sides,
  income: sides,
  expected: sides,
  plan: sides,
  answeredBy: sides,
  measuresOfBif: sides,
  measuresOfSf: sides,
  household: ['sf'],
  utilities: ['sf'],
  fixed: ['sf'],
  debt: ['sf'],
  householdBy: ['sf'],
} as const satisfies Readonly<Record<string, readonly Side[]>>;
export type CheckInField = keyof typeof shownTo;

export const isShownTo = (field: CheckInField, readers: readonly Side[]): boolean =>
  (shownTo[field] as readonly Side[]).some((side) => readers.includes(side));
