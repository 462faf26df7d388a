/** What is refused, and how: politely, without telling more than the person may know, and with what was typed. */
import { Temporal } from '../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../fakes/bot.ts';
import {
  buttonOf,
  goodAnswers,
  hasButton,
  inputsOf,
  type Json,
  moreCardOf,
  passesOf,
  pressButton,
  putAbsence,
  putCase,
  type PutCase,
  said,
  statusOf,
  stepCardOf,
  toldAbout,
} from '../fakes/case-driver.ts';
import type { CardAnswer, TestClient } from '../fakes/client.ts';
import type { PersonName } from '../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(() => bot.setNow(NOON));
afterAll(() => bot.close());

/** What a card of the case, made now, would carry. */
async function stampOf({ id }: { id: string }): Promise<{ caseId: string; version: number; nonce: string }> {
  const { version } = await bot.prisma.referral.findUniqueOrThrow({ where: { id } });
  return { caseId: id, version, nonce: crypto.randomUUID() };
}
const NOT_YOURS = 'Du har ikke adgang til den sag.';
const REFUSED = 'Det trin kan du ikke gøre.';
const stabilised = goodAnswers['stabilising'] as Json;

/** A whole copy of what a change could touch. */
async function snapshot({ id }: { id: string }) {
  const [referral, passes, drafts, messages] = await Promise.all([
    bot.prisma.referral.findUniqueOrThrow({ where: { id } }),
    bot.prisma.stepPass.findMany({ where: { referralId: id }, orderBy: { ordinal: 'asc' } }),
    bot.prisma.draft.findMany(),
    toldAbout(bot, { id }),
  ]);
  return { referral, passes, drafts, messages };
}

describe('who may not see a case', () => {
  let put: PutCase;
  beforeAll(async () => {
    put = await putCase(bot, 'stabilising', { name: 'Hemmelig Borgersen' });
  });

  it.each([
    ['another shelter', 'ida'],
    ['another authority unit', 'svend'],
    ['the deciding unit before a nomination', 'sanne'],
    ['a caseworker of BIF', 'bif'],
    ['a manager of BIF', 'bifleder'],
    ['a support worker', 'stine'],
    ['a track owner', 'spor'],
    ['an administrator', 'admin'],
    ['an auditor', 'kontrol'],
  ] as const)('%s is told the same of it as of a case that does not exist', async (_who, person) => {
    const who = bot.as(person);
    const [answer] = await who.say(`sag ${put.number}`);
    const [nothing] = await who.say('sag 999999');
    expect(answer?.text).toBe(nothing?.text?.replace('999999', String(put.number)));
    const before = await snapshot(put);
    for (const verb of ['case.open', 'case.more', 'case.notes', 'step.open', 'discharge.open'])
      expect((await who.press(verb, { caseId: put.id })).text).toContain(NOT_YOURS);
    for (const [verb, inputs] of [
      ['step.complete', { ...stabilised, outcome: 'stabilised' }],
      ['step.save', { mitId: 'in_place' }],
      ['case.back', { step: 'attachment', reason_back: 'mistake' }],
      ['case.stop', { reason_stop: 'dead' }],
      ['case.take-over', {}],
      ['case.hand-over', { colleague: bot.town.staffIds.karla }],
      ['case.tell-municipality', {}],
      ['case.tell-citizen', { passId: put.passId }],
      ['case.settle-duty', { dutyId: crypto.randomUUID(), outcome: 'done' }],
      ['discharge.submit', { dischargedOn: '2026-11-17', manner: 'agreed', reason: 'own_wish', to: 'street' }],
      ['discharge.correct', { dischargedOn: '2026-11-17', manner: 'agreed', reason: 'own_wish', to: 'street' }],
      ['discharge.undo', {}],
    ] as const) {
      const answered = said(await who.press(verb, await stampOf(put), inputs));
      expect(answered).toContain(NOT_YOURS);
      expect(answered).not.toContain('Hemmelig');
    }
    expect(said(await who.say('søg Hemmelig'))).not.toContain('Borgersen');
    expect(await snapshot(put)).toEqual(before);
  });

  it('finds nothing of the case in the log either: what was refused was not seen', async () => {
    const rows = await bot.prisma.accessLog.findMany({ where: { referralId: put.id } });
    expect(rows).toEqual([]);
  });
});

