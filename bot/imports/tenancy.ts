/** What a row says of one lease: its days, its subsidy, and what somebody has to see to. Pure. */
import { applyBy } from '../domain/duties.ts';
import { nextFollowUp } from '../domain/follow-up.ts';
import { FIRST_DAY_OF_STATE_SUBSIDY, type Scheme } from '../domain/schemes.ts';
import { endOfSubsidy } from '../domain/subsidy.ts';
import { isBefore, type PlainDate, Temporal } from '../domain/time.ts';
import type { StoredGrant } from '../store/grants.ts';
import type { LeaseRow, SayLease } from './lease-columns.ts';
import { type Duty, dutyKinds, type KnownLease } from './lease-lookups.ts';

/** What a list says of a subsidy; the terms follow from the day on which it begins. */
export type ListedGrant = Pick<StoredGrant, 'scheme' | 'startsOn' | 'basisYear' | 'monthlyOere' | 'endedOn'>;

/** Days are ISO. */
export interface Tenancy {
  readonly startsOn: string;
  readonly movedInOn: string | null;
  readonly signedOn: string | null;
  readonly grant: ListedGrant | null;
}

/**
 * The lease as it is to be. What the row is silent about stays as it is known: Hjemvej may know more than the list, such
 * as the day on which somebody moved in. Days that were the first of the lease follow it when the list moves it.
 */
export function tenancyOf(
  row: LeaseRow,
  known: KnownLease | undefined,
  schemeOfDwelling: Scheme,
  today: PlainDate,
): Tenancy {
  const { startsOn } = row;
  const moved = <Day extends string | null>(day: Day) => (day === known?.startsOn ? startsOn : day);
  const begun = startsOn <= today.toString() ? startsOn : null;
  const granted = known?.grant;
  const scheme = row.scheme ?? granted?.scheme ?? (known ? 'none' : schemeOfDwelling);
  const begins = row.subsidyFrom ?? (granted ? moved(granted.startsOn) : startsOn);
  const sameScheme = scheme === granted?.scheme;
  return {
    startsOn,
    movedInOn: row.movedInOn ?? (known ? moved(known.movedInOn) : begun),
    signedOn: row.signedOn ?? known?.signedOn ?? null,
    grant:
      scheme === 'none'
        ? null
        : {
            ...{ scheme, startsOn: begins },
            basisYear: row.basisYear ?? (sameScheme ? granted.basisYear : yearOf(begins)),
            monthlyOere: row.monthlyOere ?? (sameScheme ? granted.monthlyOere : null),
            endedOn: row.subsidyEndedOn ?? granted?.endedOn ?? null,
          },
  };
}

const yearOf = (day: string): number => Temporal.PlainDate.from(day).year;

/** What is wrong with the days of one row. */
export function checkDays(row: LeaseRow, after: Tenancy, today: PlainDate, say: SayLease): void {
  const now = today.toString();
  const inAYear = today.add({ years: 1 }).toString();
  if (row.startsOn > inAYear) say(row, 'startsOn', 'tooFarAhead');
  for (const column of ['movedInOn', 'signedOn'] as const) if ((after[column] ?? now) > now) say(row, column, 'future');
  if (after.movedInOn && after.movedInOn < row.startsOn) say(row, 'movedInOn', 'beforeLease');
  const { grant } = after;
  if (!grant) return;
  if ((row.subsidyFrom ?? now) > inAYear) say(row, 'subsidyFrom', 'tooFarAhead');
  if (grant.startsOn < row.startsOn) say(row, 'subsidyFrom', 'beforeLease');
  if (grant.endedOn && grant.endedOn < grant.startsOn) say(row, 'subsidyEndedOn', 'beforeSubsidy');
  if (grant.scheme === 'state_subsidy' && row.startsOn < FIRST_DAY_OF_STATE_SUBSIDY)
    say(row, 'startsOn', 'beforeStateSubsidy');
}

/** What is wrong with the subsidy of one row: each scheme asks for its own columns. */
export function checkSubsidy(row: LeaseRow, after: Tenancy, known: KnownLease | undefined, say: SayLease): void {
  const { grant } = after;
  if (!grant) {
    if (known?.grant) say(row, 'scheme', 'subsidyRuns');
    for (const column of ['subsidyFrom', 'basisYear', 'monthlyOere', 'subsidyEndedOn'] as const)
      if (row[column] !== null && row[column] !== undefined) say(row, column, 'noSubsidy');
    return;
  }
  const isKnown = known?.grant?.scheme === grant.scheme;
  if (grant.scheme === 'state_subsidy') {
    if (!row.basisYear && !isKnown) say(row, 'basisYear', 'basisYearMissing');
    if (grant.monthlyOere !== null) say(row, 'monthlyOere', 'followsRates');
  } else if (grant.monthlyOere === null) say(row, 'monthlyOere', 'monthlyMissing');
}

/**
 * The duties to write. Only a *nej* makes one; another answer settles the one that waits. What is settled in Hjemvej stays so.
 */
export function dutiesSaid(row: LeaseRow, after: Tenancy, known: KnownLease | undefined, today: PlainDate): Duty[] {
  const dueOn = applyBy(Temporal.PlainDate.from(after.movedInOn ?? after.startsOn)).toString();
  return dutyKinds.flatMap((kind): Duty[] => {
    const said = kind === 'housing_benefit' ? row.housingBenefit : row.depositLoan;
    const duty = known?.duties.find((one) => one.kind === kind);
    if (!said || duty?.settledOn) return [];
    const isDueAnew = !duty || after.movedInOn !== known?.movedInOn;
    if (said === 'open') return isDueAnew ? [{ kind, dueOn, settledOn: null, outcome: null }] : [];
    return duty ? [{ kind, dueOn: duty.dueOn, settledOn: today.toString(), outcome: said }] : [];
  });
}

/** The next follow-up from today on, ISO: those before the import were not taken here, and are not asked for again. */
export function followUpOf(movedInOn: string | null, grant: StoredGrant | null, today: PlainDate): string | null {
  if (movedInOn === null) return null;
  const movedIn = Temporal.PlainDate.from(movedInOn);
  const subsidyEnds =
    grant &&
    endOfSubsidy({
      ...grant,
      startsOn: Temporal.PlainDate.from(grant.startsOn),
      anchorOn: Temporal.PlainDate.from(grant.anchorOn),
      endedOn: grant.endedOn === null ? null : Temporal.PlainDate.from(grant.endedOn),
    });
  let next = nextFollowUp(movedIn, subsidyEnds, movedIn);
  while (next && isBefore(next.on, today)) next = nextFollowUp(movedIn, subsidyEnds, next.on);
  return next?.on.toString() ?? null;
}
