/** Whether the index key is the one that this database was begun with. */
import type { CprVault } from './cpr-vault.ts';
import type { PrismaClient } from './generated/client.ts';

/** Says what to do, and holds nothing of a key. */
export class IndexKeyError extends Error {
  override readonly name = 'IndexKeyError';
  constructor() {
    super(
      'The `index` key is not the one that this database was begun with: no citizen would be found by CPR number, and ' +
        'each would be made a second time. Put the old `index` key back into HJEMVEJ_CPR_KEYS (for the embedded ' +
        'database: the old file cpr-keys into its folder) and start again. docs/operations.md, "CPR keys", has more.',
    );
  }
}

/** Keeps the key's fingerprint at the first start; throws at a later one with another key. */
export async function ensureIndexKey(prisma: PrismaClient, vault: CprVault): Promise<void> {
  const value = vault.fingerprint();
  // Of two replicas that begin at once one is first; both then compare with what is there.
  await prisma.keyCheck.createMany({ data: [{ name: 'index', value }], skipDuplicates: true });
  const kept = await prisma.keyCheck.findUniqueOrThrow({ where: { name: 'index' } });
  if (!Buffer.from(value).equals(kept.value)) throw new IndexKeyError();
}
