/** Starts `npm run demo` for a test, on free ports and with an empty folder for its data. */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.dirname(path.dirname(import.meta.dirname));
const startingTakesAtMost = 100_000;

export interface Demo {
  /** Where the chat is. */
  address: string;
  /** Where the bot is. */
  bot: string;
  stop(): Promise<void>;
}

export async function startDemo(env: NodeJS.ProcessEnv = {}): Promise<Demo> {
  const data = await mkdtemp(path.join(tmpdir(), 'hjemvej-e2e-'));
  await chmod(data, 0o711); // started by root, the database runs as a user of its own, who must be able to pass
  const [botPort, chatPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, ['scripts/demo.ts'], {
    cwd: root,
    env: { ...process.env, HJEMVEJ_DATA: data, PORT: String(botPort), HJEMVEJ_CHAT_PORT: String(chatPort), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  try {
    const address = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`The demo did not start:\n${output}`)), startingTakesAtMost);
      const read = (text: Buffer): void => {
        output += String(text);
        const found = /http:\/\/localhost:\d+/.exec(output);
        if (found !== null) resolve(found[0]);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      void ended.then(() => reject(new Error(`The demo ended:\n${output}`)));
      void ended.then(() => clearTimeout(late));
    });
    return { address, bot: `http://127.0.0.1:${botPort}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
