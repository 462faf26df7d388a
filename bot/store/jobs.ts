import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { TIME_ZONE, type Instant } from '../domain/time.ts';
import { pruneDocumentLinks } from './document-links.ts';
import { pruneAdmissionDrafts } from './drafts.ts';
import type { PrismaClient } from './generated/client.ts';
import { pruneBuckets } from './send-buckets.ts';
import { toTimestamp } from './temporal.ts';

/** One job per attempt to deliver a message; see `outbox.ts`. */
export const DELIVER = 'deliver';
/** Where a delivery ends that failed in our own code, again and again. */
export const DELIVER_DEAD = 'deliver-dead';
export const PRUNE_NONCES = 'prune-nonces';
/** Lets the offers lapse that nobody has answered in time. */
export const EXPIRE_OFFERS = 'expire-offers';
/** Asks BIF what the plan says is due. */
export const ASK_BY_PLAN = 'ask-by-plan';
/** Makes the agendas of the weekly reviews that are due. */
export const MAKE_AGENDAS = 'make-agendas';

type Log = Pick<Logger, 'error' | 'warn'>;

interface JobsParts {
  readonly log: Log;
  /** pg-boss's own schema; made at the first start by any role that may create one in the database. */
  readonly schema?: string;
  /** Connections of its own, besides the store's. */
  readonly connections?: number;
}

const START_ATTEMPTS = 5;
/** The same error code is logged once in this time. */
const SAME_ERROR_MS = 60_000;

/**
 * Starts pg-boss with our queues. Replicas may do so at the same time, on an empty database as well. Stop it with
 * `boss.stop()`: what is being worked on is finished first.
 */
export async function startJobs(url: string, { log, schema = 'pgboss', connections = 4 }: JobsParts): Promise<PgBoss> {
  const told = new Map<string, number>();
  /** While the database is away pg-boss fails several times a second; one line a minute says as much. */
  const tell = (error: unknown): void => {
    const code = codeOf(error);
    if (Date.now() - (told.get(code) ?? -Infinity) < SAME_ERROR_MS) return;
    told.set(code, Date.now());
    log.error({ code }, 'A job queue error');
  };
  for (let attempt = 1; ; attempt++) {
    const boss = new PgBoss({
      connectionString: url,
      application_name: 'hjemvej jobs',
      schema,
      max: connections,
    });
    boss.on('error', tell);
    boss.on('warning', ({ message }) => log.warn({ warning: message }, 'A job queue warning'));
    try {
      await boss.start();
      await createQueues(boss);
      return boss;
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => {});
      // Of two that make the schema at once, one may find a half-made one; the next attempt finds it whole.
      if (attempt === START_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }
}

async function createQueues(boss: PgBoss): Promise<void> {
  await boss.createQueue(DELIVER_DEAD, { deleteAfterSeconds: 30 * 86_400, retentionSeconds: 30 * 86_400 });
  await boss.createQueue(DELIVER, {
    // At most one job waits per message (its singleton key): queueing it again is harmless.
    policy: 'short',
    // For errors of our own; what the connector refuses is tried again by `teams/delivery.ts`, in its own time.
    retryLimit: 8,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 300,
    // Far above the connector's time limit: a job is taken from a process only when that is dead.
    expireInSeconds: 180,
    deleteAfterSeconds: 3_600,
    deadLetter: DELIVER_DEAD,
  });
  await boss.createQueue(EXPIRE_OFFERS, { policy: 'short', retryLimit: 3, retryDelay: 60, deleteAfterSeconds: 86_400 });
  await boss.createQueue(ASK_BY_PLAN, { policy: 'short', retryLimit: 3, retryDelay: 60, deleteAfterSeconds: 86_400 });
  await boss.createQueue(MAKE_AGENDAS, { policy: 'short', retryLimit: 3, retryDelay: 60, deleteAfterSeconds: 86_400 });
  await boss.createQueue(PRUNE_NONCES, { retryLimit: 3, retryDelay: 60, deleteAfterSeconds: 86_400 });
}

/** Forgets the nonces used before an instant. Resolves to how many. */
export async function pruneNonces(prisma: PrismaClient, before: Instant): Promise<number> {
  const { count } = await prisma.usedNonce.deleteMany({ where: { usedAt: { lt: toTimestamp(before) } } });
  return count;
}

/** Nonces outlive every card that is still pressed; an older card is stale by its version anyway. */
const NONCE_DAYS = 90;
/** After so long an admission half done is no longer gone on with. */
const DRAFT_DAYS = 30;

/** Prunes the nonces, the admissions left half done, the old links and the full buckets, every night, on one of the replicas. */
export async function startNoncePruning(boss: PgBoss, prisma: PrismaClient, now: () => Instant): Promise<void> {
  await boss.work(PRUNE_NONCES, { pollingIntervalSeconds: 60 }, async () => {
    await pruneNonces(prisma, now().subtract({ hours: NONCE_DAYS * 24 }));
    await pruneAdmissionDrafts(prisma, now().subtract({ hours: DRAFT_DAYS * 24 }));
    await pruneDocumentLinks(prisma, now());
    await pruneBuckets(prisma, now());
  });
  await boss.schedule(PRUNE_NONCES, '17 3 * * *', null, { tz: TIME_ZONE });
}

/** Looks for offers that have lapsed at once, and then just after every midnight in Copenhagen and through the day. */
export async function startExpiringOffers(boss: PgBoss, expire: () => Promise<unknown>): Promise<void> {
  await boss.work(EXPIRE_OFFERS, { pollingIntervalSeconds: 30 }, async () => void (await expire()));
  await boss.schedule(EXPIRE_OFFERS, '4 * * * *', null, { tz: TIME_ZONE });
  await boss.send(EXPIRE_OFFERS, null, { singletonKey: 'start' });
}

/** Looks for agendas that are due at once, and then every hour from 6.10 to 18.10. */
export async function startMakingAgendas(boss: PgBoss, make: () => Promise<unknown>): Promise<void> {
  await boss.work(MAKE_AGENDAS, { pollingIntervalSeconds: 30 }, async () => void (await make()));
  await boss.schedule(MAKE_AGENDAS, '10 6-18 * * *', null, { tz: TIME_ZONE });
  await boss.send(MAKE_AGENDAS, null, { singletonKey: 'start' });
}

/** Asks what is due at once, and then every hour of the working day. */
export async function startAskingByPlan(boss: PgBoss, ask: () => Promise<unknown>): Promise<void> {
  await boss.work(ASK_BY_PLAN, { pollingIntervalSeconds: 30 }, async () => void (await ask()));
  await boss.schedule(ASK_BY_PLAN, '20 7-17 * * 1-5', null, { tz: TIME_ZONE });
  await boss.send(ASK_BY_PLAN, null, { singletonKey: 'start' });
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? String((error as { code?: unknown }).code ?? error.message) : 'unknown';
