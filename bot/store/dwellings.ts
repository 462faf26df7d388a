/** The dwellings that the municipality may assign, each with its rents, the lists its estate stands on and who has it. */
import { z } from 'zod';
import type { HomesOfSchemes } from '../domain/frames.ts';
import { type AreaType, areaTypes, schemes } from '../domain/schemes.ts';
import { isBefore, type PlainDate } from '../domain/time.ts';
import { searchName } from '../text/normalise.ts';
import type { Db, Tx } from './database.ts';
import { dayInJson, instantInJson } from './temporal.ts';

const dwellingSchema = z.object({
  id: z.uuid(),
  version: z.int(),
  externalId: z.string().nullable(),
  estate: z.object({ id: z.uuid(), association: z.string(), name: z.string() }),
  address: z.string(),
  postcode: z.string(),
  town: z.string(),
  rooms: z.int(),
  sizeM2: z.int(),
  scheme: z.enum(schemes),
  /** The first day that nobody lives there; null while somebody does. */
  vacantFrom: dayInJson.nullable(),
  /** When the association must have an answer. */
  answerDueOn: dayInJson.nullable(),
  depositOere: z.int().nullable(),
  withdrawnAt: instantInJson.nullable(),
  withdrawnFor: z.string().nullable(),
  changedAt: instantInJson,
  changedBy: z.string().nullable(),
  /** A month, before any subsidy and without utilities; the earliest first. */
  rents: z.array(z.object({ from: dayInJson, oere: z.int() })),
  areas: z.array(z.object({ type: z.enum(areaTypes), from: dayInJson, to: dayInJson.nullable(), source: z.string() })),
  /** The offer that waits for an answer or a lease. */
  offer: z
    .object({ id: z.uuid(), caseId: z.uuid(), number: z.int(), state: z.string(), answerDueOn: dayInJson })
    .nullable(),
  /** The tenancy that runs. */
  lease: z.object({ id: z.uuid(), caseId: z.uuid(), number: z.int(), startsOn: dayInJson }).nullable(),
  /** The last day of those who lived there last; null where we know of nobody. */
  livedInUntil: dayInJson.nullable(),
});
export type Dwelling = z.infer<typeof dwellingSchema>;

const DWELLING = `
  select json_build_object(
    'id', d.id, 'version', d.version, 'externalId', d.external_id,
    'estate', json_build_object('id', e.id, 'association', e.association, 'name', e.name),
    'address', d.address, 'postcode', d.postcode, 'town', d.town, 'rooms', d.rooms, 'sizeM2', d.size_m2,
    'scheme', d.scheme, 'vacantFrom', d.vacant_from, 'answerDueOn', d.answer_due_on, 'depositOere', d.deposit_oere,
    'withdrawnAt', d.withdrawn_at, 'withdrawnFor', d.withdrawn_for,
    'changedAt', d.changed_at, 'changedBy', (select s.name from staff s where s.id = d.changed_by_id),
    'rents', coalesce((select json_agg(json_build_object('from', rc.from_day, 'oere', rc.rent_oere) order by rc.from_day)
                       from rent_change rc where rc.dwelling_id = d.id), '[]'::json),
    'areas', coalesce((select json_agg(json_build_object('type', a.area_type, 'from', a.valid_from, 'to', a.valid_to, 'source', a.source) order by a.valid_from)
                       from estate_area a where a.estate_id = e.id), '[]'::json),
    'offer', (select json_build_object('id', o.id, 'caseId', o.referral_id, 'number', r.number, 'state', o.state, 'answerDueOn', o.answer_due_on)
              from offer o join referral r on r.id = o.referral_id
              where o.dwelling_id = d.id and o.state in ('reserved', 'accepted')),
    'lease', (select json_build_object('id', l.id, 'caseId', l.referral_id, 'number', r.number, 'startsOn', l.starts_on)
              from lease l join referral r on r.id = l.referral_id where l.dwelling_id = d.id and l.ends_on is null),
    'livedInUntil', (select max(l.ends_on) from lease l where l.dwelling_id = d.id and l.moved_in_on is not null)
  ) as dwelling
  from dwelling d join estate e on e.id = d.estate_id`;

/** Nobody has it, nobody is offered it, and it is there to be assigned: it may be offered. */
const FREE = `d.withdrawn_at is null and d.vacant_from is not null
  and not exists (select 1 from offer o where o.dwelling_id = d.id and o.state in ('reserved', 'accepted'))
  and not exists (select 1 from lease l where l.dwelling_id = d.id and l.ends_on is null)`;

