/** Who can be named to carry out a measure, on each side. */
import type { Side } from '../../domain/capacity.ts';
import type { CheckIn } from '../../store/check-ins.ts';
import type { Db } from '../../store/database.ts';
import { activePeople, type Colleague } from '../../store/people.ts';
import type { Turn } from '../context.ts';
import { allocators } from './tellings.ts';

/**
 * Few people, who know of it: of BIF whoever has the check-in and those who allocate, of SF those who have the
 * citizen; and on both sides whoever is naming.
 */
export async function ownersOf(
  db: Db,
  { caseworkerId, supporterId, owner }: CheckIn,
  side: Side,
  { actor, today }: Pick<Turn, 'actor' | 'today'>,
): Promise<Colleague[]> {
  const people = side === 'bif' ? [owner?.id ?? null, ...(await allocators(db, today))] : [caseworkerId, supporterId];
  return activePeople(db, [...new Set([actor.staffId, ...people.filter((id) => id !== null)])]);
}
