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
  const adapter = new PrismaPg({ connectionString: url, max, connectionTimeoutMillis: 5_000 });
  const prisma = new PrismaClient({
    adapter,
    // A change is a handful of statements: whoever waits longer than this had better hear of it and press again.
    transactionOptions: { maxWait: 5_000, timeout: 10_000 },
  });
  return { prisma, close: () => prisma.$disconnect() };
}
