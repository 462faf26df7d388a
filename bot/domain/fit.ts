/**
 * Whether a dwelling fits what was clarified about a citizen. A human chooses, nothing here decides: it says what speaks
 * against a dwelling and what to look at.
 */
import type { Oere } from './money.ts';
import type { AreaType, HomeKind, Scheme } from './schemes.ts';

export interface HomeOnOffer {
  readonly scheme: Scheme;
  readonly rooms: number;
  readonly sizeM2: number;
  /** The lists that its estate stands on today. */
  readonly areaTypes: readonly AreaType[];
  /** What a month costs with the subsidy, from now. */
  readonly netNowOere: Oere;
  /** What it will cost once the subsidy is over. */
  readonly netAtEndOere: Oere;
}

export interface HousingNeed {
  readonly adults: number;
  readonly children: number;
  readonly homeKind: HomeKind;
  /** What the citizen can pay a month; null when nobody knows. */
  readonly payableOere: Oere | null;
  /** Whether the citizen has said no to this very dwelling. */
  readonly declinedBefore: boolean;
}

/** What speaks against a dwelling. */
export const againstCodes = ['tooSmall', 'tooDear', 'otherKind', 'declinedBefore'] as const;
export type AgainstCode = (typeof againstCodes)[number];

/** What somebody has to look at, though the dwelling fits. */
export const watchCodes = ['dearLater', 'areaCheck', 'payableUnknown', 'large'] as const;
export type WatchCode = (typeof watchCodes)[number];

export interface Fit {
  /** Nothing speaks against it. */
  readonly fits: boolean;
  readonly against: readonly AgainstCode[];
  readonly watch: readonly WatchCode[];
}

/** Two people may share a room, and each beyond the first needs so many m² (both unconfirmed). */
const PEOPLE_A_ROOM = 2;
const M2_A_FURTHER_PERSON = 20;
/** More rooms than people by more than this is a large home (unconfirmed). */
const ROOMS_TO_SPARE = 2;

/** The schemes that match what was clarified (unconfirmed); no dwelling on offer matches a place. */
const SCHEMES_OF: Readonly<Record<HomeKind, readonly Scheme[]>> = {
  state_subsidy: ['state_subsidy'],
  transitional: ['transitional'],
  cheap_existing: ['none', 'permanent_subsidy'],
  other_home: ['none', 'permanent_subsidy'],
  unconventional: ['none'],
  section_107: [],
  section_108: [],
  care_home: [],
};

/**
 * `areaCheck`: almenboligloven § 59, stk. 6-7 bars some households from estates on the lists. Whether this one is among
 * them is a legal check by a human, whatever the list, and never a refusal by us (domain.md § 3).
 */
export function fitOf(home: HomeOnOffer, need: HousingNeed): Fit {
  const { payableOere } = need;
  const people = need.adults + need.children;
  const tooSmall = home.rooms * PEOPLE_A_ROOM < people || home.sizeM2 < M2_A_FURTHER_PERSON * (people - 1);
  const isAgainst: Record<AgainstCode, boolean> = {
    tooSmall,
    tooDear: payableOere !== null && home.netNowOere > payableOere,
    otherKind: !SCHEMES_OF[need.homeKind].includes(home.scheme),
    declinedBefore: need.declinedBefore,
  };
  const isToWatch: Record<WatchCode, boolean> = {
    dearLater: payableOere !== null && home.netAtEndOere > payableOere,
    areaCheck: home.areaTypes.length > 0,
    payableUnknown: payableOere === null,
    large: home.rooms > people + ROOMS_TO_SPARE,
  };
  const against = againstCodes.filter((code) => isAgainst[code]);
  return { fits: against.length === 0, against, watch: watchCodes.filter((code) => isToWatch[code]) };
}

/** Orders what fits before what does not, and then what needs fewer looks first. */
export function compareFits(a: Fit, b: Fit): number {
  return Number(b.fits) - Number(a.fits) || a.watch.length - b.watch.length;
}
