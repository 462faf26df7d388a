/** Whether the database of DATABASE_URL can be used at all, said in words before anything else fails on it. */
import pg from 'pg';

/** The message names the host and says what to do; it holds nothing of the password. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

const AUTHENTICATION = ['28P01', '28000'];
const NO_DATABASE = '3D000';

/** Throws an `UnreachableError` unless the database takes our connection. */
export async function mustReach(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'hjemvej', connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    const { code = 'no answer' } = error as { code?: string };
    const [server, name] = [`${client.host}:${client.port}`, client.database ?? ''];
    throw new UnreachableError(
      AUTHENTICATION.includes(code)
        ? `The database server ${server} does not let us in (${code}); check user and password in DATABASE_URL.`
        : code === NO_DATABASE
          ? `The database server ${server} has no database ${name}; make it, or mend DATABASE_URL.`
          : `The database server ${server} cannot be reached (${code}); see that it runs, or mend DATABASE_URL.`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}
