/** The units and staff of the demo: a municipality as domain.md § 11 describes it, with made-up people. */
import type { StaffRole } from '../domain/access.ts';
import type { Locale } from '../text/words.ts';

export interface DemoUnit {
  readonly code: string;
  readonly name: string;
  readonly kind: 'administration' | 'unit' | 'housing_assignment' | 'shelter' | 'independent_shelter';
  readonly parent: string | null;
  /** For a shelter: the unit whose caseworkers take its residents. */
  readonly authority?: string;
}

const AUTHORITY = 'hjemloese';
const municipal = (code: string, name: string): DemoUnit => ({
  code,
  name,
  kind: 'shelter',
  parent: 'voksne',
  authority: AUTHORITY,
});
/** Apart from the municipality's tree, and off: no agreement is recorded. */
const independent = (code: string, name: string): DemoUnit => ({
  code,
  name,
  kind: 'independent_shelter',
  parent: null,
  authority: AUTHORITY,
});

/** Every unit after the one it lies below. */
export const demoUnits: readonly DemoUnit[] = [
  { code: 'sf', name: 'Socialforvaltningen', kind: 'administration', parent: null },
  { code: 'hjemloese', name: 'Hjemløseenheden', kind: 'unit', parent: 'sf' },
  { code: 'voksne', name: 'Borgercenter Voksne', kind: 'unit', parent: 'sf' },
  { code: 'anvisning', name: 'Den boligsociale anvisning', kind: 'housing_assignment', parent: 'sf' },
  municipal('frederikssundsvej', 'Herberget Frederikssundsvej'),
  municipal('herbergscentret', 'Herbergscentret'),
  municipal('bocentret', 'Bocentret'),
  { code: 'bif', name: 'Beskæftigelses- og Integrationsforvaltningen', kind: 'administration', parent: null },
  { code: 'bif-udsatte', name: 'Beskæftigelsesindsatsen for udsatte borgere', kind: 'unit', parent: 'bif' },
  independent('gl-koege-landevej', 'Gl. Køge Landevej (WeShelter)'),
  independent('sporsloejfen', 'Sporsløjfen (WeShelter)'),
  independent('maendenes-hjem', 'Mændenes Hjem'),
  independent('artillerivej', 'KFUM på Artillerivej'),
];

/** The codes from the root down, as `/sf/voksne/bocentret/`. */
export function demoPath(code: string): string {
  const unit = demoUnits.find((candidate) => candidate.code === code);
  if (!unit) throw new Error(`The demo has no unit '${code}'`);
  return `${unit.parent === null ? '/' : demoPath(unit.parent)}${code}/`;
}

export interface DemoPerson {
  readonly aadObjectId: string;
  readonly name: string;
  readonly language: Locale;
  /** The first is the one that the person is introduced with. */
  readonly roles: readonly { readonly role: StaffRole; readonly unit: string }[];
}

type RoleAt = `${StaffRole}@${string}`;

function person(number: number, name: string, roles: readonly RoleAt[], language: Locale = 'da'): DemoPerson {
  return {
    aadObjectId: `5f0c1f5e-0000-4000-8000-${String(number).padStart(12, '0')}`,
    name,
    language,
    roles: roles.map((pair) => {
      const [role, unit] = pair.split('@') as [StaffRole, string];
      return { role, unit };
    }),
  };
}

/** All made up. The tester in the Agents Playground is the first. */
export const demoStaff: readonly DemoPerson[] = [
  person(1, 'Mette Holm', ['shelter_staff@bocentret']),
  person(2, 'Jonas Lind', ['caseworker@hjemloese']),
  person(3, 'Amira Haddad', ['caseworker@hjemloese']),
  person(4, 'Birgitte Thorup', ['manager@hjemloese']),
  person(5, 'Sanne Krogh', ['housing_officer@anvisning']),
  person(6, 'Henrik Bak', ['housing_officer@anvisning']),
  person(7, 'Lone Dahl', ['manager@bocentret']),
  person(8, 'Samir Yilmaz', ['bif_caseworker@bif-udsatte']),
  person(9, 'Line Toft', ['support_worker@voksne']),
  person(10, 'Ulla Brandt', ['track_owner@sf']),
  person(11, 'Anders Kjær', ['administrator@sf']),
  person(12, 'Else Riis', ['auditor@sf']),
  person(13, 'Tobias Munk', ['shelter_staff@bocentret']),
  person(14, 'Fatima Nour', ['shelter_staff@frederikssundsvej']),
  person(15, 'Ole Winther', ['manager@frederikssundsvej']),
  person(16, 'Camilla Rask', ['shelter_staff@herbergscentret']),
  person(17, 'Bent Aagaard', ['manager@herbergscentret']),
  person(18, 'Nadia Bruun', ['caseworker@hjemloese', 'track_owner@hjemloese']),
  person(19, 'Emily Carter', ['shelter_staff@herbergscentret', 'shelter_staff@frederikssundsvej'], 'en'),
  person(20, 'Poul Storm', ['manager@anvisning']),
  person(21, 'Karin Bundgaard', ['bif_caseworker@bif-udsatte']),
  person(22, 'Kirsten Hald', ['manager@bif-udsatte']),
  person(23, 'Rasmus Skov', ['support_worker@hjemloese']),
  person(24, 'Ida Vang', ['shelter_staff@sporsloejfen']),
];
