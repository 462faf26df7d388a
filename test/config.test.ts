import { describe, expect, test } from '@jest/globals';
import { ConfigError, describeSettings, publicUrlOf, readConfig } from '../bot/config.ts';
import { makeCprKeys } from '../bot/store/keys.ts';

const appId = 'b5a1d0c2-7a3e-4c55-9a0f-1f2e3d4c5b6a';
const tenantId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const person = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const singleTenant = {
  MICROSOFT_APP_ID: appId,
  MICROSOFT_APP_TYPE: 'SingleTenant',
  MICROSOFT_APP_PASSWORD: 'a client secret',
  MICROSOFT_APP_TENANT_ID: tenantId,
};

function problems(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the settings', () => {
  test('need nothing for local mode: this machine only, and the embedded database', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3978,
      production: false,
      auth: { kind: 'local' },
      tenants: [],
      serviceHosts: ['127.0.0.1', '::1', 'localhost'],
      publicUrl: undefined,
      database: { kind: 'embedded', dataDir: undefined },
      cprKeys: undefined,
      demo: false,
      administrator: undefined,
      personNames: 'full',
      logLevel: 'info',
    });
  });

  test('with an app id: every interface, the own tenant, the hosts of Teams', () => {
    const config = readConfig({ ...singleTenant, MICROSOFT_APP_ID: appId.toUpperCase(), NODE_ENV: 'production' });
    expect(config).toMatchObject({
      host: '0.0.0.0',
      production: true,
      auth: { kind: 'SingleTenant', appId, tenantId, password: 'a client secret' },
      tenants: [tenantId],
    });
    expect(config.serviceHosts).toContain('smba.trafficmanager.net');
  });

  test('of a managed identity hold no password', () => {
    const identity = { ...singleTenant, MICROSOFT_APP_TYPE: 'UserAssignedMSI', MICROSOFT_APP_PASSWORD: '' };
    expect(readConfig(identity).auth).toEqual({ kind: 'UserAssignedMSI', appId, tenantId });
    expect(problems({ ...singleTenant, MICROSOFT_APP_TYPE: 'UserAssignedMSI' })).toEqual([
      expect.stringContaining('MICROSOFT_APP_PASSWORD must not be set'),
    ]);
  });

  test('that are all given are all taken', () => {
    const config = readConfig({
      ...singleTenant,
      HOST: '10.0.0.4',
      PORT: '8080',
      DATABASE_URL: 'postgresql://bot:secret@db.example:5432/hjemvej',
      HJEMVEJ_CPR_KEYS: makeCprKeys(),
      HJEMVEJ_TENANTS: `${tenantId}, ${person}`,
      HJEMVEJ_SERVICE_HOSTS: 'SMBA.example',
      HJEMVEJ_PUBLIC_URL: 'https://hjemvej.example/bot/',
      HJEMVEJ_ADMIN: person,
      HJEMVEJ_ADMIN_NAME: 'Åse Bo',
      HJEMVEJ_PERSON_NAMES: 'initials',
      HJEMVEJ_METRICS_TOKEN: 'a-token-that-nobody-will-guess-0123',
      HJEMVEJ_DEMO: '0',
      LOG_LEVEL: 'warn',
    });
    expect(config).toMatchObject({
      host: '10.0.0.4',
      port: 8080,
      database: { kind: 'server', url: 'postgresql://bot:secret@db.example:5432/hjemvej' },
      tenants: [tenantId, person],
      serviceHosts: ['smba.example'],
      publicUrl: 'https://hjemvej.example/bot',
      administrator: { aadObjectId: person, name: 'Åse Bo' },
      personNames: 'initials',
      metricsToken: 'a-token-that-nobody-will-guess-0123',
      demo: false,
      logLevel: 'warn',
    });
    expect(config.cprKeys?.sealing).toHaveLength(1);
  });

  test('say where browsers reach the bot: as told, in local mode on this machine, else nowhere', () => {
    const told = { HJEMVEJ_PUBLIC_URL: 'https://hjemvej.example' };
    expect(publicUrlOf(readConfig({ ...singleTenant, ...told }), 3978)).toBe('https://hjemvej.example');
    expect(publicUrlOf(readConfig(told), 3978)).toBe('https://hjemvej.example');
    expect(publicUrlOf(readConfig({ PORT: '0' }), 41_234)).toBe('http://127.0.0.1:41234');
    expect(publicUrlOf(readConfig({ HOST: '::1' }), 3978)).toBe('http://[::1]:3978');
    expect(publicUrlOf(readConfig(singleTenant), 3978)).toBeNull();
  });

  test('that are empty count as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', HJEMVEJ_DEMO: '' })).toEqual(readConfig({}));
  });

  test('that are wrong are named all at once, with what would be right', () => {
    expect(
      problems({
        PORT: 'http',
        NODE_ENV: 'prod',
        LOG_LEVEL: 'loud',
        HJEMVEJ_ADMIN: 'mette',
        HJEMVEJ_DEMO: 'yes please',
      }),
    ).toEqual([
      'PORT must be a port number from 0 to 65535, not “http”',
      'NODE_ENV must be production, development or test, not “prod”',
      'HJEMVEJ_ADMIN must be the Entra object id of a person, a UUID, not “mette”',
      'HJEMVEJ_DEMO must be 1 or 0, not “yes please”',
      'LOG_LEVEL must be fatal, error, warn, info, debug, trace, silent, not “loud”',
    ]);
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['production without an app id', { NODE_ENV: 'production' }, ['MICROSOFT_APP_ID']],
    ['production with demo data', { ...singleTenant, NODE_ENV: 'production', HJEMVEJ_DEMO: '1' }, ['HJEMVEJ_DEMO']],
    ['local mode for all to reach', { HOST: '0.0.0.0' }, ['HOST']],
    ['a password whose app id was forgotten', { MICROSOFT_APP_PASSWORD: 'x' }, ['MICROSOFT_APP_ID']],
    ['an app id alone', { MICROSOFT_APP_ID: appId }, ['MICROSOFT_APP_TYPE', 'MICROSOFT_APP_TENANT_ID']],
    ['a secret that is missing', { ...singleTenant, MICROSOFT_APP_PASSWORD: '' }, ['MICROSOFT_APP_PASSWORD']],
    ['a multi-tenant app', { ...singleTenant, MICROSOFT_APP_TYPE: 'MultiTenant' }, ['MICROSOFT_APP_TYPE']],
    ['a database without keys', { DATABASE_URL: 'postgres://db/hjemvej' }, ['HJEMVEJ_CPR_KEYS']],
    ['another database', { DATABASE_URL: 'mysql://db/x', HJEMVEJ_CPR_KEYS: makeCprKeys() }, ['DATABASE_URL']],
    ['a host with its address', { HJEMVEJ_SERVICE_HOSTS: 'https://smba.example/' }, ['HJEMVEJ_SERVICE_HOSTS']],
    ['an address without TLS', { HJEMVEJ_PUBLIC_URL: 'http://hjemvej.example' }, ['HJEMVEJ_PUBLIC_URL']],
    ['an address with a question', { HJEMVEJ_PUBLIC_URL: 'https://hjemvej.example/?a=b' }, ['HJEMVEJ_PUBLIC_URL']],
    ['an address with a password', { HJEMVEJ_PUBLIC_URL: 'https://me:secret@hjemvej.example' }, ['HJEMVEJ_PUBLIC_URL']],
    ['a token that can be guessed', { HJEMVEJ_METRICS_TOKEN: 'metrics' }, ['HJEMVEJ_METRICS_TOKEN']],
    ['a name without an id', { HJEMVEJ_ADMIN_NAME: 'Åse' }, ['HJEMVEJ_ADMIN']],
  ])('refuse %s', (_, env, names) => {
    expect(problems(env).map((problem) => problem.split(' ')[0])).toEqual(names);
  });

  test('that are secret are never repeated', () => {
    const wrong = problems({
      DATABASE_URL: 'mysql://bot:hemmeligt@db',
      HJEMVEJ_CPR_KEYS: 'index:hemmeligt',
      HJEMVEJ_METRICS_TOKEN: 'hemmeligt',
    });
    expect(wrong).toHaveLength(3);
    expect(wrong.join()).not.toContain('hemmeligt');
    expect(wrong[1]).toContain('entry 1 is not <id>:<32 bytes in base64>');
  });

  test('are described, each once', () => {
    const rows = describeSettings();
    expect(rows.map(({ name }) => name)).toContain('HJEMVEJ_CPR_KEYS');
    for (const row of rows) expect(row.meaning).not.toBe('');
  });
});
