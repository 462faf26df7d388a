import { createMessenger, type ConnectorError, type MessengerParts } from '../../bot/teams/messenger.ts';
import type { BotReply, Place } from '../../bot/workflows/turn.ts';
import { startFakeConnector, type FakeConnector, type Misbehaviour } from '../fakes/connector.ts';
import { templatesFrom } from '../fakes/templates.ts';

const templates = templatesFrom({ hello: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: '${title}' }] } });
const text: BotReply = { kind: 'text', text: 'Hej' };
const card: BotReply = {
  kind: 'card',
  card: { template: 'hello', data: { title: 'Frist i morgen' }, words: {}, summary: 'Sag 142' },
};

let connector: FakeConnector;
beforeEach(async () => {
  connector = await startFakeConnector();
});
afterEach(() => connector.close());

const messenger = (changes: Partial<MessengerParts> = {}) =>
  createMessenger({
    tokens: { getToken: () => Promise.resolve('t') },
    templates,
    local: false,
    serviceHosts: ['127.0.0.1'],
    ...changes,
  });
const place = (): Place => ({
  kind: 'personal',
  conversationId: 'a:1/x',
  serviceUrl: `${connector.url}/`,
  botId: '28:bot',
  channelId: 'msteams',
});
const failure = (promise: Promise<unknown>): Promise<ConnectorError> =>
  promise.then(
    () => {
      throw new Error('It succeeded');
    },
    (error: ConnectorError) => error,
  );

test('opens a conversation and writes there', async () => {
  const to = {
    userId: '29:user',
    tenantId: 'tenant',
    serviceUrl: connector.url,
    botId: '28:bot',
    channelId: 'msteams',
  };
  const opened = await messenger().create(to);
  expect(opened).toMatchObject({ kind: 'personal', conversationId: 'personal:29:user', tenantId: 'tenant' });
  expect(connector.conversations[0]?.body).toMatchObject({
    bot: { id: '28:bot' },
    members: [{ id: '29:user' }],
    tenantId: 'tenant',
  });
  const { activityId } = await messenger().send(opened, card);
  expect(connector.messages(opened.conversationId)).toMatchObject([
    { id: activityId, summary: 'Sag 142', attachments: [{ content: { fallbackText: 'Sag 142' } }] },
  ]);
  expect(connector.requests.map((request) => request.authorization)).toEqual(['Bearer t', 'Bearer t']);
});

test('replaces what it wrote', async () => {
  const { activityId } = await messenger().send(place(), text);
  await messenger().update(place(), activityId, card);
  expect(connector.messages('a:1/x')).toMatchObject([{ id: activityId, summary: 'Sag 142' }]);
});

test('without a token there is no header', async () => {
  await messenger({ local: true, tokens: { getToken: () => Promise.resolve(null) } }).send(place(), text);
  expect(connector.requests[0]?.authorization).toBeUndefined();
});

test.each<[Misbehaviour, Partial<ConnectorError>]>([
  [
    { answer: 429, retryAfter: 7 },
    { kind: 'throttled', status: 429, retryAfterSeconds: 7 },
  ],
  [{ answer: 429 }, { kind: 'throttled', status: 429 }],
  [{ answer: 412 }, { kind: 'throttled', status: 412 }],
  [{ answer: 502 }, { kind: 'temporary', status: 502 }],
  [
    { answer: 503, retryAfter: '0.2' },
    { kind: 'temporary', status: 503, retryAfterSeconds: 1 },
  ],
  [{ answer: 401 }, { kind: 'temporary', status: 401 }],
  [
    { answer: 403, code: 'BotDisabledByAdmin' },
    { kind: 'gone', status: 403, code: 'BotDisabledByAdmin' },
  ],
  [
    { answer: 404, code: 'a b<c>' },
    { kind: 'gone', status: 404, code: 'http-404' },
  ],
  [
    { answer: 413, code: 'MessageSizeTooBig' },
    { kind: 'refused', status: 413, code: 'MessageSizeTooBig' },
  ],
  [{ answer: 302 }, { kind: 'refused', status: 302 }],
  [{ answer: 'reset' }, { kind: 'temporary', code: 'network' }],
  [{ answer: 'hang' }, { kind: 'temporary', code: 'timeout' }],
])('when the connector does %j it fails once, as %j', async (how, expected) => {
  connector.misbehave(how);
  const error = await failure(messenger({ timeoutMilliseconds: 200 }).send(place(), text));
  expect({ ...error, name: error.name }).toMatchObject({ name: 'ConnectorError', ...expected });
  expect(connector.requests).toHaveLength(1);
});

test('no Retry-After is waited for longer than a day', async () => {
  connector.misbehave({ answer: 429, retryAfter: '1e300' });
  expect(await failure(messenger().send(place(), text))).toMatchObject({ retryAfterSeconds: 86_400 });
});

test('Retry-After may be a date', async () => {
  connector.misbehave({ answer: 429, retryAfter: new Date(Date.now() + 60_000).toUTCString() });
  const { retryAfterSeconds } = await failure(messenger().send(place(), text));
  expect(retryAfterSeconds).toBeGreaterThan(50);
  expect(retryAfterSeconds).toBeLessThanOrEqual(60);
});

test('nothing is sent, nor a token asked for, to an address that is not allowed', async () => {
  let asked = 0;
  const tokens = { getToken: () => Promise.resolve(String((asked += 1))) };
  const elsewhere = { ...place(), serviceUrl: 'https://evil.example' };
  const error = await failure(messenger({ tokens }).send(elsewhere, text));
  expect(error).toMatchObject({ kind: 'refused', code: 'service-url-not-allowed' });
  expect(asked).toBe(0);
});

test('without a token for the moment it may be tried again', async () => {
  const tokens = { getToken: () => Promise.reject(new Error('secret')) };
  const error = await failure(messenger({ tokens }).send(place(), text));
  expect(error).toMatchObject({ kind: 'temporary', code: 'no-token' });
  expect(error.message).not.toContain('secret');
});

test('nothing cannot be sent', async () => {
  await expect(messenger().send(place(), { kind: 'nothing' })).rejects.toMatchObject({ code: 'nothing-to-send' });
});
