/** What follows from an attempt: the message's state, its next attempt, and who is told that it did not arrive. */
import { setTimeout as sleep } from 'node:timers/promises';
import { logAccess } from '../store/access-log.ts';
import type { Tx } from '../store/database.ts';
import { giveUp, keepOutcome, markSent, queueDelivery, tell, type WaitingMessage } from '../store/outbox.ts';
import { markPlaceReached } from '../store/shared-places.ts';
import { tellLeaders } from '../workflows/unreachable/unreachable.ts';
import { nameOf, type Outcome, type Sent } from './attempt.ts';
import type { DeliveryParts } from './delivery.ts';

type Undelivered = Pick<WaitingMessage, 'id' | 'kind' | 'recipientId'>;

/** In the transaction that holds the message; what was sent is recorded in one of its own, at once. */
export function createSettle(
  parts: DeliveryParts,
  stopping: AbortSignal,
): (tx: Tx, message: WaitingMessage, outcome: Outcome) => Promise<void> {
  const { db, boss, now, log, metrics } = parts;

  return async (tx, message, outcome) => {
    const { id: messageId, kind, lastError } = message;
    switch (outcome.kind) {
      case 'sent':
        metrics?.sent.inc();
        return recordSent(message, outcome);
      case 'dropped':
        return keepOutcome(tx, messageId, { state: 'dropped', attempted: false });
      case 'too-soon':
        metrics?.held.inc();
        return queueDelivery(tx, boss, [messageId], outcome.afterSeconds);
      case 'failed':
        await keepOutcome(tx, messageId, { state: 'failed', code: outcome.code, attempted: true });
        return reportFailed(parts, tx, message, outcome);
      case 'later':
      case 'no-place': {
        const { code, afterSeconds } = outcome;
        const attempted = outcome.kind === 'later';
        metrics?.retried.inc({ code });
        const isNews = attempted || lastError !== code;
        const leadersTold =
          isNews && !attempted && outcome.gone ? await tellThem(parts, tx, message, 'gone') : undefined;
        if (isNews)
          log.warn({ messageId, kind, code, afterSeconds, leadersTold }, 'A message waits for another attempt');
        await keepOutcome(tx, messageId, { state: 'waiting', code, attempted });
        await queueDelivery(tx, boss, [messageId], afterSeconds);
      }
    }
  };

  /** Does not give up before the process ends: the connector has the message, so it must not be sent again. */
  async function recordSent({ id: messageId, placeId }: WaitingMessage, sent: Sent): Promise<void> {
    for (let failures = 0; ;) {
      try {
        await db.$transaction(async (tx) => {
          if (!(await markSent(tx, messageId, sent, now()))) return;
          await logAccess(tx, sent.seen);
          if (placeId !== null) await markPlaceReached(tx, placeId);
        });
        return;
      } catch (error) {
        failures++;
        log.error({ messageId, failures, code: nameOf(error) }, 'A message was sent but not yet recorded as sent');
        if (stopping.aborted && failures > 20) throw error;
        await sleep(500);
      }
    }
  }
}

/** A message whose job has failed in our own code again and again has failed too. */
export async function settleDead(parts: DeliveryParts, tx: Tx, messageId: string): Promise<void> {
  const code = 'gave-up';
  const message = await giveUp(tx, messageId, code);
  if (message) await reportFailed(parts, tx, message, { code, gone: false });
}

async function reportFailed(
  parts: DeliveryParts,
  tx: Tx,
  message: Undelivered,
  { code, gone }: { readonly code: string; readonly gone: boolean },
): Promise<void> {
  const leadersTold = await tellThem(parts, tx, message, gone ? 'gone' : 'refused');
  const { id: messageId, kind } = message;
  parts.metrics?.failed.inc({ code });
  parts.log.error({ messageId, kind, code, leadersTold }, 'A message could not be delivered');
}

/** Resolves to how many lead the recipient, and so are told; of none, the log is all there is. */
async function tellThem(
  { boss, now }: DeliveryParts,
  tx: Tx,
  { recipientId }: Undelivered,
  why: 'gone' | 'refused',
): Promise<number> {
  if (recipientId === null) return 0;
  const at = now();
  const tellings = await tellLeaders(tx, { staffId: recipientId, why }, at);
  await tell(tx, boss, tellings, at);
  return tellings.length;
}
