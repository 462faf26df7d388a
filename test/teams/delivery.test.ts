import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { DELIVER, DELIVER_DEAD } from '../../bot/store/jobs.ts';
import { queueDelivery, tell } from '../../bot/store/outbox.ts';
import { startDelivery, type Delivery, type DeliveryParts, type RetryPlan } from '../../bot/teams/delivery.ts';
import { ConnectorError } from '../../bot/teams/messenger.ts';
import type { BotReply, Messenger, Place } from '../../bot/workflows/turn.ts';
import { startTestQueue, type TestQueue } from '../fakes/queue.ts';

const at = Temporal.Instant.from('2026-11-22T10:42:00Z');
const HOME = { serviceUrl: 'http://connector/', botId: '28:bot', tenantId: 'tenant', channelId: 'msteams' };
const quick: RetryPlan = { attempts: 4, firstSeconds: 0.02, mostSeconds: 0.05, noPlaceSeconds: 0.1 };

let queue: TestQueue;
let database: TestQueue['database'];
let boss: TestQueue['boss'];
beforeAll(async () => {
  queue = await startTestQueue();
  ({ database, boss } = queue);
});
afterAll(async () => {
  await queue.close();
});

let deliveries: Delivery[] = [];
let logged: { level: string; fields: Record<string, unknown> }[] = [];
const logTo = (level: string) => (fields: unknown) => logged.push({ level, fields: fields as Record<string, unknown> });
const log = { error: logTo('error'), warn: logTo('warn'), info: logTo('info') };
beforeEach(async () => {
  await database.prisma.outboxMessage.deleteMany();
  await database.prisma.staff.deleteMany();
  await boss.deleteAllJobs(DELIVER);
  logged = [];
});
afterEach(async () => {
  await Promise.all(deliveries.map((delivery) => delivery.stop()));
  deliveries = [];
});

/** What the connector answers, one after the other; then always an activity id. */
function fakeMessenger(...answers: (ConnectorError | Error | (() => Promise<void>))[]) {
  const sent: { place: Place; reply: BotReply }[] = [];
  const created: Parameters<Messenger['create']>[0][] = [];
  let attempts = 0;
  const answer = async () => {
    attempts++;
    const next = answers.shift();
    if (next instanceof Error) throw next;
    await next?.();
  };
  const messenger: Messenger = {
    async create(to) {
      created.push(to);
      await answer();
      const { userId, tenantId, ...rest } = to;
      return { kind: 'personal', conversationId: `with ${userId}`, ...rest, ...(tenantId && { tenantId }) };
    },
    async send(place, reply) {
      await answer();
      sent.push({ place, reply });
      return { activityId: `activity ${sent.length}` };
    },
    update: () => Promise.reject(new Error('not used')),
  };
  return { messenger, sent, created, attempts: () => attempts };
}

async function start(messenger: Messenger, more: Partial<DeliveryParts> = {}): Promise<Delivery> {
  const delivery = await startDelivery({
    db: database.db,
    boss,
    messenger,
    compose: ({ key }) => Promise.resolve({ reply: { kind: 'text', text: key }, seen: [] }),
    now: () => at,
    log,
    retry: quick,
    pollSeconds: 0.5,
    paces: null,
    ...more,
  });
  deliveries.push(delivery);
  return delivery;
}

async function staffMember({ known = true } = {}): Promise<{ id: string; aadObjectId: string }> {
  const staff = await database.prisma.staff.create({
    data: { aadObjectId: uuidv7(), name: 'Test', searchName: 'test' },
  });
  if (known) {
    const conversation = { ...HOME, staffId: staff.id, conversationId: `c ${staff.id}`, userId: '29:x' };
    await database.prisma.conversation.create({ data: { ...conversation, updatedAt: new Date(0) } });
  }
  return staff;
}

const told = (recipientId: string, ...keys: string[]) =>
  database.db.$transaction((tx) =>
    tell(
      tx,
      boss,
      keys.map((key) => ({ key, kind: 'your-turn', recipientId, subject: { pass: key } })),
      at,
    ),
  );

