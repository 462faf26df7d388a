/** What people type, read: dates and amounts as they are written in Denmark. */
import type { Oere } from './money.ts';
import { isBefore, Temporal, type PlainDate } from './time.ts';

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

const YEARS_BACK = 15;

/**
 * The fields whose day lies further from today than any honest one, most likely in a year mistyped: fifteen years back, or
 * so many ahead. Days as they are or as ISO text; null where none was typed.
 */
export function farAway(
  days: Readonly<Record<string, PlainDate | string | null>>,
  today: PlainDate | string,
  yearsAhead: number,
): Readonly<Record<string, 'dayFarAway'>> {
  const from = Temporal.PlainDate.from(today);
  const [first, last] = [from.subtract({ years: YEARS_BACK }), from.add({ years: yearsAhead })];
  const isFar = (day: PlainDate) => isBefore(day, first) || isBefore(last, day);
  return Object.fromEntries(
    Object.entries(days)
      .filter(([, day]) => day !== null && isFar(Temporal.PlainDate.from(day)))
      .map(([name]) => [name, 'dayFarAway' as const]),
  );
}

const monthNames = ['da-DK', 'en-GB'].map((tag) => {
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
