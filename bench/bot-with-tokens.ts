/** Our bot with an app id, as in production; Microsoft's keys and our own token come from the bench. */
import { main } from '../bot/main.ts';

await main({
  openId: { metadataUrl: process.env['BENCH_METADATA_URL'] ?? '', issuer: process.env['BENCH_ISSUER'] ?? '' },
  tokens: { getToken: () => Promise.resolve('our own token') },
});
