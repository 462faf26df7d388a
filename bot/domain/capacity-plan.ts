/**
 * When BIF is to be asked without anybody thinking of it (design.md § 3 C; domain.md § 5): before the nomination, on moving in, in
 * CTI month 3, 6 and 9, every year while there is a subsidy, and a year before it falls. Derived from facts and a day alone.
 */
import type { Occasion } from './capacity.ts';
import { type Grant, stepDowns } from './subsidy.ts';
import { isBefore, type PlainDate } from './time.ts';

export interface PlanFacts {
  /** Since when the case waits for the clarification to be made; null when it does not. */
  readonly clarifiedSince: PlainDate | null;
  /** The home that is lived in, if there is one. */
  readonly home: {
    readonly movedInOn: PlainDate;
    readonly isCti: boolean;
    readonly grant: Grant | null;
  } | null;
  /** The legal day on which BIF was last asked, by whomever; null when it never was. */
  readonly lastAskedOn: PlainDate | null;
}

export interface Mark {
  readonly occasion: Exclude<Occasion, 'by_hand'>;
  readonly on: PlainDate;
}

/** A question asked so many days before a mark, or fewer, is the one of that mark (unconfirmed). */
export const EARLY_DAYS = 30;
const CTI_MONTHS = [3, 6, 9] as const;

/**
 * The mark for which BIF is to be asked on a day: the latest that has come, unless somebody has asked since, or shortly
 * before. Those before it are not made up for: one answer of today says more than three late ones.
 */
export function markToAsk(facts: PlanFacts, today: PlainDate): Mark | null {
  const come = marksOf(facts, today).filter(({ on }) => !isBefore(today, on));
  const latest = come.reduce<Mark | null>((last, mark) => (last && !isBefore(last.on, mark.on) ? last : mark), null);
  if (latest === null) return null;
  const { lastAskedOn } = facts;
  const isAsked = lastAskedOn !== null && !isBefore(lastAskedOn, latest.on.subtract({ days: EARLY_DAYS }));
  return isAsked ? null : latest;
}

/** Every mark up to a day, the weightier of two on the same day first. */
function marksOf({ clarifiedSince, home }: PlanFacts, today: PlainDate): Mark[] {
  const nomination: Mark[] = clarifiedSince ? [{ occasion: 'before_nomination', on: clarifiedSince }] : [];
  if (!home) return nomination;
  const { movedInOn, isCti, grant } = home;
  const after = (months: number) => movedInOn.add({ months });
  return [
    ...(grant ? stepDowns(grant) : [])
      .map(({ on }): Mark => ({ occasion: 'before_step_down', on: on.subtract({ years: 1 }) }))
      // Of a home that was subsidised for less than a year to come, moving in is the occasion.
      .filter(({ on }) => isBefore(movedInOn, on)),
    { occasion: 'move_in', on: movedInOn },
    ...(isCti ? CTI_MONTHS.map((months): Mark => ({ occasion: 'follow_up', on: after(months) })) : []),
    ...yearsOf(grant, movedInOn, today).map((years): Mark => ({ occasion: 'yearly', on: after(12 * years) })),
    ...nomination,
  ];
}

/** The years after moving in, as far as today, in which the home still has a subsidy. */
function yearsOf(grant: Grant | null, movedInOn: PlainDate, today: PlainDate): number[] {
  const { years } = movedInOn.until(today, { largestUnit: 'years' });
  const end = grant && (stepDowns(grant).at(-1)?.on ?? null);
  const isPaidOn = (day: PlainDate) =>
    grant !== null && grant.scheme !== 'none' && (end === null || isBefore(day, end));
  return Array.from({ length: Math.max(0, years) }, (_, index) => index + 1).filter((year) =>
    isPaidOn(movedInOn.add({ years: year })),
  );
}
