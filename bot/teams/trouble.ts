/** A bug or an outage: one line for the log, one sentence for the user, and the same number in both. */
import { randomBytes } from 'node:crypto';

/** What a logger must offer here; pino does. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Trouble {
  readonly reference: string;
  readonly code: string;
}

const codeOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return 'unexpected';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : 'unexpected';
};

/** Where it happened. An error's message is left out: it may quote what a user wrote or a row of the database. */
const framesOf = (error: unknown): string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .map((line) => line.trim())
    : [];

export function reportTrouble(error: unknown, where: string, log: Log): Trouble {
  const trouble: Trouble = { reference: randomBytes(4).toString('hex').toUpperCase(), code: codeOf(error) };
  const cause = error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : undefined;
  log.error(
    { ...trouble, where, name: error instanceof Error ? error.name : typeof error, cause, stack: framesOf(error) },
    'trouble',
  );
  return trouble;
}
