/**
 * What it costs to turn the page at a review: somebody goes through the 40 residents of a shelter with *Uændret*, each answer
 * being the next resident's card; then five people at once at the same review. Beside it the echo bot, over as many connections.
 */
import pg from 'pg';
import { startFakeConnector } from '../test/fakes/connector.ts';
import { type Bench, median, quantile, rounded } from './bench.ts';
import { type Script, send, type Sent, settled } from './load.ts';
import { makePopulation } from './population.ts';
import { startBot, startDatabase, startEcho } from './processes.ts';
import { askingAlike, forgetOutcomes, planReviews, RESIDENTS, reviewsMade, turningThrough } from './review-presses.ts';

const CITIZENS = 80_000;
const ROUNDS = 5;
const ECHO_SECONDS = 3;
const PARTICIPANTS = [1, 5] as const;

interface Round extends Sent {
  readonly cpu: number;
  readonly databaseCpu: number;
}

const review: Bench = async ({ line, table }, { profile }) => {
  const database = await startDatabase();
  const connector = await startFakeConnector();
  const client = new pg.Client({ connectionString: database.url });
  try {
    await client.connect();
    const population = await makePopulation(database.url, CITIZENS, connector.url);
    await planReviews(database.url, population);
    await client.query('vacuum analyze');
    const nodeArguments = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    const echo = await startEcho();
    const bot = await startBot(database.url, { nodeArguments });
    try {
      const reviews = await reviewsMade(client, population);
      const sent = async () => {
        const { rows } = await client.query<{ n: number }>(
          `select count(*)::int as n from outbox_message where state <> 'waiting'`,
        );
        return rows[0]?.n ?? 0;
      };
      await settled(sent, 20);

      const measured = async (process: typeof bot, work: () => Promise<readonly Sent[]>): Promise<Round> => {
        // Ours stands still meanwhile, so that its background work does not make the empty bot look slow.
        if (process === echo) bot.pause();
        const before = { bot: await process.cpu(), database: await database.cpu(), at: performance.now() };
        const parts = await work();
        const took = (performance.now() - before.at) / 1_000;
        const answers = parts.reduce((sum, part) => sum + part.answers, 0);
        const each = (now: number, then: number) => ((now - then) * 1_000) / answers;
        const [cpu, databaseCpu] = [each(await process.cpu(), before.bot), each(await database.cpu(), before.database)];
        if (process === echo) bot.resume();
        const latencies = parts.flatMap((part) => part.latencies);
        return { answers, perSecond: answers / took, latencies, cpu, databaseCpu };
      };
      /** Once through all reviews: as many people at one of them as there are connections, then at the next. */
      const turning = (people: number) =>
        measured(bot, async () => {
          const parts: Sent[] = [];
          for (const one of reviews) {
            const scripts: Script[] = Array.from({ length: people }, (_, participant) =>
              turningThrough([one], { participant, of: people, serviceUrl: connector.url }),
            );
            parts.push(await send({ port: bot.port, scripts, untilDone: true, expect: '"AdaptiveCard"' }));
          }
          return parts;
        });
      const echoing = (people: number) =>
        measured(echo, async () => {
          const scripts = Array.from({ length: people }, () => askingAlike(reviews, connector.url));
          return [await send({ port: echo.port, scripts, seconds: ECHO_SECONDS, expect: 'Echo: review.record' })];
        });

      const rounds = PARTICIPANTS.map((people) => ({ people, echo: [] as Round[], bot: [] as Round[] }));
      for (let at = -1; at < ROUNDS; at++)
        for (const { people, echo, bot } of rounds) {
          const [empty, ours] = [await echoing(people), await turning(people)];
          await forgetOutcomes(client);
          // The first warms up.
          if (at >= 0) echo.push(empty);
          if (at >= 0) bot.push(ours);
        }
      for (const { people, echo, bot } of rounds)
        table([rowOf(people, '(a) empty bot', echo, echo), rowOf(people, '(b) review.record, Uændret', bot, echo)]);
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from access_log where operation = 'review.record' and action = 'change'`,
      );
      line(`${rows[0]?.n} outcomes kept and logged, at ${reviews.length} reviews of ${RESIDENTS} residents each`);
    } finally {
      await bot.stop();
      await echo.stop();
    }
  } finally {
    await client.end();
    await connector.close();
    await database.stop();
  }
};

export default review;

function rowOf(people: number, name: string, rounds: readonly Round[], echo: readonly Round[]) {
  const of = (value: (round: Round) => number, from = rounds) => median(from.map(value));
  const rates = rounds.map(({ perSecond }) => perSecond);
  return {
    [people === 1 ? '1 connection' : `${people} connections, one review`]: name,
    'turns/s': rounded(
      of(({ perSecond }) => perSecond),
      0,
    ),
    'min–max': `${rounded(Math.min(...rates), 0)}–${rounded(Math.max(...rates), 0)}`,
    'p50 ms': rounded(of(({ latencies }) => median(latencies))),
    'p99 ms': rounded(of(({ latencies }) => quantile(latencies, 0.99))),
    'CPU ms/turn': rounded(
      of(({ cpu }) => cpu),
      2,
    ),
    'database ms/turn': rounded(
      of(({ databaseCpu }) => databaseCpu),
      2,
    ),
    'of (a)': rounded(of(({ perSecond }) => perSecond) / of(({ perSecond }) => perSecond, echo), 2),
  };
}
