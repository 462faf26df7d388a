/** A municipality's CSV file, read as a stream: its encoding and its separator are found out. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { type Column, type Columns, headerKey, type Problem, type Row } from './columns.ts';

export interface ReadRows<C extends Columns> {
  readonly rows: readonly Row<C>[];
  readonly problems: readonly Problem[];
  /** Data lines, also those with problems. */
  readonly count: number;
}

const EVERY = 10_000;
const fileProblem = (code: Problem['code'], line: number | null = null): Problem => ({ line, column: null, code });

/** Reads every row, and says everything that is wrong within rows; what holds between rows is asked later. */
export async function readRows<C extends Columns>(
  file: string,
  columns: C,
  onProgress: (rows: number) => void = () => {},
): Promise<ReadRows<C>> {
  const start = await beginningOf(file);
  if (start === null) return none(fileProblem('notFound'));
  if (start.subarray(0, 2).toString('latin1') === 'PK') return none(fileProblem('spreadsheet'));
  if (/^(\xff\xfe|\xfe\xff)/.test(start.toString('latin1')) || start.includes(0)) return none(fileProblem('utf16'));

  const encoding = (await isUtf8(file)) ? 'utf-8' : 'windows-1252';
  const parser = Readable.from(decoded(file, encoding)).pipe(
    parse({ bom: true, delimiter: delimiterOf(start), relax_column_count: true, info: true, trim: true }),
  );
  const rows: Row<C>[] = [];
  const problems: Problem[] = [];
  let head: readonly (keyof C & string)[] | null = null;
  let count = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (record.every((cell) => cell === '')) continue;
      if (!head) {
        const read = readHead(record, columns);
        if ('problems' in read) return { rows: [], problems: read.problems, count: 0 };
        head = read.head;
        continue;
      }
      if (++count % EVERY === 0) onProgress(count);
      const row = readRow(record, info.lines, head, columns, problems);
      if (row) rows.push(row);
    }
  } catch (error) {
    if (!(error as CsvError).code?.startsWith('CSV_')) throw error;
    problems.push(fileProblem('quotes', ((error as CsvError)['lines'] as number | undefined) ?? null));
  }
  if (count === 0 && problems.length === 0) problems.push(fileProblem('empty'));
  return { rows, problems, count };
}

const none = (problem: Problem): ReadRows<never> => ({ rows: [], problems: [problem], count: 0 });

async function beginningOf(file: string): Promise<Buffer | null> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(64 * 1024), position: 0 });
    return buffer.subarray(0, bytesRead);
  } catch {
    return null;
  }
}

async function* decoded(file: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(file)) yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}

/** Text in Windows-1252 with a Danish letter in it is not UTF-8; without one the two are the same. */
async function isUtf8(file: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(file)) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** The separator that the headers have most of; headers never hold one themselves. */
function delimiterOf(start: Buffer): ';' | ',' | '\t' {
  const [head = ''] = start
    .toString('latin1')
    .replace(/^(\xef\xbb\xbf)?\s*/, '')
    .split(/[\r\n]/);
  const times = (mark: string) => head.split(mark).length;
  return times('\t') > Math.max(times(';'), times(',')) ? '\t' : times(',') > times(';') ? ',' : ';';
}

/** Which column each cell belongs to. An unknown header is not repeated: without a header line it would be a person's data. */
function readHead<C extends Columns>(
  record: readonly string[],
  columns: C,
): { head: readonly (keyof C & string)[] } | { problems: readonly Problem[] } {
  const byKey = new Map<string, keyof C & string>();
  for (const [name, { header, aliases }] of Object.entries(columns)) {
    for (const word of [name, header, ...aliases]) byKey.set(headerKey(word), name);
  }
  const known = Object.values(columns)
    .map(({ header }) => header)
    .join(', ');
  const found = record.map((header) => byKey.get(headerKey(header)));
  if (found.every((name) => name === undefined))
    return { problems: [{ ...fileProblem('noHeaders', 1), detail: known }] };

  const problems: Problem[] = [];
  const head: (keyof C & string)[] = [];
  found.forEach((name, index) => {
    if (name === undefined) {
      problems.push({ line: 1, column: null, columnNumber: index + 1, code: 'unknownColumn', detail: known });
    } else if (head.includes(name)) {
      problems.push({ line: 1, column: columns[name] ?? null, code: 'duplicateColumn' });
    } else head.push(name);
  });
  for (const [name, column] of Object.entries(columns)) {
    if (column.required && !head.includes(name)) problems.push({ line: 1, column, code: 'missingColumn' });
  }
  return problems.length > 0 ? { problems } : { head };
}

function readRow<C extends Columns>(
  record: readonly string[],
  line: number,
  head: readonly (keyof C & string)[],
  columns: C,
  problems: Problem[],
): Row<C> | null {
  const before = problems.length;
  if (record.slice(head.length).some((cell) => cell !== '')) problems.push(fileProblem('tooManyCells', line));
  const row: Record<string, unknown> = { line };
  head.forEach((name, index) => {
    const column = columns[name] as Column;
    const cell = record[index] ?? '';
    if (cell === '') {
      if (column.required) problems.push({ line, column, code: 'required' });
      row[name] = null;
      return;
    }
    const parsed = column.field.safeParse(cell);
    if (parsed.success) row[name] = parsed.data;
    else {
      const code = (parsed.error.issues[0]?.message ?? 'required') as Problem['code'];
      const detail = code === 'oneOf' ? column.allowed?.join(', ') : code === 'number' ? column.bounds : undefined;
      problems.push({ line, column, code, ...(detail !== undefined && { detail }) });
    }
  });
  return problems.length === before ? (row as Row<C>) : null;
}
