/** Who fits a dwelling, who does not and why; and which dwellings fit somebody. */
import { defaultRules } from '../../../bot/domain/rules.ts';
import { beginPass, endPass } from '../../../bot/store/cases.ts';
import { stateRates } from '../../../bot/store/rates.ts';
import { fittingDwellings } from '../../../bot/workflows/homes/shortlist.ts';
import { startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  buttonOf,
  hasButton,
  inputsOf,
  type Json,
  pressButton,
  type PutCase,
  putCase,
  type PutOptions,
  said,
} from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { putDwelling, putOffer } from '../../fakes/stock.ts';
import type { PersonName } from '../../fakes/town.ts';
import { Temporal } from '../../../bot/domain/time.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(async () => {
  await bot.prisma.offer.deleteMany();
  await bot.prisma.dwelling.deleteMany();
  await bot.prisma.estate.deleteMany();
  await bot.prisma.referral.updateMany({ data: { closedAt: new Date() } });
});
afterAll(() => bot.close());

interface Facts {
  readonly householdAdults?: number | null;
  readonly householdChildren?: number;
  readonly homeKind?: string | null;
  readonly payableOere?: number | null;
}

/** An approved resident who has waited for an offer since a day. */
async function putWaiting(facts: Facts = {}, options: PutOptions = {}): Promise<PutCase> {
  const { since = '2026-10-15', ...rest } = options;
  const put = await putCase(bot, 'decision', rest);
  const { prisma, town, deps } = bot;
  const at = deps.now();
  await prisma.$transaction(async (tx) => {
    await endPass(tx, {
      passId: put.passId,
      outcome: 'approved',
      reason: null,
      answers: {},
      by: town.staffIds.sanne,
      onBehalfOf: null,
      at,
    });
    await beginPass(tx, {
      caseId: put.id,
      step: 'offer',
      ordinal: 8,
      wayVersion: 1,
      startedOn: Temporal.PlainDate.from(since),
      at,
    });
  });
  const alone = { householdAdults: 1, householdChildren: 0, homeKind: 'state_subsidy', payableOere: 390_000 };
  await prisma.referral.update({ where: { id: put.id }, data: { ...alone, ...facts } });
  return put;
}

const openOn = async (person: PersonName = 'sanne', typed = 'Tagensvej 12'): Promise<Json> =>
  cardOf((await bot.as(person).say(`bolig ${typed}`))[0]);
const shortlist = async (person: PersonName = 'sanne') =>
  pressButton(bot.as(person), await openOn(person), 'home.shortlist');
const put = (more: Partial<Parameters<typeof putDwelling>[1]> = {}) =>
  putDwelling(bot, { address: 'Tagensvej 12', ...more });
