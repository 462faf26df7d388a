/** What can be written to the bot, in both languages, in the own chat and in channels; searching and tasks. */
import { Temporal } from '../../bot/domain/time.ts';
import { parseDanishDate } from '../../bot/domain/typed.ts';
import { NOON, startTestBot, type TestBot } from '../fakes/bot.ts';
import {
  buttonOf,
  goodAnswers,
  hasButton,
  type Json,
  pressButton,
  putAbsence,
  putCase,
  said,
  stepCardOf,
} from '../fakes/case-driver.ts';
import { actionsOf, cardOf } from '../fakes/client.ts';
import type { PersonName } from '../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot({ deliver: true });
});
afterEach(async () => {
  bot.setNow(NOON);
  await bot.prisma.staff.updateMany({ data: { language: 'da' } });
});
afterAll(() => bot.close());

const answerTo = async (person: PersonName, text: string): Promise<string> => said(await bot.as(person).say(text));
const inEnglish = (person: PersonName) =>
  bot.prisma.staff.update({ where: { id: bot.town.staffIds[person] }, data: { language: 'en' } });

describe('every command', () => {
  it.each([
    ['mine opgaver', 'Der venter ikke noget på dig', 'Nothing waits for you'],
    ['opgaver', 'Der venter ikke noget på dig', 'Nothing waits for you'],
    ['my tasks', 'Der venter ikke noget på dig', 'Nothing waits for you'],
    ['Tasks!', 'Der venter ikke noget på dig', 'Nothing waits for you'],
    ['indskriv', 'Indskriv en borger på herberget', 'Admit a citizen to the shelter'],
    ['Ny borger', 'Indskriv en borger på herberget', 'Admit a citizen to the shelter'],
    ['admit', 'Indskriv en borger på herberget', 'Admit a citizen to the shelter'],
    ['sag', 'Hvilken sag?', 'Which case?'],
    ['sag 999998', 'Jeg finder ingen sag 999998', 'I find no case 999998'],
    ['SAG nr. 999998', 'Jeg finder ingen sag 999998', 'I find no case 999998'],
    ['case #999998', 'Jeg finder ingen sag 999998', 'I find no case 999998'],
    ['status sag 999998?', 'Jeg finder ingen sag 999998', 'I find no case 999998'],
    ['999998', 'Jeg finder ingen sag 999998', 'I find no case 999998'],
    ['søg', 'Navn eller en del af det', 'Name or a part of it'],
    ['soeg Ingenhedderså', 'Jeg finder ingen sager, som du har adgang til', 'I find no case that you have access to'],
    ['find Ingenhedderså', 'Jeg finder ingen sager, som du har adgang til', 'I find no case that you have access to'],
    ['fravær', 'ingen kollega med samme rolle', 'no colleague with the same role'],
    ['absence', 'ingen kollega med samme rolle', 'no colleague with the same role'],
    ['afbryd', 'ingen påbegyndt indskrivning', 'You have no admission begun'],
    ['cancel', 'ingen påbegyndt indskrivning', 'You have no admission begun'],
    ['sprog', 'Skriv sprog da eller sprog en', 'Write sprog da or sprog en'],
    ['hjælp', 'Det kan du skrive til mig', 'You can write this to me'],
    ['HJAELP', 'Det kan du skrive til mig', 'You can write this to me'],
    ['hej', 'Det kan du skrive til mig', 'You can write this to me'],
    ['?', 'Det kan du skrive til mig', 'You can write this to me'],
  ])('"%s" is understood in Danish and English', async (typed, danish, english) => {
    expect(await answerTo('ida', typed)).toContain(danish);
    await inEnglish('ida');
    expect(await answerTo('ida', typed)).toContain(english);
  });

  it.each([
    ['hjelp', 'hjælp'],
    ['indskirv', 'indskriv'],
    ['mine opagver', 'mine opgaver'],
    ['sagg 142', 'sag …'],
    ['fravar', 'fravær'],
    ['sprok en', 'sprog en'],
  ])('"%s" is not guessed at, but answered with "%s"', async (typed, near) => {
    const answer = await answerTo('mette', typed);
    expect(answer).toContain('Mente du et af disse?');
    expect(answer).toContain(near);
  });

  it('that is like nothing gets the commands there are, and no notification that says it again', async () => {
    const [message] = await bot.as('mette').say('Kim Hansen er rejst');
    expect(said(message)).toContain('Prøv et af disse:');
    expect(message?.summary).not.toContain('Kim');
    expect(said(cardOf(message)['fallbackText'])).not.toContain('Kim');
  });

  it('is shown in the help of those who may use it', async () => {
    expect(await answerTo('mette', 'hjælp')).toContain('Indskriv en borger');
    expect(await answerTo('jonas', 'hjælp')).not.toContain('Indskriv en borger');
    for (const person of ['admin', 'kontrol', 'bif', 'spor'] as const) {
      const help = await answerTo(person, 'hjælp');
      expect(help).not.toContain('Find en borger');
      expect(help).toContain('Meld fravær');
    }
  });

  it('works as a button too', async () => {
    const card = cardOf((await bot.as('mette').say('hjælp'))[0]);
    const says = actionsOf(card).filter(({ verb }) => verb === 'say');
    expect(says.length).toBeGreaterThan(0);
    for (const { data } of says) expect((await bot.as('mette').press('say', data as Json)).error).toBeUndefined();
    expect((await bot.as('mette').press('say', {})).text).toContain('Den knap er forældet.');
  });
});

