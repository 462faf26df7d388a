import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { logAccess, type AccessEntry } from '../../bot/store/access-log.ts';
import { openDatabase, type Database } from '../../bot/store/database.ts';
import { SEAL_ROWS, sealHash, sealOnce, startSealer } from '../../bot/store/seal.ts';
import { verifyLog } from '../../bot/store/verify-log.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const now = Temporal.Instant.from('2026-11-22T10:42:00Z');
const citizenId = uuidv7();
const entries = (count: number): AccessEntry[] =>
  Array.from({ length: count }, (_, i) => ({
    at: now.add({ milliseconds: i }),
    staffId: uuidv7(),
    action: 'read',
    purpose: 'casework',
    operation: `referral.show-${i}`,
    citizenId,
  }));
const quiet = { error: () => {}, info: () => {} };

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
});
beforeEach(() => tamper('TRUNCATE access_log, access_criteria, access_unsealed, access_seal RESTART IDENTITY'));
afterAll(async () => {
  await database.close();
  await test.drop();
});

async function sealAll(): Promise<void> {
  while ((await sealOnce(database.prisma, now)) > 0);
}

/** Four seals of 5, 5, 5 and 3 rows. */
async function sealedLog(): Promise<void> {
  for (const rows of [5, 5, 5, 3]) {
    await logAccess(database.prisma, entries(rows));
    await sealAll();
  }
}

/** As somebody with every right on the database would. */
async function tamper(...statements: string[]): Promise<void> {
  const tables = ['access_log', 'access_seal'];
  const all = [
    ...tables.map((table) => `ALTER TABLE ${table} DISABLE TRIGGER ALL`),
    ...statements,
    ...tables.map((table) => `ALTER TABLE ${table} ENABLE TRIGGER ALL`),
  ];
  for (const statement of all) await database.prisma.$executeRawUnsafe(statement);
}

describe('the encoding', () => {
  it('is what its description says, to the byte', () => {
    const row = {
      id: 7n,
      at: new Date('2026-11-22T10:42:00Z'),
      staffId: null,
      onBehalfOfId: null,
      action: 'read',
      purpose: 'casework',
      operation: 'referral.show',
      citizenId: '0193-c',
      referralId: null,
    };
    const hash = sealHash(Buffer.alloc(32), { number: 1, sealedAt: new Date('2026-11-22T10:42:02Z') }, [row]);
    // printf '%s\n' 'hjemvej-access-log/1' 000…0 '[1,"2026-11-22T10:42:02.000Z"]' '["7","2026-…' | sha256sum
    expect(hash.toString('hex')).toBe('3e2ccabcb085dacf278b311509680ab469d6e040bd71c13d3f6fbd996969a7e5');
  });
});

