import fc from 'fast-check';
import { oere } from '../../bot/domain/money.ts';
import { defaultRules } from '../../bot/domain/rules.ts';
import {
  type Basis,
  type Grant,
  endOfSubsidy,
  netRentAtEnd,
  netRentOn,
  nextStepDown,
  rateOf,
  stepDowns,
} from '../../bot/domain/subsidy.ts';
import { anchors, keptTerms } from '../../bot/domain/subsidy-terms.ts';
import { type Period, schedule } from '../../bot/domain/rent-schedule.ts';
import { type PlainDate, Temporal, isBefore } from '../../bot/domain/time.ts';

const day = (text: string): PlainDate => Temporal.PlainDate.from(text);
const { shares, otherShares } = defaultRules.subsidy;
const from = (first: PlainDate) => ({ startsOn: first, anchorOn: first });
const state: Grant = {
  ...{ scheme: 'state_subsidy', ...from(day('2023-03-01')), basisYear: 2023, shares, monthlyOere: null, endedOn: null },
  ...{ rounding: 'oere', partMonth: 'days' },
};
const transitional: Grant = { ...state, scheme: 'transitional', shares: [], monthlyOere: oere(1_200) };
const permanent: Grant = { ...transitional, scheme: 'permanent_subsidy', monthlyOere: oere(900) };
const none: Grant = { ...state, scheme: 'none', shares: [] };

const rate2023 = [{ year: 2023, amountOere: oere(16_965) }];
const rent5000 = [{ from: day('2020-01-01'), oere: oere(5_000) }];

/** `2023-03-01 2023-12-31 10: 100% 500000 − 141375 = 358625, known 2023` */
const line = ({ from, to, months, share, rentOere, subsidyOere, netOere, basis }: Period): string =>
  `${from} ${to} ${months}: ${share / 10_000}% ${rentOere} − ${subsidyOere} = ${netOere}, ` +
  (basis.kind === 'fixed'
    ? 'fixed'
    : `${basis.kind} ${basis.kind === 'known' ? basis.year : `at ${basis.lastKnownYear}`}`);
const lines = (...args: Parameters<typeof schedule>): string[] => schedule(...args).map(line);

const yearOf = (basis: Exclude<Basis, { kind: 'fixed' }>): number =>
  basis.kind === 'known' ? basis.year : basis.lastKnownYear;

/** What all months of a period together are. */
const total = (periods: readonly Period[], of: 'subsidyOere' | 'rentOere' | 'netOere'): number =>
  periods.reduce((sum, period) => sum + period[of] * Math.max(1, period.months), 0);

