/** Where each member of staff can be written to. */
import type { Instant } from '../domain/time.ts';
import { type Db, type Tx, write } from './database.ts';
import { fromTimestamp } from './temporal.ts';

export interface PersonalPlace {
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly tenantId?: string | undefined;
  readonly botId: string;
  readonly channelId: string;
}

/** What was kept of late, by member of staff, so that a talk does not ask the database at every turn. */
const kept = new Map<string, { readonly place: string; readonly until: number }>();
const KEPT_FOR_MS = 10 * 60_000;

/** Keeps the personal conversation; writes only when something about it is new, as it seldom is. */
export async function rememberConversation(
  db: Tx,
  staffId: string,
  userId: string,
  place: PersonalPlace,
  at: Instant,
): Promise<void> {
  const { conversationId, serviceUrl, tenantId = null, botId, channelId } = place;
  const seen = [userId, conversationId, serviceUrl, tenantId, botId, channelId].join(' ');
  const before = kept.get(staffId);
  if (before?.place === seen && before.until > at.epochMilliseconds) return;
  await db.$executeRawUnsafe(
    `insert into conversation as known (staff_id, conversation_id, user_id, service_url, tenant_id, bot_id, channel_id, updated_at)
     select $1::uuid, $2, $3, $4, $5, $6, $7, $8::timestamptz
     where not exists (select 1 from conversation where staff_id = $1::uuid and conversation_id = $2 and user_id = $3 and service_url = $4
                       and tenant_id is not distinct from $5 and bot_id = $6 and channel_id = $7)
     on conflict (staff_id) do update set conversation_id = excluded.conversation_id, user_id = excluded.user_id,
       service_url = excluded.service_url, tenant_id = excluded.tenant_id, bot_id = excluded.bot_id,
       channel_id = excluded.channel_id, updated_at = excluded.updated_at`,
    staffId,
    conversationId,
    userId,
    serviceUrl,
    tenantId,
    botId,
    channelId,
    at.toString(),
  );
  kept.set(staffId, { place: seen, until: at.epochMilliseconds + KEPT_FOR_MS });
}

/** A conversation as it was kept at a time. */
export interface KeptPlace {
  readonly place: PersonalPlace;
  readonly updatedAt: Instant;
}

const KEPT = `select conversation_id as "conversationId", service_url as "serviceUrl", tenant_id as "tenantId",
  bot_id as "botId", channel_id as "channelId", updated_at as "updatedAt" from conversation`;

async function one(db: Db, sql: string, ...values: unknown[]): Promise<KeptPlace | null> {
  type Row = Omit<PersonalPlace, 'tenantId'> & { readonly tenantId: string | null; readonly updatedAt: Date };
  const [row] = await db.$queryRawUnsafe<Row[]>(sql, ...values);
  if (!row) return null;
  const { tenantId, updatedAt, ...place } = row;
  return { place: { ...place, ...(tenantId !== null && { tenantId }) }, updatedAt: fromTimestamp(updatedAt) };
}

export const conversationOf = (db: Db, staffId: string) => one(db, `${KEPT} where staff_id = $1::uuid`, staffId);
export const latestConversation = (db: Db) => one(db, `${KEPT} order by updated_at desc limit 1`);

/** Keeps a conversation that we have opened, unless the person has written to us meanwhile: that is the better one. */
export const keepOpened = (db: Db, staffId: string, userId: string, place: PersonalPlace, at: Instant): Promise<void> =>
  write(
    db,
    `insert into conversation (staff_id, user_id, conversation_id, service_url, tenant_id, bot_id, channel_id, updated_at)
     values ($1::uuid, $2, $3, $4, $5, $6, $7, $8::timestamptz) on conflict do nothing`,
    staffId,
    userId,
    place.conversationId,
    place.serviceUrl,
    place.tenantId ?? null,
    place.botId,
    place.channelId,
    at.toString(),
  );

/** Forgets a conversation that is gone, unless the person has written meanwhile. */
export const forgetConversation = (db: Db, staffId: string, { place, updatedAt }: KeptPlace): Promise<void> =>
  write(
    db,
    'delete from conversation where staff_id = $1::uuid and conversation_id = $2 and updated_at = $3::timestamptz',
    staffId,
    place.conversationId,
    updatedAt.toString(),
  );
