/** Absences and their deputies. */
import { v7 as uuidv7 } from 'uuid';
import { type Instant, type PlainDate, Temporal } from '../domain/time.ts';
import { type Tx, write } from './database.ts';
import type { Colleague } from './people.ts';

/** The active colleagues who hold a role of one of the people in the same unit, one above it or one below it; by name. */
export async function possibleDeputies(db: Tx, staffIds: readonly string[]): Promise<Colleague[]> {
  return db.$queryRawUnsafe<Colleague[]>(
    `select distinct d.id, d.name from staff d
     join staff_assignment da on da.staff_id = d.id join unit du on du.id = da.unit_id
     join staff_assignment a on a.staff_id = any($1::uuid[]) and a.role = da.role join unit u on u.id = a.unit_id
     where d.active and d.id <> a.staff_id and (starts_with(du.path, u.path) or starts_with(u.path, du.path))
     order by d.name`,
    staffIds,
  );
}

/** The active people all of whose roles lie in the units or below them: nobody who also works above or beside. */
export async function staffBelow(db: Tx, reach: { paths: readonly string[]; all: boolean }): Promise<Colleague[]> {
  return db.$queryRawUnsafe<Colleague[]>(
    `select s.id, s.name from staff s join staff_assignment a on a.staff_id = s.id join unit u on u.id = a.unit_id
     where s.active
     group by s.id, s.name
     having $2::boolean or bool_and(exists (select 1 from unnest($1::text[]) p where starts_with(u.path, p)))
     order by s.name limit 200`,
    reach.paths,
    reach.all,
  );
}

export interface AbsenceRow {
  readonly id: string;
  readonly staffId: string;
  readonly deputyId: string;
  readonly deputy: string;
  readonly name: string;
  readonly recordedById: string;
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
}

/** Absences, not cancelled and not over, in which the person is away or the deputy, or that they recorded. */
export async function absencesAround(db: Tx, staffId: string, from: PlainDate): Promise<AbsenceRow[]> {
  const rows = await db.$queryRawUnsafe<
    (Omit<AbsenceRow, 'firstDay' | 'lastDay'> & Record<'firstDay' | 'lastDay', string>)[]
  >(
    `select a.id, a.staff_id as "staffId", a.deputy_id as "deputyId", d.name as deputy, s.name,
            a.recorded_by_id as "recordedById", a.first_day::text as "firstDay", a.last_day::text as "lastDay"
     from absence a join staff s on s.id = a.staff_id join staff d on d.id = a.deputy_id
     where a.cancelled_at is null and a.last_day >= $2::date and $1::uuid in (a.staff_id, a.deputy_id, a.recorded_by_id)
     order by a.first_day`,
    staffId,
    from.toString(),
  );
  return rows.map(({ firstDay, lastDay, ...row }) => ({
    ...row,
    firstDay: Temporal.PlainDate.from(firstDay),
    lastDay: Temporal.PlainDate.from(lastDay),
  }));
}

/** Holds the people's rows: two absences that name the same people take turns. */
export async function lockStaff(db: Tx, ids: readonly string[]): Promise<void> {
  await write(db, 'select 1 from staff where id = any($1::uuid[]) order by id for no key update', ids);
}

export async function addAbsence(
  db: Tx,
  absence: { staffId: string; deputyId: string; firstDay: PlainDate; lastDay: PlainDate; by: string; at: Instant },
): Promise<string> {
  const id = uuidv7();
  const { staffId, deputyId, firstDay, lastDay, by, at } = absence;
  await write(
    db,
    `insert into absence (id, staff_id, deputy_id, first_day, last_day, recorded_by_id, recorded_at)
     values ($1::uuid, $2::uuid, $3::uuid, $4::date, $5::date, $6::uuid, $7::timestamptz)`,
    id,
    staffId,
    deputyId,
    firstDay.toString(),
    lastDay.toString(),
    by,
    at.toString(),
  );
  return id;
}

/** Holds the absence's row: of two who cancel it, the later sees that it is cancelled. */
export async function lockAbsence(db: Tx, id: string): Promise<void> {
  await write(db, 'select 1 from absence where id = $1::uuid for no key update', id);
}

export async function cancelAbsence(db: Tx, id: string, at: Instant): Promise<void> {
  await write(
    db,
    'update absence set cancelled_at = $2::timestamptz where id = $1::uuid and cancelled_at is null',
    id,
    at.toString(),
  );
}
