/** Absences and their deputies. */
import { v7 as uuidv7 } from 'uuid';
import type { Instant, PlainDate } from '../domain/time.ts';
import type { Tx } from './database.ts';
import type { Colleague } from './people.ts';
import { fromDateColumn, toDateColumn, toTimestamp } from './temporal.ts';

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
  const rows = await db.absence.findMany({
    where: {
      cancelledAt: null,
      lastDay: { gte: toDateColumn(from) },
      OR: [{ staffId }, { deputyId: staffId }, { recordedById: staffId }],
    },
    include: { deputy: { select: { name: true } }, staff: { select: { name: true } } },
    orderBy: { firstDay: 'asc' },
  });
  return rows.map(({ id, staffId: away, staff, deputyId, deputy, firstDay, lastDay, recordedById }) => ({
    id,
    staffId: away,
    deputyId,
    deputy: deputy.name,
    name: staff.name,
    recordedById,
    firstDay: fromDateColumn(firstDay),
    lastDay: fromDateColumn(lastDay),
  }));
}

/** Holds the people's rows: two absences that name the same people take turns. */
export async function lockStaff(db: Tx, ids: readonly string[]): Promise<void> {
  await db.$queryRawUnsafe(
    'select 1 as locked from staff where id = any($1::uuid[]) order by id for no key update',
    ids,
  );
}

export async function addAbsence(
  db: Tx,
  absence: { staffId: string; deputyId: string; firstDay: PlainDate; lastDay: PlainDate; by: string; at: Instant },
): Promise<string> {
  const id = uuidv7();
  const { staffId, deputyId, firstDay, lastDay, by, at } = absence;
  await db.absence.create({
    data: {
      id,
      staffId,
      deputyId,
      firstDay: toDateColumn(firstDay),
      lastDay: toDateColumn(lastDay),
      recordedById: by,
      recordedAt: toTimestamp(at),
    },
  });
  return id;
}

/** Holds the absence's row: of two who cancel it, the later sees that it is cancelled. */
export async function lockAbsence(db: Tx, id: string): Promise<void> {
  await db.$queryRawUnsafe('select 1 as locked from absence where id = $1::uuid for no key update', id);
}

export async function cancelAbsence(db: Tx, id: string, at: Instant): Promise<void> {
  await db.absence.updateMany({ where: { id, cancelledAt: null }, data: { cancelledAt: toTimestamp(at) } });
}
