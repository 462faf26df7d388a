import fc from 'fast-check';
import { containsCpr, parseCpr, withoutCpr } from '../../bot/domain/cpr.ts';
import { Temporal } from '../../bot/domain/time.ts';

// All numbers are made up; 070761-4285 and 121212-… are built for these tests.
const two = (n: number) => String(n).padStart(2, '0');

/** Ten digits of a day from 1858 to 2057, its digit 7 taken from those that tell its century. */
const aCpr = fc
  .record({
    days: fc.nat(72_900),
    choice: fc.nat(),
    serial: fc.integer({ min: 0, max: 999 }),
    replacement: fc.boolean(),
  })
  .map(({ days, choice, serial, replacement }) => {
    const date = Temporal.PlainDate.from('1858-01-01').add({ days });
    const yy = date.year % 100;
    const sevenths =
      date.year < 1900
        ? [5, 6, 7, 8]
        : date.year < 2000
          ? yy >= 37
            ? [0, 1, 2, 3, 4, 9]
            : [0, 1, 2, 3]
          : yy <= 36
            ? [4, 5, 6, 7, 8, 9]
            : [5, 6, 7, 8];
    const seventh = sevenths[choice % sevenths.length];
    const day = date.day + (replacement ? 60 : 0);
    return { date, cpr: `${two(day)}${two(date.month)}${two(yy)}${seventh}${String(serial).padStart(3, '0')}` };
  });

const written: ((cpr: string) => string)[] = [
  (cpr) => cpr,
  (cpr) => `${cpr.slice(0, 6)}-${cpr.slice(6)}`,
  (cpr) => `${cpr.slice(0, 6)} ${cpr.slice(6)}`,
];
const disguised: typeof written = [
  (cpr) => `${cpr.slice(0, 6)} - ${cpr.slice(6)}`,
  (cpr) => `${cpr.slice(0, 6)}–${cpr.slice(6)}`,
  (cpr) => `${cpr.slice(0, 6)}\u00a0${cpr.slice(6)}`,
  (cpr) => `${cpr.slice(0, 6)}\u200b-${cpr.slice(6)}`,
  (cpr) => `${cpr.slice(0, 2)} ${cpr.slice(2, 4)} ${cpr.slice(4, 6)} ${cpr.slice(6)}`,
  (cpr) => `${cpr.slice(0, 2)}.${cpr.slice(2, 4)}.${cpr.slice(4, 6)}-${cpr.slice(6)}`,
];

describe('parseCpr', () => {
  it.each([
    ['0707614285', '1961-07-07'],
    ['010100-0000', '1900-01-01'],
    ['010136-4000', '2036-01-01'],
    ['010137-4000', '1937-01-01'],
    ['010157-5000', '2057-01-01'],
    ['010158-8000', '1858-01-01'],
    ['290200-4000', '2000-02-29'],
    ['670761 1234', '1961-07-07'],
    [' 070761 4285 ', '1961-07-07'],
  ])('reads %s as born on %s', (text, born) => {
    const parsed = parseCpr(text);
    expect(parsed.ok && parsed.birthDate.toString()).toBe(born);
  });

  it.each([
    ['', 'format'],
    ['070761', 'format'],
    ['070761--4285', 'format'],
    ['07076-14285', 'format'],
    ['070761-428A', 'format'],
    ['070761-42851', 'format'],
    ['320761-4285', 'date'],
    ['071361-4285', 'date'],
    ['290200-1234', 'date'], // 1900 was no leap year
    ['600761-1234', 'date'],
    ['920761-1234', 'date'],
    ['000761-1234', 'date'],
  ])('refuses %j for its %s', (text, problem) => {
    expect(parseCpr(text)).toEqual({ ok: false, problem });
  });

  it('only warns when the check digit does not fit', () => {
    // 0·4+7·3+0·2+7·7+6·6+1·5+4·4+2·3+8·2+c = 149 + c, and 154 = 14 · 11.
    expect(parseCpr('070761-4285')).not.toHaveProperty('warning');
    expect(parseCpr('070761-4286')).toMatchObject({ ok: true, warning: 'modulus11' });
    expect(parseCpr('670761-4286')).not.toHaveProperty('warning');
  });

  it('gives back the birth date that was written in, however it is written', () => {
    fc.assert(
      fc.property(aCpr, fc.constantFrom(...written), ({ cpr, date }, write) => {
        const parsed = parseCpr(write(cpr));
        expect(parsed).toMatchObject({ ok: true, cpr });
        expect(parsed.ok && parsed.birthDate.equals(date)).toBe(true);
      }),
    );
  });
});

describe('containsCpr', () => {
  const words = fc.string({ unit: fc.constantFrom(...'abcæøå ,.-:/()\n'.split('')), maxLength: 30 });

  it('finds every number anywhere in a sentence', () => {
    fc.assert(
      fc.property(words, aCpr, words, fc.constantFrom(...written, ...disguised), (before, { cpr }, after, write) => {
        expect(containsCpr(before + write(cpr) + after)).toBe(true);
      }),
    );
  });

  it.each([
    'cpr070761-4285',
    'CPR:0707614285.',
    '(070761 4285)',
    '12 34 56 78, 070761-4285',
    '999999-1234-070761-4285',
  ])('finds it in %j', (text) => expect(containsCpr(text)).toBe(true));

  it('lets every sentence without ten digits pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(text.normalize('NFKC').replace(/\D/g, '').length < 10);
        expect(containsCpr(text)).toBe(false);
      }),
    );
  });

  it.each([
    'Ring på 12 34 56 78 eller 12345678.',
    'Ring på +45 12 34 56 78, +4512345678 eller 0045 12345678.',
    'Huslejen er 4.800 kr. fra 1.3.2027, før 5.200,50 kr.',
    'Mødes 03.03.2027 kl. 10.42, igen 10-03-2027 og 2027-03-24.',
    'Fra 03.03.27 til 10.03.27 er lejen 4800 kr.',
    'Fra 03.03.27 4800 kr. om måneden.',
    'Sag 142, journal 2026-0123456, sag 2027-000142',
    '01018012-0101-4801-8234-010180123456',
    'Postnr. 2100, matrikel 010180, lejemål 1234',
    'Kontonummer 1234 5678901234',
    'Et tal på 0101801234567 cifre',
    '320161-1234 er ingen dato',
  ])('lets pass: %s', (text) => expect(containsCpr(text)).toBe(false));
});

describe('withoutCpr', () => {
  it('takes the number out and leaves the rest', () => {
    expect(withoutCpr('Ring til 010190-1234 i morgen', '[…]')).toBe('Ring til […] i morgen');
    expect(withoutCpr('01.01.90-1234', '[…]')).toBe('[…]');
    expect(withoutCpr('Tlf. 12 34 56 78, 4.800 kr.', '[…]')).toBe('Tlf. 12 34 56 78, 4.800 kr.');
  });

  it('leaves no number behind, however it is written', () => {
    fc.assert(
      fc.property(
        aCpr,
        fc.constantFrom(...written, ...disguised),
        fc.string(),
        fc.string(),
        (a, write, before, after) => {
          expect(containsCpr(withoutCpr(`${before} ${write(a.cpr)} ${after}`, '[…]'))).toBe(false);
        },
      ),
    );
  });
});
