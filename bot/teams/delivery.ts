/**
 * Delivers what the outbox holds: each message once, for as long as the connector can be reached at all.
 *
 * A message is locked, made, authorised and sent; its row says `sent` in a transaction of its own, committed as soon as
 * the connector has answered, together with what its recipient saw: the access log knows no message that did not leave.
 * Only a process that is killed between the two sends it again: no order of the two steps can avoid both that and losing
 * it. A job is no more than the sign to look at some rows, so one too many does nothing.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Instant } from '../domain/time.ts';
import { logAccess, type AccessEntry } from '../store/access-log.ts';
import {
  conversationOf,
  forgetConversation,
  keepOpened,
  type KeptPlace,
  latestConversation,
} from '../store/conversations.ts';
import type { Store } from '../store/database.ts';
import { DELIVER, DELIVER_DEAD } from '../store/jobs.ts';
import {
  type DeliverJob,
  giveUp,
  holdMessage,
  keepOutcome,
  markSent,
  queueDelivery,
  sweepOutbox,
  type WaitingMessage,
} from '../store/outbox.ts';
import { aadObjectIdOf } from '../store/people.ts';
import type { Composed } from '../workflows/messages.ts';
import type { Messenger } from '../workflows/turn.ts';
import { ConnectorError } from './messenger.ts';

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

/** For so long a message waits for somewhere to write to; later it is no news any more. */
const NO_PLACE_DAYS = 14;

/** 24 attempts over some nine hours: longer than an outage that nobody mends. */
const PATIENT: RetryPlan = { attempts: 24, firstSeconds: 5, mostSeconds: 1_800, noPlaceSeconds: 300 };

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
  /** Teams allows an app 50 a second in a tenant, among all replicas. */
  readonly perSecond?: number;
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
const NO_PLACE = 'no-place';

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
    const { messageId } = job.data;
    if (await giveUp(db, messageId, 'gave-up'))
      log.error({ messageId, code: 'gave-up' }, 'A message could not be delivered');
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

type Outcome =
  | { kind: 'sent'; activityId: string | null; seen: readonly AccessEntry[] }
  | { kind: 'dropped' }
  | { kind: 'failed'; code: string }
  | { kind: 'later'; code: string; afterSeconds: number }
  /** There is nowhere to write to: nothing was made, and nothing attempted. */
  | { kind: 'no-place'; code: string; afterSeconds: number };

