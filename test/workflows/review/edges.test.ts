/** A review at its edges: as large as they come, and when two things happen at once or in an odd order. */
import { Temporal } from '../../../bot/domain/time.ts';
import { maximumCharacters } from '../../../bot/teams/render.ts';
import { compose } from '../../../bot/workflows/messages.ts';
import { makeAgendas } from '../../../bot/workflows/review/make-agenda.ts';
import { addObservation } from '../../../bot/store/observations.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import { buttonOf, hasButton, inputsOf, type Json, pressButton, type PutCase, read } from '../../fakes/case-driver.ts';
import { actionsOf, cardOf } from '../../fakes/client.ts';
import { agendaOf, begin, planReview, putResidents, record, reviewOf, titleOf } from '../../fakes/review.ts';
import { putAction, putPlan } from '../../fakes/review-past.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
const clean = async () => {
  bot.setNow(NOON);
  await bot.prisma.observation.deleteMany();
  await bot.prisma.reviewAction.deleteMany();
  await bot.prisma.review.deleteMany();
  await bot.prisma.reviewPlan.deleteMany();
  await bot.prisma.outboxMessage.deleteMany();
  bot.connector.clear();
};
const begun = (person: PersonName = 'mette') => begin(bot, person);
const agendaCard = (person: PersonName = 'mette') => agendaOf(bot, person);
const closed = async (person: PersonName = 'mette') =>
  pressButton(bot.as(person), await agendaCard(person), 'review.close');
const action = (who: PersonName, text: string) => ({
  ...{ actionText: text, actionOwner: bot.town.staffIds[who], actionDue: '2026-11-25' },
});
const sentTo = async (person: PersonName, kind: string): Promise<Json[]> => {
  const all = await bot.delivered(person);
  const rows = await bot.prisma.outboxMessage.findMany({ where: { kind, recipientId: bot.town.staffIds[person] } });
  expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'sent'));
  return all.filter(({ id }) => rows.some(({ activityId }) => activityId === id)).map((one) => cardOf(one as never));
};
const NEXT_AGENDA = Temporal.Instant.from('2026-11-24T08:00:00Z');

