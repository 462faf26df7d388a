/** Card templates made in a test: written to a folder of their own and loaded as the real ones are. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadTemplates, type Templates } from '../../bot/teams/render.ts';

export function templatesFrom(files: Record<string, unknown>): Templates {
  const folder = mkdtempSync(join(tmpdir(), 'cards-'));
  try {
    for (const [name, json] of Object.entries(files)) {
      const path = join(folder, `${name}.json`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, typeof json === 'string' ? json : JSON.stringify(json));
    }
    return loadTemplates(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
