/** Every template fits the type that fills it in: paths, words, inputs and verbs (CONTRIBUTING.md, "a card"). */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loadTemplates } from '../../bot/teams/render.ts';
import { templateReferences } from '../../bot/teams/template-references.ts';
import { actions, publicActions, SAY } from '../../bot/workflows/actions.ts';
import '../../bot/workflows/app.ts';
import { type CardType, cardTypes } from '../../bot/workflows/card.ts';
import '../../bot/workflows/messages.ts';
import { allSteps } from '../../bot/workflows/referral/versions.ts';
import { leavesOf, MOST_ACTIONS, problemsOfCard, verbsOf } from './contract.ts';

const templates = loadTemplates(fileURLToPath(new URL('../../cards', import.meta.url)));
const verbs = new Set([...Object.keys(actions), SAY]);
const jsonOf = ({ template }: CardType) => {
  const loaded = templates.get(template);
  if (!loaded) throw new Error(`There is no cards/${template}.json: write it, or correct its defineCard`);
  return loaded.json;
};

test('every template has one type, and every type a template', () => {
  const named = cardTypes.map(({ template }) => template);
  const problems = [
    ...[...templates.keys()]
      .filter((name) => !named.includes(name))
      .map((name) => `cards/${name}.json is shown by nobody: declare it with defineCard, or delete it`),
    ...named.filter((name) => !templates.has(name)).map((name) => `defineCard names cards/${name}.json: write it`),
    ...named
      .filter((name, index) => named.indexOf(name) !== index)
      .map((name) => `cards/${name}.json has two types: let both places use one defineCard`),
  ];
  expect(problems).toEqual([]);
});

test.each(cardTypes.map((type) => [type.template, type] as const))('cards/%s.json fits its type', (_name, type) => {
  expect(problemsOfCard(jsonOf(type), type, verbs)).toEqual([]);
});

test.each(allSteps.map((step) => [step.definition.id, step] as const))(
  'the card of %s asks what its form reads',
  (_, step) => {
    const inputs = cardTypes.find(({ template }) => template === step.card)?.inputs ?? [];
    const form = Object.keys(step.definition.form);
    const missing = form.filter((name) => !inputs.includes(name));
    expect(missing.map((name) => `cards/${step.card}.json does not ask for '${name}'`)).toEqual([]);
    // The admission's card asks for the citizen too.
    if (step.definition.id !== 'admission') expect(inputs).toEqual([...form, 'reason_*']);
  },
);

test.each(allSteps.map(({ definition }) => [definition.id, definition] as const))(
  'the card of %s has room for its buttons',
  (_, { outcomes, outcomeOf }) => {
    const saving = 1;
    expect((outcomeOf ? 1 : Object.keys(outcomes).length) + saving).toBeLessThanOrEqual(MOST_ACTIONS);
  },
);

test('every verb in the table of actions is on some card', () => {
  const pressed = new Set(
    cardTypes.flatMap((type) =>
      templateReferences(jsonOf(type)).verbs.flatMap((verb) => verbsOf(verb, leavesOf(type.data)) ?? []),
    ),
  );
  const idle = [...verbs].filter((verb) => !pressed.has(verb));
  expect(idle.map((verb) => `no card has the verb '${verb}': take it out of bot/workflows/actions.ts`)).toEqual([]);
  expect([...publicActions].filter((verb) => !verbs.has(verb))).toEqual([]);
});

describe('what does not fit is named', () => {
  const words = { da: { title: 'Titel', spare: 'Til overs' }, en: { title: 'Title', spare: 'Spare' } };
  const data = z.strictObject({ name: z.string(), rows: z.array(z.strictObject({ verb: z.string() })) });
  const type: CardType = { template: 'a/b', data, words, inputs: ['note', 'reason_*'] };
  const good = {
    type: 'AdaptiveCard',
    body: [
      { type: 'TextBlock', text: '${words.title} ${name} ${words.spare}', wrap: true },
      { type: 'Input.Text', id: 'note', label: '${words.title}', errorMessage: '${words.inputError}' },
      { type: 'Input.Text', id: 'reason_${name}', label: '${words.title}', errorMessage: '${words.inputError}' },
    ],
    actions: [{ $data: '${rows}', type: 'Action.Execute', title: '${$root.words.save}', verb: 'step.save' }],
  };
  const problems = (template: object) => problemsOfCard({ ...good, ...template } as never, type, verbs).join('\n');

  test.each([
    [
      'a path',
      { body: [...good.body, { type: 'TextBlock', text: '${foo}', wrap: true }] },
      '${foo}: add it to the data',
    ],
    ['a word', { body: [...good.body, { type: 'TextBlock', text: '${words.x}', wrap: true }] }, 'no en word'],
    [
      'a word in a list',
      { actions: [{ $data: '${rows}', type: 'Action.Execute', title: '${words.save}', verb: '${verb}' }] },
      '${$root.words.save}',
    ],
    ['a bound verb', { actions: [{ $data: '${rows}', type: 'Action.Execute', verb: '${verb}' }] }, 'z.enum'],
    [
      'an unknown verb',
      { actions: [{ type: 'Action.Execute', verb: 'nope' }] },
      "'nope': add it to bot/workflows/actions",
    ],
    ['a function', { body: [...good.body, { type: 'TextBlock', text: '${toUpper(name)}' }] }, 'calls toUpper()'],
    ['an unused word and input', { body: [] }, 'does not use ${words.spare}'],
    ['a missing input', { body: [] }, "does not ask for 'note'"],
    [
      'an unread input',
      { body: [...good.body, { type: 'Input.Text', id: 'x', label: '${name}' }] },
      "'x', which nobody reads",
    ],
    [
      'no error message',
      { body: [...good.body, { type: 'Input.Text', id: 'x', label: '${name}' }] },
      'no errorMessage',
    ],
    ['a chart alone', { body: [...good.body, { type: 'Chart.Line', data: [] }] }, 'the Chart.Line has no fallback'],
    ['unused data', { actions: [] }, 'does not use ${rows[].verb}'],
    ['a word of its own', { body: [...good.body, { type: 'TextBlock', text: 'Hej ${name}' }] }, '"Hej " stands in'],
  ])('%s', (_what, change, expected) => {
    expect(problems(change)).toContain(expected);
  });

  test('and what fits is not', () => {
    expect(
      problems({ actions: [{ $data: '${rows}', type: 'Action.Execute', title: '${verb}', verb: 'step.save' }] }),
    ).toBe('');
  });
});
