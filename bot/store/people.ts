/** Staff, their rights and who stands in for whom. */
import { z } from 'zod';
import { type Actor, type Assignment, staffRoles } from '../domain/access.ts';
import type { PlainDate } from '../domain/time.ts';
import { localeSchema, type Locale } from '../text/words.ts';
import type { Tx } from './database.ts';

export interface StaffMember extends Actor {
  readonly language: Locale;
  readonly welcomed: boolean;
}

const assignments = z.array(z.object({ role: z.enum(staffRoles), unitPath: z.string() }));
const staffRow = z.object({
  id: z.uuid(),
  name: z.string(),
  language: localeSchema,
  welcomed: z.boolean(),
  assignments,
  stands_in_for: z.array(z.object({ staffId: z.uuid(), name: z.string(), assignments })),
});

// A unit that is closed, or an independent shelter without an agreement in force, gives no rights.
const assignmentsOf = (staffId: string) => `
  coalesce((select json_agg(json_build_object('role', a.role, 'unitPath', u.path))
            from staff_assignment a join unit u on u.id = a.unit_id
            where a.staff_id = ${staffId} and u.active
              and (u.kind <> 'independent_shelter' or u.agreement_from <= $2::date)), '[]'::json)`;

const actorWhere = (where: string) => `
  select s.id, s.name, s.language::text, s.welcomed_at is not null as welcomed,
         ${assignmentsOf('s.id')} as assignments,
         coalesce((select json_agg(json_build_object('staffId', away.id, 'name', away.name, 'assignments', ${assignmentsOf('away.id')}))
                   from absence ab join staff away on away.id = ab.staff_id
                   where ab.deputy_id = s.id and ab.cancelled_at is null and away.active
                     and $2::date between ab.first_day and ab.last_day), '[]'::json) as stands_in_for
  from staff s where s.active and ${where}`;
const ACTOR_BY_AAD_ID = actorWhere('s.aad_object_id = $1::uuid');
const ACTOR_BY_ID = actorWhere('s.id = $1::uuid');

function toMember(row: unknown): StaffMember {
  const { id, stands_in_for, ...rest } = staffRow.parse(row);
  // A deputy stands in where they hold the same role: a caseworker does not become a housing officer for a week.
  const roles = new Set(rest.assignments.map(({ role }) => role));
  const standsInFor = stands_in_for
    .map((away) => ({ ...away, assignments: away.assignments.filter(({ role }) => roles.has(role)) }))
    .filter((away) => away.assignments.length > 0);
  return { staffId: id, standsInFor, ...rest };
}

/** The active member of staff with this Entra object id, with the rights of the given legal day. */
export async function findByAadObjectId(db: Tx, aadObjectId: string, today: PlainDate): Promise<StaffMember | null> {
  const rows = await db.$queryRawUnsafe<unknown[]>(ACTOR_BY_AAD_ID, aadObjectId, today.toString());
  return rows[0] ? toMember(rows[0]) : null;
}

export async function findByStaffId(db: Tx, staffId: string, today: PlainDate): Promise<StaffMember | null> {
  const rows = await db.$queryRawUnsafe<unknown[]>(ACTOR_BY_ID, staffId, today.toString());
  return rows[0] ? toMember(rows[0]) : null;
}

/** By which the channel knows the person; null when there is no such person. */
export async function aadObjectIdOf(db: Tx, staffId: string): Promise<string | null> {
  const [row] = await db.$queryRawUnsafe<{ aadObjectId: string }[]>(
    'select aad_object_id as "aadObjectId" from staff where id = $1::uuid',
    staffId,
  );
  return row?.aadObjectId ?? null;
}

export interface Colleague {
  readonly id: string;
  readonly name: string;
}

/** The active people with one of the roles in the unit or one above it, by name; closest unit's people only, if there are any. */
export async function teamOf(db: Tx, roles: readonly Assignment['role'][], unitPath: string): Promise<Colleague[]> {
  return db.$queryRawUnsafe<Colleague[]>(
    `with candidates as (
       select distinct s.id, s.name, length(u.path) as depth
       from staff s join staff_assignment a on a.staff_id = s.id join unit u on u.id = a.unit_id
       where s.active and u.active and a.role::text = any($1::text[]) and $2 like u.path || '%')
     select id, name from candidates where depth = (select max(depth) from candidates) order by name`,
    roles,
    unitPath,
  );
}

