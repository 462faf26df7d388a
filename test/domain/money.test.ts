import fc from 'fast-check';
import { oere, oereSchema } from '../../bot/domain/money.ts';

it.each([
  [4800, 480_000],
  [37.5, 3750],
  [0.29, 29],
  [-0, 0],
  [-12.34, -1234],
])('%d kroner are %i øre', (kroner, expected) => {
  expect(oere(kroner)).toBe(expected);
});

it.each([0.005, 1.234, Number.NaN, Infinity, 1e15])('refuses %d kroner', (kroner) => {
  expect(() => oere(kroner)).toThrow(RangeError);
});

it('takes back every amount that it could have written', () => {
  fc.assert(fc.property(fc.integer({ min: -1e11, max: 1e11 }), (amount) => oere(amount / 100) === amount));
});

it('reads whole øre only', () => {
  expect(oereSchema.safeParse(480_050).success).toBe(true);
  expect(oereSchema.safeParse(0.5).success).toBe(false);
  expect(oereSchema.safeParse(2 ** 60).success).toBe(false);
});
