import { Temporal, type PlainDate } from './time.ts';

/**
 * A CPR number as somebody typed it.
 *
 * `warning: 'modulus11'` says that the check digit does not fit. That is no error: since 1 October 2007 valid numbers
 * are given out without it (cpr.dk), so at most it is worth a second look.
 */
export type ParsedCpr =
  | {
      ok: true;
      /** Ten digits, without a separator. */
      cpr: string;
      birthDate: PlainDate;
      warning?: 'modulus11';
    }
  | { ok: false; problem: 'format' | 'date' };

/**
 * Reads `DDMMYYSSSS`, with or without a hyphen or a space before the last four digits.
 *
 * Replacement numbers (*erstatningspersonnumre*), given to people whom the CPR system cannot register, are accepted in
 * the form that cpr.dk recommends: 60 is added to the day. Those of hospitals, which hold letters, are not. A birth
 * date in the future is not refused here, as the rules have no clock.
 */
export function parseCpr(text: string): ParsedCpr {
  const match = /^(\d{6})[-–\s]?(\d{4})$/.exec(text.trim());
  if (!match) return { ok: false, problem: 'format' };
  const cpr = `${match[1]}${match[2]}`;
  const birthDate = birthDateOf(cpr);
  if (!birthDate) return { ok: false, problem: 'date' };
  return isReplacement(cpr) || fitsModulus11(cpr)
    ? { ok: true, cpr, birthDate }
    : { ok: true, cpr, birthDate, warning: 'modulus11' };
}

/**
 * Whether free text holds something that looks like a CPR number, so that it can be refused before it is saved.
 *
 * Looks for six digits that are a date (or a replacement number's), then four more, however they are separated:
 * `010180-1234`, `0101801234`, `01 01 80 1234`, `01.01.80-1234`. Phone numbers of eight digits, dates, amounts, case
 * numbers and UUIDs pass. A ten-digit number of another kind that happens to begin with a date does not pass: to ask
 * once too often costs less than to save one.
 */
export function containsCpr(text: string): boolean {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(uuid, ' ');
  // The look-ahead lets a second candidate begin inside a first that was none.
  for (const [, ...parts] of plain.matchAll(cprLike)) {
    if (birthDateOf(parts.filter((part) => part !== undefined).join(''))) return true;
  }
  return false;
}

/**
 * The text with every CPR number replaced by `mark`: what a refused text is given back as. The rest stays, unless the
 * number is written so oddly that only the whole can be left out.
 */
export function withoutCpr(text: string, mark: string): string {
  if (!containsCpr(text)) return text;
  const masked = text.replace(/\d(?:[^\p{L}\d]{0,4}\d){9}/gu, mark);
  return containsCpr(masked) ? mark : masked;
}

const uuid = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi;

/** Ten digits as 6 + 4, or as a date in pairs with dots, hyphens or slashes, a hyphen, and 4; or all with spaces. */
const cprLike = new RegExp(
  String.raw`(?<!\d)(?=(?:` +
    [
      String.raw`(\d{6})[^\S\n]{0,2}[-–—−./]?[^\S\n]{0,2}(\d{4})`,
      String.raw`(\d\d)[-./](\d\d)[-./](\d\d)[^\S\n]?[-–—−][^\S\n]?(\d{4})`,
      String.raw`(\d\d) (\d\d) (\d\d)[ -](\d{4})`,
    ].join('|') +
    String.raw`)(?!\d))`,
  'g',
);

/** The birth date of ten digits, or nothing when no such day exists. */
function birthDateOf(cpr: string): PlainDate | undefined {
  const day = Number(cpr.slice(0, 2));
  const month = Number(cpr.slice(2, 4));
  const year = yearOfBirth(Number(cpr.slice(4, 6)), Number(cpr[6]));
  try {
    return Temporal.PlainDate.from({ year, month, day: isReplacement(cpr) ? day - 60 : day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** Digit 7 tells the century (cpr.dk, "Personnummeret i CPR"). */
function yearOfBirth(twoDigits: number, seventh: number): number {
  if (seventh <= 3) return 1900 + twoDigits;
  if (seventh === 4 || seventh === 9) return twoDigits <= 36 ? 2000 + twoDigits : 1900 + twoDigits;
  return twoDigits <= 57 ? 2000 + twoDigits : 1800 + twoDigits;
}

function isReplacement(cpr: string): boolean {
  return cpr.charAt(0) >= '6';
}

const weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

function fitsModulus11(cpr: string): boolean {
  return weights.reduce((sum, weight, i) => sum + weight * Number(cpr[i]), 0) % 11 === 0;
}
