import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { startServer, type RunningServer, type ServerParts } from '../../bot/teams/server.ts';
import type { Templates } from '../../bot/teams/render.ts';
import type { BotEvent, BotReply } from '../../bot/workflows/turn.ts';
import { cardOf, TestClient } from '../fakes/client.ts';
import { startFakeConnector, type FakeConnector } from '../fakes/connector.ts';
import { templatesFrom } from '../fakes/templates.ts';

const aadObjectId = '11111111-2222-4333-8444-555555555555';
const templates: Templates = templatesFrom({
  hello: {
    type: 'AdaptiveCard',
    body: [{ type: 'TextBlock', text: '${title}', wrap: true }],
    actions: [{ type: 'Action.Execute', title: 'Gem', verb: 'save' }],
  },
});
const card = (title: unknown): BotReply => ({
  kind: 'card',
  card: { template: 'hello', data: { title }, words: {}, summary: 'Sag 142', stamp: { nonce: 'n1' } },
});

let connector: FakeConnector;
let server: RunningServer;
let bot: string;
let handle: (event: BotEvent) => Promise<BotReply>;
let events: BotEvent[];
let unready: string[];
let logged: { fields: Record<string, unknown>; message: string }[];
let client: TestClient;

const note = (fields: object, message: string) => void logged.push({ fields: { ...fields }, message });
const parts = (changes: Partial<ServerParts> = {}): ServerParts => ({
  config: { host: '127.0.0.1', port: 0, auth: { kind: 'local' }, tenants: [], serviceHosts: [] },
  handle: (event) => {
    events.push(event);
    return handle(event);
  },
  health: { ready: () => Promise.resolve(unready) },
  templates,
  log: { info: note, warn: note, error: note },
  ...changes,
});

beforeEach(async () => {
  [events, unready, logged] = [[], [], []];
  handle = () => Promise.resolve({ kind: 'text', text: 'Hej' });
  connector = await startFakeConnector();
  server = await startServer(parts());
  bot = `http://127.0.0.1:${server.port}`;
  client = new TestClient({ bot, connector, aadObjectId });
});
afterEach(async () => {
  await server.close();
  await connector.close();
});

describe('a turn', () => {
  test('a message is answered through the connector', async () => {
    const [reply] = await client.say('<at>Hjemvej</at> status');
    expect(events[0]).toMatchObject({ kind: 'message', text: 'status', sender: { aadObjectId } });
    expect(reply).toMatchObject({ type: 'message', text: 'Hej', conversationId: client.conversationId });
  });

  test('a card carries its summary to the notification', async () => {
    handle = () => Promise.resolve(card('Velkommen'));
    const [reply] = await client.say('start');
    expect(reply?.summary).toBe('Sag 142');
    expect(cardOf(reply)).toMatchObject({ version: '1.5', fallbackText: 'Sag 142' });
  });

  test('nothing to say sends nothing', async () => {
    handle = () => Promise.resolve({ kind: 'nothing' });
    await expect(client.say('hm')).resolves.toEqual([]);
    expect(connector.requests).toEqual([]);
  });

  test('a pressed button gets its card in the answer', async () => {
    handle = () => Promise.resolve(card('Gemt'));
    const answer = await client.press('save', { nonce: 'n0' }, { name: 'x' }, 'automatic');
    expect(events[0]).toMatchObject({
      kind: 'action',
      verb: 'save',
      data: { nonce: 'n0', name: 'x' },
      trigger: 'automatic',
    });
    expect(answer.status).toBe(200);
    const again = await client.pressOn(answer.card!, 'save');
    expect(events[1]).toMatchObject({ data: { nonce: 'n1' }, trigger: 'manual' });
    expect(again.card).toBeDefined();
  });

  test('a pressed button may get a sentence or nothing', async () => {
    await expect(client.press('save')).resolves.toMatchObject({ status: 200, text: 'Hej' });
    handle = () => Promise.resolve({ kind: 'nothing' });
    await expect(client.press('save')).resolves.toMatchObject({ status: 200, text: '' });
  });

  test('the Action.Submit of an old client is the same action, answered by a message', async () => {
    const [reply] = await client.submit({ verb: 'save', nonce: 'n0' });
    expect(events[0]).toMatchObject({ kind: 'action', verb: 'save', data: { nonce: 'n0' } });
    expect(reply?.text).toBe('Hej');
  });

  test('a sender that expects the replies in the answer gets them there', async () => {
    const { body } = await client.post({ type: 'message', text: 'hej', deliveryMode: 'expectReplies' });
    expect(body).toMatchObject({ activities: [{ type: 'message', text: 'Hej' }] });
    expect(connector.requests).toEqual([]);
  });

  test('the bot greets where it is installed', async () => {
    await expect(client.install()).resolves.toHaveLength(1);
    expect(events[0]?.kind).toBe('joined');
  });

  test('what the bot does not answer is taken without a word', async () => {
    await expect(client.post({ type: 'typing' })).resolves.toMatchObject({ status: 200 });
    await expect(client.post({ type: 'invoke', name: 'task/fetch' })).resolves.toMatchObject({ status: 501 });
    expect(events).toEqual([]);
  });
});

