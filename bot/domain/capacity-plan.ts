/**
 * When BIF is to be asked without anybody thinking of it (design.md § 3 C; domain.md § 5): before the nomination, on moving in, in
 * CTI month 3, 6 and 9, every year while there is a subsidy, and a year before it falls. Derived from facts and a day alone.
 */
import type { Occasion } from './capacity.ts';
import { endOfSubsidy, type Grant, stepDowns } from './subsidy.ts';
import { isBefore, type PlainDate, Temporal } from './time.ts';

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
  const inTurn = come.sort((a, b) => Temporal.PlainDate.compare(a.on, b.on));
  // Asked late or in time, one that follows so closely is the same question.
  const latest = inTurn.reduce<Mark | null>((last, mark) => (last && isEarly(last.on, mark) ? last : mark), null);
  const { lastAskedOn } = facts;
  return latest === null || (lastAskedOn !== null && isEarly(lastAskedOn, latest)) ? null : latest;
}

/** Whether a question of this day, or any later one, is the one of the mark. */
const isEarly = (askedOn: PlainDate, { on }: Mark): boolean => !isBefore(askedOn, on.subtract({ days: EARLY_DAYS }));

/** Every mark up to a day, the weightier of two on the same day first. */
function marksOf({ clarifiedSince, home }: PlanFacts, today: PlainDate): Mark[] {
  const nomination: Mark[] = clarifiedSince ? [{ occasion: 'before_nomination', on: clarifiedSince }] : [];
  if (!home) return nomination;
  const { movedInOn, isCti } = home;
  const subsidy = home.grant && asPaid(home.grant);
  const after = (months: number) => movedInOn.add({ months });
  return [
    ...(subsidy ? stepDowns(subsidy) : [])
      .map(({ on }): Mark => ({ occasion: 'before_step_down', on: on.subtract({ years: 1 }) }))
      // Of a home that was subsidised for less than a year to come, moving in is the occasion.
      .filter(({ on }) => isBefore(movedInOn, on)),
    { occasion: 'move_in', on: movedInOn },
    ...(isCti ? CTI_MONTHS.map((months): Mark => ({ occasion: 'follow_up', on: after(months) })) : []),
    ...yearsOf(subsidy, movedInOn, today).map((years): Mark => ({ occasion: 'yearly', on: after(12 * years) })),
    ...nomination,
  ];
}

/** A subsidy whose amount nobody has entered is one all the same. */
const asPaid = (grant: Grant): Grant => ({ ...grant, monthlyOere: grant.monthlyOere ?? 1 });

/** The years after moving in, as far as the year of today, in which the home still has a subsidy. */
function yearsOf(subsidy: Grant | null, movedInOn: PlainDate, today: PlainDate): number[] {
  if (subsidy === null) return [];
  const end = endOfSubsidy(subsidy);
  return Array.from({ length: Math.max(0, today.year - movedInOn.year) }, (_, index) => index + 1).filter(
    (years) => end === null || isBefore(movedInOn.add({ years }), end),
  );
}
