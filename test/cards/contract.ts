/** Holds a card template against the type that fills it in. Whatever does not fit is said with what to edit. */
import { z } from 'zod';
import { templateReferences } from '../../bot/teams/template-references.ts';
import { isObject, type Json, type JsonObject } from '../../bot/teams/templates.ts';
import { sharedWords } from '../../bot/text/shared.ts';
import { locales } from '../../bot/text/words.ts';
import { type CardType, wordsOf } from '../../bot/workflows/card.ts';

/** Teams shows no more than six buttons of a set. */
export const MOST_ACTIONS = 6;

/** The paths that a template may name, each ending at a value: `title`, `children[].age`. */
export function leavesOf(schema: z.ZodType, prefix = ''): Map<string, z.ZodType> {
  const leaves = new Map<string, z.ZodType>();
  const visit = (inner: unknown, path: string): void => {
    for (const [name, leaf] of leavesOf(inner as z.ZodType, path)) leaves.set(name, leaf);
  };
  if (schema instanceof z.ZodObject)
    for (const [key, inner] of Object.entries(schema.shape)) visit(inner, prefix === '' ? key : `${prefix}.${key}`);
  else if (schema instanceof z.ZodArray) visit(schema.element, `${prefix}[]`);
  else leaves.set(prefix, schema);
  return leaves;
}

/** The same of a table of words, without those that are functions: they make text in code. */
export function wordLeaves(table: object, prefix = 'words'): string[] {
  return Object.entries(table).flatMap(([key, word]: [string, unknown]) => {
    if (typeof word === 'function') return [];
    const path = `${prefix}.${key}`;
    return typeof word === 'object' && word !== null ? wordLeaves(word, path) : [path];
  });
}

/** What leads to a value: `children[].toys[].colour` is reached through `children` and `children[].toys`. */
const leadsTo = (path: string, leaf: string): boolean =>
  leaf === path || leaf.startsWith(`${path}.`) || leaf.startsWith(`${path}[]`);

/** Everything that does not fit between a template (its includes resolved) and its type. */
export function problemsOfCard(json: JsonObject, type: CardType, verbs: ReadonlySet<string>): string[] {
  const file = `cards/${type.template}.json`;
  const where = `its defineCard({ template: '${type.template}' })`;
  const references = templateReferences(json);
  const data = leavesOf(type.data);
  return [
    ...pathProblems(file, where, references.paths, data, type),
    ...unusedProblems(file, where, references.paths, data, type),
    ...references.functions.map(
      (name) => `${file} calls ${name}(): a template only compares; make the text in code and put it in the data`,
    ),
    ...inputProblems(file, where, references.inputs, type),
    ...references.verbs.flatMap((verb) => verbProblems(file, where, verb, data, verbs)),
    ...elementProblems(file, json),
  ];
}

function pathProblems(
  file: string,
  where: string,
  paths: readonly string[],
  data: ReadonlyMap<string, z.ZodType>,
  type: CardType,
): string[] {
  return paths.flatMap((path) => {
    const misplaced = /^.*\[\]\.(words\..*)$/.exec(path);
    if (misplaced) return [`${file} uses \${${misplaced[1]}} inside a list: write \${$root.${misplaced[1]}} there`];
    if (!path.startsWith('words.')) {
      if ([...data.keys()].some((leaf) => leadsTo(path, leaf))) return [];
      return [`${file} uses \${${path}}: add it to the data in ${where}, or correct the template`];
    }
    return locales
      .filter((locale) => !wordLeaves(wordsOf(type, locale)).includes(path))
      .map((locale) => `${file} uses \${${path}}, which is no ${locale} word: add it to the words in ${where}`);
  });
}

