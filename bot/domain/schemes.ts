/** How a home is made payable (domain.md §§ 1-2), and the lists its estate may stand on (§ 3). */

export const schemes = ['state_subsidy', 'transitional', 'permanent_subsidy', 'none'] as const;
export type Scheme = (typeof schemes)[number];

/** ISO: no lease before it can have the state subsidy (domain.md § 1.1). */
export const FIRST_DAY_OF_STATE_SUBSIDY = '2023-03-01';

export const areaTypes = ['deprived', 'parallel', 'conversion', 'prevention'] as const;
export type AreaType = (typeof areaTypes)[number];
