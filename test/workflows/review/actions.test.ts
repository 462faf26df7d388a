/** `aftaler`: whose actions are shown to whom, and who may end them. */
import { fileURLToPath } from 'node:url';
import { endActions } from '../../../bot/store/review-actions.ts';
import { loadTemplates, renderCard } from '../../../bot/teams/render.ts';
import { compose } from '../../../bot/workflows/messages.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  buttonOf,
  hasButton,
  type Json,
  putAbsence,
  putCase,
  type PutCase,
  read,
  said,
} from '../../fakes/case-driver.ts';
import { actionsOf, cardOf } from '../../fakes/client.ts';
import { planReview } from '../../fakes/review.ts';
import { forgetReviews, putAction } from '../../fakes/review-past.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
let kim: PutCase;
beforeAll(async () => {
  bot = await startTestBot();
  kim = await putCase(bot, 'stabilising', { name: 'Kim Testesen' });
});
afterEach(async () => {
  await forgetReviews(bot);
  await bot.prisma.absence.deleteMany();
  await bot.prisma.staff.updateMany({ data: { language: 'da' } });
});
afterAll(() => bot.close());

const written = async (person: PersonName, text = 'aftaler') => (await bot.as(person).say(text))[0];
const list = async (person: PersonName, text?: string): Promise<Json> => cardOf(await written(person, text));
const stateOf = (id: string) => bot.prisma.reviewAction.findUniqueOrThrow({ where: { id } });
const press = (person: PersonName, verb: string, card: Json, actionId: string, inputs: Json = {}) =>
  bot.as(person).press(verb, buttonOf(card, verb, { actionId }), inputs);
const forged = (actionId: string) => ({ actionId, version: 0, nonce: crypto.randomUUID() });

