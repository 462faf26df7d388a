import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { PgBoss } from 'pg-boss';
import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { openDatabase, type Database, type Tx } from '../../bot/store/database.ts';
import { DELIVER, DELIVER_DEAD, pruneNonces, startJobs, startNoncePruning } from '../../bot/store/jobs.ts';
import {
  holdMessage,
  queueDelivery,
  sweepOutbox,
  tell,
  THREAD_BUSY,
  type DeliverJob,
  type Telling,
} from '../../bot/store/outbox.ts';
import { keepSharedPlace } from '../../bot/store/shared-places.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const at = Temporal.Instant.from('2026-11-22T10:42:00.123Z');
const logged: unknown[] = [];
const log = { error: (fields: unknown) => logged.push(fields), warn: (fields: unknown) => logged.push(fields) };

let test: TestDatabase;
let database: Database;
let boss: PgBoss;
let recipientId: string;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
  boss = await startJobs(test.url, { log });
  const staff = { aadObjectId: uuidv7(), name: 'Test', searchName: 'test' };
  ({ id: recipientId } = await database.prisma.staff.create({ data: staff }));
});
beforeEach(async () => {
  await database.prisma.outboxMessage.deleteMany();
  await boss.deleteAllJobs(DELIVER);
});
afterAll(async () => {
  await boss.stop();
  await database.close();
  await test.drop();
  expect(logged).toEqual([]);
});

const telling = (key: string): Telling => ({
  key,
  kind: 'your-turn',
  recipientId,
  subject: { referral: key, step: 3 },
});
/** The messages that each job is about. */
const jobs = async () =>
  (await boss.findJobs<DeliverJob>(DELIVER)).map(({ data: { messageId, others = [] } }) => [messageId, ...others]);
const messages = () => database.prisma.outboxMessage.findMany({ orderBy: { key: 'asc' } });
const commit = (...keys: string[]) => database.db.$transaction((tx) => tell(tx, boss, keys.map(telling), at));

