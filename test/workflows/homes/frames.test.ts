/** `ramme`: figures and a bar, of homes let and offered. */
import { startTestBot, type TestBot } from '../../fakes/bot.ts';
import { type Json, putCase, said } from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { putDwelling, putLease, putOffer } from '../../fakes/stock.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.close());

/** A tenancy that began in this year and has ended again. */
async function putEnded(dwellingId: string, more: { movedInOn?: Date }): Promise<void> {
  const id = await putLease(bot, dwellingId, await putCase(bot, 'decision'), '2026-02-01');
  await bot.prisma.lease.update({ where: { id }, data: { endsOn: new Date('2026-05-31'), ...more } });
}

it('says what is used, reserved and left, and which have ended', async () => {
  const home = (address: string, scheme: 'transitional' | 'state_subsidy') => putDwelling(bot, { address, scheme });
  await putLease(bot, await home('Udslusvej 1', 'transitional'), await putCase(bot, 'decision'), '2026-03-01');
  await putLease(bot, await home('Udslusvej 2', 'transitional'), await putCase(bot, 'decision'), '2025-12-31');
  await putLease(bot, await home('Udslusvej 3', 'transitional'), await putCase(bot, 'decision'), '2022-12-01');
  await putLease(bot, await home('Statsvej 1', 'state_subsidy'), await putCase(bot, 'decision'), '2023-03-01');
  await putEnded(await home('Udslusvej 6', 'transitional'), { movedInOn: new Date('2026-02-01') });
  await putEnded(await home('Udslusvej 7', 'transitional'), {});
  await putOffer(bot, await home('Udslusvej 4', 'transitional'), await putCase(bot, 'decision'));
  await putOffer(bot, await home('Udslusvej 5', 'transitional'), await putCase(bot, 'decision'), 'expired');

  const card: Json = cardOf((await bot.as('sanne').say('ramme'))[0]);
  const [, yearly, state, pilot] = card['body'] as { items: { text: string }[] }[];
  const texts = (part?: { items: { text: string }[] }) => part?.items.map(({ text }) => text);
  expect(texts(yearly)).toEqual([
    'Udslusningsboliger efter udlejningsaftalen',
    expect.stringContaining('tælles hvert år'),
    '█▒░░░░░░░░░░░░░░░░░░',
    '2 brugt, 1 reserveret, 72 tilbage af 75',
  ]);
  expect(texts(state)).toEqual(
    expect.arrayContaining([
      '1 brugt, 0 reserveret, 349 tilbage af 350',
      'Udløbet 31. december 2025. Datoen er ikke bekræftet.',
    ]),
  );
  expect(texts(pilot)).toEqual(expect.arrayContaining(['1 brugt, 0 reserveret, 49 tilbage af 50']));
});

it('is not for those who have nothing to do with homes', async () => {
  expect(said(await bot.as('mette').say('ramme'))).toContain('Din rolle giver ikke adgang til boligerne.');
  expect(said(await bot.as('jonas').say('rammer'))).toContain('tilbage af 75');
});

it('stands in the help of those who may alone', async () => {
  expect(said(await bot.as('sanne').say('hjælp'))).toContain('ledige boliger');
  expect(said(await bot.as('mette').say('hjælp'))).not.toContain('ledige boliger');
  expect(said(await bot.as('jonas').say('hjælp'))).not.toContain('ny bolig');
});
