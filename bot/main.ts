/** Builds everything once: read this first. Configuration, database, jobs, workflows, the server; and their end, in reverse. */
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { type Config, ConfigError, readConfig } from './config.ts';
import { seedDemo } from './demo/seed.ts';
import { legalDate, Temporal } from './domain/time.ts';
import { createCprVault } from './store/cpr-vault.ts';
import { openDatabase } from './store/database.ts';
import { startEmbedded } from './store/embedded.ts';
import { startJobs, startNoncePruning } from './store/jobs.ts';
import { ensureIndexKey, IndexKeyError } from './store/key-check.ts';
import { keptCprKeys } from './store/keys.ts';
import { applyMigrations, pendingMigrations } from './store/migrate.ts';
import { ensureAdministrator } from './store/administrator.ts';
import { keepRules } from './store/rules.ts';
import { startSealer } from './store/seal.ts';
import { createTokenSource } from './teams/credentials.ts';
import { startDelivery } from './teams/delivery.ts';
import { createMessenger } from './teams/messenger.ts';
import { loadTemplates } from './teams/render.ts';
import { startServer } from './teams/server.ts';
import { createApp } from './workflows/app.ts';
import { compose } from './workflows/messages.ts';
import { problemsOfDefinitions } from './workflows/referral/versions.ts';

const checkoutDir = fileURLToPath(new URL('..', import.meta.url));

/** What has been started, ended in reverse. */
const endings: (() => Promise<void>)[] = [];

async function start(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, base: null });
  const now = () => Temporal.Now.instant();

  const templates = loadTemplates(fileURLToPath(new URL('../cards', import.meta.url)));
  const wrong = problemsOfDefinitions((name) => templates.has(name));
  if (wrong.length > 0) throw new StartError(`The step definitions do not hold together:\n- ${wrong.join('\n- ')}`);

  const embedded =
    config.database.kind === 'embedded'
      ? await startEmbedded({
          checkoutDir,
          log: (message) => log.info(message),
          ...(config.database.dataDir && { dataDir: config.database.dataDir }),
        })
      : null;
  if (embedded) {
    endings.push(() => embedded.stop());
    log.info({ folder: embedded.dataDir }, 'The embedded database keeps its data in this folder');
  }
  const url = embedded?.url ?? (config.database.kind === 'server' ? config.database.url : '');
  const applied = await applyMigrations(url);
  if (applied.length > 0) log.info({ applied }, 'The database has been migrated');

  const { prisma, close } = openDatabase(url);
  endings.push(close);
  const keys = config.cprKeys ?? (embedded && (await keptCprKeys(embedded.dataDir)));
  if (!keys) throw new StartError('HJEMVEJ_CPR_KEYS must be set with DATABASE_URL');
  const vault = createCprVault(keys);
  await ensureIndexKey(prisma, vault);
  if (config.administrator) await ensureAdministrator(prisma, config.administrator);
  if (config.demo) await seedDemo({ prisma, vault, now: now(), today: legalDate(now()) });

  const boss = await startJobs(url, { log });
  endings.push(() => boss.stop({ graceful: true, timeout: 5_000 }));
  await startNoncePruning(boss, prisma, now);
  const sealer = startSealer({ prisma, now, log });
  endings.push(() => sealer.stop());

  const rules = await keepRules(prisma, now, log);
  endings.push(async () => rules.stop());
  const deps = {
    prisma,
    boss,
    vault,
    now,
    get calendar() {
      return rules.calendar;
    },
    personNames: config.personNames,
    log,
    demo: config.demo,
  };
  const app = createApp(deps);
  const tokens = createTokenSource(config.auth);
  const messenger = createMessenger({
    tokens,
    templates,
    serviceHosts: config.serviceHosts,
    local: config.auth.kind === 'local',
  });
  const delivery = await startDelivery({
    prisma,
    boss,
    messenger,
    compose: (message) => compose(deps, message),
    now,
    log,
    // The tester meets people's messages when acting as them, at once.
    ...(config.demo && { opens: false, retry: { noPlaceSeconds: 5 } }),
  });
  endings.push(() => delivery.stop());

  const server = await startServer({
    config: {
      host: config.host,
      port: config.port,
      auth: config.auth,
      tenants: config.tenants,
      serviceHosts: config.serviceHosts,
    },
    handle: (event) => app.handle(event),
    localeOf: (event) => app.localeOf(event),
    health: { ready: async () => ((await pendingMigrations(url)).length > 0 ? ['migrations-pending'] : []) },
    templates,
    log,
    tokens,
  });
  endings.push(() => server.close());
  const mode =
    config.auth.kind === 'local' ? 'Local mode: anybody on this machine is believed; never for real people' : 'Ready';
  log.info({ port: server.port, demo: config.demo }, mode);
}

/** Something the operator can mend; said without a stack trace. */
class StartError extends Error {}

let stopping: Promise<void> | undefined;

/** Ends what was started, newest first; a part that will not end does not hold the others. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const end of endings.splice(0).reverse()) await Promise.race([end().catch(() => undefined), later(6_000)]);
  })();
  return stopping;
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    void stop().then(() => process.exit(0));
  });
}

try {
  await start(readConfig(process.env));
} catch (error) {
  const plain =
    [ConfigError, StartError, IndexKeyError].some((kind) => error instanceof kind) ||
    (error instanceof Error && 'code' in error);
  console.error(plain ? (error as Error).message : error);
  await stop();
  process.exit(1);
}
