/** Any journey through the real definitions, whatever is chosen and known on the way, stays on it. */
import fc from 'fast-check';
import { isPlace } from '../../../bot/domain/referral/codes.ts';
import type { CaseFacts } from '../../../bot/domain/referral/definition.ts';
import {
  besides,
  enteredAt,
  follow,
  mayGoBackTo,
  stations,
  stepOf,
  wayNameOf,
} from '../../../bot/domain/referral/way.ts';
import { homeKinds } from '../../../bot/domain/schemes.ts';
import { allVersions } from '../../../bot/workflows/referral/versions.ts';

/** What somebody does at a step: an outcome by its position, or going back; and what has become known by then. */
const move = fc.record({
  choice: fc.nat(20),
  back: fc.option(fc.nat(20), { freq: 5 }),
  homeKind: fc.constantFrom(...homeKinds),
  support: fc.constantFrom('undecided', 'decided', 'ended'),
  hasHome: fc.boolean(),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

/** A step that the case stood at, what was known there, and where it came from by an outcome. */
interface Stop {
  readonly step: string;
  readonly facts: CaseFacts;
  readonly from: { readonly step: string; readonly facts: CaseFacts; readonly isNext: boolean } | null;
}

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];
const supportFacts = (support: string): CaseFacts => ({
  ...(support !== 'undecided' && { supportDecidedOn: '2026-11-17' }),
  ...(support === 'ended' && { supportEndedOn: '2026-11-18' }),
});

describe.each(allVersions.map((way) => [way.version, way] as const))('version %i', (_version, way) => {
  /** Walks the moves; resolves to each step the case stood at with what was known there. */
  function* walk(moves: readonly Move[]): Generator<Stop> {
    let step = way.home[0]?.id ?? '';
    let from: Stop['from'] = null;
    let homeKind: string | undefined;
    for (const { choice, back, support, hasHome, ...known } of moves) {
      // Only the clarification changes which way it is.
      if (step === 'clarification') homeKind = known.homeKind;
      const facts: CaseFacts = { ...(homeKind !== undefined && { homeKind }), ...supportFacts(support) };
      yield { step, facts, from };
      const earlier = back === null ? undefined : pick(mayGoBackTo(way, step, facts), back);
      if (earlier !== undefined) {
        step = enteredAt(way, earlier, hasHome, facts).id;
        from = null;
        continue;
      }
      const outcomes = Object.entries(stepOf(way, step).outcomes);
      const right =
        step === 'clarification' ? outcomes.filter(([name]) => (name === 'place') === isPlace(homeKind)) : outcomes;
      const to = pick(right, choice)?.[1].to ?? 'stop';
      const next = follow(way, step, to, facts);
      if (next.kind !== 'step') return;
      from = { step, facts, isNext: to === 'next' };
      step = next.step.id;
    }
  }
  const everywhere = (look: (at: Stop) => void) =>
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        for (const at of walk(moves)) look(at);
      }),
      { numRuns: 300 },
    );

  it('never leaves the list that the case is in, and stands at one station of it', () => {
    everywhere(({ step, facts }) => {
      expect(way[wayNameOf(way, step, facts)].some(({ id }) => id === step)).toBe(true);
      const shown = stations(way, step, false, facts);
      expect(shown.filter(({ state }) => state === 'now').map(({ id }) => id)).toEqual([step]);
      expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
      const at = shown.findIndex(({ id }) => id === step);
      expect(shown.slice(0, at).every(({ state }) => state === 'done')).toBe(true);
    });
  });

  it('goes back only to stations that lie behind, and never to one that nobody goes back to', () => {
    everywhere(({ step, facts }) => {
      const shown = stations(way, step, false, facts).map(({ id }) => id);
      for (const earlier of mayGoBackTo(way, step, facts)) {
        expect(shown.indexOf(earlier)).toBeLessThan(shown.indexOf(step));
        expect(stepOf(way, earlier).notBackTo).toBeUndefined();
        // Without a home the step is another, which asks for none.
        expect(enteredAt(way, earlier, false, { homeKind: 'state_subsidy' }).needsHome).toBeUndefined();
      }
    });
  });

  it('passes a step over exactly when the case does not need it', () => {
    everywhere(({ step, from }) => {
      if (!from?.isNext) return;
      const list = way[wayNameOf(way, from.step, from.facts)].map(({ id, when }) => ({
        id,
        needed: when?.(from.facts) ?? true,
      }));
      const after = list.slice(list.findIndex(({ id }) => id === from.step) + 1);
      expect(after.find(({ needed }) => needed)?.id).toBe(step);
    });
  });

  it('offers beside the open step only others of its way', () => {
    everywhere(({ step, facts }) => {
      const shown = stations(way, step, false, facts).map(({ id }) => id);
      for (const { id, besideFrom } of besides(way, step, facts, false)) {
        expect(id).not.toBe(step);
        expect(shown).toContain(id);
        expect(shown.indexOf(besideFrom ?? '')).toBeLessThanOrEqual(shown.indexOf(step));
      }
    });
  });
});
