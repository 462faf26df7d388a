/** Two bots killed at random moments, with a connector that answers badly: no change is lost, and nothing is told twice. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { openDatabase, type Database } from '../../bot/store/database.ts';
import { makeCprKeys } from '../../bot/store/keys.ts';
import { TestClient } from '../fakes/client.ts';
import {
  type ConnectorRequest,
  type FakeConnector,
  type Misbehaviour,
  startFakeConnector,
} from '../fakes/connector.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { foundTown, type Town } from '../fakes/town.ts';

const SEED = 20_261_125;
const KILLS_EACH = 4;
const COLLEAGUES = 60;
/** As many as each process delivers at a time. */
const CONCURRENCY = 3;
/** A process that runs so long after the answer has recorded it; also on a busy machine. */
const WINDOW_MS = 1_000;
/** So often the connector refuses one and the same message at most: each time it waits longer. */
const REFUSALS = 2;
/** The messenger waits ten seconds for an answer, and a worker is held up for as long. */
const HANGS = 2;

let test: TestDatabase;
let database: Database;
let connector: FakeConnector;
let town: Town;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
  connector = await startFakeConnector();
  town = await foundTown(database.prisma);
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await connector.close();
  await database.close();
  await test.drop();
});

/** Chance that comes out the same at every run (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const cprKeys = makeCprKeys();
/** A replica; `port` is null when it ends before it listens. */
function startBot(name: string): { readonly child: ChildProcess; readonly port: Promise<number | null> } {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.resolve('test/fakes/bot-process.ts')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...{ PATH: process.env['PATH'], DATABASE_URL: test.url, HJEMVEJ_CPR_KEYS: cprKeys },
        ...{ HOST: '127.0.0.1', PORT: '0', BOT_NAME: name },
      },
    },
  );
  running.add(child);
  child.once('exit', () => running.delete(child));
  const port = new Promise<number | null>((resolve) => {
    child.once('exit', () => resolve(null));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { port } = JSON.parse(line) as { port?: number };
      if (port !== undefined) resolve(port);
    });
  });
  return { child, port };
}

/** Who are told of the absences, by name; each is the deputy of the one before. */
async function hireColleagues(): Promise<readonly string[]> {
  const ids = Array.from({ length: COLLEAGUES }, () => uuidv7());
  await database.prisma.staff.createMany({
    data: ids.map((id, n) => ({ id, aadObjectId: randomUUID(), name: `Kollega ${n}`, searchName: `kollega ${n}` })),
  });
  await database.prisma.staffAssignment.createMany({
    data: ids.map((staffId) => ({ staffId, role: 'caseworker' as const, unitId: town.unitIds.hje })),
  });
  return ids;
}

const textOf = ({ body }: ConnectorRequest): string => String(body['text'] ?? '');
const whereTo = ({ path }: ConnectorRequest): string => decodeURIComponent(path.split('/')[3] ?? '');
const processOf = ({ authorization = '' }: ConnectorRequest): string => authorization.replace('Bearer ', '');
/** A message to somebody, rather than the opening of a conversation. */
const isMessage = ({ path }: ConnectorRequest): boolean => path.endsWith('/activities');
const keyOf = (request: ConnectorRequest): string => `${whereTo(request)} ${textOf(request)}`;

/** 429 with and without Retry-After, 502, cut connections of which the message may have arrived, and no answer. */
function badlyAnswering(chance: () => number): (request: ConnectorRequest) => Misbehaviour | null {
  const refused = new Map<string, number>();
  let hangs = 0;
  return (request) => {
    if (!isMessage(request)) return null;
    const times = refused.get(keyOf(request)) ?? 0;
    const [luck, afterMs] = [chance(), chance() * 60];
    const how: Misbehaviour | null =
      luck < 0.04
        ? { answer: 429, retryAfter: 1 }
        : luck < 0.08
          ? { answer: 429 }
          : luck < 0.13
            ? { answer: 502 }
            : luck < 0.17
              ? { answer: 'reset', keep: luck < 0.15 }
              : luck < 0.19 && hangs < HANGS
                ? { answer: 'hang' }
                : null;
    if (how === null || times >= REFUSALS) return { answer: 'late', afterMs };
    if (how.answer === 'hang') hangs++;
    refused.set(keyOf(request), times + 1);
    return { ...how, afterMs };
  };
}

