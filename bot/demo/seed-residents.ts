/** Residents with their cases, stays, passes and half-done forms as rows. */
import { v7 as uuidv7 } from 'uuid';
import type { Instant } from '../domain/time.ts';
import { stepOf } from '../domain/referral/way.ts';
import { logAccess } from '../store/access-log.ts';
import { byteaInJson, insertRows } from '../store/bulk.ts';
import type { Tx } from '../store/database.ts';
import { searchName } from '../text/normalise.ts';
import { noCprReasons } from '../workflows/referral/admit.ts';
import { currentVersion } from '../workflows/referral/versions.ts';
import { chanceFrom } from './chance.ts';
import { type Cast, historyOf, type History } from './history.ts';
import type { Ids, Seeding } from './ids.ts';
import { madeUpCpr, newName } from './residents.ts';
import { AWAY, awayFrom, DEPUTY } from './seed-town.ts';
import type { Stock } from './stock.ts';
import { stories } from './stories.ts';
import { isReadmitted, type Story } from './story.ts';

export interface Resident {
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

/** Everybody, in the order of admission, which is that of the case numbers. */
export function residentsOf(stock: Stock, staffOf: Ids, { vault, today, now }: Seeding): Resident[] {
  const chance = chanceFrom(110);
  const way = currentVersion(today.toString());
  const names = new Set(stories.flatMap(({ name }) => name ?? []));
  const residents = stories.map((story, index): Resident => {
    const shelter = SHELTERS[index % SHELTERS.length] ?? 'bocentret';
    const caseworker = story.caseworker ?? CASEWORKERS[Math.floor(index / 2) % CASEWORKERS.length] ?? DEPUTY;
    const cast: Cast = {
      shelter: staffOf(SHELTER_STAFF[shelter][Math.floor(index / 2) % 2] ?? 'Mette Holm'),
      allocation: staffOf('Birgitte Thorup'),
      caseworker: staffOf(caseworker),
      housing: staffOf(index % 3 === 0 ? 'Henrik Bak' : 'Sanne Krogh'),
      support: staffOf(index % 2 === 0 ? 'Line Toft' : 'Rasmus Skov'),
      deputy: caseworker === AWAY ? { staffId: staffOf(DEPUTY), from: awayFrom(today) } : null,
    };
    const citizenId = uuidv7();
    const name = story.name ?? newName(names, chance);
    const cpr = index % 10 === 7 ? null : madeUpCpr(101 + index, chance);
    const sealed = cpr === null ? null : vault.seal(cpr);
    const recordNumber = chance.number(1, 3) === 1 ? null : `H-${today.year}-${1_200 + index * 7}`;
    return {
      ...{ story, cast, citizenId, shelter, recordNumber, caseId: uuidv7() },
      history: historyOf(story, cast, { way, today, now, chance, stock, staffOf }),
      shelterBefore: isReadmitted(story) ? (shelter === 'bocentret' ? 'herbergscentret' : 'bocentret') : null,
      citizen: {
        ...{ id: citizenId, name, search_name: searchName(name), record_number: recordNumber },
        external_id: story.imported ? `B-${1_001 + index}` : null,
        cpr_cipher: sealed && byteaInJson(sealed.cipher),
        cpr_key_id: sealed?.keyId ?? null,
        cpr_index: cpr === null ? null : byteaInJson(vault.index(cpr)),
        no_cpr_reason: cpr === null ? chance.pick(noCprReasons) : null,
        created_at: now.toString(),
      },
    };
  });
  return residents.sort((a, b) => openedAt(a).epochMilliseconds - openedAt(b).epochMilliseconds);
}

export async function addResidents(
  tx: Tx,
  residents: readonly Resident[],
  unitOf: Ids,
  staffOf: Ids,
  { today, now }: Seeding,
): Promise<void> {
  const way = currentVersion(today.toString());
  await insertRows(
    tx,
    'citizen',
    {
      ...{ id: 'uuid', external_id: 'text', name: 'text', search_name: 'text', record_number: 'text' },
      ...{ no_cpr_reason: '"NoCprReason"', cpr_cipher: 'bytea', cpr_key_id: 'text', cpr_index: 'bytea' },
      created_at: 'timestamptz',
    },
    residents.map(({ citizen }) => citizen),
  );
  await insertRows(
    tx,
    'referral',
    {
      ...{ id: 'uuid', citizen_id: 'uuid', unit_id: 'uuid', shelter_id: 'uuid', caseworker_id: 'uuid' },
      ...{ way_version: 'int', version: 'int', record_number: 'text', opened_at: 'timestamptz' },
      ...{ closed_at: 'timestamptz', close_reason: 'text', changed_by_id: 'uuid', changed_at: 'timestamptz' },
      ...{ household_adults: 'int', household_children: 'int', home_kind: 'text', payable_oere: 'int' },
      ...{ bif_asked_on: 'date', support_basis: 'text', support_method: 'text', support_decided_on: 'date' },
      ...{ support_worker_id: 'uuid', support_ended_on: 'date', responsible_id: 'uuid' },
    },
    residents.map((resident) => caseRow(resident, unitOf, way.version)),
  );
  await insertRows(
    tx,
    'stay',
    {
      ...{ id: 'uuid', citizen_id: 'uuid', referral_id: 'uuid', shelter_id: 'uuid', decided_on: 'date' },
      ...{ referred_from: 'text', municipality_told_on: 'date', municipality_told_by_id: 'uuid', ended_on: 'date' },
      ...{ discharge_manner: 'text', discharge_reason: 'text', discharged_to: 'text', discharged_by_id: 'uuid' },
      created_at: 'timestamptz',
    },
    residents.flatMap((resident) => stayRows(resident, unitOf, now)),
  );
  await insertRows(
    tx,
    'step_pass',
    {
      ...{ id: 'uuid', referral_id: 'uuid', step: 'text', ordinal: 'int', way_version: 'int', started_on: 'date' },
      ...{ clock_from: 'date', due_on: 'date', beside: 'boolean', started_at: 'timestamptz', ended_at: 'timestamptz' },
      ...{ outcome: 'text', reason: 'text', ended_by_id: 'uuid', on_behalf_of_id: 'uuid', answers: 'jsonb' },
      ...{ citizen_told_on: 'date', citizen_told_by_id: 'uuid' },
    },
    residents.flatMap((resident) => passRows(resident, way.version)),
  );
  await addDrafts(tx, residents, staffOf, { way, now });
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

function caseRow({ caseId, citizenId, history, ...resident }: Resident, unitOf: Ids, wayVersion: number) {
  const { facts, closed, passes } = history;
  const ended = passes.filter(({ endedAt }) => endedAt !== null);
  const last = ended.reduce((a, b) =>
    (a.endedAt?.epochMilliseconds ?? 0) > (b.endedAt?.epochMilliseconds ?? 0) ? a : b,
  );
  return {
    ...{ id: caseId, citizen_id: citizenId, unit_id: unitOf('hjemloese'), shelter_id: unitOf(resident.shelter) },
    ...{ caseworker_id: facts.caseworkerId ?? null, way_version: wayVersion, record_number: resident.recordNumber },
    ...{ version: Math.max(1, ended.length - 1), opened_at: openedAt({ history, caseId, citizenId, ...resident }) },
    ...{ closed_at: closed?.at ?? null, close_reason: closed?.reason ?? null },
    ...{ changed_by_id: last.endedById, changed_at: last.endedAt },
    ...{ household_adults: facts.householdAdults, household_children: facts.householdChildren },
    ...{ home_kind: facts.homeKind, payable_oere: facts.payableOere, bif_asked_on: facts.bifAskedOn },
    ...{ support_basis: facts.supportBasis, support_method: facts.supportMethod },
    ...{ support_decided_on: facts.supportDecidedOn, support_worker_id: facts.supportWorkerId },
    ...{ support_ended_on: facts.supportEndedOn, responsible_id: facts.responsibleId },
  };
}

const stayRows = ({ caseId, citizenId, history, cast, ...resident }: Resident, unitOf: Ids, now: Instant) =>
  history.stays.map(({ discharge, municipalityToldOn, ...stay }, index) => ({
    ...{ id: uuidv7(), citizen_id: citizenId, referral_id: caseId, created_at: now },
    shelter_id: unitOf(
      index < history.stays.length - 1 ? (resident.shelterBefore ?? resident.shelter) : resident.shelter,
    ),
    ...{ decided_on: stay.decidedOn, referred_from: stay.referredFrom, ended_on: stay.endedOn },
    municipality_told_on: municipalityToldOn,
    municipality_told_by_id: municipalityToldOn && !resident.story.imported ? cast.shelter : null,
    ...{ discharge_manner: discharge?.manner ?? null, discharge_reason: discharge?.reason ?? null },
    ...{ discharged_to: discharge?.to ?? null, discharged_by_id: discharge?.byId ?? null },
  }));

const passRows = ({ caseId, history }: Resident, wayVersion: number) =>
  history.passes.map((pass) => ({
    ...{ id: pass.id, referral_id: caseId, step: pass.step, ordinal: pass.ordinal, way_version: wayVersion },
    ...{ started_on: pass.startedOn, clock_from: pass.clockFrom, due_on: pass.dueOn, beside: pass.beside },
    ...{ started_at: pass.startedAt, ended_at: pass.endedAt, outcome: pass.outcome, reason: pass.reason },
    ...{ answers: pass.answers, ended_by_id: pass.endedById, on_behalf_of_id: pass.onBehalfOfId },
    ...{ citizen_told_on: pass.citizenToldOn, citizen_told_by_id: pass.citizenToldOn ? pass.endedById : null },
  }));

/** Half-done forms: of steps, as the stories say, and one admission that Mette Holm's colleague has begun. */
async function addDrafts(
  tx: Tx,
  residents: readonly Resident[],
  staffOf: Ids,
  { way, now }: { way: ReturnType<typeof currentVersion>; now: Instant },
): Promise<void> {
  const ofSteps = residents.flatMap(({ story, history, cast }) => {
    const open = history.passes.find(({ endedAt }) => endedAt === null);
    if (!story.draft || !open) return [];
    const staff_id = cast[stepOf(way, open.step).party];
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
