/** Every word of every table, in both languages. Types see to it that none is missing; this, that none is empty or left over. */
import type { Word } from '../../bot/text/words.ts';
import { allWords, asText } from '../../scripts/word-tables.ts';

const words = await allWords();

/** The names that stay in Danish when English is spoken. */
const NAMES = ['Den boligsociale anvisning', 'administrator'];

test('all tables are found', () => {
  const files = new Set(words.map(({ key }) => key.split(' ')[0]));
  for (const file of ['text/shared.ts', 'teams/words.ts', 'workflows/chat/words.ts', 'workflows/referral/words.ts'])
    expect(files).toContain(file);
  expect([...files].filter((file) => file?.includes('/steps/'))).not.toHaveLength(0);
});

test('no word is empty', () => {
  const empty = words.filter(({ da, en }) => [da, en].some((word) => typeof word === 'string' && word.trim() === ''));
  expect(empty.map(({ key }) => `${key}: write it in both languages`)).toEqual([]);
});

test('no sentence is the same in both languages', () => {
  const same = words.filter(
    ({ da, en }) => typeof da === 'string' && da === en && da.length > 12 && !NAMES.includes(da),
  );
  expect(same.map(({ key, da }) => `${key}: "${String(da)}" is not translated`)).toEqual([]);
});

test('no language has strayed into the other', () => {
  const strayed = words.flatMap(({ key, da, en }) => [
    ...(/\b(the|and|your?|with|cannot|has been)\b/i.test(asText(da)) ? [`${key}: English in "${asText(da)}"`] : []),
    ...(/\b(og|ikke|eller|skal|hvad|borgeren|sagen)\b/i.test(asText(en)) ? [`${key}: Danish in "${asText(en)}"`] : []),
  ]);
  expect(strayed).toEqual([]);
});

// A text of several lines sets its columns with blanks.
test('no word ends in blanks, or holds two in a row', () => {
  const untidy = words.flatMap(({ key, da, en }) =>
    [da, en]
      .filter((word) => typeof word === 'string' && !word.includes('\n') && /^\s|\s$| {2}/.test(word))
      .map((word) => `${key}: "${String(word)}"`),
  );
  expect(untidy).toEqual([]);
});

/** What the word says of samples of the right kinds; undefined when no kind suits it. */
function say(word: Exclude<Word, string>, samples: readonly unknown[]): string | undefined {
  try {
    const said = (word as (...args: unknown[]) => unknown)(...samples.slice(0, word.length));
    return typeof said === 'string' && said.trim() !== '' && !/undefined|NaN|\[object|null/.test(said)
      ? said
      : undefined;
  } catch {
    return undefined;
  }
}

test('a word that holds data makes a sentence of it, in both languages', () => {
  const several = [
    ['Prøve', 'Test', 'Mere', 'Til', 'Sidst'],
    [2, 3, 4, 5, 6],
    [1, 1, 1, 1, 1],
    [2, true, 2, true, 2],
    ['Prøve', 2, 'Test', 2, 'Til'],
    [2, 'Prøve', 2, 'Test', 2],
    [['Prøve', 'Test'], 2, 'Til'],
  ];
  const silent = words.flatMap(({ key, da, en }) =>
    [da, en].some((word) => typeof word !== 'string' && several.every((samples) => say(word, samples) === undefined))
      ? [`${key} makes no text of any sample: teach this test its parameters`]
      : [],
  );
  expect(silent).toEqual([]);
});

test('both languages make use of the same data', () => {
  const differ = words.filter(
    ({ da, en }) =>
      typeof da !== typeof en || (typeof da !== 'string' && typeof en !== 'string' && da.length !== en.length),
  );
  expect(differ.map(({ key }) => `${key}: one language takes other data than the other`)).toEqual([]);
});
