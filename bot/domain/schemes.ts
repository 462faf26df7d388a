/** How a home is made payable (domain.md §§ 1-2), and the lists its estate may stand on (§ 3). */

export const schemes = ['state_subsidy', 'transitional', 'permanent_subsidy', 'none'] as const;
export type Scheme = (typeof schemes)[number];

export const areaTypes = ['deprived', 'parallel', 'conversion', 'prevention'] as const;
export type AreaType = (typeof areaTypes)[number];
