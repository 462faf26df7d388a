/** What the list of residents refers to, as it is in the database: shelters, staff, citizens known already. */
import type { StaffRole } from '../domain/access.ts';
import type { PlainDate } from '../domain/time.ts';
import type { Tx } from '../store/database.ts';

export interface OpenShelter {
  readonly id: string;
  readonly path: string;
  readonly authorityId: string | null;
  readonly authorityPath: string | null;
}

/** By code: the shelters that residents may be at. */
export async function openShelters(tx: Tx, today: PlainDate): Promise<ReadonlyMap<string, OpenShelter>> {
  const rows = await tx.$queryRawUnsafe<(OpenShelter & { code: string })[]>(
    `select sh.code, sh.id, sh.path, au.id as "authorityId", au.path as "authorityPath"
     from unit sh left join unit au on au.id = sh.authority_id and au.active
     where sh.active and (sh.kind = 'shelter' or (sh.kind = 'independent_shelter' and sh.agreement_from <= $1::date))`,
    today.toString(),
  );
  return new Map(rows.map(({ code, ...shelter }) => [code, shelter]));
}

/** By object id: the active people with one of the roles, with the paths of the units in which they have it. */
export async function staffWith(
  tx: Tx,
  roles: readonly StaffRole[],
): Promise<ReadonlyMap<string, { id: string; paths: readonly string[] }>> {
  const rows = await tx.$queryRawUnsafe<{ aadObjectId: string; id: string; paths: string[] }[]>(
    `select s.aad_object_id::text as "aadObjectId", s.id, array_agg(u.path) as paths
     from staff s join staff_assignment a on a.staff_id = s.id join unit u on u.id = a.unit_id
     where s.active and u.active and a.role::text = any($1::text[]) group by s.id`,
    roles,
  );
  return new Map(rows.map(({ aadObjectId, ...person }) => [aadObjectId, person]));
}

export interface KnownResident {
  readonly id: string;
  readonly externalId: string | null;
  readonly name: string;
  readonly recordNumber: string | null;
  readonly hasCpr: boolean;
  /** The open case, or the one closed last. */
  readonly caseId: string | null;
  readonly caseNumber: number;
  readonly closed: boolean;
  readonly caseworkerId: string | null;
  /** Where the case stands: the open step, or the last. */
  readonly step: string | null;
  /** Where the citizen lives now. */
  readonly stay: {
    readonly id: string;
    readonly shelterId: string;
    readonly room: string | null;
    readonly contactId: string | null;
  } | null;
}

const AT_ONCE = 10_000;

/** The citizens with one of these keys or CPR numbers; their cases are held until the end of the transaction. */
export async function knownResidents(
  tx: Tx,
  externalIds: readonly string[],
  cprIndexes: readonly Uint8Array[],
): Promise<{ byExternalId: ReadonlyMap<string, KnownResident>; byCpr: ReadonlyMap<string, KnownResident> }> {
  const byExternalId = new Map<string, KnownResident>();
  const byCpr = new Map<string, KnownResident>();
  const find = async (where: string, keys: readonly string[]) => {
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      const some = keys.slice(at, at + AT_ONCE);
      // In the order of the numbers, so that two that hold several cases cannot wait for each other.
      await tx.$executeRawUnsafe(
        `select 1 from referral where citizen_id in (select c.id from citizen c where ${where}) order by number for no key update`,
        some,
      );
      const rows = await tx.$queryRawUnsafe<(KnownResident & { cprHex: string | null })[]>(
        `select c.id, c.external_id as "externalId", c.name, c.record_number as "recordNumber",
                c.cpr_index is not null as "hasCpr", encode(c.cpr_index, 'hex') as "cprHex",
                r.id as "caseId", coalesce(r.number, 0) as "caseNumber", r.closed_at is not null as closed,
                r.caseworker_id as "caseworkerId", p.step, st.stay
         from citizen c
         left join lateral (select * from referral r where r.citizen_id = c.id
                            order by r.closed_at desc nulls first, r.number desc limit 1) r on true
         left join lateral (select p.step from step_pass p where p.referral_id = r.id
                            order by p.ordinal desc limit 1) p on true
         left join lateral (select json_build_object('id', st.id, 'shelterId', st.shelter_id, 'room', st.room,
                                     'contactId', st.contact_id) as stay
                            from stay st where st.referral_id = r.id and st.ended_on is null
                            order by st.decided_on desc, st.created_at desc limit 1) st on true
         where ${where}`,
        some,
      );
      for (const { cprHex, ...row } of rows) {
        if (row.externalId !== null) byExternalId.set(row.externalId, row);
        if (cprHex !== null) byCpr.set(cprHex, row);
      }
    }
  };
  await find('c.external_id = any($1::text[])', externalIds);
  const hex = cprIndexes.map((index) => Buffer.from(index).toString('hex'));
  await find(`c.cpr_index in (select decode(key, 'hex') from unnest($1::text[]) key)`, hex);
  return { byExternalId, byCpr };
}
