/** The dwelling stock in memory, while stories offer, let and leave its homes. */
import { v7 as uuidv7 } from 'uuid';
import { type Oere, oere } from '../domain/money.ts';
import { type Rent, rentOn } from '../domain/rent.ts';
import { isBefore, type PlainDate } from '../domain/time.ts';
import { type DemoDwelling, type DemoEstate, estates } from './dwellings.ts';

export interface RecordedRent extends Rent {
  /** Null for one that the association has listed. */
  readonly recordedById: string | null;
}

export interface StockedDwelling extends DemoDwelling {
  readonly id: string;
  readonly externalId: string;
  readonly estate: DemoEstate;
  readonly answerDueOn: PlainDate | null;
  readonly depositOere: Oere;
  /** Ascending by day. */
  readonly rents: readonly RecordedRent[];
  /** Null once somebody has moved in. */
  readonly vacantFrom: PlainDate | null;
  readonly version: number;
}

export interface Stock {
  readonly dwellings: () => readonly StockedDwelling[];
  readonly at: (address: string) => StockedDwelling;
  readonly change: (id: string, change: Partial<Pick<StockedDwelling, 'vacantFrom' | 'version'>>) => void;
  readonly recordRent: (id: string, rent: RecordedRent) => void;
}

/** Homes that a story offers were free long before. */
const FREE_LONG_AGO = 90;
const YEARS_OF_RENTS = 5;
const YEARLY_RISE = 0.03;

export function stockOn(today: PlainDate): Stock {
  const stocked = new Map<string, StockedDwelling>();
  estates.forEach((estate, number) =>
    estate.dwellings.forEach((dwelling, index) => {
      const { address, rent, vacant = FREE_LONG_AGO, answerIn } = dwelling;
      stocked.set(address, {
        ...{ ...dwelling, id: uuidv7(), externalId: `${20 + number}-${101 + index}`, estate, version: 1 },
        vacantFrom: today.subtract({ days: vacant }),
        answerDueOn: answerIn === undefined ? null : today.add({ days: answerIn }),
        depositOere: oere(Math.round((rent * 4) / 500) * 500),
        rents: rentsOf(dwelling, today),
      });
    }),
  );
  const at = (address: string): StockedDwelling => {
    const found = stocked.get(address);
    if (!found) throw new Error(`The demo has no dwelling '${address}'`);
    return found;
  };
  const update = (id: string, change: (dwelling: StockedDwelling) => Partial<StockedDwelling>): void => {
    for (const [address, dwelling] of stocked)
      if (dwelling.id === id) stocked.set(address, { ...dwelling, ...change(dwelling) });
  };
  return {
    dwellings: () => [...stocked.values()],
    at,
    change: (id, change) => update(id, () => change),
    recordRent: (id, rent) =>
      update(id, ({ rents }) => ({
        rents: [...rents.filter(({ from }) => !from.equals(rent.from)), rent].sort((a, b) =>
          isBefore(a.from, b.from) ? -1 : 1,
        ),
      })),
  };
}

/** A rise each 1 January up to today's rent, and the coming one, if there is one. */
function rentsOf({ rent, rises }: DemoDwelling, today: PlainDate): RecordedRent[] {
  const newYear = today.with({ month: 1, day: 1 });
  const past = Array.from({ length: YEARS_OF_RENTS }, (_, index) => {
    const yearsAgo = YEARS_OF_RENTS - 1 - index;
    return {
      from: newYear.subtract({ years: yearsAgo }),
      oere: oere(Math.round((rent * (1 - YEARLY_RISE) ** yearsAgo) / 5) * 5),
      recordedById: null,
    };
  });
  if (!rises) return past;
  return [
    ...past,
    { from: today.with({ day: 1 }).add({ months: rises.months }), oere: oere(rises.to), recordedById: null },
  ];
}

export const rentAt = ({ rents }: StockedDwelling, day: PlainDate): Oere => rentOn(rents, day);

/** The list of a 1 December that the estate stands on from then. */
export function listedFrom({ area }: DemoEstate, today: PlainDate): PlainDate | null {
  if (!area) return null;
  const thisYears = today.with({ month: 12, day: 1 });
  const latest = isBefore(today, thisYears) ? thisYears.subtract({ years: 1 }) : thisYears;
  return latest.subtract({ years: area.yearsBefore });
}

export function isListedOn(estate: DemoEstate, day: PlainDate, today: PlainDate): boolean {
  const from = listedFrom(estate, today);
  return from !== null && !isBefore(day, from);
}
