/** Lists written to a file and imported into a database of the test's own. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { legalDate, Temporal } from '../../bot/domain/time.ts';
import { problemText, reportOf } from '../../bot/imports/report.ts';
import { type ImportKindName, type ImportResult, runImport } from '../../bot/imports/run.ts';
import { createCprVault } from '../../bot/store/cpr-vault.ts';
import { type Database, openDatabase } from '../../bot/store/database.ts';
import { createTestDatabase } from '../fakes/database.ts';

export const now = Temporal.Instant.from('2026-11-22T10:42:00.123Z');
export const today = legalDate(now);
export const vault = createCprVault({ index: randomBytes(32), sealing: [{ id: 'k', key: randomBytes(32) }] });
export const examples = path.join(import.meta.dirname, '../../docs/examples');
export const example = (name: string) => path.join(examples, name);

export interface Lists {
  readonly prisma: Database['prisma'];
  readonly progress: string[];
  load(
    kind: ImportKindName,
    lines: readonly string[] | Buffer,
    options?: { dryRun?: boolean; deactivateMissing?: boolean },
  ): Promise<ImportResult>;
  loadFile(
    kind: ImportKindName,
    file: string,
    options?: { dryRun?: boolean; deactivateMissing?: boolean },
  ): Promise<ImportResult>;
  close(): Promise<void>;
}

export async function openLists(): Promise<Lists> {
  const test = await createTestDatabase();
  const database = openDatabase(test.url);
  const folder = await mkdtemp(path.join(tmpdir(), 'hjemvej-lists-'));
  const progress: string[] = [];
  const loadFile: Lists['loadFile'] = (kind, file, { dryRun = false, deactivateMissing = false } = {}) =>
    runImport(
      { kind, file, dryRun },
      {
        ...{ prisma: database.prisma, vault, now, today, deactivateMissing, locale: 'da' },
        onProgress: (text) => void progress.push(text),
      },
    );
  return {
    prisma: database.prisma,
    progress,
    loadFile,
    async load(kind, lines, options) {
      const file = path.join(folder, `${kind}.csv`);
      await writeFile(file, Buffer.isBuffer(lines) ? lines : lines.join('\r\n'));
      return loadFile(kind, file, options);
    },
    async close() {
      await database.close();
      await test.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The problems as people read them; empty when all went well. */
export const told = (result: ImportResult): string[] =>
  result.ok ? [] : result.problems.map((problem) => problemText(problem, 'da'));

/** Everything that the import would print, in both languages. */
export const printed = (result: ImportResult): string =>
  [...reportOf(result, 'da'), ...reportOf(result, 'en')].join('\n');

export const numbersOf = (result: ImportResult) => {
  if (!result.ok) throw new Error(`The list was refused: ${told(result).join(' | ')}`);
  const { added, changed, unchanged, deactivated } = result.summary;
  return { added, changed, unchanged, deactivated };
};

/** Danish letters are the same in Latin-1 and Windows-1252; the dash is Windows' own. */
export const windows1252 = (text: string): Buffer => Buffer.from(text.replaceAll('–', '\x96'), 'latin1');