describe('the language', () => {
  it('is changed by hand, and outranks that of the client', async () => {
    expect(await answerTo('bo', 'sprog en')).toContain('From now on I answer in English.');
    expect(await answerTo('bo', 'help')).toContain('You can write this to me');
    expect(await answerTo('bo', 'sprog dansk')).toContain('Nu svarer jeg på dansk.');
    expect(await answerTo('bo', 'language English')).toContain('From now on I answer in English.');
    expect(await answerTo('bo', 'sprog tysk')).toContain('Write sprog da or sprog en');
    expect(said(await bot.inChannel('bo').say('sprog da'))).toContain('I do that only in your own chat');
  });
});

describe('the welcome', () => {
  it('fits the role and comes once, though the event comes twice at once', async () => {
    const svend = bot.as('svend');
    const heard = (await Promise.all([svend.install(), svend.install(), svend.install()])).flat();
    expect(heard).toHaveLength(1);
    expect(said(heard)).toContain('Hej Svend. Jeg er Hjemvej.');
    expect(said(heard)).toContain('dine sager');
    expect(await svend.install()).toEqual([]);
  });
  it('is not said where others read along', async () => {
    expect(await bot.inChannel('karla').install()).toEqual([]);
    expect((await bot.as('karla').install()).length).toBe(1);
  });
});

it('CPR numbers in the chat are refused and kept nowhere', async () => {
  for (const typed of ['010190-1234', 'søg 0101901234', 'sag 010190 1234', 'Kim 01.01.90-1234 er her'])
    expect(await answerTo('mette', typed)).toContain('Skriv aldrig CPR-numre i chatten.');
  expect(said(await bot.prisma.accessCriteria.findMany())).not.toMatch(/010190/);
  expect(bot.logged.join()).not.toMatch(/010190/);
});

describe('the role of the demo', () => {
  it('is not there in earnest', async () => {
    const answer = await answerTo('mette', 'rolle Jonas');
    expect(answer).not.toContain('Du er nu');
    expect(answer).toContain('forstår jeg ikke helt');
  });
});

describe('a search', () => {
  beforeAll(async () => {
    await putCase(bot, 'stabilising', { name: 'Åse Sørensen-Bæk', cpr: '0606901234' });
    await putCase(bot, 'stabilising', { name: 'Åse Ødegård', shelter: 'her' });
    for (let index = 0; index < 12; index += 1) await putCase(bot, 'stabilising', { name: `Mange Ens ${index}` });
  });

  it.each(['Åse', 'aase', 'sørensen', 'SOERENSEN', 'bæk åse', 'ens', 'øren'])(
    'for "%s" finds names by parts, folded',
    async (typed) => {
      expect(await answerTo('mette', `søg ${typed === 'ens' ? 'baek' : typed}`)).toContain('Åse Sørensen-Bæk');
    },
  );

  it('finds only what the person may see, and says the same of the rest as of nobody', async () => {
    expect(await answerTo('mette', 'søg Ødegård')).toContain('Jeg finder ingen sager, som du har adgang til');
    expect(await answerTo('ida', 'søg Ødegård')).toContain('Åse Ødegård');
    expect(await answerTo('jonas', 'søg Åse')).toMatch(/Sørensen.*Ødegård|Ødegård.*Sørensen/);
    expect(await answerTo('admin', 'søg Åse')).toContain('Din rolle giver ikke adgang til borgernes sager.');
    for (const wild of ['%', '_', '\\\\', "'"])
      expect(await answerTo('mette', `søg ${wild}`)).toContain('Jeg finder ingen sager');
  });

  it('shows the first ten of many', async () => {
    const answer = await answerTo('mette', 'søg Mange');
    expect(answer).toContain('De første 10. Skriv mere af navnet, hvis borgeren mangler.');
    expect(answer.match(/Mange Ens/g)?.length).toBe(10);
  });

  it('by CPR number goes through the card, across shelters only within rights, and is logged without it', async () => {
    const form = cardOf((await bot.as('mette').say('søg'))[0]);
    expect(said(await pressButton(bot.as('mette'), form, 'search.run', { name: '', cpr: '060690-1234' }))).toContain(
      'Åse Sørensen-Bæk',
    );
    const none = await bot
      .as('ida')
      .press('search.run', buttonOf(form, 'search.run'), { name: '', cpr: '060690-1234' });
    expect(none.text).toContain('Jeg finder ingen sager, som du har adgang til');
    for (const [cpr, problem] of [
      ['12', 'ti cifre'],
      ['310290-1234', 'ikke en rigtig dato'],
    ] as const) {
      const again = await pressButton(bot.as('mette'), form, 'search.run', { name: '', cpr });
      expect(said(again)).toContain(problem);
      expect(said(again)).not.toContain('310290');
    }
    expect(said(await pressButton(bot.as('mette'), form, 'search.run', { name: '', cpr: '' }))).toContain(
      'Skriv et navn eller et CPR-nummer.',
    );
    const wrong = await pressButton(bot.as('mette'), form, 'search.run', { name: '060690-1234', cpr: '' });
    expect(said(wrong)).toContain('CPR-nummer. Fjern det');
    expect(said(wrong)).not.toContain('060690');
    expect(said(await bot.prisma.accessCriteria.findMany())).not.toMatch(/060690|310290/);
  });
});

