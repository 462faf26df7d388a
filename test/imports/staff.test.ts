import { type Lists, now, numbersOf, openLists, printed, told } from './lists.ts';

const id = (number: number) => `6a20c3de-0000-4000-8000-${String(number).padStart(12, '0')}`;
const head = 'Entra-objekt-id;Navn;Rolle;Enhed;Sprog;Aktiv';
const list = [
  head,
  `${id(1)};Anders Kjær;administrator;sf;;`,
  `${id(2)};Jonas Lind;sagsbehandler;hjemloese;;ja`,
  `${id(3)};Mette Holm;Herbergsmedarbejder;bocentret;engelsk;`,
  `${id(3)};Mette Holm;leder;bocentret;engelsk;`,
];

let lists: Lists;
beforeEach(async () => {
  lists = await openLists();
  await lists.load('units', [
    'Kode;Navn;Type;Overordnet;Myndighed',
    'sf;SF;forvaltning;;',
    'hjemloese;Hjemløseenheden;enhed;sf;',
    'bocentret;Bocentret;herberg;sf;hjemloese',
  ]);
});
afterEach(() => lists.close());

const people = async () => {
  const found = await lists.prisma.staff.findMany({
    include: { assignments: { include: { unit: true } } },
    orderBy: { aadObjectId: 'asc' },
  });
  return found.map(({ name, searchName, language, active, assignments }) => ({
    ...{ name, searchName, language, active },
    roles: assignments.map(({ role, unit }) => `${role}@${unit.code}`).sort(),
  }));
};

it('loads people with all their roles, again and again', async () => {
  expect(numbersOf(await lists.load('staff', list))).toMatchObject({ added: 3 });
  expect(await people()).toEqual([
    { name: 'Anders Kjær', searchName: 'anders kjaer', language: 'da', active: true, roles: ['administrator@sf'] },
    { name: 'Jonas Lind', searchName: 'jonas lind', language: 'da', active: true, roles: ['caseworker@hjemloese'] },
    {
      ...{ name: 'Mette Holm', searchName: 'mette holm', language: 'en', active: true },
      roles: ['manager@bocentret', 'shelter_staff@bocentret'],
    },
  ]);
  expect(numbersOf(await lists.load('staff', list))).toEqual({ added: 0, changed: 0, unchanged: 3, deactivated: 0 });
});

it('replaces the roles of those on the list, and leaves the others alone', async () => {
  await lists.load('staff', list);
  const next = await lists.load('staff', [
    'objektid;NAVN;rolle;enhed'.replace('objektid', 'Objekt-id'),
    `${id(3)};Mette Holm Bak;kontrol;sf`,
  ]);
  expect(numbersOf(next)).toEqual({ added: 0, changed: 1, unchanged: 0, deactivated: 0 });
  expect((await people())[2]).toMatchObject({ name: 'Mette Holm Bak', language: 'en', roles: ['auditor@sf'] });
  expect(await people()).toHaveLength(3);
});

it('writes nothing in a dry run', async () => {
  expect(numbersOf(await lists.load('staff', list, { dryRun: true }))).toMatchObject({ added: 3 });
  expect(await people()).toEqual([]);
});

