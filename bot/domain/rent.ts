import type { Oere } from './money.ts';
import { type PlainDate, isBefore } from './time.ts';

/** The rent a month of a dwelling from a day on, before any subsidy and without utilities. */
export interface Rent {
  readonly from: PlainDate;
  readonly oere: Oere;
}

/** The rent a month on a day. Before the first one known, that one; `rents` ascend by day and there is at least one. */
export function rentOn(rents: readonly Rent[], day: PlainDate): Oere {
  const rent = rents.findLast(({ from }) => !isBefore(day, from)) ?? rents[0];
  if (!rent) throw new RangeError('No rent is known');
  return rent.oere;
}

/** The days on which the rent becomes another one. */
export function rentChanges(rents: readonly Rent[]): readonly PlainDate[] {
  return rents.filter(({ oere }, index) => oere !== (rents[index - 1]?.oere ?? oere)).map(({ from }) => from);
}
