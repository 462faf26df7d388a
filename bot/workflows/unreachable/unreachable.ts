/** Those who lead a colleague learn that messages do not reach them, so that a human can do what Hjemvej cannot. */
import { z } from 'zod';
import { type Instant, legalDate } from '../../domain/time.ts';
import { conversationOf } from '../../store/conversations.ts';
import type { Tx } from '../../store/database.ts';
import { waitingFor } from '../../store/ledger.ts';
import type { Telling } from '../../store/outbox.ts';
import { findByStaffId, leadersOf } from '../../store/people.ts';
import type { Reader } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { unreachableWords } from './words.ts';

export const UNREACHABLE = 'unreachable';

const subjectSchema = z.object({ staffId: z.uuid(), why: z.enum(['gone', 'refused']) });

/**
 * To each who leads the person: once a day, however much does not arrive. `gone`: they have no app, or have blocked it; `refused`: a
 * message was given up. None about somebody who has left.
 */
export async function tellLeaders(
  db: Tx,
  { staffId, why }: z.infer<typeof subjectSchema>,
  now: Instant,
): Promise<Telling[]> {
  const today = legalDate(now);
  const leaders = await leadersOf(db, staffId, today);
  return leaders.map((recipientId) => ({
    key: `${UNREACHABLE}:${staffId}:${today.toString()}:${recipientId}`,
    kind: UNREACHABLE,
    recipientId,
    subject: { staffId, why },
  }));
}

/** Null when the person can be written to again, or is led by others now. */
export async function unreachableMessage(
  { deps: { db }, actor, locale, today }: Reader,
  subject: unknown,
): Promise<BotReply | null> {
  const { staffId, why } = subjectSchema.parse(subject);
  const person = await findByStaffId(db, staffId, today);
  if (!person || !(await leadersOf(db, staffId, today)).includes(actor.staffId)) return null;
  const words = unreachableWords[locale];
  if (why === 'refused') return { kind: 'text', text: words.refused(person.name) };
  if (await conversationOf(db, staffId)) return null;
  return { kind: 'text', text: words.gone(person.name, await waitingFor(db, staffId)) };
}
