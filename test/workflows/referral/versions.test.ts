/** The real definitions hold together, broken ones are named, and a version in use stays as it is. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { problemsOf } from '../../../bot/domain/referral/check-way.ts';
import type { StepDefinition, WayVersion } from '../../../bot/domain/referral/definition.ts';
import { allSteps, allVersions, problemsOfDefinitions, wayVersion } from '../../../bot/workflows/referral/versions.ts';

const cards = fileURLToPath(new URL('../../../cards/', import.meta.url));

test('the definitions, their words and cards hold together', () => {
  expect(problemsOfDefinitions((name) => existsSync(`${cards}${name}.json`))).toEqual([]);
});

test('a step without a card is named', () => {
  const problems = problemsOfDefinitions((name) => name !== 'referral/decision');
  expect(problems).toEqual(["step 'decision': no card template cards/referral/decision.json"]);
});

describe('a broken version is named', () => {
  const real = wayVersion(1);
  const change = (id: string, changes: object): WayVersion => {
    const changed = (step: StepDefinition) => (step.id === id ? { ...step, ...changes } : step);
    return { ...real, home: real.home.map(changed), place: real.place.map(changed) };
  };
  test.each([
    ['two steps with one id', change('nomination', { id: 'decision' }), "the id 'decision' is used by 2 steps"],
    ['no step', { ...real, home: [] }, 'the way home has no step'],
    ['no reason to stop', { ...real, stopReasons: [] }, 'no reason to stop a case'],
    ['no reason to go back', { ...real, backReasons: [] }, 'no reason to go back'],
    ['an unknown party', change('decision', { party: 'mayor' }), "step 'decision': nobody acts"],
    ['no time', change('decision', { clock: { days: 0, kind: 'arbejdsdage', source: 'default' } }), 'at least one day'],
    ['an unknown notBy', change('decision', { notBy: 'x' }), "step 'decision': notBy names the unknown step 'x'"],
    ['no outcome', change('assessment', { outcomes: {} }), "step 'assessment': has no outcome"],
    [
      'an empty list of reasons',
      change('decision', { outcomes: { approved: { to: 'end' }, no: { to: 'stop', reasons: [] } } }),
      "outcome 'no' asks for a reason but lists none",
    ],
    [
      'an unknown destination',
      change('decision', { outcomes: { approved: { to: { step: 'x' } } } }),
      "outcome 'approved' leads to the unknown step 'x'",
    ],
    ['next after the last', change('kept-home', { outcomes: { kept: { to: 'next' } } }), "use 'end'"],
    ['an unknown needsHome', change('lease', { needsHome: 'x' }), "step 'lease': needsHome names the unknown step 'x'"],
    ['an unknown besideFrom', change('support', { besideFrom: 'x' }), 'besideFrom names the unknown step'],
    [
      'an outcome of an unknown party',
      change('answer', { outcomes: { yes: { to: 'next' }, no: { to: 'stop', by: 'mayor' } } }),
      "outcome 'no' may be chosen by the unknown party 'mayor'",
    ],
    [
      'no outcome for whoever does it',
      change('answer', { outcomes: { expired: { to: { step: 'offer' }, by: 'nobody' } } }),
      "step 'answer': has no outcome that whoever does it may choose",
    ],
    [
      'an unknown step to open again at',
      change('kept-home', { outcomes: { kept: { to: 'stop', reopensAt: 'x' } } }),
      "outcome 'kept' is opened again at the unknown step 'x'",
    ],
    [
      'no way out',
      change('place-ready', { outcomes: { again: { to: { step: 'place-ready' } } } }),
      "step 'place-ready': has no way out",
    ],
    [
      'no way in',
      change('clarification', { outcomes: { home: { to: 'next' } } }),
      "step 'place-decision': cannot be reached",
    ],
  ])('%s', (_what, way, expected) => {
    expect(problemsOf(way as WayVersion).join('\n')).toContain(expected);
  });
});

/** What a case depends on; the words may be corrected at any time. */
function structureOf({ version, from, home, place, stopReasons, backReasons }: WayVersion): unknown {
  const steps = (list: readonly StepDefinition[]) =>
    list.map(({ id, party, form, outcomes, outcomeOf, clock, notBy, ...rest }) => ({
      id,
      party,
      form: Object.entries(form).map(([name, { kind, choices, maxLength }]) => ({ name, kind, choices, maxLength })),
      outcomes: Object.entries(outcomes).map(
        ([name, { to, by, onlyIf, reasons, tells, citizenIsTold, reopensAt }]) => ({
          ...{ name, to, by, reasons, tells, citizenIsTold, reopensAt },
          ...(onlyIf && { onlyOfSome: true }),
        }),
      ),
      answersDecide: outcomeOf !== undefined,
      clock: { days: clock.days, kind: clock.kind, source: clock.source },
      notBy,
      mayBePassedOver: rest.when !== undefined,
      besideFrom: rest.besideFrom,
      besideAtHome: rest.besideAtHome,
      needsHome: rest.needsHome,
      notBackTo: rest.notBackTo,
      onlyOfSome: Object.keys(rest.onlyWhen ?? {}),
    }));
  return { version, from, home: steps(home), place: steps(place), stopReasons, backReasons };
}

const digestOf = (way: WayVersion) =>
  createHash('sha256')
    .update(JSON.stringify(structureOf(way)))
    .digest('hex');

test.each(allVersions.map((way) => [way.version, way] as const))('version %i is as it was', (version, way) => {
  const file = new URL('./frozen-versions.json', import.meta.url);
  const frozen = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  const [was, is] = [frozen[version], digestOf(way)];
  if (was === undefined)
    throw new Error(
      `version ${version} is new: add "${version}": "${is}" to test/workflows/referral/frozen-versions.json`,
    );
  if (was !== is)
    throw new Error(
      `version ${version} has been changed: once a municipality uses it, copy it to version ${version + 1} in ` +
        `bot/workflows/referral/versions.ts, change the copy and give it a start date. Where nobody uses it yet, set ` +
        `"${version}": "${is}" in test/workflows/referral/frozen-versions.json`,
    );
});

test('the digest sees a change of structure, and none of anything else', () => {
  const [way] = allVersions;
  if (!way) throw new Error('No version');
  expect(digestOf({ ...way })).toBe(digestOf(way));
  expect(digestOf({ ...way, home: way.home.slice(1) })).not.toBe(digestOf(way));
  expect(digestOf({ ...way, stopReasons: [...way.stopReasons].reverse() })).not.toBe(digestOf(way));
});

test('every step is in a version', () => {
  const used = new Set(allVersions.flatMap(({ home, place }) => [...home, ...place]));
  expect(allSteps.filter(({ definition }) => !used.has(definition))).toEqual([]);
});
