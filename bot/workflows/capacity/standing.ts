/** How a person stands to a check-in: who asks, who answers, who allocates; everybody else sees nothing of it. */
import { type AccessSubject, mayDo } from '../../domain/access.ts';
import type { CheckIn } from '../../store/check-ins.ts';
import type { Reader } from '../referral/present.ts';

/** What the rights to a check-in are asked of: the authority's side of the case, and BIF. */
export const checkInSubject = (
  { caseworkerId, supporterId, owner, authorityPath }: CheckIn,
  employment: string | null,
): AccessSubject => ({
  ...{ caseworkerId, supporterId, checkedById: owner?.id ?? null },
  paths: { shelter: null, authority: authorityPath, housing: null, employment },
});

export interface Standing {
  readonly asks: boolean;
  readonly answers: boolean;
  readonly allocates: boolean;
}

export function standingTo(
  checkIn: CheckIn,
  reader: Pick<Reader, 'actor' | 'audience'>,
  employment: string | null,
): Standing {
  const subject = checkInSubject(checkIn, employment);
  const isOwn = reader.audience.kind === 'person';
  const may = (action: 'capacity.ask' | 'capacity.answer' | 'capacity.allocate') =>
    isOwn && mayDo(reader.actor, action, subject).allowed;
  return { asks: may('capacity.ask'), answers: may('capacity.answer'), allocates: may('capacity.allocate') };
}

export const seesIt = ({ asks, answers, allocates }: Standing): boolean => asks || answers || allocates;