describe('telling', () => {
  it('writes a row for each message, and one job for all', async () => {
    await commit('a', 'b');
    const rows = await messages();
    expect(rows).toMatchObject([
      { key: 'a', kind: 'your-turn', recipientId, subject: { referral: 'a', step: 3 }, state: 'waiting', attempts: 0 },
      { key: 'b' },
    ]);
    expect(rows[0]?.createdAt.toISOString()).toBe('2026-11-22T10:42:00.123Z');
    expect((await jobs()).map((ids) => ids.sort())).toEqual([rows.map(({ id }) => id).sort()]);
  });

  it('tells people and shared places in one statement, each in its thread or in none', async () => {
    const place = {
      kind: 'group' as const,
      conversationId: '19:g',
      serviceUrl: 'http://x/',
      botId: '28:b',
      channelId: 'msteams',
    };
    const placeId = await keepSharedPlace(database.db, place, recipientId, at);
    const inPlace: Telling = { key: 'b', kind: 'progress', placeId, thread: 'review', subject: {} };
    await database.db.$transaction((tx) => tell(tx, boss, [telling('a'), inPlace], at));
    expect(await messages()).toMatchObject([
      { key: 'a', recipientId, placeId: null, thread: null },
      { key: 'b', recipientId: null, placeId, thread: 'review' },
    ]);
    expect(await jobs()).toHaveLength(1);
  });

  it('says the same thing once, within one change and over many', async () => {
    await commit('a', 'a', 'b');
    await commit('b', 'c');
    await Promise.all([commit('d'), commit('d')]);
    expect((await messages()).map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
    const queued = (await jobs()).flat();
    for (const { id } of await messages()) expect(queued.filter((job) => job === id)).toEqual([id]);
  });

  it('says nothing of a change that is rolled back', async () => {
    await expect(
      database.db.$transaction(async (tx) => {
        await tell(tx, boss, [telling('a')], at);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await messages()).toEqual([]);
    expect(await jobs()).toEqual([]);
  });

  it('takes two statements however many are told, none for nothing', async () => {
    const trips: string[] = [];
    const counting = (tx: object) =>
      new Proxy(tx, {
        get(target, name) {
          if (typeof name === 'string' && /^\$(send|.*Unsafe)$/.test(name)) trips.push(name);
          return Reflect.get(target, name);
        },
      }) as never;
    await database.db.$transaction((tx) => tell(counting(tx), boss, [telling('a'), telling('b')], at));
    expect(trips).toHaveLength(2);
    await database.db.$transaction((tx) => tell(counting(tx), boss, [], at));
    expect(trips).toHaveLength(2);
  });
});

describe('holding a message', () => {
  const held = (key: string) => async (tx: Tx) => holdMessage(tx, (await row(key)).id);
  const row = (key: string) => database.prisma.outboxMessage.findUniqueOrThrow({ where: { key } });
  const inThread = (key: string, thread: string): Telling => ({ ...telling(key), thread });

  it('keeps it, and the others of its thread to the same recipient, from everybody else', async () => {
    const other = await database.prisma.staff.create({
      data: { aadObjectId: uuidv7(), name: 'Other', searchName: 'other' },
    });
    const tellings = [
      telling('alone'),
      telling('too'),
      inThread('a', 'one'),
      inThread('b', 'one'),
      inThread('c', 'two'),
      { ...inThread('d', 'one'), recipientId: other.id } as Telling,
    ];
    await database.db.$transaction((tx) => tell(tx, boss, tellings, at));
    await database.db.$transaction(async (tx) => {
      expect(await held('alone')(tx)).toMatchObject({ key: 'alone', thread: null });
      expect(await held('a')(tx)).toMatchObject({ key: 'a', thread: 'one', recipientId, placeId: null });
      const meanwhile = (key: string) => database.db.$transaction(held(key));
      expect(await meanwhile('alone')).toBeNull();
      expect(await meanwhile('a')).toBe(THREAD_BUSY);
      expect(await meanwhile('b')).toBe(THREAD_BUSY);
      for (const key of ['too', 'c', 'd']) expect(await meanwhile(key)).toMatchObject({ key });
    });
    await database.prisma.outboxMessage.update({ where: { key: 'a' }, data: { state: 'sent' } });
    expect(await database.db.$transaction(held('a'))).toBeNull();
    expect(await database.db.$transaction(held('b'))).toMatchObject({ key: 'b' });
  });
});

describe('the sweep', () => {
  it('queues what lost its job, and only that', async () => {
    await commit('lost', 'queued', 'sent', 'young');
    const ids = Object.fromEntries((await messages()).map(({ key, id }) => [key, id]));
    await boss.deleteAllJobs(DELIVER);
    await queueDelivery(database.db, boss, [ids['queued']!], 600);
    const { prisma } = database;
    await prisma.outboxMessage.update({ where: { key: 'sent' }, data: { state: 'sent' } });
    const createdAt = new Date(at.epochMilliseconds + 5_000);
    await prisma.outboxMessage.update({ where: { key: 'young' }, data: { createdAt } });

    expect(await sweepOutbox(database.db, boss, at)).toBe(2);
    expect(await sweepOutbox(database.db, boss, at)).toBe(2);
    expect((await jobs()).flat().sort()).toEqual([ids['lost'], ids['queued']].sort());
    const [waits] = await boss.findJobs(DELIVER, { key: ids['queued']! });
    expect(waits!.startAfter.getTime()).toBeGreaterThan(Date.now() + 300_000);
  });

  it('reaches more than one page', async () => {
    await commit(...Array.from({ length: 2_100 }, (_, i) => `m${i}`));
    await boss.deleteAllJobs(DELIVER);
    expect(await sweepOutbox(database.db, boss, at)).toBe(2_100);
    expect(new Set((await jobs()).flat()).size).toBe(2_100);
  });

  it('queues a message anew whose job died with its process', async () => {
    await commit('a');
    await boss.fetch(DELIVER);
    await sweepOutbox(database.db, boss, at);
    expect(await jobs()).toHaveLength(2);
  });
});

describe('the job queue', () => {
  it('starts on an empty database from several replicas at once, without being superuser', async () => {
    const empty = await createTestDatabase({ template: 'template0' });
    const role = `hjemvej_${randomBytes(4).toString('hex')}`;
    const client = new pg.Client({ connectionString: empty.url });
    await client.connect();
    await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x' NOSUPERUSER NOCREATEDB NOCREATEROLE`);
    await client.query(`GRANT CREATE ON DATABASE ${new URL(empty.url).pathname.slice(1)} TO ${role}`);
    const url = new URL(empty.url);
    [url.username, url.password] = [role, 'x'];
    try {
      const replicas = await Promise.all(Array.from({ length: 4 }, () => startJobs(url.href, { log, connections: 2 })));
      const queues = (await replicas[0]!.getQueues()).map(({ name }) => name);
      expect(queues).toEqual(expect.arrayContaining([DELIVER, DELIVER_DEAD]));
      expect(await replicas[0]!.getQueue(DELIVER)).toMatchObject({ policy: 'short', deadLetter: DELIVER_DEAD });
      await Promise.all(replicas.map((replica) => replica.stop()));
    } finally {
      await client.query(`DROP OWNED BY ${role}`);
      await client.query(`DROP ROLE ${role}`);
      await client.end();
      await empty.drop();
    }
  });

  it('forgets old nonces, every night', async () => {
    const { prisma } = database;
    const nonce = (day: number) => ({
      staffId: recipientId,
      nonce: uuidv7(),
      usedAt: new Date(Date.UTC(2026, 0, day)),
    });
    await prisma.usedNonce.createMany({ data: [nonce(1), nonce(2), nonce(3)] });
    expect(await pruneNonces(prisma, Temporal.Instant.from('2026-01-03T00:00:00Z'))).toBe(2);
    expect(await prisma.usedNonce.count()).toBe(1);

    await startNoncePruning(boss, prisma, () => at);
    await startNoncePruning(boss, prisma, () => at);
    expect(await boss.getSchedules()).toMatchObject([{ name: 'prune-nonces', timezone: 'Europe/Copenhagen' }]);
  });
});
