/** What a disposable amount is, in words: amounts that are estimates or limits never stand without saying so. */
import { type Benchmark, type Disposable, type DisposableLine, isEnough, type Means } from '../../domain/disposable.ts';
import type { Oere } from '../../domain/money.ts';
import { formatDate, formatKroner } from '../../text/danish.ts';
import type { Locale } from '../../text/words.ts';
import { capacityWords } from '../capacity/words.ts';
import type { Fact } from '../referral/present.ts';
import { disposableWords } from './disposable-words.ts';
import { subsidyWords } from './words.ts';

const rentIsEstimate = ({ rent }: Disposable): boolean => rent.basis.kind === 'estimated';
const benefitIsEstimate = (step: Disposable): boolean =>
  rentIsEstimate(step) || (step.benefit.kind === 'counted' && step.benefit.basis.kind === 'estimated');

const marked = (oere: Oere, isEstimate: boolean, locale: Locale): string => {
  const amount = formatKroner(oere, locale);
  return isEstimate ? subsidyWords[locale].estimate(amount) : amount;
};

export const rentText = (step: Disposable, locale: Locale): string =>
  marked(step.rent.netOere, rentIsEstimate(step), locale);

export function benefitText(step: Disposable, locale: Locale): string {
  const { bound, notKnown } = disposableWords[locale];
  // Which kind it is hangs on the income.
  if (step.benefit.kind === 'unknown' || step.leftOere === null) return notKnown;
  const { monthlyOere, atMost } = step.benefit;
  return bound[atMost ? 'at_most' : 'exact'](marked(monthlyOere, benefitIsEstimate(step), locale));
}

export function leftText(step: Disposable, locale: Locale): string {
  const { bound, notKnown } = disposableWords[locale];
  return step.leftOere === null ? notKnown : bound[step.bound](marked(step.leftOere, benefitIsEstimate(step), locale));
}

/** The sum line by line. */
export const linesOf = (step: Disposable, locale: Locale): Fact[] =>
  step.lines.map((line) => lineOf(line, step, locale));

function lineOf(line: DisposableLine, step: Disposable, locale: Locale): Fact {
  const { lines } = disposableWords[locale];
  switch (line.code) {
    case 'income':
      return { title: capacityWords[locale].incomeKinds[line.kind], value: formatKroner(line.oere, locale) };
    case 'benefit':
      return { title: lines.benefit, value: benefitText(step, locale) };
    case 'rent':
      return { title: lines.rent, value: marked(line.oere, rentIsEstimate(step), locale) };
    case 'utilities':
    case 'fixed':
    case 'debt':
      return { title: lines[line.code], value: formatKroner(line.oere, locale) };
  }
}

/** Each line of the boligstøtte of a month, and its sum. */
export function explanationOf({ benefit }: Disposable, locale: Locale): Fact[] {
  if (benefit.kind === 'unknown') return [];
  const { explain } = disposableWords[locale];
  return [
    ...benefit.lines.map(({ code, oere }) => ({ title: explain[code], value: formatKroner(oere, locale) })),
    { title: explain.sum, value: formatKroner(benefit.monthlyOere, locale) },
  ];
}

/** What is left today, and whether that is enough, today and later. */
export function verdictOf(
  steps: readonly [Disposable, ...Disposable[]],
  benchmarkOere: Oere | null,
  locale: Locale,
): string {
  const { verdict } = disposableWords[locale];
  const [now] = steps;
  const left = nowText(now, locale);
  if (benchmarkOere === null) return `${left} ${verdict.noBenchmark}`;
  const amount = formatKroner(benchmarkOere, locale);
  const low = steps.find((step) => isEnough(step, benchmarkOere) === false);
  if (low === now) return `${left} ${verdict.below(gapText(now, benchmarkOere - (now.leftOere ?? 0), locale), amount)}`;
  if (low) return `${left} ${verdict.laterBelow(formatDate(low.from, locale), amount)}`;
  return `${left} ${steps.every((step) => isEnough(step, benchmarkOere)) ? verdict.enough(amount) : verdict.compare(amount)}`;
}

/** What is lacking is at least so much where what is left is at most so much. */
const opposite = { exact: 'exact', at_most: 'at_least', at_least: 'at_most' } as const;

const gapText = (step: Disposable, oere: Oere, locale: Locale): string =>
  disposableWords[locale].bound[opposite[step.bound]](marked(oere, benefitIsEstimate(step), locale));

function nowText(now: Disposable, locale: Locale): string {
  const { verdict } = disposableWords[locale];
  const oere = now.leftOere ?? 0;
  return oere < 0 ? verdict.lacking(gapText(now, -oere, locale)) : verdict.left(leftText(now, locale));
}

export interface Notable {
  readonly means: Means;
  readonly steps: readonly Disposable[];
  /** Who said what when. */
  readonly source: string;
  readonly benchmark: Benchmark | null;
}

/** All that a reader must know of the figures: what is missing, estimated or left out. */
export function notesOf({ means, steps, source, benchmark }: Notable, locale: Locale): string[] {
  const { notes, unknown } = disposableWords[locale];
  const benefits = steps.map(({ benefit }) => benefit);
  const missing = benefits.flatMap((benefit) => (benefit.kind === 'unknown' ? benefit.unknown : []));
  const hasLimit = benefits.some((benefit) => benefit.kind === 'counted' && benefit.atMost);
  const rentBasis = steps.map(({ rent }) => rent.basis).find(({ kind }) => kind === 'estimated');
  const benefitBasis = benefits.flatMap((benefit) =>
    benefit.kind === 'counted' && benefit.basis.kind === 'estimated' ? [benefit.basis.lastKnownYear] : [],
  )[0];
  const unsaid = steps.find(({ leftOere }) => leftOere === null);
  return [
    ...(unsaid ? [notes.incomeUnsaid(formatDate(unsaid.from, locale))] : []),
    ...[...new Set(missing)].map((code) => unknown[code]),
    ...(hasLimit && means.yearlyIncomeOere === null ? [notes.incomeUnknown] : []),
    ...(hasLimit && means.adults > 1 ? [notes.ceilingUnknown] : []),
    ...(means.yearlyIncomeOere === null ? [] : [notes.incomeKept]),
    ...(means.adults > 1 ? [notes.couple] : []),
    ...(rentBasis?.kind === 'estimated' ? [subsidyWords[locale].estimated(rentBasis.lastKnownYear)] : []),
    ...(benefitBasis === undefined ? [] : [notes.estimated(benefitBasis)]),
    ...(benchmark ? [notes.benchmark(benchmark.year)] : []),
    notes.notCounted,
    source,
    subsidyWords[locale].guide,
  ];
}
