import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { makeCprKeys } from '../bot/store/keys.ts';
import { type TestDatabase, createTestDatabase } from './fakes/database.ts';

const main = path.join(import.meta.dirname, '..', 'bot', 'main.ts');

async function runBot(settings: Record<string, string>): Promise<{ code: number; said: string }> {
  const { PATH = '' } = process.env;
  const bot = spawn(process.execPath, [main], {
    env: { PATH, HJEMVEJ_CPR_KEYS: makeCprKeys(), ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  bot.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(bot, 'close')) as [number];
  return { code, said };
}

describe('a bot that cannot start ends with 1 and one plain sentence', () => {
  let database: TestDatabase;
  const taken = createServer();
  beforeAll(async () => {
    database = await createTestDatabase();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(async () => {
    taken.close();
    await database.drop();
  });

  test('when its database cannot be reached', async () => {
    const { code, said } = await runBot({ DATABASE_URL: 'postgresql://me:secret@127.0.0.1:1/hjemvej', PORT: '0' });
    expect(said).toBe(
      'The database server 127.0.0.1:1 cannot be reached (ECONNREFUSED); see that it runs, or mend DATABASE_URL.\n',
    );
    expect(code).toBe(1);
  });

  test('when the database server does not know it, or has no such database', async () => {
    const wrong = new URL(database.url);
    wrong.password = 'wrong';
    const refused = await runBot({ DATABASE_URL: wrong.href, PORT: '0' });
    expect(refused.said).toMatch(/^The database server \S+ does not let us in \(28P01\); .*\n$/);
    const missing = await runBot({ DATABASE_URL: database.url.replace(/[^/]*$/, 'nowhere'), PORT: '0' });
    expect(missing.said).toMatch(/^The database server \S+ has no database nowhere; .*\n$/);
    expect([refused.code, missing.code]).toEqual([1, 1]);
  });

  test('when its port is taken', async () => {
    const { port } = taken.address() as AddressInfo;
    const { code, said } = await runBot({ DATABASE_URL: database.url, PORT: String(port) });
    expect(said).toBe(`Port ${port} is taken; set PORT to another one.\n`);
    expect(code).toBe(1);
  });

  test('when a setting is wrong', async () => {
    const { code, said } = await runBot({ PORT: 'many' });
    expect(said).toContain('PORT must be a port number');
    expect(said).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });
});
