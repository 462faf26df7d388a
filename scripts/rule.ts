/**
 * `npm run rule` lists the dated rules; `npm run rule -- calendar 2027-01-01 '{"closedDays":["12-24"],"saturdayIsHverdag":true}'
 * --source "decision of …" [--verified-by "name"]` sets one from a day on. A running bot sees it within a minute.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { readConfig } from '../bot/config.ts';
import { ruleKinds, type RuleKey } from '../bot/domain/rules.ts';
import { Temporal } from '../bot/domain/time.ts';
import { openDatabase } from '../bot/store/database.ts';
import { startEmbedded } from '../bot/store/embedded.ts';
import { applyMigrations } from '../bot/store/migrate.ts';
import { toDateColumn } from '../bot/store/temporal.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    source: { type: 'string' },
    'verified-by': { type: 'string' },
    replace: { type: 'boolean', default: false },
  },
});
const keys = Object.keys(ruleKinds) as RuleKey[];
const wanted = z.tuple([z.enum(keys), z.string(), z.string()]).safeParse(positionals);
if (positionals.length > 0 && (!wanted.success || !values.source)) {
  console.error(
    `npm run rule -- KEY FROM-DAY JSON --source "where it is from" [--verified-by "who"] [--replace]\nKEY is one of: ${keys.join(', ')}`,
  );
  process.exit(1);
}

const config = readConfig(process.env);
const embedded =
  config.database.kind === 'embedded'
    ? await startEmbedded({
        checkoutDir: fileURLToPath(new URL('..', import.meta.url)),
        log: () => undefined,
        ...(config.database.dataDir && { dataDir: config.database.dataDir }),
      })
    : null;
const url = embedded?.url ?? (config.database.kind === 'server' ? config.database.url : '');
await applyMigrations(url);
const { prisma, close } = openDatabase(url, { max: 1 });
try {
  if (wanted.success) {
    const [key, from, json] = wanted.data;
    const value = ruleKinds[key].schema.parse(JSON.parse(json));
    const validFrom = toDateColumn(Temporal.PlainDate.from(from));
    const there = await prisma.datedRule.count({ where: { key, validFrom } });
    if (there > 0 && !values.replace)
      throw new Error(`There is a rule '${key}' from ${from} already; say --replace to put this one in its place`);
    const data = { value: value as object, source: values.source ?? '', verifiedBy: values['verified-by'] ?? null };
    await prisma.datedRule.upsert({
      where: { key_validFrom: { key, validFrom } },
      create: { id: uuidv7(), key, validFrom, ...data },
      update: data,
    });
  }
  const rows = await prisma.datedRule.findMany({ orderBy: [{ key: 'asc' }, { validFrom: 'asc' }] });
  for (const key of keys) {
    console.log(`${key}: by default ${JSON.stringify(ruleKinds[key].default)} (${ruleKinds[key].source})`);
    for (const { validFrom, value, source, verifiedBy } of rows.filter((row) => row.key === key))
      console.log(
        `  from ${validFrom.toISOString().slice(0, 10)}: ${JSON.stringify(value)} (${source}; ${verifiedBy ? `verified by ${verifiedBy}` : 'unverified'})`,
      );
  }
} catch (error) {
  console.error(error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message);
  process.exitCode = 1;
} finally {
  await close();
  await embedded?.stop();
}
