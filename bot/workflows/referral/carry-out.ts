/** What an outcome does once it may be chosen: the step's effect, the case moved on, and who hears of it. */
import type { CaseFacts, Outcome } from '../../domain/referral/definition.ts';
import { follow } from '../../domain/referral/way.ts';
import {
  addBesidePass,
  advanceCase,
  type BeginPass,
  type CaseFile,
  type EndPass,
  factsOf,
  markCitizenTold,
  nextOrdinal,
  type Pass,
  rereadCase,
  touchCase,
} from '../../store/cases.ts';
import type { Instant } from '../../domain/time.ts';
import type { Tx } from '../../store/database.ts';
import type { Telling } from '../../store/outbox.ts';
import type { Turn } from '../context.ts';
import type { StepToDo } from './case.ts';
import { tellOfStep } from './tellings.ts';
import { stepIn, wayVersion } from './versions.ts';

type Person = { readonly staffId: string; readonly name: string };

/** Who brings the outcome about; nobody where time alone does. */
export interface Doer extends Pick<Turn, 'deps' | 'now' | 'today'> {
  readonly actor: Person | null;
  readonly onBehalfOf: Person | null;
}

export interface Chosen extends StepToDo {
  readonly outcome: string;
  readonly reason: string | null;
  readonly definition: Outcome;
  readonly answers: Readonly<Record<string, unknown>>;
}

export interface CarriedOut {
  /** The case after the change. */
  readonly file: CaseFile;
  readonly passId: string;
  readonly outcome: string;
  readonly tellings: readonly Telling[];
}

type Problems = { readonly problems: Readonly<Record<string, string>> };

export async function carryOut(
  tx: Tx,
  doer: Doer,
  file: CaseFile,
  { step, pass, outcome, reason, definition, answers }: Chosen,
): Promise<CarriedOut | Problems> {
  const { now, today, actor, onBehalfOf } = doer;
  const by = actor?.staffId ?? null;
  const { effect } = stepIn(file.wayVersion, step.id);
  const effected = effect ? await effect({ tx, turn: doer, by, file, outcome, reason }, answers as never) : {};
  if ('problems' in effected) return effected;

  const facts: CaseFacts = { ...step.facts?.(answers as never, factsOf(file)), ...effected.facts };
  const ended = { outcome, reason, answers, by, onBehalfOf: onBehalfOf?.staffId ?? null, at: now };
  const begins = {
    caseId: file.id,
    ordinal: nextOrdinal(file),
    wayVersion: file.wayVersion,
    startedOn: today,
    at: now,
  };
  const told = { tells: definition.tells ?? [], onBehalfOfId: ended.onBehalfOf };

  if (!pass) {
    const passId = await addBesidePass(tx, { ...begins, step: step.id }, ended);
    await touchCase(tx, file.id, { by, at: now, facts });
    const after = await rereadCase(tx, file);
    return {
      ...{ file: after, passId, outcome },
      tellings: await tellOfStep(tx, doer, after, { passId, ...told, beside: true }),
    };
  }

  const next = follow(wayVersion(file.wayVersion), step.id, definition.to, { ...factsOf(file), ...facts });
  const end: EndPass = { ...ended, passId: pass.id };
  const closed = next.kind === 'stop' ? { at: now, reason: reason ?? outcome } : undefined;
  const begin = next.kind === 'step' ? { ...begins, step: next.step.id, dueOn: effected.nextDueOn ?? null } : null;
  const begun = await advanceCase(tx, file.id, {
    end,
    change: { by, at: now, facts, ...(closed && { closed }) },
    begin,
  });
  if (by !== null && definition.citizenKnows?.(answers)) await markCitizenTold(tx, { passId: pass.id, on: today, by });
  // What an effect wrote, and the name of somebody new, only the store knows; all else is known here, and reading a
  // case is most of a change's cost.
  const namesSomebody = [facts.caseworkerId, facts.supportWorkerId, facts.responsibleId].some(Boolean);
  const after =
    effect || namesSomebody
      ? await rereadCase(tx, file)
      : advanced(file, doer, { end, facts, closed, begin: begin && begun ? { ...begin, id: begun } : null });
  return {
    ...{ file: after, passId: pass.id, outcome },
    tellings: await tellOfStep(tx, doer, after, { passId: pass.id, ...told }),
  };
}

interface Advance {
  readonly end: EndPass;
  readonly facts: CaseFacts;
  readonly closed: { readonly at: Instant; readonly reason: string } | undefined;
  readonly begin: (Omit<BeginPass, 'caseId'> & { readonly id: string }) | null;
}

const personOf = (who: Person | null) => who && { id: who.staffId, name: who.name };

/** The case as `advanceCase` has left it; the tests hold it against what the store reads. */
function advanced(file: CaseFile, doer: Doer, { end, facts, closed, begin }: Advance): CaseFile {
  const ended = {
    endedAt: end.at,
    outcome: end.outcome,
    reason: end.reason,
    answers: end.answers === null ? null : { ...end.answers },
    endedBy: personOf(doer.actor),
    onBehalfOf: personOf(doer.onBehalfOf),
  };
  const begun: Pass[] = begin
    ? [
        {
          ...{ id: begin.id, step: begin.step, ordinal: begin.ordinal, beside: false },
          ...{ startedOn: begin.startedOn, clockFrom: begin.startedOn, dueOn: begin.dueOn ?? null },
          ...{ startedAt: begin.at, endedAt: null, outcome: null, reason: null, endedBy: null, onBehalfOf: null },
          ...{ answers: null, citizenToldOn: null, named: null },
        },
      ]
    : [];
  return {
    ...file,
    version: file.version + 1,
    changedAt: doer.now,
    changedBy: personOf(doer.actor),
    facts: { ...file.facts, ...facts },
    closedAt: closed?.at ?? file.closedAt,
    closeReason: closed?.reason ?? file.closeReason,
    draft: null,
    passes: [...file.passes.map((pass) => (pass.id === end.passId ? { ...pass, ...ended } : pass)), ...begun],
  };
}