describe('who is not known', () => {
  const POLITE = 'Jeg kender dig ikke endnu, så jeg kan ikke vise noget.';

  it('gets the same polite answer to everything, which names nobody', async () => {
    const put = await putCase(bot, 'stabilising', { name: 'Hemmelig Borgersen' });
    const stranger = bot.stranger();
    for (const text of [
      'hej',
      `sag ${put.number}`,
      'sag 999999',
      'søg Hemmelig',
      'rolle Jonas',
      'indskriv',
      'mine opgaver',
    ])
      expect((await stranger.say(text)).map((message) => message.text)).toEqual([
        expect.stringContaining(POLITE) as string,
      ]);
    for (const verb of ['case.open', 'step.complete', 'nonsense'])
      expect((await stranger.press(verb, await stampOf(put))).text).toContain(POLITE);
    expect((await stranger.install())[0]?.text).toContain(POLITE);
    const names = (await bot.prisma.staff.findMany()).map(({ name }) => name);
    const heard = said(bot.connector.messages(stranger.conversationId));
    for (const name of [...names, 'Hemmelig']) expect(heard).not.toContain(name);
  });

  it.each([
    [
      'somebody deactivated',
      () => bot.prisma.staff.update({ where: { id: bot.town.staffIds.bo }, data: { active: false } }),
    ],
    [
      'somebody without a role',
      () => bot.prisma.staffAssignment.deleteMany({ where: { staffId: bot.town.staffIds.bo } }),
    ],
  ])('is also %s', async (_who, make) => {
    const put = await putCase(bot, 'stabilising');
    const bo = bot.as('bo');
    const card = await stepCardOf(bo, put);
    await make();
    expect((await bo.say('mine opgaver'))[0]?.text).toContain(POLITE);
    const answer = await bo.press('step.complete', buttonOf(card, 'step.complete'), stabilised);
    expect(answer.text).toContain(POLITE);
    expect((await passesOf(bot, put)).at(-1)).toBe('stabilising');
    await bot.prisma.staff.update({ where: { id: bot.town.staffIds.bo }, data: { active: true } });
    const role = { staffId: bot.town.staffIds.bo, role: 'shelter_staff', unitId: bot.town.unitIds.boc } as const;
    await bot.prisma.staffAssignment.createMany({ data: role, skipDuplicates: true });
  });

  it('is also the staff of an independent shelter, until an agreement is in force', async () => {
    const put = await putCase(bot, 'stabilising', { shelter: 'spo' });
    const elva = bot.as('selvejende');
    expect((await elva.say(`sag ${put.number}`))[0]?.text).toContain(POLITE);
    expect((await elva.say('indskriv'))[0]?.text).toContain(POLITE);
    const agree = (agreementFrom: Date | null) =>
      bot.prisma.unit.update({ where: { code: 'spo' }, data: { agreementFrom } });
    await agree(new Date('2026-11-19'));
    expect((await elva.say(`sag ${put.number}`))[0]?.text).toContain(POLITE);
    await agree(new Date('2026-11-18'));
    await pressButton(elva, await stepCardOf(elva, put), 'step.complete', stabilised);
    expect((await passesOf(bot, put)).at(-1)).toBe('assessment');
    expect(said(await elva.say('indskriv'))).toContain('Sporsløjfen');
    await agree(null);
    expect((await elva.say(`sag ${put.number}`))[0]?.text).toContain(POLITE);
  });
});

describe('whose step it is not', () => {
  it.each([
    ['stabilising', 'jonas'],
    ['stabilising', 'leder'],
    ['assessment', 'mette'],
    ['assessment', 'karla'],
    ['decision', 'mette'],
    ['decision', 'karla'],
    ['decision', 'leder'],
    ['attachment', 'mette'],
    ['offer', 'jonas'],
    ['answer', 'sanne'],
    ['lease', 'jonas'],
    ['support', 'mette'],
    ['moved-in', 'jonas'],
    ['kept-home', 'jonas'],
    ['kept-home', 'mette'],
  ] as const)('%s is not done by %s, who sees the case and what it waits for', async (step, person) => {
    const put = await putCase(bot, step);
    const who = bot.as(person);
    expect(hasButton(await statusOf(who, put), 'step.open')).toBe(false);
    const before = await snapshot(put);
    const opened = await who.press('step.open', { caseId: put.id });
    expect(said(opened)).toContain(REFUSED);
    for (const verb of ['step.complete', 'step.save']) {
      const answer = await who.press(verb, await stampOf(put), { ...goodAnswers[step], outcome: 'approved' });
      expect(said(answer)).toContain(REFUSED);
      expect(said(answer)).toContain(`Sag ${put.number}`);
    }
    expect(await snapshot(put)).toEqual(before);
  });
});

