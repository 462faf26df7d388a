import { type Dwelling, dwellingsWhere, freeDwellings } from '../../bot/store/dwellings.ts';
import { toDateColumn } from '../../bot/store/temporal.ts';
import { searchName } from '../../bot/text/normalise.ts';
import { type Lists, now, numbersOf, openLists, printed, today, told, windows1252 } from './lists.ts';

const head =
  'Bolig-id;Boligorganisation;Afdeling;Adresse;Postnummer;By;Rum;Areal m²;Husleje;Husleje fra;Ordning;Ledig fra;Svarfrist;Beboerindskud;Områdetype;Område fra';

interface Given {
  id: string;
  association: string;
  estate: string;
  address: string;
  postcode: string;
  rooms: string;
  size: string;
  rent: string;
  rentFrom: string;
  scheme: string;
  vacant: string;
  due: string;
  deposit: string;
  area: string;
  areaFrom: string;
}
const row = (given: Partial<Given> = {}): string => {
  const { id = 'D1', association = 'Lærken', estate = 'Kornvænget', address = 'Kornvænget 4, 1. tv.' } = given;
  const { postcode = '2400', rooms = '2', size = '52', rent = '4.812,50', rentFrom = '' } = given;
  const { scheme = 'statsligt huslejetilskud', vacant = '1.12.2026', due = '', deposit = '' } = given;
  const { area = '', areaFrom = '' } = given;
  const place = [id, association, estate, address, postcode, 'København NV', rooms, size];
  return [...place, rent, rentFrom, scheme, vacant, due, deposit, area, areaFrom].join(';');
};

let lists: Lists;
beforeEach(async () => {
  lists = await openLists();
});
afterEach(() => lists.close());

const load = (...rows: string[]) => lists.load('dwellings', [head, ...rows]);
const dwelling = async (externalId = 'D1'): Promise<Dwelling> => {
  const [found] = await dwellingsWhere(lists.prisma, 'where d.external_id = $1', externalId);
  if (!found) throw new Error('no such dwelling');
  return found;
};
const rentsOf = async () => (await dwelling()).rents.map(({ from, oere }) => [from.toString(), oere]);
const areasOf = async () =>
  (await dwelling()).areas.map(({ type, from, to }) => [type, from.toString(), to?.toString() ?? null]);

/** A case with an offer of the dwelling, or a lease of it. */
async function give(what: 'offer' | 'lease', dwellingId: string): Promise<void> {
  const at = new Date(now.epochMilliseconds);
  const unit = await lists.prisma.unit.create({ data: { code: 'u', name: 'U', kind: 'unit', path: '/u/' } });
  const { id: citizenId } = await lists.prisma.citizen.create({ data: { name: 'Gitte', searchName: 'gitte' } });
  const { id: referralId } = await lists.prisma.referral.create({
    data: { citizenId, unitId: unit.id, shelterId: unit.id, wayVersion: 1, openedAt: at, changedAt: at },
  });
  const day = toDateColumn(today);
  if (what === 'offer') {
    await lists.prisma.offer.create({ data: { referralId, dwellingId, offeredOn: day, answerDueOn: day } });
  } else await lists.prisma.lease.create({ data: { referralId, dwellingId, startsOn: day, createdAt: at } });
}

it('takes a dwelling in, with its estate and its rent', async () => {
  const list = [
    row({ due: '4.12.2026', deposit: '18.000', area: 'Udsat boligområde', areaFrom: '1.12.2024' }),
    row({ id: 'D2', address: 'Kornvænget 4, 2. th.', rent: '4520', rentFrom: '1.1.2026', vacant: '', scheme: 'ingen' }),
  ];
  expect(numbersOf(await load(...list))).toEqual({ added: 2, changed: 0, unchanged: 0, deactivated: 0 });
  const first = await dwelling();
  expect(first).toMatchObject({
    ...{ version: 1, estate: { association: 'Lærken', name: 'Kornvænget' }, address: 'Kornvænget 4, 1. tv.' },
    ...{
      postcode: '2400',
      town: 'København NV',
      rooms: 2,
      sizeM2: 52,
      scheme: 'state_subsidy',
      depositOere: 1_800_000,
    },
  });
  expect([first.vacantFrom?.toString(), first.answerDueOn?.toString()]).toEqual(['2026-12-01', '2026-12-04']);
  expect(await rentsOf()).toEqual([['2026-12-01', 481_250]]);
  expect(await areasOf()).toEqual([['deprived', '2024-12-01', null]]);
  expect((await dwelling('D2')).rents.map(({ from }) => from.toString())).toEqual(['2026-01-01']);
  expect((await freeDwellings(lists.prisma)).map(({ externalId }) => externalId)).toEqual(['D1']);
  const stored = await lists.prisma.dwelling.findUniqueOrThrow({ where: { externalId: 'D1' } });
  expect(stored.searchAddress).toBe(searchName('Kornvænget 4, 1. tv. 2400 København NV'));
  expect(await lists.prisma.estate.count()).toBe(1);

  expect(numbersOf(await load(...list))).toEqual({ added: 0, changed: 0, unchanged: 2, deactivated: 0 });
  expect((await dwelling()).version).toBe(1);
});