function unusedProblems(
  file: string,
  where: string,
  paths: readonly string[],
  data: ReadonlyMap<string, z.ZodType>,
  type: CardType,
): string[] {
  const used = (leaf: string) => paths.includes(leaf);
  // A list of plain values is used by its own name.
  const unusedData = [...data.keys()].filter((leaf) => !used(leaf) && !used(leaf.replace(/\[\]$/, '')));
  const shared = new Set(wordLeaves(sharedWords.da));
  const own = wordLeaves(type.words.da).filter((path) => !shared.has(path));
  return [
    ...unusedData.map((path) => `${file} does not use \${${path}}: take it out of the data in ${where}`),
    ...own.filter((path) => !used(path)).map((path) => `${file} does not use \${${path}}: leave it out in ${where}`),
  ];
}

function inputProblems(file: string, where: string, inTemplate: readonly string[], type: CardType): string[] {
  const fits = (id: string, declared: string) =>
    declared.endsWith('*') ? id.startsWith(declared.slice(0, -1)) : id === declared;
  return [
    ...inTemplate
      .filter((id) => !type.inputs.some((declared) => fits(id, declared)))
      .map((id) => `${file} asks for '${id}', which nobody reads: add it to the inputs in ${where}, or take it out`),
    ...type.inputs
      .filter((declared) => !inTemplate.some((id) => fits(id, declared)))
      .map(
        (declared) => `${file} does not ask for '${declared}': add an input with that id, or take it out of ${where}`,
      ),
  ];
}

/** The verbs a button can have: its own, or all that its data may hold. */
export function verbsOf(verb: string, data: ReadonlyMap<string, z.ZodType>): readonly string[] | null {
  if (!verb.includes('${')) return [verb];
  const path = verb.slice(2, -1);
  for (const [leaf, schema] of data)
    if ((leaf === path || leaf.endsWith(`[].${path}`)) && schema instanceof z.ZodEnum)
      return schema.options.map(String);
  return null;
}

function verbProblems(
  file: string,
  where: string,
  verb: string,
  data: ReadonlyMap<string, z.ZodType>,
  known: ReadonlySet<string>,
): string[] {
  const all = verbsOf(verb, data);
  if (!all) return [`${file} has the verb ${verb}: make it a z.enum in ${where}, so that each can be checked`];
  return all
    .filter((name) => !known.has(name))
    .map((name) => `${file} has the verb '${name}': add it to bot/workflows/actions.ts, or correct the template`);
}

const READ_BY_PEOPLE = ['text', 'title', 'label', 'placeholder', 'errorMessage', 'altText', 'value'];

function elementProblems(file: string, json: JsonObject): string[] {
  const problems: string[] = [];
  const visit = (node: Json): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isObject(node)) return;
    const { type, id, actions } = node;
    const name = `${String(type)} '${String(id)}'`;
    if (typeof type === 'string' && type.startsWith('Input.')) {
      if (!node['label']) problems.push(`${file}: ${name} has no label, which a screen reader needs`);
      if (!node['errorMessage']) problems.push(`${file}: ${name} has no errorMessage`);
    }
    if (typeof type === 'string' && type.startsWith('Chart.') && !isObject(node['fallback']))
      problems.push(`${file}: the ${type} has no fallback with the same in numbers, for where it cannot be drawn`);
    if (type === 'Image' && !node['altText']) problems.push(`${file}: an Image has no altText`);
    if ((type === 'TextBlock' || type === 'Input.Toggle') && node['wrap'] !== true)
      problems.push(`${file}: ${String(type)} ${String(node['text'] ?? id)} does not wrap: on a phone it is cut off`);
    for (const key of READ_BY_PEOPLE) {
      const value = node[key];
      const words = typeof value === 'string' ? value.replace(/\$\{[^}]*\}/g, '') : '';
      if (/\p{L}/u.test(words) && !['data', 'choices'].includes(key))
        problems.push(`${file}: "${words}" stands in the template: make it a word, so that it is translated`);
    }
    if (Array.isArray(actions)) {
      const certain = actions.filter((action) => isObject(action) && !('$data' in action) && !('$when' in action));
      if (certain.length > MOST_ACTIONS)
        problems.push(`${file} has ${certain.length} buttons in one set, at most 6 are shown`);
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'data') visit(value);
  };
  visit(json);
  return problems;
}
