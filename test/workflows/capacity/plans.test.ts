/** `mine planer` of BIF: one's own measures and expectations, and nothing else of the case. */
import { Temporal } from '../../../bot/domain/time.ts';
import { NOON, type TestBot } from '../../fakes/bot.ts';
import { buttonOf, pressButton, type PutCase, read } from '../../fakes/case-driver.ts';
import { type CheckInDesk, startCheckInDesk } from '../../fakes/check-in.ts';

let desk: CheckInDesk;
let bot: TestBot;
let home: PutCase;
beforeAll(async () => {
  desk = await startCheckInDesk();
  ({ bot, home } = desk);
  expect(read(await desk.ask())).toContain('BIF er spurgt');
  await desk.press('bifleder', await desk.openMine('bifleder'), 'capacity.allocate', {
    colleague: bot.town.staffIds.bif,
  });
});
beforeEach(() => bot.setNow(NOON));
afterAll(() => bot.close());

it('says that there are none, holds what was answered, and marks what is late', async () => {
  expect(read(await desk.say('bif', 'mine planer'))).toContain('Du har ingen planer');
  const card = await pressButton(bot.as('bif'), await desk.say('bif', 'mine vurderinger'), 'capacity.open');
  await pressButton(bot.as('bif'), card, 'capacity.answer', {
    ...{ capacity: '3.600', certainty: 'likely', expected: '4.200', expectedFrom: '2027-07-01' },
    ...{ measure: 'plan_meeting', due: '2026-12-15' },
  });
  const plans = await desk.say('bif', 'mine planer');
  expect(read(plans)).toContain('Møde om planen, senest 15. december 2026');
  expect(read(plans)).toContain('Forventes at kunne betale 4.200 kr. fra 1. juli 2027');
  for (const hidden of ['Bocentret', 'Jonas', 'Fristen']) expect(read(plans)).not.toContain(hidden);
  bot.setNow(Temporal.Instant.from('2026-12-16T10:00:00Z'));
  expect(read(await desk.say('bif', 'mine planer'))).toContain('Fristen er overskredet.');
  // What is said to be done is a plan no more; what is expected lasts until it has come.
  const open = await pressButton(bot.as('bif'), await desk.say('bif', 'mine planer'), 'capacity.open');
  await pressButton(bot.as('bif'), open, 'capacity.end-measure', {}, { ending: 'done' });
  expect(read(await desk.say('bif', 'mine planer'))).not.toContain('Møde om planen');
  bot.setNow(Temporal.Instant.from('2027-07-02T10:00:00Z'));
  expect(read(await desk.say('bif', 'mine planer'))).toContain('Du har ingen planer');
});

it.each(['bifleder', 'jonas', 'mette', 'kontrol'] as const)('is empty for %s', async (person) => {
  expect(read(await desk.say(person, 'mine planer'))).not.toContain('Kim Testesen');
});

it('is one press from what waits for an answer', async () => {
  const again = await pressButton(
    bot.as('jonas'),
    await desk.say('jonas', `spørg BIF ${home.number}`),
    'capacity.ask',
    {
      occasion: 'by_hand',
    },
  );
  expect(read(again)).toContain('Ligger hos Bent Fisker');
  const list = await desk.say('bif', 'mine vurderinger');
  const answer = await bot.as('bif').press('capacity.list', buttonOf(list, 'capacity.list', { side: 'plans' }));
  expect(read(answer)).toContain('Mine planer');
});