function createDeliver(parts: DeliveryParts, stopping: AbortSignal): (messageId: string) => Promise<void> {
  const { db, boss, messenger, compose, now, log, home, opens = true, perSecond = 20 } = parts;
  const retry: RetryPlan = { ...PATIENT, ...parts.retry };
  const turn = paced(perSecond);

  return (messageId) =>
    db.$transaction(
      async (tx) => {
        const message = await holdMessage(tx, messageId);
        if (!message) return;
        const { kind, attempts, lastError } = message;
        const outcome = await attempt(message, attempts + 1);
        switch (outcome.kind) {
          case 'sent':
            return recordSent(messageId, outcome);
          case 'dropped':
            return keepOutcome(tx, messageId, { state: 'dropped', attempted: false });
          case 'failed':
            log.error({ messageId, kind, code: outcome.code }, 'A message could not be delivered');
            return keepOutcome(tx, messageId, { state: 'failed', code: outcome.code, attempted: true });
          case 'later':
          case 'no-place': {
            const { code, afterSeconds } = outcome;
            const attempted = outcome.kind === 'later';
            if (attempted || lastError !== code)
              log.warn({ messageId, kind, code, afterSeconds }, 'A message waits for another attempt');
            await keepOutcome(tx, messageId, { state: 'waiting', code, attempted });
            await queueDelivery(tx, boss, [messageId], afterSeconds);
          }
        }
      },
      { longestMs: LOCK_MS },
    );

  async function attempt(message: WaitingMessage, attempts: number): Promise<Outcome> {
    // First where to, so that nothing is made for those who cannot be reached.
    let found: { readonly known: KeptPlace; readonly opened: boolean } | null;
    try {
      found = await placeOf(message.recipientId);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      // It cannot be opened before the app is installed, which may be any day.
      return error.kind === 'gone' ? unreachable(message, error.code) : refused(error, attempts);
    }
    if (!found) return waiting(message, NO_PLACE, retry.noPlaceSeconds);
    let composed: Composed | null;
    try {
      composed = await compose(message);
    } catch (error) {
      log.error({ messageId: message.id, kind: message.kind, error: traceOf(error) }, 'A message could not be made');
      return again('compose', attempts);
    }
    if (composed === null || composed.reply.kind === 'nothing') return { kind: 'dropped' };
    const { reply, seen } = composed;
    const { known, opened } = found;
    try {
      await turn();
      const { activityId } = await messenger.send({ kind: 'personal', ...known.place }, reply);
      return { kind: 'sent', activityId, seen };
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      const { code, status, kind } = error;
      // It was accepted, though not answered as it should be.
      if (status !== undefined && status >= 200 && status < 300) return { kind: 'sent', activityId: null, seen };
      if (kind !== 'gone') return refused(error, attempts);
      // The next attempt opens it anew; one that was only just opened is not worth another at once.
      await forgetConversation(db, message.recipientId, known);
      return opened ? unreachable(message, code) : again(code, attempts);
    }
  }

  function refused({ kind, code, retryAfterSeconds }: ConnectorError, attempts: number): Outcome {
    return kind === 'throttled' || kind === 'temporary'
      ? again(code, attempts, retryAfterSeconds)
      : { kind: 'failed', code };
  }

  /** The person's conversation cannot be had: each wait is longer, by the message's age. */
  function unreachable(message: WaitingMessage, code: string): Outcome {
    const half = secondsSince(message.createdAt) / 2;
    return waiting(message, code, Math.max(retry.noPlaceSeconds, Math.min(retry.mostSeconds, half)));
  }

  function waiting({ createdAt }: WaitingMessage, code: string, afterSeconds: number): Outcome {
    return secondsSince(createdAt) >= NO_PLACE_DAYS * 86_400
      ? { kind: 'failed', code }
      : { kind: 'no-place', code, afterSeconds };
  }

  function secondsSince(instant: Instant): number {
    return now().since(instant).total('seconds');
  }

  function again(code: string, attempts: number, atLeastSeconds = 0): Outcome {
    if (attempts >= retry.attempts) return { kind: 'failed', code };
    const backoff = Math.min(retry.mostSeconds, retry.firstSeconds * 2 ** (attempts - 1));
    // Half of it is chance, so that those refused together do not come back together.
    return { kind: 'later', code, afterSeconds: Math.max(atLeastSeconds, backoff * (0.5 + Math.random() / 2)) };
  }

  /** The recipient's personal conversation; opened, and kept, when there is none. */
  async function placeOf(recipientId: string): Promise<{ known: KeptPlace; opened: boolean } | null> {
    const known = await conversationOf(db, recipientId);
    if (known) return { known, opened: false };
    const from = opens ? (home ?? (await latestConversation(db))?.place) : null;
    const userId = await aadObjectIdOf(db, recipientId);
    if (!from || userId === null) return null;
    await turn();
    const { serviceUrl, tenantId, botId, channelId } = from;
    const place = await messenger.create({ serviceUrl, tenantId, botId, channelId, userId });
    const updatedAt = now().round({ smallestUnit: 'millisecond', roundingMode: 'floor' });
    await keepOpened(db, recipientId, userId, place, updatedAt);
    return { known: { place, updatedAt }, opened: true };
  }

  /** Does not give up before the process ends: the connector has the message, so it must not be sent again. */
  async function recordSent(
    messageId: string,
    { activityId, seen }: Extract<Outcome, { kind: 'sent' }>,
  ): Promise<void> {
    for (let failures = 0; ;) {
      try {
        await db.$transaction(async (tx) => {
          if (await markSent(tx, messageId, activityId, now())) await logAccess(tx, seen);
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

/** Spreads calls evenly: resolves when it is the caller's turn. */
function paced(perSecond: number): () => Promise<void> {
  let next = 0;
  return async () => {
    const at = Math.max(performance.now(), next);
    next = at + 1_000 / perSecond;
    const wait = at - performance.now();
    if (wait >= 1) await sleep(wait);
  };
}

const nameOf = (error: unknown): string =>
  error instanceof Error ? String((error as { code?: unknown }).code ?? error.name) : 'unknown';

/** Where it happened, without the message: that may hold what a query was asked. */
function traceOf(error: unknown): { name: string; at: string[] } {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return { name: nameOf(error), at: lines.filter((line) => /^\s+at /.test(line)).map((line) => line.trim()) };
}
