import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { createTokenSource } from '../../bot/teams/credentials.ts';
import { startServer, type RunningServer, type ServerConfig } from '../../bot/teams/server.ts';
import { TestClient } from '../fakes/client.ts';
import { startFakeConnector, type FakeConnector } from '../fakes/connector.ts';
import { startTokenIssuer, type TokenIssuer, type TokenRequest } from '../fakes/tokens.ts';

const appId = '99999999-8888-4777-8666-555555555555';
const tenantId = '77777777-6666-4555-8444-333333333333';
const shelterTenant = '22222222-6666-4555-8444-333333333333';
const now = Math.floor(Date.now() / 1000);

let issuer: TokenIssuer;
let connector: FakeConnector;
let server: RunningServer;
let bot: string;
let handled: number;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const start = (changes: Partial<ServerConfig> = {}): Promise<RunningServer> =>
  startServer({
    config: {
      host: '127.0.0.1',
      port: 0,
      auth: { kind: 'SingleTenant', appId, password: 'secret', tenantId },
      tenants: [tenantId, shelterTenant.toUpperCase()],
      serviceHosts: ['127.0.0.1'],
      openId: { metadataUrl: issuer.metadataUrl, issuer: issuer.issuer },
      ...changes,
    },
    handle: () => {
      handled += 1;
      return Promise.resolve({ kind: 'text', text: 'Hej' });
    },
    health: { ready: () => Promise.resolve([]) },
    templates: new Map(),
    log: silent,
    tokens: { getToken: () => Promise.resolve('outbound-token') },
  });

beforeAll(async () => {
  // The SDK prints the public key when a signature is wrong.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  issuer = await startTokenIssuer();
  connector = await startFakeConnector();
  server = await start();
  bot = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close();
  await connector.close();
  await issuer.close();
  jest.restoreAllMocks();
});
beforeEach(() => {
  handled = 0;
  connector.clear();
});

const client = (changes: Partial<TokenRequest> = {}, tenant = tenantId) =>
  new TestClient({
    bot,
    connector,
    tenantId: tenant,
    token: () => issuer.token({ audience: appId, serviceUrl: connector.url, ...changes }),
  });
const message = { type: 'message', text: 'status' };

describe('a valid token', () => {
  test('is let in, and the reply carries our own token', async () => {
    await expect(client().say('status')).resolves.toMatchObject([{ text: 'Hej' }]);
    expect(connector.requests[0]?.authorization).toBe('Bearer outbound-token');
  });

  test('is let in for a pressed button, for expected replies, and just after its end', async () => {
    await expect(client().press('save')).resolves.toMatchObject({ status: 200, text: 'Hej' });
    const { body } = await client().post({ ...message, deliveryMode: 'expectReplies' });
    expect(body).toMatchObject({ activities: [{ text: 'Hej' }] });
    await expect(client({ claims: { exp: now - 60 } }).press('save')).resolves.toMatchObject({ status: 200 });
  });

  test('of a second tenant on the list is let in, however it is written', async () => {
    await expect(client({}, shelterTenant).press('save')).resolves.toMatchObject({ status: 200 });
  });
});

