import type { Instant } from '../domain/time.ts';
import type { Tx } from './database.ts';

/** What may be done with a citizen's data (Datatilsynet's list of what a log must tell apart). */
export type AccessAction = 'read' | 'search' | 'add' | 'change' | 'extract' | 'delete';

/** Who saw or changed what about which citizen, why and when: ids and codes only, as the row is sealed for good. */
export interface AccessEntry {
  readonly at: Instant;
  /** `null` when the system acted by itself. */
  readonly staffId: string | null;
  /** Whom the deputy acted for. */
  readonly onBehalfOfId?: string | undefined;
  readonly action: AccessAction;
  /** A coded purpose, such as `casework`. Citizens are told it. */
  readonly purpose: string;
  /** What was done, such as `referral.complete-step`. */
  readonly operation: string;
  /** Taken from the case when only that is named. */
  readonly citizenId?: string | undefined;
  readonly referralId?: string | undefined;
  /** What was searched for: person data, so kept beside the log, outside the seals. */
  readonly criteria?: string | undefined;
}

/** Writes the entries in one round trip. In the transaction of a change, the two stand or fall together. */
export async function logAccess(db: Tx, entries: readonly AccessEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = JSON.stringify(
    entries.map((entry) => ({
      at: entry.at.toString(),
      staff_id: entry.staffId,
      on_behalf_of_id: entry.onBehalfOfId,
      action: entry.action,
      purpose: entry.purpose,
      operation: entry.operation,
      citizen_id: entry.citizenId,
      referral_id: entry.referralId,
      criteria: entry.criteria,
    })),
  );
  await db.$executeRaw`
    WITH entry AS MATERIALIZED (
      SELECT nextval(pg_get_serial_sequence('access_log', 'id')) AS id, e.*
      FROM jsonb_to_recordset(${rows}::jsonb) AS e(
        at timestamptz, staff_id uuid, on_behalf_of_id uuid, action text, purpose text, operation text,
        citizen_id uuid, referral_id uuid, criteria text)
    ), logged AS (
      INSERT INTO access_log
        (id, at, staff_id, on_behalf_of_id, action, purpose, operation, citizen_id, referral_id)
      SELECT id, at, staff_id, on_behalf_of_id, action, purpose, operation,
        COALESCE(citizen_id, (SELECT r.citizen_id FROM referral r WHERE r.id = entry.referral_id)), referral_id
      FROM entry
    )
    INSERT INTO access_criteria (log_id, criteria) SELECT id, criteria FROM entry WHERE criteria IS NOT NULL`;
}

/** What a citizen is told on request: dates, purposes and actions, but not which employee (EU Court, C-579/21). */
export interface CitizenAccess {
  readonly at: Date;
  readonly purpose: string;
  readonly action: AccessAction;
}

/** Every access to a citizen's data, oldest first. The caller logs it as an `extract`. */
export async function citizenExport(db: Tx, citizenId: string): Promise<CitizenAccess[]> {
  const rows = await db.accessLog.findMany({
    where: { citizenId },
    select: { at: true, purpose: true, action: true },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({ ...row, action: row.action as AccessAction }));
}
