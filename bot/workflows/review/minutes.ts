import type { Instant, PlainDate } from '../../domain/time.ts';

/** A closed review as it is written down: case numbers, never names of citizens. Words are in the reader's language already. */
export interface Minutes {
  readonly shelter: string;
  readonly heldOn: PlainDate;
  readonly startedAt: Instant | null;
  readonly closedAt: Instant;
  readonly closedBy: string;
  /** Names of staff. */
  readonly attended: readonly string[];
  readonly absent: readonly string[];
  readonly items: readonly MinutesItem[];
}

export interface MinutesItem {
  readonly caseNumber: number;
  /** Where the case stood, in words. */
  readonly stage: string;
  readonly reached: 'decided' | 'rest-unchanged' | 'not-reached';
  /** The outcome in words; blank when not reached. */
  readonly outcome: string;
  readonly decidedBy: string;
  readonly notes: readonly { readonly author: string; readonly text: string }[];
  /** Agreed at this review. */
  readonly agreed: readonly { readonly text: string; readonly owner: string; readonly dueOn: PlainDate }[];
  /** Agreed earlier: done at or since the last review, dropped with its reason, or still open. */
  readonly earlier: readonly {
    readonly text: string;
    readonly owner: string;
    readonly dueOn: PlainDate;
    readonly state: 'done' | 'dropped' | 'open';
    readonly reason: string;
  }[];
}
