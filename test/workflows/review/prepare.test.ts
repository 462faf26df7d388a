/** `forbered gennemgang`: what shelter staff write beforehand, of whom, and that nothing of it is lost. */
import { Temporal } from '../../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  buttonOf,
  choicesIn,
  inputsOf,
  type Json,
  pressButton,
  putCase,
  type PutCase,
  read,
  said,
} from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { planReview } from '../../fakes/review.ts';
import { forgetReviews } from '../../fakes/review-past.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
let [anna, bent, carl] = [] as unknown as [PutCase, PutCase, PutCase];
beforeAll(async () => {
  bot = await startTestBot();
  anna = await putCase(bot, 'stabilising', { name: 'Anna Prøvesen' });
  bent = await putCase(bot, 'stabilising', { name: 'Bent Prøvesen' });
  carl = await putCase(bot, 'assessment', { name: 'Carl Prøvesen' });
});
afterEach(async () => {
  bot.setNow(NOON);
  await forgetReviews(bot);
  await bot.prisma.stay.updateMany({ data: { room: null, contactId: null, endedOn: null } });
  await bot.prisma.staff.updateMany({ data: { language: 'da' } });
});
afterAll(() => bot.close());

const written = async (person: PersonName, text = 'forbered gennemgang') => (await bot.as(person).say(text))[0];
const first = async (person: PersonName, text?: string): Promise<Json> => cardOf(await written(person, text));
const press = (person: PersonName, card: Json, go: string, inputs: Json = {}) =>
  pressButton(bot.as(person), card, 'review.prepare', { ...inputsOf(card), ...inputs }, { go });
const observations = ({ id }: PutCase) => bot.prisma.observation.findMany({ where: { referralId: id } });
const stayOf = ({ id }: PutCase) => bot.prisma.stay.findFirstOrThrow({ where: { referralId: id } });
const setRoom = ({ id }: PutCase, room: string | null, contact: PersonName | null = null) =>
  bot.prisma.stay.updateMany({
    where: { referralId: id },
    data: { room, contactId: contact && bot.town.staffIds[contact] },
  });
const isOn = (card: Json, { number }: PutCase) => expect(read((card['body'] as Json[])[0])).toContain(`Sag ${number}`);

describe('the card', () => {
  it('has the resident, where the case stands, and what is written since last time with names', async () => {
    await setRoom(anna, '4', 'bo');
    await press('bo', await first('bo'), 'next', {
      observation: 'Sover dårligt',
      wish: 'Eget bad',
      talkedOn: '17.11.2026',
    });
    const text = read(await first('mette'));
    for (const words of [
      `Anna Prøvesen · Sag ${anna.number}`,
      '1 af 3 · Bocentret · vær. 4 · kontaktperson Bo Bang',
      'Stabilisering',
      'Skrevet siden sidste gennemgang',
      'Bo Bang, 18.11.2026 12.00: ',
      'Sover dårligt · Borgerens ønske: Eget bad · Talt med borgeren 17.11.2026',
    ])
      expect(text).toContain(words);
    expect(inputsOf(await first('mette'))).toMatchObject({
      ...{ observation: '', wish: '', talkedOn: '', room: '4', contact: bot.town.staffIds.bo },
    });
  });

  it('leaves out what was written before the last review', async () => {
    await planReview(bot);
    await press('bo', await first('bo'), 'next', { observation: 'Gammelt nyt' });
    await bot.prisma.review.updateMany({
      data: { startedAt: new Date('2026-11-18T11:30:00Z'), closedAt: new Date('2026-11-18T12:00:00Z') },
    });
    bot.setNow(Temporal.Instant.from('2026-11-19T11:00:00Z'));
    const text = read(await first('mette'));
    expect(text).not.toContain('Gammelt nyt');
    expect(text).toContain('Ingen har skrevet noget siden sidste gennemgang.');
  });

  it('offers as contact person those who work at the shelter', async () => {
    const { mette, bo, herbergsleder } = bot.town.staffIds;
    expect(choicesIn(await first('mette'), 'contact').sort()).toEqual([mette, bo, herbergsleder].sort());
  });

  it('keeps a contact person who is no longer among them', async () => {
    await setRoom(anna, null, 'ida');
    const card = await first('mette');
    expect(choicesIn(card, 'contact')[0]).toBe(bot.town.staffIds.ida);
    await press('mette', card, 'next', { room: '7' });
    expect(await stayOf(anna)).toMatchObject({ room: '7', contactId: bot.town.staffIds.ida });
  });

  it('is in English for whoever reads English', async () => {
    await bot.prisma.staff.update({ where: { id: bot.town.staffIds.mette }, data: { language: 'en' } });
    const card = await first('mette', 'prepare review');
    for (const words of ['1 of 3', 'What have you seen or heard?', '"Save and next"', '"Go to resident"'])
      expect(read(card)).toContain(words);
    expect(read(await press('mette', card, 'next', { observation: 'Fine' }))).toContain(
      `Saved for Case ${anna.number}.`,
    );
  });

  it('logs who was looked at', async () => {
    const where = (put: PutCase, operation: string) => ({
      referralId: put.id,
      staffId: bot.town.staffIds.mette,
      operation,
    });
    const count = (put: PutCase, operation: string) => bot.prisma.accessLog.count({ where: where(put, operation) });
    const before = [await count(carl, 'review.see-residents'), await count(bent, 'review.see-preparation')];
    await press('mette', await first('mette'), 'next');
    expect(await count(carl, 'review.see-residents')).toBe((before[0] ?? 0) + 1);
    expect(await count(bent, 'review.see-preparation')).toBe((before[1] ?? 0) + 1);
  });
});

