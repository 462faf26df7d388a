import fc from 'fast-check';
import {
  daysOverdue,
  deadline,
  defaultCalendar,
  endOfDay,
  isHverdag,
  isoWeek,
  isWorkingDay,
  workingDayOnOrBefore,
  workingDaysBetween,
  type DayKind,
} from '../../bot/domain/calendar.ts';
import { Temporal, type PlainDate } from '../../bot/domain/time.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const aDate = fc
  .integer({ min: 0, max: 60_000 })
  .map((days): PlainDate => Temporal.PlainDate.from('1990-01-01').add({ days }));
const aKind = fc.constantFrom<DayKind>('arbejdsdage', 'hverdage');
const aRule = fc.constantFrom(
  defaultCalendar,
  { closedDays: [], saturdayIsHverdag: false },
  { closedDays: ['05-01', '02-29'], saturdayIsHverdag: true },
);
const isOpen = { arbejdsdage: isWorkingDay, hverdage: isHverdag };

describe('public holidays', () => {
  // domain.md § 8, every weekday holiday of the year that moves with Easter.
  it.each([
    [2027, '03-25 03-26 03-29 05-06 05-17'],
    [2028, '04-13 04-14 04-17 05-25 06-05'],
    [2029, '03-29 03-30 04-02 05-10 05-21'],
  ])('of %i follow Easter', (year, listed) => {
    const closed: string[] = [];
    for (let date = day(`${year}-02-01`); date.month < 7; date = date.add({ days: 1 })) {
      if (date.dayOfWeek < 6 && !isHverdag(date)) closed.push(date.toString().slice(5));
    }
    expect(closed.join(' ')).toBe(listed);
  });

  it('know that Store Bededag ended with 2023', () => {
    expect(isWorkingDay(day('2023-05-05'))).toBe(false);
    expect(isWorkingDay(day('2024-04-26'))).toBe(true);
    expect(isWorkingDay(day('2027-04-23'))).toBe(true);
  });
});

describe('open days', () => {
  it.each([
    ['2027-01-01', 'New Year', false, false],
    ['2027-04-30', 'a Friday', true, true],
    ['2029-05-01', '1 May, a Tuesday', true, true],
    ['2027-05-08', 'a Saturday', false, true],
    ['2027-05-09', 'a Sunday', false, false],
    ['2026-06-05', 'Constitution Day, a Friday: closed by us, a hverdag by law', false, true],
    ['2026-12-24', 'Christmas Eve, a Thursday', false, true],
    ['2026-12-25', 'Christmas Day', false, false],
    ['2026-12-26', 'Boxing Day, a Saturday', false, false],
    ['2026-12-31', "New Year's Eve, a Thursday", false, true],
  ])('%s, %s', (date, _what, working, hverdag) => {
    expect(isWorkingDay(day(date))).toBe(working);
    expect(isHverdag(day(date))).toBe(hverdag);
  });

  it('follow the municipality’s own rules', () => {
    const rules = { closedDays: ['05-01'], saturdayIsHverdag: false };
    expect(isWorkingDay(day('2029-05-01'), rules)).toBe(false);
    expect(isWorkingDay(day('2026-12-24'), rules)).toBe(true);
    expect(isHverdag(day('2027-05-08'), rules)).toBe(false);
  });

  it('refuse a closed day that is not written MM-DD', () => {
    expect(() => isWorkingDay(day('2027-05-08'), { closedDays: ['1/5'], saturdayIsHverdag: true })).toThrow('1/5');
  });
});