describe('trouble', () => {
  const secret = 'Jens Jensen 010190-1234';
  const fail = () => Promise.reject(Object.assign(new Error(secret), { code: 'P2024' }));

  test('a message is answered with a number that is in the log, without the error itself', async () => {
    handle = fail;
    const [reply] = await client.say('status');
    const reference = /nummer ([0-9A-F]{8})/.exec(reply?.text ?? '')?.[1];
    expect(logged[0]?.fields).toMatchObject({ reference, code: 'P2024', where: 'message' });
    expect(JSON.stringify(logged) + JSON.stringify(reply)).not.toContain('Jens');
  });

  test('a pressed button gets HTTP 200 with the error inside', async () => {
    handle = fail;
    const answer = await client.press('save');
    expect(answer).toMatchObject({ status: 200, error: { code: 'P2024' } });
    expect(answer.error?.message).toMatch(/Intet er gået tabt/);
  });

  test('the language is the activity’s, or the one that is known of the person', async () => {
    handle = fail;
    const english = new TestClient({ bot, connector, aadObjectId, locale: 'en-GB' });
    expect((await english.say('hi'))[0]?.text).toMatch(/Nothing was lost/);
    await server.close();
    server = await startServer(parts({ localeOf: () => 'da' }));
    const known = new TestClient({ bot: `http://127.0.0.1:${server.port}`, connector, aadObjectId, locale: 'en-GB' });
    expect((await known.say('hi'))[0]?.text).toMatch(/Intet er gået tabt/);
  });

  test('a card that cannot be rendered is trouble too', async () => {
    handle = () => Promise.resolve(card('x'.repeat(30_000)));
    await expect(client.press('save')).resolves.toMatchObject({ error: { code: 'card-too-large' } });
  });

  test('a fault of the host itself: 500 without details, and a line in the log', async () => {
    const fault = () => {
      throw new Error(secret);
    };
    await server.close();
    server = await startServer(parts({ log: { info: note, warn: fault, error: note } }));
    const person = new TestClient({ bot: `http://127.0.0.1:${server.port}`, connector, aadObjectId });
    const refused = { type: 'message', serviceUrl: 'https://evil.example' };
    await expect(person.post(refused)).resolves.toEqual({ status: 500, body: undefined });
    expect(logged[0]?.fields).toMatchObject({ where: 'http' });
    expect(JSON.stringify(logged)).not.toContain('Jens');
  });

  test('a reply that cannot be delivered does not repeat the turn', async () => {
    connector.misbehave({ answer: 403 });
    await expect(client.post({ type: 'message', text: 'hej' })).resolves.toMatchObject({ status: 200 });
    expect(logged[0]?.fields).toMatchObject({ where: 'reply' });
    expect(events).toHaveLength(1);
  });
});

