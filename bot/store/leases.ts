/** Offers, tenancies and what they bring with them, as a change writes them. */
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Oere } from '../domain/money.ts';
import type { HomeHeld } from '../domain/retention.ts';
import type { Grant } from '../domain/subsidy.ts';
import type { Instant, PlainDate } from '../domain/time.ts';
import { insertRows } from './bulk.ts';
import type { DutyKind, OfferState } from './case-homes.ts';
import type { Tx } from './database.ts';
import { grantColumns, grantRow } from './grants.ts';
import { dayInJson } from './temporal.ts';

export interface NewOffer {
  readonly caseId: string;
  readonly dwellingId: string;
  readonly by: string;
  readonly offeredOn: PlainDate;
  readonly answerDueOn: PlainDate;
}

/** Reserves the dwelling for the case; false when somebody else has it, or the case another, whatever was read before. */
export async function addOffer(tx: Tx, offer: NewOffer): Promise<boolean> {
  const rows = await tx.$queryRawUnsafe<unknown[]>(
    `insert into offer (id, referral_id, dwelling_id, offered_by_id, offered_on, answer_due_on)
     values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::date, $6::date) on conflict do nothing returning id`,
    uuidv7(),
    offer.caseId,
    offer.dwellingId,
    offer.by,
    offer.offeredOn.toString(),
    offer.answerDueOn.toString(),
  );
  return rows.length === 1;
}

/** Moves an offer on; its dwelling is free again in every state but `reserved`, `accepted` and `leased`. */
export async function setOfferState(
  tx: Tx,
  offerId: string,
  state: OfferState,
  { at, reason = null, declinedBy = null }: { at: Instant; reason?: string | null; declinedBy?: string | null },
): Promise<void> {
  await tx.$queryRawUnsafe(
    `update offer set state = $2::"OfferState", reason = coalesce($3, reason), declined_by = coalesce($4, declined_by),
            ended_at = case when $2 in ('reserved', 'accepted') then null else $5::timestamptz end
     where id = $1::uuid returning id`,
    offerId,
    state,
    reason,
    declinedBy,
    at.toString(),
  );
}

/** The cases with an offer whose last day for an answer lies before today. */
export async function overdueOffers(db: Tx, today: PlainDate): Promise<string[]> {
  const rows = await db.$queryRawUnsafe<{ caseId: string }[]>(
    `select referral_id as "caseId" from offer where state = 'reserved' and answer_due_on < $1::date order by answer_due_on`,
    today.toString(),
  );
  return rows.map(({ caseId }) => caseId);
}

/** The rent of a dwelling from a day on; the same day is corrected. */
export async function recordRent(
  tx: Tx,
  rent: { dwellingId: string; from: PlainDate; oere: Oere; by: string | null; at: Instant },
): Promise<void> {
  await tx.$queryRawUnsafe(
    `insert into rent_change (id, dwelling_id, from_day, rent_oere, recorded_by_id, recorded_at)
     values ($1::uuid, $2::uuid, $3::date, $4::int, $5::uuid, $6::timestamptz)
     on conflict (dwelling_id, from_day) do update set rent_oere = excluded.rent_oere,
       recorded_by_id = excluded.recorded_by_id, recorded_at = excluded.recorded_at returning id`,
    uuidv7(),
    rent.dwellingId,
    rent.from.toString(),
    rent.oere,
    rent.by,
    rent.at.toString(),
  );
}

export interface SignedLease {
  readonly caseId: string;
  readonly dwellingId: string;
  readonly offerId: string | null;
  readonly signedOn: PlainDate;
  readonly startsOn: PlainDate;
  readonly depositOere: Oere | null;
  readonly by: string | null;
  readonly at: Instant;
  readonly grant: Grant | null;
}

/** Writes the tenancy that was signed, or corrects the one that the case already has of this dwelling. Resolves to its id. */
export async function signLease(tx: Tx, lease: SignedLease, known: string | null): Promise<string> {
  const id = known ?? uuidv7();
  await tx.$queryRawUnsafe(
    `insert into lease (id, referral_id, dwelling_id, offer_id, signed_on, starts_on, created_at)
     values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::date, $6::date, $7::timestamptz)
     on conflict (id) do update set signed_on = excluded.signed_on, starts_on = excluded.starts_on returning id`,
    id,
    lease.caseId,
    lease.dwellingId,
    lease.offerId,
    lease.signedOn.toString(),
    lease.startsOn.toString(),
    lease.at.toString(),
  );
  await tx.$queryRawUnsafe(
    `update dwelling set deposit_oere = coalesce($2::int, deposit_oere), version = version + 1,
            changed_by_id = $3::uuid, changed_at = $4::timestamptz where id = $1::uuid returning id`,
    lease.dwellingId,
    lease.depositOere,
    lease.by,
    lease.at.toString(),
  );
  await tx.$queryRawUnsafe('delete from subsidy_grant where lease_id = $1::uuid returning id', id);
  if (lease.grant) await insertRows(tx, 'subsidy_grant', grantColumns, [grantRow(id, lease.grant)]);
  return id;
}

