/** Actions that have stood open for too long: they reach the manager with the next agenda. */
import type { Rules } from '../../domain/rules.ts';
import { legalDate, type PlainDate } from '../../domain/time.ts';
import type { ReviewAction } from '../../store/review-actions.ts';

/** Open for as many weeks as the rule says (`review.stuckWeeks`), and past the day it was due. */
export const isStuck = ({ createdAt, dueOn }: ReviewAction, today: PlainDate, { review }: Pick<Rules, 'review'>) =>
  legalDate(createdAt).until(today, { largestUnit: 'days' }).days >= review.stuckWeeks * 7 &&
  dueOn.until(today, { largestUnit: 'days' }).days > 0;
