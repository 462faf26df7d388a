import fc from 'fast-check';
import {
  benchmarkOf,
  type Disposable,
  disposableFrom,
  type Income,
  isEnough,
  type Means,
} from '../../bot/domain/disposable.ts';
import { levelsFrom } from '../../bot/domain/forecast.ts';
import { oere } from '../../bot/domain/money.ts';
import { defaultRules } from '../../bot/domain/rules.ts';
import { Temporal } from '../../bot/domain/time.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const today = day('2026-11-25');
/** 3,486.25 now, 3,769 from 1 March 2027, then 282.75 more each March until 4,900 in 2031. */
const levels = levelsFrom(
  today,
  {
    ...{ scheme: 'state_subsidy', startsOn: day('2023-03-01'), anchorOn: day('2023-03-01'), basisYear: 2023 },
    ...defaultRules.subsidy,
    ...{ monthlyOere: null, endedOn: null },
  },
  [{ year: 2023, amountOere: oere(16_965) }],
  [{ from: day('2023-03-01'), oere: oere(4_900) }],
);
const assistance: Income = {
  ...{ kind: 'social_assistance', monthlyOere: oere(11_000), from: null, until: null },
};
const means: Means = {
  ...{ incomes: [assistance], adults: 1, children: 0, utilitiesOere: oere(600), fixedOere: oere(1_500) },
  ...{ debtOere: oere(500), yearlyIncomeOere: oere(163_000), disability: null },
};
const from = (more: Partial<Means> = {}) => disposableFrom(levels, { ...means, ...more }, defaultRules.housingBenefit);
const short = (more: Partial<Means> = {}) =>
  from(more).map(({ from: on, leftOere }) => `${on.toString()} ${leftOere === null ? '–' : leftOere / 100}`);

