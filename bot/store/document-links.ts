/** Links to documents: each for one member of staff, once, within five minutes. Whoever reads the table can fetch nothing. */
import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Instant } from '../domain/time.ts';
import { type Db, type Tx, write } from './database.ts';
import { instantText } from './temporal.ts';

/** Which document, and for whom. */
export interface DocumentLink {
  /** Such as `review.minutes`. */
  readonly kind: string;
  /** Ids, never words. */
  readonly subject: Readonly<Record<string, string>>;
  readonly staffId: string;
}

const MINUTES = 5;
const BYTES = 32;

const linkRow = z.object({ kind: z.string(), subject: z.record(z.string(), z.string()), staffId: z.uuid() });

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Whether a text may be a token: what is cut off or mistyped need not be looked for. */
export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** Makes a link; resolves to its token, which is kept nowhere. */
export async function makeDocumentLink(
  tx: Tx,
  { kind, subject, staffId, now }: DocumentLink & { readonly now: Instant },
): Promise<string> {
  const token = randomBytes(BYTES).toString('base64url');
  await write(
    tx,
    `insert into document_link (id, token_hash, kind, subject, staff_id, created_at, expires_at)
     values ($1::uuid, $2::bytea, $3, $4::jsonb, $5::uuid, $6::timestamptz, $7::timestamptz)`,
    uuidv7(),
    hashOf(token),
    kind,
    JSON.stringify(subject),
    staffId,
    instantText(now),
    instantText(now.add({ minutes: MINUTES })),
  );
  return token;
}

/** Uses the link up; null when it is unknown, used or too old. Of two at once the second waits, and gets null. */
export async function useDocumentLink(tx: Tx, token: string, now: Instant): Promise<DocumentLink | null> {
  const [row] = await tx.$queryRawUnsafe<unknown[]>(
    `update document_link set used_at = $2::timestamptz
     where token_hash = $1::bytea and used_at is null and expires_at > $2::timestamptz
     returning kind, subject, staff_id as "staffId"`,
    hashOf(token),
    instantText(now),
  );
  return row === undefined ? null : linkRow.parse(row);
}

/** Forgets the links that no longer lead anywhere. Resolves to how many. */
export async function pruneDocumentLinks(db: Db, now: Instant): Promise<number> {
  return db.$executeRawUnsafe('delete from document_link where expires_at <= $1::timestamptz', instantText(now));
}