it('loses nothing, and repeats nothing that was answered', async () => {
  const colleagues = await hireColleagues();
  const chance = chanceFrom(SEED);
  connector.misbehave(badlyAnswering(chanceFrom(SEED + 1)));

  const ports = new Map<string, number>();
  const killedAt = new Map<string, number>();
  async function killAgainAndAgain(replica: string): Promise<void> {
    for (let life = 1; life <= KILLS_EACH; life++) {
      const name = `${replica}${life}`;
      const { child, port } = startBot(name);
      const ended = once(child, 'exit');
      // One in five does not live to listen.
      const born = chance() < 0.2 ? sleep(chance() * 1_500, null) : port;
      await born.then((listening) => (listening === null ? undefined : ports.set(replica, listening)));
      await sleep(300 + chance() * 3_000);
      killedAt.set(name, Date.now());
      child.kill('SIGKILL');
      expect(await ended).toEqual([null, 'SIGKILL']);
    }
    ports.delete(replica);
  }

  /** The administrator puts one colleague after the other down as away; what became of it is asked of the database. */
  let tried = 0;
  const confirmed: string[] = [];
  async function recordAbsences(): Promise<void> {
    const [port] = [...ports.values()].slice(tried % Math.max(1, ports.size));
    const n = tried++;
    const day = new Date(Date.UTC(2027, 0, 1 + n)).toISOString().slice(0, 10);
    const admin = new TestClient({ bot: `http://127.0.0.1:${port}`, connector, aadObjectId: town.aadIds.admin });
    const answer = await admin
      .press(
        'absence.record',
        { nonce: randomUUID(), version: 0 },
        {
          ...{ who: colleagues[n % COLLEAGUES], deputy: colleagues[(n + 1) % COLLEAGUES] },
          ...{ firstDay: day, lastDay: day },
        },
      )
      .catch(() => null);
    if (answer?.text?.includes('er fraværende')) confirmed.push(day);
    else if (answer) throw new Error(`The bot answered ${JSON.stringify(answer)}`);
  }
  let killing = true;
  const changing = (async () => {
    for (; killing; await sleep(chance() * 120)) if (ports.size > 0) await recordAbsences();
  })();
  await Promise.all([killAgainAndAgain('a'), killAgainAndAgain('b')]);
  killing = false;
  await changing;

  connector.behave();
  const last = startBot('last');
  const ended = once(last.child, 'exit');
  while ((await database.prisma.outboxMessage.count({ where: { state: 'waiting' } })) > 0) await sleep(100);
  last.child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);

  await assertEachToldOnce(confirmed, killedAt);
}, 120_000);

async function assertEachToldOnce(confirmed: readonly string[], killedAt: ReadonlyMap<string, number>): Promise<void> {
  const { prisma } = database;
  const absences = await prisma.absence.findMany({ include: { staff: true, deputy: true } });
  const days = absences.map(({ firstDay }) => firstDay.toISOString().slice(0, 10));
  expect(confirmed.filter((day) => !days.includes(day))).toEqual([]);
  expect(confirmed.length).toBeGreaterThan(0);

  // Every change has its two messages, and all are sent; nothing is known of any other.
  const told = absences.flatMap(({ id, staffId, deputyId }) =>
    [staffId, deputyId].map((person) => `absence.recorded:${id}:${person}`),
  );
  const messages = await prisma.outboxMessage.findMany({ select: { key: true, state: true } });
  expect(messages.map(({ key }) => key).sort()).toEqual(told.sort());
  expect(messages.filter(({ state }) => state !== 'sent')).toEqual([]);

  // The connector has answered each of them, in the chat of each of the two, and was sent nothing else.
  const arrivals = Map.groupBy(connector.requests.filter(isMessage), keyOf);
  const dayInWords = new Intl.DateTimeFormat('da-DK', { dateStyle: 'long', timeZone: 'UTC' });
  const expected = absences.flatMap(({ staff, deputy, firstDay }) =>
    [staff, deputy].map(({ aadObjectId }) => {
      const day = dayInWords.format(firstDay);
      const text = `${staff.name} er fraværende fra ${day} til ${day}. ${deputy.name} er stedfortræder.`;
      return `personal:${aadObjectId} ${text}`;
    }),
  );
  expect([...arrivals.keys()].sort()).toEqual(expected.sort());
  const answered = [...arrivals.values()].map((times) => times.filter(({ answeredAt }) => answeredAt !== undefined));
  expect(answered.filter((times) => times.length === 0)).toEqual([]);

  // Answered twice only where the process was killed between the answer and the record of it.
  const inWindow: number[] = [];
  const repeated: unknown[] = [];
  for (const request of answered.flatMap((times) => times.slice(0, -1))) {
    const survivedMs = (killedAt.get(processOf(request)) ?? Infinity) - (request.answeredAt ?? 0);
    if (survivedMs < WINDOW_MS) inWindow.push(survivedMs);
    else repeated.push({ key: keyOf(request), process: processOf(request), survivedMs });
  }
  expect(repeated).toEqual([]);
  expect(inWindow.length).toBeLessThanOrEqual(killedAt.size * CONCURRENCY);
  process.stdout.write(
    `    ${killedAt.size} kills, ${absences.length} changes, ${connector.requests.length} requests for ${told.length} messages; ` +
      `${inWindow.length} repeated, whose process was killed before it had recorded the answer ` +
      `(at most ${Math.max(0, ...inWindow)} ms after it)\n`,
  );
}
