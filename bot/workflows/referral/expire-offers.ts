/** Offers that nobody has answered in time: the dwelling is free again, and those concerned hear of it. */
import { type Instant, isBefore, legalDate } from '../../domain/time.ts';
import { logAccess } from '../../store/access-log.ts';
import { lockCase } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { overdueOffers } from '../../store/leases.ts';
import { tell } from '../../store/outbox.ts';
import type { Deps } from '../deps.ts';
import { liveOffer } from './home.ts';
import { openStep } from './case.ts';
import { carryOut } from './carry-out.ts';
import { changeOf } from './complete-step.ts';
import { answer } from './steps/answer.ts';

/**
 * Lets every offer lapse whose last day is over in Copenhagen; harmless on several replicas at once. Resolves to how
 * many. One that fails holds up no other: the rest lapse first, and then the first failure is thrown, for the job to be
 * tried again.
 */
export async function expireOffers(deps: Deps): Promise<number> {
  const now = deps.now().round({ smallestUnit: 'millisecond', roundingMode: 'floor' });
  const cases = await overdueOffers(deps.db, legalDate(now));
  let lapsed = 0;
  let failure: unknown;
  for (const caseId of cases) {
    try {
      if (await deps.db.$transaction((tx) => expireOffer(tx, deps, caseId, now))) lapsed++;
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return lapsed;
}

async function expireOffer(tx: Tx, deps: Deps, caseId: string, now: Instant): Promise<boolean> {
  const file = await lockCase(tx, caseId);
  const open = file && openStep(file);
  const offer = file && liveOffer(file);
  // Answered, or moved on, while we waited for the case.
  if (!offer || open?.step.id !== answer.definition.id || offer.state !== 'reserved') return false;
  // Taken back, and another one made since.
  if (!isBefore(offer.answerDueOn, legalDate(now))) return false;
  const definition = answer.definition.outcomes['expired'];
  if (!definition) throw new Error('An offer that nobody answers has an outcome');
  const doer = { deps, now, today: legalDate(now), actor: null, onBehalfOf: null };
  const chosen = { ...open, definition, outcome: 'expired', reason: null, answers: {} };
  const carried = await carryOut(tx, doer, file, chosen);
  if ('problems' in carried) throw new Error(`An offer cannot lapse: ${JSON.stringify(carried.problems)}`);
  await logAccess(tx, [
    { at: now, staffId: null, purpose: 'casework', operation: 'referral.expire-offer', ...changeOf(file) },
  ]);
  await tell(tx, deps.boss, carried.tellings, now);
  return true;
}
