/**
 * Prisma's own schema engine in WebAssembly: the engine behind `prisma migrate`, without the binary that the CLI
 * downloads at every start. It keeps the ordinary `_prisma_migrations` table and folder layout, so that
 * `prisma migrate deploy` works on the same database.
 */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, DriverAdapterError, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import type { DiffTarget, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';

const prismaDir = path.join(import.meta.dirname, '..', '..', 'prisma');
export const migrationsDir = path.join(prismaDir, 'migrations');
const schemaFile = path.join(prismaDir, 'schema.prisma');
const filters = { externalTables: [], externalEnums: [] };

/** The names of the migrations in the folder, in the order they apply. */
export async function migrationNames(): Promise<string[]> {
  const entries = existsSync(migrationsDir) ? await readdir(migrationsDir, { withFileTypes: true }) : [];
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** Applies what the database lacks, while holding a lock that keeps other processes waiting; the names of what was applied. */
export function applyAll(url: string): Promise<string[]> {
  return withEngine(url, async (engine, pool) => {
    await pool.query("SELECT pg_advisory_lock(hashtext('hjemvej migrations'))");
    const applied = await engine.applyMigrations({ migrationsList: await migrationsList(), filters });
    return applied.appliedMigrationNames;
  });
}

/** The SQL that takes the database to what schema.prisma says; empty when it is there already. */
export function differenceToSchema(url: string): Promise<string> {
  return withEngine(url, async (engine) => {
    const files = [await schema()];
    const from: DiffTarget = { tag: 'schemaDatasource', files, configDir: prismaDir };
    const to: DiffTarget = { tag: 'schemaDatamodel', files };
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters });
    const sql = (stdout ?? '').trim();
    return sql === '-- This is an empty migration.' ? '' : sql;
  });
}

async function withEngine<T>(url: string, work: (engine: SchemaEngine, pool: pg.Pool) => Promise<T>): Promise<T> {
  await (loaded ??= load());
  const { path: name, content } = await schema();
  const pool = enginePool(url);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new EngineAdapter(pool));
    const engine = await bindings.SchemaEngine.new({ datamodels: [[name, content]] }, () => {}, adapter);
    try {
      return await work(engine, pool);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/** PostgreSQL's internal type "char", of some columns of its catalogue, and the type we tell Prisma's adapter instead. */
const [INTERNAL_CHAR, BYTEA] = [18, 17];

/** One connection, never closed for being idle: what is locked in the session stays locked until the end. */
function enginePool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'hjemvej migrations',
    max: 1,
    idleTimeoutMillis: 0,
  });
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult | pg.QueryResult[]>;
  const withoutChar = async (...args: unknown[]): Promise<unknown> => {
    const result = await query(...args);
    const fields = [result].flat().flatMap((one) => one.fields);
    for (const field of fields) if (field.dataTypeID === INTERNAL_CHAR) field.dataTypeID = BYTEA;
    return result;
  };
  return Object.assign(pool, { query: withoutChar as typeof pool.query });
}

/**
 * Prisma's adapter as its schema engine needs it. The adapter refuses the internal "char"; the engine reads no bytes
 * anywhere, so what came as bytes is told to it as a character. And the adapter cuts a script at every semicolon, also
 * inside the body of a function; here a script runs as a whole, hence in one transaction.
 */
class EngineAdapter extends PrismaPg {
  readonly #pool: pg.Pool;
  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const { columnTypes, ...rest } = await queryRaw(query);
      const asChar = columnTypes.map((type) => (type === ColumnTypeEnum.Bytes ? ColumnTypeEnum.Character : type));
      return { ...rest, columnTypes: asChar };
    };
    adapter.executeScript = async (script) => {
      await this.#pool.query(script).catch(throwForEngine);
    };
    return adapter;
  }
}

/** As the adapter tells its own errors, so that the engine can say which migration failed and why. */
function throwForEngine(error: pg.DatabaseError): never {
  const { code = '', severity = 'ERROR', message, detail, column, hint } = error;
  throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint });
}

/** What we use of the global that Node has and its types lack. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, () => void> } }>;
};

let loaded: Promise<void> | undefined;

async function load(): Promise<void> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = await readFile(script.replace(/\.js$/, '.wasm'));
  const imports: Record<string, unknown> = { ...bindings };
  // The engine never clears its timers; they must not keep the process alive.
  for (const name of Object.keys(imports)) {
    if (name.startsWith('__wbg_setTimeout'))
      imports[name] = (run: () => void, ms: number) => setTimeout(run, ms).unref();
  }
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': imports });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports['__wbindgen_start']?.();
}

async function schema(): Promise<{ path: string; content: string }> {
  return { path: schemaFile, content: await readFile(schemaFile, 'utf8') };
}

async function migrationsList(): Promise<MigrationList> {
  const lock = path.join(migrationsDir, 'migration_lock.toml');
  const names = await migrationNames();
  return {
    baseDir: migrationsDir,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lock) ? await readFile(lock, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => {
        const content = await readFile(path.join(migrationsDir, name, 'migration.sql'), 'utf8');
        return {
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: content } },
        };
      }),
    ),
  };
}
