/** What an import says at its end, line by line. */
import type { Locale } from '../text/words.ts';
import type { Problem } from './columns.ts';
import type { Note } from './plan.ts';
import type { ImportResult } from './run.ts';
import { importWords } from './words.ts';

const MOST_NUMBERS = 200;

export function progressText(locale: Locale) {
  const { progress } = importWords[locale];
  const count = counting(locale);
  return {
    reading: (rows: number) => progress.reading(count(rows)),
    checking: progress.checking,
    writing: (done: number, all: number) => progress.writing(count(done), count(all)),
  };
}

/** `Linje 12, CPR-nummer: Er ikke et CPR-nummer …` */
export function problemText({ line, column, columnNumber, code, detail }: Problem, locale: Locale): string {
  const { problems, summary } = importWords[locale];
  const name = column?.header ?? (columnNumber === undefined ? null : summary.column(columnNumber));
  const where = [line === null ? null : summary.line(line), name].filter((part) => part !== null);
  const what = detail ? `${problems[code].replace(/[.:]$/, '')}: ${detail}` : problems[code];
  return where.length > 0 ? `${where.join(', ')}: ${what}` : what;
}

export function reportOf(result: ImportResult, locale: Locale): string[] {
  const { summary: words } = importWords[locale];
  const count = counting(locale);
  if (!result.ok) {
    const { problems } = result;
    return [words.refused(count(problems.length)), ...problems.map((problem) => `  ${problemText(problem, locale)}`)];
  }
  const { added, changed, unchanged, deactivated, notes } = result.summary;
  return [
    words.read(count(result.rows)),
    result.dryRun ? words.dryRun : words.loaded,
    `  ${words.added}: ${count(added)}`,
    `  ${words.changed}: ${count(changed)}`,
    `  ${words.unchanged}: ${count(unchanged)}`,
    ...(deactivated > 0 ? [`  ${words.deactivated}: ${count(deactivated)}`] : []),
    ...notes.map((note) => noteText(note, locale)),
  ];
}

function noteText(note: Note, locale: Locale): string {
  const { notes } = importWords[locale];
  if (note.code === 'handOver') return notes.handOver(note.person, numbers(note.cases));
  return notes[note.code](numbers(note.numbers));
}

const numbers = (all: readonly number[]): string =>
  all.length > MOST_NUMBERS
    ? `${all.slice(0, MOST_NUMBERS).join(', ')} … (+${all.length - MOST_NUMBERS})`
    : all.join(', ');

const counting = (locale: Locale) => {
  const format = new Intl.NumberFormat(locale === 'da' ? 'da-DK' : 'en-GB');
  return (value: number): string => format.format(value);
};
