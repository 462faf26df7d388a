/** Lists across cases: what waits for whom, and finding a case by name, number or CPR. One row per case, no more than a page and one. */
import { z } from 'zod';
import { searchName } from '../text/normalise.ts';
import type { PlainDate } from '../domain/time.ts';
import { dutyKinds } from './case-homes.ts';
import type { Tx } from './database.ts';
import { dayInJson } from './temporal.ts';

/** The rows a card has room for. */
export const PAGE = 10;

/** Whose lists: the sides' unit paths and the caseworkers they stand for, as the rights say. */
export interface WaitingFor {
  /** Step ids by who does them, and where those people are. */
  readonly teams: readonly {
    readonly steps: readonly string[];
    readonly side: 'shelter' | 'authority' | 'housing';
    readonly paths: readonly string[];
  }[];
  readonly own: { readonly steps: readonly string[]; readonly staffIds: readonly string[] };
  /** The steps of whoever follows up, and the duties of a lease that they see to. */
  readonly support: {
    readonly steps: readonly string[];
    readonly staffIds: readonly string[];
    readonly duties: readonly string[];
  };
  /** The duties of a lease that the deciding unit sees to. */
  readonly housingDuties: readonly string[];
  /** What is due later than this day is not listed yet, where something else than a step's clock says when it is due. */
  readonly horizon: PlainDate;
  /** Shelters whose admissions the person reports to the handlekommune. */
  readonly shelterPaths: readonly string[];
  /** Outcomes of which citizens are to be told, as `step:outcome`. */
  readonly toldOutcomes: readonly string[];
  /** About how many days each step, or each kind of telling, may take: the most urgent come first. */
  readonly daysAllowed: Readonly<Record<string, number>>;
}

const rowSchema = z.object({
  kind: z.enum(['step', 'tell-municipality', 'tell-citizen', ...dutyKinds]),
  caseId: z.uuid(),
  number: z.int(),
  citizenId: z.uuid(),
  citizen: z.string(),
  shelter: z.string(),
  wayVersion: z.int(),
  step: z.string(),
  startedOn: dayInJson,
  clockFrom: dayInJson,
  /** The last day in time, where something else than the step's clock sets it. */
  dueOn: dayInJson.nullable(),
  caseworkerId: z.uuid().nullable(),
  /** Who follows up, where somebody is named. */
  supporterId: z.uuid().nullable(),
});
export type WaitingCase = z.infer<typeof rowSchema>;

/** The ids of the units at or below the paths of a parameter. */
const UNITS_BELOW = (paths: string) =>
  `(select u.id from unit u where u.path like any (select path || '%' from unnest(${paths}::text[]) path))`;
const OPEN_PASS = `
  select 'step' as kind, r.id, r.number, p.step, p.started_on, p.clock_from, p.due_on
  from step_pass p join referral r on r.id = p.referral_id where p.ended_at is null and`;
const DUE =
  "coalesce(due_on, clock_from + coalesce(($12::jsonb ->> case when kind = 'step' then step else kind end)::int, 0))";
/** An open duty of a lease that is due soon. */
const OPEN_DUTY = (kinds: string) => `
  select du.kind, r.id, r.number, 'lease', du.due_on, du.due_on, du.due_on
  from lease_duty du join lease l on l.id = du.lease_id join referral r on r.id = l.referral_id
  where du.settled_on is null and du.due_on <= $17::date and du.kind = any(${kinds}::text[]) and`;
/** Whoever of the people follows up in the case: each branch has an index of its own. */
const FOLLOWS_UP = [
  'r.support_worker_id = any($14::uuid[]) and r.support_ended_on is null',
  'r.responsible_id = any($14::uuid[]) and r.support_ended_on is not null',
  `r.caseworker_id = any($14::uuid[]) and not exists (
     select 1 from staff s where s.active and s.id = case when r.support_ended_on is null then r.support_worker_id else r.responsible_id end)`,
  // Nobody who was named is there any more: whoever allocates the unit's cases sees it.
  `r.unit_id in ${UNITS_BELOW('$6')} and not exists (
     select 1 from staff s where s.active and s.id in (
       r.caseworker_id, case when r.support_ended_on is null then r.support_worker_id else r.responsible_id end))`,
] as const;
const TOLD_FROM = "(p.ended_at at time zone 'Europe/Copenhagen')::date";

