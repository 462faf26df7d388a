/** An embedded database in the temporary folder, fast because it may lose everything: for tests and for `npm run migration`. */
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts';
import { isAlive } from './embedded-place.ts';
import { stopAbandoned } from './embedded-server.ts';

const PREFIX = 'hjemvej-throwaway';

/** Starts one; its `stop()` removes the data as well. What a killed process left behind is removed first. */
export async function startThrowaway(): Promise<EmbeddedDatabase> {
  await removeLeftBehind();
  const dataDir = throwawayFolder();
  const database = await startEmbedded({
    dataDir,
    checkoutDir: process.cwd(),
    log: () => {},
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  return {
    ...database,
    stop: async () => {
      await database.stop();
      await stopAbandoned(dataDir); // also under connections that a test has left open
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A data folder that is not there yet, whose name tells when it may be removed: once this process is gone. */
export function throwawayFolder(): string {
  return path.join(tmpdir(), `${PREFIX}.${process.pid}.${randomBytes(4).toString('hex')}`);
}

async function removeLeftBehind(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [prefix, pid] = name.split('.');
    if (prefix !== PREFIX || isAlive(Number(pid))) continue;
    const dataDir = path.join(tmpdir(), name);
    // Another user's is that user's to remove.
    await stopAbandoned(dataDir)
      .then(() => rm(dataDir, { recursive: true, force: true }))
      .catch(() => {});
  }
}
