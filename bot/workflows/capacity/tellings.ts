/** Who hears of what happens to a check-in. */
import type { CheckIn } from '../../store/check-ins.ts';
import type { Tx } from '../../store/database.ts';
import { employmentPath } from '../../store/check-ins.ts';
import type { StaffTelling } from '../../store/outbox.ts';
import { audiencesOf } from '../../store/people.ts';
import type { PlainDate } from '../../domain/time.ts';
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

/** Those on SF's side who wait for the answer: who asked, and who has the citizen; the authority's leaders when nobody has. */
export async function askers(tx: Tx, checkIn: CheckIn, today: PlainDate): Promise<readonly string[]> {
  const { askedBy, caseworkerId, supporterId, authorityPath } = checkIn;
  const people = [askedBy?.active ? askedBy.id : null, caseworkerId, supporterId].filter((id) => id !== null);
  return people.length > 0 ? people : leaders(tx, authorityPath, today);
}

async function leaders(tx: Tx, unitPath: string | null, today: PlainDate): Promise<readonly string[]> {
  if (unitPath === null) return [];
  const [found] = await audiencesOf(tx, [{ roles: ['manager'], unitPath }], today);
  return found?.withDeputies ?? [];
}
