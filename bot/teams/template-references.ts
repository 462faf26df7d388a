/** What a card template asks for and sends back, read from its text: so that a test can hold it against data, words and form. */
import { Expression } from 'adaptive-expressions';
import { Template } from 'adaptivecards-templating';
import { isObject, type Json } from './templates.ts';

export interface TemplateReferences {
  /** What it shows, from the root: `caseNumber`, `words.title`, `children[].age`. */
  readonly paths: readonly string[];
  readonly inputs: readonly string[];
  /** Of its `Action.Execute`s. */
  readonly verbs: readonly string[];
  /** Functions it calls beside comparing and negating; formatting ones cost more than the turn around them. */
  readonly functions: readonly string[];
}

const plain = new Set(['Accessor', 'Element', 'Constant', 'concat', '!', '!=', '==', '<', '<=', '>', '>=', '&&', '||']);

/**
 * Takes a template whose includes are resolved (`LoadedTemplate.json`). Inside `"$data": "${children}"` a path is
 * `children[].…`, and `$root.` leads out again; whether `children` is a list or one object cannot be seen here.
 */
export function templateReferences(template: Json): TemplateReferences {
  const found = {
    paths: new Set<string>(),
    inputs: new Set<string>(),
    verbs: new Set<string>(),
    functions: new Set<string>(),
  };

  /** The paths in a text, from the root. */
  const read = (text: string, scope: string): string[] => {
    const expression = Template.parseInterpolatedString(text);
    if (typeof expression === 'string') return [];
    for (const type of typesOf(expression)) if (!plain.has(type)) found.functions.add(type);
    const paths = expression.references().flatMap((path) => fromRoot(path, scope));
    for (const path of paths) found.paths.add(path);
    return paths;
  };

  const visit = (node: Json, scope: string): void => {
    if (typeof node === 'string') read(node, scope);
    if (Array.isArray(node)) for (const item of node) visit(item, scope);
    if (!isObject(node)) return;
    const { $data, type, id, verb } = node;
    const list = typeof $data === 'string' ? read($data, scope)[0] : undefined;
    const inner = list === undefined ? scope : `${list}[].`;
    if (typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string') found.inputs.add(id);
    if (type === 'Action.Execute' && typeof verb === 'string') found.verbs.add(verb);
    for (const [key, value] of Object.entries(node)) if (key !== '$data') visit(value, inner);
  };

  visit(template, '');
  const sorted = (set: Set<string>): string[] => [...set].sort();
  return {
    paths: sorted(found.paths),
    inputs: sorted(found.inputs),
    verbs: sorted(found.verbs),
    functions: sorted(found.functions),
  };
}

function fromRoot(path: string, scope: string): string[] {
  const general = path.replace(/\[\d+\]/g, '[]');
  if (general === '$index' || general === '$root') return [];
  if (general.startsWith('$root.')) return [general.slice('$root.'.length)];
  if (general === '$data') return scope === '' ? [] : [scope.slice(0, -1)];
  return [scope + (general.startsWith('$data.') ? general.slice('$data.'.length) : general)];
}

const typesOf = (expression: Expression): string[] => [
  expression.type,
  ...(expression.children ?? []).flatMap((child) => typesOf(child)),
];
