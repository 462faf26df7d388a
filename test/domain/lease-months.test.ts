import fc from 'fast-check';
import { monthOf, monthStart } from '../../bot/domain/lease-months.ts';
import { Temporal, isBefore } from '../../bot/domain/time.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

it.each([
  ['2024-01-31', '2024-01-31', 0],
  ['2024-01-31', '2024-02-28', 0],
  ['2024-01-31', '2024-02-29', 1],
  ['2023-01-31', '2023-02-28', 1],
  ['2024-02-29', '2025-02-28', 12],
  ['2024-01-01', '2023-12-31', -1],
  ['2024-01-01', '2023-12-01', -1],
  ['2024-01-01', '2023-11-30', -2],
  ['2024-01-01', '2023-03-15', -10],
])('counted from %s, %s lies in month %i', (anchor, on, month) => {
  expect(monthOf(day(anchor), day(on))).toBe(month);
});

it('every day from the anchor lies in one month, and before it when the anchor is a first', () => {
  const anchors = fc.integer({ min: 0, max: 1_500 }).map((days) => day('2023-01-01').add({ days }));
  fc.assert(
    fc.property(anchors, fc.boolean(), fc.nat(4_000), (any, back, days) => {
      const anchor = back ? any.with({ day: 1 }) : any;
      const on = anchor.add({ days: back ? -days : days });
      const month = monthOf(anchor, on);
      expect(isBefore(on, monthStart(anchor, month))).toBe(false);
      expect(isBefore(on, monthStart(anchor, month + 1))).toBe(true);
    }),
  );
});
