/** BIF's card of a check-in: what the citizen lives on and can pay, now and later, and what BIF does about it. */
import { z } from 'zod';
import { answerForm, cannotReasons, certainties, incomeKindsOn, incomeLines, plans } from '../../domain/capacity.ts';
import type { CheckIn } from '../../store/check-ins.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Reader } from '../referral/present.ts';
import type { CardView } from '../turn.ts';
import {
  type CheckInShowing,
  choicesOf,
  errorsOf,
  inputsOf,
  options,
  peopleIn,
  stampOf,
  topOf,
  topShape,
  topWords,
} from './check-in-card.ts';
import { partWords } from './part-words.ts';
import { capacityWords } from './words.ts';

const text = z.string();
const incomeLine = z.strictObject({ lineId: text, kind: text, amount: text, from: text, until: text });
const inputs = ['capacity', 'certainty', 'expected', 'expectedFrom', 'plan', 'measure', 'owner', 'due'] as const;

const answerType = defineCard({
  template: 'capacity/answer',
  data: z.strictObject({
    ...topShape,
    mayAnswer: z.boolean(),
    send: text,
    input: z.strictObject(
      Object.fromEntries(inputs.map((name) => [name, text])) as Record<(typeof inputs)[number], typeof text>,
    ),
    firstIncomes: z.array(incomeLine.extend({ lineId: z.enum(['1']) })).max(1),
    moreIncomes: z.array(incomeLine).max(incomeLines.length - 1),
    showsMore: z.boolean(),
    incomeKinds: options,
    certainties: options,
    plans: options,
    cannot: options,
    isOpen: z.boolean(),
    /** To another of BIF, by who allocates or who has it. */
    mayGive: z.boolean(),
    giveTitle: text,
    giveVerb: z.enum(['capacity.allocate', 'capacity.hand-over']),
    colleagues: options,
  }),
  words: pickWords(
    partWords,
    ...topWords,
    ...([
      'why',
      'guide',
      'seenBy',
      'answerTitle',
      'capacity',
      'certainty',
      'incomesTitle',
      'kind',
      'amount',
      'from',
      'until',
    ] as const),
    ...(['moreIncomes', 'expected', 'expectedFrom', 'plan', 'sendPart', 'cannot', 'cannotReason', 'notMine'] as const),
    ...(['notMineConfirm', 'confirm', 'colleague'] as const),
  ),
  inputs: [...inputs, 'kind_*', 'amount_*', 'from_*', 'until_*', 'reason', 'colleague'],
});

export function answerCard(checkIn: CheckIn, reader: Reader, showing: CheckInShowing): CardView {
  const { locale, today } = reader;
  const { standing, colleagues } = showing;
  const words = capacityWords[locale];
  const parts = partWords[locale];
  const isOpen = checkIn.closedAt === null;
  const mayAnswer = standing.answers && checkIn.outcome !== 'taken_back';
  const input = inputsOf(answerForm, showing, saidIn(checkIn));
  const incomeOn = <L extends (typeof incomeLines)[number]>(line: L) => ({
    ...{ lineId: line, kind: input(`kind_${line}`), amount: input(`amount_${line}`) },
    ...{ from: input(`from_${line}`), until: input(`until_${line}`) },
  });
  const moreIncomes = incomeLines.slice(1).map(incomeOn);
  const others = colleagues.filter(({ id }) => id !== checkIn.owner?.id);
  return show(answerType, locale, {
    data: {
      ...topOf(checkIn, reader, 'bif', showing),
      mayAnswer,
      send: isOpen ? parts.send : parts.correct,
      input: Object.fromEntries(inputs.map((name) => [name, input(name)])) as Record<(typeof inputs)[number], string>,
      firstIncomes: [incomeOn('1')],
      moreIncomes,
      showsMore: moreIncomes.some(({ kind, amount, from, until }) => [kind, amount, from, until].some(Boolean)),
      incomeKinds: choicesOf(incomeKindsOn(today), words.incomeKinds),
      certainties: choicesOf(certainties, words.certainties),
      plans: choicesOf(plans, words.plans),
      cannot: choicesOf(cannotReasons, words.cannot),
      isOpen,
      mayGive: isOpen && others.length > 0 && (standing.allocates || standing.answers),
      giveTitle: standing.allocates ? parts.allocate : parts.handOver,
      giveVerb: standing.allocates ? 'capacity.allocate' : 'capacity.hand-over',
      colleagues: peopleIn(others),
    },
    summary: words.title,
    errors: errorsOf(showing, reader),
    stamp: stampOf(checkIn),
  });
}

/** The latest version as the form has it; a measure is added anew each time. */
function saidIn({ answer }: CheckIn): Readonly<Record<string, unknown>> {
  if (!answer) return {};
  const { capacityOere: capacity, expectedOere: expected, certainty, expectedFrom, plan } = answer;
  const incomes = answer.incomes.flatMap(({ kind, monthlyOere: amount, from, until }, index) =>
    Object.entries({ kind, amount, from, until }).map(([name, value]) => [`${name}_${incomeLines[index]}`, value]),
  );
  return { capacity, expected, certainty, expectedFrom, plan, ...Object.fromEntries(incomes) };
}
