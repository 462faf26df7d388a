/** Who takes part in one case. */
import type { Party } from '../domain/access.ts';
import type { CaseFacts } from '../domain/referral/definition.ts';
import { isBefore, type PlainDate } from '../domain/time.ts';

/** Ids, by the side that they act for. */
export interface Cast extends Readonly<Record<Party, string>> {
  /** Who has done the caseworker's part from this day on, while the caseworker is away. */
  readonly deputy: { readonly staffId: string; readonly from: PlainDate } | null;
}

/** Who acts for a side on a day; whoever follows up is as the facts say. */
export function doerOf(
  cast: Cast,
  party: Party,
  facts: CaseFacts,
  on: PlainDate,
): { endedById: string; onBehalfOfId: string | null } {
  const supporter = facts.supportEndedOn ? facts.responsibleId : facts.supportWorkerId;
  const staffId = party === 'support' ? (supporter ?? cast.caseworker) : cast[party];
  const { deputy } = cast;
  const away = staffId === cast.caseworker && deputy !== null && !isBefore(on, deputy.from);
  return away ? { endedById: deputy.staffId, onBehalfOfId: staffId } : { endedById: staffId, onBehalfOfId: null };
}
