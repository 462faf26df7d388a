/** How much of an empty bot's throughput is left for a turn of ours: (a) an echo bot, (b) presses that change a case, (c) presses that show one. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startFakeConnector } from '../test/fakes/connector.ts';
import { type Bench, median, quantile, rounded } from './bench.ts';
import { send, type Sent } from './load.ts';
import { makePopulation } from './population.ts';
import { pressesOn } from './presses.ts';
import { startBot, startDatabase, startEcho } from './processes.ts';

const CITIZENS = 50_000;
const CONNECTIONS = 32;
const ROUNDS = 5;
const ROUND_SECONDS = 4;
const WARM_UP_SECONDS = 4;

const turn: Bench = async ({ line, table }, { profile }) => {
  const database = await startDatabase();
  const connector = await startFakeConnector();
  const started = [];
  const client = new pg.Client({ connectionString: database.url });
  try {
    await client.connect();
    await makePopulation(database.url, CITIZENS, connector.url);
    const { changes, reads } = await pressesOn(database.url, connector.url, CONNECTIONS);
    const echo = await startEcho();
    started.push(echo);
    const bot = await startBot(database.url, profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]);
    started.push(bot);

    const contestants = [
      // The echo bot gets what our bot got last, so that what it parses is as large.
      { name: '(a) empty bot', process: echo, scripts: reads, expect: 'Echo: case.open' },
      { name: '(b) step.save, step.complete', process: bot, scripts: changes, expect: '"AdaptiveCard"' },
      { name: '(c) case.open', process: bot, scripts: reads, expect: '"AdaptiveCard"' },
    ]
      // A profile is of our bot alone: while it stands still, it would seem to be busy.
      .filter(({ process }) => profile === undefined || process === bot)
      .map((contestant) => ({ ...contestant, rounds: [] as (Sent & { cpu: number; databaseCpu: number })[] }));
    const round = async ({ process, scripts, expect }: (typeof contestants)[number], seconds: number) => {
      if (process === echo) bot.pause();
      const before = { bot: await process.cpu(), database: await database.cpu() };
      const sent = await send({ port: process.port, scripts, seconds, expect });
      const cpu = ((await process.cpu()) - before.bot) * 1_000;
      const databaseCpu = ((await database.cpu()) - before.database) * 1_000;
      if (process === echo) bot.resume();
      return { ...sent, cpu: cpu / sent.answers, databaseCpu: databaseCpu / sent.answers };
    };

    for (const contestant of contestants) await round(contestant, WARM_UP_SECONDS);
    for (let at = 0; at < ROUNDS; at++) {
      for (const contestant of contestants) {
        const sent = await round(contestant, ROUND_SECONDS);
        contestant.rounds.push(sent);
      }
    }
    const rate = (index: number) => median(contestants[index]!.rounds.map(({ perSecond }) => perSecond));
    table(
      contestants.map(({ name, rounds }, index) => {
        const rates = rounds.map(({ perSecond }) => perSecond);
        return {
          [`${CONNECTIONS} connections`]: name,
          'turns/s': rounded(rate(index), 0),
          'min–max': `${rounded(Math.min(...rates), 0)}–${rounded(Math.max(...rates), 0)}`,
          'p50 ms': rounded(median(rounds.map(({ latencies }) => median(latencies)))),
          'p99 ms': rounded(median(rounds.map(({ latencies }) => quantile(latencies, 0.99)))),
          'CPU ms/turn': rounded(median(rounds.map(({ cpu }) => cpu)), 2),
          'database ms/turn': rounded(median(rounds.map(({ databaseCpu }) => databaseCpu)), 2),
          'of (a)': rounded(rate(index) / rate(0), 2),
        };
      }),
    );
    const idle = { bot: await bot.cpu(), database: await database.cpu(), at: performance.now() };
    await sleep(5_000);
    const share = (now: number, before: number) => rounded(((now - before) / (performance.now() - idle.at)) * 1e5, 0);
    line(
      `Delivery and sealing alone: ${share(await bot.cpu(), idle.bot)} % of a core in the bot, ` +
        `${share(await database.cpu(), idle.database)} % in the database`,
    );
    const changed = await client.query<{ changes: number; sealed: number; messages: number; sent: number }>(
      `select (select count(*)::int from access_log where action = 'change') as changes,
              (select count(*)::int from access_log) - (select count(*)::int from access_unsealed) as sealed,
              (select count(*)::int from outbox_message) as messages,
              (select count(*)::int from outbox_message where state <> 'waiting') as sent`,
    );
    const { changes: committed = 0, sealed = 0, messages = 0, sent = 0 } = changed.rows[0] ?? {};
    line(
      `${committed} changes committed and logged, ${sealed} log rows sealed; ${messages} messages written, ${sent} delivered meanwhile`,
    );
  } finally {
    await client.end();
    for (const process of started.reverse()) await process.stop();
    await connector.close();
    await database.stop();
  }
};

export default turn;
