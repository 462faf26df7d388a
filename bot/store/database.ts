import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client.ts';

/** The client inside a transaction: what every function of the store that takes part in a change is given. */
export type Tx = Prisma.TransactionClient;

/** The client in a transaction or outside one: what a function that only reads is given. */
export type Db = Tx;

export interface Database {
  readonly prisma: PrismaClient;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** The most connections of this process. */
  readonly max?: number;
}

export function openDatabase(url: string, { max = 10 }: DatabaseOptions = {}): Database {
  const pool = { connectionString: url, application_name: 'hjemvej', max, connectionTimeoutMillis: 5_000 };
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementNames() });
  const prisma = new PrismaClient({
    adapter,
    // A change is a handful of statements: whoever waits longer than this had better hear of it and press again.
    transactionOptions: { maxWait: 5_000, timeout: 10_000 },
  });
  return { prisma, close: () => prisma.$disconnect() };
}

/** Above what the code asks; a text made anew each time must not fill the server's memory. */
const MOST_STATEMENTS = 300;

/**
 * A named statement is parsed and planned once per connection, not at every call: for the larger queries that is most of
 * their cost. The name follows from the text, so that it means the same on every connection.
 */
function statementNames(): (query: { sql: string; args: readonly unknown[] }) => string {
  const names = new Map<string, string>();
  return ({ sql, args }) => {
    // BEGIN, COMMIT and the like: nothing to plan.
    if (args.length === 0) return '';
    const known = names.get(sql);
    if (known !== undefined || names.size >= MOST_STATEMENTS) return known ?? '';
    const name = `h${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
    names.set(sql, name);
    return name;
  };
}
