/** The check-ins of one home, as SF and BIF carry them out in their own chats. */
import { NOON, startTestBot, type TestBot } from './bot.ts';
import { type Json, pressButton, putCase, type PutCase } from './case-driver.ts';
import { cardOf } from './client.ts';
import type { PersonName } from './town.ts';

/** All of BIF's part, with a measure of the one who answers. */
export const wholeAnswer = {
  ...{ capacity: '3.600', certainty: 'likely', expected: '4.200', expectedFrom: '2027-07-01', plan: 'job_search' },
  ...{ kind_1: 'social_assistance', amount_1: '11.200', until_1: '2027-06-30' },
  ...{ measure: 'plan_meeting', due: '2026-12-15' },
};

export type CheckInDesk = Awaited<ReturnType<typeof startCheckInDesk>>;

/** A bot with the home of Kim Testesen, whom Jonas and Stine follow; Bent answers in BIF, Bodil leads it. */
export async function startCheckInDesk() {
  const bot = await startTestBot({ deliver: true });
  const home = await putCase(bot, 'kept-home', { name: 'Kim Testesen', leaseFrom: '2023-03-01' });
  return { bot, home, ...deskOf(bot, home) };
}

function deskOf(bot: TestBot, home: PutCase) {
  /** Writes to the bot; resolves to its card, or its words as `text`. */
  const say = async (person: PersonName, text: string): Promise<Json> => {
    const [answer] = await bot.as(person).say(text);
    return answer?.attachments ? cardOf(answer) : { text: answer?.text };
  };
  const press = (person: PersonName, card: Json, verb: string, inputs: Json = {}, pick: Json = {}): Promise<Json> =>
    pressButton(bot.as(person), card, verb, inputs, pick);
  const ask = async (person: PersonName = 'jonas'): Promise<Json> =>
    press(person, await say(person, `spørg BIF ${home.number}`), 'capacity.ask', { occasion: 'before_step_down' });
  /** Opens the first check-in that waits for somebody of BIF. */
  const openMine = async (person: PersonName): Promise<Json> =>
    press(person, await say(person, 'mine vurderinger'), 'capacity.open');
  /** Opens the first one that somebody of SF waits for. */
  const openWaiting = async (person: PersonName): Promise<Json> =>
    press(person, await say(person, 'hvem mangler svar fra BIF'), 'capacity.open');
  return {
    ...{ say, press, ask, openMine, openWaiting },
    /** Asked, and allocated to Bent by the manager of BIF. */
    async atBent(): Promise<Json> {
      await ask();
      await press('bifleder', await openMine('bifleder'), 'capacity.allocate', { colleague: bot.town.staffIds.bif });
      return openMine('bif');
    },
    /** Those whom the outbox tells it, by name. */
    async told(kind: string): Promise<string[]> {
      const names = Object.fromEntries(Object.entries(bot.town.staffIds).map(([name, id]) => [id, name]));
      const rows = await bot.prisma.outboxMessage.findMany({ where: { kind } });
      return rows.map(({ recipientId }) => names[recipientId ?? ''] ?? '').sort();
    },
    /** As before the first question. */
    async clear(): Promise<void> {
      bot.setNow(NOON);
      // A message of the test before may still be made: locked in the order that it reads them, neither waits for the other.
      await bot.prisma.$executeRawUnsafe(
        'truncate capacity_check_in, capacity_answer, capacity_income, capacity_household, capacity_measure',
      );
      await bot.prisma.referral.update({ where: { id: home.id }, data: { payableOere: 3_900_00 } });
      await bot.prisma.outboxMessage.deleteMany();
      bot.connector.clear();
    },
  };
}
