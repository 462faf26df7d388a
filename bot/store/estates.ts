/** The departments of the housing associations, and the lists that they stand on. */
import { v7 as uuidv7 } from 'uuid';
import type { AreaType } from '../domain/schemes.ts';
import type { PlainDate } from '../domain/time.ts';
import { searchName } from '../text/normalise.ts';
import type { Tx } from './database.ts';
import { type Dwelling, lockDwelling } from './dwellings.ts';

interface Named {
  readonly association: string;
  readonly name: string;
}

/** However they are spelled. */
export const sameEstate = (a: Named, b: Named): boolean =>
  searchName(a.association) === searchName(b.association) && searchName(a.name) === searchName(b.name);

/** Those who make the same thing anew wait for each other, until the transaction ends. */
export const takeTurns = (tx: Tx, about: string): Promise<unknown> =>
  tx.$queryRawUnsafe('select 1 as held from pg_advisory_xact_lock(hashtextextended($1, 0))', about);

/** The department of that association, however it is spelled; made when it is new. */
export async function estateNamed(tx: Tx, association: string, name: string): Promise<string> {
  await takeTurns(tx, `estate ${searchName(association)}`);
  const all = await tx.$queryRawUnsafe<{ id: string; association: string; name: string }[]>(
    'select id, association, name from estate',
  );
  const known = all.find((estate) => sameEstate(estate, { association, name }));
  if (known) return known.id;
  const id = uuidv7();
  await tx.$queryRawUnsafe(
    'insert into estate (id, association, name) values ($1::uuid, $2, $3) returning id',
    id,
    association,
    name,
  );
  return id;
}

/** Holds all dwellings of the dwelling's estate, whose lists concern them all; in the order of their ids, as the import does. */
export async function lockWithEstate(tx: Tx, dwellingId: string): Promise<Dwelling | null> {
  await tx.$queryRawUnsafe(
    `select 1 as locked from dwelling where estate_id = (select estate_id from dwelling where id = $1::uuid)
     order by id for no key update`,
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
