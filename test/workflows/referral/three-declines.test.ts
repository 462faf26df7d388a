/** A citizen who says no three times: each time the home is free for others, the third closes the case. */
import { freeDwellings } from '../../../bot/store/dwellings.ts';
import { startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  choicesIn,
  type Json,
  moreCardOf,
  passesOf,
  pressButton,
  putCase,
  read,
  said,
  statusOf,
  stepCardOf,
} from '../../fakes/case-driver.ts';
import { putDwelling } from '../../fakes/stock.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.close());

it('waits for an offer after each no, is closed by the third, and goes on with a fourth home when opened again', async () => {
  const put = await putCase(bot, 'offer');
  const [jonas, sanne] = [bot.as('jonas'), bot.as('sanne')];
  const homes = [];
  for (const number of [1, 2, 3, 4]) homes.push(await putDwelling(bot, { address: `Nejvej ${number}` }));
  const free = async () => (await freeDwellings(bot.prisma)).map(({ address }) => address).sort();
  const offer = async (dwelling: string | undefined): Promise<Json> => {
    const card = await stepCardOf(sanne, put);
    await pressButton(sanne, card, 'step.complete', { dwelling });
    return card;
  };
  const decline = async (outcome: string, inputs: Json) =>
    pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', inputs, { outcome });

  await offer(homes[0]);
  expect(await free()).toEqual(['Nejvej 2', 'Nejvej 3', 'Nejvej 4']);
  await decline('declined', { declinedBy: 'citizen', reason_declined: 'area', note: 'For langt fra søsteren' });
  expect(await free()).toEqual(['Nejvej 1', 'Nejvej 2', 'Nejvej 3', 'Nejvej 4']);

  // Whoever offers the next one reads why, and that this home was declined.
  const card = await offer(homes[1]);
  expect(said(card)).toContain('Området passer ikke. For langt fra søsteren');
  expect(choicesIn(card, 'dwelling').at(-1)).toBe(homes[0]);
  await decline('declined', { declinedBy: 'sf', reason_declined: 'support_not_ready' });
  await offer(homes[2]);
  expect(
    said(await decline('declined_closed', { declinedBy: 'citizen', reason_declined_closed: 'too_dear' })),
  ).toContain('Nej til boligen, forløbet er afsluttet');
  expect(await free()).toHaveLength(4);
  expect(read(await statusOf(jonas, put))).toContain('Afsluttet 18. november 2026: Huslejen er for høj');

  await pressButton(jonas, await moreCardOf(jonas, put), 'case.reopen');
  await offer(homes[3]);
  await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', {}, { outcome: 'accepted' });
  expect(await free()).toEqual(['Nejvej 1', 'Nejvej 2', 'Nejvej 3']);
  expect((await passesOf(bot, put)).slice(7)).toEqual([
    ...['offer:offered', 'answer:declined/area'],
    ...['offer:offered', 'answer:declined/support_not_ready'],
    ...['offer:offered', 'answer:declined_closed/too_dear'],
    ...['offer:offered', 'answer:accepted', 'lease'],
  ]);
  const offers = await bot.prisma.offer.findMany({ where: { referralId: put.id }, orderBy: { id: 'asc' } });
  expect(offers.map(({ state, declinedBy }) => [state, declinedBy])).toEqual([
    ...[
      ['declined', 'citizen'],
      ['declined', 'sf'],
      ['declined', 'citizen'],
    ],
    ['accepted', null],
  ]);
});
