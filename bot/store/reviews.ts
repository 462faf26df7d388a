/** A review with its agenda, read in one round trip; and how it comes to be, goes on and ends. */
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { reviewOutcomes } from '../domain/review/outcomes.ts';
import { type FoundReason, foundReasonSchema } from '../domain/review/reasons.ts';
import type { Instant, PlainDate } from '../domain/time.ts';
import { type Tx, write } from './database.ts';
import { SHELTER, shelterSchema } from './review-plans.ts';
import { dayInJson, instantInJson, instantText } from './temporal.ts';

const person = z.object({ id: z.uuid(), name: z.string() });

const itemSchema = z.object({
  id: z.uuid(),
  position: z.int(),
  referralId: z.uuid(),
  caseNumber: z.int(),
  citizen: person,
  caseworkerId: z.uuid().nullable(),
  /** Where the case is now: the resident may have moved since the agenda was made. */
  shelterPath: z.string(),
  authorityPath: z.string(),
  room: z.string(),
  contact: z.string(),
  wayVersion: z.int(),
  reasons: z.array(foundReasonSchema),
  addedByHand: z.boolean(),
  outcome: z.enum(reviewOutcomes).nullable(),
  decidedBy: person.nullable(),
  decidedAt: instantInJson.nullable(),
  withTheRest: z.boolean(),
  stepThen: z.string().nullable(),
  journaledBy: z.string().nullable(),
  journaledAt: instantInJson.nullable(),
});
export type ReviewItem = z.infer<typeof itemSchema>;

const reviewSchema = z.object({
  id: z.uuid(),
  shelter: shelterSchema,
  placeId: z.uuid().nullable(),
  heldOn: dayInJson,
  /** Minutes after midnight in Copenhagen. */
  startsAt: z.int(),
  createdAt: instantInJson,
  startedAt: instantInJson.nullable(),
  closedAt: instantInJson.nullable(),
  /** Null for one that nobody closed before the next one's agenda was made. */
  closedBy: person.nullable(),
  currentId: z.uuid().nullable(),
  version: z.int(),
  participants: z.array(person.extend({ attendedAt: instantInJson.nullable() })),
  /** In the order of the agenda. */
  items: z.array(itemSchema),
});
export type Review = z.infer<typeof reviewSchema>;

const PERSON = (id: string) => `(select json_build_object('id', s.id, 'name', s.name) from staff s where s.id = ${id})`;

const REVIEW = `
  select json_build_object('id', v.id, 'shelter', ${SHELTER('u')},
    'placeId', (select p.place_id from review_plan p where p.shelter_id = v.shelter_id),
    'heldOn', v.held_on, 'startsAt', v.starts_at, 'createdAt', v.created_at, 'startedAt', v.started_at,
    'closedAt', v.closed_at, 'closedBy', ${PERSON('v.closed_by_id')}, 'currentId', v.current_id, 'version', v.version,
    'participants', coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name, 'attendedAt', p.attended_at) order by s.name)
      from review_participant p join staff s on s.id = p.staff_id where p.review_id = v.id), '[]'::json),
    'items', coalesce((select json_agg(json_build_object('id', i.id, 'position', i.position, 'referralId', r.id, 'caseNumber', r.number,
        'citizen', json_build_object('id', c.id, 'name', c.name), 'caseworkerId', r.caseworker_id,
        'shelterPath', sh.path, 'authorityPath', au.path, 'room', coalesce(st.room, ''), 'contact', coalesce(k.name, ''),
        'wayVersion', r.way_version, 'reasons', i.reasons, 'addedByHand', i.added_by_id is not null,
        'outcome', i.outcome, 'decidedBy', case when d.id is not null then json_build_object('id', d.id, 'name', d.name) end,
        'decidedAt', i.decided_at, 'withTheRest', i.with_the_rest, 'stepThen', i.step_then,
        'journaledBy', j.name, 'journaledAt', i.journaled_at) order by i.position, i.id)
      from review_item i join referral r on r.id = i.referral_id join citizen c on c.id = r.citizen_id
        join unit sh on sh.id = r.shelter_id join unit au on au.id = r.unit_id
        left join staff d on d.id = i.decided_by_id left join staff j on j.id = i.journaled_by_id
        left join lateral (select st.room, st.contact_id from stay st where st.referral_id = r.id
                           order by st.decided_on desc, st.created_at desc limit 1) st on true
        left join staff k on k.id = st.contact_id
      where i.review_id = v.id), '[]'::json)) as review
  from review v join unit u on u.id = v.shelter_id`;

