/**
 * A municipality of any size, made by the database itself in seconds: citizens over every step, with the passes and
 * stays that led there. The same at every call but for the dates, which count back from today; all names are made up.
 */
import pg from 'pg';

/** Whose staff presses. */
export const TENANT = '77777777-6666-4555-8444-333333333333';

/** The shelters and caseworkers of the largest municipality, so that a list per person is as long as it would be there. */
const SHELTERS = 12;
const STAFF_PER_SHELTER = 8;
const AUTHORITY_UNITS = 3;
const CASEWORKERS = 60;
const HOUSING_OFFICERS = 12;

/** Of a hundred citizens, how many stand where; the rest have left (`closed`) or wait at the end of the way. */
const SPREAD = [
  { way: 'home', step: 'attachment', of100: 2 },
  { way: 'home', step: 'stabilising', of100: 5 },
  { way: 'home', step: 'assessment', of100: 6 },
  { way: 'home', step: 'clarification', of100: 5 },
  { way: 'home', step: 'nomination', of100: 3 },
  { way: 'home', step: 'decision', of100: 3 },
  { way: 'place', step: 'place-decision', of100: 2 },
  { way: 'place', step: 'place-ready', of100: 4 },
] as const;
const AT_THE_END = 10;

const tick = { mitId: 'in_place', benefit: 'in_place', debt: 'not_relevant', healthContact: 'in_place' };
const dimensions = 'home mentalHealth physicalHealth dailyActivities network substances work economy'.split(' ');
const assessed = {
  ...Object.fromEntries(dimensions.map((name) => [name, 'done'])),
  plan: 'action_plan',
  planOn: '2026-01-15',
};
const clarified = {
  ...{ adults: 1, children: 0, wishes: 'Gerne stueetage.', supportBasis: 'section_85a', supportMethod: 'cti' },
  ...{ payable: 380_000, bifAskedOn: '2026-01-20' },
};
const nominated = {
  ...{ acuteNeed: true, cannotSolve: true, ableToLive: true, aroseHere: true },
  ...{ bifAskedOn: '2026-01-20', note: 'Kan flytte med kort varsel.' },
};
const upTo = [
  { step: 'admission', outcome: 'admitted', answers: { decidedOn: '2026-01-05', referredFrom: 'self' } },
  { step: 'attachment', outcome: 'attached', answers: {} },
  { step: 'stabilising', outcome: 'stabilised', answers: tick },
  { step: 'assessment', outcome: 'assessed', answers: assessed },
];
const WAYS = {
  home: [
    ...upTo,
    { step: 'clarification', outcome: 'home', answers: { ...clarified, homeKind: 'state_subsidy' } },
    { step: 'nomination', outcome: 'nominated', answers: nominated },
    { step: 'decision', outcome: 'approved', answers: { note: null } },
  ],
  place: [
    ...upTo,
    { step: 'clarification', outcome: 'place', answers: { ...clarified, homeKind: 'section_108' } },
    { step: 'place-decision', outcome: 'granted', answers: { decidedOn: '2026-02-02', note: null } },
    { step: 'place-ready', outcome: 'ready', answers: { place: 'Lindegården', readyOn: '2026-03-01' } },
  ],
} as const;

const FIRST = 'Anne Peter Mette Lars Hanne Ole Kirsten Jens Søren Bodil Åse Thomas Camilla Rasmus Fatima Mohammed';
const MIDDLE = 'Marie Bech Holm Krogh Lund Ravn Toft Vinther Bruun Dahl Falk Juul Kjær Skov Winther Østergaard Munk';
const LAST =
  'Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen ' +
  'Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Mikkelsen Bonde Frandsen';

/** Ids that tell what they are of, by number: citizen 7 is `c0000000-0000-4000-8000-000000000007`. */
const ID = (kind: string, number: string) =>
  `('${kind}0000000-0000-4000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
export const idOf = (kind: 'c' | 'd' | 'a' | 'b' | 'e', number: number): string =>
  `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const [CITIZEN, CASE, STAFF, AAD, UNIT] = ['c', 'd', 'a', 'b', 'e'] as const;
const PASS = (citizen: string, ordinal: string) =>
  `('f0000000-0000-4000-8' || lpad((${ordinal})::text, 3, '0') || '-' || lpad((${citizen})::text, 12, '0'))::uuid`;

export interface Population {
  readonly citizens: number;
  readonly shelters: number;
  /** Numbers of the staff, for `idOf('a', …)` (staff id) and `idOf('b', …)` (Entra object id). */
  readonly caseworkers: readonly number[];
  readonly shelterStaff: readonly number[];
  readonly housingOfficers: readonly number[];
  readonly managers: readonly number[];
}

