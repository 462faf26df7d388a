/**
 * Who uses the embedded PostgreSQL. Each process that does holds a shared lock in it, on a connection of its own; whoever
 * ends asks for the lock alone, and gets it only as the last. While it is held alone nobody new gets in, so that a server
 * is never stopped under one that has just come.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { NAME } from './embedded-place.ts';

const LOCK = "hashtext('hjemvej uses this server')";
/** How long connections that are just closing may take to be gone. */
const CLOSING_MS = 2_000;

/** Connects, makes our database when it is not there, and holds the server; throws while it takes nobody. */
export async function holdServer(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url.replace(/[^/]*$/, 'postgres'),
    connectionTimeoutMillis: 5_000,
    application_name: 'hjemvej hold',
    keepAlive: true,
  });
  client.on('error', () => {}); // its end is what counts
  try {
    await client.connect();
    const { rows } = await client.query<{ held: boolean }>(`SELECT pg_try_advisory_lock_shared(${LOCK}) AS held`);
    if (!rows[0]?.held) throw new Error('the server is about to be stopped');
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [NAME]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`).catch(unlessMadeMeanwhile);
    keepsAlive(client, false);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/** Ends our use. True when nobody else uses the server: then it is to be stopped, and the lock keeps others out until it is. */
export async function letGo(hold: pg.Client): Promise<boolean> {
  keepsAlive(hold, true);
  try {
    await hold.query(`SELECT pg_advisory_unlock_shared(${LOCK})`);
    const { rows } = await hold.query<{ alone: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS alone`);
    if (rows[0]?.alone && (await nobodyElse(hold))) return true;
    await hold.end();
    return false;
  } catch {
    return true; // it ends already
  }
}

/** Whether no client is left but our own: every Hjemvej process has a hold, so its other connections need not count. */
async function nobodyElse(hold: pg.Client): Promise<boolean> {
  for (const until = Date.now() + CLOSING_MS; ; await sleep(50)) {
    const { rowCount } = await hold.query(
      `SELECT FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND application_name NOT LIKE 'hjemvej%' LIMIT 1`,
    );
    if (rowCount === 0) return true;
    if (Date.now() > until) return false;
  }
}

function unlessMadeMeanwhile(error: { code?: string }): void {
  const [duplicateDatabase, uniqueViolation] = ['42P04', '23505'];
  if (error.code !== duplicateDatabase && error.code !== uniqueViolation) throw error;
}

/** Whether Node goes on for the sake of this connection: a hold alone is no reason to, its end is. */
function keepsAlive(client: pg.Client, does: boolean): void {
  const { ref, unref } = client as unknown as { ref(): void; unref(): void }; // missing in @types/pg
  (does ? ref : unref).call(client);
}
