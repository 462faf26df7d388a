/** `fastholdelse` through the endpoint: the figures, who may see them, and that few are not told to those without cases. */
import { v7 as uuidv7 } from 'uuid';
import { startTestBot, type TestBot } from '../../fakes/bot.ts';
import { putCase, said } from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { putDwelling } from '../../fakes/stock.ts';
import { personNames } from '../../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.close());

let homes = 0;

async function putHome(method: string, movedInOn: string, endsOn: string | null = null): Promise<void> {
  const { id: referralId } = await putCase(bot, 'decision');
  await bot.prisma.referral.update({ where: { id: referralId }, data: { supportMethod: method } });
  const day = (text: string) => new Date(text);
  await bot.prisma.lease.create({
    data: {
      ...{
        id: uuidv7(),
        referralId,
        dwellingId: await putDwelling(bot, { address: `Havnevej ${(homes += 1)}` }),
        createdAt: day(movedInOn),
      },
      ...{ startsOn: day(movedInOn), movedInOn: day(movedInOn) },
      ...{ endsOn: endsOn === null ? null : day(endsOn), endReason: endsOn === null ? null : 'evicted' },
    },
  });
}

const shown = async (who: Parameters<TestBot['as']>[0]) => said((await bot.as(who).say('fastholdelse'))[0]);

it('says that there are no figures before anybody has moved in', async () => {
  expect(await shown('leder')).toContain('ingen tal');
});

it('shows how many of each method kept their home, by time', async () => {
  // Seven of CTI: six since two years ago, of whom one lost it after four months; one too new for any mark.
  for (let n = 0; n < 5; n++) await putHome('cti', '2024-11-01');
  await putHome('cti', '2024-11-01', '2025-03-01');
  await putHome('cti', '2026-11-01');
  await putHome('icm', '2026-01-05');
  const card = JSON.stringify(cardOf((await bot.as('leder').say('fastholdelse'))[0]));
  const words = [...card.matchAll(/"text":"([^"]*)"/g)].map(([, text]) => text?.replaceAll('\\\\', ''));
  const after = (method: string, count: number) => words.slice(words.indexOf(method) + 1).slice(0, count);
  expect(after('CTI', 5)).toEqual(['7 indflyttet', '6 af 6', '5 af 6', '5 af 6', '5 af 6']);
  expect(after('ICM', 5)).toEqual(['1 indflyttet', '1 af 1', '1 af 1', '–', '–']);
});

it('does not tell few to those who see no citizens', async () => {
  const card = await shown('spor');
  expect(card).toContain('6 af 6');
  expect(card).not.toContain('5 af 6'); // one of six has lost it
  expect(card).not.toContain('1 af 1');
  expect(card).toContain('under 5');
});

it('answers those alone who may see figures', async () => {
  const may = ['jonas', 'karla', 'svend', 'leder', 'herbergsleder', 'chef', 'sanne', 'ole', 'tove', 'bifleder', 'spor'];
  for (const name of personNames) {
    if (name === 'selvejende') continue; // known to nobody
    const answer = await shown(name);
    expect([name, answer.includes('indflyttet')]).toEqual([name, may.includes(name)]);
  }
});

it('is not shown where others read along', async () => {
  expect(said((await bot.inChannel('leder').say('fastholdelse'))[0])).toContain('egen chat');
});
