import { defineStep } from '../../../bot/domain/referral/definition.ts';
import type { StepDefinition, WayVersion } from '../../../bot/domain/referral/definition.ts';
import { dueOn, follow, mayGoBackTo, paceOf, stations, stepOf, wayNameOf } from '../../../bot/domain/referral/way.ts';
import { defaultCalendar } from '../../../bot/domain/calendar.ts';
import { Temporal } from '../../../bot/domain/time.ts';
import { wayVersion } from '../../../bot/workflows/referral/versions.ts';

const step = (id: string, outcomes: StepDefinition['outcomes'], days = 5): StepDefinition =>
  defineStep({
    id,
    party: 'caseworker',
    form: {},
    outcomes,
    clock: { days, kind: 'arbejdsdage', source: 'default' },
  }) as unknown as StepDefinition;

/** a → b → c → d, and from b to x → y. */
const way: WayVersion = {
  version: 1,
  from: '2026-01-01',
  home: [
    step('a', { on: { to: 'next' } }),
    step('b', { on: { to: 'next' }, away: { to: { step: 'x' } } }),
    step('c', { on: { to: 'next' }, back: { to: { step: 'b' } } }),
    step('d', { on: { to: 'end' }, off: { to: 'stop' } }),
  ],
  place: [step('x', { on: { to: 'next' }, back: { to: { step: 'b' } } }), step('y', { on: { to: 'end' } })],
  stopReasons: ['mistake'],
  backReasons: ['mistake'],
};
const marks = (current: string, ended = false) =>
  stations(way, current, ended).map(({ id, state }) => `${id} ${state}`);

describe('where an outcome leads', () => {
  it.each([
    ['a', 'next', 'b'],
    ['x', 'next', 'y'],
    ['b', { step: 'x' }, 'x'],
    ['x', { step: 'b' }, 'b'],
  ] as const)('from %s by %j to %s', (from, to, expected) => {
    expect(follow(way, from, to)).toMatchObject({ kind: 'step', step: { id: expected } });
  });
  it('ends or stops', () => {
    expect(follow(way, 'd', 'end')).toEqual({ kind: 'end' });
    expect(follow(way, 'd', 'stop')).toEqual({ kind: 'stop' });
  });
  it('is never from the last step to a next one, nor to a step that is not there', () => {
    expect(() => follow(way, 'd', 'next')).toThrow("Step 'd' of way version 1 leads on, but is the last");
    expect(() => follow(way, 'a', { step: 'z' })).toThrow("Way version 1 has no step 'z'");
    expect(() => stepOf(way, 'constructor')).toThrow("has no step 'constructor'");
  });
});

describe('the stations', () => {
  it('of the way home are all its steps', () => {
    expect(marks('a')).toEqual(['a now', 'b ahead', 'c ahead', 'd ahead']);
    expect(marks('c')).toEqual(['a done', 'b done', 'c now', 'd ahead']);
    expect(marks('d', true)).toEqual(['a done', 'b done', 'c done', 'd done']);
  });
  it('of the way to a place leave the way home where it branches', () => {
    expect(wayNameOf(way, 'x')).toBe('place');
    expect(marks('x')).toEqual(['a done', 'b done', 'x now', 'y ahead']);
    expect(marks('y', true)).toEqual(['a done', 'b done', 'x done', 'y done']);
  });
});

describe('going back', () => {
  it('is possible to every earlier station but the first', () => {
    expect(mayGoBackTo(way, 'a')).toEqual([]);
    expect(mayGoBackTo(way, 'b')).toEqual([]);
    expect(mayGoBackTo(way, 'd')).toEqual(['b', 'c']);
    expect(mayGoBackTo(way, 'y')).toEqual(['b', 'x']);
  });
  it('in the real way leads from each step to those before it', () => {
    const real = wayVersion(1);
    expect(mayGoBackTo(real, 'attachment')).toEqual([]);
    expect(mayGoBackTo(real, 'nomination')).toEqual(['attachment', 'stabilising', 'assessment', 'clarification']);
    expect(mayGoBackTo(real, 'place-ready')).toEqual([
      'attachment',
      'stabilising',
      'assessment',
      'clarification',
      'place-decision',
    ]);
  });
});

describe('the clock', () => {
  const day = (text: string) => Temporal.PlainDate.from(text);
  const five = stepOf(way, 'a');

  it('counts working days from the day after', () => {
    expect(dueOn(five, day('2026-11-18'), defaultCalendar).toString()).toBe('2026-11-25');
    // Over Christmas: 24, 25 and 26 December and the weekend are no working days.
    expect(dueOn(five, day('2026-12-21'), defaultCalendar).toString()).toBe('2026-12-30');
  });
  it('counts hverdage for the admission, Saturday included', () => {
    const admission = stepOf(wayVersion(1), 'admission');
    expect(dueOn(admission, day('2026-11-19'), defaultCalendar).toString()).toBe('2026-11-23');
  });
  it('tells how long and how late, from the day the step began and the day the clock did', () => {
    const pass = { startedOn: day('2026-10-01'), clockFrom: day('2026-11-18') };
    expect(paceOf(five, pass, day('2026-11-25'), defaultCalendar)).toMatchObject({ days: 55, overdueDays: 0 });
    expect(paceOf(five, pass, day('2026-11-26'), defaultCalendar)).toMatchObject({ days: 56, overdueDays: 1 });
    const early = { startedOn: day('2026-12-01'), clockFrom: day('2026-12-01') };
    expect(paceOf(five, early, day('2026-11-20'), defaultCalendar).days).toBe(0);
  });
});
