/** `npm run import -- units|staff|residents|dwellings|leases|rates FILE.csv [--dry-run] [--deactivate-missing] [--lang en]`: see docs/import.md. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig, ConfigError } from '../bot/config.ts';
import { legalDate, Temporal } from '../bot/domain/time.ts';
import { importKinds, type ImportKindName, runImport } from '../bot/imports/run.ts';
import { reportOf } from '../bot/imports/report.ts';
import { importWords } from '../bot/imports/words.ts';
import { createCprVault } from '../bot/store/cpr-vault.ts';
import { openDatabase } from '../bot/store/database.ts';
import { startEmbedded } from '../bot/store/embedded.ts';
import { ensureIndexKey } from '../bot/store/key-check.ts';
import { keptCprKeys } from '../bot/store/keys.ts';
import { applyMigrations } from '../bot/store/migrate.ts';
import { pickLocale } from '../bot/text/words.ts';

const toStderr = (text: string): void => void process.stderr.write(`${text}\n`);

function readArguments() {
  const options = {
    'dry-run': { type: 'boolean', default: false },
    'deactivate-missing': { type: 'boolean', default: false },
    lang: { type: 'string', default: 'da' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [kind = '', file, ...more] = positionals;
    const deactivateMissing = values['deactivate-missing'];
    const fits =
      Object.hasOwn(importKinds, kind) && file && more.length === 0 && (!deactivateMissing || kind === 'staff');
    if (!fits || !['da', 'en'].includes(values.lang)) return null;
    const locale = pickLocale(values.lang);
    // npm works in the checkout; the file is named from where the command was typed.
    const fromHere = path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
    return { kind: kind as ImportKindName, file: fromHere, dryRun: values['dry-run'], deactivateMissing, locale };
  } catch {
    return null;
  }
}

async function run(): Promise<number> {
  const given = readArguments();
  if (!given) {
    toStderr(importWords[process.argv.includes('en') ? 'en' : 'da'].usage);
    return 2;
  }
  const { deactivateMissing, locale, ...request } = given;
  const config = readConfig(process.env);
  const embedded =
    config.database.kind === 'embedded'
      ? await startEmbedded({
          dataDir: config.database.dataDir,
          checkoutDir: path.dirname(import.meta.dirname),
          log: toStderr,
        })
      : null;
  try {
    const url = embedded?.url ?? (config.database.kind === 'server' ? config.database.url : '');
    await applyMigrations(url);
    const keys = config.cprKeys ?? (embedded && (await keptCprKeys(embedded.dataDir)));
    if (!keys) throw new Error('The settings promise CPR keys with a database server');
    const database = openDatabase(url, { max: 2 });
    try {
      const vault = createCprVault(keys);
      await ensureIndexKey(database.prisma, vault);
      const now = Temporal.Now.instant();
      const result = await runImport(request, {
        ...{ prisma: database.prisma, vault, now, today: legalDate(now) },
        ...{ deactivateMissing, locale, onProgress: toStderr },
      });
      for (const line of reportOf(result, locale)) (result.ok ? process.stdout : process.stderr).write(`${line}\n`);
      return result.ok ? 0 : 1;
    } finally {
      await database.close();
    }
  } finally {
    await embedded?.stop();
  }
}

process.exitCode = await run().catch((error: Error & { code?: string }) => {
  // What PostgreSQL says of a row can hold person data, so of its errors only the code is told.
  const told = error.name.startsWith('PrismaClient') ? `${error.name} ${error.code ?? ''}` : error.message;
  toStderr(told);
  return error instanceof ConfigError ? 2 : 1;
});
