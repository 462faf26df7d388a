/** A check-in on one card: who asks and why, what BIF has answered, and what this person may do about it. */
import { z } from 'zod';
import { answerForm, cannotReasons, certainties, incomeKindsOn, measures, plans } from '../../domain/capacity.ts';
import { daysOverdue } from '../../domain/calendar.ts';
import { inputValue } from '../../domain/referral/form.ts';
import { Temporal } from '../../domain/time.ts';
import type { CheckIn } from '../../store/check-ins.ts';
import type { Colleague } from '../../store/people.ts';
import { formatDate, formatKroner } from '../../text/danish.ts';
import { initials } from '../../text/normalise.ts';
import { sharedWords } from '../../text/shared.ts';
import { defineCard, show } from '../card.ts';
import { type Fact, factSchema, type Reader, when } from '../referral/present.ts';
import type { CardView } from '../turn.ts';
import type { Standing } from './standing.ts';
import { capacityWords } from './words.ts';

const option = z.strictObject({ title: z.string(), value: z.string() });
const fields = Object.keys(answerForm) as (keyof typeof answerForm)[];

const checkInType = defineCard({
  template: 'capacity/check-in',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    banner: z.string(),
    facts: z.array(factSchema),
    why: z.string(),
    mayAnswer: z.boolean(),
    send: z.string(),
    input: z.strictObject(
      Object.fromEntries(fields.map((name) => [name, z.string()])) as Record<(typeof fields)[number], z.ZodString>,
    ),
    incomeKinds: z.array(option),
    certainties: z.array(option),
    plans: z.array(option),
    measures: z.array(option),
    cannot: z.array(option),
    isOpen: z.boolean(),
    mayAllocate: z.boolean(),
    colleagues: z.array(option),
    mayTakeBack: z.boolean(),
    mayAskAgain: z.boolean(),
    caseNumber: z.number(),
    maySeeHome: z.boolean(),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: [...fields, 'reason', 'colleague'],
});

function pick(locale: 'da' | 'en') {
  const { answer, guide } = capacityWords[locale];
  const { seenBy, capacity, certainty, incomeKind, incomeUntil, expected, expectedFrom, plan, measure, measureDueOn } =
    answer;
  const { sendPart, cannot, cannotReason, notMine, notMineConfirm, confirm, allocate, colleague } = answer;
  const { takeBack, takeBackConfirm, askAgain, phaseDown, problems } = answer;
  return {
    ...{
      guide,
      seenBy,
      capacity,
      certainty,
      incomeKind,
      incomeUntil,
      expected,
      expectedFrom,
      plan,
      measure,
      measureDueOn,
    },
    ...{ sendPart, cannot, cannotReason, notMine, notMineConfirm, confirm, allocate, colleague },
    ...{ takeBack, takeBackConfirm, askAgain, phaseDown, problems: { capacity: problems.capacity } },
  };
}

export interface CheckInShowing {
  readonly standing: Standing;
  /** The rent and the next step down of the home, where there is one: all that BIF is told of the case. */
  readonly home: readonly Fact[];
  readonly colleagues: readonly Colleague[];
  readonly banner?: string;
  readonly typed?: Readonly<Record<string, unknown>>;
  readonly problems?: Readonly<Record<string, string>>;
}

export function checkInCard(checkIn: CheckIn, reader: Reader, showing: CheckInShowing): CardView {
  const { locale, today } = reader;
  const { standing, home, colleagues, banner = '', problems = {} } = showing;
  const words = capacityWords[locale];
  const open = checkIn.closedAt === null;
  const mayAnswer = standing.answers && checkIn.outcome !== 'taken_back';
  const source: Readonly<Record<string, unknown>> = showing.typed ?? typedFrom(checkIn);
  const wordsOf: Readonly<Record<string, string>> = { ...sharedWords[locale].problems, ...words.answer.problems };
  const options = (codes: readonly string[], table: Readonly<Record<string, string>>) =>
    codes.map((value) => ({ title: table[value] ?? value, value }));
  return show(checkInType, locale, {
    data: {
      title: words.title,
      subtitle: `${nameOf(checkIn, reader)} · ${sharedWords[locale].caseNumber(checkIn.caseNumber)}`,
      banner,
      facts: [...asked(checkIn, reader), ...home, ...answered(checkIn, reader)],
      why: words.answer.why(checkIn.askedBy.name),
      mayAnswer,
      send: open ? words.answer.send : words.answer.correct,
      input: Object.fromEntries(
        fields.map((name) => [name, inputValue(answerForm[name].kind, source[name])]),
      ) as Record<(typeof fields)[number], string>,
      incomeKinds: options(incomeKindsOn(today), words.incomeKinds),
      certainties: options(certainties, words.certainties),
      plans: options(plans, words.plans),
      measures: options(measures, words.measures),
      cannot: options(cannotReasons, words.cannot),
      isOpen: open,
      mayAllocate: standing.allocates && open && colleagues.length > 0,
      colleagues: colleagues.map(({ id, name }) => ({ title: name, value: id })),
      mayTakeBack: standing.asks && open,
      mayAskAgain: standing.asks && !open,
      caseNumber: checkIn.caseNumber,
      maySeeHome: standing.asks,
    },
    summary: words.title,
    errors: Object.fromEntries(Object.entries(problems).map(([name, code]) => [name, wordsOf[code] ?? code])),
    stamp: { checkInId: checkIn.id, version: checkIn.version },
  });
}

