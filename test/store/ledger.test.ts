import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { openDatabase, type Database, type Db } from '../../bot/store/database.ts';
import { backlogOf, toldAboutCase, toldToPerson, waitingFor } from '../../bot/store/ledger.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const at = Temporal.Instant.from('2026-11-22T10:42:00.123Z');
const [CASE, OTHER_CASE] = [uuidv7(), uuidv7()];

let test: TestDatabase;
let database: Database;
let mette: string;
let jonas: string;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
  [mette, jonas] = [await person('Mette'), await person('Jonas')];
  await message('first', 0, { recipientId: mette, subject: { caseId: CASE, mark: 'x' }, sentAt: 5, attempts: 2 });
  await message('second', 1, { recipientId: jonas, subject: { caseId: CASE }, state: 'failed', lastError: 'http-403' });
  await message('third', 2, { recipientId: mette, subject: { caseId: OTHER_CASE }, state: 'waiting' });
  await message('fourth', 3, { recipientId: mette, subject: { absenceId: CASE }, state: 'dropped' });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

async function person(name: string): Promise<string> {
  const data = { aadObjectId: uuidv7(), name, searchName: name.toLowerCase() };
  return (await database.prisma.staff.create({ data })).id;
}

const minutes = (after: number) => new Date(at.add({ minutes: after }).epochMilliseconds);
async function message(
  key: string,
  toldAfter: number,
  { sentAt, ...row }: { recipientId: string; subject: object; sentAt?: number } & Record<string, unknown>,
): Promise<void> {
  const sent = sentAt === undefined ? {} : { state: 'sent' as const, sentAt: minutes(sentAt) };
  await database.prisma.outboxMessage.create({
    data: { key, kind: `kind of ${key}`, createdAt: minutes(toldAfter), ...sent, ...row },
  });
}

it('says of a case who was told what, when, and what came of it, the newest first', async () => {
  expect(await toldAboutCase(database.db, CASE, 10)).toEqual([
    {
      ...{ id: expect.any(String), kind: 'kind of second', subject: { caseId: CASE } },
      ...{ recipient: { id: jonas, name: 'Jonas' }, state: 'failed', code: 'http-403', attempts: 0 },
      ...{ toldAt: at.add({ minutes: 1 }), sentAt: null },
    },
    {
      ...{ id: expect.any(String), kind: 'kind of first', subject: { caseId: CASE, mark: 'x' } },
      ...{ recipient: { id: mette, name: 'Mette' }, state: 'sent', code: null, attempts: 2 },
      ...{ toldAt: at, sentAt: at.add({ minutes: 5 }) },
    },
  ]);
});

it('says what a person was told', async () => {
  const kinds = (await toldToPerson(database.db, mette, 2)).map(({ kind }) => kind);
  expect(kinds).toEqual(['kind of fourth', 'kind of third']);
});

it('counts what waits, and how long it has waited', async () => {
  expect([await waitingFor(database.db, mette), await waitingFor(database.db, jonas)]).toEqual([1, 0]);
  expect(await backlogOf(database.db, at.add({ minutes: 12 }))).toEqual({ waiting: 1, oldestSeconds: 600 });
  await database.prisma.outboxMessage.updateMany({ where: { key: 'third' }, data: { state: 'sent' } });
  expect(await backlogOf(database.db, at)).toEqual({ waiting: 0, oldestSeconds: 0 });
});

it('finds the messages of a case by an index', async () => {
  let plan: unknown;
  await database.db.$transaction(async (tx) => {
    // A table of four rows is read as a whole, unless that is made dear.
    await tx.$executeRawUnsafe('set local enable_seqscan = off');
    const explaining: Db = {
      ...tx,
      async $queryRawUnsafe<Rows>(sql: string, ...values: unknown[]) {
        plan = await tx.$queryRawUnsafe(`explain ${sql}`, ...values);
        return [] as Rows;
      },
    };
    await toldAboutCase(explaining, CASE, 10);
  });
  expect(JSON.stringify(plan)).toContain('outbox_message_case_idx');
});
