/** The card of a dwelling: its facts, what may be changed of it, and what stands in the way. */
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import { buttonOf, hasButton, inputsOf, type Json, pressButton, putCase, said } from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { putDwelling, putLease, putOffer } from '../../fakes/stock.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(async () => {
  await bot.prisma.lease.deleteMany();
  await bot.prisma.offer.deleteMany();
  await bot.prisma.dwelling.deleteMany();
  await bot.prisma.estate.deleteMany();
});
afterAll(() => bot.close());

const open = async (person: PersonName = 'sanne', typed = 'Tagensvej 12'): Promise<Json> =>
  cardOf((await bot.as(person).say(`bolig ${typed}`))[0]);
const press = async (verb: string, inputs: Json = {}, card?: Json, person: PersonName = 'sanne') =>
  pressButton(bot.as(person), card ?? (await open(person)), verb, inputs);
const put = (more: Partial<Parameters<typeof putDwelling>[1]> = {}) =>
  putDwelling(bot, { address: 'Tagensvej 12, 3. tv.', ...more });

describe('the facts', () => {
  it('are the rent today and after the subsidy, the days and kroner it stands empty, and how late the answer is', async () => {
    await put({ answerDueOn: '2026-11-16' });
    const card = said(await open());
    expect(card).toContain('4.900 kr. om måneden');
    expect(card).toContain('3.486,25 kr. (skøn)');
    // 18 of November's 30 days.
    expect(card).toContain('november 2026 (18 dage; kommunen har betalt 2.940 kr. i tomgangsleje)');
    expect(card).toContain('november 2026 (2 dage over fristen)');
    expect(card).toContain('Ledig');
  });

  it('give no net rent where the scheme alone does not tell it', async () => {
    await put({ scheme: 'transitional' });
    expect(said(await open())).not.toContain('Efter tilskud');
  });

  it('are the number of the case that has it, for those who may see the case alone, and that is logged', async () => {
    const id = await put();
    const offered = await putCase(bot, 'decision', { caseworker: 'karla' });
    await putOffer(bot, id, offered);
    expect(said(await open())).toContain(`Tilbudt en borger, svar senest 24. november 2026 (sag ${offered.number})`);
    const svend = said(await open('svend'));
    expect(svend).toContain('Tilbudt en borger');
    expect(svend).not.toContain(String(offered.number));
    const seen = await bot.prisma.accessLog.findMany({ where: { operation: 'homes.see' } });
    expect(seen).toMatchObject([{ staffId: bot.town.staffIds.sanne, referralId: offered.id, action: 'read' }]);
  });

  it('are never a name', async () => {
    const id = await put();
    const leased = await putCase(bot, 'decision', { name: 'Vibeke Ydun' });
    await putLease(bot, id, leased);
    const card = await open('jonas');
    expect(said(card)).toContain(`Lejet ud fra 15. november 2026 (sag ${leased.number})`);
    expect(said(card)).not.toContain('Vibeke');
    expect(buttonOf(card, 'case.open')).toMatchObject({ caseId: leased.id });
  });
});

describe('the rent', () => {
  it('changes from a day on, and the same day corrects it', async () => {
    await put();
    const card = await press('home.set-rent', { rentFrom: '1.4.2027', rent: '5.050' });
    expect(said(card)).toContain('Huslejen er gemt.');
    expect(said(card)).toContain('5.050 kr. fra 1. april 2027');
    const corrected = await press('home.set-rent', { rentFrom: '1.4.2027', rent: '5.060' }, card);
    expect(said(corrected)).toContain('5.060 kr. fra 1. april 2027');
    expect(said(corrected)).not.toContain('5.050');
    const past = await press('home.set-rent', { rentFrom: '1.11.2026', rent: '5.000' }, corrected);
    expect(said(past)).toContain('5.000 kr. om måneden');
    expect(await bot.prisma.rentChange.count()).toBe(3);
  });

  it.each([
    [{ rentFrom: '', rent: '5.050' }, 'Skal udfyldes.'],
    [{ rentFrom: '1.4.2072', rent: '5.050' }, 'Datoen ligger langt fra i dag.'],
    [{ rentFrom: '1.4.2027', rent: '50.50' }, 'Skriv et beløb i kroner'],
    [{ rentFrom: '1.4.2027', rent: '0' }, 'Huslejen kan ikke være 0 kr.'],
  ])('is refused for %j, said on top and at the field, with the input kept', async (inputs, problem) => {
    await put();
    const card = await press('home.set-rent', inputs);
    expect(card['body']).toMatchObject([{ style: 'attention' }, ...Array.from({ length: 3 }, () => ({}))]);
    expect(said(card).split(problem).length).toBeGreaterThan(2);
    expect(inputsOf(card)).toMatchObject(inputs);
    expect(await bot.prisma.rentChange.count()).toBe(1);
  });

  it('changes while somebody lives there', async () => {
    const id = await put();
    await putLease(bot, id, await putCase(bot, 'decision'));
    expect(said(await press('home.set-rent', { rentFrom: '1.4.2027', rent: '5.050' }))).toContain('Huslejen er gemt.');
  });
});

