/** Our bot as `npm start` runs it; its name stands where its token would, so that the connector knows which process writes. */
import { main } from '../../bot/main.ts';

await main({ tokens: { getToken: () => Promise.resolve(process.env['BOT_NAME'] ?? '') } });
