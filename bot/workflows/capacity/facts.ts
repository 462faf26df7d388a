/** What a check-in says, line by line, to whoever reads it: by `shownTo`, the disclosure matrix. */
import { daysOverdue } from '../../domain/calendar.ts';
import { type CheckInField, isShownTo, type Side } from '../../domain/capacity.ts';
import type { PlainDate } from '../../domain/time.ts';
import type { CheckIn, Income, Measure } from '../../store/check-ins.ts';
import { formatDate, formatKroner } from '../../text/danish.ts';
import { initials } from '../../text/normalise.ts';
import { type Fact, type Reader, when } from '../referral/present.ts';
import { partWords } from './part-words.ts';
import { capacityWords } from './words.ts';

/** What BIF is told of the home: the rent, the next step, and whether it can be paid. */
export interface HomeFacts {
  readonly rent: readonly Fact[];
  readonly verdict: string;
}

export const nameOf = ({ citizen }: Pick<CheckIn, 'citizen'>, { deps }: Pick<Reader, 'deps'>): string =>
  deps.personNames === 'full' ? citizen.name : initials(citizen.name);

export function stateText({ outcome, owner, answer }: CheckIn, { locale }: Pick<Reader, 'locale'>): string {
  const { state } = capacityWords[locale];
  if (outcome !== null) return state[outcome];
  const where = owner?.active ? state.waiting(owner.name) : state.queue;
  return answer?.partly ? `${state.partly} · ${where}` : where;
}

export function dueText({ dueOn, closedAt }: CheckIn, { locale, today }: Pick<Reader, 'locale' | 'today'>): string {
  const late = closedAt === null ? daysOverdue(dueOn, today) : 0;
  const day = formatDate(dueOn, locale);
  return late > 0 ? capacityWords[locale].facts.late(day, late) : day;
}

/** Every line that these sides may read and that says something, the state first. */
export function factsOf(checkIn: CheckIn, reader: Reader, home: HomeFacts | null, readers: readonly Side[]): Fact[] {
  const { facts } = capacityWords[reader.locale];
  const lines: readonly (readonly [CheckInField, Fact])[] = [
    ...asked(checkIn, reader),
    ...(home?.rent ?? []).map((fact) => ['rent', fact] as const),
    ...answered(checkIn, reader),
    ['verdict', { title: facts.verdict, value: home?.verdict ?? '' }],
    ...spent(checkIn, reader),
  ];
  return lines.filter(([field, { value }]) => value !== '' && isShownTo(field, readers)).map(([, fact]) => fact);
}

type Line = readonly [CheckInField, Fact];

function asked(checkIn: CheckIn, reader: Reader): Line[] {
  const { facts, occasions } = capacityWords[reader.locale];
  const { askedBy, askedAt, occasion } = checkIn;
  return [
    ['state', { title: facts.state, value: stateText(checkIn, reader) }],
    ['due', { title: facts.due, value: dueText(checkIn, reader) }],
    ['askedBy', { title: facts.askedBy, value: `${askedBy?.name ?? facts.byPlan}, ${when(askedAt, reader)}` }],
    ['occasion', { title: facts.why, value: occasions[occasion] }],
  ];
}

function answered({ answer, outcome, reason }: CheckIn, reader: Reader): Line[] {
  const { locale } = reader;
  const words = capacityWords[locale];
  const { facts } = words;
  const why: Line[] =
    outcome === 'cannot_judge' && reason ? [['reason', { title: facts.reason, value: words.cannot[reason] }]] : [];
  if (!answer) return why;
  const { capacityOere, certainty, expectedOere, expectedFrom, plan, incomes } = answer;
  const amount = capacityOere === null ? '' : formatKroner(capacityOere, locale);
  const expected =
    expectedOere !== null && expectedFrom !== null
      ? facts.expectedFrom(formatKroner(expectedOere, locale), formatDate(expectedFrom, locale))
      : '';
  return [
    ...why,
    [
      'capacity',
      {
        title: facts.capacity,
        value: amount && certainty ? facts.withCertainty(amount, words.certainties[certainty]) : amount,
      },
    ],
    ...incomes.map((income): Line => ['income', { title: facts.income, value: incomeText(income, reader) }]),
    ['expected', { title: facts.expected, value: expected }],
    ['plan', { title: facts.plan, value: plan === null ? '' : words.plans[plan] }],
    ['answeredBy', { title: facts.answeredBy, value: `${answer.by}, ${when(answer.at, reader)}` }],
  ];
}

/** `Kontanthjælp, 11.200 kr. til 30. juni 2027`. */
function incomeText({ kind, monthlyOere, from, until }: Income, { locale }: Pick<Reader, 'locale'>): string {
  const { facts, incomeKinds } = capacityWords[locale];
  const day = (on: PlainDate | null) => (on === null ? '' : formatDate(on, locale));
  const amount = monthlyOere === null ? facts.amountUnknown : formatKroner(monthlyOere, locale);
  const paid = [amount, facts.between(day(from), day(until))].filter(Boolean).join(' ');
  return kind === 'none' ? incomeKinds.none : `${incomeKinds[kind]}, ${paid}`;
}

function spent({ household }: CheckIn, reader: Reader): Line[] {
  const { locale } = reader;
  const { facts } = capacityWords[locale];
  if (!household) return [['household', { title: facts.household, value: facts.householdMissing }]];
  const { adults, children, utilitiesOere, fixedOere, debtOere, by, at } = household;
  const monthly = (oere: number | null) => (oere === null ? '' : facts.monthly(formatKroner(oere, locale)));
  return [
    ['household', { title: facts.household, value: facts.householdText(adults, children) }],
    ['utilities', { title: facts.utilities, value: monthly(utilitiesOere) }],
    ['fixed', { title: facts.fixed, value: monthly(fixedOere) }],
    ['debt', { title: facts.debt, value: monthly(debtOere) }],
    ['householdBy', { title: facts.householdBy, value: `${by}, ${when(at, reader)}` }],
  ];
}

export const measureField = ({ side }: Measure): CheckInField => (side === 'sf' ? 'measuresOfSf' : 'measuresOfBif');

/** `BIF: Møde om planen (Bent Fisker, senest 15. december 2026)`. */
export function measureText(measure: Measure, { locale }: Pick<Reader, 'locale'>): string {
  const words = partWords[locale];
  const { side, code, owner, dueOn } = measure;
  return words.measureText(
    words.sides[side],
    capacityWords[locale].measures[code],
    owner.name,
    formatDate(dueOn, locale),
  );
}
