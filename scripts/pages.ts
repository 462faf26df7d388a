/** The pages, and parts of pages, that are made from the code; a test holds each against what stands in the checkout. */
import { describeSettings } from '../bot/config.ts';
import { markdownTable } from '../bot/text/markdown-table.ts';
import { wayPage } from '../bot/workflows/referral/diagram.ts';
import { allVersions } from '../bot/workflows/referral/versions.ts';

export interface Page {
  /** From the root of the checkout. */
  readonly file: string;
  /** The new content from the old (null: no such file); null leaves it as it is. */
  readonly make: (before: string | null) => string | null;
}

/** Puts the content between `<!-- name:start -->` and `<!-- name:end -->`; both are added at the end where they are missing. */
export function between(before: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const block = `${start}\n\n${content}\n\n${end}`;
  const from = before.indexOf(start);
  if (from === -1) return `${before.trimEnd()}\n\n${block}\n`;
  const to = before.indexOf(end, from);
  if (to === -1) throw new Error(`"${start}" stands without "${end}"`);
  return before.slice(0, from) + block + before.slice(to + end.length);
}

function settingsTable(): string {
  return markdownTable(
    ['Setting', 'Meaning', 'Must be', 'When not set'],
    describeSettings().map(({ name, meaning, is, otherwise }) => [`\`${name}\``, meaning, is, otherwise || '–']),
  );
}

export const pages: readonly Page[] = [
  { file: 'docs/the-way.md', make: () => wayPage(allVersions) },
  { file: 'README.md', make: (before) => before && between(before, 'settings', settingsTable()) },
];