export const nameOf = ({ citizen }: Pick<CheckIn, 'citizen'>, { deps }: Reader): string =>
  deps.personNames === 'full' ? citizen.name : initials(citizen.name);

/** The latest answer as the form holds it, so that nobody types the same twice. */
function typedFrom({ answer }: CheckIn): Readonly<Record<string, unknown>> {
  if (!answer) return {};
  const { capacityOere: capacity, expectedOere: expected, ...rest } = answer;
  return { ...rest, capacity, expected };
}

export function stateText({ outcome, owner, answer }: CheckIn, { locale }: Pick<Reader, 'locale'>): string {
  const { state } = capacityWords[locale];
  if (outcome !== null) return state[outcome];
  const where = owner ? state.waiting(owner.name) : state.queue;
  return answer?.partly ? `${state.partly} · ${where}` : where;
}

export function dueText({ dueOn, closedAt }: CheckIn, { locale, today }: Pick<Reader, 'locale' | 'today'>): string {
  const late = closedAt === null ? daysOverdue(dueOn, today) : 0;
  const day = formatDate(dueOn, locale);
  return late > 0 ? capacityWords[locale].facts.late(day, late) : day;
}

function asked(checkIn: CheckIn, reader: Reader): Fact[] {
  const { facts, occasions } = capacityWords[reader.locale];
  return [
    { title: facts.state, value: stateText(checkIn, reader) },
    { title: facts.due, value: dueText(checkIn, reader) },
    { title: facts.askedBy, value: `${checkIn.askedBy.name}, ${when(checkIn.askedAt, reader)}` },
    { title: facts.why, value: occasions[checkIn.occasion] },
  ];
}

function answered({ answer, outcome, reason }: CheckIn, reader: Reader): Fact[] {
  const { locale } = reader;
  const words = capacityWords[locale];
  const { facts } = words;
  const named = (table: Readonly<Record<string, string>>, code: string | null) =>
    code === null ? '' : (table[code] ?? code);
  const day = (iso: string) => formatDate(Temporal.PlainDate.from(iso), locale);
  const why = outcome === 'cannot_judge' ? [{ title: facts.reason, value: named(words.cannot, reason) }] : [];
  if (!answer) return why;
  const { incomeKind, incomeUntil, capacityOere, certainty, expectedOere, expectedFrom, plan, measure, measureDueOn } =
    answer;
  const kind = named(words.incomeKinds, incomeKind);
  const amount = capacityOere === null ? '' : formatKroner(capacityOere, locale);
  const lines = [
    {
      title: facts.capacity,
      value: amount && certainty ? facts.withCertainty(amount, named(words.certainties, certainty)) : amount,
    },
    { title: facts.incomeKind, value: kind && incomeUntil ? facts.until(kind, day(incomeUntil)) : kind },
    {
      title: facts.expected,
      value:
        expectedOere !== null && expectedFrom !== null
          ? facts.expectedFrom(formatKroner(expectedOere, locale), day(expectedFrom))
          : '',
    },
    { title: facts.plan, value: named(words.plans, plan) },
    {
      title: facts.measure,
      value: measure && measureDueOn ? facts.by(named(words.measures, measure), day(measureDueOn)) : '',
    },
    { title: facts.answeredBy, value: `${answer.by}, ${when(answer.at, reader)}` },
  ];
  return [...why, ...lines.filter(({ value }) => value !== '')];
}
