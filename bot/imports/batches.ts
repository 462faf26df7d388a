/** What the writing of every long list needs: batches, with word of how far it is, and the access log. */
import type { Instant } from '../domain/time.ts';
import { logAccess } from '../store/access-log.ts';
import type { Tx } from '../store/database.ts';

const BATCH = 2_000;
/** How many rows are written. */
export type OnProgress = (done: number) => void;

export async function inBatches<T>(
  all: readonly T[],
  write: (some: readonly T[]) => Promise<void>,
  onProgress: OnProgress,
): Promise<void> {
  for (let at = 0; at < all.length; at += BATCH) {
    await write(all.slice(at, at + BATCH));
    onProgress(Math.min(at + BATCH, all.length));
  }
}

/** Logs that a list added or changed something about these citizens. */
export const logImported = (
  tx: Tx,
  list: 'residents' | 'leases',
  action: 'add' | 'change',
  people: readonly { readonly citizenId: string; readonly caseId: string }[],
  now: Instant,
): Promise<void> =>
  logAccess(
    tx,
    people.map(({ citizenId, caseId }) => ({
      ...{ at: now, staffId: null, action, purpose: 'import', operation: `import.${list}` },
      ...{ citizenId, referralId: caseId },
    })),
  );