/** The numbers of the cases on the card, in its order. */
const numbers = (card: unknown) => [...said(card).matchAll(/"Sag (\d+) · /g)].map(([, number]) => Number(number));

describe('who fits', () => {
  it('is listed with one sentence why, the longest waiting first', async () => {
    await put();
    const newer = await putWaiting({}, { name: 'Nina Ny', since: '2026-11-10' });
    const older = await putWaiting({ payableOere: 420_000 }, { name: 'Gert Gammel', since: '2026-09-18' });
    const card = await shortlist();
    expect(said(card)).toContain('Hvem passer til Tagensvej 12?');
    expect(numbers(card)).toEqual([older.number, newer.number]);
    expect(said(card)).toContain(`Sag ${newer.number} · Nina Ny · har ventet 8 dage`);
    expect(said(card)).toContain(
      '1 voksen, kan betale 3.900 kr.; netto 3.486 kr. i dag (skøn), 4.900 kr. fra 1. december 2034',
    );
  });

  it('has waited since the approval, whatever was offered and declined meanwhile', async () => {
    await put();
    const newer = await putWaiting({}, { since: '2026-10-20' });
    const { id, number } = await putWaiting({}, { since: '2026-10-01' });
    await bot.prisma.stepPass.updateMany({
      where: { referralId: id, step: 'offer' },
      data: { endedAt: new Date('2026-11-10T10:00:00Z'), outcome: 'offered' },
    });
    const day = new Date('2026-11-17');
    const again = { step: 'offer', ordinal: 9, wayVersion: 1, startedOn: day, clockFrom: day, startedAt: day };
    await bot.prisma.stepPass.create({ data: { ...again, referralId: id } });
    expect(numbers(await shortlist())).toEqual([number, newer.number]);
  });

  it('is told what to watch: when it becomes too dear, and the lists', async () => {
    await put();
    await putWaiting();
    const inputs = { areaType: 'deprived', areaFrom: '1.12.2024', areaSource: 'listen af 1. december 2024' };
    await pressButton(bot.as('sanne'), await openOn(), 'home.set-area', inputs);
    const card = said(await shortlist());
    // 60 % of the subsidy from the sixth year on: 4.900 − 848,25.
    expect(card).toContain('fra 1. december 2031 er nettohuslejen 4.052 kr., mere end borgeren kan betale i dag');
    expect(card).toContain('almenboliglovens § 59, stk. 6-7, skal tjekkes af et menneske');
  });

  it('is offered it on their own case, by those whose step that is', async () => {
    const dwellingId = await put();
    const { id } = await putWaiting();
    expect(buttonOf(await shortlist(), 'step.open')).toMatchObject({ caseId: id, dwellingId });
    const jonas = await shortlist('jonas');
    expect(hasButton(jonas, 'step.open')).toBe(false);
    expect(buttonOf(jonas, 'case.open')).toMatchObject({ caseId: id });
  });

  it('gets it offered on that step, and then it is free for nobody else', async () => {
    const dwellingId = await put();
    const { number } = await putWaiting();
    await putWaiting();
    const sanne = bot.as('sanne');
    const step = await pressButton(sanne, await shortlist(), 'step.open');
    expect(inputsOf(step)).toMatchObject({ dwelling: dwellingId });
    const old = await openOn('ole');
    await pressButton(sanne, step, 'step.complete', { dwelling: dwellingId }, { outcome: 'offered' });
    expect(said(await openOn())).toContain(`(sag ${number})`);
    expect(said(await sanne.say('ledige boliger'))).toContain('der er ingen lige nu');
    expect(said(await pressButton(bot.as('ole'), old, 'home.withdraw', { reason_withdraw: 'unfit' }))).toContain(
      'Boligen er tilbudt en borger.',
    );
    expect(said(await sanne.press('home.shortlist', { dwellingId }))).toContain('kan ikke tilbydes nu');
  });

  it('is not offered what is being withdrawn at the same time', async () => {
    const dwellingId = await put();
    const { id } = await putWaiting();
    const step = await pressButton(bot.as('sanne'), await shortlist(), 'step.open');
    await Promise.all([
      pressButton(bot.as('ole'), await openOn('ole'), 'home.withdraw', { reason_withdraw: 'unfit' }),
      pressButton(bot.as('sanne'), step, 'step.complete', { dwelling: dwellingId }, { outcome: 'offered' }),
    ]);
    const { withdrawnAt } = await bot.prisma.dwelling.findUniqueOrThrow({ where: { id: dwellingId } });
    const offers = await bot.prisma.offer.count({ where: { referralId: id } });
    expect([withdrawnAt === null, offers]).toEqual(withdrawnAt === null ? [true, 1] : [false, 0]);
  });

  it('is only those whom the person may see, each logged', async () => {
    await put();
    const jonas = await putWaiting();
    const svend = await putWaiting({}, { shelter: 'fre', authority: 'syd', caseworker: 'svend' });
    expect(numbers(await shortlist('svend'))).toEqual([svend.number]);
    expect(numbers(await shortlist('karla'))).toEqual([jonas.number]);
    expect(numbers(await shortlist('sanne'))).toHaveLength(2);
    const logged = await bot.prisma.accessLog.findMany({
      where: { operation: 'homes.shortlist', referralId: { in: [jonas.id, svend.id] } },
      orderBy: { id: 'asc' },
    });
    expect(logged.map(({ staffId, referralId }) => [staffId, referralId])).toEqual([
      [bot.town.staffIds.svend, svend.id],
      [bot.town.staffIds.karla, jonas.id],
      [bot.town.staffIds.sanne, jonas.id],
      [bot.town.staffIds.sanne, svend.id],
    ]);
    for (const { action, purpose, citizenId } of logged) {
      expect({ action, purpose }).toEqual({ action: 'read', purpose: 'casework' });
      expect(citizenId).not.toBeNull();
    }
  });

  it('leaves out who has an offer, whose case is closed, and who stands elsewhere', async () => {
    await put();
    const other = await put({ address: 'Andenvej 1' });
    await putOffer(bot, other, await putWaiting());
    const closed = await putWaiting();
    await bot.prisma.referral.update({ where: { id: closed.id }, data: { closedAt: new Date() } });
    await putCase(bot, 'decision');
    expect(said(await shortlist())).toContain('Ingen af de borgere, du har adgang til, venter på et tilbud.');
  });

  it('is paged by ten', async () => {
    await put();
    for (let n = 0; n < 12; n++) await putWaiting();
    const logged = () => bot.prisma.accessLog.count({ where: { operation: 'homes.shortlist' } });
    const before = await logged();
    const first = await shortlist();
    expect(await logged()).toBe(before + 10);
    const second = await pressButton(bot.as('sanne'), first, 'home.shortlist');
    expect(await logged()).toBe(before + 12);
    expect(numbers(first)).toHaveLength(10);
    expect(new Set([...numbers(first), ...numbers(second)]).size).toBe(12);
  });

  it('settles what is paid for a udslusningsbolig elsewhere', async () => {
    await put({ scheme: 'transitional' });
    await putWaiting({ homeKind: 'transitional', payableOere: 300_000 });
    expect(said(await shortlist())).toContain('kommunen fastsætter betalingen, 4.900 kr. når tilskuddet ophører');
  });
});

describe('why not', () => {
  it('is said for each of the others, with the reason in words', async () => {
    const dwellingId = await put({ rooms: 1, sizeM2: 28 });
    await putWaiting();
    const family = await putWaiting({ householdChildren: 3 });
    const poor = await putWaiting({ payableOere: 300_000 });
    const place = await putWaiting({ homeKind: 'cheap_existing' });
    const unclear = await putWaiting({ householdAdults: null });
    const no = await putWaiting();
    await putOffer(bot, dwellingId, no, 'declined');
    const first = await shortlist();
    expect(said(first)).toContain('Hvorfor ikke de andre? (5)');
    const card = await pressButton(bot.as('sanne'), first, 'home.why-not');
    expect(numbers(card)).toEqual([family, poor, place, unclear, no].map(({ number }) => number));
    for (const reason of [
      'For lille til husstanden. 1 voksen og 3 børn',
      'For dyr i dag. 1 voksen, kan betale 3.000 kr.; netto 3.486 kr. i dag (skøn)',
      'Sagen er afklaret til en anden boligform.',
      'Sagen mangler husstand eller boligform, så boligen kan ikke vurderes mod behovet.',
      'Boligen har været tilbudt i sagen, og det blev et nej.',
    ])
      expect(said(card)).toContain(reason);
    expect(said(await bot.as('sanne').say('hvorfor ikke tagensvej 12'))).toContain('For lille til husstanden.');
  });

  it.each([
    ['what was clarified speaks against it', { householdChildren: 3 }],
    ['too little is clarified', { householdAdults: null, homeKind: null }],
  ])('may still be offered it by those whose step that is, when %s', async (_when, facts) => {
    const dwellingId = await put();
    const { id, number } = await putWaiting(facts);
    const sanne = bot.as('sanne');
    const list = cardOf((await sanne.say('hvorfor ikke tagensvej 12'))[0]);
    expect(said(list)).toContain('Tilbyd alligevel');
    expect(buttonOf(list, 'step.open')).toMatchObject({ caseId: id, dwellingId });
    const step = await pressButton(sanne, list, 'step.open');
    expect(inputsOf(step)).toMatchObject({ dwelling: dwellingId });
    await pressButton(sanne, step, 'step.complete', { dwelling: dwellingId }, { outcome: 'offered' });
    expect(said(await openOn())).toContain(`(sag ${number})`);
    expect(await bot.prisma.offer.findMany()).toMatchObject([{ referralId: id, dwellingId, state: 'reserved' }]);
  });

  it('is the case alone for those who may not offer', async () => {
    await put();
    const { id } = await putWaiting({ householdChildren: 3 });
    const list = cardOf((await bot.as('jonas').say('hvorfor ikke tagensvej 12'))[0]);
    expect(said(list)).not.toContain('Tilbyd alligevel');
    expect(hasButton(list, 'step.open')).toBe(false);
    expect(buttonOf(list, 'case.open')).toMatchObject({ caseId: id });
  });

  it('says what to watch, too, as it may be offered all the same', async () => {
    await put();
    await putWaiting({ householdChildren: 3 });
    const inputs = { areaType: 'deprived', areaFrom: '1.12.2024', areaSource: 'listen af 1. december 2024' };
    await pressButton(bot.as('sanne'), await openOn(), 'home.set-area', inputs);
    expect(said(await bot.as('sanne').say('hvorfor ikke tagensvej 12'))).toContain(
      'almenboliglovens § 59, stk. 6-7, skal tjekkes af et menneske',
    );
  });

  it('of a dwelling that is not free is its state', async () => {
    const id = await put();
    await putOffer(bot, id, await putCase(bot, 'decision'));
    expect(said(await bot.as('sanne').say('hvorfor ikke tagensvej 12'))).toContain(
      'Tagensvej 12, 2200 København N kan ikke tilbydes nu. Status: Tilbudt en borger, svar senest 24. november 2026.',
    );
  });

  it('of several is asked', async () => {
    await put();
    await put({ address: 'Tagensvej 14' });
    const { id } = await bot.prisma.dwelling.findFirstOrThrow({ where: { address: 'Tagensvej 14' } });
    await putWaiting({ householdChildren: 8 });
    const card = cardOf((await bot.as('sanne').say('hvorfor ikke tagensvej'))[0]);
    expect(said(await pressButton(bot.as('sanne'), card, 'home.why-not', { dwellingId: id }))).toContain(
      'Hvorfor ikke Tagensvej 14?',
    );
    expect(said(await bot.as('sanne').say('hvorfor ikke'))).toContain('Skriv f.eks. hvorfor ikke Tagensvej 12.');
  });
});

it('never speaks of anybody where others read along', async () => {
  const dwellingId = await put();
  await putWaiting({}, { name: 'Vibeke Ydun' });
  const channel = bot.inChannel('sanne');
  for (const typed of ['bolig tagensvej 12', 'hvorfor ikke tagensvej 12', 'ledige boliger', 'ramme'])
    expect(said(await channel.say(typed))).not.toMatch(/Vibeke|Tagensvej \d|Husleje/);
  expect(said(await channel.press('home.shortlist', { dwellingId }))).not.toContain('Vibeke');
});

it('gives all free dwellings for a need, those that fit first, each with its sentence', async () => {
  await put({ address: 'Dyrvej 1', rent: 800_000, vacantFrom: '2026-01-01' });
  await put({ address: 'Storvej 1', rooms: 5, sizeM2: 110 });
  await put({ address: 'Godvej 1', vacantFrom: '2026-11-10' });
  const declined = await put({ address: 'Nejvej 1' });
  await put({ address: 'Beboetvej 1', vacantFrom: null });
  const found = await fittingDwellings(
    bot.prisma,
    { adults: 1, children: 0, homeKind: 'state_subsidy', payableOere: 500_000, declined: [declined] },
    bot.today(),
    defaultRules,
    await stateRates(bot.prisma),
  );
  expect(found.map(({ dwelling, fit }) => [dwelling.address, fit.fits])).toEqual([
    ['Godvej 1', true],
    ['Storvej 1', true],
    ['Nejvej 1', false],
    ['Dyrvej 1', false],
  ]);
  expect(found[0]?.sentence('en')).toContain('can pay DKK 5,000; net DKK 3,486 today (estimate)');
  expect(found[1]?.watch('da')).toEqual(['boligen er stor til husstanden']);
  expect(found[3]?.against('da')).toEqual(['for dyr i dag']);
});

describe('with initials', () => {
  it('shows no name', async () => {
    const other = await startTestBot({ personNames: 'initials' });
    const whole = bot;
    try {
      bot = other;
      await put();
      await putWaiting({}, { name: 'Vibeke Ydun' });
      const card = said(await shortlist());
      expect(card).toContain(' · VY · ');
      expect(card).not.toContain('Vibeke');
    } finally {
      bot = whole;
      await other.close();
    }
  });
});
