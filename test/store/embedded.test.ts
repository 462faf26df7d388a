import { afterEach, describe, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../bot/store/embedded.ts';
import { stopAbandoned } from '../../bot/store/embedded-server.ts';
import { throwawayFolder } from '../../bot/store/throwaway.ts';

const script = path.join(import.meta.dirname, '..', 'fakes', 'start-embedded.ts');

describe('the embedded database', () => {
  const folders: string[] = [];
  const children: ChildProcess[] = [];

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const folder of folders.splice(0)) {
      await stopAbandoned(folder);
      await rm(folder, { recursive: true, force: true });
    }
  });

  function dataFolder(): string {
    const folder = throwawayFolder();
    folders.push(folder);
    return folder;
  }

  /** Not durable unless asked for: making the data takes several times longer when it waits for the disk. */
  function start(
    dataDir: string,
    { log = [] as string[], settings = { fsync: 'off' } as Record<string, string> } = {},
  ) {
    return startEmbedded({ dataDir, checkoutDir: process.cwd(), settings, log: (message) => log.push(message) });
  }

  /** Another process that starts (or attaches to) the database, once it has. */
  async function startElsewhere(dataDir: string): Promise<{ child: ChildProcess; url: string }> {
    const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const [url] = (await once(child.stdout!, 'data')) as [Buffer];
    return { child, url: url.toString().trim() };
  }

  test('keeps what was written, across a stop and a start', async () => {
    const dataDir = dataFolder();
    const first = await start(dataDir, { settings: {} });
    await query(first.url, "CREATE TABLE word AS SELECT lower('ÆØÅ') AS text");
    await first.stop();
    await expect(query(first.url, 'SELECT')).rejects.toThrow('ECONNREFUSED');

    const second = await start(dataDir, { settings: {} });
    expect(await query(second.url, 'SELECT text FROM word')).toEqual([{ text: 'æøå' }]);
    expect(await query(second.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    await second.stop();
    await second.stop();
    const password = statSync(path.join(dataDir, 'postgres', 'password'));
    expect(password.mode & 0o777).toBe(0o600);
    const cluster = statSync(path.join(dataDir, 'postgres', 'cluster'));
    expect(cluster.mode & 0o777).toBe(0o700);
  });

  test('outlives a process that is killed; the next attaches to it and, as the last one, stops it', async () => {
    const dataDir = dataFolder();
    const { child, url } = await startElsewhere(dataDir);
    await query(url, 'CREATE TABLE word AS SELECT 1 AS number');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const log: string[] = [];
    const next = await start(dataDir, { log });
    expect(log).toEqual([`Attached to the embedded database in ${dataDir}`]);
    expect(next.url).toBe(url);
    expect(await query(url, 'SELECT number FROM word')).toEqual([{ number: 1 }]);
    await next.stop();
    await expect(query(url, 'SELECT')).rejects.toThrow('ECONNREFUSED');
  });

  test('is stopped by the last that uses it, not by the one that started it', async () => {
    const dataDir = dataFolder();
    const { child, url } = await startElsewhere(dataDir);
    const second = await start(dataDir);
    const passing = await start(dataDir);
    await passing.stop();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.stop();
    await expect(query(url, 'SELECT')).rejects.toThrow('ECONNREFUSED');
  });

  test('is stopped when its users end at the same time, and goes on for a client that is none of ours', async () => {
    const dataDir = dataFolder();
    const all = [await start(dataDir), await start(dataDir), await start(dataDir)];
    await Promise.all(all.map((one) => one.stop()));
    await expect(query(all[0]!.url, 'SELECT')).rejects.toThrow('ECONNREFUSED');

    const next = await start(dataDir);
    const client = new pg.Client({ connectionString: next.url });
    client.on('error', () => {});
    await client.connect();
    await next.stop();
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await client.end();
  });

  test('tells its users when it ends by itself, and not when they stop it', async () => {
    const dataDir = dataFolder();
    const [own, attached] = [await start(dataDir), await start(dataDir)];
    const pid = Number(
      readFileSync(path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    process.kill(pid, 'SIGKILL');
    await Promise.all([own.ended, attached.ended]);
    await Promise.all([own.stop(), attached.stop()]);

    const next = await start(dataDir);
    let told = false;
    void next.ended.then(() => (told = true));
    await next.stop();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told).toBe(false);
  });

  test('is made once and started once by three processes at the same time', async () => {
    const dataDir = dataFolder();
    const all = await Promise.all([startElsewhere(dataDir), startElsewhere(dataDir), start(dataDir)]);
    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
    await all[2].stop();
  });

  test('starts anew when postmaster.pid is stale: of no process, or of one that is something else', async () => {
    const dataDir = dataFolder();
    const first = await start(dataDir);
    const file = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
    const left = readFileSync(file, 'utf8');
    await first.stop();
    // Only Linux tells what another process is.
    for (const pid of process.platform === 'linux' ? [99_999_999, process.pid] : [99_999_999]) {
      writeFileSync(file, left.replace(/^\d+/, String(pid)));
      const next = await start(dataDir);
      expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await next.stop();
    }
  });

  test('says what to do when it cannot start', async () => {
    const dataDir = dataFolder();
    await (await start(dataDir)).stop();
    writeFileSync(path.join(dataDir, 'postgres', 'cluster', 'postgresql.auto.conf'), 'work_mem = nonsense\n');
    await expect(start(dataDir)).rejects.toThrow(/work_mem[^]*set DATABASE_URL to a PostgreSQL of your own/);

    writeFileSync(path.join(dataDir, 'postgres', 'cluster', 'postgresql.auto.conf'), '');
    writeFileSync(path.join(dataDir, 'postgres', 'password'), 'wrong\n');
    await expect(start(dataDir)).rejects.toThrow('Restore the file');
    expect(existsSync(path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false);
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}
