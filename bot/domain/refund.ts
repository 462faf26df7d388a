/** What the state refunds the municipality, and the days it hangs on (serviceloven §§ 176 a, 177; domain.md § 4). */
import type { RefundRules } from './rules.ts';
import { type PlainDate, Temporal, isBefore } from './time.ts';

/** A § 110 stay: from the day of the leader's decision to the day of discharge, null while it lasts. */
export interface RefundableStay {
  readonly decidedOn: PlainDate;
  readonly endedOn: PlainDate | null;
}

export interface RefundDays {
  /** Days of stay in the window, more than the rule's days when it has lasted longer. */
  readonly used: number;
  /** Days that the state would still pay half of; 0 when used up. */
  readonly left: number;
  /** The *n* of "day n of 90": `used`, and the rule's days once they are used up. */
  readonly day: number;
  /** The first day of stay in the window; null when there is none. */
  readonly since: PlainDate | null;
}

/**
 * The days of § 110 stay among the `windowDays` days that end today, today's included. A day counts once, in however
 * many stays it lies; whether the day of discharge is one is the rule's (unconfirmed, as all of the counting).
 */
export function refundDays(stays: readonly RefundableStay[], today: PlainDate, rule: RefundRules): RefundDays {
  const dayAfter = today.add({ days: 1 });
  const windowFrom = dayAfter.subtract({ days: rule.windowDays });
  let used = 0;
  let since: PlainDate | null = null;
  let counted = windowFrom;
  for (const { decidedOn, endedOn } of [...stays].sort(byDecision)) {
    const from = later(decidedOn, counted);
    const end = endedOn?.add({ days: rule.countsDischargeDay ? 1 : 0 }) ?? dayAfter;
    const next = isBefore(end, dayAfter) ? end : dayAfter;
    if (!isBefore(from, next)) continue;
    used += from.until(next).days;
    since ??= from;
    counted = next;
  }
  return { used, left: Math.max(0, rule.days - used), day: Math.min(used, rule.days), since };
}

/** Where a citizen's support or place rests: the codes of clarification. */
export type SupportBasis = 'section_85' | 'section_85a' | 'section_99' | 'section_107' | 'section_108' | 'none';

/**
 * Whether the state's half of the support is lost, or will be unless the support is decided in time: § 85 a (up to two
 * years after discharge) and § 107 (six months) must be decided before it (serviceloven § 176 a). On the day of
 * discharge still counts as in time, any later day does not (unconfirmed). `dischargedOn` may be a day that is planned;
 * without one nothing is at risk yet.
 */
export function refundAtRisk({
  basis,
  supportDecidedOn,
  dischargedOn,
}: {
  readonly basis: SupportBasis;
  readonly supportDecidedOn: PlainDate | null;
  readonly dischargedOn: PlainDate | null;
}): boolean {
  if (basis !== 'section_85a' && basis !== 'section_107') return false;
  return dischargedOn !== null && (supportDecidedOn === null || isBefore(dischargedOn, supportDecidedOn));
}

const later = (a: PlainDate, b: PlainDate): PlainDate => (isBefore(a, b) ? b : a);

const byDecision = (a: RefundableStay, b: RefundableStay): number =>
  Temporal.PlainDate.compare(a.decidedOn, b.decidedOn);
