/** The changes of a check-in: asked, answered, sent on, allocated, taken back. */
import { z } from 'zod';
import { mayDo } from '../../domain/access.ts';
import { answerForm, askForm, cannotForm, incomeKindsOn } from '../../domain/capacity.ts';
import { deadline } from '../../domain/calendar.ts';
import { parseForm, staffMember } from '../../domain/referral/form.ts';
import { farAway } from '../../domain/typed.ts';
import { type CaseFile, lockCase } from '../../store/cases.ts';
import {
  addAnswer,
  addCheckIn,
  type AnswerToKeep,
  changeCheckIn,
  type CheckIn,
  employmentPath,
  findCheckIn,
  lastOwnerOf,
  lockCheckIn,
} from '../../store/check-ins.ts';
import type { Tx } from '../../store/database.ts';
import type { StaffTelling } from '../../store/outbox.ts';
import { audiencesOf, staffBelow } from '../../store/people.ts';
import { type Change, stampSchema } from '../act.ts';
import type { Turn } from '../context.ts';
import { accessSubject } from '../referral/case.ts';
import { checkInSubject } from './standing.ts';
import type { capacityWords } from './words.ts';

export type CapacityMessage = keyof (typeof capacityWords)['da']['told'];

/** Whom a change is told to; never whoever made it. */
function tellings(
  kind: CapacityMessage,
  checkIn: CheckIn,
  to: readonly (string | null)[],
  { actor }: Turn,
): StaffTelling[] {
  const recipients = new Set(to.filter((id): id is string => id !== null && id !== actor.staffId));
  return [...recipients].map((recipientId) => ({
    ...{ key: `${kind}:${checkIn.id}:${checkIn.version}:${recipientId}`, kind, recipientId },
    subject: { checkInId: checkIn.id, version: checkIn.version },
  }));
}

/** Those who allocate in BIF, with their deputies. */
async function allocators(tx: Tx, { today }: Turn): Promise<readonly string[]> {
  const unitPath = await employmentPath(tx);
  if (unitPath === null) return [];
  const [found] = await audiencesOf(tx, [{ roles: ['manager'], unitPath }], today);
  return found?.withDeputies ?? [];
}

async function reread(tx: Tx, id: string): Promise<CheckIn> {
  const checkIn = await findCheckIn(tx, id);
  if (!checkIn) throw new Error('A check-in vanished within its own transaction');
  return checkIn;
}

const asking = z.looseObject({ ...stampSchema.shape, caseId: z.uuid() });

/** Asks BIF. Whoever of BIF answered of this citizen last gets it; otherwise it waits to be allocated. */
export const askBif: Change<z.infer<typeof asking>, CaseFile, CheckIn> = {
  operation: 'capacity.ask',
  purpose: 'casework',
  input: asking,
  lock: (tx, { caseId }) => lockCase(tx, caseId),
  right: (file) => ({ action: 'capacity.ask', subject: accessSubject(file) }),
  async apply({ tx, input, subject: file, turn }) {
    const parsed = parseForm(askForm, input);
    if (!parsed.ok) return { kind: 'invalid', problems: parsed.problems };
    const { deps, today, actor, now } = turn;
    const dueOn = deadline(today, deps.rules.capacity.answerDays, 'arbejdsdage', deps.rules.calendar);
    const ownerId = await lastOwnerOf(tx, file.id);
    const { occasion } = parsed.answers;
    const id = await addCheckIn(tx, { referralId: file.id, occasion, dueOn, ownerId, by: actor.staffId, at: now });
    if (id === null) return { kind: 'invalid', problems: { '': 'already' } };
    const checkIn = await reread(tx, id);
    return {
      kind: 'done',
      result: checkIn,
      logged: { action: 'change', citizenId: file.citizen.id, referralId: file.id },
      tellings: tellings('capacity.asked', checkIn, ownerId ? [ownerId] : await allocators(tx, turn), turn),
    };
  },
};

const onCheckIn = z.looseObject({ ...stampSchema.shape, checkInId: z.uuid() });
export type OnCheckIn = z.infer<typeof onCheckIn>;

export interface Held {
  readonly checkIn: CheckIn;
  readonly employment: string | null;
}

type Outcome =
  | { readonly problems: Readonly<Record<string, string>> }
  | { readonly kind: CapacityMessage; readonly to: readonly (string | null)[] };

const ofCheckIn = (
  operation: string,
  action: 'capacity.ask' | 'capacity.answer' | 'capacity.allocate',
  change: (tx: Tx, held: Held, input: OnCheckIn, turn: Turn) => Promise<Outcome>,
): Change<OnCheckIn, Held, CheckIn> => ({
  operation,
  purpose: 'casework',
  input: onCheckIn,
  lock: async (tx, { checkInId }) => {
    const [checkIn, employment] = await Promise.all([lockCheckIn(tx, checkInId), employmentPath(tx)]);
    return checkIn && { checkIn, employment };
  },
  right: ({ checkIn, employment }) => ({ action, subject: checkInSubject(checkIn, employment) }),
  last: ({ checkIn: { version, changedBy, changedAt } }) => ({ version, by: changedBy, at: changedAt }),
  async apply({ tx, input, subject: held, turn }) {
    const outcome = await change(tx, held, input, turn);
    if ('problems' in outcome) return { kind: 'invalid', problems: outcome.problems };
    const now = await reread(tx, held.checkIn.id);
    return {
      kind: 'done',
      result: now,
      logged: { action: 'change', citizenId: now.citizen.id, referralId: now.referralId },
      tellings: tellings(outcome.kind, now, outcome.to, turn),
    };
  },
});

