/** Offers, leases, subsidies and duties as rows. */
import { v7 as uuidv7 } from 'uuid';
import { insertRows } from '../store/bulk.ts';
import type { Tx } from '../store/database.ts';
import { grantColumns, grantRow } from '../store/grants.ts';
import type { Resident } from './seed-residents.ts';

export async function addHomes(tx: Tx, residents: readonly Resident[]): Promise<void> {
  await insertRows(
    tx,
    'offer',
    {
      ...{ id: 'uuid', referral_id: 'uuid', dwelling_id: 'uuid', state: '"OfferState"', offered_on: 'date' },
      ...{ offered_by_id: 'uuid', answer_due_on: 'date', ended_at: 'timestamptz', declined_by: 'text', reason: 'text' },
    },
    residents.flatMap(({ caseId, history: { homes } }) =>
      homes.offers.map((offer) => ({
        ...{ id: offer.id, referral_id: caseId, dwelling_id: offer.dwellingId, state: offer.state },
        ...{ offered_on: offer.offeredOn, offered_by_id: offer.offeredById, answer_due_on: offer.answerDueOn },
        ...{ ended_at: offer.endedAt, declined_by: offer.declinedBy, reason: offer.reason },
      })),
    ),
  );
  const leases = residents.flatMap(({ caseId, history: { homes } }) =>
    homes.leases.map((lease) => ({ ...lease, caseId })),
  );
  await insertRows(
    tx,
    'lease',
    {
      ...{ id: 'uuid', external_id: 'text', referral_id: 'uuid', dwelling_id: 'uuid', offer_id: 'uuid' },
      ...{ signed_on: 'date', starts_on: 'date', moved_in_on: 'date', ends_on: 'date', end_reason: 'text' },
      created_at: 'timestamptz',
    },
    leases.map((lease) => ({
      ...{ id: lease.id, external_id: lease.externalId, referral_id: lease.caseId, dwelling_id: lease.dwelling.id },
      ...{ offer_id: lease.offerId, signed_on: lease.signedOn, starts_on: lease.startsOn },
      ...{ moved_in_on: lease.movedInOn, ends_on: lease.endsOn, end_reason: lease.endReason },
      created_at: lease.createdAt,
    })),
  );
  await insertRows(
    tx,
    'subsidy_grant',
    grantColumns,
    leases.flatMap(({ id, grant }) => (grant ? [grantRow(id, grant)] : [])),
  );
  await insertRows(
    tx,
    'lease_duty',
    {
      ...{ id: 'uuid', lease_id: 'uuid', kind: 'text', due_on: 'date', settled_on: 'date' },
      ...{ settled_by_id: 'uuid', outcome: 'text' },
    },
    leases.flatMap(({ id, duties }) =>
      duties.map(({ kind, dueOn, settledOn, settledById }) => ({
        ...{ id: uuidv7(), lease_id: id, kind, due_on: dueOn, settled_on: settledOn },
        ...{ settled_by_id: settledById, outcome: settledOn && 'done' },
      })),
    ),
  );
}
