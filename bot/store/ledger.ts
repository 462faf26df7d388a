/** What has become of the messages: for whoever asks what was told, and for those who watch over the delivery. */
import type { Instant } from '../domain/time.ts';
import type { Db } from './database.ts';
import type { MessageState } from './generated/client.ts';
import { fromTimestamp, instantText } from './temporal.ts';

/** A message as it stands. It holds no words: those were made for its recipient when it was sent. */
export interface LedgerEntry {
  readonly id: string;
  readonly kind: string;
  readonly subject: Readonly<Record<string, string | number>>;
  /** Who is told; null of a message to a channel or group chat. */
  readonly recipient: { readonly id: string; readonly name: string } | null;
  readonly state: MessageState;
  readonly toldAt: Instant;
  readonly sentAt: Instant | null;
  /** Why it has not arrived yet, or never will: the connector's code or ours. */
  readonly code: string | null;
  readonly attempts: number;
}

/** The newest first, at most so many. The case is the `caseId` of their subjects. */
export const toldAboutCase = (db: Db, caseId: string, most: number): Promise<LedgerEntry[]> =>
  entries(db, `m.subject ->> 'caseId' = $1`, caseId, most);

export const toldToPerson = (db: Db, staffId: string, most: number): Promise<LedgerEntry[]> =>
  entries(db, 'm.recipient_id = $1::uuid', staffId, most);

async function entries(db: Db, which: string, id: string, most: number): Promise<LedgerEntry[]> {
  type Row = Omit<LedgerEntry, 'toldAt' | 'sentAt'> & { readonly toldAt: Date; readonly sentAt: Date | null };
  const rows = await db.$queryRawUnsafe<Row[]>(
    `select m.id, m.kind, m.subject, m.state::text, m.created_at as "toldAt", m.sent_at as "sentAt", m.last_error as code,
            m.attempts, case when s.id is not null then json_build_object('id', s.id, 'name', s.name) end as recipient
     from outbox_message m left join staff s on s.id = m.recipient_id
     where ${which} order by m.created_at desc, m.id desc limit $2::int`,
    id,
    most,
  );
  return rows.map(({ toldAt, sentAt, ...row }) => ({
    ...row,
    toldAt: fromTimestamp(toldAt),
    sentAt: sentAt && fromTimestamp(sentAt),
  }));
}

/** How many messages to the person wait. */
export async function waitingFor(db: Db, staffId: string): Promise<number> {
  const [row] = await db.$queryRawUnsafe<{ waiting: number }[]>(
    `select count(*)::int as waiting from outbox_message where state = 'waiting' and recipient_id = $1::uuid`,
    staffId,
  );
  return row?.waiting ?? 0;
}

export interface Backlog {
  readonly waiting: number;
  /** Seconds since the oldest of them was told; 0 when none waits. */
  readonly oldestSeconds: number;
}

export async function backlogOf(db: Db, now: Instant): Promise<Backlog> {
  const [row] = await db.$queryRawUnsafe<Backlog[]>(
    `select count(*)::int as waiting,
            coalesce(extract(epoch from $1::timestamptz - min(created_at)), 0)::float8 as "oldestSeconds"
     from outbox_message where state = 'waiting'`,
    instantText(now),
  );
  return row ?? { waiting: 0, oldestSeconds: 0 };
}
