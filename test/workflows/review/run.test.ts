/** A whole review: planned, its agenda made, run by several, closed, written down. */
import { Temporal } from '../../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  buttonOf,
  doStep,
  hasButton,
  inputsOf,
  type Json,
  pressButton,
  putCase,
  type PutCase,
  read,
} from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { agendaOf, begin, FIVE, planReview, putResidents, record, reviewOf, titleOf } from '../../fakes/review.ts';
import type { PersonName } from '../../fakes/town.ts';
import { putPlan } from '../../fakes/review-past.ts';

let bot: TestBot;
let residents: PutCase[];
beforeAll(async () => {
  bot = await startTestBot();
  residents = await putResidents(bot, 40);
});
beforeEach(async () => {
  bot.setNow(NOON);
  await bot.prisma.reviewAction.deleteMany();
  await bot.prisma.review.deleteMany();
  await bot.prisma.reviewPlan.deleteMany();
  await bot.prisma.outboxMessage.deleteMany();
  // Whoever a test has put in besides the 40.
  await bot.prisma.stay.updateMany({
    where: { referralId: { notIn: residents.map(({ id }) => id) } },
    data: { endedOn: new Date('2026-11-17') },
  });
});
afterAll(() => bot.close());

const told = async (kind: string): Promise<string[]> => {
  const names = Object.fromEntries(Object.entries(bot.town.staffIds).map(([name, id]) => [id, name]));
  const rows = await bot.prisma.outboxMessage.findMany({ where: { kind } });
  return rows.map(({ recipientId }) => names[recipientId ?? ''] ?? '').sort();
};
const itemsSaid = () =>
  bot.prisma.reviewItem.findMany({ where: { outcome: { not: null } }, orderBy: { position: 'asc' } });
const begun = (person: PersonName = 'mette') => begin(bot, person);

describe('the agenda', () => {
  it('is made at once on the day itself, for all participants, and only once', async () => {
    const card = await planReview(bot);
    expect(read(card)).toContain('Gemt. Gennemgangen holdes hver onsdag kl. 8.40');
    await planReview(bot, { startsAt: '9' });
    expect(await bot.prisma.review.count()).toBe(1);
    expect(await bot.prisma.reviewItem.count()).toBe(40);
    expect(await told('review.agenda')).toEqual([...FIVE].sort());
  });

  it('has the most urgent first, each with its reasons in words', async () => {
    await putCase(bot, 'assessment', { name: 'Sen Sag', since: '2026-09-01' });
    await planReview(bot);
    const card = await reviewOf(bot, 'jonas');
    expect(titleOf(card)).toBe('Beboergennemgang · Bocentret');
    const text = read(card);
    expect(text.indexOf('Sen Sag')).toBeLessThan(text.indexOf('Beboer Nummer'));
    expect(text).toMatch(/Trinnet er \d+ dage for sent · Stået stille i 11 uger/);
    expect(text).toContain('0 af 41 drøftet');
  });

  it('is paged, and a resident can be moved and added', async () => {
    await planReview(bot);
    const first = await reviewOf(bot, 'mette');
    const second = await pressButton(bot.as('mette'), first, 'review.agenda');
    expect(read(second)).toContain('Beboer Nummer11');
    const last = await bot.prisma.reviewItem.findFirstOrThrow({ orderBy: { position: 'desc' } });
    const moved = await pressButton(bot.as('mette'), second, 'review.move', { toMove: last.id }, { to: 'first' });
    expect((await bot.prisma.reviewItem.findFirstOrThrow({ orderBy: { position: 'asc' } })).id).toBe(last.id);
    expect(hasButton(moved, 'review.add')).toBe(false);

    const newcomer = await putCase(bot, 'attachment', { name: 'Ny Beboer' });
    const withNew = await reviewOf(bot, 'mette');
    const added = await pressButton(bot.as('mette'), withNew, 'review.add', { toAdd: newcomer.id });
    expect(read(added)).toContain('0 af 41 drøftet');
    const none = await pressButton(bot.as('mette'), added, 'review.move', {}, { to: 'first' });
    expect(read(none)).toContain('Vælg en beboer.');
  });

  it('read the day before does not begin the review', async () => {
    bot.setNow(Temporal.Instant.from('2026-11-17T11:00:00Z'));
    await planReview(bot);
    await begun();
    expect(await bot.prisma.review.findFirstOrThrow()).toMatchObject({ startedAt: null, currentId: null });
  });
});

