/** How a person stands to a check-in: who asks, who answers, who allocates; everybody else sees nothing of it. */
import { type AccessSubject, mayDo } from '../../domain/access.ts';
import type { Side } from '../../domain/capacity.ts';
import type { CheckIn, Measure } from '../../store/check-ins.ts';
import { mayDoOne, type Right } from '../act.ts';
import type { Reader } from '../referral/present.ts';

/** What the rights to a check-in are asked of: the authority's side of the case, and BIF. */
export const checkInSubject = (
  { caseworkerId, supporterId, owner, authorityPath }: CheckIn,
  employment: string | null,
): AccessSubject => ({
  ...{ caseworkerId, supporterId, checkedById: owner?.id ?? null },
  paths: { shelter: null, authority: authorityPath, housing: null, employment },
});

/** Who may say that a measure has ended: whoever carries it out, and those whose side it is on. */
export function measureRights(checkIn: CheckIn, { side, owner }: Measure, employment: string | null): readonly Right[] {
  const subject = checkInSubject(checkIn, employment);
  return side === 'sf'
    ? [{ action: 'capacity.ask', subject }]
    : [
        { action: 'capacity.answer', subject: { ...subject, checkedById: owner.id } },
        { action: 'capacity.answer', subject },
        { action: 'capacity.allocate', subject },
      ];
}

export interface Standing {
  readonly asks: boolean;
  readonly answers: boolean;
  readonly allocates: boolean;
  /** The measures that this person may say the end of, by id. */
  readonly measures: readonly string[];
}

export function standingTo(
  checkIn: CheckIn,
  reader: Pick<Reader, 'actor' | 'audience'>,
  employment: string | null,
): Standing {
  const isOwn = reader.audience.kind === 'person';
  const may = (action: 'capacity.ask' | 'capacity.answer' | 'capacity.allocate', subject: AccessSubject) =>
    isOwn && mayDo(reader.actor, action, subject).allowed;
  const subject = checkInSubject(checkIn, employment);
  return {
    asks: may('capacity.ask', subject),
    answers: may('capacity.answer', subject),
    allocates: may('capacity.allocate', subject),
    measures: checkIn.measures
      .filter(({ outcome }) => outcome === null)
      .filter((measure) => isOwn && mayDoOne(reader.actor, measureRights(checkIn, measure, employment)).allowed)
      .map(({ id }) => id),
  };
}

/** The sides whose part of the check-in this person reads; none for whoever it does not concern. */
export function sidesOf({ asks, answers, allocates, measures }: Standing): readonly Side[] {
  const isOfBif = answers || allocates || (!asks && measures.length > 0);
  return [...(asks ? (['sf'] as const) : []), ...(isOfBif ? (['bif'] as const) : [])];
}