async function one(db: Tx, where: string, ...values: unknown[]): Promise<Review | null> {
  const [row] = await db.$queryRawUnsafe<{ review: unknown }[]>(`${REVIEW} ${where}`, ...values);
  return row ? reviewSchema.parse(row.review) : null;
}

export const findReview = (db: Tx, id: string) => one(db, 'where v.id = $1::uuid', id);

/** The shelter's review that is open; null between closing one and the next one's agenda. */
export const openReviewOf = (db: Tx, shelterId: string) =>
  one(db, 'where v.shelter_id = $1::uuid and v.closed_at is null', shelterId);

const latest = (where: string) => `where v.id = (
  select id from review where shelter_id = $1::uuid and ${where} order by held_on desc limit 1)`;

/** The shelter's latest review that is closed, held or not. */
export const lastClosedReviewOf = (db: Tx, shelterId: string) => one(db, latest('closed_at is not null'), shelterId);

/** The shelter's latest review that was held at all, before a day. */
export const lastHeldReviewOf = (db: Tx, shelterId: string, before: PlainDate) =>
  one(db, latest('started_at is not null and held_on < $2::date'), shelterId, before.toString());

/** When that was; without its residents, who are a hundred times as much to read. */
export async function lastHeldOf(
  db: Tx,
  shelterId: string,
  before: PlainDate,
): Promise<Pick<Review, 'heldOn' | 'startedAt' | 'closedAt' | 'closedBy'> | null> {
  const [row] = await db.$queryRawUnsafe<{ held: unknown }[]>(
    `select json_build_object('heldOn', v.held_on, 'startedAt', v.started_at, 'closedAt', v.closed_at,
       'closedBy', ${PERSON('v.closed_by_id')}) as held
     from review v ${latest('started_at is not null and held_on < $2::date')}`,
    shelterId,
    before.toString(),
  );
  return row
    ? reviewSchema.pick({ heldOn: true, startedAt: true, closedAt: true, closedBy: true }).parse(row.held)
    : null;
}

/** Whether the day has its agenda, or has to wait for it: a review that is being held today is not ended by the next one's. */
export async function hasReview(db: Tx, shelterId: string, heldOn: PlainDate, today: PlainDate): Promise<boolean> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `select 1 as found from review where shelter_id = $1::uuid
       and (held_on = $2::date or (closed_at is null and (held_on > $2::date or (held_on = $3::date and started_at is not null))))`,
    shelterId,
    heldOn.toString(),
    today.toString(),
  );
  return rows.length > 0;
}

/** The review that the item is on; null when there is no such item. */
export async function reviewOfItem(db: Tx, itemId: string): Promise<string | null> {
  const [row] = await db.$queryRawUnsafe<{ id: string }[]>(
    'select review_id as id from review_item where id = $1::uuid',
    itemId,
  );
  return row?.id ?? null;
}

/** Reads the review and holds it until the transaction ends: all that is said at one review takes turns. */
export async function lockReview(tx: Tx, id: string): Promise<Review | null> {
  await write(tx, 'select 1 from review where id = $1::uuid for no key update', id);
  return findReview(tx, id);
}

/** Whether another agenda of the shelter has been made since, or is the one in use. */
export async function hasLaterReview(
  db: Tx,
  { id, shelter, heldOn }: Pick<Review, 'id' | 'shelter' | 'heldOn'>,
): Promise<boolean> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    'select 1 as found from review where shelter_id = $1::uuid and id <> $3::uuid and (held_on > $2::date or closed_at is null)',
    shelter.id,
    heldOn.toString(),
    id,
  );
  return rows.length > 0;
}

export interface Resident {
  readonly referralId: string;
  readonly stayId: string;
  readonly caseNumber: number;
  readonly citizen: { readonly id: string; readonly name: string };
  readonly caseworkerId: string | null;
  /** Where the case is. */
  readonly shelterPath: string;
  readonly authorityPath: string;
  readonly room: string;
  readonly contactId: string | null;
  readonly contact: string;
}

