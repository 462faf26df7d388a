/**
 * Reaches people outside a turn, by the connector's REST API itself: the SDK repeats a POST after a 502 and cannot be told not to,
 * so a message could arrive twice. When to try again is the outbox's decision.
 */
import { z } from 'zod';
import type { BotReply, Messenger, Place } from '../workflows/turn.ts';
import { isAllowedServiceUrl } from './admission.ts';
import type { TokenSource } from './credentials.ts';
import type { Templates } from './render.ts';
import { toMessage } from './reply.ts';

export type ConnectorErrorKind =
  /** Too much at once; wait `retryAfterSeconds`. */
  | 'throttled'
  /** The person or conversation can no longer be reached: uninstalled, blocked, deleted. */
  | 'gone'
  /** May work later. Whether the message arrived is unknown when there is no status. */
  | 'temporary'
  /** Will never work as it is: too large, malformed, or an address we do not send to. */
  | 'refused';

export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly kind: ConnectorErrorKind;
  readonly code: string;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  constructor(kind: ConnectorErrorKind, code: string, more: { status?: number; retryAfterSeconds?: number } = {}) {
    super(`The connector answered ${more.status ?? 'nothing'} (${code})`);
    this.kind = kind;
    this.code = code;
    if (more.status !== undefined) this.status = more.status;
    if (more.retryAfterSeconds !== undefined) this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

export interface MessengerParts {
  readonly tokens: TokenSource;
  readonly templates: Templates;
  /** As in `ServerConfig`; `local` sends to this machine only. */
  readonly serviceHosts: readonly string[];
  readonly local: boolean;
  readonly timeoutMilliseconds?: number;
}

const resourceSchema = z.looseObject({ id: z.string().min(1) });
const errorSchema = z.looseObject({ error: z.looseObject({ code: z.string() }) });

export function createMessenger(parts: MessengerParts): Messenger {
  const { templates } = parts;
  const activityOf = (place: Place, reply: BotReply) => {
    const message = toMessage(reply, { templates });
    if (message === null) throw new ConnectorError('refused', 'nothing-to-send');
    return {
      ...message,
      from: { id: place.botId },
      conversation: { id: place.conversationId },
      channelId: place.channelId,
      ...(place.locale === undefined ? {} : { locale: place.locale }),
    };
  };
  const pathOf = (place: Place) => `v3/conversations/${encodeURIComponent(place.conversationId)}/activities`;

  return {
    async create({ userId, tenantId, serviceUrl, botId, channelId }) {
      const conversation = await call(parts, 'POST', serviceUrl, 'v3/conversations', {
        bot: { id: botId },
        members: [{ id: userId }],
        isGroup: false,
        ...(tenantId === undefined ? {} : { tenantId, channelData: { tenant: { id: tenantId } } }),
      });
      const { id: conversationId } = parsed(resourceSchema, conversation);
      const place: Place = { kind: 'personal', conversationId, serviceUrl, botId, channelId };
      return tenantId === undefined ? place : { ...place, tenantId };
    },
    async send(place, reply) {
      const sent = await call(parts, 'POST', place.serviceUrl, pathOf(place), activityOf(place, reply));
      return { activityId: parsed(resourceSchema, sent).id };
    },
    async update(place, activityId, reply) {
      const path = `${pathOf(place)}/${encodeURIComponent(activityId)}`;
      await call(parts, 'PUT', place.serviceUrl, path, { ...activityOf(place, reply), id: activityId });
    },
  };
}

function parsed<Value>(schema: z.ZodType<Value>, body: unknown): Value {
  const result = schema.safeParse(body);
  // It answered with success, so trying again could send the message twice.
  if (!result.success) throw new ConnectorError('refused', 'answer-without-id', { status: 200 });
  return result.data;
}

async function call(
  { tokens, serviceHosts, local, timeoutMilliseconds = 10_000 }: MessengerParts,
  method: 'POST' | 'PUT',
  serviceUrl: string,
  path: string,
  body: object,
): Promise<unknown> {
  if (!isAllowedServiceUrl(serviceUrl, { local, serviceHosts })) {
    throw new ConnectorError('refused', 'service-url-not-allowed');
  }
  const token = await tokens.getToken().catch(() => {
    throw new ConnectorError('temporary', 'no-token');
  });
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  let status: number;
  let headers: Headers;
  let text: string;
  try {
    const response = await fetch(`${serviceUrl.replace(/\/+$/, '')}/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
      // A redirect could lead the message to another host.
      redirect: 'manual',
      signal,
    });
    ({ status, headers } = response);
    text = await response.text();
  } catch {
    throw new ConnectorError('temporary', signal.aborted ? 'timeout' : 'network');
  }
  const answer = fromJson(text);
  if (status >= 200 && status < 300) return answer;
  const retryAfterSeconds = secondsOf(headers.get('retry-after'));
  throw new ConnectorError(kindOf(status), codeOf(answer, status), {
    status,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

function kindOf(status: number): ConnectorErrorKind {
  if (status === 429 || status === 412) return 'throttled';
  if (status === 403 || status === 404) return 'gone';
  // 401 is our own token, which an operator can mend: nothing may be lost by it.
  if (status >= 500 || status === 401 || status === 408) return 'temporary';
  return 'refused';
}

function codeOf(answer: unknown, status: number): string {
  const error = errorSchema.safeParse(answer);
  return error.success && /^[\w.-]{1,60}$/.test(error.data.error.code) ? error.data.error.code : `http-${status}`;
}

function fromJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** No longer is waited, whatever we are asked: it must stay a time that a database knows. */
const MOST_SECONDS = 86_400;

/** `Retry-After` as seconds or as a date. */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const number = Number(header);
  const seconds = Number.isNaN(number) ? (Date.parse(header) - Date.now()) / 1_000 : number;
  return Number.isNaN(seconds) ? undefined : Math.min(MOST_SECONDS, Math.max(0, Math.ceil(seconds)));
}
