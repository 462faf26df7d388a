/**
 * The access log's seals: a chain of hashes that makes a later change visible.
 *
 * **The encoding, version 1.** A seal covers up to 1,000 rows. Its hash is the SHA-256 of these lines, in UTF-8, each
 * ended by `\n`:
 *
 *     hjemvej-access-log/1
 *     <the previous seal's hash in lower-case hex; 64 zeros for the first>
 *     [<the seal's number>,"<sealed at>"]
 *     ["<id>","<at>",<staff id>,<on behalf of id>,"<action>","<purpose>","<operation>",<citizen id>,<referral id>]
 *     … one such line per row, in the order of `log_ids`, which is ascending
 *
 * The last lines are JSON without spaces, as `JSON.stringify` writes it; ids are strings or `null`, instants are UTC
 * with three decimals (`2026-11-22T10:42:00.000Z`). Nothing but pseudonymous ids is covered, so that erasing a citizen's
 * name and number keeps the chain valid. A change of the encoding takes a new version in the first line.
 *
 * The chain cannot show that its newest links were cut off, or that all was hashed anew by somebody with every right
 * on the database. For that, the number and hash of a seal are kept elsewhere (`npm run verify-log` prints them).
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Instant } from '../domain/time.ts';
import type { PrismaTx as Tx } from './database.ts';
import type { PrismaClient } from './generated/client.ts';
import { toTimestamp } from './temporal.ts';

/** The most rows in one seal. */
export const SEAL_ROWS = 1_000;

const ENCODING = 'hjemvej-access-log/1';
const FIRST_PREVIOUS = Buffer.alloc(32);
/** One sealer among all replicas: a key of our own choice for PostgreSQL's advisory locks. */
const SEALER_LOCK = 4_831_001;

export interface LogRow {
  readonly id: bigint;
  readonly at: Date;
  readonly staffId: string | null;
  readonly onBehalfOfId: string | null;
  readonly action: string;
  readonly purpose: string;
  readonly operation: string;
  readonly citizenId: string | null;
  readonly referralId: string | null;
}

/** The hash of one link; see the encoding above. */
export function sealHash(
  previous: Uint8Array,
  seal: { readonly number: number; readonly sealedAt: Date },
  rows: readonly LogRow[],
): Buffer {
  const hash = createHash('sha256');
  hash.update(`${ENCODING}\n${Buffer.from(previous).toString('hex')}\n`);
  hash.update(`${JSON.stringify([seal.number, seal.sealedAt.toISOString()])}\n`);
  for (const row of rows) {
    const { id, at, staffId, onBehalfOfId, action, purpose, operation, citizenId, referralId } = row;
    const line = [
      String(id),
      at.toISOString(),
      staffId,
      onBehalfOfId,
      action,
      purpose,
      operation,
      citizenId,
      referralId,
    ];
    hash.update(`${JSON.stringify(line)}\n`);
  }
  return hash.digest();
}

/** Seals up to 1,000 rows in one transaction; resolves to how many. None when another replica is at it. */
export async function sealOnce(prisma: PrismaClient, now: Instant): Promise<number> {
  // What most passes find: nothing, in one round trip.
  const waiting = await prisma.$queryRaw<unknown[]>`SELECT 1 FROM access_unsealed LIMIT 1`;
  if (waiting.length === 0) return 0;
  return prisma.$transaction((tx) => sealNext(tx, toTimestamp(now)), { timeout: 60_000, maxWait: 10_000 });
}

async function sealNext(tx: Tx, sealedAt: Date): Promise<number> {
  const [lock] = await tx.$queryRaw<
    { got: boolean }[]
  >`SELECT pg_try_advisory_xact_lock(${SEALER_LOCK}::bigint) AS got`;
  if (!lock?.got) return 0;
  // A statement after the lock, so that it sees what the previous holder committed.
  const last = await tx.accessSeal.findFirst({ orderBy: { number: 'desc' }, select: { number: true, hash: true } });
  // OFFSET 0 makes it look each row up by its id: the planner would rather walk through all that is sealed already.
  const rows = await tx.$queryRaw<LogRow[]>`
    SELECT l.id, l.at, l.staff_id AS "staffId", l.on_behalf_of_id AS "onBehalfOfId", l.action, l.purpose, l.operation,
      l.citizen_id AS "citizenId", l.referral_id AS "referralId"
    FROM access_unsealed u CROSS JOIN LATERAL (SELECT * FROM access_log WHERE id = u.log_id OFFSET 0) l
    ORDER BY u.log_id LIMIT ${SEAL_ROWS}::int`;
  if (rows.length === 0) return 0;
  const number = (last?.number ?? 0) + 1;
  const hash = Uint8Array.from(sealHash(last?.hash ?? FIRST_PREVIOUS, { number, sealedAt }, rows));
  const logIds = rows.map(({ id }) => id);
  await tx.accessSeal.create({ data: { number, logIds, hash, sealedAt }, select: { number: true } });
  await tx.$executeRaw`DELETE FROM access_unsealed WHERE log_id = ANY(${logIds}::bigint[])`;
  return rows.length;
}

export interface SealerParts {
  readonly prisma: PrismaClient;
  readonly now: () => Instant;
  readonly log: Pick<Logger, 'error' | 'info'>;
  /** How long a row waits at most before it is sealed, when all is well. */
  readonly everyMs?: number;
}

/** Seals in the background until stopped. A database that is away is waited for, ever longer up to a minute. */
export function startSealer({ prisma, now, log, everyMs = 2_000 }: SealerParts): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  async function run(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        while (!signal.aborted && (await sealOnce(prisma, now())) === SEAL_ROWS);
        if (failures > 0) log.info({ failures }, 'The access log is being sealed again');
        failures = 0;
      } catch (error) {
        failures++;
        log.error({ failures, code: codeOf(error) }, 'The access log could not be sealed; trying again');
      }
      const wait = Math.max(everyMs, Math.min(60_000, everyMs * 2 ** failures));
      await sleep(failures === 0 ? everyMs : wait, undefined, { signal }).catch(() => {});
    }
  }
  const done = run();
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? String((error as { code?: unknown }).code ?? error.name) : 'unknown';
