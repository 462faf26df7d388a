/** What a dwelling costs once the subsidy of its scheme is taken off. */
import type { Rules } from '../../domain/rules.ts';
import type { Oere } from '../../domain/money.ts';
import { type Grant, netRentOn, type Rate } from '../../domain/subsidy.ts';
import { keptTerms } from '../../domain/subsidy-terms.ts';
import type { PlainDate } from '../../domain/time.ts';
import type { Dwelling } from '../../store/dwellings.ts';
import { formatKroner } from '../../text/danish.ts';
import type { Locale } from '../../text/words.ts';
import { homeWords } from './words.ts';

/** The subsidy that a lease from this day would have, as far as the scheme alone tells it. */
export function grantFrom({ scheme }: Pick<Dwelling, 'scheme'>, day: PlainDate, rules: Rules): Grant {
  return { scheme, ...keptTerms(scheme, day, rules.subsidy), basisYear: day.year, monthlyOere: null, endedOn: null };
}

export interface NetRent {
  readonly oere: Oere;
  /** The year's amount is not known. */
  readonly estimated: boolean;
}

/** The rent after the state's subsidy for a lease from today; null where another scheme, or none, decides it. */
export function netToday(dwelling: Dwelling, today: PlainDate, rules: Rules, rates: readonly Rate[]): NetRent | null {
  if (dwelling.scheme !== 'state_subsidy' || dwelling.rents.length === 0 || rates.length === 0) return null;
  const { netOere, basis } = netRentOn(today, grantFrom(dwelling, today, rules), rates, dwelling.rents);
  return { oere: netOere, estimated: basis.kind === 'estimated' };
}

/** `3.486,25 kr.`, or that it is an estimate. */
export function netText({ oere, estimated }: NetRent, locale: Locale): string {
  const amount = formatKroner(oere, locale);
  return estimated ? homeWords[locale].card.estimate(amount) : amount;
}
