import { type Lists, numbersOf, openLists, told } from './lists.ts';

const head = 'Kode;Navn;Type;Overordnet;Myndighed;Aftale fra';
let lists: Lists;
beforeEach(async () => {
  lists = await openLists();
});
afterEach(() => lists.close());

const paths = async () =>
  Object.fromEntries((await lists.prisma.unit.findMany()).map(({ code, path }) => [code, path]));

const tree = [
  head,
  'bocentret;Bocentret;herberg;voksne;hjemloese;', // above the one it lies below
  'sf;SF;forvaltning;;;',
  'hjemloese;Hjemløseenheden;enhed;sf;;',
  'voksne;Borgercenter Voksne;enhed;sf;;',
  'sporsloejfen;Sporsløjfen;selvejende herberg;;hjemloese;1.3.2026',
];

it('builds the tree, and moves what lies below along', async () => {
  expect(numbersOf(await lists.load('units', tree))).toMatchObject({ added: 5 });
  expect(await paths()).toMatchObject({ bocentret: '/sf/voksne/bocentret/', sporsloejfen: '/sporsloejfen/' });
  const moved = await lists.load('units', [head, 'voksne;Borgercenter Voksne;enhed;hjemloese;;', tree[2] ?? '']);
  expect(numbersOf(moved)).toEqual({ added: 0, changed: 2, unchanged: 1, deactivated: 0 });
  expect(await paths()).toMatchObject({
    voksne: '/sf/hjemloese/voksne/',
    bocentret: '/sf/hjemloese/voksne/bocentret/',
  });
  const found = await lists.prisma.unit.findUnique({ where: { code: 'bocentret' }, include: { authority: true } });
  expect(found?.authority?.code).toBe('hjemloese');
});

it('leaves what a missing column would say, and empties what an empty cell says', async () => {
  await lists.load('units', tree);
  await lists.load('units', ['Kode;Navn;Type', 'sporsloejfen;Sporsløjfen, WeShelter;selvejende']);
  const one = () => lists.prisma.unit.findUniqueOrThrow({ where: { code: 'sporsloejfen' } });
  expect((await one()).agreementFrom?.toISOString().slice(0, 10)).toBe('2026-03-01');
  await lists.load('units', ['Kode;Navn;Type;Aftale fra', 'sporsloejfen;Sporsløjfen, WeShelter;selvejende;']);
  expect(await one()).toMatchObject({ name: 'Sporsløjfen, WeShelter', agreementFrom: null });
});

it('writes nothing in a dry run', async () => {
  expect(numbersOf(await lists.load('units', tree, { dryRun: true }))).toMatchObject({ added: 5 });
  expect(await lists.prisma.unit.count()).toBe(0);
});

it('reports every bad row, and then loads none', async () => {
  const result = await lists.load('units', [
    head,
    'sf;SF;forvaltning;;;',
    'a;A;enhed;b;;',
    'b;B;enhed;a;;',
    'c;C;enhed;c;;',
    'd;D;enhed;findes-ikke;;',
    'e;E;herberg;sf;;',
    'f;F;herberg;sf;e;',
    'g;G;enhed;sf;sf;1.1.2026',
    'sf;SF igen;forvaltning;;;',
    'i;I;slot;sf;;',
    'j k;J;enhed;sf;;',
    'l;;enhed;sf;;31.2.2026',
  ]);
  expect(told(result)).toEqual([
    'Linje 3, Overordnet: Enheden ligger under sig selv.',
    'Linje 4, Overordnet: Enheden ligger under sig selv.',
    'Linje 5, Overordnet: Enheden ligger under sig selv.',
    'Linje 6, Overordnet: Enheden findes hverken i Hjemvej eller i filen.',
    'Linje 7, Myndighed: Et herberg skal have en myndighed, som tager imod dets beboere.',
    'Linje 8, Myndighed: Et herberg kan ikke være myndighed.',
    'Linje 9, Myndighed: Kun herberger har en myndighed.',
    'Linje 9, Aftale fra: Kun selvejende herberger har en aftale.',
    'Linje 10, Kode: Står også på linje: 2',
    expect.stringMatching(/^Linje 11, Type: Kendes ikke. Vælg en af: forvaltning, enhed/),
    expect.stringMatching(/^Linje 12, Kode: Er ikke en enhedskode/),
    'Linje 13, Navn: Skal udfyldes.',
    'Linje 13, Aftale fra: Er ikke en dato. Skriv den som 3.3.2027.',
  ]);
  expect(await lists.prisma.unit.count()).toBe(0);
});
