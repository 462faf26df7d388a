/** What a story can say of a resident; the code that tells it knows nobody by name. */
import type { StepDefinition, WayVersion } from '../domain/referral/definition.ts';
import { stepOf } from '../domain/referral/way.ts';
import type { DutyKind } from '../store/case-homes.ts';

export interface Story {
  /**
   * What happened, in order: `step:outcome` or `step:outcome/reason` ended a step, `+step:outcome` was done beside the
   * open one, and `readmitted` is a new stay at another shelter.
   */
  readonly been: readonly string[];
  /** The step that waits for somebody; left out when the case is closed. */
  readonly at?: string;
  /** Kept, half done, at the open step. */
  readonly draft?: Readonly<Record<string, string>>;
  readonly pace?: 'new' | 'overdue';
  /** The handlekommune has not been told of the admission. */
  readonly municipalityUntold?: true;
  /** The citizen has not been told of the last outcome that asks for it. */
  readonly citizenUntold?: true;
  readonly name?: string;
  /** Who has the case, where the turn of the list does not decide. */
  readonly caseworker?: string;
  /** The addresses of the dwellings that were offered, in turn; of an imported case the one that is rented. */
  readonly homes?: readonly string[];
  /** How long ago the citizen moved in; negative days make it so much later. */
  readonly moved?: { readonly months: number; readonly days?: number };
  /** Lived in the home when Hjemvej began: the case came by import. */
  readonly imported?: true;
  /** What was typed otherwise than usual at the latest passage through a step. */
  readonly says?: Readonly<Record<string, Typed>>;
  /** At the follow-up of this number the support ended, and this person stays responsible. */
  readonly supportEnds?: { readonly at: number; readonly responsible: string };
  /** What the lease brought with it, and whether it has been seen to. */
  readonly duties?: Readonly<Partial<Record<DutyKind, 'open' | 'done'>>>;
  /** How the latest stay ended; those who move in otherwise leave by agreement for their home. */
  readonly discharge?: { readonly manner: string; readonly reason: string; readonly to: string };
}

export type Typed = Readonly<Record<string, unknown>>;

/** One thing that happened; without a step it is a readmission. */
export type StoryEvent =
  | {
      readonly step: StepDefinition;
      readonly outcome: string;
      readonly reason: string | null;
      readonly beside: boolean;
    }
  | { readonly step: null; readonly outcome?: never; readonly reason?: never; readonly beside?: never };

export function eventsOf({ been }: Story, way: WayVersion): StoryEvent[] {
  return been.map((text) => {
    if (text === 'readmitted') return { step: null };
    const [, beside, step = '', outcome = '', reason = null] = /^(\+?)([^:]+):([^/]+)(?:\/(.+))?$/.exec(text) ?? [];
    return { step: stepOf(way, step), outcome, reason, beside: beside === '+' };
  });
}

export const isReadmitted = ({ been }: Story): boolean => been.includes('readmitted');
