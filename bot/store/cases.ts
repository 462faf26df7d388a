/** A case with all that a card about it needs, read in one round trip. */
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { CaseFacts } from '../domain/referral/definition.ts';
import type { Instant, PlainDate } from '../domain/time.ts';
import { HOMES, homesSchema, NO_HOMES } from './case-homes.ts';
import { type Tx, write } from './database.ts';
import { dayInJson, instantInJson, instantText } from './temporal.ts';

const person = z.object({ id: z.uuid(), name: z.string() });
const colleague = person.extend({ active: z.boolean() });
const unit = z.object({ id: z.uuid(), code: z.string(), name: z.string(), path: z.string() });

const passSchema = z.object({
  id: z.uuid(),
  step: z.string(),
  ordinal: z.int(),
  startedOn: dayInJson,
  clockFrom: dayInJson,
  /** The last day in time, where something else than the step's clock sets it. */
  dueOn: dayInJson.nullable(),
  /** Done beside the step that was open. */
  beside: z.boolean(),
  startedAt: instantInJson,
  endedAt: instantInJson.nullable(),
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
  endedBy: person.nullable(),
  onBehalfOf: person.nullable(),
  answers: z.record(z.string(), z.unknown()).nullable(),
  citizenToldOn: dayInJson.nullable(),
  /** The names of the members of staff that the answers name, by id. */
  named: z.record(z.string(), z.string()).nullable(),
});
export type Pass = z.infer<typeof passSchema>;

const draftSchema = z.object({
  input: z.record(z.string(), z.string()),
  version: z.int(),
  by: z.string(),
  at: instantInJson,
});

const caseSchema = z.object({
  id: z.uuid(),
  number: z.int(),
  version: z.int(),
  wayVersion: z.int(),
  recordNumber: z.string().nullable(),
  citizen: person,
  caseworker: colleague.nullable(),
  supportWorker: colleague.nullable(),
  /** Who stays responsible once the support has ended. */
  responsible: colleague.nullable(),
  shelter: unit,
  authority: unit,
  /** Den boligsociale anvisning; null where none is set up. */
  housing: unit.nullable(),
  stay: z.object({
    id: z.uuid(),
    decidedOn: dayInJson,
    referredFrom: z.string(),
    municipalityToldOn: dayInJson.nullable(),
    /** The first decision, of this stay or an earlier one of the case, that the handlekommune is still to be told of. */
    untoldSince: dayInJson.nullable(),
    endedOn: dayInJson.nullable(),
    dischargeManner: z.string().nullable(),
    dischargeReason: z.string().nullable(),
    dischargedTo: z.string().nullable(),
  }),
  /** All stays of the citizen, of earlier cases too; the earliest first. */
  stays: z.array(z.object({ id: z.uuid(), decidedOn: dayInJson, endedOn: dayInJson.nullable() })),
  ...homesSchema,
  openedAt: instantInJson,
  closedAt: instantInJson.nullable(),
  closeReason: z.string().nullable(),
  changedAt: instantInJson,
  changedBy: person.nullable(),
  facts: z.object({
    householdAdults: z.int().nullable(),
    householdChildren: z.int().nullable(),
    homeKind: z.string().nullable(),
    supportBasis: z.string().nullable(),
    supportMethod: z.string().nullable(),
    payableOere: z.int().nullable(),
    bifAskedOn: z.string().nullable(),
    supportDecidedOn: z.string().nullable(),
    supportWorkerId: z.uuid().nullable(),
    supportEndedOn: z.string().nullable(),
    responsibleId: z.uuid().nullable(),
  }),
  passes: z.array(passSchema),
  /** The half-done form of the open step. */
  draft: draftSchema.nullable(),
});
export type CaseFile = z.infer<typeof caseSchema>;