describe('the order', () => {
  it('is by room, then case number', async () => {
    await setRoom(carl, '2');
    await setRoom(bent, '10');
    let card = await first('mette');
    isOn(card, carl);
    isOn((card = await press('mette', card, 'next')), bent);
    isOn((card = await press('mette', card, 'next')), anna);
    isOn((card = await press('mette', card, 'previous')), bent);
    isOn((card = await press('mette', card, 'previous')), carl);
    isOn((card = await press('mette', card, 'previous')), carl);
  });

  it('is that of the open review’s agenda, then those who are not on it', async () => {
    await planReview(bot);
    const order = [carl, anna, bent];
    for (const [position, { id }] of order.entries())
      await bot.prisma.reviewItem.updateMany({ where: { referralId: id }, data: { position } });
    let card = await first('mette');
    for (const put of order) {
      isOn(card, put);
      card = await press('mette', card, 'next');
    }
    expect(read(card)).toContain('Du har været alle 3 beboere igennem og er ved den første igen.');
    isOn(card, carl);
  });

  it('leads on to the next one even when the room just written moves the resident', async () => {
    let card = await first('mette');
    isOn((card = await press('mette', card, 'next', { room: '9' })), bent);
    isOn((card = await press('mette', card, 'next', { room: '3' })), carl);
    isOn((card = await press('mette', card, 'next', { room: '12' })), bent);
  });

  it('leads to whoever is chosen, and says so when nobody is', async () => {
    const card = await first('mette');
    isOn(await press('mette', card, 'jump', { resident: String(carl.number) }), carl);
    const none = await press('mette', card, 'jump', { observation: 'Glad i dag' });
    isOn(none, anna);
    expect(read(none)).toContain('Vælg en mulighed.');
    expect(read(none)).toContain(`Gemt for Sag ${anna.number}.`);
    expect(await observations(anna)).toHaveLength(1);
  });

  it('skips nobody when the resident on the card has left', async () => {
    const card = await first('mette');
    await bot.prisma.stay.updateMany({ where: { referralId: anna.id }, data: { endedOn: new Date('2026-11-18') } });
    isOn(await press('mette', card, 'next'), bent);
    const late = await press('mette', card, 'next', { observation: 'Skrevet for sent 010190-1234' });
    isOn(late, bent);
    expect(read(late)).toContain('Beboeren bor her ikke længere. Det, du skrev, er ikke gemt: “Skrevet for sent');
    expect(read(late)).not.toContain('010190-1234');
    expect(await observations(anna)).toHaveLength(0);
  });

  it('has nobody where nobody lives', async () => {
    expect((await written('ida'))?.text).toBe('Der bor ingen på Herbergscentret lige nu.');
  });
});