it.each([
  ['statsligt huslejetilskud', 'state_subsidy'],
  ['UDSLUSNINGSBOLIG', 'transitional'],
  ['Kommunalt huslejetilskud', 'transitional'],
  ['permanent-tilskud', 'permanent_subsidy'],
  ['Ingen', 'none'],
])('knows the scheme %s', async (scheme, code) => {
  expect(told(await load(row({ scheme })))).toEqual([]);
  expect((await dwelling()).scheme).toBe(code);
});

it('reads Windows-1252, with other headers and numbers of a spreadsheet', async () => {
  const list = [
    'BOLIGNUMMER,boligselskab,afdeling,adresse,postnr,by,antal rum,AREAL M2,maanedlig husleje,tilskudsordning',
    'D1,Lærken – Nord,Kornvænget,"Kornvænget 4, 1. tv.",2400,København NV,"2,00","52,0","4.812,50 kr.",udslusning',
  ];
  expect(told(await lists.load('dwellings', windows1252(list.join('\r\n'))))).toEqual([]);
  expect(await dwelling()).toMatchObject({ estate: { association: 'Lærken – Nord' }, rooms: 2, sizeM2: 52 });
});

it('changes what the list says, raises the version, and leaves what a missing column would say', async () => {
  await load(row({ due: '4.12.2026', deposit: '18.000', rentFrom: '1.1.2026' }));
  const next =
    'Bolig-id;Boligorganisation;Afdeling;Adresse;Postnummer;By;Rum;Areal;Husleje;Husleje fra;Ordning;Svarfrist';
  const list = [next, 'D1;lærken;KORNVÆNGET;Kornvænget 4, 1. t.v.;2400;København NV;3;55;4.812,50;1.1.2026;ingen;'];
  expect(numbersOf(await lists.load('dwellings', list))).toEqual({
    added: 0,
    changed: 1,
    unchanged: 0,
    deactivated: 0,
  });
  const changed = await dwelling();
  expect(changed).toMatchObject({
    ...{ version: 2, estate: { association: 'Lærken', name: 'Kornvænget' }, address: 'Kornvænget 4, 1. t.v.' },
    ...{ rooms: 3, sizeM2: 55, scheme: 'none', answerDueOn: null, depositOere: 1_800_000, changedBy: null },
  });
  expect(changed.vacantFrom?.toString()).toBe('2026-12-01');
  expect(changed.changedAt.equals(now)).toBe(true);
  expect(numbersOf(await lists.load('dwellings', list))).toMatchObject({ unchanged: 1 });
  await load(row({ vacant: '' }));
  expect(await dwelling()).toMatchObject({ vacantFrom: null, depositOere: null });
});

describe('the rent', () => {
  const rents = async (...given: Partial<Given>[]) => {
    for (const one of given) expect(told(await load(row(one)))).toEqual([]);
    return rentsOf();
  };

  it('of a new day is added, and of the same day corrected', async () => {
    const list = [
      { rentFrom: '1.1.2026', rent: '4.700' },
      { rentFrom: '1.1.2027', rent: '4.900' },
      { rentFrom: '1.1.2026', rent: '4.750' },
    ];
    expect(await rents(...list)).toEqual([
      ['2026-01-01', 475_000],
      ['2027-01-01', 490_000],
    ]);
    expect((await dwelling()).version).toBe(3);
  });

  it('without a day holds from the vacancy, or from today', async () => {
    expect(await rents({ rent: '4.700' }, { rent: '4.800' })).toEqual([['2026-12-01', 480_000]]);
    expect(await rents({ vacant: '', rent: '4.900' })).toEqual([
      ['2026-11-22', 490_000],
      ['2026-12-01', 480_000],
    ]);
  });

  it('without a day says nothing new when it holds already, and rewrites nothing before a later one', async () => {
    expect(
      await rents(
        { rentFrom: '1.1.2026', rent: '4.700', vacant: '1.10.2026' },
        { rentFrom: '1.11.2026', rent: '4.800', vacant: '1.10.2026' },
        { rent: '4.800', vacant: '1.10.2026' },
        { rent: '4.850', vacant: '1.10.2026' },
      ),
    ).toEqual([
      ['2026-01-01', 470_000],
      ['2026-11-01', 480_000],
      ['2026-11-22', 485_000],
    ]);
  });
});

