/** SF's card of a check-in: how it stands, what the household spends, and what SF does about it. */
import { z } from 'zod';
import { householdForm } from '../../domain/capacity.ts';
import type { CheckIn } from '../../store/check-ins.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Reader } from '../referral/present.ts';
import type { CardView } from '../turn.ts';
import { type CheckInShowing, errorsOf, inputsOf, stampOf, topOf, topShape, topWords } from './check-in-card.ts';
import { partWords } from './part-words.ts';
import { capacityWords } from './words.ts';

const inputs = ['adults', 'children', 'utilities', 'fixed', 'debt', 'measure', 'owner', 'due'] as const;

const householdType = defineCard({
  template: 'capacity/household',
  data: z.strictObject({
    ...topShape,
    mayFill: z.boolean(),
    input: z.strictObject(
      Object.fromEntries(inputs.map((name) => [name, z.string()])) as Record<(typeof inputs)[number], z.ZodString>,
    ),
    mayTakeBack: z.boolean(),
    mayAskAgain: z.boolean(),
    caseNumber: z.number(),
  }),
  words: pickWords(
    partWords,
    ...topWords,
    ...(['householdTitle', 'householdGuide', 'adults', 'children', 'utilities', 'fixed', 'debt'] as const),
    ...(['saveHousehold', 'confirm', 'takeBack', 'takeBackConfirm', 'askAgain', 'phaseDown'] as const),
  ),
  inputs: [...inputs],
});

export function householdCard(checkIn: CheckIn, reader: Reader, showing: CheckInShowing): CardView {
  const { household, closedAt, outcome, caseNumber } = checkIn;
  const input = inputsOf(householdForm, showing, {
    ...showing.household,
    ...(household && {
      ...{ adults: household.adults, children: household.children },
      ...{ utilities: household.utilitiesOere, fixed: household.fixedOere, debt: household.debtOere },
    }),
  });
  return show(householdType, reader.locale, {
    data: {
      ...topOf(checkIn, reader, 'sf', showing),
      mayFill: showing.standing.asks && outcome !== 'taken_back',
      input: Object.fromEntries(inputs.map((name) => [name, input(name)])) as Record<(typeof inputs)[number], string>,
      mayTakeBack: closedAt === null,
      mayAskAgain: closedAt !== null,
      caseNumber,
    },
    summary: capacityWords[reader.locale].title,
    errors: errorsOf(showing, reader),
    stamp: stampOf(checkIn),
  });
}
