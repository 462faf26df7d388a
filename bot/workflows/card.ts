/** A kind of card: which template, what data and words its `${…}` may name, which inputs it sends. */
import { v4 as uuidv4 } from 'uuid';
import type { z } from 'zod';
import type { Locale } from '../text/words.ts';
import { sharedWords } from '../text/shared.ts';
import type { CardView } from './turn.ts';

type WordsOf = Readonly<Record<string, unknown>>;

export interface CardType<Data extends z.ZodType = z.ZodType> {
  /** The file below `cards/`, without `.json`. */
  readonly template: string;
  /** The shape of the data; strict, so that the contract test knows every name the template may use. */
  readonly data: Data;
  /** Beside the words that all cards share. */
  readonly words: Readonly<Record<Locale, WordsOf>>;
  /** The inputs whose values somebody reads, by id; `reason_*` stands for one per outcome. */
  readonly inputs: readonly string[];
}

/** Every kind of card there is: the contract tests go through them. */
export const cardTypes: CardType[] = [];

export function defineCard<Data extends z.ZodType>(type: CardType<Data>): CardType<Data> {
  cardTypes.push(type);
  return type;
}

/** Those words of a table that a template shows, in both languages. */
export function pickWords<Table extends WordsOf, Name extends keyof Table & string>(
  table: Readonly<Record<Locale, Table>>,
  ...names: readonly Name[]
): Readonly<Record<Locale, Readonly<Pick<Table, Name>>>> {
  const pick = (locale: Locale) =>
    Object.fromEntries(names.map((name) => [name, table[locale][name]])) as Pick<Table, Name>;
  return { da: pick('da'), en: pick('en') };
}

/** What is wrong, in words by field: those that all cards share, and the card's own before them. */
export function problemTexts(
  problems: Readonly<Record<string, string>>,
  locale: Locale,
  own: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const words: Readonly<Record<string, string>> = { ...sharedWords[locale].problems, ...own };
  return Object.fromEntries(Object.entries(problems).map(([name, code]) => [name, words[code] ?? code]));
}

export interface Showing<Data extends z.ZodType> {
  readonly data: z.input<Data>;
  /** One line without person data: the notification and the fallback. */
  readonly summary: string;
  /** Input id → what is wrong with it, in words. */
  readonly errors?: Readonly<Record<string, string>>;
  /** The ids and version that the card's buttons carry; a fresh nonce is added. */
  readonly stamp?: Readonly<Record<string, string | number>>;
}

/** The words of a card: the shared ones, and its own before them. Always the same object, so that others may build on it. */
export function wordsOf(type: CardType, locale: Locale): WordsOf {
  const known = wordsByType.get(type) ?? { da: joined(type, 'da'), en: joined(type, 'en') };
  wordsByType.set(type, known);
  return known[locale];
}

const wordsByType = new WeakMap<CardType, Readonly<Record<Locale, WordsOf>>>();

function joined(type: CardType, locale: Locale): WordsOf {
  const [shared, own] = [sharedWords[locale], type.words[locale]];
  return { ...shared, ...own, problems: { ...shared.problems, ...(own['problems'] as WordsOf | undefined) } };
}

export function show<Data extends z.ZodType>(type: CardType<Data>, locale: Locale, showing: Showing<Data>): CardView {
  const { data, summary, errors, stamp } = showing;
  return {
    template: type.template,
    data: data as Readonly<Record<string, unknown>>,
    words: wordsOf(type, locale),
    summary,
    ...(errors && { errors }),
    ...(stamp && { stamp: { ...stamp, nonce: uuidv4() } }),
  };
}
