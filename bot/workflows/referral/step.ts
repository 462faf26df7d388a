/** A step as staff meet it: its definition, its card and its words. */
import type { Answers, Field, Form } from '../../domain/referral/form.ts';
import type { StepDefinition } from '../../domain/referral/definition.ts';
import type { Locale } from '../../text/words.ts';

type ChoiceNames<F extends Form> = {
  [K in keyof F]: F[K] extends Field<infer T>
    ? NonNullable<T> extends string
      ? string extends NonNullable<T>
        ? never
        : K
      : never
    : never;
}[keyof F];

/** The words of a step; both languages have this shape, so that a missing word does not compile. */
export interface StepWords<F extends Form = Form, O extends string = string> {
  /** The stage's name on every card, such as `Udredning`. */
  readonly title: string;
  /** One sentence on what to do. */
  readonly intro: string;
  readonly fields: { readonly [K in keyof F]: string };
  readonly choices: { readonly [K in ChoiceNames<F>]: Readonly<Record<NonNullable<Answers<F>[K]> & string, string>> };
  /** The buttons. */
  readonly outcomes: Readonly<Record<O, string>>;
  /** The outcome as a fact, on receipts and in notes: `Indstillet til bolig`. */
  readonly results: Readonly<Record<O, string>>;
  readonly reasons: Readonly<Record<string, string>>;
  readonly problems: Readonly<Record<string, string>>;
}

export interface Step {
  readonly definition: StepDefinition;
  /** The template below `cards/`. */
  readonly card: string;
  readonly words: Readonly<Record<Locale, StepWords>>;
}

export function step<F extends Form, const O extends string>(
  definition: StepDefinition<F, O>,
  words: { da: StepWords<F, O>; en: StepWords<F, O> },
): Step {
  return {
    definition: definition as unknown as StepDefinition,
    card: `referral/${definition.id}`,
    words: words as unknown as Step['words'],
  };
}
