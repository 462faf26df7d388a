/**
 * How much of an empty bot's throughput is left for a turn of ours: (a) an echo bot, (b) presses that change a case,
 * (c) presses that show one; once in local mode, and once as in production, where each request proves with a token of
 * the Bot Framework where it comes from.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startFakeConnector } from '../test/fakes/connector.ts';
import { startTokenIssuer } from '../test/fakes/tokens.ts';
import { type Bench, median, quantile, rounded } from './bench.ts';
import { type Script, send, type Sent } from './load.ts';
import { makePopulation, TENANT } from './population.ts';
import { pressesOn } from './presses.ts';
import { type BenchProcess, startBot, startDatabase, startEcho, type TokenCheck } from './processes.ts';

const CITIZENS = 80_000;
const CONNECTIONS = 32;
const ROUNDS = 5;
const ROUND_SECONDS = 4;
const WARM_UP_SECONDS = 5;

interface Contestant {
  readonly name: string;
  readonly process: BenchProcess;
  readonly scripts: readonly Script[];
  readonly expect: string;
  readonly rounds: (Sent & { readonly cpu: number; readonly databaseCpu: number })[];
}

const turn: Bench = async ({ line, table }, { profile }) => {
  const database = await startDatabase();
  const connector = await startFakeConnector();
  const issuer = await startTokenIssuer();
  const client = new pg.Client({ connectionString: database.url });
  try {
    await client.connect();
    await makePopulation(database.url, CITIZENS, connector.url);
    const presses = await pressesOn(database.url, connector.url, CONNECTIONS);

    /** One kind of bot and ours, in rounds that take turns. */
    const compare = async (mode: string, check: TokenCheck | undefined): Promise<void> => {
      const nodeArguments = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
      // An hour's requests come with the same token, as the Bot Framework's do.
      const token = check && (await issuer.token({ audience: check.appId, serviceUrl: connector.url }));
      const echo = await startEcho(check);
      const bot = await startBot(database.url, { nodeArguments, check });
      const round = async ({ process, scripts, expect }: Contestant, seconds: number) => {
        // Ours stands still meanwhile, so that its background work does not make the empty bot look slow.
        if (process === echo) bot.pause();
        const before = { bot: await process.cpu(), database: await database.cpu() };
        const sent = await send({ port: process.port, scripts, seconds, token, expect });
        const cpu = ((await process.cpu()) - before.bot) * 1_000;
        const databaseCpu = ((await database.cpu()) - before.database) * 1_000;
        if (process === echo) bot.resume();
        return { ...sent, cpu: cpu / sent.answers, databaseCpu: databaseCpu / sent.answers };
      };
      try {
        const contestants = [
          // The echo bot gets what our bot got last, so that what it parses is as large.
          { name: '(a) empty bot', process: echo, scripts: presses.reads, expect: 'Echo: case.open' },
          { name: '(b) step.save, step.complete', process: bot, scripts: presses.changes, expect: '"AdaptiveCard"' },
          { name: '(c) case.open', process: bot, scripts: presses.reads, expect: '"AdaptiveCard"' },
        ]
          // A profile is of our bot alone: while it stands still, it would seem to be busy.
          .filter(({ process }) => profile === undefined || process === bot)
          .map((contestant): Contestant => ({ ...contestant, rounds: [] }));
        for (const contestant of contestants) await round(contestant, WARM_UP_SECONDS);
        for (let at = 0; at < ROUNDS; at++)
          for (const contestant of contestants) contestant.rounds.push(await round(contestant, ROUND_SECONDS));
        table(rowsOf(mode, contestants));
        const idle = { bot: await bot.cpu(), database: await database.cpu(), at: performance.now() };
        await sleep(5_000);
        const share = (now: number, then: number) => rounded(((now - then) / (performance.now() - idle.at)) * 1e5, 0);
        line(
          `Delivery and sealing alone: ${share(await bot.cpu(), idle.bot)} % of a core in the bot, ` +
            `${share(await database.cpu(), idle.database)} % in the database\n`,
        );
      } finally {
        await bot.stop();
        await echo.stop();
      }
    };

    await compare('local mode', undefined);
    const { metadataUrl, issuer: name } = issuer;
    if (profile === undefined)
      await compare('with tokens', { appId: randomUUID(), tenantId: TENANT, metadataUrl, issuer: name });

    const changed = await client.query<{ changes: number; sealed: number; messages: number; sent: number }>(
      `select (select count(*)::int from access_log where action = 'change') as changes,
              (select count(*)::int from access_log) - (select count(*)::int from access_unsealed) as sealed,
              (select count(*)::int from outbox_message) as messages,
              (select count(*)::int from outbox_message where state <> 'waiting') as sent`,
    );
    const { changes = 0, sealed = 0, messages = 0, sent = 0 } = changed.rows[0] ?? {};
    line(
      `${changes} changes committed and logged, ${sealed} log rows sealed; ${messages} messages written, ${sent} delivered meanwhile`,
    );
  } finally {
    await client.end();
    await issuer.close();
    await connector.close();
    await database.stop();
  }
};

export default turn;

/** Ratios are to the first of the contestants: the rest of the table's numbers depend on the machine and the hour. */
function rowsOf(mode: string, contestants: readonly Contestant[]) {
  const rate = ({ rounds }: Contestant) => median(rounds.map(({ perSecond }) => perSecond));
  return contestants.map((contestant) => {
    const { name, rounds } = contestant;
    const rates = rounds.map(({ perSecond }) => perSecond);
    return {
      [`${mode}, ${CONNECTIONS} connections`]: name,
      'turns/s': rounded(rate(contestant), 0),
      'min–max': `${rounded(Math.min(...rates), 0)}–${rounded(Math.max(...rates), 0)}`,
      'p50 ms': rounded(median(rounds.map(({ latencies }) => median(latencies)))),
      'p99 ms': rounded(median(rounds.map(({ latencies }) => quantile(latencies, 0.99)))),
      'CPU ms/turn': rounded(median(rounds.map(({ cpu }) => cpu)), 2),
      'database ms/turn': rounded(median(rounds.map(({ databaseCpu }) => databaseCpu)), 2),
      'of (a)': rounded(rate(contestant) / rate(contestants[0]!), 2),
    };
  });
}
