/** What a review found: homes, follow-ups and people that could have fallen out of sight, and notes that said what nobody had said. */
import { Temporal } from '../../../bot/domain/time.ts';
import { expireOffers } from '../../../bot/workflows/referral/expire-offers.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  answersFor,
  buttonOf,
  doStep,
  hasButton,
  moreCardOf,
  passesOf,
  pressButton,
  putCase,
  read,
  said,
  statusOf,
  stepCardOf,
} from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(() => bot.setNow(NOON));
afterAll(() => bot.close());

const on = (day: string) => bot.setNow(Temporal.Instant.from(`${day}T08:00:00Z`));

describe('a journal note', () => {
  it('says nothing of boxes that were not ticked: they may never have been asked', async () => {
    const put = await putCase(bot, 'moved-in');
    const receipt = await doStep(bot, 'mette', put, 'moved_in', { manner: 'agreed' });
    expect(read(receipt)).toContain('Måde: Efter aftale');
    expect(read(receipt)).not.toContain(': Nej');
  });
});

describe('a follow-up', () => {
  it.each([{ arrears: 'eviction_risk' }, { payment: 'cannot' }, { support: 'more_needed' }])(
    'that worries cannot be called in order: %j',
    async (worry) => {
      const put = await putCase(bot, 'kept-home');
      const stine = bot.as('stine');
      const answers = { ...(await answersFor(bot, 'kept-home')), ...worry };
      const card = await stepCardOf(stine, put);
      const refused = await pressButton(stine, card, 'step.complete', answers, { outcome: 'followed_up' });
      expect(read(refused)).toContain('Vælg Fulgt op: sagsbehandleren skal se på det.');
      await pressButton(stine, refused, 'step.complete', answers, { outcome: 'worried' });
      expect((await passesOf(bot, put)).slice(-2)).toEqual(['kept-home:worried', 'kept-home']);
    },
  );

  it('whose people have all left is on the list of those who allocate', async () => {
    const put = await putCase(bot, 'kept-home', { caseworker: 'karla' });
    on('2026-12-10');
    const listed = async () => read(await bot.as('leder').say('mine opgaver')).includes(`Sag ${put.number} `);
    expect(await listed()).toBe(false);
    const gone = { where: { id: { in: [bot.town.staffIds.karla, bot.town.staffIds.stine] } } };
    await bot.prisma.staff.updateMany({ ...gone, data: { active: false } });
    try {
      expect(await listed()).toBe(true);
    } finally {
      await bot.prisma.staff.updateMany({ ...gone, data: { active: true } });
    }
  });
});

describe('a citizen who lives in a home', () => {
  it('and is admitted again is first asked after by whoever follows up, however long ago the case was closed', async () => {
    const put = await putCase(bot, 'kept-home', { cpr: '0101901234', name: 'Kim Testesen' });
    const closedAt = new Date('2025-01-05T10:00:00Z');
    await bot.prisma.stepPass.updateMany({
      where: { referralId: put.id, endedAt: null },
      data: { endedAt: closedAt, outcome: 'kept' },
    });
    await bot.prisma.referral.update({ where: { id: put.id }, data: { closedAt, closeReason: 'kept' } });
    const mette = bot.as('mette');
    const form = cardOf((await mette.say('indskriv'))[0]);
    await pressButton(mette, form, 'admission.submit', {
      ...{ shelter: 'boc', name: 'Kim Testesen', cpr: '010190-1234' },
      ...{ decidedOn: '2026-11-18', referredFrom: 'self' },
    });
    expect((await passesOf(bot, put)).at(-1)).toBe('kept-home');
    expect(await bot.prisma.referral.count({ where: { citizenId: put.citizenId } })).toBe(1);
  });
});