describe('a nomination is not decided', () => {
  const OWN = 'Du har selv indstillet borgeren';
  const approve = async (who: TestClient, put: PutCase): Promise<CardAnswer> =>
    who.press('step.complete', await stampOf(put), { outcome: 'approved' });

  it('by the one who made it', async () => {
    const put = await putCase(bot, 'decision', { caseworker: 'tove' });
    const tove = bot.as('tove');
    expect(hasButton(await statusOf(tove, put), 'step.open')).toBe(false);
    expect(said(await tove.press('step.open', { caseId: put.id }))).toContain(OWN);
    expect(said(await approve(tove, put))).toContain(OWN);
    expect((await passesOf(bot, put)).at(-1)).toBe('decision');
    expect(said((await approve(bot.as('sanne'), put)).card)).toContain('Godkendt');
  });

  it('by the one who made it for an absent colleague, nor by that colleague', async () => {
    const put = await putCase(bot, 'decision', { caseworker: 'jonas', nominatedBy: 'tove', nominatedFor: 'jonas' });
    expect(said(await approve(bot.as('tove'), put))).toContain(OWN);
    const back = await putCase(bot, 'decision', { caseworker: 'tove', nominatedBy: 'jonas', nominatedFor: 'tove' });
    expect(said(await approve(bot.as('tove'), back))).toContain(OWN);
  });

  it('by the nominator as deputy of an officer', async () => {
    await putAbsence(bot, 'sanne', 'tove');
    const put = await putCase(bot, 'decision', { caseworker: 'tove' });
    expect(said(await approve(bot.as('tove'), put))).toContain(OWN);
    await bot.prisma.absence.deleteMany();
  });

  it('by a deputy who shares only the other role of the absent one', async () => {
    await putAbsence(bot, 'tove', 'karla');
    const put = await putCase(bot, 'decision', { caseworker: 'jonas' });
    expect(said(await approve(bot.as('karla'), put))).toContain('Det trin kan du ikke gøre.');
    expect((await passesOf(bot, put)).at(-1)).toBe('decision');
    await bot.prisma.absence.deleteMany();
  });

  it('and is told to those who decide but not to its nominator', async () => {
    const put = await putCase(bot, 'nomination', { caseworker: 'tove' });
    const tove = bot.as('tove');
    const card = await stepCardOf(tove, put);
    await pressButton(tove, card, 'step.complete', goodAnswers['nomination'], { outcome: 'nominated' });
    const told = await toldAbout(bot, put);
    expect(told).toEqual(expect.arrayContaining(['case.turn ole', 'case.turn sanne']));
    expect(told).not.toContain('case.turn tove');
  });
});

