/**
 * The keys of the CPR vault as text: `index:<key>,<id>:<key>,…`, each key 32 random bytes in base64.
 * `index` is the key of the index and never changes. Of the others, the first seals new numbers and all open old ones:
 * to replace a key, put the new one in front and keep the old.
 */
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CprKeys } from './cpr-vault.ts';

const INDEX = 'index';
/** 32 bytes in base64, in the ordinary or the URL alphabet. */
const ENTRY = /^(?<id>[A-Za-z0-9_-]{1,40}):(?<key>[A-Za-z0-9+/_-]{43}=?)$/;

/** What is wrong with the text, in words that hold nothing of a key. */
export class CprKeysError extends Error {
  override readonly name = 'CprKeysError';
}

export function parseCprKeys(text: string): CprKeys {
  const keys = new Map<string, Buffer>();
  for (const [number, entry] of text.split(',').entries()) {
    const { id, key } = ENTRY.exec(entry.trim())?.groups ?? {};
    if (!id || !key) throw new CprKeysError(`entry ${number + 1} is not <id>:<32 bytes in base64>`);
    if (keys.has(id)) throw new CprKeysError(`the id ${id} is there twice`);
    keys.set(id, Buffer.from(key, 'base64'));
  }
  const index = keys.get(INDEX);
  keys.delete(INDEX);
  if (!index) throw new CprKeysError(`there is no entry ${INDEX}:<key>`);
  if (keys.size === 0) throw new CprKeysError(`there is no key to seal with besides ${INDEX}`);
  const sealing = [...keys].map(([id, key]) => ({ id, key }));
  if (sealing.some(({ key }) => key.equals(index))) throw new CprKeysError(`${INDEX} must be a key of its own`);
  return { index, sealing };
}

/** New keys as text. The id is new too, so that a number sealed under lost keys is known as such. */
export function makeCprKeys(): string {
  const key = (): string => randomBytes(32).toString('base64');
  return `${INDEX}:${key()},k${randomBytes(4).toString('hex')}:${key()}`;
}

/** The keys kept in a data folder, for the embedded database; made at the first call. They belong in its backup. */
export async function keptCprKeys(dataDir: string): Promise<CprKeys> {
  const file = path.join(dataDir, 'cpr-keys');
  const kept = (await readIfThere(file)) ?? (await keepNew(file));
  try {
    return parseCprKeys(kept.trim());
  } catch (error) {
    throw new CprKeysError(`${file} is damaged: ${(error as Error).message}. Restore it from the backup.`);
  }
}

/** Written aside and linked into place, which fails when another process was faster: then its keys count. */
async function keepNew(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = await open(aside, 'wx', 0o600);
  try {
    await handle.writeFile(`${makeCprKeys()}\n`);
    await handle.sync(); // before any number is sealed under them
  } finally {
    await handle.close();
  }
  await link(aside, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(aside);
  return readFile(file, 'utf8');
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
