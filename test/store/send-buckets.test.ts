import { Temporal } from '../../bot/domain/time.ts';
import type { Pace } from '../../bot/domain/pace.ts';
import { openDatabase, type Database } from '../../bot/store/database.ts';
import { type Bucket, pauseBucket, pruneBuckets, takeSlots } from '../../bot/store/send-buckets.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

/** So slow that no test lives to see a second slot come in. */
const SLOW: Pace = { burst: 3, everyMs: 600_000 };
const bucket = (name: string, pace: Pace = SLOW): Bucket => ({ name, pace });

let test: TestDatabase;
let replicas: Database[];
beforeAll(async () => {
  test = await createTestDatabase();
  replicas = [openDatabase(test.url), openDatabase(test.url)];
});
afterAll(async () => {
  await Promise.all(replicas.map(({ close }) => close()));
  await test.drop();
});

const take = (buckets: readonly Bucket[], mostWaitMs = 0, replica = 0) =>
  takeSlots(replicas[replica]!.db, buckets, mostWaitMs);
const inMinutes = (ms: number) => Math.ceil(ms / 60_000);

it('gives each of those who ask at once, in whichever replica, a slot of their own', async () => {
  const asked = Array.from({ length: 12 }, (_, n) => take([bucket('shared')], Infinity, n % 2));
  const waits = (await Promise.all(asked)).map(({ waitMs }) => inMinutes(waitMs));
  expect(waits.sort((a, b) => a - b)).toEqual([0, 0, 0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
});

it('takes no slot of any bucket when one of them is too far away', async () => {
  const [one, both] = [[bucket('full')], [bucket('full'), bucket('empty')]];
  for (let n = 0; n < 3; n++) expect(await take([bucket('empty')])).toEqual({ taken: true, waitMs: 0 });
  for (let n = 0; n < 5; n++) {
    const { taken, waitMs } = await take(both, 1_000);
    expect([taken, inMinutes(waitMs)]).toEqual([false, 10]);
  }
  for (let n = 0; n < 3; n++) expect(await take(one)).toEqual({ taken: true, waitMs: 0 });
});

it('never has two wait for each other, in whichever order they name the buckets', async () => {
  const quick: Pace = { burst: 1, everyMs: 1 };
  const names = ['x', 'y', 'z'];
  const asked = Array.from({ length: 60 }, (_, n) => {
    const order = names.map((_name, index) => bucket(names[(index + n) % 3]!, quick));
    return take(n % 2 ? order : order.reverse(), Infinity, n % 2);
  });
  expect((await Promise.all(asked)).every(({ taken }) => taken)).toBe(true);
});

it('gives nothing for as long as it is paused, and does not shorten a longer pause', async () => {
  const paused = bucket('paused');
  await pauseBucket(replicas[0]!.db, paused, 30 * 60_000);
  await pauseBucket(replicas[1]!.db, paused, 1_000);
  const { taken, waitMs } = await take([paused], 60_000);
  expect([taken, inMinutes(waitMs)]).toEqual([false, 30]);
});

it('forgets what is full again, and only that', async () => {
  await take([bucket('soon full', { burst: 1, everyMs: 1 })]);
  await take([bucket('not yet full')]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await pruneBuckets(replicas[0]!.db, Temporal.Now.instant());
  const left = (await replicas[0]!.prisma.sendBucket.findMany()).map(({ name }) => name);
  expect(left).toContain('not yet full');
  expect(left).not.toContain('soon full');
});
