/** Started by `embedded.test.ts` as a process of its own, to be killed: `node start-embedded.ts <data folder>`. */
import { startEmbedded } from '../../bot/store/embedded.ts';

const dataDir = process.argv[2];
const database = await startEmbedded({
  dataDir,
  checkoutDir: process.cwd(),
  log: () => {},
  settings: { fsync: 'off' },
});
process.on('SIGINT', () => void database.stop().then(() => process.exit(0)));
console.log(database.url);
setInterval(() => {}, 1_000);
