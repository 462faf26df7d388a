/** `mine planer` of BIF: one's own measures and expectations, and nothing else of the case. */
import { Temporal } from '../../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import { buttonOf, type Json, pressButton, putCase, type PutCase, read } from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
let home: PutCase;
beforeAll(async () => {
  bot = await startTestBot();
  home = await putCase(bot, 'kept-home', { name: 'Kim Testesen', leaseFrom: '2023-03-01' });
  const ask = await pressButton(bot.as('jonas'), await say('jonas', `spørg BIF ${home.number}`), 'capacity.ask', {
    occasion: 'before_step_down',
  });
  expect(read(ask)).toContain('BIF er spurgt');
  const queue = await say('bifleder', 'mine vurderinger');
  await pressButton(
    bot.as('bifleder'),
    await pressButton(bot.as('bifleder'), queue, 'capacity.open'),
    'capacity.allocate',
    {
      colleague: bot.town.staffIds.bif,
    },
  );
});
beforeEach(() => bot.setNow(NOON));
afterAll(() => bot.close());

const say = async (person: PersonName, text: string): Promise<Json> => {
  const [answer] = await bot.as(person).say(text);
  return answer?.attachments ? cardOf(answer) : { text: answer?.text };
};

it('says that there are none, holds what was answered, and marks what is late', async () => {
  expect(read(await say('bif', 'mine planer'))).toContain('Du har ingen planer');
  const card = await pressButton(bot.as('bif'), await say('bif', 'mine vurderinger'), 'capacity.open');
  await pressButton(bot.as('bif'), card, 'capacity.answer', {
    ...{ capacity: '3.600', certainty: 'likely', expected: '4.200', expectedFrom: '2027-07-01' },
    ...{ measure: 'plan_meeting', due: '2026-12-15' },
  });
  const plans = await say('bif', 'mine planer');
  expect(read(plans)).toContain('Møde om planen, senest 15. december 2026');
  expect(read(plans)).toContain('Forventes at kunne betale 4.200 kr. fra 1. juli 2027');
  for (const hidden of ['Bocentret', 'Jonas', 'Fristen']) expect(read(plans)).not.toContain(hidden);
  bot.setNow(Temporal.Instant.from('2026-12-16T10:00:00Z'));
  expect(read(await say('bif', 'mine planer'))).toContain('Fristen er overskredet.');
  // What is said to be done is a plan no more; what is expected lasts until it has come.
  const open = await pressButton(bot.as('bif'), await say('bif', 'mine planer'), 'capacity.open');
  await pressButton(bot.as('bif'), open, 'capacity.end-measure', {}, { ending: 'done' });
  expect(read(await say('bif', 'mine planer'))).not.toContain('Møde om planen');
  bot.setNow(Temporal.Instant.from('2027-07-02T10:00:00Z'));
  expect(read(await say('bif', 'mine planer'))).toContain('Du har ingen planer');
});

it.each(['bifleder', 'jonas', 'mette', 'kontrol'] as const)('is empty for %s', async (person) => {
  expect(read(await say(person, 'mine planer'))).not.toContain('Kim Testesen');
});

it('is one press from what waits for an answer', async () => {
  const again = await pressButton(bot.as('jonas'), await say('jonas', `spørg BIF ${home.number}`), 'capacity.ask', {
    occasion: 'by_hand',
  });
  expect(read(again)).toContain('Ligger hos Bent Fisker');
  const list = await say('bif', 'mine vurderinger');
  const answer = await bot.as('bif').press('capacity.list', buttonOf(list, 'capacity.list', { side: 'plans' }));
  expect(read(answer)).toContain('Mine planer');
});
