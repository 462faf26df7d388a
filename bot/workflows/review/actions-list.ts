/** `aftaler`: what is agreed and not ended; one's own first, then the others' of a shelter. */
import { z } from 'zod';
import { actsFor } from '../../domain/access.ts';
import { logAccess } from '../../store/access-log.ts';
import { doneShare, openActionsOfOwner, openActionsOfShelter, type ReviewAction } from '../../store/review-actions.ts';
import type { Shelter } from '../../store/review-plans.ts';
import { formatDate } from '../../text/danish.ts';
import { parsePress } from '../act.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { ACTIONS_PAGE, actionsCard, type ActionsShowing, residentsOn } from './actions-card.ts';
import { actionsWords } from './actions-words.ts';
import { seenAt } from './look.ts';
import { forShelter, sheltersWhere } from './shelter.ts';
import { reviewWords } from './words.ts';

const listing = z.looseObject({
  shelterId: z.uuid().optional(),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});

export async function actionsWritten(turn: Turn, named: string): Promise<BotReply> {
  if (named !== '')
    return forShelter(turn, { action: 'review.take-part', named, command: 'aftaler' }, (shelter) =>
      showActions(turn, { shelter }),
    );
  const shelters = await sheltersWhere(turn, 'review.take-part');
  const [only] = shelters.length === 1 ? shelters : [];
  if (shelters.length === 0 && (await ownActions(turn)).length === 0)
    return { kind: 'text', text: reviewWords[turn.locale].noShelter };
  return showActions(turn, { shelter: only ?? null, several: shelters.length > 1 });
}

export const actionsPressed = (turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> =>
  showListed(turn, data, 'review.actions');

/** The list that a button stands on, as it is now. */
export async function showListed(
  turn: Turn,
  data: Readonly<Record<string, unknown>>,
  verb: string,
  showing: Pick<ActionsShowing, 'banner' | 'problems'> = {},
): Promise<BotReply> {
  const { shelterId, offset } = parsePress(listing, data, verb);
  const shelters = await sheltersWhere(turn, 'review.take-part');
  const shelter = shelters.find(({ id }) => id === shelterId) ?? null;
  return showActions(turn, { shelter, several: shelters.length > 1, offset }, showing);
}

/** One's own, and those of the colleagues one stands in for. */
const ownActions = async ({ actor, deps }: Turn): Promise<ReviewAction[]> =>
  (await Promise.all(actsFor(actor).map((staffId) => openActionsOfOwner(deps.db, staffId)))).flat();

interface Listed {
  readonly shelter: Shelter | null;
  /** Whether there are shelters that could be named. */
  readonly several?: boolean;
  readonly offset?: number;
}

async function showActions(
  turn: Turn,
  { shelter, several = false, offset = 0 }: Listed,
  showing: Pick<ActionsShowing, 'banner' | 'problems'> = {},
): Promise<BotReply> {
  const { deps, locale, actor } = turn;
  const words = actionsWords[locale];
  const own = await ownActions(turn);
  const mine = new Set(own.map(({ id }) => id));
  const others = shelter ? (await openActionsOfShelter(deps.db, shelter.id)).filter(({ id }) => !mine.has(id)) : [];
  const all = [...own, ...others];
  const share = shelter ? await shareOf(turn, shelter) : undefined;
  // What has been ended meanwhile may have emptied the page.
  const from = offset < all.length ? offset : Math.max(0, all.length - 1 - ((all.length - 1) % ACTIONS_PAGE));
  const page = all.slice(from, from + ACTIONS_PAGE);
  if (all.length === 0 && !share && !showing.banner)
    return { kind: 'text', text: shelter || !several ? words.none : words.noneOwn };
  await logAccess(deps.db, seenAt(residentsOn(page, turn), turn, 'review.see-actions'));
  const colleague = (id: string) => actor.standsInFor.find(({ staffId }) => staffId === id);
  return {
    kind: 'card',
    card: actionsCard(page, turn, {
      ...showing,
      title: words.title,
      subtitle: [shelter?.name ?? '', all.length === 0 ? words.none : words.count(all.length)]
        .filter(Boolean)
        .join(' · '),
      offset: from,
      total: all.length,
      note: several && !shelter ? words.nameShelter : '',
      ...(shelter && { shelterId: shelter.id }),
      ...(share && { share }),
      heading: ({ id, owner }) => {
        if (!mine.has(id)) return shelter ? words.others(shelter.name) : '';
        return owner.id === actor.staffId ? words.own : words.forColleague(colleague(owner.id)?.name ?? owner.name);
      },
    }),
  };
}

/** How many of the shelter's actions that fell due in the last whole week were done; nothing when none did. */
async function shareOf({ deps, today, locale }: Turn, { id }: Shelter): Promise<ActionsShowing['share']> {
  const words = actionsWords[locale];
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const { done, of } = await doneShare(deps.db, id, monday.subtract({ weeks: 1 }), monday);
  return of === 0 ? undefined : { text: words.share(done, of), means: words.shareMeans(formatDate(today, locale)) };
}
