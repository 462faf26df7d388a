import { type Database, openDatabase, type Tx, write } from '../../bot/store/database.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { max: 3 });
  await database.prisma.$executeRawUnsafe('create table kept (n int primary key)');
});
beforeEach(() => database.prisma.$executeRawUnsafe('truncate kept'));
afterAll(async () => {
  await database.close();
  await test.drop();
});

const keep = (tx: Tx, n: number) => write(tx, 'insert into kept values ($1::int)', n);
const kept = async (tx: Tx = database.db) =>
  (await tx.$queryRawUnsafe<{ n: number }[]>('select n from kept order by n')).map(({ n }) => n);

it('reads rows as Prisma does', async () => {
  const sql = `select $1::int as whole, 9007199254740993::int8 as long, count(*) as counted, 1.10::numeric as exact, 0.5::float8 as rough,
      date '2026-03-29' as day, timestamptz '2026-11-22 10:42:00.123+00' as at, true as yes, null::text as nothing,
      '{"a": [1, null]}'::jsonb as json, array['a', 'b,c'] as texts, '00000000-0000-4000-8000-000000000001'::uuid as id,
      array[$2::uuid] as ids, 'da'::"Language" as language, $3::bytea as bytes, $4::text[] as given, $5::timestamptz as date`;
  const values = [
    7,
    '00000000-0000-4000-8000-000000000002',
    Uint8Array.from([0, 255]),
    ['x"', 'å'],
    new Date('2026-06-01T00:00:00.5Z'),
  ];
  const ask = async (db: Tx) => (await db.$queryRawUnsafe<Record<string, unknown>[]>(sql, ...values))[0];
  const [own, prismas] = [await ask(database.db), await ask(database.prisma)];
  const plain = (row: Record<string, unknown> | undefined) => ({
    ...row,
    bytes: Array.from(row?.['bytes'] as Uint8Array),
  });
  expect(plain(own)).toEqual(plain(prismas));
  expect(own).toMatchObject({ long: 9007199254740993n, day: new Date('2026-03-29'), counted: 1n });
});

it('runs the statements of a transaction in the order they are asked, whoever waits for them', async () => {
  const seen = await database.db.$transaction(async (tx) => {
    await keep(tx, 1);
    const first = kept(tx);
    await keep(tx, 2);
    return Promise.all([first, kept(tx)]);
  });
  expect(seen).toEqual([[1], [1, 2]]);
  expect(await kept()).toEqual([1, 2]);
});

it('undoes everything when the work throws', async () => {
  const work = database.db.$transaction(async (tx) => {
    await keep(tx, 1);
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(await kept()).toEqual([]);
});

it('undoes everything when a statement fails that nobody waited for, and says which', async () => {
  const last = database.db.$transaction(async (tx) => {
    await keep(tx, 1);
    await keep(tx, 1);
  });
  await expect(last).rejects.toMatchObject({ code: '23505' });
  const asked = database.db.$transaction(async (tx) => {
    await keep(tx, 2);
    await keep(tx, 2);
    return kept(tx);
  });
  await expect(asked).rejects.toMatchObject({ code: '23505' });
  expect(await kept()).toEqual([]);
});

it('writes through a transaction of Prisma too, and waits for it there', async () => {
  await database.prisma.$transaction((tx) => keep(tx, 1));
  await expect(database.prisma.$transaction((tx) => keep(tx, 1))).rejects.toThrow(/kept_pkey/);
  expect(await kept()).toEqual([1]);
});

it('breaks off a transaction that takes too long, and goes on with another connection', async () => {
  const held = database.db.$transaction(async (tx) => {
    await keep(tx, 1);
    await expect(database.db.$transaction((other) => keep(other, 1), { longestMs: 200 })).rejects.toMatchObject({
      code: 'transaction-overdue',
    });
  });
  await held;
  for (const n of [2, 3, 4, 5]) await database.db.$transaction((tx) => keep(tx, n));
  expect(await kept()).toEqual([1, 2, 3, 4, 5]);
});

it('survives connections that the server ends', async () => {
  const backend =
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()';
  const broken = database.db.$transaction(async (tx) => {
    await kept(tx);
    await database.db.$executeRawUnsafe(backend);
    await kept(tx);
  });
  await expect(broken).rejects.toThrow();
  // Those that were idle are found broken at once or at their next use.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await database.db.$transaction((tx) => keep(tx, 1));
  expect(await kept()).toEqual([1]);
});
