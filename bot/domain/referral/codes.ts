/** Codes that more than one step, or the steps and the lists, know. */

/** The kinds that are a place in a residential offer or care home, not a home of one's own. */
const places: readonly string[] = ['section_107', 'section_108', 'care_home'];
export const isPlace = (homeKind: string | null | undefined): boolean => places.includes(homeKind ?? '');

export const supportBases = ['section_85', 'section_85a', 'section_99', 'none'] as const;
export const supportMethods = ['cti', 'icm', 'act', 'other', 'none'] as const;

/** What is wrong with a legal basis and a method together; nothing when they fit. */
export function supportProblem(basis: string, method: string): { supportMethod?: string } {
  if (basis === 'none' && method !== 'none') return { supportMethod: 'methodWithoutBasis' };
  if (basis !== 'none' && method === 'none') return { supportMethod: 'basisWithoutMethod' };
  return {};
}

// Provisional: the official code lists of the quarterly § 110 statistics were not found (domain.md § 4).
export const dischargeManners = ['agreed', 'no_show', 'expelled', 'municipality', 'dead'] as const;
export const dischargeReasons = [
  'home_found',
  'place_found',
  'own_wish',
  'stayed_away',
  'house_rules',
  'treatment_begun',
  'prison',
  'other_municipality',
  'death',
  'other',
] as const;
export const dischargedTo = [
  'own_home',
  'section_107',
  'section_108',
  'other_shelter',
  'section_109',
  'family_friends',
  'treatment',
  'hospital',
  'prison',
  'street',
  'none',
  'unknown',
] as const;

/** The conditions of serviceloven § 110, stk. 5, of which all must hold where the municipality discharges. */
export const dischargeConditions = ['planMade', 'homeAssigned', 'supportDecided', 'canMoveIn', 'placeReady'] as const;
