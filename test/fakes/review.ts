/** Reviews for tests: planned, opened and run as people do. */
import type { TestBot } from './bot.ts';
import { buttonOf, hasButton, type Json, pressButton, putCase, type PutCase, type PutOptions } from './case-driver.ts';
import { cardOf } from './client.ts';
import type { PersonName } from './town.ts';

export const FIVE = ['mette', 'bo', 'jonas', 'karla', 'herbergsleder'] as const satisfies readonly PersonName[];

/** Sets up the review of Bocentret in the chat; on a Wednesday, as today is, its agenda is there at once. */
export async function planReview(
  bot: TestBot,
  {
    by = 'mette',
    participants = FIVE,
    ...inputs
  }: { by?: PersonName; participants?: readonly PersonName[] } & Json = {},
): Promise<Json> {
  const card = cardOf((await bot.as(by).say('opsæt gennemgang'))[0]);
  return pressButton(bot.as(by), card, 'review.plan', {
    ...{ weekday: '3', startsAt: '8.40', order: 'urgency' },
    participants: participants.map((name) => bot.town.staffIds[name]).join(','),
    ...inputs,
  });
}

/** Residents of Bocentret, all at the same step since the same day. */
export async function putResidents(bot: TestBot, count: number, options: PutOptions = {}): Promise<PutCase[]> {
  const put: PutCase[] = [];
  for (let at = 0; at < count; at++)
    put.push(await putCase(bot, 'assessment', { name: `Beboer Nummer${at + 1}`, since: '2026-11-16', ...options }));
  return put;
}

/** What `gennemgang` shows the person. */
export const reviewOf = async (bot: TestBot, person: PersonName): Promise<Json> =>
  cardOf((await bot.as(person).say('gennemgang'))[0]);

/** The resident that the review stands at, on the person's card: begun, if nobody has. */
export async function begin(bot: TestBot, person: PersonName = 'mette'): Promise<Json> {
  const card = await reviewOf(bot, person);
  return hasButton(card, 'review.resume') ? pressButton(bot.as(person), card, 'review.resume') : card;
}

/** The agenda, while the review runs or before. */
export async function agendaOf(bot: TestBot, person: PersonName = 'mette'): Promise<Json> {
  const card = await reviewOf(bot, person);
  return hasButton(card, 'review.record') ? record(bot, person, card, { say: '', go: 'agenda' }) : card;
}

/** Presses one of the buttons of a resident's card. */
export async function record(
  bot: TestBot,
  person: PersonName,
  card: Json,
  pick: { say?: '' | 'chosen' | 'unchanged' | 'absent'; go?: string },
  inputs: Json = {},
): Promise<Json> {
  const { say = 'chosen', go = 'next' } = pick;
  const answer = await bot.as(person).press('review.record', buttonOf(card, 'review.record', { say, go }), inputs);
  if (!answer.card) throw new Error(`review.record was answered with ${JSON.stringify(answer)}`);
  return answer.card;
}

/** The first line of a card. */
export const titleOf = (card: Json): string =>
  String((card['body'] as { text?: string }[])[0]?.text).replaceAll('\\', '');
