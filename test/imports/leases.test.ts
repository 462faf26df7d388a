import { randomUUID } from 'node:crypto';
import { defaultRules } from '../../bot/domain/rules.ts';
import { dwellingsWhere } from '../../bot/store/dwellings.ts';
import { toDateColumn } from '../../bot/store/temporal.ts';
import { type Lists, now, numbersOf, openLists, printed, today, told, windows1252 } from './lists.ts';

const JONAS = '6a20c3de-0000-4000-8000-000000000002';
const head =
  'Lejemål-id;Bolig-id;Borger-id;Begyndt den;Indflyttet den;Underskrevet den;Tilskudsordning;Tilskud fra;Basisår;Tilskud pr. måned;Tilskud ophørt;Husleje;Boligstøtte søgt;Indskudslån';

interface Given {
  id: string;
  dwelling: string;
  citizen: string;
  starts: string;
  movedIn: string;
  signed: string;
  scheme: string;
  from: string;
  basis: string;
  monthly: string;
  ended: string;
  rent: string;
  benefit: string;
  loan: string;
}
const row = (given: Partial<Given> = {}): string => {
  const { id = 'L1', dwelling = 'D1', citizen = 'B1', starts = '1.3.2024', movedIn = '', signed = '' } = given;
  const { scheme = '', from = '', basis = '2024', monthly = '', ended = '', rent = '' } = given;
  const { benefit = '', loan = '' } = given;
  const home = [id, dwelling, citizen, starts, movedIn, signed];
  return [...home, scheme, from, basis, monthly, ended, rent, benefit, loan].join(';');
};

let lists: Lists;
beforeEach(async () => {
  lists = await openLists();
  await lists.load('units', [
    'Kode;Navn;Type;Overordnet;Myndighed',
    'sf;SF;forvaltning;;',
    'hjemloese;Hjemløseenheden;enhed;sf;',
    'bocentret;Bocentret;herberg;sf;hjemloese',
  ]);
  await lists.load('staff', ['Entra-objekt-id;Navn;Rolle;Enhed', `${JONAS};Jonas Lind;sagsbehandler;hjemloese`]);
  await lists.load('residents', [
    'Borger-id;Navn;Årsag til manglende CPR;Herberg;Optaget den;Henvist fra;Trin;Trin fra;Sagsbehandler',
    ...['B1', 'B2', 'B3'].map(
      (id) => `${id};Hemmelig ${id};kendes ikke;bocentret;1.1.2024;Kommune;Udredning;1.2.2024;${JONAS}`,
    ),
  ]);
  const dwellings = await lists.load('dwellings', [
    'Bolig-id;Boligorganisation;Afdeling;Adresse;Postnummer;By;Rum;Areal m²;Husleje;Husleje fra;Ordning;Ledig fra',
    'D1;Lærken;Kornvænget;Kornvænget 1;2400;København NV;2;52;4.800;1.1.2026;statsligt huslejetilskud;1.12.2026',
    'D2;Lærken;Kornvænget;Kornvænget 2;2400;København NV;2;52;4.800;1.1.2026;udslusningsbolig;1.12.2026',
    'D3;Lærken;Kornvænget;Kornvænget 3;2400;København NV;2;52;4.800;1.1.2026;ingen;',
  ]);
  expect(told(dwellings)).toEqual([]);
});
afterEach(() => lists.close());

const load = (...rows: string[]) => lists.load('leases', [head, ...rows]);
const lease = (externalId = 'L1') =>
  lists.prisma.lease.findUniqueOrThrow({
    where: { externalId },
    include: { grant: true, duties: { orderBy: { kind: 'asc' } }, referral: { include: { citizen: true } } },
  });
const dwelling = async (externalId = 'D1') => {
  const [found] = await dwellingsWhere(lists.prisma, 'where d.external_id = $1', externalId);
  if (!found) throw new Error('no such dwelling');
  return found;
};
const caseOf = (externalId: string) => lists.prisma.referral.findFirstOrThrow({ where: { citizen: { externalId } } });
const on = (day: string) => new Date(`${day}T00:00:00Z`);
const line = (text: string) => expect.stringMatching(new RegExp(`^Linje ${text}`)) as unknown as string;

