import fc from 'fast-check';
import { forecast, levelsFrom } from '../../bot/domain/forecast.ts';
import { oere } from '../../bot/domain/money.ts';
import { defaultRules } from '../../bot/domain/rules.ts';
import { type Grant, netRentOn } from '../../bot/domain/subsidy.ts';
import { keptTerms } from '../../bot/domain/subsidy-terms.ts';
import { Temporal } from '../../bot/domain/time.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const rates = [
  { year: 2021, amountOere: oere(15_000) },
  { year: 2023, amountOere: oere(16_965) },
];
const granted = (anchor: string, more: Partial<Grant> = {}): Grant => ({
  ...{ scheme: 'state_subsidy', ...keptTerms('state_subsidy', day(anchor), defaultRules.subsidy) },
  ...{ basisYear: 2023, monthlyOere: null, endedOn: null },
  ...more,
});
const rents = [{ from: day('2023-03-01'), oere: oere(4_900) }];
const short = (levels: ReturnType<typeof levelsFrom>) =>
  levels.map(({ from, netOere }) => `${from.toString()} ${(netOere / 100).toFixed(2)}`);

describe('what a month costs, step by step', () => {
  it('of the first lease there can be, worked out by hand', () => {
    // 16,965 a year is 1,413.75 a month; 80 % is 13,572, 1,131 a month; then 848.25, 565.50, 282.75 and nothing.
    expect(short(levelsFrom(day('2026-11-25'), granted('2023-03-01'), rates, rents))).toEqual([
      '2026-11-25 3486.25',
      '2027-03-01 3769.00',
      '2028-03-01 4051.75',
      '2029-03-01 4334.50',
      '2030-03-01 4617.25',
      '2031-03-01 4900.00',
    ]);
  });

  it('with a year’s amount that is known, and a rent that goes up', () => {
    // 18,000 in 2027: 1,500 a month in January and February, then 80 %: 1,200. In 2028 it is an estimate by the same.
    const known = [...rates, { year: 2027, amountOere: oere(18_000) }];
    const rising = [...rents, { from: day('2027-02-01'), oere: oere(5_000) }];
    const levels = levelsFrom(day('2026-11-25'), granted('2023-03-01'), known, rising);
    expect(short(levels).slice(0, 4)).toEqual([
      '2026-11-25 3486.25',
      '2027-01-01 3400.00',
      '2027-02-01 3500.00',
      '2027-03-01 3800.00',
    ]);
    expect(levels.map(({ basis }) => basis.kind).slice(0, 5)).toEqual([
      ...['estimated', 'known', 'known', 'known'],
      // The same amount as in 2027, but nobody knows it.
      'estimated',
    ]);
  });

  it('of a transitional home with an end, and of one without a subsidy', () => {
    const transitional = granted('2026-01-15', {
      scheme: 'transitional',
      monthlyOere: oere(2_000),
      endedOn: day('2028-01-14'),
    });
    expect(short(levelsFrom(day('2026-11-25'), transitional, rates, rents))).toEqual([
      '2026-11-25 2900.00',
      '2028-01-15 4900.00',
    ]);
    expect(short(levelsFrom(day('2026-11-25'), granted('2026-01-15', { scheme: 'none' }), rates, rents))).toEqual([
      '2026-11-25 4900.00',
    ]);
  });

  it('says of every day within nine years what the engine says, but for the odd øre of a month', () => {
    const anchors = fc.integer({ min: 0, max: 1_500 }).map((n) => day('2023-03-01').add({ days: n }));
    fc.assert(
      fc.property(
        anchors,
        fc.integer({ min: 0, max: 3_300 }),
        fc.integer({ min: 1, max: 20_000_00 }),
        (anchor, n, amount) => {
          const grant = granted(anchor.toString());
          const known = [...rates, { year: 2027, amountOere: amount }];
          const levels = levelsFrom(anchor, grant, known, rents);
          const then = anchor.add({ days: n });
          const level = levels.findLast(({ from }) => Temporal.PlainDate.compare(from, then) <= 0);
          const real = netRentOn(then, grant, known, rents);
          expect(level).toMatchObject({ share: real.share, basis: real.basis });
          expect(Math.abs((level?.netOere ?? 0) - real.netOere)).toBeLessThanOrEqual(1);
          for (const [index, { from }] of levels.entries())
            if (index > 0) expect(Temporal.PlainDate.compare(levels[index - 1]!.from, from)).toBe(-1);
        },
      ),
    );
  });
});

describe('whether it stays affordable', () => {
  const levels = () => levelsFrom(day('2026-11-25'), granted('2023-03-01'), rates, rents);
  const of = (kroner: number) => forecast(levels(), oere(kroner), day('2026-11-25'));

  it('is green when it always is', () => {
    expect(of(4_900)).toMatchObject({ light: 'green', dearFrom: null });
  });

  it('is yellow when it is not for good, with the first day and what is missing', () => {
    expect(of(4_100)).toMatchObject({ light: 'yellow', dearFrom: { gapOere: oere(234.5) } });
    expect(of(4_100).dearFrom?.from.toString()).toBe('2029-03-01');
  });

  it('is red when it is not within a year, or not now', () => {
    expect(of(3_500).light).toBe('red');
    expect(of(3_500).dearFrom?.from.toString()).toBe('2027-03-01');
    expect(of(3_000).dearFrom?.from.toString()).toBe('2026-11-25');
  });

  it('is affordable to the øre', () => {
    expect(of(3_769).dearFrom?.from.toString()).toBe('2028-03-01');
    expect(of(3_768.99).dearFrom?.from.toString()).toBe('2027-03-01');
  });

  it('says when it rests on an estimate', () => {
    expect(of(4_900).estimated).toBe(true);
    const all = Array.from({ length: 10 }, (_, index) => ({ year: 2023 + index, amountOere: oere(16_965) }));
    expect(
      forecast(levelsFrom(day('2026-11-25'), granted('2023-03-01'), all, rents), 0, day('2026-11-25')).estimated,
    ).toBe(false);
  });
});
