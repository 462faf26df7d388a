/** Which shelter's review is meant, and what a person may do there. */
import { z } from 'zod';
import { type AccessSubject, type Action, mayDo } from '../../domain/access.ts';
import { plansWith, type Shelter, shelters, sheltersInReview } from '../../store/review-plans.ts';
import { searchName } from '../../text/normalise.ts';
import { defineCard, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { reviewWords } from './words.ts';

/** What the rights to a shelter's reviews are asked of. */
export const shelterSubject = ({ path, authorityPath }: Shelter): AccessSubject => ({
  caseworkerId: null,
  paths: { shelter: path, authority: authorityPath, housing: null },
});

export const mayAt = ({ actor }: Pick<Turn, 'actor'>, action: Action, shelter: Shelter): boolean =>
  mayDo(actor, action, shelterSubject(shelter)).allowed;

/** The shelters where this person may do it, by name. */
export const sheltersWhere = async (turn: Turn, action: Action): Promise<Shelter[]> =>
  (await shelters(turn.deps.db, turn.today.toString())).filter((shelter) => mayAt(turn, action, shelter));

const chooseType = defineCard({
  template: 'review/choose',
  data: z.strictObject({
    shelters: z.array(z.strictObject({ name: z.string(), text: z.string() })),
  }),
  words: { da: { whichShelter: reviewWords.da.whichShelter }, en: { whichShelter: reviewWords.en.whichShelter } },
  inputs: [],
});

/** A card has room for so many buttons. */
const MOST_BUTTONS = 6;

/**
 * Answers for the shelter that was named, or the only one there is; asks which where several could be meant. `command` is
 * what the buttons of the question write for the person.
 */
export async function forShelter(
  turn: Turn,
  { action, named, command }: { action: Action; named: string; command: string },
  answer: (shelter: Shelter) => Promise<BotReply>,
): Promise<BotReply> {
  const words = reviewWords[turn.locale];
  const all = await sheltersWhere(turn, action);
  const asked = searchName(named);
  const meant = asked === '' ? all : all.filter(({ name }) => searchName(name).includes(asked));
  const likely = asked === '' && all.length > 1 ? await likelyOf(turn, all) : [];
  const only =
    [meant, ...likely].find(({ length }) => length === 1)?.[0] ?? meant.find(({ name }) => searchName(name) === asked);
  if (only) return answer(only);
  if (all.length === 0) return { kind: 'text', text: words.noShelter };
  if (meant.length === 0) return { kind: 'text', text: words.unknownShelter(named) };
  return {
    kind: 'card',
    card: show(chooseType, turn.locale, {
      data: { shelters: meant.slice(0, MOST_BUTTONS).map(({ name }) => ({ name, text: `${command} ${name}` })) },
      summary: words.whichShelter,
    }),
  };
}

/** Of the many shelters that a caseworker or manager may look into: those that invite them, and of these the one that is at it. */
async function likelyOf({ deps, actor, today }: Turn, all: readonly Shelter[]): Promise<Shelter[][]> {
  const [invited, running] = await Promise.all([
    plansWith(deps.db, actor.staffId),
    sheltersInReview(deps.db, today.toString()),
  ]);
  const own = all.filter(({ id }) => invited.includes(id));
  return [own, own.filter(({ id }) => running.includes(id))];
}