/** The active people with one of the roles in a unit at or below the path, by name. */
export async function staffBelow(db: Tx, roles: readonly Assignment['role'][], path: string): Promise<Colleague[]> {
  return db.$queryRawUnsafe<Colleague[]>(
    `select distinct s.id, s.name from staff s join staff_assignment a on a.staff_id = s.id join unit u on u.id = a.unit_id
     where s.active and u.active and a.role::text = any($1::text[]) and starts_with(u.path, $2) order by s.name`,
    roles,
    path,
  );
}

/** Those of these people who are still there, by name. */
export async function activePeople(db: Tx, ids: readonly string[]): Promise<Colleague[]> {
  return db.$queryRawUnsafe<Colleague[]>(
    'select id, name from staff where active and id = any($1::uuid[]) order by name',
    ids,
  );
}

/** A side of a case whose people are asked for: named people, or those with one of the roles near the unit. */
export type Ask =
  { readonly people: readonly string[] } | { readonly roles: readonly Assignment['role'][]; readonly unitPath: string };

/**
 * The people of each side asked for, each followed by their deputies of the day, in one round trip. Of a unit it is those
 * of the closest one that has any with such a role; whoever leads it when none has.
 */
export async function audiencesOf(
  db: Tx,
  asks: readonly Ask[],
  today: PlainDate,
): Promise<{ people: string[]; withDeputies: string[] }[]> {
  const rows = await db.$queryRawUnsafe<{ n: number; id: string; deputyId: string | null }[]>(
    `with asked as (select * from jsonb_to_recordset($1::jsonb) as a(n int, people uuid[], roles text[], path text)),
     candidates as (
       select a.n, s.id, rank() over (partition by a.n order by x.role::text = any(a.roles) desc, length(u.path) desc) as choice
       from asked a join unit u on u.active and a.path like u.path || '%'
         join staff_assignment x on x.unit_id = u.id and (x.role::text = any(a.roles) or x.role = 'manager')
         join staff s on s.id = x.staff_id and s.active
     ), chosen as (
       select n, unnest(people) as id from asked where people is not null
       union select n, id from candidates where choice = 1
     )
     select c.n, c.id, ab.deputy_id as "deputyId" from chosen c
     left join (absence ab join staff d on d.id = ab.deputy_id and d.active)
       on ab.staff_id = c.id and ab.cancelled_at is null and $2::date between ab.first_day and ab.last_day
     order by c.n, c.id`,
    JSON.stringify(
      asks.map((ask, n) => ('people' in ask ? { n, people: ask.people } : { n, roles: ask.roles, path: ask.unitPath })),
    ),
    today.toString(),
  );
  return asks.map((_ask, index) => {
    const own = rows.filter(({ n }) => n === index);
    const people = [...new Set(own.map(({ id }) => id))];
    const deputies = own.flatMap(({ deputyId }) => deputyId ?? []);
    return { people, withDeputies: [...new Set([...people, ...deputies])] };
  });
}

/**
 * The active managers of the closest unit, of each that the person works in, that somebody else leads, with their deputies of the day.
 * Nobody leads who has left.
 */
export async function leadersOf(db: Tx, staffId: string, today: PlainDate): Promise<string[]> {
  const rows = await db.$queryRawUnsafe<{ id: string }[]>(
    `with leaders as (
       select m.id, rank() over (partition by own.id order by length(above.path) desc) as choice
       from staff s
         join staff_assignment a on a.staff_id = s.id join unit own on own.id = a.unit_id
         join unit above on above.active and starts_with(own.path, above.path)
         join staff_assignment x on x.unit_id = above.id and x.role = 'manager'
         join staff m on m.id = x.staff_id and m.active and m.id <> s.id
       where s.id = $1::uuid and s.active
     )
     select id from leaders where choice = 1
     union
     select d.id from leaders l
       join absence ab on ab.staff_id = l.id and ab.cancelled_at is null and $2::date between ab.first_day and ab.last_day
       join staff d on d.id = ab.deputy_id and d.active
     where l.choice = 1 and d.id <> $1::uuid`,
    staffId,
    today.toString(),
  );
  return rows.map(({ id }) => id);
}
