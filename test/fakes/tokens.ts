/** The Bot Framework's tokens, made here: real RS256 keys, and the OpenID metadata by which the bot finds them. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';

export interface TokenRequest {
  /** The bot's app id, which the token is meant for. */
  readonly audience: string;
  /** The service address that the token vouches for. */
  readonly serviceUrl: string;
  /** Replaces claims; undefined leaves one out. Times are seconds since 1970. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly kid?: string;
  /** How the token is wrong: signed by a stranger, not at all, or with the public key as a secret. */
  readonly signature?: 'stranger' | 'none' | 'HS256';
}

export interface TokenIssuer {
  readonly metadataUrl: string;
  readonly issuer: string;
  token(request: TokenRequest): Promise<string>;
  close(): Promise<void>;
}

const issuer = 'https://api.botframework.com';
const keyId = 'test-key';

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const own = await generateKeyPair('RS256', { extractable: true });
  const stranger = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(own.publicKey)), kid: keyId, use: 'sig', endorsements: ['msteams'] };
  const publicPem = await exportSPKI(own.publicKey);

  // The SDK remembers keys by address for a day; each issuer has a port, and so an address, of its own.
  const server = createServer((request, response) => {
    const body = request.url === '/keys' ? { keys: [jwk] } : { issuer, jwks_uri: `${url}/keys` };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    metadataUrl: `${url}/.well-known/openid`,
    issuer,
    async token({ audience, serviceUrl, claims = {}, kid = keyId, signature }) {
      const now = Math.floor(Date.now() / 1000);
      const payload = { iss: issuer, aud: audience, serviceurl: serviceUrl, nbf: now - 60, exp: now + 3600, ...claims };
      if (signature === 'none') return `${part({ alg: 'none', typ: 'JWT', kid })}.${part(payload)}.`;
      if (signature === 'HS256') {
        const signed = `${part({ alg: 'HS256', typ: 'JWT', kid })}.${part(payload)}`;
        return `${signed}.${createHmac('sha256', publicPem).update(signed).digest('base64url')}`;
      }
      const key = signature === 'stranger' ? stranger.privateKey : own.privateKey;
      return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');
