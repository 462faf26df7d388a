/** The minutes as Word reads them: unzipped, its XML parsed. */
import { createRequire } from 'node:module';
import { Temporal } from '../../../bot/domain/time.ts';
import type { Locale } from '../../../bot/text/words.ts';
import { minutesDocument, minutesFilename } from '../../../bot/workflows/review/minutes-document.ts';
import type { Minutes, MinutesItem } from '../../../bot/workflows/review/minutes.ts';
import { exampleMinutes } from '../../fakes/minutes.ts';
import { unzip } from '../../fakes/zip.ts';

const require = createRequire(import.meta.url);
const { JSDOM } = require('jsdom') as { JSDOM: new () => { window: { DOMParser: new () => DOMParser } } };
const { DOMParser } = new JSDOM().window;

async function read(minutes: Minutes, locale: Locale = 'da') {
  const files = unzip(await minutesDocument(minutes, locale));
  const parsed = [...files].map(([name, xml]) => {
    const { documentElement } = new DOMParser().parseFromString(xml, 'text/xml');
    expect([name, documentElement.nodeName]).not.toContain('parsererror');
    return [name, documentElement] as const;
  });
  const xml = new Map(parsed);
  const body = xml.get('word/document.xml')!;
  const paragraphs = [...body.getElementsByTagName('w:p')].map((paragraph) => ({
    style: paragraph.getElementsByTagName('w:pStyle')[0]?.getAttribute('w:val') ?? '',
    text: textOf(paragraph),
  }));
  const tables = [...body.getElementsByTagName('w:tbl')].map((table) =>
    [...table.getElementsByTagName('w:tr')].map((row) => [...row.getElementsByTagName('w:tc')].map(textOf)),
  );
  const styled = (style: string) => paragraphs.filter((one) => one.style === style).map(({ text }) => text);
  return { files, xml, body, tables, styled, text: paragraphs.map(({ text }) => text).join('\n') };
}

/** As it reads: a tab as a tab, a break as one. */
function textOf(element: Element): string {
  return [...element.getElementsByTagName('*')]
    .filter(({ parentElement }) => parentElement?.nodeName === 'w:r')
    .map(({ nodeName, textContent }) => ({ 'w:t': textContent, 'w:tab': '\t', 'w:br': '\n' })[nodeName] ?? '')
    .join('');
}

const withItem = (changes: Partial<MinutesItem>): Minutes => ({
  ...exampleMinutes,
  items: [{ ...exampleMinutes.items[0]!, ...changes }],
});

test('the top says what, where, when, who and how it went', async () => {
  const { styled } = await read(exampleMinutes);
  expect(styled('Title')).toEqual(['Referat af beboergennemgang']);
  expect(styled('Subtitle')).toEqual(['Bocentret, 25. november 2026 (uge 48)']);
  expect(styled('Fact').slice(0, 3)).toEqual([
    'Til stede\tHans Ask, Mette Holm, Bo Bang og Jonas Lind',
    'Ikke til stede\tSanne Krogh',
    'Holdt\tkl. 10.02 til kl. 11.34, afsluttet af Hans Ask',
  ]);
  expect(styled('Key')).toEqual(['12 drøftet, 9 uændret, 2 ikke nået; 3 nye aftaler']);
});

test('its headings are headings that Word knows', async () => {
  const { styled } = await read(exampleMinutes);
  expect(styled('Heading1')).toEqual(['Drøftet (12)', 'Uændret (9)', 'Ikke nået (2)', 'Alle åbne aftaler (5)']);
  expect(styled('Heading2')).toEqual([
    'Sag 142 · Udredning',
    'Sag 155 · Tilbud om bolig',
    'Sag 161 · Indskrivning',
    'Øvrige, uden noter og nye aftaler',
  ]);
});

test('what is agreed stands with its case, and all that is open at the end, the earliest first', async () => {
  const { tables } = await read(exampleMinutes);
  expect(tables[0]).toEqual([
    ['Hvad', 'Hvem', 'Hvornår'],
    ['Følg med til lægen kl. 10, og tag kortet med', 'Bo Bang', '2.12.2026'],
    ['Send ansøgningen om boligindskud', 'Jonas Lind', '27.11.2026'],
  ]);
  expect(tables[1]?.map((row) => row.at(-1))).toEqual([
    'Status',
    'Udført',
    'Opgivet: Ikke længere relevant',
    'Åben, over fristen',
  ]);
  expect(tables.at(-1)?.map(([number, , , due]) => [number, due])).toEqual([
    ['Sag', 'Hvornår'],
    ['142', '20.11.2026 (over fristen)'],
    ['155', '26.11.2026'],
    ['142', '27.11.2026'],
    ['142', '2.12.2026'],
    ['208', '4.12.2026'],
  ]);
});

