/** What the card of a dwelling says of it. */
import type { Rate } from '../../domain/subsidy.ts';
import { rentOn } from '../../domain/rent.ts';
import { isBefore } from '../../domain/time.ts';
import type { Dwelling } from '../../store/dwellings.ts';
import { formatDate, formatKroner } from '../../text/danish.ts';
import type { Fact, Reader } from '../referral/present.ts';
import { netText, netToday } from './net.ts';
import { areaLines, dueLine, rentText, stateOf, vacancyFact } from './present.ts';
import { homeWords } from './words.ts';

/** A dwelling with a permanent subsidy that costs more than it should is kept, and says so wherever it is opened. */
function capWarning({ deps, today, locale }: Reader, { scheme, rents }: Dwelling): string[] {
  const cap = deps.rules.homes.permanentCapOere;
  if (scheme !== 'permanent_subsidy' || rents.length === 0) return [];
  const rent = rentOn(rents, today);
  const { aboveCap } = homeWords[locale].card;
  return rent > cap ? [aboveCap(formatKroner(rent, locale), formatKroner(cap, locale))] : [];
}

/** The facts in the order of the card; `caseNumber` is of the case that has it, where the reader may know it. */
export function factsOf(reader: Reader, dwelling: Dwelling, caseNumber: number | null, rates: readonly Rate[]): Fact[] {
  const { locale, today, deps } = reader;
  const words = homeWords[locale];
  const { card } = words;
  const { rents, lease, answerDueOn, depositOere } = dwelling;
  // What is paid under a lease follows from that lease's own subsidy.
  const net = lease ? null : netToday(dwelling, today, deps.rules, rates);
  const vacancy = vacancyFact(dwelling, reader);
  return [
    { title: card.state, value: stateOf(dwelling, caseNumber, reader) },
    { title: card.size, value: card.sizeText(words.rooms(dwelling.rooms), dwelling.sizeM2) },
    ...(rents.length > 0 ? [{ title: card.rent, value: rentText(rentOn(rents, today), reader) }] : []),
    ...rents
      .filter(({ from }) => isBefore(today, from))
      .map(({ from, oere }) => ({
        title: card.rentAhead,
        value: card.rentFrom(formatKroner(oere, locale), formatDate(from, locale)),
      })),
    { title: card.scheme, value: words.schemes[dwelling.scheme] },
    ...(net ? [{ title: card.net, value: netText(net, locale) }] : []),
    ...(depositOere === null ? [] : [{ title: card.deposit, value: formatKroner(depositOere, locale) }]),
    ...(vacancy ? [vacancy] : []),
    ...(answerDueOn && !lease ? [{ title: card.answerDue, value: dueLine(answerDueOn, reader) }] : []),
  ];
}

/** What must be noticed before it is offered: a rent above the limit, and the lists. */
export const warningsOf = (reader: Reader, dwelling: Dwelling): string[] => [
  ...capWarning(reader, dwelling),
  ...areaLines(dwelling, reader),
];
