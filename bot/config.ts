/** The settings: what they are called, what they may be, and what they become. Nothing else reads the environment. */
import { z } from 'zod';
import type { CprKeys } from './store/cpr-vault.ts';
import { parseCprKeys } from './store/keys.ts';
import type { BotIdentity } from './teams/credentials.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly production: boolean;
  /** `local` without an app id: no token is checked, so the bot talks to this machine only. */
  readonly auth: BotIdentity;
  readonly tenants: readonly string[];
  readonly serviceHosts: readonly string[];
  /** Undefined when not set; `publicUrlOf` says what holds then. */
  readonly publicUrl: string | undefined;
  readonly database: { kind: 'embedded'; dataDir: string | undefined } | { kind: 'server'; url: string };
  /** Undefined only with the embedded database, which keeps its own (`keptCprKeys`). */
  readonly cprKeys: CprKeys | undefined;
  readonly demo: boolean;
  /** Made an administrator at the start, so that somebody can give the others their roles. */
  readonly administrator: { aadObjectId: string; name: string } | undefined;
  readonly personNames: 'full' | 'initials';
  /** The only key to `/metrics`, but for local mode. */
  readonly metricsToken: string | undefined;
  readonly logLevel: z.infer<typeof logLevel>;
}

/** Every setting that is wrong, each with what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`Hjemvej cannot start with these settings:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);
const id = z.uuid().toLowerCase();
const list = (of: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(of).min(1));
const publicUrl = z
  .url({ protocol: /^https$/ })
  .refine((text) => /^[^?#@\s]+$/.test(text))
  .transform((text) => text.replace(/\/+$/, ''));
const cprKeys = z.string().transform((text, context) => {
  try {
    return parseCprKeys(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
/** Where Teams' connector answers: the public cloud (all regions), and the clouds for the public sector of the USA. */
const SERVICE_HOSTS = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
];

interface Setting {
  readonly schema: z.ZodType;
  /** What a right value is; completes "PORT must be …". */
  readonly is: string;
  readonly meaning: string;
  /** What holds when it is not set, in words. */
  readonly otherwise: string;
  /** Never repeated in a message. */
  readonly secret?: true;
}

