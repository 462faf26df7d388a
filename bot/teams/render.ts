/** From a `CardView` to the Adaptive Card that is sent. */
import type { CardView } from '../workflows/turn.ts';
import { neutraliseCard } from './neutralise.ts';
import { isObject, TemplateError, type Json, type JsonObject, type Templates } from './templates.ts';

export { loadTemplates, TemplateError, type Templates } from './templates.ts';

export type AdaptiveCard = JsonObject;

export interface RenderOptions {
  readonly templates: Templates;
}

/** Teams counts UTF-16 and sometimes refuses at 70 kB; lists must be paged long before. */
export const maximumCharacters = 28_000;

export class CardTooLargeError extends Error {
  override readonly name = 'CardTooLargeError';
  readonly code = 'card-too-large';
  readonly template: string;
  readonly characters: number;
  constructor(template: string, characters: number) {
    super(`Card "${template}" has ${characters} characters (at most ${maximumCharacters}): page its list`);
    this.template = template;
    this.characters = characters;
  }
}

export function renderCard(card: CardView, { templates }: RenderOptions): AdaptiveCard {
  const template = templates.get(card.template);
  if (template === undefined) throw new TemplateError(card.template, 'does not exist');

  const expanded = template.compiled.expand({ $root: bindable(card) }) as AdaptiveCard;
  const text = JSON.stringify(expanded);
  const leftOver = /\$\{[^}]*\}?/.exec(text);
  if (leftOver !== null) throw new TemplateError(card.template, `nothing was given for ${leftOver[0]}`);

  const typed = text.includes(mask) ? (mapStrings(expanded, unmasked) as AdaptiveCard) : expanded;
  const whole: AdaptiveCard = { ...typed, version: '1.5', fallbackText: card.summary };
  whole['lang'] ??= typeof card.words['lang'] === 'string' ? card.words['lang'] : 'da';
  stampActions(whole, card.stamp ?? {});
  showErrors(whole, card.errors ?? {});

  const safe = neutraliseCard(whole);
  const characters = JSON.stringify(safe).length;
  if (characters > maximumCharacters) throw new CardTooLargeError(card.template, characters);
  return safe;
}

/**
 * A user may have typed `${…}` too. It is not evaluated, but must be told apart from what a template asked for in vain:
 * so it is masked by a character of the private-use area until that has been checked.
 */
const mask = '$\uE000{';
const masked = (text: string): string => text.replaceAll('${', mask);
const unmasked = (text: string): string => text.replaceAll(mask, '${');

const bindable = ({ data, words }: CardView): unknown => ({
  ...(mapStrings(data, masked) as object),
  words: bindableWords(words),
});

/** The words of a kind of card are the same object for every card (`workflows/card.ts`). */
const maskedWords = new WeakMap<CardView['words'], unknown>();

function bindableWords(words: CardView['words']): unknown {
  const known = maskedWords.get(words) ?? mapStrings(words, masked);
  maskedWords.set(words, known);
  return known;
}

/** A copy with each string changed, and without functions (the words that hold data are called by the workflow). */
function mapStrings(node: unknown, change: (text: string) => string): unknown {
  if (typeof node === 'string') return change(node);
  if (Array.isArray(node)) return node.map((item) => mapStrings(item, change));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (typeof value !== 'function') copy[key] = mapStrings(value, change);
  }
  return copy;
}

/** Gives each button the card's stamp; a Submit that stands in for an Execute also gets its verb and data. */
function stampActions(node: Json, stamp: Readonly<Record<string, string | number>>, inherited: JsonObject = {}): void {
  if (Array.isArray(node)) {
    for (const item of node) stampActions(item, stamp);
    return;
  }
  if (!isObject(node)) return;
  const type = node['type'];
  const isAction = type === 'Action.Execute' || type === 'Action.Submit';
  const own = isObject(node['data']) ? node['data'] : {};
  if (isAction) node['data'] = { ...stamp, ...(type === 'Action.Submit' ? inherited : {}), ...own };
  for (const [key, value] of Object.entries(node)) {
    if (isAction && key === 'data') continue;
    const standsIn = type === 'Action.Execute' && key === 'fallback';
    stampActions(value, stamp, standsIn ? { verb: node['verb'] ?? '', ...own } : {});
  }
}

const errorText = (text: string): JsonObject => ({
  type: 'TextBlock',
  text,
  color: 'attention',
  wrap: true,
  spacing: 'none',
});

/** Says what went wrong right under the input; what belongs to no input of the card is said first. */
function showErrors(card: AdaptiveCard, errors: Readonly<Record<string, string>>): void {
  if (Object.keys(errors).length === 0) return;
  const shown = new Set<string>();
  const visit = (node: Json): void => {
    if (Array.isArray(node)) {
      for (let index = node.length - 1; index >= 0; index -= 1) {
        const item = node[index]!;
        visit(item);
        const id = isInput(item) ? item['id'] : undefined;
        if (typeof id !== 'string' || id === '' || !Object.hasOwn(errors, id)) continue;
        node.splice(index + 1, 0, errorText(errors[id]!));
        shown.add(id);
      }
    } else if (isObject(node)) {
      for (const [key, value] of Object.entries(node)) if (key !== 'data') visit(value);
    }
  };
  visit(card);

  const rest = Object.keys(errors).filter((id) => !shown.has(id));
  if (rest.length === 0) return;
  const first: JsonObject = {
    type: 'Container',
    style: 'attention',
    items: rest.map((id) => ({ ...errorText(errors[id]!), weight: 'bolder' })),
  };
  card['body'] = [first, ...(Array.isArray(card['body']) ? card['body'] : [])];
}

function isInput(node: Json): node is JsonObject {
  return isObject(node) && typeof node['type'] === 'string' && node['type'].startsWith('Input.');
}
