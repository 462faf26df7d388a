/** What a lease brings with it for somebody to see to, and by when. */
import type { PlainDate } from './time.ts';

/**
 * The last day to apply for housing benefit and a deposit loan, counted from moving in, or from the lease until somebody
 * has: the loan must be asked for within four weeks (domain.md § 6.5).
 */
export const applyBy = (from: PlainDate): PlainDate => from.add({ days: 28 });

/** By when the subsidy of a home moved out of is to be settled with the housing association; default (domain.md § 1.4). */
export const settleBy = (from: PlainDate): PlainDate => from.add({ days: 14 });
