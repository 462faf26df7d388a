/** `ledige boliger`: those that may be offered, the most urgent first. */
import { z } from 'zod';
import { daysOverdue } from '../../domain/calendar.ts';
import { rentOn } from '../../domain/rent.ts';
import type { Rate } from '../../domain/subsidy.ts';
import { type Dwelling, freeDwellings } from '../../store/dwellings.ts';
import { stateRates } from '../../store/rates.ts';
import { PAGE } from '../../store/worklists.ts';
import { days, formatDate, formatKroner } from '../../text/danish.ts';
import { parsePress } from '../act.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { filterTitle, passes, readFilter } from './filter.ts';
import type { Typed } from './form.ts';
import { netText, netToday } from './net.ts';
import { addressLine, dueLine } from './present.ts';
import { forThoseWho } from './rights.ts';
import { mostUrgentFirst } from './urgency.ts';
import { homeWords } from './words.ts';

const listType = defineCard({
  template: 'homes/free-list',
  data: z.strictObject({
    title: z.string(),
    count: z.string(),
    dwellings: z.array(
      z.strictObject({
        dwellingId: z.string(),
        address: z.string(),
        what: z.string(),
        rent: z.string(),
        due: z.string(),
        late: z.boolean(),
      }),
    ),
    /** What was typed, for the next page. */
    filter: z.string(),
    nextOffset: z.number(),
    previousOffset: z.number(),
    hasNext: z.boolean(),
    hasPrevious: z.boolean(),
    mayRegister: z.boolean(),
  }),
  words: pickWords(
    {
      da: { ...homeWords.da, register: homeWords.da.list.register },
      en: { ...homeWords.en, register: homeWords.en.list.register },
    },
    'open',
    'next',
    'previous',
    'register',
  ),
  inputs: [],
});

const paging = z.looseObject({
  filter: z.string().max(200).default(''),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});

export const freeWritten = (turn: Turn, typed: string): Promise<BotReply> =>
  showFree(turn, { filter: typed.slice(0, 200) });

export async function showFree(turn: Turn, data: Typed): Promise<BotReply> {
  return forThoseWho('see', turn, async ({ manage }) => {
    const { locale, today, deps } = turn;
    const words = homeWords[locale].list;
    const { filter: typed, offset } = parsePress(paging, data, 'home.list');
    const filter = readFilter(typed);
    if (!filter) return { kind: 'text', text: words.amountUnclear };
    const title = filterTitle(filter, locale);
    const all = (await freeDwellings(deps.prisma)).filter((dwelling) => passes(dwelling, filter, today));
    if (all.length === 0)
      return { kind: 'text', text: [words.none(title), ...(typed.trim() === '' ? [] : [words.showAll])].join(' ') };
    const shown = mostUrgentFirst(all, today).slice(offset, offset + PAGE);
    const rates = await stateRates(deps.prisma);
    return {
      kind: 'card',
      card: show(listType, locale, {
        data: {
          title,
          count: words.count(`${offset + 1}–${offset + shown.length}`, all.length),
          dwellings: shown.map((dwelling) => lineOf(turn, dwelling, rates)),
          filter: typed,
          nextOffset: offset + PAGE,
          previousOffset: Math.max(0, offset - PAGE),
          hasNext: all.length > offset + PAGE,
          hasPrevious: offset > 0,
          mayRegister: manage,
        },
        summary: words.all,
        stamp: {},
      }),
    };
  });
}

function lineOf(turn: Turn, dwelling: Dwelling, rates: readonly Rate[]) {
  const { locale, today, deps } = turn;
  const words = homeWords[locale];
  const { rents, vacantFrom, answerDueOn, estate, rooms } = dwelling;
  const rent = rents.length > 0 ? formatKroner(rentOn(rents, today), locale) : '';
  const net = netToday(dwelling, today, deps.rules, rates);
  const waited = vacantFrom?.until(today).days ?? 0;
  const vacant =
    vacantFrom === null
      ? ''
      : waited > 0
        ? words.list.vacant(days(waited, locale))
        : words.list.vacantFrom(formatDate(vacantFrom, locale));
  return {
    dwellingId: dwelling.id,
    address: addressLine(dwelling),
    what: [words.rooms(rooms), `${estate.association}, ${estate.name}`, vacant].filter(Boolean).join(' · '),
    rent: net ? words.list.rentAndNet(rent, netText(net, locale)) : words.list.rent(rent),
    due: answerDueOn ? words.list.due(dueLine(answerDueOn, turn)) : words.list.noDue,
    late: answerDueOn !== null && daysOverdue(answerDueOn, today) > 0,
  };
}
