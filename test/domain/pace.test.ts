import fc from 'fast-check';
import { type Pace, pause, takeSlot, TEAMS_PACES } from '../../bot/domain/pace.ts';

const paces = fc.record({ burst: fc.integer({ min: 1, max: 20 }), everyMs: fc.integer({ min: 1, max: 5_000 }) });
/** The milliseconds between one asking and the next: often none, now and then a long rest. */
const gaps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 60_000 })), {
  minLength: 1,
  maxLength: 300,
});

/** When each of those who ask has its slot. */
function slotsOf(pace: Pace, asked: readonly number[]): number[] {
  let [now, fullAt] = [0, 0];
  return asked.map((gap) => {
    now += gap;
    const slot = takeSlot(fullAt, now, pace);
    fullAt = slot.fullAt;
    return now + slot.waitMs;
  });
}

/** The most slots in any stretch of that length, both ends included. */
const mostWithin = (slots: readonly number[], ms: number): number =>
  Math.max(...slots.map((start) => slots.filter((slot) => slot >= start && slot <= start + ms).length));

describe('a bucket', () => {
  it('gives no more than its burst and what has come in since, in any stretch of time', () => {
    fc.assert(
      fc.property(paces, gaps, fc.integer({ min: 0, max: 60_000 }), (pace, asked, ms) => {
        expect(mostWithin(slotsOf(pace, asked), ms)).toBeLessThanOrEqual(pace.burst + Math.floor(ms / pace.everyMs));
      }),
    );
  });

  it('gives its slots in the order in which they are asked for', () => {
    fc.assert(
      fc.property(paces, gaps, (pace, asked) => {
        const slots = slotsOf(pace, asked);
        expect(slots).toEqual(slots.toSorted((a, b) => a - b));
      }),
    );
  });

  it('lets nobody wait for longer than those before them need', () => {
    fc.assert(
      fc.property(paces, fc.integer({ min: 1, max: 100 }), (pace, many) => {
        const last = slotsOf(pace, Array<number>(many).fill(0)).at(-1);
        expect(last).toBe(Math.max(0, many - pace.burst) * pace.everyMs);
      }),
    );
  });

  it('is full again after a rest', () => {
    fc.assert(
      fc.property(paces, gaps, (pace, asked) => {
        const rest = (asked.length + pace.burst) * pace.everyMs;
        const after = slotsOf(pace, [...asked, rest, ...Array<number>(pace.burst - 1).fill(0)]).slice(-pace.burst);
        expect(new Set(after).size).toBe(1);
      }),
    );
  });

  it('gives nothing while it is paused, one slot then, and is paused no shorter than before', () => {
    fc.assert(
      fc.property(
        paces,
        fc.integer({ min: -60_000, max: 60_000 }),
        fc.integer({ min: 0, max: 600_000 }),
        (pace, fullAt, ms) => {
          const paused = pause(fullAt, 0, ms, pace);
          expect(paused).toBeGreaterThanOrEqual(fullAt);
          const first = takeSlot(paused, 0, pace);
          expect(first.waitMs).toBe(Math.max(ms, takeSlot(fullAt, 0, pace).waitMs));
          expect(takeSlot(first.fullAt, 0, pace).waitMs).toBe(first.waitMs + pace.everyMs);
        },
      ),
    );
  });
});

describe("Teams' limits", () => {
  const everybodyAtOnce = (pace: Pace) => slotsOf(pace, Array<number>(2_000).fill(0));

  it.each([
    [7, 1],
    [8, 2],
    [60, 30],
    [1_800, 3_600],
  ])('of a conversation are kept: %i in %i s', (most, seconds) => {
    const slots = everybodyAtOnce(TEAMS_PACES.conversation);
    expect(mostWithin(slots, seconds * 1_000)).toBeLessThan(most);
  });

  it('of a tenant are kept: 50 in a second, of which some are left for replies', () => {
    expect(mostWithin(everybodyAtOnce(TEAMS_PACES.tenant), 1_000)).toBe(35);
  });
});
