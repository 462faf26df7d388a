/** Units, staff and an absence as rows. */
import { v7 as uuidv7 } from 'uuid';
import type { PlainDate } from '../domain/time.ts';
import { insertRows } from '../store/bulk.ts';
import type { PrismaTx as Tx } from '../store/database.ts';
import { searchName } from '../text/normalise.ts';
import { back, earlier } from './days.ts';
import { type Ids, idsFrom, type Seeding } from './seeding.ts';
import { demoPath, demoStaff, demoUnits } from './people.ts';

/** A unit whose code is there already is left as it is. */
export async function addUnits(tx: Tx): Promise<Ids> {
  const known = await tx.unit.findMany({ select: { id: true, code: true } });
  const ids = new Map(known.map(({ code, id }) => [code, id]));
  const missing = demoUnits.filter(({ code }) => !ids.has(code));
  for (const { code } of missing) ids.set(code, uuidv7());
  const idOf = idsFrom(ids, 'unit');
  await insertRows(
    tx,
    'unit',
    {
      id: 'uuid',
      code: 'text',
      name: 'text',
      kind: '"UnitKind"',
      parent_id: 'uuid',
      path: 'text',
      authority_id: 'uuid',
    },
    missing.map(({ code, name, kind, parent, authority }) => ({
      ...{ id: idOf(code), code, name, kind, path: demoPath(code) },
      parent_id: parent === null ? null : idOf(parent),
      authority_id: authority === undefined ? null : idOf(authority),
    })),
  );
  return idOf;
}

export async function addStaff(tx: Tx, unitOf: Ids, { now }: Seeding): Promise<Ids> {
  const ids = new Map(demoStaff.map(({ name }) => [name, uuidv7()]));
  const idOf = idsFrom(ids, 'member of staff');
  await insertRows(
    tx,
    'staff',
    {
      ...{ id: 'uuid', aad_object_id: 'uuid', name: 'text', search_name: 'text' },
      ...{ language: '"Language"', created_at: 'timestamptz' },
    },
    demoStaff.map(({ aadObjectId, name, language }) => ({
      ...{ id: idOf(name), aad_object_id: aadObjectId, name, search_name: searchName(name) },
      ...{ language, created_at: now.toString() },
    })),
  );
  await insertRows(
    tx,
    'staff_assignment',
    { staff_id: 'uuid', role: '"StaffRole"', unit_id: 'uuid' },
    demoStaff.flatMap(({ name, roles }) =>
      roles.map(({ role, unit }) => ({ staff_id: idOf(name), role, unit_id: unitOf(unit) })),
    ),
  );
  return idOf;
}

export const AWAY = 'Amira Haddad';
export const DEPUTY = 'Jonas Lind';
/** Some days ago, the last working day among them. */
export const awayFrom = (today: PlainDate): PlainDate => earlier(today.subtract({ days: 3 }), back(today, 1));

export async function addAbsence(tx: Tx, staffOf: Ids, { today, now }: Seeding): Promise<void> {
  await insertRows(
    tx,
    'absence',
    {
      ...{ id: 'uuid', staff_id: 'uuid', deputy_id: 'uuid', first_day: 'date', last_day: 'date' },
      ...{ recorded_by_id: 'uuid', recorded_at: 'timestamptz' },
    },
    [
      {
        ...{ id: uuidv7(), staff_id: staffOf(AWAY), deputy_id: staffOf(DEPUTY) },
        ...{ first_day: awayFrom(today).toString(), last_day: today.add({ days: 11 }).toString() },
        ...{ recorded_by_id: staffOf('Birgitte Thorup'), recorded_at: now.subtract({ hours: 96 }).toString() },
      },
    ],
  );
}
