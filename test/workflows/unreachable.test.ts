/** Somebody has removed or blocked the app: those who lead them learn of it, once, and nothing is said of a citizen. */
import type { Message } from '../../bot/workflows/messages.ts';
import { compose } from '../../bot/workflows/messages.ts';
import { UNREACHABLE } from '../../bot/workflows/unreachable/unreachable.ts';
import { startTestBot, type TestBot } from '../fakes/bot.ts';
import { buttonOf, putAbsence } from '../fakes/case-driver.ts';
import { cardOf } from '../fakes/client.ts';
import type { PersonName } from '../fakes/town.ts';

let bot: TestBot;
beforeEach(async () => {
  bot = await startTestBot({ deliver: true });
});
afterEach(() => bot.close());

/** The person and their deputy are told, by whoever leads them. */
async function putAway(who: PersonName, deputy: PersonName, by: PersonName, day: string): Promise<void> {
  const data = buttonOf(cardOf((await bot.as(by).say('fravær'))[0]), 'absence.record');
  const { staffIds } = bot.town;
  const days = { firstDay: day, lastDay: day };
  const { text } = await bot.as(by).press('absence.record', data, {
    ...days,
    who: staffIds[who],
    deputy: staffIds[deputy],
  });
  expect(text).toContain('er fraværende');
}

const block = (person: PersonName, answer = 403) =>
  bot.connector.misbehave({ answer, code: 'ConversationBlockedByUser', to: bot.town.aadIds[person] });

const messages = (person: PersonName) =>
  bot.prisma.outboxMessage.findMany({ where: { recipientId: bot.town.staffIds[person] }, orderBy: { id: 'asc' } });
/** What the person has been told about colleagues, once each of those messages has been settled. */
async function toldOfColleagues(person: PersonName): Promise<(string | undefined)[]> {
  const own = (await messages(person)).filter(({ kind, state }) => kind === UNREACHABLE && state === 'sent');
  return own.map(({ activityId }) => bot.connector.activities.find(({ id }) => id === activityId)?.text);
}
async function until(reached: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await reached());) {
    if (Date.now() > end) throw new Error(`not reached; logged ${bot.logged.join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const untilUnreached = (person: PersonName, many: number) =>
  until(
    async () =>
      (await messages(person)).filter(({ lastError }) => lastError === 'ConversationBlockedByUser').length >= many,
  );

it('tells those who lead whom no message reaches, once a day, however many wait', async () => {
  block('jonas');
  await putAway('jonas', 'karla', 'leder', '23.11.2026');
  await untilUnreached('jonas', 1);
  await until(async () => (await toldOfColleagues('leder')).length === 1);
  await putAway('jonas', 'karla', 'leder', '24.11.2026');
  await untilUnreached('jonas', 2);
  await until(async () => (await messages('karla')).filter(({ state }) => state === 'sent').length === 2);

  expect(await toldOfColleagues('leder')).toEqual([
    'Hjemvej kan ikke skrive til Jonas Lind: appen er fjernet eller blokeret. 1 besked venter. Opgaverne står stadig i ' +
      'Hjemvej. Bed Jonas Lind om at hente appen igen, eller giv det, der haster, til en kollega.',
  ]);
  expect((await messages('leder')).filter(({ kind }) => kind === UNREACHABLE)).toHaveLength(1);
  expect(await messages('jonas')).toMatchObject(Array(2).fill({ state: 'waiting', attempts: 0 }));
});

it('tells those who lead the leader, when that is who cannot be reached', async () => {
  block('leder');
  await putAway('leder', 'chef', 'admin', '23.11.2026');
  await until(async () => (await toldOfColleagues('chef')).length === 1);
  expect(await toldOfColleagues('chef')).toEqual([expect.stringContaining('Lone Eg')]);
});

it('says in the log that nobody leads whom it cannot reach', async () => {
  block('chef');
  await putAway('chef', 'leder', 'admin', '23.11.2026');
  await untilUnreached('chef', 1);
  await until(async () => bot.logged.some((line) => line.includes('"leadersTold":0')));
});

it('tells those who lead of a message that Teams did not take', async () => {
  block('jonas', 400);
  await putAway('jonas', 'karla', 'leder', '23.11.2026');
  await until(async () => (await toldOfColleagues('leder')).length === 1);
  expect(await toldOfColleagues('leder')).toEqual([
    expect.stringMatching(/^Hjemvej kunne ikke aflevere en besked til Jonas Lind/),
  ]);
  expect(await messages('jonas')).toMatchObject([{ state: 'failed', lastError: 'ConversationBlockedByUser' }]);
});

describe('is told', () => {
  const about = (person: PersonName, to: PersonName): Message => ({
    kind: UNREACHABLE,
    recipientId: bot.town.staffIds[to],
    placeId: null,
    subject: { staffId: bot.town.staffIds[person], why: 'gone' },
  });
  const isTold = async (person: PersonName, to: PersonName) => (await compose(bot.deps, about(person, to))) !== null;

  it('to the closest who lead each of the units that somebody works in, and to nobody else', async () => {
    expect(await isTold('tove', 'leder')).toBe(true);
    expect(await isTold('tove', 'chef')).toBe(true);
    expect(await isTold('tove', 'herbergsleder')).toBe(false);
    expect(await isTold('jonas', 'chef')).toBe(false);
    expect(await isTold('jonas', 'karla')).toBe(false);
  });

  it('to the deputy of a leader who is away', async () => {
    expect(await isTold('jonas', 'herbergsleder')).toBe(false);
    await putAbsence(bot, 'leder', 'herbergsleder');
    expect(await isTold('jonas', 'herbergsleder')).toBe(true);
  });

  it('no longer when the person has written to the bot again, or has left', async () => {
    await bot.as('jonas').say('hjælp');
    expect(await isTold('jonas', 'leder')).toBe(false);
    expect(await isTold('karla', 'leder')).toBe(true);
    await bot.prisma.staff.update({ where: { id: bot.town.staffIds.karla }, data: { active: false } });
    expect(await isTold('karla', 'leder')).toBe(false);
  });
});
