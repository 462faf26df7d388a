/** Whether the bot keeps what it should forget: its memory before, during and after 20,000 turns, half of them changes. */
import { startFakeConnector } from '../test/fakes/connector.ts';
import { type Bench, rounded } from './bench.ts';
import { send } from './load.ts';
import { makePopulation } from './population.ts';
import { pressesOn } from './presses.ts';
import { startBot, startDatabase } from './processes.ts';

const CITIZENS = 60_000;
const CONNECTIONS = 16;
/** Little, so that what is only waiting to be collected does not look like what is kept. */
const HEAP_MB = 160;
const PORTIONS = 10;
const TURNS = 2_000;

const memory: Bench = async ({ table }) => {
  const database = await startDatabase();
  const connector = await startFakeConnector();
  const bot = await makePopulation(database.url, CITIZENS, connector.url).then(() =>
    startBot(database.url, { nodeArguments: [`--max-old-space-size=${HEAP_MB}`] }),
  );
  try {
    const { changes, reads } = await pressesOn(database.url, connector.url, CONNECTIONS);
    const rows = [{ turns: 0, 'memory MB': rounded(await bot.memory(), 0) }];
    for (let at = 1; at <= PORTIONS; at++) {
      for (const scripts of [changes, reads])
        await send({ port: bot.port, scripts, requests: TURNS / 2, expect: '"AdaptiveCard"' });
      rows.push({ turns: at * TURNS, 'memory MB': rounded(await bot.memory(), 0) });
    }
    table(rows);
  } finally {
    await bot.stop();
    await connector.close();
    await database.stop();
  }
};

export default memory;