/** All who live in the shelter, whatever has become of their case; by case number. */
export const residentsOf = (db: Tx, shelterId: string): Promise<Resident[]> =>
  db.$queryRawUnsafe<Resident[]>(
    `select r.id as "referralId", st.id as "stayId", r.number as "caseNumber",
            json_build_object('id', c.id, 'name', c.name) as citizen, r.caseworker_id as "caseworkerId",
            sh.path as "shelterPath", au.path as "authorityPath", coalesce(st.room, '') as room,
            st.contact_id as "contactId", coalesce(k.name, '') as contact
     from stay st join referral r on r.id = st.referral_id join citizen c on c.id = r.citizen_id
       join unit sh on sh.id = r.shelter_id join unit au on au.id = r.unit_id left join staff k on k.id = st.contact_id
     where st.shelter_id = $1::uuid and st.ended_on is null order by r.number`,
    shelterId,
  );

export interface NewReview {
  readonly shelterId: string;
  readonly heldOn: PlainDate;
  readonly startsAt: number;
  readonly participantIds: readonly string[];
  /** In the order of the agenda. */
  readonly items: readonly { readonly referralId: string; readonly reasons: readonly FoundReason[] }[];
  readonly at: Instant;
}

/**
 * Makes the review with its agenda; what is left open of an earlier one ends there. Resolves to its id, or null when the
 * day has one already: another replica was first.
 */
export async function addReview(tx: Tx, review: NewReview): Promise<string | null> {
  const id = uuidv7();
  await write(
    tx,
    'update review set closed_at = $2::timestamptz, version = version + 1 where shelter_id = $1::uuid and closed_at is null and held_on < $3::date',
    review.shelterId,
    instantText(review.at),
    review.heldOn.toString(),
  );
  const made = await tx.$executeRawUnsafe(
    `insert into review (id, shelter_id, held_on, starts_at, created_at)
     values ($1::uuid, $2::uuid, $3::date, $4::int, $5::timestamptz) on conflict do nothing`,
    id,
    review.shelterId,
    review.heldOn.toString(),
    review.startsAt,
    instantText(review.at),
  );
  if (made === 0) return null;
  await write(
    tx,
    'insert into review_participant (review_id, staff_id) select $1::uuid, unnest($2::uuid[])',
    id,
    review.participantIds,
  );
  await write(
    tx,
    `insert into review_item (id, review_id, referral_id, position, reasons)
     select i.id, $1::uuid, i."referralId", i.position, i.reasons
     from jsonb_to_recordset($2::jsonb) as i(id uuid, "referralId" uuid, position int, reasons jsonb)`,
    id,
    JSON.stringify(review.items.map((item, position) => ({ ...item, id: uuidv7(), position }))),
  );
  return id;
}

/** Puts a resident on the agenda, last. */
export const addItem = (
  tx: Tx,
  reviewId: string,
  referralId: string,
  reasons: readonly FoundReason[],
  by: string,
): Promise<void> =>
  write(
    tx,
    `insert into review_item (id, review_id, referral_id, position, reasons, added_by_id)
     select $1::uuid, $2::uuid, $3::uuid, coalesce(max(position), -1) + 1, $4::jsonb, $5::uuid from review_item where review_id = $2::uuid
     on conflict do nothing`,
    uuidv7(),
    reviewId,
    referralId,
    JSON.stringify(reasons),
    by,
  );

/** Puts the items in this order. */
export const orderItems = (tx: Tx, ids: readonly string[]): Promise<void> =>
  write(
    tx,
    `update review_item i set position = o.position - 1
     from unnest($1::uuid[]) with ordinality as o(id, position) where i.id = o.id`,
    ids,
  );

/** Who is there, and where the review stands; the first to open a resident begins it. */
export const goTo = (tx: Tx, reviewId: string, itemId: string, staffId: string, at: Instant): Promise<void> =>
  write(
    tx,
    `with there as (
       insert into review_participant (review_id, staff_id, attended_at) values ($1::uuid, $3::uuid, $4::timestamptz)
       on conflict (review_id, staff_id) do update set attended_at = excluded.attended_at
         where review_participant.attended_at is null)
     update review set current_id = $2::uuid, started_at = coalesce(started_at, $4::timestamptz)
     where id = $1::uuid and closed_at is null`,
    reviewId,
    itemId,
    staffId,
    instantText(at),
  );

/** Raised by all that the progress shows. */
export const raiseReview = (tx: Tx, reviewId: string): Promise<void> =>
  write(tx, 'update review set version = version + 1 where id = $1::uuid', reviewId);