describe('running it', () => {
  it('turns to the next with one press, says where it stands, and skips what is said', async () => {
    await planReview(bot);
    const first = await begun();
    expect(titleOf(first)).toContain('Beboer Nummer1 ');
    expect(read(first)).toContain('1 af 40');
    expect(read(first)).toMatch(/Sagen står ved.*Udredning/);
    const second = await record(bot, 'mette', first, { say: 'unchanged' });
    expect(titleOf(second)).toContain('Beboer Nummer2 ');
    const third = await record(bot, 'mette', second, { say: '' });
    expect(titleOf(third)).toContain('Beboer Nummer3 ');
    const absent = await record(bot, 'mette', third, { say: 'absent' });
    const back = await record(bot, 'mette', absent, { say: '', go: 'previous' });
    expect(titleOf(back)).toContain('Beboer Nummer3 ');
    expect(read(back)).toContain('Ikke til stede – Mette Holm');
    expect((await itemsSaid()).map(({ outcome }) => outcome)).toEqual(['unchanged', 'absent']);
    const agenda = await record(bot, 'mette', back, { say: '', go: 'agenda' });
    expect(read(agenda)).toContain('2 af 40 drøftet');
  });

  it('goes on where it stood after a break, for anybody taking part', async () => {
    await planReview(bot);
    const second = await record(bot, 'mette', await begun(), { say: 'unchanged' });
    await record(bot, 'mette', second, { say: 'unchanged' });
    expect(titleOf(await reviewOf(bot, 'mette'))).toContain('Beboer Nummer3 ');
    expect(titleOf(await reviewOf(bot, 'jonas'))).toContain('Beboer Nummer3 ');
    const attended = await bot.prisma.reviewParticipant.findMany({ where: { attendedAt: { not: null } } });
    expect(attended.map(({ staffId }) => staffId).sort()).toEqual(
      [bot.town.staffIds.mette, bot.town.staffIds.jonas].sort(),
    );
  });

  it('goes on after a restart of the bot in the middle, on the card that was open too', async () => {
    await planReview(bot);
    const second = await record(bot, 'mette', await begun(), { say: 'unchanged' });
    await bot.restart();
    expect(titleOf(await reviewOf(bot, 'jonas'))).toContain('Beboer Nummer2 ');
    const third = await record(bot, 'mette', second, { say: 'unchanged' }, { note: 'Skrevet før genstarten' });
    expect(titleOf(third)).toContain('Beboer Nummer3 ');
    expect(await bot.prisma.reviewNote.count()).toBe(1);
  });

  it('says of whoever has left since the agenda was made that they have', async () => {
    await planReview(bot);
    const [first] = residents;
    const stay = { endedOn: new Date('2026-11-17'), dischargeManner: 'agreed', dischargedTo: 'own_home' };
    await bot.prisma.stay.updateMany({ where: { referralId: first?.id ?? '' }, data: stay });
    expect(read(await begun())).toMatch(/Udskrevet.*17. november 2026/);
    const back = { endedOn: null, dischargeManner: null, dischargedTo: null };
    await bot.prisma.stay.updateMany({ where: { referralId: first?.id ?? '' }, data: back });
  });

  it('keeps a note, an outcome and a new action, and lists it until it is ticked off', async () => {
    await planReview(bot);
    await record(
      bot,
      'mette',
      await begun(),
      {},
      {
        outcome: 'progress',
        note: 'Har fået *MitID*',
        actionText: 'Book lægetid',
        actionOwner: bot.town.staffIds.jonas,
        actionDue: '2026-11-25',
      },
    );
    const [item] = await itemsSaid();
    expect(item).toMatchObject({ outcome: 'progress', decidedById: bot.town.staffIds.mette, stepThen: 'assessment' });
    const [action] = await bot.prisma.reviewAction.findMany();
    expect(action).toMatchObject({ text: 'Book lægetid', ownerId: bot.town.staffIds.jonas, endedAt: null });
    const again = await pressButton(bot.as('bo'), await agendaCard(), 'review.open', {}, { itemId: item?.id });
    expect(read(again)).toContain('Har fået *MitID*');
    expect(read(again)).toContain('Book lægetid – Jonas Lind, senest 25.11.2026');
    await record(bot, 'bo', again, { say: '' }, { done: action?.id });
    expect((await bot.prisma.reviewAction.findFirstOrThrow()).endedById).toBe(bot.town.staffIds.bo);
  });

  it('keeps what was typed when a page is turned without an outcome', async () => {
    await planReview(bot);
    const second = await record(bot, 'mette', await begun(), { say: '' }, { note: 'Kun et notat' });
    expect(titleOf(second)).toContain('Beboer Nummer2 ');
    expect(await bot.prisma.reviewNote.findFirstOrThrow()).toMatchObject({ text: 'Kun et notat' });
    expect(await itemsSaid()).toHaveLength(0);
  });

  it.each([
    [{}, 'Vælg et udfald, eller tryk Uændret.'],
    [{ outcome: 'progress', actionText: 'Ring' }, 'Vælg, hvem der gør det.'],
    [{ outcome: 'progress', actionDue: '2026-11-25' }, 'Skriv, hvad I aftaler.'],
    [{ outcome: 'progress', note: 'CPR 010190-1234' }, 'CPR-nummer'],
  ])('says at the field what is wrong with %j, and keeps what was typed', async (inputs, problem) => {
    await planReview(bot);
    const card = await record(bot, 'mette', await begun(), {}, { note: 'Behold mig', ...inputs });
    expect(read(card)).toContain(problem);
    expect(titleOf(card)).toContain('Beboer Nummer1 ');
    if (!('note' in inputs)) expect(inputsOf(card)).toMatchObject({ note: 'Behold mig', ...inputs });
    else expect(read(card)).not.toContain('010190');
    expect(await bot.prisma.reviewNote.count()).toBe(0);
    expect(await itemsSaid()).toHaveLength(0);
  });

  it.each([
    ['in the past', '2026-11-17', 'Datoen er overskredet.'],
    ['far away', '2036-11-17', 'Datoen ligger langt fra i dag.'],
  ])('refuses a day %s', async (_which, actionDue, problem) => {
    await planReview(bot);
    const action = { actionText: 'Ring', actionOwner: bot.town.staffIds.bo, actionDue };
    expect(read(await record(bot, 'mette', await begun(), { say: 'unchanged' }, action))).toContain(problem);
  });

  it('gives no action to somebody who may not take part', async () => {
    await planReview(bot);
    const action = { actionText: 'Ring', actionOwner: bot.town.staffIds.bif, actionDue: '2026-11-25' };
    expect(read(await record(bot, 'mette', await begun(), { say: 'unchanged' }, action))).toContain(
      'Vælg, hvem der gør det.',
    );
  });

  it('counts a double press once', async () => {
    await planReview(bot);
    const card = await begun();
    const data = buttonOf(card, 'review.record', { say: 'unchanged', go: 'next' });
    const answers = await Promise.all([
      bot.as('mette').press('review.record', data, { note: 'En gang' }),
      bot.as('mette').press('review.record', data, { note: 'En gang' }),
    ]);
    expect(answers.map((answer) => titleOf(answer.card as Json))).toEqual([
      expect.stringContaining('Beboer Nummer2 '),
      expect.stringContaining('Beboer Nummer2 '),
    ]);
    expect(await bot.prisma.reviewNote.count()).toBe(1);
  });

  it('lets the next step of the case be done, and leads back', async () => {
    await planReview(bot);
    await bot.as('jonas').say('gennemgang');
    const card = await begun('jonas');
    const step = await record(bot, 'jonas', card, { say: '', go: 'step' }, { note: 'Før trinnet' });
    expect(titleOf(step)).toBe('Udredning');
    const wrong = await pressButton(bot.as('jonas'), step, 'step.complete', {}, { outcome: 'assessed' });
    const saved = await pressButton(bot.as('jonas'), wrong, 'step.save', { home: 'done' });
    const back = await pressButton(bot.as('jonas'), saved, 'review.open');
    expect(titleOf(back)).toContain('Beboer Nummer1 ');
    expect(read(back)).toContain('Før trinnet');
  });
});