describe('what was registered wrongly', () => {
  const facts = {
    address: ' Tagensvej  21, 1. th. ',
    postcode: 'DK-2400',
    town: 'København NV',
    rooms: '3',
    sizeM2: '71',
    scheme: 'permanent_subsidy',
    deposit: '31.000,50',
  };
  const stored = () => bot.prisma.dwelling.findFirstOrThrow({ orderBy: { id: 'asc' } });
  /** The inputs as the card shows them, changed by some. */
  const factsBut = (card: Json, more: Json): Json => ({ ...inputsOf(card), ...more });

  it('is corrected on the card, which shows what stands there', async () => {
    await put({ depositOere: 2_850_050 });
    const card = await open();
    expect(said(card)).toContain('Ret oplysninger');
    expect(inputsOf(card)).toMatchObject({
      ...{ address: 'Tagensvej 12, 3. tv.', postcode: '2200', town: 'København N', rooms: '2', sizeM2: '54' },
      ...{ scheme: 'state_subsidy', deposit: '28500,5' },
    });
    const after = await press('home.set-facts', facts, card);
    for (const text of ['Oplysningerne er rettet.', 'Tagensvej 21, 1. th.', '2400 København NV', '3 værelser, 71 m²'])
      expect(said(after)).toContain(text);
    expect(await stored()).toMatchObject({
      ...{ address: 'Tagensvej 21, 1. th.', searchAddress: 'tagensvej 21 1 th 2400 koebenhavn nv', postcode: '2400' },
      ...{ rooms: 3, sizeM2: 71, scheme: 'permanent_subsidy', depositOere: 3_100_050, version: 2 },
      changedById: bot.town.staffIds.sanne,
    });
    expect(said(await open('sanne', 'tagensvej 21'))).toContain('31.000,50 kr.');
    expect(await bot.prisma.accessLog.count({ where: { operation: 'homes.set-facts', action: 'change' } })).toBe(1);
  });

  it.each([
    [{ address: ' ' }, 'Skal udfyldes.'],
    [{ postcode: '22000' }, 'Skriv et postnummer med fire cifre'],
    [{ rooms: '22' }, 'Skriv et helt tal, der kan passe'],
    [{ deposit: '28.50' }, 'Skriv et beløb i kroner'],
    [{ scheme: 'gratis' }, 'Vælg en mulighed.'],
  ])('stays for %j, with what was typed kept', async (wrong, problem) => {
    await put();
    const typed = { ...facts, ...wrong };
    const card = await press('home.set-facts', typed);
    expect(said(card).split(problem).length).toBeGreaterThan(2);
    expect(inputsOf(card)).toMatchObject(typed);
    expect(await stored()).toMatchObject({ address: 'Tagensvej 12, 3. tv.', version: 1 });
  });

  it('takes no address that another dwelling has, and opens that one; its own may be spelled anew', async () => {
    await put();
    const other = await put({ address: 'Tagensvej 21, 1. th.', postcode: '2400' });
    const card = await press('home.set-facts', facts);
    expect(said(card)).toContain('Adressen har en anden bolig allerede. Åbn den med knappen.');
    expect(inputsOf(card)).toMatchObject(facts);
    expect(buttonOf(card, 'home.open')).toMatchObject({ dwellingId: other });
    expect(said(await press('home.open', {}, card))).toContain('2400 København N');
    const again = await press(
      'home.set-facts',
      factsBut(card, { address: 'Tagensvej 12, 3 TV', postcode: '2200' }),
      card,
    );
    expect(said(again)).toContain('Oplysningerne er rettet.');
    expect(hasButton(again, 'home.open')).toBe(false);
    expect(await stored()).toMatchObject({ address: 'Tagensvej 12, 3 TV' });
  });

  it('takes an address for one of two who are corrected to it at once', async () => {
    await put();
    await put({ address: 'Tagensvej 14' });
    const cards = [await open(), await open('sanne', 'Tagensvej 14')];
    const answers = await Promise.all(cards.map((card) => press('home.set-facts', facts, card)));
    expect(answers.filter((card) => said(card).includes('Oplysningerne er rettet.'))).toHaveLength(1);
    expect(answers.filter((card) => said(card).includes('Adressen har en anden bolig'))).toHaveLength(1);
  });

  it.each([
    ['offered', putOffer, 'kan ikke rettes, mens boligen er tilbudt en borger.'],
    ['let', putLease, 'kan ikke rettes, mens boligen er lejet ud.'],
  ] as const)('is corrected but for rooms, size and scheme while the dwelling is %s', async (_what, give, problem) => {
    const id = await put();
    await give(bot, id, await putCase(bot, 'decision'));
    const card = await open();
    for (const more of [{ rooms: '3' }, { sizeM2: '71' }, { scheme: 'none' }]) {
      const refused = await press('home.set-facts', factsBut(card, more), card);
      expect(said(refused)).toContain(problem);
      expect(inputsOf(refused)).toMatchObject(more);
    }
    expect(await stored()).toMatchObject({ rooms: 2, version: 1 });
    const more = { address: 'Tagensvej 12, 3. th.', deposit: '30.000' };
    expect(said(await press('home.set-facts', factsBut(card, more), card))).toContain('Oplysningerne er rettet.');
    expect(await stored()).toMatchObject({ address: 'Tagensvej 12, 3. th.', depositOere: 3_000_000 });
  });

  it('is kept on a stale card, and waits while the dwelling is withdrawn', async () => {
    await put();
    const card = await open();
    await press('home.set-rent', { rentFrom: '1.4.2027', rent: '5.050' }, await open('ole'), 'ole');
    const stale = await press('home.set-facts', facts, card);
    expect(said(stale)).toContain('Ole Skov har ændret boligen');
    expect(inputsOf(stale)).toMatchObject(facts);
    await bot.prisma.dwelling.updateMany({ data: { withdrawnAt: new Date(), withdrawnFor: 'mistake' } });
    expect(said(await press('home.set-facts', facts, stale))).toContain('Boligen er trukket tilbage.');
    expect(hasButton(await open(), 'home.set-facts')).toBe(false);
    expect(await stored()).toMatchObject({ rooms: 2 });
  });

  it('has no more buttons than Teams shows', async () => {
    await put();
    expect((await open())['actions']).toHaveLength(6);
    expect(hasButton(await open('jonas'), 'home.set-facts')).toBe(false);
  });
});

