/**
 * What a step is: small data that one engine interprets. A definition says who acts, what the form asks, how it can
 * end, how long it may take and whom it tells; it does nothing.
 */
import type { DayKind } from '../calendar.ts';
import type { Party } from '../access.ts';
import type { Scheme } from '../schemes.ts';
import type { Answers, Form } from './form.ts';

/** How long a step may take, counted from the day after it began. */
export interface Clock {
  readonly days: number;
  readonly kind: DayKind;
  /** Where the number is from: a paragraph, or `default` while the municipality has not confirmed one. */
  readonly source: string;
}

/** Where an outcome leads: the next step in the list, a step by name, the way's end (for now), or the case is closed. */
export type Destination = 'next' | 'end' | 'stop' | { readonly step: string };

export interface Outcome {
  readonly to: Destination;
  /** Who may choose it, where that is not who does the step; `nobody`: time alone brings it about. */
  readonly by?: Party | 'nobody';
  /** Offered only of some cases; of all when absent. Whether it may be chosen is `check`'s to say. */
  readonly onlyIf?: (context: StepContext) => boolean;
  /** The coded reasons of which one must be given; none when absent. */
  readonly reasons?: readonly string[];
  /** Who is told besides those whose turn it becomes. */
  readonly tells?: readonly Party[];
  /** The citizen must be told of it; the day is recorded on the pass. */
  readonly citizenIsTold?: true;
  /** Whether the citizen knows it already, such as what they decided themselves. */
  readonly citizenKnows?: (answers: Readonly<Record<string, unknown>>) => boolean;
  /** Where a case that this closed goes on when it is opened again; with those who brought it here when absent. */
  readonly reopensAt?: string;
}

/** The typed columns that a step's answers fill in: what is counted or searched across cases. */
export interface CaseFacts {
  caseworkerId?: string;
  householdAdults?: number;
  householdChildren?: number;
  homeKind?: string;
  supportBasis?: string;
  supportMethod?: string;
  /** Øre a month. */
  payableOere?: number;
  /** ISO date. */
  bifAskedOn?: string | null;
  /** ISO date. */
  supportDecidedOn?: string;
  supportWorkerId?: string | null;
  /** ISO date. */
  supportEndedOn?: string | null;
  responsibleId?: string | null;
}

/** What a step may be checked against besides its own answers. */
export interface StepContext {
  readonly facts: Readonly<CaseFacts>;
  /** Today's legal date, ISO. */
  readonly today: string;
  /** The latest stay at a shelter, ISO dates. */
  readonly stay: { readonly decidedOn: string; readonly endedOn: string | null };
  /** The dwelling that is offered, or that the citizen rents. */
  readonly scheme: Scheme | null;
  /** The first day of the tenancy that runs, ISO. */
  readonly leaseFrom: string | null;
  /** The day of moving into the home or place, ISO. */
  readonly movedInOn: string | null;
  /** Whether a mark of the follow-up lies ahead of today. */
  readonly followUpAhead: boolean;
}

export interface StepDefinition<F extends Form = Form, O extends string = string> {
  readonly id: string;
  readonly party: Party;
  readonly form: F;
  readonly outcomes: Readonly<Record<O, Outcome>>;
  /** Fields that are asked only of some cases; the others are always asked. */
  readonly onlyWhen?: Readonly<Partial<Record<keyof F & string, (context: StepContext) => boolean>>>;
  /** When the answers decide the outcome, rather than the button pressed. */
  readonly outcomeOf?: (answers: Answers<F>) => O;
  /**
   * What is wrong with well-formed answers for this outcome: field → code of a word in the step's `problems`.
   * The key `''` is the form as a whole.
   */
  readonly check?: (answers: Answers<F>, outcome: O, context: StepContext) => Readonly<Record<string, string>>;
  /** What the answers make of the typed columns; `before` is what those hold now. */
  readonly facts?: (answers: Answers<F>, before: Readonly<CaseFacts>) => CaseFacts;
  /** Whether a case that comes here needs the step; always when absent. */
  readonly when?: (facts: Readonly<CaseFacts>) => boolean;
  /** The step from which on this one may also be done beside the one that is open. */
  readonly besideFrom?: string;
  /** May be done beside whatever step is open while the citizen lives in a home that came with the case. */
  readonly besideAtHome?: true;
  readonly clock: Clock;
  /** Asks for a home that is offered or rented; a case without one goes to the step named instead. */
  readonly needsHome?: string;
  /** Nobody goes back to it: the step before it begins it. */
  readonly notBackTo?: true;
  /** The step whose latest doer may not do this one (nobody decides on their own nomination). */
  readonly notBy?: string;
}

/** Declares a step; the outcome names are kept as a type so that words and checks must match them. */
export function defineStep<F extends Form, const O extends string>(
  definition: StepDefinition<F, O>,
): StepDefinition<F, O> {
  return Object.freeze(definition);
}

/** The ordered lists of one version: the way home, and the way to a place (§§ 107, 108, care home). */
export interface WayVersion {
  readonly version: number;
  /** Cases admitted from this day (ISO) begin with it, and keep it. */
  readonly from: string;
  readonly home: readonly StepDefinition[];
  readonly place: readonly StepDefinition[];
  readonly stopReasons: readonly string[];
  readonly backReasons: readonly string[];
}

/** The fields whose answers stand in the way, each `unmet`, and `unmetAll` for the form; nothing when none does. */
export function unmet(
  answers: Readonly<Record<string, unknown>>,
  standsInTheWay: (answer: unknown) => boolean,
): Record<string, string> {
  const names = Object.keys(answers).filter((name) => standsInTheWay(answers[name]));
  return names.length === 0 ? {} : { ...Object.fromEntries(names.map((name) => [name, 'unmet'])), '': 'unmetAll' };
}
