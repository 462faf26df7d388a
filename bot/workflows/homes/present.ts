/** How a dwelling is put into words. */
import { daysOverdue } from '../../domain/calendar.ts';
import { isBefore, legalDate, type PlainDate } from '../../domain/time.ts';
import { vacancyOf } from '../../domain/vacancy.ts';
import type { Dwelling } from '../../store/dwellings.ts';
import { days, formatDate, formatKroner } from '../../text/danish.ts';
import { dueText, type Fact, type Reader } from '../referral/present.ts';
import { homeWords } from './words.ts';

/** `2200 København N · Boligforeningen Linden, afdeling 12`. */
export const placeLine = ({ postcode, town, estate }: Dwelling): string =>
  [`${postcode} ${town}`, `${estate.association}, ${estate.name}`].join(' · ');

export const addressLine = ({ address, postcode, town }: Dwelling): string => `${address}, ${postcode} ${town}`;

export const dueLine = (due: PlainDate, reader: Reader): string => dueText(due, daysOverdue(due, reader.today), reader);

/** Free, offered, let, moved out of or withdrawn; with the case's number where this reader may know it. */
export function stateOf(dwelling: Dwelling, caseNumber: number | null, { locale, today }: Reader): string {
  const { card, reasons } = homeWords[locale];
  const { withdrawnAt, withdrawnFor, offer, lease, vacantFrom, livedInUntil } = dwelling;
  const known = (state: string) => (caseNumber === null ? state : card.offeredTo(state, caseNumber));
  if (withdrawnAt) {
    const reason = (reasons as Readonly<Record<string, string>>)[withdrawnFor ?? ''] ?? withdrawnFor ?? reasons.other;
    return card.withdrawn(formatDate(legalDate(withdrawnAt), locale), reason);
  }
  if (lease) return known(card.leased(formatDate(lease.startsOn, locale)));
  if (offer)
    return known(offer.state === 'accepted' ? card.accepted : card.offered(formatDate(offer.answerDueOn, locale)));
  if (vacantFrom) return card.free;
  return livedInUntil && !isBefore(today, livedInUntil)
    ? card.movedOut(formatDate(livedInUntil, locale))
    : card.occupied;
}

/** The area lists that the department is on today or will be, each a sentence; and who must check it. */
export function areaLines({ areas }: Dwelling, { locale, today }: Reader): string[] {
  const { card, areas: lists } = homeWords[locale];
  const lines = areas
    .filter(({ to }) => to === null || !isBefore(to, today))
    .map(({ type, from, to, source }) =>
      to === null
        ? card[isBefore(today, from) ? 'onListFrom' : 'onList'](lists[type], formatDate(from, locale), source)
        : card.onListUntil(lists[type], formatDate(from, locale), formatDate(to, locale), source),
    );
  return lines.length > 0 ? [...lines, card.areaCheck] : [];
}

export const rentText = (oere: number, { locale }: Reader): string =>
  homeWords[locale].monthly(formatKroner(oere, locale));

/** Since when it stands empty and what that has cost, or from when it will. */
export function vacancyFact(
  { vacantFrom, rents, lease, withdrawnAt }: Dwelling,
  { locale, today }: Reader,
): Fact | null {
  if (!vacantFrom) return null;
  const { card } = homeWords[locale];
  const day = formatDate(vacantFrom, locale);
  if (isBefore(today, vacantFrom) || rents.length === 0) return { title: card.vacantFrom, value: day };
  // The municipality pays until somebody rents it, or until it gives it back.
  const paidUntil = lease?.startsOn ?? (withdrawnAt && legalDate(withdrawnAt));
  const { days: empty, oere } = vacancyOf({ vacantFrom, leaseStartsOn: paidUntil, rents, today });
  return { title: card.vacantSince, value: card.vacantText(day, days(empty, locale), formatKroner(oere, locale)) };
}
