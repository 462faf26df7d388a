/** An admission not yet made: one per person, kept until it is made or thrown away. A step's draft is read with its case. */
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Instant } from '../domain/time.ts';
import type { SealedCpr } from './cpr-vault.ts';
import type { Tx } from './database.ts';
import { fromTimestamp } from './temporal.ts';

export interface AdmissionDraft {
  readonly input: Readonly<Record<string, string>>;
  readonly cpr: SealedCpr | null;
  readonly at: Instant;
}

const rowSchema = z.object({
  input: z.record(z.string(), z.string()),
  cprCipher: z.instanceof(Uint8Array).nullable(),
  cprKeyId: z.string().nullable(),
  updatedAt: z.date(),
});

export async function loadAdmissionDraft(db: Tx, staffId: string): Promise<AdmissionDraft | null> {
  const row = await db.draft.findFirst({ where: { staffId, form: 'admission' } });
  if (!row) return null;
  const { input, cprCipher, cprKeyId, updatedAt } = rowSchema.parse(row);
  const cpr = cprCipher && cprKeyId ? { cipher: new Uint8Array(cprCipher), keyId: cprKeyId } : null;
  return { input, cpr, at: fromTimestamp(updatedAt) };
}

/** Keeps what was typed in place of what was kept before; a CPR number only sealed. */
export async function saveAdmissionDraft(
  db: Tx,
  draft: { staffId: string; input: Readonly<Record<string, string>>; cpr: SealedCpr | null; at: Instant },
): Promise<void> {
  await db.$queryRawUnsafe(
    `insert into draft (id, form, staff_id, input, cpr_cipher, cpr_key_id, updated_at)
     values ($1::uuid, 'admission', $2::uuid, $3::jsonb, $4::bytea, $5, $6::timestamptz)
     on conflict (staff_id) where form = 'admission'
     do update set input = excluded.input, version = draft.version + 1, updated_at = excluded.updated_at,
                   cpr_cipher = excluded.cpr_cipher, cpr_key_id = excluded.cpr_key_id
     returning id`,
    uuidv7(),
    draft.staffId,
    JSON.stringify(draft.input),
    draft.cpr && Buffer.from(draft.cpr.cipher),
    draft.cpr?.keyId ?? null,
    draft.at.toString(),
  );
}

export async function deleteAdmissionDraft(db: Tx, staffId: string): Promise<void> {
  await db.draft.deleteMany({ where: { staffId, form: 'admission' } });
}
