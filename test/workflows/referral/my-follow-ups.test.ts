/** What a support worker has to do, and how far they see: their own citizens, and those alone. */
import { Temporal } from '../../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  answersFor,
  buttonOf,
  hasButton,
  pressButton,
  type PutCase,
  putCase,
  read,
  said,
  statusOf,
  stepCardOf,
} from '../../fakes/case-driver.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(async () => {
  bot.setNow(NOON);
  await bot.prisma.leaseDuty.deleteMany();
  await bot.prisma.stepPass.updateMany({ where: { endedAt: null }, data: { endedAt: new Date(), outcome: 'stopped' } });
});
afterAll(() => bot.close());

const on = (day: string) => bot.setNow(Temporal.Instant.from(`${day}T08:00:00Z`));
const tasks = async (person: PersonName = 'stine') => read(await bot.as(person).say('mine opgaver'));
const sees = async (put: PutCase, title: string, person: PersonName = 'stine') => {
  const text = await tasks(person);
  return text.includes(title) && text.includes(`Sag ${put.number} `);
};
/** Nothing but the follow-up. */
const withoutDuty = async (put: PutCase) => {
  await bot.prisma.leaseDuty.deleteMany({ where: { lease: { referralId: put.id } } });
  return put;
};

describe('my tasks', () => {
  it('has a follow-up from fourteen days before its day', async () => {
    // Moved in on 17 November: due on 17 December, listed from 3 December.
    const put = await withoutDuty(await putCase(bot, 'kept-home'));
    on('2026-12-02');
    expect(await sees(put, 'Fastholdelse')).toBe(false);
    on('2026-12-03');
    expect(await sees(put, 'Fastholdelse')).toBe(true);
    expect(await tasks()).toContain('17. december 2026');
    on('2026-12-19');
    expect(await tasks()).toContain('17. december 2026 (2 dage over fristen)');
  });

  it('has a duty from fourteen days before its day, until it is seen to', async () => {
    // Applied for by four weeks after the first day of the lease: 17 November and 28 days, 15 December.
    const put = await putCase(bot, 'support');
    await bot.prisma.referral.update({ where: { id: put.id }, data: { supportWorkerId: bot.town.staffIds.stine } });
    on('2026-11-30');
    expect(await sees(put, 'Boligstøtte skal søges')).toBe(false);
    on('2026-12-01');
    expect(await sees(put, 'Boligstøtte skal søges')).toBe(true);
    const stine = bot.as('stine');
    const status = await statusOf(stine, put);
    expect(read(status)).toContain('Boligstøtte skal søges hos Udbetaling Danmark. Frist 15. december 2026.');
    const press = buttonOf(status, 'case.settle-duty', { outcome: 'done' });
    await stine.press('case.settle-duty', press);
    expect(await sees(put, 'Boligstøtte skal søges')).toBe(false);
    expect(await bot.prisma.leaseDuty.findFirst({ where: { lease: { referralId: put.id } } })).toMatchObject({
      ...{ outcome: 'done', settledOn: new Date('2026-12-01'), settledById: bot.town.staffIds.stine },
    });
    // A second person with the same card is told so.
    const jonas = bot.as('jonas');
    const late = await jonas.press('case.settle-duty', {
      ...press,
      version: (await versionOf(put)) ?? 0,
      nonce: crypto.randomUUID(),
    });
    expect(said(late)).toContain('Det er der allerede taget hånd om.');
  });

  it("has nobody else's, and the caseworker has them only where nobody gives support", async () => {
    const put = await putCase(bot, 'kept-home');
    const alone = await putCase(bot, 'kept-home', { supportWorker: null });
    on('2026-12-10');
    for (const title of ['Fastholdelse', 'Boligstøtte skal søges']) {
      expect([await sees(put, title), await sees(put, title, 'jonas')]).toEqual([true, false]);
      expect([await sees(alone, title), await sees(alone, title, 'jonas')]).toEqual([false, true]);
      expect(await sees(put, title, 'karla')).toBe(false);
    }
  });

  it('goes to the caseworker when the support worker has left', async () => {
    const put = await withoutDuty(await putCase(bot, 'kept-home'));
    on('2026-12-10');
    const leaves = (active: boolean) =>
      bot.prisma.staff.update({ where: { id: bot.town.staffIds.stine }, data: { active } });
    await leaves(false);
    expect(await sees(put, 'Fastholdelse', 'jonas')).toBe(true);
    const jonas = bot.as('jonas');
    expect(hasButton(await statusOf(jonas, put), 'step.open')).toBe(true);
    await leaves(true);
    expect(hasButton(await statusOf(jonas, put), 'step.open')).toBe(false);
  });

  it('after the support has ended has them with the person who stays responsible', async () => {
    const put = await withoutDuty(await putCase(bot, 'kept-home'));
    const stine = bot.as('stine');
    const card = await stepCardOf(stine, put);
    const ended = { ...(await answersFor(bot, 'kept-home')), support: 'ended', supportEndedOn: '18.11.2026' };
    const again = await pressButton(stine, card, 'step.complete', ended, { outcome: 'followed_up' });
    expect(read(again)).toContain('Vælg den, der følger op, når støtten er slut. Ingen må stå alene.');
    const responsible = bot.town.staffIds.karla;
    await pressButton(stine, again, 'step.complete', { ...ended, responsible }, { outcome: 'followed_up' });
    on('2026-12-10');
    expect([await sees(put, 'Fastholdelse', 'karla'), await sees(put, 'Fastholdelse')]).toEqual([true, false]);
    // The former support worker sees the case no more, nor finds it.
    expect(said(await stine.say(`sag ${put.number}`))).toContain('Jeg finder ingen sag');
    const karla = bot.as('karla');
    const followUp = await answersFor(bot, 'kept-home');
    await pressButton(karla, await stepCardOf(karla, put), 'step.complete', followUp, { outcome: 'followed_up' });
  });

  it('lets one name only somebody who can see the case as the one who stays responsible', async () => {
    const put = await withoutDuty(await putCase(bot, 'kept-home'));
    const stine = bot.as('stine');
    const ended = { ...(await answersFor(bot, 'kept-home')), support: 'ended', supportEndedOn: '18.11.2026' };
    // Another unit's caseworker, and a shelter's leader.
    for (const person of ['svend', 'herbergsleder', 'mette', 'sanne'] as const) {
      const responsible = bot.town.staffIds[person];
      const card = await stepCardOf(stine, put);
      expect(said(card)).not.toContain(responsible);
      const again = await pressButton(
        stine,
        card,
        'step.complete',
        { ...ended, responsible },
        { outcome: 'followed_up' },
      );
      expect(said(again)).toContain('Vælg en mulighed.');
    }
  });
});

