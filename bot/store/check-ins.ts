/** Capacity check-ins: what SF asks BIF of a citizen's payment capacity, and what BIF answers. */
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { cannotReasons, occasions } from '../domain/capacity.ts';
import { type Instant, legalDate, type PlainDate } from '../domain/time.ts';
import { type Db, type Tx, write } from './database.ts';
import { dayInJson, instantInJson, instantText } from './temporal.ts';

const colleague = z.object({ id: z.uuid(), name: z.string(), active: z.boolean() });

const answerSchema = z.object({
  version: z.int(),
  by: z.string(),
  at: instantInJson,
  partly: z.boolean(),
  incomeKind: z.string().nullable(),
  incomeUntil: z.string().nullable(),
  capacityOere: z.int().nullable(),
  certainty: z.string().nullable(),
  expectedOere: z.int().nullable(),
  expectedFrom: z.string().nullable(),
  plan: z.string().nullable(),
  measure: z.string().nullable(),
  measureDueOn: z.string().nullable(),
});
export type CapacityAnswer = z.infer<typeof answerSchema>;

const checkInSchema = z.object({
  id: z.uuid(),
  referralId: z.uuid(),
  caseNumber: z.int(),
  citizen: z.object({ id: z.uuid(), name: z.string() }),
  /** The sides of the case, for the right to ask. */
  caseworkerId: z.uuid().nullable(),
  supporterId: z.uuid().nullable(),
  authorityPath: z.string(),
  occasion: z.enum(occasions),
  askedBy: colleague,
  askedAt: instantInJson,
  dueOn: dayInJson,
  /** Of BIF; null while nobody has it. */
  owner: colleague.nullable(),
  closedAt: instantInJson.nullable(),
  outcome: z.enum(['answered', 'cannot_judge', 'taken_back']).nullable(),
  reason: z.enum(cannotReasons).nullable(),
  version: z.int(),
  changedBy: z.string().nullable(),
  changedAt: instantInJson,
  /** The latest answer, whether all of it or a part. */
  answer: answerSchema.nullable(),
});
export type CheckIn = z.infer<typeof checkInSchema>;

const COLLEAGUE = (id: string) =>
  `(select json_build_object('id', s.id, 'name', s.name, 'active', s.active) from staff s where s.id = ${id})`;

const CHECK_IN = `
  select json_build_object('id', k.id, 'referralId', r.id, 'caseNumber', r.number,
    'citizen', json_build_object('id', c.id, 'name', c.name), 'caseworkerId', r.caseworker_id,
    'supporterId', case when r.support_ended_on is null then coalesce(r.support_worker_id, r.caseworker_id)
                        else coalesce(r.responsible_id, r.caseworker_id) end,
    'authorityPath', au.path, 'occasion', k.occasion, 'askedBy', ${COLLEAGUE('k.asked_by_id')}, 'askedAt', k.asked_at,
    'dueOn', k.due_on, 'owner', ${COLLEAGUE('k.owner_id')}, 'closedAt', k.closed_at, 'outcome', k.outcome, 'reason', k.reason,
    'version', k.version, 'changedBy', (select s.name from staff s where s.id = k.changed_by_id), 'changedAt', k.changed_at,
    'answer', (select json_build_object('version', a.version, 'by', s.name, 'at', a.at, 'partly', a.partly,
        'incomeKind', a.income_kind, 'incomeUntil', a.income_until, 'capacityOere', a.capacity_oere, 'certainty', a.certainty,
        'expectedOere', a.expected_oere, 'expectedFrom', a.expected_from, 'plan', a.plan, 'measure', a.measure,
        'measureDueOn', a.measure_due_on)
      from capacity_answer a join staff s on s.id = a.by_id where a.check_in_id = k.id order by a.version desc limit 1)) as found
  from capacity_check_in k join referral r on r.id = k.referral_id join citizen c on c.id = r.citizen_id
    join unit au on au.id = r.unit_id`;

async function where(db: Db, condition: string, ...values: unknown[]): Promise<CheckIn[]> {
  const rows = await db.$queryRawUnsafe<{ found: unknown }[]>(`${CHECK_IN} where ${condition}`, ...values);
  return rows.map(({ found }) => checkInSchema.parse(found));
}

export async function findCheckIn(db: Db, id: string): Promise<CheckIn | null> {
  const [found] = await where(db, 'k.id = $1::uuid', id);
  return found ?? null;
}

/** Reads the check-in and holds it until the transaction ends. */
export async function lockCheckIn(tx: Tx, id: string): Promise<CheckIn | null> {
  await write(tx, 'select 1 from capacity_check_in where id = $1::uuid for no key update', id);
  return findCheckIn(tx, id);
}

/** The case's check-in that is open, else the latest; null when BIF was never asked. */
export async function latestCheckIn(db: Db, referralId: string): Promise<CheckIn | null> {
  const [found] = await where(
    db,
    'k.referral_id = $1::uuid order by (k.closed_at is null) desc, k.asked_at desc limit 1',
    referralId,
  );
  return found ?? null;
}

