/** Made-up data for a card type, from the shape that it declares. */
import { z } from 'zod';
import { isObject, type Json } from '../../bot/teams/templates.ts';

export interface Sampling {
  readonly text: string;
  readonly flags: boolean;
  readonly rows: number;
}

const LONG = 'Speciallægeundersøgelsesafdækningsforløbskoordinering på Frederikssundsvej – æøå ÆØÅ, 4.800 kr.';
const NASTY = '1. *fed* [link](https://evil.example) <at>Bo</at> "citat" \\ {{DATE(2027-03-03T10:42:00Z, SHORT)}}';

/** What a field may come to hold: ordinary, as long as people write, meant ill, and nothing. */
export const samplings: readonly (readonly [string, Sampling])[] = (
  [
    ['ordinary text', 'Sag 142 · Kim Testesen'],
    ['long words', LONG],
    ['Markdown and dates', NASTY],
    ['template expressions', 'giv ${foo} og ${$root.words.title} og ${if(true, 1'],
    ['line breaks and emoji', 'linje 1\r\nlinje 2\n\n👩‍👩‍👧 \u202eomvendt\u0000'],
    ['nothing', ''],
  ] as const
).flatMap(([name, text]) =>
  [true, false].flatMap((flags) =>
    [0, 1, 10].map((rows) => [`${name}, ${rows} rows, all ${flags}`, { text, flags, rows }] as const),
  ),
);

/** The lists that a template spreads out under a key, by their last name: `actions` (Teams shows six), `choices`. */
function listsUnder(key: 'actions' | 'choices', template: Json): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: Json): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isObject(node)) return;
    const children = node[key];
    for (const child of Array.isArray(children) ? children : []) {
      const list = isObject(child) && typeof child['$data'] === 'string' ? /(\w+)\}$/.exec(child['$data']) : null;
      if (list?.[1]) found.add(list[1]);
    }
    Object.values(node).forEach(visit);
  };
  visit(template);
  return found;
}

/** The lists whose rows hold buttons of their own, by their last name: duties, outcomes. A card has few of each. */
function listsWithButtons(template: Json): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: Json): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isObject(node)) return;
    const list = typeof node['$data'] === 'string' ? /(\w+)\}$/.exec(node['$data'])?.[1] : undefined;
    if (list && JSON.stringify(node).includes('"Action.')) found.add(list);
    Object.values(node).forEach(visit);
  };
  visit(template);
  return found;
}

/** As many rows as the type allows. */
const mostOf = (list: z.ZodArray): number => z.toJSONSchema(list, { unrepresentable: 'any' }).maxItems ?? Infinity;

const holdsList = ({ shape }: z.ZodObject): boolean => Object.values(shape).some((part) => part instanceof z.ZodArray);

/** Data of that shape. What code takes care of is given: choices are some and never blank, buttons few, ids different. */
export function sampleOf(schema: z.ZodType, template: Json, { text, flags, rows }: Sampling): Record<string, unknown> {
  const [buttons, choices] = [listsUnder('actions', template), listsUnder('choices', template)];
  const rowsWithButtons = listsWithButtons(template);
  const make = (inner: z.ZodType, name: string, row: number, blank: string): unknown => {
    if (inner instanceof z.ZodObject)
      return Object.fromEntries(
        Object.entries(inner.shape).map(([key, part]) => [key, make(part as z.ZodType, key, row, blank)]),
      );
    if (inner instanceof z.ZodArray) {
      const isChoices = choices.has(name);
      // A list of lists is a few columns, not a table of everything.
      const isColumns = inner.element instanceof z.ZodObject && holdsList(inner.element);
      const length = buttons.has(name)
        ? Math.min(rows, 2)
        : rowsWithButtons.has(name)
          ? Math.min(rows, 4)
          : isChoices
            ? Math.min(Math.max(rows, 1), 5)
            : isColumns
              ? Math.min(rows, 2)
              : rows;
      return Array.from({ length: Math.min(length, mostOf(inner)) }, (_, index) =>
        make(inner.element as z.ZodType, name, index, isChoices ? 'et valg' : blank),
      );
    }
    if (inner instanceof z.ZodEnum) return inner.options[0];
    if (inner instanceof z.ZodBoolean) return flags;
    if (inner instanceof z.ZodNumber) return row;
    if (inner instanceof z.ZodURL) return `https://hjemvej.example/${row}`;
    if (inner instanceof z.ZodString) return /^id$|Id$/.test(name) ? `${name}-${row}` : text || blank;
    throw new Error(`${name}: no sample for a ${inner.def.type}; teach test/cards/samples.ts, or use a simpler shape`);
  };
  return z.record(z.string(), z.unknown()).parse(make(schema, '', 0, ''));
}
