/** The dwellings that Hjemvej has already, as the list of dwellings looks for them. */
import type { Tx } from '../store/database.ts';
import { type Dwelling, dwellingsWhere } from '../store/dwellings.ts';
import { searchName } from '../text/normalise.ts';
import { estateKey } from './estates.ts';

export interface KnownDwellings {
  readonly byExternalId: ReadonlyMap<string, Dwelling>;
  /** By each of `placeKeys`. */
  readonly byPlace: ReadonlyMap<string, Dwelling>;
}

interface Place {
  readonly association: string;
  readonly estate: string;
  readonly address: string;
  readonly postcode: string;
}

/** What makes two dwellings one and the same: the address within an estate, and the address with its postcode. */
export const placeKeys = ({ association, estate, address, postcode }: Place): readonly [string, string] => [
  `${estateKey(association, estate)}/${searchName(address)}`,
  searchName(`${address} ${postcode}`),
];

export const placeOf = ({ estate, address, postcode }: Dwelling): Place => ({
  ...{ association: estate.association, estate: estate.name, address, postcode },
});

/** All of them; those that a list may own are held until the end of the transaction. */
export async function knownDwellings(tx: Tx, externalIds: readonly string[]): Promise<KnownDwellings> {
  // In the order of the ids, so that two that hold several dwellings cannot wait for each other.
  await tx.$executeRawUnsafe(
    `select 1 from dwelling where external_id = any($1::text[]) or external_id is null order by id for no key update`,
    externalIds,
  );
  const all = await dwellingsWhere(tx, 'order by d.id');
  return {
    byExternalId: new Map(all.flatMap((known) => (known.externalId === null ? [] : [[known.externalId, known]]))),
    byPlace: new Map(all.flatMap((known) => placeKeys(placeOf(known)).map((key) => [key, known] as const))),
  };
}
