import fc from 'fast-check';
import { Temporal } from '../../bot/domain/time.ts';
import {
  days,
  formatDate,
  formatDateTime,
  formatKroner,
  formatShortDate,
  formatTime,
  joinList,
  parseDanishAmount,
  parseDanishDate,
  plural,
} from '../../bot/text/danish.ts';
import { locales } from '../../bot/text/words.ts';

const date = Temporal.PlainDate.from('2027-03-03');
const winter = Temporal.Instant.from('2027-03-03T09:42:30Z');
const summerMidnight = Temporal.Instant.from('2027-06-30T22:05:00Z');
const aDate = fc.integer({ min: 0, max: 60_000 }).map((n) => Temporal.PlainDate.from('1960-01-01').add({ days: n }));

it('writes dates and times in both languages', () => {
  expect(formatDate(date, 'da')).toBe('3. marts 2027');
  expect(formatDate(date, 'en')).toBe('3 March 2027');
  expect(formatShortDate(date, 'da')).toBe('3.3.2027');
  expect(formatShortDate(date, 'en')).toBe('3 Mar 2027');
  expect(formatTime(winter, 'da')).toBe('10.42');
  expect(formatTime(winter, 'en')).toBe('10:42');
  expect(formatDateTime(winter, 'da')).toBe('3. marts kl. 10.42');
  expect(formatDateTime(winter, 'en')).toBe('3 March at 10:42');
  expect(formatDateTime(summerMidnight, 'da', { year: true })).toBe('1. juli 2027 kl. 00.05');
  expect(formatDateTime(summerMidnight, 'en', { year: true })).toBe('1 July 2027 at 00:05');
});

it.each([
  [480_000, '4.800 kr.', 'DKK 4,800'],
  [480_050, '4.800,50 kr.', 'DKK 4,800.50'],
  [123_456_789, '1.234.567,89 kr.', 'DKK 1,234,567.89'],
  [0, '0 kr.', 'DKK 0'],
  [-0, '0 kr.', 'DKK 0'],
  [5, '0,05 kr.', 'DKK 0.05'],
  [-250_000, '-2.500 kr.', 'DKK -2,500'],
])('writes %i øre as %s and %s', (amount, danish, english) => {
  expect(formatKroner(amount, 'da')).toBe(danish);
  expect(formatKroner(amount, 'en')).toBe(english);
});

it('writes numbers of things and lists', () => {
  expect([0, 1, 3].map((n) => days(n, 'da'))).toEqual(['0 dage', '1 dag', '3 dage']);
  expect([0, 1, 3].map((n) => days(n, 'en'))).toEqual(['0 days', '1 day', '3 days']);
  expect(plural(1, 'sag', 'sager')).toBe('sag');
  expect(joinList(['a', 'b', 'c'], 'da')).toBe('a, b og c');
  expect(joinList(['a', 'b', 'c'], 'en')).toBe('a, b and c');
  expect(joinList(['a'], 'da')).toBe('a');
  expect(joinList([], 'da')).toBe('');
});

describe('parseDanishDate', () => {
  it.each([
    '3.3.2027',
    '03-03-2027',
    '3/3-2027',
    '3/3 2027',
    '3/3/2027',
    '3. 3. 2027',
    '2027-03-03',
    '3. marts 2027',
    '3 marts 2027',
    '3.marts 2027',
    'Den 3. Marts 2027',
    'd. 3. mar. 2027',
    '3 March 2027',
    ' 3.3.27 ',
    '3. marts 27',
  ])('reads %j', (text) => expect(parseDanishDate(text)?.toString()).toBe('2027-03-03'));

  it.each([
    '',
    '3.3',
    '3. marts',
    '31.2.2027',
    '29.2.2027',
    '3.13.2027',
    '0.3.2027',
    '3.3.202',
    '3.3.20277',
    '2027-3-3',
    '3. ma 2027',
    '3. martsen 2027',
    '3. 2027',
    '030327',
    'i morgen',
    '3.3.2027 eller 4.3.2027',
  ])('does not read %j', (text) => expect(parseDanishDate(text)).toBeNull());

  it('reads what formatDate and formatShortDate write', () => {
    fc.assert(
      fc.property(aDate, fc.constantFrom(...locales), (any, locale) => {
        expect(parseDanishDate(formatDate(any, locale))?.toString()).toBe(any.toString());
        expect(parseDanishDate(formatShortDate(any, locale))?.toString()).toBe(any.toString());
        expect(parseDanishDate(any.toString())?.toString()).toBe(any.toString());
      }),
    );
  });
});

describe('parseDanishAmount', () => {
  it.each([
    ['4.800', 480_000],
    ['4800', 480_000],
    ['4 800', 480_000],
    ['4\u00a0800 kr', 480_000],
    ['4800,50', 480_050],
    ['4.800,5', 480_050],
    ['4.800 kr.', 480_000],
    ['4.800,- kr.', 480_000],
    ['4800,-', 480_000],
    ['kr. 4.800,00', 480_000],
    ['DKK 4.800', 480_000],
    ['4.800 kroner', 480_000],
    ['1.234.567,89', 123_456_789],
    ['0', 0],
    ['0,50', 50],
  ])('reads %j as %i øre', (text, amount) => expect(parseDanishAmount(text)).toBe(amount));

  it.each([
    '',
    'kr.',
    '1,250.50',
    '4,800',
    '4.80',
    '4.8',
    '4.8000',
    '0.800',
    '12.34.567',
    '1.234 567',
    '4.800,505',
    '-100',
    '4800-',
    '4.800 euro',
    'cirka 4.800',
    '4.800 eller 5.000',
    '99999999999999999',
  ])('does not read %j', (text) => expect(parseDanishAmount(text)).toBeNull());

  it('reads what formatKroner writes in Danish', () => {
    fc.assert(fc.property(fc.nat(1e9), (amount) => parseDanishAmount(formatKroner(amount, 'da')) === amount));
  });
});