describe('in a channel', () => {
  it('a case is its number, and opens in the own chat', async () => {
    const put = await putCase(bot, 'stabilising', { name: 'Kanal Hemmeligsen' });
    bot.connector.clear();
    const channel = bot.inChannel('mette');
    const card = cardOf((await channel.say(`<at>Hjemvej</at> sag ${put.number}`))[0]);
    expect(said(card)).toContain(`Sag ${put.number}`);
    for (const [text, answer] of [
      ['mine opgaver', 'kun i din egen chat.'],
      ['søg Kanal', 'kun i din egen chat.'],
      ['indskriv', 'kun i din egen chat.'],
      ['fravær', 'kun i din egen chat.'],
      ['Kanal Hemmeligsen er rejst', 'Det forstår jeg ikke helt.'],
      ['hjælp', 'Det kan du skrive til mig'],
    ])
      expect(said(await channel.say(text ?? ''))).toContain(answer);
    const opened = await channel.press('case.open-mine', buttonOf(card, 'case.open-mine'));
    expect(opened.text).toContain('Jeg har åbnet sagen i din egen chat.');
    const own = await bot.delivered('mette');
    expect(said(own.at(-1))).toContain('Kanal Hemmeligsen');
    const heard = bot.connector.messages(channel.conversationId);
    expect(said(heard)).not.toMatch(/Kanal|Hemmeligsen|\bKH\b|K\.H\./);
    expect(heard.length).toBeGreaterThan(5);
  });

  it('opens once on a double click, and again another time', async () => {
    const put = await putCase(bot, 'stabilising');
    const channel = bot.inChannel('mette');
    const data = buttonOf(cardOf((await channel.say(`sag ${put.number}`))[0]), 'case.open-mine');
    const sent = () =>
      bot.prisma.outboxMessage.count({ where: { kind: 'case.open', subject: { path: ['caseId'], equals: put.id } } });
    await Promise.all([channel.press('case.open-mine', data), channel.press('case.open-mine', data)]);
    expect(await sent()).toBe(1);
    bot.setNow(Temporal.Instant.from('2026-11-19T11:00:00Z'));
    await channel.press('case.open-mine', data);
    expect(await sent()).toBe(2);
  });

  it("who may not see the case is told the same as of none, also by a colleague's button", async () => {
    const put = await putCase(bot, 'stabilising');
    const data = buttonOf(cardOf((await bot.inChannel('mette').say(`sag ${put.number}`))[0]), 'case.open-mine');
    expect((await bot.inChannel('ida').press('case.open-mine', data)).text).toContain(
      `Jeg finder ingen sag ${put.number}`,
    );
    expect((await bot.inChannel('ida').say(`sag ${put.number}`))[0]?.text).toContain(
      `Jeg finder ingen sag ${put.number}`,
    );
  });
});

