/** An admission not yet made: one per person, kept until it is made or thrown away. A step's draft is read with its case. */
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Instant } from '../domain/time.ts';
import type { SealedCpr } from './cpr-vault.ts';
import type { Tx } from './database.ts';
import { fromTimestamp } from './temporal.ts';

/** Which draft, and which writing of it, a card was made from. */
export interface DraftVersion {
  readonly id: string;
  readonly version: number;
}

export interface AdmissionDraft extends DraftVersion {
  readonly input: Readonly<Record<string, string>>;
  readonly cpr: SealedCpr | null;
  readonly at: Instant;
}

const rowSchema = z.object({
  id: z.uuid(),
  version: z.int(),
  input: z.record(z.string(), z.string()),
  cprCipher: z.instanceof(Uint8Array).nullable(),
  cprKeyId: z.string().nullable(),
  updatedAt: z.date(),
});

export async function loadAdmissionDraft(db: Tx, staffId: string): Promise<AdmissionDraft | null> {
  const [row] = await db.$queryRawUnsafe<unknown[]>(
    `select id, version, input, cpr_cipher as "cprCipher", cpr_key_id as "cprKeyId", updated_at as "updatedAt"
     from draft where staff_id = $1::uuid and form = 'admission'`,
    staffId,
  );
  if (row === undefined) return null;
  const { id, version, input, cprCipher, cprKeyId, updatedAt } = rowSchema.parse(row);
  const cpr = cprCipher && cprKeyId ? { cipher: new Uint8Array(cprCipher), keyId: cprKeyId } : null;
  return { id, version, input, cpr, at: fromTimestamp(updatedAt) };
}

/**
 * Keeps what was typed in place of the draft that its card was made from (null for none); a CPR number only sealed.
 * Resolves to null, with nothing written, when that is no longer the person's draft as it stands.
 */
export async function saveAdmissionDraft(
  db: Tx,
  draft: { staffId: string; input: Readonly<Record<string, string>>; cpr: SealedCpr | null; at: Instant },
  from: DraftVersion | null,
): Promise<DraftVersion | null> {
  const rows = await db.$queryRawUnsafe<DraftVersion[]>(
    from
      ? `update draft set input = $3::jsonb, version = version + 1, cpr_cipher = $4::bytea, cpr_key_id = $5, updated_at = $6::timestamptz
         where id = $1::uuid and form = 'admission' and staff_id = $2::uuid and version = $7::int returning id, version`
      : `insert into draft (id, form, staff_id, input, cpr_cipher, cpr_key_id, updated_at)
         values ($1::uuid, 'admission', $2::uuid, $3::jsonb, $4::bytea, $5, $6::timestamptz)
         on conflict (staff_id) where form = 'admission' do nothing returning id, version`,
    from?.id ?? uuidv7(),
    draft.staffId,
    JSON.stringify(draft.input),
    draft.cpr && Buffer.from(draft.cpr.cipher),
    draft.cpr?.keyId ?? null,
    draft.at.toString(),
    ...(from ? [from.version] : []),
  );
  return rows[0] ?? null;
}

/** Throws the person's draft away; with `only`, that one alone. Resolves to whether there was one to throw away. */
export async function deleteAdmissionDraft(db: Tx, staffId: string, only?: DraftVersion): Promise<boolean> {
  const count = await db.$executeRawUnsafe(
    `delete from draft where staff_id = $1::uuid and form = 'admission' and ($2::uuid is null or (id = $2::uuid and version = $3::int))`,
    staffId,
    only?.id ?? null,
    only?.version ?? null,
  );
  return count > 0;
}

/** Forgets the admissions that nobody has gone on with since an instant. Resolves to how many. */
export async function pruneAdmissionDrafts(db: Tx, before: Instant): Promise<number> {
  return db.$executeRawUnsafe(
    `delete from draft where form = 'admission' and updated_at < $1::timestamptz`,
    before.toString(),
  );
}
