/**
 * How fast messages may follow each other: a bucket of slots that fills up again, kept as the one instant at which it will be full.
 * All instants are milliseconds since the epoch, by the clock of whoever keeps the bucket.
 */

/** So many slots at once from a full bucket, then one more every so often. */
export interface Pace {
  readonly burst: number;
  readonly everyMs: number;
}

export interface Paces {
  /** Of one chat or channel. */
  readonly conversation: Pace;
  /** Of the app in one tenant, among all replicas. */
  readonly tenant: Pace;
}

/**
 * In any stretch of time a bucket gives at most `burst` slots and one for each `everyMs` of it. Teams lets an app send 7 messages to a
 * conversation in 1 s, 8 in 2 s, 60 in 30 s and 1,800 in an hour; that is at most 5, 5, 17 and 1,445 here. It allows 50 requests a
 * second in a tenant; that is at most 35 here. What is left is for the replies of turns, which wait for nobody.
 */
export const TEAMS_PACES: Paces = {
  conversation: { burst: 5, everyMs: 2_500 },
  tenant: { burst: 10, everyMs: 40 },
};

export interface Slot {
  /** When the bucket will be full again, now that the slot has been taken. */
  readonly fullAt: number;
  /** For so long whoever took it waits before it is theirs. */
  readonly waitMs: number;
}

/** Takes the next slot there is, which may lie ahead. */
export function takeSlot(fullAt: number, now: number, { burst, everyMs }: Pace): Slot {
  const next = Math.max(fullAt, now) + everyMs;
  return { fullAt: next, waitMs: Math.max(0, next - now - burst * everyMs) };
}

/** The bucket emptied, so that its next slot comes no sooner than `pauseMs` from now. */
export function pause(fullAt: number, now: number, pauseMs: number, { burst, everyMs }: Pace): number {
  return Math.max(fullAt, now + pauseMs + (burst - 1) * everyMs);
}
