import { problemsOf } from '../../../bot/domain/referral/check-way.ts';
import { defineStep } from '../../../bot/domain/referral/definition.ts';
import type { StepDefinition, WayVersion } from '../../../bot/domain/referral/definition.ts';
import { allVersions, problemsOfDefinitions } from '../../../bot/workflows/referral/versions.ts';

const step = (id: string, more: Partial<StepDefinition> = {}): StepDefinition => ({
  ...(defineStep({
    id,
    party: 'caseworker',
    form: {},
    outcomes: { on: { to: 'next' } },
    clock: { days: 5, kind: 'arbejdsdage', source: 'default' },
  }) as unknown as StepDefinition),
  ...more,
});
const last = (id: string, more: Partial<StepDefinition> = {}) => step(id, { outcomes: { on: { to: 'end' } }, ...more });
const way = (more: Partial<WayVersion> = {}): WayVersion => ({
  version: 7,
  from: '2026-01-01',
  home: [step('a', { outcomes: { on: { to: 'next' }, away: { to: { step: 'x' } } } }), last('b')],
  place: [last('x')],
  stopReasons: ['mistake'],
  backReasons: ['mistake'],
  ...more,
});

it('a consistent way has no problems, nor has ours', () => {
  expect(problemsOf(way())).toEqual([]);
  expect(allVersions.flatMap(problemsOf)).toEqual([]);
});

it.each([
  ['no step', { home: [], place: [] }, 'the way home has no step'],
  ['a duplicate id', { home: [step('a'), last('a')], place: [] }, "the id 'a' is used by 2 steps"],
  ['no reason to stop', { stopReasons: [] }, 'no reason to stop a case'],
  ['no reason to go back', { backReasons: [] }, 'no reason to go back'],
  [
    'an unknown party',
    { home: [last('a', { party: 'mayor' as never })], place: [] },
    "step 'a': nobody acts: the party 'mayor' is unknown",
  ],
  [
    'a clock that does not count',
    { home: [last('a', { clock: { days: 0, kind: 'arbejdsdage', source: '' } })], place: [] },
    "step 'a': its clock must count at least one day",
  ],
  [
    'a clock of no number',
    { home: [last('a', { clock: { days: NaN, kind: 'arbejdsdage', source: '' } })], place: [] },
    'its clock must count',
  ],
  ['a bar by an unknown step', { home: [last('a', { notBy: 'z' })], place: [] }, "notBy names the unknown step 'z'"],
  [
    'a step without outcomes',
    { home: [step('a', { outcomes: {} })], place: [] },
    "step 'a': has no outcome, so nothing can leave it",
  ],
  [
    'an empty list of reasons',
    { home: [last('a', { outcomes: { on: { to: 'end', reasons: [] } } })], place: [] },
    "outcome 'on' asks for a reason but lists none",
  ],
  [
    'an outcome to an unknown step',
    { home: [last('a', { outcomes: { on: { to: { step: 'z' } } } })], place: [] },
    "outcome 'on' leads to the unknown step 'z'",
  ],
  [
    'a last step that leads on',
    { home: [step('a')], place: [] },
    "outcome 'on' leads to the next step, but it is the last",
  ],
  [
    'a last step of the other way that leads on',
    { place: [step('x')] },
    "step 'x': outcome 'on' leads to the next step",
  ],
  [
    'a circle without exit',
    { home: [step('a'), last('b', { outcomes: { on: { to: { step: 'a' } } } })], place: [] },
    "step 'a': has no way out",
  ],
  [
    'a step that nothing leads to',
    { home: [step('a'), last('b')], place: [last('x')] },
    "step 'x': cannot be reached from the first step",
  ],
] as const)('%s is named', (_what, wrong, problem) => {
  const problems = problemsOf(way(wrong as Partial<WayVersion>));
  expect(problems.join('\n')).toContain(problem);
  for (const line of problems) expect(line).toMatch(/^version 7[,:]/);
});

it('names everything wrong at once', () => {
  const wrong = way({ home: [last('a', { notBy: 'z', party: 'mayor' as never })], place: [], stopReasons: [] });
  expect(problemsOf(wrong)).toHaveLength(3);
});

it('a step whose card is missing is named with the file to make', () => {
  const problems = problemsOfDefinitions((name) => name !== 'referral/nomination');
  expect(problems).toEqual(["step 'nomination': no card template cards/referral/nomination.json"]);
});
