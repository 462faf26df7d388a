/**
 * `npm run demo`: the bot with its demo data, and Microsoft's Agents Playground to chat with it in a browser.
 * Ctrl-C ends both; when one of them ends by itself, the other is ended too and the reason is printed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = path.dirname(import.meta.dirname);
const windows = process.platform === 'win32';
const startingTakesAtMost = 90_000;
const endingTakesAtMost = 8_000;

interface Part {
  name: string;
  child: ChildProcess;
  lastLines: string[];
}

const scratch = mkdtempSync(path.join(tmpdir(), 'hjemvej-demo-'));
const parts: Part[] = [];
let ending: Promise<never> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
process.on('uncaughtException', (error) => void end(1, error.message));

const botPort = await freePort(Number(process.env.PORT ?? 3978));
const chatPort = await freePort(Number(process.env.HJEMVEJ_CHAT_PORT ?? 56150), botPort);

process.stdout.write('Starter Hjemvej med demodata …\n');
start('bot', ['bot/main.ts'], { HJEMVEJ_DEMO: '1', PORT: String(botPort) });
await answers(`http://127.0.0.1:${botPort}/readyz`, 'The bot');

start('Agents Playground', playgroundCommand(), {
  TEAMSAPPTESTER_BROWSER: 'none', // it would open a browser by itself
  M365_AGENTS_PLAYGROUND_CONFIG_PATH: path.join(root, '.m365agentsplayground.yml'),
  M365_AGENTS_PLAYGROUND_LOGFILE: path.join(scratch, 'playground.log'), // else devTools/ in this folder
  TZ: 'Europe/Copenhagen',
});
await answers(`http://127.0.0.1:${chatPort}/`, 'The Agents Playground');

process.stdout.write(`
  Åbn http://localhost:${chatPort} i en browser. Du er Mette Holm, herbergsmedarbejder.
  Skriv for eksempel:  hjælp  |  mine opgaver  |  gennemgang  |  indskriv  |  rolle Sanne  |  ledige boliger under 5000
  Stop med Ctrl-C.

`);

function playgroundCommand(): string[] {
  const manifest = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/package.json');
  const endpoint = `http://127.0.0.1:${botPort}/api/messages`;
  const options = ['--app-endpoint', endpoint, '--port', String(chatPort), '--disable-telemetry'];
  return [path.join(path.dirname(manifest), 'cli.js'), 'start', ...options];
}

/** Each part leads a process group of its own, so that ending the group ends the part's children too. */
function start(name: string, command: string[], env: NodeJS.ProcessEnv): void {
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !windows,
  });
  const part: Part = { name, child, lastLines: [] };
  parts.push(part);
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => keep(part, String(text)));
  child.on('error', (error) => void end(1, `${name} could not start: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (ending === undefined) void end(1, `${name} ended (${signal ?? `exit code ${code}`}).\n${tail(part)}`);
  });
}

function keep(part: Part, text: string): void {
  part.lastLines.push(...text.split('\n').filter((line) => line.trim() !== ''));
  part.lastLines.splice(0, part.lastLines.length - 15);
  if (process.env.HJEMVEJ_DEMO_LOG === '1') process.stderr.write(text);
}

const tail = (part: Part): string => part.lastLines.map((line) => `    ${line}`).join('\n');

async function answers(address: string, what: string): Promise<void> {
  const latest = Date.now() + startingTakesAtMost;
  while (Date.now() < latest) {
    if (ending !== undefined) await ending;
    const ready = await fetch(address, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await delay(100);
  }
  await end(
    1,
    `${what} did not answer at ${address} in ${startingTakesAtMost / 1000} s.\n${parts.map(tail).join('\n')}`,
  );
}

function end(exitCode: number, reason?: string): Promise<never> {
  ending ??= (async (): Promise<never> => {
    if (reason !== undefined) process.stderr.write(`\nDemoen er stoppet: ${reason}\n`);
    // First each part alone, so that the bot can close its database in order; then what is left of its group.
    for (const { child } of parts) child.kill('SIGTERM');
    await until(() => parts.every(({ child }) => child.exitCode !== null || child.signalCode !== null));
    for (const part of parts) signalGroup(part, 'SIGINT');
    await until(() => !parts.some((part) => signalGroup(part, 0)));
    for (const part of parts) signalGroup(part, 'SIGKILL');
    rmSync(scratch, { recursive: true, force: true });
    process.exit(exitCode);
  })();
  return ending;
}

async function until(done: () => boolean): Promise<void> {
  const latest = Date.now() + endingTakesAtMost;
  while (!done() && Date.now() < latest) await delay(50);
}

/** Reaches every process of the part's group, also those whose parent is gone; says whether there was one. */
function signalGroup({ child }: Part, name: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  if (windows) return name === 0 ? child.exitCode === null : child.kill(name);
  try {
    return process.kill(-child.pid, name);
  } catch {
    return false; // nobody is left in the group
  }
}

/** The wanted port, or one that the system picks when it is taken. */
async function freePort(wanted: number, notThis?: number): Promise<number> {
  for (const port of wanted === notThis ? [0] : [wanted, 0]) {
    const got = await tryToListen(port);
    if (got !== undefined) return got;
  }
  throw new Error('No free port was found.');
}

function tryToListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, () => {
      const address = server.address();
      const got = address !== null && typeof address === 'object' ? address.port : undefined;
      server.close(() => resolve(got));
    });
  });
}
