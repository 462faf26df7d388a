/** What pressing a button of a case's card does: the change, and the card that answers. */
import { z } from 'zod';
import { mayDo, mayShow } from '../../domain/access.ts';
import { inputValue } from '../../domain/referral/form.ts';
import { logAccess } from '../../store/access-log.ts';
import { type CaseFile, findCase, findCaseByNumber } from '../../store/cases.ts';
import { tell } from '../../store/outbox.ts';
import { act, type ActResult, type Change, type LastChange, parsePress } from '../act.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { accessSubject, caseworkersFor, dischargeToDo, openStep, partyOf, stepTurn } from './case.ts';
import { caseHomeWords } from './case-home-words.ts';
import { choicesOf } from './choices.ts';
import { completeStep, lastChangeOf, saveStep } from './complete-step.ts';
import { correctDischarge, dischargeCard, dischargeCitizen, undoDischarge } from './discharge.ts';
import { dischargeNote, noteOf } from './journal-note.ts';
import { moreCard, noteCard } from './more-card.ts';
import { goBack, handOver, reopenCase, stopCase, takeOver } from './move-case.ts';
import { resultOf, when } from './present.ts';
import { publicCard, receiptCard, statusCard, type StatusShowing } from './status-card.ts';
import { stepCard, type StepShowing } from './step-card.ts';
import { settle } from './settle-duty.ts';
import { tellCitizen, tellMunicipality } from './tell-outside.ts';
import type { DischargeMessage } from './tellings.ts';
import { stepIn } from './versions.ts';
import { referralWords } from './words.ts';

type Data = Readonly<Record<string, unknown>>;
const caseData = z.looseObject({ caseId: z.uuid() });
const paging = z.looseObject({ offset: z.coerce.number().int().min(0).max(10_000).default(0) });
const besides = z.looseObject({ beside: z.string().max(40).optional(), dwellingId: z.uuid().optional() });
/** Of a step that was opened from the review of a resident. */
const fromReview = z.looseObject({ reviewItemId: z.uuid().optional() });
const openingMine = z.looseObject({ number: z.coerce.number().int().max(999_999_999), nonce: z.uuid() });

const text = (words: string): BotReply => ({ kind: 'text', text: words });
const card = (view: ReturnType<typeof statusCard>): BotReply => ({ kind: 'card', card: view });

/** The case, if this person may see it; each look is logged. */
async function look(turn: Turn, file: CaseFile | null, operation: string): Promise<CaseFile | null> {
  if (!file || !mayShow(turn.audience, accessSubject(file)).details) return null;
  await logAccess(turn.deps.db, [
    {
      at: turn.now,
      staffId: turn.actor.staffId,
      action: 'read',
      purpose: 'casework',
      operation,
      citizenId: file.citizen.id,
      referralId: file.id,
    },
  ]);
  return file;
}

const findFor = async (turn: Turn, data: Data, operation: string) =>
  look(turn, await findCase(turn.deps.db, parsePress(caseData, data, operation).caseId), operation);

const notYours = (turn: Turn) => text(referralWords[turn.locale].notYours);

/** `sag 142`: the status card, or in a channel the number alone. */
export async function showCaseByNumber(turn: Turn, number: number): Promise<BotReply> {
  const file = await findCaseByNumber(turn.deps.db, number);
  if (turn.audience.kind === 'conversation') {
    // Whoever may not see the case gets the same answer as for one that does not exist.
    const may = file && mayDo(turn.actor, 'case.see', accessSubject(file)).allowed;
    return may ? card(publicCard(number, turn.locale)) : text(referralWords[turn.locale].notFound(number));
  }
  const seen = await look(turn, file, 'referral.see');
  return seen ? card(statusCard(seen, turn)) : text(referralWords[turn.locale].notFound(number));
}

export async function showCase(turn: Turn, data: Data, showing: StatusShowing = {}): Promise<BotReply> {
  const file = await findFor(turn, data, 'referral.see');
  return file ? card(statusCard(file, turn, showing)) : notYours(turn);
}