describe('deadline', () => {
  it.each<[string, number, DayKind, string, string]>([
    ['2027-03-01', 5, 'arbejdsdage', '2027-03-08', 'one week'],
    ['2027-03-05', 1, 'arbejdsdage', '2027-03-08', 'from a Friday'],
    ['2027-03-06', 1, 'arbejdsdage', '2027-03-08', 'from a Saturday'],
    ['2027-03-24', 1, 'arbejdsdage', '2027-03-30', 'over Easter 2027'],
    ['2028-04-12', 3, 'arbejdsdage', '2028-04-20', 'over Easter 2028: 18, 19, 20 April'],
    ['2029-03-28', 2, 'arbejdsdage', '2029-04-04', 'over Easter 2029: 3, 4 April'],
    ['2026-12-23', 3, 'arbejdsdage', '2026-12-30', 'over Christmas: 28, 29, 30'],
    ['2026-12-23', 4, 'arbejdsdage', '2027-01-04', 'over New Year'],
    ['2027-03-24', 3, 'hverdage', '2027-03-31', 'three hverdage over Easter 2027: 27, 30, 31 March'],
    ['2027-03-04', 3, 'hverdage', '2027-03-08', 'Friday, Saturday, Monday'],
    ['2026-12-22', 3, 'hverdage', '2026-12-28', '23, 24, 28 December: Christmas Eve counts'],
    ['2027-03-06', 0, 'arbejdsdage', '2027-03-06', 'no days'],
  ])('%s + %i %s = %s (%s)', (from, days, kind, expected) => {
    expect(deadline(day(from), days, kind).toString()).toBe(expected);
  });

  it('is an open day, later with every day more, never before from + days, and counts back', () => {
    fc.assert(
      fc.property(aDate, fc.integer({ min: 1, max: 3000 }), aKind, aRule, (from, days, kind, rules) => {
        const due = deadline(from, days, kind, rules);
        expect(isOpen[kind](due, rules)).toBe(true);
        expect(from.until(due).days).toBeGreaterThanOrEqual(days);
        expect(Temporal.PlainDate.compare(deadline(from, days + 1, kind, rules), due)).toBe(1);
        expect(workingDaysBetween(from, due, kind, rules)).toBe(days);
      }),
    );
  });

  it('never comes earlier for a later start', () => {
    fc.assert(
      fc.property(aDate, fc.nat(400), fc.nat(500), aKind, (from, later, days, kind) => {
        const due = deadline(from, days, kind);
        expect(Temporal.PlainDate.compare(deadline(from.add({ days: later }), days, kind), due)).not.toBe(-1);
      }),
    );
  });

  it('in hverdage is never later than in arbejdsdage', () => {
    fc.assert(
      fc.property(aDate, fc.nat(500), (from, days) => {
        const hverdage = deadline(from, days, 'hverdage');
        expect(Temporal.PlainDate.compare(hverdage, deadline(from, days, 'arbejdsdage'))).toBeLessThanOrEqual(0);
      }),
    );
  });

  it.each([-1, 1.5, Number.NaN])('refuses %d days', (days) => {
    expect(() => deadline(day('2027-03-01'), days, 'hverdage')).toThrow(RangeError);
  });

  it('ends at midnight in Copenhagen, summer and winter', () => {
    expect(endOfDay(day('2027-03-27')).toString()).toBe('2027-03-27T23:00:00Z');
    expect(endOfDay(day('2027-03-28')).toString()).toBe('2027-03-28T22:00:00Z');
  });
});

describe('workingDaysBetween', () => {
  it('equals counting day by day', () => {
    fc.assert(
      fc.property(aDate, fc.nat(800), aKind, aRule, (from, span, kind, rules) => {
        let count = 0;
        for (let i = 1; i <= span; i++) if (isOpen[kind](from.add({ days: i }), rules)) count++;
        expect(workingDaysBetween(from, from.add({ days: span }), kind, rules)).toBe(count);
      }),
      { numRuns: 30 },
    );
  });

  it('is negative backwards and adds up', () => {
    fc.assert(
      fc.property(aDate, aDate, aDate, aKind, (a, b, c, kind) => {
        expect(workingDaysBetween(a, b, kind) + workingDaysBetween(b, c, kind)).toBe(workingDaysBetween(a, c, kind));
      }),
    );
  });
});

describe('workingDayOnOrBefore', () => {
  it.each([
    ['2027-03-29', '2027-03-24'],
    ['2026-12-27', '2026-12-23'],
    ['2027-01-01', '2026-12-30'],
    ['2027-03-24', '2027-03-24'],
  ])('%s → %s', (date, expected) => {
    expect(workingDayOnOrBefore(day(date)).toString()).toBe(expected);
  });

  it('leaves no working day between', () => {
    fc.assert(
      fc.property(aDate, (date) => {
        const found = workingDayOnOrBefore(date);
        expect(isWorkingDay(found)).toBe(true);
        expect(workingDaysBetween(found, date)).toBe(0);
      }),
    );
  });
});

it.each([
  ['2026-12-27', 2026, 52],
  ['2026-12-28', 2026, 53],
  ['2027-01-03', 2026, 53],
  ['2027-01-04', 2027, 1],
  ['2024-12-30', 2025, 1],
])('%s lies in ISO week %i-W%i', (date, year, week) => {
  expect(isoWeek(day(date))).toEqual({ year, week });
});

it.each([
  ['2027-03-08', '2027-03-07', 0],
  ['2027-03-08', '2027-03-08', 0],
  ['2027-03-08', '2027-03-09', 1],
  ['2026-03-08', '2027-03-08', 365],
])('due %s is on %s overdue by %i days', (due, today, days) => {
  expect(daysOverdue(day(due), day(today))).toBe(days);
});
