/** Residents as rows: written in batches, each citizen with case, stay, passes and log. */
import { v7 as uuidv7 } from 'uuid';
import type { PlainDate } from '../domain/time.ts';
import { byteaInJson, insertRows, withRows } from '../store/bulk.ts';
import type { CprVault } from '../store/cpr-vault.ts';
import type { Tx } from '../store/database.ts';
import { currentVersion } from '../workflows/referral/versions.ts';
import { inBatches, logImported, type OnProgress } from './batches.ts';
import type { ImportContext } from './plan.ts';

interface Cpr {
  readonly number: string;
  readonly index: Uint8Array;
}

export interface NewResident {
  readonly externalId: string;
  readonly name: string;
  readonly searchName: string;
  readonly cpr: Cpr | null;
  readonly noCprReason: string | null;
  readonly recordNumber: string | null;
  readonly shelterId: string;
  readonly authorityId: string;
  readonly caseworkerId: string | null;
  readonly room: string | null;
  readonly contactId: string | null;
  readonly step: string;
  readonly stepFrom: PlainDate;
  /** Of the admission, as its step keeps them. */
  readonly answers: {
    readonly decidedOn: string;
    readonly referredFrom: string;
    readonly municipalityToldOn: string | null;
  };
  /** The citizen is known, but has had no case. */
  readonly knownCitizenId: string | null;
}

/** What a list changes about where somebody lives; null leaves it as it is. */
export interface StayChange {
  readonly id: string;
  readonly room: string | null;
  readonly contactId: string | null;
}

/** What a list changes about somebody who has a case. */
export interface CitizenChange {
  readonly citizenId: string;
  readonly caseId: string;
  readonly externalId: string;
  readonly name: string;
  readonly searchName: string;
  readonly recordNumber: string | null;
  readonly caseworkerId: string | null;
  readonly cpr: Cpr | null;
  readonly stay: StayChange | null;
}

const sealed = (vault: CprVault, cpr: Cpr | null) => {
  const seal = cpr && vault.seal(cpr.number);
  return {
    cpr_cipher: seal && byteaInJson(seal.cipher),
    cpr_key_id: seal?.keyId ?? null,
    cpr_index: cpr && byteaInJson(cpr.index),
  };
};

export function insertResidents(
  tx: Tx,
  added: readonly NewResident[],
  context: ImportContext,
  onProgress: OnProgress,
): Promise<void> {
  return inBatches(added, (some) => insertBatch(tx, some, context), onProgress);
}