describe('the nine years of 16,965 kr. from 1 March 2023', () => {
  it('go down in fifths after four years', () => {
    // 1,696,500 øre / 12 = 141,375. 80 %: 1,357,200 / 12 = 113,100. 60 %: 1,017,900 / 12 = 84,825.
    // 40 %: 678,600 / 12 = 56,550. 20 %: 339,300 / 12 = 28,275. Only 2023 is known; 4 years are 48 months, 10 in 2023.
    expect(lines(state, rate2023, rent5000, day('2032-02-29'))).toEqual([
      '2023-03-01 2023-12-31 10: 100% 500000 − 141375 = 358625, known 2023',
      '2024-01-01 2027-02-28 38: 100% 500000 − 141375 = 358625, estimated at 2023',
      '2027-03-01 2028-02-29 12: 80% 500000 − 113100 = 386900, estimated at 2023',
      '2028-03-01 2029-02-28 12: 60% 500000 − 84825 = 415175, estimated at 2023',
      '2029-03-01 2030-02-28 12: 40% 500000 − 56550 = 443450, estimated at 2023',
      '2030-03-01 2031-02-28 12: 20% 500000 − 28275 = 471725, estimated at 2023',
      '2031-03-01 2032-02-29 12: 0% 500000 − 0 = 500000, fixed',
    ]);
  });

  it('step down each 1 March from 2027, and end on the last', () => {
    const steps = ['2027-03-01 800000', '2028-03-01 600000', '2029-03-01 400000', '2030-03-01 200000', '2031-03-01 0'];
    expect(stepDowns(state).map(({ on, share }) => `${on} ${share}`)).toEqual(steps);
    expect(endOfSubsidy(state)?.toString()).toBe('2031-03-01');
  });

  it.each([
    ['2022-01-01', '2027-03-01'],
    ['2027-02-28', '2027-03-01'],
    ['2027-03-01', '2028-03-01'],
    ['2031-02-28', '2031-03-01'],
    ['2031-03-01', undefined],
  ])('has after %s its next step on %s', (after, on) => {
    expect(nextStepDown(state, day(after))?.on.toString()).toBe(on);
  });

  it('go down in sixths in the other reading, to the øre', () => {
    const sixths = { ...state, shares: otherShares };
    // 833,333 millionths of 1,696,500 = 1,413,749.43: 1,413,749. Its month k is ⌊k × 117,812.42⌋ − ⌊(k−1) × 117,812.42⌋:
    const fifthYear = schedule(sixths, rate2023, rent5000, day('2028-02-29')).filter(({ share }) => share === 833_333);
    expect(fifthYear.map(({ months, subsidyOere }) => `${months} × ${subsidyOere}`)).toEqual([
      '2 × 117812',
      '1 × 117813',
      '1 × 117812',
      '1 × 117813',
      '2 × 117812',
      '1 × 117813',
      '1 × 117812',
      '1 × 117813',
      '1 × 117812',
      '1 × 117813',
    ]);
    // 1,131,000.57: 1,131,001. 848,250. 565,499.43: 565,499. 282,750.57: 282,751.
    const all = schedule(sixths, rate2023, rent5000, day('2032-02-29'));
    const years = otherShares.slice(4).map((share) =>
      total(
        all.filter((period) => period.share === share),
        'subsidyOere',
      ),
    );
    expect(years).toEqual([1_413_749, 1_131_001, 848_250, 565_499, 282_751, 0]);
    expect(endOfSubsidy(sixths)?.toString()).toBe('2032-03-01');
  });
});

describe('a rate', () => {
  const rates = [
    { year: 2023, amountOere: 300 },
    { year: 2021, amountOere: 100 },
    { year: 2026, amountOere: 600 },
  ];
  it.each([
    [2021, 100, { kind: 'known', year: 2021 }],
    [2022, 100, { kind: 'estimated', lastKnownYear: 2021 }],
    [2025, 300, { kind: 'estimated', lastKnownYear: 2023 }],
    [2030, 600, { kind: 'estimated', lastKnownYear: 2026 }],
    [2020, 100, { kind: 'estimated', lastKnownYear: 2021 }],
  ])('of %i is %i', (year, amountOere, basis) => {
    expect(rateOf(rates, year)).toEqual({ amountOere, basis });
  });

  it('cannot be made up', () => {
    expect(() => schedule(state, [], rent5000, day('2023-04-01'))).toThrow('No rate');
  });

  it('holds from the first month that begins in its year', () => {
    // From 15 November 2023: the month from 15 December has the rate of 2023, the one from 15 January that of 2024.
    // 12,000.00 / 12 = 1,000.00 and 13,200.00 / 12 = 1,100.00
    const rates = [
      { year: 2023, amountOere: oere(12_000) },
      { year: 2024, amountOere: oere(13_200) },
    ];
    expect(lines({ ...state, ...from(day('2023-11-15')) }, rates, rent5000, day('2024-02-14'))).toEqual([
      '2023-11-15 2024-01-14 2: 100% 500000 − 100000 = 400000, known 2023',
      '2024-01-15 2024-02-14 1: 100% 500000 − 110000 = 390000, known 2024',
    ]);
  });

  it('that is corrected changes the months of its own year, and those estimated at it', () => {
    const known = [2023, 2024, 2026].map((year) => ({ year, amountOere: oere(16_965) }));
    const corrected = known.map((rate) => (rate.year === 2024 ? { ...rate, amountOere: oere(17_400) } : rate));
    const before = schedule(state, known, rent5000, day('2032-02-29'));
    const after = schedule(state, corrected, rent5000, day('2032-02-29'));
    // 17,400.00 / 12 = 1,450.00; 2025 is not known.
    expect(after.map(line).filter((text) => !before.map(line).includes(text))).toEqual([
      '2024-01-01 2024-12-31 12: 100% 500000 − 145000 = 355000, known 2024',
      '2025-01-01 2025-12-31 12: 100% 500000 − 145000 = 355000, estimated at 2024',
    ]);
    expect(after).toHaveLength(before.length);
  });
});

