/**
 * `npm run generate`: writes Prisma's client into `bot/store/generated`, and does nothing when it is up to date.
 * Every npm script that needs the client calls this first, so that `npm ci && npm start` is enough.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const root = path.dirname(import.meta.dirname);
const schema = path.join(root, 'prisma', 'schema.prisma');
const generated = path.join(root, 'bot', 'store', 'generated');
const stamp = path.join(generated, '.made-from');

const prismaPackage = require.resolve('prisma/package.json');
const prisma = JSON.parse(readFileSync(prismaPackage, 'utf8')) as { version: string };
const madeFrom = createHash('sha256').update(prisma.version).update(readFileSync(schema)).digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== madeFrom) generate();

function generate(): void {
  const cli = path.join(path.dirname(prismaPackage), 'build', 'index.js');
  const run = spawnSync(process.execPath, [cli, 'generate', '--schema', schema, '--no-hints'], {
    cwd: root,
    encoding: 'utf8',
    // The CLI downloads its schema engine at every start, although `generate` never runs it. A file that exists
    // stands in for it, so that a machine without access to that host can generate.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  });
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}\n`);
    process.stderr.write('Prisma could not generate its client. Run `npm ci` again, then `npm run generate`.\n');
    process.exit(1);
  }
  writeFileSync(stamp, madeFrom);
}
