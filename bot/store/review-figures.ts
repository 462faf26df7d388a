/** What a shelter's past reviews add up to: of the shelter, never of an employee. */
import { z } from 'zod';
import type { PlainDate } from '../domain/time.ts';
import type { Db } from './database.ts';
import { dayInJson } from './temporal.ts';

const heldSchema = z.object({
  heldOn: dayInJson,
  /** Those invited, and whoever came without. */
  invited: z.int(),
  attended: z.int(),
  /** Actions that fell due from the review before, or a week before the first, until this one; those dropped are left out. */
  due: z.int(),
  done: z.int(),
});
export type HeldReview = z.infer<typeof heldSchema>;

/** The shelter's last reviews that were held and have ended, the earliest first. */
export async function heldReviews(db: Db, shelterId: string, most: number): Promise<HeldReview[]> {
  const [row] = await db.$queryRawUnsafe<{ held: unknown }[]>(
    `with held as (
       select id, held_on, coalesce(lag(held_on) over (order by held_on), held_on - 7) as since
       from review where shelter_id = $1::uuid and started_at is not null and closed_at is not null
     ), latest as (select * from held order by held_on desc limit $2::int)
     select coalesce(json_agg(json_build_object('heldOn', v.held_on, 'invited', p.invited, 'attended', p.attended,
       'due', a.due, 'done', a.done) order by v.held_on), '[]'::json) as held
     from latest v
     cross join lateral (select count(*)::int as invited, count(attended_at)::int as attended
                         from review_participant where review_id = v.id) p
     cross join lateral (select count(*)::int as due, count(ended_at)::int as done from review_action
                         where shelter_id = $1::uuid and drop_reason is null and due_on >= v.since and due_on < v.held_on) a`,
    shelterId,
    most,
  );
  return z.array(heldSchema).parse(row?.held);
}

const discussedSchema = z.array(z.object({ referralId: z.uuid(), on: dayInJson }));

/**
 * When each of those who live in the shelter was last discussed, at whatever shelter; nobody who never was. The rest, who
 * were put in the minutes as unchanged without a word, were not discussed.
 */
export async function lastDiscussed(db: Db, shelterId: string): Promise<ReadonlyMap<string, PlainDate>> {
  const [row] = await db.$queryRawUnsafe<{ discussed: unknown }[]>(
    `select coalesce(json_agg(json_build_object('referralId', d.referral_id, 'on', d.held_on)), '[]'::json) as discussed
     from (select i.referral_id, max(v.held_on) as held_on from review_item i join review v on v.id = i.review_id
           where i.outcome is not null and not i.with_the_rest
             and exists (select 1 from stay st where st.referral_id = i.referral_id and st.shelter_id = $1::uuid and st.ended_on is null)
           group by i.referral_id) d`,
    shelterId,
  );
  return new Map(discussedSchema.parse(row?.discussed).map(({ referralId, on }) => [referralId, on]));
}
