/** `npm run bench [-- name …] [--plans] [--profile <folder>]` runs the benches, all unless named. See docs/performance.md. */
import { parseArgs } from 'node:util';
import { type Bench, consoleReport } from './bench.ts';

const benches: Readonly<Record<string, () => Promise<{ readonly default: Bench }>>> = {
  turn: () => import('./turn.ts'),
  review: () => import('./review.ts'),
  delivery: () => import('./delivery.ts'),
  memory: () => import('./memory.ts'),
  forecast: () => import('./forecast.ts'),
  'status-queries': () => import('./status-queries.ts'),
  import: async () => {
    const { benchImport } = await import('./import.ts');
    return { default: ({ line }) => benchImport(100_000, line) };
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { plans: { type: 'boolean', default: false }, profile: { type: 'string' } },
});
const unknown = positionals.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
for (const [name, load] of Object.entries(benches)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  consoleReport.line(`# ${name}\n`);
  await (await load()).default(consoleReport, { plans: values.plans, profile: values.profile });
}
