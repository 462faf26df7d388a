/** Which home a case has: the one offered, the one rented, the one moved into. */
import { type PlainDate, Temporal } from '../../domain/time.ts';
import type { Lease, Offer } from '../../store/case-homes.ts';
import type { CaseFile } from '../../store/cases.ts';

/** The offer that waits for an answer or a lease. */
export const liveOffer = ({ offers }: CaseFile): Offer | null =>
  offers.find(({ state }) => state === 'reserved' || state === 'accepted') ?? null;

/** The tenancy that runs. */
export const runningLease = ({ lease }: CaseFile): Lease | null => (lease?.endsOn === null ? lease : null);

/** The day of moving into the home that runs, or into a place, of which only the step knows. */
export function movedInOn(file: CaseFile): PlainDate | null {
  const lease = runningLease(file);
  if (lease) return lease.movedInOn;
  const said = file.passes.findLast(({ step, outcome }) => step === 'moved-in' && outcome === 'moved_in')?.answers;
  return typeof said?.['movedInOn'] === 'string' ? Temporal.PlainDate.from(said['movedInOn']) : null;
}

export const hasHome = (file: CaseFile): boolean => liveOffer(file) !== null || runningLease(file) !== null;
