/** The dwellings that an officer chooses from on the card of an offer, each with what speaks for it and against it. */
import { frameUse, frameWarning } from '../../domain/frames.ts';
import type { HomeKind } from '../../domain/schemes.ts';
import type { CaseFile } from '../../store/cases.ts';
import { homesOfSchemes } from '../../store/dwellings.ts';
import { type FittingDwelling, fittingDwellings } from '../homes/shortlist.ts';
import { caseHomeWords } from './case-home-words.ts';
import type { Choice } from './choices.ts';
import type { Reader } from './present.ts';

/** As many as a card has room for. */
const MOST = 12;

/** Those that may be offered, what fits best first; the one chosen already is among them as long as it is free. */
export async function dwellingChoices(
  { deps, today, locale }: Reader,
  file: CaseFile,
  chosenId: unknown,
): Promise<Choice[]> {
  const { prisma, rules } = deps;
  const words = caseHomeWords[locale];
  const found = await fittingDwellings(prisma, needOf(file), today, rules, file.rates);
  const uses = frameUse(rules.frames, await homesOfSchemes(prisma), today);
  const lineOf = ({ dwelling, fit, cost, watch, against }: FittingDwelling): string => {
    const frame = frameWarning(uses, dwelling.scheme, today);
    const notes = [
      fit.fits ? '' : `${words.doesNotFit}: ${against(locale).join(', ')}`,
      ...watch(locale),
      frame ? words.frame[frame] : '',
    ].filter(Boolean);
    return [`${dwelling.address}, ${words.rooms(dwelling.rooms)}`, cost(locale), ...notes].join('. ');
  };
  const isChosen = ({ dwelling }: FittingDwelling) => dwelling.id === chosenId;
  const shown = [...found.filter(isChosen), ...found.filter((one) => !isChosen(one))].slice(0, MOST);
  return shown.map((one) => ({ title: lineOf(one), value: one.dwelling.id }));
}

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
