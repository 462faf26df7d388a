/** Who fits a dwelling, and which dwellings fit somebody. Knows no turn: the step that offers a dwelling asks it too. */
import { compareFits } from '../../domain/fit.ts';
import type { Rules } from '../../domain/rules.ts';
import type { Rate } from '../../domain/subsidy.ts';
import type { PlainDate } from '../../domain/time.ts';
import type { Db } from '../../store/database.ts';
import { type Dwelling, freeDwellings } from '../../store/dwellings.ts';
import type { WaitingResident } from '../../store/waiting-residents.ts';
import { type Match, matchOf, type ResidentNeed } from './match.ts';
import { mostUrgentFirst } from './urgency.ts';

export interface FittingDwelling extends Match {
  readonly dwelling: Dwelling;
}

/** All free dwellings held against the need: those that fit first, then the fewest things to watch, then the most urgent. */
export async function fittingDwellings(
  db: Db,
  need: ResidentNeed,
  today: PlainDate,
  rules: Rules,
  rates: readonly Rate[],
): Promise<FittingDwelling[]> {
  return mostUrgentFirst(await freeDwellings(db), today)
    .filter(({ rents }) => rents.length > 0)
    .map((dwelling) => ({ dwelling, ...matchOf(dwelling, need, today, rules, rates) }))
    .sort((a, b) => compareFits(a.fit, b.fit));
}

/** What was clarified about a case, as far as a dwelling is held against it; null while household or kind of home is open. */
export function needOf(
  facts: Pick<WaitingResident, 'adults' | 'children' | 'homeKind' | 'payableOere' | 'declined'>,
): ResidentNeed | null {
  const { adults, children, homeKind, payableOere, declined } = facts;
  return adults === null || homeKind === null
    ? null
    : { adults, children: children ?? 0, homeKind, payableOere, declined };
}

export interface Weighed {
  readonly resident: WaitingResident;
  /** Null while the case does not say enough. */
  readonly match: Match | null;
}

/** The residents whom the dwelling fits, and the others; each list in the order given. */
export function weigh(
  dwelling: Dwelling,
  residents: readonly WaitingResident[],
  today: PlainDate,
  rules: Rules,
  rates: readonly Rate[],
): { readonly fitting: readonly Weighed[]; readonly others: readonly Weighed[] } {
  const weighed = residents.map((resident): Weighed => {
    const need = needOf(resident);
    return { resident, match: need && matchOf(dwelling, need, today, rules, rates) };
  });
  return {
    fitting: weighed.filter(({ match }) => match?.fit.fits === true),
    others: weighed.filter(({ match }) => match?.fit.fits !== true),
  };
}