/** Fills a migrated, empty database. `serviceUrl` is where the staff's conversations are; the CPR index of citizen n is the SHA-256 of n as text. */
export async function makePopulation(
  url: string,
  citizens: number,
  serviceUrl = 'http://127.0.0.1:1',
): Promise<Population> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Rows that refer to what was made a statement ago need no look-up each.
    await client.query('set session_replication_role = replica');
    await client.query('begin');
    for (const sql of [...units(), ...staff(serviceUrl), ...cases(citizens)]) await client.query(sql);
    await client.query('commit');
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
  return {
    citizens,
    shelters: SHELTERS,
    caseworkers: numbers(1, CASEWORKERS),
    shelterStaff: numbers(1_001, SHELTERS * STAFF_PER_SHELTER),
    housingOfficers: numbers(2_001, HOUSING_OFFICERS),
    managers: numbers(3_001, AUTHORITY_UNITS),
  };
}

/** 1 is the administration, 2 the deciding unit, 11 … the authority units, 101 … the shelters. */
function units(): string[] {
  return [
    `insert into unit (id, code, name, kind, path, parent_id, authority_id)
     select ${ID(UNIT, '1')}, 'sf', 'Socialforvaltningen', 'administration'::"UnitKind", '/sf/', null::uuid, null::uuid
     union all select ${ID(UNIT, '2')}, 'anv', 'Den boligsociale anvisning', 'housing_assignment', '/sf/anv/', ${ID(UNIT, '1')}, null
     union all select ${ID(UNIT, '10 + n')}, 'enhed' || n, 'Enhed ' || n, 'unit', '/sf/enhed' || n || '/', ${ID(UNIT, '1')}, null
       from generate_series(1, ${AUTHORITY_UNITS}) n
     union all select ${ID(UNIT, '100 + n')}, 'herberg' || n, 'Herberg ' || n, 'shelter', '/sf/herberg' || n || '/',
       ${ID(UNIT, '1')}, ${ID(UNIT, `11 + n % ${AUTHORITY_UNITS}`)} from generate_series(1, ${SHELTERS}) n`,
  ];
}

function staff(serviceUrl: string): string[] {
  const groups = [
    { from: 1, count: CASEWORKERS, role: 'caseworker', unit: `11 + (n - 1) % ${AUTHORITY_UNITS}` },
    { from: 1_001, count: SHELTERS * STAFF_PER_SHELTER, role: 'shelter_staff', unit: `101 + (n - 1) % ${SHELTERS}` },
    { from: 2_001, count: HOUSING_OFFICERS, role: 'housing_officer', unit: '2' },
    { from: 3_001, count: AUTHORITY_UNITS, role: 'manager', unit: `10 + n` },
  ];
  return groups.flatMap(({ from, count, role, unit }) => {
    const number = `${from} - 1 + n`;
    const each = `from generate_series(1, ${count}) n`;
    return [
      `insert into staff (id, aad_object_id, name, search_name, welcomed_at)
       select ${ID(STAFF, number)}, ${ID(AAD, number)}, 'Prøve Medarbejder ' || ${number}, 'proeve medarbejder ' || ${number}, now() ${each}`,
      `insert into staff_assignment (staff_id, role, unit_id)
       select ${ID(STAFF, number)}, '${role}'::"StaffRole", ${ID(UNIT, unit)} ${each}`,
      `insert into conversation (staff_id, conversation_id, user_id, service_url, tenant_id, bot_id, channel_id, updated_at)
       select id, 'personal:29:' || aad_object_id, '29:' || aad_object_id, '${serviceUrl}', '${TENANT}', '28:bot', 'msteams', now()
       from staff where id in (select ${ID(STAFF, number)} ${each})`,
    ];
  });
}

/** The stand of citizen n as SQL: where, on which way, how many passes, and whether the last of them is open. */
function stand(citizens: number): string {
  let from = 0;
  const places = SPREAD.map(({ way, step, of100 }) => {
    const passes = WAYS[way].findIndex((candidate) => candidate.step === step) + 1;
    const row = `(${from}, ${from + of100 - 1}, '${way}', ${passes}, true, false)`;
    from += of100;
    return row;
  });
  places.push(
    `(${from}, ${from + AT_THE_END - 1}, 'home', 7, false, false)`,
    `(${from + AT_THE_END}, 99, 'home', 7, false, true)`,
  );
  // A stride of 7919 through the names and of 37 through the stands: neighbours in number differ in both.
  return `
    create temp table person on commit drop as
    select n, way, passes, open, closed, 1 + n % ${SHELTERS} as shelter, 10 + n % 300 as age,
      (string_to_array('${FIRST}', ' '))[1 + n % ${FIRST.split(' ').length}] || ' '
        || (string_to_array('${MIDDLE}', ' '))[1 + n * 7919 % ${MIDDLE.split(' ').length}] || ' '
        || (string_to_array('${LAST}', ' '))[1 + n / 3 % ${LAST.split(' ').length}] as name
    from generate_series(1, ${citizens}) n
    join (values ${places.join(', ')}) stand(from100, to100, way, passes, open, closed) on n * 37 % 100 between from100 and to100
    order by n`;
}