it('deactivates the missing, keeps their cases and lists them', async () => {
  await lists.load('staff', list);
  const caseworker = await lists.prisma.staff.findUniqueOrThrow({ where: { aadObjectId: id(2) } });
  const unit = await lists.prisma.unit.findUniqueOrThrow({ where: { code: 'bocentret' } });
  const at = new Date(now.epochMilliseconds);
  const { id: citizenId } = await lists.prisma.citizen.create({ data: { name: 'Hemmelig', searchName: 'hemmelig' } });
  const shared = { citizenId, unitId: unit.id, shelterId: unit.id, wayVersion: 1, openedAt: at, changedAt: at };
  const { number } = await lists.prisma.referral.create({ data: { ...shared, caseworkerId: caseworker.id } });

  const full = [head, ...list.slice(1).filter((line) => !line.includes('Jonas'))];
  const dry = await lists.load('staff', full, { deactivateMissing: true, dryRun: true });
  expect(numbersOf(dry)).toMatchObject({ deactivated: 1 });
  expect((await people())[1]?.active).toBe(true);

  const result = await lists.load('staff', full, { deactivateMissing: true });
  expect(numbersOf(result)).toEqual({ added: 0, changed: 0, unchanged: 2, deactivated: 1 });
  expect(printed(result)).toContain(`${id(2)} har åbne sager, der skal overdrages: ${number}`);
  expect((await people())[1]).toMatchObject({ active: false, roles: ['caseworker@hjemloese'] });
  const [open] = await lists.prisma.referral.findMany();
  expect(open?.caseworkerId).toBe(caseworker.id);

  expect(numbersOf(await lists.load('staff', list))).toMatchObject({ changed: 1 });
  expect((await people())[1]?.active).toBe(true);
});

it('takes somebody off who is listed as inactive, with or without roles', async () => {
  await lists.load('staff', list);
  const result = await lists.load('staff', [head, `${id(2)};Jonas Lind;;;;nej`]);
  expect(numbersOf(result)).toMatchObject({ changed: 0, deactivated: 1 });
  expect((await people())[1]).toMatchObject({ active: false });
});

it('refuses to leave nobody, or no administrator', async () => {
  await lists.load('staff', list);
  const others = [head, `${id(9)};Ny Person;administrator;sf;;`];
  expect(told(await lists.load('staff', others, { deactivateMissing: true }))).toEqual([
    expect.stringContaining('alle ville blive gjort inaktive'),
  ]);
  const last = 'Efter denne import ville der ikke være nogen aktiv administrator. Intet er indlæst.';
  expect(told(await lists.load('staff', [head, list[2] ?? ''], { deactivateMissing: true }))).toEqual([last]);
  expect(told(await lists.load('staff', [head, `${id(1)};Anders Kjær;kontrol;sf;;`]))).toEqual([last]);
  expect((await people()).every(({ active }) => active)).toBe(true);
});

it('reports every bad row, and then loads none', async () => {
  const result = await lists.load('staff', [
    head,
    `${id(1)};A;leder;sf;;`,
    `${id(1)};B;leder;bocentret;engelsk;nej`,
    `${id(1)};A;leder;sf;;`,
    `${id(2)};C;konge;sf;;`,
    `${id(3)};D;leder;slot;;`,
    `${id(4)};E;;;;`,
    `ikke-et-id;F;leder;sf;;måske`,
    `${id(5)};Hemmelig 010180-1234;leder;sf;;`,
  ]);
  expect(told(result)).toEqual([
    'Linje 3, Navn: Er ikke det samme som på personens første række, linje: 2',
    'Linje 3, Sprog: Er ikke det samme som på personens første række, linje: 2',
    'Linje 3, Aktiv: Er ikke det samme som på personens første række, linje: 2',
    'Linje 4, Rolle: Står også på linje: 2',
    expect.stringMatching(/^Linje 5, Rolle: Kendes ikke. Vælg en af: herbergsmedarbejder/),
    'Linje 6, Enhed: Enheden findes hverken i Hjemvej eller i filen.',
    'Linje 7, Rolle: Skal udfyldes, når personen er aktiv.',
    'Linje 7, Enhed: Skal udfyldes, når personen er aktiv.',
    expect.stringMatching(/^Linje 8, Entra-objekt-id: Er ikke et objekt-id/),
    'Linje 8, Aktiv: Kendes ikke. Vælg en af: ja, nej',
    expect.stringMatching(/^Linje 9, Navn: Feltet ser ud til at indeholde et CPR-nummer/),
  ]);
  expect(printed(result)).not.toMatch(/hemmelig|010180/i);
  expect(await people()).toEqual([]);
});
