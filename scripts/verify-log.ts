/**
 * `npm run verify-log` checks the access log against its seals, while the bot may go on working, and ends with 1 when
 * something was changed, removed or added.
 *
 * It prints the newest seal's number and hash. Kept elsewhere, they show later that the log was not cut off or made
 * anew: `npm run verify-log -- --expect 1234:9f2c…` (as often as there are seals to compare).
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../bot/config.ts';
import { openDatabase } from '../bot/store/database.ts';
import { EmbeddedError, startEmbedded } from '../bot/store/embedded.ts';
import { verifyLog, type Anchor, type LogProblem, type LogVerdict } from '../bot/store/verify-log.ts';

const UNSEALED_TOO_LONG_MS = 5 * 60_000;

function readAnchors(): Anchor[] {
  const { values } = parseArgs({ options: { expect: { type: 'string', multiple: true } } });
  return (values.expect ?? []).map((text) => {
    const [, number, hash] = /^(\d{1,9}):([\da-f]{64})$/i.exec(text) ?? [];
    if (!number || !hash) throw new TypeError(`--expect takes NUMBER:HASH as printed here, not “${text}”`);
    return { number: Number(number), hash };
  });
}

function describe(problem: LogProblem): string {
  switch (problem.kind) {
    case 'changed':
      return `Seal ${problem.seal} does not fit: it, or one of its rows ${problem.ids[0]} to ${problem.ids[1]}, was changed.`;
    case 'missing':
      return problem.seal === undefined
        ? `Rows that waited for a seal are gone: ${list(problem.ids)}.`
        : `Rows that seal ${problem.seal} covers are gone: ${list(problem.ids)}.`;
    case 'reordered':
      return `The rows of seal ${problem.seal} were put in another order.`;
    case 'gap':
      return problem.from === problem.to
        ? `Seal ${problem.from} is gone, so the rows of seal ${problem.to + 1} cannot be checked.`
        : `The seals ${problem.from} to ${problem.to} are gone, so the rows of seal ${problem.to + 1} cannot be checked.`;
    case 'added':
      return `Rows are neither sealed nor waiting for a seal (added past the trigger, or their seal is gone): ${list(problem.ids)}.`;
    case 'twice':
      return `Rows are sealed twice, or sealed and waiting for a seal: ${list(problem.ids)}.`;
    case 'anchor':
      return problem.found === undefined
        ? `Seal ${problem.expected.number}, whose hash you gave, is not there: the log was cut off or made anew.`
        : `Seal ${problem.expected.number} has the hash ${problem.found}, not the one you gave: the log was made anew.`;
  }
}

const MOST_IDS = 20;
const list = (ids: readonly bigint[]): string => ids.join(', ') + (ids.length >= MOST_IDS ? ' and perhaps more' : '');

function print(verdict: LogVerdict): void {
  const { ok, sealed, seals, unsealed, unsealedSince, last, problems, problemCount } = verdict;
  console.log(`${sealed} rows in ${seals} seals; ${unsealed} rows wait for their seal.`);
  if (unsealedSince && Date.now() - unsealedSince.getTime() > UNSEALED_TOO_LONG_MS) {
    console.log(`The oldest has waited since ${unsealedSince.toISOString()}: does the bot run?`);
  }
  for (const problem of problems) console.error(`- ${describe(problem)}`);
  if (problemCount > problems.length) console.error(`- … and ${problemCount - problems.length} more problems.`);
  if (last) console.log(`The newest seal, to be kept elsewhere: ${last.number}:${last.hash}`);
  if (ok) console.log('The access log is as it was written.');
  else console.error('The access log is NOT as it was written. Keep a copy of the database as it is now.');
}

async function main(): Promise<number> {
  const expect = readAnchors();
  const config = readConfig(process.env);
  const embedded =
    config.database.kind === 'embedded'
      ? await startEmbedded({
          dataDir: config.database.dataDir,
          checkoutDir: path.resolve(import.meta.dirname, '..'),
          log: (message) => console.log(message),
        })
      : undefined;
  const url = config.database.kind === 'server' ? config.database.url : (embedded?.url ?? '');
  const { prisma, close } = openDatabase(url, { max: 2 });
  try {
    const verdict = await verifyLog(prisma, {
      expect,
      onProgress: ({ seals, of }) => {
        if (process.stderr.isTTY) process.stderr.write(seals < of ? `\r${seals} of ${of} seals` : '\r\x1b[K');
      },
    });
    print(verdict);
    return verdict.ok ? 0 : 1;
  } finally {
    await close();
    await embedded?.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const { name, code, message } = error as Error & { code?: string };
  const plain = error instanceof ConfigError || error instanceof EmbeddedError || name === 'TypeError';
  if (code === 'P2021')
    console.error('There is no access log in this database yet: it is made when Hjemvej first starts.');
  else console.error(plain ? message : `The log could not be verified (${code ?? name}): ${message}`);
  process.exitCode = 2;
}