describe('a shelter of 3', () => {
  let residents: PutCase[];
  beforeAll(async () => {
    bot = await startTestBot({ deliver: true });
    residents = await putResidents(bot, 3);
  });
  beforeEach(clean);
  afterAll(() => bot.close());
  const moveAway = (at: number, away = true) => {
    const { fre, boc, syd, hje } = bot.town.unitIds;
    return bot.prisma.referral.update({
      where: { id: residents[at]?.id ?? '' },
      data: { shelterId: away ? fre : boc, unitId: away ? syd : hje },
    });
  };

  it('a double press of an outcome that a colleague has overtaken says so both times', async () => {
    await planReview(bot);
    const [mettes, jonass] = [await begun(), await begun('jonas')];
    await record(bot, 'mette', mettes, {}, { outcome: 'progress' });
    const data = buttonOf(jonass, 'review.record', { say: 'chosen', go: 'next' });
    await bot.as('jonas').press('review.record', data, { outcome: 'setback' });
    const again = await bot.as('jonas').press('review.record', data, { outcome: 'setback' });
    expect(titleOf(again.card as Json)).toContain('Beboer Nummer1 ');
    expect(read(again.card)).toContain('Mette Holm har kl. 12.00 skrevet “Fremskridt”.');
    expect(inputsOf(again.card)).toMatchObject({ outcome: 'setback' });
  });

  it('what is written on a card after its first press is shown, and not lost with the second', async () => {
    await planReview(bot);
    const data = buttonOf(await begun(), 'review.record', { say: 'unchanged', go: 'next' });
    await bot.as('mette').press('review.record', data, { note: 'Ring til lægen' });
    const more = await bot.as('mette').press('review.record', data, { note: 'Ring til lægen, og til banken' });
    expect(titleOf(more.card as Json)).toContain('Beboer Nummer1 ');
    expect(inputsOf(more.card)).toMatchObject({ note: 'Ring til lægen, og til banken' });
    await record(bot, 'mette', more.card as Json, { say: '' }, { note: 'Ring til lægen, og til banken' });
    expect(await bot.prisma.reviewNote.count()).toBe(2);
  });

  it('one agenda that cannot be made keeps no other shelter from its own', async () => {
    const { boc, her } = bot.town.unitIds;
    await putPlan(bot, 'boc');
    await putPlan(bot, 'her', ['ida']);
    const of = (wayVersion: number) =>
      bot.prisma.referral.update({ where: { id: residents[0]?.id ?? '' }, data: { wayVersion } });
    await of(99);
    try {
      await expect(makeAgendas(bot.deps)).rejects.toThrow();
      expect(await bot.prisma.review.count({ where: { shelterId: her } })).toBe(1);
      expect(bot.logged.some((line) => line.includes(boc) && line.includes('An agenda could not be made'))).toBe(true);
    } finally {
      await of(1);
    }
  });

  it('cannot be opened again beside another that is open', async () => {
    await planReview(bot, { weekday: '4' });
    const minutes = await closed();
    await planReview(bot, { weekday: '3' });
    const answer = await bot.as('mette').press('review.reopen', buttonOf(minutes, 'review.reopen'));
    expect(read(answer.card)).toContain('kan ikke åbnes igen');
  });

  it('a conflict without a note speaks of none', async () => {
    await planReview(bot);
    const [mettes, jonass] = [await begun(), await begun('jonas')];
    await record(bot, 'mette', mettes, {}, { outcome: 'progress' });
    const asked = await record(bot, 'jonas', jonass, {}, { outcome: 'setback' });
    expect(read(asked)).toContain('skrevet “Fremskridt”');
    expect(read(asked)).not.toContain('Dit notat');
  });

  it('what came too late is shown whole, without a CPR number', async () => {
    await planReview(bot);
    const jonass = await begun('jonas');
    await closed();
    const data = buttonOf(jonass, 'review.record', { say: 'unchanged', go: 'next' });
    const long = await bot.as('jonas').press('review.record', data, { note: `${'ord '.repeat(400)}til sidst` });
    expect(read(long.card)).toContain('til sidst');
    const secret = buttonOf(jonass, 'review.record', { say: '', go: 'next' });
    const cpr = await bot.as('jonas').press('review.record', secret, { note: 'CPR 010190-1234' });
    expect(read(cpr.card)).toContain('CPR ');
    expect(read(cpr.card)).not.toContain('010190');
    const none = await bot.as('karla').press('review.record', data);
    expect(read(none.card)).not.toContain('står her');
  });

  it('a card left open when nobody closed the review says what has happened, naming nobody', async () => {
    await planReview(bot);
    const card = await begun();
    bot.setNow(NEXT_AGENDA);
    await reviewOf(bot, 'jonas');
    const late = await record(bot, 'mette', card, { say: 'unchanged' }, { note: 'For sent' });
    expect(read(late)).toContain('For sent');
    expect(read(late)).not.toContain('" har afsluttet');
    const again = await bot.as('mette').press('review.close', {
      ...{ reviewId: buttonOf(card, 'review.record')['reviewId'], version: 1, nonce: crypto.randomUUID() },
    });
    expect(read(again)).not.toContain('" har afsluttet');
  });

  it('an agenda of a closed review is nowhere to be had', async () => {
    await planReview(bot);
    const card = await begun();
    await closed();
    for (const pick of [
      { say: '', go: 'agenda' },
      { say: '', go: 'next' },
    ] as const)
      expect(titleOf(await record(bot, 'mette', card, pick))).toContain('Referat');
  });

  it('“Åbn hos mig” of a closed review sends its minutes', async () => {
    await planReview(bot);
    await bot.inChannel('mette').say('<at>Hjemvej</at> gennemgang her');
    await record(bot, 'mette', await begun(), { say: 'unchanged' });
    await closed();
    await bot.delivered('jonas');
    const card = bot.connector
      .messages('19:boc@thread.tacv2')
      .filter(({ attachments }) => attachments)
      .map((one) => cardOf(one))[0];
    const button = actionsOf(card).find(({ verb }) => verb === 'review.open-mine')?.['data'] as Json;
    await bot.inChannel('jonas').press('review.open-mine', button);
    const [sent] = await sentTo('jonas', 'review.open');
    expect(titleOf(sent as Json)).toContain('Referat');
    expect(hasButton(sent, 'review.close')).toBe(false);
  });

  it('a review that nobody closed tells the owners, and its channel that it is over', async () => {
    await planReview(bot);
    await bot.inChannel('mette').say('<at>Hjemvej</at> gennemgang her');
    await record(bot, 'mette', await begun(), { say: 'unchanged' }, action('jonas', 'Ring til lægen'));
    bot.setNow(NEXT_AGENDA);
    await reviewOf(bot, 'mette');
    expect(read(await sentTo('jonas', 'review.actions'))).toContain('Ring til lægen');
    const cards = bot.connector
      .messages('19:boc@thread.tacv2')
      .filter(({ attachments }) => attachments)
      .map((one) => read(cardOf(one)));
    expect(cards).toHaveLength(2);
    expect(cards[0]).toContain('Gennemgangen er afsluttet.');
    expect(cards[1]).toContain('er klar.');
  });

  it('what is agreed after it was opened again is told, once', async () => {
    await planReview(bot);
    await record(bot, 'mette', await begun(), { say: 'unchanged' }, action('jonas', 'Ring'));
    const minutes = await closed();
    const open = await pressButton(bot.as('mette'), minutes, 'review.reopen');
    const same = await pressButton(bot.as('mette'), open, 'review.close');
    const where = { kind: 'review.actions' };
    expect(await bot.prisma.outboxMessage.count({ where })).toBe(1);
    await pressButton(bot.as('mette'), same, 'review.reopen');
    await record(bot, 'mette', await begun(), { say: 'unchanged' }, action('jonas', 'Skriv'));
    await closed();
    expect(await bot.prisma.outboxMessage.count({ where })).toBe(2);
  });

  it('a note added after the review was opened again is to be journaled anew', async () => {
    await planReview(bot);
    const first = await begun();
    await record(bot, 'mette', first, { say: 'unchanged' });
    const minutes = await closed();
    const journal = await pressButton(bot.as('jonas'), minutes, 'review.journal');
    expect(read(await pressButton(bot.as('jonas'), journal, 'review.journaled'))).toContain('Alt er journaliseret.');
    const open = await pressButton(bot.as('mette'), minutes, 'review.reopen');
    const itemId = buttonOf(first, 'review.record')['itemId'];
    const again = await pressButton(bot.as('mette'), open, 'review.open', {}, { itemId });
    await record(bot, 'mette', again, { say: '' }, { note: 'Kom i tanke om mere' });
    const later = await pressButton(bot.as('mette'), await closed(), 'review.journal');
    expect(read(later)).toContain('1 mangler at blive journaliseret.');
    expect(read(later)).toContain('Kom i tanke om mere');
  });

  it('what was agreed in the moment of closing is in the minutes, and told', async () => {
    await planReview(bot);
    const jonass = await begun('jonas');
    // The clocks of two replicas: the one that closes is behind.
    bot.setNow(NOON.add({ seconds: 1 }));
    await record(bot, 'jonas', jonass, { say: 'unchanged' }, action('karla', 'Skriv til banken'));
    bot.setNow(NOON);
    const minutes = await closed();
    expect(read(minutes)).toContain('Skriv til banken');
    expect(await bot.prisma.outboxMessage.count({ where: { kind: 'review.actions' } })).toBe(1);
  });

  it('minutes stay as they were when an action is done later', async () => {
    const id = await putAction(bot, residents[0] as PutCase, { owner: 'bo', text: 'Find pas' });
    await planReview(bot);
    await record(bot, 'mette', await begun(), { say: 'unchanged' });
    const minutes = await closed();
    bot.setNow(NOON.add({ hours: 24 }));
    await bot.as('bo').press('review.action-done', { actionId: id, version: 0, nonce: crypto.randomUUID() });
    const journal = await pressButton(bot.as('mette'), minutes, 'review.journal');
    expect(read(journal)).toContain('Uændret');
    expect(read(journal)).not.toContain('Gjort: Find pas');
  });

  it('a driver passes by the resident whose case they may not see, both ways, and is told who is left', async () => {
    await moveAway(1);
    try {
      await planReview(bot);
      const first = await begun();
      const third = await record(bot, 'mette', first, { say: 'unchanged' });
      expect(titleOf(third)).toContain('Beboer Nummer3 ');
      expect(titleOf(await record(bot, 'mette', third, { say: '', go: 'previous' }))).toContain('Beboer Nummer1 ');
      const end = await record(bot, 'mette', third, { say: 'unchanged' });
      expect(read(end)).not.toContain('Alle på dagsordenen er drøftet.');
      expect(read(end)).toContain('2 af 3 drøftet');
      await bot.prisma.reviewItem.updateMany({
        where: { referralId: residents[2]?.id ?? '' },
        data: { outcome: null },
      });
      expect(titleOf(await begun())).toContain('Beboer Nummer3 ');
    } finally {
      await moveAway(1, false);
    }
  });

  it('skipping the last that is left does not say that all are discussed', async () => {
    await planReview(bot);
    const second = await record(bot, 'mette', await begun(), { say: 'unchanged' });
    const third = await record(bot, 'mette', second, { say: 'unchanged' });
    expect(read(await record(bot, 'mette', third, { say: '' }))).not.toContain('Alle på dagsordenen er drøftet.');
  });

  it('the minutes say no more of a hidden case than its number and outcome', async () => {
    await planReview(bot);
    await record(bot, 'mette', await begun(), { say: 'chosen' }, { outcome: 'progress' });
    await moveAway(0);
    try {
      const minutes = await closed();
      expect(read(minutes)).toContain('Fremskridt');
      expect(read(minutes)).not.toContain('Udredning');
    } finally {
      await moveAway(0, false);
    }
  });

  it('the rest put down as unchanged is a change of each of them in the access log', async () => {
    await planReview(bot);
    await record(bot, 'mette', await begun(), { say: 'unchanged' });
    await pressButton(bot.as('mette'), await agendaCard(), 'review.rest-unchanged');
    const rows = await bot.prisma.accessLog.findMany({
      where: { operation: 'review.rest-unchanged', action: 'change' },
    });
    expect(
      rows
        .map(({ referralId }) => referralId)
        .filter(Boolean)
        .sort(),
    ).toEqual(
      residents
        .slice(1)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('the news of a week whose review nobody closed are on the card, as the agenda says', async () => {
    await planReview(bot);
    await record(bot, 'mette', await begun(), { say: 'unchanged' });
    const at = NOON.add({ hours: 48 });
    const [first] = residents;
    await bot.deps.db.$transaction((tx) =>
      addObservation(tx, {
        ...{
          referralId: first?.id ?? '',
          shelterId: bot.town.unitIds.boc,
          text: 'Spiste med',
          talkedOn: null,
          wish: null,
        },
        ...{ by: bot.town.staffIds.bo, at },
      }),
    );
    bot.setNow(NEXT_AGENDA);
    const agenda = await reviewOf(bot, 'mette');
    expect(read(agenda)).toContain('1 ny observation');
    const item = await bot.prisma.reviewItem.findFirstOrThrow({
      where: { referralId: first?.id ?? '', review: { closedAt: null } },
    });
    const card = await bot.as('mette').press('review.open', { itemId: item.id });
    expect(read(card.card)).toContain('Spiste med');
  });

  it('the document is of closed reviews only', async () => {
    await planReview(bot);
    await record(bot, 'mette', await begun(), { say: 'unchanged' });
    const minutes = await closed();
    await pressButton(bot.as('mette'), minutes, 'review.reopen');
    const answer = await bot.as('mette').press('review.document', buttonOf(minutes, 'review.document'));
    expect(read(answer.card)).not.toContain('/documents/');
  });

  it('whoever no longer leads the shelter is told nothing of what stands still', async () => {
    await putAction(bot, residents[0] as PutCase, { owner: 'bo', text: 'Find pas', dueOn: '2026-11-19' });
    bot.setNow(Temporal.Instant.from('2026-12-15T09:00:00Z'));
    await planReview(bot);
    await bot.delivered('herbergsleder');
    expect(read(await sentTo('herbergsleder', 'review.stuck'))).toContain('Find pas');
    const rows = await bot.prisma.accessLog.findMany({ where: { operation: 'review.stuck' } });
    expect(rows).toHaveLength(1);
    const { subject } = await bot.prisma.outboxMessage.findFirstOrThrow({ where: { kind: 'review.stuck' } });
    const told = { kind: 'review.stuck', placeId: null, subject: subject as Record<string, string> };
    expect(await compose(bot.deps, { ...told, recipientId: bot.town.staffIds.herbergsleder })).not.toBeNull();
    expect(await compose(bot.deps, { ...told, recipientId: bot.town.staffIds.ida })).toBeNull();
  });

  it('says in the set-up that the channel can no longer be written to', async () => {
    await planReview(bot);
    await bot.inChannel('mette').say('<at>Hjemvej</at> gennemgang her');
    await bot.prisma.sharedPlace.updateMany({ data: { goneAt: new Date('2026-11-18T11:00:00Z') } });
    const plan = cardOf((await bot.as('mette').say('opsæt gennemgang'))[0]);
    expect(read(plan)).toContain('Jeg kan ikke længere skrive i den valgte kanal.');
  });

  it('a running review is not ended by moving the day to tomorrow', async () => {
    await planReview(bot);
    const second = await record(bot, 'mette', await begun(), { say: 'unchanged' });
    await planReview(bot, { weekday: '4' });
    expect(titleOf(await record(bot, 'mette', second, { say: 'unchanged' }))).toContain('Beboer Nummer3 ');
    await closed();
    await bot.as('mette').say('gennemgang');
    expect(await bot.prisma.review.count()).toBe(2);
  });
});

describe('a shelter of 80', () => {
  let residents: PutCase[];
  const NAME = 'Bartholomæus-Christoffersen Vesterskov-Østergård af Overgård';
  beforeAll(async () => {
    bot = await startTestBot({ deliver: true });
    residents = await putResidents(bot, 80);
    await bot.prisma.citizen.updateMany({ data: { name: NAME } });
    for (let n = 0; n < 160; n += 1) {
      const staff = await bot.prisma.staff.create({
        data: {
          aadObjectId: crypto.randomUUID(),
          name: `Medarbejder Langtefternavn-Mellemnavnsen ${n}`,
          searchName: `medarbejder ${n}`,
        },
      });
      await bot.prisma.staffAssignment.create({
        data: { staffId: staff.id, role: 'shelter_staff', unitId: bot.town.unitIds.boc },
      });
    }
  });
  beforeEach(clean);
  afterAll(() => bot.close());
  const NOTE = 'Beboeren siger "ja tak" til det meste; 3 af 4 samtaler holdt. '.repeat(40).slice(0, 2_000);
  const AGREED = 'Book en "samtale" om ydelse og gæld hos rådgivningen i god tid. '.repeat(6).slice(0, 300);
  const size = (card: unknown) => JSON.stringify(card).length;
  const fits = (card: unknown) => {
    expect(card).toBeDefined();
    expect(size(card)).toBeLessThan(maximumCharacters);
  };

  async function fill() {
    const review = await bot.prisma.review.findFirstOrThrow({
      where: { closedAt: null },
      include: { items: { orderBy: { position: 'asc' } } },
    });
    for (const { id, referralId } of review.items.slice(0, 20)) {
      await bot.prisma.reviewNote.createMany({
        data: Array.from({ length: 8 }, () => ({
          ...{ id: crypto.randomUUID(), itemId: id, authorId: bot.town.staffIds.bo, text: NOTE },
          at: new Date(bot.deps.now().epochMilliseconds),
        })),
      });
      await bot.prisma.reviewAction.createMany({
        data: Array.from({ length: 8 }, () => ({
          ...{ id: crypto.randomUUID(), referralId, shelterId: bot.town.unitIds.boc, itemId: id, text: AGREED },
          ...{ ownerId: bot.town.staffIds.jonas, createdById: bot.town.staffIds.mette },
          ...{ dueOn: new Date('2026-11-19'), createdAt: new Date(bot.deps.now().epochMilliseconds) },
        })),
      });
      await bot.prisma.observation.createMany({
        data: Array.from({ length: 8 }, () => ({
          ...{ id: crypto.randomUUID(), referralId, shelterId: bot.town.unitIds.boc, authorId: bot.town.staffIds.bo },
          ...{ text: NOTE, wish: NOTE, talkedOn: new Date('2026-11-17') },
          at: new Date(bot.deps.now().epochMilliseconds - 3_600_000),
        })),
      });
    }
  }

  it('has cards that Teams takes, from the agenda to the journal and the next week', async () => {
    const people = await bot.prisma.staff.findMany({ where: { name: { startsWith: 'Medarbejder' } } });
    const participants = [...people.slice(0, 36).map(({ id }) => id), bot.town.staffIds.mette, bot.town.staffIds.jonas];
    const plan = cardOf((await bot.as('mette').say('opsæt gennemgang'))[0]);
    fits(plan);
    fits(
      await pressButton(bot.as('mette'), plan, 'review.plan', {
        ...{ weekday: '3', startsAt: '8.40', order: 'urgency', participants: participants.join(',') },
      }),
    );
    await fill();
    const agenda = await reviewOf(bot, 'mette');
    fits(agenda);
    const item = await pressButton(bot.as('mette'), agenda, 'review.resume');
    fits(item);
    const asked = await record(bot, 'mette', item, {}, { note: NOTE, actionText: AGREED });
    fits(asked);
    let card = item;
    for (let n = 0; n < 20; n += 1) {
      card = await record(bot, 'mette', card, {}, { outcome: 'progress' });
      fits(card);
    }
    const minutes = await closed();
    fits(minutes);
    const late = await bot.as('jonas').press('review.record', buttonOf(item, 'review.record'), {
      ...{ note: NOTE, actionText: AGREED },
    });
    fits(late.card);
    let journal: Json = await pressButton(bot.as('jonas'), minutes, 'review.journal');
    const seen = new Set<unknown>();
    for (let pages = 1; ; pages += 1) {
      fits(journal);
      for (const { verb, data } of actionsOf(journal))
        if (verb === 'review.journaled') seen.add((data as Json)['itemId']);
      expect(pages).toBeLessThan(40);
      const next = actionsOf(journal).find(({ title }) => title === 'Næste side');
      if (!next) break;
      const answer = await bot.as('jonas').press('review.journal', next['data'] as Json);
      journal = answer.card as Json;
    }
    expect(seen.size).toBe(20);
    const back = actionsOf(journal).find(({ title }) => title === 'Forrige side');
    fits((await bot.as('jonas').press('review.journal', back?.['data'] as Json)).card);
    for (const told of await sentTo('jonas', 'review.actions')) fits(told);
    expect(await sentTo('jonas', 'review.actions')).toHaveLength(1);
    fits(cardOf((await bot.as('jonas').say('aftaler Bocentret'))[0]));

    bot.setNow(Temporal.Instant.from('2026-12-15T09:00:00Z'));
    fits(await reviewOf(bot, 'mette'));
    expect(await sentTo('herbergsleder', 'review.stuck')).toHaveLength(1);
    const nextWeek = await bot.prisma.reviewItem.findFirstOrThrow({
      where: { referralId: residents[0]?.id ?? '', review: { closedAt: null } },
    });
    fits((await bot.as('mette').press('review.open', { itemId: nextWeek.id })).card);
    expect(await bot.prisma.outboxMessage.count({ where: { state: { in: ['failed', 'waiting'] } } })).toBe(0);
  });
});
