import { createRequire } from 'node:module';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { neutraliseCard, neutraliseMarkdown, neutraliseRun } from '../../bot/teams/neutralise.ts';

// The official renderer with the Markdown library it recommends, in a browser made of JavaScript. Neither has types that
// fit here: this is all that is used of them.
interface RenderedElement {
  textContent: string;
  querySelector(selector: string): RenderedElement | null;
}
interface Renderer {
  AdaptiveCard: {
    new (): { parse(card: unknown): void; render(): RenderedElement };
    onProcessMarkdown: (text: string, result: { outputHtml?: string; didProcess: boolean }) => void;
  };
}
const require = createRequire(import.meta.url);
const { JSDOM } = require('jsdom') as { JSDOM: new (html: string) => { window: Record<string, unknown> } };
const { window } = new JSDOM('<!doctype html>');
for (const name of ['document', 'Node', 'Element', 'HTMLElement', 'HTMLInputElement', 'MouseEvent', 'KeyboardEvent']) {
  Object.assign(globalThis, { [name]: window[name] });
}
Object.assign(globalThis, { window });
// jsdom lays nothing out, so it has no innerText; what the renderer writes there is plain text.
Object.defineProperty((window['HTMLElement'] as { prototype: object }).prototype, 'innerText', {
  set(this: RenderedElement, text: string) {
    this.textContent = text;
  },
});
const { AdaptiveCard } = require('adaptivecards/dist/adaptivecards.js') as Renderer;

const strict = new MarkdownIt();
const generous = new MarkdownIt({ html: true, linkify: false, typographer: false, breaks: true });
let markdown = strict;
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

const fold = (text: string) => text.replace(/\s+/g, ' ').trim();

function render(...body: unknown[]): RenderedElement {
  const card = new AdaptiveCard();
  card.parse({ type: 'AdaptiveCard', version: '1.5', body });
  return card.render();
}

/** What a person reads, and whether anything but paragraphs was made of it. */
function asTextBlock(text: string): { text: string; markup: boolean } {
  const rendered = render({ type: 'TextBlock', text });
  const markup = rendered.querySelector('.ac-textBlock *:not(p)') !== null;
  return { text: fold(rendered.textContent), markup };
}

const samples = [
  '1. marts 2027',
  '12) tolv',
  '1.',
  '- et punkt',
  '-',
  '+ et punkt',
  '* et punkt',
  '---',
  '# overskrift',
  '#12',
  '> citat',
  '=====',
  '    fire mellemrum',
  '- - 1. > # dybt',
  '*fed* **federe** _kursiv_ __mere__ snake_case_navn',
  '~~streget~~ ~5000 kr.',
  '`kode` ``` ~~~',
  '[link](https://example.com) ![billede](x.png) [a]: b',
  '<https://example.com> <b>fed</b> <at>Bo</at> <!-- væk --> 3 < 4 > 2 <3',
  '&lt;b&gt; &amp; &#60; &#x3c; &copy R&D Hansen & Søn',
  '{{DATE(2027-03-03T10:42:00Z, SHORT)}} {{TIME(2027-03-03T10:42:00Z)}} {{{DATE(2027-03-03T10:42:00Z)}}}',
  '\\ \\* C:\\temp\\[x] \\',
  '| a | b | |---|---|',
  'Huslejen er 4.800 kr. (fra 1.3.2027) - se nr. 7!',
  '+45 12 34 56 78',
  '-500 kr.',
  '${missing} ===x/==/ :) "quoted" \'and\' … æøå 👩‍👩‍👧 مريم',
];

it('breaks without it, or these tests would show nothing', () => {
  expect(asTextBlock('1. marts')).toEqual({ text: 'marts', markup: true });
  expect(asTextBlock('[x](https://example.com)')).toEqual({ text: 'x', markup: true });
  expect(asTextBlock('{{DATE(2027-03-03T10:42:00Z)}}').text).not.toContain('{{');
});

describe.each([
  ['strict', strict],
  ['generous', generous],
])('under a %s Markdown', (_name, which) => {
  beforeAll(() => {
    markdown = which;
  });

  it.each(samples)('a TextBlock shows %j literally', (text) => {
    expect(asTextBlock(neutraliseMarkdown(text))).toEqual({ text: fold(text), markup: false });
  });

  it('a TextBlock shows any text literally', () => {
    const piece = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'\\`*_{}[]()#+-.!|<>~&=:/ \n1aæ'.split('')) }),
      fc.constantFrom(...samples, '{{DATE(2027-03-03T10:42:00Z)}}', '&lt;', '<at>', '1. ', '- ', '\n\n', '```\n'),
      fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const text = pieces.join('');
        fc.pre(fold(text) !== '');
        expect(asTextBlock(neutraliseMarkdown(text))).toEqual({ text: fold(text), markup: false });
      }),
      { numRuns: 1000 },
    );
  });
});

