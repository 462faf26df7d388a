/** A small municipality for tests: units, and one person of each kind, all made up. */
import { v7 as uuidv7 } from 'uuid';
import type { StaffRole } from '../../bot/domain/access.ts';
import type { PrismaClient } from '../../bot/store/generated/client.ts';
import { searchName } from '../../bot/text/normalise.ts';

const units = [
  { code: 'sf', name: 'Socialforvaltningen', kind: 'administration', path: '/sf/' },
  { code: 'hje', name: 'Hjemløseenheden', kind: 'unit', path: '/sf/hje/', parent: 'sf' },
  { code: 'syd', name: 'Enhed Syd', kind: 'unit', path: '/sf/syd/', parent: 'sf' },
  { code: 'anv', name: 'Den boligsociale anvisning', kind: 'housing_assignment', path: '/sf/anv/', parent: 'sf' },
  { code: 'boc', name: 'Bocentret', kind: 'shelter', path: '/sf/boc/', parent: 'sf', authority: 'hje' },
  { code: 'her', name: 'Herbergscentret', kind: 'shelter', path: '/sf/her/', parent: 'sf', authority: 'hje' },
  { code: 'fre', name: 'Frederikssundsvej', kind: 'shelter', path: '/sf/fre/', parent: 'sf', authority: 'syd' },
  { code: 'spo', name: 'Sporsløjfen', kind: 'independent_shelter', path: '/spo/', authority: 'hje' },
  { code: 'bif', name: 'BIF', kind: 'administration', path: '/bif/' },
] as const;
export type UnitCode = (typeof units)[number]['code'];

/** Who works where. The first name tells the role and place, so that a failing test reads by itself. */
export const people = {
  mette: { name: 'Mette Holm', roles: [['shelter_staff', 'boc']] },
  bo: { name: 'Bo Bang', roles: [['shelter_staff', 'boc']] },
  ida: { name: 'Ida Fjord', roles: [['shelter_staff', 'her']] },
  jonas: { name: 'Jonas Lind', roles: [['caseworker', 'hje']] },
  karla: { name: 'Karla Munk', roles: [['caseworker', 'hje']] },
  svend: { name: 'Svend Ravn', roles: [['caseworker', 'syd']] },
  leder: { name: 'Lone Eg', roles: [['manager', 'hje']] },
  herbergsleder: { name: 'Hans Ask', roles: [['manager', 'boc']] },
  chef: { name: 'Carla Birk', roles: [['manager', 'sf']] },
  sanne: { name: 'Sanne Krogh', roles: [['housing_officer', 'anv']] },
  ole: { name: 'Ole Skov', roles: [['housing_officer', 'anv']] },
  /** Holds two hats: nominates as caseworker, decides as officer. */
  tove: {
    name: 'Tove Dal',
    roles: [
      ['caseworker', 'hje'],
      ['housing_officer', 'anv'],
    ],
  },
  bif: { name: 'Bent Fisker', roles: [['bif_caseworker', 'bif']] },
  bifleder: { name: 'Bodil Iversen', roles: [['manager', 'bif']] },
  stine: { name: 'Stine Bro', roles: [['support_worker', 'sf']] },
  spor: { name: 'Per Spor', roles: [['track_owner', 'sf']] },
  admin: { name: 'Anna Dam', roles: [['administrator', 'sf']] },
  kontrol: { name: 'Knud Trolle', roles: [['auditor', 'sf']] },
  selvejende: { name: 'Elva Ejby', roles: [['shelter_staff', 'spo']] },
} as const satisfies Record<string, { name: string; roles: readonly (readonly [StaffRole, UnitCode])[] }>;
export type PersonName = keyof typeof people;
export const personNames = Object.keys(people) as PersonName[];

export interface Town {
  readonly unitIds: Readonly<Record<UnitCode, string>>;
  readonly staffIds: Readonly<Record<PersonName, string>>;
  readonly aadIds: Readonly<Record<PersonName, string>>;
}

/** Puts the units and people in. */
export async function foundTown(prisma: PrismaClient): Promise<Town> {
  const unitIds = Object.fromEntries(units.map(({ code }) => [code, uuidv7()])) as Record<UnitCode, string>;
  await prisma.unit.createMany({
    data: units.map((unit) => ({
      id: unitIds[unit.code],
      code: unit.code,
      name: unit.name,
      kind: unit.kind,
      path: unit.path,
      parentId: 'parent' in unit ? unitIds[unit.parent] : null,
    })),
  });
  for (const unit of units)
    if ('authority' in unit)
      await prisma.unit.update({ where: { code: unit.code }, data: { authorityId: unitIds[unit.authority] } });
  const staffIds = Object.fromEntries(personNames.map((name) => [name, uuidv7()])) as Record<PersonName, string>;
  const aadIds = Object.fromEntries(
    personNames.map((name, index) => [name, `00000000-aaaa-4000-8000-${String(index + 1).padStart(12, '0')}`]),
  ) as Record<PersonName, string>;
  await prisma.staff.createMany({
    data: personNames.map((name) => ({
      id: staffIds[name],
      aadObjectId: aadIds[name],
      name: people[name].name,
      searchName: searchName(people[name].name),
    })),
  });
  await prisma.staffAssignment.createMany({
    data: personNames.flatMap((name) =>
      people[name].roles.map(([role, unit]) => ({ staffId: staffIds[name], role, unitId: unitIds[unit] })),
    ),
  });
  return { unitIds, staffIds, aadIds };
}
