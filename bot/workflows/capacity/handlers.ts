/** `spørg BIF 142`, `mine vurderinger`, `hvem mangler svar fra BIF`, and what the buttons of a check-in do. */
import { z } from 'zod';
import { occasions } from '../../domain/capacity.ts';
import { lacksRates } from '../../domain/subsidy.ts';
import { logAccess } from '../../store/access-log.ts';
import { type CaseFile, findCase, findCaseByNumber } from '../../store/cases.ts';
import { type CheckIn, employmentPath, findCheckIn, latestCheckIn } from '../../store/check-ins.ts';
import { staffBelow } from '../../store/people.ts';
import { formatDate } from '../../text/danish.ts';
import { act, type Change, parsePress } from '../act.ts';
import { defineCard, pickWords, problemTexts, show } from '../card.ts';
import type { Turn } from '../context.ts';
import { caseLine, type Reader, when } from '../referral/present.ts';
import { referralWords } from '../referral/words.ts';
import { homeOf } from '../subsidy/phase-down.ts';
import { rentLines, verdictText } from '../subsidy/phase-down-card.ts';
import type { BotReply, CardView } from '../turn.ts';
import {
  allocate,
  answerCheckIn,
  askBif,
  cannotJudge,
  handOver,
  type Held,
  mayAsk,
  measureEnding,
  saveHousehold,
  sendOn,
  takeBack,
} from './change.ts';
import { answerCard } from './answer-card.ts';
import type { CheckInShowing } from './check-in-card.ts';
import { type HomeFacts, stateText } from './facts.ts';
import { householdCard } from './household-card.ts';
import { ownersOf } from './owners.ts';
import { sidesOf, standingTo } from './standing.ts';
import { capacityWords } from './words.ts';

type Data = Readonly<Record<string, unknown>>;
const text = (words: string): BotReply => ({ kind: 'text', text: words });
const ofCheckIn = z.looseObject({ checkInId: z.uuid() });
const ofCase = z.looseObject({ caseId: z.uuid() });

const askType = defineCard({
  template: 'capacity/ask',
  data: z.strictObject({
    subtitle: z.string(),
    intro: z.string(),
    occasions: z.array(z.strictObject({ title: z.string(), value: z.string() })),
    occasion: z.string(),
  }),
  words: pickWords({ da: capacityWords.da.ask, en: capacityWords.en.ask }, 'title', 'occasion', 'submit'),
  inputs: ['occasion'],
});

