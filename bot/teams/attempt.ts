/** One attempt to deliver a message: where to, in which words, and what the connector's answer means for the next one. */
import { TEAMS_PACES } from '../domain/pace.ts';
import type { Instant } from '../domain/time.ts';
import type { AccessEntry } from '../store/access-log.ts';
import { conversationOf, forgetConversation, keepOpened, latestConversation } from '../store/conversations.ts';
import { forgetShown, type Shown, waitingAhead, type WaitingMessage } from '../store/outbox.ts';
import { aadObjectIdOf } from '../store/people.ts';
import { markPlaceGone, sharedPlaceOf } from '../store/shared-places.ts';
import type { Composed } from '../workflows/messages.ts';
import type { BotReply, Place } from '../workflows/turn.ts';
import type { DeliveryParts, RetryPlan } from './delivery.ts';
import { ConnectorError } from './messenger.ts';
import { pacedMessenger, TooSoon } from './paced.ts';

/** For so long a message waits for somewhere to write to; later it is no news any more. */
const NO_PLACE_DAYS = 14;
const NO_PLACE = 'no-place';
/** The conversation that was kept cannot be written to any more; the next attempt opens it anew. */
const CONVERSATION_GONE = 'conversation-gone';

/** 36 attempts over some seven hours: longer than an outage that nobody mends. */
const PATIENT: RetryPlan = { attempts: 36, firstSeconds: 5, mostSeconds: 1_800, noPlaceSeconds: 300 };

export interface Sent {
  readonly kind: 'sent';
  readonly activityId: string | null;
  readonly conversationId: string;
  readonly seen: readonly AccessEntry[];
}

export type Outcome =
  | Sent
  | { readonly kind: 'dropped' }
  /** `gone`: because whoever it was for cannot be written to, not because of the message. */
  | { readonly kind: 'failed'; readonly code: string; readonly gone: boolean }
  | { readonly kind: 'later'; readonly code: string; readonly afterSeconds: number }
  /** There is nowhere to write to (`gone`), or not yet: nothing was made, and nothing attempted. */
  | { readonly kind: 'no-place'; readonly code: string; readonly gone: boolean; readonly afterSeconds: number }
  /** The conversation has had its share for now; nothing was attempted. */
  | { readonly kind: 'too-soon'; readonly afterSeconds: number };

/** Where a message goes, and what it means for it when the connector says that this is gone. */
interface Target {
  readonly place: Place;
  readonly gone: (code: string) => Promise<Outcome>;
}

