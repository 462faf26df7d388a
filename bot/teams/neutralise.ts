/**
 * Our cards use no Markdown: every character that a person or a table supplied must come out as it is. Which elements
 * read what was tried out in the official renderer: a TextBlock and the facts of a FactSet read Markdown and
 * `{{DATE(…)}}`, a TextRun and the labels of inputs read only the latter.
 */
import { stripControls } from '../text/controls.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Words and numbers with one space between them, which begin with a letter: most texts, and nothing is to be done to them. */
const PLAIN = /^[A-Za-zÆØÅæøåÉé][\dA-Za-zÆØÅæøåÉé,.:;!?()'"/%–-]*(?: [\dA-Za-zÆØÅæøåÉé,.:;!?()'"/%–-]+)*$/;

/**
 * Text for a TextBlock or a fact, so that it comes out literally. White space is folded to one space, as HTML does.
 * Only what could mean something where it stands is escaped, so that `4.800 kr. (R&D)` stays readable for a client that
 * does not know the escape.
 */
export function neutraliseMarkdown(text: string): string {
  if (PLAIN.test(text)) return text;
  return stripControls(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[~]/g, '\\$&') // escapes, code, emphasis, links and images, struck text
    .replace(/<(?=\S)/g, '\\<') // tags, <at>, autolinks
    .replace(/&(?=[#a-z])/gi, '\\&') // entities
    .replace(/(?<=\{)\{/g, '\\{') // {{DATE(…)}}, broken between its braces
    .replace(/^(?=[#>])/, '\\') // headings, quotes
    .replace(/^(?=[-+](?: |-|$))/, '\\') // lists, rules
    .replace(/^(\d+)(?=[.)](?: |$))/, '$1\\'); // numbered lists: "3. marts"
}

/** Text for a TextRun: no Markdown there, but `{{DATE(…)}}` is expanded. A space of no width keeps the braces apart. */
export function neutraliseRun(text: string): string {
  return stripControls(text)
    .replace(/\s/g, ' ')
    .replace(/(?<=\{)\{/g, '\u200b{');
}

/**
 * An expanded card with every text made literal, and control and bidi characters gone everywhere else. What goes back to
 * us unseen (`data` of an action) and what only our own code writes (`msteams`) is left as it is. The card given is not
 * changed.
 */
export function neutraliseCard<Card>(card: Card): Card {
  return walk(card as Json) as Card;
}

/** How the texts of an element are read, by its type; what is not listed only loses its control characters. */
const readers: Readonly<Record<string, Readonly<Record<string, (text: string) => string>>>> = {
  TextBlock: { text: neutraliseMarkdown },
  Fact: { title: neutraliseMarkdown, value: neutraliseMarkdown },
  TextRun: { text: neutraliseRun },
  Input: { label: neutraliseRun },
};

function walk(node: Json, kind = ''): Json {
  if (typeof node === 'string') return stripControls(node);
  if (Array.isArray(node)) return node.map((item) => walk(item, kind));
  if (node === null || typeof node !== 'object') return node;
  const type = typeof node['type'] === 'string' ? node['type'] : kind;
  const read = readers[type.startsWith('Input.') ? 'Input' : type] ?? {};
  const clean: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'msteams' || (key === 'data' && type.startsWith('Action.'))) clean[key] = value;
    else if (typeof value === 'string') clean[key] = (read[key] ?? stripControls)(value);
    else if (key === 'facts') clean[key] = walk(value, 'Fact');
    else if (key === 'inlines' && Array.isArray(value)) clean[key] = value.map(walkInline);
    else clean[key] = walk(value);
  }
  return clean;
}

/** An inline of a RichTextBlock may be a bare string, which is a TextRun without a style. */
function walkInline(inline: Json): Json {
  return typeof inline === 'string' ? neutraliseRun(inline) : walk(inline, 'TextRun');
}