export async function askWritten(turn: Turn, argument: string): Promise<BotReply> {
  const number = /^(?:sag |case |nr\.? ?|om sag |om |#)?(\d{1,9})$/i.exec(argument.trim())?.[1];
  if (number === undefined) return text(capacityWords[turn.locale].ask.which);
  const file = await findCaseByNumber(turn.deps.db, Number(number));
  return file && turn.audience.kind === 'person' && mayAsk(file, turn)
    ? askCard(turn, file)
    : text(referralWords[turn.locale].notFound(Number(number)));
}

const byNumber = z.looseObject({ caseNumber: z.coerce.number().int() });

/** From a card of the case: as `spørg BIF` with its number. */
export async function openAsk(turn: Turn, data: Data): Promise<BotReply> {
  const { caseNumber } = parsePress(byNumber, data, 'capacity.open-ask');
  const file = await findCaseByNumber(turn.deps.db, caseNumber);
  return askCard(turn, file);
}

/** The question, or the one that is open already. */
async function askCard(
  turn: Turn,
  file: CaseFile | null,
  problems: Readonly<Record<string, string>> = {},
): Promise<BotReply> {
  const words = capacityWords[turn.locale];
  if (!file || !mayAsk(file, turn)) return text(words.ask.refused);
  if (file.closedAt) return text(words.ask.caseClosed);
  const latest = await latestCheckIn(turn.deps.db, file.id);
  if (latest?.closedAt === null) return showCheckIn(turn, latest, { banner: words.ask.already });
  return {
    kind: 'card',
    card: show(askType, turn.locale, {
      data: {
        subtitle: caseLine(file, turn),
        intro: words.ask.intro(turn.deps.rules.capacity.answerDays),
        occasions: occasions.map((value) => ({ title: words.occasions[value], value })),
        occasion: file.lease ? 'yearly' : 'before_nomination',
      },
      summary: words.ask.title,
      errors: problemTexts(problems, turn.locale),
      stamp: { caseId: file.id, version: 0 },
    }),
  };
}

export async function askPressed(turn: Turn, data: Data): Promise<BotReply> {
  const result = await act(turn, askBif, data);
  const words = capacityWords[turn.locale].ask;
  const { caseId } = parsePress(ofCase, data, 'capacity.ask');
  const askAgain = async (problems = {}) => askCard(turn, await findCase(turn.deps.db, caseId), problems);
  switch (result.kind) {
    case 'done':
      return showCheckIn(turn, result.result, { banner: words.asked(formatDate(result.result.dueOn, turn.locale)) });
    case 'invalid':
      return askAgain(result.problems);
    case 'refused':
    case 'gone':
      return text(words.refused);
    case 'repeat':
    case 'stale':
      return askAgain();
  }
}

/** What is told of the home: the rent, the next step, and whether what BIF has said is enough. */
function homeFacts(file: CaseFile, reader: Reader): HomeFacts | null {
  const home = homeOf(file, reader);
  if (!home || home.rents.length === 0 || lacksRates(home.grant, home.rates)) return null;
  const on = { locale: reader.locale, today: reader.today, rules: reader.deps.rules };
  return { rent: rentLines(home, on), verdict: verdictText(home, on) };
}

/** The check-in as this reader may see it, on the card of their side; null for whoever it does not concern. */
export async function checkInFor(
  checkIn: CheckIn,
  reader: Reader,
  showing: Partial<CheckInShowing> = {},
): Promise<CardView | null> {
  const { db } = reader.deps;
  const employment = await employmentPath(db);
  const standing = standingTo(checkIn, reader, employment);
  // Whoever stands on both sides has BIF's part to answer.
  const side = sidesOf(standing).at(-1);
  const file = side && (await findCase(db, checkIn.referralId));
  if (!file) return null;
  const card = side === 'bif' ? answerCard : householdCard;
  return card(checkIn, reader, {
    ...showing,
    standing,
    home: homeFacts(file, reader),
    household: { adults: file.facts.householdAdults, children: file.facts.householdChildren },
    owners: await ownersOf(db, checkIn, side, reader),
    colleagues: side === 'bif' && employment ? await staffBelow(db, ['bif_caseworker'], employment) : [],
  });
}

export const seenOf = (
  { citizen, referralId }: CheckIn,
  { actor, now }: Pick<Reader, 'actor' | 'now'>,
  operation: string,
) => ({
  ...{ at: now, staffId: actor.staffId, action: 'read' as const, purpose: 'casework', operation },
  ...{ citizenId: citizen.id, referralId },
});

async function showCheckIn(turn: Turn, checkIn: CheckIn, showing: Partial<CheckInShowing> = {}): Promise<BotReply> {
  const card = await checkInFor(checkIn, turn, showing);
  if (!card) return text(capacityWords[turn.locale].answer.refused);
  await logAccess(turn.deps.db, [seenOf(checkIn, turn, 'capacity.see')]);
  return { kind: 'card', card };
}

export async function openCheckIn(turn: Turn, data: Data): Promise<BotReply> {
  const checkIn = await findCheckIn(turn.deps.db, parsePress(ofCheckIn, data, 'capacity.open').checkInId);
  return checkIn ? showCheckIn(turn, checkIn) : text(capacityWords[turn.locale].answer.gone);
}

/** A change, answered by the check-in as it is then; with what was typed where it could not be done. */
const changing =
  <Input extends { nonce: string; version: number }>(
    change: Change<Input, Held, CheckIn>,
    done: (checkIn: CheckIn, turn: Turn) => string,
  ) =>
  async (turn: Turn, data: Data): Promise<BotReply> => {
    const words = capacityWords[turn.locale].answer;
    const result = await act(turn, change, data);
    if (result.kind === 'done') {
      const card = await checkInFor(result.result, turn, { banner: done(result.result, turn) });
      // Whoever has sent it on sees it no more.
      return card ? { kind: 'card', card } : text(done(result.result, turn));
    }
    const checkIn = await findCheckIn(turn.deps.db, parsePress(ofCheckIn, data, change.operation).checkInId);
    if (!checkIn) return text(words.gone);
    switch (result.kind) {
      case 'invalid': {
        const whole = result.problems[''] === 'closedAlready' ? words.closedAlready : '';
        return showCheckIn(turn, checkIn, { typed: data, problems: whole ? {} : result.problems, banner: whole });
      }
      case 'stale':
        return showCheckIn(turn, checkIn, {
          typed: data,
          banner: words.stale(result.last.by ?? '', when(result.last.at, turn)),
        });
      case 'refused':
        return text(words.refused);
      case 'repeat':
      case 'gone':
        return showCheckIn(turn, checkIn);
    }
  };

const said =
  (name: 'sent' | 'householdSaved' | 'measureEnded') =>
  (_checkIn: CheckIn, { locale }: Turn) =>
    capacityWords[locale].answer[name];

export const answerPressed = changing(answerCheckIn, ({ answer, closedAt }, { locale }) =>
  answer?.partly && closedAt === null ? capacityWords[locale].answer.partSent : capacityWords[locale].answer.sent,
);
export const householdPressed = changing(saveHousehold, said('householdSaved'));
export const cannotPressed = changing(cannotJudge, said('sent'));
export const endMeasurePressed = changing(measureEnding, said('measureEnded'));
export const sendOnPressed = changing(sendOn, stateText);
export const allocatePressed = changing(allocate, stateText);
export const handQuestionOverPressed = changing(handOver, stateText);
export const takeQuestionBackPressed = changing(takeBack, stateText);
