/** The weekly review of a shelter, in both languages: set up, prepared, held by two in their own chats, closed and written down. */
import { jest } from '@jest/globals';
import { prepareWords } from '../../bot/workflows/review/prepare-words.ts';
import { reviewWords } from '../../bot/workflows/review/words.ts';
import { type Demo, startDemo } from './demo.ts';
import { daysFromNow, Desk, languages } from './desk.ts';
import { Playground } from './playground.ts';

/** Each has a demo of its own, so that one that stumbles begins anew with a review that nobody has held. */
jest.retryTimes(2, { logErrorsBeforeRetry: true });
let demo: Demo | undefined;
let chat: Playground | undefined;

afterEach(async () => {
  await chat?.close();
  await demo?.stop();
});

const typed = {
  da: { note: 'Har været i praktik hele ugen og er glad for det.', action: 'Aftal et møde med praktikstedet' },
  en: { note: 'Has been at the work placement all week and likes it.', action: 'Arrange a meeting with the placement' },
};
const commands = {
  da: { plan: 'opsæt gennemgang', prepare: 'forbered gennemgang', review: 'gennemgang', minutes: 'referat' },
  en: { plan: 'set up review', prepare: 'prepare review', review: 'review', minutes: 'minutes' },
};

test.each(languages)('a review from its plan to the journal (%s)', async (language) => {
  demo = await startDemo();
  chat = await Playground.open(demo.address);
  const desk = new Desk(chat, language);
  const words = reviewWords[language];
  const { plan, prepare, review, minutes } = commands[language];
  /** What comes to a channel by itself is in Danish. */
  const shared = reviewWords.da;
  await desk.settle('Jonas Lind', 'Lone Dahl', 'Mette Holm');

  // When it is held, and what is known beforehand.
  const setUp = await desk.ask(plan, words.plan.title);
  await desk.picture('review-plan', setUp);
  await setUp.press(words.plan.submit);
  expect(await setUp.text()).toContain(words.plan.saved('', '', '').split(/[.;]/)[0]);
  await desk.picture('review-plan-saved', setUp);

  const ahead = await desk.ask(prepare, prepareWords[language].observation);
  await desk.picture('review-prepare', ahead);
  await ahead.press(prepareWords[language].saveNext);
  await desk.picture('review-prepare-next', ahead);

  // Where others read along: numbers alone, in one message that changes as the review goes on.
  const channel = language === 'da' ? 'Beboergennemgang' : 'Hjemvej-gruppen';
  await chat.openChat(channel);
  await chat.mention(`${review} ${language === 'da' ? 'her' : 'here'}`);
  await chat.waitFor(shared.channel.ready('Bocentret'));
  await chat.screenshot(`${language}-review-channel-ready`);

  // Agenda, then from resident to resident.
  await chat.openChat('Personal Chat');
  const card = await desk.ask(review, words.agenda.begin);
  await desk.picture('review-agenda', card);
  const of = Number(/0 (?:af|of) (\d+)/.exec(await card.text())?.[1]);
  await card.press(words.agenda.begin);
  expect(await card.text()).toContain(words.item.at(1, of));
  await desk.picture('review-resident', card);
  await card.press(words.item.unchanged);
  expect(await card.text()).toContain(words.item.at(2, of));
  await desk.picture('review-resident-second', card);

  await card.press(words.item.saveNext);
  expect(await card.text()).toContain(words.item.problems.outcome);
  await desk.picture('review-resident-errors', card);
  await card.choose(words.item.outcome, words.outcomes.progress);
  await card.fill(words.item.note, typed[language].note);
  await card.press(words.item.addAction);
  await card.fill(words.item.actionText, typed[language].action);
  await card.choose(words.item.actionOwner, 'Jonas Lind');
  await card.fill(words.item.actionDue, daysFromNow(6));
  await desk.picture('review-resident-filled', card);
  await card.press(words.item.saveNext);
  expect(await card.text()).toContain(words.item.at(3, of));
  await desk.picture('review-resident-third', card);
  await card.press(words.item.absent);
  expect(await card.text()).toContain(words.item.at(4, of));
  await card.press(words.item.previous);
  expect(await card.text()).toContain(words.outcomes.absent);
  await desk.picture('review-resident-back', card);

  // The same review, from the caseworker's own chat.
  await desk.become('Jonas Lind');
  // Invited at several shelters, Jonas comes to the one that is at it.
  const theirs = await desk.ask(review, words.item.at(4, of));
  await desk.picture('review-caseworker', theirs);
  await theirs.press(words.item.skip);
  await desk.picture('review-caseworker-second', theirs, 'review');
  await theirs.press(words.item.unchanged);
  await theirs.press(words.item.agenda);
  expect(await theirs.text()).toContain(words.agenda.progress(4, of));
  await desk.picture('review-agenda-under-way', theirs);
  await desk.become('Mette Holm');
  await chat.openChat(channel);
  await chat.waitFor(shared.agenda.progress(4, of));
  await chat.screenshot(`${language}-review-channel-running`);
  await chat.openChat('Personal Chat');

  // The rest unchanged, and the end.
  const last = await desk.ask(review);
  await last.press(words.item.agenda);
  await last.press(words.agenda.change);
  await desk.picture('review-agenda-change', last);
  await last.press(words.agenda.restUnchanged);
  await desk.picture('review-rest', last);
  await last.confirm();
  expect(await last.text()).toContain(words.agenda.restDone(of - 4));
  await desk.picture('review-rest-done', last);
  await last.press(words.agenda.close);
  await desk.picture('review-close', last);
  await last.confirm();
  expect(await last.text()).toContain(words.minutes.title('Bocentret'));
  await desk.picture('review-minutes', last);

  // What it leaves behind: the notes for the journal, the document, the message to whoever has something to do.
  const written = await desk.ask(minutes, words.minutes.title('Bocentret'));
  await written.press(words.minutes.notes);
  expect(await written.text()).toContain(typed[language].note);
  await desk.picture('review-journal', written);
  await written.press(words.journal.journaled);
  expect(await written.text()).toContain('Mette Holm');
  await desk.picture('review-journaled', written);

  const again = await desk.ask(minutes, words.minutes.title('Bocentret'));
  await again.press(words.minutes.document);
  await chat.theCard(language === 'da' ? 'Åbn dokumentet' : 'Open the document');
  await desk.picture('review-document-link', again);

  await desk.become('Jonas Lind');
  const told = await chat.theCard((shown) =>
    [words.told.actionsTitle, typed[language].action].every((part) => shown.includes(part)),
  );
  await desk.picture('review-actions-told', told);
  await chat.openChat(channel);
  await chat.waitFor(shared.channel.closed);
  await chat.screenshot(`${language}-review-channel-closed`);
  expect(chat.pageErrors).toEqual([]);
});
