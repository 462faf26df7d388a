/** What the list of leases refers to, as it is in the database: dwellings, citizens with their cases, leases known already. */
import type { Tx } from '../store/database.ts';
import { type Dwelling, dwellingsWhere } from '../store/dwellings.ts';
import { GRANT, type StoredGrant } from '../store/grants.ts';
import type { LeaseRow } from './lease-columns.ts';

export interface Tenant {
  readonly citizenId: string;
  /** The open case. */
  readonly caseId: string | null;
  readonly hasOffer: boolean;
}

export const dutyKinds = ['housing_benefit', 'deposit_loan'] as const;
export type DutyKind = (typeof dutyKinds)[number];

export interface Duty {
  readonly kind: DutyKind;
  readonly dueOn: string;
  readonly settledOn: string | null;
  readonly outcome: string | null;
}

export interface KnownLease {
  readonly id: string;
  readonly externalId: string | null;
  readonly caseId: string;
  readonly caseNumber: number;
  readonly citizenId: string;
  readonly dwellingId: string;
  readonly signedOn: string | null;
  readonly startsOn: string;
  readonly movedInOn: string | null;
  readonly endsOn: string | null;
  readonly grant: StoredGrant | null;
  readonly duties: readonly Duty[];
}

export interface Lookups {
  readonly dwellings: ReadonlyMap<string, Dwelling>;
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly leases: ReadonlyMap<string, KnownLease>;
  readonly runningByDwelling: ReadonlyMap<string, KnownLease>;
  readonly runningByCase: ReadonlyMap<string, KnownLease>;
}

/** Cases and dwellings of the list are held until the end of the transaction, in an order, so that nobody waits in a ring. */
export async function leaseLookups(tx: Tx, rows: readonly LeaseRow[]): Promise<Lookups> {
  const citizens = rows.map(({ citizen }) => citizen);
  const homes = rows.map(({ dwelling }) => dwelling);
  await tx.$executeRawUnsafe(
    `select 1 from referral r join citizen c on c.id = r.citizen_id
     where r.closed_at is null and c.external_id = any($1::text[]) order by r.number for no key update of r`,
    citizens,
  );
  await tx.$executeRawUnsafe(
    `select 1 from dwelling where external_id = any($1::text[]) order by id for no key update`,
    homes,
  );
  const dwellings = await dwellingsWhere(tx, 'where d.external_id = any($1::text[])', homes);
  const tenants = await tx.$queryRawUnsafe<(Tenant & { externalId: string })[]>(
    `select c.external_id as "externalId", c.id as "citizenId", r.id as "caseId",
            exists (select 1 from offer o where o.referral_id = r.id and o.state in ('reserved', 'accepted')) as "hasOffer"
     from citizen c left join referral r on r.citizen_id = c.id and r.closed_at is null
     where c.external_id = any($1::text[])`,
    citizens,
  );
  const leases = await tx.$queryRawUnsafe<KnownLease[]>(
    `select l.id, l.external_id as "externalId", l.referral_id as "caseId", r.number as "caseNumber",
            r.citizen_id as "citizenId", l.dwelling_id as "dwellingId", l.signed_on::text as "signedOn",
            l.starts_on::text as "startsOn", l.moved_in_on::text as "movedInOn", l.ends_on::text as "endsOn",
            (select ${GRANT} from subsidy_grant g where g.lease_id = l.id) as grant,
            coalesce((select json_agg(json_build_object('kind', y.kind, 'dueOn', y.due_on, 'settledOn', y.settled_on,
                                                        'outcome', y.outcome))
                      from lease_duty y where y.lease_id = l.id), '[]'::json) as duties
     from lease l join referral r on r.id = l.referral_id
     where l.external_id = any($1::text[])
        or (l.ends_on is null and (l.dwelling_id = any($2::uuid[]) or l.referral_id = any($3::uuid[])))`,
    rows.map(({ externalId }) => externalId),
    dwellings.map(({ id }) => id),
    tenants.flatMap(({ caseId }) => (caseId === null ? [] : [caseId])),
  );
  const running = leases.filter(({ endsOn }) => endsOn === null);
  return {
    dwellings: new Map(dwellings.map((dwelling) => [dwelling.externalId ?? '', dwelling])),
    tenants: new Map(tenants.map(({ externalId, ...tenant }) => [externalId, tenant])),
    leases: new Map(leases.flatMap((lease) => (lease.externalId === null ? [] : [[lease.externalId, lease]]))),
    runningByDwelling: new Map(running.map((lease) => [lease.dwellingId, lease])),
    runningByCase: new Map(running.map((lease) => [lease.caseId, lease])),
  };
}
