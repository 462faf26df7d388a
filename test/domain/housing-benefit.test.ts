import fc from 'fast-check';
import type { BenefitYear } from '../../bot/domain/benefit-rates.ts';
import { type BenefitHousehold, housingBenefitOn, type Pension } from '../../bot/domain/housing-benefit.ts';
import { oere } from '../../bot/domain/money.ts';
import { defaultRules } from '../../bot/domain/rules.ts';
import { Temporal } from '../../bot/domain/time.ts';

const years = defaultRules.housingBenefit;
const year2026 = years[0] as BenefitYear;
const inYear = (year: number) => Temporal.PlainDate.from({ year, month: 6, day: 1 });
const day = inYear(2026);
const single: BenefitHousehold = {
  ...{ adults: 1, children: 0, pension: 'none', onRaisedRate: false, yearlyIncomeOere: oere(160_000) },
};
const counted = (rent: number, more: Partial<BenefitHousehold> = {}, known = years, on = day) => {
  const benefit = housingBenefitOn(on, oere(rent), { ...single, ...more }, known);
  if (benefit.kind === 'unknown') throw new Error(benefit.unknown.join());
  return benefit;
};
const kroner = (rent: number, more: Partial<BenefitHousehold> = {}, known = years) =>
  counted(rent, more, known).monthlyOere / 100;
const unknown = (more: Partial<BenefitHousehold>, known = years) =>
  housingBenefitOn(day, oere(4_000), { ...single, ...more }, known);

describe('boligsikring', () => {
  it.each([
    // Without children 15 % of the rent, whatever the income (domain.md § 6.3).
    [3_500, {}, 525],
    [5_000, {}, 750],
    // 60 % of 60,000 is 36,000; 18 % of 330,000 − 171,500 is 28,530; 7,470 a year is left.
    [5_000, { yearlyIncomeOere: oere(330_000) }, 622.5],
    // 28,530 grows to 36,000 at an income of 371,500.
    [5_000, { yearlyIncomeOere: oere(371_500) }, 0],
    // 12 × 2,500 is 1,100 more than what one pays oneself: less than 15 %.
    [2_500, {}, 91.66],
    [2_400, {}, 0],
    // With a child: 36,000 − 18 % of 78,500.
    [5_000, { children: 1, yearlyIncomeOere: oere(250_000) }, 1_822.5],
    // A second raises the threshold to 216,700: 36,000 − 18 % of 33,300.
    [5_000, { children: 2, yearlyIncomeOere: oere(250_000) }, 2_500.5],
    [15_000, { children: 1 }, 4_230],
    // Boligstøtteloft.
    [5_000, { adults: 2, onRaisedRate: true }, 363],
    [5_000, { adults: 2, onRaisedRate: false }, 750],
    [5_000, { adults: 1, onRaisedRate: true }, 750],
  ] as const)('at a rent of %d, %j, is %d a month', (rent, more, expected) => {
    expect(kroner(rent, more)).toBe(expected);
  });

  it('takes 15 % of a step up: 250 kr. more rent is 212,50 kr. more to pay (domain.md § 1.7)', () => {
    expect(250 - (kroner(4_750) - kroner(4_500))).toBe(212.5);
  });

  it('says line by line why', () => {
    // 60 % of 3,500; 42,000 − 28,900 is 13,100 a year, 1,091.66 a month; 15 % is 525.
    expect(counted(3_500).lines).toEqual([
      { code: 'cost', oere: oere(2_100) },
      { code: 'own', oere: oere(-1_008.34) },
      { code: 'childless', oere: oere(-566.66) },
    ]);
    expect(counted(5_000, { adults: 2, onRaisedRate: true }).lines.at(-1)).toEqual({
      ...{ code: 'ceiling', oere: oere(363 - 750) },
    });
  });
});

describe('boligydelse', () => {
  it.each([
    // 75 % of 48,000 + 8,500 is 42,375; but 21,300 of the 48,000 one pays oneself.
    [4_000, { pension: 'old_age', yearlyIncomeOere: oere(190_000) }, 2_225],
    // 22.5 % of 38,600 off, and 11 % of 240,000 is 26,400: 48,000 − 26,400.
    [4_000, { pension: 'old_age', yearlyIncomeOere: oere(240_000) }, 1_800],
    // 42,375 − 22.5 % of 198,600 is a loss: nothing, never less.
    [4_000, { pension: 'disability_before_2003', yearlyIncomeOere: oere(400_000) }, 0],
    // 75 % of 104,500 is 78,375 and 21,300 of 96,000 leaves 74,700: the maximum is less.
    [8_000, { pension: 'old_age', yearlyIncomeOere: oere(150_000) }, 4_969],
    // A couple of pensioners has no boligstøtteloft to fear unless it lives on kontanthjælp.
    [4_000, { pension: 'old_age', adults: 2, yearlyIncomeOere: oere(190_000) }, 2_225],
  ] as const)('at a rent of %d, %j, is %d a month', (rent, more, expected) => {
    expect(counted(rent, more).benefit).toBe('pensioner');
    expect(kroner(rent, more)).toBe(expected);
  });
});

