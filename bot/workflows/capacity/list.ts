/** `mine vurderinger` of BIF, and `hvem mangler svar fra BIF` of SF: what waits for an answer, the first due first. */
import { z } from 'zod';
import { daysOverdue } from '../../domain/calendar.ts';
import { logAccess } from '../../store/access-log.ts';
import { allOpen, type CheckIn, employmentPath } from '../../store/check-ins.ts';
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
    nextOffset: z.number(),
    previousOffset: z.number(),
    hasNext: z.boolean(),
    hasPrevious: z.boolean(),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: [],
});

function pick(locale: 'da' | 'en') {
  const { open, next, previous } = capacityWords[locale].list;
  return { open, next, previous };
}

type Side = 'mine' | 'waiting';
const PAGE = 10;
const paging = z.looseObject({
  side: z.enum(['mine', 'waiting']),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});

export const listPressed = (turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> => {
  const { side, offset } = parsePress(paging, data, 'capacity.list');
  return listOf(turn, side, offset);
};

/** Of BIF: one's own, and for those who allocate also what nobody has. Of SF: one's own citizens without an answer. */
export async function listOf(turn: Turn, side: Side, offset = 0): Promise<BotReply> {
  const { deps, locale } = turn;
  const words = capacityWords[locale].list;
  const found: CheckIn[] = [];
  const employment = await employmentPath(deps.db);
  for (const checkIn of await allOpen(deps.db)) {
    const { asks, answers, allocates } = standingTo(checkIn, turn, employment);
    if (side === 'mine' ? answers || (allocates && !checkIn.owner?.active) : asks) found.push(checkIn);
  }
  if (found.length === 0) return { kind: 'text', text: side === 'mine' ? words.noneMine : words.noneWaiting };
  const page = found.slice(offset, offset + PAGE);
  await logAccess(
    deps.db,
    page.map((checkIn) => seenOf(checkIn, turn, 'capacity.list')),
  );
  return {
    kind: 'card',
    card: show(listType, locale, {
      data: {
        title: side === 'mine' ? words.mine : words.waiting,
        count: words.count(found.length),
        rows: page.map((checkIn) => ({
          checkInId: checkIn.id,
          title: `${nameOf(checkIn, turn)} · ${sharedWords[locale].caseNumber(checkIn.caseNumber)}`,
          text: stateText(checkIn, turn),
          due: words.due(dueText(checkIn, turn)),
          late: daysOverdue(checkIn.dueOn, turn.today) > 0,
        })),
        side,
        nextOffset: offset + PAGE,
        previousOffset: Math.max(0, offset - PAGE),
        hasNext: found.length > offset + PAGE,
        hasPrevious: offset > 0,
      },
      summary: words.mine,
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