it('takes leases in, each with its subsidy, and again changes nothing', async () => {
  const list = [
    row({ signed: '20.2.2024', movedIn: '5.3.2024', rent: '4.600,50' }),
    row({ id: 'L2', dwelling: 'D2', citizen: 'B2', monthly: '1.650', basis: '', ended: '28.2.2027' }),
    row({ id: 'L3', dwelling: 'D3', citizen: 'B3', basis: '' }),
  ];
  expect(numbersOf(await load(...list))).toEqual({ added: 3, changed: 0, unchanged: 0, deactivated: 0 });
  expect(await lease()).toMatchObject({
    ...{ startsOn: on('2024-03-01'), movedInOn: on('2024-03-05'), signedOn: on('2024-02-20'), endsOn: null },
    referral: { citizen: { externalId: 'B1' }, version: 2, changedById: null },
    grant: {
      ...{ scheme: 'state_subsidy', anchorOn: on('2024-03-01'), basisYear: 2024, monthlyOere: null, endedOn: null },
      shares: defaultRules.subsidy.shares,
    },
    duties: [],
  });
  expect(await lease('L2')).toMatchObject({
    movedInOn: on('2024-03-01'),
    grant: { scheme: 'transitional', monthlyOere: 165_000, basisYear: 2024, shares: [], endedOn: on('2027-02-28') },
  });
  expect((await lease('L3')).grant).toBeNull();
  const home = await dwelling();
  expect(home).toMatchObject({ vacantFrom: null, version: 2, lease: { startsOn: expect.anything() as unknown } });
  expect(home.rents.map(({ from, oere }) => [from.toString(), oere])).toEqual([
    ['2024-03-01', 460_050],
    ['2026-01-01', 480_000],
  ]);
  const log = await lists.prisma.accessLog.findMany({ where: { operation: 'import.leases' } });
  expect(log).toHaveLength(3);
  expect(log[0]).toMatchObject({ action: 'add', purpose: 'import', staffId: null });
  expect(log.map(({ referralId }) => referralId)).toContain((await caseOf('B1')).id);

  expect(numbersOf(await load(...list))).toEqual({ added: 0, changed: 0, unchanged: 3, deactivated: 0 });
  expect((await dwelling()).version).toBe(2);
  expect(await lists.prisma.accessLog.count({ where: { operation: 'import.leases' } })).toBe(3);
});

it('keeps the schedule that holds on the day of the subsidy, whatever holds later', async () => {
  const shares = [1_000_000, 500_000, 0];
  const rule = (validFrom: string, value: object) =>
    lists.prisma.datedRule.create({ data: { key: 'subsidy', validFrom: on(validFrom), value, source: 'test' } });
  await rule('2024-02-01', { shares, otherShares: shares });
  await load(row(), row({ id: 'L2', dwelling: 'D2', citizen: 'B2', scheme: 'stat', starts: '1.1.2024' }));
  expect((await lease()).grant?.shares).toEqual(shares);
  expect((await lease('L2')).grant?.shares).toEqual(defaultRules.subsidy.shares);
  await rule('2024-03-01', { shares: [0], otherShares: [0] });
  expect(numbersOf(await load(row({ basis: '2023' })))).toMatchObject({ changed: 1 });
  expect((await lease()).grant).toMatchObject({ shares, basisYear: 2023 });
});

it('counts a subsidy on the terms of its first day, which move with it', async () => {
  const terms = { anchor: 'next_year', rounding: 'krone', partMonth: 'thirtieths' } as const;
  const value = { ...defaultRules.subsidy, ...terms };
  await lists.prisma.datedRule.create({ data: { key: 'subsidy', validFrom: on('2024-02-01'), value, source: 'test' } });
  await load(row());
  const kept = { rounding: 'krone', partMonth: 'thirtieths' };
  expect((await lease()).grant).toMatchObject({ ...kept, startsOn: on('2024-03-01'), anchorOn: on('2025-01-01') });
  expect(numbersOf(await load(row()))).toMatchObject({ unchanged: 1 });
  await load(row({ starts: '1.2.2025' }));
  expect((await lease()).grant).toMatchObject({ ...kept, startsOn: on('2025-02-01'), anchorOn: on('2026-01-01') });
});

it('reads Windows-1252, commas and other headers', async () => {
  const list = ['lejemaalsnr,bolignummer,LEJER,lejet fra,basisår', 'L–1,D1,B1,2024-03-01,2024'];
  expect(told(await lists.load('leases', windows1252(list.join('\r\n'))))).toEqual([]);
  expect((await lease('L–1')).grant).toMatchObject({ scheme: 'state_subsidy' });
});