describe('what is not known', () => {
  it('leaves the income out, and says that it is the most there can be', () => {
    expect(counted(5_000, { yearlyIncomeOere: null })).toMatchObject({ monthlyOere: oere(750), atMost: true });
    expect(counted(5_000)).toMatchObject({ atMost: false });
  });

  it('says so of a couple on kontanthjælp at an unknown rate', () => {
    expect(counted(5_000, { adults: 2, onRaisedRate: null })).toMatchObject({ monthlyOere: oere(750), atMost: true });
    expect(counted(5_000, { adults: 1, onRaisedRate: null })).toMatchObject({ atMost: false });
  });

  it('counts another year at the amounts of the last known one, and names it', () => {
    expect(counted(5_000).basis).toEqual({ kind: 'known', year: 2026 });
    expect(counted(5_000, {}, years, inYear(2027)).basis).toEqual({ kind: 'estimated', lastKnownYear: 2026 });
    const known = [...years, { ...year2026, year: 2027, childlessPercent: 10 }];
    expect(counted(5_000, {}, known, inYear(2027))).toMatchObject({
      ...{ monthlyOere: oere(500), basis: { kind: 'known', year: 2027 } },
    });
  });

  it.each([
    [{ pension: 'disability' }, 'pension_since'],
    // Whether 15 % limits a later førtidspension is unconfirmed (domain.md § 6.3).
    [{ pension: 'disability_since_2003' }, 'limit_of_disability'],
    [{ children: 4 }, 'most_with_many_children'],
  ] as const)('counts nothing of %j: %s', (more, what) => {
    expect(unknown(more)).toEqual({ kind: 'unknown', unknown: [what] });
  });

  it('counts as soon as the municipality has said', () => {
    const said = (limits: boolean) => [{ ...year2026, childlessLimitsDisability: limits }];
    expect(kroner(4_000, { pension: 'disability_since_2003' }, said(true))).toBe(600);
    // 48,000 − 28,900 a year.
    expect(kroner(4_000, { pension: 'disability_since_2003' }, said(false))).toBe(1_591.66);
    expect(kroner(4_000, { pension: 'disability_since_2003', children: 1 })).toBe(1_591.66);
    const many = { ...year2026, ordinary: { ...year2026.ordinary, maxMonthlyManyChildrenOere: oere(5_287.5) } };
    expect(kroner(20_000, { children: 4 }, [many])).toBe(5_287.5);
    const noChild = { ...year2026, ordinary: { ...year2026.ordinary, perChildOere: null } };
    expect(unknown({ children: 2 }, [noChild])).toEqual({ kind: 'unknown', unknown: ['income_per_child'] });
    expect(unknown({ children: 1 }, [noChild])).toMatchObject({ kind: 'counted' });
    expect(unknown({ children: 2, yearlyIncomeOere: null }, [noChild])).toMatchObject({
      kind: 'counted',
      atMost: true,
    });
  });
});

describe('always', () => {
  const pensions: Pension[] = ['none', 'old_age', 'disability_before_2003'];
  const household = fc.record({
    adults: fc.integer({ min: 1, max: 3 }),
    children: fc.integer({ min: 0, max: 3 }),
    pension: fc.constantFrom(...pensions),
    onRaisedRate: fc.constantFrom(true, false, null),
    yearlyIncomeOere: fc.option(fc.integer({ min: 0, max: 600_000_00 })),
  });
  const rent = fc.integer({ min: 0, max: 15_000_00 });
  const benefitOf = (rentOere: number, who: BenefitHousehold) => {
    const benefit = housingBenefitOn(day, rentOere, who, years);
    if (benefit.kind === 'unknown') throw new Error(benefit.unknown.join());
    return benefit;
  };

  it('is from nothing to its maximum, never more than the rent, and the sum of its lines', () => {
    fc.assert(
      fc.property(rent, household, (rentOere, who) => {
        const { benefit, monthlyOere, lines } = benefitOf(rentOere, who);
        expect(monthlyOere).toBeGreaterThanOrEqual(0);
        expect(monthlyOere).toBeLessThanOrEqual(Math.min(rentOere, year2026[benefit].maxMonthlyOere));
        expect(lines.reduce((sum, line) => sum + line.oere, 0)).toBe(monthlyOere);
      }),
    );
  });

  it('is no more with more income, and most where the income is unknown', () => {
    fc.assert(
      fc.property(rent, household, fc.integer({ min: 1, max: 200_000_00 }), (rentOere, who, more) => {
        const income = who.yearlyIncomeOere ?? 0;
        const [poorer, richer, unsaid] = [income, income + more, null].map(
          (yearlyIncomeOere) => benefitOf(rentOere, { ...who, yearlyIncomeOere }).monthlyOere,
        ) as [number, number, number];
        expect(richer).toBeLessThanOrEqual(poorer);
        expect(poorer).toBeLessThanOrEqual(unsaid);
      }),
    );
  });

  it('is no less at a higher rent, and leaves no less to pay', () => {
    fc.assert(
      fc.property(rent, household, fc.integer({ min: 1, max: 5_000_00 }), (rentOere, who, more) => {
        const rise = benefitOf(rentOere + more, who).monthlyOere - benefitOf(rentOere, who).monthlyOere;
        expect(rise).toBeGreaterThanOrEqual(0);
        // A month is rounded down: at most an øre more than the rent rose.
        expect(rise).toBeLessThanOrEqual(more + 1);
      }),
    );
  });
});
