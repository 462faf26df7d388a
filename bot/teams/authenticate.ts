/** Proves that a request comes from the Bot Framework. Whatever the SDK throws becomes a plain answer here. */
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
  readonly authentication: ConfigurationBotFrameworkAuthentication;
}

export async function authenticate(
  { authentication, requiredIssuer }: Authenticator,
  activity: InboundActivity,
  authorization: string,
): Promise<AuthenticationResult> {
  let proof: Proof;
  try {
    proof = await authentication.authenticateRequest(activity as unknown as Activity, authorization);
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
