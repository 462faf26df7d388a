/**
 * One lease looked at on every day of its nine years and of the month after, as whoever asks on that day sees it: the rate of
 * a year is published in the middle of December before, and the rent rises each 1 July.
 */
import { levelsFrom } from '../../bot/domain/forecast.ts';
import { schedule } from '../../bot/domain/rent-schedule.ts';
import { defaultRules } from '../../bot/domain/rules.ts';
import { type Grant, netRentOn, nextStepDown, type Rate, type StepDown } from '../../bot/domain/subsidy.ts';
import { keptTerms } from '../../bot/domain/subsidy-terms.ts';
import { isBefore, type PlainDate, Temporal } from '../../bot/domain/time.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

const rateOf = (year: number): Rate => ({ year, amountOere: 1_696_500 + 43_537 * (year - 2023) });
const publishedOn = (today: PlainDate): Rate[] => {
  const last = today.month === 12 && today.day >= 15 ? today.year + 1 : today.year;
  return Array.from({ length: last - 2022 }, (_, index) => rateOf(2023 + index));
};
const rents = Array.from({ length: 20 }, (_, index) => ({
  from: Temporal.PlainDate.from({ year: 2020 + index, month: 7, day: 1 }),
  oere: 470_000 + 9_950 * index,
}));

describe.each(['2023-03-01', '2023-08-31', '2024-02-29', '2025-06-15'])('a lease from %s', (from) => {
  const grant: Grant = {
    ...{ scheme: 'state_subsidy', ...keptTerms('state_subsidy', day(from), defaultRules.subsidy) },
    ...{ basisYear: day(from).year, monthlyOere: null, endedOn: null },
  };
  const end = grant.anchorOn.add({ years: 9, months: 1 });
  const everyDay = Array.from({ length: grant.anchorOn.until(end).days }, (_, n) => grant.anchorOn.add({ days: n }));
  const inTheEnd = schedule(grant, publishedOn(end), rents, end);

  it('meets each step exactly once, and sees the same one coming on every day before', () => {
    const met: string[] = [];
    let coming: StepDown | null = nextStepDown(grant, grant.anchorOn.subtract({ days: 1 }));
    for (const today of everyDay) {
      if (coming?.on.equals(today)) {
        met.push(`${today.toString()} ${coming.share}`);
        expect(netRentOn(today, grant, publishedOn(today), rents).share).toBe(coming.share);
        coming = nextStepDown(grant, today);
      }
      expect(nextStepDown(grant, today)?.on.toString()).toBe(coming?.on.toString());
    }
    expect(coming).toBeNull();
    const stepOn = (year: number) => grant.anchorOn.add({ years: year }).toString();
    expect(met).toEqual([800_000, 600_000, 400_000, 200_000, 0].map((share, index) => `${stepOn(4 + index)} ${share}`));
  });

  it('costs on every day what the schedule says in the end, as its rate was known when the month began', () => {
    for (const today of everyDay) {
      const now = netRentOn(today, grant, publishedOn(today), rents);
      const period = inTheEnd.find((one) => !isBefore(today, one.from) && !isBefore(one.to, today));
      expect(now.basis.kind).toBe(isBefore(today, grant.anchorOn.add({ years: 8 })) ? 'known' : 'fixed');
      const { share, basis, rentOere, subsidyOere, netOere } = now;
      // Of a part of a month the schedule has a part of the amounts.
      expect(period).toMatchObject(
        period?.months ? { share, basis, rentOere, subsidyOere, netOere } : { share, basis },
      );
      if (today.day === 1)
        expect(levelsFrom(today, grant, publishedOn(today), rents)[0]).toEqual({ from: today, ...now });
    }
  });
});