describe('what is refused before anything of ours runs', () => {
  const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${bot}/api/messages`, { method: 'POST', body, headers });
  const valid = (overrides: object) =>
    JSON.stringify({ ...client.activity({ type: 'message', text: 'x' }), ...overrides });
  afterEach(() => expect(events).toEqual([]));

  test.each([
    ['no JSON', '{', 400],
    ['a list', '[]', 400],
    ['a number', '7', 400],
    ['nothing', '', 400],
  ])('%s', async (_name, body, status) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(/at |position|Unexpected/);
  });

  test.each([
    ['no type', { type: undefined }],
    ['a type that is no text', { type: 7 }],
    ['no sender', { from: undefined }],
    ['no conversation', { conversation: {} }],
    ['an action without value', { type: 'invoke', name: 'adaptiveCard/action', value: {} }],
    [
      'another kind of action',
      { type: 'invoke', name: 'adaptiveCard/action', value: { action: { type: 'Action.Submit', verb: 'x' } } },
    ],
  ])('%s: 400', async (_name, overrides) => {
    expect((await post(valid(overrides))).status).toBe(400);
  });

  test('another content type, or a packed body: 400', async () => {
    expect((await post(valid({}), { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await post('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400);
    const packed = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await post(valid({}), packed)).status).toBe(400);
  });

  test('more than 256 kB: 413', async () => {
    expect((await post(valid({ text: 'x'.repeat(300_000) }))).status).toBe(413);
  });

  test('a service address elsewhere, or none: 403 without a word', async () => {
    for (const serviceUrl of ['https://evil.example', 'http://127.0.0.1@evil.example', 'file:///etc', undefined]) {
      const response = await post(valid({ serviceUrl }));
      expect([serviceUrl, response.status, await response.text()]).toEqual([serviceUrl, 403, '']);
    }
  });

  test('a web page that comes by a name of its own: 403', async () => {
    const body = valid({});
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: 'evil.example', 'content-type': 'application/json' };
      httpRequest(`${bot}/api/messages`, { method: 'POST', headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      })
        .on('error', reject)
        .end(body);
    });
    expect(status).toBe(403);
  });

  test('other addresses and methods: 404 and 405 without details', async () => {
    for (const [path, status] of [
      ['/secret', 404],
      ['/api/messages', 405],
    ] as const) {
      const response = await fetch(`${bot}${path}`, { headers: { accept: 'text/plain' } });
      expect([response.status, await response.text()]).toEqual([status, '']);
    }
  });
});

describe('health', () => {
  test('alive, ready, not ready', async () => {
    expect((await fetch(`${bot}/healthz`)).status).toBe(200);
    expect((await fetch(`${bot}/readyz`)).status).toBe(200);
    unready = ['database'];
    const response = await fetch(`${bot}/readyz`);
    expect([response.status, await response.json()]).toEqual([503, { ok: false, reasons: ['database'] }]);
  });

  test('a check that throws is not ready', async () => {
    await server.close();
    server = await startServer(parts({ health: { ready: () => Promise.reject(new Error('secret')) } }));
    const response = await fetch(`http://127.0.0.1:${server.port}/readyz`);
    expect([response.status, await response.text()]).toEqual([503, expect.not.stringContaining('secret')]);
  });
});

describe('start and end', () => {
  test('without an app id it listens on this machine only', async () => {
    const config = { ...parts().config, host: '0.0.0.0' };
    await expect(startServer(parts({ config }))).rejects.toThrow(/only listens on this machine/);
  });

  test('a port in use is an error', async () => {
    const config = { ...parts().config, port: server.port };
    await expect(startServer(parts({ config }))).rejects.toThrow(/EADDRINUSE/);
  });

  test('a request that never comes in whole does not hold it open', async () => {
    const half = connect(server.port, '127.0.0.1');
    const ended = new Promise((resolve) => half.once('close', resolve));
    half.on('error', () => undefined);
    half.write(
      'POST /api/messages HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    );
    await fetch(`${bot}/healthz`);
    await server.close();
    await ended;
  });

  test('a running turn finishes before close resolves', async () => {
    const { promise, resolve } = Promise.withResolvers<BotReply>();
    handle = () => promise;
    const pressed = client.press('save');
    while (events.length === 0) await new Promise((next) => setTimeout(next, 5));
    const closed = server.close();
    await expect(fetch(`${bot}/healthz`)).rejects.toThrow();
    resolve({ kind: 'text', text: 'færdig' });
    await expect(pressed).resolves.toMatchObject({ status: 200, text: 'færdig' });
    await closed;
  });
});