describe('what is left', () => {
  it('is the income and boligstøtte less rent, utilities, fixed costs and debt', () => {
    // 15 % of 3,486.25 is 522.93.
    expect(from()[0]).toMatchObject({
      bound: 'exact',
      leftOere: oere(5_436.68),
      lines: [
        { code: 'income', kind: 'social_assistance', oere: oere(11_000) },
        { code: 'benefit', oere: oere(522.93) },
        { code: 'rent', oere: oere(-3_486.25) },
        { code: 'utilities', oere: oere(-600) },
        { code: 'fixed', oere: oere(-1_500) },
        { code: 'debt', oere: oere(-500) },
      ],
    });
  });

  it('falls at each step by what boligstøtte does not pay of it', () => {
    // 8,400 − 85 % of 3,769, of 4,051.75, …, of 4,900: boligstøtte 565.35, 607.76, 650.17, 692.58 and 735.
    expect(short()).toEqual([
      '2026-11-25 5436.68',
      '2027-03-01 5196.35',
      '2028-03-01 4956.01',
      '2029-03-01 4715.67',
      '2030-03-01 4475.33',
      '2031-03-01 4235',
    ]);
  });

  it('counts at each step the incomes of that day, and has a step where one of them begins or ends', () => {
    const wages: Income = {
      kind: 'wages',
      monthlyOere: oere(2_000),
      from: day('2026-06-01'),
      until: day('2027-02-28'),
    };
    const pension: Income = {
      ...{ kind: 'old_age_pension', monthlyOere: oere(13_000), from: day('2028-07-01'), until: null },
    };
    const until: Income = { ...assistance, until: day('2028-06-30') };
    expect(short({ incomes: [until, wages, pension] }).slice(0, 4)).toEqual([
      '2026-11-25 7436.68',
      '2027-03-01 5196.35',
      '2028-03-01 4956.01',
      // 13,000 + boligydelse − 4,051.75 − 2,600. Of 48,621 a year 21,300 are one's own: 2,276.75 a month.
      '2028-07-01 8625',
    ]);
  });

  it('is not known of a day that no income is known of; to have none is known', () => {
    const until: Income = { ...assistance, until: day('2026-12-31') };
    expect(short({ incomes: [until] }).slice(0, 3)).toEqual(['2026-11-25 5436.68', '2027-01-01 –', '2027-03-01 –']);
    expect(from({ incomes: [{ ...assistance, kind: 'none', monthlyOere: null }] })[0]?.leftOere).toBe(oere(-5_563.32));
  });

  it('is not known where an amount is missing, and says which', () => {
    const unpaid = { ...assistance, monthlyOere: null };
    expect(from({ incomes: [] })[0]).toMatchObject({ leftOere: null, missing: ['incomes'] });
    expect(from({ incomes: [assistance, unpaid] })[0]).toMatchObject({ leftOere: null, missing: ['amounts'] });
    expect(from({ utilitiesOere: null, fixedOere: null, debtOere: null })[0]).toMatchObject({
      ...{ leftOere: null, missing: ['utilities', 'fixed', 'debt'] },
    });
    expect(from()[0]?.missing).toEqual([]);
  });

  it('is the most or the least there can be where boligstøtte is not known to the krone', () => {
    expect(from({ yearlyIncomeOere: null })[0]).toMatchObject({ bound: 'at_most', leftOere: oere(5_436.68) });
    expect(from({ adults: 2 })[0]?.bound).toBe('at_most');
    expect(from({ adults: 2, incomes: [{ ...assistance, kind: 'wages' }] })[0]?.bound).toBe('exact');
    const disabled = { incomes: [{ ...assistance, kind: 'disability_pension' as const }] };
    expect(from(disabled)[0]).toMatchObject({ bound: 'at_least', leftOere: oere(4_913.75) });
    expect(from(disabled)[0]?.benefit).toEqual({ kind: 'unknown', unknown: ['pension_since'] });
    // Boligydelse: of 41,835 a year 21,300 are one's own, 1,711.25 a month.
    expect(from({ ...disabled, disability: 'disability_before_2003' })[0]).toMatchObject({
      ...{ bound: 'exact', leftOere: oere(6_625) },
    });
  });

  it('is the sum of its lines, whatever the figures, and no step is left out', () => {
    const amount = fc.integer({ min: 0, max: 20_000_00 });
    const income = fc.record({
      kind: fc.constantFrom('social_assistance' as const, 'wages' as const, 'old_age_pension' as const),
      monthlyOere: amount,
      from: fc.integer({ min: -500, max: 2_000 }).map((days) => today.add({ days })),
      until: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(income, { maxLength: 4 }), amount, amount, (incomes, utilitiesOere, debtOere) => {
        const found = from({ incomes, utilitiesOere, debtOere });
        const days = found.map(({ from: on }) => on.toString());
        expect(days).toEqual([...new Set(days)].sort());
        expect(days).toEqual(expect.arrayContaining(levels.map((level) => level.from.toString())));
        for (const { lines, leftOere, from: on } of found) {
          const isKnown = incomes.some((known) => Temporal.PlainDate.compare(known.from, on) <= 0);
          expect(leftOere).toBe(isKnown ? lines.reduce((sum, line) => sum + line.oere, 0) : null);
        }
      }),
    );
  });

  it('has nothing to say of no rent at all', () => {
    expect(disposableFrom([], means, defaultRules.housingBenefit)).toEqual([]);
  });
});

describe('what should be left', () => {
  it.each([
    ['exact', [false, true, true]],
    // May be less: enough is not certain.
    ['at_most', [false, null, null]],
    // May be more: too little is not certain.
    ['at_least', [null, true, true]],
  ] as const)('is there, of an amount that is %s, as far as one can say', (bound, expected) => {
    const left = (leftOere: number | null) => ({ leftOere, bound }) as Disposable;
    expect([7_249, 7_250, 7_251].map((kroner) => isEnough(left(oere(kroner)), oere(7_250)))).toEqual(expected);
    expect(isEnough(left(null), oere(7_250))).toBeNull();
  });

  const of = (adults: number, children = 0) => benchmarkOf({ adults, children }, today, defaultRules.benchmark);

  it('is the newest amount known of such a household', () => {
    expect(of(1)).toEqual({ oere: oere(7_250), year: 2024 });
    // 7,010 and 4,880: the spouse's amount of 2024 is not known.
    expect(of(2)).toEqual({ oere: oere(11_890), year: 2023 });
  });

  it('is not known with children, or of more than a couple, until the municipality says', () => {
    expect(of(1, 1)).toBeNull();
    expect(of(3)).toBeNull();
    const said = [{ year: 2026, singleOere: oere(7_500), spouseOere: oere(5_000), perChildOere: oere(2_000) }];
    expect(benchmarkOf({ adults: 2, children: 2 }, today, said)).toEqual({
      ...{ oere: oere(16_500), year: 2026 },
    });
  });
});