describe('the list', () => {
  it('has one’s own first, then the others’ of the only shelter, the late ones in attention colour', async () => {
    await putAction(bot, kim, { owner: 'bo', text: 'Ring til egen læge', dueOn: '2026-11-16' });
    await putAction(bot, kim, { owner: 'mette', text: 'Find pas' });
    const text = read(await list('mette'));
    expect(text).toContain('Bocentret · 2 åbne aftaler');
    const order = ['"Dine"', 'Find pas', 'Andres på Bocentret', 'Ring til egen læge'].map((word) => text.indexOf(word));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(text).toContain(`Kim Testesen · Sag ${kim.number}`);
    expect(text).toContain('Mette Holm, senest 25.11.2026"');
    const late = /\{[^{}]*Bo Bang, senest 16\.11\.2026 \(2 dage for sent\)[^{}]*\}/.exec(text)?.[0];
    expect(late).toContain('"color":"attention"');
  });

  it('shows who has several shelters their own, and a shelter’s when it is named', async () => {
    await putAction(bot, kim, { owner: 'bo', text: 'Ring til egen læge' });
    await putAction(bot, kim, { owner: 'jonas', text: 'Søg ydelse' });
    const own = read(await list('jonas'));
    expect(own).toContain('Søg ydelse');
    expect(own).not.toContain('Ring til egen læge');
    expect(own).toContain('Skriv aftaler og herbergets navn');
    expect(read(await list('jonas', 'aftaler bocentret'))).toContain('Ring til egen læge');
  });

  it('tells by its number alone of a resident whose case the reader may not see, and hides what was agreed', async () => {
    // The resident has moved: the case is another shelter's and another unit's now.
    const moved = await putCase(bot, 'stabilising', { name: 'Flyttet Person', shelter: 'fre', authority: 'syd' });
    await putAction(bot, moved, { owner: 'bo', text: 'Hemmeligt for andre' });
    const text = read(await list('mette'));
    expect(text).toContain(`"Sag ${moved.number}"`);
    expect(text).not.toContain('Flyttet Person');
    expect(text).not.toContain('Hemmeligt for andre');
    expect(text).toContain('Du har ikke adgang til sagen');
    expect(await bot.prisma.accessLog.count({ where: { referralId: moved.id } })).toBe(0);
    // Whoever is to do it may read what it is.
    expect(read(await list('bo'))).toContain('Hemmeligt for andre');
  });

  it('has those of the colleague one stands in for', async () => {
    await putAction(bot, kim, { owner: 'karla', text: 'Skriv til banken' });
    expect(said(await written('jonas'))).not.toContain('Skriv til banken');
    await putAbsence(bot, 'karla', 'jonas');
    const text = read(await list('jonas'));
    expect(text).toContain('Skriv til banken');
    expect(text).toContain('For Karla Munk, som er fraværende');
  });

  it('turns pages of six, and shows the last one when the page asked for is gone', async () => {
    for (let n = 1; n <= 8; n += 1) await putAction(bot, kim, { owner: 'mette', text: `Aftale ${n}!` });
    const first = await list('mette');
    expect(actionsOf(first).filter(({ verb }) => verb === 'review.action-done')).toHaveLength(6);
    const second = await bot.as('mette').press('review.actions', buttonOf(first, 'review.actions', { offset: 6 }));
    expect(read(second)).toContain('Aftale 8!');
    expect(read(second)).not.toContain('Aftale 6!');
    const beyond = await bot.as('mette').press('review.actions', { offset: 60 });
    expect(read(beyond)).toContain('Aftale 8!');
    expect((await bot.as('mette').press('review.actions', { offset: -1 })).text).toContain('Den knap er forældet.');
  });

  it('logs each resident shown, once', async () => {
    await putAction(bot, kim, { owner: 'mette', text: 'Find pas' });
    await putAction(bot, kim, { owner: 'bo', text: 'Ring til egen læge' });
    const where = { referralId: kim.id, operation: 'review.see-actions', staffId: bot.town.staffIds.bo };
    const before = await bot.prisma.accessLog.count({ where });
    await list('bo');
    expect(await bot.prisma.accessLog.count({ where })).toBe(before + 1);
    const entry = await bot.prisma.accessLog.findFirstOrThrow({ where });
    expect(entry).toMatchObject({ action: 'read', purpose: 'review', citizenId: kim.citizenId });
  });

  it.each([
    ['mine aftaler', 'bo'],
    ['actions', 'bo'],
    ['agreements', 'bo'],
  ] as const)('is asked for with "%s"', async (phrase, person) => {
    await putAction(bot, kim, { owner: person, text: 'Find pas' });
    expect(said(await written(person, phrase))).toContain('Find pas');
  });

  it.each(['bif', 'spor', 'kontrol', 'admin'] as const)('is refused %s, who takes part nowhere', async (person) => {
    expect((await written(person))?.text).toBe('Du er ikke tilknyttet et herberg med beboergennemgang.');
    expect((await written(person, 'aftaler Bocentret'))?.text).toBe(
      'Du er ikke tilknyttet et herberg med beboergennemgang.',
    );
  });

  it('of another shelter is refused', async () => {
    await putAction(bot, kim, { owner: 'bo', text: 'Ring til egen læge' });
    expect((await written('ida', 'aftaler bocentret'))?.text).toContain('Jeg kender ikke et herberg');
    const { shelterId } = buttonOf(await list('mette'), 'review.action-done');
    expect(said(await bot.as('ida').press('review.actions', { shelterId }))).not.toContain('Ring til egen læge');
  });

  it('says so when there is none', async () => {
    expect((await written('mette'))?.text).toBe('Der er ingen åbne aftaler.');
    expect((await written('jonas'))?.text).toContain('Du har ingen åbne aftaler.');
  });

  it('is in English for whoever reads English', async () => {
    await bot.prisma.staff.update({ where: { id: bot.town.staffIds.bo }, data: { language: 'en' } });
    await putAction(bot, kim, { owner: 'bo', text: 'Find pas', dueOn: '2026-11-17' });
    const text = read(await list('bo'));
    for (const words of ['1 open action', 'Yours', 'Bo Bang, by 17 Nov 2026 (1 day late)', '"Done"', '"Drop"'])
      expect(text).toContain(words);
  });
});

