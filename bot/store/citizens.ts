/** Citizens, their admissions, and finding them. */
import { v7 as uuidv7 } from 'uuid';
import type { Instant, PlainDate } from '../domain/time.ts';
import { searchName } from '../text/normalise.ts';
import type { SealedCpr } from './cpr-vault.ts';
import type { Tx } from './database.ts';

export interface KnownCitizen {
  readonly id: string;
  readonly name: string;
  /** The open case, or the one closed last. */
  readonly latestCase: { readonly id: string; readonly number: number; readonly closedAt: Date | null } | null;
}

/** The citizen with this CPR index; holds it (also while it is not there yet) until the transaction ends. */
export async function lockCitizenByCpr(tx: Tx, cprIndex: Uint8Array): Promise<KnownCitizen | null> {
  // Two shelters admitting the same unknown citizen at once take turns here.
  await tx.$queryRawUnsafe(
    `select 1 as locked from pg_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 0))`,
    Buffer.from(cprIndex),
  );
  const rows = await tx.$queryRawUnsafe<
    { id: string; name: string; caseId: string | null; number: number | null; closedAt: Date | null }[]
  >(
    `select c.id, c.name, r.id as "caseId", r.number, r.closed_at as "closedAt"
     from citizen c left join referral r on r.citizen_id = c.id
     where c.cpr_index = $1::bytea order by r.closed_at desc nulls first, r.number desc limit 1`,
    Buffer.from(cprIndex),
  );
  const row = rows[0];
  if (!row) return null;
  const { id, name, caseId, number, closedAt } = row;
  return { id, name, latestCase: caseId !== null && number !== null ? { id: caseId, number, closedAt } : null };
}

export interface NewCitizen {
  readonly name: string;
  readonly cpr: { readonly sealed: SealedCpr; readonly index: Uint8Array } | null;
  readonly noCprReason: string | null;
  readonly recordNumber: string | null;
}

export async function addCitizen(tx: Tx, { name, cpr, noCprReason, recordNumber }: NewCitizen): Promise<string> {
  const id = uuidv7();
  await tx.$queryRawUnsafe(
    `insert into citizen (id, name, search_name, cpr_cipher, cpr_key_id, cpr_index, no_cpr_reason, record_number)
     values ($1::uuid, $2, $3, $4::bytea, $5, $6::bytea, $7::"NoCprReason", $8) returning id`,
    id,
    name,
    searchName(name),
    cpr && Buffer.from(cpr.sealed.cipher),
    cpr?.sealed.keyId ?? null,
    cpr && Buffer.from(cpr.index),
    noCprReason,
    recordNumber,
  );
  return id;
}

export interface NewStay {
  readonly citizenId: string;
  readonly caseId: string;
  readonly shelterId: string;
  readonly decidedOn: PlainDate;
  readonly referredFrom: string;
  readonly municipalityToldOn: PlainDate | null;
  readonly by: string;
}

/** Adds an admission; an earlier stay of the case that has not ended ends on the same day. */
export async function addStay(tx: Tx, stay: NewStay): Promise<void> {
  await tx.$queryRawUnsafe(
    `update stay set ended_on = $2::date where referral_id = $1::uuid and ended_on is null returning id`,
    stay.caseId,
    stay.decidedOn.toString(),
  );
  await tx.$queryRawUnsafe(
    `insert into stay (id, citizen_id, referral_id, shelter_id, decided_on, referred_from, municipality_told_on, municipality_told_by_id)
     values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::date, $6, $7::date, $8::uuid) returning id`,
    uuidv7(),
    stay.citizenId,
    stay.caseId,
    stay.shelterId,
    stay.decidedOn.toString(),
    stay.referredFrom,
    stay.municipalityToldOn?.toString() ?? null,
    stay.municipalityToldOn ? stay.by : null,
  );
}

export interface NewCase {
  readonly citizenId: string;
  readonly unitId: string;
  readonly shelterId: string;
  readonly wayVersion: number;
  readonly by: string;
  readonly at: Instant;
}

/** Opens a case; its number is the next in the sequence. */
export async function addCase(tx: Tx, added: NewCase): Promise<{ id: string; number: number }> {
  const rows = await tx.$queryRawUnsafe<{ id: string; number: number }[]>(
    `insert into referral (id, citizen_id, unit_id, shelter_id, way_version, opened_at, changed_at, changed_by_id)
     values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::int, $6::timestamptz, $6::timestamptz, $7::uuid) returning id, number`,
    uuidv7(),
    added.citizenId,
    added.unitId,
    added.shelterId,
    added.wayVersion,
    added.at.toString(),
    added.by,
  );
  const row = rows[0];
  if (!row) throw new Error('PostgreSQL returned no row for the new case');
  return row;
}

/** Puts a case at another shelter, in the unit that takes that shelter's residents. */
export async function relocateCase(tx: Tx, caseId: string, to: { shelterId: string; unitId: string }): Promise<void> {
  await tx.$queryRawUnsafe(
    'update referral set shelter_id = $2::uuid, unit_id = $3::uuid where id = $1::uuid returning id',
    caseId,
    to.shelterId,
    to.unitId,
  );
}

export interface Shelter {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly path: string;
  /** The unit that takes its residents; null when none is set up. */
  readonly authorityId: string | null;
  readonly authorityPath: string | null;
}

/** The open shelters below the given paths, by name. */
export async function sheltersBelow(db: Tx, paths: readonly string[], today: PlainDate): Promise<Shelter[]> {
  return db.$queryRawUnsafe<Shelter[]>(
    `select sh.id, sh.code, sh.name, sh.path, sh.authority_id as "authorityId", au.path as "authorityPath"
     from unit sh left join unit au on au.id = sh.authority_id
     where sh.active and (sh.kind = 'shelter' or (sh.kind = 'independent_shelter' and sh.agreement_from <= $2::date))
       and exists (select 1 from unnest($1::text[]) p where sh.path like p || '%') order by sh.name`,
    paths,
    today.toString(),
  );
}
