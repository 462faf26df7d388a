/** Brings a database to the state that `prisma/migrations/` describes, and tells how far it is from it. */
import pg from 'pg';
import { applyAll, migrationNames } from './schema-engine.ts';

/** Applies what the database lacks, one process at a time; the names of what this call applied. */
export const applyMigrations: (url: string) => Promise<string[]> = applyAll;

/** The migrations that the database lacks or has not finished: one short query, for the readiness probe. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const finished = new Set(await finishedMigrations(url));
  return (await migrationNames()).filter((name) => !finished.has(name));
}

async function finishedMigrations(url: string): Promise<string[]> {
  const limits = { connectionTimeoutMillis: 5_000, query_timeout: 5_000 };
  const client = new pg.Client({ connectionString: url, application_name: 'hjemvej readiness', ...limits });
  client.on('error', () => {});
  try {
    await client.connect();
    const found = await client.query<{ migration_name: string }>(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    return found.rows.map((row) => row.migration_name);
  } catch (error) {
    const undefinedTable = '42P01';
    if ((error as { code?: string }).code === undefinedTable) return [];
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}
