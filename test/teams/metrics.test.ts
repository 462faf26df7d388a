import { request as httpRequest } from 'node:http';
import type { PgBoss } from 'pg-boss';
import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { openDatabase, type Database } from '../../bot/store/database.ts';
import { startJobs } from '../../bot/store/jobs.ts';
import { tell } from '../../bot/store/outbox.ts';
import { type Delivery, startDelivery } from '../../bot/teams/delivery.ts';
import { createMetrics } from '../../bot/teams/metrics.ts';
import { type RunningServer, startServer } from '../../bot/teams/server.ts';
import { type FakeConnector, startFakeConnector } from '../fakes/connector.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { textMessenger } from '../fakes/queue.ts';
import { templatesFrom } from '../fakes/templates.ts';

const at = Temporal.Instant.from('2026-11-22T10:42:00Z');
const now = () => at.add({ minutes: 10 });
const log = { error: () => {}, warn: () => {}, info: () => {} };
const TOKEN = 'a-token-that-nobody-will-guess-0123';
const [appId, tenantId] = [uuidv7(), uuidv7()];
const production = { kind: 'UserAssignedMSI', appId, tenantId } as const;

let test: TestDatabase;
let database: Database;
let boss: PgBoss;
let connector: FakeConnector;
let delivery: Delivery | undefined;
let server: RunningServer | undefined;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
  boss = await startJobs(test.url, { log });
  connector = await startFakeConnector();
});
afterEach(async () => {
  await delivery?.stop();
  await server?.close();
  [delivery, server] = [undefined, undefined];
  await database.prisma.outboxMessage.deleteMany();
});
afterAll(async () => {
  await boss.stop();
  await database.close();
  await connector.close();
  await test.drop();
});

const metricsNow = () => createMetrics({ db: database.db, now });
async function serve(config: { local: boolean; metricsToken?: string }, metrics = metricsNow()): Promise<string> {
  server = await startServer({
    config: {
      ...{ host: '127.0.0.1', port: 0, tenants: [], serviceHosts: [], metricsToken: config.metricsToken },
      auth: config.local ? { kind: 'local' } : production,
    },
    handle: () => Promise.resolve({ kind: 'nothing' }),
    health: { ready: () => Promise.resolve([]) },
    templates: templatesFrom({}),
    log,
    metrics,
  });
  return `http://127.0.0.1:${server.port}/metrics`;
}

async function until(read: () => Promise<string>, shows: string): Promise<string> {
  for (const end = Date.now() + 15_000; ;) {
    const text = await read();
    if (text.includes(shows)) return text;
    if (Date.now() > end) throw new Error(`no ${shows} in ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it('counts what was sent, failed, was tried again or held back, and what waits', async () => {
  const { prisma, db } = database;
  const staff = await prisma.staff.create({ data: { aadObjectId: uuidv7(), name: 'Mette Holm', searchName: 'mette' } });
  const where = { serviceUrl: connector.url, botId: '28:bot', channelId: 'msteams', userId: '29:x', tenantId };
  await prisma.conversation.create({
    data: { ...where, staffId: staff.id, conversationId: 'c', updatedAt: new Date(0) },
  });
  const told = (...keys: string[]) =>
    db.$transaction((tx) =>
      tell(
        tx,
        boss,
        keys.map((key) => ({ key, kind: 'test', recipientId: staff.id, subject: {} })),
        at,
      ),
    );
  const metrics = metricsNow();
  const url = await serve({ local: true }, metrics);
  const read = async () => (await fetch(url)).text();
  delivery = await startDelivery({
    ...{ db, boss, now, log, metrics, pollSeconds: 0.5, retry: { firstSeconds: 0.02, mostSeconds: 0.05 } },
    messenger: textMessenger(),
    compose: ({ key }) => Promise.resolve({ reply: { kind: 'text', text: key }, seen: [] }),
    paces: { conversation: { burst: 5, everyMs: 3_600_000 }, tenant: { burst: 100, everyMs: 1 } },
  });

  connector.misbehave({ answer: 429, code: 'Throttled', times: 1 });
  await told('a');
  await until(read, 'hjemvej_messages_sent_total 1\n');
  connector.misbehave({ answer: 502, times: 1 });
  await told('b');
  await until(read, 'hjemvej_messages_sent_total 2\n');
  connector.misbehave({ answer: 400, code: 'BadSyntax', times: 1 });
  await told('c');
  await until(read, 'hjemvej_messages_failed_total{code="BadSyntax"} 1\n');
  await told('d', 'e');
  const text = await until(read, 'hjemvej_messages_held_total 2\n');

  const lines = text.split('\n').filter((line) => line.startsWith('hjemvej_'));
  expect(lines.sort()).toEqual([
    'hjemvej_connector_throttled_total 1',
    'hjemvej_messages_failed_total{code="BadSyntax"} 1',
    'hjemvej_messages_held_total 2',
    'hjemvej_messages_retried_total{code="Throttled"} 1',
    'hjemvej_messages_retried_total{code="Told"} 1',
    'hjemvej_messages_sent_total 2',
    'hjemvej_outbox_oldest_seconds 600',
    'hjemvej_outbox_waiting 2',
  ]);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
});

describe('may be read', () => {
  const status = async (url: string, headers: Record<string, string> = {}) => (await fetch(url, { headers })).status;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('in local mode, by this machine under its own name', async () => {
    const url = await serve({ local: true });
    expect(await status(url)).toBe(200);
    const foreign = new Promise((resolve) => {
      httpRequest(url, { headers: { host: 'evil.example' } }, (response) => resolve(response.statusCode)).end();
    });
    expect(await foreign).toBe(404);
  });

  it('with an app id by nobody, whatever they send, while no token is set', async () => {
    const url = await serve({ local: false });
    expect([await status(url), await status(url, bearer('')), await status(url, bearer('undefined'))]).toEqual([
      404, 404, 404,
    ]);
  });

  it.each([true, false])('with the token alone where one is set (local: %p)', async (local) => {
    const url = await serve({ local, metricsToken: TOKEN });
    expect(await status(url, bearer(TOKEN))).toBe(200);
    for (const headers of [{}, bearer(''), bearer(`${TOKEN}x`), bearer(TOKEN.slice(1)), { authorization: TOKEN }])
      expect(await status(url, headers as Record<string, string>)).toBe(401);
  });
});
