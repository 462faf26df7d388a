import fc from 'fast-check';
import { parsePeriod } from '../../bot/domain/period.ts';
import { Temporal } from '../../bot/domain/time.ts';

const today = Temporal.PlainDate.from('2026-11-25');
const read = (typed: string) => {
  const period = parsePeriod(typed, today);
  return period && `${period.from.toString()} ${period.to.toString()}`;
};

it.each([
  ['næste kvartal', '2027-01-01 2027-03-31'],
  ['Naeste  Kvartal', '2027-01-01 2027-03-31'],
  ['next quarter', '2027-01-01 2027-03-31'],
  ['dette kvartal', '2026-10-01 2026-12-31'],
  ['næste måned', '2026-12-01 2026-12-31'],
  ['denne måned', '2026-11-01 2026-11-30'],
  ['i år', '2026-01-01 2026-12-31'],
  ['næste år', '2027-01-01 2027-12-31'],
  ['2028', '2028-01-01 2028-12-31'],
  ['i 2028', '2028-01-01 2028-12-31'],
  ['1. kvartal 2028', '2028-01-01 2028-03-31'],
  ['q4 2027', '2027-10-01 2027-12-31'],
  ['5. kvartal 2027', null],
  ['engang', null],
  ['', null],
])('%j is %j', (typed, period) => {
  expect(read(typed)).toBe(period);
});

it('is never empty, and quarters follow one another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), (n) => {
      const day = Temporal.PlainDate.from('2026-01-01').add({ days: n });
      const [now, next] = [parsePeriod('dette kvartal', day), parsePeriod('næste kvartal', day)];
      expect(now?.to.add({ days: 1 }).toString()).toBe(next?.from.toString());
      expect(Temporal.PlainDate.compare(now!.from, day)).toBeLessThanOrEqual(0);
      expect(Temporal.PlainDate.compare(day, now!.to)).toBeLessThanOrEqual(0);
    }),
  );
});
