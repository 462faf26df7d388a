/** One PostgreSQL for the whole run, with one migrated database that each test file copies (`database.ts`). */
import pg from 'pg';
import { applyMigrations } from '../../bot/store/migrate.ts';
import { startThrowaway } from '../../bot/store/throwaway.ts';

export default async function setUp() {
  const server = await startThrowaway();
  globalThis.testServer = server;
  try {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query('CREATE DATABASE migrated');
    await client.end();
    await applyMigrations(server.url.replace(/[^/]*$/, 'migrated'));
  } catch (error) {
    await server.stop(); // jest does not tear down what it could not set up
    throw error;
  }
  process.env.TEST_DATABASE_SERVER = server.url;
}
