/** Absence and its deputy: who may record what, and what the deputy may do, when, and in whose name. */
import { Temporal } from '../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../fakes/bot.ts';
import {
  buttonOf,
  goodAnswers,
  hasButton,
  type Json,
  moreCardOf,
  pressButton,
  putAbsence,
  putCase,
  said,
  statusOf,
  stepCardOf,
  toldAbout,
} from '../fakes/case-driver.ts';
import { cardOf } from '../fakes/client.ts';
import type { PersonName } from '../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot({ deliver: true });
});
afterEach(async () => {
  bot.setNow(NOON);
  await bot.prisma.absence.deleteMany();
});
afterAll(() => bot.close());

const absenceCard = async (person: PersonName): Promise<Json> => cardOf((await bot.as(person).say('fravær'))[0]);

async function record(
  person: PersonName,
  inputs: { who?: PersonName; deputy: PersonName; firstDay?: string; lastDay?: string },
) {
  const { firstDay = '23.11.2026', lastDay = '27.11.2026' } = inputs;
  const data = buttonOf(await absenceCard(person), 'absence.record');
  return bot.as(person).press('absence.record', data, {
    ...(inputs.who && { who: bot.town.staffIds[inputs.who] }),
    deputy: bot.town.staffIds[inputs.deputy],
    firstDay,
    lastDay,
  });
}
const recorded = () => bot.prisma.absence.count({ where: { cancelledAt: null } });

/** The people that a choice of the card offers. */
function offered(node: unknown, id: string): string[] {
  if (Array.isArray(node)) return node.flatMap((item) => offered(item, id));
  if (typeof node !== 'object' || node === null) return [];
  const input = node as { id?: unknown; choices?: { title: string }[] };
  if (input.id === id) return (input.choices ?? []).map(({ title }) => title);
  return Object.values(node).flatMap((item) => offered(item, id));
}