test('every case stands in it, under what became of it', async () => {
  const { tables, text } = await read(exampleMinutes);
  for (const { caseNumber } of exampleMinutes.items) expect(text).toMatch(new RegExp(`\\b${caseNumber}\\b`));
  const numbers = tables.map((rows) => rows.slice(1).map(([first]) => first));
  expect(numbers.at(-3)).toEqual(['201', '202', '203', '205', '208', '211', '214', '219', '220']);
  expect(numbers.at(-2)).toEqual(['230', '231']);
  expect(text).toContain('“resten uændret”');
});

test('what was written about a case that was not reached is not lost', async () => {
  const { styled, text } = await read(withItem({ reached: 'not-reached', outcome: '', decidedBy: '' }));
  expect(styled('Heading1')[0]).toBe('Ikke nået (1)');
  expect(styled('Heading2')).toEqual(['Sag 142 · Udredning']);
  expect(text).toContain('Vil gerne have Bo med.');
  expect(text).not.toContain('Udfald');
});

test('what people typed comes out literally, without what nobody sees', async () => {
  const typed = '<b>fed</b> & "citat" &amp; **ikke** {{DATE(2026-12-02)}} {tag} </w:t> åøæ 🙂';
  const { styled } = await read(
    withItem({ notes: [{ author: 'Mette', text: `${typed}\r\nlinje\u0000 to\u202e\ud800\uffff\u001b\n` }] }),
  );
  expect(styled('Note')).toEqual([`Mette: ${typed}\nlinje to\ufffd`]);
});

test('a review of nobody, without an end on its day, can be written down', async () => {
  const { text, tables } = await read({
    ...exampleMinutes,
    startedAt: null,
    closedAt: Temporal.Instant.from('2026-11-26T08:10:00Z'),
    attended: [],
    items: [],
  });
  expect(text).toContain('Til stede\tingen');
  expect(text).toContain('Holdt\tafsluttet 26. november kl. 09.10 af Hans Ask');
  expect(text).toContain('Der er ingen åbne aftaler.');
  expect(tables).toEqual([]);
});

test('of a review that nobody closed names nobody', async () => {
  const { text } = await read({ ...exampleMinutes, closedBy: '' });
  expect(text).toContain('ikke afsluttet før den næste dagsorden blev lavet');
  expect((await read({ ...exampleMinutes, closedBy: '', startedAt: null })).text).toContain('Holdt\tnej');
});

test('A4, header rows that repeat, and page numbers in the footer', async () => {
  const { body, xml, tables } = await read(exampleMinutes);
  const size = body.getElementsByTagName('w:pgSz')[0];
  expect([size?.getAttribute('w:w'), size?.getAttribute('w:h')]).toEqual(['11906', '16838']);
  expect(body.getElementsByTagName('w:tblHeader')).toHaveLength(tables.length);
  const footer = xml.get('word/footer1.xml')!;
  expect(textOf(footer)).toBe('Bocentret, 25.11.2026\tSide  af ');
  expect(footer.textContent).toMatch(/PAGE.*NUMPAGES/s);
});

test.each([
  ['da', 'da-DK', 'Referat af beboergennemgang', /Drøftet|Aftalt nu|Uændret/],
  ['en', 'en-GB', 'Minutes of the review of residents', /Discussed|Agreed now|Unchanged/],
] as const)('in %s: its language, its words, and nobody in its properties', async (locale, language, title, own) => {
  const { files, text } = await read(exampleMinutes, locale);
  expect(files.get('word/styles.xml')).toContain(`<w:lang w:val="${language}"/>`);
  expect(text).toMatch(own);
  if (locale === 'en') expect(text).not.toMatch(/Drøftet|Aftalt|Hvornår|Sag \d/);
  const properties = [...files].filter(([name]) => name.startsWith('docProps/')).map(([, xml]) => xml);
  expect(properties.join('')).toContain('<dc:creator>Hjemvej</dc:creator>');
  expect(properties.join('')).toContain(`<dc:title>${title}</dc:title>`);
  for (const name of [...exampleMinutes.attended, 'Un-named']) expect(properties.join('')).not.toContain(name);
});

test('nobody is named but staff: all other words are ours, or were typed', async () => {
  const mark = (name: string) => `«${name}»`;
  const { text } = await read({
    ...withItem({ notes: [], agreed: [], earlier: [], decidedBy: mark('b') }),
    closedBy: mark('a'),
    attended: [mark('c')],
    absent: [mark('d')],
  });
  expect(text.match(/«.»/g)?.sort()).toEqual(['«a»', '«b»', '«c»', '«d»']);
});

test('the file says what it is, in letters of its place', () => {
  expect(minutesFilename(exampleMinutes, 'da')).toBe('referat-bocentret-2026-11-25.docx');
  expect(minutesFilename({ ...exampleMinutes, shelter: 'Møllehuset / "Å"' }, 'en')).toBe(
    'minutes-møllehuset-å-2026-11-25.docx',
  );
});
