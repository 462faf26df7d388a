/** The rent step by step as a table and a chart, held against what the citizen can pay. */
import { z } from 'zod';
import { type Forecast, forecast, type Level, levelsFrom } from '../../domain/forecast.ts';
import type { Oere } from '../../domain/money.ts';
import type { Rules } from '../../domain/rules.ts';
import type { Rent } from '../../domain/rent.ts';
import { firstDayOf, type Grant, netRentOn, nextStepDown, type Rate } from '../../domain/subsidy.ts';
import { isBefore, type PlainDate } from '../../domain/time.ts';
import { formatDate, formatKroner, formatShortDate } from '../../text/danish.ts';
import type { Locale } from '../../text/words.ts';
import { defineCard, show } from '../card.ts';
import type { CardView } from '../turn.ts';
import { type Fact, factSchema } from '../referral/present.ts';
import { disposableWords } from './disposable-words.ts';
import { subsidyWords } from './words.ts';

const point = z.strictObject({ x: z.string(), y: z.number() });

const phaseDownType = defineCard({
  template: 'subsidy/phase-down',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    verdict: z.string(),
    isGreen: z.boolean(),
    isYellow: z.boolean(),
    isRed: z.boolean(),
    facts: z.array(factSchema),
    rows: z.array(
      z.strictObject({ from: z.string(), share: z.string(), net: z.string(), last: z.string(), isDear: z.boolean() }),
    ),
    lastTitle: z.string(),
    hasGaps: z.boolean(),
    other: z.array(z.strictObject({ from: z.string(), net: z.string() })),
    hasOther: z.boolean(),
    series: z.array(z.strictObject({ legend: z.string(), points: z.array(point) })),
    hasChart: z.boolean(),
    notes: z.array(z.strictObject({ text: z.string() })),
    caseId: z.string(),
    caseNumber: z.number(),
    mayAsk: z.boolean(),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: [],
});

function pick(locale: Locale) {
  const { table, chart, rentPlan, askBif } = subsidyWords[locale];
  return {
    askBif,
    disposable: disposableWords[locale].title,
    rentPlan: rentPlan.button,
    from: table.from,
    share: table.share,
    net: table.net,
    otherTitle: table.other,
    chart,
  };
}

/** A home with its subsidy, of a case or made up. */
export interface PhaseDown {
  readonly grant: Grant;
  readonly rents: readonly Rent[];
  readonly rates: readonly Rate[];
  /** What the citizen can pay a month; null when nobody has said. */
  readonly payableOere: Oere | null;
  readonly title: string;
  readonly subtitle: string;
  readonly caseId: string;
  readonly caseNumber: number;
  /** Whether this reader may ask BIF what the citizen can pay. */
  readonly mayAsk: boolean;
}

export interface On {
  readonly locale: Locale;
  readonly today: PlainDate;
  readonly rules: Rules;
}

export function phaseDownCard(home: PhaseDown, on: On): CardView {
  const { locale, today } = on;
  const { grant, rates, rents, payableOere } = home;
  const words = subsidyWords[locale];
  const day = firstDayOf(grant, today);
  const levels = levelsFrom(day, grant, rates, rents);
  const seen = payableOere === null ? null : forecast(levels, payableOere, today);
  const other = otherReading(home, day, on);
  const light = seen?.light ?? '';
  const estimate = levels.find(({ basis }) => basis.kind === 'estimated')?.basis;
  return show(phaseDownType, locale, {
    data: {
      title: home.title,
      subtitle: home.subtitle,
      verdict: seen ? verdictOf(seen, on) : '',
      isGreen: light === 'green',
      isYellow: light === 'yellow',
      isRed: light === 'red',
      facts: factsOf(home, on),
      rows: (seen?.levels ?? levels.map((level) => ({ ...level, gapOere: 0 }))).map((level) => ({
        from: level.from.equals(today) ? words.today : formatShortDate(level.from, locale),
        share: shareText(level, locale),
        net: amountOf(level, locale),
        last: level.gapOere > 0 ? formatKroner(level.gapOere, locale) : '',
        isDear: level.gapOere > 0,
      })),
      lastTitle: words.table.gap,
      hasGaps: seen?.dearFrom != null,
      other: other.map((level) => ({ from: formatShortDate(level.from, locale), net: amountOf(level, locale) })),
      hasOther: other.length > 0,
      series: seriesOf(levels, payableOere, locale),
      hasChart: levels.length > 1,
      notes: [
        ...(estimate?.kind === 'estimated' ? [words.estimated(estimate.lastKnownYear)] : []),
        grant.scheme === 'state_subsidy' && other.length > 0 ? words.unconfirmed : words.guide,
      ].map((text) => ({ text })),
      caseId: home.caseId,
      caseNumber: home.caseNumber,
      mayAsk: home.mayAsk,
    },
    summary: words.title,
    stamp: {},
  });
}

