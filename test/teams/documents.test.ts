/** How a document is fetched: over real HTTP, with real PostgreSQL. */
import { attachment } from '../../bot/teams/documents.ts';
import { pruneDocumentLinks } from '../../bot/store/document-links.ts';
import { type DocumentMakers, type DocumentRequest, linkToDocument } from '../../bot/workflows/documents.ts';
import { NOON, startTestBot, type TestBot } from '../fakes/bot.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const reviewId = '01900000-0000-7000-8000-000000000001';

let bot: TestBot;
let asked: DocumentRequest[];
const makers: DocumentMakers = {
  'review.minutes': (request) => {
    asked.push(request);
    const bytes = new TextEncoder().encode('PK dokumentet');
    return Promise.resolve({ filename: 'referat-bocentret-2026-11-25.docx', bytes });
  },
  'not.yours': () => Promise.resolve(null),
  'goes.wrong': () => Promise.reject(Object.assign(new Error('Jens Jensen'), { code: 'P2024' })),
};

beforeAll(async () => void (bot = await startTestBot({ makers })));
beforeEach(() => {
  asked = [];
  bot.setNow(NOON);
});
afterAll(() => bot.close());

async function link(kind = 'review.minutes'): Promise<string> {
  const staffId = bot.town.staffIds.mette;
  const url = await linkToDocument(bot.deps, bot.deps.db, {
    kind,
    subject: { reviewId },
    staffId,
    now: bot.deps.now(),
  });
  return url ?? 'nowhere';
}
const press = (url: string, init: RequestInit = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, ...init });
/** The page of all that leads nowhere. */
const gone = async (response: Response) => {
  expect(response.status).toBe(404);
  const page = await response.text();
  expect(page).toContain('Linket er brugt eller for gammelt. Bed botten om dokumentet igen, så får du et nyt.');
  return page;
};

test('whoever opens the link gets a page with one button, as often as they like', async () => {
  const url = await link();
  for (let times = 0; times < 3; times++) {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page.match(/<button>.*?<\/button>/g)).toEqual(['<button>Hent dokumentet</button>']);
    expect(page).toContain('<form method="post">');
    expect(page).not.toMatch(/(src|href)=|<script/);
  }
  expect(asked).toEqual([]);
  expect((await press(url)).status).toBe(200);
});

test('the button gives the document, once', async () => {
  const url = await link();
  const response = await press(url);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('PK dokumentet');
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': DOCX,
    'content-disposition': 'attachment; filename="referat-bocentret-2026-11-25.docx"',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect(asked).toMatchObject([{ actor: { name: 'Mette Holm' }, subject: { reviewId } }]);
  await gone(await press(url));
  expect(asked).toHaveLength(1);
});

test('of two presses at once one gets it', async () => {
  const url = await link();
  const statuses = (await Promise.all([press(url), press(url), press(url)])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 404, 404]);
  expect(asked).toHaveLength(1);
});

test('after five minutes it is too old', async () => {
  const [early, late] = [await link(), await link()];
  bot.setNow(NOON.add({ minutes: 5 }).subtract({ milliseconds: 1 }));
  expect((await press(early)).status).toBe(200);
  bot.setNow(NOON.add({ minutes: 5 }));
  await gone(await press(late));
});

test('all that leads nowhere gets the same page', async () => {
  const unknown = `${bot.deps.publicUrl}/documents/${'A'.repeat(43)}`;
  const used = await link();
  await press(used);
  const pages = await Promise.all(
    [
      press(unknown),
      press(used),
      press(await link('not.yours')),
      press(await link('nobody.makes.this')),
      press(await link('constructor')),
      press(used.slice(0, -1)),
      press(`${used}A`),
      press(used.replace(/.{43}$/, '%00'.repeat(14) + 'A')),
      fetch(used.slice(0, -5)),
    ].map(async (response) => gone(await response)),
  );
  expect(new Set(pages).size).toBe(1);
});

test('rights are those of now', async () => {
  const url = await link();
  await bot.prisma.staff.update({ where: { id: bot.town.staffIds.mette }, data: { active: false } });
  await gone(await press(url));
  await bot.prisma.staff.update({ where: { id: bot.town.staffIds.mette }, data: { active: true } });
  expect(asked).toEqual([]);
});

