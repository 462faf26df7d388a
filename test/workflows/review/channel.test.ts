/** What a shelter's channel shows of its review, and what people are sent in their own chats. */
import { Temporal } from '../../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import { actionsOf, cardOf, type TestClient } from '../../fakes/client.ts';
import { type Json, pressButton, putCase, read } from '../../fakes/case-driver.ts';
import { begin, planReview, putResidents, record, reviewOf, titleOf } from '../../fakes/review.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot({ deliver: true });
  await putResidents(bot, 3);
});
beforeEach(async () => {
  bot.setNow(NOON);
  await bot.prisma.reviewAction.deleteMany();
  await bot.prisma.review.deleteMany();
  await bot.prisma.reviewPlan.deleteMany();
  await bot.prisma.outboxMessage.deleteMany();
  bot.connector.clear();
});
afterAll(() => bot.close());

const CHANNEL = '19:boc@thread.tacv2';
/** What stands in the channel now, besides the answers to what was written there. */
async function shown(): Promise<Json[]> {
  await bot.delivered('mette');
  return bot.connector
    .messages(CHANNEL)
    .filter(({ attachments }) => attachments)
    .map((message) => cardOf(message));
}
const begun = (person: PersonName = 'mette') => begin(bot, person);
const sayThere = async (who: TestClient, text: string) => (await who.say(text))[0]?.text;

describe('the channel', () => {
  it('shows one card, which follows the review and holds case numbers only', async () => {
    await planReview(bot);
    expect(await sayThere(bot.inChannel('mette'), '<at>Hjemvej</at> gennemgang her')).toContain(
      'Her vises nu fremdriften i beboergennemgangen på Bocentret',
    );
    const [ready] = await shown();
    expect(read(ready)).toContain('Dagsordenen for beboergennemgangen på Bocentret er klar.');
    const second = await record(bot, 'mette', await begun(), {}, { outcome: 'escalate', note: 'Hemmeligt notat' });
    const [running, ...others] = await shown();
    expect(others).toEqual([]);
    expect(read(running)).toContain('1 af 3 drøftet');
    expect(read(running)).toContain('Sag 102');
    await record(
      bot,
      'mette',
      second,
      { say: 'unchanged' },
      {
        ...{ actionText: 'Ring til lægen', actionOwner: bot.town.staffIds.jonas, actionDue: '2026-11-25' },
      },
    );
    const agenda = await record(bot, 'mette', await begun(), { say: '', go: 'agenda' });
    await pressButton(bot.as('mette'), agenda, 'review.close');
    const [closed, ...more] = await shown();
    expect(more).toEqual([]);
    expect(read(closed)).toContain('Gennemgangen er afsluttet.');
    expect(read(closed)).toMatch(/Ikke nået.*103.*Nye aftaler.*1/);
    const everything = read(bot.connector.requests.filter(({ path }) => decodeURIComponent(path).includes(CHANNEL)));
    expect(everything).not.toMatch(/Beboer Nummer|Hemmeligt|Ring til lægen|Løftes|Udredning/);
  });

  it('leads to one’s own chat, where the review is opened by one’s own rights', async () => {
    await planReview(bot);
    await bot.inChannel('mette').say('<at>Hjemvej</at> gennemgang her');
    const [card] = await shown();
    const button = actionsOf(card).find(({ verb }) => verb === 'review.open-mine')?.['data'] as Json;
    const answer = await bot.inChannel('jonas').press('review.open-mine', button);
    expect(answer.text).toBe('Jeg har sendt gennemgangen til dig i din egen chat.');
    const refused = await bot.inChannel('bif').press('review.open-mine', button);
    expect(refused.text).toBe('Du har ikke adgang til den gennemgang.');
    const sent = await bot.delivered('jonas');
    expect(titleOf(cardOf(sent.at(-1) as never))).toBe('Beboergennemgang · Bocentret');
    // While it runs, it is opened where it stands.
    await begun();
    bot.setNow(NOON.add({ minutes: 2 }));
    await bot.inChannel('jonas').press('review.open-mine', button);
    const later = await bot.delivered('jonas');
    expect(titleOf(cardOf(later.at(-1) as never))).toContain('Beboer Nummer1 ');
  });

  it('answers there with the progress alone, and takes no other button of the review', async () => {
    await planReview(bot);
    const [answer] = await bot.inChannel('jonas').say('<at>Hjemvej</at> gennemgang');
    expect(read(answer)).toContain('0 af 3 drøftet');
    expect(read(answer)).not.toContain('Beboer Nummer');
    const own = await begun('jonas');
    const stolen = actionsOf(own).find(({ verb }) => verb === 'review.record')?.['data'] as Json;
    expect((await bot.inChannel('jonas').press('review.record', stolen)).card).toBeUndefined();
    expect(await bot.prisma.reviewItem.count({ where: { outcome: { not: null } } })).toBe(0);
  });

  it('is chosen by those who may plan, in a channel, for a shelter with a plan', async () => {
    expect(await sayThere(bot.inChannel('mette'), '<at>Hjemvej</at> gennemgang her')).toContain('opsæt gennemgang');
    await planReview(bot);
    expect(await sayThere(bot.inChannel('jonas'), '<at>Hjemvej</at> gennemgang her Bocentret')).not.toContain(
      'Her vises',
    );
    expect(await sayThere(bot.as('mette'), 'gennemgang her')).toContain('Skriv “gennemgang her” i den kanal');
    expect((await bot.prisma.reviewPlan.findFirstOrThrow()).placeId).toBeNull();
  });

  it('can be given up, and another chosen', async () => {
    await planReview(bot);
    await bot.inChannel('mette').say('<at>Hjemvej</at> gennemgang her');
    const plan = cardOf((await bot.as('mette').say('opsæt gennemgang'))[0]);
    const without = await pressButton(bot.as('mette'), plan, 'review.forget-place');
    expect(read(without)).toContain('Ingen kanal endnu.');
    await shown();
    const before = bot.connector.requests.length;
    await record(bot, 'mette', await begun(), { say: 'unchanged' });
    await bot.delivered('mette');
    const since = bot.connector.requests.slice(before);
    expect(since.filter(({ path }) => decodeURIComponent(path).includes(CHANNEL))).toEqual([]);
  });
});

