/** `nedtrapning 142`, `nedtrapning næste kvartal` and `beregn 4800 fra 1.3.2023`. */
import { z } from 'zod';
import { mayDo, mayShow } from '../../domain/access.ts';
import type { Oere } from '../../domain/money.ts';
import { FIRST_DAY_OF_STATE_SUBSIDY } from '../../domain/schemes.ts';
import { lacksRates } from '../../domain/subsidy.ts';
import { Temporal } from '../../domain/time.ts';
import { parseDanishAmount, parseDanishDate } from '../../domain/typed.ts';
import { logAccess } from '../../store/access-log.ts';
import { type CaseFile, findCaseByNumber } from '../../store/cases.ts';
import { stateRates } from '../../store/rates.ts';
import { parsePress } from '../act.ts';
import type { Turn } from '../context.ts';
import { grantFrom } from '../homes/net.ts';
import { accessSubject } from '../referral/case.ts';
import { runningLease } from '../referral/home.ts';
import { caseLine, type Reader } from '../referral/present.ts';
import { referralWords } from '../referral/words.ts';
import type { BotReply } from '../turn.ts';
import { type PhaseDown, phaseDownCard } from './phase-down-card.ts';
import { upcomingWritten } from './upcoming.ts';
import { subsidyWords } from './words.ts';

const text = (words: string): BotReply => ({ kind: 'text', text: words });

/** A number is a case's, anything else a period. */
export function phaseDownWritten(turn: Turn, argument: string): Promise<BotReply> | BotReply {
  const number = /^(?:sag |case |nr\.? ?|#)?(\d{1,9})$/i.exec(argument.trim())?.[1];
  if (number !== undefined && !/^20\d\d$/.test(number)) return showPhaseDown(turn, Number(number));
  return argument.trim() === '' ? text(subsidyWords[turn.locale].whichCase) : upcomingWritten(turn, argument);
}

/** From a list: the case whose button was pressed. */
export function phaseDownPressed(turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> {
  const { caseNumber } = parsePress(z.looseObject({ caseNumber: z.coerce.number().int() }), data, 'subsidy.open');
  return showPhaseDown(turn, caseNumber);
}

async function showPhaseDown(turn: Turn, number: number): Promise<BotReply> {
  const { deps, locale, today, audience } = turn;
  const words = subsidyWords[locale];
  const file = await findCaseByNumber(deps.db, number);
  if (!file || !mayShow(audience, accessSubject(file)).details) return text(referralWords[locale].notFound(number));
  await logAccess(deps.db, [
    {
      ...{ at: turn.now, staffId: turn.actor.staffId, action: 'read', purpose: 'casework' },
      ...{ operation: 'subsidy.see', citizenId: file.citizen.id, referralId: file.id },
    },
  ]);
  const home = homeOf(file, turn);
  if (!home || home.rents.length === 0) return text(words.noHome(number));
  if (home.grant.scheme === 'none') return text(words.noSubsidy);
  if (lacksRates(home.grant, home.rates)) return text(words.noRates);
  return { kind: 'card', card: phaseDownCard(home, { locale, today, rules: deps.rules }) };
}

/** The home that the case has a lease for. */
export function homeOf(file: CaseFile, turn: Reader): PhaseDown | null {
  const lease = runningLease(file);
  if (!lease) return null;
  return {
    grant: lease.grant ?? grantFrom({ scheme: 'none' }, lease.startsOn, turn.deps.rules),
    rents: lease.rents,
    rates: file.rates,
    payableOere: file.facts.payableOere,
    title: `${subsidyWords[turn.locale].title} · ${lease.address}`,
    subtitle: caseLine(file, turn),
    caseId: file.id,
    caseNumber: file.number,
    mayAsk: mayDo(turn.actor, 'capacity.ask', accessSubject(file)).allowed,
  };
}

/** Reads `4800 fra 1.3.2023`; null when it is not both. */
export function parseCalculation(typed: string): { rentOere: Oere; from: Temporal.PlainDate } | null {
  const match = /^(.+?)\s+(?:fra|from|fra den|pr\.?)\s+(.+)$/i.exec(typed.trim());
  const rentOere = parseDanishAmount(match?.[1] ?? '');
  const from = parseDanishDate(match?.[2] ?? '');
  return rentOere === null || from === null ? null : { rentOere, from };
}

/** What a lease with the state's subsidy at this rent would cost, step by step; no case, and nothing is kept. */
export async function calculationWritten(turn: Turn, typed: string): Promise<BotReply> {
  const { deps, locale, today } = turn;
  const words = subsidyWords[locale];
  const asked = parseCalculation(typed);
  if (!asked) return text(words.badCalculation);
  const { from, rentOere } = asked;
  if (from.toString() < FIRST_DAY_OF_STATE_SUBSIDY) return text(words.tooEarly);
  const rates = await stateRates(deps.db);
  if (rates.length === 0) return text(words.noRates);
  const home: PhaseDown = {
    grant: grantFrom({ scheme: 'state_subsidy' }, from, deps.rules),
    rents: [{ from, oere: rentOere }],
    ...{ rates, payableOere: null, title: words.title, subtitle: words.calculated, caseId: '' },
    ...{ caseNumber: 0, mayAsk: false },
  };
  return { kind: 'card', card: phaseDownCard(home, { locale, today, rules: deps.rules }) };
}
