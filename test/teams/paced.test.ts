/** That no conversation gets more than Teams allows, whoever sends, and that nothing is lost by waiting for it. */
import { v7 as uuidv7 } from 'uuid';
import type { Pace } from '../../bot/domain/pace.ts';
import { Temporal } from '../../bot/domain/time.ts';
import { DELIVER } from '../../bot/store/jobs.ts';
import { tell } from '../../bot/store/outbox.ts';
import { startDelivery, type Delivery } from '../../bot/teams/delivery.ts';
import { startFakeConnector, type FakeConnector } from '../fakes/connector.ts';
import { startTestQueue, textMessenger, type TestQueue } from '../fakes/queue.ts';

const at = Temporal.Instant.from('2026-11-22T10:42:00Z');
const FREE: Pace = { burst: 1_000, everyMs: 1 };
/** So slow that no test lives to see a second slot come in. */
const TWO_AN_HOUR: Pace = { burst: 2, everyMs: 3_600_000 };

let queue: TestQueue;
let database: TestQueue['database'];
let boss: TestQueue['boss'];
let connector: FakeConnector;
beforeAll(async () => {
  queue = await startTestQueue();
  ({ database, boss } = queue);
  connector = await startFakeConnector();
});
afterAll(async () => {
  await queue.close();
  await connector.close();
});

let deliveries: Delivery[] = [];
beforeEach(async () => {
  await database.prisma.outboxMessage.deleteMany();
  await database.prisma.sendBucket.deleteMany();
  await boss.deleteAllJobs(DELIVER);
  connector.behave();
  connector.clear();
});
afterEach(async () => {
  await Promise.all(deliveries.map((delivery) => delivery.stop()));
  deliveries = [];
});

/** With a conversation of their own, by whose id they are known here. */
async function person({ tenantId = 'tenant', known = true } = {}): Promise<{ id: string; conversationId: string }> {
  const { prisma } = database;
  const staff = await prisma.staff.create({ data: { aadObjectId: uuidv7(), name: 'Test', searchName: 'test' } });
  const conversationId = `of ${staff.id}`;
  const where = { serviceUrl: connector.url, botId: '28:bot', channelId: 'msteams', userId: '29:x', tenantId };
  if (known)
    await prisma.conversation.create({ data: { ...where, staffId: staff.id, conversationId, updatedAt: new Date(0) } });
  return { id: staff.id, conversationId };
}

async function start({ conversation = FREE, tenant = FREE, replicas = 1 }): Promise<void> {
  for (let n = 0; n < replicas; n++)
    deliveries.push(
      await startDelivery({
        db: database.db,
        boss,
        messenger: textMessenger(),
        compose: ({ key }) => Promise.resolve({ reply: { kind: 'text', text: key }, seen: [] }),
        now: () => at,
        log: { error: () => {}, warn: () => {}, info: () => {} },
        retry: { firstSeconds: 0.02, mostSeconds: 0.05 },
        pollSeconds: 0.5,
        paces: { conversation, tenant },
        home: { serviceUrl: connector.url, botId: '28:bot', channelId: 'msteams', tenantId: 'tenant' },
      }),
    );
}

const told = (recipientId: string, keys: readonly string[], thread?: string) =>
  Promise.all(
    keys.map((key) =>
      database.db.$transaction((tx) =>
        tell(tx, boss, [{ key, kind: 'test', recipientId, subject: {}, ...(thread && { thread }) }], at),
      ),
    ),
  );

const arrived = (conversationId?: string) => connector.messages(conversationId).length;
const rows = () => database.prisma.outboxMessage.findMany({ orderBy: { id: 'asc' } });
/** The jobs that wait for a later time, by how many minutes later. */
async function minutesLater(): Promise<number[]> {
  const jobs = await boss.findJobs(DELIVER, { queued: true });
  const minutes = jobs.map(({ startAfter, createdOn }) => (startAfter.getTime() - createdOn.getTime()) / 60_000);
  return minutes.filter((later) => later > 1).sort((a, b) => a - b);
}
async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await reached());) {
    if (Date.now() > end) throw new Error(`not reached: ${JSON.stringify([await rows(), await minutesLater()])}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('sends a conversation no more than its share, from all replicas together, and the others theirs', async () => {
  const [busy, quiet] = [await person(), await person()];
  await start({ conversation: TWO_AN_HOUR, replicas: 2 });
  await told(busy.id, ['a', 'b', 'c', 'd', 'e']);
  await told(quiet.id, ['f']);
  const waiting = async () => (await rows()).filter(({ state }) => state === 'waiting');
  await until(async () => (await minutesLater()).length === 3 && arrived() === 3);
  // What has arrived is recorded as sent a moment later.
  await until(async () => (await waiting()).length <= 3);
  expect([arrived(busy.conversationId), arrived(quiet.conversationId)]).toEqual([2, 1]);
  expect(await waiting()).toMatchObject(Array(3).fill({ attempts: 0, lastError: null }));
  expect(connector.requests).toHaveLength(3);
});

it('lets those that wait come back one after the other, the oldest first', async () => {
  const { id } = await person();
  await start({ conversation: TWO_AN_HOUR });
  await told(id, ['a', 'b']);
  await until(() => arrived() === 2);
  for (const key of ['c', 'd', 'e']) await told(id, [key]);
  await until(async () => (await minutesLater()).length === 3);
  expect((await minutesLater()).map(Math.round)).toEqual([60, 120, 180]);
});

it('sends a tenant no more than its share, opening of conversations included, and other tenants theirs', async () => {
  const other = await person({ tenantId: 'other' });
  const people = await Promise.all([person(), person(), person({ known: false })]);
  await start({ tenant: TWO_AN_HOUR, replicas: 2 });
  for (const [n, { id }] of people.entries()) await told(id, [`message ${n}`]);
  await until(async () => connector.requests.length === 2 && (await minutesLater()).length > 0);
  await told(other.id, ['o']);
  await until(() => arrived(other.conversationId) === 1);
  expect(connector.requests).toHaveLength(3);
});

it('asks nothing of a conversation that the connector wants left alone for a while', async () => {
  const [throttled, other] = [await person(), await person()];
  connector.misbehave({ answer: 429, retryAfter: 3_600, times: 1 });
  await start({});
  await told(throttled.id, ['a']);
  await until(() => connector.requests.length === 1);
  connector.behave();
  await until(async () => (await minutesLater()).length === 1);
  await told(throttled.id, ['b']);
  await told(other.id, ['c']);
  await until(async () => arrived() === 1 && (await minutesLater()).length === 2);
  expect([connector.requests.length, arrived(other.conversationId)]).toEqual([2, 1]);
  expect((await rows()).find(({ key }) => key === 'b')).toMatchObject({ state: 'waiting', attempts: 0 });
});

it('sends anew what somebody has deleted, also where one slot at a time comes in', async () => {
  const { id } = await person();
  await start({ conversation: { burst: 1, everyMs: 700 } });
  await told(id, ['a'], 'thread');
  await until(async () => (await rows()).every(({ state }) => state === 'sent'));
  connector.remove((await rows())[0]?.activityId ?? '');
  await told(id, ['b'], 'thread');
  await until(async () => (await rows()).every(({ state }) => state === 'sent'));
  expect(connector.messages().map(({ text }) => text)).toEqual(['b']);
  expect(connector.requests.map(({ method }) => method)).toEqual(['POST', 'PUT', 'POST']);
});