describe('a stale card', () => {
  it('is replaced by the same step with who and when, holding what was typed, while the step is open', async () => {
    const put = await putCase(bot, 'clarification');
    const jonas = bot.as('jonas');
    const old = await stepCardOf(jonas, put);
    bot.setNow(Temporal.Instant.from('2026-11-18T11:42:00Z'));
    const leder = bot.as('leder');
    await pressButton(leder, await stepCardOf(leder, put), 'step.save', { wishes: 'Lederens kladde' });
    const typed = { ...goodAnswers['clarification'], wishes: 'Altan mod syd', payable: '4.100' };
    const fresh = await pressButton(jonas, old, 'step.complete', typed);
    expect(said(fresh)).toContain('Lone Eg har ændret sagen kl. 12.42, mens du skrev.');
    expect(inputsOf(fresh)).toMatchObject({ wishes: 'Altan mod syd', payable: '4.100', adults: '1' });
    expect((await passesOf(bot, put)).at(-1)).toBe('clarification');
    await pressButton(jonas, fresh, 'step.complete', typed);
    expect((await passesOf(bot, put)).at(-1)).toBe('nomination');
  });

  it('is replaced by the case as it stands, with what was typed, when the step has moved on', async () => {
    const put = await putCase(bot, 'decision');
    const [sanne, ole] = [bot.as('sanne'), bot.as('ole')];
    const old = await stepCardOf(ole, put);
    await pressButton(sanne, await stepCardOf(sanne, put), 'step.complete', {}, { outcome: 'approved' });
    const fresh = await pressButton(
      ole,
      old,
      'step.complete',
      { note: 'Mangler der ikke noget?' },
      { outcome: 'approved' },
    );
    expect(said(fresh)).toContain('Sanne Krogh har ændret sagen kl. 12.00, efter at du åbnede kortet.');
    expect(said(fresh)).toContain('Det, du skrev, er ikke gemt, men står her:');
    expect(said(fresh)).toContain('Mangler der ikke noget?');
    expect((await passesOf(bot, put)).filter((pass) => pass.startsWith('decision'))).toEqual(['decision:approved']);
  });

  it('tells so too to those whose turn it no longer is', async () => {
    const put = await putCase(bot, 'stabilising');
    const [mette, bo] = [bot.as('mette'), bot.as('bo')];
    const old = await stepCardOf(bo, put);
    await pressButton(mette, await stepCardOf(mette, put), 'step.complete', stabilised);
    const fresh = await pressButton(bo, old, 'step.complete', stabilised);
    expect(said(fresh)).toContain('Mette Holm har ændret sagen kl. 12.00');
    expect(said(fresh)).not.toContain(REFUSED);
  });

  it('tells so to a caseworker whose case was taken over', async () => {
    const put = await putCase(bot, 'assessment');
    const [jonas, karla] = [bot.as('jonas'), bot.as('karla')];
    const more = await moreCardOf(jonas, put);
    await pressButton(karla, await moreCardOf(karla, put), 'case.take-over');
    const fresh = await pressButton(jonas, more, 'case.stop', { reason_stop: 'dead' });
    expect(said(fresh)).toContain('Karla Munk har ændret sagen kl. 12.00');
    expect((await passesOf(bot, put)).at(-1)).toBe('assessment');
  });

  it('says nothing of the change to those who may no longer see the case', async () => {
    const put = await putCase(bot, 'stabilising', { name: 'Rasmus Rejser', cpr: '0202901234' });
    const mette = bot.as('mette');
    const old = await stepCardOf(mette, put);
    const ida = bot.as('ida');
    const form = (await ida.say('indskriv'))[0]?.attachments?.[0]?.content;
    const inputs = {
      shelter: 'her',
      name: 'Rasmus Rejser',
      cpr: '020290-1234',
      decidedOn: '18.11.2026',
      referredFrom: 'self',
    };
    await pressButton(ida, form, 'admission.submit', inputs);
    const answer = await mette.press('step.complete', buttonOf(old, 'step.complete'), stabilised);
    expect(answer.text).toContain(NOT_YOURS);
    expect((await passesOf(bot, put)).at(-1)).toBe('stabilising');
  });

  it('is noticed by every verb that changes the case', async () => {
    const put = await putCase(bot, 'assessment', { municipalityTold: false });
    const stamp = { ...(await stampOf(put)), version: 0 };
    for (const [verb, person, inputs] of [
      ['step.complete', 'jonas', { ...goodAnswers['assessment'], outcome: 'assessed' }],
      ['step.save', 'jonas', { home: 'done' }],
      ['case.back', 'jonas', { step: 'stabilising', reason_back: 'mistake' }],
      ['case.stop', 'jonas', { reason_stop: 'dead' }],
      ['case.take-over', 'karla', {}],
      ['case.hand-over', 'jonas', { colleague: bot.town.staffIds.karla }],
      ['case.reopen', 'jonas', {}],
      ['case.tell-municipality', 'mette', {}],
      ['case.tell-citizen', 'jonas', { passId: put.passId }],
      ['case.settle-duty', 'jonas', { dutyId: crypto.randomUUID(), outcome: 'done' }],
      ['discharge.submit', 'mette', { dischargedOn: '2026-11-17', manner: 'agreed', reason: 'own_wish', to: 'street' }],
      ['discharge.correct', 'mette', { dischargedOn: '2026-11-17', manner: 'agreed', reason: 'other', to: 'street' }],
      ['discharge.undo', 'mette', {}],
    ] as const) {
      const answer = await bot.as(person).press(verb, { ...stamp, nonce: crypto.randomUUID() }, inputs);
      expect(said(answer)).toContain('Mette Holm har ændret sagen');
    }
    const { version } = await stampOf(put);
    expect(version).toBe(2);
  });
});

