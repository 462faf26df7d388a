import { z } from 'zod';

export const locales = ['da', 'en'] as const;
export type Locale = (typeof locales)[number];
export const localeSchema = z.enum(locales);

/** A word is a sentence, or a function when it holds data or a plural; tables of words may nest one level or more. */
// `never[]` accepts every parameter list, so that each word keeps its own precise type.
export type Word = string | ((...args: never[]) => string);
export interface WordTable {
  readonly [key: string]: Word | WordTable;
}

/** The same keys as the Danish table, each a word of the same kind: a missing or extra English word does not compile. */
export type SameWords<Danish extends WordTable> = {
  readonly [Key in keyof Danish]: Danish[Key] extends string
    ? string
    : Danish[Key] extends WordTable
      ? SameWords<Danish[Key]>
      : Danish[Key];
};

export type Words<Danish extends WordTable> = { readonly [L in Locale]: SameWords<Danish> };

/** Declares words in both languages; Danish is the source that the English must match. */
export function words<const Danish extends WordTable>(table: { da: Danish; en: SameWords<Danish> }): Words<Danish> {
  return table as unknown as Words<Danish>;
}

/** The language of an activity's locale: anything English is `en`, everything else Danish. */
export function pickLocale(activityLocale: string | undefined): Locale {
  return activityLocale?.toLowerCase().startsWith('en') ? 'en' : 'da';
}
