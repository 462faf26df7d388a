/** The HTTP side of the bot: what comes in is checked here, step by step, before anything of ours runs. */
import { finished } from 'node:stream/promises';
import { CloudAdapter, type Activity } from 'botbuilder';
import { pino } from 'pino';
import restify, { type Request, type Response, type Server } from 'restify';
import { pickLocale, type Locale } from '../text/words.ts';
import type { DocumentFile } from '../workflows/documents.ts';
import type { BotEvent, BotReply } from '../workflows/turn.ts';
import { parseActivity, toEvent, type InboundActivity } from './activity.ts';
import { isLoopback, refusal, type Admission } from './admission.ts';
import { authenticate, checkBySdk, keepingProofs, type Proof } from './authenticate.ts';
import {
  createAuthentication,
  createTokenSource,
  publicIssuer,
  type BotIdentity,
  type OpenIdSource,
  type TokenSource,
} from './credentials.ts';
import { addDocumentRoutes, type Answer, isDocumentPost } from './documents.ts';
import { type Metrics, metricsAnswer } from './metrics.ts';
import type { Templates } from './render.ts';
import { toInvokeBody, toInvokeError, toMessage, type InvokeBody, type MessageActivity } from './reply.ts';
import { reportTrouble, type Log } from './trouble.ts';
import { teamsWords } from './words.ts';

export interface ServerConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly auth: BotIdentity;
  /** Entra tenants that may use the bot; in local mode an empty list means any. */
  readonly tenants: readonly string[];
  /** Hosts of the connector, such as `smba.trafficmanager.net`; in local mode it is always this machine. */
  readonly serviceHosts: readonly string[];
  readonly openId?: OpenIdSource;
  /** With which `/metrics` is read; without it, in local mode only. */
  readonly metricsToken?: string | undefined;
}

export interface Health {
  /** Why the bot cannot serve now, as codes; an empty list means that it can. */
  ready(): Promise<readonly string[]>;
}

export interface ServerParts {
  readonly config: ServerConfig;
  readonly handle: (event: BotEvent) => Promise<BotReply>;
  readonly health: Health;
  readonly templates: Templates;
  readonly log: Log;
  /** The language for a message about our own trouble; by the activity's locale when not given. */
  readonly localeOf?: (event: BotEvent) => Promise<Locale> | Locale;
  /** The bot's own tokens; made from the configuration when not given. */
  readonly tokens?: TokenSource;
  /** Uses up the token of a link to a document; without it there is no way to fetch one. */
  readonly documents?: (token: string) => Promise<DocumentFile | null>;
  readonly metrics?: Metrics;
}

export interface RunningServer {
  readonly port: number;
  /** Takes no new turns, lets the running ones finish, then frees every handle. */
  close(): Promise<void>;
}

const maximumBody = 256 * 1024;
/** Of the turns only: nothing else has a body that is read. */
const readJson = restify.plugins.bodyParser({ maxBodySize: maximumBody, mapParams: false });

export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { config } = parts;
  const local = config.auth.kind === 'local';
  if (local && !isLoopback(config.host)) {
    throw new Error(
      `Without an app id the bot trusts everybody, so it only listens on this machine, not on ${config.host}`,
    );
  }
  const running = new Set<Promise<void>>();
  const tracked =
    (answerIt: Answer): Answer =>
    async (request, response) => {
      const work = answerIt(request, response).then(() => sent(response));
      running.add(work);
      await work.finally(() => running.delete(work));
    };
  const admission: Admission = { local, tenants: config.tenants, serviceHosts: config.serviceHosts };
  const answerTurn = createTurn(parts, admission);

  const server = createHttpServer(parts.log);
  server.post('/api/messages', readJson, tracked(answerTurn));
  if (parts.documents) addDocumentRoutes(server, { documents: parts.documents, log: parts.log }, tracked);
  if (parts.metrics) {
    const open = (request: Request) => local && foreignHost(request, admission) === null;
    server.get('/metrics', metricsAnswer(parts.metrics, { token: config.metricsToken, open }));
  }
  server.get('/healthz', async (_request: Request, response: Response) => answer(response, 200, { ok: true }));
  server.get('/readyz', async (_request: Request, response: Response) => {
    const reasons = await parts.health.ready().catch(() => ['health-check-failed']);
    answer(response, reasons.length === 0 ? 200 : 503, { ok: reasons.length === 0, reasons });
  });

  const port = await listen(server, config);
  return {
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.allSettled(running);
      // Every answer is out: what is left are idle connections and requests that never came in whole.
      server.server.closeAllConnections();
      await closed;
    },
  };
}

/** Until the answer has left us, or its reader has gone. */
const sent = (response: Response): Promise<void> => finished(response).catch(() => undefined);

