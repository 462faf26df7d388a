/** What each kind of message about a check-in says; null when it is no longer true, or no longer for this person. */
import { z } from 'zod';
import { actsFor } from '../../domain/access.ts';
import type { AccessEntry } from '../../store/access-log.ts';
import { type CheckIn, findCheckIn } from '../../store/check-ins.ts';
import type { Reader } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { checkInFor, seenOf } from './handlers.ts';
import type { CapacityMessage } from './tellings.ts';
import { capacityWords } from './words.ts';

export const isCapacityMessage = (kind: string): kind is CapacityMessage => Object.hasOwn(capacityWords.da.told, kind);

export async function capacityMessage(
  reader: Reader,
  kind: CapacityMessage,
  subject: Readonly<Record<string, unknown>>,
): Promise<{ readonly reply: BotReply; readonly seen: readonly AccessEntry[] } | null> {
  const { checkInId } = z.object({ checkInId: z.uuid() }).parse(subject);
  const checkIn = await findCheckIn(reader.deps.db, checkInId);
  if (!checkIn || !isTrue(kind, checkIn, reader)) return null;
  const card = await checkInFor(checkIn, reader, { banner: capacityWords[reader.locale].told[kind] });
  return card && { reply: { kind: 'card', card }, seen: [seenOf(checkIn, reader, 'capacity.message')] };
}

function isTrue(
  kind: CapacityMessage,
  { closedAt, owner, outcome, answer, measures }: CheckIn,
  { actor }: Reader,
): boolean {
  const isMine = owner !== null && actsFor(actor).includes(owner.id);
  switch (kind) {
    case 'capacity.asked':
      return closedAt === null && (owner === null || isMine);
    case 'capacity.allocated':
      return closedAt === null && isMine;
    case 'capacity.planned':
      return closedAt === null;
    case 'capacity.measure':
      return measures.some((measure) => measure.owner.id === actor.staffId && measure.outcome === null);
    case 'capacity.sent-on':
      return closedAt === null && owner === null;
    case 'capacity.answered':
      return outcome === 'answered' || outcome === 'cannot_judge' || answer?.partly === true;
    case 'capacity.taken-back':
      return outcome === 'taken_back';
  }
}
