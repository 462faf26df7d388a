import fc from 'fast-check';
import { ctiPhase, nextFollowUp } from '../../bot/domain/follow-up.ts';
import { type PlainDate, Temporal, isBefore } from '../../bot/domain/time.ts';

const day = (text: string): PlainDate => Temporal.PlainDate.from(text);
const movedIn = day('2023-03-15');

/** All that come when each is done on its day. */
function followUps(movedInOn: PlainDate, subsidyEndsOn: PlainDate | null): string[] {
  const found: string[] = [];
  let next = nextFollowUp(movedInOn, subsidyEndsOn, movedInOn);
  while (next && found.length < 50) {
    found.push(`${next.months}: ${next.on}`);
    next = nextFollowUp(movedInOn, subsidyEndsOn, next.on);
  }
  return found;
}

const twoYears = [
  '1: 2023-04-15',
  '3: 2023-06-15',
  '6: 2023-09-15',
  '9: 2023-12-15',
  '12: 2024-03-15',
  '24: 2025-03-15',
];

describe('follow-ups', () => {
  it.each<[string, string | null, string[]]>([
    ['without a subsidy', null, []],
    ['when it has ended before', '2024-03-01', []],
    ['when it ends the day before the next', '2026-03-14', []],
    ['when it ends on the day of the next', '2026-03-15', ['36: 2026-03-15']],
    [
      'over nine years',
      '2031-03-01',
      ['36: 2026-03-15', '48: 2027-03-15', '60: 2028-03-15', '72: 2029-03-15', '84: 2030-03-15'],
    ],
  ])('%s', (_what, endsOn, yearly) => {
    expect(followUps(movedIn, endsOn === null ? null : day(endsOn))).toEqual([...twoYears, ...yearly]);
  });

  it.each([
    ['2023-03-15', 1],
    ['2023-03-31', 1], // 15 days before 15 April
    ['2023-04-01', 3], // 14 days before: it was the first month's
    ['2023-04-14', 3],
    ['2023-05-20', 3], // late, and the third month's is still to come
    ['2023-06-10', 6], // so late that it is the third month's
    ['2024-03-15', 24],
    ['2025-02-28', 24], // 15 days before
    ['2025-03-01', null],
    ['2030-01-01', null],
  ])('after one on %s is that of month %p', (after, months) => {
    expect(nextFollowUp(movedIn, null, day(after))?.months ?? null).toBe(months);
  });

  it('fall on the last day of a month too short for the day', () => {
    expect(followUps(day('2023-08-31'), null).slice(0, 3)).toEqual(['1: 2023-09-30', '3: 2023-11-30', '6: 2024-02-29']);
  });

  it('always lie more than 14 days ahead, and no mark between is left out', () => {
    fc.assert(
      fc.property(fc.nat(4_000), fc.option(fc.nat(4_000)), (later, ends) => {
        const after = movedIn.add({ days: later });
        const next = nextFollowUp(movedIn, ends === null ? null : movedIn.add({ days: ends }), after);
        if (next === null) {
          expect(isBefore(after, day('2025-03-01'))).toBe(false);
          return;
        }
        expect(after.until(next.on).days).toBeGreaterThan(14);
        const between = [1, 3, 6, 9, 12, 24, 36, 48, 60, 72, 84, 96, 108, 120, 132]
          .filter((months) => months < next.months)
          .filter((months) => after.until(movedIn.add({ months })).days > 14);
        expect(between).toEqual([]);
      }),
    );
  });
});

describe('CTI', () => {
  it.each([
    ['2026-11-30', 'before'],
    ['2026-12-01', { phase: 1, until: '2027-02-28' }],
    ['2027-02-28', { phase: 1, until: '2027-02-28' }],
    ['2027-03-01', { phase: 2, until: '2027-05-31' }],
    ['2027-06-01', { phase: 3, until: '2027-08-31' }],
    ['2027-08-31', { phase: 3, until: '2027-08-31' }],
    ['2027-09-01', 'over'],
  ])('that starts on 1 December 2026 is on %s at %p', (on, expected) => {
    const phase = ctiPhase(day('2026-12-01'), day(on));
    expect(typeof phase === 'string' ? phase : { ...phase, until: phase.until.toString() }).toEqual(expected);
  });
});