it('changes what the list says, and leaves what it is silent about', async () => {
  await load(row({ signed: '20.2.2024', movedIn: '5.3.2024' }));
  const silent = ['Lejemål-id;Bolig-id;Borger-id;Begyndt den', 'L1;D1;B1;1.3.2024'];
  expect(numbersOf(await lists.load('leases', silent))).toMatchObject({ unchanged: 1 });
  expect(numbersOf(await load(row({ basis: '' })))).toMatchObject({ unchanged: 1 });
  const ended = await load(row({ ended: '31.10.2026', movedIn: '6.3.2024', rent: '4.500' }));
  expect(numbersOf(ended)).toEqual({ added: 0, changed: 1, unchanged: 0, deactivated: 0 });
  expect(await lease()).toMatchObject({
    ...{ movedInOn: on('2024-03-06'), signedOn: on('2024-02-20'), grant: { endedOn: on('2026-10-31') } },
    referral: { version: 3 },
  });
  expect(await dwelling()).toMatchObject({ version: 3, vacantFrom: null });
  const [latest] = await lists.prisma.accessLog.findMany({ orderBy: { id: 'desc' } });
  expect(latest).toMatchObject({ action: 'change', operation: 'import.leases' });
});

it('moves the days that were the first of the lease along with it', async () => {
  await load(row());
  expect(numbersOf(await load(row({ starts: '1.4.2024' })))).toMatchObject({ changed: 1 });
  expect(await lease()).toMatchObject({ movedInOn: on('2024-04-01'), grant: { anchorOn: on('2024-04-01') } });
});

it('takes a lease that begins in the coming year, and does not say that anybody has moved in', async () => {
  expect(told(await load(row({ starts: '1.12.2026', basis: '2026', benefit: 'nej' })))).toEqual([]);
  expect(await lease()).toMatchObject({ movedInOn: null, duties: [{ dueOn: on('2026-12-29') }] });
  expect((await dwelling()).vacantFrom).toBeNull();
});

it('makes a duty of each nej, and settles what is done since', async () => {
  await load(row({ movedIn: '5.3.2024', benefit: 'nej', loan: 'Ikke relevant' }));
  expect((await lease()).duties).toEqual([
    expect.objectContaining({ kind: 'housing_benefit', dueOn: on('2024-04-02'), settledOn: null, outcome: null }),
  ]);
  expect(numbersOf(await load(row({ benefit: 'nej', loan: '' })))).toMatchObject({ unchanged: 1 });
  expect(numbersOf(await load(row({ benefit: 'ja', loan: 'nej' })))).toMatchObject({ changed: 1 });
  expect((await lease()).duties).toEqual([
    expect.objectContaining({ kind: 'deposit_loan', dueOn: on('2024-04-02'), settledOn: null }),
    expect.objectContaining({ kind: 'housing_benefit', settledOn: toDateColumn(today), outcome: 'done' }),
  ]);
  // What is settled stays so.
  expect(numbersOf(await load(row({ benefit: 'nej', loan: 'nej' })))).toMatchObject({ unchanged: 1 });
  await load(row({ loan: 'ikke relevant' }));
  expect((await lease()).duties[0]).toMatchObject({ outcome: 'not_relevant' });
});

