/** What a review can say of a resident. */

export const reviewOutcomes = [
  'unchanged',
  'progress',
  'ready', // for the next step of the case
  'stuck', // something that nobody here can do is missing
  'setback',
  'escalate', // the manager must look at it
  'absent', // the resident was not there, or not seen
] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

export const dropReasons = [
  'not_relevant',
  'citizen_declined',
  'done_otherwise',
  'not_possible',
  'citizen_left',
] as const;
export type DropReason = (typeof dropReasons)[number];
