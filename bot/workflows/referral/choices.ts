/** Whom and what the fields of a step let one choose from. */
import type { Field, Form } from '../../domain/referral/form.ts';
import type { CaseFile } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { type Colleague, staffBelow, teamOf } from '../../store/people.ts';

import type { HomeKind } from '../../domain/schemes.ts';
import { fittingDwellings } from '../homes/shortlist.ts';
import { caseHomeWords } from './case-home-words.ts';
import type { Reader } from './present.ts';

export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** By field name; fields with a coded list of their own are not here. */
export type Choices = Readonly<Record<string, readonly Choice[]>>;

/**
 * The members of staff that a field lets one choose: a caseworker near the case's unit, of other roles anybody of the
 * same administration.
 */
export function staffChoices(db: Tx, file: CaseFile, { roles = [] }: Field): Promise<Colleague[]> {
  if (roles.length === 1 && roles[0] === 'caseworker') return teamOf(db, roles, file.authority.path);
  const administration = `/${file.authority.path.split('/')[1] ?? ''}/`;
  return staffBelow(db, roles, administration);
}

/** What the fields of the form without a coded list let this reader choose from. */
export async function choicesOf(reader: Reader, file: CaseFile, form: Form): Promise<Choices> {
  const db = reader.deps.prisma;
  const chosenFrom = async (field: Field): Promise<readonly Choice[]> =>
    field.kind === 'dwelling'
      ? dwellingChoices(reader, file)
      : (await staffChoices(db, file, field)).map(({ id, name: title }) => ({ title, value: id }));
  const asked = Object.entries(form).filter(([, { kind }]) => kind === 'staff' || kind === 'dwelling');
  return Object.fromEntries(
    await Promise.all(asked.map(async ([name, field]) => [name, await chosenFrom(field)] as const)),
  );
}

/** As many dwellings as a card has room for. */
const MOST_DWELLINGS = 12;

/** The dwellings that may be offered, those that fit first, each with what it costs and what speaks against it. */
async function dwellingChoices({ deps, today, locale }: Reader, file: CaseFile): Promise<Choice[]> {
  const declined = file.offers.filter(({ state }) => state === 'declined').map(({ dwellingId }) => dwellingId);
  const { householdAdults, householdChildren, homeKind, payableOere } = file.facts;
  const need = {
    adults: householdAdults ?? 1,
    children: householdChildren ?? 0,
    homeKind: (homeKind ?? 'other_home') as HomeKind,
    payableOere,
    declined,
  };
  const found = await fittingDwellings(deps.prisma, need, today, deps.rules, file.rates);
  const words = caseHomeWords[locale];
  return found.slice(0, MOST_DWELLINGS).map(({ dwelling, fit, cost, watch, against }) => ({
    title: [
      `${dwelling.address}, ${words.rooms(dwelling.rooms)}`,
      cost(locale),
      fit.fits ? watch(locale).join('; ') : `${words.doesNotFit}: ${against(locale).join('; ')}`,
    ]
      .filter(Boolean)
      .join(' · '),
    value: dwelling.id,
  }));
}
