/** Many rows in few statements: what the import and the demo data write with. */
import type { Tx } from './database.ts';

/** Column → PostgreSQL type; a row has its values by the same names. */
export type Columns<Row> = Readonly<Record<keyof Row & string, string>>;

const ROWS_A_STATEMENT = 2_000;

/** A `bytea` value as JSON carries it. */
export const byteaInJson = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;

/** Inserts the rows; a row is plain JSON, whose values are cast to the types of the columns. */
export async function insertRows<Row extends object>(
  tx: Tx,
  table: string,
  columns: Columns<Row>,
  rows: readonly Row[],
): Promise<void> {
  const names = Object.keys(columns).join(', ');
  await forRows(rows, (json) =>
    tx.$executeRawUnsafe(`insert into ${table} (${names}) select ${names} from ${recordset(columns)}`, json),
  );
}

/** Runs a statement per few thousand rows; the rows stand in it as `incoming`, a table with the given columns. */
export async function withRows<Row extends object>(
  tx: Tx,
  columns: Columns<Row>,
  rows: readonly Row[],
  statement: string,
): Promise<void> {
  await forRows(rows, (json) =>
    tx.$executeRawUnsafe(`with incoming as (select * from ${recordset(columns)}) ${statement}`, json),
  );
}

const recordset = (columns: Readonly<Record<string, string>>): string =>
  `jsonb_to_recordset($1::jsonb) as r(${Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})`;

async function forRows<Row>(rows: readonly Row[], run: (json: string) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    await run(JSON.stringify(rows.slice(at, at + ROWS_A_STATEMENT)));
  }
}
