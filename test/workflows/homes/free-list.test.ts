/** `ledige boliger`: which, in what order, and what was understood. */
import { startTestBot, type TestBot } from '../../fakes/bot.ts';
import { buttonOf, hasButton, type Json, pressButton, putCase, said } from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { putDwelling, putLease, putOffer } from '../../fakes/stock.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(async () => {
  await bot.prisma.lease.deleteMany();
  await bot.prisma.offer.deleteMany();
  await bot.prisma.dwelling.deleteMany();
});
afterAll(() => bot.close());

const list = async (typed = 'ledige boliger'): Promise<Json> => cardOf((await bot.as('sanne').say(typed))[0]);
const titleOf = (card: Json) => (card['body'] as Json[])[0]?.['text'];
/** The streets on the card, in its order. */
const streets = (card: Json): string[] =>
  [...said(card).matchAll(/"([\p{L}]+(?:vej|gade)) \d+, \d{4}/gu)].map(([, street]) => street ?? '');

describe('the filters', () => {
  beforeEach(async () => {
    await putDwelling(bot, { address: 'Dyrvej 1', rent: 620_000, rooms: 3, vacantFrom: '2026-10-01' });
    await putDwelling(bot, { address: 'Billigvej 2', rent: 500_000, rooms: 2, vacantFrom: '2026-10-02' });
    await putDwelling(bot, {
      address: 'Søndervej 3',
      rent: 480_000,
      rooms: 2,
      vacantFrom: '2026-10-03',
      postcode: '2500',
      town: 'Valby',
      association: 'Boligselskabet Eg',
    });
  });

  it.each([
    ['ledige boliger', 'Ledige boliger', ['Dyrvej', 'Billigvej', 'Søndervej']],
    ['ledige boliger under 5000', 'Ledige boliger under 5.000 kr.', ['Søndervej']],
    ['ledige boliger op til 5 000 kr', 'Ledige boliger til højst 5.000 kr.', ['Billigvej', 'Søndervej']],
    ['Ledige boliger max 4.900 kr.', 'Ledige boliger til højst 4.900 kr.', ['Søndervej']],
    ['ledige boliger 2 rum', 'Ledige boliger: 2 værelser', ['Billigvej', 'Søndervej']],
    ['ledige boliger med 3 værelser', 'Ledige boliger: 3 værelser', ['Dyrvej']],
    ['ledige boliger nørrebro', 'Ledige boliger: Nørrebro', ['Dyrvej', 'Billigvej']],
    ['ledige boliger norrebro', 'Ledige boliger: Nørrebro', ['Dyrvej', 'Billigvej']],
    ['ledige boliger i Valby', 'Ledige boliger: Valby', ['Søndervej']],
    ['ledige boliger boligselskabet eg', 'Ledige boliger: boligselskabet eg', ['Søndervej']],
    [
      'ledige boliger to rum på Nørrebro højst 5.000,-',
      'Ledige boliger til højst 5.000 kr., 2 værelser, Nørrebro',
      ['Billigvej'],
    ],
    ['free dwellings under 5001 2200', 'Ledige boliger under 5.001 kr., 2200', ['Billigvej']],
  ] as const)('%j', async (typed, title, expected) => {
    const card = await list(typed);
    expect(titleOf(card)).toBe(title);
    expect(streets(card)).toEqual(expected);
  });

  it('that find nothing say so, and how to see all', async () => {
    const answer = said(await bot.as('sanne').say('ledige boliger under 100'));
    expect(answer).toContain('Ledige boliger under 100 kr.: der er ingen lige nu. Skriv ledige boliger');
  });

  it('with an amount that could be two are asked about', async () => {
    for (const amount of ['4.80', '4,800'])
      expect(said(await bot.as('sanne').say(`ledige boliger under ${amount}`))).toContain(
        'Beløbet forstår jeg ikke helt.',
      );
  });
});

it('has rent, net rent, rooms, department, days vacant and the answer that is due', async () => {
  await putDwelling(bot, { address: 'Tagensvej 12', answerDueOn: '2026-11-16' });
  await putDwelling(bot, { address: 'Udslusvej 1', scheme: 'transitional' });
  const card = await list();
  expect(said(card)).toContain('Husleje 4.900 kr., efter tilskud 3.486,25 kr. (skøn)');
  expect(said(card)).toContain('"Husleje 4.900 kr."');
  expect(said(card)).toContain('2 værelser · Boligforeningen Linden, Afdeling 12 · ledig i 17 dage');
  expect(said(card)).toContain('Frist til boligorganisationen 16. november 2026 (2 dage over fristen)');
  expect(said(card)).toContain('Ingen frist fra boligorganisationen');
});

it('leaves out what is let, offered, withdrawn or lived in', async () => {
  const [offered, accepted, let_, withdrawn, answered] = await Promise.all(
    ['Tilbudsvej 1', 'Javej 1', 'Lejevej 1', 'Trukketvej 1', 'Nejvej 1'].map((address) =>
      putDwelling(bot, { address }),
    ),
  );
  await putDwelling(bot, { address: 'Beboetvej 1', vacantFrom: null });
  await putOffer(bot, offered ?? '', await putCase(bot, 'decision'));
  await putOffer(bot, accepted ?? '', await putCase(bot, 'decision'), 'accepted');
  await putLease(bot, let_ ?? '', await putCase(bot, 'decision'));
  await putOffer(bot, answered ?? '', await putCase(bot, 'decision'), 'declined');
  const data = { withdrawnAt: new Date(), withdrawnFor: 'unfit' };
  await bot.prisma.dwelling.update({ where: { id: withdrawn ?? '' }, data });
  expect(streets(await list())).toEqual(['Nejvej']);
});

it('has answers that are due soon or overdue first, then the longest vacant', async () => {
  await putDwelling(bot, { address: 'Nyvej 1', vacantFrom: '2026-11-10' });
  await putDwelling(bot, { address: 'Gammelvej 1', vacantFrom: '2026-08-01', answerDueOn: '2027-01-15' });
  await putDwelling(bot, { address: 'Snartvej 1', vacantFrom: '2026-11-15', answerDueOn: '2026-11-24' });
  await putDwelling(bot, { address: 'Forsentvej 1', vacantFrom: '2026-11-16', answerDueOn: '2026-11-12' });
  expect(streets(await list())).toEqual(['Forsentvej', 'Snartvej', 'Gammelvej', 'Nyvej']);
});

it('is paged by ten, within the filter', async () => {
  for (let number = 1; number <= 12; number++) await putDwelling(bot, { address: `Langvej ${number}` });
  await putDwelling(bot, { address: 'Dyrvej 1', rent: 700_000 });
  const first = await list('ledige boliger under 5000');
  expect(said(first)).toContain('1–10 af 12.');
  const second = await pressButton(bot.as('sanne'), first, 'home.list', {}, { offset: 10 });
  expect(titleOf(second)).toBe('Ledige boliger under 5.000 kr.');
  expect(streets(second)).toHaveLength(2);
  const back = await pressButton(bot.as('sanne'), second, 'home.list', {}, { offset: 0 });
  expect(streets(back)).toEqual(streets(first));
  expect(new Set([...streets(first), ...streets(second)])).toEqual(new Set(['Langvej']));
});

it('opens a dwelling, and offers to register one to those who may', async () => {
  await putDwelling(bot, { address: 'Tagensvej 12' });
  const card = await list();
  expect(hasButton(card, 'home.new')).toBe(true);
  expect(said(await bot.as('sanne').press('home.open', buttonOf(card, 'home.open')))).toContain('Husleje i dag');
  expect(hasButton(cardOf((await bot.as('jonas').say('ledige boliger'))[0]), 'home.new')).toBe(false);
});
