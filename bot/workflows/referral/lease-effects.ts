/** What the steps of a lease do beyond the case itself: the tenancy, its subsidy, its duties, the stay at the shelter. */
import { applyBy, settleBy } from '../../domain/duties.ts';
import type { DischargeAnswers } from '../../domain/referral/discharge.ts';
import type { Oere } from '../../domain/money.ts';
import type { Rules } from '../../domain/rules.ts';
import type { Scheme } from '../../domain/schemes.ts';
import type { Grant } from '../../domain/subsidy.ts';
import { keptTerms } from '../../domain/subsidy-terms.ts';
import { type Instant, isBefore, type PlainDate, Temporal } from '../../domain/time.ts';
import type { Lease } from '../../store/case-homes.ts';
import type { CaseFile } from '../../store/cases.ts';
import { lockDwelling } from '../../store/dwellings.ts';
import type { Tx } from '../../store/database.ts';
import {
  addDuty,
  dischargeStay,
  endLease,
  forgetRent,
  moveIn,
  recordRent,
  setOfferState,
  settleDuty,
  signLease,
} from '../../store/leases.ts';
import { followUpAfter, liveOffer, runningLease } from './home.ts';
import type { Effect, Effected } from './step.ts';

type Doing = Parameters<Effect>[0];

const day = (iso: string) => Temporal.PlainDate.from(iso);
const problem = (name: string, code: string): Effected => ({ problems: { [name]: code } });

interface LeaseAnswers {
  readonly signedOn: string | null;
  readonly startsOn: string | null;
  readonly rent: Oere | null;
  readonly deposit: Oere | null;
  readonly basisYear: number | null;
  readonly monthlySubsidy: Oere | null;
  readonly housingBenefit: string;
  readonly depositLoan: string;
}

/** The lease is signed: the tenancy with its rent, its subsidy with a schedule of its own, and what is to be applied for. */
export async function leaseMade({ tx, turn, by, file }: Doing, answers: LeaseAnswers): Promise<Effected> {
  const offer = liveOffer(file);
  const known = runningLease(file);
  const accepted = offer?.state === 'accepted' ? offer : null;
  const dwellingId = accepted?.dwellingId ?? known?.dwellingId;
  const { signedOn, startsOn, rent } = answers;
  if (!dwellingId) return problem('', 'noOffer');
  if (signedOn === null || startsOn === null || rent === null) throw new Error('The check asks for these');
  const home = await lockDwelling(tx, dwellingId);
  if (!home) return problem('', 'noOffer');

  const starts = day(startsOn);
  const moves = known !== null && known.dwellingId !== dwellingId;
  if (known && !moves && !known.startsOn.equals(starts)) await forgetRent(tx, known.id);
  if (moves) await endTenancy(tx, turn.today, known, starts.subtract({ days: 1 }), 'other_home');
  const at = turn.now;
  await recordRent(tx, { dwellingId, from: starts, oere: rent, by, at });
  const leaseId = await signLease(
    tx,
    {
      ...{ caseId: file.id, dwellingId, offerId: accepted?.id ?? null, by, at },
      ...{ signedOn: day(signedOn), startsOn: starts, depositOere: answers.deposit },
      grant: grantOf(home.scheme, starts, answers, turn.deps.rules),
    },
    moves ? null : (known?.id ?? null),
  );
  if (accepted) await setOfferState(tx, accepted.id, 'leased', { at });
  const dueOn = applyBy(starts);
  for (const [kind, said] of [
    ['housing_benefit', answers.housingBenefit],
    ['deposit_loan', answers.depositLoan],
  ] as const) {
    // A lease that is gone through once more may say that it has been seen to.
    const open = file.duties.find((duty) => duty.leaseId === leaseId && duty.kind === kind && duty.settledOn === null);
    const outcome = said === 'applied' ? 'done' : 'not_relevant';
    if (said === 'to_do') await addDuty(tx, leaseId, kind, dueOn);
    else if (open && by !== null) await settleDuty(tx, { id: open.id, outcome, on: turn.today, by });
  }
  return {};
}

/** The schedule is stored with the grant: a later rule changes no contract (design.md § 4.5). */
function grantOf(
  scheme: Scheme,
  startsOn: PlainDate,
  { basisYear, monthlySubsidy }: LeaseAnswers,
  { subsidy, homes }: Rules,
): Grant | null {
  const terms = { scheme, ...keptTerms(scheme, startsOn, subsidy) };
  const fixed = { ...terms, basisYear: startsOn.year, monthlyOere: monthlySubsidy };
  switch (scheme) {
    case 'state_subsidy':
      return { ...terms, basisYear: basisYear ?? startsOn.year, monthlyOere: null, endedOn: null };
    case 'permanent_subsidy':
      return { ...fixed, endedOn: null };
    case 'transitional':
      // The last day that it may be one is known from the beginning.
      return { ...fixed, endedOn: startsOn.add({ months: homes.transitionalMonths }).subtract({ days: 1 }) };
    case 'none':
      return null;
  }
}

