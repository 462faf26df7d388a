import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { statSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keptCprKeys, makeCprKeys, parseCprKeys } from '../../bot/store/keys.ts';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

describe('keys as text', () => {
  test('the key of the index, then the sealing keys in their order', () => {
    expect(parseCprKeys(`2026b:${key(2)}, index:${key(1)},2026a:${key(3)}`)).toEqual({
      index: Buffer.alloc(32, 1),
      sealing: [
        { id: '2026b', key: Buffer.alloc(32, 2) },
        { id: '2026a', key: Buffer.alloc(32, 3) },
      ],
    });
  });

  test('new ones are right, and different each time', () => {
    expect(parseCprKeys(makeCprKeys()).index.equals(parseCprKeys(makeCprKeys()).index)).toBe(false);
  });

  test.each([
    ['', 'entry 1 is not'],
    [`index:${key(1)},a:${Buffer.alloc(31).toString('base64')}`, 'entry 2 is not'],
    [`a:${key(2)}`, 'no entry index'],
    [`index:${key(1)}`, 'no key to seal with'],
    [`index:${key(1)},a:${key(2)},a:${key(3)}`, 'the id a is there twice'],
    [`index:${key(1)},a:${key(1)}`, 'a key of its own'],
  ])('refuses %j', (text, why) => {
    expect(() => parseCprKeys(text)).toThrow(why);
  });
});

describe('keys kept in a data folder', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'hjemvej-keys-test-'))));
  afterAll(() => rm(folder, { recursive: true }));

  test('are made once, for all who ask at the same time, and readable by their owner alone', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => keptCprKeys(folder)));
    expect(new Set(all.map(({ index }) => index.toString('hex'))).size).toBe(1);
    expect(await readdir(folder)).toEqual(['cpr-keys']);
    expect(statSync(path.join(folder, 'cpr-keys')).mode & 0o777).toBe(0o600);
  });

  test('are never made anew over damaged ones', async () => {
    writeFileSync(path.join(folder, 'cpr-keys'), 'index:');
    await expect(keptCprKeys(folder)).rejects.toThrow('Restore it from the backup');
  });
});
