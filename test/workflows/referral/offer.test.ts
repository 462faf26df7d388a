/** An offer: one dwelling for one citizen at a time, a day to answer by, and every way in which it can end. */
import { Temporal } from '../../../bot/domain/time.ts';
import { freeDwellings } from '../../../bot/store/dwellings.ts';
import { addOffer } from '../../../bot/store/leases.ts';
import { compose } from '../../../bot/workflows/messages.ts';
import { expireOffers } from '../../../bot/workflows/referral/expire-offers.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  buttonOf,
  choicesIn,
  inputsOf,
  type Json,
  moreCardOf,
  passesOf,
  pressButton,
  type PutCase,
  putCase,
  said,
  statusOf,
  type StepId,
  stepCardOf,
  toldAbout,
} from '../../fakes/case-driver.ts';
import { clearStock, putDwelling } from '../../fakes/stock.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(async () => {
  bot.setNow(NOON);
  await clearStock(bot);
});
afterAll(() => bot.close());

const offerOf = ({ id }: PutCase) =>
  bot.prisma.offer.findFirst({ where: { referralId: id }, orderBy: { id: 'desc' } }).then((offer) => ({
    ...offer,
    answerDueOn: offer?.answerDueOn.toISOString().slice(0, 10),
  }));
const freeIds = async () => (await freeDwellings(bot.prisma)).map(({ id }) => id);

async function offer(put: PutCase, inputs: Json, who: PersonName = 'sanne'): Promise<Json> {
  const officer = bot.as(who);
  return pressButton(officer, await stepCardOf(officer, put), 'step.complete', inputs);
}
async function answer(put: PutCase, outcome: string, inputs: Json = {}): Promise<Json> {
  const jonas = bot.as('jonas');
  return pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', inputs, { outcome });
}

