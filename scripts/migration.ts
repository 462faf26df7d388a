/**
 * `npm run migration -- <name>` writes the next migration: what leads from all migrations so far to schema.prisma.
 * `npm run migration -- --check` writes nothing and fails when the two differ.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { applyMigrations } from '../bot/store/migrate.ts';
import { differenceToSchema, migrationsDir } from '../bot/store/schema-engine.ts';
import { startThrowaway } from '../bot/store/throwaway.ts';

const [name] = process.argv.slice(2);
if (name !== '--check' && !/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
  console.error('Name the migration in lower case, as in: npm run migration -- add_lease_notice');
  process.exit(2);
}

const database = await startThrowaway();
const sql = await (async () => {
  await applyMigrations(database.url);
  return differenceToSchema(database.url);
})().finally(() => database.stop());

if (sql === '') {
  console.log('The migrations lead to prisma/schema.prisma: nothing to write.');
} else if (name === '--check') {
  console.error(
    `The migrations do not lead to prisma/schema.prisma. Run \`npm run migration -- <name>\`. Missing:\n\n${sql}`,
  );
  process.exitCode = 1;
} else {
  const instant = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const file = path.join(migrationsDir, `${instant}_${name}`, 'migration.sql');
  await mkdir(path.dirname(file));
  await writeFile(file, `${sql}\n`);
  console.log(`Wrote ${path.relative(process.cwd(), file)}. Read it before you commit it.`);
}
