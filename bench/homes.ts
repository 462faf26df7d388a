/**
 * Homes for a population, made by the database itself: a dwelling with two rents, a lease and its subsidy for each of the
 * first so many citizens, begun on any day since the subsidy could be used. The same at every call.
 */
import pg from 'pg';
import { defaultRules } from '../bot/domain/rules.ts';

const PER_ESTATE = 200;
/** 1 March 2023 to the end of 2026. */
const DAYS = 1_402;

/** Ids as `population.ts` makes them: estate and dwelling 7 are `90000000-…-7`, the case of citizen 7 `d0000000-…-7`. */
const ID = (kind: string, number: string) =>
  `('${kind}0000000-0000-4000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;

export async function giveHomes(url: string, homes: number): Promise<void> {
  const each = `from generate_series(1, ${homes}) n`;
  const starts = `date '2023-03-01' + n * 37 % ${DAYS}`;
  const scheme = `(case n % 10 when 0 then 'permanent_subsidy' when 1 then 'transitional' else 'state_subsidy' end)`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query('begin');
    for (const sql of [
      `insert into estate (id, association, name)
       select ${ID('9', 'n')}, 'Prøveforeningen', 'Afdeling ' || n from generate_series(0, ${Math.floor(homes / PER_ESTATE)}) n`,
      `insert into dwelling (id, estate_id, address, search_address, postcode, town, rooms, size_m2, scheme, changed_at)
       select ${ID('9', 'n')}, ${ID('9', `n / ${PER_ESTATE}`)}, 'Prøvevej ' || n, 'proevevej ' || n, '2400', 'København NV', 2, 52,
         ${scheme}::"Scheme", now() ${each}`,
      `insert into rent_change (id, dwelling_id, from_day, rent_oere, recorded_at)
       select gen_random_uuid(), ${ID('9', 'n')}, day, 450000 + n % 500 * 100 + rise, now()
       ${each} cross join (values (date '2023-01-01', 0), (date '2027-01-01', 9900)) rent(day, rise)`,
      `insert into lease (id, referral_id, dwelling_id, starts_on, moved_in_on, created_at)
       select ${ID('8', 'n')}, ${ID('d', 'n')}, ${ID('9', 'n')}, ${starts}, ${starts}, now() ${each}`,
      `insert into subsidy_grant (id, lease_id, scheme, starts_on, anchor_on, basis_year, shares, monthly_oere, ended_on)
       select gen_random_uuid(), ${ID('8', 'n')}, ${scheme}::"Scheme", ${starts}, ${starts}, 2023,
         case when n % 10 > 1 then '{${defaultRules.subsidy.shares.join(',')}}'::int[] else '{}' end,
         case when n % 10 > 1 then null else 90000 + n % 700 * 100 end,
         case when n % 10 = 1 then ((${starts}) + interval '2 years')::date - 1 end ${each}`,
      `update referral r set payable_oere = 320000 + n % 2000 * 100 ${each} where r.id = ${ID('d', 'n')}`,
    ])
      await client.query(sql);
    await client.query('commit');
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