describe('a dwelling', () => {
  it('offered by two officers at the same moment goes to one; the other chooses among what is left', async () => {
    for (let round = 0; round < 4; round += 1) {
      const wanted = await putDwelling(bot, { address: `Kampvej ${round}` });
      const other = await putDwelling(bot, { address: `Restvej ${round}` });
      const people = ['sanne', 'ole'] as const;
      const puts = [await putCase(bot, 'offer'), await putCase(bot, 'offer')] as const;
      const cards = [await stepCardOf(bot.as('sanne'), puts[0]), await stepCardOf(bot.as('ole'), puts[1])] as const;
      for (const card of cards) expect(choicesIn(card, 'dwelling')).toEqual(expect.arrayContaining([wanted, other]));
      const presses = people.map((person, index) => {
        const inputs = { dwelling: wanted, note: `Nøgle hos ${person}` };
        return bot.as(person).press('step.complete', buttonOf(cards[index], 'step.complete'), inputs);
      });
      const answers = await Promise.all(presses);
      const won = answers.findIndex((answered) => said(answered).includes('Bolig tilbudt'));
      const lost = answers[1 - won]?.card;
      expect(said(lost)).toContain(
        'Boligen er lige blevet tilbudt en anden. Vælg en af de boliger, der stadig er ledige.',
      );
      expect(inputsOf(lost)).toMatchObject({ note: `Nøgle hos ${people[1 - won]}` });
      expect(choicesIn(lost, 'dwelling')).toContain(other);
      expect(choicesIn(lost, 'dwelling')).not.toContain(wanted);
      expect(await bot.prisma.offer.count({ where: { dwellingId: wanted } })).toBe(1);
      const loser = bot.as(people[1 - won] as PersonName);
      expect(said(await pressButton(loser, lost, 'step.complete', { dwelling: other }))).toContain('Bolig tilbudt');
    }
  });

  it('is offered once and to one citizen at a time, whatever was read before', async () => {
    const [first, second] = [await putCase(bot, 'answer'), await putCase(bot, 'offer')];
    const free = await putDwelling(bot, { address: 'Ledigvej 1' });
    const add = (caseId: string, dwellingId: string | null) => {
      const days = { offeredOn: bot.today(), answerDueOn: bot.today() };
      const more = { caseId, dwellingId: dwellingId ?? '', by: bot.town.staffIds.ole, ...days };
      return bot.prisma.$transaction((tx) => addOffer(tx, more));
    };
    expect(await add(second.id, first.dwellingId)).toBe(false);
    expect(await add(first.id, free)).toBe(false);
    expect(await add(second.id, free)).toBe(true);
    const date = new Date('2026-11-18');
    const forced = { referralId: second.id, dwellingId: first.dwellingId ?? '', offeredOn: date, answerDueOn: date };
    await expect(bot.prisma.offer.create({ data: forced })).rejects.toThrow('offer_one_live');
  });

  it('on one of the lists asks for the check by a human, and is never refused by itself', async () => {
    const put = await putCase(bot, 'offer');
    const dwelling = await putDwelling(bot, { address: 'Listevej 1', department: 'Afdeling på listen' });
    const { id: estateId } = await bot.prisma.estate.findFirstOrThrow({ where: { name: 'Afdeling på listen' } });
    const area = { estateId, areaType: 'prevention', source: 'Listen af 1. december 2025' } as const;
    const listed = await bot.prisma.estateArea.create({ data: { ...area, validFrom: new Date('2025-12-01') } });
    const asked = await offer(put, { dwelling, note: 'Altan' });
    expect(said(asked)).toContain('Boligens afdeling står på en af listerne.');
    expect(inputsOf(asked)).toMatchObject({ dwelling, note: 'Altan' });
    expect((await passesOf(bot, put)).at(-1)).toBe('offer');
    expect(said(await offer(put, { dwelling, areaChecked: 'true' }))).toContain('Bolig tilbudt');
    // Off the list since yesterday: nothing is asked.
    await bot.prisma.estateArea.update({ where: { id: listed.id }, data: { validTo: new Date('2026-11-17') } });
    const other = await putDwelling(bot, { address: 'Listevej 2', department: 'Afdeling på listen' });
    expect(said(await offer(await putCase(bot, 'offer'), { dwelling: other }))).toContain('Bolig tilbudt');
    await bot.prisma.estateArea.deleteMany();
  });
});

describe('the day to answer by', () => {
  const dueOf = async (inputs: Json, answerDueOn: string | null = null): Promise<string | undefined> => {
    const put = await putCase(bot, 'offer');
    const dwelling = await putDwelling(bot, { address: `Fristvej ${put.number}`, answerDueOn });
    expect(said(await offer(put, { dwelling, ...inputs }))).toContain('Bolig tilbudt');
    const { dueOn } = await bot.prisma.stepPass.findFirstOrThrow({ where: { referralId: put.id, endedAt: null } });
    const { answerDueOn: due } = await offerOf(put);
    expect(dueOn?.toISOString().slice(0, 10)).toBe(due);
    return due;
  };

  it('is five working days off, unless the officer or the association sets another', async () => {
    // From Wednesday the 18th: Thursday 19, Friday 20, Monday 23, Tuesday 24, Wednesday 25.
    expect(await dueOf({})).toBe('2026-11-25');
    expect(await dueOf({ answerDueOn: '30.11.2026' })).toBe('2026-11-30');
    expect(await dueOf({}, '2026-11-20')).toBe('2026-11-20');
    expect(await dueOf({}, '2026-12-20')).toBe('2026-11-25');
    expect(await dueOf({ answerDueOn: '2026-11-19' }, '2026-11-20')).toBe('2026-11-19');
    // A day of the association that has passed binds nobody any more.
    expect(await dueOf({}, '2026-11-17')).toBe('2026-11-25');
  });

  it('is not later than the association needs it, nor in the past', async () => {
    const put = await putCase(bot, 'offer');
    const dwelling = await putDwelling(bot, { address: 'Fristvej 1', answerDueOn: '2026-11-20' });
    const late = await offer(put, { dwelling, answerDueOn: '2026-11-23' });
    expect(said(late)).toContain('Boligorganisationen skal have svar før den dag.');
    expect(inputsOf(late)).toMatchObject({ dwelling, answerDueOn: '2026-11-23' });
    expect(said(await offer(put, { dwelling, answerDueOn: '2026-11-17' }))).toContain('Fristen er overskredet.');
    expect(await freeIds()).toEqual([dwelling]);
  });
});

