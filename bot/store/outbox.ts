import { randomBytes } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import { v7 as uuidv7 } from 'uuid';
import type { Instant } from '../domain/time.ts';
import { type Db, type Tx, write } from './database.ts';
import { DELIVER } from './jobs.ts';
import { fromTimestamp, instantText } from './temporal.ts';

interface Told {
  /** What makes it one and the same message: kind, subject, mark and recipient or place. A second with the same key is none. */
  readonly key: string;
  readonly kind: string;
  /** Ids that the kind's renderer needs; never person data. */
  readonly subject: Readonly<Record<string, string | number>>;
  /** A later message of the same thread to the same recipient or place takes the place of this one, where it stands. */
  readonly thread?: string;
}

/** To a member of staff, in their own chat. */
export interface StaffTelling extends Told {
  readonly recipientId: string;
  readonly placeId?: undefined;
}

/** To a channel or group chat, by the id of its row in `shared_place`. */
export interface PlaceTelling extends Told {
  readonly placeId: string;
  readonly recipientId?: undefined;
}

/** Something to tell. Its words are made, and the right to be told is asked, at delivery. */
export type Telling = StaffTelling | PlaceTelling;

/**
 * What a `deliver` job holds: a message, and those that were told in the same change. The message is the job's singleton
 * key, so that at most one job waits for it.
 */
export interface DeliverJob {
  readonly messageId: string;
  readonly others?: readonly string[];
}

/** Writes the messages and one job for all of them in the transaction of the change: they are told if, and only if, it commits. */
export async function tell(tx: Tx, boss: PgBoss, tellings: readonly Telling[], at: Instant): Promise<void> {
  // Chance for all of the ids at once: each asking costs as much as the whole row.
  const chance = randomBytes(16 * tellings.length);
  const rows = tellings.map(({ key, kind, recipientId, placeId, thread, subject }, index) => ({
    id: uuidv7({ random: chance.subarray(16 * index, 16 * index + 16) }),
    key,
    kind,
    recipient_id: recipientId,
    place_id: placeId,
    thread,
    subject,
  }));
  const [first, ...others] = rows.map(({ id }) => id);
  if (first === undefined) return;
  await write(
    tx,
    `insert into outbox_message (id, key, kind, recipient_id, place_id, thread, subject, created_at)
     select id, key, kind, recipient_id, place_id, thread, subject, $2::timestamptz
     from jsonb_to_recordset($1::jsonb) as t(
       id uuid, key text, kind text, recipient_id uuid, place_id uuid, thread text, subject jsonb)
     on conflict (key) do nothing`,
    JSON.stringify(rows),
    instantText(at),
  );
  // Of what had been told before there is no new row, and so nothing that the job would find.
  await queue(tx, boss, [{ messageId: first, ...(others.length > 0 && { others }) }]);
}

/** Queues the messages' delivery, one by one, now or after some seconds. One whose job waits already keeps its turn. */
export const queueDelivery = (db: Db, boss: PgBoss, messageIds: readonly string[], afterSeconds = 0): Promise<void> =>
  queue(
    db,
    boss,
    messageIds.map((messageId) => ({ messageId })),
    afterSeconds,
  );

async function queue(db: Db, boss: PgBoss, jobs: readonly DeliverJob[], startAfter = 0): Promise<void> {
  if (jobs.length === 0) return;
  await boss.insert(
    DELIVER,
    jobs.map((data) => ({ data, singletonKey: data.messageId, startAfter })),
    { db: writingWith(db) },
  );
}

/** What pg-boss asks its statements of, for those whose answer it does not need. */
const writingWith = (db: Db) => ({
  async executeSql(sql: string, values: unknown[] = []) {
    await write(db, sql, ...values);
    return { rows: [] };
  },
});

/** A message that waits, as its delivery finds it: either to a recipient or to a place. */
export interface WaitingMessage {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly recipientId: string | null;
  readonly placeId: string | null;
  readonly thread: string | null;
  readonly subject: Told['subject'];
  readonly createdAt: Instant;
  readonly attempts: number;
  readonly lastError: string | null;
}

/** Another message of the thread is being delivered to the same recipient or place: this one's turn is yet to come. */
export const THREAD_BUSY = 'thread-busy';

/** Those of one thread, to one recipient or place, take turns; any other message is held by itself. */
const TAKE_LOCK = `
  select pg_try_advisory_xact_lock(hashtextextended(
    case when thread is null then 'outbox ' || id
         else concat_ws(' ', 'outbox thread', coalesce(recipient_id, place_id), thread) end, 0)) as got
  from outbox_message where id = $1::uuid`;

/**
 * The message, held until the transaction ends; null when it no longer waits, or somebody else holds it. Its row is not
 * locked: `markSent` writes it from another connection while this one waits for the connector.
 */
export async function holdMessage(tx: Tx, id: string): Promise<WaitingMessage | typeof THREAD_BUSY | null> {
  // The row is read by a statement after the lock, so that it shows what the previous holder did.
  const [[lock], [row]] = await Promise.all([
    tx.$queryRawUnsafe<{ got: boolean }[]>(TAKE_LOCK, id),
    tx.$queryRawUnsafe<(Omit<WaitingMessage, 'createdAt'> & { createdAt: Date })[]>(
      `select id, key, kind, recipient_id as "recipientId", place_id as "placeId", thread, subject,
              created_at as "createdAt", attempts, last_error as "lastError"
       from outbox_message where id = $1::uuid and state = 'waiting'`,
      id,
    ),
  ]);
  if (!row) return null;
  if (!lock?.got) return row.thread === null ? null : THREAD_BUSY;
  return { ...row, createdAt: fromTimestamp(row.createdAt) };
}

