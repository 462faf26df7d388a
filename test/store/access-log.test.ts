import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { citizenExport, citizenLog, logAccess, type AccessEntry } from '../../bot/store/access-log.ts';
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
    const told = await citizenExport(prisma, citizen.id, { limit: 10, offset: 0 });
    expect(told).toMatchObject({ total: 1, rows: [{ purpose: 'casework', action: 'read' }] });
    expect(told.rows[0]?.at.equals(at)).toBe(true);
    expect((await citizenLog(prisma, citizen.id, { limit: 10, offset: 0 })).rows).toMatchObject([
      {
        operation: 'referral.show',
        bySystem: false,
        staff: null,
        onBehalfOf: null,
        caseNumber: expect.any(Number) as number,
      },
    ]);
  });

  it('tells a citizen dates, purposes and actions in order, and of no employee', async () => {
    const citizenId = uuidv7();
    const staffId = uuidv7();
    await logAccess(database.prisma, [
      entry({ citizenId, staffId, at: at.add({ hours: 2 }), action: 'change' }),
      entry({ citizenId, staffId, at: at.add({ hours: 1 }), action: 'read' }),
      entry({ citizenId: uuidv7() }),
    ]);
    const told = await citizenExport(database.prisma, citizenId, { limit: 10, offset: 0 });
    expect(told.rows.map(({ action }) => action)).toEqual(['read', 'change']);
    expect(JSON.stringify(told)).not.toContain(staffId);
  });

  it('is read page by page, and what comes meanwhile moves nothing', async () => {
    const citizenId = uuidv7();
    const hours = [0, 1, 2, 3, 4];
    await logAccess(
      database.prisma,
      hours.map((hour) => entry({ citizenId, staffId: null, at: at.add({ hours: hour }), operation: `hour.${hour}` })),
    );
    const read = (offset: number, upTo?: string) => citizenLog(database.prisma, citizenId, { limit: 2, offset, upTo });
    const first = await read(0);
    await logAccess(database.prisma, [entry({ citizenId, at: at.add({ hours: 9 }) })]);
    const pages = [first, await read(2, first.upTo), await read(4, first.upTo), await read(6, first.upTo)];
    expect(pages.map(({ total }) => total)).toEqual([5, 5, 5, 5]);
    expect(pages.map(({ rows }) => rows.map(({ operation }) => operation))).toEqual([
      ['hour.4', 'hour.3'],
      ['hour.2', 'hour.1'],
      ['hour.0'],
      [],
    ]);
    expect((await read(0)).total).toBe(6);
    expect(first.rows[0]).toMatchObject({ bySystem: true, staff: null, caseNumber: null });
    expect(await citizenLog(database.prisma, uuidv7(), { limit: 2, offset: 0 })).toEqual({
      total: 0,
      upTo: '0',
      rows: [],
    });
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
