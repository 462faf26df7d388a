/** What was agreed about residents (aftaler): open until done, or dropped with a reason. */
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { dropReasons } from '../domain/review/outcomes.ts';
import type { Instant, PlainDate } from '../domain/time.ts';
import { type Tx, write } from './database.ts';
import { SHELTER, shelterSchema } from './review-plans.ts';
import { dayInJson, instantInJson, instantText } from './temporal.ts';

const person = z.object({ id: z.uuid(), name: z.string() });

const actionSchema = z.object({
  id: z.uuid(),
  referralId: z.uuid(),
  caseNumber: z.int(),
  citizen: person,
  /** Where it was agreed; the resident may have moved since. */
  shelter: shelterSchema,
  /** Where the case is now. */
  shelterPath: z.string(),
  authorityPath: z.string(),
  caseworkerId: z.uuid().nullable(),
  itemId: z.uuid().nullable(),
  text: z.string(),
  owner: person.extend({ active: z.boolean() }),
  dueOn: dayInJson,
  createdById: z.uuid(),
  createdAt: instantInJson,
  endedAt: instantInJson.nullable(),
  endedBy: z.string().nullable(),
  dropReason: z.enum(dropReasons).nullable(),
});
export type ReviewAction = z.infer<typeof actionSchema>;

const ACTION = `
  select json_build_object('id', a.id, 'referralId', a.referral_id, 'caseNumber', r.number,
    'citizen', json_build_object('id', c.id, 'name', c.name),
    'shelter', ${SHELTER('u')}, 'shelterPath', sh.path, 'authorityPath', au.path,
    'caseworkerId', r.caseworker_id, 'itemId', a.item_id, 'text', a.text,
    'owner', json_build_object('id', o.id, 'name', o.name, 'active', o.active), 'dueOn', a.due_on,
    'createdById', a.created_by_id, 'createdAt', a.created_at, 'endedAt', a.ended_at,
    'endedBy', (select s.name from staff s where s.id = a.ended_by_id), 'dropReason', a.drop_reason) as action
  from review_action a join referral r on r.id = a.referral_id join citizen c on c.id = r.citizen_id
    join unit u on u.id = a.shelter_id join unit sh on sh.id = r.shelter_id join unit au on au.id = r.unit_id
    join staff o on o.id = a.owner_id`;

/** The actions that the condition holds for, the first due first. */
async function actionsWhere(db: Tx, where: string, ...values: unknown[]): Promise<ReviewAction[]> {
  const rows = await db.$queryRawUnsafe<{ action: unknown }[]>(
    `${ACTION} where ${where} order by a.due_on, a.created_at, a.id`,
    ...values,
  );
  return rows.map(({ action }) => actionSchema.parse(action));
}

export const openActionsOfCase = (db: Tx, referralId: string) =>
  actionsWhere(db, 'a.referral_id = $1::uuid and a.ended_at is null', referralId);

export const openActionsOfShelter = (db: Tx, shelterId: string) =>
  actionsWhere(db, 'a.shelter_id = $1::uuid and a.ended_at is null', shelterId);

export const openActionsOfOwner = (db: Tx, ownerId: string) =>
  actionsWhere(db, 'a.owner_id = $1::uuid and a.ended_at is null', ownerId);

/** Those open when the review's agenda was made, those agreed at it, and those ended since: what its minutes tell. */
export const actionsOfReview = (db: Tx, reviewId: string) =>
  actionsWhere(
    db,
    `exists (select 1 from review_item i join review v on v.id = i.review_id
             where v.id = $1::uuid and i.referral_id = a.referral_id
               and (a.item_id = i.id or a.created_at <= coalesce(v.closed_at, now()))
               and (a.ended_at is null or a.ended_at >= v.created_at))`,
    reviewId,
  );

export async function findAction(db: Tx, id: string): Promise<ReviewAction | null> {
  const [action] = await actionsWhere(db, 'a.id = $1::uuid', id);
  return action ?? null;
}

/** How many were agreed at the review. */
export async function countActions(db: Tx, reviewId: string): Promise<number> {
  const [row] = await db.$queryRawUnsafe<{ count: number }[]>(
    `select count(*)::int as count from review_action a join review_item i on i.id = a.item_id where i.review_id = $1::uuid`,
    reviewId,
  );
  return row?.count ?? 0;
}

/** Reads the action and holds it until the transaction ends. */
export async function lockAction(tx: Tx, id: string): Promise<ReviewAction | null> {
  await write(tx, 'select 1 from review_action where id = $1::uuid for no key update', id);
  return findAction(tx, id);
}

export interface NewAction {
  readonly referralId: string;
  readonly shelterId: string;
  readonly itemId: string | null;
  readonly text: string;
  readonly ownerId: string;
  readonly dueOn: PlainDate;
  readonly by: string;
  readonly at: Instant;
}

export const addAction = (tx: Tx, action: NewAction): Promise<void> =>
  write(
    tx,
    `insert into review_action (id, referral_id, shelter_id, item_id, text, owner_id, due_on, created_by_id, created_at)
     values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6::uuid, $7::date, $8::uuid, $9::timestamptz)`,
    uuidv7(),
    action.referralId,
    action.shelterId,
    action.itemId,
    action.text,
    action.ownerId,
    action.dueOn.toString(),
    action.by,
    instantText(action.at),
  );

/** Ends those of the actions that are open and belong to the case: done, or dropped with a reason. */
export const endActions = (
  tx: Tx,
  referralId: string,
  ids: readonly string[],
  end: { readonly dropReason: string | null; readonly by: string; readonly at: Instant },
): Promise<void> =>
  write(
    tx,
    `update review_action set ended_at = $3::timestamptz, ended_by_id = $4::uuid, drop_reason = $5
     where id = any($1::uuid[]) and referral_id = $2::uuid and ended_at is null`,
    ids,
    referralId,
    instantText(end.at),
    end.by,
    end.dropReason,
  );

/** How many of the shelter's actions that fell due in the days from `from` to before `to` were done; those dropped are left out. */
export async function doneShare(
  db: Tx,
  shelterId: string,
  from: PlainDate,
  to: PlainDate,
): Promise<{ readonly done: number; readonly of: number }> {
  const [row] = await db.$queryRawUnsafe<{ done: number; of: number }[]>(
    `select count(*) filter (where ended_at is not null)::int as done, count(*)::int as of
     from review_action where shelter_id = $1::uuid and drop_reason is null and due_on >= $2::date and due_on < $3::date`,
    shelterId,
    from.toString(),
    to.toString(),
  );
  return row ?? { done: 0, of: 0 };
}
