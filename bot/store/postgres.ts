/**
 * SQL on PostgreSQL's driver itself. In a transaction statements leave as they are asked, in one packet where several are
 * asked at once, and are run in that order, each seeing what those before it did.
 */
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Store, Tx } from './database.ts';
import { Prisma } from './generated/client.ts';

/** For so long a transaction may take, unless it says otherwise. */
export const LONGEST_MS = 10_000;

export class OverdueError extends Error {
  readonly code = 'transaction-overdue';
}

export function createStore(pool: pg.Pool): Store {
  const run = (sql: string, values: readonly unknown[]) => pool.query(statement(sql, values));
  return {
    $queryRawUnsafe: async <Rows>(sql: string, ...values: unknown[]) => (await run(sql, values)).rows as Rows,
    $executeRawUnsafe: async (sql, ...values) => (await run(sql, values)).rowCount ?? 0,
    $transaction: async (work, { longestMs = LONGEST_MS } = {}) => transaction(await pool.connect(), work, longestMs),
  };
}

async function transaction<Result>(
  client: pg.PoolClient,
  work: (tx: Tx) => Promise<Result>,
  longestMs: number,
): Promise<Result> {
  /** The first one: what is asked after it hears only that the transaction is aborted. */
  let failure: unknown;
  const hold = inOnePacket(client);
  const ask = (sql: string, values: readonly unknown[] = []): Promise<pg.QueryResult> => {
    hold();
    const answer = client.query(statement(sql, values)).catch((error: unknown) => {
      throw (failure ??= error);
    });
    // Whoever does not wait for it hears of its failure when the transaction ends.
    answer.catch(() => undefined);
    return answer;
  };
  const tx: Tx = {
    $queryRawUnsafe: async <Rows>(sql: string, ...values: unknown[]) => (await ask(sql, values)).rows as Rows,
    $executeRawUnsafe: async (sql, ...values) => (await ask(sql, values)).rowCount ?? 0,
    $send: (sql, ...values) => void ask(sql, values),
  };

  client.on('error', ignore);
  const overdue = setTimeout(() => {
    failure ??= new OverdueError('A transaction took too long');
    client.connection.stream.destroy();
  }, longestMs);
  try {
    void ask('BEGIN');
    const result = await work(tx);
    // Of a transaction in which something failed PostgreSQL makes this a ROLLBACK.
    await ask('COMMIT');
    if (failure !== undefined) throw failure;
    return result;
  } catch (error) {
    await ask('ROLLBACK').catch(ignore);
    throw error;
  } finally {
    clearTimeout(overdue);
    client.off('error', ignore);
    // One whose connection is broken leaves the pool.
    client.release();
  }
}

/** What breaks a connection reaches each of its statements too. */
const ignore = (): void => undefined;

/** Each call holds what the connection sends until the code that runs now waits for something. */
function inOnePacket({ connection: { stream } }: pg.Client): () => void {
  let held = false;
  return () => {
    if (held) return;
    held = true;
    stream.cork();
    process.nextTick(() => {
      held = false;
      stream.uncork();
    });
  };
}

const statement = (text: string, values: readonly unknown[]) => ({
  name: statementName(text, values),
  text,
  values: values as unknown[],
  types: asPrismaReads,
});

/** Rows come out the same whichever way they were asked for: no text where Prisma has a number or a day at midnight UTC. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.INT8]: BigInt,
  [pg.types.builtins.OID]: BigInt,
  [pg.types.builtins.NUMERIC]: (text) => new Prisma.Decimal(text),
  [pg.types.builtins.DATE]: (text) => new Date(text),
};
const asPrismaReads: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (format !== 'binary' && parsers[oid]) || (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
};

/** Above what the code asks; a text made anew each time must not fill the server's memory. */
const MOST_STATEMENTS = 300;
const names = new Map<string, string>();

/**
 * A named statement is parsed and planned once per connection, not at every call: for the larger queries that is most of
 * their cost. The name follows from the text, so that it means the same on every connection.
 */
export function statementName(sql: string, values: readonly unknown[]): string {
  // BEGIN, COMMIT and the like: nothing to plan.
  if (values.length === 0) return '';
  const known = names.get(sql);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known ?? '';
  const name = `h${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
  names.set(sql, name);
  return name;
}
