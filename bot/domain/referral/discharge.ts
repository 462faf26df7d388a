/** Discharge from a shelter: what is asked, and when the municipality may do it. */
import { refundAtRisk, type SupportBasis } from '../refund.ts';
import { Temporal } from '../time.ts';
import { dischargeConditions, dischargedTo, dischargeManners, dischargeReasons } from './codes.ts';
import type { CaseFacts } from './definition.ts';
import { type Answers, optionalChoice, optionalDate, yesNo } from './form.ts';

/** Optional as fields, since some cases are asked for them and others not; `dischargeProblems` says what is missing. */
export const dischargeFields = {
  dischargedOn: optionalDate(),
  manner: optionalChoice(dischargeManners),
  reason: optionalChoice(dischargeReasons),
  to: optionalChoice(dischargedTo),
  planMade: yesNo(),
  homeAssigned: yesNo(),
  supportDecided: yesNo(),
  canMoveIn: yesNo(),
  placeReady: yesNo(),
  refundKnown: yesNo(),
} as const;
export type DischargeAnswers = Answers<typeof dischargeFields>;

const day = (iso: string) => Temporal.PlainDate.from(iso);

/** The day on which the support for the home to come was decided; what has ended was for another home. */
const supportDecidedOn = ({ supportDecidedOn: on, supportEndedOn }: CaseFacts) =>
  on && !supportEndedOn ? day(on) : null;

/** Whether a discharge on that day costs the state's refund of the support that has been clarified (serviceloven § 176 a). */
export const losesRefund = (dischargedOn: string, facts: CaseFacts): boolean =>
  refundAtRisk({
    basis: (facts.supportBasis ?? 'none') as SupportBasis,
    supportDecidedOn: supportDecidedOn(facts),
    dischargedOn: day(dischargedOn),
  });

/** What is known of a case whose citizen is discharged. */
export interface DischargedCase {
  /** ISO dates, as all days here. */
  readonly today: string;
  readonly stayFrom: string;
  readonly facts: CaseFacts;
  /** Whether there is a lease, or it is a place, of which Hjemvej has none. */
  readonly homeReady: boolean;
}

/**
 * What is wrong with a discharge, as a step's `check` says it. The municipality may discharge only when the five
 * conditions of serviceloven § 110, stk. 5, all hold, and nothing known speaks against them; of the other manners they are not asked. Whoever loses the refund
 * of the support must know it, except of somebody who has died.
 */
export function dischargeProblems(
  answers: DischargeAnswers,
  { today, stayFrom, facts, homeReady }: DischargedCase,
): Record<string, string> {
  const { dischargedOn, manner, to, refundKnown } = answers;
  const missing = (['dischargedOn', 'manner', 'reason', 'to'] as const).filter((name) => answers[name] === null);
  const known: Partial<Record<keyof DischargeAnswers, string>> = {
    ...(supportDecidedOn(facts) === null && { supportDecided: 'supportUndecided' }),
    ...(!homeReady && { canMoveIn: 'noLease' }),
  };
  const unmet = dischargeConditions
    .filter((name) => manner === 'municipality' && (!answers[name] || known[name] !== undefined))
    .map((name) => [name, (answers[name] && known[name]) || 'unmet']);
  const wrongDay =
    dischargedOn === null ? null : dischargedOn > today ? 'future' : dischargedOn < stayFrom ? 'beforeStay' : null;
  const refundLost =
    dischargedOn !== null && wrongDay === null && manner !== 'dead' && losesRefund(dischargedOn, facts);
  return {
    ...(wrongDay !== null ? { dischargedOn: wrongDay } : {}),
    ...(refundLost && !refundKnown ? { refundKnown: 'refundLost' } : {}),
    ...(manner !== null && to !== null && (manner === 'dead') !== (to === 'none') ? { to: 'deadGoesNowhere' } : {}),
    ...(unmet.length > 0 && { ...Object.fromEntries(unmet), '': 'conditions' }),
    ...Object.fromEntries(missing.map((name) => [name, 'required'])),
  };
}