/** What waits for these people, the most urgent first; `offset` rows are passed over, and one row more than a page tells that there are more. */
export async function waitingFor(db: Tx, who: WaitingFor, offset: number): Promise<WaitingCase[]> {
  const side = (name: 'shelter' | 'authority' | 'housing') => {
    const teams = who.teams.filter((team) => team.side === name);
    return { steps: teams.flatMap(({ steps }) => steps), paths: [...new Set(teams.flatMap(({ paths }) => paths))] };
  };
  const [shelter, authority, housing] = [side('shelter'), side('authority'), side('housing')];
  const rows = await db.$queryRawUnsafe<unknown[]>(
    // Each list has a branch with an index of its own; a case whose caseworker has left is its unit's.
    // only the page's cases are joined with their names.
    `with waiting as (
       ${OPEN_PASS} p.step = any($1::text[]) and r.caseworker_id = any($2::uuid[])
       union
       ${OPEN_PASS} p.step = any($1::text[]) and r.unit_id in ${UNITS_BELOW('$6')}
         and (r.caseworker_id is null or r.caseworker_id = any(array(select s.id from staff s where not s.active)))
       union
       ${OPEN_PASS} p.step = any($3::text[]) and r.shelter_id in ${UNITS_BELOW('$4')}
       union
       ${OPEN_PASS} p.step = any($5::text[]) and r.unit_id in ${UNITS_BELOW('$6')}
       union
       ${OPEN_PASS} p.step = any($7::text[])
         and exists (select 1 from unit h where h.kind = 'housing_assignment' and h.active and h.id in ${UNITS_BELOW('$8')})
       ${FOLLOWS_UP.map(
         (follows) => `
       union
       ${OPEN_PASS} p.step = any($13::text[]) and (p.due_on is null or p.due_on <= $17::date) and ${follows}
       union
       ${OPEN_DUTY('$15')} ${follows}`,
       ).join('')}
       union
       ${OPEN_DUTY('$16')}
         exists (select 1 from unit h where h.kind = 'housing_assignment' and h.active and h.id in ${UNITS_BELOW('$8')})
       union all
       select 'tell-municipality', r.id, r.number, 'admission', min(st.decided_on), min(st.decided_on), null
       from stay st join referral r on r.id = st.referral_id
       where st.municipality_told_on is null and r.closed_at is null and r.shelter_id in ${UNITS_BELOW('$9')}
       group by r.id
       union all
       select 'tell-citizen', r.id, r.number, p.step, ${TOLD_FROM}, ${TOLD_FROM}, null
       from step_pass p join referral r on r.id = p.referral_id
       where p.citizen_told_on is null and p.step || ':' || p.outcome = any($10::text[]) and r.caseworker_id = any($2::uuid[])
     ), page as (
       select *, ${DUE} as due from waiting order by due, number offset $11::int limit ${PAGE + 1}
     )
     select page.kind, page.id as "caseId", page.number, r.citizen_id as "citizenId", c.name as citizen, sh.name as shelter,
            r.way_version as "wayVersion", page.step, page.started_on::text as "startedOn", page.clock_from::text as "clockFrom",
            page.due_on::text as "dueOn",
            r.caseworker_id as "caseworkerId",
            case when r.support_ended_on is null then r.support_worker_id else r.responsible_id end as "supporterId"
     from page join referral r on r.id = page.id join citizen c on c.id = r.citizen_id join unit sh on sh.id = r.shelter_id
     order by page.due, page.number`,
    who.own.steps,
    who.own.staffIds,
    shelter.steps,
    shelter.paths,
    authority.steps,
    authority.paths,
    housing.steps,
    housing.paths,
    who.shelterPaths,
    who.toldOutcomes,
    offset,
    JSON.stringify(who.daysAllowed),
    who.support.steps,
    who.support.staffIds,
    who.support.duties,
    who.housingDuties,
    who.horizon.toString(),
  );
  return rows.map((row) => rowSchema.parse(row));
}

/** How far a person sees: unit paths, cases of one's own, and the steps that let the deciding unit in. */
export interface Reach {
  readonly paths: readonly string[];
  readonly own: readonly string[];
  readonly all: boolean;
  readonly housingSteps: readonly string[];
}

const foundSchema = z.object({
  caseId: z.uuid(),
  number: z.int(),
  citizenId: z.uuid(),
  citizen: z.string(),
  shelter: z.string(),
  wayVersion: z.int(),
  step: z.string(),
  closed: z.boolean(),
});
export type FoundCase = z.infer<typeof foundSchema>;

// OFFSET 0 makes it look into the passes of the cases found: the planner would rather gather all that ever were at those steps.
const FOUND = (where: string) => `
  select r.id as "caseId", r.number, r.citizen_id as "citizenId", c.name as citizen, sh.name as shelter, r.way_version as "wayVersion",
         r.closed_at is not null as closed,
         (select p.step from step_pass p where p.referral_id = r.id and not p.beside order by p.ordinal desc limit 1) as step
  from citizen c join referral r on r.citizen_id = c.id join unit sh on sh.id = r.shelter_id join unit au on au.id = r.unit_id
  where ${where} and ($2::boolean
    or exists (select 1 from unnest($3::text[]) path where sh.path like path || '%' or au.path like path || '%')
    or r.caseworker_id = any($4::uuid[])
    or case when r.support_ended_on is null then r.support_worker_id else r.responsible_id end = any($4::uuid[])
    or (exists (select 1 from unit h where h.kind = 'housing_assignment' and h.active and h.path like any (select p || '%' from unnest($3::text[]) p))
        and (exists (select 1 from step_pass p where p.referral_id = r.id and p.step = any($5::text[]) offset 0)
          or exists (select 1 from lease l where l.referral_id = r.id))))`;

async function found(db: Tx, sql: string, value: unknown, reach: Reach): Promise<FoundCase[]> {
  const rows = await db.$queryRawUnsafe<unknown[]>(sql, value, reach.all, reach.paths, reach.own, reach.housingSteps);
  return rows.map((row) => foundSchema.parse(row));
}

/** Cases of citizens whose name holds all the typed words, open ones first; only those the person may see. */
export async function findByName(db: Tx, typed: string, reach: Reach): Promise<FoundCase[]> {
  const words = searchName(typed)
    .split(' ')
    .filter(Boolean)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  if (words.length === 0) return [];
  return found(
    db,
    `${FOUND('c.search_name like all($1::text[])')} order by closed, c.search_name, r.number limit ${PAGE + 1}`,
    words,
    reach,
  );
}

/** Cases of the citizen with this CPR index; only those the person may see. */
export const findByCpr = (db: Tx, cprIndex: Uint8Array, reach: Reach): Promise<FoundCase[]> =>
  found(
    db,
    `${FOUND('c.cpr_index = $1::bytea')} order by closed, r.number desc limit ${PAGE + 1}`,
    Buffer.from(cprIndex),
    reach,
  );
