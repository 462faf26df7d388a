/** `npm run docs`: writes the pages that are made from the code. `pages` is the list; a new one is a line. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pages } from './pages.ts';

const root = path.dirname(import.meta.dirname);

for (const { file, make } of pages) {
  const target = path.join(root, file);
  const before = existsSync(target) ? readFileSync(target, 'utf8') : null;
  const after = make(before);
  if (after === null || after === before) continue;
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, after);
  process.stdout.write(`${file} is written\n`);
}
