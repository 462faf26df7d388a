/** The approved residents who wait for an offer: what a dwelling is held against, for all of them in one round trip. */
import { z } from 'zod';
import { homeKinds } from '../domain/schemes.ts';
import type { Db } from './database.ts';
import { dayInJson } from './temporal.ts';

const residentSchema = z.object({
  caseId: z.uuid(),
  number: z.int(),
  citizenId: z.uuid(),
  citizen: z.string(),
  /** The sides of the case that rights are asked of. */
  caseworkerId: z.uuid().nullable(),
  paths: z.object({ shelter: z.string(), authority: z.string(), housing: z.string().nullable() }),
  /** The day the wait began: the first at the step since the latest decision, whatever was offered and declined meanwhile. */
  since: dayInJson,
  adults: z.int().nullable(),
  children: z.int().nullable(),
  homeKind: z.enum(homeKinds).nullable(),
  payableOere: z.int().nullable(),
  /** Dwellings that were offered in the case, and it became a no. */
  declined: z.array(z.uuid()),
});
export type WaitingResident = z.infer<typeof residentSchema>;

/** Those at the step `offer` to whom nothing is offered just now, the longest waiting first. */
export async function waitingForOffer(db: Db): Promise<WaitingResident[]> {
  const rows = await db.$queryRawUnsafe<{ resident: unknown }[]>(
    `select json_build_object(
       'caseId', r.id, 'number', r.number, 'citizenId', c.id, 'citizen', c.name, 'caseworkerId', r.caseworker_id,
       'paths', json_build_object('shelter', sh.path, 'authority', au.path, 'housing',
         (select h.path from unit h where h.kind = 'housing_assignment' and h.active order by h.path limit 1)),
       'since', w.since, 'adults', r.household_adults, 'children', r.household_children, 'homeKind', r.home_kind,
       'payableOere', r.payable_oere, 'declined', coalesce((select json_agg(distinct o.dwelling_id) from offer o
                            where o.referral_id = r.id and o.state = 'declined'), '[]'::json)) as resident
     from step_pass p join referral r on r.id = p.referral_id join citizen c on c.id = r.citizen_id
       join unit sh on sh.id = r.shelter_id join unit au on au.id = r.unit_id
       cross join lateral (
         select min(o.started_on) as since from step_pass o
         where o.referral_id = r.id and o.step = 'offer' and o.ordinal > coalesce(
           (select max(d.ordinal) from step_pass d where d.referral_id = r.id and d.step = 'decision'), 0)) w
     where p.step = 'offer' and p.ended_at is null and r.closed_at is null
       and not exists (select 1 from offer o where o.referral_id = r.id and o.state in ('reserved', 'accepted'))
     order by w.since, r.number`,
  );
  return rows.map(({ resident }) => residentSchema.parse(resident));
}
