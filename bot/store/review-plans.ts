/** How each shelter holds its weekly review. */
import { z } from 'zod';
import { rolesWith } from '../domain/access.ts';
import type { ReviewOrder } from '../domain/review/reasons.ts';
import { weekdays } from '../domain/review/schedule.ts';
import type { Instant } from '../domain/time.ts';
import { type Tx, write } from './database.ts';
import type { Colleague } from './people.ts';
import { instantInJson, instantText } from './temporal.ts';

const shelterSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  path: z.string(),
  /** Of the authority unit whose caseworkers take its residents; null where none is set. */
  authorityPath: z.string().nullable(),
});
export type Shelter = z.infer<typeof shelterSchema>;

/** The columns of a shelter as JSON, of the units `alias` and `au`. */
export const SHELTER = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'path', ${alias}.path,
     'authorityPath', (select au.path from unit au where au.id = ${alias}.authority_id))`;
export { shelterSchema };

/** Every shelter that is open, and has an agreement where it needs one; by name. */
export async function shelters(db: Tx, today: string): Promise<Shelter[]> {
  const rows = await db.$queryRawUnsafe<{ shelter: unknown }[]>(
    `select ${SHELTER('u')} as shelter from unit u
     where u.active and (u.kind = 'shelter' or (u.kind = 'independent_shelter' and u.agreement_from <= $1::date))
     order by u.name`,
    today,
  );
  return rows.map(({ shelter }) => shelterSchema.parse(shelter));
}

const planSchema = z.object({
  shelter: shelterSchema,
  weekday: z.literal(weekdays),
  /** Minutes after midnight in Copenhagen. */
  startsAt: z.int(),
  order: z.enum(['urgency', 'contact', 'room']),
  /** Those still active, by name. */
  participants: z.array(z.object({ id: z.uuid(), name: z.string() })),
  /** The channel or group chat that shows the progress. */
  placeId: z.uuid().nullable(),
  version: z.int(),
  changedBy: z.string().nullable(),
  changedAt: instantInJson,
});
export type ReviewPlan = z.infer<typeof planSchema>;

const PLAN = `
  select json_build_object('shelter', ${SHELTER('u')}, 'weekday', p.weekday, 'startsAt', p.starts_at, 'order', p.item_order,
    'participants', coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name) order by s.name)
                              from staff s where s.id = any(p.participant_ids) and s.active), '[]'::json),
    'placeId', p.place_id, 'version', p.version,
    'changedBy', (select s.name from staff s where s.id = p.changed_by_id), 'changedAt', p.changed_at) as plan
  from review_plan p join unit u on u.id = p.shelter_id and u.active`;

const plansWhere = async (db: Tx, where: string, ...values: unknown[]): Promise<ReviewPlan[]> =>
  (await db.$queryRawUnsafe<{ plan: unknown }[]>(`${PLAN} ${where}`, ...values)).map(({ plan }) =>
    planSchema.parse(plan),
  );

export const allPlans = (db: Tx): Promise<ReviewPlan[]> => plansWhere(db, 'order by u.name');

export async function planOf(db: Tx, shelterId: string): Promise<ReviewPlan | null> {
  const [plan] = await plansWhere(db, 'where p.shelter_id = $1::uuid', shelterId);
  return plan ?? null;
}

/** The shelters whose review the person is invited to. */
export async function plansWith(db: Tx, staffId: string): Promise<string[]> {
  const rows = await db.$queryRawUnsafe<{ id: string }[]>(
    'select shelter_id as id from review_plan where $1::uuid = any(participant_ids)',
    staffId,
  );
  return rows.map(({ id }) => id);
}

/** The shelters whose review of the day has been begun and not closed. */
export async function sheltersInReview(db: Tx, today: string): Promise<string[]> {
  const rows = await db.$queryRawUnsafe<{ id: string }[]>(
    'select shelter_id as id from review where held_on = $1::date and closed_at is null and started_at is not null',
    today,
  );
  return rows.map(({ id }) => id);
}

/** The shelter, held until the end of the transaction: whoever plans its reviews takes turns. Null when there is none. */
export async function lockShelter(tx: Tx, shelterId: string, today: string): Promise<Shelter | null> {
  await write(tx, 'select 1 from unit where id = $1::uuid for no key update', shelterId);
  return (await shelters(tx, today)).find(({ id }) => id === shelterId) ?? null;
}

export interface PlanToKeep {
  readonly shelterId: string;
  readonly weekday: number;
  readonly startsAt: number;
  readonly order: ReviewOrder;
  readonly participantIds: readonly string[];
  readonly by: string;
  readonly at: Instant;
}

export const keepPlan = (tx: Tx, plan: PlanToKeep): Promise<void> =>
  write(
    tx,
    `insert into review_plan (shelter_id, weekday, starts_at, item_order, participant_ids, changed_by_id, changed_at)
     values ($1::uuid, $2::int, $3::int, $4::"ReviewOrder", $5::uuid[], $6::uuid, $7::timestamptz)
     on conflict (shelter_id) do update set weekday = excluded.weekday, starts_at = excluded.starts_at,
       item_order = excluded.item_order, participant_ids = excluded.participant_ids, version = review_plan.version + 1,
       changed_by_id = excluded.changed_by_id, changed_at = excluded.changed_at`,
    plan.shelterId,
    plan.weekday,
    plan.startsAt,
    plan.order,
    plan.participantIds,
    plan.by,
    instantText(plan.at),
  );

/** The channel or group chat that shows the progress from now on; null for none. */
export const keepPlanPlace = (tx: Tx, shelterId: string, placeId: string | null, by: string, at: Instant) =>
  write(
    tx,
    `update review_plan set place_id = $2::uuid, version = version + 1, changed_by_id = $3::uuid, changed_at = $4::timestamptz
     where shelter_id = $1::uuid`,
    shelterId,
    placeId,
    by,
    instantText(at),
  );

/** Those who may take part in the shelter's reviews, by name: exactly whom the table of rights lets. */
export async function possibleParticipants(db: Tx, { path, authorityPath }: Shelter): Promise<Colleague[]> {
  return db.$queryRawUnsafe<Colleague[]>(
    `select distinct s.id, s.name from staff s join staff_assignment a on a.staff_id = s.id join unit u on u.id = a.unit_id
     where s.active and u.active and a.role::text = any($1::text[]) and (starts_with($2, u.path) or starts_with($3, u.path))
     order by s.name`,
    rolesWith('review.take-part'),
    path,
    authorityPath ?? '',
  );
}

/** Whom a first plan proposes: the shelter's own staff, and the caseworkers of its residents. */
export async function usualParticipants(db: Tx, { id }: Shelter): Promise<string[]> {
  const rows = await db.$queryRawUnsafe<{ id: string }[]>(
    `select s.id from staff s where s.active and (
       exists (select 1 from staff_assignment a where a.staff_id = s.id and a.unit_id = $1::uuid)
       or exists (select 1 from stay st join referral r on r.id = st.referral_id
                  where st.shelter_id = $1::uuid and st.ended_on is null and r.closed_at is null and r.caseworker_id = s.id))
     order by s.name limit 40`,
    id,
  );
  return rows.map((row) => row.id);
}
