import { z } from 'zod';

/** An amount of money in øre, always a whole number: 4.800,50 kr. is 480050. Never kroner, never a fraction. */
export type Oere = number;

/** Parses an amount from outside; refuses fractions of an øre and numbers too large to be exact. */
export const oereSchema = z.int();

/** The amount of so many kroner, written as in the law's tables (`oere(4800)`, `oere(37.5)`). */
export function oere(kroner: number): Oere {
  const amount = Math.round(kroner * 100);
  if (!Number.isSafeInteger(amount) || Math.abs(amount / 100 - kroner) > 1e-9 * Math.max(1, Math.abs(kroner))) {
    throw new RangeError(`Not a whole number of øre: ${kroner} kr.`);
  }
  return amount + 0;
}

/** `part` of `whole` of an amount that is not negative, rounded half up to a whole øre: nine days of thirty, 80 of 100. */
export function partOf(amount: Oere, part: number, whole: number): Oere {
  return Math.floor((2 * amount * part + whole) / (2 * whole));
}
