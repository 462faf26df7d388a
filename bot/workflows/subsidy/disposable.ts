/** `rådighed 142`: what the household has left of a month, now and at each later step. Nothing typed on its card is kept. */
import { z } from 'zod';
import { mayDo, mayShow } from '../../domain/access.ts';
import { disposableFrom, type Means } from '../../domain/disposable.ts';
import { type Level, levelsFrom } from '../../domain/forecast.ts';
import { type Answers, parseForm } from '../../domain/referral/form.ts';
import { firstDayOf, lacksRates } from '../../domain/subsidy.ts';
import { type Instant, legalDate } from '../../domain/time.ts';
import { logAccess } from '../../store/access-log.ts';
import { findCaseByNumber } from '../../store/cases.ts';
import { type LatestParts, latestParts } from '../../store/check-ins.ts';
import { formatDate } from '../../text/danish.ts';
import { parsePress } from '../act.ts';
import type { Turn } from '../context.ts';
import { accessSubject } from '../referral/case.ts';
import { referralWords } from '../referral/words.ts';
import type { BotReply } from '../turn.ts';
import { type Counted, disposableCard, disposableForm, type NotCounted } from './disposable-card.ts';
import { disposableWords } from './disposable-words.ts';
import { homeOf } from './phase-down.ts';
import { subsidyWords } from './words.ts';

type Data = Readonly<Record<string, unknown>>;
const text = (words: string): BotReply => ({ kind: 'text', text: words });

export async function disposableWritten(turn: Turn, number: string): Promise<BotReply> {
  return number === '' ? text(disposableWords[turn.locale].which) : showDisposable(turn, Number(number), {});
}

const pressed = z.looseObject({ caseNumber: z.coerce.number().int() });

/** From a card of the case, or from its own with what was typed there. */
export function disposablePressed(turn: Turn, data: Data): Promise<BotReply> {
  const { caseNumber } = parsePress(pressed, data, 'subsidy.disposable');
  return showDisposable(turn, caseNumber, data);
}

async function showDisposable(turn: Turn, number: number, typed: Data): Promise<BotReply> {
  const { deps, locale, actor, audience } = turn;
  const file = await findCaseByNumber(deps.db, number);
  if (!file || !mayShow(audience, accessSubject(file)).details) return text(referralWords[locale].notFound(number));
  if (!mayDo(actor, 'capacity.ask', accessSubject(file)).allowed) return text(disposableWords[locale].refused);
  await logAccess(deps.db, [
    {
      ...{ at: turn.now, staffId: actor.staffId, action: 'read', purpose: 'casework' },
      ...{ operation: 'subsidy.disposable', citizenId: file.citizen.id, referralId: file.id },
    },
  ]);
  const home = homeOf(file, turn);
  if (!home || home.rents.length === 0) return text(subsidyWords[locale].noHome(number));
  const { grant, rates, rents, subtitle } = home;
  if (lacksRates(grant, rates)) return text(subsidyWords[locale].noRates);
  const levels = levelsFrom(firstDayOf(grant, turn.today), grant, rates, rents);
  const form = parseForm(disposableForm, typed);
  const said = form.ok ? form.answers : { income: null, disability: null };
  return {
    kind: 'card',
    card: disposableCard(
      {
        ...{ subtitle, caseId: file.id, caseNumber: number, typed },
        found: found(turn, await latestParts(deps.db, file.id), said, levels),
        problems: form.ok ? {} : form.problems,
      },
      { locale, today: turn.today, rules: deps.rules },
    ),
  };
}

/** What is left at each step; or, where today's cannot be counted, what is missing for it and who has it. */
function found(
  { locale, deps }: Turn,
  { answer, household }: LatestParts,
  { income, disability }: Answers<typeof disposableForm>,
  levels: readonly Level[],
): Counted | NotCounted {
  const words = disposableWords[locale];
  if (!household || !answer)
    return {
      kind: 'missing',
      missing: [...(household ? [] : [words.missing.household]), ...(answer ? [] : [words.missing.incomes])],
    };
  const means: Means = { ...household, incomes: answer.incomes, yearlyIncomeOere: income, disability };
  const [now, ...later] = disposableFrom(levels, means, deps.rules.housingBenefit);
  if (!now || now.leftOere === null)
    return { kind: 'missing', missing: (now?.missing ?? []).map((code) => words.missing[code]) };
  const said = (at: Instant) => formatDate(legalDate(at), locale);
  return {
    kind: 'counted',
    means,
    steps: [now, ...later],
    source: words.notes.source(said(answer.at), said(household.at)),
  };
}
