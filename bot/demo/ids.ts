/** What the parts of the seed hand to one another. */
import type { Instant, PlainDate } from '../domain/time.ts';
import type { CprVault } from '../store/cpr-vault.ts';
import type { PrismaClient } from '../store/generated/client.ts';

export interface Seeding {
  readonly prisma: PrismaClient;
  readonly vault: CprVault;
  readonly today: PlainDate;
  readonly now: Instant;
}

/** The id of a unit's code or a person's name. */
export type Ids = (name: string) => string;

export const idsFrom = (ids: ReadonlyMap<string, string>, what: string): Ids => {
  return (name) => {
    const id = ids.get(name);
    if (!id) throw new Error(`The demo has no ${what} '${name}'`);
    return id;
  };
};
