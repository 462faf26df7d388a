import { z } from 'zod';
import type { Instant } from '../domain/time.ts';
import { type Tx, write } from './database.ts';
import { instantInJson, instantText } from './temporal.ts';

/** What may be done with a citizen's data (Datatilsynet's list of what a log must tell apart). */
export const accessActions = ['read', 'search', 'add', 'change', 'extract', 'delete'] as const;
export type AccessAction = (typeof accessActions)[number];

/** Who saw or changed what about which citizen, why and when: ids and codes only, as the row is sealed for good. */
export interface AccessEntry {
  readonly at: Instant;
  /** `null` when the system acted by itself. */
  readonly staffId: string | null;
  /** Whom the deputy acted for. */
  readonly onBehalfOfId?: string | undefined;
  readonly action: AccessAction;
  /** A coded purpose, such as `casework`. Citizens are told it. */
  readonly purpose: string;
  /** What was done, such as `referral.complete-step`. */
  readonly operation: string;
  /** Taken from the case when only that is named. */
  readonly citizenId?: string | undefined;
  readonly referralId?: string | undefined;
  /** What was searched for: person data, so kept beside the log, outside the seals. */
  readonly criteria?: string | undefined;
}

/** Writes the entries in one round trip. In the transaction of a change, the two stand or fall together. */
export async function logAccess(db: Tx, entries: readonly AccessEntry[]): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  // What nearly every turn writes, for half the price.
  if (entries.length === 1 && first.criteria === undefined) return logOne(db, first);
  const rows = JSON.stringify(
    entries.map((entry) => ({
      at: instantText(entry.at),
      staff_id: entry.staffId,
      on_behalf_of_id: entry.onBehalfOfId,
      action: entry.action,
      purpose: entry.purpose,
      operation: entry.operation,
      citizen_id: entry.citizenId,
      referral_id: entry.referralId,
      criteria: entry.criteria,
    })),
  );
  await write(
    db,
    `with entry as materialized (
       select nextval('access_log_id_seq') as id, e.*
       from jsonb_to_recordset($1::jsonb) as e(
         at timestamptz, staff_id uuid, on_behalf_of_id uuid, action text, purpose text, operation text,
         citizen_id uuid, referral_id uuid, criteria text)
     ), logged as (
       insert into access_log
         (id, at, staff_id, on_behalf_of_id, action, purpose, operation, citizen_id, referral_id)
       select id, at, staff_id, on_behalf_of_id, action, purpose, operation,
         coalesce(citizen_id, (select r.citizen_id from referral r where r.id = entry.referral_id)), referral_id
       from entry
     )
     insert into access_criteria (log_id, criteria) select id, criteria from entry where criteria is not null`,
    rows,
  );
}

const logOne = (db: Tx, entry: AccessEntry): Promise<void> =>
  write(
    db,
    `insert into access_log (at, staff_id, on_behalf_of_id, action, purpose, operation, citizen_id, referral_id)
     values ($1::timestamptz, $2::uuid, $3::uuid, $4, $5, $6,
             coalesce($7::uuid, (select r.citizen_id from referral r where r.id = $8::uuid)), $8::uuid)`,
    instantText(entry.at),
    entry.staffId,
    entry.onBehalfOfId ?? null,
    entry.action,
    entry.purpose,
    entry.operation,
    entry.citizenId ?? null,
    entry.referralId ?? null,
  );

/** Which rows of a list: those no newer than `upTo` (a log id), so that looking at a page does not move the next. */
export interface LogPage {
  readonly limit: number;
  readonly offset: number;
  /** Of the first page; the newest row there is when absent. */
  readonly upTo?: string | undefined;
}

/** All rows there are, up to which id, and those of the page. */
const pageOf = <Row extends z.ZodType>(row: Row) => z.object({ total: z.int(), upTo: z.string(), rows: z.array(row) });

/** One query: the citizen's rows are walked by the index (citizen_id, at), and only the page's are joined. */
const PAGE_OF_LOG = (order: 'asc' | 'desc', row: string, joins = '') => `
  with page as (
    select * from access_log where citizen_id = $1::uuid and ($4::bigint is null or id <= $4::bigint)
    order by at ${order}, id ${order} limit $2::int offset $3::int)
  select json_build_object(
    'total', count(*), 'upTo', coalesce(max(id), 0)::text,
    'rows', coalesce((select json_agg(json_build_object(${row}) order by l.at ${order}, l.id ${order})
                      from page l ${joins}), '[]'::json)) as found
  from access_log where citizen_id = $1::uuid and ($4::bigint is null or id <= $4::bigint)`;

async function readPage<Row extends z.ZodType>(
  db: Tx,
  sql: string,
  row: Row,
  citizenId: string,
  { limit, offset, upTo }: LogPage,
): Promise<{ total: number; upTo: string; rows: z.output<Row>[] }> {
  const [read] = await db.$queryRawUnsafe<{ found: unknown }[]>(sql, citizenId, limit, offset, upTo ?? null);
  return pageOf(row).parse(read?.found);
}

const toldRow = z.object({ at: instantInJson, purpose: z.string(), action: z.enum(accessActions) });
const TOLD = PAGE_OF_LOG('asc', "'at', l.at, 'purpose', l.purpose, 'action', l.action");

/**
 * What a citizen is told on request: dates, purposes and actions, but not which employee (EU Court, C-579/21).
 * Oldest first. The caller logs it as an `extract`.
 */
export const citizenExport = (db: Tx, citizenId: string, page: LogPage) => readPage(db, TOLD, toldRow, citizenId, page);

const loggedRow = toldRow.extend({
  operation: z.string(),
  /** Somebody, or the system by itself. */
  bySystem: z.boolean(),
  staff: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
  caseNumber: z.int().nullable(),
});
export type LoggedAccess = z.output<typeof loggedRow>;
const LOGGED = PAGE_OF_LOG(
  'desc',
  `'at', l.at, 'purpose', l.purpose, 'action', l.action, 'operation', l.operation, 'bySystem', l.staff_id is null,
   'staff', s.name, 'onBehalfOf', away.name, 'caseNumber', r.number`,
  `left join staff s on s.id = l.staff_id left join staff away on away.id = l.on_behalf_of_id
   left join referral r on r.id = l.referral_id`,
);

/** Who saw or changed what about a citizen, for the auditor: newest first. */
export const citizenLog = (db: Tx, citizenId: string, page: LogPage) =>
  readPage(db, LOGGED, loggedRow, citizenId, page);
