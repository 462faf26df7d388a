/** One import from file to report: every row is checked, and all are loaded in one transaction or none. */
import type { PrismaClient } from '../store/generated/client.ts';
import type { Locale } from '../text/words.ts';
import type { Columns, Problem } from './columns.ts';
import { readRows } from './csv.ts';
import { dwellings } from './dwellings.ts';
import { leases } from './leases.ts';
import type { ImportContext, ImportKind, Summary } from './plan.ts';
import { rates } from './rates.ts';
import { progressText } from './report.ts';
import { residents } from './residents.ts';
import { staff } from './staff.ts';
import { units } from './units.ts';

export const importKinds = { units, staff, residents, dwellings, leases, rates } as const;
export type ImportKindName = keyof typeof importKinds;
/** The kinds by name, with what tells their rows apart forgotten: each reads and plans its own. */
const kindOf = (name: ImportKindName): ImportKind => importKinds[name] as unknown as ImportKind<Columns>;

export interface ImportRequest {
  readonly kind: ImportKindName;
  readonly file: string;
  readonly dryRun: boolean;
}

export interface ImportDeps extends ImportContext {
  readonly prisma: PrismaClient;
  readonly locale: Locale;
  /** A line about how far a long import is. */
  readonly onProgress: (text: string) => void;
}

export type ImportResult = { readonly rows: number } & (
  | { readonly ok: true; readonly dryRun: boolean; readonly summary: Summary }
  | { readonly ok: false; readonly problems: readonly Problem[] }
);

const LONG = 5_000;
const AT_MOST_MS = 30 * 60_000;

export async function runImport({ kind, file, dryRun }: ImportRequest, deps: ImportDeps): Promise<ImportResult> {
  const { columns, plan } = kindOf(kind);
  const say = progressText(deps.locale);
  const read = await readRows(file, columns, (rows) => deps.onProgress(say.reading(rows)));
  const rows = read.count;
  const onWritten = (done: number, all: number) => {
    if (rows >= LONG) deps.onProgress(say.writing(done, all));
  };
  try {
    return await deps.prisma.$transaction(
      async (tx): Promise<ImportResult> => {
        // Two imports at once take turns.
        await tx.$queryRawUnsafe(`select 1 as locked from pg_advisory_xact_lock(hashtextextended('import', 0))`);
        if (rows >= LONG) deps.onProgress(say.checking);
        const { problems, summary, apply } = await plan(tx, read.rows, deps);
        // What the good rows refer to may stand in a bad one, so all that concerns the file as a whole waits for a good file.
        const all = [...read.problems, ...problems.filter(({ line }) => line !== null || read.problems.length === 0)];
        if (all.length > 0) return { ok: false, rows, problems: all.toSorted(byLine) };
        if (!dryRun) await apply(tx, onWritten);
        return { ok: true, rows, dryRun, summary };
      },
      { timeout: AT_MOST_MS, maxWait: 60_000 },
    );
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return { ok: false, rows, problems: [{ line: null, column: null, code: 'raced' }] };
  }
}

const byLine = (a: Problem, b: Problem): number => (a.line ?? 0) - (b.line ?? 0);

/** Somebody made the same between our look and our write, such as an admission. */
function isUniqueViolation(error: unknown): boolean {
  const { code, meta } = error as { code?: string; meta?: { code?: string } };
  return code === 'P2002' || meta?.code === '23505' || String(error).includes('23505');
}
