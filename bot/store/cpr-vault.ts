import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** The keys that CPR numbers are stored under; each is 32 bytes. */
export interface CprKeys {
  /** For the index alone. It cannot be exchanged without reading every number once. */
  readonly index: Buffer;
  /** The first seals; all open, so that a key can be replaced without a stop. */
  readonly sealing: readonly { readonly id: string; readonly key: Buffer }[];
}

/** A number as it is stored: `cpr_cipher` and `cpr_key_id`. */
export interface SealedCpr {
  readonly cipher: Uint8Array<ArrayBuffer>;
  readonly keyId: string;
}

export interface CprVault {
  seal(cpr: string): SealedCpr;
  open(sealed: SealedCpr): string;
  /** The same for the same number: finds a citizen exactly, without any number being opened. */
  index(cpr: string): Uint8Array<ArrayBuffer>;
  /** Tells one index key from another, and nothing of the key or of any number. */
  fingerprint(): Uint8Array<ArrayBuffer>;
}

export type CprVaultErrorCode = 'no-sealing-key' | 'bad-key' | 'not-a-cpr' | 'unknown-key' | 'tampered';

/** Carries a code and never the number, nor anything made from it. */
export class CprVaultError extends Error {
  override readonly name = 'CprVaultError';
  readonly code: CprVaultErrorCode;
  /** The key that was asked for, when the code is about one. */
  readonly keyId: string | undefined;
  constructor(code: CprVaultErrorCode, keyId?: string) {
    super(keyId === undefined ? code : `${code} (key ${keyId})`);
    this.code = code;
    this.keyId = keyId;
  }
}

/** No ten digits, so that its HMAC is no number's index. */
const FINGERPRINTED = Buffer.from('hjemvej index key');

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals CPR numbers with AES-256-GCM. A cipher is `iv (12 bytes) | tag (16) | cipher text`; the key's id is
 * authenticated with it, so that a cipher cannot be passed off as another key's.
 */
export function createCprVault({ index, sealing }: CprKeys): CprVault {
  const hmac = (data: Buffer) => Uint8Array.from(createHmac('sha256', index).update(data).digest());
  const newest = sealing[0];
  if (!newest) throw new CprVaultError('no-sealing-key');
  if (index.length !== KEY_BYTES) throw new CprVaultError('bad-key', 'index');
  for (const { id, key } of sealing) if (key.length !== KEY_BYTES) throw new CprVaultError('bad-key', id);
  const keys = new Map(sealing.map(({ id, key }) => [id, key]));
  if (keys.size !== sealing.length) throw new CprVaultError('bad-key');

  return {
    seal(cpr) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newest.key, iv).setAAD(Buffer.from(newest.id));
      const text = Buffer.concat([cipher.update(tenDigits(cpr)), cipher.final()]);
      return { cipher: Uint8Array.from(Buffer.concat([iv, cipher.getAuthTag(), text])), keyId: newest.id };
    },

    open({ cipher, keyId }) {
      const key = keys.get(keyId);
      if (!key) throw new CprVaultError('unknown-key', keyId);
      const bytes = Buffer.from(cipher);
      try {
        const iv = bytes.subarray(0, IV_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(keyId))
          .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString();
      } catch {
        throw new CprVaultError('tampered', keyId);
      }
    },

    index: (cpr) => hmac(tenDigits(cpr)),
    fingerprint: () => hmac(FINGERPRINTED),
  };
}

function tenDigits(cpr: string): Buffer {
  if (!/^\d{10}$/.test(cpr)) throw new CprVaultError('not-a-cpr');
  return Buffer.from(cpr);
}
