/** The buckets of slots that all replicas share, each a row; the database's clock is the one that they agree on. */
import { pause, type Pace, takeSlot } from '../domain/pace.ts';
import type { Instant } from '../domain/time.ts';
import { type Db, type Store, type Tx, write } from './database.ts';
import { instantText } from './temporal.ts';

export interface Bucket {
  /** By its kind and id, as `tenant 1234…`. */
  readonly name: string;
  readonly pace: Pace;
}

/** For how long the slot of the latest of the buckets is away, and whether the slots have been taken. */
export interface Slots {
  readonly taken: boolean;
  readonly waitMs: number;
}

/** Takes a slot of each bucket, to be waited for; of none when one of them is further away than `mostWaitMs`. */
export function takeSlots(db: Store, buckets: readonly Bucket[], mostWaitMs: number): Promise<Slots> {
  return db.$transaction(async (tx) => {
    const { now, fullAt } = await hold(tx, buckets);
    const slots = buckets.map(({ name, pace }) => ({ name, ...takeSlot(fullAt(name), now, pace) }));
    const waitMs = Math.max(...slots.map((slot) => slot.waitMs));
    const taken = waitMs <= mostWaitMs;
    if (taken) for (const slot of slots) await keep(tx, slot);
    return { taken, waitMs };
  });
}

/** The bucket gives no slot for so long. */
export const pauseBucket = (db: Store, bucket: Bucket, pauseMs: number): Promise<void> =>
  db.$transaction(async (tx) => {
    const { now, fullAt } = await hold(tx, [bucket]);
    await keep(tx, { name: bucket.name, fullAt: pause(fullAt(bucket.name), now, pauseMs, bucket.pace) });
  });

async function hold(tx: Tx, buckets: readonly Bucket[]) {
  const names = buckets.map(({ name }) => name);
  await write(
    tx,
    `insert into send_bucket (name, full_at) select unnest($1::text[]), 'epoch' order by 1 on conflict do nothing`,
    names,
  );
  // In one order for all, so that no two wait for each other; the clock is read when they are held.
  const [rows, [clock]] = await Promise.all([
    tx.$queryRawUnsafe<{ name: string; fullAt: Date }[]>(
      `select name, full_at as "fullAt" from send_bucket where name = any($1::text[]) order by name for update`,
      names,
    ),
    tx.$queryRawUnsafe<{ now: Date }[]>('select clock_timestamp() as now'),
  ]);
  const full = new Map(rows.map(({ name, fullAt }) => [name, fullAt.getTime()]));
  if (!clock) throw new Error('The database has no clock');
  return { now: clock.now.getTime(), fullAt: (name: string) => full.get(name) ?? 0 };
}

const keep = (tx: Tx, { name, fullAt }: { readonly name: string; readonly fullAt: number }): Promise<void> =>
  write(tx, 'update send_bucket set full_at = $2::timestamptz where name = $1', name, new Date(fullAt).toISOString());

/** A bucket that was full before an instant is as good as none. */
export const pruneBuckets = (db: Db, before: Instant): Promise<number> =>
  db.$executeRawUnsafe('delete from send_bucket where full_at < $1::timestamptz', instantText(before));
