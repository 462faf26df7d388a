/** The processes that a bench measures: each bot in one of its own, on a durable database beside it, as in production. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '../bot/store/embedded.ts';
import { stopAbandoned } from '../bot/store/embedded-server.ts';
import { makeCprKeys } from '../bot/store/keys.ts';
import { applyMigrations } from '../bot/store/migrate.ts';
import { throwawayFolder } from '../bot/store/throwaway.ts';

const checkoutDir = fileURLToPath(new URL('..', import.meta.url));

export interface BenchDatabase {
  readonly url: string;
  /** Seconds of processor time that its processes have used so far. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

/** A new embedded database with every setting that keeps data safe in a power cut; removed when stopped. */
export async function startDatabase(): Promise<BenchDatabase> {
  const dataDir = throwawayFolder();
  const { url, stop } = await startEmbedded({ checkoutDir, dataDir, log: () => {} });
  await applyMigrations(url);
  const pidFile = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  return {
    url,
    cpu: async () => processorSeconds(Number((await readFile(pidFile, 'utf8')).split('\n')[0])),
    async stop() {
      await stop();
      await stopAbandoned(dataDir);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface BenchProcess {
  readonly port: number;
  /** Stands still, so that what it does in the background takes nothing from what is measured beside it. */
  pause(): void;
  resume(): void;
  /** Resident memory in megabytes. */
  memory(): Promise<number>;
  /** Seconds of processor time used so far. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

/** Who asks for tokens, and where the keys are that they are checked with. */
export interface TokenCheck {
  readonly appId: string;
  readonly tenantId: string;
  readonly metadataUrl: string;
  readonly issuer: string;
}

/** Both of one run have the same, as replicas have. */
const cprKeys = makeCprKeys();

/** Runs the bot as `npm start` does: in local mode, or with an app id when it is to check tokens. */
export function startBot(
  databaseUrl: string,
  { nodeArguments = [], check }: { nodeArguments?: readonly string[]; check?: TokenCheck | undefined } = {},
): Promise<BenchProcess> {
  const environment = { DATABASE_URL: databaseUrl, HJEMVEJ_CPR_KEYS: cprKeys, HOST: '127.0.0.1', PORT: '0' };
  if (!check) return startProcess('bot/main.ts', { nodeArguments, environment });
  return startProcess('bench/bot-with-tokens.ts', {
    nodeArguments,
    environment: {
      ...environment,
      MICROSOFT_APP_ID: check.appId,
      MICROSOFT_APP_TYPE: 'SingleTenant',
      MICROSOFT_APP_PASSWORD: 'never used',
      MICROSOFT_APP_TENANT_ID: check.tenantId,
      HJEMVEJ_SERVICE_HOSTS: '127.0.0.1',
      BENCH_METADATA_URL: check.metadataUrl,
      BENCH_ISSUER: check.issuer,
    },
  });
}

export const startEcho = (check?: TokenCheck): Promise<BenchProcess> =>
  startProcess('bench/echo-bot.ts', {
    environment: check
      ? {
          ECHO_SETTINGS: JSON.stringify({
            MicrosoftAppId: check.appId,
            MicrosoftAppType: 'SingleTenant',
            MicrosoftAppPassword: 'never used',
            MicrosoftAppTenantId: check.tenantId,
            ToBotFromChannelOpenIdMetadataUrl: check.metadataUrl,
            ToBotFromChannelTokenIssuer: check.issuer,
          }),
        }
      : {},
  });

async function startProcess(
  file: string,
  {
    nodeArguments = [],
    environment = {},
  }: { nodeArguments?: readonly string[]; environment?: Readonly<Record<string, string>> },
): Promise<BenchProcess> {
  const child: ChildProcess = spawn(process.execPath, [...nodeArguments, path.join(checkoutDir, file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], ...environment },
  });
  const pid = child.pid;
  if (pid === undefined || !child.stdout) throw new Error(`${file} does not start`);
  const port = await portOf(child, file);
  return {
    port,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async memory() {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
    },
    cpu: () => processorSeconds(pid),
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Each bot says on a line of JSON which port it listens on; what else it says is ours to see when it is a complaint. */
function portOf(child: ChildProcess, file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const { port, level = 0 } = JSON.parse(line) as { port?: number; level?: number };
      if (port !== undefined) resolve(port);
      const warning = 40;
      if (level >= warning) console.error(line);
    });
  });
}

const TICKS_PER_SECOND = 100;

/** What a process has used, with its children, those that have ended included. */
async function processorSeconds(pid: number): Promise<number> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(processes.map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')));
  return (
    stats
      .map((stat) => ({
        pid: Number.parseInt(stat, 10),
        fields: stat
          .slice(stat.lastIndexOf(')') + 2)
          .split(' ')
          .map(Number),
      }))
      .filter(({ pid: own, fields: [, parent] }) => own === pid || parent === pid)
      // utime, stime, cutime and cstime.
      .flatMap(({ fields }) => fields.slice(11, 15))
      .reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND
  );
}
