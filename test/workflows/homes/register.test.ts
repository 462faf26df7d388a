/** A dwelling comes into the stock: what is asked, what is refused, and what is warned of. */
import { startTestBot, type TestBot } from '../../fakes/bot.ts';
import { buttonOf, hasButton, inputsOf, type Json, pressButton, said } from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { putDwelling } from '../../fakes/stock.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(() => bot.prisma.dwelling.deleteMany());
afterAll(() => bot.close());

const good = {
  association: 'Boligforeningen Linden',
  department: 'Afdeling 12',
  address: 'Ægirsgade 7, 3. tv.',
  postcode: '2200',
  town: 'København N',
  rooms: '2',
  sizeM2: '54',
  rent: '4.900',
  scheme: 'state_subsidy',
  deposit: '28.500',
  vacantFrom: '1.11.2026',
  answerDueOn: '20.11.2026',
};

const newCard = async (person: PersonName = 'sanne'): Promise<Json> =>
  cardOf((await bot.as(person).say('ny bolig'))[0]);
const register = async (inputs: Json = {}, person: PersonName = 'sanne') =>
  pressButton(bot.as(person), await newCard(person), 'home.register', { ...good, ...inputs });
const stored = () => bot.prisma.dwelling.findMany({ include: { rents: true, estate: true } });

it('asks for it on one card, and shows the dwelling afterwards', async () => {
  const card = await register();
  expect(said(card)).toContain('Boligen er oprettet.');
  expect(said(card)).toContain('2200 København N · Boligforeningen Linden, Afdeling 12');
  expect(said(card)).toContain('2 værelser, 54 m²');
  expect(said(card)).toContain('28.500 kr.');
  expect(await stored()).toMatchObject([
    {
      searchAddress: 'aegirsgade 7 3 tv 2200 koebenhavn n',
      rooms: 2,
      sizeM2: 54,
      scheme: 'state_subsidy',
      depositOere: 2_850_000,
      vacantFrom: new Date('2026-11-01'),
      answerDueOn: new Date('2026-11-20'),
      changedById: bot.town.staffIds.sanne,
      rents: [{ rentOere: 490_000, fromDay: new Date('2026-11-01') }],
      estate: { association: 'Boligforeningen Linden', name: 'Afdeling 12' },
    },
  ]);
});

it('takes an occupied dwelling with neither day nor deposit', async () => {
  const card = await register({ deposit: '', vacantFrom: '', answerDueOn: '' });
  expect(said(card)).toContain('Der bor nogen');
  expect(hasButton(card, 'home.shortlist')).toBe(false);
  const [dwelling] = await stored();
  expect(dwelling).toMatchObject({ vacantFrom: null, answerDueOn: null, depositOere: null });
  expect(dwelling?.rents).toMatchObject([{ fromDay: new Date('2026-11-18') }]);
});

it('finds the department again, however it is spelled', async () => {
  await register();
  await register({ address: 'Ægirsgade 9', association: 'boligforeningen  linden', department: 'AFDELING 12' });
  const dwellings = await stored();
  expect(new Set(dwellings.map(({ estateId }) => estateId)).size).toBe(1);
});

it.each([
  ['a field is blank', { address: ' ' }, 'Skal udfyldes.'],
  ['the postcode is none', { postcode: '22000' }, 'Skriv et postnummer med fire cifre'],
  ['the amount could mean two things', { rent: '4.90' }, 'Skriv et beløb i kroner'],
  ['the rent is nothing', { rent: '0' }, 'Huslejen kan ikke være 0 kr.'],
  ['the scheme is none of ours', { scheme: 'gratis' }, 'Vælg en mulighed.'],
  ['the day is none', { vacantFrom: '31.11.2026' }, 'Skriv en dato'],
  ['the year is mistyped', { answerDueOn: '20.11.2062' }, 'Datoen ligger langt fra i dag.'],
  ['the rooms are too many', { rooms: '22' }, 'Skriv et helt tal, der kan passe'],
] as const)('is refused when %s, with all that was typed kept', async (_when, inputs, problem) => {
  const card = await register(inputs);
  expect(said(card)).toContain(problem);
  const kept = inputsOf(card);
  expect(kept).toMatchObject({ ...good, ...inputs });
  expect(await stored()).toEqual([]);
  expect(said(await pressButton(bot.as('sanne'), card, 'home.register', good))).toContain('Boligen er oprettet.');
});

