/** Rents that a list gives: each a dated change of its dwelling's rent, where the same day corrects. */
import { v7 as uuidv7 } from 'uuid';
import type { Instant } from '../domain/time.ts';
import { withRows } from '../store/bulk.ts';
import type { Tx } from '../store/database.ts';

export interface ListedRent {
  readonly dwellingId: string;
  readonly from: string;
  readonly oere: number;
}

export const writeRents = (tx: Tx, rents: readonly ListedRent[], now: Instant): Promise<void> =>
  withRows(
    tx,
    { id: 'uuid', dwelling_id: 'uuid', from_day: 'date', rent_oere: 'int', recorded_at: 'timestamptz' },
    rents.map(({ dwellingId, from, oere }) => ({
      ...{ id: uuidv7(), dwelling_id: dwellingId, from_day: from, rent_oere: oere, recorded_at: now.toString() },
    })),
    `insert into rent_change (id, dwelling_id, from_day, rent_oere, recorded_at)
     select id, dwelling_id, from_day, rent_oere, recorded_at from incoming
     on conflict (dwelling_id, from_day) do update
     set rent_oere = excluded.rent_oere, recorded_at = excluded.recorded_at, recorded_by_id = null`,
  );
