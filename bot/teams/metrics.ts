/** What Prometheus may know of this process and of the outbox: counts, ages and codes, nothing of a person. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Request, Response } from 'restify';
import type { Instant } from '../domain/time.ts';
import type { Db } from '../store/database.ts';
import { type Backlog, backlogOf } from '../store/ledger.ts';
import type { Answer } from './documents.ts';

export interface Metrics {
  readonly registry: Registry;
  /** The connector has it. */
  readonly sent: Counter;
  /** For good, by the connector's code or ours. */
  readonly failed: Counter<'code'>;
  /** Attempts that are made again. */
  readonly retried: Counter<'code'>;
  /** Attempts that the connector found too many (429, 412). */
  readonly throttled: Counter;
  /** Held back by ourselves, as the conversation has had its share. */
  readonly held: Counter;
}

/** The process's own are counted from its start; what waits is asked of the database at each reading. */
export function createMetrics({ db, now }: { readonly db: Db; readonly now: () => Instant }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // The event loop's lag, memory and processor time.
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, of: (backlog: Backlog) => number) =>
    new Gauge({
      name: `hjemvej_${name}`,
      help,
      registers,
      async collect() {
        this.set(of(await backlogOf(db, now())));
      },
    });
  gauge('outbox_waiting', 'Messages that wait, of all replicas', ({ waiting }) => waiting);
  gauge('outbox_oldest_seconds', 'Age of the oldest message that waits', ({ oldestSeconds }) => oldestSeconds);
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: `hjemvej_${name}_total`, help, registers, labelNames });
  return {
    registry,
    sent: counter('messages_sent', 'Messages that the connector has taken'),
    failed: counter('messages_failed', 'Messages given up for good', ['code']),
    retried: counter('messages_retried', 'Attempts that will be made again', ['code']),
    throttled: counter('connector_throttled', 'Attempts answered with 429 or 412'),
    held: counter('messages_held', 'Messages held back as their conversation has had its share'),
  };
}

/** Whoever has the token may read; without one nobody, unless `open`. */
export function metricsAnswer(
  { registry }: Metrics,
  { token, open }: { readonly token: string | undefined; readonly open: (request: Request) => boolean },
): Answer {
  return async (request: Request, response: Response) => {
    const allowed = token === undefined ? open(request) : isBearer(request, token);
    if (!allowed) return void response.sendRaw(token === undefined ? 404 : 401, '', { 'content-length': '0' });
    const body = await registry.metrics();
    response.sendRaw(200, body, { 'content-type': registry.contentType, 'cache-control': 'no-store' });
  };
}

/** In a time that says nothing of how much of it is right. */
const isBearer = (request: Request, token: string): boolean =>
  timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
