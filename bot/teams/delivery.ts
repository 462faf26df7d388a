/**
 * Delivers what the outbox holds: each message once, for as long as the connector can be reached at all.
 *
 * A message is locked, made, authorised and sent; its row says `sent` in a statement of its own, committed as soon as
 * the connector has answered, together with what its recipient saw: the access log knows no message that did not leave. Only a process that is killed between the two sends it again: no order of the two steps
 * can avoid both that and losing it. A job is no more than the sign to look at a row, so one too many does nothing.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { Temporal, type Instant } from '../domain/time.ts';
import { logAccess, type AccessEntry } from '../store/access-log.ts';
import type { Tx } from '../store/database.ts';
import type { Conversation, PrismaClient } from '../store/generated/client.ts';
import { DELIVER, DELIVER_DEAD } from '../store/jobs.ts';
import { queueDelivery, sweepOutbox, type DeliverJob } from '../store/outbox.ts';
import { toTimestamp } from '../store/temporal.ts';
import type { Composed } from '../workflows/messages.ts';
import type { Messenger, Place } from '../workflows/turn.ts';
import { ConnectorError } from './messenger.ts';

/** A message whose time has come. */
export interface OutgoingMessage {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly recipientId: string;
  readonly subject: Readonly<Record<string, string | number>>;
  readonly createdAt: Instant;
}

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
  readonly prisma: PrismaClient;
  readonly boss: PgBoss;
  readonly messenger: Messenger;
  /** Makes the message as it is true and allowed now; `null` when it no longer is. */
  readonly compose: (message: OutgoingMessage) => Promise<Composed | null>;
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
const NO_PLACE = 'no-place';

