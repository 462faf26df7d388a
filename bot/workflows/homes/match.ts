/** A dwelling held against what was clarified about a resident: the rules' answer, and one sentence why. */
import { type Fit, fitOf, type HousingNeed } from '../../domain/fit.ts';
import type { Oere } from '../../domain/money.ts';
import { rentChanges, rentOn } from '../../domain/rent.ts';
import type { Rules } from '../../domain/rules.ts';
import { endOfSubsidy, type Grant, netRentAtEnd, netRentOn, type Rate, stepDowns } from '../../domain/subsidy.ts';
import { isBefore, type PlainDate, Temporal } from '../../domain/time.ts';
import { areasOn, type Dwelling } from '../../store/dwellings.ts';
import { formatDate, formatKroner } from '../../text/danish.ts';
import type { Locale } from '../../text/words.ts';
import { referralWords } from '../referral/words.ts';
import { grantFrom, type NetRent, netToday } from './net.ts';
import { homeWords } from './words.ts';

/** What was clarified about a resident, with the dwellings that it became a no to. */
export type ResidentNeed = Omit<HousingNeed, 'declinedBefore'> & { readonly declined: readonly string[] };

export interface Match {
  readonly fit: Fit;
  /** Who it is for and what it costs them, now and later. */
  readonly sentence: (locale: Locale) => string;
  /** What it costs a month, now and later. */
  readonly cost: (locale: Locale) => string;
  /** What somebody has to look at. */
  readonly watch: (locale: Locale) => readonly string[];
  /** What speaks against it. */
  readonly against: (locale: Locale) => readonly string[];
}

/** A dwelling as one who is to choose compares it; `net` is null where the scheme alone does not tell what is paid. */
interface Terms {
  readonly rentOere: Oere;
  readonly net: NetRent | null;
  readonly grant: Grant;
  readonly atEndOere: Oere;
  /** The first day with the whole rent; null where no subsidy ends. */
  readonly wholeFrom: PlainDate | null;
}

function termsOf(dwelling: Dwelling, today: PlainDate, rules: Rules, rates: readonly Rate[]): Terms {
  const { rents, vacantFrom, scheme } = dwelling;
  // The steps are dated as if the lease began on the next first of a month.
  const from = vacantFrom && isBefore(today, vacantFrom) ? vacantFrom : today;
  const starts = from.day === 1 ? from : from.with({ day: 1 }).add({ months: 1 });
  const grant = grantFrom(dwelling, starts, rules);
  const net = netToday(dwelling, today, rules, rates);
  return {
    rentOere: rentOn(rents, today),
    net,
    grant,
    atEndOere: netRentAtEnd(grant, rents, today),
    wholeFrom: scheme === 'state_subsidy' && net ? endOfSubsidy(grant) : null,
  };
}

/** The first day, and the amount, on which it costs more than so much. */
function dearFrom({ rents }: Dwelling, { grant, net }: Terms, payable: Oere, rates: readonly Rate[]) {
  if (!net) return null;
  const days = [...stepDowns(grant).map(({ on }) => on), ...rentChanges(rents)]
    .filter((day) => !isBefore(day, grant.startsOn))
    .sort(Temporal.PlainDate.compare);
  return (
    days.map((on) => ({ on, oere: netRentOn(on, grant, rates, rents).netOere })).find(({ oere }) => oere > payable) ??
    null
  );
}

/** Kroner are enough to choose by. */
const about = (oere: Oere, locale: Locale) => formatKroner(Math.round(oere / 100) * 100, locale);

export function matchOf(
  dwelling: Dwelling,
  need: ResidentNeed,
  today: PlainDate,
  rules: Rules,
  rates: readonly Rate[],
): Match {
  const { adults, children, payableOere: payable } = need;
  const terms = termsOf(dwelling, today, rules, rates);
  const { net, wholeFrom, rentOere, atEndOere } = terms;
  // In a udslusningsbolig the municipality settles what the citizen pays, by what the shelter costs them.
  const settled = dwelling.scheme === 'transitional';
  const fit = fitOf(
    {
      scheme: dwelling.scheme,
      rooms: dwelling.rooms,
      sizeM2: dwelling.sizeM2,
      areaTypes: areasOn(dwelling, today),
      netNowOere: net?.oere ?? (settled ? Math.min(rentOere, payable ?? rentOere) : rentOere),
      netAtEndOere: atEndOere,
    },
    { ...need, declinedBefore: need.declined.includes(dwelling.id) },
  );
  const cost = (locale: Locale): string => {
    const words = homeWords[locale].match;
    if (net) {
      const now = about(net.oere, locale);
      const today = net.estimated ? words.netEstimated(now) : words.net(now);
      return wholeFrom ? words.later(today, about(atEndOere, locale), formatDate(wholeFrom, locale)) : today;
    }
    return settled ? words.settled(about(rentOere, locale)) : words.rent(about(rentOere, locale));
  };
  return {
    fit,
    cost,
    sentence(locale) {
      const words = homeWords[locale].match;
      const pays = payable === null ? words.payableUnknown : words.canPay(formatKroner(payable, locale));
      return `${referralWords[locale].householdText(adults, children)}, ${pays}; ${cost(locale)}`;
    },
    watch(locale) {
      const words = homeWords[locale].match.watch;
      return fit.watch.map((code) => {
        if (code !== 'dearLater') return words[code];
        const dear = payable === null ? null : dearFrom(dwelling, terms, payable, rates);
        return dear ? words.dearFrom(formatDate(dear.on, locale), about(dear.oere, locale)) : words.dearLater;
      });
    },
    against: (locale) => fit.against.map((code) => homeWords[locale].match.against[code]),
  };
}