const settings = {
  PORT: {
    schema: z.coerce.number().int().min(0).max(65_535),
    is: 'a port number from 0 to 65535',
    meaning: 'The port that the bot listens on; 0 takes any free one',
    otherwise: '3978',
  },
  HOST: {
    schema: z.string(),
    is: 'a host name or address of this machine',
    meaning: 'The address that the bot listens on; in local mode this machine only',
    otherwise: '127.0.0.1 in local mode, 0.0.0.0 with an app id',
  },
  NODE_ENV: {
    schema: z.enum(['production', 'development', 'test']),
    is: 'production, development or test',
    meaning: 'With production, local mode and demo mode are refused',
    otherwise: 'development',
  },
  MICROSOFT_APP_ID: {
    schema: id,
    is: "the app registration's application (client) id, a UUID",
    meaning: 'The bot’s own id; without it the bot runs in local mode, for the Agents Playground on the same machine',
    otherwise: 'local mode',
  },
  MICROSOFT_APP_TYPE: {
    schema: z.enum(['SingleTenant', 'UserAssignedMSI']),
    is: 'SingleTenant or UserAssignedMSI',
    meaning: 'How the bot proves who it is; required with an app id',
    otherwise: '',
  },
  MICROSOFT_APP_PASSWORD: {
    schema: z.string(),
    is: 'the client secret',
    meaning: 'The client secret; required for SingleTenant, refused for UserAssignedMSI',
    otherwise: '',
    secret: true,
  },
  MICROSOFT_APP_TENANT_ID: {
    schema: id,
    is: "the directory (tenant) id of the app registration's home, a UUID",
    meaning: 'The Entra tenant of the bot; required with an app id',
    otherwise: '',
  },
  HJEMVEJ_TENANTS: {
    schema: list(id),
    is: 'tenant ids (UUIDs) with commas between',
    meaning: 'The Entra tenants whose staff may use the bot',
    otherwise: 'MICROSOFT_APP_TENANT_ID; in local mode any',
  },
  HJEMVEJ_SERVICE_HOSTS: {
    schema: list(
      z
        .string()
        .regex(/^[a-z0-9.-]+$/i)
        .toLowerCase(),
    ),
    is: 'host names with commas between, without https:// and path',
    meaning: 'The hosts that the bot may send to',
    otherwise: `${SERVICE_HOSTS.join(', ')}; in local mode this machine`,
  },
  HJEMVEJ_PUBLIC_URL: {
    schema: publicUrl,
    is: 'an address that begins with https://, without ? and #',
    meaning: 'Where people’s browsers reach the bot; without it no document can be fetched',
    otherwise: 'nowhere; in local mode this machine, by PORT',
  },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    is: 'postgresql://user:password@host:port/database',
    meaning: 'A PostgreSQL of your own, 15 or later',
    otherwise: 'the embedded one',
    secret: true,
  },
  HJEMVEJ_DATA: {
    schema: z.string(),
    is: 'the path of a folder',
    meaning: 'Where the embedded database and its keys are kept',
    otherwise: '.data in the checkout; as root a folder below /var/lib/hjemvej',
  },
  HJEMVEJ_CPR_KEYS: {
    schema: cprKeys,
    is: 'index:<key>,<id>:<key>, each key 32 random bytes in base64 (openssl rand -base64 32)',
    meaning:
      'The keys of the CPR numbers; required with DATABASE_URL. The first after index seals, the others only open',
    otherwise: 'kept in the data folder of the embedded database',
    secret: true,
  },
  HJEMVEJ_ADMIN: {
    schema: id,
    is: 'the Entra object id of a person, a UUID',
    meaning: 'The first administrator, who gives the others their roles',
    otherwise: 'nobody',
  },
  HJEMVEJ_ADMIN_NAME: {
    schema: z.string().max(200),
    is: 'a name of at most 200 characters',
    meaning: 'The name of the first administrator',
    otherwise: 'Administrator',
  },
  HJEMVEJ_PERSON_NAMES: {
    schema: z.enum(['full', 'initials']),
    is: 'full or initials',
    meaning: 'What stands for a citizen in personal chats; elsewhere it is always the case number',
    otherwise: 'full',
  },
  HJEMVEJ_DEMO: {
    schema: z.stringbool({ truthy: ['1'], falsy: ['0'] }),
    is: '1 or 0',
    meaning:
      'With 1, made-up data is put in and a tester may act as any member of staff; refused with NODE_ENV=production',
    otherwise: '0',
  },
  HJEMVEJ_METRICS_TOKEN: {
    schema: z.string().regex(/^[\w-]{32,}$/),
    is: 'at least 32 letters, digits, - and _',
    meaning: 'The bearer token with which Prometheus reads /metrics',
    otherwise: 'nobody reads it; in local mode this machine',
    secret: true,
  },
  LOG_LEVEL: {
    schema: logLevel,
    is: logLevel.options.join(', '),
    meaning: 'How much is logged; never person data',
    otherwise: 'info',
  },
} as const satisfies Record<string, Setting>;

type Name = keyof typeof settings;
type Values = { [N in Name]?: z.output<(typeof settings)[N]['schema']> };

export interface SettingDescription {
  readonly name: string;
  readonly is: string;
  readonly meaning: string;
  readonly otherwise: string;
}

/** The rows of the table of settings in the guide for operators. */
export function describeSettings(): SettingDescription[] {
  return Object.entries(settings).map(([name, { is, meaning, otherwise }]) => ({ name, is, meaning, otherwise }));
}

/** The settings in an environment; an empty one counts as not set. Throws one `ConfigError` that names all that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { values, wrong } = parse(env);
  const isSet = (name: Name): boolean => Boolean(env[name]?.trim());
  const problems = [...wrong.values(), ...contradictions(values, isSet)];
  const auth = identity(values);
  if (problems.length > 0 || !auth) throw new ConfigError(problems);

  const local = auth.kind === 'local';
  return {
    host: values.HOST ?? (local ? '127.0.0.1' : '0.0.0.0'),
    port: values.PORT ?? 3978,
    production: values.NODE_ENV === 'production',
    auth,
    tenants: values.HJEMVEJ_TENANTS ?? (local ? [] : [auth.tenantId]),
    serviceHosts: values.HJEMVEJ_SERVICE_HOSTS ?? (local ? LOOPBACK : SERVICE_HOSTS),
    publicUrl: values.HJEMVEJ_PUBLIC_URL,
    database: values.DATABASE_URL
      ? { kind: 'server', url: values.DATABASE_URL }
      : { kind: 'embedded', dataDir: values.HJEMVEJ_DATA },
    cprKeys: values.HJEMVEJ_CPR_KEYS,
    demo: values.HJEMVEJ_DEMO ?? false,
    administrator: values.HJEMVEJ_ADMIN
      ? { aadObjectId: values.HJEMVEJ_ADMIN, name: values.HJEMVEJ_ADMIN_NAME ?? 'Administrator' }
      : undefined,
    personNames: values.HJEMVEJ_PERSON_NAMES ?? 'full',
    metricsToken: values.HJEMVEJ_METRICS_TOKEN,
    logLevel: values.LOG_LEVEL ?? 'info',
  };
}

/** Where people's browsers reach a bot that listens on the port; null when it has not been told. */
export function publicUrlOf({ publicUrl, auth, host }: Config, port: number): string | null {
  if (publicUrl !== undefined) return publicUrl;
  return auth.kind === 'local' ? `http://${host.includes(':') ? `[${host}]` : host}:${port}` : null;
}