describe('sealing', () => {
  it('covers every row once, in a chain that verifies', async () => {
    await sealedLog();
    const seals = await database.prisma.accessSeal.findMany({ orderBy: { number: 'asc' } });
    expect(seals.map(({ number, logIds }) => [number, logIds.length])).toEqual([
      [1, 5],
      [2, 5],
      [3, 5],
      [4, 3],
    ]);
    expect(await database.prisma.accessUnsealed.count()).toBe(0);
    expect(await verifyLog(database.prisma)).toMatchObject({ ok: true, sealed: 18, unsealed: 0, seals: 4 });
  });

  it('does nothing when there is nothing, and the empty log is in order', async () => {
    expect(await sealOnce(database.prisma, now)).toBe(0);
    expect(await verifyLog(database.prisma)).toMatchObject({ ok: true, seals: 0, last: undefined });
  });

  it('lets one of many sealers work at a time', async () => {
    await logAccess(database.prisma, entries(2_500));
    const others = [openDatabase(test.url), openDatabase(test.url)];
    const all = [database, ...others].map(({ prisma }) => prisma);
    for (let round = 0; round < 8; round++) await Promise.all(all.map((prisma) => sealOnce(prisma, now)));
    await Promise.all(others.map((other) => other.close()));
    await sealAll();
    expect(await verifyLog(database.prisma)).toMatchObject({ ok: true, sealed: 2_500, unsealed: 0, seals: 3 });
  });

  it('seals and verifies 10,000 rows that are written meanwhile', async () => {
    const sealer = startSealer({ prisma: database.prisma, now: () => now, log: quiet, everyMs: 5 });
    for (let i = 0; i < 20; i++) await logAccess(database.prisma, entries(500));
    await sealer.stop();
    await sealAll();
    const progress: number[] = [];
    const verdict = await verifyLog(database.prisma, { onProgress: ({ seals }) => progress.push(seals) });
    expect(verdict).toMatchObject({ ok: true, sealed: 10_000, unsealed: 0, problems: [] });
    expect(verdict.seals).toBeGreaterThanOrEqual(10_000 / SEAL_ROWS);
    expect(progress.at(-1)).toBe(verdict.seals);
  });

  it('outlives a database that is away', async () => {
    const errors: unknown[] = [];
    const gone = openDatabase(test.url.replace(/[^/]*$/, 'not_there'));
    const sealer = startSealer({
      prisma: gone.prisma,
      now: () => now,
      log: { info: () => {}, error: (fields: unknown) => errors.push(fields) },
      everyMs: 1,
    });
    while (errors.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    await sealer.stop();
    await gone.close();
    expect(errors.length).toBeGreaterThanOrEqual(3);
  });

  it('keeps the chain when a citizen is erased', async () => {
    const { prisma } = database;
    const cprIndex = Uint8Array.from([1]);
    await prisma.citizen.create({ data: { id: citizenId, name: 'Test', searchName: 'test', cprIndex } });
    await sealedLog();
    await logAccess(prisma, [{ ...entries(1)[0]!, action: 'search', criteria: 'Test' }]);
    await sealAll();
    const erased = { name: '', searchName: '', cprCipher: null, cprKeyId: null, cprIndex: null };
    await prisma.citizen.update({ where: { id: citizenId }, data: erased });
    await prisma.accessCriteria.deleteMany();
    expect((await verifyLog(prisma)).ok).toBe(true);
    await prisma.citizen.delete({ where: { id: citizenId } });
    expect((await verifyLog(prisma)).ok).toBe(true);
  });
});

describe('the append-only log', () => {
  it('refuses to be changed or emptied', async () => {
    await sealedLog();
    for (const table of ['access_log', 'access_seal']) {
      for (const statement of [`DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
        await expect(database.prisma.$executeRawUnsafe(statement)).rejects.toThrow();
      }
    }
    await expect(database.prisma.accessLog.updateMany({ data: { purpose: 'x' } })).rejects.toThrow();
    await expect(database.prisma.accessSeal.updateMany({ data: { sealedAt: new Date() } })).rejects.toThrow();
  });
});

describe('verifying', () => {
  beforeEach(sealedLog);
  const verify = () => verifyLog(database.prisma);

  it.each([
    ['at', `at = at + interval '1 ms'`],
    ['staff_id', `staff_id = gen_random_uuid()`],
    ['staff_id removed', `staff_id = NULL`],
    ['on_behalf_of_id', `on_behalf_of_id = gen_random_uuid()`],
    ['action', `action = 'search'`],
    ['purpose', `purpose = 'admission'`],
    ['operation', `operation = 'referral.other'`],
    ['citizen_id', `citizen_id = NULL`],
    ['referral_id', `referral_id = gen_random_uuid()`],
  ])('finds a changed %s', async (_, set) => {
    await tamper(`UPDATE access_log SET ${set} WHERE id = 7`);
    expect(await verify()).toMatchObject({ ok: false, problems: [{ kind: 'changed', seal: 2, ids: [6n, 10n] }] });
  });

  it('finds a missing row', async () => {
    await tamper('DELETE FROM access_log WHERE id = 7');
    expect(await verify()).toMatchObject({ ok: false, problems: [{ kind: 'missing', seal: 2, ids: [7n] }] });
  });

  it('finds a row that was struck from its seal as well', async () => {
    await tamper(
      'DELETE FROM access_log WHERE id = 7',
      'UPDATE access_seal SET log_ids = array_remove(log_ids, 7) WHERE number = 2',
    );
    expect((await verify()).problems).toMatchObject([{ kind: 'changed', seal: 2 }]);
  });

  it('finds a row added past the trigger', async () => {
    await tamper(
      `INSERT INTO access_log (at, action, purpose, operation) VALUES (now(), 'read', 'casework', 'referral.show')`,
    );
    expect((await verify()).problems).toEqual([{ kind: 'added', ids: [19n] }]);
  });

  it('finds a row added to a seal', async () => {
    await tamper(
      `INSERT INTO access_log (at, action, purpose, operation) VALUES (now(), 'read', 'casework', 'referral.show')`,
      'UPDATE access_seal SET log_ids = log_ids || 19 WHERE number = 2',
    );
    expect((await verify()).problems).toMatchObject([{ kind: 'changed', seal: 2 }]);
  });

  it('finds reordered rows, and seals that changed places', async () => {
    await tamper(`UPDATE access_seal SET log_ids = '{7,6,8,9,10}' WHERE number = 2`);
    expect((await verify()).problems).toEqual([{ kind: 'reordered', seal: 2 }]);
    await tamper(
      `UPDATE access_seal SET log_ids = '{6,7,8,9,10}' WHERE number = 2`,
      'UPDATE access_seal SET number = -2 WHERE number = 2',
      'UPDATE access_seal SET number = 2 WHERE number = 3',
      'UPDATE access_seal SET number = 3 WHERE number = -2',
    );
    expect((await verify()).problems).toMatchObject([
      { kind: 'changed', seal: 2 },
      { kind: 'changed', seal: 3 },
      { kind: 'changed', seal: 4 },
    ]);
  });

  it('finds a row in two seals', async () => {
    await tamper('INSERT INTO access_unsealed VALUES (7)');
    expect((await verify()).problems).toEqual([{ kind: 'twice', ids: [7n] }]);
    await sealAll();
    expect((await verify()).problems).toEqual([{ kind: 'twice', ids: [7n] }]);
  });

  it('finds a missing seal, at the start and in the middle, and the rows that it leaves', async () => {
    await tamper('DELETE FROM access_seal WHERE number = 1');
    expect((await verify()).problems).toEqual([
      { kind: 'gap', from: 1, to: 1 },
      { kind: 'added', ids: [1n, 2n, 3n, 4n, 5n] },
    ]);
    await tamper('DELETE FROM access_seal WHERE number = 3', 'DELETE FROM access_log WHERE id BETWEEN 11 AND 15');
    expect((await verify()).problems).toMatchObject([
      { kind: 'gap', from: 1, to: 1 },
      { kind: 'gap', from: 3, to: 3 },
      { kind: 'added' },
    ]);
  });

  it('finds a changed time and a changed hash of a seal', async () => {
    await tamper(`UPDATE access_seal SET sealed_at = sealed_at + interval '1 ms' WHERE number = 3`);
    expect((await verify()).problems).toMatchObject([{ kind: 'changed', seal: 3 }]);
    await tamper(
      `UPDATE access_seal SET sealed_at = sealed_at - interval '1 ms' WHERE number = 3`,
      `UPDATE access_seal SET hash = sha256('x') WHERE number = 3`,
    );
    expect((await verify()).problems).toMatchObject([
      { kind: 'changed', seal: 3 },
      { kind: 'changed', seal: 4 },
    ]);
  });

  it('finds rows that vanished before they were sealed, or that nobody seals', async () => {
    await logAccess(database.prisma, entries(2));
    expect(await verify()).toMatchObject({ ok: true, unsealed: 2, unsealedSince: new Date(now.epochMilliseconds) });
    await tamper('DELETE FROM access_log WHERE id = 19');
    expect((await verify()).problems).toEqual([{ kind: 'missing', seal: undefined, ids: [19n] }]);
    await sealAll();
    expect((await verify()).problems).toEqual([{ kind: 'missing', seal: undefined, ids: [19n] }]);
    await tamper('DELETE FROM access_unsealed', 'DELETE FROM access_seal WHERE number = 5');
    expect((await verify()).problems).toEqual([{ kind: 'added', ids: [20n] }]);
  });

  it('finds what the chain cannot show, by a hash that was kept elsewhere', async () => {
    const { last } = await verify();
    if (!last) throw new Error('there is a last seal');
    const verifyAnchored = () => verifyLog(database.prisma, { expect: [last] });
    expect((await verifyAnchored()).ok).toBe(true);
    await tamper('DELETE FROM access_seal WHERE number = 4', 'DELETE FROM access_log WHERE id > 15');
    expect((await verify()).ok).toBe(true);
    expect((await verifyAnchored()).problems).toEqual([{ kind: 'anchor', expected: last, found: undefined }]);
    await logAccess(database.prisma, entries(3));
    await sealAll();
    expect((await verify()).ok).toBe(true);
    expect((await verifyAnchored()).problems).toMatchObject([{ kind: 'anchor', expected: last }]);
  });

  it('counts all problems and keeps the first hundred', async () => {
    for (let i = 0; i < 120; i++) {
      await logAccess(database.prisma, entries(1));
      await sealAll();
    }
    await tamper(`UPDATE access_log SET purpose = 'x' WHERE id > 18`);
    const verdict = await verify();
    expect(verdict.problemCount).toBe(120);
    expect(verdict.problems).toHaveLength(100);
  });
});
