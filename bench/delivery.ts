/**
 * How many messages a replica delivers in a second, beside how many jobs the same queue gives to a handler that does nothing.
 * The delivery, the connector and the empty handler run in this process, the database in its own.
 */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { PgBoss } from 'pg-boss';
import { pino } from 'pino';
import { type Paces, TEAMS_PACES } from '../bot/domain/pace.ts';
import { defaultRules } from '../bot/domain/rules.ts';
import { Temporal } from '../bot/domain/time.ts';
import { createCprVault } from '../bot/store/cpr-vault.ts';
import { type Database, openDatabase } from '../bot/store/database.ts';
import { DELIVER, startJobs } from '../bot/store/jobs.ts';
import { makeCprKeys, parseCprKeys } from '../bot/store/keys.ts';
import { queueDelivery, tell } from '../bot/store/outbox.ts';
import { type DeliveryParts, startDelivery } from '../bot/teams/delivery.ts';
import { createMessenger } from '../bot/teams/messenger.ts';
import { loadTemplates } from '../bot/teams/render.ts';
import { compose } from '../bot/workflows/messages.ts';
import { type FakeConnector, startFakeConnector } from '../test/fakes/connector.ts';
import { type Bench, median, rounded } from './bench.ts';
import { makePopulation } from './population.ts';
import { startDatabase } from './processes.ts';

const CITIZENS = 2_000;
const ROUNDS = 3;
const MESSAGES = 1_500;
/** Of a run at Teams' pace; at more than that it is the pace that is measured. */
const PACED_MESSAGES = 300;
const WORKERS = 3;
const EMPTY = 'bench-empty';
/** The buckets are asked, and never say no. */
const WIDE: Paces = { conversation: { burst: 1_000_000, everyMs: 1 }, tenant: { burst: 1_000_000, everyMs: 1 } };

const log = pino({ level: 'warn' });
const now = () => Temporal.Now.instant();
const text: DeliveryParts['compose'] = ({ key }) => Promise.resolve({ reply: { kind: 'text', text: key }, seen: [] });

const delivery: Bench = async ({ line, table }) => {
  const server = await startDatabase();
  const connector = await startFakeConnector();
  await makePopulation(server.url, CITIZENS, connector.url);
  const database = openDatabase(server.url);
  const boss = await startJobs(server.url, { log });
  try {
    const card = cardsOf(database, boss);
    const deliver = (how: Pick<DeliveryParts, 'compose' | 'paces'>, messages = MESSAGES) =>
      delivering(database, boss, connector, how, messages);
    const contestants = [
      { name: '(a) empty handler', run: () => doingNothing(boss) },
      { name: '(b) a line of text', run: () => deliver({ compose: text, paces: null }) },
      { name: '(c) the card of a case', run: () => deliver({ compose: card, paces: null }) },
      { name: '(d) as (c), asking the buckets', run: () => deliver({ compose: card, paces: WIDE }) },
    ].map((contestant) => ({ ...contestant, rates: [] as number[] }));
    for (let round = -1; round < ROUNDS; round++)
      for (const { run, rates } of contestants) {
        const rate = await run();
        // The first warms up.
        if (round >= 0) rates.push(rate);
      }
    const empty = median(contestants[0]?.rates ?? []);
    table(
      contestants.map(({ name, rates }) => ({
        [`${WORKERS} workers`]: name,
        'jobs/s': rounded(median(rates), 0),
        'min–max': `${rounded(Math.min(...rates), 0)}–${rounded(Math.max(...rates), 0)}`,
        'of (a)': rounded(median(rates) / empty, 2),
      })),
    );
    await database.prisma.sendBucket.deleteMany();
    const paced = await deliver({ compose: card, paces: TEAMS_PACES }, PACED_MESSAGES);
    line(`At the pace that Teams allows: ${rounded(paced, 0)} messages/s in a tenant, whatever the replicas`);
  } finally {
    await boss.stop();
    await database.close();
    await connector.close();
    await server.stop();
  }
};