/** Forgets the rent that a lease began with, where it turns out to begin on another day. */
export async function forgetRent(tx: Tx, leaseId: string): Promise<void> {
  await tx.$queryRawUnsafe(
    `delete from rent_change rc using lease l
     where l.id = $1::uuid and rc.dwelling_id = l.dwelling_id and rc.from_day = l.starts_on and rc.recorded_at >= l.created_at
     returning rc.id`,
    leaseId,
  );
}

/** The citizen has moved in, with this support: nobody waits for the dwelling any more. */
export async function moveIn(
  tx: Tx,
  lease: { id: string; dwellingId: string },
  { on, by, at, method }: { on: PlainDate; by: string | null; at: Instant; method: string | null },
): Promise<void> {
  await tx.$queryRawUnsafe(
    'update lease set moved_in_on = $2::date, support_method = $3 where id = $1::uuid returning id',
    lease.id,
    on.toString(),
    method,
  );
  await tx.$queryRawUnsafe(
    `update dwelling set vacant_from = null, version = version + 1, changed_by_id = $2::uuid, changed_at = $3::timestamptz
     where id = $1::uuid returning id`,
    lease.dwellingId,
    by,
    at.toString(),
  );
}

/**
 * Ends a tenancy, and its subsidy with it (domain.md § 1.4: it most likely lapses); what was still to be applied for is
 * so no longer. `on` is its last day.
 */
export async function endLease(tx: Tx, leaseId: string, on: PlainDate, reason: string): Promise<void> {
  await tx.$queryRawUnsafe(
    `with ended as (update subsidy_grant set ended_on = least(coalesce(ended_on, $2::date), $2::date) where lease_id = $1::uuid),
          gone as (delete from lease_duty where lease_id = $1::uuid and settled_on is null)
     update lease set ends_on = greatest($2::date, starts_on - 1), end_reason = $3 where id = $1::uuid and ends_on is null returning id`,
    leaseId,
    on.toString(),
    reason,
  );
}

/** Somebody has to see to it by a day; the day of a duty that is not settled yet moves. */
export async function addDuty(tx: Tx, leaseId: string, kind: DutyKind, dueOn: PlainDate): Promise<void> {
  await tx.$queryRawUnsafe(
    `insert into lease_duty (id, lease_id, kind, due_on) values ($1::uuid, $2::uuid, $3, $4::date)
     on conflict (lease_id, kind) do update set due_on = excluded.due_on where lease_duty.settled_on is null returning id`,
    uuidv7(),
    leaseId,
    kind,
    dueOn.toString(),
  );
}

export async function settleDuty(
  tx: Tx,
  duty: { id: string; outcome: 'done' | 'not_relevant'; on: PlainDate; by: string },
): Promise<void> {
  await tx.$queryRawUnsafe(
    `update lease_duty set settled_on = $2::date, settled_by_id = $3::uuid, outcome = $4
     where id = $1::uuid and settled_on is null returning id`,
    duty.id,
    duty.on.toString(),
    duty.by,
    duty.outcome,
  );
}

const heldSchema = z.object({
  method: z.string().nullable(),
  movedInOn: dayInJson,
  endedOn: dayInJson.nullable(),
  endReason: z.string().nullable(),
});

/** Every home that somebody has moved into, with the method of the support then; of an imported one, of its case. */
export async function homesHeld(db: Tx): Promise<HomeHeld[]> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `select coalesce(l.support_method, r.support_method) as method, l.moved_in_on::text as "movedInOn", l.ends_on::text as "endedOn", l.end_reason as "endReason"
     from lease l join referral r on r.id = l.referral_id where l.moved_in_on is not null`,
  );
  return rows.map((row) => heldSchema.parse(row));
}

export interface Discharge {
  readonly stayId: string;
  /** The first day that the citizen no longer lives there. */
  readonly on: PlainDate;
  readonly manner: string;
  readonly reason: string;
  readonly to: string;
  readonly by: string;
}

/** Takes the end of a stay back: it lasts. */
export async function resumeStay(tx: Tx, stayId: string): Promise<void> {
  await tx.$queryRawUnsafe(
    `update stay set ended_on = null, discharge_manner = null, discharge_reason = null, discharged_to = null, discharged_by_id = null
     where id = $1::uuid returning id`,
    stayId,
  );
}

/** Ends a stay at a shelter, with how, why and to where (domain.md § 4: the quarterly statistics ask all three), or corrects that. */
export async function dischargeStay(tx: Tx, { stayId, on, manner, reason, to, by }: Discharge): Promise<void> {
  await tx.$queryRawUnsafe(
    `update stay set ended_on = $2::date, discharge_manner = $3, discharge_reason = $4, discharged_to = $5, discharged_by_id = $6::uuid
     where id = $1::uuid returning id`,
    stayId,
    on.toString(),
    manner,
    reason,
    to,
    by,
  );
}