describe('recording', () => {
  it('is open to everybody for themselves, with a colleague of the same role', async () => {
    expect(offered(await absenceCard('jonas'), 'deputy')).toEqual(['Karla Munk', 'Tove Dal']);
    expect((await record('jonas', { deputy: 'karla' })).text).toBe(
      'Jonas Lind er fraværende fra 23. november 2026 til 27. november 2026. Karla Munk er stedfortræder.',
    );
    expect(said(await absenceCard('jonas'))).toContain('til 27. november 2026, stedfortræder Karla Munk');
  });

  it('tells the deputy, and the absent one when somebody else did it', async () => {
    const heardBefore = (await bot.delivered('karla')).length;
    await record('leder', { who: 'jonas', deputy: 'karla' });
    expect((await bot.delivered('karla')).length).toBe(heardBefore + 1);
    expect(said((await bot.delivered('karla')).at(-1))).toContain('Karla Munk er stedfortræder.');
    expect(said((await bot.delivered('jonas')).at(-1))).toContain('Jonas Lind er fraværende fra 23. november 2026');
    expect(said(await bot.delivered('leder'))).not.toContain('fraværende');
  });

  it('for others is for managers of their unit, and the administrator', async () => {
    expect(offered(await absenceCard('jonas'), 'who').length).toBeLessThanOrEqual(1);
    expect(offered(await absenceCard('leder'), 'who')).toEqual(['Lone Eg', 'Jonas Lind', 'Karla Munk']);
    expect((await record('karla', { who: 'jonas', deputy: 'tove' })).text).toBe(
      'Du kan ikke melde fravær for den kollega.',
    );
    expect((await record('leder', { who: 'svend', deputy: 'jonas' })).text).toBe(
      'Du kan ikke melde fravær for den kollega.',
    );
    expect(await recorded()).toBe(0);
    await record('chef', { who: 'jonas', deputy: 'karla' });
    await record('admin', { who: 'mette', deputy: 'bo' });
    expect(await recorded()).toBe(2);
  });

  it('for others asks that all they do lies below: a superior with a hat down here is not among them', async () => {
    const assignment = { staffId: bot.town.staffIds.chef, role: 'manager' as const, unitId: bot.town.unitIds.boc };
    await bot.prisma.staffAssignment.create({ data: assignment });
    try {
      expect(offered(await absenceCard('herbergsleder'), 'who')).toEqual(['Hans Ask', 'Bo Bang', 'Mette Holm']);
      expect((await record('herbergsleder', { who: 'chef', deputy: 'herbergsleder' })).text).toBe(
        'Du kan ikke melde fravær for den kollega.',
      );
      expect((await record('leder', { who: 'tove', deputy: 'jonas' })).text).toBe(
        'Du kan ikke melde fravær for den kollega.',
      );
      expect(await recorded()).toBe(0);
      await record('chef', { who: 'tove', deputy: 'jonas' });
      expect(await recorded()).toBe(1);
    } finally {
      await bot.prisma.staffAssignment.deleteMany({ where: assignment });
    }
  });

  it('offers as deputies of others all who hold their role, wherever else they work, and never oneself', async () => {
    const deputies = offered(await absenceCard('leder'), 'deputy');
    expect(deputies).toContain('Tove Dal');
    expect(deputies).not.toContain('Lone Eg');
    await record('leder', { who: 'jonas', deputy: 'tove' });
    expect(await recorded()).toBe(1);
  });

  it.each(['leder', 'admin'] as const)('is refused when %s would stand in for somebody else', async (person) => {
    const assignment = {
      staffId: bot.town.staffIds[person],
      role: 'caseworker' as const,
      unitId: bot.town.unitIds.hje,
    };
    await bot.prisma.staffAssignment.create({ data: assignment });
    try {
      expect(said(await record(person, { who: 'jonas', deputy: person }))).toContain(
        'Vælg en anden end den fraværende og dig selv.',
      );
      expect(await recorded()).toBe(0);
    } finally {
      await bot.prisma.staffAssignment.deleteMany({ where: assignment });
    }
  });

  it('lets a manager choose a manager as deputy', async () => {
    expect(offered(await absenceCard('leder'), 'deputy')).toContain('Carla Birk');
    expect((await record('leder', { deputy: 'chef' })).text).toContain('Carla Birk er stedfortræder.');
  });

  it('says so when nobody could be the deputy', async () => {
    expect(said(await bot.as('stine').say('fravær'))).toContain('Du har ingen kollega med samme rolle');
  });

  it.each([
    ['the deputy has another role', { deputy: 'mette' }, 'Vælg en mulighed.'],
    ['the deputy is of another unit', { deputy: 'svend' }, 'Vælg en mulighed.'],
    ['one is to stand in for oneself', { deputy: 'jonas' }, 'Vælg en anden end den fraværende og dig selv.'],
    ['the last day comes first', { deputy: 'karla', lastDay: '22.11.2026' }, 'Sidste dag ligger før første dag.'],
    ['it is over', { deputy: 'karla', firstDay: '1.11.2026', lastDay: '17.11.2026' }, 'Sidste dag ligger før i dag.'],
    ['a day is none', { deputy: 'karla', firstDay: '31.11.2026' }, 'Skriv en dato'],
  ] as const)('is refused when %s', async (_when, inputs, problem) => {
    expect(said(await record('jonas', inputs))).toContain(problem);
    expect(await recorded()).toBe(0);
  });

  it('refuses what overlaps, a deputy who is away, and a chain of deputies', async () => {
    await record('jonas', { deputy: 'karla' });
    expect(said(await record('jonas', { deputy: 'tove', firstDay: '27.11.2026', lastDay: '30.11.2026' }))).toContain(
      'Der er allerede meldt fravær i de dage.',
    );
    expect(said(await record('tove', { deputy: 'jonas', firstDay: '26.11.2026' }))).toContain(
      'Stedfortræderen er selv fraværende i de dage.',
    );
    expect(said(await record('karla', { deputy: 'tove', lastDay: '24.11.2026' }))).toContain(
      'Den fraværende er selv stedfortræder i de dage.',
    );
    expect(await recorded()).toBe(1);
    await record('jonas', { deputy: 'tove', firstDay: '28.11.2026', lastDay: '30.11.2026' });
    expect(await recorded()).toBe(2);
  });

  it('that happens twice at once happens once', async () => {
    const [first, second] = await Promise.all([
      record('jonas', { deputy: 'karla' }),
      record('leder', { who: 'jonas', deputy: 'tove' }),
    ]);
    expect([first, second].filter(({ text }) => text?.includes('er stedfortræder'))).toHaveLength(1);
    expect(await recorded()).toBe(1);
  });

  it('crossing each other is refused to the later', async () => {
    const answers = await Promise.all([record('jonas', { deputy: 'karla' }), record('karla', { deputy: 'jonas' })]);
    expect(answers.filter(({ text }) => text?.includes('er stedfortræder'))).toHaveLength(1);
    expect(await recorded()).toBe(1);
  });

  it('is taken back by the absent one, and by nobody else', async () => {
    await record('jonas', { deputy: 'karla' });
    const card = await absenceCard('jonas');
    const data = buttonOf(card, 'absence.cancel');
    const other = said(await bot.as('karla').press('absence.cancel', { ...data, nonce: crypto.randomUUID() }));
    expect(other).toContain('Det fravær er der ikke længere.');
    expect(other).not.toContain('Fraværet er slettet.');
    expect(await recorded()).toBe(1);
    expect(said(await bot.as('jonas').press('absence.cancel', data))).toContain('Fraværet er slettet.');
    expect(await recorded()).toBe(0);
    expect(said(await bot.as('jonas').press('absence.cancel', data))).toContain('Fraværet er slettet.');
    const again = said(await bot.as('jonas').press('absence.cancel', { ...data, nonce: crypto.randomUUID() }));
    expect(again).toContain('Det fravær er der ikke længere.');
    expect(again).not.toContain('Fraværet er slettet.');
  });

  it('taken back tells the deputy, and the absent one when somebody else did it', async () => {
    await record('leder', { who: 'jonas', deputy: 'karla' });
    const [jonasBefore, karlaBefore] = [await bot.delivered('jonas'), await bot.delivered('karla')];
    const data = buttonOf(await absenceCard('leder'), 'absence.cancel');
    await bot.as('leder').press('absence.cancel', data);
    const sentence =
      'Fraværet for Jonas Lind fra 23. november 2026 til 27. november 2026 er slettet. Karla Munk er ikke stedfortræder i de dage.';
    for (const [person, before] of [
      ['jonas', jonasBefore],
      ['karla', karlaBefore],
    ] as const) {
      const heard = await bot.delivered(person);
      expect(heard).toHaveLength(before.length + 1);
      expect(said(heard.at(-1))).toContain(sentence);
    }
    expect(said(await bot.delivered('leder'))).not.toContain('er slettet');
  });

  it('taken back by two at once is taken back once', async () => {
    await record('leder', { who: 'jonas', deputy: 'karla' });
    const presses = await Promise.all(
      (['leder', 'jonas'] as const).map(async (person) => ({
        person,
        data: buttonOf(await absenceCard(person), 'absence.cancel'),
      })),
    );
    const answers = await Promise.all(presses.map(({ person, data }) => bot.as(person).press('absence.cancel', data)));
    expect(answers.filter((answer) => said(answer).includes('Fraværet er slettet.'))).toHaveLength(1);
    expect(answers.filter((answer) => said(answer).includes('Det fravær er der ikke længere.'))).toHaveLength(1);
  });

  it('can be taken back by who has no colleague left to be the deputy', async () => {
    await putAbsence(bot, 'stine', 'karla');
    const { id } = await bot.prisma.absence.findFirstOrThrow();
    const press = { absenceId: id, version: 0, nonce: crypto.randomUUID() };
    expect(said(await bot.as('stine').press('absence.cancel', press))).toContain('Fraværet er slettet.');
    expect(await recorded()).toBe(0);
  });
});

