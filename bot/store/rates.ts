/** The regulated amounts of subsidies, by year. */
import { z } from 'zod';
import type { Instant } from '../domain/time.ts';
import { schemes } from '../domain/schemes.ts';
import type { Rate } from '../domain/subsidy.ts';
import { type Db, type Tx, write } from './database.ts';
import { fromTimestamp, instantText } from './temporal.ts';

const rateRow = z.object({ scheme: z.enum(schemes), year: z.int(), amountOere: z.int() });

/** The published amounts of the state's subsidy, the earliest first; the years between that are missing are unknown, not nothing. */
export async function stateRates(db: Db): Promise<readonly Rate[]> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `select scheme::text, year, amount_oere as "amountOere" from rate where scheme = 'state_subsidy' order by year`,
  );
  return rows.map((row) => rateRow.parse(row));
}

/** A published amount, with where it is from and who entered it last; nobody where it came with the program. */
export interface EnteredRate extends Rate {
  readonly source: string;
  readonly enteredBy: string | null;
  readonly enteredAt: Instant | null;
}

/** The same with their sources. With `hold` nobody else changes them before the transaction ends. */
export async function enteredRates(db: Db, { hold = false } = {}): Promise<readonly EnteredRate[]> {
  if (hold) await write(db, `select pg_advisory_xact_lock(hashtextextended('rates', 0))`);
  const rows = await db.$queryRawUnsafe<(Omit<EnteredRate, 'enteredAt'> & { enteredAt: Date | null })[]>(
    `select ra.year, ra.amount_oere as "amountOere", ra.source, s.name as "enteredBy", ra.entered_at as "enteredAt"
     from rate ra left join staff s on s.id = ra.entered_by_id where ra.scheme = 'state_subsidy' order by ra.year`,
  );
  return rows.map(({ enteredAt, ...row }) => ({ ...row, enteredAt: enteredAt && fromTimestamp(enteredAt) }));
}

/** Enters the amount of a year, or corrects it. */
export const enterRate = (tx: Tx, { year, amountOere }: Rate, source: string, by: string, at: Instant): Promise<void> =>
  write(
    tx,
    `insert into rate (scheme, year, amount_oere, source, entered_by_id, entered_at)
     values ('state_subsidy', $1::int, $2::int, $3, $4::uuid, $5::timestamptz)
     on conflict (scheme, year) do update set amount_oere = excluded.amount_oere, source = excluded.source,
       entered_by_id = excluded.entered_by_id, entered_at = excluded.entered_at`,
    year,
    amountOere,
    source,
    by,
    instantText(at),
  );