describe('keeping', () => {
  it.each(['next', 'previous', 'jump'])('what was typed is kept when %s is pressed, and logged', async (go) => {
    const inputs = {
      observation: 'Sover dårligt',
      wish: 'Eget bad',
      talkedOn: '2026-11-17',
      resident: String(carl.number),
    };
    const answer = await press('mette', await first('mette'), go, inputs);
    expect(read(answer)).toContain(`Gemt for Sag ${anna.number}.`);
    const [seen] = await observations(anna);
    expect(seen).toMatchObject({
      ...{ text: 'Sover dårligt', wish: 'Eget bad', talkedOn: new Date('2026-11-17') },
      ...{ authorId: bot.town.staffIds.mette, shelterId: bot.town.unitIds.boc },
    });
    const entry = await bot.prisma.accessLog.findFirstOrThrow({
      where: { referralId: anna.id, operation: 'review.prepare' },
      orderBy: { id: 'desc' },
    });
    expect(entry).toMatchObject({ action: 'add', purpose: 'review', citizenId: anna.citizenId });
  });

  it('a room and contact person alone write no observation; taken away they are gone', async () => {
    const { bo } = bot.town.staffIds;
    await press('mette', await first('mette'), 'next', { room: ' 12 ', contact: bo });
    expect(await stayOf(anna)).toMatchObject({ room: '12', contactId: bo });
    expect(await observations(anna)).toHaveLength(0);
    await press('mette', await first('mette'), 'next', { room: '', contact: '' });
    expect(await stayOf(anna)).toMatchObject({ room: null, contactId: null });
  });

  it('nothing typed writes nothing, and uses no press up', async () => {
    const before = await bot.prisma.usedNonce.count();
    await setRoom(anna, '4', 'bo');
    for (const go of ['next', 'previous']) await press('mette', await first('mette'), go);
    expect(await bot.prisma.usedNonce.count()).toBe(before);
  });

  it.each([
    ['a CPR number', { observation: 'CPR 010190-1234' }, 'Teksten ser ud til at indeholde et CPR-nummer.'],
    ['a CPR number in the wish', { wish: '0101901234' }, 'Teksten ser ud til at indeholde et CPR-nummer.'],
    ['a text too long', { observation: 'x'.repeat(2_001) }, 'Teksten er for lang.'],
    ['a day to come', { talkedOn: '19.11.2026' }, 'Datoen ligger i fremtiden.'],
    ['a day long ago', { talkedOn: '17.11.2006' }, 'Datoen er for tidlig.'],
    ['no day', { talkedOn: '31.11.2026' }, 'Skriv en dato'],
    ['a room too long', { room: 'x'.repeat(21) }, 'Teksten er for lang.'],
    ['a contact person from elsewhere', { contact: '01a201f8-0000-7000-8000-000000000000' }, 'Vælg en mulighed.'],
  ])('%s is refused at its field, and the rest stays', async (_what, wrong, problem) => {
    const typed = { observation: 'Sover dårligt', wish: 'Eget bad', room: '12', ...wrong };
    const answer = await press('mette', await first('mette'), 'next', typed);
    isOn(answer, anna);
    expect(read(answer)).toContain(problem);
    const kept = Object.entries(typed).filter(([name]) => !(name in wrong));
    expect(inputsOf(answer)).toMatchObject(Object.fromEntries(kept));
    expect(read(answer)).not.toContain('010190');
    expect(await observations(anna)).toHaveLength(0);
    expect((await stayOf(anna)).room).toBeNull();
    await press('mette', answer, 'next', { observation: 'Ret', talkedOn: '', wish: '', room: '12', contact: '' });
    expect((await stayOf(anna)).room).toBe('12');
  });

  it('pressed twice is kept once', async () => {
    const card = await first('mette');
    const inputs = { ...inputsOf(card), observation: 'Sover dårligt' };
    const data = buttonOf(card, 'review.prepare', { go: 'next' });
    const answers = await Promise.all([1, 2].map(() => bot.as('mette').press('review.prepare', data, inputs)));
    expect(await observations(anna)).toHaveLength(1);
    for (const { card: shown } of answers) isOn(shown!, bent);
  });
});

