import fc from 'fast-check';
import { type PlainDate, Temporal } from '../../bot/domain/time.ts';
import { vacancyOf } from '../../bot/domain/vacancy.ts';

const day = (text: string): PlainDate => Temporal.PlainDate.from(text);
const rents = [
  { from: day('2020-01-01'), oere: 500_000 },
  { from: day('2027-02-15'), oere: 520_000 },
];

it.each<[string, string, string | null, string, number, number]>([
  ['a day of March: 520,000 / 31 = 16,774.19', '2027-03-05', null, '2027-03-05', 1, 16_774],
  ['a whole month costs its rent', '2027-01-01', null, '2027-01-31', 31, 500_000],
  [
    'not the day that the lease starts: 30 × 500,000 / 31 = 483,870.97',
    '2027-01-01',
    '2027-01-31',
    '2027-06-01',
    30,
    483_871,
  ],
  ['the rent rises inside: (14 × 500,000 + 14 × 520,000) / 28', '2027-02-01', '2027-03-01', '2027-06-01', 28, 510_000],
  // 12 × 500,000 / 31 = 193,548.39; February 510,000; 10 × 520,000 / 31 = 167,741.94.
  ['each month rounded by itself', '2027-01-20', '2027-03-11', '2027-06-01', 50, 871_290],
  [
    'in a leap year: 29 × 500,000 / 29, and 500,000 / 31 = 16,129.03',
    '2024-02-01',
    '2024-03-02',
    '2024-06-01',
    30,
    516_129,
  ],
  ['over New Year: 500,000 / 31 twice', '2025-12-31', '2026-01-02', '2026-06-01', 2, 32_258],
  ['until today while the lease lies ahead', '2027-01-01', '2027-04-01', '2027-01-31', 31, 500_000],
  ['none when the lease starts at once', '2027-01-01', '2027-01-01', '2027-06-01', 0, 0],
  ['none before it is empty', '2027-07-01', null, '2027-06-01', 0, 0],
])('%s', (_what, vacantFrom, leaseStartsOn, today, days, oere) => {
  const vacancy = vacancyOf({
    vacantFrom: day(vacantFrom),
    leaseStartsOn: leaseStartsOn === null ? null : day(leaseStartsOn),
    rents,
    today: day(today),
  });
  expect(vacancy).toEqual({ days, oere });
});

it('costs as many rents as whole months have passed, at one rent', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.integer({ min: 1, max: 36 }), fc.nat(900_000), (from, months, oere) => {
      const vacantFrom = day('2024-01-01').add({ months: from });
      const today = vacantFrom.add({ months }).subtract({ days: 1 });
      const vacancy = vacancyOf({ vacantFrom, leaseStartsOn: null, rents: [{ from: vacantFrom, oere }], today });
      expect(vacancy).toEqual({ days: vacantFrom.until(today).days + 1, oere: oere * months });
    }),
  );
});