/** `Åbn hos mig`: the case is sent to the presser's own chat. */
export async function openMine(turn: Turn, data: Data): Promise<BotReply> {
  const { number, nonce } = parsePress(openingMine, data, 'case.open-mine');
  const { db, boss } = turn.deps;
  const file = await findCaseByNumber(db, number);
  if (!file || !mayDo(turn.actor, 'case.see', accessSubject(file)).allowed)
    return text(referralWords[turn.locale].notFound(number));
  // A channel's card stays there: a double click is one press, tomorrow's press another.
  const key = `case.open:${nonce}:${turn.actor.staffId}:${Math.floor(turn.now.epochMilliseconds / 60_000)}`;
  const telling = {
    key,
    kind: 'case.open',
    recipientId: turn.actor.staffId,
    subject: { caseId: file.id, mark: nonce },
  };
  await db.$transaction((tx) => tell(tx, boss, [telling], turn.now));
  return text(referralWords[turn.locale].sentToYou);
}

const reviewOf = (data: Data) => ({ reviewItemId: parsePress(fromReview, data, 'step.open').reviewItemId });

async function stepCardFor(
  turn: Turn,
  file: CaseFile,
  showing: Omit<StepShowing, 'choices'> = {},
  beside?: string,
): Promise<BotReply> {
  const step = stepTurn(file, turn.actor, beside);
  const words = referralWords[turn.locale];
  if (step.kind === 'nothing-open') return card(statusCard(file, turn));
  if (step.kind !== 'may')
    return card(
      statusCard(file, turn, { banner: step.kind === 'barred' ? words.problems.ownNomination : words.refused }),
    );
  const { open, onBehalfOf } = step;
  const choices = await choicesOf(turn, file, open.step.form, showing.typed ?? file.draft?.input);
  const noHome = choices['dwelling']?.length === 0 ? caseHomeWords[turn.locale].noFree : undefined;
  const forAbsent = onBehalfOf ? words.forAbsent(onBehalfOf.name) : noHome;
  return card(stepCard(file, open, turn, { ...(forAbsent && { banner: forAbsent }), ...showing, choices }));
}

export async function showStep(turn: Turn, data: Data): Promise<BotReply> {
  const file = await findFor(turn, data, 'referral.see-step');
  if (!file) return notYours(turn);
  const { beside, dwellingId } = parsePress(besides, data, 'step.open');
  // From the shortlist of a dwelling: it is the one chosen.
  const chosen = dwellingId === undefined ? {} : { typed: { ...file.draft?.input, dwelling: dwellingId } };
  return stepCardFor(turn, file, { ...chosen, ...reviewOf(data) }, beside);
}

/** What every change answers alike, besides being done or having problems with its fields. */
async function otherwise<Result>(
  turn: Turn,
  data: Data,
  result: Exclude<ActResult<Result>, { kind: 'done' } | { kind: 'invalid' }>,
): Promise<BotReply> {
  const words = referralWords[turn.locale];
  switch (result.kind) {
    case 'stale':
      return stale(turn, data, result.last);
    case 'repeat':
      return showCase(turn, data);
    case 'refused':
      return refused(turn, data);
    case 'gone':
      return text(words.gone);
  }
}

/** Whose turn it was until a colleague changed the case learns that; whose it never was, that it is not theirs. */
async function refused(turn: Turn, data: Data): Promise<BotReply> {
  const file = await findFor(turn, data, 'referral.see');
  if (!file) return notYours(turn);
  return Number(data['version']) === file.version
    ? card(statusCard(file, turn, { banner: referralWords[turn.locale].refused }))
    : asItIsNow(turn, file, data, lastChangeOf(file));
}

async function stale(turn: Turn, data: Data, last: LastChange): Promise<BotReply> {
  const file = await findFor(turn, data, 'referral.see-stale');
  return file ? asItIsNow(turn, file, data, last) : notYours(turn);
}

