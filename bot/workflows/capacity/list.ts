/** `mine vurderinger` of BIF, and `hvem mangler svar fra BIF` of SF: what waits for an answer, the first due first. */
import { z } from 'zod';
import { actsFor } from '../../domain/access.ts';
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

const lists = ['mine', 'waiting', 'plans'] as const;
type List = (typeof lists)[number];
const PAGE = 10;
const paging = z.looseObject({
  side: z.enum(lists),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});

export const listPressed = (turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> => {
  const { side, offset } = parsePress(paging, data, 'capacity.list');
  return listOf(turn, side, offset);
};

/** What a list holds: of BIF its own, and for those who allocate also what nobody has; of SF its citizens without an answer. */
async function foundFor(turn: Turn, list: List): Promise<CheckIn[]> {
  const { deps, actor, today, audience } = turn;
  if (audience.kind === 'conversation') return [];
  if (list === 'plans') return plansOf(deps.db, actsFor(actor), today);
  const employment = await employmentPath(deps.db);
  return (await allOpen(deps.db)).filter((checkIn) => {
    const { asks, answers, allocates } = standingTo(checkIn, turn, employment);
    return list === 'mine' ? answers || (allocates && !checkIn.owner?.active) : asks;
  });
}

/** What a row says of a check-in, and whether it is late. */
interface Told {
  readonly text: string;
  readonly due: string;
  readonly late: boolean;
}

const whatWaits = (checkIn: CheckIn, turn: Turn): Told => ({
  text: stateText(checkIn, turn),
  due: capacityWords[turn.locale].list.due(dueText(checkIn, turn)),
  late: daysOverdue(checkIn.dueOn, turn.today) > 0,
});

/** What this person has planned with the citizen: their open measures, and what is expected later. */
function whatIsPlanned({ measures, answer }: CheckIn, { actor, locale, today }: Turn): Told {
  const { list, measures: measureWords } = capacityWords[locale];
  const own = measures.filter(
    ({ side, owner, outcome }) => side === 'bif' && outcome === null && actsFor(actor).includes(owner.id),
  );
  const expected =
    answer?.expectedOere != null && answer.expectedFrom
      ? [list.expectedText(formatKroner(answer.expectedOere, locale), formatDate(answer.expectedFrom, locale))]
      : [];
  const late = own.some(({ dueOn }) => daysOverdue(dueOn, today) > 0);
  const planned = own.map(({ code, dueOn }) => list.planText(measureWords[code], formatDate(dueOn, locale)));
  return { text: [...planned, ...expected].join(' · '), due: late ? list.planLate : '', late };
}

const NONE = { mine: 'noneMine', waiting: 'noneWaiting', plans: 'nonePlans' } as const;

export async function listOf(turn: Turn, list: List, offset = 0): Promise<BotReply> {
  const { deps, locale } = turn;
  const words = capacityWords[locale].list;
  const found = await foundFor(turn, list);
  if (found.length === 0) return { kind: 'text', text: words[NONE[list]] };
  const page = found.slice(offset, offset + PAGE);
  await logAccess(
    deps.db,
    page.map((checkIn) => seenOf(checkIn, turn, 'capacity.list')),
  );
  return {
    kind: 'card',
    card: show(listType, locale, {
      data: {
        title: words[list],
        count: list === 'plans' ? '' : words.count(found.length),
        rows: page.map((checkIn) => ({
          checkInId: checkIn.id,
          title: `${nameOf(checkIn, turn)} · ${sharedWords[locale].caseNumber(checkIn.caseNumber)}`,
          ...(list === 'plans' ? whatIsPlanned(checkIn, turn) : whatWaits(checkIn, turn)),
        })),
        side: list,
        mayPlans: list === 'mine',
        nextOffset: offset + PAGE,
        previousOffset: Math.max(0, offset - PAGE),
        hasNext: found.length > offset + PAGE,
        hasPrevious: offset > 0,
      },
      summary: words[list],
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
