/** What shelter staff have seen and heard of a resident, and where the resident lives. */
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Instant, PlainDate } from '../domain/time.ts';
import { type Tx, write } from './database.ts';
import { type Resident, residentsOf } from './reviews.ts';
import { dayInJson, instantInJson, instantText } from './temporal.ts';

const observationSchema = z.object({
  id: z.uuid(),
  author: z.string(),
  at: instantInJson,
  text: z.string().nullable(),
  talkedOn: dayInJson.nullable(),
  wish: z.string().nullable(),
});
export type Observation = z.infer<typeof observationSchema>;

/** A case's observations since an instant, the latest first. */
export async function observationsSince(db: Tx, referralId: string, since: Instant): Promise<Observation[]> {
  const [row] = await db.$queryRawUnsafe<{ found: unknown }[]>(
    `select coalesce(json_agg(json_build_object('id', o.id, 'author', s.name, 'at', o.at, 'text', o.text,
       'talkedOn', o.talked_on, 'wish', o.wish) order by o.at desc, o.id desc), '[]'::json) as found
     from observation o join staff s on s.id = o.author_id where o.referral_id = $1::uuid and o.at > $2::timestamptz`,
    referralId,
    instantText(since),
  );
  return z.array(observationSchema).parse(row?.found);
}

export interface NewObservation {
  readonly referralId: string;
  readonly shelterId: string;
  readonly text: string | null;
  readonly talkedOn: PlainDate | null;
  readonly wish: string | null;
  readonly by: string;
  readonly at: Instant;
}

export const addObservation = (tx: Tx, seen: NewObservation): Promise<void> =>
  write(
    tx,
    `insert into observation (id, referral_id, shelter_id, author_id, at, text, talked_on, wish)
     values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz, $6, $7::date, $8)`,
    uuidv7(),
    seen.referralId,
    seen.shelterId,
    seen.by,
    instantText(seen.at),
    seen.text,
    seen.talkedOn?.toString() ?? null,
    seen.wish,
  );

/** Where the resident of a stay lives in the shelter, and who their contact person is. */
export const keepRoom = (tx: Tx, stayId: string, room: string | null, contactId: string | null): Promise<void> =>
  write(tx, 'update stay set room = $2, contact_id = $3::uuid where id = $1::uuid', stayId, room, contactId);

/** Reads who lives in the shelter with that case, and holds the stay until the transaction ends; null when nobody does. */
export async function lockResident(tx: Tx, shelterId: string, referralId: string): Promise<Resident | null> {
  await write(
    tx,
    'select 1 from stay where referral_id = $1::uuid and shelter_id = $2::uuid and ended_on is null for no key update',
    referralId,
    shelterId,
  );
  return (await residentsOf(tx, shelterId)).find((resident) => resident.referralId === referralId) ?? null;
}
