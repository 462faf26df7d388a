/** Fills an empty database with the demo: units, staff, an absence, and residents in every step. */
import { v7 as uuidv7 } from 'uuid';
import { type Instant, type PlainDate } from '../domain/time.ts';
import { logAccess } from '../store/access-log.ts';
import { byteaInJson, insertRows } from '../store/bulk.ts';
import type { CprVault } from '../store/cpr-vault.ts';
import type { PrismaTx as Tx } from '../store/database.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { searchName } from '../text/normalise.ts';
import { noCprReasons } from '../workflows/referral/admit.ts';
import { currentVersion } from '../workflows/referral/versions.ts';
import { chanceFrom } from './chance.ts';
import { type Cast, historyOf, type History } from './history.ts';
import { demoPath, demoStaff, demoUnits } from './people.ts';
import { madeUpCpr, newName } from './residents.ts';
import { type Story, stories } from './stories.ts';

export interface Seeding {
  readonly prisma: PrismaClient;
  readonly vault: CprVault;
  readonly today: PlainDate;
  readonly now: Instant;
}

/** Does nothing when the demo's staff are there already. */
export async function seedDemo(seeding: Seeding): Promise<void> {
  await seeding.prisma.$transaction(
    async (tx) => {
      // Two replicas that start at once take turns; the second finds the work done.
      await tx.$queryRawUnsafe(`select 1 as locked from pg_advisory_xact_lock(hashtextextended('demo', 0))`);
      const aadObjectIds = demoStaff.map(({ aadObjectId }) => aadObjectId);
      if ((await tx.staff.count({ where: { aadObjectId: { in: aadObjectIds } } })) > 0) return;
      const units = await addUnits(tx);
      const staff = await addStaff(tx, units, seeding);
      await addAbsence(tx, staff, seeding);
      await addResidents(tx, units, staff, seeding);
    },
    { timeout: 60_000 },
  );
}

type Ids = (name: string) => string;

const idsFrom = (ids: ReadonlyMap<string, string>, what: string): Ids => {
  return (name) => {
    const id = ids.get(name);
    if (!id) throw new Error(`The demo has no ${what} '${name}'`);
    return id;
  };
};

/** A unit whose code is there already is left as it is. */
async function addUnits(tx: Tx): Promise<Ids> {
  const known = await tx.unit.findMany({ select: { id: true, code: true } });
  const ids = new Map(known.map(({ code, id }) => [code, id]));
  const missing = demoUnits.filter(({ code }) => !ids.has(code));
  for (const { code } of missing) ids.set(code, uuidv7());
  const idOf = idsFrom(ids, 'unit');
  await insertRows(
    tx,
    'unit',
    {
      id: 'uuid',
      code: 'text',
      name: 'text',
      kind: '"UnitKind"',
      parent_id: 'uuid',
      path: 'text',
      authority_id: 'uuid',
    },
    missing.map(({ code, name, kind, parent, authority }) => ({
      ...{ id: idOf(code), code, name, kind, path: demoPath(code) },
      parent_id: parent === null ? null : idOf(parent),
      authority_id: authority === undefined ? null : idOf(authority),
    })),
  );
  return idOf;
}

async function addStaff(tx: Tx, unitOf: Ids, { now }: Seeding): Promise<Ids> {
  const ids = new Map(demoStaff.map(({ name }) => [name, uuidv7()]));
  const idOf = idsFrom(ids, 'member of staff');
  await insertRows(
    tx,
    'staff',
    {
      ...{ id: 'uuid', aad_object_id: 'uuid', name: 'text', search_name: 'text' },
      ...{ language: '"Language"', created_at: 'timestamptz' },
    },
    demoStaff.map(({ aadObjectId, name, language }) => ({
      ...{ id: idOf(name), aad_object_id: aadObjectId, name, search_name: searchName(name) },
      ...{ language, created_at: now.toString() },
    })),
  );
  await insertRows(
    tx,
    'staff_assignment',
    { staff_id: 'uuid', role: '"StaffRole"', unit_id: 'uuid' },
    demoStaff.flatMap(({ name, roles }) =>
      roles.map(({ role, unit }) => ({ staff_id: idOf(name), role, unit_id: unitOf(unit) })),
    ),
  );
  return idOf;
}

const AWAY = 'Amira Haddad';
const DEPUTY = 'Jonas Lind';
const awayFrom = (today: PlainDate): PlainDate => today.subtract({ days: 3 });

async function addAbsence(tx: Tx, staffOf: Ids, { today, now }: Seeding): Promise<void> {
  await insertRows(
    tx,
    'absence',
    {
      ...{ id: 'uuid', staff_id: 'uuid', deputy_id: 'uuid', first_day: 'date', last_day: 'date' },
      ...{ recorded_by_id: 'uuid', recorded_at: 'timestamptz' },
    },
    [
      {
        ...{ id: uuidv7(), staff_id: staffOf(AWAY), deputy_id: staffOf(DEPUTY) },
        ...{ first_day: awayFrom(today).toString(), last_day: today.add({ days: 11 }).toString() },
        ...{ recorded_by_id: staffOf('Birgitte Thorup'), recorded_at: now.subtract({ hours: 96 }).toString() },
      },
    ],
  );
}

