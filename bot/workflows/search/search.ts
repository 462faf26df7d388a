/** `søg <navn>`: citizens by name, or by CPR number through the card's own input; within rights, and logged with the criteria. */
import { z } from 'zod';
import { reachOf } from '../../domain/access.ts';
import { containsCpr, parseCpr } from '../../domain/cpr.ts';
import { logAccess } from '../../store/access-log.ts';
import { findByCpr, findByName, type FoundCase, PAGE, type Reach } from '../../store/worklists.ts';
import { initials } from '../../text/normalise.ts';
import { sharedWords } from '../../text/shared.ts';
import { parsePress } from '../act.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Turn } from '../context.ts';
import { allSteps, stepWords } from '../referral/versions.ts';
import { referralWords } from '../referral/words.ts';
import type { BotReply } from '../turn.ts';
import { searchWords } from './words.ts';

const formType = defineCard({
  template: 'search/form',
  data: z.strictObject({ name: z.string() }),
  words: pickWords(searchWords, 'title', 'name', 'cpr', 'submit'),
  inputs: ['name', 'cpr'],
});

const resultsType = defineCard({
  template: 'search/results',
  data: z.strictObject({
    count: z.string(),
    results: z.array(z.strictObject({ caseId: z.string(), title: z.string(), subtitle: z.string() })),
  }),
  words: pickWords(searchWords, 'title', 'open', 'again'),
  inputs: [],
});

const searching = z.looseObject({
  name: z.string().trim().max(120).default(''),
  cpr: z.string().trim().max(40).default(''),
});

const HOUSING_STEPS = allSteps
  .filter(({ definition }) => definition.party === 'housing')
  .map(({ definition }) => definition.id);

function reachFor(turn: Turn): Reach | null {
  const reach = reachOf(turn.actor, 'case.see');
  const sees = reach.all || reach.paths.length > 0 || reach.own.length > 0;
  return sees ? { ...reach, housingSteps: HOUSING_STEPS } : null;
}

const text = (words: string): BotReply => ({ kind: 'text', text: words });

export function searchCard(turn: Turn, name = '', errors: Readonly<Record<string, string>> = {}): BotReply {
  return {
    kind: 'card',
    card: show(formType, turn.locale, { data: { name }, summary: searchWords[turn.locale].title, errors, stamp: {} }),
  };
}

/** `søg` alone asks what for; with a name it searches at once. */
export async function searchWritten(turn: Turn, name: string): Promise<BotReply> {
  const words = searchWords[turn.locale];
  const reach = reachFor(turn);
  if (!reach) return text(words.noAccess);
  return name === '' ? searchCard(turn) : results(turn, await findByName(turn.deps.prisma, name, reach), name);
}

export async function searchPressed(turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> {
  const words = searchWords[turn.locale];
  const reach = reachFor(turn);
  if (!reach) return text(words.noAccess);
  const typed = parsePress(searching, data, 'search.run');
  // What is searched for is kept with the log, where no CPR number belongs.
  if (containsCpr(typed.name)) return searchCard(turn, '', { name: sharedWords[turn.locale].problems.cpr });
  if (typed.cpr !== '') {
    const read = parseCpr(typed.cpr);
    if (!read.ok) {
      const { cprDate, cprFormat } = referralWords[turn.locale].problems;
      return searchCard(turn, typed.name, { cpr: read.problem === 'date' ? cprDate : cprFormat });
    }
    return results(turn, await findByCpr(turn.deps.prisma, turn.deps.vault.index(read.cpr), reach), 'CPR');
  }
  if (typed.name === '') return searchCard(turn, '', { name: words.empty });
  return results(turn, await findByName(turn.deps.prisma, typed.name, reach), typed.name);
}

async function results(turn: Turn, rows: readonly FoundCase[], criteria: string): Promise<BotReply> {
  const words = searchWords[turn.locale];
  const shown = rows.slice(0, PAGE);
  const entry = { at: turn.now, staffId: turn.actor.staffId, purpose: 'casework', operation: 'search.name' } as const;
  await logAccess(turn.deps.prisma, [
    { ...entry, action: 'search', criteria },
    ...shown.map(({ caseId, citizenId }) => ({ ...entry, action: 'read' as const, citizenId, referralId: caseId })),
  ]);
  if (shown.length === 0) return text(words.none);
  return {
    kind: 'card',
    card: show(resultsType, turn.locale, {
      data: {
        count: words.found(shown.length, rows.length > PAGE),
        results: shown.map(({ caseId, number, citizen, shelter, wayVersion, step, closed }) => ({
          caseId,
          title: [
            sharedWords[turn.locale].caseNumber(number),
            turn.deps.personNames === 'full' ? citizen : initials(citizen),
          ].join(' · '),
          subtitle: [shelter, closed ? words.closed : stepWords(wayVersion, step, turn.locale).title].join(' · '),
        })),
      },
      summary: words.title,
      stamp: {},
    }),
  };
}