describe('my tasks', () => {
  const linesOf = (card: unknown): string[] => said(card).match(/Sag \d+ · [^"]*/g) ?? [];

  it('are what waits, the most urgent first, ten to a page', async () => {
    await bot.prisma.staffAssignment.create({
      data: { staffId: bot.town.staffIds.svend, role: 'shelter_staff', unitId: bot.town.unitIds.fre },
    });
    for (let index = 0; index < 25; index += 1)
      await putCase(bot, index % 2 ? 'assessment' : 'stabilising', {
        name: `Side ${String(index).padStart(2, '0')}`,
        shelter: 'fre',
        authority: 'syd',
        caseworker: 'svend',
        since: Temporal.PlainDate.from('2026-10-01')
          .add({ days: (index * 7) % 25 })
          .toString(),
      });
    const svend = bot.as('svend');
    const pages: Json[] = [cardOf((await svend.say('mine opgaver'))[0])];
    const forward = (card: Json) =>
      actionsOf(card).find(({ verb, title }) => verb === 'tasks.page' && title === 'Vis flere');
    for (let next = forward(pages[0] as Json); next; next = forward(pages.at(-1) as Json)) {
      const answer = await svend.press('tasks.page', next['data'] as Json);
      pages.push(answer.card as Json);
    }
    expect(pages.map((page) => linesOf(page).length)).toEqual([10, 10, 5]);
    const order = pages.flatMap(linesOf).map((line) => Number(/Side (\d+)/.exec(line)?.[1]));
    expect(new Set(order).size).toBe(25);
    for (const page of pages) {
      const due = [...said(page).matchAll(/Frist (\d+\. \p{L}+ \d{4})/gu)].map(([, day]) =>
        String(parseDanishDate(day ?? '')),
      );
      expect(due).toEqual([...due].sort());
      expect(new Set(due).size).toBeGreaterThan(2);
    }
    expect(said(pages[0])).toContain('over fristen');
    const rows = await bot.prisma.accessLog.count({
      where: { staffId: bot.town.staffIds.svend, operation: 'tasks.list' },
    });
    expect(rows).toBe(25);
  });

  it('are empty for those who do no casework, and kindly so', async () => {
    for (const person of ['admin', 'kontrol', 'bif', 'spor', 'stine'] as const)
      expect(await answerTo(person, 'mine opgaver')).toContain('Der venter ikke noget på dig lige nu.');
  });

  it('hold the telling of municipality and citizen, each of those whose it is', async () => {
    const put = await putCase(bot, 'decision', {
      name: 'Opgave Fortæl',
      caseworker: 'karla',
      municipalityTold: false,
      shelter: 'her',
      since: '2026-09-01',
    });
    const sanne = bot.as('sanne');
    await pressButton(sanne, await stepCardOf(sanne, put), 'step.complete', {}, { outcome: 'approved' });
    expect(await answerTo('karla', 'mine opgaver')).toMatch(/Giv borgeren besked om afgørelsen.*Opgave Fortæl/);
    expect(await answerTo('ida', 'mine opgaver')).toMatch(/Orientér handlekommunen.*Opgave Fortæl/);
    expect(await answerTo('karla', 'mine opgaver')).not.toContain('Orientér handlekommunen');
  });

  it('hold those of whom one stands in for, by name', async () => {
    const put = await putCase(bot, 'assessment', { name: 'Vikar Opgave', caseworker: 'tove', since: '2026-09-01' });
    expect(await answerTo('jonas', 'mine opgaver')).not.toContain('Vikar Opgave');
    const id = await putAbsence(bot, 'tove', 'jonas');
    const list = cardOf((await bot.as('jonas').say('mine opgaver'))[0]);
    expect(said(list)).toMatch(/Udredning \(for Tove Dal\).*Vikar Opgave/);
    const open = actionsOf(list).find(({ verb, data }) => verb === 'step.open' && (data as Json)['caseId'] === put.id);
    const step = await bot.as('jonas').press('step.open', open?.['data'] as Json);
    await pressButton(bot.as('jonas'), step.card, 'step.complete', goodAnswers['assessment']);
    await bot.prisma.absence.delete({ where: { id } });
  });
});

describe('names', () => {
  it('are initials where the municipality says so', async () => {
    const shy = await startTestBot({ personNames: 'initials', demo: true });
    try {
      const put = await putCase(shy, 'stabilising', { name: 'Bodil Xenia Quist' });
      const heard = [
        await shy.as('mette').say(`sag ${put.number}`),
        await shy.as('mette').say('søg Quist'),
        await shy.as('mette').say('mine opgaver'),
        await stepCardOf(shy.as('mette'), put),
      ].map(said);
      for (const text of heard) {
        expect(text).toContain('BXQ');
        expect(text).not.toContain('Quist');
      }
      // The demo's tester may be somebody else.
      expect(said(await shy.as('bo').say('rolle sanne'))).toContain(
        'Du er nu Sanne Krogh (Den boligsociale anvisning).',
      );
      expect(said(await shy.as('bo').say(`sag ${put.number}`))).toContain('Jeg finder ingen sag');
      expect(said(await shy.as('bo').say('rolle Jnas'))).toContain('Du er nu Jonas Lind');
      expect(said(await shy.as('bo').say('rolle Xxxxx'))).toContain('Hvem vil du være?');
      expect(said(await shy.as('bo').say('rolle bo bang'))).toContain('Du er nu Bo Bang');
      expect(hasButton(cardOf((await shy.as('bo').say(`sag ${put.number}`))[0]), 'step.open')).toBe(true);
    } finally {
      await shy.close();
    }
  });
});
