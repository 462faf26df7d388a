/** `bolig <adresse>`: the dwelling that was meant; a choice when several may be, never a guess. */
import { z } from 'zod';
import { searchName } from '../../text/normalise.ts';
import { type Dwelling, dwellingsAt, dwellingsLike, MOST_HITS } from '../../store/dwellings.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { addressLine, stateOf } from './present.ts';
import { forThoseWho } from './rights.ts';
import { showDwelling } from './show-dwelling.ts';
import { homeWords } from './words.ts';

const chooseType = defineCard({
  template: 'homes/choose',
  data: z.strictObject({
    title: z.string(),
    dwellings: z.array(
      z.strictObject({
        dwellingId: z.string(),
        address: z.string(),
        state: z.string(),
        verb: z.enum(['home.open', 'home.why-not']),
      }),
    ),
  }),
  words: pickWords(homeWords, 'open'),
  inputs: [],
});

type Verb = 'home.open' | 'home.why-not';

/** All that was typed is there as whole words: `Tagensvej 1` is not `Tagensvej 12`. */
function isNamedBy(typed: string, dwelling: Dwelling): boolean {
  const words = new Set(searchName(addressLine(dwelling)).split(' '));
  return searchName(typed)
    .split(' ')
    .every((word) => words.has(word));
}

/** Answers for the one dwelling that was meant, or asks which. */
export async function forDwellingAt(
  turn: Turn,
  typed: string,
  verb: Verb,
  answer: (dwelling: Dwelling) => Promise<BotReply>,
): Promise<BotReply> {
  const words = homeWords[turn.locale].find;
  const { prisma } = turn.deps;
  if (searchName(typed) === '') return { kind: 'text', text: verb === 'home.open' ? words.which : words.whichWhyNot };
  const hits = await dwellingsAt(prisma, typed);
  const named = hits.filter((hit) => isNamedBy(typed, hit));
  const meant = named.length > 0 ? named : hits;
  const [only] = meant;
  if (only && meant.length === 1) return answer(only);
  if (meant.length > 1)
    return chooseCard(turn, meant.length > MOST_HITS ? words.tooMany : words.several, meant.slice(0, MOST_HITS), verb);
  const near = await dwellingsLike(prisma, typed);
  return near.length > 0 ? chooseCard(turn, words.didYouMean, near, verb) : { kind: 'text', text: words.none };
}

function chooseCard(turn: Turn, title: string, dwellings: readonly Dwelling[], verb: Verb): BotReply {
  return {
    kind: 'card',
    card: show(chooseType, turn.locale, {
      data: {
        title,
        dwellings: dwellings.map((dwelling) => ({
          dwellingId: dwelling.id,
          address: addressLine(dwelling),
          state: stateOf(dwelling, null, turn),
          verb,
        })),
      },
      summary: title,
      stamp: {},
    }),
  };
}

export const dwellingWritten = (turn: Turn, typed: string): Promise<BotReply> =>
  forThoseWho('see', turn, () => forDwellingAt(turn, typed, 'home.open', ({ id }) => showDwelling(turn, id)));
