/** Capacity check-ins: what SF asks BIF of a citizen's payment capacity, and what BIF answers. */
import { z } from 'zod';
import {
  cannotReasons,
  certainties,
  type IncomeKindCode,
  incomeKinds,
  measures,
  occasions,
  plans,
  sides,
} from '../domain/capacity.ts';
import type { PlainDate } from '../domain/time.ts';
import { type Db, type Tx, write } from './database.ts';
import { dayInJson, instantInJson } from './temporal.ts';

const colleague = z.object({ id: z.uuid(), name: z.string(), active: z.boolean() });

const incomeSchema = z.object({
  kind: z.enum(Object.keys(incomeKinds) as [IncomeKindCode, ...IncomeKindCode[]]),
  /** After tax; null when it is not known. */
  monthlyOere: z.int().nullable(),
  from: dayInJson.nullable(),
  /** Its last day. */
  until: dayInJson.nullable(),
});
export type Income = z.infer<typeof incomeSchema>;

const answerSchema = z.object({
  version: z.int(),
  by: z.string(),
  at: instantInJson,
  partly: z.boolean(),
  incomes: z.array(incomeSchema),
  capacityOere: z.int().nullable(),
  certainty: z.enum(certainties).nullable(),
  expectedOere: z.int().nullable(),
  expectedFrom: dayInJson.nullable(),
  plan: z.enum(plans).nullable(),
});
export type CapacityAnswer = z.infer<typeof answerSchema>;

/** What the household spends a month beside the rent, as SF knows it. */
const householdSchema = z.object({
  version: z.int(),
  by: z.string(),
  at: instantInJson,
  adults: z.int(),
  children: z.int(),
  utilitiesOere: z.int().nullable(),
  fixedOere: z.int().nullable(),
  debtOere: z.int().nullable(),
});
export type Household = z.infer<typeof householdSchema>;

const measureSchema = z.object({
  id: z.uuid(),
  side: z.enum(sides),
  code: z.enum([...measures.sf, ...measures.bif]),
  owner: colleague,
  dueOn: dayInJson,
  outcome: z.enum(['done', 'dropped']).nullable(),
});
export type Measure = z.infer<typeof measureSchema>;

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
  /** Null: the plan asked by itself. */
  askedBy: colleague.nullable(),
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
  /** BIF's part: the latest version, whether all of it or not. */
  answer: answerSchema.nullable(),
  /** SF's part, its latest version. */
  household: householdSchema.nullable(),
  /** Of both sides, the first due first. */
  measures: z.array(measureSchema),
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
        'capacityOere', a.capacity_oere, 'certainty', a.certainty, 'expectedOere', a.expected_oere, 'expectedFrom', a.expected_from,
        'plan', a.plan, 'incomes', coalesce((select json_agg(json_build_object('kind', i.kind, 'monthlyOere', i.monthly_oere,
            'from', i.from_on, 'until', i.until_on) order by i.position) from capacity_income i where i.answer_id = a.id), '[]'::json))
      from capacity_answer a join staff s on s.id = a.by_id where a.check_in_id = k.id order by a.version desc limit 1),
    'household', (select json_build_object('version', h.version, 'by', s.name, 'at', h.at, 'adults', h.adults, 'children', h.children,
        'utilitiesOere', h.utilities_oere, 'fixedOere', h.fixed_oere, 'debtOere', h.debt_oere)
      from capacity_household h join staff s on s.id = h.by_id where h.check_in_id = k.id order by h.version desc limit 1),
    'measures', coalesce((select json_agg(json_build_object('id', m.id, 'side', m.side, 'code', m.code, 'owner', ${COLLEAGUE('m.owner_id')},
        'dueOn', m.due_on, 'outcome', m.outcome) order by m.due_on, m.id) from capacity_measure m where m.check_in_id = k.id), '[]'::json)) as found
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

export type LatestParts = Pick<CheckIn, 'answer' | 'household'>;

/**
 * The latest of each part, of whichever check-in of the case: one that is open may have none yet. BIF's is the latest that
 * says what the citizen lives on.
 */
export async function latestParts(db: Db, referralId: string): Promise<LatestParts> {
  const found = await where(db, 'k.referral_id = $1::uuid order by k.asked_at desc', referralId);
  const answers = found.map(({ answer }) => answer).filter((answer) => answer !== null);
  return {
    answer: answers.find(({ incomes }) => incomes.length > 0) ?? answers[0] ?? null,
    household: found.find(({ household }) => household !== null)?.household ?? null,
  };
}

/** All that wait for an answer, the first due first. */
export const allOpen = (db: Db): Promise<CheckIn[]> => where(db, 'k.closed_at is null order by k.due_on, k.asked_at');

/**
 * The check-ins from which one of these people of BIF has something ahead: a measure that they carry out, or an expected
 * capacity of their own answer that is yet to come and that no later answer of the citizen has overtaken.
 */
export const plansOf = (db: Db, staffIds: readonly string[], today: PlainDate): Promise<CheckIn[]> =>
  where(
    db,
    `exists (select 1 from capacity_measure m where m.check_in_id = k.id and m.side = 'bif' and m.ended_at is null
               and m.owner_id = any($1::uuid[]))
       or (k.owner_id = any($1::uuid[]) and k.outcome = 'answered'
         and (select a.expected_from from capacity_answer a where a.check_in_id = k.id order by a.version desc limit 1) >= $2::date
         and not exists (select 1 from capacity_check_in n where n.referral_id = k.referral_id and n.outcome = 'answered'
                           and n.asked_at > k.asked_at))
     order by k.asked_at, k.id`,
    staffIds,
    today.toString(),
  );

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