const amountOf = ({ netOere, basis }: Level, locale: Locale): string => {
  const amount = formatKroner(netOere, locale);
  return basis.kind === 'estimated' ? subsidyWords[locale].estimate(amount) : amount;
};

const shareText = ({ share, subsidyOere }: Level, locale: Locale): string =>
  subsidyOere === 0
    ? '–'
    : subsidyWords[locale].shareText(Math.round(share / 10_000), formatKroner(subsidyOere, locale));

/** The steps by the other reading of the law, while nobody has confirmed one (domain.md § 1.2); none where they are the same. */
function otherReading({ grant, rates, rents }: PhaseDown, day: PlainDate, { rules }: On): Level[] {
  const { shares, otherShares } = rules.subsidy;
  const isDefault = grant.scheme === 'state_subsidy' && grant.shares.join() === shares.join();
  return isDefault && otherShares.join() !== shares.join()
    ? levelsFrom(day, { ...grant, shares: otherShares }, rates, rents).filter(({ from }) => isBefore(day, from))
    : [];
}

/** What a month costs, and when it goes up next: also what BIF is told of a home. */
export function rentLines({ grant, rates, rents }: Pick<PhaseDown, 'grant' | 'rates' | 'rents'>, on: On): Fact[] {
  const { locale, today } = on;
  const words = subsidyWords[locale];
  const kroner = (amount: Oere) => formatKroner(amount, locale);
  const day = firstDayOf(grant, today);
  const now = netRentOn(day, grant, rates, rents);
  const next = nextStepDown(grant, day);
  const then = next && netRentOn(next.on, grant, rates, rents);
  const rises = then ? kroner(Math.max(0, now.subsidyOere - then.subsidyOere)) : '';
  const paid =
    now.subsidyOere === 0
      ? kroner(now.netOere)
      : words.net(kroner(now.netOere), kroner(now.rentOere), kroner(now.subsidyOere));
  const isGuess = now.basis.kind === 'estimated' || then?.basis.kind === 'estimated';
  const rise = next ? words.nextText(formatDate(next.on, locale), today.until(next.on).days, rises) : words.noNext;
  return [
    { title: words.now, value: now.basis.kind === 'estimated' ? words.unsure(paid, now.basis.lastKnownYear) : paid },
    { title: words.next, value: next && isGuess ? words.about(rise) : rise },
  ];
}

function factsOf(home: PhaseDown, on: On): Fact[] {
  const { locale } = on;
  const { grant, payableOere } = home;
  const words = subsidyWords[locale];
  return [
    { title: words.scheme, value: words.from(words.schemes[grant.scheme], formatDate(grant.startsOn, locale)) },
    ...rentLines(home, on),
    {
      title: words.payable,
      value: payableOere === null ? words.payableUnknown : words.payableText(formatKroner(payableOere, locale)),
    },
  ];
}

/** Whether the rent can be paid, as a sentence; blank while nobody has said what the citizen can pay. */
export function verdictText({ grant, rates, rents, payableOere }: PhaseDown, on: On): string {
  if (payableOere === null) return '';
  const levels = levelsFrom(firstDayOf(grant, on.today), grant, rates, rents);
  return verdictOf(forecast(levels, payableOere, on.today), on);
}

function verdictOf({ light, dearFrom, dearest }: Forecast, { locale, today }: On): string {
  const { verdict } = subsidyWords[locale];
  if (light === 'green' || !dearFrom || !dearest) return verdict.green;
  const gap = formatKroner(dearFrom.gapOere, locale);
  const isNow = !isBefore(today, dearFrom.from);
  return [
    isNow ? verdict.now(gap) : verdict[light](formatDate(dearFrom.from, locale), gap),
    verdict.toClose(formatKroner(dearest.netOere, locale), formatDate(dearest.from, locale)),
  ].join(' ');
}

/** As steps: each level lasts until the next. */
function seriesOf(levels: readonly Level[], payableOere: Oere | null, locale: Locale) {
  const words = subsidyWords[locale];
  const points = levels.flatMap(({ from, netOere }, index) => {
    const y = netOere / 100;
    const last = levels[index + 1]?.from.subtract({ days: 1 });
    // What is paid on the last day, too: the line goes up in steps, not slowly.
    return [{ x: from.toString(), y }, ...(last ? [{ x: last.toString(), y }] : [])];
  });
  return [
    { legend: words.chartNet, points },
    ...(payableOere === null
      ? []
      : [{ legend: words.chartPayable, points: points.map(({ x }) => ({ x, y: payableOere / 100 })) }]),
  ];
}