describe('a tenancy that ended', () => {
  const moved = 'Fraflyttet 12. november 2026; skriv Ledig fra, når boligorganisationen tilbyder boligen igen';
  const putEnded = async (lease: { movedInOn?: Date; endsOn: Date }) => {
    const dwellingId = await put({ vacantFrom: null });
    const id = await putLease(bot, dwellingId, await putCase(bot, 'decision'), '2026-02-01');
    await bot.prisma.lease.update({ where: { id }, data: lease });
    return dwellingId;
  };
  const livedIn = { movedInOn: new Date('2026-02-01'), endsOn: new Date('2026-11-12') };

  it('leaves the dwelling moved out of, and says what comes next', async () => {
    await putEnded(livedIn);
    await put({ address: 'Tagensvej 14' });
    const card = await open();
    expect(said(card)).toContain(moved);
    expect(said(card)).not.toContain('Der bor nogen');
    expect(hasButton(card, 'home.shortlist')).toBe(false);
    expect(said(await open('sanne', 'tagensvej'))).toContain(moved);
    expect(said(await bot.as('sanne').say('hvorfor ikke tagensvej 12'))).toContain(`Status: ${moved}.`);
    const free = await press('home.set-dates', { vacantFrom: '1.12.2026', answerDueOn: '' }, card);
    expect(said(free)).not.toContain('Fraflyttet');
    expect(hasButton(free, 'home.shortlist')).toBe(true);
  });

  it('is not over before its last day, nor is anybody gone who never moved in', async () => {
    const dwellingId = await putEnded({ ...livedIn, endsOn: new Date('2026-11-30') });
    expect(said(await open())).toContain('Der bor nogen');
    await bot.prisma.lease.updateMany({ where: { dwellingId }, data: { ...livedIn, movedInOn: null } });
    expect(said(await open())).toContain('Der bor nogen');
  });

  it('is history once the dwelling is withdrawn or let again', async () => {
    const dwellingId = await putEnded(livedIn);
    await putLease(bot, dwellingId, await putCase(bot, 'decision'));
    expect(said(await open())).toContain('Lejet ud fra 15. november 2026');
    await bot.prisma.lease.deleteMany({ where: { endsOn: null } });
    const data = { withdrawnAt: new Date(), withdrawnFor: 'needed_by_association' };
    await bot.prisma.dwelling.update({ where: { id: dwellingId }, data });
    const card = await open();
    expect(said(card)).toContain('Trukket tilbage');
    expect(said(card)).not.toContain('Fraflyttet');
  });
});

