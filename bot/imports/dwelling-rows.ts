/** Dwellings as rows: new ones and changed ones in the same statement, with their rents. */
import type { Scheme } from '../domain/schemes.ts';
import type { Instant } from '../domain/time.ts';
import { withRows } from '../store/bulk.ts';
import type { Tx } from '../store/database.ts';
import { searchName } from '../text/normalise.ts';
import { inBatches, type OnProgress } from './batches.ts';
import { writeRents } from './rents.ts';

/** What the list owns of a dwelling, as it is to be; days are ISO. */
export interface ListedDwelling {
  readonly id: string;
  readonly externalId: string;
  readonly estateId: string;
  readonly address: string;
  readonly postcode: string;
  readonly town: string;
  readonly rooms: number;
  readonly sizeM2: number;
  readonly scheme: Scheme;
  readonly vacantFrom: string | null;
  readonly answerDueOn: string | null;
  readonly depositOere: number | null;
}

export interface WrittenDwelling {
  readonly dwelling: ListedDwelling;
  /** Null when the rent is known already. */
  readonly rent: { readonly from: string; readonly oere: number } | null;
}

const columns = {
  ...{ id: 'uuid', external_id: 'text', estate_id: 'uuid', address: 'text', search_address: 'text', postcode: 'text' },
  ...{ town: 'text', rooms: 'int', size_m2: 'int', scheme: '"Scheme"', vacant_from: 'date', answer_due_on: 'date' },
  ...{ deposit_oere: 'int', changed_at: 'timestamptz' },
} as const;
const names = Object.keys(columns);

const UPSERT = `
  insert into dwelling as d (${names.join(', ')}) select ${names.join(', ')} from incoming
  on conflict (id) do update set version = d.version + 1, changed_by_id = null,
    ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;

export const writeDwellings = (
  tx: Tx,
  written: readonly WrittenDwelling[],
  now: Instant,
  onProgress: OnProgress,
): Promise<void> =>
  inBatches(
    written,
    async (some) => {
      await withRows(
        tx,
        columns,
        some.map(({ dwelling }) => ({
          ...{ id: dwelling.id, external_id: dwelling.externalId, estate_id: dwelling.estateId },
          ...{ address: dwelling.address, postcode: dwelling.postcode, town: dwelling.town },
          search_address: searchName(`${dwelling.address} ${dwelling.postcode} ${dwelling.town}`),
          ...{ rooms: dwelling.rooms, size_m2: dwelling.sizeM2, scheme: dwelling.scheme },
          ...{ vacant_from: dwelling.vacantFrom, answer_due_on: dwelling.answerDueOn },
          ...{ deposit_oere: dwelling.depositOere, changed_at: now.toString() },
        })),
        UPSERT,
      );
      const rents = some.flatMap(({ dwelling, rent }) => (rent ? [{ dwellingId: dwelling.id, ...rent }] : []));
      await writeRents(tx, rents, now);
    },
    onProgress,
  );
