/** The list of units: the tree, and who takes the residents of which shelter. */
import { v7 as uuidv7 } from 'uuid';
import { insertRows, withRows } from '../store/bulk.ts';
import { fromDateColumn } from '../store/temporal.ts';
import { day, oneOf, optional, type Problem, required, type Row, text, unitCode } from './columns.ts';
import { firstOfEach, type ImportKind } from './plan.ts';

const kinds = oneOf({
  administration: ['forvaltning'],
  unit: ['enhed', 'center', 'afdeling'],
  housing_assignment: ['boligsocial anvisning', 'den boligsociale anvisning', 'anvisning'],
  shelter: ['herberg', 'kommunalt herberg', 'boform'],
  independent_shelter: ['selvejende herberg', 'selvejende'],
});

export const unitColumns = {
  code: required(
    { header: 'Kode', aliases: ['Enhedskode'], meaning: 'The key: letters a-z, digits and hyphens. It never changes.' },
    unitCode,
  ),
  name: required({ header: 'Navn', aliases: ['Enhed'], meaning: 'The name that staff read.' }, text(120)),
  kind: required({ header: 'Type', aliases: ['Enhedstype'], meaning: 'What it is.' }, kinds),
  parent: optional(
    { header: 'Overordnet', aliases: ['Overordnet enhed'], meaning: 'The code of the unit above; empty at the top.' },
    unitCode,
  ),
  authority: optional(
    {
      header: 'Myndighed',
      aliases: ['Myndighedsenhed'],
      meaning:
        'For a shelter: the code of the unit whose caseworkers take its residents. Every municipal shelter has one.',
    },
    unitCode,
  ),
  agreementFrom: optional(
    {
      header: 'Aftale fra',
      aliases: ['Aftaledato'],
      meaning: 'For an independent shelter: the day from which an agreement lets its staff in. Without one it is off.',
    },
    day,
  ),
} as const;

type UnitRow = Row<typeof unitColumns>;

/** A unit as it is, or as it would be. */
interface Unit {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: UnitRow['kind'];
  readonly parent: string | null;
  readonly authority: string | null;
  readonly agreementFrom: string | null;
}

export const units: ImportKind<typeof unitColumns> = {
  columns: unitColumns,
  async plan(tx, rows) {
    const found = await tx.unit.findMany({ include: { parent: true, authority: true } });
    const before = new Map(
      found.map(({ id, code, name, kind, parent, authority, agreementFrom, path }) => [
        code,
        {
          ...{ id, code, name, kind, path, parent: parent?.code ?? null, authority: authority?.code ?? null },
          agreementFrom: agreementFrom && fromDateColumn(agreementFrom).toString(),
        },
      ]),
    );
    const problems: Problem[] = [];
    const listed = firstOfEach(
      rows,
      ({ code }) => code,
      ({ line }, first) => problems.push({ line, column: unitColumns.code, code: 'duplicate', detail: `${first}` }),
    );

    // A column that the file lacks leaves what is known.
    const after = new Map<string, Unit>(before);
    for (const row of listed) {
      const known = before.get(row.code);
      const { code, name, kind, parent = known?.parent, authority = known?.authority } = row;
      const { agreementFrom = known?.agreementFrom } = row;
      after.set(code, {
        ...{ id: known?.id ?? uuidv7(), code, name, kind, parent: parent ?? null },
        ...{ authority: authority ?? null, agreementFrom: agreementFrom ?? null },
      });
    }
    for (const row of listed) problems.push(...problemsOf(row, after));
    if (problems.length > 0) return { problems, summary: nothing, apply: () => Promise.resolve() };

    const pathOf = (unit: Unit): string => {
      const above = unit.parent === null ? undefined : after.get(unit.parent);
      return `${above ? pathOf(above) : '/'}${unit.code}/`;
    };
    const idOf = (code: string | null) => (code === null ? null : (after.get(code)?.id ?? null));
    const written = [...after.values()].filter((unit) => {
      const known = before.get(unit.code);
      return !known || known.path !== pathOf(unit) || fields.some((field) => known[field] !== unit[field]);
    });
    const added = written.filter(({ code }) => !before.has(code));
    const changed = new Set(written.filter(({ code }) => before.has(code)).map(({ code }) => code));
    return {
      problems,
      summary: {
        ...{ added: added.length, changed: changed.size, deactivated: 0, notes: [] },
        unchanged: listed.filter(({ code }) => before.has(code) && !changed.has(code)).length,
      },
      async apply(tx, onProgress) {
        // New ones first stand alone: the unit above may come later in the file.
        await insertRows(
          tx,
          'unit',
          { id: 'uuid', code: 'text', name: 'text', kind: '"UnitKind"', path: 'text' },
          added.map((unit) => ({ id: unit.id, code: unit.code, name: unit.name, kind: unit.kind, path: pathOf(unit) })),
        );
        await withRows(
          tx,
          {
            ...{ id: 'uuid', name: 'text', kind: '"UnitKind"', path: 'text' },
            ...{ parent_id: 'uuid', authority_id: 'uuid', agreement_from: 'date' },
          },
          written.map((unit) => ({
            ...{ id: unit.id, name: unit.name, kind: unit.kind, path: pathOf(unit) },
            ...{ parent_id: idOf(unit.parent), authority_id: idOf(unit.authority), agreement_from: unit.agreementFrom },
          })),
          `update unit u set name = i.name, kind = i.kind, path = i.path, parent_id = i.parent_id,
                  authority_id = i.authority_id, agreement_from = i.agreement_from
           from incoming i where u.id = i.id`,
        );
        onProgress(written.length, written.length);
      },
    };
  },
};

const nothing = { added: 0, changed: 0, unchanged: 0, deactivated: 0, notes: [] };
const fields = ['name', 'kind', 'parent', 'authority', 'agreementFrom'] as const;

function* problemsOf({ line, code }: UnitRow, units: ReadonlyMap<string, Unit>): Generator<Problem> {
  const unit = units.get(code);
  if (!unit) return;
  const { parent, authority: authorityColumn, agreementFrom } = unitColumns;
  if (unit.parent !== null && !units.has(unit.parent)) yield { line, column: parent, code: 'unknownUnit' };
  else if (liesBelowItself(unit, units)) yield { line, column: parent, code: 'cycle' };

  const isShelter = unit.kind === 'shelter' || unit.kind === 'independent_shelter';
  if (unit.authority === null) {
    const needsOne = unit.kind === 'shelter' || (isShelter && unit.agreementFrom !== null);
    if (needsOne) yield { line, column: authorityColumn, code: 'authorityMissing' };
  } else {
    const authority = units.get(unit.authority);
    if (!isShelter) yield { line, column: authorityColumn, code: 'authorityNotForThis' };
    else if (!authority) yield { line, column: authorityColumn, code: 'unknownUnit' };
    else if (authority.kind === 'shelter' || authority.kind === 'independent_shelter')
      yield { line, column: authorityColumn, code: 'authorityIsShelter' };
  }
  if (unit.agreementFrom !== null && unit.kind !== 'independent_shelter')
    yield { line, column: agreementFrom, code: 'agreementNotForThis' };
}

function liesBelowItself(unit: Unit, units: ReadonlyMap<string, Unit>): boolean {
  const seen = new Set<string>();
  for (let at: Unit | undefined = unit; at; at = at.parent === null ? undefined : units.get(at.parent)) {
    if (seen.has(at.code)) return true;
    seen.add(at.code);
  }
  return false;
}
