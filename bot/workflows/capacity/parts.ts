/** Reads the two parts of a check-in as they were typed: what is wrong with them, or what is to be kept. */
import {
  answerForm,
  householdForm,
  incomeKindsOn,
  type IncomeKindCode,
  incomeLines,
  lastDayOf,
  type Side,
} from '../../domain/capacity.ts';
import { parseForm } from '../../domain/referral/form.ts';
import { farAway } from '../../domain/typed.ts';
import type { AnswerToKeep, HouseholdToKeep, NewMeasure } from '../../store/check-in-changes.ts';
import type { CapacityAnswer } from '../../store/check-ins.ts';
import type { Colleague } from '../../store/people.ts';
import type { Turn } from '../context.ts';

type Input = Readonly<Record<string, unknown>>;
type Problems = Readonly<Record<string, string>>;
type Value = string | number | null;
type Values = Readonly<Record<string, Value>>;

interface Reading {
  /** Those who can be named. */
  readonly owners: readonly Colleague[];
  readonly turn: Pick<Turn, 'today' | 'actor'>;
}

/** So many years ahead lies no day that anybody here means. */
const YEARS_AHEAD = 15;

export type AnswerRead =
  | { readonly problems: Problems }
  | { readonly answer: Omit<AnswerToKeep, 'version' | 'partly'>; readonly measures: readonly NewMeasure[] };

interface ReadingAnswer extends Reading {
  readonly partly: boolean;
  /** The version that this one corrects or completes. */
  readonly before: CapacityAnswer | null;
}

/** BIF's part. Whole, it says what the citizen can pay; in part, at least something. */
export function readAnswer(input: Input, reading: ReadingAnswer): AnswerRead {
  const { partly, before, turn } = reading;
  const parsed = parseForm(answerForm, input);
  if (!parsed.ok) return { problems: parsed.problems };
  const { answers } = parsed;
  const { capacity, certainty, expected, expectedFrom, plan } = answers;
  const values: Values = answers;
  const said = Object.entries(values).some(([name, value]) => value !== null && name !== 'owner');
  const problems = {
    ...(partly && !said && { '': 'nothing' }),
    ...(!partly && capacity === null && { capacity: 'capacity' }),
    ...(capacity !== null && certainty === null && { certainty: 'certainty' }),
    ...((expected === null) !== (expectedFrom === null) && {
      [expected === null ? 'expected' : 'expectedFrom']: 'expectedBoth',
    }),
    // What was expected in its time may have come, or not.
    ...(isPast(expectedFrom, turn) && expectedFrom !== before?.expectedFrom?.toString() && { expectedFrom: 'past' }),
    ...incomeProblems(values, turn),
    ...measureProblems(values, reading),
    ...farAway(daysOf(values), turn.today, YEARS_AHEAD),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return {
    answer: {
      capacityOere: capacity,
      certainty,
      expectedOere: expected,
      expectedFrom,
      plan,
      incomes: incomesOf(values),
    },
    measures: measuresOf('bif', values, turn),
  };
}

export type HouseholdRead =
  | { readonly problems: Problems }
  | { readonly household: Omit<HouseholdToKeep, 'version'>; readonly measures: readonly NewMeasure[] };

/** SF's part; an amount that is left out is not known, which is not the same as nothing. */
export function readHousehold(input: Input, reading: Reading): HouseholdRead {
  const parsed = parseForm(householdForm, input);
  if (!parsed.ok) return { problems: parsed.problems };
  const { adults, children, utilities, fixed, debt, ...values } = parsed.answers;
  const problems = {
    ...measureProblems(values, reading),
    ...farAway(daysOf(values), reading.turn.today, YEARS_AHEAD),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return {
    household: { adults, children, utilitiesOere: utilities, fixedOere: fixed, debtOere: debt },
    measures: measuresOf('sf', values, reading.turn),
  };
}

const textOf = (values: Values, name: string): string | null => {
  const value = values[name];
  return typeof value === 'string' ? value : null;
};

const DAY_FIELDS = /^(from_|until_|due$|expectedFrom$)/;
const daysOf = (values: Values): Record<string, string | null> =>
  Object.fromEntries(
    Object.keys(values)
      .filter((name) => DAY_FIELDS.test(name))
      .map((name) => [name, textOf(values, name)]),
  );

function incomeProblems(values: Values, { today }: Reading['turn']): Problems {
  const known: readonly string[] = incomeKindsOn(today);
  const problems: Record<string, string> = {};
  for (const line of incomeLines) {
    const [kind, from, until] = ['kind', 'from', 'until'].map((name) => textOf(values, `${name}_${line}`));
    const amount = values[`amount_${line}`] ?? null;
    if (!kind) {
      if (amount !== null || from || until) problems[`kind_${line}`] = 'choose';
    } else if (!known.includes(kind)) problems[`kind_${line}`] = 'kindEnded';
    else if (kind === 'none' && amount !== null && amount !== 0) problems[`amount_${line}`] = 'noneHasNone';
    else if (kind === 'none' && hasOther(values, line)) problems[`kind_${line}`] = 'noneAlone';
    const last = lastDay(values, line);
    if (from && last && last < from) problems[`until_${line}`] = until ? 'untilBefore' : 'kindEndsBefore';
  }
  return problems;
}

const hasOther = (values: Values, line: string): boolean =>
  incomeLines.some((other) => other !== line && textOf(values, `kind_${other}`) !== null);

/** The last day of an income as typed, or that of its kind: nobody has it longer than the law does. */
function lastDay(values: Values, line: string): string | null {
  const typed = textOf(values, `until_${line}`);
  const kind = textOf(values, `kind_${line}`) as IncomeKindCode | null;
  const ofKind = kind && lastDayOf(kind);
  return typed !== null && ofKind !== null ? (typed < ofKind ? typed : ofKind) : (typed ?? ofKind);
}

function incomesOf(values: Values): AnswerToKeep['incomes'] {
  return incomeLines.flatMap((line) => {
    const kind = textOf(values, `kind_${line}`) as IncomeKindCode | null;
    if (!kind) return [];
    const amount = values[`amount_${line}`];
    return [
      {
        kind,
        monthlyOere: typeof amount === 'number' ? amount : kind === 'none' ? 0 : null,
        from: textOf(values, `from_${line}`),
        until: lastDay(values, line),
      },
    ];
  });
}

const isPast = (day: Value | undefined, { today }: Reading['turn']): boolean =>
  typeof day === 'string' && day < today.toString();

function measureProblems({ measure, due, owner }: Values, { owners, turn }: Reading): Problems {
  return {
    ...(!measure && due && { measure: 'measureBoth' }),
    ...(measure && !due && { due: 'measureBoth' }),
    ...(isPast(due, turn) && { due: 'past' }),
    ...(owner && !owners.some(({ id }) => id === owner) && { owner: 'choose' }),
  };
}

function measuresOf(side: Side, values: Values, { actor }: Reading['turn']): NewMeasure[] {
  const [code, dueOn, owner] = ['measure', 'due', 'owner'].map((name) => textOf(values, name));
  return code && dueOn ? [{ side, code, ownerId: owner ?? actor.staffId, dueOn }] : [];
}
