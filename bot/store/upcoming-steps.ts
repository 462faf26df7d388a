/** The tenancies with a subsidy that runs, for the list of those that step down next. */
import { z } from 'zod';
import type { PlainDate } from '../domain/time.ts';
import type { Db } from './database.ts';
import { GRANT, grantSchema } from './grants.ts';
import { dayInJson } from './temporal.ts';

const rowSchema = z.object({
  caseId: z.uuid(),
  caseNumber: z.int(),
  citizen: z.object({ id: z.uuid(), name: z.string() }),
  caseworkerId: z.uuid().nullable(),
  supporterId: z.uuid().nullable(),
  shelterPath: z.string(),
  authorityPath: z.string(),
  address: z.string(),
  payableOere: z.int().nullable(),
  rents: z.array(z.object({ from: dayInJson, oere: z.int() })),
  grant: grantSchema,
});
export type SubsidisedHome = z.infer<typeof rowSchema>;

/** The running tenancies whose subsidy has a step, or its end, between two days: asked of the anchor's day and month. */
export async function homesSteppingDown(db: Db, from: PlainDate, to: PlainDate): Promise<SubsidisedHome[]> {
  const rows = await db.$queryRawUnsafe<{ home: unknown }[]>(
    `select json_build_object('caseId', r.id, 'caseNumber', r.number, 'citizen', json_build_object('id', c.id, 'name', c.name),
       'caseworkerId', r.caseworker_id,
       'supporterId', case when r.support_ended_on is null then coalesce(r.support_worker_id, r.caseworker_id)
                           else coalesce(r.responsible_id, r.caseworker_id) end,
       'shelterPath', sh.path, 'authorityPath', au.path, 'address', d.address, 'payableOere', r.payable_oere,
       'rents', coalesce((select json_agg(json_build_object('from', rc.from_day, 'oere', rc.rent_oere) order by rc.from_day)
                          from rent_change rc where rc.dwelling_id = l.dwelling_id), '[]'::json),
       'grant', ${GRANT}) as home
     from lease l join subsidy_grant g on g.lease_id = l.id join referral r on r.id = l.referral_id
       join citizen c on c.id = r.citizen_id join dwelling d on d.id = l.dwelling_id
       join unit sh on sh.id = r.shelter_id join unit au on au.id = r.unit_id
     where l.ends_on is null
       and (g.ended_on between $1::date - 1 and $2::date
            or g.scheme = 'state_subsidy' and exists (
              select 1 from generate_series(1, cardinality(g.shares)) as year(n)
              where g.anchor_on + make_interval(years => year.n) between $1::date and $2::date))`,
    from.toString(),
    to.toString(),
  );
  return rows.map(({ home }) => rowSchema.parse(home));
}
