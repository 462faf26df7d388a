/** Loads every card template once, with its includes in place. */
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Template } from 'adaptivecards-templating';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly code = 'card-template';
  readonly template: string;
  constructor(template: string, problem: string) {
    super(`Card template "${template}": ${problem}`);
    this.template = template;
  }
}

export interface LoadedTemplate {
  /** The template with its includes resolved. */
  readonly json: JsonObject;
  readonly compiled: Template;
}
/** By name: the path below the folder, with `/` and without `.json`. */
export type Templates = ReadonlyMap<string, LoadedTemplate>;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces `{ "$include": "shared/name" }` by what that file holds: an element, or a list spliced into the surrounding one. */
function resolveIncludes(name: string, files: ReadonlyMap<string, Json>): Json {
  const visit = (node: Json, within: readonly string[]): Json => {
    if (Array.isArray(node)) {
      return node.flatMap((item) => {
        const resolved = visit(item, within);
        return isObject(item) && '$include' in item && Array.isArray(resolved) ? resolved : [resolved];
      });
    }
    if (!isObject(node)) return node;
    if (!('$include' in node)) {
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value, within)]));
    }
    const target = node['$include'];
    if (typeof target !== 'string' || Object.keys(node).length > 1) {
      throw new TemplateError(name, 'an element with "$include" names one file and holds nothing else');
    }
    if (within.includes(target)) throw new TemplateError(name, `"${target}" includes itself`);
    const included = files.get(target);
    if (included === undefined) throw new TemplateError(name, `includes "${target}", which does not exist`);
    return visit(included, [...within, target]);
  };
  const root = files.get(name);
  return visit(root ?? null, [name]);
}

const isCard = (json: Json): boolean => isObject(json) && json['type'] === 'AdaptiveCard';

/** Reads all `*.json` below the folder; a file that is no whole card (`type: AdaptiveCard`) can only be included. */
export function loadTemplates(folder: string): Templates {
  const files = new Map<string, Json>();
  for (const path of globSync('**/*.json', { cwd: folder })) {
    const name = path.slice(0, -'.json'.length).split(sep).join('/');
    try {
      files.set(name, JSON.parse(readFileSync(join(folder, path), 'utf8')) as Json);
    } catch (error) {
      throw new TemplateError(name, `cannot be read: ${(error as Error).message}`);
    }
  }
  const templates = new Map<string, LoadedTemplate>();
  for (const [name, raw] of files) {
    if (!isCard(raw)) continue;
    const json = resolveIncludes(name, files) as JsonObject;
    templates.set(name, { json, compiled: compile(name, json) });
  }
  return templates;
}

function compile(name: string, json: JsonObject): Template {
  try {
    return new Template(json);
  } catch (error) {
    throw new TemplateError(name, `has an expression that cannot be read: ${(error as Error).message}`);
  }
}
