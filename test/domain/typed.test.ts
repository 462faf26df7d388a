import fc from 'fast-check';
import { Temporal } from '../../bot/domain/time.ts';
import { formatDate, formatKroner, formatShortDate } from '../../bot/text/danish.ts';
import { locales } from '../../bot/text/words.ts';
import { farAway, parseDanishAmount, parseDanishDate } from '../../bot/domain/typed.ts';

const aDate = fc.integer({ min: 0, max: 60_000 }).map((n) => Temporal.PlainDate.from('1960-01-01').add({ days: n }));

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

describe('a day that lies far away', () => {
  const of = (day: string | null, yearsAhead = 3) => farAway({ day }, '2026-11-25', yearsAhead);

  it.each([
    ['2011-11-25', {}],
    ['2011-11-24', { day: 'dayFarAway' }],
    ['2029-11-25', {}],
    ['2029-11-26', { day: 'dayFarAway' }],
    ['0206-11-25', { day: 'dayFarAway' }],
    [null, {}],
  ])('%j: %j', (day, problems) => {
    expect(of(day)).toEqual(problems);
  });

  it('is further ahead where more is honest', () => {
    expect(of('2031-11-25', 5)).toEqual({});
    expect(farAway({ day: Temporal.PlainDate.from('2031-11-26') }, Temporal.PlainDate.from('2026-11-25'), 5)).toEqual({
      day: 'dayFarAway',
    });
  });
});
