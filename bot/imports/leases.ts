/** The list of leases that run, each with its subsidy. */
import { v7 as uuidv7 } from 'uuid';
import { keptTerms, type SubsidyTerms } from '../domain/subsidy-terms.ts';
import { type PlainDate, Temporal } from '../domain/time.ts';
import type { Tx } from '../store/database.ts';
import type { Dwelling } from '../store/dwellings.ts';
import type { StoredGrant } from '../store/grants.ts';
import { ruleOn } from '../store/rules.ts';
import type { Problem } from './columns.ts';
import { leaseColumns, type LeaseRow, type SayLease } from './lease-columns.ts';
import { type KnownLease, leaseLookups, type Lookups, type Tenant } from './lease-lookups.ts';
import { type WrittenLease, writeLeases } from './lease-rows.ts';
import { firstOfEach, type ImportKind, notesOf, sayInto } from './plan.ts';
import {
  checkDays,
  checkSubsidy,
  dutiesSaid,
  followUpOf,
  type ListedGrant,
  type Tenancy,
  tenancyOf,
} from './tenancy.ts';

export const leases: ImportKind<typeof leaseColumns> = {
  columns: leaseColumns,
  async plan(tx, rows, { today, now }) {
    const problems: Problem[] = [];
    const say = sayInto(leaseColumns, problems);
    const twice = (column: keyof typeof leaseColumns) => (row: LeaseRow, first: number) =>
      say(row, column, 'duplicate', `${first}`);
    const listed = firstOfEach(rows, ({ externalId }) => externalId, twice('externalId'));
    const found = await leaseLookups(tx, listed);
    const termsOn = termsBook(tx);

    const running = listed.filter(({ externalId }) => !found.leases.get(externalId)?.endsOn);
    const onePerDwelling = firstOfEach(running, ({ dwelling }) => dwelling, twice('dwelling'));
    const written: WrittenLease[] = [];
    const linked: number[] = [];
    for (const row of firstOfEach(onePerDwelling, ({ citizen }) => citizen, twice('citizen'))) {
      const parties = partiesOf(row, found, say);
      if (!parties) continue;
      const { dwelling, tenant, known } = parties;
      const after = tenancyOf(row, known, dwelling.scheme, today);
      checkDays(row, after, today, say);
      checkSubsidy(row, after, known, say);
      const grant = after.grant && (await grantOf(after.grant, known, termsOn));
      const duties = dutiesSaid(row, after, known, today);
      const rent = rentSaid(row, dwelling);
      if (known?.externalId === null) linked.push(known.caseNumber);
      if (known?.externalId && isSame(after, grant, known) && duties.length === 0 && rent === null) continue;
      written.push({
        ...{ ...after, grant, duties, rent, isNew: !known, id: known?.id ?? uuidv7(), externalId: row.externalId },
        followUpOn: followUpOf(after.movedInOn, grant, today),
        ...{ citizenId: tenant.citizenId, caseId: known?.caseId ?? tenant.caseId ?? '', dwellingId: dwelling.id },
      });
    }

    const added = written.filter(({ isNew }) => isNew).length;
    const ended = listed.flatMap(({ externalId }) => {
      const lease = found.leases.get(externalId);
      return lease?.endsOn ? [lease.caseNumber] : [];
    });
    return {
      problems,
      summary: {
        ...{ added, changed: written.length - added, unchanged: listed.length - written.length, deactivated: 0 },
        notes: notesOf({ leaseEnded: ended, leaseLinked: linked }),
      },
      apply: (tx, onProgress) => writeLeases(tx, written, now, (done) => onProgress(done, written.length)),
    };
  },
};

interface Parties {
  readonly dwelling: Dwelling;
  readonly tenant: Tenant;
  /** The lease that the row is about, if Hjemvej has it. */
  readonly known: KnownLease | undefined;
}

/** Whose lease of which dwelling it is; undefined when the two cannot have one. */
function partiesOf(row: LeaseRow, found: Lookups, say: SayLease): Parties | undefined {
  const dwelling = found.dwellings.get(row.dwelling);
  const tenant = found.tenants.get(row.citizen);
  if (!dwelling) say(row, 'dwelling', 'unknownDwelling');
  if (!tenant) say(row, 'citizen', 'unknownCitizen');
  if (!dwelling || !tenant) return undefined;
  const own = found.leases.get(row.externalId);
  if (own) {
    if (own.dwellingId !== dwelling.id) say(row, 'dwelling', 'otherDwelling');
    if (own.citizenId !== tenant.citizenId) say(row, 'citizen', 'otherCitizen');
    return { dwelling, tenant, known: own };
  }
  if (tenant.caseId === null) {
    say(row, 'citizen', 'noOpenCase');
    return undefined;
  }
  const theirs = found.runningByCase.get(tenant.caseId);
  const there = found.runningByDwelling.get(dwelling.id);
  // Made in Hjemvej between these two, and no list owns it yet.
  if (theirs && theirs === there && theirs.externalId === null) return { dwelling, tenant, known: theirs };
  if (there) say(row, 'dwelling', 'dwellingLet');
  else if (dwelling.offer) say(row, 'dwelling', 'dwellingOffered');
  if (theirs) say(row, 'citizen', 'citizenHouses');
  else if (tenant.hasOffer && dwelling.offer?.caseId !== tenant.caseId) say(row, 'citizen', 'citizenOffered');
  return { dwelling, tenant, known: undefined };
}

type TermsOn = (day: PlainDate) => Promise<SubsidyTerms>;

/** The terms of the law as they stand on a day; each day is asked for once. */
function termsBook(tx: Tx): TermsOn {
  const kept = new Map<string, SubsidyTerms>();
  return async (day) => {
    const terms = kept.get(day.toString()) ?? (await ruleOn(tx, 'subsidy', day));
    kept.set(day.toString(), terms);
    return terms;
  };
}

/** A grant keeps the schedule that it was given with; its years move with its first day. */
async function grantOf(listed: ListedGrant, known: KnownLease | undefined, termsOn: TermsOn): Promise<StoredGrant> {
  const before = known?.grant?.scheme === listed.scheme ? known.grant : undefined;
  if (before?.startsOn === listed.startsOn) return { ...before, ...listed };
  const startsOn = Temporal.PlainDate.from(listed.startsOn);
  const terms = keptTerms(listed.scheme, startsOn, await termsOn(startsOn));
  return { ...terms, ...before, ...listed, anchorOn: terms.anchorOn.toString() };
}

/** The rent of the first day, where it is said and not known. */
const rentSaid = ({ rent, startsOn }: LeaseRow, { rents }: Dwelling): number | null =>
  rent && !rents.some(({ from, oere }) => from.toString() === startsOn && oere === rent) ? rent : null;

const isSame = (after: Tenancy, grant: StoredGrant | null, known: KnownLease): boolean =>
  (['startsOn', 'movedInOn', 'signedOn'] as const).every((field) => after[field] === known[field]) &&
  (['scheme', 'startsOn', 'basisYear', 'monthlyOere', 'endedOn'] as const).every(
    (field) => grant?.[field] === known.grant?.[field],
  );