describe('401, and nothing of ours runs', () => {
  afterEach(() => {
    expect(handled).toBe(0);
    expect(connector.requests).toEqual([]);
  });

  const publicTenant = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';
  test.each<[string, Partial<TokenRequest>]>([
    ['unknown key', { kid: 'unknown' }],
    ['meant for another app', { audience: '00000000-0000-4000-8000-000000000000' }],
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['the issuer of the Emulator', { claims: { iss: publicTenant, appid: appId, ver: '1.0' } }],
    ['another bot as a caller', { claims: { appid: 'other-app', ver: '1.0' } }],
    ['ended', { claims: { exp: now - 3600 } }],
    ['without an end', { claims: { exp: undefined } }],
    ['not yet valid', { claims: { nbf: now + 3600 } }],
    ['for another service address', { serviceUrl: 'https://smba.trafficmanager.net/emea/' }],
    ['without a service address', { claims: { serviceurl: undefined } }],
    ['signed by a stranger', { signature: 'stranger' }],
    ['not signed', { signature: 'none' }],
    ['signed with the public key as a secret', { signature: 'HS256' }],
  ])('%s', async (_name, changes) => {
    for (const activity of [message, { type: 'invoke', name: 'adaptiveCard/action', value: execute }]) {
      await expect(client(changes).post(activity)).resolves.toEqual({ status: 401, body: undefined });
    }
  });
  const execute = { action: { type: 'Action.Execute', verb: 'save' } };

  test.each(['', 'Bearer', 'Bearer ', 'Bearer x', 'Bearer x.y.z', 'Basic dTpw', 'x'])('header %p', async (header) => {
    const nobody = new TestClient({ bot, connector, tenantId });
    await expect(nobody.post(message, { authorization: header })).resolves.toEqual({ status: 401, body: undefined });
  });

  test('no header', async () => {
    const nobody = new TestClient({ bot, connector, tenantId });
    await expect(nobody.post(message)).resolves.toEqual({ status: 401, body: undefined });
  });

  test('a key that is endorsed for another channel', async () => {
    await expect(client().post({ ...message, channelId: 'webchat' })).resolves.toMatchObject({ status: 401 });
    await expect(client().post({ ...message, channelId: 'AseChannel' })).resolves.toMatchObject({ status: 401 });
  });

  test('an activity without a service address', async () => {
    await expect(client().post({ ...message, serviceUrl: undefined })).resolves.toMatchObject({ status: 401 });
  });
});

describe('a token that has been let in', () => {
  const minute = 60_000;
  const pressed = {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'save' } },
  };
  /** What the SDK is asked. */
  let checks: jest.SpiedFunction<ConfigurationBotFrameworkAuthentication['authenticateRequest']>;
  let clock: jest.SpiedFunction<typeof Date.now> | undefined;
  beforeEach(() => {
    checks = jest.spyOn(ConfigurationBotFrameworkAuthentication.prototype, 'authenticateRequest');
  });
  afterEach(() => {
    clock?.mockRestore();
    checks.mockRestore();
  });

  const post = async (authorization: string, changes: Record<string, unknown> = {}): Promise<number> => {
    const { status } = await new TestClient({ bot, connector, tenantId }).post(
      { ...pressed, ...changes },
      { authorization },
    );
    return status;
  };
  /** A token that no other test has, with its scheme, as it is let in for the first time. */
  const letIn = async (claims: TokenRequest['claims'] = {}): Promise<string> => {
    const token = await issuer.token({
      audience: appId,
      serviceUrl: connector.url,
      claims: { ...claims, jti: randomUUID() },
    });
    await expect(post(`Bearer ${token}`)).resolves.toBe(200);
    expect(checks).toHaveBeenCalledTimes(1);
    checks.mockClear();
    handled = 0;
    return `Bearer ${token}`;
  };
  const pass = (milliseconds: number) => {
    const then = Date.now() + milliseconds;
    clock = jest.spyOn(Date, 'now').mockReturnValue(then);
  };

  test('is not checked anew, until five minutes have passed', async () => {
    const token = await letIn();
    pass(4 * minute);
    await expect(post(token)).resolves.toBe(200);
    expect(checks).not.toHaveBeenCalled();
    pass(2 * minute);
    await expect(post(token)).resolves.toBe(200);
    expect(checks).toHaveBeenCalledTimes(1);
  });

  test('is checked anew once it has ended, and refused when it ended long ago', async () => {
    const token = await letIn({ exp: Math.floor(Date.now() / 1000) + 60 });
    pass(2 * minute);
    await expect(post(token)).resolves.toBe(200);
    await expect(post(token)).resolves.toBe(200);
    expect(checks).toHaveBeenCalledTimes(2);
    pass(5 * minute);
    await expect(post(token)).resolves.toBe(401);
    expect(handled).toBe(2);
  });

  test.each([
    ['service address', { serviceUrl: 'https://smba.trafficmanager.net/emea/' }],
    ['channel', { channelId: 'webchat' }],
    ['channel, with tokens of its own', { channelId: 'AseChannel' }],
  ])('proves nothing for another %s', async (_name, changes) => {
    const token = await letIn();
    await expect(post(token, changes)).resolves.toBe(401);
    await expect(post(token, changes)).resolves.toBe(401);
    expect(checks).toHaveBeenCalledTimes(2);
    expect(handled).toBe(0);
    await expect(post(token)).resolves.toBe(200);
    expect(checks).toHaveBeenCalledTimes(2);
  });

  test('proves nothing for a forged one that begins or ends alike', async () => {
    const token = await letIn();
    const [header = '', claims = '', signature = ''] = token.split('.');
    const forgedClaims = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    const later = Buffer.from(JSON.stringify({ ...forgedClaims, exp: now + 86_400 })).toString('base64url');
    const otherSignature = `${signature.slice(0, -8)}${signature.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA'}`;
    for (const forged of [
      `${header}.${claims}.${otherSignature}`,
      `${header}.${claims}.`,
      `${header}.${claims}`,
      `${header}.${later}.${signature}`,
      token.replace('Bearer', 'Basic'),
      token.slice('Bearer '.length),
      `${token} ${token}`,
    ])
      await expect(post(forged)).resolves.toBe(401);
    expect(handled).toBe(0);
  });

  test('is still held against what the SDK lets pass', async () => {
    const token = await letIn();
    for (let count = 0; count < 2; count++) await expect(post(token, { serviceUrl: undefined })).resolves.toBe(401);
    await expect(post(token, { channelData: { tenant: { id: randomUUID() } } })).resolves.toBe(403);
    expect(handled).toBe(0);
  });

  test('makes room for newer ones', async () => {
    const first = await letIn();
    for (let count = 0; count < 100; count++) await letIn();
    await expect(post(first)).resolves.toBe(200);
    expect(checks).toHaveBeenCalledTimes(1);
  });
});