/** All that wait for an answer, the first due first. */
export const allOpen = (db: Db): Promise<CheckIn[]> => where(db, 'k.closed_at is null order by k.due_on, k.asked_at');

/** The caseworker of BIF who answered of this citizen last, while still there: the next question is theirs too. */
export async function lastOwnerOf(db: Db, referralId: string): Promise<string | null> {
  const [row] = await db.$queryRawUnsafe<{ id: string }[]>(
    `select s.id from capacity_check_in k join referral r on r.id = k.referral_id join referral same on same.citizen_id = r.citizen_id
       join staff s on s.id = k.owner_id and s.active
     where same.id = $1::uuid and k.outcome = 'answered'
       and exists (select 1 from staff_assignment a where a.staff_id = s.id and a.role = 'bif_caseworker')
     order by k.closed_at desc limit 1`,
    referralId,
  );
  return row?.id ?? null;
}

/**
 * The path of the unit that all of BIF's caseworkers work in or below: whoever leads it, or one above it, allocates. Null
 * where nobody answers check-ins.
 */
export async function employmentPath(db: Db): Promise<string | null> {
  const rows = await db.$queryRawUnsafe<{ path: string }[]>(
    `select distinct u.path from staff_assignment a join unit u on u.id = a.unit_id join staff s on s.id = a.staff_id
     where a.role = 'bif_caseworker' and u.active and s.active`,
  );
  const [first, ...others] = rows.map(({ path }) => path.split('/').filter(Boolean));
  if (!first) return null;
  const differs = first.findIndex((code, at) => others.some((codes) => codes[at] !== code));
  const common = differs < 0 ? first : first.slice(0, differs);
  return common.length === 0 ? null : `/${common.join('/')}/`;
}

export interface NewCheckIn {
  readonly referralId: string;
  readonly occasion: string;
  readonly dueOn: PlainDate;
  readonly ownerId: string | null;
  readonly by: string;
  readonly at: Instant;
}

/** Asks; resolves to the id, or null when the case has a question open already. */
export async function addCheckIn(tx: Tx, ask: NewCheckIn): Promise<string | null> {
  const id = uuidv7();
  const made = await tx.$executeRawUnsafe(
    `insert into capacity_check_in (id, referral_id, occasion, asked_by_id, asked_at, due_on, owner_id, changed_by_id, changed_at)
     values ($1::uuid, $2::uuid, $3, $4::uuid, $5::timestamptz, $6::date, $7::uuid, $4::uuid, $5::timestamptz) on conflict do nothing`,
    id,
    ask.referralId,
    ask.occasion,
    ask.by,
    instantText(ask.at),
    ask.dueOn.toString(),
    ask.ownerId,
  );
  return made === 0 ? null : id;
}

/** Changes who has it, or ends it; each change raises its version. */
export const changeCheckIn = (
  tx: Tx,
  id: string,
  change: {
    readonly ownerId?: string | null;
    readonly outcome?: string;
    readonly reason?: string;
    readonly open?: true;
  },
  by: string,
  at: Instant,
): Promise<void> =>
  write(
    tx,
    `update capacity_check_in set owner_id = case when $2::boolean then $3::uuid else owner_id end,
       outcome = case when $7::boolean then null else coalesce($4, outcome) end, reason = coalesce($5, reason),
       closed_at = case when $7::boolean then null when $4 is null then closed_at else $6::timestamptz end,
       version = version + 1, changed_by_id = $8::uuid, changed_at = $6::timestamptz
     where id = $1::uuid`,
    id,
    change.ownerId !== undefined,
    change.ownerId ?? null,
    change.outcome ?? null,
    change.reason ?? null,
    instantText(at),
    change.open ?? false,
    by,
  );

export type AnswerToKeep = Omit<CapacityAnswer, 'by' | 'at'>;

/** Keeps another version of the answer; one that is whole is what the case says the citizen can pay. */
export async function addAnswer(
  tx: Tx,
  checkIn: CheckIn,
  answer: AnswerToKeep,
  by: string,
  at: Instant,
): Promise<void> {
  await write(
    tx,
    `insert into capacity_answer (id, check_in_id, version, by_id, at, partly, income_kind, income_until, capacity_oere, certainty,
       expected_oere, expected_from, plan, measure, measure_due_on)
     values ($1::uuid, $2::uuid, $3::int, $4::uuid, $5::timestamptz, $6::boolean, $7, $8::date, $9::int, $10, $11::int, $12::date, $13, $14, $15::date)`,
    uuidv7(),
    checkIn.id,
    answer.version,
    by,
    instantText(at),
    answer.partly,
    answer.incomeKind,
    answer.incomeUntil,
    answer.capacityOere,
    answer.certainty,
    answer.expectedOere,
    answer.expectedFrom,
    answer.plan,
    answer.measure,
    answer.measureDueOn,
  );
  if (!answer.partly && answer.capacityOere !== null)
    await write(
      tx,
      'update referral set payable_oere = $2::int, bif_asked_on = $3::date where id = $1::uuid',
      checkIn.referralId,
      answer.capacityOere,
      legalDate(checkIn.askedAt).toString(),
    );
}