function createHttpServer(log: Log): Server {
  // restify would log requests, and with them people, by itself.
  const server = restify.createServer({ name: 'hjemvej', log: pino({ level: 'silent' }) as never });
  server.pre((request, response, next) => {
    if (request.method === 'POST' && !isPlainJson(request) && !isDocumentPost(request)) {
      answer(response, 400, { error: 'not-json' });
      return next(false);
    }
    return next();
  });
  server.on('restifyError', (_request, response: Response, error: { statusCode?: unknown }, next: () => void) => {
    const status = typeof error.statusCode === 'number' ? error.statusCode : 500;
    if (status >= 500) reportTrouble(error, 'http', log);
    // restify's own answer holds the error's text.
    answer(response, status);
    next();
  });
  server.server.requestTimeout = 30_000;
  return server;
}

/** A compressed body would be unpacked beyond the size limit; the connector sends none. */
const isPlainJson = (request: Request): boolean =>
  /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '') &&
  request.headers['content-encoding'] === undefined;

function answer(response: Response, status: number, body?: object): void {
  const json = body === undefined ? '' : JSON.stringify(body);
  response.sendRaw(status, json, {
    ...(json === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'content-length': String(Buffer.byteLength(json)),
  });
}

async function listen(server: Server, { host, port }: ServerConfig): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server.address().port;
}

/** What happens to one request: well-formed → proven → admitted → handled → answered. */
function createTurn(parts: ServerParts, admission: Admission) {
  const { config, log } = parts;
  const tokens = parts.tokens ?? createTokenSource(config.auth);
  const authentication = createAuthentication(config.auth, tokens, config.openId);
  const check = checkBySdk(authentication);
  const authenticator = admission.local
    ? { check, requiredIssuer: null }
    : { check: keepingProofs(check), requiredIssuer: config.openId?.issuer ?? publicIssuer };
  const adapter = new CloudAdapter(authentication);

  return async (request: Request, response: Response): Promise<void> => {
    const activity = parseActivity(request.body);
    if (activity === null) return answer(response, 400, { error: 'malformed-activity' });

    const result = await authenticate(authenticator, activity, request.headers.authorization ?? '');
    if (result.kind !== 'proven') {
      log.warn({ reason: result.reason }, result.kind === 'refused' ? 'token refused' : 'token could not be checked');
      return answer(response, result.kind === 'refused' ? 401 : 503);
    }
    const refused = refusal(activity, admission) ?? foreignHost(request, admission);
    if (refused !== null) {
      log.warn({ reason: refused }, 'activity refused');
      return answer(response, 403);
    }

    const event = toEvent(activity);
    if (event === null) return answer(response, activity.type === 'invoke' ? 501 : 200);
    if (activity.type === 'invoke') return answer(response, 200, await invoke(parts, event));
    const message = await speak(parts, event);
    const replies = message === null ? [] : await deliver(adapter, result.proof, activity, message, log);
    return answer(response, 200, activity.deliveryMode === 'expectReplies' ? { activities: replies } : undefined);
  };
}

/** In local mode a web page in the same browser could reach us under a name of its own. */
function foreignHost(request: Request, { local }: Admission): string | null {
  const host = URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? '';
  return local && !isLoopback(host) ? 'host-not-local' : null;
}

const whereOf = (event: BotEvent): string => (event.kind === 'action' ? `action ${event.verb}` : event.kind);

async function invoke(parts: ServerParts, event: BotEvent): Promise<InvokeBody> {
  try {
    return toInvokeBody(await parts.handle(event), parts);
  } catch (error) {
    const { code, sentence } = await explain(parts, event, error);
    return toInvokeError(code, sentence);
  }
}

async function speak(parts: ServerParts, event: BotEvent): Promise<MessageActivity | null> {
  try {
    return toMessage(await parts.handle(event), parts);
  } catch (error) {
    const { sentence } = await explain(parts, event, error);
    return toMessage({ kind: 'text', text: sentence }, parts);
  }
}

async function explain(parts: ServerParts, event: BotEvent, error: unknown) {
  const { reference, code } = reportTrouble(error, whereOf(event), parts.log);
  const guess = pickLocale(event.place.locale);
  let locale: Locale = guess;
  try {
    locale = (await parts.localeOf?.(event)) ?? guess;
  } catch {
    // The outage that we report may be the reason; the activity's locale will do.
  }
  return { code, sentence: teamsWords[locale].trouble(reference) };
}

/** Sends the reply; resolves to what was buffered when the sender waits for it in the HTTP answer. */
async function deliver(
  adapter: CloudAdapter,
  proof: Proof,
  activity: InboundActivity,
  message: MessageActivity,
  log: Log,
): Promise<Partial<Activity>[]> {
  let buffered: Partial<Activity>[] = [];
  try {
    await adapter.processActivityDirect(proof, activity as unknown as Activity, async (context) => {
      await context.sendActivity(message);
      buffered = context.bufferedReplyActivities;
    });
  } catch (error) {
    // What was asked for is done; only the reply is missing. A repeat by the channel would do it twice.
    reportTrouble(error, 'reply', log);
  }
  return buffered;
}
