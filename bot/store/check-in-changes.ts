/** What a change of a check-in writes: the question, BIF's part, SF's part, and what each does about it. */
import { v7 as uuidv7 } from 'uuid';
import type { Side } from '../domain/capacity.ts';
import { type Instant, legalDate, type PlainDate } from '../domain/time.ts';
import type { CapacityAnswer, CheckIn, Household } from './check-ins.ts';
import { type Tx, write } from './database.ts';
import { instantText } from './temporal.ts';

export interface NewCheckIn {
  readonly referralId: string;
  readonly occasion: string;
  readonly dueOn: PlainDate;
  readonly ownerId: string | null;
  /** Null: the plan asks by itself. */
  readonly by: string | null;
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
  change: { readonly ownerId?: string | null; readonly outcome?: string; readonly reason?: string },
  by: string,
  at: Instant,
): Promise<void> =>
  write(
    tx,
    `update capacity_check_in set owner_id = case when $2::boolean then $3::uuid else owner_id end,
       outcome = coalesce($4, outcome), reason = coalesce($5, reason),
       closed_at = case when $4 is null then closed_at else $6::timestamptz end,
       version = version + 1, changed_by_id = $7::uuid, changed_at = $6::timestamptz
     where id = $1::uuid`,
    id,
    change.ownerId !== undefined,
    change.ownerId ?? null,
    change.outcome ?? null,
    change.reason ?? null,
    instantText(at),
    by,
  );

export interface AnswerToKeep extends Omit<CapacityAnswer, 'by' | 'at' | 'expectedFrom' | 'incomes'> {
  readonly expectedFrom: string | null;
  readonly incomes: readonly {
    readonly kind: string;
    readonly monthlyOere: number | null;
    readonly from: string | null;
    readonly until: string | null;
  }[];
}

/**
 * Keeps another version of BIF's part. One that is whole is what the case says the citizen can pay, unless a later question has
 * been answered since.
 */
export async function addAnswer(
  tx: Tx,
  checkIn: CheckIn,
  answer: AnswerToKeep,
  by: string,
  at: Instant,
): Promise<void> {
  const id = uuidv7();
  await write(
    tx,
    `insert into capacity_answer (id, check_in_id, version, by_id, at, partly, capacity_oere, certainty, expected_oere, expected_from, plan)
     values ($1::uuid, $2::uuid, $3::int, $4::uuid, $5::timestamptz, $6::boolean, $7::int, $8, $9::int, $10::date, $11)`,
    id,
    checkIn.id,
    answer.version,
    by,
    instantText(at),
    answer.partly,
    answer.capacityOere,
    answer.certainty,
    answer.expectedOere,
    answer.expectedFrom,
    answer.plan,
  );
  await write(
    tx,
    `insert into capacity_income (answer_id, position, kind, monthly_oere, from_on, until_on)
     select $1::uuid, i.position, i.kind, i."monthlyOere", i."from", i.until
     from jsonb_to_recordset($2::jsonb) as i(position int, kind text, "monthlyOere" int, "from" date, until date)`,
    id,
    JSON.stringify(answer.incomes.map((income, index) => ({ ...income, position: index + 1 }))),
  );
  if (!answer.partly && answer.capacityOere !== null)
    await write(
      tx,
      `update referral set payable_oere = $2::int, bif_asked_on = $3::date where id = $1::uuid and not exists (
         select 1 from capacity_check_in k join capacity_answer a on a.check_in_id = k.id
         where k.referral_id = $1::uuid and k.asked_at > $4::timestamptz and not a.partly and a.capacity_oere is not null)`,
      checkIn.referralId,
      answer.capacityOere,
      legalDate(checkIn.askedAt).toString(),
      instantText(checkIn.askedAt),
    );
}

export type HouseholdToKeep = Omit<Household, 'by' | 'at'>;

/** Keeps another version of SF's part. */
export const addHousehold = (tx: Tx, id: string, household: HouseholdToKeep, by: string, at: Instant): Promise<void> =>
  write(
    tx,
    `insert into capacity_household (id, check_in_id, version, by_id, at, adults, children, utilities_oere, fixed_oere, debt_oere)
     values ($1::uuid, $2::uuid, $3::int, $4::uuid, $5::timestamptz, $6::int, $7::int, $8::int, $9::int, $10::int)`,
    uuidv7(),
    id,
    household.version,
    by,
    instantText(at),
    household.adults,
    household.children,
    household.utilitiesOere,
    household.fixedOere,
    household.debtOere,
  );

export interface NewMeasure {
  readonly side: Side;
  readonly code: string;
  readonly ownerId: string;
  /** ISO. */
  readonly dueOn: string;
}

export const addMeasures = (
  tx: Tx,
  checkInId: string,
  added: readonly NewMeasure[],
  by: string,
  at: Instant,
): Promise<void> =>
  write(
    tx,
    `insert into capacity_measure (id, check_in_id, side, code, owner_id, due_on, added_by_id, added_at)
     select m.id, $1::uuid, m.side, m.code, m."ownerId", m."dueOn", $3::uuid, $4::timestamptz
     from jsonb_to_recordset($2::jsonb) as m(id uuid, side text, code text, "ownerId" uuid, "dueOn" date)`,
    checkInId,
    JSON.stringify(added.map((measure) => ({ ...measure, id: uuidv7() }))),
    by,
    instantText(at),
  );

export const endMeasure = (
  tx: Tx,
  measureId: string,
  outcome: 'done' | 'dropped',
  by: string,
  at: Instant,
): Promise<void> =>
  write(
    tx,
    `update capacity_measure set outcome = $2, ended_by_id = $3::uuid, ended_at = $4::timestamptz
     where id = $1::uuid and ended_at is null`,
    measureId,
    outcome,
    by,
    instantText(at),
  );
