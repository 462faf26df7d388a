import fc from 'fast-check';
import { defaultCalendar, isWorkingDay } from '../../../bot/domain/calendar.ts';
import {
  agendaDayOf,
  nextReviewDay,
  parseTimeOfDay,
  reviewDayOf,
  reviewToPrepare,
  type Weekday,
  weekdays,
} from '../../../bot/domain/review/schedule.ts';
import { Temporal } from '../../../bot/domain/time.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const next = (from: string, weekday: Weekday) => nextReviewDay(day(from), weekday, defaultCalendar).toString();

describe('when the review is held', () => {
  it('is its weekday, today included', () => {
    expect(next('2026-11-25', 3)).toBe('2026-11-25');
    expect(next('2026-11-26', 3)).toBe('2026-12-02');
  });

  it.each([
    ['Whit Monday 2027 moves it to the Friday before', '2027-05-14', 1, '2027-05-14'],
    ['so does a day in that week before', '2027-05-12', 1, '2027-05-14'],
    ['Maundy Thursday 2027 to the Wednesday', '2027-03-22', 4, '2027-03-24'],
    ['Good Friday 2027 to the same Wednesday', '2027-03-22', 5, '2027-03-24'],
    ['Christmas Eve 2026, a closed day, to the day before', '2026-12-21', 4, '2026-12-23'],
    [
      'New Year’s Day 2027, in week 53 of 2026, to 30 December, as the 31st is closed too',
      '2026-12-28',
      5,
      '2026-12-30',
    ],
    ['Constitution Day on Whit Monday 2028', '2028-06-01', 1, '2028-06-02'],
    ['Easter Monday 2032 has been held on the Wednesday before Maundy Thursday', '2032-03-25', 1, '2032-04-05'],
  ] as const)('%s', (_what, from, weekday, held) => {
    expect(next(from, weekday)).toBe(held);
  });

  it('goes on in week 1 after the 53 weeks of 2026', () => {
    expect(next('2026-12-31', 3)).toBe('2027-01-06');
    expect(next('2027-01-01', 1)).toBe('2027-01-04');
  });

  it('is a working day in every week, and none is left out or comes twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(...weekdays), (offset, weekday) => {
        const from = day('2026-01-01').add({ days: offset });
        const held = nextReviewDay(from, weekday, defaultCalendar);
        const later = nextReviewDay(held.add({ days: 1 }), weekday, defaultCalendar);
        expect(isWorkingDay(held)).toBe(true);
        expect(Temporal.PlainDate.compare(held, from)).toBeGreaterThanOrEqual(0);
        expect(held.until(later).days).toBeGreaterThan(0);
        expect(held.until(later).days).toBeLessThanOrEqual(14);
        // On Maundy Thursday the review of Easter Monday has been held already: the next one is two weeks on.
        const weeks = [0, 1, 2].map((n) => reviewDayOf(from.add({ weeks: n }), weekday, defaultCalendar));
        expect(weeks.some((one) => one.equals(held))).toBe(true);
      }),
    );
  });
});

describe('when the agenda is made', () => {
  const prepare = (today: string, weekday: Weekday) =>
    reviewToPrepare(day(today), weekday, defaultCalendar)?.toString() ?? null;

  it('is the working day before', () => {
    expect(prepare('2026-11-23', 3)).toBeNull();
    expect(prepare('2026-11-24', 3)).toBe('2026-11-25');
    expect(prepare('2026-11-25', 3)).toBe('2026-11-25');
    expect(agendaDayOf(day('2026-11-30'), defaultCalendar).toString()).toBe('2026-11-27');
  });

  it('is caught up over a weekend, when the bot did not run on the Friday', () => {
    expect(prepare('2026-11-28', 1)).toBe('2026-11-30');
  });
});

describe('a time of day', () => {
  it.each([
    ['8.40', 520],
    ['08:40', 520],
    ['kl. 8.40', 520],
    ['8', 480],
    ['0.00', 0],
    ['23:59', 1439],
    ['24.00', null],
    ['8.60', null],
    ['8.4', null],
    ['morgen', null],
    ['', null],
  ])('%j is %j', (typed, minutes) => {
    expect(parseTimeOfDay(typed)).toBe(minutes);
  });
});
