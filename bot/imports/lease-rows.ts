/** Leases as rows: new ones and changed ones in the same statements, each with subsidy, duties, rent and log. */
import { v7 as uuidv7 } from 'uuid';
import type { Instant } from '../domain/time.ts';
import { withRows } from '../store/bulk.ts';
import type { Tx } from '../store/database.ts';
import { grantColumns, grantRow, type StoredGrant } from '../store/grants.ts';
import { inBatches, logImported, type OnProgress } from './batches.ts';
import type { Duty } from './lease-lookups.ts';
import { writeRents } from './rents.ts';
import type { Tenancy } from './tenancy.ts';

export interface WrittenLease extends Omit<Tenancy, 'grant'> {
  readonly isNew: boolean;
  readonly id: string;
  readonly externalId: string;
  readonly citizenId: string;
  readonly caseId: string;
  readonly dwellingId: string;
  readonly grant: StoredGrant | null;
  /** Those that are new, settled or due on another day. */
  readonly duties: readonly Duty[];
  /** Of the first day, in øre; null when it is known already. */
  readonly rent: number | null;
  /** When the tenant is to be followed up next, ISO. */
  readonly followUpOn: string | null;
}

const LEASES = `
  insert into lease (id, external_id, referral_id, dwelling_id, signed_on, starts_on, moved_in_on, created_at)
  select id, external_id, referral_id, dwelling_id, signed_on, starts_on, moved_in_on, created_at from incoming
  on conflict (id) do update set external_id = excluded.external_id, signed_on = excluded.signed_on,
    starts_on = excluded.starts_on, moved_in_on = excluded.moved_in_on`;

const GRANT_COLUMNS = Object.keys(grantColumns).filter((column) => column !== 'id');
const GRANTS = `
  insert into subsidy_grant (id, ${GRANT_COLUMNS.join(', ')}) select id, ${GRANT_COLUMNS.join(', ')} from incoming
  on conflict (lease_id) do update set ${GRANT_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}`;

const DUTIES = `
  insert into lease_duty (id, lease_id, kind, due_on, settled_on, outcome)
  select id, lease_id, kind, due_on, settled_on, outcome from incoming
  on conflict (lease_id, kind) do update set due_on = excluded.due_on, settled_on = excluded.settled_on,
    outcome = excluded.outcome`;

/** Somebody lives there now. */
const DWELLINGS = `
  update dwelling d set vacant_from = null, version = d.version + 1, changed_by_id = null, changed_at = i.changed_at
  from incoming i where d.id = i.id`;

const CASES = `
  update referral r set version = r.version + 1, changed_by_id = null, changed_at = i.changed_at
  from incoming i where r.id = i.id`;

/** Only where nobody has set a day yet. */
const FOLLOW_UPS = `
  update step_pass p set due_on = i.due_on
  from incoming i where p.referral_id = i.referral_id and p.step = 'kept-home' and p.ended_at is null and p.due_on is null`;

/** Whoever already lives at home has left the shelter, on the day of moving in; how and why is not on the list. */
const STAYS = `
  update stay st set ended_on = i.moved_in_on
  from incoming i join step_pass p on p.referral_id = i.referral_id and p.step = 'kept-home' and p.ended_at is null
  where st.referral_id = i.referral_id and st.ended_on is null and st.decided_on <= i.moved_in_on`;

export const writeLeases = (
  tx: Tx,
  written: readonly WrittenLease[],
  now: Instant,
  onProgress: OnProgress,
): Promise<void> => inBatches(written, (some) => writeBatch(tx, some, now), onProgress);

async function writeBatch(tx: Tx, some: readonly WrittenLease[], now: Instant): Promise<void> {
  const at = now.toString();
  await withRows(
    tx,
    {
      ...{ id: 'uuid', external_id: 'text', referral_id: 'uuid', dwelling_id: 'uuid', signed_on: 'date' },
      ...{ starts_on: 'date', moved_in_on: 'date', created_at: 'timestamptz' },
    },
    some.map((lease) => ({
      ...{ id: lease.id, external_id: lease.externalId, referral_id: lease.caseId, dwelling_id: lease.dwellingId },
      ...{ signed_on: lease.signedOn, starts_on: lease.startsOn, moved_in_on: lease.movedInOn, created_at: at },
    })),
    LEASES,
  );
  await withRows(
    tx,
    grantColumns,
    some.flatMap(({ id, grant }) => (grant ? [grantRow(id, grant)] : [])),
    GRANTS,
  );
  await withRows(
    tx,
    { id: 'uuid', lease_id: 'uuid', kind: 'text', due_on: 'date', settled_on: 'date', outcome: 'text' },
    some.flatMap(({ id, duties }) =>
      duties.map(({ kind, dueOn, settledOn, outcome }) => ({
        ...{ id: uuidv7(), lease_id: id, kind, due_on: dueOn, settled_on: settledOn, outcome },
      })),
    ),
    DUTIES,
  );
  await writeRents(
    tx,
    some.flatMap(({ dwellingId, startsOn, rent }) =>
      rent === null ? [] : [{ dwellingId, from: startsOn, oere: rent }],
    ),
    now,
  );
  const changed = (ids: readonly string[], statement: string) =>
    withRows(
      tx,
      { id: 'uuid', changed_at: 'timestamptz' },
      ids.map((id) => ({ id, changed_at: at })),
      statement,
    );
  const atHome = some.filter(({ isNew, rent }) => isNew || rent !== null);
  await changed(
    atHome.map(({ dwellingId }) => dwellingId),
    DWELLINGS,
  );
  await changed(
    some.map(({ caseId }) => caseId),
    CASES,
  );
  await withRows(
    tx,
    { referral_id: 'uuid', due_on: 'date' },
    some.flatMap(({ caseId, followUpOn }) => (followUpOn ? [{ referral_id: caseId, due_on: followUpOn }] : [])),
    FOLLOW_UPS,
  );
  await withRows(
    tx,
    { referral_id: 'uuid', moved_in_on: 'date' },
    some.flatMap(({ isNew, caseId, movedInOn }) =>
      isNew && movedInOn ? [{ referral_id: caseId, moved_in_on: movedInOn }] : [],
    ),
    STAYS,
  );
  for (const [action, isNew] of [
    ['add', true],
    ['change', false],
  ] as const)
    await logImported(
      tx,
      'leases',
      action,
      some.filter((lease) => lease.isNew === isNew),
      now,
    );
}
