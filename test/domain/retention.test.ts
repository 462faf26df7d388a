import fc from 'fast-check';
import { type HomeHeld, retention } from '../../bot/domain/retention.ts';
import { Temporal } from '../../bot/domain/time.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const today = day('2026-11-18');
const home = (movedInOn: string, endedOn: string | null = null, endReason: string | null = null): HomeHeld => ({
  method: 'cti',
  movedInOn: day(movedInOn),
  endedOn: endedOn === null ? null : day(endedOn),
  endReason,
});
const cti = (homes: readonly HomeHeld[]) =>
  retention(homes, today)[0]?.marks.map(({ months, of, kept }) => `${months}: ${kept} of ${of}`);

it('counts those who moved in long enough ago, and who still had the home on the mark', () => {
  expect(
    cti([
      home('2026-11-01'), // too new for any mark
      home('2026-08-18'), // three months today
      home('2026-08-19'), // three months tomorrow
      home('2025-11-18', '2026-02-17', 'evicted'), // lost the day before its three months
      home('2025-11-18', '2026-02-18', 'evicted'), // had it on the mark of three months, lost before six
      home('2024-01-01'), // all marks
    ]),
  ).toEqual(['3: 3 of 4', '6: 1 of 3', '12: 1 of 3', '24: 1 of 1']);
});

it('leaves out those who moved to another home or died, from the marks after that', () => {
  expect(cti([home('2024-01-01', '2024-05-01', 'other_home'), home('2024-01-01', '2024-02-01', 'dead')])).toEqual([
    '3: 1 of 1', // moved to another home in the fifth month; died before the third
    '6: 0 of 0',
    '12: 0 of 0',
    '24: 0 of 0',
  ]);
});

it('tells the methods apart, the most homes first', () => {
  const homes = [home('2024-01-01'), { ...home('2024-01-01'), method: null }, { ...home('2024-01-01'), method: null }];
  expect(retention(homes, today).map(({ method, homes: count }) => [method, count])).toEqual([
    [null, 2],
    ['cti', 1],
  ]);
});

it('never keeps more than there are, nor counts more at a later mark than at an earlier one', () => {
  const days = fc.integer({ min: 0, max: 1_500 });
  const homes = fc.array(fc.record({ age: days, lasted: fc.option(days), reason: fc.constantFrom('evicted', 'dead') }));
  fc.assert(
    fc.property(homes, (made) => {
      const held = made.map(({ age, lasted, reason }) => {
        const movedInOn = today.subtract({ days: age });
        const endedOn = lasted === null || lasted > age ? null : movedInOn.add({ days: lasted });
        return { method: 'act', movedInOn, endedOn, endReason: endedOn && reason };
      });
      for (const { marks } of retention(held, today))
        marks.forEach(({ of, kept }, index) => {
          expect(kept).toBeLessThanOrEqual(of);
          expect(of).toBeLessThanOrEqual(marks[index - 1]?.of ?? held.length);
        });
    }),
  );
});