describe('an old card', () => {
  it('changes nothing, and what was typed comes along', async () => {
    await put();
    const card = await open();
    await press('home.set-rent', { rentFrom: '1.4.2027', rent: '5.050' }, await open('ole'), 'ole');
    const answer = await press('home.set-rent', { rentFrom: '1.5.2027', rent: '6.000' }, card);
    expect(said(answer)).toContain('Ole Skov har ændret boligen');
    expect(inputsOf(answer)).toMatchObject({ rentFrom: '1.5.2027', rent: '6.000' });
    expect(await bot.prisma.rentChange.count()).toBe(2);
    expect(said(await press('home.set-rent', { rentFrom: '1.5.2027', rent: '6.000' }, answer))).toContain(
      'Huslejen er gemt.',
    );
  });

  it('pressed twice changes it once', async () => {
    await put();
    const data = buttonOf(await open(), 'home.withdraw');
    const both = [0, 1].map(() => bot.as('sanne').press('home.withdraw', data, { reason_withdraw: 'unfit' }));
    for (const { card } of await Promise.all(both)) expect(said(card)).toContain('Trukket tilbage 18. november 2026');
    const logged = await bot.prisma.accessLog.count({ where: { operation: 'homes.withdraw' } });
    expect(logged).toBe(1);
    expect(await bot.prisma.dwelling.findFirstOrThrow()).toMatchObject({ version: 2 });
  });
});

describe('the days', () => {
  it('may be set and taken away', async () => {
    await put();
    const card = await press('home.set-dates', { vacantFrom: '1.12.2026', answerDueOn: '25.11.2026' });
    expect(said(card)).toContain('Datoerne er gemt.');
    expect(said(card)).toContain('Ledig fra');
    const after = await press('home.set-dates', { vacantFrom: '', answerDueOn: '' }, card);
    expect(said(after)).toContain('Der bor nogen');
    expect(await bot.prisma.dwelling.findFirstOrThrow()).toMatchObject({ vacantFrom: null, answerDueOn: null });
  });

  it('stay while the dwelling is offered or let', async () => {
    const id = await put();
    const card = await open();
    await putOffer(bot, id, await putCase(bot, 'decision'));
    expect(said(await press('home.set-dates', { vacantFrom: '', answerDueOn: '' }, card))).toContain(
      'Boligen er tilbudt en borger og skal have en dato.',
    );
    await bot.prisma.offer.deleteMany();
    await putLease(bot, id, await putCase(bot, 'decision'));
    expect(said(await press('home.set-dates', { vacantFrom: '1.12.2026' }, card))).toContain('Boligen er lejet ud.');
    expect(hasButton(await open(), 'home.set-dates')).toBe(false);
  });
});

describe('the area lists', () => {
  const list = { areaType: 'prevention', areaFrom: '1.12.2024', areaTo: '', areaSource: 'listen af 1. december 2024' };

  it('concern the whole department, in words and with who must check it', async () => {
    await put();
    await put({ address: 'Tagensvej 14' });
    const other = await open('sanne', 'Tagensvej 14');
    const card = said(await press('home.set-area', list));
    expect(card).toContain(
      'Afdelingen står på listen over forebyggelsesområder siden 1. december 2024 (listen af 1. december 2024).',
    );
    expect(card).toContain('§ 59, stk. 6-7');
    expect(said(await open('jonas', 'Tagensvej 14'))).toContain('forebyggelsesområder');
    const stale = await press('home.withdraw', { reason_withdraw: 'unfit' }, other);
    expect(said(stale)).toContain('Sanne Krogh har ændret boligen');
  });

  it('end, and the same first day corrects them; two periods do not overlap', async () => {
    await put();
    await press('home.set-area', list);
    const overlap = await press('home.set-area', { ...list, areaFrom: '1.12.2025' });
    expect(said(overlap)).toContain('Afdelingen står allerede på den liste i de dage.');
    expect(said(await press('home.set-area', { ...list, areaTo: '30.11.2024' }))).toContain(
      'Sidste dag ligger før første dag.',
    );
    const ended = said(await press('home.set-area', { ...list, areaTo: '30.11.2025' }));
    expect(ended).toContain('Afdelingens områdeliste er gemt.');
    expect(ended).not.toContain('Afdelingen står på listen');
    await press('home.set-area', { ...list, areaFrom: '1.12.2025' });
    expect(await bot.prisma.estateArea.count()).toBe(2);
  });
});

