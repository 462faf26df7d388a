/** The dwellings that an officer chooses from on the card of an offer, each with what speaks for it and against it. */
import { frameUse, frameWarning } from '../../domain/frames.ts';
import type { HomeKind } from '../../domain/schemes.ts';
import type { CaseFile } from '../../store/cases.ts';
import { homesOfSchemes } from '../../store/dwellings.ts';
import { homeWords } from '../homes/words.ts';
import { stateRates } from '../../store/rates.ts';
import { type FittingDwelling, fittingDwellings } from '../homes/shortlist.ts';
import { caseHomeWords } from './case-home-words.ts';
import type { Choice } from './choices.ts';
import type { Reader } from './present.ts';

/** As many as one can choose among: the others are found from the dwelling's own card. */
const MOST_FITTING = 8;
const MOST_OTHERS = 3;

/** Those that may be offered, what fits best first; the one chosen already is among them as long as it is free. */
export async function dwellingChoices(
  { deps, today, locale }: Reader,
  file: CaseFile,
  chosenId: unknown,
): Promise<Choice[]> {
  const { prisma, rules } = deps;
  const words = caseHomeWords[locale];
  const found = await fittingDwellings(prisma, needOf(file), today, rules, await stateRates(prisma));
  const uses = frameUse(rules.frames, await homesOfSchemes(prisma), today);
  const lineOf = ({ dwelling, fit, cost, watch, against }: FittingDwelling): string => {
    const frame = frameWarning(uses, dwelling.scheme, today);
    return sentences([
      `${dwelling.address}, ${homeWords[locale].rooms(dwelling.rooms)}`,
      cost(locale),
      ...(fit.fits ? watch(locale) : [`${words.doesNotFit}: ${against(locale).join(', ')}`]),
      ...(frame ? [words.frame[frame]] : []),
    ]);
  };
  const isChosen = ({ dwelling }: FittingDwelling) => dwelling.id === chosenId;
  const others = found.filter((one) => !isChosen(one));
  const shown = [
    ...found.filter(isChosen),
    ...others.filter(({ fit }) => fit.fits).slice(0, MOST_FITTING),
    ...others.filter(({ fit }) => !fit.fits).slice(0, MOST_OTHERS),
  ];
  return shown.map((one) => ({ title: lineOf(one), value: one.dwelling.id }));
}

/** The parts as sentences, whether they came with a full stop and a capital or not. */
const sentences = (parts: readonly string[]): string =>
  parts.map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1).replace(/\.$/, '')}.`).join(' ');

/** What was clarified; where it was not, as an import may leave it, one adult and any home, for a human to judge. */
function needOf({ facts, offers }: CaseFile) {
  return {
    adults: facts.householdAdults ?? 1,
    children: facts.householdChildren ?? 0,
    homeKind: (facts.homeKind ?? 'other_home') as HomeKind,
    payableOere: facts.payableOere,
    declined: offers.filter(({ state }) => state === 'declined').map(({ dwellingId }) => dwellingId),
  };
}
