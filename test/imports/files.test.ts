import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describeColumns } from '../../bot/imports/columns.ts';
import { importKinds } from '../../bot/imports/run.ts';
import { example, type Lists, numbersOf, openLists, printed, told, windows1252 } from './lists.ts';

let lists: Lists;
beforeAll(async () => {
  lists = await openLists();
});
afterAll(() => lists.close());

const names = async () => (await lists.prisma.unit.findMany({ orderBy: { code: 'asc' } })).map(({ name }) => name);
const rows = ['Kode;Navn;Type', 'sf;Socialforvaltningen på Æblevej;forvaltning'];

it.each([
  ['UTF-8', Buffer.from(rows.join('\n'))],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${rows.join('\r\n')}`)],
  ['Windows-1252', windows1252(rows.join('\r\n'))],
  ['commas', Buffer.from(rows.join('\n').replaceAll(';', ','))],
  ['tabs', Buffer.from(rows.join('\n').replaceAll(';', '\t'))],
  ['quotes', Buffer.from('"Kode";"Navn";"Type"\n"sf";"Socialforvaltningen på Æblevej";"forvaltning"\n')],
  [
    'blank lines and cells at the end',
    Buffer.from(
      `\n${rows
        .map((row) => `${row};`)
        .join('\n\n')
        .replace('Type;', 'Type')}\n;;;\n`,
    ),
  ],
  [
    'other cases, spaces and letters',
    Buffer.from(rows.join('\n').replace('Kode;Navn;Type', ' ENHEDSKODE ; Navn;enheds-type')),
  ],
])('reads %s', async (_what, content) => {
  expect(told(await lists.load('units', content))).toEqual([]);
  expect(await names()).toEqual(['Socialforvaltningen på Æblevej']);
});

it('reads what only Windows-1252 has, and separators and quotes within fields', async () => {
  const text = 'Kode;Navn;Type\nsf;"Social; ""SF"" – forvaltning";FORVALTNING\n';
  expect(told(await lists.load('units', windows1252(text)))).toEqual([]);
  expect(await names()).toEqual(['Social; "SF" – forvaltning']);
});

it.each<[string, string[] | Buffer, string[]]>([
  ['a missing column', ['Kode;Navn', 'a;b'], ['Linje 1, Type: Kolonnen mangler i filen.']],
  ['a column twice', ['Kode;Navn;Type;Enhedskode', 'a;b;enhed;a'], ['Linje 1, Kode: Kolonnen står to gange i filen.']],
  ['no rows', ['Kode;Navn;Type'], ['Filen har ingen rækker under overskrifterne.']],
  [
    'an open quote',
    ['Kode;Navn;Type', 'a;"b;enhed'],
    [expect.stringContaining('Et anførselstegn er ikke afsluttet') as unknown as string],
  ],
  [
    'too many cells',
    ['Kode;Navn;Type', 'a;b;enhed;mere'],
    [expect.stringContaining('Linje 2: Rækken har flere felter') as unknown as string],
  ],
  ['a spreadsheet', Buffer.from('PK\x03\x04…'), [expect.stringContaining('Filen er et regneark') as unknown as string]],
  ['UTF-16', Buffer.from('\uFEFFKode', 'utf16le'), [expect.stringContaining('UTF-16') as unknown as string]],
])('refuses %s', async (_what, content, expected) => {
  expect(told(await lists.load('units', content))).toEqual(expected);
});

it('names the known columns for an unknown one, without repeating what stands there', async () => {
  const unknown = await lists.load('units', ['Kode;Navn;Type;Hemmelig 010180-1234', 'a;b;enhed;x']);
  expect(told(unknown)).toEqual([
    expect.stringMatching(/^Linje 1, kolonne 4: Kolonnens overskrift kendes ikke.*Kode, Navn, Type/),
  ]);
  const headless = await lists.load('residents', ['B1;Hemmelig Person;0101801234', 'B2;Hemmelig Person;0101801234']);
  expect(told(headless)).toEqual([expect.stringContaining('Ingen af overskrifterne kendes')]);
  for (const result of [unknown, headless]) expect(printed(result)).not.toMatch(/hemmelig|0101/i);
});

it('says when the file is not there', async () => {
  expect(told(await lists.loadFile('units', '/no/such/file.csv'))).toEqual(['Filen findes ikke eller kan ikke læses.']);
});

it('shows how far a long file is', async () => {
  const many = Array.from({ length: 12_000 }, (_, at) => `u${at};Enhed ${at};enhed;sf`);
  const result = await lists.load('units', ['Kode;Navn;Type;Overordnet', ...many], { dryRun: true });
  expect(numbersOf(result)).toMatchObject({ added: 12_000 });
  expect(lists.progress[0]).toBe('Læser: 10.000 rækker');
});

it('loads the examples, and loads them again', async () => {
  const fresh = await openLists();
  try {
    const load = async () => [
      numbersOf(await fresh.loadFile('units', example('enheder.csv'))),
      numbersOf(await fresh.loadFile('staff', example('medarbejdere.csv'))),
      numbersOf(await fresh.loadFile('residents', example('beboere.csv'))),
      numbersOf(await fresh.loadFile('dwellings', example('boliger.csv'))),
      numbersOf(await fresh.loadFile('leases', example('lejemaal.csv'))),
    ];
    const none = { changed: 0, deactivated: 0 };
    expect(await load()).toEqual([8, 7, 5, 5, 2].map((added) => ({ ...none, added, unchanged: 0 })));
    expect(await load()).toEqual([8, 7, 5, 5, 2].map((unchanged) => ({ ...none, added: 0, unchanged })));
  } finally {
    await fresh.close();
  }
});

/** Without what the formatter changes: the width of columns and the mark of emphasis. */
const plain = (markdown: string) =>
  markdown
    .replace(/-{3,}/g, '---')
    .replace(/ +/g, ' ')
    .replace(/[*_]{1,2}([^*_|]+)[*_]{1,2}/g, '$1');

it.each(Object.keys(importKinds) as (keyof typeof importKinds)[])('documents the columns of %s', async (kind) => {
  const guide = await readFile(path.join(import.meta.dirname, '../../docs/import.md'), 'utf8');
  const [, documented = ''] = new RegExp(`<!-- columns: ${kind} -->\\s+([\\s\\S]*?)\\s+<!-- end -->`).exec(guide) ?? [];
  const table = describeColumns(importKinds[kind].columns);
  // Put this between the two comments in docs/import.md, and run `npm run format`.
  expect(plain(documented)).toBe(plain(table));
});