const agendaCard = (person: PersonName = 'mette') => agendaOf(bot, person);

describe('two at once', () => {
  it('keep both notes, with names, whoever was first', async () => {
    await planReview(bot);
    const [mettes, jonass] = [await begun(), await begun('jonas')];
    expect(titleOf(jonass)).toBe(titleOf(mettes));
    await Promise.all([
      record(bot, 'mette', mettes, { say: 'unchanged' }, { note: 'Fra Mette' }),
      record(bot, 'jonas', jonass, { say: 'unchanged' }, { note: 'Fra Jonas' }),
    ]);
    const notes = await bot.prisma.reviewNote.findMany();
    expect(notes.map(({ text }) => text).sort()).toEqual(['Fra Jonas', 'Fra Mette']);
    expect(await itemsSaid()).toHaveLength(1);
  });

  it('do not overwrite each other’s outcome unseen', async () => {
    await planReview(bot);
    const [mettes, jonass] = [await begun(), await begun('jonas')];
    await record(bot, 'mette', mettes, {}, { outcome: 'progress' });
    const asked = await record(bot, 'jonas', jonass, {}, { outcome: 'setback', note: 'Er flyttet værelse' });
    expect(titleOf(asked)).toContain('Beboer Nummer1 ');
    expect(read(asked)).toContain('Mette Holm har kl. 12.00 skrevet “Fremskridt”. Dit notat er gemt ved siden af.');
    expect(inputsOf(asked)).toMatchObject({ outcome: 'setback', note: '' });
    expect((await itemsSaid())[0]?.outcome).toBe('progress');
    await record(bot, 'jonas', asked, {}, { outcome: 'setback' });
    expect((await itemsSaid())[0]?.outcome).toBe('setback');
    expect(await bot.prisma.reviewNote.count()).toBe(1);
  });

  it('five drive through 40 residents at the same time, and every note is kept', async () => {
    await planReview(bot);
    const cards = await Promise.all(FIVE.map((person) => begun(person)));
    await Promise.all(
      FIVE.map(async (person, index) => {
        let card = cards[index] as Json;
        for (let at = 0; at < 40 && hasButton(card, 'review.record'); at++)
          card = await record(bot, person, card, { say: 'unchanged' }, { note: `${person} ${at}` });
      }),
    );
    const notes = await bot.prisma.reviewNote.findMany();
    expect(new Set(notes.map(({ text }) => text)).size).toBe(notes.length);
    expect(notes.length).toBeGreaterThanOrEqual(40);
    expect(await itemsSaid()).toHaveLength(40);
  });
});