describe('two at once', () => {
  it('both keep what they have seen', async () => {
    const [mettes, bos] = [await first('mette'), await first('bo')];
    await Promise.all([
      press('mette', mettes, 'next', { observation: 'Set af Mette' }),
      press('bo', bos, 'next', { observation: 'Set af Bo' }),
    ]);
    expect((await observations(anna)).map(({ text }) => text).sort()).toEqual(['Set af Bo', 'Set af Mette']);
  });

  it('the later room is told, not written over the other’s; the observation stands', async () => {
    const [mettes, bos] = [await first('mette'), await first('bo')];
    await press('bo', bos, 'next', { room: '14', contact: bot.town.staffIds.bo });
    const answer = await press('mette', mettes, 'next', {
      ...{ room: '15', contact: bot.town.staffIds.mette, observation: 'Set af Mette' },
    });
    isOn(answer, anna);
    expect(read(answer)).toContain('Værelset er imens rettet til “14”. Dit “15” er ikke gemt.');
    expect(read(answer)).toContain('Kontaktpersonen er imens rettet til Bo Bang. Dit valg er ikke gemt.');
    expect(await stayOf(anna)).toMatchObject({ room: '14', contactId: bot.town.staffIds.bo });
    expect(await observations(anna)).toHaveLength(1);
    // Seen, and still so: now it is written.
    await press('mette', answer, 'next', { room: '15' });
    expect((await stayOf(anna)).room).toBe('15');
  });

  it('who did not touch the room leaves the other’s alone, also after a mistake', async () => {
    const mettes = await first('mette');
    await setRoom(anna, '14');
    const wrong = await press('mette', mettes, 'next', { observation: '010190-1234' });
    await press('mette', wrong, 'next', { observation: 'Set af Mette' });
    expect((await stayOf(anna)).room).toBe('14');
    const again = await press('mette', mettes, 'next', { room: '15', talkedOn: '19.11.2026' });
    expect(read(await press('mette', again, 'next', { talkedOn: '' }))).toContain('Dit “15” er ikke gemt.');
  });
});

describe('is refused', () => {
  it.each(['jonas', 'leder', 'bif', 'stine', 'sanne', 'kontrol', 'admin'] as const)('%s', async (person) => {
    const data = buttonOf(await first('mette'), 'review.prepare', { go: 'next' });
    expect((await written(person))?.text).toBe('Du er ikke tilknyttet et herberg med beboergennemgang.');
    const answer = await bot
      .as(person)
      .press('review.prepare', { ...data, nonce: crypto.randomUUID() }, { observation: 'Fremmed' });
    expect(answer.text).toBe('Kun herbergets eget personale og ledere kan forberede gennemgangen.');
    expect(await observations(anna)).toHaveLength(0);
  });

  it('the staff of another shelter', async () => {
    expect((await written('ida', 'forbered bocentret'))?.text).toContain('Jeg kender ikke et herberg');
    const data = buttonOf(await first('mette'), 'review.prepare', { go: 'next' });
    const press = (more: Json) =>
      bot.as('ida').press('review.prepare', { ...data, ...more }, { observation: 'Fremmed' });
    expect((await press({})).text).toBe('Kun herbergets eget personale og ledere kan forberede gennemgangen.');
    // A resident of another shelter is none of their own.
    expect(said(await press({ shelterId: bot.town.unitIds.her }))).not.toContain('Prøvesen');
    expect(await observations(anna)).toHaveLength(0);
  });

  it('but not the leader of the shelter or the whole department', async () => {
    for (const [person, text] of [
      ['herbergsleder', 'forbered'],
      ['chef', 'forbered bocentret'],
    ] as const)
      isOn(await first(person, text), anna);
    expect(said(await first('chef', 'forbered'))).toContain('Hvilket herberg?');
  });

  it('what no card of ours sends, and in a channel', async () => {
    for (const data of [
      {},
      { shelterId: 'x' },
      { ...buttonOf(await first('mette'), 'review.prepare', { go: 'next' }), go: 'away' },
    ])
      expect((await bot.as('mette').press('review.prepare', data)).text).toContain('Den knap er forældet.');
    expect((await bot.inChannel('mette').say('forbered'))[0]?.text).toContain('din egen chat');
  });
});
