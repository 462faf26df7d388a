/** What a home will cost and what the citizen can pay: the phase-down, its amounts, and SF and BIF in their own chats. */
import { jest } from '@jest/globals';
import { partWords } from '../../bot/workflows/capacity/part-words.ts';
import { capacityWords } from '../../bot/workflows/capacity/words.ts';
import { subsidyWords } from '../../bot/workflows/subsidy/words.ts';
import { type Demo, startDemo } from './demo.ts';
import { Desk, languages } from './desk.ts';
import { Playground } from './playground.ts';

jest.retryTimes(2, { logErrorsBeforeRetry: true });
let demo: Demo | undefined;
let chat: Playground | undefined;

afterEach(async () => {
  await chat?.close();
  await demo?.stop();
});

const commands = {
  da: {
    ...{ upcoming: 'nedtrapning næste kvartal', calculate: 'beregn 4.800 fra 1.3.2023', rates: 'satser' },
    ...{ waiting: 'hvem mangler svar fra BIF', mine: 'mine vurderinger' },
  },
  en: {
    ...{ upcoming: 'phase-down next quarter', calculate: 'calculate 4.800 from 1.3.2023', rates: 'rates' },
    ...{ waiting: 'who waits for BIF', mine: 'my check-ins' },
  },
};

test.each(languages)('from the next step down to the answer of BIF (%s)', async (language) => {
  demo = await startDemo();
  chat = await Playground.open(demo.address);
  const desk = new Desk(chat, language);
  const subsidy = subsidyWords[language];
  const capacity = capacityWords[language];
  const parts = partWords[language];
  const { upcoming, calculate, rates, waiting, mine } = commands[language];
  await desk.settle('Karin Bundgaard', 'Kirsten Hald', 'Poul Storm', 'Birgitte Thorup');

  const list = await desk.ask(upcoming, subsidy.upcoming.open);
  await desk.picture('payable-upcoming', list);
  await list.press(subsidy.upcoming.open);
  expect(await list.text()).toContain(subsidy.next);
  await desk.picture('payable-phase-down', list);
  await list.press(subsidy.askBif);
  expect(await list.text()).toContain(capacity.ask.title);
  await desk.picture('payable-ask', list);
  await list.press(capacity.ask.submit);
  expect(await list.text()).toContain(capacity.state.queue);
  await desk.picture('payable-asked', list);
  const waits = await desk.ask(waiting, capacity.list.waiting);
  await desk.picture('payable-waiting', waits);
  const made = await desk.ask(calculate, subsidy.calculated);
  await desk.picture('payable-calculated', made);
  await desk.become('Poul Storm');
  const amounts = await desk.ask(rates, subsidy.rates.title);
  await desk.picture('payable-rates', amounts);

  // In BIF: the manager allocates, the caseworker answers.
  await desk.become('Kirsten Hald');
  const queue = await desk.ask(mine, capacity.list.mine);
  await desk.picture('payable-queue', queue);
  await queue.press(capacity.list.open);
  await queue.press(parts.allocate);
  await queue.choose(parts.colleague, 'Karin Bundgaard');
  await queue.press(parts.confirm);
  expect(await queue.text()).toContain(capacity.state.waiting('Karin Bundgaard'));
  await desk.become('Karin Bundgaard');
  const own = await desk.ask(mine, capacity.list.mine);
  await own.press(capacity.list.open);
  await desk.picture('payable-answer', own);
  await own.press(parts.send);
  await desk.picture('payable-answer-errors', own);
  expect(await own.text()).toContain(parts.problems.capacity);
  await own.fill(parts.capacity, '3.600');
  await own.choose(parts.certainty, capacity.certainties.likely);
  await own.choose(parts.kind, capacity.incomeKinds.social_assistance);
  await own.choose(parts.plan, capacity.plans.job_search);
  await own.press(parts.send);
  expect(await own.text()).toContain(capacity.answer.sent);
  await desk.picture('payable-answered', own);
});
