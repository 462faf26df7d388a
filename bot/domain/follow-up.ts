/** When a citizen who has moved in is followed up (design.md § 3.A, step 12), and where CTI stands (domain.md § 5). */
import { type PlainDate, isBefore } from './time.ts';

export interface FollowUp {
  readonly on: PlainDate;
  /** How many months after moving in. */
  readonly months: number;
}

/** The months after moving in that are marked in any case; every year after them while there is a subsidy. */
const MARKS = [1, 3, 6, 9, 12, 24] as const;
const LAST_MARK = 24;
/** A follow-up done so many days before its mark, or fewer, is the one of that mark (unconfirmed). */
const EARLY_DAYS = 14;

/**
 * The first mark more than 14 days after `after`, the day of the last follow-up or of moving in: one done late does not
 * bring back those that were missed. Null when none is left: after 24 months, or later after the last mark on or before
 * `subsidyEndsOn`, the first day without a subsidy (null: none, or one without an end).
 */
export function nextFollowUp(movedInOn: PlainDate, subsidyEndsOn: PlainDate | null, after: PlainDate): FollowUp | null {
  const done = after.add({ days: EARLY_DAYS });
  for (const months of marks()) {
    const on = movedInOn.add({ months });
    if (months > LAST_MARK && (subsidyEndsOn === null || isBefore(subsidyEndsOn, on))) return null;
    if (isBefore(done, on)) return { on, months };
  }
  return null;
}

function* marks(): Generator<number> {
  yield* MARKS;
  for (let months = LAST_MARK + 12; ; months += 12) yield months;
}

export interface CtiPhase {
  /** 1 establishing, 2 trying out, 3 handing over (the names are unconfirmed). */
  readonly phase: 1 | 2 | 3;
  /** Its last day. */
  readonly until: PlainDate;
}

/** The phase of Critical Time Intervention on a day: nine months in three times three, from the day it starts. */
export function ctiPhase(startsOn: PlainDate, day: PlainDate): CtiPhase | 'before' | 'over' {
  if (isBefore(day, startsOn)) return 'before';
  for (const phase of [1, 2, 3] as const) {
    const next = startsOn.add({ months: 3 * phase });
    if (isBefore(day, next)) return { phase, until: next.subtract({ days: 1 }) };
  }
  return 'over';
}