describe('the answer', () => {
  it('yes keeps the dwelling for the citizen until the lease', async () => {
    const put = await putCase(bot, 'answer');
    await answer(put, 'accepted');
    expect(await offerOf(put)).toMatchObject({ state: 'accepted', endedAt: null });
    expect(await freeIds()).toEqual([]);
    expect(said(await statusOf(bot.as('sanne'), put))).toContain('Der er sagt ja');
    expect(await toldAbout(bot, put)).toEqual(expect.arrayContaining(['case.turn sanne', 'case.turn ole']));
  });

  it.each([
    ['citizen', 'too_dear'],
    ['sf', 'support_not_ready'],
    ['bif', 'capacity_changed'],
    ['landlord', 'landlord_refuses'],
  ])('no by %s, since %s, frees the dwelling; what it means was on the card', async (declinedBy, reason) => {
    const put = await putCase(bot, 'answer');
    const card = said(await stepCardOf(bot.as('jonas'), put));
    expect(card).toContain('Boligen bliver ledig for andre med det samme.');
    expect(card).toContain('det betyde, at borgeren ikke får flere tilbud');
    await answer(put, 'declined', { declinedBy, reason_declined: reason });
    expect(await offerOf(put)).toMatchObject({ state: 'declined', declinedBy, reason });
    expect((await offerOf(put)).endedAt).toEqual(new Date('2026-11-18T11:00:00Z'));
    expect(await freeIds()).toEqual([put.dwellingId]);
    expect((await passesOf(bot, put)).slice(-2)).toEqual([`answer:declined/${reason}`, 'offer']);
    expect(await toldAbout(bot, put)).toEqual(expect.arrayContaining(['case.turn sanne', 'case.turn ole']));
  });

  it('no is not taken without who said it', async () => {
    const put = await putCase(bot, 'answer');
    for (const outcome of ['declined', 'declined_closed']) {
      const again = await answer(put, outcome, { [`reason_${outcome}`]: 'area', note: 'Ringede to gange' });
      expect(said(again)).toContain('Vælg, hvem der sagde nej.');
      expect(inputsOf(again)).toMatchObject({ note: 'Ringede to gange', [`reason_${outcome}`]: 'area' });
    }
    expect(await offerOf(put)).toMatchObject({ state: 'reserved' });
  });

  it('no may close the case, which the officers hear of', async () => {
    const put = await putCase(bot, 'answer');
    const inputs = { declinedBy: 'citizen', reason_declined_closed: 'wants_other_home' };
    expect(said(await answer(put, 'declined_closed', inputs))).toContain('forløbet er afsluttet');
    expect(await freeIds()).toEqual([put.dwellingId]);
    expect(await toldAbout(bot, put)).toEqual(expect.arrayContaining(['case.result sanne', 'case.result ole']));
    // Opened again, it goes on with those who made the offer.
    await pressButton(bot.as('jonas'), await moreCardOf(bot.as('jonas'), put), 'case.reopen');
    expect((await passesOf(bot, put)).at(-1)).toBe('offer');
  });

  it('is given once: a card made before it changes nothing', async () => {
    const put = await putCase(bot, 'answer');
    const jonas = bot.as('jonas');
    const old = await stepCardOf(jonas, put);
    await answer(put, 'accepted');
    const no = { declinedBy: 'citizen', reason_declined: 'area', note: 'Alligevel ikke' };
    const fresh = said(await pressButton(jonas, old, 'step.complete', no, { outcome: 'declined' }));
    expect(fresh).toContain('Jonas Lind har ændret sagen kl. 12.00');
    expect(fresh).toContain('Alligevel ikke');
    expect(await offerOf(put)).toMatchObject({ state: 'accepted' });
    expect((await passesOf(bot, put)).slice(-2)).toEqual(['answer:accepted', 'lease']);
  });

  it('and the withdrawal at the same moment: one of them holds', async () => {
    const put = await putCase(bot, 'answer');
    const [jonas, sanne] = [bot.as('jonas'), bot.as('sanne')];
    const yes = buttonOf(await stepCardOf(jonas, put), 'step.complete', { outcome: 'accepted' });
    const back = buttonOf(await moreCardOf(sanne, put), 'step.complete', { outcome: 'withdrawn' });
    const answers = await Promise.all([
      jonas.press('step.complete', yes),
      sanne.press('step.complete', back, { reason_withdrawn: 'unfit' }),
    ]);
    expect(answers.filter((one) => said(one).includes('har ændret sagen'))).toHaveLength(1);
    const [ended] = (await passesOf(bot, put)).slice(-2);
    const { state } = await offerOf(put);
    expect([ended, state]).toEqual(
      state === 'accepted' ? ['answer:accepted', 'accepted'] : ['answer:withdrawn/unfit', 'withdrawn'],
    );
  });
});

