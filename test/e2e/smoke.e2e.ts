/** The demo starts, can be talked to, and ends without leaving anything running. */
import { type Demo, startDemo } from './demo.ts';
import { Playground } from './playground.ts';

let demo: Demo | undefined;
let chat: Playground;

beforeAll(async () => {
  demo = await startDemo();
  chat = await Playground.open(demo.address);
});

afterAll(async () => {
  await chat?.close();
  await demo?.stop();
});

test('the bot answers "hjælp"', async () => {
  const answer = await chat.say('hjælp');

  expect(answer).not.toBe('');
  await chat.screenshot('da-welcome');
  expect(chat.pageErrors).toEqual([]);
});
