/** What a bench is, and how its numbers are printed. */

export interface Report {
  line(text: string): void;
  /** Rows with the same columns; numbers end up under each other. */
  table(rows: readonly Readonly<Record<string, string | number>>[]): void;
}

export interface BenchOptions {
  /** Keeps the query plans in `bench/plans/`. */
  readonly plans: boolean;
  /** Writes a CPU profile of the bot into this folder. */
  readonly profile: string | undefined;
}

export type Bench = (report: Report, options: BenchOptions) => Promise<void>;

export const consoleReport: Report = {
  line: (text) => console.log(text),
  table(rows) {
    const names = Object.keys(rows[0] ?? {});
    const cells = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
    const widths = names.map((_, column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
    for (const line of cells)
      console.log(
        line
          .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
          .join('  '),
      );
    console.log('');
  },
};

/** The value below which the given share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const rounded = (value: number, decimals = 1): string => value.toFixed(decimals);