describe('the deputy', () => {
  it('acts within the days, and not the day before or after', async () => {
    const put = await putCase(bot, 'assessment', { caseworker: 'karla' });
    await putAbsence(bot, 'karla', 'jonas', ['2026-11-18', '2026-11-20']);
    const jonas = bot.as('jonas');
    for (const [now, may] of [
      ['2026-11-17T22:59:00Z', false],
      ['2026-11-17T23:00:00Z', true],
      ['2026-11-20T22:59:59Z', true],
      ['2026-11-20T23:00:00Z', false],
    ] as const) {
      bot.setNow(Temporal.Instant.from(now));
      expect(hasButton(await statusOf(jonas, put), 'step.open')).toBe(may);
    }
    bot.setNow(Temporal.Instant.from('2026-11-21T08:00:00Z'));
    const { version } = await bot.prisma.referral.findUniqueOrThrow({ where: { id: put.id } });
    const data = { caseId: put.id, version, nonce: crypto.randomUUID(), outcome: 'assessed' };
    expect(said(await jonas.press('step.complete', data, goodAnswers['assessment']))).toContain(
      'Det trin kan du ikke gøre.',
    );
  });

  it('acts in the name of the absent one: on the card, in the note, on the pass and in the log', async () => {
    const put = await putCase(bot, 'assessment', { caseworker: 'karla' });
    await putAbsence(bot, 'karla', 'jonas');
    const jonas = bot.as('jonas');
    const card = await stepCardOf(jonas, put);
    expect(said(card)).toContain('Du handler for Karla Munk, som er fraværende.');
    const receipt = await pressButton(jonas, card, 'step.complete', goodAnswers['assessment']);
    expect(said(receipt)).toContain('Udført af: Jonas Lind for Karla Munk');
    const [karla, deputy] = [bot.town.staffIds.karla, bot.town.staffIds.jonas];
    const pass = await bot.prisma.stepPass.findUniqueOrThrow({ where: { id: put.passId } });
    expect(pass).toMatchObject({ endedById: deputy, onBehalfOfId: karla });
    const entry = await bot.prisma.accessLog.findFirstOrThrow({ where: { referralId: put.id, action: 'change' } });
    expect(entry).toMatchObject({ staffId: deputy, onBehalfOfId: karla, operation: 'referral.complete-step' });
  });

  it('has the absent one told of it, once and by the name of who did it', async () => {
    const put = await putCase(bot, 'assessment', { caseworker: 'karla' });
    await putAbsence(bot, 'karla', 'jonas');
    const jonas = bot.as('jonas');
    await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', goodAnswers['assessment']);
    const told = await toldAbout(bot, put);
    expect(told).toContain('case.stood-in karla');
    expect(told.join()).not.toContain('jonas');
    const heard = (await bot.delivered('karla')).filter((message) => said(message).includes(`Sag ${put.number}`));
    expect(said(heard)).toContain('Klaret for dig, mens du var væk');
    expect(said(heard)).toContain('Jonas Lind for Karla Munk');
  });

  it('learns whose turn it is together with the absent one', async () => {
    const put = await putCase(bot, 'stabilising', { caseworker: 'karla' });
    await putAbsence(bot, 'karla', 'jonas');
    const mette = bot.as('mette');
    await pressButton(mette, await stepCardOf(mette, put), 'step.complete', goodAnswers['stabilising']);
    expect(await toldAbout(bot, put)).toEqual(['case.turn jonas', 'case.turn karla']);
    const heard = (await bot.delivered('jonas')).filter((message) => said(message).includes(`Sag ${put.number}`));
    expect(said(heard)).toContain('Nu er det din tur');
    expect(said(await bot.as('jonas').say('mine opgaver'))).toContain('for Karla Munk');
  });

  it('may move the case and hand it over too', async () => {
    const put = await putCase(bot, 'assessment', { caseworker: 'karla' });
    await putAbsence(bot, 'karla', 'jonas');
    const jonas = bot.as('jonas');
    const card = await moreCardOf(jonas, put);
    for (const verb of ['case.back', 'case.stop', 'case.hand-over']) expect(hasButton(card, verb)).toBe(true);
  });
});

describe('a message of whose turn it is', () => {
  it('is not sent when it is no longer theirs', async () => {
    const put = await putCase(bot, 'assessment');
    const [message] = await bot.prisma.$transaction(async (tx) => {
      const { tell } = await import('../../bot/store/outbox.ts');
      const key = `case.turn:${put.passId}:test`;
      const subject = { caseId: put.id, mark: put.passId };
      await tell(tx, bot.deps.boss, [{ key, kind: 'case.turn', recipientId: bot.town.staffIds.karla, subject }], NOON);
      return tx.outboxMessage.findMany({ where: { key } });
    });
    await bot.delivered('karla');
    const after = await bot.prisma.outboxMessage.findUniqueOrThrow({ where: { id: message?.id ?? '' } });
    expect(after.state).toBe('dropped');
  });
});
