import fc from 'fast-check';
import { type RefundableStay, refundAtRisk, refundDays } from '../../bot/domain/refund.ts';
import { defaultRules } from '../../bot/domain/rules.ts';
import { type PlainDate, Temporal, isBefore } from '../../bot/domain/time.ts';

const day = (text: string): PlainDate => Temporal.PlainDate.from(text);
const stay = (decidedOn: string, endedOn: string | null = null): RefundableStay => ({
  decidedOn: day(decidedOn),
  endedOn: endedOn === null ? null : day(endedOn),
});
const rule = defaultRules.refund;

describe('days of refund', () => {
  it.each<[string, RefundableStay[], number, number, number, string | null]>([
    ['none without a stay', [], 0, 90, 0, null],
    ['one on the first day', [stay('2027-06-30')], 1, 89, 1, '2027-06-30'],
    // April has 30 days, May 31, June 30: 91 days.
    ['the rule’s days at most', [stay('2027-04-01')], 91, 0, 90, '2027-04-01'],
    ['all 90', [stay('2027-04-02')], 90, 0, 90, '2027-04-02'],
    ['not the day of discharge', [stay('2027-05-01', '2027-05-11')], 10, 80, 10, '2027-05-01'],
    ['none when discharged on the day of admission', [stay('2027-05-01', '2027-05-01')], 0, 90, 0, null],
    ['repeated stays', [stay('2027-06-21'), stay('2027-01-01', '2027-01-06')], 15, 75, 15, '2027-01-01'],
    // 1-10 June and 5-14 June are 1-14 June.
    [
      'days of two stays once',
      [stay('2027-06-01', '2027-06-11'), stay('2027-06-05', '2027-06-15')],
      14,
      76,
      14,
      '2027-06-01',
    ],
    [
      'a stay inside another once',
      [stay('2027-06-01', '2027-06-21'), stay('2027-06-05', '2027-06-08')],
      20,
      70,
      20,
      '2027-06-01',
    ],
    [
      'a change of shelter without a gap',
      [stay('2027-06-01', '2027-06-11'), stay('2027-06-11', '2027-06-16')],
      15,
      75,
      15,
      '2027-06-01',
    ],
    // 365 days that end on 30 June 2027 begin on 1 July 2026.
    ['nothing before the window', [stay('2026-06-01', '2026-07-01')], 0, 90, 0, null],
    ['the part in the window', [stay('2026-06-01', '2026-07-04')], 3, 87, 3, '2026-07-01'],
    ['no stay that lies ahead', [stay('2027-07-01')], 0, 90, 0, null],
    ['until today of one whose end lies ahead', [stay('2027-06-29', '2027-07-20')], 2, 88, 2, '2027-06-29'],
  ])('count %s', (_what, stays, used, left, nth, since) => {
    const days = refundDays(stays, day('2027-06-30'), rule);
    expect({ ...days, since: days.since?.toString() ?? null }).toEqual({ used, left, day: nth, since });
  });

  it('count the day of discharge when the rule says so, once', () => {
    const counting = { ...rule, countsDischargeDay: true };
    expect(refundDays([stay('2027-05-01', '2027-05-11')], day('2027-06-30'), counting).used).toBe(11);
    expect(refundDays([stay('2027-05-01', '2027-05-01')], day('2027-06-30'), counting).used).toBe(1);
    const touching = [stay('2027-05-01', '2027-05-11'), stay('2027-05-11', '2027-05-16')];
    expect(refundDays(touching, day('2027-06-30'), counting).used).toBe(16);
    expect(refundDays([stay('2027-06-01', '2027-06-30')], day('2027-06-30'), counting).used).toBe(30);
  });

  it('are the days of the window on which any stay lasts', () => {
    const today = day('2027-06-30');
    const aDay = fc.integer({ min: -500, max: 30 }).map((days) => today.add({ days }));
    const aStay = fc
      .tuple(aDay, fc.option(fc.nat(120)))
      .map(([decidedOn, days]) => ({ decidedOn, endedOn: days === null ? null : decidedOn.add({ days }) }));
    fc.assert(
      fc.property(fc.array(aStay, { maxLength: 6 }), fc.boolean(), (stays, countsDischargeDay) => {
        const lasts = (on: PlainDate): boolean =>
          stays.some(
            ({ decidedOn, endedOn }) =>
              !isBefore(on, decidedOn) &&
              (endedOn === null || isBefore(on, endedOn) || (countsDischargeDay && on.equals(endedOn))),
          );
        const days = Array.from({ length: 365 }, (_, index) => today.subtract({ days: 364 - index })).filter(lasts);
        const counted = refundDays(stays, today, { ...rule, countsDischargeDay });
        expect(counted.used).toBe(days.length);
        expect(counted.since?.toString()).toBe(days[0]?.toString());
      }),
    );
  });
});

describe('the refund of support', () => {
  it.each([
    ['section_85a', '2027-02-28', '2027-03-01', false],
    ['section_85a', '2027-03-01', '2027-03-01', false],
    ['section_85a', '2027-03-02', '2027-03-01', true],
    ['section_85a', null, '2027-03-01', true],
    ['section_85a', null, null, false],
    ['section_85a', '2027-02-28', null, false],
    ['section_107', null, '2027-03-01', true],
    ['section_107', '2027-03-01', '2027-03-01', false],
    ['section_85', null, '2027-03-01', false],
    ['section_99', '2027-03-02', '2027-03-01', false],
    ['section_108', null, '2027-03-01', false],
    ['none', null, '2027-03-01', false],
  ] as const)('after %s, decided %s, discharged %s, is at risk: %s', (basis, decided, discharged, expected) => {
    const risk = refundAtRisk({
      basis,
      supportDecidedOn: decided && day(decided),
      dischargedOn: discharged && day(discharged),
    });
    expect(risk).toBe(expected);
  });
});
