import { execFile } from 'node:child_process';
import path from 'node:path';
import { Temporal } from '../../bot/domain/time.ts';
import { logAccess } from '../../bot/store/access-log.ts';
import { openDatabase, type Database } from '../../bot/store/database.ts';
import { makeCprKeys } from '../../bot/store/keys.ts';
import { sealOnce } from '../../bot/store/seal.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const now = Temporal.Instant.from('2026-11-22T10:42:00Z');

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
  await logAccess(database.prisma, [
    { at: now, staffId: null, action: 'read', purpose: 'casework', operation: 'referral.show' },
  ]);
  await sealOnce(database.prisma, now);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

function verifyLog(...args: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DATABASE_URL: test.url, HJEMVEJ_CPR_KEYS: makeCprKeys(), NODE_ENV: 'test' };
  return new Promise((resolve) =>
    execFile(process.execPath, [path.resolve('scripts/verify-log.ts'), ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    ),
  );
}

it('says in plain words whether the log is as it was, and gives a hash to keep', async () => {
  const first = await verifyLog();
  expect(first).toMatchObject({ code: 0, said: expect.stringContaining('1 rows in 1 seals') });
  const anchor = /\b1:[\da-f]{64}\b/.exec(first.said)?.[0] ?? '';
  expect(await verifyLog('--expect', anchor)).toMatchObject({ code: 0 });

  const other = anchor.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
  expect(await verifyLog('--expect', other)).toMatchObject({ code: 1, said: expect.stringContaining('made anew') });
  expect(await verifyLog('--expect', 'x')).toMatchObject({ code: 2, said: expect.stringContaining('NUMBER:HASH') });

  await database.prisma.$executeRaw`ALTER TABLE access_log DISABLE TRIGGER ALL`;
  await database.prisma.$executeRaw`UPDATE access_log SET purpose = 'other'`;
  const changed = await verifyLog();
  expect(changed.code).toBe(1);
  expect(changed.said).toContain('Seal 1 does not fit: it, or one of its rows 1 to 1, was changed.');
  expect(changed.said).toContain('is NOT as it was written');
});
