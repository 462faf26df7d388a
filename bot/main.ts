/** Builds everything once: read this first. Configuration, database, jobs, workflows, the server; and their end, in reverse. */
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { type Config, ConfigError, publicUrlOf, readConfig } from './config.ts';
import { seedDemo } from './demo/seed.ts';
import { legalDate, Temporal } from './domain/time.ts';
import { createCprVault } from './store/cpr-vault.ts';
import { openDatabase } from './store/database.ts';
import { EmbeddedError, startEmbedded } from './store/embedded.ts';
import {
  startAskingByPlan,
  startExpiringOffers,
  startJobs,
  startMakingAgendas,
  startNoncePruning,
} from './store/jobs.ts';
import { ensureIndexKey, IndexKeyError } from './store/key-check.ts';
import { CprKeysError, keptCprKeys } from './store/keys.ts';
import { applyMigrations, pendingMigrations } from './store/migrate.ts';
import { ensureAdministrator } from './store/administrator.ts';
import { mustReach, UnreachableError } from './store/reach.ts';
import { keepRules, RuleError } from './store/rules.ts';
import { startSealer } from './store/seal.ts';
import { createTokenSource, type OpenIdSource, type TokenSource } from './teams/credentials.ts';
import { startDelivery } from './teams/delivery.ts';
import { createMessenger } from './teams/messenger.ts';
import { createMetrics } from './teams/metrics.ts';
import { loadTemplates } from './teams/render.ts';
import { startServer } from './teams/server.ts';
import { reportTrouble } from './teams/trouble.ts';
import { createApp } from './workflows/app.ts';
import { askByPlan } from './workflows/capacity/plan.ts';
import { documentMakers } from './workflows/document-makers.ts';
import { fetchDocument } from './workflows/documents.ts';
import { compose } from './workflows/messages.ts';
import { expireOffers } from './workflows/referral/expire-offers.ts';
import { problemsOfDefinitions } from './workflows/referral/versions.ts';
import { makeAgendas } from './workflows/review/make-agenda.ts';

const checkoutDir = fileURLToPath(new URL('..', import.meta.url));

const log = pino({ level: 'info', base: null });

/** What has been started, ended in reverse. */
const endings: Ending[] = [];

interface Ending {
  (): Promise<void>;
  /** How long it may take, if not `ENDING_MS`. */
  ms?: number;
}

const ENDING_MS = 6_000;
/** A database that is just being made is waited for, so that it does not start when nobody is there to stop it. */
const DATABASE_ENDING_MS = 30_000;

/** What lies outside of us and is Microsoft's; the bench has its own. */
export interface Surroundings {
  readonly openId?: OpenIdSource;
  readonly tokens?: TokenSource;
}

