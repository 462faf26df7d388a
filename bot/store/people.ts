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

const ACTOR = (where: string) => `
  select s.id, s.name, s.language::text, s.welcomed_at is not null as welcomed,
         ${assignmentsOf('s.id')} as assignments,
         coalesce((select json_agg(json_build_object('staffId', away.id, 'name', away.name, 'assignments', ${assignmentsOf('away.id')}))
                   from absence ab join staff away on away.id = ab.staff_id
                   where ab.deputy_id = s.id and ab.cancelled_at is null and away.active
                     and $2::date between ab.first_day and ab.last_day), '[]'::json) as stands_in_for
  from staff s where s.active and ${where}`;

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
  const rows = await db.$queryRawUnsafe<unknown[]>(ACTOR('s.aad_object_id = $1::uuid'), aadObjectId, today.toString());
  return rows[0] ? toMember(rows[0]) : null;
}

export async function findByStaffId(db: Tx, staffId: string, today: PlainDate): Promise<StaffMember | null> {
  const rows = await db.$queryRawUnsafe<unknown[]>(ACTOR('s.id = $1::uuid'), staffId, today.toString());
  return rows[0] ? toMember(rows[0]) : null;
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

/** The deputies, today, of those of the given people who are away. */
export async function deputiesOf(
  db: Tx,
  staffIds: readonly string[],
  today: PlainDate,
): Promise<{ staffId: string; deputyId: string }[]> {
  if (staffIds.length === 0) return [];
  return db.$queryRawUnsafe<{ staffId: string; deputyId: string }[]>(
    `select ab.staff_id as "staffId", ab.deputy_id as "deputyId" from absence ab join staff d on d.id = ab.deputy_id
     where ab.staff_id = any($1::uuid[]) and ab.cancelled_at is null and d.active and $2::date between ab.first_day and ab.last_day`,
    staffIds,
    today.toString(),
  );
}
