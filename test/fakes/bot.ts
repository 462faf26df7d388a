/** The whole bot for a test: real HTTP in, a fake connector out, real PostgreSQL beneath, and a clock that stands still. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defaultRules } from '../../bot/domain/rules.ts';
import { type Instant, legalDate, type PlainDate, Temporal } from '../../bot/domain/time.ts';
import { createCprVault } from '../../bot/store/cpr-vault.ts';
import { openDatabase } from '../../bot/store/database.ts';
import type { PrismaClient } from '../../bot/store/generated/client.ts';
import { startJobs } from '../../bot/store/jobs.ts';
import { makeCprKeys, parseCprKeys } from '../../bot/store/keys.ts';
import { createTokenSource } from '../../bot/teams/credentials.ts';
import { startDelivery } from '../../bot/teams/delivery.ts';
import { createMessenger } from '../../bot/teams/messenger.ts';
import { loadTemplates } from '../../bot/teams/render.ts';
import { startServer } from '../../bot/teams/server.ts';
import { createApp } from '../../bot/workflows/app.ts';
import type { Deps } from '../../bot/workflows/deps.ts';
import { documentMakers } from '../../bot/workflows/document-makers.ts';
import { type DocumentMakers, fetchDocument } from '../../bot/workflows/documents.ts';
import { compose } from '../../bot/workflows/messages.ts';
import { TestClient } from './client.ts';
import { type FakeConnector, startFakeConnector } from './connector.ts';
import { createTestDatabase } from './database.ts';
import { foundTown, type PersonName, type Town } from './town.ts';

export interface TestBot {
  readonly town: Town;
  readonly prisma: PrismaClient;
  readonly connector: FakeConnector;
  readonly deps: Deps;
  readonly url: string;
  /** Every line logged, as JSON. */
  readonly logged: string[];
  today(): PlainDate;
  setNow(now: Instant): void;
  /** The person in their own chat; the same one at every call. */
  as(person: PersonName): TestClient;
  /** The person in the shelter's channel. */
  inChannel(person: PersonName): TestClient;
  /** Anybody else, by Entra object id. */
  stranger(aadObjectId?: string): TestClient;
  /** Waits until no message waits, then resolves to what has been sent to the person outside their turns. */
  delivered(person: PersonName): Promise<readonly Record<string, unknown>[]>;
  /** A new process on the same database: nothing is left of what the old one had in mind. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A Wednesday in an ordinary week: no holiday near. */
export const NOON = Temporal.Instant.from('2026-11-18T11:00:00Z');

export async function startTestBot({
  personNames = 'full',
  demo = false,
  deliver = false,
  makers = documentMakers,
}: {
  personNames?: 'full' | 'initials';
  demo?: boolean;
  deliver?: boolean;
  /** Of documents, in place of the bot's own. */
  makers?: DocumentMakers;
} = {}): Promise<TestBot> {
  const database = await createTestDatabase();
  const { prisma, db, close } = openDatabase(database.url, { max: 8 });
  const town = await foundTown(prisma);
  const connector = await startFakeConnector();
  const logged: string[] = [];
  const keep = (fields: object, message: string) => void logged.push(JSON.stringify({ ...fields, message }));
  const log = { info: keep, warn: keep, error: keep };
  let now = NOON;
  const vault = createCprVault(parseCprKeys(makeCprKeys()));
  const boss = await startJobs(database.url, { log: { warn: keep, error: keep } as never, connections: 3 });
  let port = 0;
  const deps: Deps = {
    db,
    prisma,
    boss,
    vault,
    now: () => now,
    rules: defaultRules,
    personNames,
    log,
    demo,
    get publicUrl() {
      return `http://127.0.0.1:${port}`;
    },
  };
  const templates = loadTemplates(fileURLToPath(new URL('../../cards', import.meta.url)));
  const tokens = createTokenSource({ kind: 'local' });
  const messenger = createMessenger({ tokens, templates, serviceHosts: [], local: true });
  const delivery = deliver
    ? await startDelivery({
        db,
        boss,
        messenger,
        compose: (message) => compose(deps, message),
        now: () => Temporal.Now.instant(),
        log: log as never,
        home: { serviceUrl: connector.url, botId: '28:bot', channelId: 'msteams', tenantId: 'tenant' },
        pollSeconds: 0.5,
        paces: null,
      })
    : null;
  const serve = (on: number) => {
    const app = createApp(deps);
    return startServer({
      config: { host: '127.0.0.1', port: on, auth: { kind: 'local' }, tenants: [], serviceHosts: [] },
      handle: (event) => app.handle(event),
      localeOf: (event) => app.localeOf(event),
      health: { ready: async () => [] },
      templates,
      log,
      tokens,
      documents: (token) => fetchDocument(deps, token, makers),
    });
  };
  let server = await serve(0);
  port = server.port;
  const bot = `http://127.0.0.1:${port}`;
  const clients = new Map<string, TestClient>();
  const client = (key: string, options: Partial<ConstructorParameters<typeof TestClient>[0]>) => {
    const made = clients.get(key) ?? new TestClient({ bot, connector, ...options });
    clients.set(key, made);
    return made;
  };

  return {
    town,
    prisma,
    connector,
    deps,
    url: database.url,
    logged,
    today: () => legalDate(now),
    setNow: (next) => {
      now = next;
    },
    as: (person) => client(person, { aadObjectId: town.aadIds[person] }),
    inChannel: (person) =>
      client(`channel ${person}`, {
        aadObjectId: town.aadIds[person],
        kind: 'channel',
        conversationId: '19:boc@thread.tacv2;messageid=1',
      }),
    stranger: (aadObjectId = `99999999-aaaa-4000-8000-${randomBytes(6).toString('hex')}`) =>
      client(aadObjectId, { aadObjectId }),
    async delivered(person) {
      for (let tries = 0; tries < 150; tries++) {
        if ((await prisma.outboxMessage.count({ where: { state: 'waiting' } })) === 0) break;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const rows = await prisma.outboxMessage.findMany({
        where: { recipientId: town.staffIds[person], state: 'sent' },
      });
      const ids = new Set(rows.map(({ activityId }) => activityId));
      return connector.activities.filter(({ id }) => ids.has(id ?? '')) as never;
    },
    async restart() {
      await server.close();
      server = await serve(port);
      // Connections to the old one are found closed here, not in the middle of a test.
      await Promise.allSettled(Array.from({ length: 8 }, () => fetch(`${bot}/healthz`)));
    },
    async close() {
      await delivery?.stop();
      await server.close();
      await boss.stop({ graceful: true, timeout: 3_000 });
      await close();
      await connector.close();
      await database.drop();
    },
  };
}
