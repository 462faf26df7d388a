/** How the dwelling stock changes; each function is part of the transaction of a change. */
import { v7 as uuidv7 } from 'uuid';
import type { Scheme } from '../domain/schemes.ts';
import type { Instant, PlainDate } from '../domain/time.ts';
import { searchName } from '../text/normalise.ts';
import type { Db, Tx } from './database.ts';
import { type Dwelling, dwellingsWhere } from './dwellings.ts';
import { estateNamed, sameEstate, takeTurns } from './estates.ts';
import { recordRent } from './leases.ts';

/** Who changes it, and when: kept on the dwelling for the sentence on a stale card. */
export interface By {
  readonly by: string;
  readonly at: Instant;
}

export interface NewDwelling {
  readonly association: string;
  readonly department: string;
  readonly address: string;
  readonly postcode: string;
  readonly town: string;
  readonly rooms: number;
  readonly sizeM2: number;
  readonly scheme: Scheme;
  readonly depositOere: number | null;
  readonly vacantFrom: PlainDate | null;
  readonly answerDueOn: PlainDate | null;
  readonly rentOere: number;
  readonly rentFrom: PlainDate;
}

/** What a dwelling is, and may be corrected to. */
export type Facts = Pick<NewDwelling, 'address' | 'postcode' | 'town' | 'rooms' | 'sizeM2' | 'scheme' | 'depositOere'>;

export type Place = Pick<NewDwelling, 'association' | 'department' | 'address' | 'postcode'>;

const postcodeOf = ({ postcode }: Place): string => postcode.replace(/\D/g, '');

/** Whatever other dwelling stands at the address, however it was spelled: at its postcode, or in its department. */
export async function dwellingAt(db: Db, place: Place, except?: string): Promise<Dwelling | null> {
  const { association, department: name, address } = place;
  const alike = await dwellingsWhere(db, 'where starts_with(d.search_address, $1)', `${searchName(address)} `);
  const there = alike.find(
    (known) =>
      known.id !== except &&
      searchName(known.address) === searchName(address) &&
      (known.postcode === postcodeOf(place) || sameEstate(known.estate, { association, name })),
  );
  return there ?? null;
}

/** The same, while those who write such an address take turns. */
export async function claimAddress(tx: Tx, place: Place, except?: string): Promise<Dwelling | null> {
  await takeTurns(tx, `dwelling ${searchName(place.address)}`);
  return dwellingAt(tx, place, except);
}

const searchAddressOf = ({ address, postcode, town }: Facts): string => searchName(`${address} ${postcode} ${town}`);

/** Puts a dwelling and its first rent in; resolves to its id. */
export async function addDwelling(tx: Tx, added: NewDwelling, { by, at }: By): Promise<string> {
  const estateId = await estateNamed(tx, added.association, added.department);
  const id = uuidv7();
  await tx.$queryRawUnsafe(
    `insert into dwelling (id, estate_id, address, search_address, postcode, town, rooms, size_m2, scheme,
                           vacant_from, answer_due_on, deposit_oere, changed_by_id, changed_at)
     values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7::int, $8::int, $9::"Scheme", $10::date, $11::date, $12::int, $13::uuid, $14::timestamptz)
     returning id`,
    id,
    estateId,
    added.address,
    searchAddressOf(added),
    added.postcode,
    added.town,
    added.rooms,
    added.sizeM2,
    added.scheme,
    added.vacantFrom?.toString() ?? null,
    added.answerDueOn?.toString() ?? null,
    added.depositOere,
    by,
    at.toString(),
  );
  await recordRent(tx, { dwellingId: id, from: added.rentFrom, oere: added.rentOere, by, at });
  return id;
}

export async function setFacts(tx: Tx, dwellingId: string, facts: Facts): Promise<void> {
  await tx.$queryRawUnsafe(
    `update dwelling set address = $2, search_address = $3, postcode = $4, town = $5, rooms = $6::int, size_m2 = $7::int,
            scheme = $8::"Scheme", deposit_oere = $9::int where id = $1::uuid returning id`,
    dwellingId,
    facts.address,
    searchAddressOf(facts),
    facts.postcode,
    facts.town,
    facts.rooms,
    facts.sizeM2,
    facts.scheme,
    facts.depositOere,
  );
}

export async function setVacancy(
  tx: Tx,
  dwellingId: string,
  { vacantFrom, answerDueOn }: { vacantFrom: PlainDate | null; answerDueOn: PlainDate | null },
): Promise<void> {
  await tx.$queryRawUnsafe(
    'update dwelling set vacant_from = $2::date, answer_due_on = $3::date where id = $1::uuid returning id',
    dwellingId,
    vacantFrom?.toString() ?? null,
    answerDueOn?.toString() ?? null,
  );
}

/** Takes the dwelling out of the stock for a coded reason, or in again (null). */
export async function setWithdrawn(tx: Tx, dwellingId: string, reason: string | null, at: Instant): Promise<void> {
  await tx.$queryRawUnsafe(
    `update dwelling set withdrawn_for = $2, withdrawn_at = case when $2::text is null then null else $3::timestamptz end
     where id = $1::uuid returning id`,
    dwellingId,
    reason,
    at.toString(),
  );
}

/** Raises the version, of one dwelling or of all that an estate has, so that their older cards are stale. */
export async function touchDwellings(
  tx: Tx,
  which: { readonly dwellingId: string } | { readonly estateId: string },
  { by, at }: By,
): Promise<void> {
  const [column, id] = 'dwellingId' in which ? ['id', which.dwellingId] : ['estate_id', which.estateId];
  await tx.$queryRawUnsafe(
    `update dwelling set version = version + 1, changed_by_id = $2::uuid, changed_at = $3::timestamptz
     where ${column} = $1::uuid returning id`,
    id,
    by,
    at.toString(),
  );
}
