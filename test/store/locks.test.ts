/** The locks of a change: they exclude each other, and leave alone whoever writes a row that points to the locked one. */
import { randomUUID } from 'node:crypto';
import { lockStaff } from '../../bot/store/absences.ts';
import { lockCase } from '../../bot/store/cases.ts';
import { openDatabase, type PrismaTx as Tx } from '../../bot/store/database.ts';
import { createTestDatabase } from '../fakes/database.ts';
import { foundTown } from '../fakes/town.ts';

const day = new Date('2026-11-20');
const pass = (referralId: string, ordinal: number) => ({
  ...{ referralId, step: 'admission', ordinal, wayVersion: 1, outcome: 'admitted' },
  ...{ startedOn: day, clockFrom: day, startedAt: day, endedAt: day },
});

async function openStore() {
  const database = await createTestDatabase();
  const store = openDatabase(database.url, { max: 4 });
  const { unitIds, staffIds } = await foundTown(store.prisma);
  const citizen = await store.prisma.citizen.create({
    data: { name: 'Test', searchName: 'test', noCprReason: 'unknown' },
  });
  const { id: caseId } = await store.prisma.referral.create({
    data: {
      ...{ citizenId: citizen.id, unitId: unitIds.hje, shelterId: unitIds.boc, wayVersion: 1 },
      ...{ openedAt: new Date(), changedAt: new Date() },
    },
  });
  await store.prisma.stay.create({
    data: {
      ...{ citizenId: citizen.id, referralId: caseId, shelterId: unitIds.boc },
      ...{ decidedOn: new Date('2026-11-16'), referredFrom: 'self' },
    },
  });
  await store.prisma.stepPass.create({ data: pass(caseId, 1) });
  const close = async () => {
    await store.close();
    await database.drop();
  };
  return { prisma: store.prisma, unitIds, staffId: staffIds.jonas, caseId, close };
}

let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

const pointing: Readonly<Record<string, (tx: Tx) => Promise<unknown>>> = {
  staff: (tx) =>
    tx.staffAssignment.create({ data: { staffId: store.staffId, role: 'auditor', unitId: store.unitIds.hje } }),
  case: (tx) => tx.stepPass.create({ data: pass(store.caseId, 2) }),
};
const lock: Readonly<Record<string, (tx: Tx) => Promise<unknown>>> = {
  staff: (tx) => lockStaff(tx, [store.staffId, randomUUID()]),
  case: (tx) => lockCase(tx, store.caseId),
};

/** What the other one is answered while the row is held, having waited for at most half a second. */
const whileHeld = (what: string, other: (tx: Tx) => Promise<unknown>) =>
  store.prisma.$transaction(async (tx) => {
    await lock[what]?.(tx);
    return store.prisma
      .$transaction(async (second) => {
        await second.$executeRawUnsafe(`set local lock_timeout = '500ms'`);
        await other(second);
        return 'done';
      })
      .catch((error: unknown) => (/lock timeout/.test(String(error)) ? 'waits' : String(error)));
  });

describe.each(['staff', 'case'])('the lock of a %s', (what) => {
  it('keeps out the same lock', async () => {
    expect(await whileHeld(what, async (tx) => lock[what]?.(tx))).toBe('waits');
  });

  it('lets in a row that points to it: two such changes would wait for each other for ever', async () => {
    expect(await whileHeld(what, async (tx) => pointing[what]?.(tx))).toBe('done');
  });
});