test('the page runs nothing, loads nothing and tells nobody where it was', async () => {
  const { headers } = await fetch(await link());
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-\S+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
  );
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
});

test('in English for an English browser', async () => {
  const english = { headers: { 'accept-language': 'en-GB,en;q=0.9' } };
  expect(await (await fetch(await link(), english)).text()).toMatch(/<html lang="en">.*Get the document/s);
  const used = `${bot.deps.publicUrl}/documents/${'A'.repeat(43)}`;
  expect(await (await press(used, english)).text()).toContain('The link is used or too old.');
});

test('a fault gets a page with a number that is in the log, without the error itself', async () => {
  const response = await press(await link('goes.wrong'));
  expect(response.status).toBe(500);
  const reference = /nummer ([0-9A-F]{8})/.exec(await response.text())?.[1];
  expect(JSON.parse(bot.logged.at(-1)!)).toMatchObject({ reference, code: 'P2024', where: 'document' });
  expect(bot.logged.join('')).not.toContain('Jens');
});

test('the token is kept nowhere: not in the log, and in the database its hash alone', async () => {
  for (const kind of ['review.minutes', 'goes.wrong', 'nobody.makes.this']) {
    const url = await link(kind);
    await fetch(url);
    await press(url);
    await press(url);
    const token = url.split('/').at(-1)!;
    const rows = await bot.prisma.$queryRawUnsafe('select l::text from document_link l');
    const kept = bot.logged.join('') + JSON.stringify(rows);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
    expect(kept).not.toContain(Buffer.from(token).toString('hex'));
  }
});

test('no other POST gets through without JSON, and this one only with next to nothing in it', async () => {
  for (const path of ['/api/messages', '/documents', '/documents/', '/documents/a/b', '/healthz'])
    expect([path, (await press(`${bot.deps.publicUrl}${path}`)).status]).toEqual([path, 400]);
  const url = await link();
  expect((await press(url, { body: 'x'.repeat(2_000) })).status).toBe(400);
  expect((await press(url, { headers: { 'content-encoding': 'gzip' } })).status).toBe(400);
  // Multipart or JSON, it is not read.
  const form = new FormData();
  form.set('a', 'b');
  expect((await fetch(url, { method: 'POST', body: form })).status).toBe(200);
  const again = await press(await link(), { body: '{', headers: { 'content-type': 'application/json' } });
  expect(again.status).toBe(200);
});

test('other methods get nothing', async () => {
  const url = await link();
  for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
    const response = await fetch(url, { method });
    expect([method, response.status, await response.text()]).toEqual([method, 405, '']);
  }
  expect((await press(url)).status).toBe(200);
});

test('there is no link when no browser can reach the bot', async () => {
  const before = await bot.prisma.documentLink.count();
  const unreached = { ...bot.deps, publicUrl: null };
  const asking = { kind: 'review.minutes', subject: { reviewId }, staffId: bot.town.staffIds.mette, now: NOON };
  expect(await linkToDocument(unreached, bot.deps.db, asking)).toBeNull();
  expect(await bot.prisma.documentLink.count()).toBe(before);
});

test('links that lead nowhere are forgotten, used or not', async () => {
  await press(await link());
  bot.setNow(NOON.add({ minutes: 3 }));
  const living = await link();
  expect(await pruneDocumentLinks(bot.prisma, NOON.add({ minutes: 5 }))).toBeGreaterThan(0);
  expect(await bot.prisma.documentLink.count()).toBe(1);
  expect((await press(living)).status).toBe(200);
});

test.each([
  ['referat-bocentret-2026-11-25.docx', 'attachment; filename="referat-bocentret-2026-11-25.docx"'],
  [
    'referat-møllehuset.docx',
    `attachment; filename="referat-moellehuset.docx"; filename*=UTF-8''referat-m%C3%B8llehuset.docx`,
  ],
  ['a"b\r\nc\'*.docx', `attachment; filename="a-b-c.docx"; filename*=UTF-8''a%22b%0D%0Ac%27%2a.docx`],
])('the name %j goes in a header that every browser reads', (filename, header) => {
  expect(attachment(filename)).toBe(header);
});