/** An old card is replaced by the case as it is, and what had been typed on it comes along. */
async function asItIsNow(turn: Turn, file: CaseFile, data: Data, last: LastChange): Promise<BotReply> {
  const words = referralWords[turn.locale];
  const by = last.by ?? words.someone;
  const open = openStep(file);
  const { beside } = parsePress(besides, data, 'step.complete');
  if (beside !== undefined || (open && data['passId'] === open.pass.id))
    return stepCardFor(
      turn,
      file,
      {
        typed: { ...(beside === undefined && file.draft?.input), ...filledIn(data) },
        banner: words.staleKept(by, when(last.at, turn)),
        ...reviewOf(data),
      },
      beside,
    );
  const sameCard = Number(data['correcting'] ?? 0) === Number(file.stay.endedOn !== null);
  if ('dischargedOn' in data && !('passId' in data) && sameCard)
    return showDischarge(turn, data, { typed: data, banner: words.staleKept(by, when(last.at, turn)) });
  return card(
    statusCard(file, turn, { banner: words.stale(by, when(last.at, turn)), kept: typedOn(turn, file, data) }),
  );
}

/** What was filled in: where a stale card was left blank, what a colleague has saved meanwhile stays. */
const filledIn = (data: Data): Data => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== ''));

/** What was typed on a card of a step that is no longer open, with the names of its fields. */
function typedOn(turn: Turn, file: CaseFile, data: Data): { title: string; value: string }[] {
  const pass = file.passes.find(({ id }) => id === data['passId']);
  if (!pass) return [];
  const { definition, words } = stepIn(file.wayVersion, pass.step);
  return Object.entries(definition.form).flatMap(([name, { kind }]) => {
    const value = data[name];
    const isOwnWords = kind === 'text' || kind === 'kroner' || kind === 'date';
    return isOwnWords && typeof value === 'string' && value.trim() !== ''
      ? [
          {
            title: (words[turn.locale].fields as Readonly<Record<string, string>>)[name] ?? name,
            value: inputValue(kind, value).slice(0, 600),
          },
        ]
      : [];
  });
}

function isOthers(file: CaseFile, outcome: unknown): boolean {
  const open = openStep(file);
  return open !== null && typeof outcome === 'string' && partyOf(open.step, outcome) !== open.step.party;
}

export async function completeStepPressed(turn: Turn, data: Data): Promise<BotReply> {
  const result = await act(turn, completeStep, data);
  if (result.kind === 'invalid') {
    const file = await findFor(turn, data, 'referral.see-step');
    if (!file) return notYours(turn);
    const { beside } = parsePress(besides, data, 'step.complete');
    // An outcome that belongs to somebody else than whoever does the step was chosen on the card of more options.
    return isOthers(file, data['outcome'])
      ? showMore(turn, data, result.problems)
      : stepCardFor(turn, file, { typed: data, problems: result.problems, ...reviewOf(data) }, beside);
  }
  if (result.kind !== 'done') return otherwise(turn, data, result);
  const { file, passId } = result.result;
  const pass = file.passes.find(({ id }) => id === passId);
  if (!pass) throw new Error('The pass that was just ended is not on its case');
  const done = { title: resultOf(file, pass, turn), note: noteOf(file, pass, turn) };
  return card(receiptCard(file, turn, { ...done, ...reviewOf(data) }));
}

export async function saveStepPressed(turn: Turn, data: Data): Promise<BotReply> {
  const result = await act(turn, saveStep, data);
  if (result.kind === 'done')
    return card(statusCard(result.result.file, turn, { banner: referralWords[turn.locale].saved, ...reviewOf(data) }));
  if (result.kind !== 'invalid') return otherwise(turn, data, result);
  const file = await findFor(turn, data, 'referral.see-step');
  return file ? stepCardFor(turn, file, { typed: data, problems: result.problems, ...reviewOf(data) }) : notYours(turn);
}