it('escapes no more than it needs to', () => {
  for (const text of [
    'Huslejen er 4.800 kr. (fra 1.3.2027) - se nr. 7!',
    '3.3.2027',
    '+45 12 34 56 78',
    '-500 kr.',
    'a & b',
  ]) {
    expect(neutraliseMarkdown(text)).toBe(text);
  }
  expect(neutraliseMarkdown('3. marts')).toBe('3\\. marts');
});

it.each(samples)('a TextRun shows %j literally', (text) => {
  const rendered = render({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: neutraliseRun(text) }] });
  expect(fold(rendered.textContent.replaceAll('\u200b', ''))).toBe(fold(text));
});

it('keeps the spaces between runs', () => {
  expect(neutraliseRun('Navn: ')).toBe('Navn: ');
  expect(neutraliseRun('*a*\n{b}')).toBe('*a* {b}');
});

it.each([neutraliseMarkdown, neutraliseRun])('takes out what nobody sees, with %p', (neutralise) => {
  expect(neutralise('a\u202eb\u2066c\u200fd\u0000e\u001b\u200bf\ufeffg\ud800')).toBe('abcdefg\ufffd');
  expect(neutralise('a\tb\r')).toMatch(/^a b ?$/);
  expect(neutralise('👩‍👧')).toBe('👩‍👧');
});

describe('neutraliseCard', () => {
  const nasty = '1. *x* {{DATE(2027-03-03T10:42:00Z)}}\u202e';
  const asText = '1\\. \\*x\\* {\\{DATE(2027-03-03T10:42:00Z)}}';
  const asRun = '1. *x* {\u200b{DATE(2027-03-03T10:42:00Z)}}';
  const bare = '1. *x* {{DATE(2027-03-03T10:42:00Z)}}';
  const line = `${nasty}\nlinje 2`;

  const card = {
    type: 'AdaptiveCard',
    msteams: { entities: [{ type: 'mention', text: '<at>Bo</at>' }] },
    fallbackText: nasty,
    body: [
      { type: 'TextBlock', text: nasty, wrap: true },
      { type: 'FactSet', facts: [{ title: nasty, value: nasty }] },
      { type: 'RichTextBlock', inlines: [nasty, { type: 'TextRun', text: nasty }, { text: nasty }] },
      { type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'TextBlock', text: nasty }] }] },
      {
        type: 'Table',
        rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [{ type: 'TextBlock', text: nasty }] }] }],
      },
      { type: 'Input.Text', id: 'a', label: nasty, value: line, isMultiline: true },
      { type: 'Input.ChoiceSet', id: 'b', choices: [{ title: nasty, value: nasty }] },
      {
        type: 'Image',
        url: 'data:image/png;base64,AA==',
        altText: nasty,
        fallback: { type: 'TextBlock', text: nasty },
      },
    ],
    actions: [
      { type: 'Action.Execute', title: nasty, data: { type: 'TextBlock', text: nasty } },
      {
        type: 'Action.ShowCard',
        title: nasty,
        card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: nasty }] },
      },
    ],
  };

  it('reads each element as the client does', () => {
    expect(neutraliseCard(card)).toEqual({
      type: 'AdaptiveCard',
      msteams: card.msteams,
      fallbackText: bare,
      body: [
        { type: 'TextBlock', text: asText, wrap: true },
        { type: 'FactSet', facts: [{ title: asText, value: asText }] },
        { type: 'RichTextBlock', inlines: [asRun, { type: 'TextRun', text: asRun }, { text: asRun }] },
        { type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'TextBlock', text: asText }] }] },
        {
          type: 'Table',
          rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [{ type: 'TextBlock', text: asText }] }] }],
        },
        { type: 'Input.Text', id: 'a', label: asRun, value: `${bare}\nlinje 2`, isMultiline: true },
        { type: 'Input.ChoiceSet', id: 'b', choices: [{ title: bare, value: bare }] },
        {
          type: 'Image',
          url: 'data:image/png;base64,AA==',
          altText: bare,
          fallback: { type: 'TextBlock', text: asText },
        },
      ],
      actions: [
        { type: 'Action.Execute', title: bare, data: { type: 'TextBlock', text: nasty } },
        {
          type: 'Action.ShowCard',
          title: bare,
          card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: asText }] },
        },
      ],
    });
  });

  it('changes nothing of the card it was given, and no texts that mean nothing', () => {
    const before = structuredClone(card);
    neutraliseCard(card);
    expect(card).toEqual(before);
    const quiet = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'Sag 142', isSubtle: true, maxLines: 2 }] };
    expect(neutraliseCard(quiet)).toEqual(quiet);
  });

  it('shows facts literally in the renderer', () => {
    const { body } = neutraliseCard({ body: [{ type: 'FactSet', facts: [{ title: '1. a', value: '[x](y)' }] }] });
    expect(render(...body).textContent).toMatch(/^\s*1\. a\s*\[x\]\(y\)\s*$/);
  });
});
