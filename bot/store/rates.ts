/** The regulated amounts of subsidies, by year. */
import { z } from 'zod';
import { schemes } from '../domain/schemes.ts';
import type { Rate } from '../domain/subsidy.ts';
import type { Db } from './database.ts';

const rateRow = z.object({ scheme: z.enum(schemes), year: z.int(), amountOere: z.int() });

/** The published amounts of the state's subsidy, the earliest first; the years between that are missing are unknown, not nothing. */
export async function stateRates(db: Db): Promise<readonly Rate[]> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `select scheme::text, year, amount_oere as "amountOere" from rate where scheme = 'state_subsidy' order by year`,
  );
  return rows.map((row) => rateRow.parse(row));
}
