/** The cases of which BIF may have to be asked by the plan, a page at a time. */
import { z } from 'zod';
import type { PlanFacts } from '../domain/capacity-plan.ts';
import { type Instant, legalDate, type PlainDate, TIME_ZONE } from '../domain/time.ts';
import { type Db, write } from './database.ts';
import { GRANT, grantSchema } from './grants.ts';
import { dayInJson, instantInJson, instantText } from './temporal.ts';

const rowSchema = z.object({
  caseId: z.uuid(),
  citizenId: z.uuid(),
  clarifiedSince: dayInJson.nullable(),
  home: z
    .object({
      movedInOn: dayInJson,
      isCti: z.boolean(),
      grant: grantSchema.nullable(),
    })
    .nullable(),
  lastAskedAt: instantInJson.nullable(),
});

export interface Candidate extends PlanFacts {
  readonly caseId: string;
  readonly citizenId: string;
}

const PAGE = 1_000;

/**
 * Every open case that waits for its clarification or has a home that is lived in, and of which no question is open or has
 * been put since `askedBefore`.
 */
export async function* candidates(db: Db, askedBefore: Instant): AsyncGenerator<Candidate> {
  for (let last: string | null = '00000000-0000-0000-0000-000000000000'; last !== null;) {
    const rows: { candidate: unknown }[] = await db.$queryRawUnsafe(
      `select json_build_object('caseId', r.id, 'citizenId', r.citizen_id, 'clarifiedSince', p.started_on, 'lastAskedAt', k.at,
         'home', case when l.id is not null then json_build_object('movedInOn', l.moved_in_on,
           'isCti', coalesce(l.support_method, r.support_method) = 'cti' is true,
           'grant', case when g.id is not null then ${GRANT} end) end) as candidate
       from referral r
         left join step_pass p on p.referral_id = r.id and p.ended_at is null and p.step = 'clarification'
         left join lease l on l.referral_id = r.id and l.ends_on is null and l.moved_in_on is not null
         left join subsidy_grant g on g.lease_id = l.id
         left join lateral (select max(c.asked_at) as at, bool_or(c.closed_at is null) as open
                            from capacity_check_in c where c.referral_id = r.id) k on true
       where r.id > $1::uuid and r.closed_at is null and (p.id is not null or l.id is not null)
         and k.open is not true and (k.at is null or k.at < $2::timestamptz)
       order by r.id limit $3::int`,
      last,
      instantText(askedBefore),
      PAGE,
    );
    const page = rows.map(({ candidate }) => rowSchema.parse(candidate));
    for (const { lastAskedAt, ...facts } of page)
      yield { ...facts, lastAskedOn: lastAskedAt && legalDate(lastAskedAt) };
    last = page.length < PAGE ? null : (page.at(-1)?.caseId ?? null);
  }
}

/** How many questions the plan has put on a legal day; held, nobody puts another one before the transaction ends. */
export async function plannedOn(db: Db, day: PlainDate, { hold = false } = {}): Promise<number> {
  if (hold) await write(db, `select pg_advisory_xact_lock(hashtextextended('plan', 0))`);
  const midnight = (on: PlainDate) => instantText(on.toZonedDateTime({ timeZone: TIME_ZONE }).toInstant());
  const [row] = await db.$queryRawUnsafe<{ count: number }[]>(
    `select count(*)::int as count from capacity_check_in
     where asked_by_id is null and asked_at >= $1::timestamptz and asked_at < $2::timestamptz`,
    midnight(day),
    midnight(day.add({ days: 1 })),
  );
  return row?.count ?? 0;
}
