/** A connector as Teams has one: keeps what it is sent, and answers badly when a test tells it to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ConnectorActivity {
  readonly id: string;
  readonly conversationId: string;
  readonly replyToId?: string;
  readonly text?: string;
  readonly summary?: string;
  readonly attachments?: readonly { readonly contentType: string; readonly content: Record<string, unknown> }[];
  readonly [key: string]: unknown;
}

export interface ConnectorRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
  /** When it was answered with success, by `Date.now()`; never, when it was not. */
  answeredAt?: number;
}

export interface Misbehaviour {
  /** An HTTP status, no answer at all, a cut connection, or as it should, but late. */
  readonly answer: number | 'hang' | 'reset' | 'late';
  /** How late; at once when not given. */
  readonly afterMs?: number;
  readonly retryAfter?: number | string;
  /** How many requests it lasts; for ever when not given. */
  readonly times?: number;
  /** The message is kept all the same; only its sender does not learn of it. */
  readonly keep?: boolean;
  /** The `error.code` of the body. */
  readonly code?: string;
  /** Only to whoever this is part of the id of, as a user or a conversation. */
  readonly to?: string;
}

export interface FakeConnector {
  readonly url: string;
  /** Every request that arrived, also those that were answered badly. */
  readonly requests: ConnectorRequest[];
  readonly conversations: { readonly id: string; readonly body: Record<string, unknown> }[];
  readonly activities: ConnectorActivity[];
  readonly updates: ConnectorActivity[];
  /** What the people in a conversation (or in all) see now, oldest first: activities with their updates. */
  messages(conversationId?: string): ConnectorActivity[];
  /** Somebody deletes a message: it is seen no longer, and cannot be replaced. */
  remove(activityId: string): void;
  /** In one way, or in the way that is decided anew for each request; null is well. */
  misbehave(how: Misbehaviour | ((request: ConnectorRequest) => Misbehaviour | null)): void;
  behave(): void;
  clear(): void;
  close(): Promise<void>;
}

const activityPath = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/;

export async function startFakeConnector(): Promise<FakeConnector> {
  const requests: ConnectorRequest[] = [];
  const conversations: { id: string; body: Record<string, unknown> }[] = [];
  const activities: ConnectorActivity[] = [];
  const updates: ConnectorActivity[] = [];
  const removed = new Set<string>();
  let decide: (request: ConnectorRequest) => Misbehaviour | null = () => null;
  let counter = 0;

  /** Keeps the message; resolves to the id that the connector gives it, or null for what is not there. */
  const keep = ({ method, path, body }: ConnectorRequest): string | null => {
    counter += 1;
    if (method === 'POST' && path === '/v3/conversations') {
      const members = body['members'] as { id: string }[] | undefined;
      // As in Teams: the same person gets the same personal conversation.
      const id = `personal:${members?.[0]?.id ?? counter}`;
      conversations.push({ id, body });
      return id;
    }
    const match = activityPath.exec(path);
    if (match === null) return null;
    const conversationId = decodeURIComponent(match[1]!);
    const named = match[2] === undefined ? undefined : decodeURIComponent(match[2]);
    if (method === 'PUT' && named !== undefined) {
      if (removed.has(named)) return null;
      updates.push({ ...body, id: named, conversationId });
      return named;
    }
    if (method !== 'POST') return null;
    const id = `message-${counter}`;
    activities.push({ ...body, ...(named === undefined ? {} : { replyToId: named }), id, conversationId });
    return id;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const arrived: ConnectorRequest = {
      method: request.method ?? '',
      path: (request.url ?? '').replace(/\?.*$/, '').replace(/^\/+/, '/'),
      authorization: request.headers.authorization,
      body: await readJson(request),
    };
    requests.push(arrived);
    const how = decide(arrived);
    if (how?.keep) keep(arrived);
    if (how?.answer === 'hang') return;
    if (how?.afterMs !== undefined) await sleep(how.afterMs);
    if (how?.answer === 'reset') {
      request.socket.destroy();
      return;
    }
    if (how?.retryAfter !== undefined) response.setHeader('retry-after', String(how.retryAfter));
    if (how !== null && how.answer !== 'late')
      return send(response, how.answer, { error: { code: how.code ?? 'Told', message: 'as the test said' } });
    const id = keep(arrived);
    if (id === null) return send(response, 404, { error: { code: 'NotFound' } });
    response.once('finish', () => (arrived.answeredAt = Date.now()));
    send(response, 201, { id });
  };

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    conversations,
    activities,
    updates,
    messages(conversationId) {
      return activities
        .filter((activity) => conversationId === undefined || activity.conversationId === conversationId)
        .filter(({ id }) => !removed.has(id))
        .map((activity) => updates.findLast((update) => update.id === activity.id) ?? activity);
    },
    remove(activityId) {
      removed.add(activityId);
    },
    misbehave(how) {
      if (typeof how === 'function') return void (decide = how);
      let left = how.times ?? Infinity;
      decide = (request) => (left > 0 && concerns(request, how.to) ? (left--, how) : null);
    },
    behave() {
      decide = () => null;
    },
    clear() {
      for (const list of [requests, conversations, activities, updates]) list.length = 0;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const concerns = ({ path, body }: ConnectorRequest, to = ''): boolean =>
  decodeURIComponent(path).includes(to) || JSON.stringify(body['members'] ?? '').includes(to);

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
