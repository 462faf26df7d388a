/** What the forms about dwellings share: their days, their choices, and what was typed in words of the problems. */
import {
  type Answers,
  choice,
  type Form,
  inputValue,
  number,
  optionalKroner,
  text,
} from '../../domain/referral/form.ts';
import { schemes } from '../../domain/schemes.ts';
import { type PlainDate, Temporal } from '../../domain/time.ts';
import type { Facts } from '../../store/dwelling-changes.ts';
import { problemTexts } from '../card.ts';
import type { Locale } from '../../text/words.ts';
import { homeWords } from './words.ts';

export type Problems = Readonly<Record<string, string>>;
export type Typed = Readonly<Record<string, unknown>>;

/** What is asked of a dwelling itself, when it is registered and when that is corrected. */
export const factsForm = {
  address: text(120),
  postcode: text(10),
  town: text(60),
  rooms: number(1, 12),
  sizeM2: number(5, 400),
  scheme: choice(schemes),
  deposit: optionalKroner(),
};
export const factFields = Object.keys(factsForm) as (keyof typeof factsForm)[];

export const oneSpace = (typed: string) => typed.replace(/\s+/g, ' ').trim();

export const postcodeProblem = (typed: string): Problems =>
  /^\s*(DK-?)?\d{4}\s*$/i.test(typed) ? {} : { postcode: 'postcode' };

/** The answers as they are stored. */
export const factsIn = ({ deposit, ...answers }: Answers<typeof factsForm>): Facts => ({
  address: oneSpace(answers.address),
  postcode: answers.postcode.replace(/\D/g, ''),
  town: oneSpace(answers.town),
  rooms: answers.rooms,
  sizeM2: answers.sizeM2,
  scheme: answers.scheme,
  depositOere: deposit,
});

/** What the inputs of a form show for what was typed or stored. */
export function inputsOf<F extends Form>(form: F, values: Typed): Record<keyof F & string, string> {
  return Object.fromEntries(
    Object.entries(form).map(([name, { kind }]) => [name, inputValue(kind, values[name])]),
  ) as Record<keyof F & string, string>;
}

export const dayOf = (iso: string | null): PlainDate | null => (iso === null ? null : Temporal.PlainDate.from(iso));

export function choicesOf<Code extends string>(
  codes: readonly Code[],
  table: Readonly<Record<Code, string>>,
): { title: string; value: string }[] {
  return codes.map((value) => ({ title: table[value], value }));
}

/** Coded problems in words, by field. */
export const problemsInWords = (problems: Problems, locale: Locale): Record<string, string> =>
  problemTexts(problems, locale, homeWords[locale].problems);
