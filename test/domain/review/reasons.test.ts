import fc from 'fast-check';
import { inOrder, type Ordered, reasonCodes, reasonsOf, type ReviewFacts } from '../../../bot/domain/review/reasons.ts';
import { Temporal } from '../../../bot/domain/time.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const calm: ReviewFacts = {
  today: day('2026-11-24'),
  lastHeldOn: day('2026-11-18'),
  notReached: false,
  admittedOn: day('2026-10-01'),
  missedOn: null,
  stepSince: day('2026-11-10'),
  overdueDays: 0,
  refundDay: 40,
  refundDaysLeft: 50,
  hasCaseworker: true,
  municipalityUntold: false,
  offerDueOn: null,
  overdueActions: 0,
  observations: 0,
  stuckWeeks: 3,
};
const of = (facts: Partial<ReviewFacts>) => reasonsOf({ ...calm, ...facts });

describe('the reasons of the agenda', () => {
  it('are none where nothing is the matter', () => {
    expect(reasonsOf(calm)).toEqual([]);
  });

  it.each([
    ['not reached last time', { notReached: true }, [{ code: 'not_reached', n: 0 }]],
    ['an offer to answer', { offerDueOn: day('2026-11-26') }, [{ code: 'offer', n: 2 }]],
    ['an offer that has lapsed today', { offerDueOn: day('2026-11-23') }, [{ code: 'offer', n: 0 }]],
    ['refund day 60', { refundDay: 60, refundDaysLeft: 30 }, [{ code: 'refund', n: 60 }]],
    ['refund day 59', { refundDay: 59, refundDaysLeft: 31 }, []],
    ['a refund that is used up', { refundDay: 90, refundDaysLeft: 0 }, []],
    ['a late step', { overdueDays: 4 }, [{ code: 'overdue', n: 4 }]],
    ['the municipality not told', { municipalityUntold: true }, [{ code: 'municipality_untold', n: 0 }]],
    ['no caseworker', { hasCaseworker: false }, [{ code: 'no_caseworker', n: 0 }]],
    ['late actions', { overdueActions: 2 }, [{ code: 'overdue_actions', n: 2 }]],
    ['three weeks at one step', { stepSince: day('2026-11-03') }, [{ code: 'stuck', n: 3 }]],
    ['a day less than three weeks', { stepSince: day('2026-11-04') }, []],
    ['moved since the last review', { stepSince: day('2026-11-19') }, [{ code: 'moved', n: 0 }]],
    ['moved on the day of the last review, which has seen it', { stepSince: day('2026-11-18') }, []],
    [
      'admitted since: new, not moved',
      { admittedOn: day('2026-11-20'), stepSince: day('2026-11-20') },
      [{ code: 'admitted', n: 0 }],
    ],
    [
      'admitted after the last agenda was made',
      { admittedOn: day('2026-11-17'), missedOn: day('2026-11-17') },
      [{ code: 'admitted', n: 0 }],
    ],
    ['not on the last agenda, though there before', { missedOn: day('2026-11-17') }, []],
    ['observations', { observations: 1 }, [{ code: 'observed', n: 1 }]],
  ] satisfies [string, Partial<ReviewFacts>, unknown][])('%s', (_what, facts, reasons) => {
    expect(of(facts)).toEqual(reasons);
  });

  it('without a review before are of the last seven days', () => {
    expect(of({ lastHeldOn: null, stepSince: day('2026-11-18') })).toEqual([{ code: 'moved', n: 0 }]);
    expect(of({ lastHeldOn: null, stepSince: day('2026-11-17') })).toEqual([]);
  });
});

describe('the order of the agenda', () => {
  const entry = (caseNumber: number, more: Partial<Ordered> = {}): Ordered => ({
    ...{ caseNumber, reasons: [], contact: '', room: '' },
    ...more,
  });
  const numbers = (items: readonly Ordered[]) => items.map(({ caseNumber }) => caseNumber);

  it('is the most urgent reason first, more reasons before fewer, then the case number', () => {
    const items = [
      entry(101),
      entry(105, { reasons: [{ code: 'observed', n: 1 }] }),
      entry(104, { reasons: [{ code: 'overdue', n: 1 }] }),
      entry(103, {
        reasons: [
          { code: 'overdue', n: 1 },
          { code: 'observed', n: 1 },
        ],
      }),
      entry(102, { reasons: [{ code: 'not_reached', n: 0 }] }),
      entry(100),
    ];
    expect(numbers(inOrder(items, 'urgency'))).toEqual([102, 103, 104, 105, 100, 101]);
  });

  it('is by room as people count, those without one last', () => {
    const items = [entry(1, { room: '10' }), entry(2), entry(3, { room: '9' }), entry(4, { room: '9B' })];
    expect(numbers(inOrder(items, 'room'))).toEqual([3, 4, 1, 2]);
  });

  it('is by contact person in Danish order, and within one by urgency', () => {
    const items = [
      entry(1, { contact: 'Åse' }),
      entry(2, { contact: 'Bo' }),
      entry(3, { contact: 'Bo', reasons: [{ code: 'refund', n: 70 }] }),
    ];
    expect(numbers(inOrder(items, 'contact'))).toEqual([3, 2, 1]);
  });

  it('loses nobody and is the same however they came', () => {
    const some = fc.record({
      caseNumber: fc.integer({ min: 1, max: 999 }),
      reasons: fc.array(fc.record({ code: fc.constantFrom(...reasonCodes), n: fc.nat(90) }), { maxLength: 4 }),
      contact: fc.constantFrom('', 'Bo', 'Åse'),
      room: fc.constantFrom('', '9', '10'),
    });
    const lists = fc.uniqueArray(some, { selector: ({ caseNumber }) => caseNumber, maxLength: 20 });
    fc.assert(
      fc.property(lists, fc.constantFrom('urgency' as const, 'contact' as const, 'room' as const), (items, order) => {
        const ordered = inOrder(items, order);
        expect(numbers(ordered).sort()).toEqual(numbers(items).sort());
        expect(numbers(inOrder([...items].reverse(), order))).toEqual(numbers(ordered));
      }),
    );
  });
});
