/** The two ways to the database, on one pool of connections: Prisma for typed queries, and SQL of our own. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { createStore, LONGEST_MS, statementName } from './postgres.ts';

/** What SQL is asked through, in a transaction or outside one. Our own store is one, and so is each client of Prisma's. */
export interface Db {
  $queryRawUnsafe<Rows = unknown>(sql: string, ...values: unknown[]): Promise<Rows>;
  /** Resolves to the number of rows written. */
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>;
  /** Only in our own transactions, for `write`: asks and does not wait. When it fails, so does the transaction. */
  readonly $send?: (sql: string, ...values: unknown[]) => void;
}

/** A transaction: what every function of the store that takes part in a change is given. */
export type Tx = Db;

/** A transaction of Prisma's, for those that also use its typed queries. */
export type PrismaTx = Prisma.TransactionClient;

/** SQL at once, or several statements in one transaction: undone when the work throws or one of them has failed. */
export interface Store extends Db {
  /** Breaks off after `longestMs`: a change is a handful of statements, and whoever waits had better hear of it. */
  $transaction<Result>(work: (tx: Tx) => Promise<Result>, options?: { readonly longestMs?: number }): Promise<Result>;
}

export interface Database {
  readonly prisma: PrismaClient;
  readonly db: Store;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** The most connections of this process. */
  readonly max?: number;
}

export function openDatabase(url: string, { max = 10 }: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'hjemvej',
    max,
    connectionTimeoutMillis: 5_000,
    // A statement need not wait until the one before it has been answered.
    pipeline: true,
  });
  // An idle connection that breaks is replaced at the next use.
  pool.on('error', () => undefined);
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql, args }) => statementName(sql, args) });
  const prisma = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 5_000, timeout: LONGEST_MS },
  });
  return {
    prisma,
    db: createStore(pool),
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/**
 * Writes something whose answer nobody needs. In a transaction of ours it does not wait: what is asked next is sent along
 * with it, the COMMIT too, and is answered after it.
 */
export async function write(db: Db, sql: string, ...values: unknown[]): Promise<void> {
  const { $send } = db;
  if ($send) $send(sql, ...values);
  else await db.$executeRawUnsafe(sql, ...values);
}
