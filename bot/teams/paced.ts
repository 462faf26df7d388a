/** A messenger that keeps to what Teams allows, also among replicas: it waits for a slot that is near, and says when one is not. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Paces } from '../domain/pace.ts';
import type { Store } from '../store/database.ts';
import { type Bucket, pauseBucket, takeSlots } from '../store/send-buckets.ts';
import type { Messenger } from '../workflows/turn.ts';
import { ConnectorError } from './messenger.ts';

/** Nothing was asked of the connector: the conversation has had as much as it may for now. */
export class TooSoon extends Error {
  override readonly name = 'TooSoon';
  readonly afterMs: number;
  /** A slot later there is another one. */
  readonly everyMs: number;
  constructor(afterMs: number, everyMs: number) {
    super(`The next slot is ${afterMs} ms away`);
    this.afterMs = afterMs;
    this.everyMs = everyMs;
  }
}

/** Whoever waits for a slot holds up a worker, so only for as long as the tenant's slots may need. */
const MOST_WAIT_MS = 500;

export function pacedMessenger(messenger: Messenger, db: Store, paces: Paces): Messenger {
  const tenant = (id = ''): Bucket => ({ name: `tenant ${id}`, pace: paces.tenant });
  const conversation = (id: string): Bucket => ({ name: `conversation ${id}`, pace: paces.conversation });

  /** The first of the buckets is paused when the connector asks for one. */
  async function inTurn<Answer>(buckets: readonly [Bucket, ...Bucket[]], ask: () => Promise<Answer>): Promise<Answer> {
    const { taken, waitMs } = await takeSlots(db, buckets, MOST_WAIT_MS);
    if (!taken) throw new TooSoon(waitMs, buckets[0].pace.everyMs);
    if (waitMs > 0) await sleep(waitMs);
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ConnectorError && error.kind === 'throttled' && error.retryAfterSeconds !== undefined)
        await pauseBucket(db, buckets[0], error.retryAfterSeconds * 1_000);
      throw error;
    }
  }

  return {
    create: (to) => inTurn([conversation(`with ${to.userId}`), tenant(to.tenantId)], () => messenger.create(to)),
    send: (place, reply) =>
      inTurn([conversation(place.conversationId), tenant(place.tenantId)], () => messenger.send(place, reply)),
    update: (place, activityId, reply) =>
      inTurn([conversation(place.conversationId), tenant(place.tenantId)], () =>
        messenger.update(place, activityId, reply),
      ),
  };
}