/** Where a message of a thread stands in its conversation. */
export interface Shown {
  readonly conversationId: string;
  readonly activityId: string;
}

/**
 * Of the thread whose message is held: whether a newer one waits, which will say all that this one could, and where the
 * last one sent stands. Older ones that still wait are dropped: what they would have told shows in this one, which is made
 * after them.
 */
export async function readThread(
  tx: Tx,
  { id, recipientId, placeId, thread }: WaitingMessage,
): Promise<{ readonly overtaken: boolean; readonly shown: Shown | null }> {
  const inThread = `thread = $2 and recipient_id is not distinct from $3::uuid and place_id is not distinct from $4::uuid`;
  const values = [id, thread, recipientId, placeId];
  await write(
    tx,
    `update outbox_message set state = 'dropped' where ${inThread} and state = 'waiting' and id < $1::uuid`,
    ...values,
  );
  const [row] = await tx.$queryRawUnsafe<{ overtaken: boolean; shown: Shown | null }[]>(
    `select exists (select 1 from outbox_message where ${inThread} and state = 'waiting' and id > $1::uuid) as overtaken,
            (select json_build_object('conversationId', conversation_id, 'activityId', activity_id) from outbox_message
             where ${inThread} and state = 'sent' and conversation_id is not null and activity_id is not null
             order by sent_at desc, id desc limit 1) as shown`,
    ...values,
  );
  return row ?? { overtaken: false, shown: null };
}

/** What stood there is gone, so that no later message of the thread looks for it again. */
export const forgetShown = (db: Db, { thread }: WaitingMessage, { conversationId, activityId }: Shown): Promise<void> =>
  write(
    db,
    'update outbox_message set conversation_id = null where thread = $1 and conversation_id = $2 and activity_id = $3',
    thread,
    conversationId,
    activityId,
  );

/** How many messages to the same recipient or place wait and are older: their turn comes first. */
export async function waitingAhead(tx: Tx, { id, recipientId, placeId }: WaitingMessage): Promise<number> {
  const [row] = await tx.$queryRawUnsafe<{ ahead: number }[]>(
    `select count(*)::int as ahead from outbox_message
     where state = 'waiting' and id < $1::uuid and (recipient_id = $2::uuid or place_id = $3::uuid)`,
    id,
    recipientId,
    placeId,
  );
  return row?.ahead ?? 0;
}

/** What became of an attempt that did not reach the recipient; it counts as one unless it did not get so far. */
export const keepOutcome = (
  tx: Tx,
  id: string,
  { state, code, attempted }: { state: 'waiting' | 'dropped' | 'failed'; code?: string; attempted: boolean },
): Promise<void> =>
  write(
    tx,
    `update outbox_message set state = $2::"MessageState", last_error = coalesce($3, last_error), attempts = attempts + $4::int
     where id = $1::uuid`,
    id,
    state,
    code ?? null,
    attempted ? 1 : 0,
  );

/** The connector has the message; of a thread it is kept where it stands. False when that was known already. */
export async function markSent(
  tx: Tx,
  id: string,
  { activityId, conversationId }: { readonly activityId: string | null; readonly conversationId: string },
  at: Instant,
): Promise<boolean> {
  const marked = await tx.$executeRawUnsafe(
    `update outbox_message
     set state = 'sent', sent_at = $3::timestamptz, activity_id = $2, attempts = attempts + 1, last_error = null,
       conversation_id = case when thread is not null then $4 end
     where id = $1::uuid and state = 'waiting'`,
    id,
    activityId,
    at.toString(),
    conversationId,
  );
  return marked > 0;
}

/** Its job has failed in our own code again and again. Null when the message waits no longer. */
export async function giveUp(
  tx: Tx,
  id: string,
  code: string,
): Promise<Pick<WaitingMessage, 'id' | 'kind' | 'recipientId'> | null> {
  const [failed] = await tx.$queryRawUnsafe<Pick<WaitingMessage, 'id' | 'kind' | 'recipientId'>[]>(
    `update outbox_message set state = 'failed', last_error = $2 where id = $1::uuid and state = 'waiting'
     returning id, kind, recipient_id as "recipientId"`,
    id,
    code,
  );
  return failed ?? null;
}

const SWEEP_ROWS = 1_000;

/**
 * Queues every message that waits since before `before`: whatever became of its job, no message is forgotten. Harmless
 * for one that waits in the queue or is being delivered. Resolves to how many it looked at.
 */
export async function sweepOutbox(db: Db, boss: PgBoss, before: Instant): Promise<number> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (let swept = 0; ;) {
    const waiting = await db.$queryRawUnsafe<{ id: string }[]>(
      `select id from outbox_message
       where state = 'waiting' and created_at <= $1::timestamptz and id > $2::uuid order by id limit $3::int`,
      before.toString(),
      last,
      SWEEP_ROWS,
    );
    await queueDelivery(
      db,
      boss,
      waiting.map(({ id }) => id),
    );
    swept += waiting.length;
    if (waiting.length < SWEEP_ROWS) return swept;
    last = waiting.at(-1)?.id ?? last;
  }
}
