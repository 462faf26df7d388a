import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Database, openDatabase } from '../../bot/store/database.ts';
import { applyMigrations, pendingMigrations } from '../../bot/store/migrate.ts';
import { differenceToSchema, migrationNames } from '../../bot/store/schema-engine.ts';
import { type TestDatabase, createTestDatabase } from '../fakes/database.ts';

describe('migrations', () => {
  let empty: TestDatabase;
  beforeAll(async () => void (empty = await createTestDatabase({ template: 'template0' })));
  afterAll(() => empty.drop());

  test('are all pending on an empty database, are applied once by two processes at once, and again by none', async () => {
    const all = await migrationNames();
    expect(await pendingMigrations(empty.url)).toEqual(all);
    const applied = await Promise.all([applyMigrations(empty.url), applyMigrations(empty.url)]);
    expect(applied.flat()).toEqual(all);
    expect(await pendingMigrations(empty.url)).toEqual([]);
    expect(await applyMigrations(empty.url)).toEqual([]);
  });

  test('lead to what schema.prisma says; if not, run `npm run migration -- <name>`', async () => {
    expect(await differenceToSchema(empty.url)).toBe('');
  });
});

describe('what the database itself refuses', () => {
  let database: TestDatabase;
  let store: Database;
  let sql: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    store = openDatabase(database.url, { max: 2 });
    sql = new pg.Client({ connectionString: database.url });
    await sql.connect();
  });
  afterAll(async () => {
    await sql.end();
    await store.close();
    await database.drop();
  });

  async function openCase() {
    const code = randomUUID();
    const unit = await store.prisma.unit.create({ data: { code, name: code, kind: 'unit', path: `/${code}/` } });
    const citizen = await store.prisma.citizen.create({ data: { name: 'Æble Ø', searchName: 'aeble oe' } });
    const facts = {
      unitId: unit.id,
      shelterId: unit.id,
      citizenId: citizen.id,
      wayVersion: 1,
      openedAt: new Date(),
      changedAt: new Date(),
    };
    const referral = await store.prisma.referral.create({ data: facts });
    const day = new Date('2026-11-20');
    const begun = { step: 'rehousing', wayVersion: 1, startedOn: day, clockFrom: day, startedAt: new Date() };
    const pass = await store.prisma.stepPass.create({ data: { ...begun, referralId: referral.id, ordinal: 1 } });
    return { facts, referral, begun, pass };
  }

  test('numbers cases from 101', async () => {
    expect((await openCase()).referral.number).toBeGreaterThanOrEqual(101);
  });

  test('a second open case of a citizen, and a second open pass of a case', async () => {
    const { facts, referral, begun, pass } = await openCase();
    await expect(store.prisma.referral.create({ data: facts })).rejects.toMatchObject({ code: 'P2002' });
    const second = { ...begun, referralId: referral.id, ordinal: 2 };
    await expect(store.prisma.stepPass.create({ data: second })).rejects.toMatchObject({ code: 'P2002' });

    await store.prisma.stepPass.update({ where: { id: pass.id }, data: { endedAt: new Date(), outcome: 'done' } });
    await store.prisma.stepPass.create({ data: second });
    await store.prisma.referral.update({ where: { id: referral.id }, data: { closedAt: new Date() } });
    await store.prisma.referral.create({ data: facts });
  });

  test('a change of an ended pass, but for when the citizen was told; the deletion of any', async () => {
    const { pass } = await openCase();
    const change = (data: object) => store.prisma.stepPass.update({ where: { id: pass.id }, data });
    await change({ endedAt: new Date(), outcome: 'done', answers: { home: 'own' } });
    await change({ citizenToldOn: new Date('2026-11-21'), citizenToldById: randomUUID() });
    await expect(change({ outcome: 'declined' })).rejects.toThrow('has ended and never changes');
    await expect(change({ answers: { home: 'none' } })).rejects.toThrow('has ended and never changes');
    await expect(change({ endedAt: null })).rejects.toThrow('has ended and never changes');
    await expect(store.prisma.stepPass.delete({ where: { id: pass.id } })).rejects.toThrow('DELETE is refused');
  });

  test('two drafts of one pass, and two admission drafts of one person', async () => {
    const { pass } = await openCase();
    const person = () =>
      store.prisma.staff.create({ data: { aadObjectId: randomUUID(), name: 'Bo', searchName: 'bo' } });
    const [bo, ib] = [await person(), await person()];
    const draft = (data: { staffId: string; form: string; passId?: string }) =>
      store.prisma.draft.create({ data: { ...data, input: {}, updatedAt: new Date() } });

    await draft({ staffId: bo.id, form: 'step', passId: pass.id });
    await expect(draft({ staffId: ib.id, form: 'step', passId: pass.id })).rejects.toMatchObject({ code: 'P2002' });
    await draft({ staffId: bo.id, form: 'admission' });
    await draft({ staffId: ib.id, form: 'admission' });
    await expect(draft({ staffId: bo.id, form: 'admission' })).rejects.toMatchObject({ code: 'P2002' });
  });

  test('any change of the access log and its seals; every new row of the log waits for its seal', async () => {
    const facts = { at: new Date(), action: 'read', purpose: 'casework', operation: 'referral.show' };
    const { id } = await store.prisma.accessLog.create({ data: facts });
    expect(await store.prisma.accessUnsealed.findUnique({ where: { logId: id } })).not.toBeNull();
    await store.prisma.accessSeal.create({
      data: { number: 1, logIds: [id], hash: Buffer.alloc(32), sealedAt: new Date() },
    });

    for (const [table, column] of [
      ['access_log', 'at'],
      ['access_seal', 'sealed_at'],
    ]) {
      await expect(sql.query(`UPDATE ${table} SET ${column} = now()`)).rejects.toThrow('UPDATE is refused');
      await expect(sql.query(`DELETE FROM ${table}`)).rejects.toThrow('DELETE is refused');
      await expect(sql.query(`TRUNCATE ${table}`)).rejects.toThrow('TRUNCATE is refused');
    }
  });

  test('an absence that ends before it begins', async () => {
    const staff = (name: string) =>
      store.prisma.staff.create({ data: { aadObjectId: randomUUID(), name, searchName: name } });
    const [{ id: staffId }, { id: deputyId }] = [await staff('anna'), await staff('bodil')];
    const absence = { staffId, deputyId, recordedById: staffId, recordedAt: new Date() };
    const [first, last] = [new Date('2026-11-20'), new Date('2026-11-19')];
    await expect(store.prisma.absence.create({ data: { ...absence, firstDay: first, lastDay: last } })).rejects.toThrow(
      'absence_days_in_order',
    );
    await store.prisma.absence.create({ data: { ...absence, firstDay: first, lastDay: first } });
  });

  async function home() {
    const estate = await store.prisma.estate.create({ data: { association: randomUUID(), name: 'Afdeling 1' } });
    return store.prisma.dwelling.create({
      data: {
        estateId: estate.id,
        address: 'Prøvevej 1',
        searchAddress: 'proevevej 1 2200 koebenhavn n',
        postcode: '2200',
        town: 'København N',
        rooms: 2,
        sizeM2: 54,
        scheme: 'none',
        changedAt: new Date(),
      },
    });
  }
  const day = (iso: string) => new Date(iso);

  test('a second live offer of a dwelling or in a case; those that are over do not count', async () => {
    const [first, second] = [await home(), await home()];
    const [{ referral: one }, { referral: other }] = [await openCase(), await openCase()];
    const offer = (referralId: string, dwellingId: string, state: 'reserved' | 'accepted' | 'declined' = 'reserved') =>
      store.prisma.offer.create({
        data: { referralId, dwellingId, state, offeredOn: day('2026-11-18'), answerDueOn: day('2026-11-25') },
      });
    await offer(one.id, first.id, 'declined');
    const live = await offer(one.id, first.id);
    await expect(offer(other.id, first.id, 'accepted')).rejects.toMatchObject({ code: 'P2002' });
    await expect(offer(one.id, second.id)).rejects.toMatchObject({ code: 'P2002' });
    await store.prisma.offer.update({ where: { id: live.id }, data: { state: 'accepted' } });
    await expect(offer(other.id, first.id)).rejects.toMatchObject({ code: 'P2002' });
    await store.prisma.offer.update({ where: { id: live.id }, data: { state: 'fell_through' } });
    await offer(other.id, first.id);
    await offer(one.id, second.id);
  });

  test('a second running lease of a dwelling or of a case, and one that ends before it starts', async () => {
    const [first, second] = [await home(), await home()];
    const [{ referral: one }, { referral: other }] = [await openCase(), await openCase()];
    const lease = (referralId: string, dwellingId: string, endsOn: Date | null = null) =>
      store.prisma.lease.create({
        data: { referralId, dwellingId, startsOn: day('2026-12-01'), endsOn, createdAt: new Date() },
      });
    const running = await lease(one.id, first.id);
    await expect(lease(other.id, first.id)).rejects.toMatchObject({ code: 'P2002' });
    await expect(lease(one.id, second.id)).rejects.toMatchObject({ code: 'P2002' });
    await expect(lease(other.id, second.id, day('2026-11-29'))).rejects.toThrow('lease_days_in_order');
    // The day before its first: nobody ever lived there.
    await lease(other.id, second.id, day('2026-11-30'));
    await store.prisma.lease.update({ where: { id: running.id }, data: { endsOn: day('2027-01-31') } });
    await lease(other.id, first.id);
    await lease(one.id, second.id);
  });

  test('a rent below nothing, two rents from one day, an area list that ends before it begins', async () => {
    const { id: dwellingId, estateId } = await home();
    const rent = (rentOere: number) =>
      store.prisma.rentChange.create({
        data: { dwellingId, fromDay: day('2026-11-01'), rentOere, recordedAt: new Date() },
      });
    await expect(rent(-1)).rejects.toThrow('rent_change_not_negative');
    await rent(490_000);
    await expect(rent(500_000)).rejects.toMatchObject({ code: 'P2002' });
    const area = (validTo: Date) =>
      store.prisma.estateArea.create({
        data: { estateId, areaType: 'prevention', validFrom: day('2024-12-01'), validTo, source: 'listen' },
      });
    await expect(area(day('2024-11-30'))).rejects.toThrow('estate_area_days_in_order');
    await area(day('2024-12-01'));
  });

  test('a subsidy that begins after its years, or is counted in a way that nobody knows', async () => {
    const { id: referralId } = (await openCase()).referral;
    const { id: dwellingId } = await home();
    const { id: leaseId } = await store.prisma.lease.create({
      data: { referralId, dwellingId, startsOn: day('2026-12-01'), createdAt: new Date() },
    });
    const grant = (data: object) =>
      store.prisma.subsidyGrant.create({
        data: { leaseId, scheme: 'state_subsidy', anchorOn: day('2026-12-01'), basisYear: 2026, shares: [1], ...data },
      });
    await expect(grant({ startsOn: day('2026-12-02') })).rejects.toThrow('subsidy_grant_begins_before_its_years');
    await expect(grant({ rounding: 'ti kroner' })).rejects.toThrow('subsidy_grant_terms');
    await expect(grant({ partMonth: 'weeks' })).rejects.toThrow('subsidy_grant_terms');
    // As a version wrote it that knew no first day.
    await grant({});
  });

  test('two open check-ins of a case, one that is closed without an outcome, and an answer that is changed', async () => {
    const { id: referralId } = (await openCase()).referral;
    const by = randomUUID();
    const ask = (more: object = {}) =>
      store.prisma.capacityCheckIn.create({
        data: {
          ...{ referralId, occasion: 'by_hand', askedById: by, askedAt: new Date(), dueOn: day('2026-12-01') },
          ...{ changedAt: new Date(), ...more },
        },
      });
    await expect(ask({ closedAt: new Date() })).rejects.toThrow('capacity_check_in_closed_with_outcome');
    const first = await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'P2002' });
    await store.prisma.capacityCheckIn.update({
      where: { id: first.id },
      data: { closedAt: new Date(), outcome: 'answered' },
    });
    await ask();
    const answer = { checkInId: first.id, version: 1, byId: by, at: new Date(), partly: false };
    await store.prisma.capacityAnswer.create({ data: answer });
    await expect(store.prisma.capacityAnswer.updateMany({ data: { partly: true } })).rejects.toThrow('never changed');
    await expect(store.prisma.capacityAnswer.deleteMany()).rejects.toThrow('never changed');
  });

  test('a message to nobody, and one both to a member of staff and in a shared place', async () => {
    const staff = { aadObjectId: randomUUID(), name: 'Bo', searchName: 'bo' };
    const { id: recipientId } = await store.prisma.staff.create({ data: staff });
    const where = { kind: 'channel' as const, conversationId: '19:x', serviceUrl: 'http://x/', botId: '28:x' };
    const place = { ...where, channelId: 'msteams', updatedAt: new Date() };
    const { id: placeId } = await store.prisma.sharedPlace.create({ data: place });
    const message = (to: { recipientId?: string; placeId?: string }) =>
      store.prisma.outboxMessage.create({
        data: { ...to, key: randomUUID(), kind: 'test', subject: {}, createdAt: new Date() },
      });
    await expect(message({})).rejects.toThrow('outbox_message_one_addressee');
    await expect(message({ recipientId, placeId })).rejects.toThrow('outbox_message_one_addressee');
    await message({ recipientId });
    await message({ placeId });
  });

  async function plannedShelter() {
    const code = randomUUID();
    const { id } = await store.prisma.unit.create({ data: { code, name: code, kind: 'shelter', path: `/${code}/` } });
    return id;
  }

  test('a review on a weekend day or outside the hours of a day', async () => {
    const plan = async (data: { weekday: number; startsAt: number }) =>
      store.prisma.reviewPlan.create({
        data: { ...data, shelterId: await plannedShelter(), participantIds: [], changedAt: new Date() },
      });
    for (const weekday of [0, 6]) await expect(plan({ weekday, startsAt: 520 })).rejects.toThrow('on_a_weekday');
    for (const startsAt of [-1, 1_440]) await expect(plan({ weekday: 3, startsAt })).rejects.toThrow('in_the_day');
    await plan({ weekday: 1, startsAt: 0 });
    await plan({ weekday: 5, startsAt: 1_439 });
  });

  test('a second open review of a shelter; those that are closed do not count', async () => {
    const shelterId = await plannedShelter();
    const review = (heldOn: string) =>
      store.prisma.review.create({ data: { shelterId, heldOn: day(heldOn), startsAt: 520, createdAt: new Date() } });
    const { id } = await review('2026-11-18');
    await expect(review('2026-11-25')).rejects.toMatchObject({ code: 'P2002' });
    await store.prisma.review.update({ where: { id }, data: { closedAt: new Date() } });
    await review('2026-11-25');
  });

  test('an action that was dropped and goes on; open ones of a case are found by an index', async () => {
    const { referral } = await openCase();
    const action = (data: { dropReason?: string; endedAt?: Date }) =>
      store.prisma.reviewAction.create({
        data: {
          ...{
            referralId: referral.id,
            shelterId: referral.shelterId,
            text: 'Ring til udlejeren',
            dueOn: day('2026-12-01'),
          },
          ...{ ownerId: randomUUID(), createdById: randomUUID(), createdAt: new Date(), ...data },
        },
      });
    await expect(action({ dropReason: 'not_relevant' })).rejects.toThrow('review_action_dropped_when_ended');
    await action({});
    await action({ endedAt: new Date() });
    await action({ endedAt: new Date(), dropReason: 'not_relevant' });
    const { rows } = await sql.query<{ indexdef: string }>(
      "SELECT indexdef FROM pg_indexes WHERE indexname = 'review_action_open'",
    );
    expect(rows[0]?.indexdef).toMatch(/\(referral_id\) WHERE \(ended_at IS NULL\)/);
  });

  test('nothing in a search by part of a name, with Danish letters in lower case', async () => {
    await store.prisma.citizen.create({ data: { name: 'Søren Ågård', searchName: 'soeren aagaard' } });
    const found = await sql.query("SELECT lower(name) AS name FROM citizen WHERE search_name LIKE '%aga%'");
    expect(found.rows).toEqual([{ name: 'søren ågård' }]);
  });
});