/** What is made here attempts one message at a time; `shown` is where the last one of its thread stands. */
export function createAttempt(
  parts: DeliveryParts,
): (message: WaitingMessage, shown: Shown | null) => Promise<Outcome> {
  const { db, compose, now, log, home, opens = true, paces = TEAMS_PACES } = parts;
  const messenger = paces === null ? parts.messenger : pacedMessenger(parts.messenger, db, paces);
  const retry: RetryPlan = { ...PATIENT, ...parts.retry };

  return (message, shown) =>
    attempt(message, shown).catch(async (error: unknown) => {
      if (!(error instanceof TooSoon)) throw error;
      // Older ones go first, and not all of them come back to ask at once.
      const waitMs = error.afterMs + (await waitingAhead(db, message)) * error.everyMs;
      return { kind: 'too-soon', afterSeconds: waitMs / 1_000 };
    });

  async function attempt(message: WaitingMessage, shown: Shown | null): Promise<Outcome> {
    const attempts = message.attempts + 1;
    // First where to, so that nothing is made for those who cannot be reached.
    let target: Target | null;
    try {
      target = await targetOf(message);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      // It cannot be opened before the app is installed, which may be any day.
      return error.kind === 'gone' ? unreachable(message, error.code) : refused(error, attempts);
    }
    if (!target) return waiting(message, { code: NO_PLACE, gone: false }, retry.noPlaceSeconds);
    let composed: Composed | null;
    try {
      composed = await compose(message);
    } catch (error) {
      log.error({ messageId: message.id, kind: message.kind, error: traceOf(error) }, 'A message could not be made');
      return again('compose', attempts);
    }
    if (composed === null || composed.reply.kind === 'nothing') return { kind: 'dropped' };
    const { reply, seen } = composed;
    const { place, gone } = target;
    const { conversationId } = place;
    try {
      return { kind: 'sent', activityId: await put(message, place, reply, shown), conversationId, seen };
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      const { code, status, kind } = error;
      // It was accepted, though not answered as it should be.
      if (status !== undefined && status >= 200 && status < 300)
        return { kind: 'sent', activityId: null, conversationId, seen };
      return kind === 'gone' ? gone(code) : refused(error, attempts);
    }
  }

  /** Where the last one of the thread stands, if that is still there; a new message otherwise. Resolves to its id. */
  async function put(message: WaitingMessage, place: Place, reply: BotReply, shown: Shown | null): Promise<string> {
    if (shown?.conversationId === place.conversationId) {
      try {
        await messenger.update(place, shown.activityId, reply);
        return shown.activityId;
      } catch (error) {
        // Somebody has deleted it; or the conversation is gone, and the new message hears of it too.
        if (!(error instanceof ConnectorError) || error.kind !== 'gone') throw error;
        await forgetShown(db, message, shown);
      }
    }
    return (await messenger.send(place, reply)).activityId;
  }

  async function targetOf(message: WaitingMessage): Promise<Target | null> {
    const { recipientId, placeId } = message;
    if (placeId !== null) return sharedTarget(placeId);
    return recipientId === null ? null : personalTarget(message, recipientId);
  }

  /** There is nowhere else: who wants it to be told again adds the place anew. */
  async function sharedTarget(placeId: string): Promise<Target | null> {
    const place = await sharedPlaceOf(db, placeId);
    if (!place) return null;
    return {
      place,
      async gone(code) {
        await markPlaceGone(db, placeId, place, now());
        return { kind: 'failed', code, gone: true };
      },
    };
  }

  /** The recipient's personal conversation; opened, and kept, when there is none. */
  async function personalTarget(message: WaitingMessage, recipientId: string): Promise<Target | null> {
    const known = await conversationOf(db, recipientId);
    const kept = known ?? (await opened(recipientId));
    if (!kept) return null;
    return {
      place: { kind: 'personal', ...kept.place },
      async gone(code) {
        await forgetConversation(db, recipientId, kept);
        // One that was only just opened is not worth another at once.
        return known ? again(CONVERSATION_GONE, message.attempts + 1) : unreachable(message, code);
      },
    };
  }

  async function opened(recipientId: string) {
    const from = opens ? (home ?? (await latestConversation(db))?.place) : null;
    const userId = await aadObjectIdOf(db, recipientId);
    if (!from || userId === null) return null;
    const { serviceUrl, tenantId, botId, channelId } = from;
    const place = await messenger.create({ serviceUrl, tenantId, botId, channelId, userId });
    const updatedAt = now().round({ smallestUnit: 'millisecond', roundingMode: 'floor' });
    await keepOpened(db, recipientId, userId, place, updatedAt);
    return { place, updatedAt };
  }

  function refused({ kind, code, retryAfterSeconds }: ConnectorError, attempts: number): Outcome {
    if (kind === 'throttled') parts.metrics?.throttled.inc();
    return kind === 'throttled' || kind === 'temporary'
      ? again(code, attempts, retryAfterSeconds)
      : { kind: 'failed', code, gone: false };
  }

  /** The person's conversation cannot be had: each wait is longer, by the message's age. */
  function unreachable(message: WaitingMessage, code: string): Outcome {
    const half = secondsSince(message.createdAt) / 2;
    return waiting(message, { code, gone: true }, Math.max(retry.noPlaceSeconds, Math.min(retry.mostSeconds, half)));
  }

  function waiting(
    { createdAt }: WaitingMessage,
    why: { readonly code: string; readonly gone: boolean },
    afterSeconds: number,
  ): Outcome {
    return secondsSince(createdAt) >= NO_PLACE_DAYS * 86_400
      ? { kind: 'failed', ...why }
      : { kind: 'no-place', ...why, afterSeconds };
  }

  function secondsSince(instant: Instant): number {
    return now().since(instant).total('seconds');
  }

  function again(code: string, attempts: number, atLeastSeconds = 0): Outcome {
    if (attempts >= retry.attempts) return { kind: 'failed', code, gone: false };
    const backoff = Math.min(retry.mostSeconds, retry.firstSeconds * 2 ** (attempts - 1));
    // All of it is chance, so that those refused together do not come back together.
    return { kind: 'later', code, afterSeconds: atLeastSeconds + backoff * Math.random() };
  }
}

/** What went wrong, by its code alone: an error's message may hold what a query was asked. */
export const nameOf = (error: unknown): string =>
  error instanceof Error ? String((error as { code?: unknown }).code ?? error.name) : 'unknown';

/** Where it happened, without the message: that may hold what a query was asked. */
function traceOf(error: unknown): { name: string; at: string[] } {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return { name: nameOf(error), at: lines.filter((line) => /^\s+at /.test(line)).map((line) => line.trim()) };
}
