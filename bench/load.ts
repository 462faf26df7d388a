/**
 * Sends requests over some keep-alive connections, each of which waits for its answer before the next: every body
 * differs (a press carries a nonce and a version), so the bodies are made as they are sent. Plain sockets, so that the
 * sender costs little beside what it measures.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Makes the bodies of one connection in turn, and is given the answer to the one before; ends when there is nothing left to send. */
export type Script = Iterator<string, void, string>;

export interface Sending {
  readonly port: number;
  readonly scripts: readonly Script[];
  /** Ends after so long, or after so many answers. */
  readonly seconds?: number;
  readonly requests?: number;
  /** The bearer token that each request carries. */
  readonly token?: string | undefined;
  /** Ends when the scripts do; else that is a mistake. */
  readonly untilDone?: boolean;
  /** What an answer holds when all went well. */
  readonly expect: string;
}

export interface Sent {
  readonly answers: number;
  readonly perSecond: number;
  /** Milliseconds from request to answer, one per answer. */
  readonly latencies: readonly number[];
}

export async function send({
  port,
  scripts,
  seconds = Infinity,
  requests = Infinity,
  token,
  untilDone = false,
  expect,
}: Sending): Promise<Sent> {
  const started = performance.now();
  const latencies: number[] = [];
  let left = requests;
  await Promise.all(
    scripts.map(async (script) => {
      const ask = await open(port, token);
      let answer = '';
      while (performance.now() - started < seconds * 1_000 && left-- > 0) {
        const next = script.next(answer);
        if (next.done && untilDone) break;
        if (next.done) throw new Error('The bench has nothing left to press: make a larger population');
        const sentAt = performance.now();
        answer = await ask(next.value);
        latencies.push(performance.now() - sentAt);
        if (!answer.includes(expect))
          throw new Error(`Expected an answer with '${expect}', not: ${answer.slice(0, 2_000)}`);
      }
      ask.end();
    }),
  );
  const took = (performance.now() - started) / 1_000;
  return { answers: latencies.length, perSecond: latencies.length / took, latencies };
}

type Ask = ((body: string) => Promise<string>) & { end(): void };

/** One connection; the answers must have a content-length, as those of restify do. */
async function open(port: number, token?: string): Promise<Ask> {
  const authorization = token === undefined ? '' : `authorization: Bearer ${token}\r\n`;
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let waiting: { resolve: (answer: string) => void; reject: (error: Error) => void } | null = null;
  let received: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const head = received.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(received.toString('latin1', 0, head))?.[1];
    if (length === undefined) return fail(new Error('An answer without a content-length'));
    if (received.length < head + 4 + Number(length)) return;
    const answer = received.toString('utf8');
    received = Buffer.alloc(0);
    waiting?.resolve(answer);
  });
  const fail = (error: Error) => {
    waiting?.reject(error);
    socket.destroy();
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The bot has closed the connection')));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('error', reject);
  });
  const ask = (body: string) =>
    new Promise<string>((resolve, reject) => {
      waiting = { resolve, reject };
      socket.write(
        `POST /api/messages HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n${authorization}` +
          `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  return Object.assign(ask, { end: () => socket.destroy() });
}

/** Waits until the count no longer changes, or so long at most. */
export async function settled(count: () => Promise<number>, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1_000;
  for (let last = -1, now = await count(); now !== last && performance.now() < deadline; now = await count()) {
    last = now;
    await sleep(1_000);
  }
}
