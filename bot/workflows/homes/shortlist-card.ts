/** `Hvem passer?` and `hvorfor ikke <adresse>`: the residents who wait for an offer, held against one dwelling. */
import { z } from 'zod';
import { type AccessSubject, mayDo, mayShow } from '../../domain/access.ts';
import { logAccess } from '../../store/access-log.ts';
import { type Dwelling, findDwelling, isFree } from '../../store/dwellings.ts';
import { stateRates } from '../../store/rates.ts';
import { type WaitingResident, waitingForOffer } from '../../store/waiting-residents.ts';
import { PAGE } from '../../store/worklists.ts';
import { days } from '../../text/danish.ts';
import { initials } from '../../text/normalise.ts';
import { sharedWords } from '../../text/shared.ts';
import { parsePress } from '../act.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { forDwellingAt } from './find.ts';
import type { Typed } from './form.ts';
import { addressLine, stateOf } from './present.ts';
import { forThoseWho } from './rights.ts';
import { type Weighed, weigh } from './shortlist.ts';
import { homeWords } from './words.ts';

const shortlistType = defineCard({
  template: 'homes/shortlist',
  data: z.strictObject({
    title: z.string(),
    count: z.string(),
    residents: z.array(
      z.strictObject({
        caseId: z.string(),
        title: z.string(),
        why: z.string(),
        watch: z.string(),
        verb: z.enum(['step.open', 'case.open']),
        button: z.string(),
      }),
    ),
    /** This list, for its other pages; and the other list, if anybody stands on it. */
    page: z.enum(['home.shortlist', 'home.why-not']),
    nextOffset: z.number(),
    previousOffset: z.number(),
    hasNext: z.boolean(),
    hasPrevious: z.boolean(),
    other: z.enum(['home.why-not', 'home.shortlist']),
    otherTitle: z.string(),
  }),
  words: pickWords(homeWords, 'next', 'previous', 'back'),
  inputs: [],
});

const asking = z.looseObject({
  dwellingId: z.uuid(),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});

type List = 'fitting' | 'others';

const pressed = (list: List, verb: string) => (turn: Turn, data: Typed) =>
  forThoseWho('see', turn, async () => {
    const { dwellingId, offset } = parsePress(asking, data, verb);
    const dwelling = await findDwelling(turn.deps.prisma, dwellingId);
    return dwelling ? shortlistCard(turn, dwelling, list, offset) : { kind: 'text', text: homeWords[turn.locale].gone };
  });

export const shortlistPressed = pressed('fitting', 'home.shortlist');
export const whyNotPressed = pressed('others', 'home.why-not');

export const whyNotWritten = (turn: Turn, typed: string): Promise<BotReply> =>
  forThoseWho('see', turn, () =>
    forDwellingAt(turn, typed, 'home.why-not', (dwelling) => shortlistCard(turn, dwelling, 'others', 0)),
  );

const subjectOf = ({ caseworkerId, paths }: WaitingResident): AccessSubject => ({ caseworkerId, paths });

async function shortlistCard(turn: Turn, dwelling: Dwelling, list: List, offset: number): Promise<BotReply> {
  const { locale, today, deps } = turn;
  const words = homeWords[locale].shortlist;
  if (!isFree(dwelling) || dwelling.rents.length === 0)
    return { kind: 'text', text: words.notFree(addressLine(dwelling), stateOf(dwelling, null, turn)) };
  const seen = (await waitingForOffer(deps.prisma)).filter(
    (resident) => mayShow(turn.audience, subjectOf(resident)).details,
  );
  const lists = weigh(dwelling, seen, today, deps.rules, await stateRates(deps.prisma));
  const all = lists[list];
  const other = lists[list === 'fitting' ? 'others' : 'fitting'];
  const shown = all.slice(offset, offset + PAGE);
  await logShown(turn, shown);
  const some = list === 'fitting' ? words.count(all.length) : words.countOthers(all.length);
  const none = list === 'fitting' ? words.nobody : words.noOthers;
  const seeOther = list === 'fitting' ? words.others(other.length) : words.fitting(other.length);
  return {
    kind: 'card',
    card: show(shortlistType, locale, {
      data: {
        title: (list === 'fitting' ? words.title : words.titleOthers)(dwelling.address),
        count: seen.length === 0 ? words.nobodyWaits : all.length === 0 ? none : some,
        residents: shown.map((weighed) => lineOf(turn, weighed, list)),
        page: list === 'fitting' ? 'home.shortlist' : 'home.why-not',
        nextOffset: offset + PAGE,
        previousOffset: Math.max(0, offset - PAGE),
        hasNext: all.length > offset + PAGE,
        hasPrevious: offset > 0,
        other: list === 'fitting' ? 'home.why-not' : 'home.shortlist',
        otherTitle: other.length > 0 ? seeOther : '',
      },
      summary: words.summary,
      stamp: { dwellingId: dwelling.id },
    }),
  };
}

function logShown({ deps, actor, now }: Turn, shown: readonly Weighed[]): Promise<void> {
  return logAccess(
    deps.prisma,
    shown.map(({ resident: { citizenId, caseId } }) => ({
      at: now,
      staffId: actor.staffId,
      action: 'read',
      purpose: 'casework',
      operation: 'homes.shortlist',
      citizenId,
      referralId: caseId,
    })),
  );
}

function lineOf(turn: Turn, { resident, match }: Weighed, list: List) {
  const { locale, deps, today, actor } = turn;
  const words = homeWords[locale].shortlist;
  const name = deps.personNames === 'full' ? resident.citizen : initials(resident.citizen);
  const waited = resident.since.until(today).days;
  // What fits is advice: who may offer may offer it to the others, too.
  const mayOffer = mayDo(actor, 'step.housing', subjectOf(resident)).allowed;
  const watch = match?.watch(locale) ?? [];
  return {
    caseId: resident.caseId,
    title: [
      sharedWords[locale].caseNumber(resident.number),
      name,
      waited > 0 ? words.waited(days(waited, locale)) : words.waitsSinceToday,
    ].join(' · '),
    why:
      match === null
        ? words.unclear
        : list === 'fitting'
          ? match.sentence(locale)
          : `${capital(match.against(locale).join(', '))}. ${match.sentence(locale)}`,
    watch: watch.length > 0 ? words.watch(watch.join('; ')) : '',
    verb: mayOffer ? ('step.open' as const) : ('case.open' as const),
    button: mayOffer ? words[list === 'fitting' ? 'offer' : 'offerAnyway'] : words.seeCase,
  };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