describe('closing', () => {
  const closed = async () => pressButton(bot.as('mette'), await agendaCard(), 'review.close');

  it('puts the rest in the minutes as unchanged, listed as such', async () => {
    await planReview(bot);
    await record(bot, 'mette', await begun(), { say: 'unchanged' });
    const rest = await pressButton(bot.as('mette'), await agendaCard(), 'review.rest-unchanged');
    expect(read(rest)).toContain('39 ført til referat som uændret.');
    const minutes = await pressButton(bot.as('mette'), rest, 'review.close');
    expect(read(minutes)).toContain('Resten uændret');
    expect(read(minutes)).toContain(
      residents
        .slice(1)
        .map(({ number }) => number)
        .join(', '),
    );
    expect((await itemsSaid()).filter(({ withTheRest }) => withTheRest)).toHaveLength(39);
  });

  it('writes the minutes, tells each owner once and nobody of their own act', async () => {
    await planReview(bot);
    const action = (who: (typeof FIVE)[number], text: string) => ({
      ...{ actionText: text, actionOwner: bot.town.staffIds[who], actionDue: '2026-11-25' },
    });
    const second = await record(bot, 'mette', await begun(), { say: 'unchanged' }, action('jonas', 'Ring'));
    const third = await record(bot, 'mette', second, { say: 'absent' }, action('jonas', 'Skriv'));
    const fourth = await record(bot, 'mette', third, {}, { outcome: 'escalate', ...action('mette', 'Selv') });
    await record(bot, 'bo', fourth, { say: 'unchanged' }, action('bo', 'Også selv'));
    const karlas = await begun('karla');
    const minutes = await closed();
    expect(await told('review.actions')).toEqual(['jonas']);
    expect(read(minutes)).toContain('Til stede');
    expect(read(minutes)).toContain('Bo Bang, Karla Munk, Mette Holm');
    expect(read(minutes)).toContain('2 drøftet, 2 uændret, 36 ikke nået');
    expect(read(minutes)).toMatch(/Løftes til lederen/);
    expect(read(minutes)).not.toContain('Beboer Nummer');
    const late = buttonOf(karlas, 'review.record', { say: 'unchanged' });
    const again = await bot.as('karla').press('review.record', late, {
      note: 'For sent skrevet',
    });
    expect(read(again.card)).toContain('Mette Holm har afsluttet gennemgangen kl. 12.00');
    expect(read(again.card)).toContain('For sent skrevet');
    expect(await bot.prisma.reviewNote.count()).toBe(0);
  });

  it('can be taken back until the next agenda is made; those not reached come first there', async () => {
    await planReview(bot);
    await record(bot, 'mette', await begun(), { say: 'unchanged' });
    const reopened = await pressButton(bot.as('mette'), await closed(), 'review.reopen');
    expect(read(reopened)).toContain('Gennemgangen er åben igen.');
    await record(bot, 'mette', await pressButton(bot.as('mette'), reopened, 'review.resume'), { say: 'unchanged' });
    const minutes = await closed();
    bot.setNow(Temporal.Instant.from('2026-11-24T08:00:00Z'));
    const next = await reviewOf(bot, 'jonas');
    expect(read(next)).toContain('Ikke nået sidst');
    expect(titleOf(await begun('jonas'))).toContain('Beboer Nummer3 ');
    expect(read(await bot.as('mette').press('review.reopen', buttonOf(minutes, 'review.reopen')))).toContain(
      'kan ikke åbnes igen',
    );
  });

  it('happens by itself when the next agenda is made', async () => {
    await planReview(bot);
    await record(bot, 'mette', await begun(), { say: 'unchanged' });
    bot.setNow(Temporal.Instant.from('2026-11-24T08:00:00Z'));
    await reviewOf(bot, 'mette');
    const [old, next] = await bot.prisma.review.findMany({ orderBy: { heldOn: 'asc' } });
    expect(old).toMatchObject({ closedById: null, closedAt: expect.any(Date) as Date });
    expect(next).toMatchObject({ closedAt: null, heldOn: new Date('2026-11-25') });
  });
});

