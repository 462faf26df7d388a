/**
 * Delivers what the outbox holds: each message once, for as long as the connector can be reached at all.
 *
 * A message is locked, made, authorised and sent; its row says `sent` in a transaction of its own, committed as soon as
 * the connector has answered, together with what its recipient saw: the access log knows no message that did not leave.
 * Only a process that is killed between the two sends it again: no order of the two steps can avoid both that and losing
 * it. A job is no more than the sign to look at some rows, so one too many does nothing.
 */
import type { Job, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Paces } from '../domain/pace.ts';
import type { Instant } from '../domain/time.ts';
import type { Store } from '../store/database.ts';
import { DELIVER, DELIVER_DEAD } from '../store/jobs.ts';
import {
  type DeliverJob,
  holdMessage,
  queueDelivery,
  readThread,
  sweepOutbox,
  THREAD_BUSY,
  type WaitingMessage,
} from '../store/outbox.ts';
import type { Composed } from '../workflows/messages.ts';
import type { Messenger } from '../workflows/turn.ts';
import { createAttempt, nameOf } from './attempt.ts';
import type { Metrics } from './metrics.ts';
import { createSettle, settleDead } from './settle.ts';

/** Where conversations are opened before anybody has written to the bot. */
export type Home = Omit<Parameters<Messenger['create']>[0], 'userId'>;

export interface RetryPlan {
  /** After so many attempts that the connector refused for now, the message has failed. */
  readonly attempts: number;
  readonly firstSeconds: number;
  readonly mostSeconds: number;
  /** When there is nowhere to write to yet; such a wait is no attempt. */
  readonly noPlaceSeconds: number;
}

export interface DeliveryParts {
  readonly db: Store;
  readonly boss: PgBoss;
  readonly messenger: Messenger;
  /** Makes the message as it is true and allowed now; `null` when it no longer is. */
  readonly compose: (message: WaitingMessage) => Promise<Composed | null>;
  readonly now: () => Instant;
  readonly log: Pick<Logger, 'error' | 'warn' | 'info'>;
  /** Messages at a time. Each holds a connection of the store's pool while it is sent. */
  readonly concurrency?: number;
  /** Teams' own when not given; `null` where nobody counts. */
  readonly paces?: Paces | null;
  readonly metrics?: Metrics;
  readonly home?: Home | undefined;
  /** Whether conversations are opened with people who have not written yet; the demo's chat client knows only its tester. */
  readonly opens?: boolean;
  readonly retry?: Partial<RetryPlan>;
  readonly pollSeconds?: number;
  readonly sweepMs?: number;
}

export interface Delivery {
  /** Queues what waits and has been forgotten; runs by itself at the start and every few minutes. */
  sweep(): Promise<number>;
  /** Finishes what is being sent, takes no more. */
  stop(): Promise<void>;
}

/** Above all that a delivery may wait for: the lock must outlast the connector's answer. */
const LOCK_MS = 150_000;
/** The messages of a job not begun by then get jobs of their own, before pg-boss takes it for dead. */
const JOB_MS = 20_000;
/** So soon a message asks again whether it is its turn in its thread. */
const BUSY_SECONDS = 1;

export async function startDelivery(parts: DeliveryParts): Promise<Delivery> {
  const { db, boss, now, log, concurrency = 3, pollSeconds = 1, sweepMs = 120_000 } = parts;
  const stopping = new AbortController();
  const deliver = createDeliver(parts, stopping.signal);

  /** One after the other; what fails in our own code, or is not begun in time, gets a job of its own. */
  async function deliverAll({ messageId, others = [] }: DeliverJob): Promise<void> {
    if (others.length === 0) return deliver(messageId);
    const end = performance.now() + JOB_MS;
    const left: string[] = [];
    for (const id of [messageId, ...others]) {
      if (stopping.signal.aborted || performance.now() > end) left.push(id);
      else await deliver(id).catch(() => left.push(id));
    }
    await queueDelivery(db, boss, left);
  }

  const sweep = (before: Instant) => sweepOutbox(db, boss, before);
  await sweep(now());
  for (let i = 0; i < concurrency; i++) {
    const worker: string = await boss.work(
      DELIVER,
      { pollingIntervalSeconds: pollSeconds },
      async ([job]: Job<DeliverJob>[]) => {
        // Look for the next at once: the interval is for an empty queue.
        boss.notifyWorker(worker);
        if (job) await deliverAll(job.data);
      },
    );
  }
  await boss.work(DELIVER_DEAD, { pollingIntervalSeconds: 30 }, async ([job]: Job<DeliverJob>[]) => {
    if (!job) return;
    await db.$transaction((tx) => settleDead(parts, tx, job.data.messageId));
  });
  const timer = setInterval(() => {
    // Younger ones have their job for sure.
    sweep(now().subtract({ milliseconds: sweepMs })).catch((error: unknown) =>
      log.error({ code: nameOf(error) }, 'The outbox could not be swept; trying again'),
    );
  }, sweepMs);

  return {
    sweep: () => sweep(now()),
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await Promise.all([boss.offWork(DELIVER), boss.offWork(DELIVER_DEAD)]);
    },
  };
}

function createDeliver(parts: DeliveryParts, stopping: AbortSignal): (messageId: string) => Promise<void> {
  const { db, boss } = parts;
  const attempt = createAttempt(parts);
  const settle = createSettle(parts, stopping);

  return (messageId) =>
    db.$transaction(
      async (tx) => {
        const message = await holdMessage(tx, messageId);
        if (message === null) return;
        if (message === THREAD_BUSY) return queueDelivery(tx, boss, [messageId], BUSY_SECONDS);
        const { overtaken, shown } = message.thread === null ? ALONE : await readThread(tx, message);
        await settle(tx, message, overtaken ? { kind: 'dropped' } : await attempt(message, shown));
      },
      { longestMs: LOCK_MS },
    );
}

/** What a message without a thread finds of others. */
const ALONE = { overtaken: false, shown: null };