export default delivery;

/** What the bot says of a case, made and authorised as it is at delivery. */
function cardsOf({ db, prisma }: Database, boss: PgBoss): DeliveryParts['compose'] {
  const vault = createCprVault(parseCprKeys(makeCprKeys()));
  const settings = { personNames: 'full', demo: false, publicUrl: null, rules: defaultRules } as const;
  return (message) => compose({ db, prisma, boss, vault, now, log, ...settings }, message);
}

/** Jobs a second, from the first to the last. */
async function doingNothing(boss: PgBoss): Promise<number> {
  // As the queue of the deliveries is.
  await boss.createQueue(EMPTY, { policy: 'short', retryLimit: 8 });
  await boss.insert(
    EMPTY,
    Array.from({ length: MESSAGES }, () => ({ data: {}, singletonKey: randomUUID() })),
  );
  const times: number[] = [];
  const { promise: done, resolve } = Promise.withResolvers<void>();
  for (let n = 0; n < WORKERS; n++) {
    const worker: string = await boss.work(EMPTY, { pollingIntervalSeconds: 1 }, () => {
      boss.notifyWorker(worker);
      if (times.push(performance.now()) === MESSAGES) resolve();
      return Promise.resolve();
    });
  }
  await done;
  await boss.offWork(EMPTY);
  await boss.deleteQueue(EMPTY);
  return rateOf(times);
}

/** Messages a second, from the arrival of the first at the connector to that of the last. */
async function delivering(
  { db, prisma }: Database,
  boss: PgBoss,
  connector: FakeConnector,
  { compose, paces = null }: Pick<DeliveryParts, 'compose' | 'paces'>,
  messages: number,
): Promise<number> {
  connector.clear();
  const times: number[] = [];
  connector.misbehave(() => {
    times.push(performance.now());
    return null;
  });
  await tellOfCases(db, boss, messages);
  const waiting = await prisma.outboxMessage.findMany({ where: { state: 'waiting' }, select: { id: true } });
  // Each a job of its own, as those of one change are one.
  await boss.deleteAllJobs(DELIVER);
  const ids = waiting.map(({ id }) => id);
  await queueDelivery(db, boss, ids);
  const messenger = createMessenger({
    ...{ tokens: { getToken: () => Promise.resolve(null) }, serviceHosts: [], local: true },
    templates: loadTemplates(fileURLToPath(new URL('../cards', import.meta.url))),
  });
  const delivery = await startDelivery({ db, boss, messenger, compose, paces, now, log, concurrency: WORKERS });
  const waits = () => prisma.outboxMessage.count({ where: { state: 'waiting' } });
  while ((await waits()) > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  await delivery.stop();
  const sent = await prisma.outboxMessage.count({ where: { state: 'sent', id: { in: ids } } });
  if (sent !== messages) throw new Error(`${sent} of ${messages} messages were sent`);
  return rateOf(times);
}

/** To the caseworkers of cases, about those cases. */
async function tellOfCases(db: Database['db'], boss: PgBoss, many: number): Promise<void> {
  const cases = await db.$queryRawUnsafe<{ caseId: string; recipientId: string }[]>(
    `select id as "caseId", caseworker_id as "recipientId" from referral
     where caseworker_id is not null and closed_at is null order by id limit 500`,
  );
  if (cases.length === 0) throw new Error('The population has no case with a caseworker');
  const tellings = Array.from({ length: many }, (_, n) => {
    const { caseId, recipientId } = cases[n % cases.length]!;
    const subject = { caseId, mark: randomUUID() };
    return { key: `case.open:${subject.mark}`, kind: 'case.open', recipientId, subject };
  });
  await db.$transaction((tx) => tell(tx, boss, tellings, now()), { longestMs: 60_000 });
}

const rateOf = (times: readonly number[]): number =>
  ((times.length - 1) * 1_000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