describe('the next follow-up of a case whose home is to be kept', () => {
  const dueAfter = async (given: Partial<Given>, before: string | null = null) => {
    await lists.prisma.stepPass.updateMany({
      where: { endedAt: null, referral: { citizen: { externalId: 'B1' } } },
      data: { step: 'kept-home', dueOn: before && on(before) },
    });
    expect(told(await load(row(given)))).toEqual([]);
    const pass = await lists.prisma.stepPass.findFirstOrThrow({ where: { step: 'kept-home' } });
    return pass.dueOn?.toISOString().slice(0, 10) ?? null;
  };

  it.each<[string, Partial<Given>, string | null]>([
    ['is a month after moving in', { starts: '1.11.2026', movedIn: '10.11.2026' }, '2026-12-10'],
    ['is never before today', { starts: '1.3.2024' }, '2027-03-01'],
    ['is today, when that is the day', { starts: '22.11.2024' }, '2026-11-22'],
    ['is yearly while there is a subsidy', { starts: '1.5.2023' }, '2027-05-01'],
    ['is over with the subsidy', { starts: '1.5.2023', ended: '31.12.2025' }, null],
    ['waits for the moving in', { starts: '1.12.2026' }, null],
  ])('%s', async (_what, given, expected) => {
    expect(await dueAfter(given)).toBe(expected);
  });

  it('ends the stay at the shelter that came before the home, not one that began since', async () => {
    const stays = async () =>
      (
        await lists.prisma.stay.findMany({ where: { citizen: { externalId: 'B1' } }, orderBy: { decidedOn: 'asc' } })
      ).map(({ endedOn }) => endedOn?.toISOString().slice(0, 10) ?? null);
    const [first] = await lists.prisma.stay.findMany({ where: { citizen: { externalId: 'B1' } } });
    if (!first) throw new Error('The resident of the list has no stay');
    await lists.prisma.stay.update({ where: { id: first.id }, data: { decidedOn: on('2024-01-05'), endedOn: null } });
    await dueAfter({ starts: '1.3.2024', movedIn: '1.3.2024' });
    expect(await stays()).toEqual(['2024-03-01']);
    await lists.prisma.stay.create({
      data: { ...first, id: randomUUID(), decidedOn: on('2026-11-01'), endedOn: null },
    });
    expect(numbersOf(await load(row({ starts: '1.3.2024', movedIn: '2.3.2024' })))).toMatchObject({ changed: 1 });
    expect(await stays()).toEqual(['2024-03-01', null]);
  });

  it('stays as somebody has set it', async () => {
    expect(await dueAfter({}, '2026-12-24')).toBe('2026-12-24');
  });
});

it('leaves a lease alone that ended in Hjemvej, and lets the next one in', async () => {
  await load(row());
  await lists.prisma.lease.updateMany({ data: { endsOn: on('2026-10-31'), endReason: 'terminated' } });
  const result = await load(row({ basis: '2023' }), row({ id: 'L2', starts: '1.11.2026' }));
  expect(numbersOf(result)).toEqual({ added: 1, changed: 0, unchanged: 1, deactivated: 0 });
  expect(printed(result)).toContain(`er ophørt i Hjemvej og er ikke ændret. Sag: ${(await caseOf('B1')).number}`);
  expect((await lease()).grant).toMatchObject({ basisYear: 2024 });
});

it('gives the key to a lease that was made in Hjemvej', async () => {
  await load(row());
  await lists.prisma.lease.updateMany({ data: { externalId: null } });
  const result = await load(row({ id: 'L7' }));
  expect(numbersOf(result)).toMatchObject({ added: 0, changed: 1 });
  expect(printed(result)).toContain('har fået listens lejemål-id');
  expect(await lists.prisma.lease.count()).toBe(1);
});

it('writes nothing in a dry run', async () => {
  expect(numbersOf(await lists.load('leases', [head, row()], { dryRun: true }))).toMatchObject({ added: 1 });
  expect(await lists.prisma.lease.count()).toBe(0);
  expect(await dwelling()).toMatchObject({ version: 1 });
});

it('reports every bad row, and then loads none', async () => {
  const result = await load(
    row({ id: 'ok' }),
    row({ id: 'ok', dwelling: 'D2' }),
    row({ id: 'L2', citizen: 'B2' }),
    row({ id: 'L3', dwelling: 'D2', monthly: '1.000' }),
    row({ id: 'L4', dwelling: 'D9', citizen: 'B2' }),
    row({ id: 'L5', dwelling: 'D3', citizen: 'B9' }),
    row({ id: 'L6', dwelling: 'D3', citizen: 'B3', starts: '31.11.2024', monthly: '1,000', basis: '2020' }),
    row({ id: 'L7', dwelling: 'D3', citizen: 'B3', starts: '', benefit: 'måske' }),
    row({ id: '010180-1234', dwelling: 'D3', citizen: 'B3' }),
  );
  expect(told(result)).toEqual([
    line('3, Lejemål-id: Står også på linje: 2'),
    line('4, Bolig-id: Står også på linje: 2'),
    line('5, Borger-id: Står også på linje: 2'),
    line('6, Bolig-id: Boligen findes ikke i Hjemvej'),
    line('7, Borger-id: Borgeren findes ikke i Hjemvej'),
    line('8, Begyndt den: Er ikke en dato'),
    line('8, Basisår: Er ikke et helt tal inden for: 2021-2099'),
    line('8, Tilskud pr. måned: Er ikke et beløb'),
    line('9, Begyndt den: Skal udfyldes'),
    line('9, Boligstøtte søgt: Kendes ikke. Vælg en af: ja, nej, ikke relevant'),
    line('10, Lejemål-id: Feltet ser ud til at indeholde et CPR-nummer'),
  ]);
  expect(printed(result)).not.toMatch(/hemmelig|010180/i);
  expect(await lists.prisma.lease.count()).toBe(0);
});