describe('the months of a lease', () => {
  it('from 31 January begin on the last day of shorter months', () => {
    const grant = { ...transitional, ...from(day('2023-01-31')) };
    const rents = [
      { from: day('2020-01-01'), oere: 100_000 },
      { from: day('2023-02-28'), oere: 200_000 },
      { from: day('2023-03-31'), oere: 300_000 },
      { from: day('2023-04-30'), oere: 400_000 },
    ];
    expect(schedule(grant, [], rents, day('2023-05-30')).map(({ from, to }) => `${from} ${to}`)).toEqual([
      '2023-01-31 2023-02-27',
      '2023-02-28 2023-03-30',
      '2023-03-31 2023-04-29',
      '2023-04-30 2023-05-30',
    ]);
  });

  it.each([
    ['2023-01-31', '2027-01-31', '2031-01-31'],
    ['2024-02-29', '2028-02-29', '2032-02-29'],
    ['2023-02-28', '2027-02-28', '2031-02-28'],
    ['2021-02-28', '2025-02-28', '2029-02-28'],
    ['2025-06-15', '2029-06-15', '2033-06-15'],
  ])('from %s have their first step on %s and their last on %s', (anchorOn, first, last) => {
    const steps = stepDowns({ ...state, ...from(day(anchorOn)) });
    expect([steps[0], steps.at(-1)].map((step) => step?.on.toString())).toEqual([first, last]);
  });

  it('from 29 February have their anniversary on 28 February in other years', () => {
    const grant = { ...state, ...from(day('2024-02-29')) };
    expect(stepDowns(grant)[1]?.on.toString()).toBe('2029-02-28');
    expect(netRentOn(day('2029-02-27'), grant, rate2023, rent5000).share).toBe(800_000);
    expect(netRentOn(day('2029-02-28'), grant, rate2023, rent5000).share).toBe(600_000);
  });

  it('are paid in part when the subsidy stops inside one', () => {
    // Moves out on 10 April 2023: 10 of 30 days. Subsidy 141,375 × 10 / 30 = 47,125; rent 500,000 × 10 / 30 = 166,666.67.
    // The rest of April is 500,000 − 166,667.
    const grant = { ...state, endedOn: day('2023-04-10') };
    expect(lines(grant, rate2023, rent5000, day('2023-05-31'))).toEqual([
      '2023-03-01 2023-03-31 1: 100% 500000 − 141375 = 358625, known 2023',
      '2023-04-01 2023-04-10 0: 100% 166667 − 47125 = 119542, known 2023',
      '2023-04-11 2023-04-30 0: 0% 333333 − 0 = 333333, fixed',
      '2023-05-01 2023-05-31 1: 0% 500000 − 0 = 500000, fixed',
    ]);
  });

  it('are shown in part when nobody asks for the rest', () => {
    // 15 of 29 days of February 2024: 141,375 × 15 / 29 = 73,125; 500,000 × 15 / 29 = 258,620.69.
    expect(lines({ ...state, ...from(day('2024-02-01')) }, rate2023, rent5000, day('2024-02-15'))).toEqual([
      '2024-02-01 2024-02-15 0: 100% 258621 − 73125 = 185496, estimated at 2023',
    ]);
  });

  it('fall in parts that make up the month when the rent changes inside', () => {
    // From 15 June, 30 days to 14 July; the rent rises on 1 July, after 16. Subsidy: 141,375 × 16 / 30 = 75,400, rest 65,975.
    // Rent: 500,000 × 16 / 30 = 266,666.67; 530,000 × 14 / 30 = 530,000 − 282,666.67 = 247,333.
    const rents = [...rent5000, { from: day('2023-07-01'), oere: oere(5_300) }];
    expect(lines({ ...state, ...from(day('2023-06-15')) }, rate2023, rents, day('2023-08-14'))).toEqual([
      '2023-06-15 2023-06-30 0: 100% 266667 − 75400 = 191267, known 2023',
      '2023-07-01 2023-07-14 0: 100% 247333 − 65975 = 181358, known 2023',
      '2023-07-15 2023-08-14 1: 100% 530000 − 141375 = 388625, known 2023',
    ]);
  });

  it('fall in two parts when the rent changes on the day that the subsidy stops', () => {
    // 10 of 30 days: 120,000 × 10 / 30 = 40,000; 500,000 × 10 / 30 = 166,666.67; 530,000 − 530,000 × 10 / 30 = 353,333.
    const grant = { ...transitional, ...from(day('2023-04-01')), endedOn: day('2023-04-10') };
    const rents = [...rent5000, { from: day('2023-04-11'), oere: oere(5_300) }];
    expect(lines(grant, [], rents, day('2023-04-30'))).toEqual([
      '2023-04-01 2023-04-10 0: 100% 166667 − 40000 = 126667, fixed',
      '2023-04-11 2023-04-30 0: 0% 353333 − 0 = 353333, fixed',
    ]);
  });

  it('are no part of a period of whole months, even when all is nothing', () => {
    const rents = [...rent5000, { from: day('2023-04-16'), oere: 0 }];
    // 15 of 30 days.
    expect(lines({ ...none, ...from(day('2023-04-01')) }, [], rents, day('2023-06-30'))).toEqual([
      '2023-04-01 2023-04-15 0: 0% 250000 − 0 = 250000, fixed',
      '2023-04-16 2023-04-30 0: 0% 0 − 0 = 0, fixed',
      '2023-05-01 2023-06-30 2: 0% 0 − 0 = 0, fixed',
    ]);
  });

  it('never have a part with more subsidy than rent, whatever rounding does', () => {
    // On 15 April, the 15th day of 30: of 1 øre, ⌊15/30 + ½⌋ − ⌊14/30 + ½⌋ = 1 − 0; of 2 øre, ⌊30/30 + ½⌋ − ⌊28/30 + ½⌋ = 0.
    const grant = { ...transitional, ...from(day('2023-04-01')), monthlyOere: 1 };
    const rents = [
      { from: day('2020-01-01'), oere: 30 },
      { from: day('2023-04-15'), oere: 2 },
      { from: day('2023-04-16'), oere: 30 },
    ];
    expect(lines(grant, [], rents, day('2023-04-30'))[1]).toBe('2023-04-15 2023-04-15 0: 100% 0 − 0 = 0, fixed');
  });

  it('are none before the anchor', () => {
    expect(schedule(state, rate2023, rent5000, day('2023-02-28'))).toEqual([]);
    expect(netRentOn(day('2023-02-28'), state, rate2023, rent5000)).toMatchObject({ share: 0, netOere: 500_000 });
  });
});