describe('an offer is withdrawn', () => {
  it('by an officer, from the card of more options that says what it means', async () => {
    const put = await putCase(bot, 'answer');
    const [jonas, sanne] = [bot.as('jonas'), bot.as('sanne')];
    expect(said(await stepCardOf(jonas, put))).not.toContain('Træk tilbuddet tilbage');
    expect(said(await moreCardOf(jonas, put))).not.toContain('Træk tilbuddet tilbage');
    const card = await moreCardOf(sanne, put);
    expect(said(card)).toContain('Boligen bliver ledig for andre, og borgeren venter på et nyt tilbud.');
    const receipt = await pressButton(
      sanne,
      card,
      'step.complete',
      { reason_withdrawn: 'landlord_withdrew' },
      { outcome: 'withdrawn' },
    );
    expect(said(receipt)).toContain('Tilbuddet er trukket tilbage');
    expect(await offerOf(put)).toMatchObject({ state: 'withdrawn', reason: 'landlord_withdrew' });
    expect(await freeIds()).toEqual([put.dwellingId]);
    expect(await toldAbout(bot, put)).toEqual(expect.arrayContaining(['case.result jonas', 'case.result mette']));
  });

  it.each([
    ['answer', 'withdrawn'],
    ['lease', 'fell_through'],
    ['support', 'fell_through'],
    ['moved-in', 'fell_through'],
  ] as const)('by the case going back or stopping at %s, which frees the dwelling', async (step, state) => {
    const jonas = bot.as('jonas');
    for (const [verb, inputs, reopened] of [
      ['case.back', { step: 'clarification', reason_back: 'wish_changed' }, false],
      ['case.stop', { reason_stop: 'citizen_declines' }, true],
    ] as const) {
      const put = await putCase(bot, step);
      expect(await freeIds()).not.toContain(put.dwellingId);
      await pressButton(jonas, await moreCardOf(jonas, put), verb, inputs);
      expect(await freeIds()).toContain(put.dwellingId);
      expect(await offerOf(put)).toMatchObject({ state });
      expect(await bot.prisma.lease.count({ where: { referralId: put.id, endsOn: null } })).toBe(0);
      if (!reopened) continue;
      // There is no home to go on with.
      await pressButton(jonas, await moreCardOf(jonas, put), 'case.reopen');
      expect((await passesOf(bot, put)).at(-1)).toBe('offer');
    }
  });

  it('but a home that somebody lives in stays theirs', async () => {
    const jonas = bot.as('jonas');
    const put = await putCase(bot, 'kept-home');
    const refused = await pressButton(jonas, await moreCardOf(jonas, put), 'case.stop', { reason_stop: 'dead' });
    expect(said(refused)).toContain('Skriv først Flyttet ud');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.back', { step: 'offer', reason_back: 'mistake' });
    expect(await bot.prisma.lease.count({ where: { referralId: put.id, endsOn: null } })).toBe(1);
    expect((await passesOf(bot, put)).at(-1)).toBe('offer' satisfies StepId);
  });
});

