/** The list of staff: several rows per person, one for each role in a unit. */
import { v7 as uuidv7 } from 'uuid';
import type { StaffRole } from '../domain/access.ts';
import { insertRows, withRows } from '../store/bulk.ts';
import type { PrismaTx as Tx } from '../store/database.ts';
import { searchName } from '../text/normalise.ts';
import { objectId, oneOf, optional, type Problem, required, type Row, text, unitCode, yesNo } from './columns.ts';
import { firstOfEach, type ImportKind, type Note } from './plan.ts';

const roles = oneOf<StaffRole>({
  shelter_staff: ['herbergsmedarbejder'],
  caseworker: ['myndighedssagsbehandler', 'sagsbehandler', 'fremskudt myndighedssagsbehandler'],
  housing_officer: ['boligsocial anvisning', 'den boligsociale anvisning', 'anviser'],
  bif_caseworker: ['sagsbehandler i BIF', 'BIF-sagsbehandler'],
  support_worker: ['bostøttemedarbejder', 'bostøtte'],
  track_owner: ['sporansvarlig'],
  manager: ['leder'],
  administrator: ['administrator'],
  auditor: ['kontrol'],
});

export const staffColumns = {
  aadObjectId: required(
    {
      header: 'Entra-objekt-id',
      aliases: ['aadObjectId', 'Objekt-id', 'Object ID'],
      meaning: 'The key: the object id of the person in Entra, by which Teams says who writes.',
    },
    objectId,
  ),
  name: required(
    { header: 'Navn', aliases: ['Medarbejder'], meaning: 'The same in all rows of the person.' },
    text(120),
  ),
  role: optional({ header: 'Rolle', meaning: 'Required while the person is active.' }, roles),
  unit: optional(
    {
      header: 'Enhed',
      aliases: ['Enhedskode'],
      meaning: 'The code of the unit that the role is held in. Required while the person is active.',
    },
    unitCode,
  ),
  language: optional(
    { header: 'Sprog', meaning: 'What Hjemvej speaks with the person; Danish for a new one without.' },
    oneOf({ da: ['dansk'], en: ['engelsk'] }),
  ),
  active: optional(
    { header: 'Aktiv', meaning: 'Whether the person may use Hjemvej; an empty cell, or no such column, is *ja*.' },
    yesNo,
  ),
} as const;

type StaffRow = Row<typeof staffColumns>;

interface Person {
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  readonly language: 'da' | 'en';
  readonly active: boolean;
  /** `role@unit code`, in order. */
  readonly roles: readonly string[];
}

export const staff: ImportKind<typeof staffColumns> = {
  columns: staffColumns,
  async plan(tx, rows, { deactivateMissing }) {
    const unitIds = new Map(
      (await tx.unit.findMany({ where: { active: true } })).map(({ code, id }) => [code, id] as const),
    );
    const before = await peopleBefore(tx);
    const problems: Problem[] = [];
    const listed = peopleListed(rows, unitIds, before, problems);

    const after = new Map<string, Person>(listed);
    const missing = [...before.values()].filter(({ aadObjectId }) => !listed.has(aadObjectId));
    for (const person of missing)
      after.set(person.aadObjectId, deactivateMissing ? { ...person, active: false } : person);
    if (problems.length === 0) problems.push(...refusals(before, after));

    const deactivated = [...after.values()].filter(
      ({ aadObjectId, active }) => !active && before.get(aadObjectId)?.active,
    );
    const written = [...listed.values()].filter((person) => !isSame(person, before.get(person.aadObjectId)));
    const added = written.filter(({ aadObjectId }) => !before.has(aadObjectId));
    const changed = written.filter((person) => before.has(person.aadObjectId) && !deactivated.includes(person));
    return {
      problems,
      summary: {
        ...{ added: added.length, changed: changed.length, unchanged: listed.size - written.length },
        ...{ deactivated: deactivated.length, notes: await handOvers(tx, before, after) },
      },
      async apply(tx, onProgress) {
        await insertRows(
          tx,
          'staff',
          { id: 'uuid', aad_object_id: 'uuid', name: 'text', search_name: 'text' },
          added.map(({ id, aadObjectId, name }) => ({
            id,
            aad_object_id: aadObjectId,
            name,
            search_name: searchName(name),
          })),
        );
        await withRows(
          tx,
          { id: 'uuid', name: 'text', search_name: 'text', language: '"Language"', active: 'boolean' },
          [...new Set([...written, ...deactivated])].map(({ id, name, language, active }) => ({
            ...{ id, name, search_name: searchName(name), language, active },
          })),
          `update staff s set name = i.name, search_name = i.search_name, language = i.language, active = i.active
           from incoming i where s.id = i.id`,
        );
        await tx.staffAssignment.deleteMany({ where: { staffId: { in: written.map(({ id }) => id) } } });
        await insertRows(
          tx,
          'staff_assignment',
          { staff_id: 'uuid', role: '"StaffRole"', unit_id: 'uuid' },
          written.flatMap(({ id, roles: pairs }) =>
            pairs.map((pair) => {
              const [role, code = ''] = pair.split('@');
              return { staff_id: id, role, unit_id: unitIds.get(code) };
            }),
          ),
        );
        onProgress(written.length, written.length);
      },
    };
  },
};