describe('the journal', () => {
  it('has a note per resident, and a receipt that says who copied it', async () => {
    await planReview(bot);
    await record(
      bot,
      'mette',
      await begun(),
      {},
      {
        outcome: 'progress',
        note: 'Har fået MitID',
        actionText: 'Book læge',
        actionOwner: bot.town.staffIds.jonas,
        actionDue: '2026-11-25',
      },
    );
    const minutes = await pressButton(bot.as('jonas'), await agendaCard(), 'review.close');
    const journal = await pressButton(bot.as('jonas'), minutes, 'review.journal');
    for (const line of [
      '18. november 2026: Beboergennemgang',
      'Udfald: Fremskridt',
      'Notat (Mette Holm): Har fået MitID',
      'Aftalt: Book læge – Jonas Lind, senest 25.11.2026',
    ])
      expect(read(journal)).toContain(line);
    expect(read(journal)).toContain('1 mangler at blive journaliseret.');
    const done = await pressButton(bot.as('jonas'), journal, 'review.journaled');
    expect(read(done)).toContain('Alt er journaliseret.');
    expect(read(done)).toContain('Journaliseret af Jonas Lind kl. 12.00');
    const twice = await bot.as('bo').press('review.journaled', buttonOf(journal, 'review.journaled'));
    expect(read(twice.card)).toContain('Journaliseret af Jonas Lind');
  });
});

