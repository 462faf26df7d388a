/** Whom and what the fields of a step let one choose from. */
import type { Field, Form } from '../../domain/referral/form.ts';
import type { CaseFile } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { type Colleague, staffBelow, teamOf } from '../../store/people.ts';
import { dwellingChoices } from './dwelling-choices.ts';
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

/** What the fields of the form without a coded list let this reader choose from; `chosen` are the answers on the card. */
export async function choicesOf(
  reader: Reader,
  file: CaseFile,
  form: Form,
  chosen: Readonly<Record<string, unknown>> = {},
): Promise<Choices> {
  const db = reader.deps.prisma;
  const chosenFrom = async (name: string, field: Field): Promise<readonly Choice[]> =>
    field.kind === 'dwelling'
      ? dwellingChoices(reader, file, chosen[name])
      : (await staffChoices(db, file, field)).map(({ id, name: title }) => ({ title, value: id }));
  const asked = Object.entries(form).filter(([, { kind }]) => kind === 'staff' || kind === 'dwelling');
  return Object.fromEntries(
    await Promise.all(asked.map(async ([name, field]) => [name, await chosenFrom(name, field)] as const)),
  );
}
