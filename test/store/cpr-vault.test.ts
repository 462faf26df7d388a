import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { createCprVault, CprVaultError, type CprKeys } from '../../bot/store/cpr-vault.ts';

const CPR = '0101801234';
const key = (id: string) => ({ id, key: randomBytes(32) });
const newKeys = (...ids: string[]): CprKeys => ({ index: randomBytes(32), sealing: ids.map(key) });

function errorOf(act: () => unknown): CprVaultError {
  try {
    act();
  } catch (error) {
    if (error instanceof CprVaultError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the CPR vault', () => {
  it('opens what it sealed, and never seals the same way twice', () => {
    const vault = createCprVault(newKeys('2026'));
    const [one, two] = [vault.seal(CPR), vault.seal(CPR)];
    expect(vault.open(one)).toBe(CPR);
    expect(vault.open(two)).toBe(CPR);
    expect(Buffer.from(one.cipher).equals(Buffer.from(two.cipher))).toBe(false);
    expect(Buffer.from(one.cipher).includes(CPR)).toBe(false);
  });

  it('seals with the first key and opens with every key', () => {
    const old = newKeys('2025');
    const sealed = createCprVault(old).seal(CPR);
    const vault = createCprVault({ index: old.index, sealing: [key('2026'), ...old.sealing] });
    expect(vault.open(sealed)).toBe(CPR);
    expect(vault.seal(CPR).keyId).toBe('2026');
  });

  it('indexes the same number the same, another otherwise, and under the index key alone', () => {
    const keys = newKeys('2026');
    const index = (k: CprKeys, cpr: string) => Buffer.from(createCprVault(k).index(cpr)).toString('hex');
    expect(index(keys, CPR)).toBe(index({ ...keys, sealing: [key('2027')] }, CPR));
    expect(index(keys, CPR)).not.toBe(index(keys, '0101801235'));
    expect(index(keys, CPR)).not.toBe(index(newKeys('2026'), CPR));
    expect(index(keys, CPR)).toHaveLength(64);
  });

  it('refuses a key it does not know, by its id', () => {
    const sealed = createCprVault(newKeys('2020')).seal(CPR);
    expect(errorOf(() => createCprVault(newKeys('2026')).open(sealed))).toMatchObject({
      code: 'unknown-key',
      keyId: '2020',
    });
  });

  it('finds every changed byte, a shortened cipher and a wrong key id', () => {
    const keys = newKeys('a');
    const both: CprKeys = { ...keys, sealing: [...keys.sealing, { id: 'b', key: keys.sealing[0]!.key }] };
    const vault = createCprVault(both);
    const { cipher } = vault.seal(CPR);
    for (let i = 0; i < cipher.length; i++) {
      const changed = Uint8Array.from(cipher);
      changed[i] = changed[i]! ^ 1;
      expect(errorOf(() => vault.open({ cipher: changed, keyId: 'a' })).code).toBe('tampered');
    }
    for (const length of [0, 5, 12, 20, 28, cipher.length - 1]) {
      expect(errorOf(() => vault.open({ cipher: cipher.slice(0, length), keyId: 'a' })).code).toBe('tampered');
    }
    expect(errorOf(() => vault.open({ cipher, keyId: 'b' })).code).toBe('tampered');
  });

  it('takes ten digits only, and its errors never hold the number', () => {
    const vault = createCprVault(newKeys('2026'));
    for (const wrong of ['010180-1234', '010180123', '', '01018012345', '010180123x']) {
      for (const act of [() => vault.seal(wrong), () => vault.index(wrong)]) {
        const error = errorOf(act);
        expect(error.code).toBe('not-a-cpr');
        expect(`${error.message} ${error.stack} ${inspect(error)}`).not.toContain('010180');
      }
    }
  });

  it('refuses keys of the wrong length, none, and two with one id', () => {
    const short = Buffer.alloc(16);
    expect(errorOf(() => createCprVault({ index: randomBytes(32), sealing: [] })).code).toBe('no-sealing-key');
    expect(errorOf(() => createCprVault({ index: short, sealing: [key('a')] })).code).toBe('bad-key');
    expect(errorOf(() => createCprVault({ index: randomBytes(32), sealing: [{ id: 'a', key: short }] })).code).toBe(
      'bad-key',
    );
    expect(errorOf(() => createCprVault(newKeys('a', 'a'))).code).toBe('bad-key');
  });
});