async function start(config: Config, { openId, tokens = createTokenSource(config.auth) }: Surroundings): Promise<void> {
  log.level = config.logLevel;
  const now = () => Temporal.Now.instant();

  const templates = loadTemplates(fileURLToPath(new URL('../cards', import.meta.url)));
  const wrong = problemsOfDefinitions((name) => templates.has(name));
  if (wrong.length > 0) throw new StartError(`The step definitions do not hold together:\n- ${wrong.join('\n- ')}`);

  const { database } = config;
  const embedded =
    database.kind === 'embedded'
      ? await part(
          () => startEmbedded({ checkoutDir, dataDir: database.dataDir, log: (message) => log.info(message) }),
          (started) => started.stop(),
          DATABASE_ENDING_MS,
        )
      : null;
  if (embedded) {
    log.info({ folder: embedded.dataDir }, 'The embedded database keeps its data in this folder');
    void embedded.ended.then(() => {
      log.fatal({ folder: embedded.dataDir }, 'The embedded database has ended; the bot ends too. Start it again');
      return end(1);
    });
  }
  const url = embedded?.url ?? (database.kind === 'server' ? database.url : '');
  if (!embedded) await mustReach(url);
  const applied = await part(
    () => applyMigrations(url),
    () => undefined,
  );
  if (applied.length > 0) log.info({ applied }, 'The database has been migrated');

  const { prisma, db, close } = openDatabase(url);
  endings.push(close);
  const keys = config.cprKeys ?? (embedded && (await keptCprKeys(embedded.dataDir)));
  if (!keys) throw new StartError('HJEMVEJ_CPR_KEYS must be set with DATABASE_URL');
  const vault = createCprVault(keys);
  await ensureIndexKey(prisma, vault);
  if (config.administrator) await ensureAdministrator(prisma, config.administrator);
  if (config.demo) await seedDemo({ prisma, vault, now: now(), today: legalDate(now()) });

  const boss = await part(
    () => startJobs(url, { log }),
    (started) => started.stop({ graceful: true, timeout: 5_000 }),
  );
  await startNoncePruning(boss, prisma, now);
  const sealer = startSealer({ prisma, now, log });
  endings.push(() => sealer.stop());

  const rules = await keepRules(prisma, now, log);
  endings.push(async () => rules.stop());
  // Any free port is known when the server listens.
  let port = config.port;
  const deps = {
    db,
    prisma,
    boss,
    vault,
    now,
    get rules() {
      return rules.current;
    },
    personNames: config.personNames,
    log,
    demo: config.demo,
    get publicUrl() {
      return publicUrlOf(config, port);
    },
  };
  await startExpiringOffers(boss, () => expireOffers(deps));
  await startMakingAgendas(boss, () => makeAgendas(deps));
  await startAskingByPlan(boss, () => askByPlan(deps));
  const app = createApp(deps);
  const messenger = createMessenger({
    tokens,
    templates,
    serviceHosts: config.serviceHosts,
    local: config.auth.kind === 'local',
  });
  const metrics = createMetrics({ db, now });
  const delivery = await startDelivery({
    db,
    boss,
    messenger,
    metrics,
    compose: (message) => compose(deps, message),
    now,
    log,
    // The tester meets people's messages when acting as them, at once; their chat client does not count them.
    ...(config.demo && { opens: false, retry: { noPlaceSeconds: 5 }, paces: null }),
  });
  endings.push(() => delivery.stop());

  const server = await part(
    () =>
      startServer({
        config: {
          host: config.host,
          port: config.port,
          auth: config.auth,
          tenants: config.tenants,
          serviceHosts: config.serviceHosts,
          metricsToken: config.metricsToken,
          ...(openId && { openId }),
        },
        handle: (event) => app.handle(event),
        localeOf: (event) => app.localeOf(event),
        health: { ready: async () => ((await pendingMigrations(url)).length > 0 ? ['migrations-pending'] : []) },
        templates,
        log,
        tokens,
        documents: (token) => fetchDocument(deps, token, documentMakers),
        metrics,
      }).catch((error: NodeJS.ErrnoException) => {
        throw portError(error, config) ?? error;
      }),
    (started) => started.close(),
  );
  port = server.port;
  const mode =
    config.auth.kind === 'local' ? 'Local mode: anybody on this machine is believed; never for real people' : 'Ready';
  log.info({ port, demo: config.demo }, mode);
}

/** Something the operator can mend; said without a stack trace. */
class StartError extends Error {}

/** The bot is ended while it starts. */
class Stopped extends Error {}

/**
 * Starts a part. How it ends is known before it is there, so that an end of the bot meanwhile waits for it and ends it
 * too; nothing is started after that.
 */
async function part<T>(begin: () => Promise<T>, endPart: (started: T) => unknown, ms = ENDING_MS): Promise<T> {
  if (stopping) throw new Stopped();
  const starting = begin();
  const ending = async () => {
    const started = await starting.catch(() => null);
    if (started !== null) await endPart(started);
  };
  endings.push(Object.assign(ending, { ms }));
  const started = await starting;
  if (stopping) throw new Stopped();
  return started;
}

function portError({ code }: NodeJS.ErrnoException, { host, port }: Config): StartError | null {
  if (code === 'EADDRINUSE') return new StartError(`Port ${port} is taken; set PORT to another one.`);
  if (code === 'EACCES')
    return new StartError(`Port ${port} needs rights that the bot lacks; set PORT to another one.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartError(`${host} is no address of this machine; set HOST to one.`);
  return null;
}

let stopping: Promise<void> | undefined;

/** Ends what was started, newest first; a part that will not end does not hold the others. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const end of endings.splice(0).reverse())
      await Promise.race([end().catch(() => undefined), later(end.ms ?? ENDING_MS)]);
  })();
  return stopping;
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

let exitCode = 0;

/** The bot's end, whatever the reason; of several, a failure decides the exit code. */
async function end(code: number): Promise<void> {
  exitCode ||= code;
  await stop();
  process.exit(exitCode);
}

const MENDABLE = [
  ConfigError,
  CprKeysError,
  EmbeddedError,
  IndexKeyError,
  RuleError,
  StartError,
  UnreachableError,
] as const;

/** Runs the bot until it is told to end. */
export async function main(surroundings: Surroundings = {}): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0));

  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      reportTrouble(error, event, log);
      void end(1);
    });
  }

  try {
    await start(readConfig(process.env), surroundings);
  } catch (error) {
    if (stopping) await end(0); // what fails while the parts are being ended is no failure of its own
    if (MENDABLE.some((kind) => error instanceof kind)) console.error((error as Error).message);
    else {
      const { reference } = reportTrouble(error, 'start', log);
      console.error(`Hjemvej could not start; the log has more under ${reference}.`);
    }
    await end(1);
  }
}

if (import.meta.main) await main();