interface Resident {
  readonly story: Story;
  readonly history: History;
  readonly cast: Cast;
  readonly citizenId: string;
  readonly caseId: string;
  readonly citizen: object;
  readonly recordNumber: string | null;
  readonly shelter: string;
  readonly shelterBefore: string | null;
}

const SHELTERS = ['bocentret', 'frederikssundsvej', 'bocentret', 'herbergscentret'] as const;
const SHELTER_STAFF: Readonly<Record<(typeof SHELTERS)[number], readonly string[]>> = {
  bocentret: ['Mette Holm', 'Tobias Munk'],
  frederikssundsvej: ['Fatima Nour', 'Emily Carter'],
  herbergscentret: ['Camilla Rask', 'Emily Carter'],
};
const CASEWORKERS = [DEPUTY, AWAY, DEPUTY, 'Nadia Bruun'] as const;

async function addResidents(tx: Tx, unitOf: Ids, staffOf: Ids, { vault, today, now }: Seeding): Promise<void> {
  const chance = chanceFrom(110);
  const way = currentVersion(today.toString());
  const names = new Set(stories.flatMap(({ name }) => name ?? []));
  const residents = stories.map((story, index): Resident => {
    const shelter = SHELTERS[index % SHELTERS.length] ?? 'bocentret';
    const caseworker = CASEWORKERS[Math.floor(index / 2) % CASEWORKERS.length] ?? DEPUTY;
    const cast: Cast = {
      shelter: staffOf(SHELTER_STAFF[shelter][Math.floor(index / 2) % 2] ?? 'Mette Holm'),
      allocation: staffOf('Birgitte Thorup'),
      caseworker: staffOf(caseworker),
      housing: staffOf(index % 3 === 0 ? 'Henrik Bak' : 'Sanne Krogh'),
      support: staffOf('Line Toft'),
      deputy: caseworker === AWAY ? { staffId: staffOf(DEPUTY), from: awayFrom(today) } : null,
    };
    const citizenId = uuidv7();
    const name = story.name ?? newName(names, chance);
    const cpr = index % 10 === 7 ? null : madeUpCpr(101 + index, chance);
    const sealed = cpr === null ? null : vault.seal(cpr);
    const recordNumber = chance.number(1, 3) === 1 ? null : `H-${today.year}-${1_200 + index * 7}`;
    return {
      ...{ story, cast, citizenId, shelter, recordNumber, caseId: uuidv7() },
      history: historyOf(story, cast, { way, today, now, chance }),
      shelterBefore: story.readmitted ? (shelter === 'bocentret' ? 'herbergscentret' : 'bocentret') : null,
      citizen: {
        ...{ id: citizenId, name, search_name: searchName(name), record_number: recordNumber },
        cpr_cipher: sealed && byteaInJson(sealed.cipher),
        cpr_key_id: sealed?.keyId ?? null,
        cpr_index: cpr === null ? null : byteaInJson(vault.index(cpr)),
        no_cpr_reason: cpr === null ? chance.pick(noCprReasons) : null,
        created_at: now.toString(),
      },
    };
  });
  // Case numbers follow the order of admission.
  residents.sort((a, b) => openedAt(a).epochMilliseconds - openedAt(b).epochMilliseconds);

  await insertRows(
    tx,
    'citizen',
    {
      ...{ id: 'uuid', name: 'text', search_name: 'text', record_number: 'text', no_cpr_reason: '"NoCprReason"' },
      ...{ cpr_cipher: 'bytea', cpr_key_id: 'text', cpr_index: 'bytea', created_at: 'timestamptz' },
    },
    residents.map(({ citizen }) => citizen),
  );
  await insertRows(
    tx,
    'referral',
    {
      ...{ id: 'uuid', citizen_id: 'uuid', unit_id: 'uuid', shelter_id: 'uuid', caseworker_id: 'uuid' },
      ...{
        way_version: 'int',
        version: 'int',
        opened_at: 'timestamptz',
        closed_at: 'timestamptz',
        close_reason: 'text',
      },
      ...{ changed_by_id: 'uuid', changed_at: 'timestamptz', record_number: 'text' },
      ...{ household_adults: 'int', household_children: 'int', home_kind: 'text', support_basis: 'text' },
      ...{ support_method: 'text', payable_oere: 'int', bif_asked_on: 'date' },
    },
    residents.map((resident) => caseRow(resident, unitOf, way.version)),
  );
  await insertRows(
    tx,
    'stay',
    {
      ...{ id: 'uuid', citizen_id: 'uuid', referral_id: 'uuid', shelter_id: 'uuid', decided_on: 'date' },
      ...{ referred_from: 'text', municipality_told_on: 'date', municipality_told_by_id: 'uuid', ended_on: 'date' },
    },
    residents.flatMap((resident) => stayRows(resident, unitOf)),
  );
  await insertRows(
    tx,
    'step_pass',
    {
      ...{ id: 'uuid', referral_id: 'uuid', step: 'text', ordinal: 'int', way_version: 'int', started_on: 'date' },
      ...{ clock_from: 'date', started_at: 'timestamptz', ended_at: 'timestamptz', outcome: 'text', reason: 'text' },
      ...{ ended_by_id: 'uuid', on_behalf_of_id: 'uuid', answers: 'jsonb' },
      ...{ citizen_told_on: 'date', citizen_told_by_id: 'uuid' },
    },
    residents.flatMap((resident) => passRows(resident, way.version)),
  );
  await addDrafts(tx, residents, staffOf, now);
  await logAccess(
    tx,
    residents.map(({ citizenId, caseId }) => ({
      ...{ at: now, staffId: null, action: 'add', purpose: 'demo', operation: 'demo.seed' },
      ...{ citizenId, referralId: caseId },
    })),
  );
}

