/** Proves that a request comes from the Bot Framework. Whatever the SDK throws becomes a plain answer here. */
import { createHash } from 'node:crypto';
import type { Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { InboundActivity } from './activity.ts';

export type Proof = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

export type AuthenticationResult =
  | { readonly kind: 'proven'; readonly proof: Proof }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Microsoft's keys could not be fetched: nothing is known about the token, and a later try may do better. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Authenticator {
  /** The SDK takes a token without an issuer of ours, an end or a service address in some cases; we never do. */
  readonly requiredIssuer: string | null;
  readonly check: Check;
}

/** The SDK's check of an activity and its `Authorization` header; throws when it refuses. */
export type Check = (activity: InboundActivity, authorization: string) => Promise<Proof>;

export const checkBySdk =
  (authentication: ConfigurationBotFrameworkAuthentication): Check =>
  (activity, authorization) =>
    authentication.authenticateRequest(activity as unknown as Activity, authorization);

const KEPT_FOR_MS = 5 * 60_000;
const MOST_KEPT = 100;

/**
 * Checks a token once and keeps the proof: for a few minutes, and never beyond the token's own end. A refused token is
 * checked anew each time. What a proof is kept by is all of a request that the SDK's check of a token depends on
 * (botframework-connector 4.23): the header, the channel, which the key must be endorsed for, and the service address,
 * which the token must name. Beyond that, on the clock and on Microsoft's keys, which the SDK itself keeps for a day.
 */
export function keepingProofs(check: Check): Check {
  const kept = new Map<string, { readonly proof: Proof; readonly until: number }>();
  return async (activity, authorization) => {
    const asked = JSON.stringify([authorization, activity.channelId, activity.serviceUrl]);
    // A digest, so that no token stays in memory.
    const key = createHash('sha256').update(asked).digest('base64');
    const known = kept.get(key);
    if (known && Date.now() < known.until) return known.proof;
    kept.delete(key);
    const proof = await check(activity, authorization);
    const end: unknown = proof.claimsIdentity.getClaimValue('exp');
    if (typeof end !== 'number') return proof;
    kept.set(key, { proof, until: Math.min(Date.now() + KEPT_FOR_MS, end * 1_000) });
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size > MOST_KEPT) kept.delete(oldest);
    return proof;
  };
}

export async function authenticate(
  { check, requiredIssuer }: Authenticator,
  activity: InboundActivity,
  authorization: string,
): Promise<AuthenticationResult> {
  let proof: Proof;
  try {
    proof = await check(activity, authorization);
  } catch (error) {
    const reason = reasonOf(error);
    return isOutage(error) ? { kind: 'unknown', reason } : { kind: 'refused', reason };
  }
  if (requiredIssuer !== null) {
    const claim = (name: string): unknown => proof.claimsIdentity.getClaimValue(name);
    if (claim('iss') !== requiredIssuer) return { kind: 'refused', reason: 'issuer' };
    if (typeof claim('exp') !== 'number') return { kind: 'refused', reason: 'no-expiry' };
    if (claim('serviceurl') !== activity.serviceUrl) return { kind: 'refused', reason: 'service-url-claim' };
  }
  return { kind: 'proven', proof };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
const reasonOf = (error: unknown): string =>
  nameOf(error) === 'Error' && error instanceof Error ? error.constructor.name : nameOf(error);

function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { statusCode } = error as { statusCode?: unknown };
  return nameOf(error) === 'FetchError' || (typeof statusCode === 'number' && statusCode >= 500);
}