describe('a subsidy', () => {
  it('is never more than the rent', () => {
    const cheap = [{ from: day('2020-01-01'), oere: oere(1_200) }];
    // The full 1,413.75 and 80 % of it, 1,131.00, meet a rent of 1,200.00.
    expect(netRentOn(day('2023-03-01'), state, rate2023, cheap)).toMatchObject({ subsidyOere: 120_000, netOere: 0 });
    expect(netRentOn(day('2027-03-01'), state, rate2023, cheap)).toMatchObject({
      subsidyOere: 113_100,
      netOere: 6_900,
    });
  });

  it('of which a year has no share is nothing in it, and comes back', () => {
    const grant = { ...state, shares: [1_000_000, 0, 500_000] };
    expect(lines(grant, rate2023, rent5000, day('2025-03-31')).slice(2)).toEqual([
      '2024-03-01 2025-02-28 12: 0% 500000 − 0 = 500000, fixed',
      '2025-03-01 2025-03-31 1: 50% 500000 − 70687 = 429313, estimated at 2023',
    ]);
  });

  it('that is permanent is a fixed amount without an end', () => {
    expect(lines(permanent, [], rent5000, day('2043-02-28'))).toEqual([
      '2023-03-01 2043-02-28 240: 100% 500000 − 90000 = 410000, fixed',
    ]);
    expect(stepDowns(permanent)).toEqual([]);
    expect(endOfSubsidy(permanent)).toBeNull();
  });

  it('that is transitional is a fixed amount until its end', () => {
    const grant = { ...transitional, endedOn: day('2025-02-28') };
    expect(lines(grant, [], rent5000, day('2025-03-31'))).toEqual([
      '2023-03-01 2025-02-28 24: 100% 500000 − 120000 = 380000, fixed',
      '2025-03-01 2025-03-31 1: 0% 500000 − 0 = 500000, fixed',
    ]);
    expect(stepDowns(grant).map(({ on, share }) => `${on} ${share}`)).toEqual(['2025-03-01 0']);
  });

  it('that is none is nothing', () => {
    expect(lines(none, [], rent5000, day('2023-12-31'))).toEqual([
      '2023-03-01 2023-12-31 10: 0% 500000 − 0 = 500000, fixed',
    ]);
    expect(stepDowns(none)).toEqual([]);
    expect(endOfSubsidy(none)?.toString()).toBe('2023-03-01');
  });

  it.each<[string, Grant, string | undefined]>([
    ['stops with the lease', { ...state, endedOn: day('2028-05-31') }, '2028-06-01'],
    ['is not prolonged by a longer lease', { ...state, endedOn: day('2035-05-31') }, '2031-03-01'],
    ['never began, if the lease ended before', { ...state, endedOn: day('2023-01-31') }, '2023-03-01'],
    ['never began, if no share is granted', { ...state, shares: [0, 0] }, '2023-03-01'],
    ['ends with the last share, if the list ends there', { ...state, shares: [1_000_000] }, '2024-03-01'],
    ['never began, if no amount is granted', { ...transitional, monthlyOere: null }, '2023-03-01'],
    ['has no end, if nobody has set one', transitional, undefined],
  ])('%s', (_what, grant, end) => {
    expect(endOfSubsidy(grant)?.toString()).toBe(end);
  });

  it('that stops early has the steps before, and its end', () => {
    const steps = stepDowns({ ...state, endedOn: day('2028-05-31') });
    expect(steps.map(({ on, share }) => `${on} ${share}`)).toEqual([
      '2027-03-01 800000',
      '2028-03-01 600000',
      '2028-06-01 0',
    ]);
    expect(stepDowns({ ...state, endedOn: day('2023-01-31') })).toEqual([]);
  });

  it('is over one day: then the whole rent of today’s level is due', () => {
    const rents = [...rent5000, { from: day('2026-01-01'), oere: oere(5_200) }];
    expect(netRentAtEnd(state, rents, day('2025-12-31'))).toBe(500_000);
    expect(netRentAtEnd(state, rents, day('2026-01-01'))).toBe(520_000);
    expect(netRentAtEnd(transitional, rents, day('2026-01-01'))).toBe(520_000);
    expect(netRentAtEnd(permanent, rents, day('2026-01-01'))).toBe(430_000);
    expect(netRentAtEnd({ ...permanent, endedOn: day('2030-01-31') }, rents, day('2026-01-01'))).toBe(520_000);
    expect(netRentAtEnd({ ...permanent, monthlyOere: oere(6_000) }, rents, day('2026-01-01'))).toBe(0);
  });
});