test('a token that has been refused is checked anew each time', async () => {
  const checks = jest.spyOn(ConfigurationBotFrameworkAuthentication.prototype, 'authenticateRequest');
  const token = await issuer.token({ audience: appId, serviceUrl: connector.url, signature: 'stranger' });
  const person = new TestClient({ bot, connector, tenantId, token: () => Promise.resolve(token) });
  for (let count = 0; count < 2; count++) await expect(person.post(message)).resolves.toMatchObject({ status: 401 });
  expect(checks).toHaveBeenCalledTimes(2);
  checks.mockRestore();
});

describe('403, and nothing of ours runs', () => {
  afterEach(() => {
    expect(handled).toBe(0);
    expect(connector.requests).toEqual([]);
  });

  test('a tenant that is not on the list, in either place', async () => {
    const foreign = '44444444-6666-4555-8444-333333333333';
    await expect(client({}, foreign).post(message)).resolves.toEqual({ status: 403, body: undefined });
    const mixed = { ...message, channelData: { tenant: { id: foreign } } };
    await expect(client().post(mixed)).resolves.toMatchObject({ status: 403 });
    const none = { ...message, conversation: { id: 'x' }, channelData: {} };
    await expect(client().post(none)).resolves.toMatchObject({ status: 403 });
  });

  test('a service address elsewhere, though its token is good', async () => {
    const serviceUrl = 'https://evil.example/';
    await expect(client({ serviceUrl }).post({ ...message, serviceUrl })).resolves.toEqual({
      status: 403,
      body: undefined,
    });
  });
});

test('503 while Microsoft’s keys cannot be fetched, and the answer tells nothing', async () => {
  const openId = { metadataUrl: 'http://127.0.0.1:1/openid', issuer: issuer.issuer };
  const cutOff = await start({ openId });
  const token = () => issuer.token({ audience: appId, serviceUrl: connector.url });
  const person = new TestClient({ bot: `http://127.0.0.1:${cutOff.port}`, connector, tenantId, token });
  await expect(person.post(message)).resolves.toEqual({ status: 503, body: undefined });
  await cutOff.close();
  expect(handled).toBe(0);
});

test('each kind of identity gives a source of tokens', async () => {
  await expect(createTokenSource({ kind: 'local' }).getToken()).resolves.toBeNull();
  const managed = createTokenSource({ kind: 'UserAssignedMSI', appId, tenantId });
  expect(managed.getToken).toEqual(expect.any(Function));
  expect(() => createTokenSource({ kind: 'SingleTenant', appId, password: '', tenantId })).toThrow();
});
