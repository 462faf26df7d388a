import { fromPrisma, type PgBoss } from 'pg-boss';
import { v7 as uuidv7 } from 'uuid';
import type { Instant } from '../domain/time.ts';
import type { Tx } from './database.ts';
import type { PrismaClient } from './generated/client.ts';
import { DELIVER } from './jobs.ts';

/** Something to tell one member of staff. Its words are made, and its right to be told is asked, at delivery. */
export interface Telling {
  /** What makes it one and the same message: kind, subject, mark and recipient. A second with the same key is none. */
  readonly key: string;
  readonly kind: string;
  /** A member of staff. */
  readonly recipientId: string;
  /** Ids that the kind's renderer needs; never person data. */
  readonly subject: Readonly<Record<string, string | number>>;
}

/** What a `deliver` job holds; also its singleton key, so that at most one job waits per message. */
export interface DeliverJob {
  readonly messageId: string;
}

/**
 * Writes the messages and their jobs in the transaction of the change, in two round trips: they are told if, and only
 * if, it commits.
 */
export async function tell(tx: Tx, boss: PgBoss, tellings: readonly Telling[], at: Instant): Promise<void> {
  if (tellings.length === 0) return;
  const rows = JSON.stringify(
    tellings.map(({ key, kind, recipientId, subject }) => ({
      id: uuidv7(),
      key,
      kind,
      recipient_id: recipientId,
      subject,
      created_at: at.toString(),
    })),
  );
  const added = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO outbox_message (id, key, kind, recipient_id, subject, created_at)
    SELECT id, key, kind, recipient_id, subject, created_at
    FROM jsonb_to_recordset(${rows}::jsonb) AS t(
      id uuid, key text, kind text, recipient_id uuid, subject jsonb, created_at timestamptz)
    ON CONFLICT (key) DO NOTHING
    RETURNING id`;
  await queueDelivery(
    tx,
    boss,
    added.map(({ id }) => id),
  );
}

/** Queues the messages' delivery, now or after some seconds. One that waits in the queue already keeps its turn. */
export async function queueDelivery(
  db: Tx,
  boss: PgBoss,
  messageIds: readonly string[],
  afterSeconds = 0,
): Promise<void> {
  if (messageIds.length === 0) return;
  const jobs = messageIds.map((messageId) => ({
    data: { messageId } satisfies DeliverJob,
    singletonKey: messageId,
    startAfter: afterSeconds,
  }));
  await boss.insert(DELIVER, jobs, { db: fromPrisma(db) });
}

const SWEEP_ROWS = 1_000;

/**
 * Queues every message that waits since before `before`: whatever became of its job, no message is forgotten. Harmless
 * for one that waits in the queue or is being delivered. Resolves to how many it looked at.
 */
export async function sweepOutbox(prisma: PrismaClient, boss: PgBoss, before: Instant): Promise<number> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (let swept = 0; ;) {
    const waiting = await prisma.$queryRaw<{ id: string }[]>`
      SELECT id FROM outbox_message
      WHERE state = 'waiting' AND created_at <= ${before.toString()}::timestamptz AND id > ${last}::uuid
      ORDER BY id LIMIT ${SWEEP_ROWS}::int`;
    await queueDelivery(
      prisma,
      boss,
      waiting.map(({ id }) => id),
    );
    swept += waiting.length;
    if (waiting.length < SWEEP_ROWS) return swept;
    last = waiting.at(-1)?.id ?? last;
  }
}
