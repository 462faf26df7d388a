/** Replicas killed at random moments, with a connector that answers badly: no message is lost, and none is told twice. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { openDatabase, type Database } from '../../bot/store/database.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const KILLING_MS = 20_000;
const CONCURRENCY = 3;
/** A process that runs so long after the answer has recorded it; also on a busy machine. */
const WINDOW_MS = 1_000;

let test: TestDatabase;
let database: Database;
let connector: Server;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
});
afterAll(async () => {
  connector?.closeAllConnections();
  connector?.close();
  await database.close();
  await test.drop();
});

interface Arrival {
  readonly key: string;
  readonly process: string;
  /** When it was answered with success; never, when it was not. */
  answeredAt?: number;
}

async function startConnector(arrivals: Arrival[]): Promise<string> {
  connector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = (status: number, body: object) => {
        // In two statements: restify, once loaded in this process, makes `writeHead` return nothing.
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      if (!request.url?.endsWith('/activities')) return answer(201, { id: 'conversation' });
      const { text } = JSON.parse(Buffer.concat(chunks).toString()) as { text: string };
      const [key = '', process = ''] = text.split(' ');
      const arrival: Arrival = { key, process };
      arrivals.push(arrival);
      const luck = Math.random();
      if (luck < 0.01) return; // no answer at all
      if (luck < 0.08) return answer(429, {});
      if (luck < 0.15) return answer(502, {});
      setTimeout(() => {
        response.once('finish', () => (arrival.answeredAt = Date.now()));
        answer(201, { id: uuidv7() });
      }, Math.random() * 20);
    });
  });
  connector.listen(0, '127.0.0.1');
  await once(connector, 'listening');
  return `http://127.0.0.1:${(connector.address() as AddressInfo).port}/`;
}

it('loses nothing and repeats nothing that was answered', async () => {
  const { prisma } = database;
  const staff = await prisma.staff.create({ data: { aadObjectId: uuidv7(), name: 'Test', searchName: 'test' } });
  const arrivals: Arrival[] = [];
  const connectorUrl = await startConnector(arrivals);
  const script = path.resolve('test/fakes/delivery-process.ts');
  const run = (name: string, ...mode: string[]): ChildProcess =>
    spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, test.url, connectorUrl, name, staff.id, ...mode],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );

  const killedAt = new Map<string, number>();
  const end = Date.now() + KILLING_MS;
  async function killAgainAndAgain(replica: string): Promise<void> {
    for (let life = 1; Date.now() < end; life++) {
      const name = `${replica}${life}`;
      const child = run(name);
      const ended = once(child, 'exit');
      await sleep(200 + Math.random() * 2_800);
      killedAt.set(name, Date.now());
      child.kill('SIGKILL');
      expect(await ended).toEqual([null, 'SIGKILL']);
    }
  }
  await Promise.all([killAgainAndAgain('a'), killAgainAndAgain('b')]);
  const [code] = (await once(run('last', 'drain'), 'exit')) as [number | null];
  expect(code).toBe(0);

  const changes = (await prisma.usedNonce.findMany({ select: { nonce: true } })).map(({ nonce }) => nonce);
  const messages = await prisma.outboxMessage.findMany({ select: { key: true, state: true } });
  // Every committed change has exactly its one message; nothing is known, or was heard, of any other.
  expect(messages.map(({ key }) => key).sort()).toEqual(changes.sort());
  expect(messages.filter(({ state }) => state !== 'sent')).toEqual([]);
  const committed = new Set(changes);
  expect(arrivals.filter(({ key }) => !committed.has(key))).toEqual([]);

  const answered = Map.groupBy(
    arrivals.filter(({ answeredAt }) => answeredAt !== undefined),
    ({ key }) => key,
  );
  expect(changes.filter((key) => !answered.has(key))).toEqual([]);

  // Answered twice only where the process was killed between the answer and the record of it.
  const inWindow: number[] = [];
  const repeated: unknown[] = [];
  for (const [key, times] of answered) {
    for (const { process, answeredAt = 0 } of times.slice(0, -1)) {
      const survivedMs = (killedAt.get(process) ?? Infinity) - answeredAt;
      if (survivedMs < WINDOW_MS) inWindow.push(survivedMs);
      else repeated.push({ key, process, survivedMs });
    }
  }
  expect(repeated).toEqual([]);
  expect(inWindow.length).toBeLessThanOrEqual(killedAt.size * CONCURRENCY);
  expect(changes.length).toBeGreaterThan(0);
  process.stdout.write(
    `    ${killedAt.size} kills, ${changes.length} changes, ${arrivals.length} requests; ` +
      `${inWindow.length} messages repeated because the process died between the answer and its record ` +
      `(at most ${Math.max(0, ...inWindow)} ms later)\n`,
  );
}, 60_000);