describe('a double click', () => {
  it('does its work once, and the second press gets the case as it is', async () => {
    const put = await putCase(bot, 'stabilising');
    const mette = bot.as('mette');
    const data = buttonOf(await stepCardOf(mette, put), 'step.complete');
    const first = await mette.press('step.complete', data, stabilised);
    const second = await mette.press('step.complete', data, stabilised);
    expect(said(first)).toContain('Stabiliseret');
    expect(said(second)).toContain('Udredning');
    expect((await passesOf(bot, put)).slice(-2)).toEqual(['stabilising:stabilised', 'assessment']);
  });

  it('does so at the very same moment too', async () => {
    for (let round = 0; round < 5; round += 1) {
      const put = await putCase(bot, 'stabilising');
      const mette = bot.as('mette');
      const data = buttonOf(await stepCardOf(mette, put), 'step.complete');
      const answers = await Promise.all([1, 2, 3].map(() => mette.press('step.complete', data, stabilised)));
      expect(answers.filter((answer) => said(answer).includes('Stabiliseret'))).toHaveLength(1);
      for (const answer of answers) expect(answer.card).toBeDefined();
      expect((await passesOf(bot, put)).slice(-2)).toEqual(['stabilising:stabilised', 'assessment']);
      expect(await toldAbout(bot, put)).toEqual(['case.turn jonas']);
    }
  });

  it('admits a citizen once', async () => {
    const mette = bot.as('mette');
    const form = (await mette.say('indskriv'))[0]?.attachments?.[0]?.content;
    const data = buttonOf(form, 'admission.submit');
    const inputs = {
      shelter: 'boc',
      name: 'Dobbelt Klik',
      noCprReason: 'unknown',
      decidedOn: '18.11.2026',
      referredFrom: 'self',
    };
    const answers = await Promise.all([1, 2].map(() => mette.press('admission.submit', data, inputs)));
    expect(answers.filter(({ card }) => card)).toHaveLength(1);
    expect(await bot.prisma.citizen.count({ where: { name: 'Dobbelt Klik' } })).toBe(1);
  });

  it('may be repeated after a refusal of its fields: what was not done used nothing up', async () => {
    const put = await putCase(bot, 'stabilising');
    const mette = bot.as('mette');
    const data = buttonOf(await stepCardOf(mette, put), 'step.complete');
    await mette.press('step.complete', data, { ...stabilised, debt: '' });
    expect(said(await mette.press('step.complete', data, stabilised))).toContain('Stabiliseret');
  });

  it("with a colleague's nonce is no double click", async () => {
    const put = await putCase(bot, 'stabilising');
    const [mette, bo] = [bot.as('mette'), bot.as('bo')];
    const data = buttonOf(await stepCardOf(mette, put), 'step.save');
    await mette.press('step.save', data, { mitId: 'in_place' });
    const answer = await bo.press('step.save', data, { debt: 'in_place' });
    expect(said(answer)).toContain('Mette Holm har ændret sagen');
  });
});

describe('two people at once on one case', () => {
  it('one wins, the other gets the fresh card with what was typed', async () => {
    for (let round = 0; round < 5; round += 1) {
      const put = await putCase(bot, 'decision');
      const people = ['sanne', 'ole'] as const;
      const cards = await Promise.all(people.map((person) => stepCardOf(bot.as(person), put)));
      const answers = await Promise.all(
        people.map((person, index) =>
          bot.as(person).press('step.complete', buttonOf(cards[index], 'step.complete', { outcome: 'approved' }), {
            note: `Fra ${person}`,
          }),
        ),
      );
      const won = answers.findIndex(
        (answer) =>
          said(answer).includes('Godkendt, venter på boligtilbud') && !said(answer).includes('har ændret sagen'),
      );
      expect(won).not.toBe(-1);
      const lost = said(answers[1 - won]);
      expect(lost).toContain('har ændret sagen kl. 12.00');
      expect(lost).toContain(`Fra ${people[1 - won]}`);
      expect((await passesOf(bot, put)).slice(-2)).toEqual(['decision:approved', 'offer']);
    }
  });

  it('two shelters that admit the same unknown citizen make one citizen with one case', async () => {
    const admit = async (person: PersonName, shelter: string) => {
      const who = bot.as(person);
      const form = (await who.say('indskriv'))[0]?.attachments?.[0]?.content;
      const inputs = {
        shelter,
        name: 'Samtidig Hansen',
        cpr: '030390-1234',
        decidedOn: '18.11.2026',
        referredFrom: 'self',
      };
      return () => pressButton(who, form, 'admission.submit', inputs);
    };
    const presses = [await admit('mette', 'boc'), await admit('ida', 'her')];
    await Promise.all(presses.map((press) => press()));
    const citizens = await bot.prisma.citizen.findMany({
      where: { name: 'Samtidig Hansen' },
      include: { referrals: true, stays: true },
    });
    expect(citizens).toHaveLength(1);
    expect(citizens[0]?.referrals).toHaveLength(1);
    expect(citizens[0]?.stays).toHaveLength(2);
  });
});