/** Those on SF's side who asked: they hear of every answer. */
const askers = ({ askedBy, caseworkerId, supporterId }: CheckIn) => [
  askedBy.active ? askedBy.id : null,
  caseworkerId,
  supporterId,
];
const CLOSED = { problems: { '': 'closedAlready' } } as const;

/** Answers, wholly or in part; an answer that was sent is corrected by another version of it. */
export const answerCheckIn = ofCheckIn('capacity.answer', 'capacity.answer', async (tx, { checkIn }, input, turn) => {
  if (checkIn.outcome === 'taken_back') return CLOSED;
  const partly = input['partly'] === 'true' && checkIn.closedAt === null;
  const parsed = parseForm(answerForm, input);
  if (!parsed.ok) return { problems: parsed.problems };
  const { answers } = parsed;
  const problems = problemsOf(answers, partly, turn);
  if (Object.keys(problems).length > 0) return { problems };
  const { capacity: capacityOere, expected: expectedOere, ...rest } = answers;
  const answer: AnswerToKeep = {
    ...rest,
    capacityOere,
    expectedOere,
    partly,
    version: (checkIn.answer?.version ?? 0) + 1,
  };
  await addAnswer(tx, checkIn, answer, turn.actor.staffId, turn.now);
  await changeCheckIn(tx, checkIn.id, partly ? {} : { outcome: 'answered' }, turn.actor.staffId, turn.now);
  return { kind: 'capacity.answered', to: askers(checkIn) };
});

type Answers = { readonly [Name in keyof typeof answerForm]: string | number | null };

function problemsOf(answers: Answers, partly: boolean, { today }: Turn): Record<string, string> {
  const { capacity, certainty, expected, expectedFrom, measure, measureDueOn, incomeKind, incomeUntil } = answers;
  const day = (value: string | number | null) => (typeof value === 'string' ? value : null);
  const kinds: readonly string[] = incomeKindsOn(today);
  return {
    ...(partly && Object.values(answers).every((value) => value === null) && { '': 'nothing' }),
    ...(!partly && capacity === null && { capacity: 'capacity' }),
    ...(capacity !== null && certainty === null && { certainty: 'certainty' }),
    ...((expected === null) !== (expectedFrom === null) && {
      [expected === null ? 'expected' : 'expectedFrom']: 'expectedBoth',
    }),
    ...((measure === null) !== (measureDueOn === null) && {
      [measure === null ? 'measure' : 'measureDueOn']: 'measureBoth',
    }),
    ...(incomeKind !== null && !kinds.includes(String(incomeKind)) && { incomeKind: 'kindEnded' }),
    ...farAway(
      { incomeUntil: day(incomeUntil), expectedFrom: day(expectedFrom), measureDueOn: day(measureDueOn) },
      today,
      15,
    ),
  };
}

export const cannotJudge = ofCheckIn('capacity.cannot', 'capacity.answer', async (tx, { checkIn }, input, turn) => {
  if (checkIn.closedAt !== null) return CLOSED;
  const parsed = parseForm(cannotForm, input);
  if (!parsed.ok) return { problems: parsed.problems };
  await changeCheckIn(tx, checkIn.id, { outcome: 'cannot_judge', ...parsed.answers }, turn.actor.staffId, turn.now);
  return { kind: 'capacity.answered', to: askers(checkIn) };
});

/** `Ikke min borger`: back to the queue. */
export const sendOn = ofCheckIn('capacity.send-on', 'capacity.answer', async (tx, { checkIn }, _input, turn) => {
  if (checkIn.closedAt !== null) return CLOSED;
  await changeCheckIn(tx, checkIn.id, { ownerId: null }, turn.actor.staffId, turn.now);
  return { kind: 'capacity.sent-on', to: await allocators(tx, turn) };
});

export const allocate = ofCheckIn(
  'capacity.allocate',
  'capacity.allocate',
  async (tx, { checkIn, employment }, input, turn) => {
    if (checkIn.closedAt !== null) return CLOSED;
    const parsed = parseForm({ colleague: staffMember() }, input);
    if (!parsed.ok) return { problems: parsed.problems };
    const { colleague } = parsed.answers;
    const possible = await staffBelow(tx, ['bif_caseworker'], employment ?? '-');
    if (!possible.some(({ id }) => id === colleague)) return { problems: { colleague: 'choose' } };
    await changeCheckIn(tx, checkIn.id, { ownerId: colleague }, turn.actor.staffId, turn.now);
    return { kind: 'capacity.allocated', to: [colleague] };
  },
);

export const takeBack = ofCheckIn('capacity.take-back', 'capacity.ask', async (tx, { checkIn }, _input, turn) => {
  if (checkIn.closedAt !== null) return CLOSED;
  await changeCheckIn(tx, checkIn.id, { outcome: 'taken_back' }, turn.actor.staffId, turn.now);
  return { kind: 'capacity.taken-back', to: checkIn.owner ? [checkIn.owner.id] : await allocators(tx, turn) };
});

/** Whether this person may ask BIF about the case. */
export const mayAsk = (file: CaseFile, turn: Pick<Turn, 'actor'>): boolean =>
  mayDo(turn.actor, 'capacity.ask', accessSubject(file)).allowed;
