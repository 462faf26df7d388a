import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { wayPage } from '../../../bot/workflows/referral/diagram.ts';
import { allVersions } from '../../../bot/workflows/referral/versions.ts';
import { between, pages } from '../../../scripts/pages.ts';

const read = (file: string) => {
  const path = fileURLToPath(new URL(`../../../${file}`, import.meta.url));
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
};

test.each(pages)('$file is current', ({ file, make }) => {
  const before = read(file);
  const after = make(before);
  if (after !== null && after !== before) throw new Error(`${file} is not what the code says: run npm run docs`);
});

test('the page has every step, outcome and reason', () => {
  const page = wayPage(allVersions);
  for (const way of allVersions) {
    for (const { id, outcomes } of [...way.home, ...way.place]) {
      const node = id.replaceAll('-', '_');
      expect(page).toContain(`  ${node}: `);
      const edges = page.split('\n').filter((line) => line.startsWith(`  ${node} --> `));
      expect(edges).toHaveLength(Object.keys(outcomes).length);
      // Mermaid ends a label at a second colon.
      for (const edge of edges) expect(edge.split(':')).toHaveLength(2);
    }
  }
  expect(page).not.toContain('undefined');
});

test('a part is put between its marks, which are made where they are missing', () => {
  const made = between('# Titel\n', 'x', 'a');
  expect(made).toBe('# Titel\n\n<!-- x:start -->\n\na\n\n<!-- x:end -->\n');
  expect(between(`${made}efter\n`, 'x', 'b')).toBe('# Titel\n\n<!-- x:start -->\n\nb\n\n<!-- x:end -->\nefter\n');
  expect(() => between('<!-- x:start -->', 'x', 'a')).toThrow('<!-- x:end -->');
});