/** No home came of it: the dwelling is free again. */
export async function leaseUnmade({ tx, turn, file, reason }: Doing): Promise<Effected> {
  await releaseHome(tx, file, turn, reason ?? 'fell_through');
  return {};
}

/** Gives back what is reserved or rented but not moved into; a home that somebody lives in stays theirs. Resolves to whether any was. */
export async function releaseHome(
  tx: Tx,
  file: CaseFile,
  { now, today }: { readonly now: Instant; readonly today: PlainDate },
  reason: string,
): Promise<boolean> {
  const offer = liveOffer(file);
  if (offer)
    await setOfferState(tx, offer.id, offer.state === 'accepted' ? 'fell_through' : 'withdrawn', { at: now, reason });
  const lease = runningLease(file);
  if (lease && lease.movedInOn === null) {
    await endLease(tx, lease.id, today, reason);
    const leased = file.offers.findLast(
      ({ state, dwellingId }) => state === 'leased' && dwellingId === lease.dwellingId,
    );
    if (leased) await setOfferState(tx, leased.id, 'fell_through', { at: now, reason });
    return true;
  }
  return offer !== null;
}

/** Ends a tenancy; a subsidy that went with it is to be settled with the housing association (domain.md § 1.4). */
async function endTenancy(tx: Tx, today: PlainDate, lease: Lease, on: PlainDate, reason: string): Promise<void> {
  await endLease(tx, lease.id, on, reason);
  const { grant } = lease;
  if (grant && (grant.endedOn === null || !isBefore(grant.endedOn, on)))
    await addDuty(tx, lease.id, 'settle_subsidy', settleBy(today));
}

/** The citizen has moved in and has left the shelter; the first follow-up is due a month later. */
export async function movedInto(
  { tx, turn, by, file }: Doing,
  answers: { readonly movedInOn: string } & DischargeAnswers,
): Promise<Effected> {
  const on = day(answers.movedInOn);
  const lease = runningLease(file);
  if (lease) {
    await moveIn(tx, lease, { on, by, at: turn.now, method: file.facts.supportMethod });
    for (const { leaseId, kind, settledOn } of file.duties)
      if (leaseId === lease.id && settledOn === null) await addDuty(tx, lease.id, kind, applyBy(on));
  }
  await discharge(tx, file, answers, by);
  return { nextDueOn: followUpAfter(file, on, on) };
}

/** Ends the stay that lasts, if one does. */
async function discharge(tx: Tx, file: CaseFile, answers: DischargeAnswers, by: string | null): Promise<void> {
  if (file.stay.endedOn === null && by !== null) await recordDischarge(tx, file, answers, by);
}

/** Ends the latest stay, or corrects how it ended. */
export async function recordDischarge(tx: Tx, file: CaseFile, answers: DischargeAnswers, by: string): Promise<void> {
  const { dischargedOn, manner, reason, to } = answers;
  if (dischargedOn === null || manner === null || reason === null || to === null)
    throw new Error('The check asks for these');
  await dischargeStay(tx, { stayId: file.stay.id, by, on: day(dischargedOn), manner, reason, to });
}

interface FollowUpAnswers {
  readonly followedUpOn: string;
  readonly support: string;
  readonly supportEndedOn: string | null;
  readonly responsible: string | null;
  readonly movedOutOn: string | null;
}

/** One more look at how it goes; the next is due at its mark. Moving out ends the tenancy and its subsidy. */
export async function followedUp(
  { tx, turn, file, outcome, reason }: Doing,
  answers: FollowUpAnswers,
): Promise<Effected> {
  const lease = runningLease(file);
  const next = followUpAfter(file, day(answers.followedUpOn));
  if (outcome === 'kept' && next !== null) return problem('', 'tooSoon');
  if (outcome === 'moved_out' && lease && answers.movedOutOn !== null)
    await endTenancy(tx, turn.today, lease, day(answers.movedOutOn), reason ?? outcome);
  const { supportDecidedOn, supportEndedOn } = file.facts;
  // The support was for the home that is gone: for the next one it is decided anew.
  const endsWithHome = outcome === 'moved_out' && supportDecidedOn !== null && supportEndedOn === null;
  const ended = answers.support === 'ended';
  return {
    // After the last mark somebody who stays responsible looks in once a year.
    nextDueOn: next ?? turn.today.add({ years: 1 }),
    ...(endsWithHome && !ended && { facts: { supportEndedOn: answers.movedOutOn } }),
    ...(ended && { facts: { supportEndedOn: answers.supportEndedOn, responsibleId: answers.responsible } }),
  };
}
