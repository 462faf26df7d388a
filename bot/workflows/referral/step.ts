/** A step as staff meet it: its definition, its card and its words. */
import type { Answers, Field, Form } from '../../domain/referral/form.ts';
import type { CaseFacts, StepDefinition } from '../../domain/referral/definition.ts';
import type { PlainDate } from '../../domain/time.ts';
import type { CaseFile } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import type { Locale } from '../../text/words.ts';
import type { Turn } from '../context.ts';

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
  /** Beside a box to tick, where it is not a condition that is met. */
  readonly box?: string;
  /** Above a group of fields. */
  readonly headings?: Readonly<Record<string, string>>;
  /** The button that opens the step beside another one. */
  readonly beside?: string;
  /** What an outcome means for the citizen: shown before it is confirmed. */
  readonly consequences?: Readonly<Partial<Record<O, string>>>;
}

/** What an outcome of a step does to anything but the case itself, in the transaction of the change. */
export type Effect<F extends Form = Form, O extends string = string> = (
  doing: {
    readonly tx: Tx;
    readonly turn: Pick<Turn, 'deps' | 'now' | 'today'>;
    /** Null when time alone brought the outcome about. */
    readonly by: string | null;
    readonly file: CaseFile;
    readonly outcome: O;
    readonly reason: string | null;
  },
  answers: Answers<F>,
) => Promise<Effected>;

export type Effected =
  /** Nothing is written: field → code, as in a definition's `check`. */
  | { readonly problems: Readonly<Record<string, string>> }
  | {
      /** The last day in time of the next step, where this one sets it. */
      readonly nextDueOn?: PlainDate | null;
      readonly facts?: CaseFacts;
    };

export interface Step {
  readonly definition: StepDefinition;
  /** The template below `cards/`. */
  readonly card: string;
  readonly words: Readonly<Record<Locale, StepWords>>;
  readonly effect?: Effect;
}

export function step<F extends Form, const O extends string>(
  definition: StepDefinition<F, O>,
  words: { da: StepWords<F, O>; en: StepWords<F, O> },
  effect?: Effect<F, O>,
): Step {
  return {
    definition: definition as unknown as StepDefinition,
    card: `referral/${definition.id}`,
    words: words as unknown as Step['words'],
    ...(effect && { effect: effect as unknown as Effect }),
  };
}
