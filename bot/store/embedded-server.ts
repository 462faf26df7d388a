/** The process of the embedded PostgreSQL: started, found, stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, readlink, realpath, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Place, isAlive } from './embedded-place.ts';

const LOG_LIMIT_BYTES = 1_000_000;

/**
 * Detached, so that Ctrl-C in a terminal (a signal to the whole group) reaches the bot alone, which then stops the
 * server in its own order; and with no pipe to us, so that it neither keeps Node alive nor suffers when we die.
 */
export async function spawnServer(place: Place, settings: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const port = await freePort();
  const log = await open(place.log, (await sizeOf(place.log)) > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
  const all = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A failed statement and the details of an error can hold person data.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  try {
    const child = spawn(path.join(place.binaries, 'postgres'), ['-D', place.cluster, ...flags], {
      ...place.user,
      cwd: '/',
      env: { LC_ALL: 'C' },
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    child.on('error', () => {}); // a binary that cannot be run counts as ended: no pid
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk when it ends. */
export async function stopServer(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.ref();
  child.kill('SIGINT');
  await ended;
}

/** Stops the server in a data folder whoever started it: for folders whose owner is known to be gone. */
export async function stopAbandoned(dataDir: string): Promise<void> {
  const cluster = path.join(dataDir, 'postgres', 'cluster');
  const running = await runningServer(cluster);
  if (running) process.kill(running.pid, 'SIGINT');
  for (let waited = 0; waited < 10_000 && (await runningServer(cluster)); waited += 25) await sleep(25);
}

/**
 * The server that `postmaster.pid` names (pid in its first line, port in its fourth), if it is alive and really that
 * server: after a restart of the machine the number may belong to any process, and PostgreSQL would then refuse to start.
 */
export async function runningServer(cluster: string): Promise<{ pid: number; port: number } | undefined> {
  const file = path.join(cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !isAlive(pid)) return undefined;
  // A server works in its own data; where the system does not tell (no /proc), the number is trusted.
  const worksIn = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (worksIn !== undefined && worksIn !== (await realpath(cluster))) {
    if ((await readFile(file, 'utf8').catch(() => '')) === text) await rm(file, { force: true });
    return undefined;
  }
  return port ? { pid, port } : undefined;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a listening server has a port');
  return address.port;
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
