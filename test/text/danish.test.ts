import { Temporal } from '../../bot/domain/time.ts';
import {
  days,
  formatDate,
  formatDateTime,
  formatKroner,
  formatShortDate,
  formatTime,
  joinList,
  plural,
} from '../../bot/text/danish.ts';

const date = Temporal.PlainDate.from('2027-03-03');
const winter = Temporal.Instant.from('2027-03-03T09:42:30Z');
const summerMidnight = Temporal.Instant.from('2027-06-30T22:05:00Z');

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
