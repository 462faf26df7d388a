/** Which home a case has: the one offered, the one rented, the one moved into. */
import { nextFollowUp } from '../../domain/follow-up.ts';
import { endOfSubsidy } from '../../domain/subsidy.ts';
import { type PlainDate, Temporal } from '../../domain/time.ts';
import type { Lease, Offer } from '../../store/case-homes.ts';
import type { CaseFile } from '../../store/cases.ts';

/** The offer that waits for an answer or a lease. */
export const liveOffer = ({ offers }: CaseFile): Offer | null =>
  offers.find(({ state }) => state === 'reserved' || state === 'accepted') ?? null;

/** The tenancy that runs. */
export const runningLease = ({ lease }: CaseFile): Lease | null => (lease?.endsOn === null ? lease : null);

/** Whether the citizen lives in a home that came with the case. */
export const livesInHome = (file: CaseFile): boolean => (runningLease(file)?.movedInOn ?? null) !== null;

/** The day of moving into the home that runs, or into a place, of which only the step knows; null once moved out. */
export function movedInOn(file: CaseFile): PlainDate | null {
  const lease = runningLease(file);
  if (lease) return lease.movedInOn;
  const said = file.passes.findLast(({ outcome }) => outcome === 'moved_in' || outcome === 'moved_out')?.answers;
  return typeof said?.['movedInOn'] === 'string' ? Temporal.PlainDate.from(said['movedInOn']) : null;
}

/** Whether the citizen has moved in from the latest stay; not where the case was sent back to the moving in. */
export function movedInFromStay(file: CaseFile): boolean {
  const last = file.passes.findLast(({ step }) => step === 'moved-in');
  // Of a case that was imported afterwards only the lease knows.
  const on = last
    ? last.outcome === 'moved_in' && last.answers?.['movedInOn']
    : runningLease(file)?.movedInOn?.toString();
  return typeof on === 'string' && on >= file.stay.decidedOn.toString();
}

export const hasHome = (file: CaseFile): boolean => liveOffer(file) !== null || runningLease(file) !== null;

/** The next mark of the follow-up after a day; null when none is left, or nobody has moved in. */
export function followUpAfter(file: CaseFile, after: PlainDate, moved = movedInOn(file)): PlainDate | null {
  const grant = runningLease(file)?.grant;
  return (moved && nextFollowUp(moved, grant ? endOfSubsidy(grant) : null, after)?.on) ?? null;
}
