/** Every table of words there is, found by importing what may hold one: for the proof-reader, and for the test of words. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Locale, Word, WordTable } from '../bot/text/words.ts';

const bot = path.join(path.dirname(import.meta.dirname), 'bot');

export interface TwoWords {
  /** Where it stands: `referral/words.ts referralWords.notice.case.turn`. */
  readonly key: string;
  readonly da: Word;
  readonly en: Word;
}

const isTable = (value: unknown): value is WordTable => typeof value === 'object' && value !== null;
const inBothLanguages = (value: unknown): value is Readonly<Record<Locale, WordTable>> =>
  isTable(value) && isTable(value['da']) && isTable(value['en']);

function leaves(key: string, da: WordTable, en: WordTable): TwoWords[] {
  return Object.entries(da).flatMap(([name, word]): TwoWords[] => {
    const other = en[name];
    if (isTable(word) && isTable(other)) return leaves(`${key}.${name}`, word, other);
    return isTable(word) || isTable(other) || other === undefined
      ? [{ key: `${key}.${name}`, da: '', en: '' }]
      : [{ key: `${key}.${name}`, da: word, en: other }];
  });
}

/** All words: the tables of every `words.ts`, those that all share, and those of the steps. */
export async function allWords(): Promise<TwoWords[]> {
  const files = globSync(['**/words.ts', '**/*-words.ts', 'text/shared.ts', 'workflows/*/steps/*.ts'], {
    cwd: bot,
  }).sort();
  const found: TwoWords[] = [];
  for (const file of files) {
    const exported = (await import(pathToFileURL(path.join(bot, file)).href)) as Readonly<Record<string, unknown>>;
    for (const [name, value] of Object.entries(exported)) {
      const table = isTable(value) && inBothLanguages(value['words']) ? value['words'] : value;
      if (inBothLanguages(table)) found.push(...leaves(`${file} ${name}`, table.da, table.en));
    }
  }
  return found;
}

/** A word as it reads; one that holds data with the names of what it is given in its place. */
export function asText(word: Word): string {
  if (typeof word === 'string') return word;
  const source = String(word);
  const names = /^(?:async )?\(?([^)=]*)\)?\s*=>/.exec(source)?.[1] ?? '';
  const given = names.split(',').map((name) => `{${name.replace(/[:=?].*$/s, '').trim()}}`);
  try {
    return (word as (...args: unknown[]) => string)(...given);
  } catch {
    // It counts or compares what it is given: shown as it is written.
    return source.replace(/^[^=]*=>\s*/, '').replace(/\s+/g, ' ');
  }
}
