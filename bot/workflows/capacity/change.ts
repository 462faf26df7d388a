/** The changes of a check-in: asked, answered in its two parts, sent on, allocated, taken back. */
import { z } from 'zod';
import { type Action, mayDo } from '../../domain/access.ts';
import { askForm, cannotForm } from '../../domain/capacity.ts';
import { deadline } from '../../domain/calendar.ts';
import { parseForm, staffMember } from '../../domain/referral/form.ts';
import type { Instant, PlainDate } from '../../domain/time.ts';
import { type CaseFile, lockCase } from '../../store/cases.ts';
import {
  addAnswer,
  addCheckIn,
  addHousehold,
  addMeasures,
  changeCheckIn,
  endMeasure,
} from '../../store/check-in-changes.ts';
import { type CheckIn, employmentPath, findCheckIn, lastOwnerOf, lockCheckIn } from '../../store/check-ins.ts';
import type { Tx } from '../../store/database.ts';
import { staffBelow } from '../../store/people.ts';
import { type Applied, type Change, stampSchema } from '../act.ts';
import type { Turn } from '../context.ts';
import type { Deps } from '../deps.ts';
import { accessSubject } from '../referral/case.ts';
import { ownersOf } from './owners.ts';
import { readAnswer, readHousehold } from './parts.ts';
import { checkInSubject, measureRights } from './standing.ts';
import { allocators, answerers, askers, type CapacityMessage, tellings } from './tellings.ts';

async function reread(tx: Tx, id: string): Promise<CheckIn> {
  const checkIn = await findCheckIn(tx, id);
  if (!checkIn) throw new Error('A check-in vanished within its own transaction');
  return checkIn;
}

interface Question {
  readonly caseId: string;
  readonly occasion: string;
  /** Null: the plan asks. */
  readonly by: string | null;
  readonly today: PlainDate;
  readonly now: Instant;
}

/**
 * Asks BIF; null when a question of the case is open already. Whoever of BIF answered of this citizen last gets it, otherwise
 * it waits to be allocated.
 */
export async function putQuestion(tx: Tx, { rules }: Pick<Deps, 'rules'>, question: Question): Promise<CheckIn | null> {
  const { caseId: referralId, occasion, by, today, now: at } = question;
  const dueOn = deadline(today, rules.capacity.answerDays, 'arbejdsdage', rules.calendar);
  const ownerId = await lastOwnerOf(tx, referralId);
  const id = await addCheckIn(tx, { referralId, occasion, dueOn, ownerId, by, at });
  return id === null ? null : reread(tx, id);
}

/** Of a question that was just put, those of BIF. */
export const tellAsked = async (tx: Tx, checkIn: CheckIn, today: PlainDate, by: string | null) =>
  tellings('capacity.asked', checkIn, await answerers(tx, checkIn, today), by);

const asking = z.looseObject({ ...stampSchema.shape, caseId: z.uuid() });

export const askBif: Change<z.infer<typeof asking>, CaseFile, CheckIn> = {
  operation: 'capacity.ask',
  purpose: 'casework',
  input: asking,
  lock: (tx, { caseId }) => lockCase(tx, caseId),
  right: (file) => ({ action: 'capacity.ask', subject: accessSubject(file) }),
  async apply({ tx, input, subject: file, turn }) {
    const parsed = parseForm(askForm, input);
    if (!parsed.ok) return { kind: 'invalid', problems: parsed.problems };
    if (file.closedAt) return { kind: 'invalid', problems: { '': 'caseClosed' } };
    const { deps, today, actor, now } = turn;
    const { occasion } = parsed.answers;
    const checkIn = await putQuestion(tx, deps, { caseId: file.id, occasion, by: actor.staffId, today, now });
    if (checkIn === null) return { kind: 'invalid', problems: { '': 'already' } };
    return {
      kind: 'done',
      result: checkIn,
      logged: { action: 'change', citizenId: file.citizen.id, referralId: file.id },
      tellings: await tellAsked(tx, checkIn, today, actor.staffId),
    };
  },
};

const onCheckIn = z.looseObject({ ...stampSchema.shape, checkInId: z.uuid() });
export type OnCheckIn = z.infer<typeof onCheckIn>;

