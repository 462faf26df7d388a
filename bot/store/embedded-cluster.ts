/** Makes the cluster of the embedded PostgreSQL: its files, its password, its one user. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedError, NAME, type Place, exists, isAlive } from './embedded-place.ts';

/** Builds the data in a folder aside and renames it into place, so that of two at once one wins and both go on. */
export async function makeCluster(place: Place, { durable }: { durable: boolean }): Promise<void> {
  await removeAbandoned(place.dataDir);
  const aside = path.join(place.dataDir, `postgres.${process.pid}.${randomBytes(4).toString('hex')}`);
  const [cluster, password] = [path.join(aside, 'cluster'), path.join(aside, 'password')];
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await writeFile(password, randomBytes(24).toString('base64url') + '\n', { mode: 0o600 });
  if (place.user) for (const item of [aside, cluster, password]) await chown(item, place.user.uid, place.user.gid);

  const initdb = spawn(
    path.join(place.binaries, 'initdb'),
    [
      `--pgdata=${cluster}`,
      `--username=${NAME}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same on every machine, and lower() knows Æ, Ø and Å.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ],
    { ...place.user, cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  initdb.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((resolve) => initdb.once('error', resolve).once('close', resolve));
  if (code !== 0) {
    await rm(aside, { recursive: true, force: true });
    throw new EmbeddedError(`The embedded database could not be made in ${place.dataDir}: ${said.trim() || code}`);
  }
  await rename(aside, place.postgres).catch(async (error: NodeJS.ErrnoException) => {
    await rm(aside, { recursive: true, force: true });
    if (!(await exists(place.cluster))) throw error;
  });
}

async function removeAbandoned(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const [kind, pid] = name.split('.');
    if (kind !== 'postgres' || !pid || isAlive(Number(pid))) continue;
    await rm(path.join(dataDir, name), { recursive: true, force: true });
  }
}
