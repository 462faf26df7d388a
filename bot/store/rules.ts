/** The dated rules as they hold today; kept in memory and looked at again every minute. */
import { type RuleKey, ruleKinds, type Rules, type RuleValue } from '../domain/rules.ts';
import { legalDate, type Instant, type PlainDate } from '../domain/time.ts';
import type { Tx } from './database.ts';

/** A stored rule that no longer has the shape its key asks for: an operator's mistake, named. */
export class RuleError extends Error {
  readonly code = 'bad-rule';
}

/** The rule in force on a legal day: the stored one that began last, else the default. */
export async function ruleOn<K extends RuleKey>(db: Tx, key: K, day: PlainDate): Promise<RuleValue<K>> {
  const [row] = await db.$queryRawUnsafe<{ value: unknown; validFrom: string }[]>(
    `select value, valid_from::text as "validFrom" from dated_rule
     where key = $1 and valid_from <= $2::date and (valid_to is null or valid_to >= $2::date)
     order by valid_from desc limit 1`,
    key,
    day.toString(),
  );
  if (!row) return ruleKinds[key].default;
  const parsed = ruleKinds[key].schema.safeParse(row.value);
  if (parsed.success) return parsed.data;
  throw new RuleError(`The rule '${key}' from ${row.validFrom} is wrong: ${parsed.error.issues[0]?.message ?? ''}`);
}

export interface KeptRules {
  /** As they hold today. */
  readonly current: Rules;
  stop(): void;
}

interface Log {
  error(fields: object, message: string): void;
}

const keys = Object.keys(ruleKinds) as RuleKey[];

/** Reads the rules and keeps them; a value stays the same object until it changes, so that what is derived from it may be cached. */
export async function keepRules(db: Tx, now: () => Instant, log: Log, everyMs = 60_000): Promise<KeptRules> {
  const read = async (): Promise<Rules> => {
    const today = legalDate(now());
    return Object.fromEntries(
      await Promise.all(keys.map(async (key) => [key, await ruleOn(db, key, today)])),
    ) as unknown as Rules;
  };
  let current = await read();
  const look = async () => {
    const latest = await read();
    current = Object.fromEntries(
      keys.map((key) => [
        key,
        JSON.stringify(latest[key]) === JSON.stringify(current[key]) ? current[key] : latest[key],
      ]),
    ) as unknown as Rules;
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) =>
      log.error(
        { code: error instanceof RuleError ? error.message : 'unknown' },
        'The rules could not be read; the last ones go on',
      ),
    );
  }, everyMs);
  timer.unref();
  return {
    get current() {
      return current;
    },
    stop: () => clearInterval(timer),
  };
}
