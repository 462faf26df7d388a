import { example, type Lists, now, numbersOf, openLists, told } from './lists.ts';

const head = 'År;Beløb;Kilde';
let lists: Lists;
beforeEach(async () => {
  lists = await openLists();
});
afterEach(() => lists.close());

const load = (...rows: string[]) => lists.load('rates', [head, ...rows]);
const stored = async () =>
  (await lists.prisma.rate.findMany({ orderBy: { year: 'asc' } })).map(
    ({ scheme, year, amountOere }) => `${scheme} ${year} ${amountOere}`,
  );
/** Came with the program. */
const BEFORE = ['state_subsidy 2021 1500000', 'state_subsidy 2023 1696500'];

it('adds the years that are new, corrects those that are known, and again changes nothing', async () => {
  const list = ['2024;17.400;Bekendtgørelse nr. 1', '2025;17.850,50;Brev', '2023;16.970;Rettelse'];
  expect(numbersOf(await load(...list))).toEqual({ added: 2, changed: 1, unchanged: 0, deactivated: 0 });
  expect(await stored()).toEqual([
    ...['state_subsidy 2021 1500000', 'state_subsidy 2023 1697000'],
    ...['state_subsidy 2024 1740000', 'state_subsidy 2025 1785050'],
  ]);
  expect(await lists.prisma.rate.findFirst({ where: { year: 2024 } })).toMatchObject({
    ...{ source: 'Bekendtgørelse nr. 1', enteredById: null, enteredAt: new Date(now.epochMilliseconds) },
  });
  expect(numbersOf(await load(...list))).toEqual({ added: 0, changed: 0, unchanged: 3, deactivated: 0 });
});

it('corrects the source alone, and then nobody has entered it in the chat any more', async () => {
  const { id } = await lists.prisma.staff.create({
    data: { aadObjectId: '5f0c1f5e-0000-4000-8000-000000000001', name: 'Lene Leder', searchName: 'lene leder' },
  });
  await lists.prisma.rate.updateMany({ where: { year: 2023 }, data: { enteredById: id } });
  expect(numbersOf(await load('2023;16.965;Bekendtgørelse nr. 2'))).toMatchObject({ changed: 1 });
  expect(await lists.prisma.rate.findFirst({ where: { year: 2023 } })).toMatchObject({
    ...{ amountOere: 1_696_500, source: 'Bekendtgørelse nr. 2', enteredById: null },
  });
});

it('takes the example, which says what is known already', async () => {
  expect(numbersOf(await lists.loadFile('rates', example('satser.csv')))).toMatchObject({ unchanged: 2, added: 0 });
});

it('writes nothing in a dry run', async () => {
  const result = await lists.load('rates', [head, '2024;17.400;Brev'], { dryRun: true });
  expect(numbersOf(result)).toMatchObject({ added: 1 });
  expect(await stored()).toEqual(BEFORE);
});

it('reports every bad row, and then loads none', async () => {
  const result = await lists.load('rates', [
    `${head};Ordning`,
    '2024;17.400;Brev;statsligt huslejetilskud',
    '2024;17.500;Brev;',
    '2028;17.400;Brev;',
    '2020;17.400;Brev;',
    '2025;1.450;Brev;',
    '2026;174.000;Brev;',
    '2027;17.400;;',
    '2022;mange;Brev;',
    '2022;17.400;Brev;permanent tilskud',
  ]);
  expect(told(result)).toEqual([
    'Linje 3, År: Står også på linje: 2',
    'Linje 4, År: Beløbet kan tidligst være kendt året før.',
    'Linje 5, År: Er ikke et helt tal inden for: 2021-2099',
    'Linje 6, Beløb: Beløbet ligger langt fra de andre års. Tjek det; det er om året, ikke om måneden.',
    'Linje 7, Beløb: Beløbet ligger langt fra de andre års. Tjek det; det er om året, ikke om måneden.',
    'Linje 8, Kilde: Skal udfyldes.',
    'Linje 9, Beløb: Er ikke et beløb i kroner, eller er for lille eller for stort. Skriv det som 4.800,50.',
    'Linje 10, Ordning: Kendes ikke. Vælg en af: statsligt huslejetilskud',
  ]);
  expect(await stored()).toEqual(BEFORE);
});
