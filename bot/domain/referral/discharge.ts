/** Discharge from a shelter: what is asked, and when the municipality may do it. */
import { dischargeConditions, dischargedTo, dischargeManners, dischargeReasons } from './codes.ts';
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
} as const;
export type DischargeAnswers = Answers<typeof dischargeFields>;

/**
 * What is wrong with a discharge, as a step's `check` says it. The municipality may discharge only when the five
 * conditions of serviceloven § 110, stk. 5, all hold; of the other manners they are not asked.
 */
export function dischargeProblems(
  answers: DischargeAnswers,
  { today, stayFrom }: { readonly today: string; readonly stayFrom: string },
): Record<string, string> {
  const { dischargedOn, manner, to } = answers;
  const missing = (['dischargedOn', 'manner', 'reason', 'to'] as const).filter((name) => answers[name] === null);
  const unmet = manner === 'municipality' ? dischargeConditions.filter((name) => !answers[name]) : [];
  return {
    ...(dischargedOn !== null && dischargedOn > today ? { dischargedOn: 'future' } : {}),
    ...(dischargedOn !== null && dischargedOn < stayFrom ? { dischargedOn: 'beforeStay' } : {}),
    ...(manner !== null && to !== null && (manner === 'dead') !== (to === 'none') ? { to: 'deadGoesNowhere' } : {}),
    ...(unmet.length > 0 && { ...Object.fromEntries(unmet.map((name) => [name, 'unmet'])), '': 'conditions' }),
    ...Object.fromEntries(missing.map((name) => [name, 'required'])),
  };
}
