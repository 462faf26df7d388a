/** Another index key would make a second citizen of everybody: nothing starts with it. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { createCprVault } from '../../bot/store/cpr-vault.ts';
import { type Database, openDatabase } from '../../bot/store/database.ts';
import { ensureIndexKey, IndexKeyError } from '../../bot/store/key-check.ts';
import { makeCprKeys, parseCprKeys } from '../../bot/store/keys.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

let test: TestDatabase;
let store: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  store = openDatabase(test.url, { max: 4 });
});
afterEach(() => store.prisma.keyCheck.deleteMany());
afterAll(async () => {
  await store.close();
  await test.drop();
});

const vaultOf = (keys: string) => createCprVault(parseCprKeys(keys));
const ensure = (keys: string) => ensureIndexKey(store.prisma, vaultOf(keys));
const indexOf = (keys: string) => /index:([^,]+)/.exec(keys)?.[1] ?? '';

it('takes the key that the database was begun with, whatever seals', async () => {
  const keys = makeCprKeys();
  await ensure(keys);
  await ensure(keys);
  await ensure(`index:${indexOf(keys)},new:${indexOf(makeCprKeys())}`);
  expect(await store.prisma.keyCheck.count()).toBe(1);
});

it('refuses another one, says what to do, and names no key', async () => {
  const [keys, others] = [makeCprKeys(), makeCprKeys()];
  await ensure(keys);
  const refusal: unknown = await ensure(others).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(IndexKeyError);
  const { message } = refusal as IndexKeyError;
  expect(message).toContain('Put the old `index` key back into HJEMVEJ_CPR_KEYS');
  for (const text of [keys, others]) expect(message).not.toContain(indexOf(text));
  await ensure(keys);
});

it('lets one of two replicas win that begin at once with different keys', async () => {
  const keys = Array.from({ length: 4 }, makeCprKeys);
  const results = await Promise.allSettled(keys.map(ensure));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(IndexKeyError);
});

it('keeps nothing that is the key, or the index of a number', async () => {
  const keys = makeCprKeys();
  await ensure(keys);
  const { value } = await store.prisma.keyCheck.findUniqueOrThrow({ where: { name: 'index' } });
  expect(value).toHaveLength(32);
  expect(Buffer.from(value).equals(parseCprKeys(keys).index)).toBe(false);
});

describe.each([
  ['the bot', ['bot/main.ts']],
  ['an import', ['scripts/import.ts', 'residents', 'docs/examples/beboere.csv']],
])('%s', (_, [script = '', ...args]) => {
  it('does not begin with another key', async () => {
    const keys = makeCprKeys();
    await ensure(makeCprKeys());
    const env = { PATH: process.env['PATH'], DATABASE_URL: test.url, HJEMVEJ_CPR_KEYS: keys, PORT: '0' };
    const run = await new Promise<{ code: unknown; said: string }>((resolve) =>
      execFile(process.execPath, [path.resolve(script), ...args], { env, timeout: 20_000 }, (error, stdout, stderr) =>
        resolve({ code: error?.code, said: stdout + stderr }),
      ),
    );
    expect(run).toMatchObject({ code: 1, said: expect.stringContaining('Put the old `index` key back') });
    expect(run.said).not.toMatch(/^\s+at /m);
    expect(run.said).not.toContain(indexOf(keys));
    expect(await store.prisma.citizen.count()).toBe(0);
  }, 30_000);
});