export interface Decision {
  readonly itemIds: readonly string[];
  readonly outcome: string;
  readonly withTheRest: boolean;
  readonly by: string;
  readonly at: Instant;
}

/** Says the outcome of the items; where each case stands now is kept for the minutes. */
export const decideItems = (tx: Tx, { itemIds, outcome, withTheRest, by, at }: Decision): Promise<void> =>
  write(
    tx,
    `update review_item i set outcome = $2, with_the_rest = $3::boolean, decided_by_id = $4::uuid, decided_at = $5::timestamptz,
       step_then = (select p.step from step_pass p where p.referral_id = i.referral_id and not p.beside
                    order by p.ended_at is null desc, p.ordinal desc limit 1)
     where i.id = any($1::uuid[])`,
    itemIds,
    outcome,
    withTheRest,
    by,
    instantText(at),
  );

export const addNote = (tx: Tx, itemId: string, text: string, by: string, at: Instant): Promise<void> =>
  write(
    tx,
    'insert into review_note (id, item_id, author_id, at, text) values ($1::uuid, $2::uuid, $3::uuid, $4::timestamptz, $5)',
    uuidv7(),
    itemId,
    by,
    instantText(at),
    text,
  );

/** Closes it, or with `by` null opens it again. */
export const setClosed = (tx: Tx, reviewId: string, by: string | null, at: Instant): Promise<void> =>
  write(
    tx,
    `update review set closed_by_id = $2::uuid, closed_at = case when $2::uuid is null then null else $3::timestamptz end,
       started_at = coalesce(started_at, $3::timestamptz), version = version + 1 where id = $1::uuid`,
    reviewId,
    by,
    instantText(at),
  );

/** The note of the item stands in the system of record. */
export const markJournaled = (tx: Tx, itemId: string, by: string, at: Instant): Promise<void> =>
  write(
    tx,
    'update review_item set journaled_at = $3::timestamptz, journaled_by_id = $2::uuid where id = $1::uuid',
    itemId,
    by,
    instantText(at),
  );

/** More has been said of the item since: its note is to be copied anew. */
export const forgetJournaled = (tx: Tx, itemId: string): Promise<void> =>
  write(tx, 'update review_item set journaled_at = null, journaled_by_id = null where id = $1::uuid', itemId);

export interface ItemNote {
  readonly itemId: string;
  readonly author: string;
  readonly at: Instant;
  readonly text: string;
}

const noteSchema = z.object({ itemId: z.uuid(), author: z.string(), at: instantInJson, text: z.string() });

/** What was noted at a review, or of one of its residents; the earliest first. */
export async function notesOfReview(db: Tx, reviewId: string, itemId: string | null = null): Promise<ItemNote[]> {
  const [row] = await db.$queryRawUnsafe<{ notes: unknown }[]>(
    `select coalesce(json_agg(json_build_object('itemId', n.item_id, 'author', s.name, 'at', n.at, 'text', n.text) order by n.at, n.id), '[]'::json) as notes
     from review_note n join review_item i on i.id = n.item_id join staff s on s.id = n.author_id
     where i.review_id = $1::uuid and ($2::uuid is null or i.id = $2::uuid)`,
    reviewId,
    itemId,
  );
  return z.array(noteSchema).parse(row?.notes);
}

const lastSaidSchema = z.object({
  heldOn: dayInJson,
  outcome: z.enum(reviewOutcomes),
  by: z.string().nullable(),
  notes: z.array(z.string()),
});
export type LastSaid = z.infer<typeof lastSaidSchema>;

/** The last that was said of the case at a review before a day, at whatever shelter. */
export async function lastSaidOf(db: Tx, referralId: string, before: PlainDate): Promise<LastSaid | null> {
  const [row] = await db.$queryRawUnsafe<{ said: unknown }[]>(
    `select json_build_object('heldOn', v.held_on, 'outcome', i.outcome, 'by', s.name,
       'notes', coalesce((select json_agg(n.text order by n.at, n.id) from review_note n where n.item_id = i.id), '[]'::json)) as said
     from review_item i join review v on v.id = i.review_id left join staff s on s.id = i.decided_by_id
     where i.referral_id = $1::uuid and i.outcome is not null and v.held_on < $2::date order by v.held_on desc limit 1`,
    referralId,
    before.toString(),
  );
  return row ? lastSaidSchema.parse(row.said) : null;
}
