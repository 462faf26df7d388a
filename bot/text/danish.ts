import type { Oere } from '../domain/money.ts';
import { Temporal, TIME_ZONE, type Instant, type PlainDate } from '../domain/time.ts';
import type { Locale } from './words.ts';

// How dates, times, amounts and lists are written, and how people's own writing of them is read. Making an Intl
// formatter costs far more than using one, so each is made once.

const tags: Record<Locale, string> = { da: 'da-DK', en: 'en-GB' };

function perLocale<Formatter>(make: (tag: string) => Formatter): Record<Locale, Formatter> {
  return { da: make(tags.da), en: make(tags.en) };
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
const epoch = (date: PlainDate) => date.toZonedDateTime('UTC').epochMilliseconds;

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

/**
 * Reads a date as people write it: `3.3.2027`, `03-03-2027`, `3/3-2027`, `3/3 2027`, `2027-03-03`, `3. marts 2027`,
 * `den 3. mar. 2027`, `3 March 2027`. Day before month, always. Null when it is no date, or one without its year.
 *
 * A year of two digits is this century's: such dates are deadlines and days of moving in, hardly ever birthdays.
 */
export function parseDanishDate(text: string): PlainDate | null {
  const written = text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(written);
  if (iso) return realDate(iso[1], Number(iso[2]), iso[3]);
  const numbers = /^(\d{1,2})([./-]) ?(\d{1,2})([./ -]) ?(\d{4}|\d\d)$/.exec(written);
  if (numbers) return realDate(numbers[5], Number(numbers[3]), numbers[1]);
  const named = /^(?:den |d\. ?)?(\d{1,2})\.? ?(\p{L}{3,})\.? (\d{4}|\d\d)$/u.exec(written);
  if (named) return realDate(named[3], monthNamed(named[2] ?? ''), named[1]);
  return null;
}

/**
 * Reads an amount as people write it: `4.800`, `4 800`, `4800,50`, `4.800,-`, `4.800 kr.`, `kr. 4.800`. Null when it is
 * none, is negative, or could mean two things: `4,800` and `4.80` are one amount in Danish and another in English.
 */
export function parseDanishAmount(text: string): Oere | null {
  const written = text.toLowerCase().replace(/\s+/g, ' ').trim();
  const bare = /^(?:(?:kr\.?|dkk) ?)?([\d., -]*?) ?(?:kr\.?|kroner|dkk)?$/.exec(written)?.[1] ?? '';
  const match = /^(\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+)(?:,(\d{1,2}|-))?$/.exec(bare);
  if (!match) return null;
  const kroner = Number((match[1] ?? '').replace(/\D/g, ''));
  const cents = match[2] === undefined || match[2] === '-' ? 0 : Number(match[2].padEnd(2, '0'));
  const amount = kroner * 100 + cents;
  return Number.isSafeInteger(amount) ? amount : null;
}

const monthNames = [tags.da, tags.en].map((tag) => {
  const name = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => name.format(Date.UTC(2027, month)).toLowerCase());
});

/** The number of a month by its Danish or English name, or three letters or more of it; 0 for any other word. */
function monthNamed(word: string): number {
  return Math.max(...monthNames.map((names) => names.findIndex((name) => name.startsWith(word)) + 1));
}

function realDate(year: string | undefined, month: number, day: string | undefined): PlainDate | null {
  const fullYear = year?.length === 2 ? 2000 + Number(year) : Number(year);
  try {
    return Temporal.PlainDate.from({ year: fullYear, month, day: Number(day) }, { overflow: 'reject' });
  } catch {
    return null;
  }
}
