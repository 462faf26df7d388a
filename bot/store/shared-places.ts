/** The channels and group chats that the bot may write in by itself. */
import { v7 as uuidv7 } from 'uuid';
import type { Instant } from '../domain/time.ts';
import type { PersonalPlace } from './conversations.ts';
import { type Db, type Tx, write } from './database.ts';
import { fromTimestamp, instantText } from './temporal.ts';

/** A shared place as it is kept. */
export interface SharedPlace extends PersonalPlace {
  readonly kind: 'channel' | 'group';
  readonly updatedAt: Instant;
  /** When the connector answered that it can no longer be written to; null while it can. */
  readonly goneAt: Instant | null;
}

/** A place where others read along; a personal chat, which is somebody's own, the database refuses. */
type PlaceToKeep = PersonalPlace & { readonly kind: 'personal' | SharedPlace['kind'] };

/** Keeps the place, or what is new about it, as one that can be written to. Resolves to its id, the same at every call. */
export async function keepSharedPlace(db: Tx, place: PlaceToKeep, staffId: string, at: Instant): Promise<string> {
  const { kind, serviceUrl, tenantId = null, botId, channelId } = place;
  const [row] = await db.$queryRawUnsafe<{ id: string }[]>(
    `insert into shared_place (id, kind, conversation_id, service_url, tenant_id, bot_id, channel_id, added_by_id, updated_at)
     values ($1::uuid, $2::"SharedPlaceKind", $3, $4, $5, $6, $7, $8::uuid, $9::timestamptz)
     on conflict (conversation_id) do update set kind = excluded.kind, service_url = excluded.service_url,
       tenant_id = excluded.tenant_id, bot_id = excluded.bot_id, channel_id = excluded.channel_id,
       added_by_id = excluded.added_by_id, updated_at = excluded.updated_at, gone_at = null
     returning id`,
    uuidv7(),
    kind,
    // Of a channel, without the post that it was written under: what is sent there later is a post of its own.
    kind === 'channel' ? place.conversationId.replace(/;messageid=.*$/, '') : place.conversationId,
    serviceUrl,
    tenantId,
    botId,
    channelId,
    staffId,
    instantText(at),
  );
  if (!row) throw new Error('A shared place was not kept');
  return row.id;
}

/** Where to write to, also when it is known to be gone: only the connector can say that it is there again. */
export async function sharedPlaceOf(db: Db, id: string): Promise<SharedPlace | null> {
  type Row = Omit<SharedPlace, 'tenantId' | 'updatedAt' | 'goneAt'> & {
    readonly tenantId: string | null;
    readonly updatedAt: Date;
    readonly goneAt: Date | null;
  };
  const [row] = await db.$queryRawUnsafe<Row[]>(
    `select kind::text, conversation_id as "conversationId", service_url as "serviceUrl", tenant_id as "tenantId",
            bot_id as "botId", channel_id as "channelId", updated_at as "updatedAt", gone_at as "goneAt"
     from shared_place where id = $1::uuid`,
    id,
  );
  if (!row) return null;
  const { tenantId, updatedAt, goneAt, ...place } = row;
  return {
    ...place,
    ...(tenantId !== null && { tenantId }),
    updatedAt: fromTimestamp(updatedAt),
    goneAt: goneAt && fromTimestamp(goneAt),
  };
}

/** Notes that a place can no longer be written to, unless somebody has added it anew meanwhile. */
export const markPlaceGone = (db: Db, id: string, { updatedAt }: SharedPlace, at: Instant): Promise<void> =>
  write(
    db,
    'update shared_place set gone_at = $3::timestamptz where id = $1::uuid and updated_at = $2::timestamptz',
    id,
    instantText(updatedAt),
    instantText(at),
  );

/** Something has been written there: it is not gone, whatever was noted before. */
export const markPlaceReached = (db: Db, id: string): Promise<void> =>
  write(db, 'update shared_place set gone_at = null where id = $1::uuid and gone_at is not null', id);
