/** What an import would do, worked out by reading only: a dry run stops here. */
import type { Instant, PlainDate } from '../domain/time.ts';
import type { CprVault } from '../store/cpr-vault.ts';
import type { PrismaTx as Tx } from '../store/database.ts';
import type { Columns, Problem, Row } from './columns.ts';
import type { ProblemCode } from './problems.ts';
import type { ListNoteCode } from './words.ts';

export interface ImportContext {
  readonly today: PlainDate;
  readonly now: Instant;
  readonly vault: CprVault;
  /** The staff list is the full one. */
  readonly deactivateMissing: boolean;
}

/** Something that somebody has to look at after the import. */
export type Note =
  | { readonly code: 'handOver'; readonly person: string; readonly cases: readonly number[] }
  | { readonly code: ListNoteCode; readonly numbers: readonly number[] };

/** What is noted of several rows at once: the numbers of their cases, or their lines, as its words say. */
export type Noted = Readonly<Partial<Record<ListNoteCode, number[]>>>;

/** The notes that have something in them, in the order given. */
export const notesOf = (noted: Noted): Note[] =>
  (Object.entries(noted) as [ListNoteCode, number[]][]).flatMap(([code, numbers]) =>
    numbers.length > 0 ? [{ code, numbers: numbers.toSorted((a, b) => a - b) }] : [],
  );

export interface Summary {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly deactivated: number;
  readonly notes: readonly Note[];
}

export interface Plan {
  readonly problems: readonly Problem[];
  readonly summary: Summary;
  /** Writes what the summary says; called only without problems. */
  readonly apply: (tx: Tx, onProgress: (done: number, all: number) => void) => Promise<void>;
}

/** One kind of list: its columns, and what its rows mean. */
export interface ImportKind<C extends Columns = Columns> {
  readonly columns: C;
  readonly plan: (tx: Tx, rows: readonly Row<C>[], context: ImportContext) => Promise<Plan>;
}

/** Reports a problem of one cell of a row. */
export type Say<C extends Columns> = (
  row: { readonly line: number },
  column: keyof C,
  code: ProblemCode,
  detail?: string,
) => void;

export const sayInto =
  <C extends Columns>(columns: C, problems: Problem[]): Say<C> =>
  ({ line }, column, code, detail) =>
    void problems.push({ line, column: columns[column] ?? null, code, ...(detail !== undefined && { detail }) });

/** Reports a row whose key stands on an earlier line too; yields the first row of each key. */
export function firstOfEach<R extends { readonly line: number }>(
  rows: readonly R[],
  keyOf: (row: R) => string | null,
  onDuplicate: (row: R, firstLine: number) => void,
): R[] {
  const lines = new Map<string, number>();
  return rows.filter((row) => {
    const key = keyOf(row);
    if (key === null) return true;
    const first = lines.get(key);
    if (first === undefined) return lines.set(key, row.line);
    onDuplicate(row, first);
    return false;
  });
}