describe('one’s own chat', () => {
  it('gets the agenda with the names of those whom the reader may see', async () => {
    await planReview(bot);
    const sent = await bot.delivered('karla');
    expect(sent).toHaveLength(1);
    expect(titleOf(cardOf(sent[0] as never))).toBe('Beboergennemgang · Bocentret');
    expect(read(sent[0])).toContain('Beboer Nummer1');
    // The notification that Teams shows outside the chat names nobody.
    expect(String(sent[0]?.['summary'])).toBe('Dagsorden til beboergennemgangen på Bocentret');
  });

  it('gets the actions that others gave one, when the review is closed', async () => {
    await planReview(bot);
    await record(
      bot,
      'mette',
      await begun(),
      { say: 'unchanged' },
      {
        ...{ actionText: 'Ring til lægen', actionOwner: bot.town.staffIds.jonas, actionDue: '2026-11-25' },
      },
    );
    const agenda = await record(bot, 'mette', await begun(), { say: '', go: 'agenda' });
    await pressButton(bot.as('mette'), agenda, 'review.close');
    const sent = (await bot.delivered('jonas')).at(-1);
    expect(titleOf(cardOf(sent as never))).toBe('Dine aftaler fra beboergennemgangen');
    expect(read(sent)).toContain('Ring til lægen');
  });

  it('tells the shelter’s manager of actions open for three weeks and past their day', async () => {
    await planReview(bot);
    await record(
      bot,
      'mette',
      await begun(),
      { say: 'unchanged' },
      {
        ...{ actionText: 'Ring til lægen', actionOwner: bot.town.staffIds.jonas, actionDue: '2026-11-25' },
      },
    );
    for (const [at, stuck] of [
      ['2026-12-01T09:00:00Z', 0],
      ['2026-12-08T09:00:00Z', 0],
      ['2026-12-15T09:00:00Z', 1],
    ] as const) {
      bot.setNow(Temporal.Instant.from(at));
      await reviewOf(bot, 'mette');
      expect(await bot.prisma.outboxMessage.count({ where: { kind: 'review.stuck' } })).toBe(stuck);
    }
    const sent = (await bot.delivered('herbergsleder')).at(-1);
    expect(read(sent)).toContain('Aftaler, der har stået åbne i 3 uger eller mere');
    expect(read(sent)).toContain('Ring til lægen');
  });
});

it('says no more of a resident than the number to whoever may not see the case', async () => {
  const hidden = await putCase(bot, 'assessment', { name: 'Skjult Borger', authority: 'syd', caseworker: 'svend' });
  await planReview(bot);
  const sent = (await bot.delivered('karla')).at(-1);
  expect(read(sent)).toContain(`Sag ${hidden.number}`);
  expect(read(sent)).not.toContain('Skjult Borger');
});