it.each<[string, Partial<Given>, string[]]>([
  ['begins before the state subsidy', { starts: '28.2.2023' }, ['Begyndt den: Det statslige .* før 1.3.2023']],
  ['begins far ahead', { starts: '23.11.2027' }, ['Begyndt den: Datoen ligger mere end et år']],
  [
    'knows the future',
    { movedIn: '23.11.2026', signed: '23.11.2026' },
    ['Indflyttet den: Datoen ligger i fremtiden', 'Underskrevet den: Datoen ligger i fremtiden'],
  ],
  [
    'has days out of order',
    { movedIn: '28.2.2024', from: '28.2.2024' },
    ['Indflyttet den: Datoen ligger før lejemålets', 'Tilskud fra: Datoen ligger før lejemålets'],
  ],
  ['has a subsidy that ended before it began', { ended: '28.2.2024' }, ['Tilskud ophørt: Datoen ligger før tilsk']],
  ['has no basis year', { basis: '' }, ['Basisår: Skal udfyldes, når tilskuddet er statsligt']],
  ['has a monthly amount too', { monthly: '1.000' }, ['Tilskud pr. måned: Skal være tom, når tilskuddet er statsligt']],
  ['lacks the monthly amount', { scheme: 'permanent' }, ['Tilskud pr. måned: Skal udfyldes']],
  [
    'has a subsidy of nothing',
    { scheme: 'ingen', from: '1.3.2024', monthly: '0', ended: '1.3.2025' },
    ['Tilskud fra', 'Basisår', 'Tilskud pr. måned', 'Tilskud ophørt'].map((name) => `${name}: Skal være tom`),
  ],
])('refuses a lease that %s', async (_what, given, problems) => {
  expect(told(await load(row(given)))).toEqual(problems.map((problem) => line(`2, ${problem}`)));
});

it('takes a lease from before the state subsidy with another one', async () => {
  expect(told(await load(row({ starts: '1.2.2023', scheme: 'udslusning', monthly: '0' })))).toEqual([]);
});

it('refuses what does not fit the leases that run', async () => {
  await load(row());
  expect(told(await load(row({ id: 'L2', citizen: 'B2' })))).toEqual([
    line('2, Bolig-id: Boligen har et andet lejemål'),
  ]);
  const second = row({ id: 'L2', dwelling: 'D2', monthly: '1' });
  expect(told(await load(second))).toEqual([line('2, Borger-id: Borgeren har et andet lejemål')]);
  expect(told(await load(row({ dwelling: 'D2' })))).toEqual([line('2, Bolig-id: Lejemålet gælder en anden bolig')]);
  expect(told(await load(row({ citizen: 'B2' })))).toEqual([line('2, Borger-id: Lejemålet er en anden borgers')]);
  const without = row({ scheme: 'ingen', basis: '' });
  expect(told(await load(without))).toEqual([line('2, Tilskudsordning: Lejemålet har et tilskud')]);
});

it('refuses a lease of what is offered, and of a citizen without an open case', async () => {
  const { id: referralId } = await caseOf('B2');
  const { id: dwellingId } = await dwelling();
  const day = toDateColumn(today);
  await lists.prisma.offer.create({ data: { referralId, dwellingId, offeredOn: day, answerDueOn: day } });
  const closedAt = new Date(now.epochMilliseconds);
  await lists.prisma.referral.update({ where: { id: (await caseOf('B3')).id }, data: { closedAt } });
  const result = await load(
    row(),
    row({ id: 'L2', dwelling: 'D2', citizen: 'B2', monthly: '1' }),
    row({ id: 'L3', dwelling: 'D3', citizen: 'B3', basis: '' }),
  );
  expect(told(result)).toEqual([
    line('2, Bolig-id: Boligen er tilbudt'),
    line('3, Borger-id: Borgeren har et boligtilbud'),
    line('4, Borger-id: Borgeren har ingen åben sag'),
  ]);
});