describe('always', () => {
  const aDay = fc.integer({ min: 0, max: 4_000 }).map((days) => day('2022-01-01').add({ days }));
  const anAmount = fc.integer({ min: 0, max: 3_000_000 });
  const someTerms = fc.record({
    shares: fc.oneof(
      fc.constantFrom([...shares], [...otherShares]),
      fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 9 }),
    ),
    anchor: fc.constantFrom(...anchors),
    rounding: fc.constantFrom('oere', 'krone'),
    partMonth: fc.constantFrom('days', 'thirtieths'),
  });
  const aGrant: fc.Arbitrary<Grant> = fc
    .record({
      scheme: fc.constantFrom('state_subsidy', 'transitional', 'permanent_subsidy', 'none'),
      startsOn: aDay,
      terms: someTerms,
      basisYear: fc.constant(2023),
      monthlyOere: fc.option(fc.integer({ min: 0, max: 700_000 })),
      endedOn: fc.option(aDay, { freq: 2 }),
    })
    .map(({ startsOn, terms, ...grant }) => ({ ...grant, ...keptTerms(grant.scheme, startsOn, terms) }));
  const someRates = fc.uniqueArray(fc.record({ year: fc.integer({ min: 2018, max: 2035 }), amountOere: anAmount }), {
    selector: ({ year }) => year,
    minLength: 1,
    maxLength: 8,
  });
  const someRents = fc
    .uniqueArray(fc.record({ from: aDay, oere: fc.integer({ min: 0, max: 800_000 }) }), {
      selector: ({ from }) => from.toString(),
      minLength: 1,
      maxLength: 5,
    })
    .map((rents) => rents.sort((a, b) => Temporal.PlainDate.compare(a.from, b.from)));
  const aLength = fc.integer({ min: 0, max: 1_500 });
  const runs = { numRuns: 60 };

  it('the periods follow each other from the first day to the end, none differs only in its dates, no amount is negative', () => {
    fc.assert(
      fc.property(aGrant, someRates, someRents, aLength, (grant, rates, rents, days) => {
        const until = grant.startsOn.add({ days });
        const periods = schedule(grant, rates, rents, until);
        expect(periods[0]?.from.toString()).toBe(grant.startsOn.toString());
        expect(periods.at(-1)?.to.toString()).toBe(until.toString());
        for (const [index, { from, to, months, rentOere, subsidyOere, netOere }] of periods.entries()) {
          expect(isBefore(to, from)).toBe(false);
          expect(subsidyOere).toBeGreaterThanOrEqual(0);
          expect(netOere).toBeGreaterThanOrEqual(0);
          expect(netOere).toBe(rentOere - subsidyOere);
          const next = periods[index + 1];
          if (!next) continue;
          expect(next.from.toString()).toBe(to.add({ days: 1 }).toString());
          const { share, basis } = next;
          const terms = { share, basis, rentOere: next.rentOere, subsidyOere: next.subsidyOere };
          if (months > 0 && next.months > 0) expect(periods[index]).not.toMatchObject(terms);
        }
      }),
      runs,
    );
  });

  it('a period is what a month costs on each of its days', () => {
    fc.assert(
      fc.property(aGrant, someRates, someRents, fc.nat(1_500), (grant, rates, rents, days) => {
        const on = grant.startsOn.add({ days });
        const periods = schedule(grant, rates, rents, on.add({ months: 2 }));
        const period = periods.find(({ from, to }) => !isBefore(on, from) && !isBefore(to, on));
        const month = netRentOn(on, grant, rates, rents);
        expect(period).toMatchObject({ share: month.share, basis: month.basis });
        if (period && period.months > 0) expect(period).toMatchObject(month);
      }),
      runs,
    );
  });

  it('twelve months at one rate are the year’s amount, from any anchor, whenever the rent changes', () => {
    fc.assert(
      fc.property(aDay, anAmount, fc.nat(1_000_000), aDay, (anchorOn, amountOere, share, changeOn) => {
        const rents = [
          { from: day('2000-01-01'), oere: 400_000 },
          { from: changeOn, oere: 450_000 },
        ];
        const until = anchorOn.add({ years: 1 }).subtract({ days: 1 });
        const year = schedule(
          { ...state, ...from(anchorOn), shares: [share] },
          [{ year: 2023, amountOere }],
          rents,
          until,
        );
        const exact = (BigInt(amountOere) * BigInt(share) * 2n + 1_000_000n) / 2_000_000n;
        expect(total(year, 'subsidyOere')).toBe(Number(exact));
      }),
      { numRuns: 200 },
    );
  });

  it('a corrected rate changes the months of its own year, and those estimated at it, and no other', () => {
    const when = { anchorOn: aDay, year: fc.integer({ min: 2021, max: 2034 }), corrected: anAmount };
    fc.assert(
      fc.property(
        fc.record(when),
        someRates,
        someRents,
        fc.nat(130),
        ({ anchorOn, year, corrected }, rates, rents, n) => {
          const grant = { ...state, ...from(anchorOn) };
          const others = rates.filter((rate) => rate.year !== year);
          const on = anchorOn.add({ months: n });
          const [before, after] = [1_696_500, corrected].map((amountOere) =>
            netRentOn(on, grant, [...others, { year, amountOere }], rents),
          );
          const { basis } = before!;
          expect(after?.basis).toEqual(basis);
          if (basis.kind === 'fixed' || yearOf(basis) !== year) expect(after).toEqual(before);
          else
            expect(after?.subsidyOere).toBe(netRentOn(on, grant, [{ year, amountOere: corrected }], rents).subsidyOere);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('after the fourth year no month costs less than the same month a year before, at one rate and one rent', () => {
    fc.assert(
      fc.property(
        aDay,
        // Of a few øre a year, rounding may move one from month to month.
        fc.integer({ min: 144, max: 3_000_000 }),
        fc.constantFrom(shares, otherShares),
        fc.nat(71),
        (anchorOn, amountOere, of, month) => {
          const netIn = (months: number): number =>
            netRentOn(
              anchorOn.add({ months }),
              { ...state, ...from(anchorOn), shares: of },
              [{ year: 2023, amountOere }],
              rent5000,
            ).netOere;
          expect(netIn(48 + month)).toBeGreaterThanOrEqual(netIn(36 + month));
          expect(netIn(120 + month)).toBe(500_000);
        },
      ),
    );
  });

  it('the share of a day is that of the last step down so far', () => {
    fc.assert(
      fc.property(
        aDay,
        fc.constantFrom(shares, otherShares),
        fc.option(aDay),
        fc.nat(4_500),
        (anchorOn, of, endedOn, days) => {
          const grant = { ...state, ...from(anchorOn), shares: of, endedOn };
          const steps = stepDowns(grant);
          const near = [days, ...steps.flatMap(({ on }) => [-1, 0].map((by) => by + anchorOn.until(on).days))];
          for (const on of near.map((after) => anchorOn.add({ days: after }))) {
            const everPaid = steps.length > 0 ? of[0] : 0;
            const share = steps.findLast((step) => !isBefore(on, step.on))?.share ?? everPaid;
            expect(netRentOn(on, grant, rate2023, rent5000).share).toBe(share);
          }
        },
      ),
    );
  });
});