describe('ending an action', () => {
  it('is done with one press, and logged', async () => {
    const id = await putAction(bot, kim, { owner: 'mette', text: 'Find pas' });
    const answer = await press('mette', 'review.action-done', await list('mette'), id);
    expect(read(answer)).toContain('Gjort: Find pas');
    expect(read(answer)).toContain('Der er ingen åbne aftaler.');
    expect(await stateOf(id)).toMatchObject({ endedById: bot.town.staffIds.mette, dropReason: null });
    const where = { referralId: kim.id, operation: 'review.action-done' };
    expect(await bot.prisma.accessLog.findFirstOrThrow({ where })).toMatchObject({
      ...{ action: 'change', purpose: 'review', staffId: bot.town.staffIds.mette, citizenId: kim.citizenId },
    });
  });

  it('is dropped with a reason; without one it says so, unfolded at its own list', async () => {
    const id = await putAction(bot, kim, { owner: 'mette', text: 'Find pas' });
    const missing = await press('mette', 'review.action-drop', await list('mette'), id);
    expect(read(missing)).toContain('Vælg en begrundelse, før du bekræfter.');
    expect(read(missing)).toMatch(new RegExp(`"id":"drop_${id}","isVisible":true`));
    expect(
      said(await press('mette', 'review.action-drop', missing.card!, id, { [`reason_${id}`]: 'nonsense' })),
    ).toContain('Vælg en begrundelse');
    expect((await stateOf(id)).endedAt).toBeNull();
    const answer = await press('mette', 'review.action-drop', missing.card!, id, {
      [`reason_${id}`]: 'done_otherwise',
    });
    expect(read(answer)).toContain('Droppet: Find pas');
    expect(await stateOf(id)).toMatchObject({ dropReason: 'done_otherwise' });
  });

  it.each(['bo', 'jonas', 'herbergsleder', 'leder'] as const)(
    'is open to %s, who may take part at the shelter',
    async (person) => {
      const id = await putAction(bot, kim, { owner: 'mette' });
      expect(said(await bot.as(person).press('review.action-done', forged(id)))).toContain('Gjort');
      expect((await stateOf(id)).endedById).toBe(bot.town.staffIds[person]);
    },
  );

  it('is open to the caseworker and the owner, whatever shelter they belong to', async () => {
    const moved = await putCase(bot, 'stabilising', { caseworker: 'svend' });
    const [theirs, ofIda] = [
      await putAction(bot, moved, { owner: 'mette' }),
      await putAction(bot, moved, { owner: 'ida' }),
    ];
    await bot.as('svend').press('review.action-done', forged(theirs));
    await bot.as('ida').press('review.action-done', forged(ofIda));
    expect((await stateOf(theirs)).endedById).toBe(bot.town.staffIds.svend);
    expect((await stateOf(ofIda)).endedById).toBe(bot.town.staffIds.ida);
  });

  it.each(['ida', 'svend', 'bif', 'stine', 'kontrol', 'sanne'] as const)('is refused %s', async (person) => {
    const id = await putAction(bot, kim, { owner: 'mette' });
    for (const verb of ['review.action-done', 'review.action-drop'])
      expect((await bot.as(person).press(verb, forged(id), { [`reason_${id}`]: 'not_relevant' })).text).toBe(
        'Du har ikke adgang til den aftale.',
      );
    expect((await stateOf(id)).endedAt).toBeNull();
  });

  it('tells of one that there is not no more than of another’s', async () => {
    const none = '01a201f8-0000-7000-8000-000000000000';
    expect((await bot.as('mette').press('review.action-done', forged(none))).text).toBe(
      'Du har ikke adgang til den aftale.',
    );
    expect((await bot.as('mette').press('review.action-done', { actionId: 'x' })).text).toContain('forældet');
  });

  it('that a colleague has ended tells who and when, and changes nothing', async () => {
    const [done, dropped] = [
      await putAction(bot, kim, { owner: 'mette', text: 'Find pas' }),
      await putAction(bot, kim, { owner: 'mette', text: 'Book læge' }),
    ];
    const card = await list('mette');
    const by = bot.town.staffIds.bo;
    await bot.deps.db.$transaction(async (tx) => {
      await endActions(tx, kim.id, [done], { dropReason: null, by, at: NOON });
      await endActions(tx, kim.id, [dropped], { dropReason: 'not_possible', by, at: NOON });
    });
    expect(read(await press('mette', 'review.action-done', card, done))).toContain(
      'Bo Bang har meldt aftalen gjort kl. 12.00.',
    );
    expect(read(await bot.as('mette').press('review.action-done', forged(dropped)))).toContain(
      'Bo Bang har droppet aftalen kl. 12.00: Kan ikke lade sig gøre.',
    );
    expect((await stateOf(done)).endedById).toBe(by);
  });

  it('pressed twice is done once', async () => {
    const id = await putAction(bot, kim, { owner: 'mette', text: 'Find pas' });
    const card = await list('mette');
    const answers = await Promise.all([
      press('mette', 'review.action-done', card, id),
      press('mette', 'review.action-done', card, id),
    ]);
    expect(answers.filter((answer) => said(answer).includes('Gjort: Find pas'))).toHaveLength(1);
    expect(said(answers)).not.toContain('har meldt aftalen gjort');
  });

  it('by two at once is done by the first, and the other hears of it', async () => {
    const id = await putAction(bot, kim, { owner: 'mette', text: 'Find pas' });
    const answers = await Promise.all([
      bot.as('mette').press('review.action-done', forged(id)),
      bot.as('bo').press('review.action-drop', forged(id), { [`reason_${id}`]: 'not_relevant' }),
    ]);
    expect(answers.filter((answer) => /Gjort: |Droppet: /.test(said(answer)))).toHaveLength(1);
    expect(answers.filter((answer) => /har meldt aftalen gjort|har droppet aftalen/.test(said(answer)))).toHaveLength(
      1,
    );
  });

  it('does not work in a channel', async () => {
    const id = await putAction(bot, kim, { owner: 'mette' });
    expect((await bot.inChannel('mette').press('review.action-done', forged(id))).text).toContain('din egen chat');
    expect((await bot.inChannel('mette').say('aftaler'))[0]?.text).toContain('din egen chat');
  });
});