describe('the area type', () => {
  const other = { id: 'D2', address: 'Kornvænget 6' };

  it('is of the whole estate, from the latest 1 December, and ends what stood before', async () => {
    expect(numbersOf(await load(row(), row({ ...other, area: 'parallelsamfund' })))).toMatchObject({ added: 2 });
    expect(await areasOf()).toEqual([['parallel', '2025-12-01', null]]);
    expect(numbersOf(await load(row(), row({ ...other, area: 'parallelsamfund' })))).toMatchObject({ unchanged: 2 });
    expect(numbersOf(await load(row(), row(other)))).toMatchObject({ unchanged: 2 });

    const moved = await load(row({ area: 'forebyggelsesområde', areaFrom: '1.11.2026' }), row(other));
    expect(numbersOf(moved)).toMatchObject({ changed: 2 });
    expect((await dwelling('D2')).version).toBe(2);
    const both = [
      ['parallel', '2025-12-01', '2026-10-31'],
      ['prevention', '2026-11-01', null],
    ];
    expect(await areasOf()).toEqual(both);
    expect(numbersOf(await load(row({ area: 'forebyggelsesområde' })))).toMatchObject({ unchanged: 1 });
    await load(row({ area: 'ingen', areaFrom: '15.11.2026' }));
    expect(await areasOf()).toEqual([both[0], ['prevention', '2026-11-01', '2026-11-14']]);
    expect(numbersOf(await load(row({ area: 'ingen' })))).toMatchObject({ changed: 1 });
    expect(await areasOf()).toEqual([]);
  });

  it('begins on another day when the list says so', async () => {
    await load(row({ area: 'omdannelsesområde' }));
    await load(row({ area: 'omdannelsesområde', areaFrom: '1.12.2023' }));
    expect(await areasOf()).toEqual([['conversion', '2023-12-01', null]]);
  });
});

it.each(['offer', 'lease'] as const)('leaves the vacancy of a dwelling with an %s, and says so', async (what) => {
  await load(row());
  await give(what, (await dwelling()).id);
  const result = await load(row({ vacant: '1.1.2027', rooms: '3' }));
  expect(numbersOf(result)).toMatchObject({ changed: 1 });
  expect(printed(result)).toContain('”Ledig fra” er ikke brugt. Linje: 2');
  const after = await dwelling();
  expect([after.vacantFrom?.toString(), after.rooms]).toEqual(['2026-12-01', 3]);
  expect(after[what]).not.toBeNull();
});

it('gives the key to a dwelling that was made in Hjemvej, and leaves one that was taken out', async () => {
  await load(row());
  const data = { externalId: null, withdrawnAt: new Date(now.epochMilliseconds), withdrawnFor: 'sold' };
  await lists.prisma.dwelling.updateMany({ data });
  const result = await load(row({ id: 'ny', address: 'kornvænget 4 1 tv' }));
  expect(numbersOf(result)).toEqual({ added: 0, changed: 1, unchanged: 0, deactivated: 0 });
  expect(printed(result)).toContain('har fået listens bolig-id. Linje: 2');
  expect(printed(result)).toContain('ikke taget ind igen. Linje: 2');
  expect((await dwelling('ny')).withdrawnAt).not.toBeNull();
  expect(await freeDwellings(lists.prisma)).toEqual([]);
});

it('writes nothing in a dry run', async () => {
  const list = [head, row({ area: 'udsat' })];
  expect(numbersOf(await lists.load('dwellings', list, { dryRun: true }))).toMatchObject({ added: 1 });
  expect([await lists.prisma.dwelling.count(), await lists.prisma.estate.count()]).toEqual([0, 0]);
});

