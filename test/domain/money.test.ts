import fc from 'fast-check';
import { oere, oereSchema, partOf } from '../../bot/domain/money.ts';

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
  expect(() => oere(kroner)).toThrow(`Not a whole number of øre: ${kroner} kr.`);
});

it('takes back every amount that it could have written', () => {
  fc.assert(fc.property(fc.integer({ min: -1e11, max: 1e11 }), (amount) => oere(amount / 100) === amount));
});

it('reads whole øre only', () => {
  expect(oereSchema.safeParse(480_050).success).toBe(true);
  expect(oereSchema.safeParse(0.5).success).toBe(false);
  expect(oereSchema.safeParse(2 ** 60).success).toBe(false);
});

it.each([
  [100, 1, 3, 33], // 33.33
  [100, 2, 3, 67], // 66.67
  [5, 1, 2, 3], // 2.5 goes up
  [1_696_500, 833_333, 1_000_000, 1_413_749], // 1,413,749.43
  [0, 9, 30, 0],
  [141_375, 30, 30, 141_375],
])('of %i øre %i of %i parts are %i', (amount, part, whole, expected) => {
  expect(partOf(amount, part, whole)).toBe(expected);
});

it('is exact for every amount that a column can hold', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), fc.nat(1_000_000), (amount, millionths) => {
      const exact = (BigInt(amount) * BigInt(millionths) * 2n + 1_000_000n) / 2_000_000n;
      expect(partOf(amount, millionths, 1_000_000)).toBe(Number(exact));
    }),
  );
});