it('a message shows a page of them, logs those alone, and leads to all', async () => {
  await planReview(bot);
  const { id: reviewId } = await bot.prisma.review.findFirstOrThrow();
  for (let n = 1; n <= 8; n += 1) await putAction(bot, kim, { owner: 'bo', text: `Aftale ${n}!`, dueOn: '2026-10-01' });
  await bot.prisma.reviewAction.updateMany({ data: { createdAt: new Date('2026-09-01T08:00:00Z') } });
  const recipientId = bot.town.staffIds.herbergsleder;
  const news = await compose(bot.deps, { kind: 'review.stuck', recipientId, placeId: null, subject: { reviewId } });
  expect(news?.seen.map(({ referralId }) => referralId)).toEqual([kim.id]);
  const templates = loadTemplates(fileURLToPath(new URL('../../../cards', import.meta.url)));
  const card = news?.reply.kind === 'card' ? renderCard(news.reply.card, { templates }) : {};
  expect(read(card)).toContain('Aftale 6!');
  expect(read(card)).not.toContain('Aftale 7!');
  const all = await bot.as('herbergsleder').press('review.actions', buttonOf(card, 'review.actions'));
  expect(read(all)).toContain('Bocentret · 8 åbne aftaler');
});

describe('the share done', () => {
  it('is of the shelter, of last week’s due days, without those dropped', async () => {
    const due = async (owner: PersonName, dueOn: string, dropReason: string | null | undefined) => {
      const id = await putAction(bot, kim, { owner, dueOn });
      const by = bot.town.staffIds[owner];
      if (dropReason !== undefined)
        await bot.deps.db.$transaction((tx) => endActions(tx, kim.id, [id], { dropReason, by, at: NOON }));
    };
    await due('mette', '2026-11-09', null);
    await due('bo', '2026-11-15', null);
    await due('bo', '2026-11-13', undefined);
    await due('bo', '2026-11-13', 'not_relevant');
    await due('bo', '2026-11-08', null);
    await due('bo', '2026-11-16', null);
    const text = read(await list('mette'));
    expect(text).toContain('Aftaler med frist i sidste uge: 2 af 3 gjort');
    expect(text).toContain('Opgjort 18. november 2026 for hele herberget. Aftaler, der er droppet, tæller ikke med.');
    expect(read(await list('jonas', 'aftaler bocentret'))).toContain('2 af 3 gjort');
  });

  it('is not told when nothing fell due', async () => {
    await putAction(bot, kim, { owner: 'mette' });
    const card = await list('mette');
    expect(read(card)).not.toContain('sidste uge');
    expect(hasButton(card, 'review.action-done')).toBe(true);
  });
});
