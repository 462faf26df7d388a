/** How the dwelling stock changes; each function is part of the transaction of a change. */
import { v7 as uuidv7 } from 'uuid';
import type { AreaType, Scheme } from '../domain/schemes.ts';
import type { Instant, PlainDate } from '../domain/time.ts';
import { searchName } from '../text/normalise.ts';
import type { Db, Tx } from './database.ts';
import { type Dwelling, dwellingsWhere, lockDwelling } from './dwellings.ts';

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

type Place = Pick<NewDwelling, 'address' | 'postcode' | 'town'>;

/** What a typed address is compared with. A postcode is its digits, so that `DK-2200` is `2200`. */
const searchAddress = ({ address, postcode, town }: Place): string =>
  searchName(`${address} ${postcode.replace(/\D/g, '')} ${town}`);

/** Whatever stands at the address, however it was spelled and whoever keeps it: a home is there once. */
export async function dwellingAt(db: Db, place: Place): Promise<Dwelling | null> {
  return (await dwellingsWhere(db, 'where d.search_address = $1', searchAddress(place)))[0] ?? null;
}

/** The same, while those who register at the address take turns. */
export async function claimAddress(tx: Tx, place: Place): Promise<Dwelling | null> {
  await tx.$queryRawUnsafe(
    'select 1 as claimed from pg_advisory_xact_lock(hashtextextended($1, 0))',
    `dwelling ${searchAddress(place)}`,
  );
  return dwellingAt(tx, place);
}

/** The department of that association, whatever the case of its letters; made when it is new. */
async function estateNamed(tx: Tx, association: string, name: string): Promise<string> {
  const found = await tx.$queryRawUnsafe<{ id: string }[]>(
    `with made as (
       insert into estate (id, association, name)
       select $1::uuid, $2, $3 where not exists (
         select 1 from estate where lower(association) = lower($2) and lower(name) = lower($3))
       on conflict (association, name) do update set name = excluded.name returning id)
     select id from made
     union all select id from estate where lower(association) = lower($2) and lower(name) = lower($3) limit 1`,
    uuidv7(),
    association,
    name,
  );
  const estate = found[0];
  if (!estate) throw new Error('PostgreSQL returned no estate');
  return estate.id;
}

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
    searchAddress(added),
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
  await putRent(tx, id, { from: added.rentFrom, oere: added.rentOere }, { by, at });
  return id;
}

/** The rent from a day on; what was written for the same day is corrected. */
export async function putRent(
  tx: Tx,
  dwellingId: string,
  rent: { from: PlainDate; oere: number },
  { by, at }: By,
): Promise<void> {
  await tx.$queryRawUnsafe(
    `insert into rent_change (id, dwelling_id, from_day, rent_oere, recorded_by_id, recorded_at)
     values ($1::uuid, $2::uuid, $3::date, $4::int, $5::uuid, $6::timestamptz)
     on conflict (dwelling_id, from_day) do update
       set rent_oere = excluded.rent_oere, recorded_by_id = excluded.recorded_by_id, recorded_at = excluded.recorded_at
     returning id`,
    uuidv7(),
    dwellingId,
    rent.from.toString(),
    rent.oere,
    by,
    at.toString(),
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

/** Holds the dwelling's estate, then the dwelling: in this order always, as the estate's lists concern all its dwellings. */
export async function lockWithEstate(tx: Tx, dwellingId: string): Promise<Dwelling | null> {
  await tx.$queryRawUnsafe(
    'select 1 as locked from estate where id = (select estate_id from dwelling where id = $1::uuid) for no key update',
    dwellingId,
  );
  return lockDwelling(tx, dwellingId);
}

/** The estate stands on a list; what was written with the same first day is corrected. */
export async function putArea(
  tx: Tx,
  estateId: string,
  area: { type: AreaType; from: PlainDate; to: PlainDate | null; source: string },
): Promise<void> {
  await tx.$queryRawUnsafe(
    `insert into estate_area (id, estate_id, area_type, valid_from, valid_to, source)
     values ($1::uuid, $2::uuid, $3::"AreaType", $4::date, $5::date, $6)
     on conflict (estate_id, area_type, valid_from) do update set valid_to = excluded.valid_to, source = excluded.source
     returning id`,
    uuidv7(),
    estateId,
    area.type,
    area.from.toString(),
    area.to?.toString() ?? null,
    area.source,
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
