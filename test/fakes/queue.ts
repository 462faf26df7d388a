/** A database of a test's own with its job queue, for what is sent from the outbox. */
import { openDatabase } from '../../bot/store/database.ts';
import { startJobs } from '../../bot/store/jobs.ts';
import { createMessenger } from '../../bot/teams/messenger.ts';
import { createTestDatabase } from './database.ts';

export type TestQueue = Awaited<ReturnType<typeof startTestQueue>>;

export async function startTestQueue() {
  const test = await createTestDatabase();
  const database = openDatabase(test.url);
  const boss = await startJobs(test.url, { log: { error: () => {}, warn: () => {} } });
  return {
    ...{ database, boss },
    async close() {
      await boss.stop();
      await database.close();
      await test.drop();
    },
  };
}

/** Speaks HTTP to a connector; the messages are texts. */
export const textMessenger = (more: { readonly timeoutMilliseconds?: number } = {}) =>
  createMessenger({
    tokens: { getToken: () => Promise.resolve(null) },
    templates: {} as never,
    serviceHosts: [],
    local: true,
    ...more,
  });