export interface Held {
  readonly checkIn: CheckIn;
  readonly employment: string | null;
}

interface Telling {
  readonly kind: CapacityMessage;
  readonly to: readonly (string | null)[];
}
type Outcome = { readonly problems: Readonly<Record<string, string>> } | readonly Telling[];

interface ChangeOf {
  readonly operation: string;
  readonly action: Action;
  readonly change: (tx: Tx, held: Held, input: OnCheckIn, turn: Turn) => Promise<Outcome>;
}

async function applied(tx: Tx, held: Held, outcome: Outcome, { actor }: Turn): Promise<Applied<CheckIn>> {
  if ('problems' in outcome) return { kind: 'invalid', problems: outcome.problems };
  const now = await reread(tx, held.checkIn.id);
  return {
    kind: 'done',
    result: now,
    logged: { action: 'change', citizenId: now.citizen.id, referralId: now.referralId },
    tellings: outcome.flatMap(({ kind, to }) => tellings(kind, now, to, actor.staffId)),
  };
}

const lock = async (tx: Tx, { checkInId }: OnCheckIn): Promise<Held | null> => {
  const [checkIn, employment] = await Promise.all([lockCheckIn(tx, checkInId), employmentPath(tx)]);
  return checkIn && { checkIn, employment };
};
const last = ({ checkIn: { version, changedBy, changedAt } }: Held) => ({ version, by: changedBy, at: changedAt });

const ofCheckIn = ({ operation, action, change }: ChangeOf): Change<OnCheckIn, Held, CheckIn> => ({
  operation,
  purpose: 'casework',
  input: onCheckIn,
  lock,
  right: ({ checkIn, employment }) => ({ action, subject: checkInSubject(checkIn, employment) }),
  last,
  apply: async ({ tx, input, subject: held, turn }) => applied(tx, held, await change(tx, held, input, turn), turn),
});

const CLOSED = { problems: { '': 'closedAlready' } } as const;

/** Those other than oneself who are to do something about it. */
const toOwners = (added: readonly { readonly ownerId: string }[]): Telling => ({
  kind: 'capacity.measure',
  to: added.map(({ ownerId }) => ownerId),
});

/** BIF's part, whole or not; one that was sent is corrected by another version of it. */
export const answerCheckIn = ofCheckIn({
  operation: 'capacity.answer',
  action: 'capacity.answer',
  async change(tx, { checkIn }, input, turn) {
    if (checkIn.outcome === 'taken_back') return CLOSED;
    const partly = input['partly'] === 'true' && checkIn.closedAt === null;
    const read = readAnswer(input, {
      partly,
      owners: await ownersOf(tx, checkIn, 'bif', turn),
      turn,
      before: checkIn.answer,
    });
    if ('problems' in read) return read;
    const { actor, now } = turn;
    const version = (checkIn.answer?.version ?? 0) + 1;
    await addAnswer(tx, checkIn, { ...read.answer, partly, version }, actor.staffId, now);
    await addMeasures(tx, checkIn.id, read.measures, actor.staffId, now);
    await changeCheckIn(tx, checkIn.id, partly ? {} : { outcome: 'answered' }, actor.staffId, now);
    return [{ kind: 'capacity.answered', to: await askers(tx, checkIn, turn.today) }, toOwners(read.measures)];
  },
});

/** SF's part: what the household spends, and what SF does. */
export const saveHousehold = ofCheckIn({
  operation: 'capacity.household',
  action: 'capacity.ask',
  async change(tx, { checkIn }, input, turn) {
    if (checkIn.outcome === 'taken_back') return CLOSED;
    const read = readHousehold(input, { owners: await ownersOf(tx, checkIn, 'sf', turn), turn });
    if ('problems' in read) return read;
    const { actor, now } = turn;
    const version = (checkIn.household?.version ?? 0) + 1;
    await addHousehold(tx, checkIn.id, { ...read.household, version }, actor.staffId, now);
    await addMeasures(tx, checkIn.id, read.measures, actor.staffId, now);
    await changeCheckIn(tx, checkIn.id, {}, actor.staffId, now);
    return [toOwners(read.measures)];
  },
});

