/** The estates that a list of dwellings names, and the lists of 1 December that it says they stand on. */
import { v7 as uuidv7 } from 'uuid';
import type { AreaType } from '../domain/schemes.ts';
import { type PlainDate, Temporal } from '../domain/time.ts';
import { insertRows } from '../store/bulk.ts';
import type { Tx } from '../store/database.ts';
import { searchName } from '../text/normalise.ts';
import type { DwellingRow, SayDwelling } from './dwelling-columns.ts';

/** The estate stands on a list from one day to another, both ISO and included. */
interface Area {
  readonly type: AreaType;
  readonly from: string;
  readonly to: string | null;
  readonly source: string;
}

interface KnownEstate {
  readonly id: string;
  readonly association: string;
  readonly name: string;
  readonly areas: readonly Area[];
}

export interface ListedEstate extends KnownEstate {
  readonly isNew: boolean;
  /** The list says something else about its areas than Hjemvej has. */
  readonly areasChanged: boolean;
}

/** Estates are told apart by their folded names, so that another spelling does not make another estate. */
export const estateKey = (association: string, name: string): string =>
  `${searchName(association)}/${searchName(name)}`;

export async function listedEstates(
  tx: Tx,
  rows: readonly DwellingRow[],
  today: PlainDate,
  say: SayDwelling,
): Promise<ReadonlyMap<string, ListedEstate>> {
  const known = await knownEstates(tx);
  const byKey = Map.groupBy(rows, (row) => estateKey(row.association, row.estate));
  return new Map(
    [...byKey].map(([key, own]) => {
      const [first] = own;
      const estate = known.get(key);
      const before = estate?.areas ?? [];
      const areas = areasSaid(own, before, today, say);
      return [
        key,
        {
          ...{ id: estate?.id ?? uuidv7(), association: first?.association ?? '', name: first?.estate ?? '' },
          ...{ areas, isNew: !estate, areasChanged: areas !== before },
        },
      ];
    }),
  );
}

async function knownEstates(tx: Tx): Promise<ReadonlyMap<string, KnownEstate>> {
  const rows = await tx.$queryRawUnsafe<KnownEstate[]>(
    `select e.id, e.association, e.name, coalesce(
       (select json_agg(json_build_object('type', a.area_type, 'from', a.valid_from, 'to', a.valid_to, 'source', a.source)
                        order by a.valid_from, a.area_type::text)
        from estate_area a where a.estate_id = e.id), '[]'::json) as areas
     from estate e order by e.id desc`,
  );
  return new Map(rows.map((estate) => [estateKey(estate.association, estate.name), estate]));
}

/** The areas as they are to be: `known` itself when the rows of the estate say nothing new. */
function areasSaid(
  rows: readonly DwellingRow[],
  known: readonly Area[],
  today: PlainDate,
  say: SayDwelling,
): readonly Area[] {
  for (const row of rows) {
    if (row.areaFrom && !row.area) say(row, 'area', 'areaMissing');
    if (row.areaFrom && row.areaFrom > today.toString()) say(row, 'areaFrom', 'future');
  }
  const [first, ...others] = rows.filter(({ area }) => area);
  if (!first?.area) return known;
  for (const row of others) {
    if (row.area !== first.area) say(row, 'area', 'differsInEstate', `${first.line}`);
    if ((row.areaFrom ?? null) !== (first.areaFrom ?? null)) say(row, 'areaFrom', 'differsInEstate', `${first.line}`);
  }
  const after = areasAfter(known, first.area, first.areaFrom ?? null, latestListDay(today).toString());
  return JSON.stringify(after) === JSON.stringify(known) ? known : after;
}

/** The lists are published on 1 December (domain.md § 3). */
function latestListDay(today: PlainDate): PlainDate {
  const thisYear = Temporal.PlainDate.from({ year: today.year, month: 12, day: 1 });
  return Temporal.PlainDate.compare(thisYear, today) <= 0 ? thisYear : thisYear.subtract({ years: 1 });
}

/** One type holds from a day on, and every other ends before it. A day that the list gives moves the beginning of what stands. */
function areasAfter(
  known: readonly Area[],
  type: AreaType | 'none',
  given: string | null,
  listDay: string,
): readonly Area[] {
  const standing = known.find((area) => area.type === type && area.to === null);
  const from = given ?? standing?.from ?? listDay;
  const cut = given ?? (from > listDay ? from : listDay);
  const dayBefore = Temporal.PlainDate.from(cut).subtract({ days: 1 }).toString();
  const kept = known.flatMap((area): Area[] => {
    if (area === standing) return [];
    if (area.to !== null && area.to < cut) return [area];
    return area.from < cut ? [{ ...area, to: dayBefore }] : [];
  });
  const now: Area[] = type === 'none' ? [] : [{ type, from, to: null, source: standing?.source ?? 'boliglisten' }];
  const order = (area: Area) => `${area.from} ${area.type}`;
  return [...kept, ...now].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** New estates, and the areas of those that the list says something new about. */
export async function writeEstates(tx: Tx, estates: readonly ListedEstate[]): Promise<void> {
  await insertRows(
    tx,
    'estate',
    { id: 'uuid', association: 'text', name: 'text' },
    estates.filter(({ isNew }) => isNew).map(({ id, association, name }) => ({ id, association, name })),
  );
  const changed = estates.filter(({ areasChanged }) => areasChanged);
  await tx.$executeRawUnsafe(
    'delete from estate_area where estate_id = any($1::uuid[])',
    changed.map(({ id }) => id),
  );
  await insertRows(
    tx,
    'estate_area',
    { id: 'uuid', estate_id: 'uuid', area_type: '"AreaType"', valid_from: 'date', valid_to: 'date', source: 'text' },
    changed.flatMap(({ id, areas }) =>
      areas.map((area) => ({
        ...{ id: uuidv7(), estate_id: id, area_type: area.type, valid_from: area.from, valid_to: area.to },
        source: area.source,
      })),
    ),
  );
}
