/** What staff do between the steps, in both languages: help, tasks, search, absence, channels, old cards, stopping. */
import { jest } from '@jest/globals';
import { absenceWords } from '../../bot/workflows/absence/words.ts';
import { placeDecision } from '../../bot/workflows/referral/steps/place-decision.ts';
import { placeReady } from '../../bot/workflows/referral/steps/place-ready.ts';
import { stabilising } from '../../bot/workflows/referral/steps/stabilising.ts';
import { searchWords } from '../../bot/workflows/search/words.ts';
import { tasksWords } from '../../bot/workflows/tasks/words.ts';
import { type Demo, startDemo } from './demo.ts';
import { daysFromNow, Desk, languages, wordsOf } from './desk.ts';
import { Playground } from './playground.ts';

let demo: Demo | undefined;
let chat: Playground;

// The browser and the demo share two cores with whatever else runs.
jest.retryTimes(3, { logErrorsBeforeRetry: true });

beforeAll(async () => {
  demo = await startDemo();
  chat = await Playground.open(demo.address);
  await new Desk(chat, 'da').picture('welcome', await chat.theCard('Hej Mette'));
});

afterAll(async () => {
  await chat?.close();
  await demo?.stop();
});

describe.each(languages)('%s', (language) => {
  let desk: Desk;
  const absences = absenceWords[language];
  const tasks = tasksWords[language];
  const search = searchWords[language];
  const written = (da: string, en: string): string => (language === 'da' ? da : en);

  beforeAll(async () => {
    desk = new Desk(chat, language);
    await desk.settle('Jonas Lind', 'Birgitte Thorup', 'Mette Holm');
  });

  // What one test leaves open is nothing to the next.
  beforeEach(() => chat.openChat('Personal Chat'));

  test('help, and an answer to what is not understood', async () => {
    const { chat: words, referral } = desk.words;
    await desk.picture('help', await desk.ask(written('hjælp', 'help'), words.helpTitle));

    const unknown = written('jeg vil gerne have en kop kaffe', 'I would like a cup of coffee');
    await desk.picture('unknown', await desk.ask(unknown, words.tryThese));
    const near = await desk.ask(written('indskirv', 'admitt'), words.didYouMean);
    await desk.picture('unknown-near', near);

    expect(await chat.say('sag 9999')).toContain(referral.notFound(9999));
    expect(await chat.say('sag')).toContain(words.caseWhich);
    expect(await chat.say('010190-1234')).toContain(words.noCprInChat);
    await chat.screenshot(`${language}-texts`);
  });

  test('my tasks, page by page, and one of them opened', async () => {
    const { shared } = desk.words;
    await desk.become('Mette Holm');
    const card = await desk.ask(written('mine opgaver', 'my tasks'), tasks.title);
    await desk.picture('tasks', card, 'tasks');
    await card.press(tasks.open);
    expect(await card.text()).toContain(shared.caseNumber(0).replace('0', ''));
    await desk.picture('tasks-opened', card);

    await desk.become('Jonas Lind');
    const many = await desk.ask('my tasks', tasks.title);
    await desk.picture('tasks-caseworker', many);
    await many.press(tasks.next);
    await desk.picture('tasks-second-page', many);
    await many.press(tasks.previous);
  });

  test('a search by a part of the name', async () => {
    await desk.become('Jonas Lind');
    const found = await desk.ask(written('søg Lars', 'search Lars'), 'Lars Bo Nielsen');
    await desk.picture('search', found);
    expect(await chat.say(written('søg Findesikke', 'search Nobodyatall'))).toContain(search.none);

    const form = await desk.ask(written('søg', 'search'), search.title);
    await desk.picture('search-form', form);
    await form.press(search.submit);
    expect(await form.text()).toContain(search.empty);
    await desk.picture('search-form-errors', form);
    await form.fill(search.name, 'nilsson');
    await form.press(search.submit);
    await form.press(search.open);
    expect(await form.text()).toContain('Lars Bo Nilsson');
  });

  test('an absence, with an error first', async () => {
    const { shared } = desk.words;
    await desk.become('Mette Holm');
    const card = await desk.ask(written('fravær', 'absence'), absences.title);
    await desk.picture('absence', card);
    await card.fill(absences.firstDay, daysFromNow(2));
    await card.choose(absences.deputy, 'Tobias Munk');
    await card.press(absences.submit);
    expect(await card.text()).toContain(shared.problems.required);
    await desk.picture('absence-errors', card);
    await card.fill(absences.lastDay, daysFromNow(4));
    const { text } = await card.press(absences.submit);
    expect(text).toContain('Tobias Munk');
    await desk.picture('absence-recorded', card);

    const list = await desk.ask(written('fravær', 'absence'), absences.listTitle);
    await desk.picture('absence-list', list);
    await list.press(absences.cancel);
    expect(await list.text()).toContain(absences.cancelled);
  });

  test('where others read along only the number, and the case in one’s own chat', async () => {
    const { referral, shared } = desk.words;
    await desk.become('Jonas Lind');
    const found = await desk.ask('søg Lars Bo Nielsen', 'Lars Bo Nielsen');
    const number = caseNumber(await found.text());

    await chat.openChat(written('Beboergennemgang', 'Hjemvej-gruppen'));
    const before = await chat.cardCount();
    await chat.mention(`sag ${number}`);
    const card = await chat.theCard(referral.publicLine(number), { after: before });
    expect(await card.text()).not.toContain('Lars');
    await desk.picture('channel', card);
    await card.press(referral.openMine);
    await chat.waitFor(referral.sentToYou);
    await chat.mention(written('mine opgaver', 'my tasks'));
    await chat.waitFor(desk.words.chat.personalOnly);
    await chat.screenshot(`${language}-channel-chat`);

    await chat.openChat('Personal Chat');
    const mine = await chat.theCard((shown) => shown.includes('Lars Bo Nielsen') && shown.includes(referral.waitsFor));
    expect(await mine.text()).toContain(shared.caseNumber(number));
  });

  test('an old card is replaced, and what was chosen is kept', async () => {
    const { referral, shared } = desk.words;
    const step = wordsOf(stabilising, language);
    await desk.become('Mette Holm');
    const found = await desk.ask('søg Lars Bo Nilsson', 'Lars Bo Nilsson');
    const number = caseNumber(await found.text());
    const old = await desk.open(number);
    await old.press(referral.doStep(step.title));
    const fresh = await desk.open(number);
    await fresh.press(referral.doStep(step.title));
    await step.choose(fresh, 'mitId', 'in_place');
    await fresh.press(shared.save);

    await step.choose(old, 'debt', 'under_way');
    await old.press(shared.save);
    expect(await old.text()).toMatch(sentence(referral.staleKept));
    expect(await old.value(step.field('debt'))).toBe(step.choice('debt', 'under_way'));
    await desk.picture('stale', old);
  });

  test('a case is stopped with a reason, and opened again', async () => {
    const { referral, shared } = desk.words;
    await desk.become('Jonas Lind');
    const found = await desk.ask('søg Lars Bo Nielsen', 'Lars Bo Nielsen');
    const card = await desk.open(caseNumber(await found.text()));
    await card.press(referral.moreActions);
    await desk.picture('more', card);
    await card.press(referral.more.stop);
    await card.confirm();
    expect(await card.text()).toContain(shared.problems.reason);
    await desk.picture('more-stop-errors', card);
    if (!(await card.text()).includes(referral.more.stopIntro)) await card.press(referral.more.stop);
    await card.choose(shared.reason, referral.stopReasons.found_home_alone);
    await card.confirm();
    expect(await card.text()).toContain(referral.stopReasons.found_home_alone);
    await desk.picture('status-stopped', card);
    await card.press(referral.moreActions);
    await card.press(referral.more.reopen);
    expect(await card.text()).not.toContain(referral.stopReasons.found_home_alone);
    await desk.picture('status-reopened', card);
  });

  test('an admission half done is kept, and thrown away', async () => {
    const { referral, shared } = desk.words;
    await desk.become('Mette Holm');
    const card = await desk.ask(written('ny borger', 'new citizen'), referral.admission.name);
    await card.fill(referral.admission.name, 'Halvvejs Testesen');
    await card.press(shared.save);
    await desk.picture('admission-started', card);
    await card.press(referral.admission.continue);
    expect(await card.value(referral.admission.name)).toBe('Halvvejs Testesen');
    await desk.picture('admission-draft', card);
    const again = await desk.ask(written('afbryd', 'cancel'), referral.admission.started);
    const { text } = await again.press(referral.admission.discard);
    expect(text).toContain(referral.admission.discarded);
  });

  test('the way to a place, and a late case', async () => {
    const { referral } = desk.words;
    await desk.become('Jonas Lind');
    const wanted = new Map([
      [wordsOf(placeDecision, language).title, 'step-place-decision'],
      [wordsOf(placeReady, language).title, 'step-place-ready'],
    ]);
    const list = await desk.ask('my tasks', tasks.title);
    let late = 0;
    for (let page = 0; page < 5; page += 1) {
      const text = await list.text();
      late ||= caseNumber(text);
      for (const [title, name] of wanted) {
        const line = text.split('\n').indexOf(title);
        if (line < 0) continue;
        wanted.delete(title);
        const card = await desk.open(caseNumber(text.split('\n').slice(line).join(' ')));
        await card.press(referral.doStep(title));
        await desk.picture(name, card);
      }
      if (wanted.size === 0 || !(await list.buttons()).includes(tasks.next)) break;
      await list.press(tasks.next);
    }
    expect([...wanted.keys()]).toEqual([]);

    const card = await desk.open(late);
    await desk.picture('status-late', card);
    await card.press(referral.moreActions);
    await card.press(referral.more.goBack);
    await desk.picture('more-back', card);
  });

  test('the page threw nothing', () => {
    expect(chat.pageErrors).toEqual([]);
  });
});

const caseNumber = (text: string): number => Number(/(?:Sag|Case) (\d+)/.exec(text)?.[1]);

/** A sentence with whatever name and time are in it. */
function sentence(words: (by: string, when: string) => string): RegExp {
  const parts = words('_', '_').split('_');
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+'));
}
