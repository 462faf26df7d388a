/** How reviews are put into words. */
import { mayShow } from '../../domain/access.ts';
import { isoWeek } from '../../domain/calendar.ts';
import type { FoundReason } from '../../domain/review/reasons.ts';
import type { PlainDate } from '../../domain/time.ts';
import type { ReviewAction } from '../../store/review-actions.ts';
import type { Review, ReviewItem } from '../../store/reviews.ts';
import { days, formatDate, formatShortDate } from '../../text/danish.ts';
import { initials } from '../../text/normalise.ts';
import { sharedWords } from '../../text/shared.ts';
import type { Locale } from '../../text/words.ts';
import type { Reader } from '../referral/present.ts';
import { reviewWords } from './words.ts';

/** `8.40`, `8:40`. */
export const timeText = (minutes: number, locale: Locale): string =>
  `${Math.floor(minutes / 60)}${locale === 'da' ? '.' : ':'}${String(minutes % 60).padStart(2, '0')}`;

/** `onsdag 25. november 2026`. */
export const dayText = (day: PlainDate, locale: Locale): string =>
  `${reviewWords[locale].weekdays[day.dayOfWeek as 1 | 2 | 3 | 4 | 5]} ${formatDate(day, locale)}`;

export function whenHeld({ heldOn, startsAt }: Pick<Review, 'heldOn' | 'startsAt'>, locale: Locale): string {
  const text = reviewWords[locale].dayAt(dayText(heldOn, locale), timeText(startsAt, locale), isoWeek(heldOn).week);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type OfCase = Pick<ReviewItem, 'caseNumber' | 'citizen' | 'caseworkerId' | 'shelterPath' | 'authorityPath'>;

/** Whether this reader may see more of the resident than the number: being invited to a review gives no rights to a case. */
export const maySee = ({ caseworkerId, shelterPath, authorityPath }: OfCase, { audience }: Pick<Reader, 'audience'>) =>
  mayShow(audience, { caseworkerId, paths: { shelter: shelterPath, authority: authorityPath, housing: null } }).details;

/** `Kim Jensen · Sag 142`, or the number alone. */
export function residentLine(item: OfCase, reader: Reader): string {
  const number = sharedWords[reader.locale].caseNumber(item.caseNumber);
  if (!maySee(item, reader)) return number;
  const name = reader.deps.personNames === 'full' ? item.citizen.name : initials(item.citizen.name);
  return `${name} · ${number}`;
}

/** `Refusionsdag 75 · Trinnet er 3 dage for sent`. */
export const reasonsText = (reasons: readonly FoundReason[], locale: Locale): string =>
  reasons.map(({ code, n }) => reviewWords[locale].reasons[code](n)).join(' · ');

/** `Book læge – Astrid Holm, senest 3.12.2026 (2 dage for sent)`. */
export function actionText(
  { text, owner, dueOn }: Pick<ReviewAction, 'text' | 'owner' | 'dueOn'>,
  { locale, today }: Pick<Reader, 'locale' | 'today'>,
): string {
  const { item } = reviewWords[locale];
  const late = dueOn.until(today, { largestUnit: 'days' }).days;
  return (
    item.actionLine(text, owner.name, formatShortDate(dueOn, locale)) + (late > 0 ? item.late(days(late, locale)) : '')
  );
}

export interface Progress {
  /** One by one. */
  readonly discussed: number;
  /** Said of all that were left. */
  readonly rest: number;
  readonly left: readonly ReviewItem[];
}

export const progressOf = ({ items }: Review): Progress => ({
  discussed: items.filter(({ outcome, withTheRest }) => outcome !== null && !withTheRest).length,
  rest: items.filter(({ withTheRest }) => withTheRest).length,
  left: items.filter(({ outcome }) => outcome === null),
});

/** `4 af 35 drøftet`, and how many of the rest were put down as unchanged. */
export function progressText(review: Review, locale: Locale): string {
  const { agenda } = reviewWords[locale];
  const { discussed, rest } = progressOf(review);
  const of = review.items.length;
  if (of === 0) return agenda.empty;
  return rest === 0 ? agenda.progress(discussed, of) : agenda.progressWithRest(discussed, of, rest);
}

const anybody = () => true;

/**
 * Where the review goes on: at the resident opened last, while nothing is said of them, else at the first that is left
 * after. Whoever may not see all residents passes the others by.
 */
export function resumeAt(
  { items, currentId }: Review,
  may: (item: ReviewItem) => boolean = anybody,
): ReviewItem | null {
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === currentId),
  );
  const left = (item: ReviewItem) => item.outcome === null && may(item);
  return items.slice(at).find(left) ?? items.find(left) ?? items.find(may) ?? null;
}

/** The resident to turn to from this one; forwards only to those that are left, and null when nobody is. */
export function neighbour(
  { items }: Review,
  itemId: string,
  way: 'next' | 'previous',
  may: (item: ReviewItem) => boolean = anybody,
): ReviewItem | null {
  const at = items.findIndex(({ id }) => id === itemId);
  if (way === 'previous') return items.slice(0, Math.max(0, at)).findLast(may) ?? items[Math.max(0, at)] ?? null;
  const left = (item: ReviewItem) => item.outcome === null && item.id !== itemId && may(item);
  return items.slice(at + 1).find(left) ?? items.find(left) ?? null;
}