describe('an offer', () => {
  it('that came after one taken back does not lapse in its place', async () => {
    const put = await putCase(bot, 'answer');
    // The list of lapsed offers was made before the day was moved.
    on('2026-11-26');
    await bot.prisma.offer.updateMany({
      where: { referralId: put.id },
      data: { answerDueOn: new Date('2026-11-26') },
    });
    expect(await expireOffers(bot.deps)).toBe(0);
    expect((await passesOf(bot, put)).at(-1)).toBe('answer');
  });

  it('is known to whoever has answered it; a no of somebody else the citizen is still to be told of', async () => {
    const untold = async (put: { number: number }) =>
      [...read(await statusOf(bot.as('jonas'), put)).matchAll(/Borgeren mangler besked: ([^."]*)/g)].map(
        ([, what]) => what,
      );
    const decline = async (declinedBy: string) => {
      const put = await putCase(bot, 'offer');
      await doStep(bot, 'sanne', put, 'offered');
      expect(await untold(put)).toContain('Bolig tilbudt');
      await doStep(bot, 'jonas', put, 'declined', { declinedBy, reason_declined: 'area' });
      return untold(put);
    };
    expect(await decline('citizen')).not.toContain('Bolig tilbudt');
    expect(await decline('landlord')).toContain('Nej til boligen, venter på et nyt tilbud');
  });

  it.each(['18-11-2062', '18-11-2006'])('is not answered by %s', async (answerDueOn) => {
    const put = await putCase(bot, 'offer');
    const sanne = bot.as('sanne');
    const answers = { ...(await answersFor(bot, 'offer')), answerDueOn };
    await pressButton(sanne, await stepCardOf(sanne, put), 'step.complete', answers, { outcome: 'offered' });
    expect((await passesOf(bot, put)).at(-1)).toBe('offer');
  });
});

describe('the duty to settle a subsidy', () => {
  it("is the deciding unit's to tick off, and nobody else's", async () => {
    const put = await putCase(bot, 'kept-home');
    await bot.prisma.leaseDuty.deleteMany({ where: { lease: { referralId: put.id } } });
    const movedOut = { housed: 'no', movedOutOn: '18-11-2026', reason_moved_out: 'gave_notice' };
    await doStep(bot, 'stine', put, 'moved_out', movedOut);
    for (const person of ['mette', 'jonas'] as const)
      expect(hasButton(await statusOf(bot.as(person), put), 'case.settle-duty')).toBe(false);
    const card = await statusOf(bot.as('sanne'), put);
    const press = buttonOf(card, 'case.settle-duty', { outcome: 'done' });
    const forged = await bot.as('mette').press('case.settle-duty', { ...press, nonce: crypto.randomUUID() });
    expect(await bot.prisma.leaseDuty.count({ where: { settledOn: null, lease: { referralId: put.id } } })).toBe(1);
    expect(said(forged)).toContain('Det trin kan du ikke gøre.');
    await pressButton(bot.as('sanne'), card, 'case.settle-duty', {}, { outcome: 'done' });
    expect(await bot.prisma.leaseDuty.count({ where: { settledOn: null, lease: { referralId: put.id } } })).toBe(0);
  });
});

describe('a place under § 107', () => {
  it('that was decided after the discharge says that the refund is lost, before it is granted', async () => {
    const put = await putCase(bot, 'place-decision');
    await bot.prisma.stay.updateMany({
      where: { referralId: put.id },
      data: { endedOn: new Date('2026-11-16') },
    });
    const jonas = bot.as('jonas');
    const answers = { decidedOn: '17-11-2026' };
    const refused = await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', answers, {
      outcome: 'granted',
    });
    expect(read(refused)).toContain('så staten refunderer ikke opholdet');
    await pressButton(jonas, refused, 'step.complete', { ...answers, refundKnown: 'true' }, { outcome: 'granted' });
    expect((await passesOf(bot, put)).slice(-2)).toEqual(['place-decision:granted', 'place-ready']);
  });
});

it('keeps the step of the moving out among the options of whoever follows up alone', async () => {
  const put = await putCase(bot, 'kept-home');
  await pressButton(bot.as('jonas'), await moreCardOf(bot.as('jonas'), put), 'case.back', {
    ...{ step: 'clarification', reason_back: 'wish_changed' },
  });
  const offers = async (person: 'stine' | 'leder' | 'mette') => {
    const status = await statusOf(bot.as(person), put);
    return (
      hasButton(status, 'case.more') &&
      read(await moreCardOf(bot.as(person), put)).includes('Opfølgning eller fraflytning')
    );
  };
  expect([await offers('stine'), await offers('leder'), await offers('mette')]).toEqual([true, true, false]);
});