async function eventually<Value>(read: () => Promise<Value>, fits: (value: Value) => boolean): Promise<Value> {
  for (const end = Date.now() + 15_000; ;) {
    const value = await read();
    if (fits(value)) return value;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)}; logged ${JSON.stringify(logged)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const row = (key: string) => database.prisma.outboxMessage.findUniqueOrThrow({ where: { key } });
const settled = (key: string) =>
  eventually(
    () => row(key),
    ({ state }) => state !== 'waiting',
  );

describe('delivery', () => {
  it('sends each message once, to its recipient, and records it', async () => {
    const [one, two] = [await staffMember(), await staffMember()];
    const { messenger, sent } = fakeMessenger();
    await start(messenger);
    await told(one.id, 'a', 'b');
    await told(two.id, 'c');
    for (const key of ['a', 'b', 'c']) expect(await settled(key)).toMatchObject({ state: 'sent', attempts: 1 });
    expect((await row('a')).sentAt).toEqual(new Date(at.epochMilliseconds));
    expect((await row('a')).activityId).toMatch(/^activity \d$/);
    const texts = sent.map(({ place, reply }) => [place.conversationId, reply.kind === 'text' && reply.text]);
    expect(texts.sort()).toEqual(
      [
        [`c ${one.id}`, 'a'],
        [`c ${one.id}`, 'b'],
        [`c ${two.id}`, 'c'],
      ].sort(),
    );
  });

  it('does nothing twice: two workers, and two jobs for one message', async () => {
    const { id } = await staffMember();
    await told(id, 'a');
    const { id: messageId } = await row('a');
    let answered = () => {};
    const slow = new Promise<void>((resolve) => (answered = resolve));
    const { messenger, sent, attempts } = fakeMessenger(() => slow);
    const deliveries = [await start(messenger), await start(messenger)];
    await eventually(
      () => Promise.resolve(attempts()),
      (count) => count === 1,
    );
    for (let i = 0; i < 3; i++) {
      await queueDelivery(database.prisma, boss, [messageId]);
      await deliveries[i % 2]!.sweep();
      await eventually(
        () => boss.findJobs(DELIVER, { queued: true }),
        (jobs) => jobs.length === 0,
      );
    }
    answered();
    await settled('a');
    await queueDelivery(database.prisma, boss, [messageId]);
    await eventually(
      () => boss.findJobs(DELIVER, { queued: true }),
      (jobs) => jobs.length === 0,
    );
    expect([sent.length, attempts()]).toEqual([1, 1]);
  });

  it('drops what is no longer true when it is to be sent', async () => {
    const { id } = await staffMember();
    const { messenger, attempts } = fakeMessenger();
    await start(messenger, { compose: () => Promise.resolve(null) });
    await told(id, 'a');
    expect(await settled('a')).toMatchObject({ state: 'dropped', sentAt: null });
    expect(attempts()).toBe(0);
  });

  it.each([
    ['429', new ConnectorError('throttled', 'http-429', { status: 429 })],
    ['502', new ConnectorError('temporary', 'http-502', { status: 502 })],
    ['no answer', new ConnectorError('temporary', 'timeout')],
  ])('tries again after %s', async (_, error) => {
    const { id } = await staffMember();
    const { messenger, sent } = fakeMessenger(error, error);
    await start(messenger);
    await told(id, 'a');
    expect(await settled('a')).toMatchObject({ state: 'sent', attempts: 3, lastError: null });
    expect(sent).toHaveLength(1);
  });

  it('waits as long as the connector asks', async () => {
    const { id } = await staffMember();
    const throttled = new ConnectorError('throttled', 'http-429', { status: 429, retryAfterSeconds: 3 });
    const { messenger, sent } = fakeMessenger(throttled);
    await start(messenger);
    await told(id, 'a');
    const { id: messageId } = await eventually(
      () => row('a'),
      ({ attempts }) => attempts === 1,
    );
    const [job] = await boss.findJobs(DELIVER, { key: messageId, queued: true });
    expect(job!.startAfter.getTime() - job!.createdOn.getTime()).toBeCloseTo(3_000, -2);
    expect(sent).toHaveLength(0);
    await settled('a');
    expect(sent).toHaveLength(1);
  });

  it('fails, for a human to see, when the message is refused', async () => {
    const { id } = await staffMember();
    const { messenger, attempts } = fakeMessenger(new ConnectorError('refused', 'http-400', { status: 400 }));
    await start(messenger);
    await told(id, 'a');
    expect(await settled('a')).toMatchObject({ state: 'failed', lastError: 'http-400', attempts: 1 });
    expect(attempts()).toBe(1);
    expect(logged).toMatchObject([{ level: 'error', fields: { kind: 'your-turn', code: 'http-400' } }]);
    expect(await database.prisma.conversation.count()).toBe(1);
  });

  const gone = () => new ConnectorError('gone', 'http-403', { status: 403 });
  const waits = () =>
    eventually(
      () => row('a'),
      ({ lastError }) => lastError === 'http-403',
    );

  it('opens a conversation that is gone anew, for the same message', async () => {
    const { id, aadObjectId } = await staffMember();
    const { messenger, sent, created } = fakeMessenger(gone());
    await start(messenger, { home: HOME });
    await told(id, 'a');
    expect(await settled('a')).toMatchObject({ state: 'sent', attempts: 2 });
    expect(created).toEqual([{ ...HOME, userId: aadObjectId }]);
    expect(sent.map(({ place }) => place.conversationId)).toEqual([`with ${aadObjectId}`]);
    expect(await database.prisma.conversation.findMany()).toMatchObject([{ conversationId: `with ${aadObjectId}` }]);
  });

  it('waits while no conversation can be opened, each time longer, and sends once one can', async () => {
    const { id } = await staffMember({ known: false });
    const opened = () => Promise.resolve();
    // Not opened, opened but closed to us, not opened; then it is.
    const { messenger, sent, attempts } = fakeMessenger(gone(), opened, gone(), gone());
    await start(messenger, { home: HOME });
    await told(id, 'a');
    expect(await waits()).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(await settled('a')).toMatchObject({ state: 'sent', attempts: 1 });
    expect([sent.length, attempts()]).toEqual([1, 6]);
    expect(logged).toMatchObject([{ level: 'warn', fields: { code: 'http-403' } }]);
  });

  it.each([
    [{ minutes: 1 }, 5],
    [{ minutes: 40 }, 20],
    [{ hours: 24 * 14 - 1 }, 30],
  ])('%j after it was told, such a message waits %i minutes', async (age, minutes) => {
    const { id } = await staffMember({ known: false });
    await start(fakeMessenger(gone()).messenger, {
      home: HOME,
      now: () => at.add(age),
      retry: { noPlaceSeconds: 300 },
    });
    await told(id, 'a');
    const { id: messageId } = await waits();
    const [job] = await boss.findJobs(DELIVER, { key: messageId, queued: true });
    expect((job!.startAfter.getTime() - job!.createdOn.getTime()) / 60_000).toBeCloseTo(minutes, 1);
  });

  it.each([
    ['http-403', HOME],
    ['no-place', undefined],
  ])('has failed, for a human to see, when there is nowhere to write to for two weeks: %s', async (code, home) => {
    const { id } = await staffMember({ known: false });
    await start(fakeMessenger(gone()).messenger, { home, now: () => at.add({ hours: 24 * 14 }) });
    await told(id, 'a');
    expect(await settled('a')).toMatchObject({ state: 'failed', lastError: code });
    expect(logged).toMatchObject([{ level: 'error', fields: { kind: 'your-turn', code } }]);
  });

  describe('the access log', () => {
    const reads = () => database.prisma.accessLog.count();
    const composing = () => {
      let times = 0;
      const compose: DeliveryParts['compose'] = ({ key, recipientId }) => {
        times++;
        const seen = { at, staffId: recipientId, action: 'read', purpose: 'notification', operation: 'test' } as const;
        return Promise.resolve({ reply: { kind: 'text', text: key }, seen: [seen] });
      };
      return { compose, times: () => times };
    };

    it('knows nothing of a message that has nowhere to go, which is not even made', async () => {
      const before = await reads();
      const { id } = await staffMember({ known: false });
      const { messenger, attempts } = fakeMessenger(...Array.from({ length: 99 }, gone));
      const { compose, times } = composing();
      await start(messenger, { home: HOME, compose });
      await told(id, 'a');
      await eventually(
        () => Promise.resolve(attempts()),
        (count) => count >= 3,
      );
      expect([times(), (await reads()) - before]).toEqual([0, 0]);
    });

    it('has one row of a message that was sent, however often it was tried', async () => {
      const before = await reads();
      const { id } = await staffMember();
      const { messenger } = fakeMessenger(new ConnectorError('throttled', 'http-429', { status: 429 }), gone());
      const { compose, times } = composing();
      await start(messenger, { home: HOME, compose });
      await told(id, 'a');
      expect(await settled('a')).toMatchObject({ state: 'sent', attempts: 3 });
      expect([times(), (await reads()) - before]).toEqual([3, 1]);
      expect(await database.prisma.accessLog.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({ staffId: id });
    });

    it('has none of a message that was refused', async () => {
      const before = await reads();
      const { id } = await staffMember();
      const { messenger } = fakeMessenger(new ConnectorError('refused', 'http-400', { status: 400 }));
      await start(messenger, { compose: composing().compose });
      await told(id, 'a');
      expect(await settled('a')).toMatchObject({ state: 'failed' });
      expect((await reads()) - before).toBe(0);
    });
  });

  it('fails when all attempts are used up', async () => {
    const { id } = await staffMember();
    const { messenger, attempts } = fakeMessenger(
      ...Array.from({ length: 9 }, () => new ConnectorError('temporary', 'http-503', { status: 503 })),
    );
    await start(messenger);
    await told(id, 'a');
    expect(await settled('a')).toMatchObject({ state: 'failed', lastError: 'http-503', attempts: 4 });
    expect(attempts()).toBe(4);
    expect(logged.at(-1)).toMatchObject({ level: 'error', fields: { code: 'http-503' } });
  });

  it('counts a message as sent that the connector took without an id', async () => {
    const { id } = await staffMember();
    const { messenger } = fakeMessenger(new ConnectorError('refused', 'answer-without-id', { status: 200 }));
    await start(messenger);
    await told(id, 'a');
    expect(await settled('a')).toMatchObject({ state: 'sent', activityId: null });
  });

  it('opens a conversation where none is known, and keeps it', async () => {
    const [known, unknown] = [await staffMember(), await staffMember({ known: false })];
    const { messenger, sent, created } = fakeMessenger();
    await start(messenger);
    await told(unknown.id, 'a');
    await settled('a');
    await told(unknown.id, 'b');
    await settled('b');
    expect(created).toEqual([{ ...HOME, userId: unknown.aadObjectId }]);
    expect(sent.map(({ place }) => place.conversationId)).toEqual(Array(2).fill(`with ${unknown.aadObjectId}`));
    const rows = await database.prisma.conversation.findMany({ where: { staffId: { not: known.id } } });
    expect(rows).toMatchObject([{ staffId: unknown.id, conversationId: `with ${unknown.aadObjectId}`, ...HOME }]);
  });

  it('waits while no place is known at all, and does not count that as an attempt', async () => {
    const { id, aadObjectId } = await staffMember({ known: false });
    const { messenger, created } = fakeMessenger();
    await start(messenger);
    await told(id, 'a');
    await eventually(
      () => row('a'),
      ({ lastError }) => lastError === 'no-place',
    );
    expect(await row('a')).toMatchObject({ state: 'waiting', attempts: 0 });
    await staffMember();
    expect(await settled('a')).toMatchObject({ state: 'sent', attempts: 1 });
    expect(created).toMatchObject([{ userId: aadObjectId }]);
    expect(logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('knows from its settings where to open the first conversation', async () => {
    const { id } = await staffMember({ known: false });
    const { messenger, created } = fakeMessenger();
    await start(messenger, { home: { ...HOME, tenantId: 'other' } });
    await told(id, 'a');
    await settled('a');
    expect(created).toMatchObject([{ tenantId: 'other' }]);
  });

  it('tries again when a message cannot be made, and logs nothing of its text', async () => {
    const { id } = await staffMember();
    const { messenger, sent } = fakeMessenger();
    let failures = 2;
    await start(messenger, {
      compose: () =>
        failures-- > 0
          ? Promise.reject(new Error('name of a citizen'))
          : Promise.resolve({ reply: { kind: 'text', text: 'at last' }, seen: [] }),
    });
    await told(id, 'a');
    expect(await settled('a')).toMatchObject({ state: 'sent', attempts: 3 });
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(logged)).toContain('delivery.test.ts');
    expect(JSON.stringify(logged)).not.toContain('name of a citizen');
  });

  it('finds at its start what waits without a job', async () => {
    const { id } = await staffMember();
    await told(id, 'a', 'b');
    await boss.deleteAllJobs(DELIVER);
    const { messenger, sent } = fakeMessenger();
    await start(messenger);
    await settled('a');
    await settled('b');
    expect(sent).toHaveLength(2);
  });

  it('records what was sent even when the database is away just then', async () => {
    const { id } = await staffMember();
    const { messenger, sent } = fakeMessenger();
    let failures = 2;
    const db = new Proxy(database.db, {
      get(target, name) {
        if (name !== '$transaction' || sent.length === 0 || failures-- <= 0) return Reflect.get(target, name);
        return () => Promise.reject(Object.assign(new Error('connection lost'), { code: 'P1001' }));
      },
    });
    await start(messenger, { db });
    await told(id, 'a');
    expect(await settled('a')).toMatchObject({ state: 'sent', activityId: 'activity 1' });
    expect(sent).toHaveLength(1);
    expect(logged.map(({ fields }) => fields['code'])).toEqual(['P1001', 'P1001']);
  });

  it('fails what our own code cannot deliver, from the dead letters', async () => {
    const { id } = await staffMember();
    await told(id, 'a');
    await boss.deleteAllJobs(DELIVER);
    await boss.insert(DELIVER_DEAD, [{ data: { messageId: (await row('a')).id } }]);
    const { messenger } = fakeMessenger();
    // Its job waits, so only the dead letter is seen.
    await queueDelivery(database.prisma, boss, [(await row('a')).id], 600);
    await start(messenger);
    expect(await settled('a')).toMatchObject({ state: 'failed', lastError: 'gave-up' });
    expect(logged).toMatchObject([{ level: 'error', fields: { code: 'gave-up' } }]);
  });

  it('gives a message that our own code cannot send a job of its own, and sends the others of its job', async () => {
    const { id } = await staffMember();
    const { messenger, sent } = fakeMessenger(new Error('a bug'));
    await start(messenger, { concurrency: 1 });
    await told(id, 'a', 'b', 'c');
    for (const key of ['a', 'b', 'c']) expect(await settled(key)).toMatchObject({ state: 'sent' });
    expect(sent.map(({ reply }) => reply.kind === 'text' && reply.text)).toEqual(['b', 'c', 'a']);
  });

  it('finishes what it sends before it stops, and takes no more', async () => {
    const { id } = await staffMember();
    let answered = () => {};
    const slow = new Promise<void>((resolve) => (answered = resolve));
    const { messenger, attempts } = fakeMessenger(() => slow);
    const delivery = await start(messenger, { concurrency: 1 });
    await told(id, 'a', 'b');
    await eventually(
      () => Promise.resolve(attempts()),
      (count) => count === 1,
    );
    const stopped = delivery.stop();
    setTimeout(answered, 100);
    await stopped;
    const states = await database.prisma.outboxMessage.findMany({
      orderBy: { state: 'desc' },
      select: { state: true },
    });
    expect(states.map(({ state }) => state).sort()).toEqual(['sent', 'waiting']);
  });
});
