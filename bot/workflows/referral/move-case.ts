/** Going back, stopping, opening again, and changing hands. */
import { z } from 'zod';
import type { Action } from '../../domain/access.ts';
import type { WayVersion } from '../../domain/referral/definition.ts';
import { enteredAt, follow, mayGoBackTo, stepOf } from '../../domain/referral/way.ts';
import {
  beginPass,
  type CaseFile,
  endPass,
  factsOf,
  nextOrdinal,
  rereadCase,
  hasOpenCase,
  lockCase,
  openPass,
  touchCase,
  type CaseChange,
} from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { type Applied, type Change } from '../act.ts';
import type { Turn } from '../context.ts';
import { accessSubject, caseworkersFor, openStep, standsAt, waysPasses } from './case.ts';
import { caseStamp, changeOf, lastChangeOf, reasonInput } from './complete-step.ts';
import { hasHome, livesInHome } from './home.ts';
import { releaseHome } from './lease-effects.ts';
import { tellOfMove } from './tellings.ts';
import { wayVersion } from './versions.ts';

export interface Moved {
  readonly file: CaseFile;
}

/** The outcomes that a pass gets when the case leaves the step without one of the step's own. */
export const MOVED_BACK = 'moved_back';
export const STOPPED = 'stopped';

const moving = z.looseObject({
  ...caseStamp.shape,
  step: z.string().max(60).optional(),
  colleague: z.string().max(60).optional(),
});
type Moving = z.infer<typeof moving>;
type Problems = { readonly problems: Readonly<Record<string, string>> };

interface Move {
  readonly operation: string;
  readonly action: Action;
  /** What happens inside the transaction; the problems when it cannot. */
  readonly move: (
    tx: Tx,
    turn: Turn,
    file: CaseFile,
    input: Moving,
    onBehalfOfId: string | null,
  ) => Promise<Problems | (CaseChange & { tell?: readonly string[]; homeReleased?: boolean })>;
}

const given = (input: Moving, name: string, allowed: readonly string[]): string | null => {
  const value = input[name];
  return typeof value === 'string' && allowed.includes(value) ? value : null;
};
const problem = (name: string, code: string): Problems => ({ problems: { [name]: code, '': code } });

/** The pass that the change ended, or `''`: going back and stopping end one; changing hands only at the attachment. */
function endedBetween(before: CaseFile, after: CaseFile): string {
  const ended = new Set(before.passes.filter(({ endedAt }) => endedAt).map(({ id }) => id));
  return after.passes.findLast(({ id, endedAt }) => endedAt && !ended.has(id))?.id ?? '';
}

/** Everything that a move shares with the others: lock, right, the case's version, and who is told. */
function move({ operation, action, move: apply }: Move): Change<Moving, CaseFile, Moved> {
  return {
    operation,
    purpose: 'casework',
    input: moving,
    lock: (tx, { caseId }) => lockCase(tx, caseId),
    right: (file) => ({ action, subject: accessSubject(file) }),
    last: lastChangeOf,
    async apply({ tx, input, subject: file, turn, onBehalfOf }): Promise<Applied<Moved>> {
      const moved = await apply(tx, turn, file, input, onBehalfOf?.staffId ?? null);
      if ('problems' in moved) return { kind: 'invalid', problems: moved.problems };
      const { tell = [], homeReleased = false, ...change } = moved;
      await touchCase(tx, file.id, change);
      const after = await rereadCase(tx, file);
      const stoodInFor = onBehalfOf ? [onBehalfOf.staffId] : [];
      return {
        kind: 'done',
        result: { file: after },
        logged: changeOf(file),
        tellings: await tellOfMove(
          tx,
          turn,
          after,
          // Who offered a home learns that it is free again.
          ['shelter', 'caseworker', ...(homeReleased ? (['housing'] as const) : [])],
          [...tell, ...stoodInFor],
          endedBetween(file, after),
        ),
      };
    },
  };
}

/**
 * Ends the open pass with the reason; resolves to the ordinal of the next. Where the way had ended, the step it stands
 * at is passed once more, so that who sent it back, and why, is kept.
 */
async function leave(
  tx: Tx,
  turn: Turn,
  file: CaseFile,
  outcome: string,
  reason: string,
  onBehalfOf: string | null,
): Promise<number> {
  const open = openPass(file);
  const passId = open?.id ?? (await enter(tx, turn, file, standsAt(file).step));
  await endPass(tx, { passId, outcome, reason, answers: null, by: turn.actor.staffId, onBehalfOf, at: turn.now });
  return nextOrdinal(file) + (open ? 0 : 1);
}

const enter = (tx: Tx, turn: Turn, file: CaseFile, step: string, ordinal = nextOrdinal(file)) =>
  beginPass(tx, {
    caseId: file.id,
    step,
    ordinal,
    wayVersion: file.wayVersion,
    startedOn: turn.today,
    at: turn.now,
  });

const changed = (turn: Turn) => ({ by: turn.actor.staffId, at: turn.now });

