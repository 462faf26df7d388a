/** Where a message goes and what becomes of it there, against a connector that speaks HTTP. */
import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { DELIVER } from '../../bot/store/jobs.ts';
import { queueDelivery, tell, type Telling } from '../../bot/store/outbox.ts';
import { keepSharedPlace } from '../../bot/store/shared-places.ts';
import { startDelivery, type Delivery, type DeliveryParts } from '../../bot/teams/delivery.ts';
import type { Messenger, Place } from '../../bot/workflows/turn.ts';
import { startFakeConnector, type FakeConnector } from '../fakes/connector.ts';
import { startTestQueue, textMessenger, type TestQueue } from '../fakes/queue.ts';

const at = Temporal.Instant.from('2026-11-22T10:42:00Z');
const CHANNEL = '19:boc@thread.tacv2';

let queue: TestQueue;
let database: TestQueue['database'];
let boss: TestQueue['boss'];
let connector: FakeConnector;
const messenger = textMessenger({ timeoutMilliseconds: 1_000 });
beforeAll(async () => {
  queue = await startTestQueue();
  ({ database, boss } = queue);
  connector = await startFakeConnector();
});
afterAll(async () => {
  await queue.close();
  await connector.close();
});

let deliveries: Delivery[] = [];
let placeId: string;
let staffId: string;
/** What every message says when it is made. */
let state = '';
beforeEach(async () => {
  const { prisma } = database;
  await prisma.outboxMessage.deleteMany();
  await prisma.sharedPlace.deleteMany();
  await boss.deleteAllJobs(DELIVER);
  connector.behave();
  connector.clear();
  staffId = await staffMember();
  placeId = await keptChannel();
  state = 'as first told';
});
afterEach(async () => {
  await Promise.all(deliveries.map((delivery) => delivery.stop()));
  deliveries = [];
});

async function staffMember(): Promise<string> {
  const staff = await database.prisma.staff.create({
    data: { aadObjectId: uuidv7(), name: 'Test', searchName: 'test' },
  });
  const where = { serviceUrl: connector.url, botId: '28:bot', channelId: 'msteams', userId: '29:x' };
  await database.prisma.conversation.create({
    data: { ...where, staffId: staff.id, conversationId: `of ${staff.id}`, updatedAt: new Date(0) },
  });
  return staff.id;
}

const keptChannel = () => {
  const conversationId = `${CHANNEL};messageid=1763800000000`;
  const place: Place = {
    kind: 'channel',
    conversationId,
    serviceUrl: connector.url,
    botId: '28:bot',
    channelId: 'msteams',
  };
  return keepSharedPlace(database.db, place, staffId, at);
};

async function start(more: Partial<DeliveryParts> = {}): Promise<void> {
  deliveries.push(
    await startDelivery({
      db: database.db,
      boss,
      messenger,
      compose: () => Promise.resolve({ reply: { kind: 'text', text: state }, seen: [] }),
      now: () => at,
      log: { error: () => {}, warn: () => {}, info: () => {} },
      retry: { attempts: 4, firstSeconds: 0.02, mostSeconds: 0.05, noPlaceSeconds: 0.1 },
      pollSeconds: 0.5,
      paces: null,
      ...more,
    }),
  );
}

type To = { readonly placeId: string } | { readonly recipientId: string };
const told = (key: string, to: To, thread?: string) =>
  database.db.$transaction((tx) => {
    const telling: Telling = { key, kind: 'progress', subject: {}, ...(thread !== undefined && { thread }), ...to };
    return tell(tx, boss, [telling], at);
  });

