/**
 * One run of `forecast.ts`, in a process of its own: `node bench/forecast-leases.ts <url> <leases> read|forecast` reads so many
 * leases in pages, forecasts each unless told to read only, and says as JSON how long it took and how much memory.
 */
import { z } from 'zod';
import { type Forecast, forecast, levelsFrom } from '../bot/domain/forecast.ts';
import { Temporal } from '../bot/domain/time.ts';
import { type Db, openDatabase } from '../bot/store/database.ts';
import { GRANT, grantSchema } from '../bot/store/grants.ts';
import { stateRates } from '../bot/store/rates.ts';
import { dayInJson } from '../bot/store/temporal.ts';

const PAGE = 1_000;
const TODAY = Temporal.PlainDate.from('2026-11-25');

const homeSchema = z.object({
  id: z.uuid(),
  payableOere: z.int(),
  rents: z.array(z.object({ from: dayInJson, oere: z.int() })),
  grant: grantSchema,
});
type Home = z.infer<typeof homeSchema>;

async function pageAfter(db: Db, id: string, size: number): Promise<Home[]> {
  const rows = await db.$queryRawUnsafe<{ home: unknown }[]>(
    `select json_build_object('id', l.id, 'payableOere', r.payable_oere, 'grant', ${GRANT},
       'rents', (select json_agg(json_build_object('from', rc.from_day, 'oere', rc.rent_oere) order by rc.from_day)
                 from rent_change rc where rc.dwelling_id = l.dwelling_id)) as home
     from lease l join subsidy_grant g on g.lease_id = l.id join referral r on r.id = l.referral_id
     where l.id > $1::uuid and l.ends_on is null order by l.id limit $2::int`,
    id,
    size,
  );
  return rows.map(({ home }) => homeSchema.parse(home));
}

async function run(url: string, leases: number, forecasting: boolean) {
  const { db, close } = openDatabase(url, { max: 1 });
  const lights: Record<Forecast['light'], number> = { green: 0, yellow: 0, red: 0 };
  const began = performance.now();
  const rates = await stateRates(db);
  let last = '00000000-0000-0000-0000-000000000000';
  let read = 0;
  while (read < leases) {
    const page = await pageAfter(db, last, Math.min(PAGE, leases - read));
    if (page.length === 0) throw new Error(`There are only ${read} leases`);
    for (const { grant, rents, payableOere } of forecasting ? page : [])
      lights[forecast(levelsFrom(TODAY, grant, rates, rents), payableOere, TODAY).light]++;
    read += page.length;
    last = page.at(-1)?.id ?? last;
  }
  const seconds = (performance.now() - began) / 1_000;
  await close();
  return { seconds, memoryMB: process.resourceUsage().maxRSS / 1_024, lights };
}

const [url = '', leases = '', what = ''] = process.argv.slice(2);
console.log(JSON.stringify(await run(url, Number(leases), what === 'forecast')));