export const goBack = move({
  operation: 'referral.go-back',
  action: 'case.move',
  async move(tx, turn, file, input, onBehalfOf) {
    if (file.closedAt) return problem('', 'caseClosed');
    const way = wayVersion(file.wayVersion);
    const earlier = mayGoBackTo(way, standsAt(file).step, factsOf(file));
    const step = given(input, 'step', earlier);
    if (!step) return problem('step', 'choose');
    const reason = given(input, reasonInput('back'), way.backReasons);
    if (!reason) return problem(reasonInput('back'), 'reason');
    const ordinal = await leave(tx, turn, file, MOVED_BACK, reason, onBehalfOf);
    const homeReleased = losesHome(way, step) && (await releaseHome(tx, file, turn, MOVED_BACK));
    await enter(tx, turn, file, enteredAt(way, step, hasHome(file), factsOf(file)).id, ordinal);
    return { ...changed(turn), homeReleased };
  },
});

/** Whether a case that goes back there gives up the home that it has been offered: where an offer is made, or before. */
function losesHome(way: WayVersion, stepId: string): boolean {
  const offerId = way.home.find(({ needsHome }) => needsHome !== undefined)?.needsHome;
  const at = (id: string | undefined) => way.home.findIndex((step) => step.id === id);
  return at(stepId) <= at(offerId);
}

export const stopCase = move({
  operation: 'referral.stop',
  action: 'case.move',
  async move(tx, turn, file, input, onBehalfOf) {
    if (file.closedAt) return problem('', 'caseClosed');
    const reason = given(input, reasonInput('stop'), wayVersion(file.wayVersion).stopReasons);
    if (!reason) return problem(reasonInput('stop'), 'reason');
    // Whoever lives somewhere goes on living there: the home is ended by who follows up, or it never ends.
    if (livesInHome(file)) return problem(reasonInput('stop'), 'livesThere');
    if (openPass(file)) await leave(tx, turn, file, STOPPED, reason, onBehalfOf);
    const homeReleased = await releaseHome(tx, file, turn, reason);
    return { ...changed(turn), homeReleased, closed: { at: turn.now, reason } };
  },
});

/**
 * Where a closed case goes on: at the step where it was stopped; nowhere when the way had ended before, as it has again. A step that closed the case itself, as a refusal does,
 * is not simply asked again: the case goes on with those who brought it there.
 */
function reopenedAt(file: CaseFile): string | null {
  const last = standsAt(file);
  if (last.outcome === null || last.outcome === STOPPED) return last.step;
  const way = wayVersion(file.wayVersion);
  const { outcomes, party } = stepOf(way, last.step);
  const { to, reopensAt } = outcomes[last.outcome] ?? {};
  if (to === 'end') return null;
  if (reopensAt !== undefined) return reopensAt;
  return waysPasses(file).findLast(({ step }) => stepOf(way, step).party !== party)?.step ?? last.step;
}

export const reopenCase = move({
  operation: 'referral.reopen',
  action: 'case.move',
  async move(tx, turn, file) {
    if (!file.closedAt) return problem('', 'caseOpen');
    if (await hasOpenCase(tx, file.citizen.id)) return problem('', 'otherCaseOpen');
    const step = reopenedAt(file);
    if (step !== null) {
      const way = wayVersion(file.wayVersion);
      await enter(tx, turn, file, enteredAt(way, step, hasHome(file), factsOf(file)).id);
    }
    return { ...changed(turn), closed: null };
  },
});

/** To give a case a caseworker is what the attachment asks for, if the case still waits there. */
async function attach(tx: Tx, turn: Turn, file: CaseFile, caseworker: string, onBehalfOf: string | null) {
  const open = openStep(file);
  if (open?.step.id !== 'attachment') return;
  await endPass(tx, {
    passId: open.pass.id,
    outcome: 'attached',
    reason: null,
    answers: { caseworker },
    by: turn.actor.staffId,
    onBehalfOf,
    at: turn.now,
  });
  const next = follow(wayVersion(file.wayVersion), open.step.id, 'next', factsOf(file));
  if (next.kind === 'step') await enter(tx, turn, file, next.step.id);
}

export const takeOver = move({
  operation: 'referral.take-over',
  action: 'case.take',
  async move(tx, turn, file, _input, onBehalfOf) {
    if (file.closedAt) return problem('', 'caseClosed');
    const taker = turn.actor.staffId;
    if (file.caseworker?.id === taker) return problem('', 'alreadyYours');
    await attach(tx, turn, file, taker, onBehalfOf);
    return { ...changed(turn), caseworkerId: taker, tell: file.caseworker ? [file.caseworker.id] : [] };
  },
});

export const handOver = move({
  operation: 'referral.hand-over',
  action: 'case.hand-over',
  async move(tx, turn, file, input, onBehalfOf) {
    if (file.closedAt) return problem('', 'caseClosed');
    const colleagues = await caseworkersFor(tx, file);
    const colleague = given(
      input,
      'colleague',
      colleagues.map(({ id }) => id),
    );
    if (!colleague || colleague === file.caseworker?.id) return problem('colleague', 'choose');
    await attach(tx, turn, file, colleague, onBehalfOf);
    return { ...changed(turn), caseworkerId: colleague, tell: file.caseworker ? [file.caseworker.id] : [] };
  },
});