export async function startDelivery(parts: DeliveryParts): Promise<Delivery> {
  const { prisma, boss, now, log, concurrency = 3, pollSeconds = 1, sweepMs = 120_000 } = parts;
  const stopping = new AbortController();
  const deliver = createDeliver(parts, stopping.signal);

  const sweep = (before: Instant) => sweepOutbox(prisma, boss, before);
  await sweep(now());
  for (let i = 0; i < concurrency; i++) {
    const worker: string = await boss.work(
      DELIVER,
      { pollingIntervalSeconds: pollSeconds },
      async ([job]: Job<DeliverJob>[]) => {
        // Look for the next at once: the interval is for an empty queue.
        boss.notifyWorker(worker);
        if (job) await deliver(job.data.messageId);
      },
    );
  }
  await boss.work(DELIVER_DEAD, { pollingIntervalSeconds: 30 }, async ([job]: Job<DeliverJob>[]) => {
    if (!job) return;
    const { messageId } = job.data;
    const { count } = await prisma.outboxMessage.updateMany({
      where: { id: messageId, state: 'waiting' },
      data: { state: 'failed', lastError: 'gave-up' },
    });
    if (count > 0) log.error({ messageId, code: 'gave-up' }, 'A message could not be delivered');
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

/** A personal conversation, and when it was kept. */
interface KnownPlace {
  readonly place: Place;
  readonly updatedAt: Date;
}

function createDeliver(parts: DeliveryParts, stopping: AbortSignal): (messageId: string) => Promise<void> {
  const { prisma, boss, messenger, compose, now, log, home, opens = true, perSecond = 20 } = parts;
  const retry: RetryPlan = { ...PATIENT, ...parts.retry };
  const turn = paced(perSecond);

  return (messageId) =>
    prisma.$transaction(
      async (tx) => {
        if (!(await lock(tx, messageId))) return;
        // A statement after the lock, so that it sees what the previous holder did.
        const row = await tx.outboxMessage.findUnique({
          where: { id: messageId },
          include: { recipient: { select: { aadObjectId: true, conversation: true } } },
        });
        if (row?.state !== 'waiting') return;
        const { attempts, lastError, recipient } = row;
        const message: OutgoingMessage = {
          id: row.id,
          key: row.key,
          kind: row.kind,
          recipientId: row.recipientId,
          subject: row.subject as OutgoingMessage['subject'],
          createdAt: Temporal.Instant.fromEpochMilliseconds(row.createdAt.getTime()),
        };
        const outcome = await attempt(message, recipient, attempts + 1);
        switch (outcome.kind) {
          case 'sent':
            return markSent(messageId, outcome);
          case 'dropped':
            await tx.outboxMessage.update({ where: { id: messageId }, data: { state: 'dropped' } });
            return;
          case 'failed':
            await tx.outboxMessage.update({
              where: { id: messageId },
              data: { state: 'failed', lastError: outcome.code, attempts: { increment: 1 } },
            });
            log.error({ messageId, kind: row.kind, code: outcome.code }, 'A message could not be delivered');
            return;
          case 'later':
          case 'no-place': {
            const { code, afterSeconds } = outcome;
            const attempted = outcome.kind === 'later';
            if (attempted || lastError !== code) {
              log.warn({ messageId, kind: row.kind, code, afterSeconds }, 'A message waits for another attempt');
            }
            await tx.outboxMessage.update({
              where: { id: messageId },
              data: { lastError: code, ...(attempted && { attempts: { increment: 1 } }) },
            });
            await queueDelivery(tx, boss, [messageId], afterSeconds);
          }
        }
      },
      { timeout: LOCK_MS, maxWait: 30_000 },
    );

  async function attempt(
    message: OutgoingMessage,
    recipient: { aadObjectId: string; conversation: Conversation | null },
    attempts: number,
  ): Promise<Outcome> {
    // First where to, so that nothing is made for those who cannot be reached.
    let known: KnownPlace | null;
    try {
      known = await placeOf(message.recipientId, recipient);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      // It cannot be opened before the app is installed, which may be any day.
      return error.kind === 'gone' ? unreachable(message, error.code) : refused(error, attempts);
    }
    if (!known) return waiting(message, NO_PLACE, retry.noPlaceSeconds);
    let composed: Composed | null;
    try {
      composed = await compose(message);
    } catch (error) {
      log.error({ messageId: message.id, kind: message.kind, error: traceOf(error) }, 'A message could not be made');
      return again('compose', attempts);
    }
    if (composed === null || composed.reply.kind === 'nothing') return { kind: 'dropped' };
    const { reply, seen } = composed;
    try {
      await turn();
      const { activityId } = await messenger.send(known.place, reply);
      return { kind: 'sent', activityId, seen };
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      const { code, status, kind } = error;
      // It was accepted, though not answered as it should be.
      if (status !== undefined && status >= 200 && status < 300) return { kind: 'sent', activityId: null, seen };
      if (kind !== 'gone') return refused(error, attempts);
      await forget(message.recipientId, known);
      // The next attempt opens it anew; one that was only just opened is not worth another at once.
      return recipient.conversation ? again(code, attempts) : unreachable(message, code);
    }
  }

  function refused({ kind, code, retryAfterSeconds }: ConnectorError, attempts: number): Outcome {
    return kind === 'throttled' || kind === 'temporary'
      ? again(code, attempts, retryAfterSeconds)
      : { kind: 'failed', code };
  }

  /** The person's conversation cannot be had: each wait is longer, by the message's age. */
  function unreachable(message: OutgoingMessage, code: string): Outcome {
    const half = secondsSince(message.createdAt) / 2;
    return waiting(message, code, Math.max(retry.noPlaceSeconds, Math.min(retry.mostSeconds, half)));
  }

  function waiting({ createdAt }: OutgoingMessage, code: string, afterSeconds: number): Outcome {
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
  async function placeOf(
    recipientId: string,
    { aadObjectId, conversation }: { aadObjectId: string; conversation: Conversation | null },
  ): Promise<KnownPlace | null> {
    if (conversation) {
      const { conversationId, serviceUrl, tenantId, botId, channelId, updatedAt } = conversation;
      const there = { conversationId, serviceUrl, botId, channelId, ...(tenantId && { tenantId }) };
      return { place: { kind: 'personal', ...there }, updatedAt };
    }
    const from = opens ? (home ?? (await latestHome())) : null;
    if (!from) return null;
    await turn();
    const place = await messenger.create({ ...from, userId: aadObjectId });
    const { conversationId, serviceUrl, tenantId = null, botId, channelId } = place;
    const updatedAt = toTimestamp(now());
    await prisma.conversation.createMany({
      data: {
        staffId: recipientId,
        userId: aadObjectId,
        ...{ conversationId, serviceUrl, tenantId, botId, channelId },
        updatedAt,
      },
      // The recipient may have written to us meanwhile; that is the better one.
      skipDuplicates: true,
    });
    return { place, updatedAt };
  }

  async function latestHome(): Promise<Home | null> {
    const latest = await prisma.conversation.findFirst({ orderBy: { updatedAt: 'desc' } });
    if (!latest) return null;
    const { serviceUrl, tenantId, botId, channelId } = latest;
    return { serviceUrl, tenantId: tenantId ?? undefined, botId, channelId };
  }

  /** The next attempt opens the conversation anew, unless the person has written meanwhile. */
  async function forget(staffId: string, { place, updatedAt }: KnownPlace): Promise<void> {
    const { conversationId } = place;
    await prisma.conversation.deleteMany({ where: { staffId, conversationId, updatedAt } });
  }

  /** Does not give up before the process ends: the connector has the message, so it must not be sent again. */
  async function markSent(messageId: string, { activityId, seen }: Extract<Outcome, { kind: 'sent' }>): Promise<void> {
    for (let failures = 0; ;) {
      try {
        await prisma.$transaction(async (tx) => {
          const marked = await tx.$executeRaw`
            UPDATE outbox_message SET state = 'sent', sent_at = ${toTimestamp(now())}, activity_id = ${activityId},
              attempts = attempts + 1, last_error = NULL
            WHERE id = ${messageId}::uuid AND state = 'waiting'`;
          if (marked > 0) await logAccess(tx, seen);
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

/** Not for the row itself: `markSent` writes it from another connection while this one waits for the connector. */
async function lock(tx: Tx, messageId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ got: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`outbox ${messageId}`}, 0)) AS got`;
  return row?.got === true;
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