async function peopleBefore(tx: Tx): Promise<ReadonlyMap<string, Person>> {
  const found = await tx.staff.findMany({ include: { assignments: { include: { unit: true } } } });
  return new Map(
    found.map(({ id, aadObjectId, name, language, active, assignments }) => {
      const pairs = assignments.map(({ role, unit }) => `${role}@${unit.code}`).sort();
      return [aadObjectId, { id, aadObjectId, name, language, active, roles: pairs }];
    }),
  );
}

/** The rows gathered by person; what differs between the rows of one person is a problem. */
function peopleListed(
  rows: readonly StaffRow[],
  unitIds: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, Person>,
  problems: Problem[],
): Map<string, Person> {
  const unique = firstOfEach(
    rows,
    ({ aadObjectId, role, unit }) => `${aadObjectId} ${role ?? ''} ${unit ?? ''}`,
    ({ line }, first) => problems.push({ line, column: staffColumns.role, code: 'duplicate', detail: `${first}` }),
  );
  const people = new Map<string, Person>();
  for (const [aadObjectId, own] of Map.groupBy(unique, (row) => row.aadObjectId)) {
    const first = own[0];
    if (!first) continue;
    const known = before.get(aadObjectId);
    const active = first.active ?? true;
    for (const row of own) {
      const { line, role, unit } = row;
      const differs = { line, code: 'differs', detail: `${first.line}` } as const;
      if (row.name !== first.name) problems.push({ ...differs, column: staffColumns.name });
      if ((row.language ?? null) !== (first.language ?? null))
        problems.push({ ...differs, column: staffColumns.language });
      if ((row.active ?? true) !== active) problems.push({ ...differs, column: staffColumns.active });
      if (active && !role) problems.push({ line, column: staffColumns.role, code: 'roleMissing' });
      if (active && !unit) problems.push({ line, column: staffColumns.unit, code: 'roleMissing' });
      if (unit && !unitIds.has(unit)) problems.push({ line, column: staffColumns.unit, code: 'unknownUnit' });
    }
    const pairs = own.flatMap(({ role, unit }) => (role && unit ? [`${role}@${unit}`] : [])).sort();
    people.set(aadObjectId, {
      ...{ id: known?.id ?? uuidv7(), aadObjectId, name: first.name, active },
      language: first.language ?? known?.language ?? 'da',
      // Somebody who leaves may be listed without the roles held until then.
      roles: active || pairs.length > 0 ? pairs : (known?.roles ?? []),
    });
  }
  return people;
}

const isSame = (person: Person, known: Person | undefined): boolean =>
  known !== undefined &&
  (['name', 'language', 'active'] as const).every((field) => person[field] === known[field]) &&
  person.roles.join() === known.roles.join();

const has = ({ active, roles: pairs }: Person, ...wanted: readonly StaffRole[]): boolean =>
  active && pairs.some((pair) => wanted.some((role) => pair.startsWith(`${role}@`)));

/** What would leave nobody able to mend it. */
function* refusals(before: ReadonlyMap<string, Person>, after: ReadonlyMap<string, Person>): Generator<Problem> {
  const wereActive = [...before.values()].filter(({ active }) => active);
  const stay = wereActive.filter(({ aadObjectId }) => after.get(aadObjectId)?.active);
  if (wereActive.length > 0 && stay.length === 0) yield { line: null, column: null, code: 'everybody' };
  const administrated = wereActive.some((person) => has(person, 'administrator'));
  if (administrated && ![...after.values()].some((person) => has(person, 'administrator')))
    yield { line: null, column: null, code: 'lastAdministrator' };
}

/** The open cases whose caseworker leaves, or is no caseworker any more: they stay theirs until somebody takes them. */
async function handOvers(
  tx: Tx,
  before: ReadonlyMap<string, Person>,
  after: ReadonlyMap<string, Person>,
): Promise<readonly Note[]> {
  const gone = [...after.values()].filter((person) => {
    const known = before.get(person.aadObjectId);
    return known && has(known, 'caseworker', 'manager') && !has(person, 'caseworker', 'manager');
  });
  if (gone.length === 0) return [];
  const cases = await tx.referral.findMany({
    where: { closedAt: null, caseworkerId: { in: gone.map(({ id }) => id) } },
    select: { number: true, caseworkerId: true },
    orderBy: { number: 'asc' },
  });
  return gone.flatMap(({ id, aadObjectId }): Note[] => {
    const own = cases.filter(({ caseworkerId }) => caseworkerId === id).map(({ number }) => number);
    return own.length > 0 ? [{ code: 'handOver', person: aadObjectId, cases: own }] : [];
  });
}
