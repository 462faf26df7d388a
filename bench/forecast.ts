/** How fast all leases are forecast, and whether that takes more memory the more there are: ten thousand and ten times as many. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type Bench, median, rounded } from './bench.ts';
import { giveHomes } from './homes.ts';
import { makePopulation } from './population.ts';
import { startDatabase } from './processes.ts';

const LEASES = [10_000, 100_000] as const;
const ROUNDS = 3;
/** The same for both, so that what only waits to be collected does not look like what is kept. */
const HEAP_MB = 160;

const ran = z.object({
  seconds: z.number(),
  memoryMB: z.number(),
  lights: z.object({ green: z.int(), yellow: z.int(), red: z.int() }),
});
const program = path.join(import.meta.dirname, 'forecast-leases.ts');

async function run(url: string, leases: number, what: 'read' | 'forecast') {
  const argv = [`--max-old-space-size=${HEAP_MB}`, program, url, `${leases}`, what];
  return ran.parse(JSON.parse((await promisify(execFile)(process.execPath, argv)).stdout));
}

const forecasts: Bench = async ({ line, table }) => {
  const database = await startDatabase();
  try {
    const most = Math.max(...LEASES);
    await makePopulation(database.url, most);
    await giveHomes(database.url, most);
    const kinds = LEASES.flatMap((leases) => (['read', 'forecast'] as const).map((what) => ({ leases, what })));
    const runs: (z.infer<typeof ran> & (typeof kinds)[number])[] = [];
    // They take turns, so that a busy moment meets all of them.
    for (let round = 0; round < ROUNDS; round++)
      for (const kind of kinds) runs.push({ ...kind, ...(await run(database.url, kind.leases, kind.what)) });
    const rows = kinds.map((kind) => {
      const own = runs.filter(({ leases, what }) => leases === kind.leases && what === kind.what);
      const rates = own.map(({ seconds }) => kind.leases / seconds);
      return {
        'what is done': kind.what === 'read' ? 'read alone' : 'read and forecast',
        leases: kind.leases,
        'leases/s': rounded(median(rates), 0),
        'min–max': `${rounded(Math.min(...rates), 0)}–${rounded(Math.max(...rates), 0)}`,
        seconds: rounded(kind.leases / median(rates)),
        'most memory MB': rounded(median(own.map(({ memoryMB }) => memoryMB)), 0),
      };
    });
    table(rows);
    const { green, yellow, red } =
      runs.findLast(({ what }) => what === 'forecast')?.lights ?? ran.shape.lights.parse({});
    line(`Of ${most} leases ${green} are green, ${yellow} yellow and ${red} red.`);
  } finally {
    await database.stop();
  }
};

export default forecasts;
