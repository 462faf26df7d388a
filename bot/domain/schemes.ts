/** How a home is made payable (domain.md §§ 1-2), the lists its estate may stand on (§ 3), and what a citizen may need. */

export const schemes = ['state_subsidy', 'transitional', 'permanent_subsidy', 'none'] as const;
export type Scheme = (typeof schemes)[number];

/** ISO: no lease before it can have the state subsidy (domain.md § 1.1). */
export const FIRST_DAY_OF_STATE_SUBSIDY = '2023-03-01';

export const areaTypes = ['deprived', 'parallel', 'conversion', 'prevention'] as const;
export type AreaType = (typeof areaTypes)[number];

/** Where a citizen is to live, as clarified; the last three are places that are decided on, not homes that are offered. */
export const homeKinds = [
  'state_subsidy',
  'transitional',
  'cheap_existing',
  'unconventional',
  'other_home',
  'section_107',
  'section_108',
  'care_home',
] as const;
export type HomeKind = (typeof homeKinds)[number];
