import type { Oere } from '../domain/money.ts';
import { TIME_ZONE, type Instant, type PlainDate } from '../domain/time.ts';
import type { Locale } from './words.ts';

// How dates, times, amounts and lists are written. Making an Intl
// formatter costs far more than using one, so each is made once.

/** The languages as programs name them. */
export const languageTags: Record<Locale, string> = { da: 'da-DK', en: 'en-GB' };

function perLocale<Formatter>(make: (tag: string) => Formatter): Record<Locale, Formatter> {
  return { da: make(languageTags.da), en: make(languageTags.en) };
}

const dates = (options: Intl.DateTimeFormatOptions) =>
  perLocale((tag) => new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options }));
const longDate = dates({ day: 'numeric', month: 'long', year: 'numeric' });
const dayAndMonth = dates({ day: 'numeric', month: 'long' });
const mediumDate = dates({ day: 'numeric', month: 'short', year: 'numeric' });
const time = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: TIME_ZONE });
const wholeKroner = perLocale((tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 0 }));
const exactKroner = perLocale((tag) => new Intl.NumberFormat(tag, { minimumFractionDigits: 2 }));
const lists = perLocale((tag) => new Intl.ListFormat(tag));

/** A date as Intl takes it: midnight UTC. */
const epoch = ({ year, month, day }: PlainDate) => Date.UTC(year, month - 1, day);

/** "3. marts 2027", "3 March 2027". */
export function formatDate(date: PlainDate, locale: Locale): string {
  return longDate[locale].format(epoch(date));
}

/** "3.3.2027"; in English "3 Mar 2027", which no reader can take for another day. */
export function formatShortDate(date: PlainDate, locale: Locale): string {
  return locale === 'da' ? `${date.day}.${date.month}.${date.year}` : mediumDate.en.format(epoch(date));
}

/** The time of day in Copenhagen: "10.42", "10:42". */
export function formatTime(instant: Instant, locale: Locale): string {
  return time[locale].format(instant.epochMilliseconds);
}

/** An instant in Copenhagen: "3. marts kl. 10.42", "3 March at 10:42"; with its year where it may be long ago. */
export function formatDateTime(instant: Instant, locale: Locale, { year = false } = {}): string {
  const date = instant.toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const day = (year ? longDate : dayAndMonth)[locale].format(epoch(date));
  return `${day} ${locale === 'da' ? 'kl.' : 'at'} ${formatTime(instant, locale)}`;
}

/** "4.800 kr.", "4.800,50 kr."; in English "DKK 4,800", "DKK 4,800.50". */
export function formatKroner(amount: Oere, locale: Locale): string {
  const number = (amount % 100 === 0 ? wholeKroner : exactKroner)[locale].format(amount / 100 || 0);
  return locale === 'da' ? `${number} kr.` : `DKK ${number}`;
}

/** The word that goes with the number: `plural(n, 'sag', 'sager')`. Danish and English agree on when it is one. */
export function plural(n: number, one: string, many: string): string {
  return Math.abs(n) === 1 ? one : many;
}

/** "1 dag", "3 dage"; "1 day", "3 days". */
export function days(n: number, locale: Locale): string {
  return locale === 'da' ? `${n} ${plural(n, 'dag', 'dage')}` : `${n} ${plural(n, 'day', 'days')}`;
}

/** "a, b og c"; "a, b and c". */
export function joinList(items: readonly string[], locale: Locale): string {
  return lists[locale].format(items);
}
