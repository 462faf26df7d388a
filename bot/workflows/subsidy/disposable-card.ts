/** What is left of a month, line by line for today and in a table for each later step. */
import { z } from 'zod';
import { benchmarkOf, type Disposable, isEnough, type Means } from '../../domain/disposable.ts';
import type { Oere } from '../../domain/money.ts';
import { inputValue, optionalChoice, optionalKroner } from '../../domain/referral/form.ts';
import { formatShortDate } from '../../text/danish.ts';
import type { Locale } from '../../text/words.ts';
import { defineCard, show, problemTexts } from '../card.ts';
import { factSchema } from '../referral/present.ts';
import type { CardView } from '../turn.ts';
import { benefitText, explanationOf, leftText, linesOf, notesOf, rentText, verdictOf } from './disposable-texts.ts';
import { disposableWords } from './disposable-words.ts';
import type { On } from './phase-down-card.ts';
import { subsidyWords } from './words.ts';

/** Where boligstøtte is asked for, and counted by those who decide it. */
const CALCULATOR = 'https://www.borger.dk/bolig-og-flytning/Boligstoette-oversigt';

const MOST_A_YEAR: Oere = 200_000_000;
/** What is asked for one calculation, and not kept. */
export const disposableForm = {
  income: optionalKroner(MOST_A_YEAR),
  disability: optionalChoice(['disability_before_2003', 'disability_since_2003']),
};

const disposableType = defineCard({
  template: 'subsidy/disposable',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    verdict: z.string(),
    isBelow: z.boolean(),
    missing: z.array(z.strictObject({ text: z.string() })),
    isCounted: z.boolean(),
    facts: z.array(factSchema),
    left: z.string(),
    rows: z.array(
      z.strictObject({
        ...{ from: z.string(), rent: z.string(), benefit: z.string(), left: z.string(), isBelow: z.boolean() },
      }),
    ),
    explainTitle: z.string(),
    explained: z.array(factSchema),
    isExplained: z.boolean(),
    notes: z.array(z.strictObject({ text: z.string() })),
    input: z.strictObject({ income: z.string(), disability: z.string() }),
    asksDisability: z.boolean(),
    disabilities: z.array(z.strictObject({ title: z.string(), value: z.string() })),
    calculatorUrl: z.url(),
    caseId: z.string(),
    caseNumber: z.number(),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: ['income', 'disability'],
});

function pick(locale: Locale) {
  const { table, income, disability, calculate, calculator, phaseDown } = disposableWords[locale];
  const { askBif } = subsidyWords[locale];
  return { table, income, disability, calculate, calculator, phaseDown, askBif };
}

/** Why nothing can be counted, and what to do about it: no figures are shown. */
export interface NotCounted {
  readonly kind: 'missing';
  readonly missing: readonly string[];
}

export interface Counted {
  readonly kind: 'counted';
  readonly means: Means;
  /** From today on; what is left today is known. */
  readonly steps: readonly [Disposable, ...Disposable[]];
  /** Who said what when. */
  readonly source: string;
}

export interface DisposableShowing {
  readonly subtitle: string;
  readonly caseId: string;
  readonly caseNumber: number;
  readonly found: NotCounted | Counted;
  readonly typed: Readonly<Record<string, unknown>>;
  readonly problems: Readonly<Record<string, string>>;
}

export function disposableCard(showing: DisposableShowing, on: On): CardView {
  const { found, typed, problems, subtitle, caseId, caseNumber } = showing;
  const words = disposableWords[on.locale];
  return show(disposableType, on.locale, {
    data: {
      ...{ title: words.title, subtitle, caseId, caseNumber, calculatorUrl: CALCULATOR },
      ...(found.kind === 'missing'
        ? { ...nothing, verdict: words.missing.title, missing: found.missing.map((text) => ({ text })) }
        : countedOn(found, on)),
      input: { income: inputValue('kroner', typed['income']), disability: inputValue('choice', typed['disability']) },
      disabilities: Object.entries(words.disabilities).map(([value, title]) => ({ title, value })),
    },
    summary: words.title,
    errors: problemTexts(problems, on.locale),
    stamp: {},
  });
}

const nothing = {
  ...{ isBelow: false, isCounted: false, facts: [], left: '', rows: [] },
  ...{ explainTitle: '', explained: [], isExplained: false, notes: [], asksDisability: false },
};

function countedOn({ means, steps, source }: Counted, { locale, today, rules }: On) {
  const words = disposableWords[locale];
  const [now] = steps;
  const benchmark = benchmarkOf(means, today, rules.benchmark);
  const isBelow = (step: Disposable) => benchmark !== null && isEnough(step, benchmark.oere) === false;
  const explained = explanationOf(now, locale);
  return {
    verdict: verdictOf(steps, benchmark?.oere ?? null, locale),
    isBelow: isBelow(now),
    missing: [],
    isCounted: true,
    facts: linesOf(now, locale),
    left: words.lines.left(leftText(now, locale)),
    rows: steps.map((step) => ({
      from: step.from.equals(today) ? subsidyWords[locale].today : formatShortDate(step.from, locale),
      rent: rentText(step, locale),
      benefit: benefitText(step, locale),
      left: leftText(step, locale),
      isBelow: isBelow(step),
    })),
    explainTitle: now.benefit.kind === 'counted' ? words.explain.title[now.benefit.benefit] : '',
    explained,
    isExplained: explained.length > 0,
    notes: notesOf({ means, steps, source, benchmark }, locale).map((text) => ({ text })),
    asksDisability: means.incomes.some(({ kind }) => kind === 'disability_pension'),
  };
}
