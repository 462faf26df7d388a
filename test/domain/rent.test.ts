import { rentChanges, rentOn } from '../../bot/domain/rent.ts';
import { Temporal } from '../../bot/domain/time.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const rents = [
  { from: day('2024-01-01'), oere: 400_000 },
  { from: day('2025-01-01'), oere: 400_000 },
  { from: day('2026-01-01'), oere: 420_000 },
];

it.each([
  ['2023-06-01', 400_000],
  ['2025-12-31', 400_000],
  ['2026-01-01', 420_000],
  ['2030-01-01', 420_000],
])('on %s the rent is %i øre', (on, expected) => {
  expect(rentOn(rents, day(on))).toBe(expected);
});

it('changes where the amount does', () => {
  expect(rentChanges(rents).map(String)).toEqual(['2026-01-01']);
});

it('cannot be made up', () => {
  expect(() => rentOn([], day('2026-01-01'))).toThrow('No rent');
});
