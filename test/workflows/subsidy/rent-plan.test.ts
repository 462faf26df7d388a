/** The rent plan that a citizen takes home, fetched as staff do. */
import { startTestBot, type TestBot } from '../../fakes/bot.ts';
import { buttonOf, type Json, pressButton, putCase, type PutCase, read } from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { unzip } from '../../fakes/zip.ts';

let bot: TestBot;
let put: PutCase;
beforeAll(async () => {
  bot = await startTestBot();
  put = await putCase(bot, 'kept-home', { name: 'Kim Testesen', leaseFrom: '2023-03-01' });
});
afterAll(() => bot.close());

const phaseDown = async () => cardOf((await bot.as('jonas').say(`nedtrapning ${put.number}`))[0]);
const textOf = (docx: ArrayBuffer): string =>
  (unzip(new Uint8Array(docx)).get('word/document.xml') ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const urlOf = (card: Json): string => (card['actions'] as { url: string }[])[0]?.url ?? '';

it('says in plain Danish what is paid from when, what is an estimate, and whom to talk with', async () => {
  const link = await pressButton(bot.as('jonas'), await phaseDown(), 'subsidy.rent-plan');
  const fetched = await fetch(urlOf(link), { method: 'POST' });
  expect(fetched.headers.get('content-disposition')).toContain('huslejeplan-2026-11-18.docx');
  const text = textOf(await fetched.arrayBuffer());
  for (const said of [
    'Din husleje år for år',
    'Nu betaler du 3.486,25 kr. om måneden.',
    'Fra 1. marts 2027 betaler du 282,75 kr. mere om måneden.',
    'Fra 1. marts 2031 betaler du 4.900 kr. om måneden.',
    '* Beløbet er et skøn.',
    'Tal med Stine Bro i kommunen.',
    'Planen er vejledende.',
  ])
    expect(text).toContain(said);
  // It may be left on a table: neither the name nor the case number stands in it.
  expect(text).not.toMatch(new RegExp(`Kim|Testesen|Sag ${put.number}`));
  expect(await bot.prisma.accessLog.findMany({ where: { operation: 'subsidy.rent-plan' } })).toMatchObject([
    { action: 'extract', citizenId: put.citizenId, staffId: bot.town.staffIds.jonas },
  ]);
});

it('names the next day on which something else is paid, not the one from which the same is an estimate', async () => {
  await bot.prisma.rate.create({
    data: { scheme: 'state_subsidy', year: 2026, amountOere: 1_800_000, source: 'Brev' },
  });
  const link = await pressButton(bot.as('jonas'), await phaseDown(), 'subsidy.rent-plan');
  const text = textOf(await (await fetch(urlOf(link), { method: 'POST' })).arrayBuffer());
  expect(text).toContain('Fra 1. marts 2027 betaler du 300 kr. mere om måneden.');
  expect(text).toMatch(/1\. januar 2027 4\.900 kr\. 1\.500 kr\. \* 3\.400 kr\. \*/);
  await bot.prisma.rate.delete({ where: { scheme_year: { scheme: 'state_subsidy', year: 2026 } } });
});

it.each(['ida', 'bif', 'svend'] as const)('is not for %s', async (person) => {
  const data = buttonOf(await phaseDown(), 'subsidy.rent-plan');
  expect(read(await bot.as(person).press('subsidy.rent-plan', data))).not.toContain('/documents/');
});

it('is not for whoever may no longer see the case when they fetch it', async () => {
  const link = await pressButton(bot.as('jonas'), await phaseDown(), 'subsidy.rent-plan');
  const roles = { staffId: bot.town.staffIds.jonas };
  const kept = await bot.prisma.staffAssignment.findMany({ where: roles });
  await bot.prisma.staffAssignment.deleteMany({ where: roles });
  expect((await fetch(urlOf(link), { method: 'POST' })).status).toBe(404);
  await bot.prisma.staffAssignment.createMany({ data: kept });
});
