import { CardTooLargeError, maximumCharacters, renderCard, type AdaptiveCard } from '../../bot/teams/render.ts';
import type { CardView } from '../../bot/workflows/turn.ts';
import { templatesFrom } from '../fakes/templates.ts';

const textBlock = (text: string) => ({ type: 'TextBlock', text, wrap: true });
const input = (id: string) => ({ type: 'Input.Text', id, label: id });
const view = (changes: Partial<CardView> = {}): CardView => ({
  template: 'card',
  data: {},
  words: {},
  summary: 'Sag 142',
  ...changes,
});
function render(json: object, changes: Partial<CardView> = {}, files: Record<string, unknown> = {}): AdaptiveCard {
  const templates = templatesFrom({ card: { type: 'AdaptiveCard', ...json }, ...files });
  return renderCard(view(changes), { templates });
}

describe('what is bound', () => {
  test('data and words, with version, summary and language', () => {
    const card = render(
      { body: [textBlock('${words.title} ${number}'), { ...textBlock('${words.late}'), $when: '${late}' }] },
      { data: { number: 142, late: false }, words: { title: 'Sag', late: 'For sent', lang: 'en' } },
    );
    expect(card).toEqual({
      type: 'AdaptiveCard',
      version: '1.5',
      lang: 'en',
      fallbackText: 'Sag 142',
      body: [textBlock('Sag 142')],
    });
    expect(render({ body: [] })['lang']).toBe('da');
  });

  test('lists, with words from the root', () => {
    const card = render(
      { body: [{ ...textBlock('${$root.words.year} ${year}'), $data: '${years}' }] },
      { data: { years: [{ year: '1' }, { year: '2' }] }, words: { year: 'År' } },
    );
    expect(card['body']).toEqual([textBlock('År 1'), textBlock('År 2')]);
  });

  test('what was not given is an error that names it', () => {
    expect(() => render({ body: [textBlock('Hej ${nothing.here}')] })).toThrow(
      /"card": nothing was given for \$\{nothing/,
    );
  });

  test('a word that is a function does not reach the template', () => {
    const words = { hello: (name: string) => `Hej ${name}`, inner: { also: () => 'x' } };
    expect(() => render({ body: [textBlock('${words.hello}')] }, { words })).toThrow(/words\.hello/);
    expect(() => render({ body: [textBlock('${words.inner.also}')] }, { words })).toThrow(/words\.inner\.also/);
    expect(() => render({ body: [] }, { words })).not.toThrow();
  });

  test('an expression that a user typed is text, and no error', () => {
    const card = render({ body: [{ ...input('a'), value: '${note}' }] }, { data: { note: 'giv ${caseNumber}' } });
    expect(card['body']).toMatchObject([{ value: 'giv ${caseNumber}' }]);
  });

  test('Markdown that a user typed comes out literally', () => {
    const card = render({ body: [textBlock('${note}')] }, { data: { note: '[x](https://evil.example)' } });
    expect(card['body']).toEqual([textBlock('\\[x](https://evil.example)')]);
  });

  test('one view does not leak into the next', () => {
    const templates = templatesFrom({
      card: {
        type: 'AdaptiveCard',
        body: [input('a')],
        actions: [{ type: 'Action.Execute', verb: 'save', data: { own: 1 } }],
      },
    });
    const first = renderCard(view({ stamp: { nonce: 'n1' }, errors: { a: 'Mangler' } }), { templates });
    const second = renderCard(view({ stamp: { nonce: 'n2' } }), { templates });
    expect(first['actions']).toMatchObject([{ data: { nonce: 'n1', own: 1 } }]);
    expect(second['actions']).toMatchObject([{ data: { nonce: 'n2', own: 1 } }]);
    expect(second['body']).toHaveLength(1);
  });
});

describe('includes', () => {
  const files = {
    'shared/head': [textBlock('${words.title}'), { $include: 'shared/line' }],
    'shared/line': { type: 'TextBlock', text: '—' },
  };
  const words = { title: 'Sag' };

  test('a list is spliced in, an element put in place', () => {
    const card = render({ body: [{ $include: 'shared/head' }, textBlock('slut')] }, { words }, files);
    expect(card['body']).toEqual([textBlock('Sag'), { type: 'TextBlock', text: '—' }, textBlock('slut')]);
    expect(render({ body: { $include: 'shared/head' } }, { words }, files)['body']).toHaveLength(2);
  });

  test.each([
    ['one that does not exist', { $include: 'shared/none' }, {}, /includes "shared\/none"/],
    [
      'one that includes itself',
      { $include: 'shared/loop' },
      { 'shared/loop': [{ $include: 'shared/loop' }] },
      /itself/,
    ],
    ['one with more beside it', { $include: 'shared/line', $when: '${x}' }, files, /nothing else/],
  ])('%s is an error when templates are loaded', (_name, include, more, message) => {
    expect(() => render({ body: [include] }, {}, more)).toThrow(message);
  });

  test('so are broken JSON and a broken expression, with the name of the file', () => {
    expect(() => templatesFrom({ 'a/b': '{' })).toThrow(/"a\/b"/);
    expect(() => templatesFrom({ 'a/b': { type: 'AdaptiveCard', body: [textBlock('${a b}')] } })).toThrow(/"a\/b"/);
  });

  test('a file that is no whole card cannot be shown', () => {
    const templates = templatesFrom(files);
    expect(() => renderCard(view({ template: 'shared/head' }), { templates })).toThrow(/does not exist/);
  });
});

describe('buttons', () => {
  const execute = (verb: string, more: object = {}) => ({ type: 'Action.Execute', verb, title: verb, ...more });
  const stamp = { caseId: 'c1', version: 3 };

  test('each carries the stamp, wherever it is', () => {
    const card = render(
      {
        body: [
          { type: 'ActionSet', actions: [execute('a')] },
          { type: 'Input.Text', id: 'x', inlineAction: execute('b') },
          { type: 'Container', selectAction: execute('c'), items: [] },
        ],
        actions: [
          { type: 'Action.ShowCard', card: { type: 'AdaptiveCard', actions: [execute('d', { data: { own: 'x' } })] } },
        ],
        refresh: { action: execute('e') },
      },
      { stamp },
    );
    expect(card).toMatchObject({
      body: [{ actions: [{ data: stamp }] }, { inlineAction: { data: stamp } }, { selectAction: { data: stamp } }],
      actions: [{ card: { actions: [{ data: { ...stamp, own: 'x' } }] } }],
      refresh: { action: { data: stamp } },
    });
  });

  test('what stands in for it on old clients sends the same', () => {
    const fallback = { type: 'Action.Submit', title: 'a' };
    const card = render({ actions: [execute('a', { data: { row: 7 }, fallback })] }, { stamp });
    expect(card['actions']).toMatchObject([{ fallback: { data: { ...stamp, verb: 'a', row: 7 } } }]);
  });

  test('other actions carry nothing', () => {
    const open = { type: 'Action.OpenUrl', url: 'https://example.org', title: 'x' };
    expect(render({ actions: [open] }, { stamp })['actions']).toEqual([open]);
  });
});

describe('errors', () => {
  test('stand right under their input', () => {
    const card = render(
      {
        body: [
          input('name'),
          { type: 'ColumnSet', columns: [{ type: 'Column', items: [input('from'), input('to')] }] },
        ],
      },
      { errors: { name: 'Skriv et navn', from: 'Skriv en dato' } },
    );
    const error = (text: string) => ({ type: 'TextBlock', text, color: 'attention', wrap: true });
    expect(card['body']).toMatchObject([
      { id: 'name' },
      error('Skriv et navn'),
      { columns: [{ items: [{ id: 'from' }, error('Skriv en dato'), { id: 'to' }] }] },
    ]);
  });

  test('about the card, or about an input it does not have, come first', () => {
    const card = render({ body: [input('name')] }, { errors: { '': 'Allerede besvaret', gone: 'Mangler' } });
    expect(card['body']).toMatchObject([
      { type: 'Container', style: 'attention', items: [{ text: 'Allerede besvaret' }, { text: 'Mangler' }] },
      { id: 'name' },
    ]);
  });
});

test('a card over the limit is an error with its name', () => {
  const fits = 'x'.repeat(maximumCharacters - 1_000);
  expect(() => render({ body: [textBlock('${long}')] }, { data: { long: fits } })).not.toThrow();
  try {
    render({ body: [textBlock('${long}')] }, { data: { long: 'x'.repeat(maximumCharacters) } });
    throw new Error('It was rendered');
  } catch (error) {
    expect(error).toBeInstanceOf(CardTooLargeError);
    expect(error).toMatchObject({ code: 'card-too-large', template: 'card' });
  }
});

test('a template that does not exist is an error with its name', () => {
  expect(() => renderCard(view({ template: 'a/none' }), { templates: new Map() })).toThrow(/"a\/none"/);
});