it('reports every bad row, and then loads none', async () => {
  const elsewhere = (number: number, given: Partial<Given> = {}) =>
    row({ id: `X${number}`, address: `Andenvej ${number}`, ...given });
  await load(row({ id: 'gammel', address: 'Gammelvej 1' }), row({ id: 'flytter', address: 'Gammelvej 2' }));
  const result = await load(
    row(),
    row({ address: 'Andenvej 1' }),
    row({ id: 'D3', address: 'KORNVÆNGET 4, 1 tv' }),
    row({ id: 'D4', estate: 'Møllegården' }),
    row({ id: 'D5', address: 'Gammelvej 1' }),
    row({ id: 'flytter', address: 'Gammelvej 1.' }),
    elsewhere(6, { rent: '4,800' }),
    elsewhere(7, { rent: '0', deposit: '2.000.000' }),
    elsewhere(8, { rooms: '0', size: '52 kvm' }),
    elsewhere(9, { postcode: '240' }),
    elsewhere(10, { scheme: 'gratis' }),
    elsewhere(11, { area: 'udsat', areaFrom: '1.12.2026' }),
    elsewhere(12, { area: 'ingen' }),
    elsewhere(13, { areaFrom: '1.12.2025' }),
    elsewhere(14, { rentFrom: '31.2.2026', vacant: 'snart' }),
    elsewhere(15, { association: 'Hemmelig 010180-1234' }),
  );
  const line = (text: string) => expect.stringMatching(new RegExp(`^Linje ${text}`)) as unknown as string;
  expect(told(result)).toEqual([
    line('3, Bolig-id: Står også på linje: 2'),
    line('4, Adresse: Står også på linje: 2'),
    line('5, Adresse: Står også på linje: 2'),
    line('6, Adresse: Adressen findes i Hjemvej'),
    line('7, Adresse: Står også på linje: 6'),
    line('8, Husleje: Er ikke et beløb i kroner'),
    line('9, Husleje: Er ikke et beløb i kroner'),
    line('9, Beboerindskud: Er ikke et beløb i kroner'),
    line('10, Rum: Er ikke et helt tal inden for: 1-20'),
    line('10, Areal m²: Er ikke et helt tal inden for: 5-1000'),
    line('11, Postnummer: Er ikke et postnummer'),
    line('12, Ordning: Kendes ikke. Vælg en af: statsligt huslejetilskud, udslusningsbolig, permanent tilskud, ingen'),
    line('13, Område fra: Datoen ligger i fremtiden'),
    line('14, Områdetype: Er ikke det samme .* linje: 13'),
    line('14, Område fra: Er ikke det samme .* linje: 13'),
    line('15, Områdetype: Skal udfyldes'),
    line('16, Husleje fra: Er ikke en dato'),
    line('16, Ledig fra: Er ikke en dato'),
    line('17, Boligorganisation: Feltet ser ud til at indeholde et CPR-nummer'),
  ]);
  expect(printed(result)).not.toMatch(/hemmelig|010180/i);
  expect(await lists.prisma.dwelling.count()).toBe(2);
  const moves = await load(row({ id: 'flytter', address: 'Gammelvej 1.' }));
  expect(told(moves)).toEqual([line('2, Adresse: Adressen findes i Hjemvej')]);
  const otherPostcode = await load(row({ id: 'D6', address: 'Gammelvej 1', postcode: '2300' }));
  expect(told(otherPostcode)).toEqual([line('2, Adresse: Adressen findes i Hjemvej')]);
});

it('loads nothing when an address on the list is taken in Hjemvej meanwhile', async () => {
  await load(row({ id: 'D0', address: 'Kornvænget 2' }));
  const made = Promise.withResolvers<void>();
  let loading: ReturnType<typeof load> | undefined;
  await lists.prisma.$transaction(async (tx) => {
    const { id: estateId } = await tx.estate.findFirstOrThrow();
    const place = { estateId, address: 'Kornvænget 4, 1. tv.', searchAddress: '', postcode: '2400', town: 'K' };
    const changedAt = new Date(now.epochMilliseconds);
    await tx.dwelling.create({ data: { ...place, rooms: 1, sizeM2: 30, scheme: 'none', changedAt } });
    loading = load(row({ id: 'D2', address: 'Kornvænget 6' }), row());
    setTimeout(() => made.resolve(), 500);
    await made.promise;
  });
  expect(told((await loading) ?? (await load()))).toEqual([expect.stringMatching(/mens den blev indlæst.*Prøv igen/)]);
  expect(await lists.prisma.dwelling.count()).toBe(2);
});