const openedAt = ({ history }: Resident): Instant => {
  const [admission] = history.passes;
  if (!admission) throw new Error('Every resident of the demo was admitted');
  return admission.startedAt;
};

function caseRow({ caseId, citizenId, story, history, ...resident }: Resident, unitOf: Ids, wayVersion: number) {
  const ended = history.passes.filter(({ endedAt }) => endedAt !== null);
  const last = ended.at(-1);
  const closes = !story.at && (last?.outcome === 'stopped' || last?.outcome === 'closed');
  const { facts } = history;
  return {
    ...{ id: caseId, citizen_id: citizenId, unit_id: unitOf('hjemloese'), shelter_id: unitOf(resident.shelter) },
    ...{ caseworker_id: facts.caseworkerId ?? null, way_version: wayVersion, record_number: resident.recordNumber },
    ...{
      version: Math.max(1, ended.length - 1),
      opened_at: ended[0]?.startedAt,
      closed_at: closes ? last.endedAt : null,
    },
    ...{ close_reason: closes ? last.reason : null, changed_by_id: last?.endedById, changed_at: last?.endedAt },
    ...{ household_adults: facts.householdAdults, household_children: facts.householdChildren },
    ...{ home_kind: facts.homeKind, support_basis: facts.supportBasis, support_method: facts.supportMethod },
    ...{ payable_oere: facts.payableOere, bif_asked_on: facts.bifAskedOn },
  };
}

function stayRows({ caseId, citizenId, history, cast, ...resident }: Resident, unitOf: Ids) {
  const { decidedOn, referredFrom, municipalityToldOn } = history;
  const moved = resident.shelterBefore !== null ? history.passes[2]?.startedOn : undefined;
  const told = {
    ...{ citizen_id: citizenId, referral_id: caseId, municipality_told_on: municipalityToldOn?.toString() ?? null },
    municipality_told_by_id: municipalityToldOn ? cast.shelter : null,
  };
  const first = {
    ...{ ...told, id: uuidv7(), decided_on: decidedOn.toString(), referred_from: referredFrom },
    ...{ shelter_id: unitOf(resident.shelterBefore ?? resident.shelter), ended_on: moved?.toString() ?? null },
  };
  if (!moved) return [first];
  const second = { id: uuidv7(), shelter_id: unitOf(resident.shelter), referred_from: 'other_shelter', ended_on: null };
  return [first, { ...told, ...second, decided_on: moved.toString(), municipality_told_on: moved.toString() }];
}

const passRows = ({ caseId, history }: Resident, wayVersion: number) =>
  history.passes.map(({ endedById, onBehalfOfId, citizenToldOn, ...pass }) => ({
    ...{ id: pass.id, referral_id: caseId, step: pass.step, ordinal: pass.ordinal, way_version: wayVersion },
    ...{ started_on: pass.startedOn.toString(), clock_from: pass.startedOn.toString(), started_at: pass.startedAt },
    ...{ ended_at: pass.endedAt, outcome: pass.outcome, reason: pass.reason, answers: pass.answers },
    ...{ ended_by_id: endedById, on_behalf_of_id: onBehalfOfId },
    ...{ citizen_told_on: citizenToldOn?.toString() ?? null, citizen_told_by_id: citizenToldOn ? endedById : null },
  }));

/** Half-done forms: of steps, as the stories say, and one admission that Mette Holm's colleague has begun. */
async function addDrafts(tx: Tx, residents: readonly Resident[], staffOf: Ids, now: Instant): Promise<void> {
  const ofSteps = residents.flatMap(({ story, history, cast }) => {
    const open = history.passes.at(-1);
    if (!story.draft || !open) return [];
    const staff_id = open.step === 'stabilising' ? cast.shelter : cast.caseworker;
    return [{ id: uuidv7(), form: 'step', staff_id, pass_id: open.id, input: story.draft, updated_at: now }];
  });
  const input = { shelter: 'bocentret', name: 'Jytte Malling', referredFrom: 'street_outreach' };
  const admission = { form: 'admission', staff_id: staffOf('Tobias Munk'), pass_id: null, input, updated_at: now };
  await insertRows(
    tx,
    'draft',
    { id: 'uuid', form: 'text', staff_id: 'uuid', pass_id: 'uuid', input: 'jsonb', updated_at: 'timestamptz' },
    [...ofSteps, { id: uuidv7(), ...admission }],
  );
}