function parse(env: Readonly<Record<string, string | undefined>>): { values: Values; wrong: Map<string, string> } {
  const values: Record<string, unknown> = {};
  const wrong = new Map<string, string>();
  for (const [name, { schema, is, ...setting }] of Object.entries(settings)) {
    const text = env[name]?.trim();
    if (!text) continue;
    const parsed = schema.safeParse(text);
    if (parsed.success) values[name] = parsed.data;
    else if ('secret' in setting) {
      const why = parsed.error.issues.find((issue) => issue.code === 'custom')?.message;
      wrong.set(name, `${name} must be ${is}${why ? `; ${why}` : ''}`);
    } else wrong.set(name, `${name} must be ${is}, not “${text}”`);
  }
  return { values: values as Values, wrong };
}

/** What is wrong between settings that are each right in themselves. */
function* contradictions(values: Values, isSet: (name: Name) => boolean): Generator<string> {
  const production = values.NODE_ENV === 'production';
  if (isSet('MICROSOFT_APP_ID')) {
    if (!isSet('MICROSOFT_APP_TYPE')) yield `MICROSOFT_APP_TYPE must be ${settings.MICROSOFT_APP_TYPE.is}`;
    if (!isSet('MICROSOFT_APP_TENANT_ID'))
      yield `MICROSOFT_APP_TENANT_ID must be ${settings.MICROSOFT_APP_TENANT_ID.is}`;
    if (values.MICROSOFT_APP_TYPE === 'SingleTenant' && !isSet('MICROSOFT_APP_PASSWORD')) {
      yield 'MICROSOFT_APP_PASSWORD must be the client secret, as MICROSOFT_APP_TYPE is SingleTenant';
    }
    if (values.MICROSOFT_APP_TYPE === 'UserAssignedMSI' && isSet('MICROSOFT_APP_PASSWORD')) {
      yield 'MICROSOFT_APP_PASSWORD must not be set, as a managed identity (UserAssignedMSI) has none';
    }
  } else {
    const others = ['MICROSOFT_APP_TYPE', 'MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID'] as const;
    const given = others.filter(isSet);
    if (production)
      yield `MICROSOFT_APP_ID must be ${settings.MICROSOFT_APP_ID.is}: NODE_ENV=production has no local mode`;
    else if (given.length > 0) yield `MICROSOFT_APP_ID must be set as well, or ${given.join(' and ')} not`;
    if (values.HOST && !LOOPBACK.includes(values.HOST)) {
      yield `HOST must be one of ${LOOPBACK.join(', ')}: without MICROSOFT_APP_ID the bot trusts everybody who reaches it`;
    }
  }
  if (production && values.HJEMVEJ_DEMO) yield 'HJEMVEJ_DEMO must not be 1 with NODE_ENV=production';
  if (isSet('DATABASE_URL') && !isSet('HJEMVEJ_CPR_KEYS')) {
    yield `HJEMVEJ_CPR_KEYS must be ${settings.HJEMVEJ_CPR_KEYS.is}: DATABASE_URL is set`;
  }
  if (isSet('HJEMVEJ_ADMIN_NAME') && !isSet('HJEMVEJ_ADMIN')) {
    yield `HJEMVEJ_ADMIN must be ${settings.HJEMVEJ_ADMIN.is}, when HJEMVEJ_ADMIN_NAME is set`;
  }
}

/** Undefined when something it needs is missing or wrong, which is reported elsewhere. */
function identity(values: Values): BotIdentity | undefined {
  const { MICROSOFT_APP_ID: appId, MICROSOFT_APP_TYPE: kind, MICROSOFT_APP_TENANT_ID: tenantId } = values;
  if (!appId) return { kind: 'local' };
  if (!kind || !tenantId) return undefined;
  if (kind === 'UserAssignedMSI') return { kind, appId, tenantId };
  const password = values.MICROSOFT_APP_PASSWORD;
  return password ? { kind, appId, tenantId, password } : undefined;
}