it('says every problem at once', async () => {
  const card = await register({ postcode: '2', rent: '', rooms: 'to' });
  expect(said(card)).toContain('fire cifre');
  expect(said(card)).toContain('Skal udfyldes.');
  expect(said(card)).toContain('Skriv et helt tal');
});

it('keeps no CPR number, and does not say it again', async () => {
  const card = await register({ address: 'Ægirsgade 7, 010190-1234' });
  expect(said(card)).toContain('Teksten ser ud til at indeholde et CPR-nummer');
  expect(said(card)).not.toContain('010190');
  expect(await stored()).toEqual([]);
});

it('refuses the dwelling that is there already, and opens it', async () => {
  const id = await putDwelling(bot, { address: 'Ægirsgade 7, 3. tv.' });
  const card = await register({ address: 'aegirsgade 7  3 TV', department: 'Afdeling 13' });
  expect(said(card)).toContain('Boligen er allerede oprettet.');
  expect(buttonOf(card, 'home.open')).toMatchObject({ dwellingId: id });
  expect(said(await pressButton(bot.as('sanne'), card, 'home.open'))).toContain('Ægirsgade 7, 3. tv.');
  expect(await stored()).toHaveLength(1);
});

it('leads from a dwelling withdrawn for a mistake back to it, where it is taken in again', async () => {
  await register();
  const first = cardOf((await bot.as('sanne').say('bolig ægirsgade 7'))[0]);
  await pressButton(bot.as('sanne'), first, 'home.withdraw', { reason_withdraw: 'mistake' });
  const card = await register();
  expect(said(card)).toContain('Boligen er oprettet, men trukket tilbage. Åbn den med knappen, og tag den ind igen.');
  expect(said(card)).toContain('Åbn boligen');
  const opened = await pressButton(bot.as('sanne'), card, 'home.open');
  expect(said(opened)).toContain('Trukket tilbage 18. november 2026: Oprettet ved en fejl');
  const back = await pressButton(bot.as('sanne'), opened, 'home.take-back');
  expect(said(back)).toContain('Boligen er taget ind igen.');
  expect(hasButton(back, 'home.shortlist')).toBe(true);
  expect(hasButton(back, 'home.set-facts')).toBe(true);
  expect(await stored()).toMatchObject([{ withdrawnAt: null, withdrawnFor: null }]);
});

it('saves what is above the limit of a permanent subsidy, and warns whenever it is opened', async () => {
  const warning = 'Huslejen på 5.200 kr. er over loftet på 5.000 kr.';
  expect(said(await register({ scheme: 'permanent_subsidy', rent: '5.200' }))).toContain(warning);
  expect(said(await bot.as('sanne').say('bolig ægirsgade 7'))).toContain(warning);
  expect(await stored()).toHaveLength(1);
});

it('pressed twice at once, makes one and shows it both times', async () => {
  const data = buttonOf(await newCard(), 'home.register');
  const answers = await Promise.all([0, 1].map(() => bot.as('sanne').press('home.register', data, good)));
  for (const { card } of answers) expect(said(card)).toContain('Ægirsgade 7, 3. tv.');
  expect(await stored()).toHaveLength(1);
});

it('of two officers who register the same at once, one makes it', async () => {
  const answers = await Promise.all([register(), register({ town: 'københavn n' }, 'ole')]);
  expect(answers.filter((card) => said(card).includes('Boligen er oprettet.'))).toHaveLength(1);
  expect(answers.filter((card) => said(card).includes('Boligen er allerede oprettet.'))).toHaveLength(1);
  expect(await stored()).toHaveLength(1);
});

it('speaks English to those who do', async () => {
  const ole = bot.as('ole');
  await ole.say('sprog en');
  expect(said(await ole.say('new dwelling'))).toContain('Housing association');
  await ole.say('sprog da');
});
