/**
 * How a browser fetches a document: GET answers a page with one button, and the button POSTs. A GET alone uses nothing up,
 * as previews of links and scanners of mail fetch every address they see, before the person does.
 */
import { createHash } from 'node:crypto';
import type { Request, Response, Server } from 'restify';
import { isToken } from '../store/document-links.ts';
import { searchName } from '../text/normalise.ts';
import { pickLocale, type Locale } from '../text/words.ts';
import type { DocumentFile } from '../workflows/documents.ts';
import { reportTrouble, type Log } from './trouble.ts';
import { documentPageWords } from './words.ts';

export interface DocumentParts {
  /** Uses the token up; null when it leads to no document (any more). */
  readonly documents: (token: string) => Promise<DocumentFile | null>;
  readonly log: Log;
}

/** How one request is answered. */
export type Answer = (request: Request, response: Response) => Promise<void>;

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** A form with nothing in it is far smaller. */
const MOST_BYTES = 1024;

/** A press of the button: the one POST that holds no JSON. What it holds is never read. */
export const isDocumentPost = (request: Request): boolean =>
  /^\/documents\/[^/]+$/.test(request.getPath()) &&
  request.headers['content-encoding'] === undefined &&
  Number(request.headers['content-length'] ?? 0) <= MOST_BYTES;

/** Adds the two steps; `tracked` is how the server waits for an answer that is being made. */
export function addDocumentRoutes(
  server: Server,
  { documents, log }: DocumentParts,
  tracked: (answer: Answer) => Answer,
): void {
  server.get('/documents/:token', async (request: Request, response: Response) =>
    // Whether the link is good is not looked up: whoever tries links learns nothing here.
    isToken(tokenOf(request)) ? sendPage(request, response, 'ready') : sendPage(request, response, 'gone'),
  );
  server.post(
    '/documents/:token',
    tracked(async (request, response) => {
      // Whatever else it sends is not read but cut off.
      response.setHeader('connection', 'close');
      const token = tokenOf(request);
      try {
        const file = isToken(token) ? await documents(token) : null;
        return file ? sendFile(response, file) : sendPage(request, response, 'gone');
      } catch (error) {
        const { reference } = reportTrouble(error, 'document', log);
        return sendPage(request, response, 'trouble', reference);
      }
    }),
  );
}

const tokenOf = (request: Request): string => String((request.params as { token?: unknown }).token);

const guarded = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // The address is the key: it goes nowhere else.
  'referrer-policy': 'no-referrer',
};

function sendFile(response: Response, { filename, bytes }: DocumentFile): void {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  response.sendRaw(200, body, {
    ...guarded,
    'content-type': DOCX,
    'content-length': String(body.length),
    'content-disposition': attachment(filename),
  });
}

/** The name in plain letters for every browser, and as it is (RFC 5987) when that differs. */
export function attachment(filename: string): string {
  const [, name = '', ending = ''] = /^(.*?)(\.[a-z\d]+)?$/s.exec(filename) ?? [];
  const plain = `${searchName(name).replace(/[^a-z\d]+/g, '-')}${ending}`;
  const encoded = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"${plain === filename ? '' : `; filename*=UTF-8''${encoded}`}`;
}

const STYLE =
  ':root{color-scheme:light dark}body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem}' +
  'h1{font-size:1.5rem}button{font:inherit;font-weight:600;padding:.75rem 1.5rem;border:0;border-radius:.375rem;background:#1f5f8b;color:#fff;cursor:pointer}' +
  'button:focus-visible{outline:3px solid;outline-offset:3px}';
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const STATUS = { ready: 200, gone: 404, trouble: 500 } as const;

/** `gone` is one page for all that leads nowhere: never was, used, too old, cut off, not for this person any more. */
function sendPage(request: Request, response: Response, kind: keyof typeof STATUS, reference = ''): void {
  const locale = pickLocale(request.headers['accept-language']);
  const html = pageOf(locale, kind, reference);
  response.sendRaw(STATUS[kind], html, {
    ...guarded,
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(html)),
    'content-security-policy': POLICY,
  });
}

/** Holds our own words only: nothing in it needs escaping. */
function pageOf(locale: Locale, kind: keyof typeof STATUS, reference: string): string {
  const { title, ready, button, gone, trouble } = documentPageWords[locale];
  const body = {
    ready: `<p>${ready}</p>\n<form method="post"><button>${button}</button></form>`,
    gone: `<p>${gone}</p>`,
    trouble: `<p>${trouble(reference)}</p>`,
  }[kind];
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Hjemvej</title>
<style>${STYLE}</style>
<h1>${title}</h1>
${body}
</html>
`;
}