export async function dwellingsWhere(db: Tx, sql: string, ...values: readonly unknown[]): Promise<Dwelling[]> {
  const rows = await db.$queryRawUnsafe<{ dwelling: unknown }[]>(`${DWELLING} ${sql}`, ...values);
  return rows.map(({ dwelling }) => dwellingSchema.parse(dwelling));
}

export async function findDwelling(db: Tx, id: string): Promise<Dwelling | null> {
  return (await dwellingsWhere(db, 'where d.id = $1::uuid', id))[0] ?? null;
}

/** Reads the dwelling and holds its row until the transaction ends: two who offer or change it take turns. */
export async function lockDwelling(tx: Tx, id: string): Promise<Dwelling | null> {
  // The lock comes first, in its own statement: one statement's snapshot would still show what stood before the wait.
  await tx.$queryRawUnsafe('select 1 as locked from dwelling where id = $1::uuid for no key update', id);
  return findDwelling(tx, id);
}

/** The dwellings that may be offered, the longest vacant first. */
export const freeDwellings = (db: Tx): Promise<Dwelling[]> =>
  dwellingsWhere(db, `where ${FREE} order by d.vacant_from, d.address`);

/** Whether it may be offered: nobody has it or is offered it, and it is there to be assigned. As `FREE` asks. */
export const isFree = ({ withdrawnAt, vacantFrom, offer, lease }: Dwelling): boolean =>
  withdrawnAt === null && vacantFrom !== null && offer === null && lease === null;

/** The lists that the estate stands on that day. */
export const areasOn = ({ areas }: Dwelling, day: PlainDate): readonly AreaType[] =>
  areas.filter(({ from, to }) => !isBefore(day, from) && (to === null || !isBefore(to, day))).map(({ type }) => type);
/** How many dwellings of a vague address are listed. */
export const MOST_HITS = 10;

/**
 * The dwellings whose address has words beginning with all those typed, in whatever order and spelling of æ, ø, å; those
 * that have them whole come first. One more than are listed tells that there are more.
 */
export async function dwellingsAt(db: Db, typed: string): Promise<Dwelling[]> {
  const words = searchName(typed).split(' ').filter(Boolean);
  if (words.length === 0) return [];
  return dwellingsWhere(
    db,
    `where ' ' || d.search_address like all($1::text[])
     order by ' ' || d.search_address || ' ' like all($2::text[]) desc, d.search_address, d.id limit ${MOST_HITS + 1}`,
    words.map((word) => `% ${word}%`),
    words.map((word) => `% ${word} %`),
  );
}

/** Those whose address may be a misspelling of what was typed, the most alike first. */
export const dwellingsLike = (db: Db, typed: string): Promise<Dwelling[]> =>
  dwellingsWhere(
    db,
    `where word_similarity($1, d.search_address) >= 0.5
     order by word_similarity($1, d.search_address) desc, d.search_address, d.id limit ${MOST_HITS / 2}`,
    searchName(typed),
  );

/** The path of the unit that keeps the stock, which rights to it are asked of; null where none is set up. */
export async function stockPath(db: Db): Promise<string | null> {
  const rows = await db.$queryRawUnsafe<{ path: string }[]>(
    "select path from unit where kind = 'housing_assignment' and active order by path limit 1",
  );
  return rows[0]?.path ?? null;
}

const homeOfScheme = z.object({ scheme: z.enum(schemes), on: dayInJson });

/** The homes that use the frames up: each tenancy that runs or was moved into, and each offer that still lives. */
export async function homesOfSchemes(db: Db): Promise<HomesOfSchemes> {
  const rows = await db.$queryRawUnsafe<{ leases: unknown; offers: unknown }[]>(
    `select
       (select json_agg(json_build_object('scheme', coalesce(g.scheme, d.scheme), 'on', l.starts_on))
        from lease l join dwelling d on d.id = l.dwelling_id left join subsidy_grant g on g.lease_id = l.id
        where l.ends_on is null or l.moved_in_on is not null) as leases,
       (select json_agg(json_build_object('scheme', d.scheme, 'on', o.offered_on))
        from offer o join dwelling d on d.id = o.dwelling_id where o.state in ('reserved', 'accepted')
          and not exists (select 1 from lease l where l.offer_id = o.id)) as offers`,
  );
  const read = (list: unknown) => z.array(homeOfScheme).parse(list ?? []);
  return {
    leases: read(rows[0]?.leases).map(({ scheme, on }) => ({ scheme, startsOn: on })),
    offers: read(rows[0]?.offers).map(({ scheme, on }) => ({ scheme, offeredOn: on })),
  };
}
