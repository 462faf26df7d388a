import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { citizenExport, logAccess, type AccessEntry } from '../../bot/store/access-log.ts';
import { openDatabase, type Database } from '../../bot/store/database.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const at = Temporal.Instant.from('2026-11-22T10:42:00.123Z');
const entry = (more: Partial<AccessEntry>): AccessEntry => ({
  at,
  staffId: uuidv7(),
  action: 'read',
  purpose: 'casework',
  operation: 'referral.show',
  ...more,
});

describe('the access log', () => {
  it('keeps who, what, why and when, and puts criteria beside it', async () => {
    const [staffId, onBehalfOfId, citizenId, referralId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    await logAccess(database.prisma, [
      entry({ staffId, onBehalfOfId, citizenId, referralId, action: 'change', operation: 'referral.complete-step' }),
      entry({ staffId: null, action: 'search', purpose: 'admission', operation: 'citizen.search', criteria: 'Søren' }),
    ]);
    const rows = await database.prisma.accessLog.findMany({ orderBy: { id: 'asc' } });
    expect(rows).toMatchObject([
      { staffId, onBehalfOfId, citizenId, referralId, action: 'change', operation: 'referral.complete-step' },
      { staffId: null, onBehalfOfId: null, citizenId: null, action: 'search', purpose: 'admission' },
    ]);
    expect(rows[0]?.at.toISOString()).toBe('2026-11-22T10:42:00.123Z');
    expect(await database.prisma.accessCriteria.findMany()).toEqual([{ logId: rows[1]?.id, criteria: 'Søren' }]);
    expect(await database.prisma.accessUnsealed.count()).toBe(2);
  });

  it('names the citizen when only the case is told, so that the export is whole', async () => {
    const { prisma } = database;
    const unit = await prisma.unit.create({ data: { code: 'hje', name: 'HjE', kind: 'unit', path: '/hje/' } });
    const citizen = await prisma.citizen.create({ data: { name: 'Test', searchName: 'test' } });
    const { id: referralId } = await prisma.referral.create({
      data: {
        citizenId: citizen.id,
        unitId: unit.id,
        shelterId: unit.id,
        wayVersion: 1,
        openedAt: new Date(at.epochMilliseconds),
        changedAt: new Date(at.epochMilliseconds),
      },
    });
    await logAccess(prisma, [entry({ referralId, staffId: uuidv7() })]);
    const told = await citizenExport(prisma, citizen.id);
    expect(told).toEqual([{ at: new Date(at.epochMilliseconds), purpose: 'casework', action: 'read' }]);
  });

  it('tells a citizen dates, purposes and actions in order, and of no employee', async () => {
    const citizenId = uuidv7();
    const staffId = uuidv7();
    await logAccess(database.prisma, [
      entry({ citizenId, staffId, at: at.add({ hours: 2 }), action: 'change' }),
      entry({ citizenId, staffId, at: at.add({ hours: 1 }), action: 'read' }),
      entry({ citizenId: uuidv7() }),
    ]);
    const told = await citizenExport(database.prisma, citizenId);
    expect(told.map(({ action }) => action)).toEqual(['read', 'change']);
    expect(JSON.stringify(told)).not.toContain(staffId);
  });

  it('stands or falls with the change', async () => {
    const before = await database.prisma.accessLog.count();
    await expect(
      database.prisma.$transaction(async (tx) => {
        await logAccess(tx, [entry({ criteria: 'x' })]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await database.prisma.accessLog.count()).toBe(before);
  });

  it('takes nothing, in no round trip', async () => {
    await logAccess({} as never, []);
  });
});