export async function showMore(
  turn: Turn,
  data: Data,
  problems: Readonly<Record<string, string>> = {},
): Promise<BotReply> {
  const file = await findFor(turn, data, 'referral.see');
  return file
    ? card(moreCard(file, turn, { colleagues: await caseworkersFor(turn.deps.db, file), problems, typed: data }))
    : notYours(turn);
}

export async function showNotes(turn: Turn, data: Data): Promise<BotReply> {
  const file = await findFor(turn, data, 'referral.note');
  const { offset } = parsePress(paging, data, 'case.notes');
  return file ? card(noteCard(file, turn, offset)) : notYours(turn);
}

type OnCase = { readonly file: CaseFile };

/** A change from the card of further options: back to that card with the problem, on to the status when done. */
const fromMore =
  <Input extends { nonce: string; version: number }>(change: Change<Input, CaseFile, OnCase>) =>
  async (turn: Turn, data: Data): Promise<BotReply> => {
    const result = await act(turn, change, data);
    if (result.kind === 'done') return card(statusCard(result.result.file, turn));
    return result.kind === 'invalid' ? showMore(turn, data, result.problems) : otherwise(turn, data, result);
  };

/** A change from the status card itself. */
const fromStatus =
  <Input extends { nonce: string; version: number }>(change: Change<Input, CaseFile, OnCase>) =>
  async (turn: Turn, data: Data): Promise<BotReply> => {
    const result = await act(turn, change, data);
    if (result.kind === 'done') return card(statusCard(result.result.file, turn));
    return result.kind === 'invalid'
      ? showCase(turn, data, { problems: result.problems })
      : otherwise(turn, data, result);
  };

export const goBackPressed = fromMore(goBack);
export const stopPressed = fromMore(stopCase);
export const reopenPressed = fromMore(reopenCase);
export const takeOverPressed = fromMore(takeOver);
export const handOverPressed = fromMore(handOver);
export const tellCitizenPressed = fromStatus(tellCitizen);
export const tellMunicipalityPressed = fromStatus(tellMunicipality);
export const settleDutyPressed = fromStatus(settle);

export async function showDischarge(
  turn: Turn,
  data: Data,
  showing: Parameters<typeof dischargeCard>[2] = {},
): Promise<BotReply> {
  const file = await findFor(turn, data, 'referral.see');
  if (!file) return notYours(turn);
  const words = referralWords[turn.locale];
  if (!mayDo(turn.actor, 'case.discharge', accessSubject(file)).allowed)
    return card(statusCard(file, turn, { banner: words.refused }));
  return card(
    dischargeToDo(file) === null
      ? statusCard(file, turn, { banner: words.problems.admittedAnew })
      : dischargeCard(file, turn, showing),
  );
}

/** A change of the discharge: a receipt with its note, or the card again with what was typed. */
const ofDischarge =
  (change: typeof dischargeCitizen, news: DischargeMessage, title: 'title' | 'corrected' | 'undone') =>
  async (turn: Turn, data: Data): Promise<BotReply> => {
    const result = await act(turn, change, data);
    if (result.kind === 'invalid')
      return showDischarge(turn, data, {
        ...('dischargedOn' in data && { typed: data }),
        problems: result.problems,
      });
    if (result.kind !== 'done') return otherwise(turn, data, result);
    const { file, answers } = result.result;
    const note = dischargeNote(referralWords.da.dischargeAlone[title], answers, turn, result.onBehalfOf);
    return card(receiptCard(file, turn, { title: referralWords[turn.locale].notice[news], note }));
  };

export const dischargePressed = ofDischarge(dischargeCitizen, 'case.discharged', 'title');
export const correctDischargePressed = ofDischarge(correctDischarge, 'case.discharge-corrected', 'corrected');
export const undoDischargePressed = ofDischarge(undoDischarge, 'case.discharge-undone', 'undone');