const UNIT = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name, 'path', ${alias}.path)`;
/** Asked only where there is somebody: most passes have nobody but the one who ended them. */
const ofStaff = (id: string, columns: string) =>
  `case when ${id} is not null then (select json_build_object(${columns}) from staff s where s.id = ${id}) end`;
const COLLEAGUE = (id: string) => ofStaff(id, `'id', s.id, 'name', s.name, 'active', s.active`);
const PERSON = (id: string) => ofStaff(id, `'id', s.id, 'name', s.name`);

const NAMED = `case when p.answers ?| array['caseworker', 'supportWorker', 'responsible'] then
  (select json_object_agg(s.id, s.name) from staff s where s.id::text = any(array[
     p.answers->>'caseworker', p.answers->>'supportWorker', p.answers->>'responsible'])) end`;

const CASE = `
  select json_build_object(
    'id', r.id, 'number', r.number, 'version', r.version, 'wayVersion', r.way_version, 'recordNumber', r.record_number,
    'citizen', json_build_object('id', c.id, 'name', c.name),
    'caseworker', ${COLLEAGUE('r.caseworker_id')}, 'supportWorker', ${COLLEAGUE('r.support_worker_id')},
    'responsible', ${COLLEAGUE('r.responsible_id')},
    'shelter', ${UNIT('sh')}, 'authority', ${UNIT('au')},
    'housing', (select ${UNIT('h')} from unit h where h.kind = 'housing_assignment' and h.active order by h.path limit 1),
    'stay', (select json_build_object('id', st.id, 'decidedOn', st.decided_on, 'referredFrom', st.referred_from,
                                      'municipalityToldOn', st.municipality_told_on, 'endedOn', st.ended_on,
               'dischargeManner', st.discharge_manner, 'dischargeReason', st.discharge_reason, 'dischargedTo', st.discharged_to,
               'untoldSince', (select min(un.decided_on) from stay un where un.referral_id = r.id and un.municipality_told_on is null))
             from stay st where st.referral_id = r.id order by st.decided_on desc, st.created_at desc limit 1),
    'stays', (select json_agg(json_build_object('id', st.id, 'decidedOn', st.decided_on, 'endedOn', st.ended_on) order by st.decided_on, st.created_at)
              from stay st where st.citizen_id = r.citizen_id),
    'homes', ${HOMES},
    'openedAt', r.opened_at, 'closedAt', r.closed_at, 'closeReason', r.close_reason,
    'changedAt', r.changed_at, 'changedBy', ${PERSON('r.changed_by_id')},
    'facts', json_build_object('householdAdults', r.household_adults, 'householdChildren', r.household_children,
      'homeKind', r.home_kind, 'supportBasis', r.support_basis, 'supportMethod', r.support_method,
      'payableOere', r.payable_oere, 'bifAskedOn', r.bif_asked_on, 'supportDecidedOn', r.support_decided_on,
      'supportWorkerId', r.support_worker_id, 'supportEndedOn', r.support_ended_on, 'responsibleId', r.responsible_id),
    'passes', (select json_agg(json_build_object(
        'id', p.id, 'step', p.step, 'ordinal', p.ordinal, 'startedOn', p.started_on, 'clockFrom', p.clock_from,
        'dueOn', p.due_on, 'beside', p.beside, 'startedAt', p.started_at, 'endedAt', p.ended_at, 'outcome', p.outcome, 'reason', p.reason,
        'endedBy', case when e.id is not null then json_build_object('id', e.id, 'name', e.name) end, 'onBehalfOf', ${PERSON('p.on_behalf_of_id')},
        'answers', p.answers, 'citizenToldOn', p.citizen_told_on, 'named', ${NAMED}) order by p.ordinal)
      from step_pass p left join staff e on e.id = p.ended_by_id where p.referral_id = r.id),
    'draft', (select json_build_object('input', d.input, 'version', d.version, 'at', d.updated_at,
                                       'by', (select s.name from staff s where s.id = d.staff_id))
              from draft d join step_pass p on p.id = d.pass_id where p.referral_id = r.id and p.ended_at is null)
  ) as file
  from referral r join citizen c on c.id = r.citizen_id join unit sh on sh.id = r.shelter_id join unit au on au.id = r.unit_id`;

async function one(db: Tx, sql: string, value: string | number): Promise<CaseFile | null> {
  const rows = await db.$queryRawUnsafe<{ file: { homes: object | null } }[]>(sql, value);
  if (!rows[0]) return null;
  const { homes, ...file } = rows[0].file;
  return caseSchema.parse({ ...file, ...(homes ?? NO_HOMES) });
}

const CASE_BY_ID = `${CASE} where r.id = $1::uuid`;
const CASE_BY_NUMBER = `${CASE} where r.number = $1::int`;
export const findCase = (db: Tx, id: string) => one(db, CASE_BY_ID, id);
export const findCaseByNumber = (db: Tx, number: number) => one(db, CASE_BY_NUMBER, number);

/** Reads the case and holds its row until the transaction ends: two changes of one case take turns. */
export async function lockCase(db: Tx, id: string): Promise<CaseFile | null> {
  // The lock comes first, in a statement of its own, though both may be sent at once: one statement's snapshot would
  // still show what stood before the wait.
  await write(db, 'select 1 from referral where id = $1::uuid for no key update', id);
  return findCase(db, id);
}

/** Whether the citizen has a case that is not closed; at most one is. */
export async function hasOpenCase(db: Tx, citizenId: string): Promise<boolean> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    'select 1 as found from referral where citizen_id = $1::uuid and closed_at is null',
    citizenId,
  );
  return rows.length > 0;
}

/** The case after a change made in the same transaction. */
export async function rereadCase(tx: Tx, { id, number }: Pick<CaseFile, 'id' | 'number'>): Promise<CaseFile> {
  const file = await findCase(tx, id);
  if (!file) throw new Error(`Case ${number} vanished within its own transaction`);
  return file;
}

/** The pass that waits for somebody; null once the way has ended or the case is closed. */
export const openPass = (file: CaseFile): Pass | null => file.passes.find(({ endedAt }) => endedAt === null) ?? null;

/** The ordinal of the next pass. */
export const nextOrdinal = (file: CaseFile): number => (file.passes.at(-1)?.ordinal ?? 0) + 1;

/** The typed columns as the step definitions name them, without the blanks. */
export function factsOf(file: CaseFile): CaseFacts {
  return Object.fromEntries(Object.entries(file.facts).filter(([, value]) => value !== null));
}

export interface EndPass {
  readonly passId: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly answers: Readonly<Record<string, unknown>> | null;
  /** Null when time alone ended it. */
  readonly by: string | null;
  readonly onBehalfOf: string | null;
  readonly at: Instant;
}

/** Ends the open pass and forgets its draft. */
export async function endPass(db: Tx, end: EndPass): Promise<void> {
  await write(
    db,
    `with gone as (delete from draft where pass_id = $1::uuid)
     update step_pass set ended_at = $2::timestamptz, outcome = $3, reason = $4, answers = $5::jsonb,
            ended_by_id = $6::uuid, on_behalf_of_id = $7::uuid
     where id = $1::uuid and ended_at is null`,
    end.passId,
    instantText(end.at),
    end.outcome,
    end.reason,
    end.answers === null ? null : JSON.stringify(end.answers),
    end.by,
    end.onBehalfOf,
  );
}

export interface BeginPass {
  readonly caseId: string;
  readonly step: string;
  readonly ordinal: number;
  readonly wayVersion: number;
  readonly startedOn: PlainDate;
  /** The day the clock counts from; `startedOn` unless the case was imported. */
  readonly clockFrom?: PlainDate;
  /** Where something else than the step's clock sets the last day in time. */
  readonly dueOn?: PlainDate | null;
  readonly at: Instant;
}

/** Opens a pass; resolves to its id. */
export async function beginPass(db: Tx, begin: BeginPass): Promise<string> {
  const id = uuidv7();
  await write(
    db,
    `insert into step_pass (id, referral_id, step, ordinal, way_version, started_on, clock_from, started_at, due_on)
     values ($1::uuid, $2::uuid, $3, $4::int, $5::int, $6::date, $7::date, $8::timestamptz, $9::date)`,
    id,
    begin.caseId,
    begin.step,
    begin.ordinal,
    begin.wayVersion,
    begin.startedOn.toString(),
    (begin.clockFrom ?? begin.startedOn).toString(),
    instantText(begin.at),
    begin.dueOn?.toString() ?? null,
  );
  return id;
}

/** Adds a pass of a step that was done beside the open one: it begins and ends at once. Resolves to its id. */
export async function addBesidePass(
  db: Tx,
  begin: BeginPass,
  { outcome, reason, answers, by, onBehalfOf, at }: Omit<EndPass, 'passId'>,
): Promise<string> {
  const id = uuidv7();
  await write(
    db,
    `insert into step_pass (id, referral_id, step, ordinal, way_version, started_on, clock_from, started_at, beside,
                            ended_at, outcome, reason, answers, ended_by_id, on_behalf_of_id)
     values ($1::uuid, $2::uuid, $3, $4::int, $5::int, $6::date, $6::date, $7::timestamptz, true,
             $7::timestamptz, $8, $9, $10::jsonb, $11::uuid, $12::uuid)`,
    id,
    begin.caseId,
    begin.step,
    begin.ordinal,
    begin.wayVersion,
    begin.startedOn.toString(),
    instantText(at),
    outcome,
    reason,
    answers === null ? null : JSON.stringify(answers),
    by,
    onBehalfOf,
  );
  return id;
}

export interface CaseChange {
  readonly by: string | null;
  readonly at: Instant;
  readonly facts?: CaseFacts;
  readonly caseworkerId?: string | null;
  readonly closed?: { readonly at: Instant; readonly reason: string } | null;
}

/** What an update of the case sets, with the values for its parameters from `$first` on. */
function setsOf(
  { by, at, facts = {}, caseworkerId, closed }: CaseChange,
  first: number,
): { sets: string; values: unknown[] } {
  const columns: Record<string, [value: unknown, type: string]> = {
    changed_by_id: [by, 'uuid'],
    changed_at: [instantText(at), 'timestamptz'],
    ...(facts.householdAdults !== undefined && { household_adults: [facts.householdAdults, 'int'] }),
    ...(facts.householdChildren !== undefined && { household_children: [facts.householdChildren, 'int'] }),
    ...(facts.homeKind !== undefined && { home_kind: [facts.homeKind, 'text'] }),
    ...(facts.supportBasis !== undefined && { support_basis: [facts.supportBasis, 'text'] }),
    ...(facts.supportMethod !== undefined && { support_method: [facts.supportMethod, 'text'] }),
    ...(facts.payableOere !== undefined && { payable_oere: [facts.payableOere, 'int'] }),
    ...(facts.bifAskedOn !== undefined && { bif_asked_on: [facts.bifAskedOn, 'date'] }),
    ...(facts.supportDecidedOn !== undefined && { support_decided_on: [facts.supportDecidedOn, 'date'] }),
    ...(facts.supportWorkerId !== undefined && { support_worker_id: [facts.supportWorkerId, 'uuid'] }),
    ...(facts.supportEndedOn !== undefined && { support_ended_on: [facts.supportEndedOn, 'date'] }),
    ...(facts.responsibleId !== undefined && { responsible_id: [facts.responsibleId, 'uuid'] }),
    ...(facts.caseworkerId !== undefined && { caseworker_id: [facts.caseworkerId, 'uuid'] }),
    ...(caseworkerId !== undefined && { caseworker_id: [caseworkerId, 'uuid'] }),
    ...(closed !== undefined && {
      closed_at: [closed ? instantText(closed.at) : null, 'timestamptz'],
      close_reason: [closed?.reason ?? null, 'text'],
    }),
  };
  const names = Object.entries(columns).map(([name, [, type]], index) => `${name} = $${index + first}::${type}`);
  return {
    sets: ['version = version + 1', ...names].join(', '),
    values: Object.values(columns).map(([value]) => value),
  };
}

/** Raises the case's version and writes what changed on the case itself. */
export async function touchCase(db: Tx, id: string, change: CaseChange): Promise<void> {
  const { sets, values } = setsOf(change, 2);
  await write(db, `update referral set ${sets} where id = $1::uuid`, id, ...values);
}

/**
 * Ends the open pass, forgets its draft, changes the case and begins the next pass, if there is one, in one round trip;
 * resolves to the id of the pass begun.
 */
export async function advanceCase(
  db: Tx,
  caseId: string,
  { end, change, begin }: { end: EndPass; change: CaseChange; begin: Omit<BeginPass, 'caseId'> | null },
): Promise<string | null> {
  const begun = begin && uuidv7();
  const { sets, values } = setsOf(change, 16);
  await write(
    db,
    // The next pass is made from the ended one, so that at no moment two are open.
    `with gone as (delete from draft where pass_id = $1::uuid),
     ended as (
       update step_pass set ended_at = $2::timestamptz, outcome = $3, reason = $4, answers = $5::jsonb,
              ended_by_id = $6::uuid, on_behalf_of_id = $7::uuid
       where id = $1::uuid and ended_at is null returning referral_id
     ), begun as (
       insert into step_pass (id, referral_id, step, ordinal, way_version, started_on, clock_from, started_at, due_on)
       select $8::uuid, referral_id, $9, $10::int, $11::int, $12::date, $12::date, $13::timestamptz, $15::date
       from ended where $8::uuid is not null
     )
     update referral set ${sets} where id = $14::uuid`,
    end.passId,
    instantText(end.at),
    end.outcome,
    end.reason,
    end.answers === null ? null : JSON.stringify(end.answers),
    end.by,
    end.onBehalfOf,
    begun,
    begin?.step ?? null,
    begin?.ordinal ?? null,
    begin?.wayVersion ?? null,
    begin?.startedOn.toString() ?? null,
    begin && instantText(begin.at),
    caseId,
    begin?.dueOn?.toString() ?? null,
    ...values,
  );
  return begun;
}

/** Keeps the half-done form of the open pass, and touches its case; whoever's turn it is goes on with it. */
export async function saveStepDraft(
  db: Tx,
  caseId: string,
  draft: { passId: string; staffId: string; input: Readonly<Record<string, string>>; at: Instant },
): Promise<void> {
  const { sets, values } = setsOf({ by: draft.staffId, at: draft.at }, 7);
  await write(
    db,
    `with kept as (
       insert into draft (id, form, staff_id, pass_id, input, updated_at)
       values ($1::uuid, 'step', $2::uuid, $3::uuid, $4::jsonb, $5::timestamptz)
       on conflict (pass_id) where pass_id is not null
       do update set input = excluded.input, staff_id = excluded.staff_id, version = draft.version + 1, updated_at = excluded.updated_at
     )
     update referral set ${sets} where id = $6::uuid`,
    uuidv7(),
    draft.staffId,
    draft.passId,
    JSON.stringify(draft.input),
    instantText(draft.at),
    caseId,
    ...values,
  );
}

/** Marks that the citizen was told of the outcome of an ended pass. */
export async function markCitizenTold(db: Tx, told: { passId: string; on: PlainDate; by: string }): Promise<void> {
  await write(
    db,
    `update step_pass set citizen_told_on = $2::date, citizen_told_by_id = $3::uuid where id = $1::uuid and citizen_told_on is null`,
    told.passId,
    told.on.toString(),
    told.by,
  );
}

/** Marks that the handlekommune was told (serviceloven § 110, stk. 6) of the admissions of the case decided by then. */
export async function markMunicipalityTold(db: Tx, told: { caseId: string; on: PlainDate; by: string }): Promise<void> {
  await write(
    db,
    `update stay set municipality_told_on = $2::date, municipality_told_by_id = $3::uuid
     where referral_id = $1::uuid and municipality_told_on is null and decided_on <= $2::date`,
    told.caseId,
    told.on.toString(),
    told.by,
  );
}
