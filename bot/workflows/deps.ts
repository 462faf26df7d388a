/** What the workflows are given; `main.ts` builds it once. */
import type { PgBoss } from 'pg-boss';
import type { Rules } from '../domain/rules.ts';
import type { Instant } from '../domain/time.ts';
import type { CprVault } from '../store/cpr-vault.ts';
import type { Store } from '../store/database.ts';
import type { PrismaClient } from '../store/generated/client.ts';

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Deps {
  /** For SQL, and for every change. */
  readonly db: Store;
  /** For plain rows. */
  readonly prisma: PrismaClient;
  readonly boss: PgBoss;
  readonly vault: CprVault;
  readonly now: () => Instant;
  /** The dated rules of today. */
  readonly rules: Rules;
  /** What stands for a citizen in personal chats. */
  readonly personNames: 'full' | 'initials';
  readonly log: Log;
  /** Demo mode: the tester may act as another member of staff. */
  readonly demo: boolean;
  /** Where people's browsers reach the bot, without a slash at the end; null when they do not. */
  readonly publicUrl: string | null;
}