describe('a withdrawal', () => {
  it('takes a reason, and is taken back', async () => {
    await put();
    expect(said(await press('home.withdraw'))).toContain('Skal udfyldes.');
    const card = await press('home.withdraw', { reason_withdraw: 'too_dear' });
    expect(said(card)).toContain('Trukket tilbage 18. november 2026: Huslejen er blevet for høj');
    for (const verb of ['home.shortlist', 'home.set-rent', 'home.set-dates', 'home.withdraw'])
      expect(hasButton(card, verb)).toBe(false);
    expect(said(await bot.as('sanne').say('ledige boliger'))).not.toContain('Tagensvej');
    bot.setNow(NOON.add({ hours: 72 }));
    // Nothing is paid for it from the day it was given back.
    expect(said(await open())).toContain('17 dage');
    bot.setNow(NOON);
    const back = await press('home.take-back', {}, card);
    expect(said(back)).toContain('Boligen er taget ind igen.');
    expect(hasButton(back, 'home.withdraw')).toBe(true);
  });

  it.each([
    ['offered', putOffer, 'Boligen er tilbudt en borger. Træk tilbuddet tilbage på sagen først.'],
    ['let', putLease, 'Boligen er lejet ud. Lejemålet skal være ophørt først.'],
  ] as const)('is refused while the dwelling is %s', async (_what, give, problem) => {
    const id = await put();
    const card = await open();
    await give(bot, id, await putCase(bot, 'decision'));
    expect(said(await press('home.withdraw', { reason_withdraw: 'unfit' }, card))).toContain(problem);
    expect(hasButton(await open(), 'home.withdraw')).toBe(false);
    expect(await bot.prisma.dwelling.findFirstOrThrow()).toMatchObject({ withdrawnAt: null, version: 1 });
  });
});

describe('an address', () => {
  beforeEach(async () => {
    await put();
    await put({ address: 'Tagensvej 120' });
    await put({ address: 'Søndre Fasanvej 3, st. th.', postcode: '2000', town: 'Frederiksberg' });
  });

  it.each([
    ['tagensvej 12', 'Tagensvej 12, 3. tv.'],
    ['TAGENSVEJ 12 3.tv', 'Tagensvej 12, 3. tv.'],
    ['Tagensvej 120, 2200', 'Tagensvej 120'],
    ['soendre fasanvej', 'Søndre Fasanvej 3, st. th.'],
  ])('%j is found', async (typed, address) => {
    expect((await open('sanne', typed))['body']).toMatchObject([{ text: address }, {}, {}]);
  });

  it('that several have is a choice', async () => {
    const card = await open('sanne', 'tagensvej');
    expect(said(card)).toContain('Hvilken bolig?');
    expect(said(card)).toContain('Tagensvej 120, 2200 København N');
    const id = (await bot.prisma.dwelling.findFirstOrThrow({ where: { address: 'Tagensvej 120' } })).id;
    expect(said(await press('home.open', { dwellingId: id }, card))).toContain('Husleje i dag');
  });

  it('that more than ten have asks for more, and is found when it is whole', async () => {
    for (let number = 121; number <= 132; number++) await put({ address: `Tagensvej ${number}` });
    expect(said(await open('sanne', 'tagensvej'))).toContain('Her er de første; skriv også nummeret.');
    expect((await open('sanne', 'tagensvej 12'))['body']).toMatchObject([{ text: 'Tagensvej 12, 3. tv.' }, {}, {}]);
  });

  it('that is misspelled is asked about, never guessed', async () => {
    expect(said(await bot.as('sanne').say('bolig tagnsvej 12'))).toContain('Mente du en af disse?');
  });

  it('that is not there, or missing, gets a sentence that helps', async () => {
    expect(said(await bot.as('sanne').say('bolig Qwertygade 99'))).toContain('Jeg finder ingen bolig på den adresse.');
    expect(said(await bot.as('sanne').say('bolig'))).toContain('Skriv f.eks. bolig Tagensvej 12.');
  });
});