async function insertBatch(tx: Tx, some: readonly NewResident[], { vault, today, now }: ImportContext): Promise<void> {
  const way = currentVersion(today.toString());
  const [first] = way.home;
  if (!first) throw new Error(`Way version ${way.version} has no step`);
  const at = now.toString();
  const people = some.map((row) => ({ row, citizenId: row.knownCitizenId ?? uuidv7(), caseId: uuidv7() }));
  const [strangers, known] = [
    people.filter(({ row }) => row.knownCitizenId === null),
    people.filter(({ row }) => row.knownCitizenId !== null),
  ];
  await insertRows(
    tx,
    'citizen',
    {
      ...{ id: 'uuid', external_id: 'text', name: 'text', search_name: 'text', record_number: 'text' },
      ...{ no_cpr_reason: '"NoCprReason"', cpr_cipher: 'bytea', cpr_key_id: 'text', cpr_index: 'bytea' },
      created_at: 'timestamptz',
    },
    strangers.map(({ row, citizenId }) => ({
      ...{ id: citizenId, external_id: row.externalId, name: row.name, search_name: row.searchName },
      ...{ record_number: row.recordNumber, no_cpr_reason: row.noCprReason, created_at: at, ...sealed(vault, row.cpr) },
    })),
  );
  await withRows(
    tx,
    { id: 'uuid', external_id: 'text', name: 'text', search_name: 'text', record_number: 'text' },
    known.map(({ row, citizenId }) => ({
      ...{ id: citizenId, external_id: row.externalId, name: row.name, search_name: row.searchName },
      record_number: row.recordNumber,
    })),
    `update citizen c set external_id = i.external_id, name = i.name, search_name = i.search_name,
            record_number = coalesce(i.record_number, c.record_number)
     from incoming i where c.id = i.id`,
  );
  // Without `number`: the sequence gives it, in the order of the file.
  await insertRows(
    tx,
    'referral',
    {
      ...{ id: 'uuid', citizen_id: 'uuid', unit_id: 'uuid', shelter_id: 'uuid', caseworker_id: 'uuid' },
      ...{ way_version: 'int', opened_at: 'timestamptz', changed_at: 'timestamptz', record_number: 'text' },
    },
    people.map(({ row, citizenId, caseId }) => ({
      ...{ id: caseId, citizen_id: citizenId, unit_id: row.authorityId, shelter_id: row.shelterId },
      ...{ caseworker_id: row.caseworkerId, way_version: way.version, opened_at: at, changed_at: at },
      record_number: row.recordNumber,
    })),
  );
  await insertRows(
    tx,
    'stay',
    {
      ...{ id: 'uuid', citizen_id: 'uuid', referral_id: 'uuid', shelter_id: 'uuid', decided_on: 'date' },
      ...{ referred_from: 'text', municipality_told_on: 'date', created_at: 'timestamptz' },
      ...{ room: 'text', contact_id: 'uuid' },
    },
    people.map(({ row, citizenId, caseId }) => ({
      ...{ id: uuidv7(), citizen_id: citizenId, referral_id: caseId, shelter_id: row.shelterId },
      ...{ decided_on: row.answers.decidedOn, referred_from: row.answers.referredFrom },
      ...{ municipality_told_on: row.answers.municipalityToldOn, created_at: at },
      ...{ room: row.room, contact_id: row.contactId },
    })),
  );
  await insertRows(
    tx,
    'step_pass',
    {
      ...{ id: 'uuid', referral_id: 'uuid', step: 'text', ordinal: 'int', way_version: 'int', started_on: 'date' },
      ...{ clock_from: 'date', started_at: 'timestamptz', ended_at: 'timestamptz', outcome: 'text', answers: 'jsonb' },
    },
    people.flatMap(({ row, caseId }) => {
      const pass = { referral_id: caseId, way_version: way.version, started_at: at };
      const { decidedOn } = row.answers;
      // The steps between the admission and where the citizen stands were not taken here, so they are not made up.
      return [
        {
          ...{ ...pass, id: uuidv7(), step: first.id, ordinal: 1, started_on: decidedOn, clock_from: decidedOn },
          ...{ ended_at: at, outcome: 'admitted', answers: row.answers },
        },
        {
          ...{ ...pass, id: uuidv7(), step: row.step, ordinal: 2, started_on: row.stepFrom.toString() },
          ...{ clock_from: today.toString(), ended_at: null, outcome: null, answers: null },
        },
      ];
    }),
  );
  await logImported(tx, 'residents', 'add', people, now);
}

export function changeResidents(
  tx: Tx,
  changes: readonly CitizenChange[],
  { vault, now }: ImportContext,
  onProgress: OnProgress,
): Promise<void> {
  const write = async (some: readonly CitizenChange[]) => {
    await withRows(
      tx,
      {
        ...{ id: 'uuid', external_id: 'text', name: 'text', search_name: 'text', record_number: 'text' },
        ...{ cpr_cipher: 'bytea', cpr_key_id: 'text', cpr_index: 'bytea' },
      },
      some.map((change) => ({
        ...{ id: change.citizenId, external_id: change.externalId, name: change.name, search_name: change.searchName },
        ...{ record_number: change.recordNumber, ...sealed(vault, change.cpr) },
      })),
      `update citizen c set external_id = i.external_id, name = i.name, search_name = i.search_name,
              record_number = i.record_number, cpr_cipher = coalesce(i.cpr_cipher, c.cpr_cipher),
              cpr_key_id = coalesce(i.cpr_key_id, c.cpr_key_id), cpr_index = coalesce(i.cpr_index, c.cpr_index),
              no_cpr_reason = case when i.cpr_index is null then c.no_cpr_reason end
       from incoming i where c.id = i.id`,
    );
    await withRows(
      tx,
      { id: 'uuid', caseworker_id: 'uuid', record_number: 'text', changed_at: 'timestamptz' },
      some.map((change) => ({
        ...{ id: change.caseId, caseworker_id: change.caseworkerId, record_number: change.recordNumber },
        changed_at: now.toString(),
      })),
      `update referral r set caseworker_id = i.caseworker_id, record_number = i.record_number,
              version = r.version + 1, changed_at = i.changed_at, changed_by_id = null
       from incoming i where r.id = i.id`,
    );
    await withRows(
      tx,
      { id: 'uuid', room: 'text', contact_id: 'uuid' },
      some.flatMap(({ stay }) => (stay ? [{ id: stay.id, room: stay.room, contact_id: stay.contactId }] : [])),
      `update stay s set room = coalesce(i.room, s.room), contact_id = coalesce(i.contact_id, s.contact_id)
       from incoming i where s.id = i.id`,
    );
    await logImported(tx, 'residents', 'change', some, now);
  };
  return inBatches(changes, write, onProgress);
}
