import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { openDatabase, type Database } from '../../bot/store/database.ts';
import { keepSharedPlace, markPlaceGone, markPlaceReached, sharedPlaceOf } from '../../bot/store/shared-places.ts';
import type { Place } from '../../bot/workflows/turn.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const at = Temporal.Instant.from('2026-11-22T10:42:00.123Z');
const later = at.add({ minutes: 1 });
const staffId = uuidv7();
const CHANNEL: Place = {
  kind: 'channel',
  conversationId: '19:boc@thread.tacv2;messageid=1763800000000',
  serviceUrl: 'https://smba.example/emea/',
  tenantId: 'tenant',
  botId: '28:bot',
  channelId: 'msteams',
};

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
});
beforeEach(async () => void (await database.prisma.sharedPlace.deleteMany()));
afterAll(async () => {
  await database.close();
  await test.drop();
});
const kept = (place: Place, when = at) => keepSharedPlace(database.db, place, staffId, when);

it('keeps a channel without the post that it was written under, and a group chat as it is', async () => {
  const channel = { ...CHANNEL, conversationId: '19:boc@thread.tacv2' };
  const id = await kept({ ...CHANNEL, locale: 'da-DK' });
  expect(await sharedPlaceOf(database.db, id)).toEqual({ ...channel, updatedAt: at, goneAt: null });
  const group: Place = {
    kind: 'group',
    conversationId: '19:g;x',
    serviceUrl: 'http://x/',
    botId: '28:b',
    channelId: 'test',
  };
  expect(await sharedPlaceOf(database.db, await kept(group))).toEqual({ ...group, updatedAt: at, goneAt: null });
  expect(await sharedPlaceOf(database.db, uuidv7())).toBeNull();
});

it('knows a place again, with what is new about it', async () => {
  const id = await kept(CHANNEL);
  const elsewhere = {
    ...CHANNEL,
    conversationId: '19:boc@thread.tacv2;messageid=2',
    serviceUrl: 'https://new.example/',
  };
  expect(await kept(elsewhere, later)).toBe(id);
  expect(await sharedPlaceOf(database.db, id)).toMatchObject({ serviceUrl: 'https://new.example/', updatedAt: later });
});

it('keeps a place that is gone, until it is added anew or written in', async () => {
  const id = await kept(CHANNEL);
  const place = (await sharedPlaceOf(database.db, id))!;
  await markPlaceGone(database.db, id, place, later);
  expect(await sharedPlaceOf(database.db, id)).toMatchObject({ goneAt: later });
  await markPlaceReached(database.db, id);
  expect(await sharedPlaceOf(database.db, id)).toMatchObject({ goneAt: null });
  await markPlaceGone(database.db, id, place, later);
  await kept(CHANNEL, later);
  expect(await sharedPlaceOf(database.db, id)).toMatchObject({ goneAt: null });
  // What was heard of it before it was added anew says nothing of it now.
  await markPlaceGone(database.db, id, place, later);
  expect(await sharedPlaceOf(database.db, id)).toMatchObject({ goneAt: null });
});

it('keeps no personal chat', async () => {
  await expect(kept({ ...CHANNEL, kind: 'personal' })).rejects.toThrow('SharedPlaceKind');
});
