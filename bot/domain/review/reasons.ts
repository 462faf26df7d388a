/**
 * Why a resident stands where they do on the agenda: one table, the most urgent first. A new reason is one entry here and
 * its words in `workflows/review/words.ts`.
 */
import { z } from 'zod';
import { type PlainDate, Temporal } from '../time.ts';

/** What is known of a resident when the agenda is made. */
export interface ReviewFacts {
  readonly today: PlainDate;
  /** The previous review of the shelter; null when this is the first. */
  readonly lastHeldOn: PlainDate | null;
  /** Whether the resident was on that agenda, and nobody got to them. */
  readonly notReached: boolean;
  readonly admittedOn: PlainDate;
  /** The day that agenda was made on, where the resident was not on it: they may have come since. */
  readonly missedOn: PlainDate | null;
  /** When the case came to its present step. */
  readonly stepSince: PlainDate;
  /** Calendar days that the open step is late. */
  readonly overdueDays: number;
  /** Days left of the state's refund; see `refund.ts`. */
  readonly refundDay: number;
  readonly refundDaysLeft: number;
  readonly hasCaseworker: boolean;
  readonly municipalityUntold: boolean;
  /** The last day to answer a home that has been offered. */
  readonly offerDueOn: PlainDate | null;
  readonly overdueActions: number;
  /** Observations since the last review. */
  readonly observations: number;
  readonly stuckWeeks: number;
}

/** The number that a reason's sentence tells: days, weeks or how many; 0 where it tells none. */
interface Reason {
  readonly weight: number;
  readonly of: (facts: ReviewFacts) => number | null;
}

const since = (from: PlainDate, to: PlainDate): number => from.until(to, { largestUnit: 'days' }).days;
/** The residents looked at last have been there since; without a review before, those of the last week are new. */
const isNew = (day: PlainDate, { lastHeldOn, today }: ReviewFacts): boolean =>
  Temporal.PlainDate.compare(day, lastHeldOn ?? today.subtract({ days: 7 })) > 0;
const isAdmitted = (facts: ReviewFacts): boolean =>
  isNew(facts.admittedOn, facts) ||
  (facts.missedOn !== null && Temporal.PlainDate.compare(facts.admittedOn, facts.missedOn) >= 0);
/** The days at which the refund is looked at (domain.md § 4). */
const REFUND_FROM = 60;

export const reviewReasons = {
  not_reached: { weight: 100, of: ({ notReached }) => (notReached ? 0 : null) },
  offer: {
    weight: 90,
    of: ({ offerDueOn, today }) => (offerDueOn === null ? null : Math.max(0, since(today, offerDueOn))),
  },
  refund: {
    weight: 80,
    of: ({ refundDay, refundDaysLeft }) => (refundDay >= REFUND_FROM && refundDaysLeft > 0 ? refundDay : null),
  },
  overdue: { weight: 70, of: ({ overdueDays }) => (overdueDays > 0 ? overdueDays : null) },
  municipality_untold: { weight: 65, of: ({ municipalityUntold }) => (municipalityUntold ? 0 : null) },
  no_caseworker: { weight: 60, of: ({ hasCaseworker }) => (hasCaseworker ? null : 0) },
  overdue_actions: { weight: 50, of: ({ overdueActions }) => (overdueActions > 0 ? overdueActions : null) },
  stuck: {
    weight: 45,
    of: ({ stepSince, today, stuckWeeks }) => {
      const weeks = Math.floor(since(stepSince, today) / 7);
      return weeks >= stuckWeeks ? weeks : null;
    },
  },
  admitted: { weight: 40, of: (facts) => (isAdmitted(facts) ? 0 : null) },
  moved: {
    weight: 30,
    of: (facts) => (isNew(facts.stepSince, facts) && !isAdmitted(facts) ? 0 : null),
  },
  observed: { weight: 20, of: ({ observations }) => (observations > 0 ? observations : null) },
} as const satisfies Readonly<Record<string, Reason>>;

export type ReasonCode = keyof typeof reviewReasons;
export const reasonCodes = Object.keys(reviewReasons) as ReasonCode[];

/** A reason as it is stored with the item: what was true when the agenda was made. */
export const foundReasonSchema = z.object({ code: z.enum(reasonCodes), n: z.int() });
export type FoundReason = z.infer<typeof foundReasonSchema>;

/** The reasons that hold, the most urgent first. */
export function reasonsOf(facts: ReviewFacts): FoundReason[] {
  return reasonCodes.flatMap((code) => {
    const n = reviewReasons[code].of(facts);
    return n === null ? [] : [{ code, n }];
  });
}

export type ReviewOrder = 'urgency' | 'contact' | 'room';

/** What residents are put in order by. */
export interface Ordered {
  readonly caseNumber: number;
  readonly reasons: readonly FoundReason[];
  readonly contact: string;
  readonly room: string;
}

const urgency = ({ reasons }: Ordered): number =>
  // The most urgent reason decides; the others only among those alike.
  Math.max(0, ...reasons.map(({ code }) => reviewReasons[code].weight)) * 1_000 +
  reasons.reduce((sum, { code }) => sum + reviewReasons[code].weight, 0);

/** Whoever has no contact person or room comes last, where none is forgotten. */
const byText = (a: string, b: string): number =>
  Number(a === '') - Number(b === '') || a.localeCompare(b, 'da', { numeric: true });

const byUrgency = (a: Ordered, b: Ordered): number => urgency(b) - urgency(a) || a.caseNumber - b.caseNumber;

export function inOrder<Item extends Ordered>(items: readonly Item[], order: ReviewOrder): Item[] {
  const compare = {
    urgency: byUrgency,
    contact: (a: Ordered, b: Ordered) => byText(a.contact, b.contact) || byUrgency(a, b),
    room: (a: Ordered, b: Ordered) => byText(a.room, b.room) || byUrgency(a, b),
  }[order];
  return [...items].sort(compare);
}