describe('the document', () => {
  it('is fetched once, with a link from one’s own chat', async () => {
    await planReview(bot);
    await record(bot, 'mette', await begun(), {}, { outcome: 'progress', note: 'Har fået MitID' });
    const minutes = await pressButton(bot.as('mette'), await agendaCard(), 'review.close');
    const link = await pressButton(bot.as('mette'), minutes, 'review.document');
    const url = (link['actions'] as { url: string }[])[0]?.url ?? '';
    const fetched = await fetch(url, { method: 'POST' });
    expect(fetched.headers.get('content-disposition')).toContain('referat-bocentret-2026-11-18.docx');
    expect((await fetched.arrayBuffer()).byteLength).toBeGreaterThan(5_000);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
    const log = await bot.prisma.accessLog.findMany({ where: { operation: 'review.document' } });
    expect(log).toHaveLength(40);
    expect(log[0]).toMatchObject({ action: 'extract', staffId: bot.town.staffIds.mette });
  });
});

describe('who sees what', () => {
  it.each(['bif', 'bifleder', 'ida', 'svend', 'sanne', 'stine', 'spor', 'admin', 'kontrol'] as const)(
    '%s sees nothing of the review',
    async (person) => {
      await planReview(bot);
      const card = await begun();
      const [answer] = await bot.as(person).say('gennemgang Bocentret');
      expect(read(answer)).not.toMatch(/Beboer Nummer|Sag \d/);
      for (const [verb, pick] of [
        ['review.record', { say: 'unchanged', go: 'next' }],
        ['review.record', { say: '', go: 'agenda' }],
      ] as const) {
        const pressed = await bot.as(person).press(verb, buttonOf(card, verb, pick), { note: 'Fra en anden' });
        expect(read(pressed)).toContain('Du har ikke adgang til den gennemgang.');
      }
      const agenda = await agendaCard();
      for (const verb of ['review.resume', 'review.open', 'review.close', 'review.move', 'review.agenda'])
        expect(read(await bot.as(person).press(verb, buttonOf(agenda, verb)))).toContain('Du har ikke adgang');
      expect(await bot.prisma.reviewNote.count()).toBe(0);
      expect(await bot.prisma.review.count({ where: { closedAt: null } })).toBe(1);
    },
  );

  it('shows the number alone of a case that is not theirs, and takes nothing about it', async () => {
    const [moved] = residents;
    await bot.prisma.referral.update({ where: { id: moved?.id ?? '' }, data: { unitId: bot.town.unitIds.syd } });
    await planReview(bot);
    const agenda = await reviewOf(bot, 'jonas');
    // The caseworker of the case sees it still, whatever the unit; a colleague does not.
    const karlas = await reviewOf(bot, 'karla');
    expect(read(agenda)).toContain('Beboer Nummer2');
    expect(read(karlas)).toContain('Du har ikke adgang til sagen');
    expect(read(karlas)).not.toContain('Beboer Nummer1 ');
    const mettes = await begun('mette');
    expect(titleOf(mettes)).toContain('Beboer Nummer1 ');
    const data = buttonOf(mettes, 'review.record', { say: 'unchanged', go: 'next' });
    const refused = await bot.as('karla').press('review.record', data, { note: 'Fra Karla' });
    expect(read(refused.card)).toContain('Du har ikke adgang til sagen');
    expect(await bot.prisma.reviewNote.count()).toBe(0);
    await bot.prisma.referral.update({ where: { id: moved?.id ?? '' }, data: { unitId: bot.town.unitIds.hje } });
  });

  it('logs each resident looked at', async () => {
    await planReview(bot);
    const before = await bot.prisma.accessLog.count();
    const card = await begun('jonas');
    await record(bot, 'jonas', card, { say: 'unchanged' });
    const rows = await bot.prisma.accessLog.findMany({ orderBy: { id: 'asc' }, skip: before });
    expect(rows.map(({ operation, action }) => `${operation} ${action}`)).toEqual([
      ...Array.from({ length: 40 }, () => 'review.see-agenda read'),
      'review.see-resident read',
      'review.record change',
      'review.see-resident read',
    ]);
  });
});