function cases(citizens: number): string[] {
  const steps = Object.entries(WAYS).flatMap(([way, list]) =>
    list.map(
      ({ step, outcome, answers }, index) =>
        `('${way}', ${index + 1}, '${step}', '${outcome}', '${JSON.stringify(answers)}'::jsonb)`,
    ),
  );
  // The caseworkers of the shelter's authority unit are every third; none before the attachment is done.
  const caseworker = `1 + (n % ${SHELTERS} + 1) % ${AUTHORITY_UNITS} + ${AUTHORITY_UNITS} * (n / ${SHELTERS} % ${CASEWORKERS / AUTHORITY_UNITS})`;
  const day = 'current_date - age';
  return [
    stand(citizens),
    `insert into citizen (id, name, search_name, cpr_cipher, cpr_key_id, cpr_index, external_id)
     select ${ID(CITIZEN, 'n')}, name, replace(replace(replace(replace(replace(lower(name), 'æ', 'ae'), 'ø', 'oe'), 'å', 'aa'), 'Ø', 'oe'), 'Å', 'aa'),
       decode(md5(n::text) || md5(n::text), 'hex'), 'bench', sha256(n::text::bytea), 'B' || n from person`,
    `insert into referral (id, citizen_id, unit_id, shelter_id, caseworker_id, way_version, opened_at, closed_at, close_reason, changed_by_id, changed_at)
     select ${ID(CASE, 'n')}, ${ID(CITIZEN, 'n')}, ${ID(UNIT, `11 + shelter % ${AUTHORITY_UNITS}`)}, ${ID(UNIT, '100 + shelter')},
       case when passes > 2 then ${ID(STAFF, caseworker)} end, 1, (${day})::timestamptz,
       case when closed then now() end, case when closed then 'found_home_alone' end, ${ID(STAFF, '1001')}, now()
     from person`,
    `insert into stay (id, citizen_id, referral_id, shelter_id, decided_on, referred_from, municipality_told_on, ended_on)
     select ${ID(CASE, 'n')}, ${ID(CITIZEN, 'n')}, ${ID(CASE, 'n')}, ${ID(UNIT, '100 + shelter')}, ${day}, 'self',
       case when closed or n % 50 > 0 then ${day} + 1 end, case when closed then current_date end
     from person`,
    `insert into step_pass (id, referral_id, step, ordinal, way_version, started_on, clock_from, started_at,
       ended_at, outcome, ended_by_id, answers, citizen_told_on)
     select ${PASS('n', 'w.ordinal')}, ${ID(CASE, 'n')}, w.step, w.ordinal, 1, began.day, began.day, began.day,
       case when ended then began.day + age / 8 end, case when ended then w.outcome end,
       case when ended then coalesce(case when w.ordinal > 2 then ${ID(STAFF, caseworker)} end, ${ID(STAFF, '1001')}) end,
       case when ended then w.answers end, case when ended and w.step in ('decision', 'place-decision') and n % 40 > 0 then current_date end
     from person
     join (values ${steps.join(', ')}) w(way, ordinal, step, outcome, answers) on w.way = person.way and w.ordinal <= person.passes
     cross join lateral (select current_date - age + age / 8 * (w.ordinal - 1) as day, not open or w.ordinal < passes as ended) began
     order by n, w.ordinal`,
  ];
}

/** Citizens whose case stands at an open step of that name, in the order of their numbers. */
export async function standingAt(
  url: string,
  step: string,
): Promise<{ number: number; caseId: string; version: number; caseworker: string | null }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ number: number; caseId: string; version: number; caseworker: string | null }>(
      `select r.number, r.id as "caseId", r.version, s.aad_object_id as caseworker
       from step_pass p join referral r on r.id = p.referral_id left join staff s on s.id = r.caseworker_id
       where p.ended_at is null and p.step = $1 order by r.number`,
      [step],
    );
    return rows;
  } finally {
    await client.end();
  }
}
