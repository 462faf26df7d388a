/** Who the bot is towards Microsoft: the token it sends, and the proof it asks for. */
import { ConfigurationBotFrameworkAuthentication, ConfigurationServiceClientCredentialFactory } from 'botbuilder';

export type BotIdentity =
  | { readonly kind: 'local' }
  | { readonly kind: 'SingleTenant'; readonly appId: string; readonly password: string; readonly tenantId: string }
  | { readonly kind: 'UserAssignedMSI'; readonly appId: string; readonly tenantId: string };

/** Where a bearer token for the connector comes from; null in local mode, where nobody asks for one. */
export interface TokenSource {
  getToken(): Promise<string | null>;
}

/** Whose tokens are believed. Only tests, and clouds of their own, set it. */
export interface OpenIdSource {
  readonly metadataUrl: string;
  readonly issuer: string;
}

export const publicIssuer = 'https://api.botframework.com';
const connectorScope = 'https://api.botframework.com';
const loginUrl = (tenantId: string): string => `https://login.microsoftonline.com/${tenantId}`;

interface HasToken {
  getToken(): Promise<string>;
}
const hasToken = (credentials: object): credentials is HasToken => 'getToken' in credentials;

/** Tokens of the bot's own app registration or managed identity, cached by the SDK until five minutes before they end. */
export function createTokenSource(identity: BotIdentity): TokenSource {
  if (identity.kind === 'local') return { getToken: () => Promise.resolve(null) };
  const factory = new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: identity.appId,
    MicrosoftAppType: identity.kind,
    MicrosoftAppTenantId: identity.tenantId,
    ...(identity.kind === 'SingleTenant' ? { MicrosoftAppPassword: identity.password } : {}),
  });
  const created = factory.createCredentials(identity.appId, connectorScope, loginUrl(identity.tenantId), true);
  created.catch(() => undefined); // Reported by getToken, not as an unhandled rejection.
  return {
    async getToken() {
      const credentials = await created;
      if (!hasToken(credentials)) throw new Error('The SDK made credentials without a token');
      return credentials.getToken();
    },
  };
}

/** Our own tokens in the SDK's shape, so that replies and later messages carry the same one. */
function credentialsFactory(appId: string, tokens: TokenSource) {
  return {
    isValidAppId: (candidate: string) => Promise.resolve(candidate === appId),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () =>
      Promise.resolve({
        async signRequest<Request extends { headers: { set(name: string, value: string): void } }>(request: Request) {
          const token = await tokens.getToken();
          if (token !== null) request.headers.set('authorization', `Bearer ${token}`);
          return request;
        },
      }),
  };
}

/** The check of inbound tokens; in local mode everything passes. */
export function createAuthentication(
  identity: BotIdentity,
  tokens: TokenSource,
  openId: OpenIdSource | undefined,
): ConfigurationBotFrameworkAuthentication {
  if (identity.kind === 'local') return new ConfigurationBotFrameworkAuthentication({});
  const source =
    openId === undefined
      ? {}
      : {
          ToBotFromChannelOpenIdMetadataUrl: openId.metadataUrl,
          ToBotFromChannelTokenIssuer: openId.issuer,
          ToChannelFromBotOAuthScope: connectorScope,
        };
  return new ConfigurationBotFrameworkAuthentication(
    { MicrosoftAppId: identity.appId, MicrosoftAppTenantId: identity.tenantId, ...source },
    credentialsFactory(identity.appId, tokens),
  );
}