describe('an offer that nobody answers', () => {
  const at = (instant: string) => bot.setNow(Temporal.Instant.from(instant));

  it('lapses when its last day is over in Copenhagen, once', async () => {
    const put = await putCase(bot, 'answer');
    at('2026-11-25T22:59:00Z'); // 23.59 on the 25th
    expect(await expireOffers(bot.deps)).toBe(0);
    at('2026-11-25T23:01:00Z'); // 0.01 on the 26th
    const both = await Promise.all([expireOffers(bot.deps), expireOffers(bot.deps)]);
    expect(both.reduce((sum, count) => sum + count)).toBe(1);
    expect(await expireOffers(bot.deps)).toBe(0);
    expect(await offerOf(put)).toMatchObject({ state: 'expired' });
    expect(await freeIds()).toEqual([put.dwellingId]);
    expect((await passesOf(bot, put)).slice(-2)).toEqual(['answer:expired', 'offer']);
    expect(await toldAbout(bot, put)).toEqual([
      ...['case.result bo', 'case.result jonas', 'case.result mette'],
      ...['case.turn ole', 'case.turn sanne', 'case.turn tove'],
    ]);
    const logged = await bot.prisma.accessLog.findMany({
      where: { referralId: put.id, operation: 'referral.expire-offer' },
    });
    expect(logged).toMatchObject([{ staffId: null, action: 'change', citizenId: put.citizenId }]);
  });

  it('is told of without naming anybody', async () => {
    const put = await putCase(bot, 'answer');
    at('2026-11-26T08:00:00Z');
    await expireOffers(bot.deps);
    const subject = { caseId: put.id, mark: put.passId };
    const told = await compose(bot.deps, {
      kind: 'case.result',
      recipientId: bot.town.staffIds.jonas,
      placeId: null,
      subject,
    });
    expect(said(told?.reply)).toContain('Svarfristen udløb, boligen er ledig igen');
    expect(said(told?.reply)).toContain('"text":"kl. 09.00"');
    const sanne = bot.as('sanne');
    expect(said(await stepCardOf(sanne, put))).not.toContain('Besked fra :');
  });

  it('cannot be answered any more, nor made to lapse by hand', async () => {
    const put = await putCase(bot, 'answer');
    const jonas = bot.as('jonas');
    const card = await stepCardOf(jonas, put);
    const yes = buttonOf(card, 'step.complete', { outcome: 'accepted' });
    const forged = await jonas.press('step.complete', { ...yes, outcome: 'expired' });
    expect(forged.text).toContain('Den knap er forældet.');
    expect(await offerOf(put)).toMatchObject({ state: 'reserved' });
    at('2026-11-26T08:00:00Z');
    await expireOffers(bot.deps);
    const late = await jonas.press('step.complete', yes, { note: 'De siger ja' });
    expect(said(late)).toContain('De siger ja');
    expect(await offerOf(put)).toMatchObject({ state: 'expired' });
    expect((await passesOf(bot, put)).at(-1)).toBe('offer');
  });

  it('leaves alone what has been answered', async () => {
    const put = await putCase(bot, 'lease');
    at('2027-01-04T08:00:00Z');
    expect(await expireOffers(bot.deps)).toBe(0);
    expect(await offerOf(put)).toMatchObject({ state: 'accepted' });
  });
});