describe('planning', () => {
  it('says at the field what is wrong, and keeps what was typed', async () => {
    const card = await planReview(bot, { weekday: '', startsAt: 'tidligt', participants: [] });
    expect(read(card)).toContain('Skriv et klokkeslæt, f.eks. 8.40.');
    expect(read(card)).toContain('Vælg mindst én deltager.');
    expect(inputsOf(card)).toMatchObject({ startsAt: 'tidligt' });
    expect(await bot.prisma.reviewPlan.count()).toBe(0);
  });

  it('proposes the shelter’s own staff and the caseworkers of its residents', async () => {
    const card = cardOf((await bot.as('mette').say('opsæt gennemgang'))[0]);
    const chosen = (inputsOf(card)['participants'] ?? '').split(',');
    expect(chosen.sort()).toEqual(
      (['mette', 'bo', 'herbergsleder', 'jonas'] as const).map((name) => bot.town.staffIds[name]).sort(),
    );
  });

  it('is told who has changed it meanwhile, with what was typed', async () => {
    const old = cardOf((await bot.as('bo').say('opsæt gennemgang'))[0]);
    await planReview(bot);
    const answer = await pressButton(bot.as('bo'), old, 'review.plan', {
      ...{ weekday: '4', startsAt: '10', order: 'room', participants: bot.town.staffIds.bo },
    });
    expect(read(answer)).toContain('Mette Holm har ændret opsætningen kl. 12.00.');
    expect(inputsOf(answer)).toMatchObject({ weekday: '4', startsAt: '10', order: 'room' });
    expect(await bot.prisma.reviewPlan.findFirstOrThrow()).toMatchObject({ weekday: 3 });
  });

  it.each(['jonas', 'ida', 'bif', 'sanne'] as const)('is not for %s', async (person) => {
    const own = cardOf((await bot.as('mette').say('opsæt gennemgang'))[0]);
    const [answer] = await bot.as(person).say('opsæt gennemgang Bocentret');
    expect(read(answer)).not.toContain('review.plan');
    const pressed = await bot.as(person).press('review.plan', buttonOf(own, 'review.plan'), {
      ...{ weekday: '3', startsAt: '8.40', order: 'urgency', participants: bot.town.staffIds.mette },
    });
    expect(pressed.text).toContain('Kun herbergets personale');
    expect(await bot.prisma.reviewPlan.count()).toBe(0);
  });
});

it('is held the working day before a holiday, and in week 53', async () => {
  // 24 December is closed, and so is 31 December: both Thursdays are held on the Wednesday.
  bot.setNow(Temporal.Instant.from('2026-12-22T09:00:00Z'));
  await planReview(bot, { weekday: '4' });
  expect((await bot.prisma.review.findMany()).map(({ heldOn }) => heldOn.toISOString().slice(0, 10))).toEqual([
    '2026-12-23',
  ]);
  bot.setNow(Temporal.Instant.from('2026-12-29T09:00:00Z'));
  const card = await reviewOf(bot, 'mette');
  expect(read(card)).toContain('Onsdag 30. december 2026 kl. 8.40 · uge 53');
});

it('goes from week to week with doStep in between', async () => {
  await planReview(bot);
  const [, second] = residents;
  await doStep(bot, 'jonas', second as PutCase, 'assessed');
  await record(bot, 'mette', await begun(), { say: 'unchanged' });
  await pressButton(bot.as('mette'), await agendaCard(), 'review.close');
  bot.setNow(Temporal.Instant.from('2026-11-24T08:00:00Z'));
  const card = await reviewOf(bot, 'jonas');
  expect(read(card)).toContain('Beboergennemgang');
});

it('opens the review that is under way, for whoever is invited at several shelters', async () => {
  await planReview(bot);
  await putPlan(bot, 'her', ['ida', 'jonas']);
  expect(titleOf(await reviewOf(bot, 'jonas'))).toBe('Hvilket herberg?');
  await begun();
  expect(titleOf(await reviewOf(bot, 'jonas'))).toContain('Sag');
});