export const cannotJudge = ofCheckIn({
  operation: 'capacity.cannot',
  action: 'capacity.answer',
  async change(tx, { checkIn }, input, { actor, now, today }) {
    if (checkIn.closedAt !== null) return CLOSED;
    const parsed = parseForm(cannotForm, input);
    if (!parsed.ok) return { problems: parsed.problems };
    await changeCheckIn(tx, checkIn.id, { outcome: 'cannot_judge', ...parsed.answers }, actor.staffId, now);
    return [{ kind: 'capacity.answered', to: await askers(tx, checkIn, today) }];
  },
});

/** `Ikke min borger`: back to the queue. */
export const sendOn = ofCheckIn({
  operation: 'capacity.send-on',
  action: 'capacity.answer',
  async change(tx, { checkIn }, _input, { actor, now, today }) {
    if (checkIn.closedAt !== null) return CLOSED;
    await changeCheckIn(tx, checkIn.id, { ownerId: null }, actor.staffId, now);
    return [{ kind: 'capacity.sent-on', to: await allocators(tx, today) }];
  },
});

/** To a colleague in BIF: by whoever allocates, and by whoever has it. */
const givenTo = (operation: string, action: 'capacity.allocate' | 'capacity.answer') =>
  ofCheckIn({
    operation,
    action,
    async change(tx, { checkIn, employment }, input, { actor, now }) {
      if (checkIn.closedAt !== null) return CLOSED;
      const parsed = parseForm({ colleague: staffMember() }, input);
      if (!parsed.ok) return { problems: parsed.problems };
      const { colleague } = parsed.answers;
      const possible = await staffBelow(tx, ['bif_caseworker'], employment ?? '-');
      if (!possible.some(({ id }) => id === colleague)) return { problems: { colleague: 'choose' } };
      await changeCheckIn(tx, checkIn.id, { ownerId: colleague }, actor.staffId, now);
      return [{ kind: 'capacity.allocated', to: [colleague] }];
    },
  });
export const allocate = givenTo('capacity.allocate', 'capacity.allocate');
export const handOver = givenTo('capacity.hand-over', 'capacity.answer');

export const takeBack = ofCheckIn({
  operation: 'capacity.take-back',
  action: 'capacity.ask',
  async change(tx, { checkIn }, _input, { actor, now, today }) {
    if (checkIn.closedAt !== null) return CLOSED;
    await changeCheckIn(tx, checkIn.id, { outcome: 'taken_back' }, actor.staffId, now);
    return [{ kind: 'capacity.taken-back', to: await answerers(tx, checkIn, today) }];
  },
});

const onMeasure = z.looseObject({
  ...onCheckIn.shape,
  measureId: z.uuid(),
  ending: z.enum(['done', 'dropped']),
});
type OnMeasure = z.infer<typeof onMeasure>;

/** Done, or no longer relevant: said by whoever carries it out, and by those whose side it is on. */
export const measureEnding: Change<OnMeasure, Held, CheckIn> = {
  operation: 'capacity.end-measure',
  purpose: 'casework',
  input: onMeasure,
  async lock(tx, input) {
    const held = await lock(tx, input);
    return held?.checkIn.measures.some(({ id }) => id === input.measureId) ? held : null;
  },
  right({ checkIn, employment }, { measureId }) {
    const measure = checkIn.measures.find(({ id }) => id === measureId);
    if (!measure) throw new Error('A check-in is not held without the measure that is asked for');
    return measureRights(checkIn, measure, employment);
  },
  last,
  async apply({ tx, input: { measureId, ending }, subject: held, turn }) {
    const { actor, now } = turn;
    await endMeasure(tx, measureId, ending, actor.staffId, now);
    await changeCheckIn(tx, held.checkIn.id, {}, actor.staffId, now);
    return applied(tx, held, [], turn);
  },
};

/** Whether this person may ask BIF about the case. */
export const mayAsk = (file: CaseFile, turn: Pick<Turn, 'actor'>): boolean =>
  mayDo(turn.actor, 'capacity.ask', accessSubject(file)).allowed;
