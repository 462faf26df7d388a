/** Runs the cases worked out by hand, to the øre and the day. */
import { forecast, levelsFrom } from '../../bot/domain/forecast.ts';
import { oere } from '../../bot/domain/money.ts';
import { schedule } from '../../bot/domain/rent-schedule.ts';
import { defaultRules } from '../../bot/domain/rules.ts';
import { type Basis, type Grant, stepDowns } from '../../bot/domain/subsidy.ts';
import { keptTerms } from '../../bot/domain/subsidy-terms.ts';
import { Temporal } from '../../bot/domain/time.ts';
import { type ForecastCase, forecastCases, scheduleCases, yearCases } from './subsidy-cases.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const kroner = (amount: number) => (amount / 100).toFixed(2);
const { subsidy } = defaultRules;

type Home = Pick<ForecastCase, 'scheme' | 'from' | 'steps' | 'terms' | 'monthly' | 'ends' | 'rates' | 'rents'>;

function read({ scheme, from, steps, terms, monthly, ends, rates = {}, rents = { '2020-01-01': 5_000 } }: Home) {
  const shares = steps === 'sixths' ? subsidy.otherShares : subsidy.shares;
  const grant: Grant = {
    ...{ scheme, ...keptTerms(scheme, day(from), { ...subsidy, shares, ...terms }) },
    basisYear: day(from).year,
    ...{ monthlyOere: monthly === undefined ? null : oere(monthly), endedOn: ends === undefined ? null : day(ends) },
  };
  return {
    grant,
    rates: Object.entries(rates).map(([year, amount]) => ({ year: Number(year), amountOere: oere(amount) })),
    rents: Object.entries(rents).map(([on, amount]) => ({ from: day(on), oere: oere(amount) })),
  };
}

const basisText = (basis: Basis): string => {
  if (basis.kind === 'fixed') return 'fixed';
  return basis.kind === 'known' ? `known ${basis.year}` : `estimated ${basis.lastKnownYear}`;
};

it.each(scheduleCases)('$is', ({ until, periods, ...home }) => {
  const { grant, rates, rents } = read(home);
  expect(
    schedule(grant, rates, rents, day(until)).map(
      ({ from, to, months, rentOere, subsidyOere, netOere, basis }) =>
        `${from.toString()}–${to.toString()}: ${months || 'part'} × ` +
        `${kroner(rentOere)} − ${kroner(subsidyOere)} = ${kroner(netOere)}, ${basisText(basis)}`,
    ),
  ).toEqual(periods);
});

it.each(yearCases)('$is', ({ years, fallsOn, ...home }) => {
  const { grant, rates, rents } = read(home);
  const paidIn = (firstYears: number): number =>
    schedule(grant, rates, rents, grant.anchorOn.add({ years: firstYears }).subtract({ days: 1 })).reduce(
      (sum, { months, subsidyOere }) => sum + months * subsidyOere,
      0,
    );
  expect(years.map((_, year) => kroner(paidIn(year + 1) - paidIn(year)))).toEqual(years);
  expect(stepDowns(grant).map(({ on }) => on.toString())).toEqual(fallsOn);
});

it.each(forecastCases)('$is', ({ today, payable, levels, light, dearFrom, closedBy, ...home }) => {
  const { grant, rates, rents } = read(home);
  const seen = forecast(levelsFrom(day(today), grant, rates, rents), oere(payable), day(today));
  expect(
    seen.levels.map(({ from, netOere, gapOere }) => `${from.toString()}: ${kroner(netOere)}, ${kroner(gapOere)}`),
  ).toEqual(levels);
  expect(seen.light).toBe(light);
  expect(seen.dearFrom?.from.toString() ?? null).toBe(dearFrom);
  expect(seen.dearest && `${kroner(seen.dearest.netOere)} by ${seen.dearest.from.toString()}`).toBe(closedBy);
});
