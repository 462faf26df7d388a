/** Who hears of what happens to a check-in. */
import type { PlainDate } from '../../domain/time.ts';
import { type CheckIn, employmentPath } from '../../store/check-ins.ts';
import type { Tx } from '../../store/database.ts';
import type { StaffTelling } from '../../store/outbox.ts';
import { activePeople, type Ask, audiencesOf } from '../../store/people.ts';
import type { capacityWords } from './words.ts';

export type CapacityMessage = keyof (typeof capacityWords)['da']['told'];

/** Told once of each version; never to whoever made the change. */
export function tellings(
  kind: CapacityMessage,
  checkIn: CheckIn,
  to: readonly (string | null)[],
  doneBy: string | null,
): StaffTelling[] {
  const recipients = new Set(to.filter((id): id is string => id !== null && id !== doneBy));
  return [...recipients].map((recipientId) => ({
    ...{ key: `${kind}:${checkIn.id}:${checkIn.version}:${recipientId}`, kind, recipientId },
    subject: { checkInId: checkIn.id, version: checkIn.version },
  }));
}

/** Those who allocate in BIF, with their deputies. */
export const allocators = async (tx: Tx, today: PlainDate): Promise<readonly string[]> =>
  leaders(tx, await employmentPath(tx), today);

/** Those of BIF who are to answer: whoever has it, with their deputy; those who allocate where nobody has. */
export async function answerers(tx: Tx, { owner }: CheckIn, today: PlainDate): Promise<readonly string[]> {
  const people = await stillThere(tx, [owner?.id ?? null], today);
  return people.length > 0 ? people : allocators(tx, today);
}

/** Those on SF's side who wait for the answer: who asked, and who has the citizen; the authority's leaders when nobody has. */
export async function askers(tx: Tx, checkIn: CheckIn, today: PlainDate): Promise<readonly string[]> {
  const { askedBy, caseworkerId, supporterId, authorityPath } = checkIn;
  const people = await stillThere(tx, [askedBy?.id ?? null, caseworkerId, supporterId], today);
  return people.length > 0 ? people : leaders(tx, authorityPath, today);
}

/** Those of these people who have not left, with the deputies of those who are away. */
async function stillThere(tx: Tx, ids: readonly (string | null)[], today: PlainDate): Promise<readonly string[]> {
  const asked = ids.filter((id) => id !== null);
  return reached(tx, { people: (await activePeople(tx, asked)).map(({ id }) => id) }, today);
}

const leaders = async (tx: Tx, unitPath: string | null, today: PlainDate): Promise<readonly string[]> =>
  unitPath === null ? [] : reached(tx, { roles: ['manager'], unitPath }, today);

async function reached(tx: Tx, ask: Ask, today: PlainDate): Promise<readonly string[]> {
  const [found] = await audiencesOf(tx, [ask], today);
  return found?.withDeputies ?? [];
}
