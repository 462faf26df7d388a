/** What follows `ledige boliger`: `under 5000`, `2 rum`, `nørrebro`, in any order. Pure; says what it understood. */
import { districts, isIn } from '../../domain/districts.ts';
import type { Oere } from '../../domain/money.ts';
import { rentOn } from '../../domain/rent.ts';
import type { PlainDate } from '../../domain/time.ts';
import { parseDanishAmount } from '../../domain/typed.ts';
import type { Dwelling } from '../../store/dwellings.ts';
import { formatKroner } from '../../text/danish.ts';
import { nearest } from '../../text/nearest.ts';
import { searchName } from '../../text/normalise.ts';
import type { Locale } from '../../text/words.ts';
import { homeWords } from './words.ts';

export interface Filter {
  /** What the rent before subsidy must be below, or may be at most. */
  readonly limit: { readonly oere: Oere; readonly included: boolean } | null;
  readonly rooms: number | null;
  /** A part of town, or else words that the address or the department must have. */
  readonly district: string | null;
  readonly place: string;
}

const AMOUNT = String.raw`(?:kr\.? ?)?(?:\d{1,3}(?:[. ]\d{3})+(?:,(?:\d{1,2}|-))?|\d+(?:[.,](?:\d{1,3}|-))?)(?!\d)(?: ?(?:kr\.?|kroner|dkk))?`;
const UNDER = new RegExp(String.raw`(?:^|\s)(?:under|below|<)\s*(${AMOUNT})`, 'i');
const AT_MOST = new RegExp(String.raw`(?:^|\s)(?:max\.?|maks\.?|højst|op til|at most|up to)\s*(${AMOUNT})`, 'i');
const ROOMS =
  /(?:^|\s)(\d{1,2}|en|et|to|tre|fire|one|two|three|four)[ -]*(?:rums?|vær\.?|værelser?s?|rooms?)(?=[\s,.]|$)/i;
const NUMBERS: Readonly<Record<string, number>> = {
  en: 1,
  et: 1,
  one: 1,
  to: 2,
  two: 2,
  tre: 3,
  three: 3,
  fire: 4,
  four: 4,
};
const FILLERS = /(?:^|\s)(?:i|på|med|og|kr\.?|in|on|with|and)(?=\s|$)/gi;

/** Null when an amount was typed that could mean two things. */
export function readFilter(typed: string): Filter | null {
  let rest = typed;
  const take = (pattern: RegExp): string | null => {
    const found = pattern.exec(rest);
    if (found) rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`;
    return found?.[1] ?? null;
  };
  const rooms = take(ROOMS);
  const under = take(UNDER);
  const written = under ?? take(AT_MOST);
  const oere = written === null ? null : parseDanishAmount(written);
  if (written !== null && oere === null) return null;
  const place = rest.replace(FILLERS, ' ').replace(/[,;]+/g, ' ').replace(/\s+/g, ' ').trim();
  const [district = null] = place === '' ? [] : nearest(place, Object.keys(districts), { max: 1 });
  return {
    limit: oere === null ? null : { oere, included: under === null },
    rooms: rooms === null ? null : (NUMBERS[rooms.toLowerCase()] ?? Number(rooms)),
    district,
    place: district === null ? place : '',
  };
}

const isWithin = (rent: Oere | null, limit: Filter['limit']): boolean =>
  limit === null || (rent !== null && (limit.included ? rent <= limit.oere : rent < limit.oere));

export function passes(dwelling: Dwelling, filter: Filter, today: PlainDate): boolean {
  const { address, postcode, town, estate, rents, rooms } = dwelling;
  const all = ` ${searchName(`${address} ${postcode} ${town} ${estate.association} ${estate.name}`)}`;
  return (
    isWithin(rents.length > 0 ? rentOn(rents, today) : null, filter.limit) &&
    (filter.rooms === null || rooms === filter.rooms) &&
    (filter.district === null || isIn(filter.district, postcode)) &&
    searchName(filter.place)
      .split(' ')
      .every((word) => all.includes(` ${word}`))
  );
}

/** `Ledige boliger under 5.000 kr., 2 værelser, Nørrebro`. */
export function filterTitle({ limit, rooms, district, place }: Filter, locale: Locale): string {
  const words = homeWords[locale];
  const parts = [
    limit === null ? '' : words.list[limit.included ? 'atMost' : 'under'](formatKroner(limit.oere, locale)),
    rooms === null ? '' : words.rooms(rooms),
    district ?? place,
  ].filter(Boolean);
  // An amount goes on in the same breath; anything else is set off.
  return parts.length === 0 ? words.list.all : `${words.list.all}${limit === null ? ':' : ''} ${parts.join(', ')}`;
}
