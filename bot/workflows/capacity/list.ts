/** `mine vurderinger` of BIF, and `hvem mangler svar fra BIF` of SF: what waits for an answer, the first due first. */
import { z } from 'zod';
import { daysOverdue } from '../../domain/calendar.ts';
import { logAccess } from '../../store/access-log.ts';
import { allOpen, type CheckIn, employmentPath, plansOf } from '../../store/check-ins.ts';
import { formatDate, formatKroner } from '../../text/danish.ts';
import { sharedWords } from '../../text/shared.ts';
import { parsePress } from '../act.ts';
import { defineCard, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { dueText, nameOf, stateText } from './facts.ts';
import { seenOf } from './handlers.ts';
import { standingTo } from './standing.ts';
import { capacityWords } from './words.ts';

const listType = defineCard({
  template: 'capacity/list',
  data: z.strictObject({
    title: z.string(),
    count: z.string(),
    rows: z.array(
      z.strictObject({
        checkInId: z.string(),
        title: z.string(),
        text: z.string(),
        due: z.string(),
        late: z.boolean(),
      }),
    ),
    side: z.string(),
    mayPlans: z.boolean(),
    nextOffset: z.number(),
    previousOffset: z.number(),
    hasNext: z.boolean(),
    hasPrevious: z.boolean(),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: [],
});

function pick(locale: 'da' | 'en') {
  const { open, next, previous, showPlans } = capacityWords[locale].list;
  return { open, next, previous, showPlans };
}

const sides = ['mine', 'waiting', 'plans'] as const;
type Side = (typeof sides)[number];
const PAGE = 10;
const paging = z.looseObject({
  side: z.enum(sides),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});

export const listPressed = (turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> => {
  const { side, offset } = parsePress(paging, data, 'capacity.list');
  return listOf(turn, side, offset);
};

/** What a list holds: of BIF its own, and for those who allocate also what nobody has; of SF its citizens without an answer. */
async function foundFor(turn: Turn, side: Side): Promise<CheckIn[]> {
  const { deps, actor, today, audience } = turn;
  if (audience.kind === 'conversation') return [];
  if (side === 'plans') return plansOf(deps.db, staffIdsOf(actor), today);
  const employment = await employmentPath(deps.db);
  return (await allOpen(deps.db)).filter((checkIn) => {
    const { asks, answers, allocates } = standingTo(checkIn, turn, employment);
    return side === 'mine' ? answers || (allocates && !checkIn.owner?.active) : asks;
  });
}

const staffIdsOf = ({ staffId, standsInFor }: Turn['actor']) => [staffId, ...standsInFor.map((away) => away.staffId)];

/** What this person has planned with the citizen: their open measures and what is expected later. */
function planText({ measures, answer }: CheckIn, { actor, locale }: Turn): string {
  const words = capacityWords[locale];
  const own = measures.filter(
    ({ side, owner, outcome }) => side === 'bif' && outcome === null && staffIdsOf(actor).includes(owner.id),
  );
  const expected =
    answer?.expectedOere != null && answer.expectedFrom
      ? [words.list.expectedText(formatKroner(answer.expectedOere, locale), formatDate(answer.expectedFrom, locale))]
      : [];
  return [
    ...own.map(({ code, dueOn }) => words.list.planText(words.measures[code], formatDate(dueOn, locale))),
    ...expected,
  ].join(' · ');
}

const isPlanLate = ({ measures }: CheckIn, { actor, today }: Turn): boolean =>
  measures.some(
    ({ side, owner, outcome, dueOn }) =>
      side === 'bif' && outcome === null && staffIdsOf(actor).includes(owner.id) && daysOverdue(dueOn, today) > 0,
  );

const NONE = { mine: 'noneMine', waiting: 'noneWaiting', plans: 'nonePlans' } as const;
const TITLE = { mine: 'mine', waiting: 'waiting', plans: 'plans' } as const;

export async function listOf(turn: Turn, side: Side, offset = 0): Promise<BotReply> {
  const { deps, locale } = turn;
  const words = capacityWords[locale].list;
  const found = await foundFor(turn, side);
  if (found.length === 0) return { kind: 'text', text: words[NONE[side]] };
  const page = found.slice(offset, offset + PAGE);
  await logAccess(
    deps.db,
    page.map((checkIn) => seenOf(checkIn, turn, 'capacity.list')),
  );
  return {
    kind: 'card',
    card: show(listType, locale, {
      data: {
        title: words[TITLE[side]],
        count: side === 'plans' ? '' : words.count(found.length),
        rows: page.map((checkIn) => ({
          checkInId: checkIn.id,
          title: `${nameOf(checkIn, turn)} · ${sharedWords[locale].caseNumber(checkIn.caseNumber)}`,
          text: side === 'plans' ? planText(checkIn, turn) : stateText(checkIn, turn),
          due: side !== 'plans' ? words.due(dueText(checkIn, turn)) : isPlanLate(checkIn, turn) ? words.planLate : '',
          late: side === 'plans' ? isPlanLate(checkIn, turn) : daysOverdue(checkIn.dueOn, turn.today) > 0,
        })),
        side,
        mayPlans: side === 'mine',
        nextOffset: offset + PAGE,
        previousOffset: Math.max(0, offset - PAGE),
        hasNext: found.length > offset + PAGE,
        hasPrevious: offset > 0,
      },
      summary: words[TITLE[side]],
      stamp: {},
    }),
  };
}

/** `mine vurderinger`: BIF's people get what they are to answer, SF's what they wait for. */
export async function mineWritten(turn: Turn): Promise<BotReply> {
  const employment = await employmentPath(turn.deps.db);
  const isOfBif = turn.actor.assignments.some(
    ({ unitPath }) => employment !== null && (unitPath.startsWith(employment) || employment.startsWith(unitPath)),
  );
  return listOf(turn, isOfBif ? 'mine' : 'waiting');
}