async function versionOf({ id }: PutCase): Promise<number | undefined> {
  return (await bot.prisma.referral.findUnique({ where: { id } }))?.version;
}

describe('a support worker', () => {
  it('sees their own citizens, by number, by name and by button, and nobody else', async () => {
    const own = await putCase(bot, 'kept-home', { name: 'Egon Egenborger' });
    const other = await putCase(bot, 'kept-home', { name: 'Anker Andenborger', supportWorker: null });
    const stine = bot.as('stine');
    expect(said(await stine.say(`sag ${own.number}`))).toContain('Egon Egenborger');
    expect(said(await stine.say('søg Egenborger'))).toContain(`Sag ${own.number}`);
    expect(said(await stine.press('case.open', { caseId: own.id }))).toContain('Egon Egenborger');
    const [answer] = await stine.say(`sag ${other.number}`);
    const [nothing] = await stine.say('sag 999999');
    expect(answer?.text).toBe(nothing?.text?.replace('999999', String(other.number)));
    expect(said(await stine.say('søg Andenborger'))).not.toContain('Anker');
    expect(said(await stine.press('case.open', { caseId: other.id }))).toContain('Du har ikke adgang til den sag.');
    expect(said(await stine.say('ledige boliger'))).not.toContain('Bogholder Allé');
  });

  it('sees none before the support is decided', async () => {
    const put = await putCase(bot, 'support', { name: 'Tidlig Borger' });
    const stine = bot.as('stine');
    expect(said(await stine.say(`sag ${put.number}`))).toContain('Jeg finder ingen sag');
    const jonas = bot.as('jonas');
    await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', await answersFor(bot, 'support'));
    expect(said(await stine.say(`sag ${put.number}`))).toContain('Tidlig Borger');
  });

  it('does the follow-up and sees to duties, and moves, stops, hands over or discharges nothing', async () => {
    const put = await putCase(bot, 'kept-home');
    const stine = bot.as('stine');
    const status = await statusOf(stine, put);
    expect(hasButton(status, 'step.open')).toBe(true);
    expect(hasButton(status, 'case.settle-duty')).toBe(true);
    expect(hasButton(status, 'case.more')).toBe(false);
    const stamp = { caseId: put.id, version: await versionOf(put) };
    for (const [verb, inputs] of [
      ['case.back', { step: 'clarification', reason_back: 'mistake' }],
      ['case.stop', { reason_stop: 'dead' }],
      ['case.take-over', {}],
      ['case.hand-over', { colleague: bot.town.staffIds.karla }],
      ['step.complete', { ...(await answersFor(bot, 'support')), beside: 'support', outcome: 'decided' }],
    ] as const)
      expect(said(await stine.press(verb, { ...stamp, nonce: crypto.randomUUID() }, inputs))).toContain(
        'Det trin kan du ikke gøre.',
      );
  });

  it('tells the caseworker of a worry, and nobody of a visit where all is well', async () => {
    const put = await putCase(bot, 'kept-home');
    const stine = bot.as('stine');
    const told = () => bot.prisma.outboxMessage.count({ where: { subject: { path: ['caseId'], equals: put.id } } });
    const follow = async (outcome: string) =>
      pressButton(stine, await stepCardOf(stine, put), 'step.complete', await answersFor(bot, 'kept-home'), {
        outcome,
      });
    await follow('followed_up');
    expect(await told()).toBe(0);
    await follow('worried');
    expect(
      await bot.prisma.outboxMessage.findMany({ where: { subject: { path: ['caseId'], equals: put.id } } }),
    ).toMatchObject([{ kind: 'case.result', recipientId: bot.town.staffIds.jonas }]);
  });
});
