/**
 * One replica, to be killed: commits changes, each with its message, and delivers them over HTTP. With `drain` it makes no
 * changes and ends when nothing waits any more.
 *
 *     node test/fakes/delivery-process.ts <database> <connector> <name> <staff id> [drain]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { openDatabase, write } from '../../bot/store/database.ts';
import { startJobs } from '../../bot/store/jobs.ts';
import { tell } from '../../bot/store/outbox.ts';
import { startDelivery } from '../../bot/teams/delivery.ts';
import { createMessenger } from '../../bot/teams/messenger.ts';

const [url = '', serviceUrl = '', name = '', staffId = '', mode] = process.argv.slice(2);
const log = { error: () => {}, warn: () => {}, info: () => {} };
const now = () => Temporal.Now.instant();

const { prisma, db, close } = openDatabase(url);
const boss = await startJobs(url, { log });
const delivery = await startDelivery({
  db,
  boss,
  messenger: createMessenger({
    tokens: { getToken: () => Promise.resolve(null) },
    templates: {} as never, // its messages are texts
    serviceHosts: [],
    local: true,
    timeoutMilliseconds: 2_000,
  }),
  compose: ({ key }) => Promise.resolve({ reply: { kind: 'text', text: `${key} ${name}` }, seen: [] }),
  now,
  log,
  home: { serviceUrl, botId: '28:bot', tenantId: undefined, channelId: 'test' },
  retry: { attempts: 1_000, firstSeconds: 0.1, mostSeconds: 0.5 },
  pollSeconds: 0.5,
  paces: null,
  sweepMs: 1_000,
});

if (mode === 'drain') {
  while ((await prisma.outboxMessage.count({ where: { state: 'waiting' } })) > 0) await sleep(100);
  await delivery.stop();
  await boss.stop();
  await close();
} else {
  for (;;) {
    const nonce = uuidv7();
    const rollBack = Math.random() < 0.2;
    await db
      .$transaction(async (tx) => {
        await write(
          tx,
          'insert into used_nonce (staff_id, nonce, used_at) values ($1::uuid, $2::uuid, now())',
          staffId,
          nonce,
        );
        const telling = { key: nonce, kind: 'change', recipientId: staffId, subject: {} };
        await tell(tx, boss, [telling], now());
        if (rollBack) throw new Error('roll back');
      })
      .catch(() => {});
    await sleep(Math.random() * 20);
  }
}