async function eventually<Value>(read: () => Promise<Value>, fits: (value: Value) => boolean): Promise<Value> {
  for (const end = Date.now() + 15_000; ;) {
    const value = await read();
    if (fits(value)) return value;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const row = (key: string) => database.prisma.outboxMessage.findUniqueOrThrow({ where: { key } });
const settled = (key: string) =>
  eventually(
    () => row(key),
    (message) => message.state !== 'waiting',
  );
const place = () => database.prisma.sharedPlace.findUniqueOrThrow({ where: { id: placeId } });
/** What those in a conversation see now. */
const seen = (conversationId?: string) => connector.messages(conversationId).map(({ text }) => text);
const methods = () => connector.requests.map(({ method }) => method);

describe('a message to a channel', () => {
  it('is a new post there', async () => {
    await start();
    await told('a', { placeId });
    expect(await settled('a')).toMatchObject({ state: 'sent', attempts: 1, conversationId: null });
    expect(connector.requests.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`)).toEqual([
      `POST /v3/conversations/${CHANNEL}/activities`,
    ]);
    expect(seen(CHANNEL)).toEqual(['as first told']);
  });

  it('is tried again when the connector cannot take it now', async () => {
    connector.misbehave({ answer: 502, times: 2 });
    await start();
    await told('a', { placeId });
    expect(await settled('a')).toMatchObject({ state: 'sent', attempts: 3 });
    expect(seen()).toHaveLength(1);
  });

  it.each([403, 404])(
    'has failed when it is gone (%i), as there is nowhere else; the place is kept',
    async (answer) => {
      connector.misbehave({ answer, code: 'BotNotInConversationRoster', times: 1 });
      await start();
      await told('a', { placeId });
      expect(await settled('a')).toMatchObject({
        state: 'failed',
        lastError: 'BotNotInConversationRoster',
        attempts: 1,
      });
      expect(await place()).toMatchObject({ goneAt: new Date(at.epochMilliseconds) });

      expect(await keptChannel()).toBe(placeId);
      expect(await place()).toMatchObject({ goneAt: null });
      await told('b', { placeId });
      expect(await settled('b')).toMatchObject({ state: 'sent' });
    },
  );

  it('shows by arriving that the place is not gone', async () => {
    await database.prisma.sharedPlace.update({ where: { id: placeId }, data: { goneAt: new Date(0) } });
    await start();
    await told('a', { placeId });
    expect(await settled('a')).toMatchObject({ state: 'sent' });
    expect(await place()).toMatchObject({ goneAt: null });
  });
});

describe('messages of a thread', () => {
  /** One that has arrived; resolves to its activity. */
  async function arrived(key: string, to: To = { placeId }): Promise<string> {
    await told(key, to, 'review 1');
    const { activityId } = await settled(key);
    return activityId!;
  }

  it.each(['channel', 'personal chat'])('replace each other where they stand, in a %s', async (kind) => {
    const to = kind === 'channel' ? { placeId } : { recipientId: staffId };
    await start();
    const activityId = await arrived('a', to);
    for (const key of ['b', 'c']) {
      state = key;
      await told(key, to, 'review 1');
      expect(await settled(key)).toMatchObject({ state: 'sent', attempts: 1, activityId });
    }
    expect(methods()).toEqual(['POST', 'PUT', 'PUT']);
    expect(seen()).toEqual(['c']);
  });

  it('leave those of other threads, recipients and places alone', async () => {
    await start();
    const other = await staffMember();
    await arrived('a');
    await arrived('b', { recipientId: staffId });
    await arrived('c', { recipientId: other });
    await told('d', { placeId }, 'review 2');
    await settled('d');
    await told('e', { placeId });
    await settled('e');
    expect(methods()).toEqual(['POST', 'POST', 'POST', 'POST', 'POST']);
  });

  it('say once what several would have said: an older one that waits is dropped when a newer one arrives', async () => {
    connector.misbehave({ answer: 503, times: 1 });
    await start({ retry: { firstSeconds: 600, mostSeconds: 600 } });
    await told('a', { placeId }, 'review 1');
    await eventually(
      () => row('a'),
      ({ attempts }) => attempts === 1,
    );
    state = 'now';
    await arrived('b');
    expect(await settled('a')).toMatchObject({ state: 'dropped', attempts: 1, sentAt: null });
    expect(seen()).toEqual(['now']);
  });

  it('leave it to a newer one that waits to say it', async () => {
    await start();
    await told('a', { placeId }, 'review 1');
    const { id: older } = await settled('a');
    await told('b', { placeId }, 'review 1');
    await settled('b');
    await database.prisma.outboxMessage.updateMany({ data: { state: 'waiting', activityId: null } });
    connector.clear();
    await queueDelivery(database.db, boss, [older]);
    expect(await settled('a')).toMatchObject({ state: 'dropped' });
    expect([(await row('b')).state, connector.requests.length]).toEqual(['waiting', 0]);
    await queueDelivery(database.db, boss, [(await row('b')).id]);
    expect(await settled('b')).toMatchObject({ state: 'sent' });
  });

  it('say what was told after a newer one was made, although by its id it is the older', async () => {
    await start();
    const activityId = await arrived('b');
    // As of another replica whose clock is behind.
    await database.prisma.outboxMessage.update({
      where: { key: 'b' },
      data: { id: 'ffffffff-ffff-7fff-bfff-ffffffffffff' },
    });
    state = 'now';
    await told('a', { placeId }, 'review 1');
    expect(await settled('a')).toMatchObject({ state: 'sent', activityId });
    expect(seen()).toEqual(['now']);
  });

  it('begin anew when somebody has deleted what stood there', async () => {
    await start();
    connector.remove(await arrived('a'));
    state = 'now';
    const activityId = await arrived('b');
    expect(methods()).toEqual(['POST', 'PUT', 'POST']);
    expect(seen()).toEqual(['now']);
    state = 'then';
    expect(await arrived('c')).toBe(activityId);
    expect(seen()).toEqual(['then']);
  });

  it('begin anew in another conversation', async () => {
    await start();
    const to = { recipientId: staffId };
    await arrived('a', to);
    await database.prisma.conversation.update({ where: { staffId }, data: { conversationId: 'another' } });
    await arrived('b', to);
    expect(methods()).toEqual(['POST', 'POST']);
    expect(seen('another')).toHaveLength(1);
  });

  it('fail where the place is gone, like any other', async () => {
    await start();
    await arrived('a');
    connector.misbehave({ answer: 403, code: 'BotNotInConversationRoster' });
    await told('b', { placeId }, 'review 1');
    expect(await settled('b')).toMatchObject({ state: 'failed', lastError: 'BotNotInConversationRoster' });
    expect((await place()).goneAt).not.toBeNull();
  });

  it.each([
    ['no answer', { answer: 'hang' as const, keep: true }],
    ['a cut connection', { answer: 'reset' as const, keep: true }],
    ['429', { answer: 429 }],
  ])('are put there again after %s, which nobody sees', async (_, how) => {
    await start();
    const activityId = await arrived('a');
    state = 'now';
    connector.misbehave({ ...how, times: 1 });
    await told('b', { placeId }, 'review 1');
    expect(await settled('b')).toMatchObject({ state: 'sent', attempts: 2, activityId });
    expect(methods()).toEqual(['POST', 'PUT', 'PUT']);
    expect(seen()).toEqual(['now']);
  });

  it('take turns among replicas', async () => {
    let answered = () => {};
    const answer = new Promise<void>((resolve) => (answered = resolve));
    let atOnce = 0;
    let most = 0;
    const slow: Messenger = {
      ...messenger,
      async send(...message) {
        most = Math.max(most, ++atOnce);
        await answer;
        return messenger.send(...message).finally(() => atOnce--);
      },
    };
    await start({ messenger: slow });
    await start({ messenger: slow });
    try {
      await told('a', { placeId }, 'review 1');
      await eventually(
        () => Promise.resolve(atOnce),
        (count) => count === 1,
      );
      state = 'now';
      await told('b', { placeId }, 'review 1');
      const { id } = await row('b');
      // It has had its try, and waits for another.
      await eventually(
        () => boss.findJobs(DELIVER, { key: id }),
        (jobs) => jobs.length > 1,
      );
      expect(await row('b')).toMatchObject({ state: 'waiting', attempts: 0, lastError: null });
    } finally {
      answered();
    }
    const { activityId } = await settled('a');
    expect(await settled('b')).toMatchObject({ state: 'sent', attempts: 1, activityId });
    expect([most, methods(), seen()]).toEqual([1, ['POST', 'PUT'], ['now']]);
  });
});
