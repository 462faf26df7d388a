import { isAllowedServiceUrl } from '../../bot/teams/admission.ts';
import { parseActivity, plainText, toEvent } from '../../bot/teams/activity.ts';
import type { BotEvent } from '../../bot/workflows/turn.ts';

const base = {
  type: 'message',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:user', aadObjectId: 'ABCDEF01-2222-4333-8444-555555555555' },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'TENANT' },
  locale: 'da-DK',
};
function eventOf(overrides: object): BotEvent | null {
  const activity = parseActivity({ ...base, ...overrides });
  if (activity === null) throw new Error('malformed');
  return toEvent(activity);
}

test('a message, with who and where', () => {
  expect(eventOf({ text: '  status ' })).toEqual({
    kind: 'message',
    text: 'status',
    sender: { userId: '29:user', aadObjectId: 'abcdef01-2222-4333-8444-555555555555' },
    place: {
      kind: 'personal',
      conversationId: 'a:1',
      serviceUrl: base.serviceUrl,
      tenantId: 'tenant',
      botId: '28:bot',
      channelId: 'msteams',
      locale: 'da-DK',
    },
  });
});

test.each([
  ['<at>Hjemvej</at> sag 142', 'sag 142'],
  ['<at id="0">Hjem vej</at>&nbsp;status\n', 'status'],
  ['spor <AT>x</AT> 4', 'spor 4'],
  ['a < b, og <at uden ende', 'a < b, og <at uden ende'],
  ['første\nanden', 'første\nanden'],
])('mentions are no part of what was said: %j', (text, said) => expect(plainText(text)).toBe(said));

test('a text full of openings is read in one pass', () => {
  // With a pattern that goes back over the text this would run into the test's time limit.
  const text = '<at'.repeat(80_000);
  expect(plainText(text)).toBe(text);
});

test('a message without text, such as a picture, is an empty message', () => {
  expect(eventOf({ text: null })).toMatchObject({ kind: 'message', text: '' });
});

test.each([
  [{ id: 'a:1' }, 'group'],
  [{ id: 'a:1', conversationType: 'personal' }, 'personal'],
  [{ id: '19:x', conversationType: 'groupChat' }, 'group'],
  [{ id: '19:x;messageid=1', conversationType: 'channel' }, 'channel'],
  [{ id: '19:x', conversationType: 'something-new' }, 'group'],
])('the place %j is %s', (conversation, kind) => {
  expect(eventOf({ conversation, text: 'x' })?.place.kind).toBe(kind);
});

test('the tenant may stand in channelData only', () => {
  const place = eventOf({ conversation: { id: 'x' }, channelData: { tenant: { id: 't2' } }, text: 'x' })?.place;
  expect(place?.tenantId).toBe('t2');
});

test.each([undefined, 'not-an-id', 7])('an object id %p is none', (aadObjectId) => {
  expect(eventOf({ from: { id: 'u', aadObjectId }, text: 'x' })?.sender).toEqual({ userId: 'u' });
});

describe('a pressed button', () => {
  const invoke = (value: unknown) => ({ type: 'invoke', name: 'adaptiveCard/action', value });

  test('carries verb, data and trigger', () => {
    const action = { type: 'Action.Execute', verb: 'save', data: { nonce: 'n' } };
    const expected = { kind: 'action', verb: 'save', data: { nonce: 'n' } };
    expect(eventOf(invoke({ action, trigger: 'automatic' }))).toMatchObject({ ...expected, trigger: 'automatic' });
    expect(eventOf(invoke({ action }))).toMatchObject({ ...expected, trigger: 'manual' });
    expect(eventOf(invoke({ action: { ...action, data: null } }))).toMatchObject({ data: {} });
  });

  test.each([
    undefined,
    {},
    'x',
    { action: {} },
    { action: { type: 'Action.Execute' } },
    { action: { type: 'Action.Execute', verb: 'save', data: 'x' } },
    { action: { type: 'Action.Submit', verb: 'save' } },
  ])('is malformed with the value %j', (value) => expect(parseActivity({ ...base, ...invoke(value) })).toBeNull());

  test('of an old client arrives as a message with a value', () => {
    expect(eventOf({ value: { verb: 'save', nonce: 'n' } })).toMatchObject({
      kind: 'action',
      verb: 'save',
      data: { nonce: 'n' },
      trigger: 'manual',
    });
    expect(eventOf({ value: { nonce: 'n' } })?.kind).toBe('message');
    expect(eventOf({ value: { verb: 'save' }, text: 'hej' })?.kind).toBe('message');
  });
});

test.each([
  [{ type: 'installationUpdate', action: 'add' }, 'joined'],
  [{ type: 'installationUpdate', action: 'remove' }, undefined],
  [{ type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] }, 'joined'],
  [{ type: 'conversationUpdate', membersAdded: [{ id: '29:other' }] }, undefined],
  [{ type: 'conversationUpdate' }, undefined],
  [{ type: 'typing' }, undefined],
  [{ type: 'invoke', name: 'task/fetch' }, undefined],
])('%j is %s', (overrides, kind) => expect(eventOf(overrides)?.kind).toBe(kind));

test.each([null, 7, [], {}, { ...base, type: '' }, { ...base, from: {} }, { ...base, recipient: undefined }])(
  '%j is malformed',
  (body) => expect(parseActivity(body)).toBeNull(),
);

describe('service addresses', () => {
  const allowed = { local: false, serviceHosts: ['smba.trafficmanager.net'] };
  test.each([
    ['https://smba.trafficmanager.net/emea/', true],
    ['https://SMBA.trafficmanager.net', true],
    ['http://smba.trafficmanager.net/', false],
    ['https://smba.trafficmanager.net.evil.example/', false],
    ['https://smba.trafficmanager.net@evil.example/', false],
    ['https://evil.example/smba.trafficmanager.net', false],
    ['http://127.0.0.1/', false],
    ['not an address', false],
    ['', false],
  ])('%s: %s', (url, expected) => expect(isAllowedServiceUrl(url, allowed)).toBe(expected));

  test('in local mode it is this machine, and only this', () => {
    const local = { local: true, serviceHosts: ['smba.trafficmanager.net'] };
    expect(isAllowedServiceUrl('http://localhost:56150/_connector', local)).toBe(true);
    expect(isAllowedServiceUrl('http://[::1]:56150', local)).toBe(true);
    expect(isAllowedServiceUrl('https://smba.trafficmanager.net/', local)).toBe(false);
  });
});
