/** Ending a step with one of its outcomes, and keeping one half done. */
import { z } from 'zod';
import type { CaseFacts, Outcome } from '../../domain/referral/definition.ts';
import { draftOf, parseForm } from '../../domain/referral/form.ts';
import { follow } from '../../domain/referral/way.ts';
import {
  advanceCase,
  type BeginPass,
  type CaseFile,
  type EndPass,
  factsOf,
  lockCase,
  type Pass,
  rereadCase,
  saveStepDraft,
} from '../../store/cases.ts';
import type { Instant } from '../../domain/time.ts';
import type { Tx } from '../../store/database.ts';
import type { Turn } from '../context.ts';
import { type Applied, type Change, type LastChange, MalformedPressError, stampSchema } from '../act.ts';
import { accessSubject, caseworkersFor, isBarred, type OpenStep, openStep } from './case.ts';
import { tellAbsent, tellOfStep } from './tellings.ts';
import { wayVersion } from './versions.ts';

export const caseStamp = stampSchema.extend({ caseId: z.uuid() });
const completing = z.looseObject({ ...caseStamp.shape, outcome: z.string().max(40).optional() });
const saving = z.looseObject(caseStamp.shape);
type Completing = z.infer<typeof completing>;

export const lastChangeOf = (file: CaseFile): LastChange => ({
  version: file.version,
  by: file.changedBy?.name ?? null,
  at: file.changedAt,
});

/** How the access log has a change of a case. */
export const changeOf = ({ id, citizen }: CaseFile) =>
  ({ action: 'change', citizenId: citizen.id, referralId: id }) as const;

/** The input id of the reason for an outcome: each outcome has its own list. */
export const reasonInput = (outcome: string) => `reason_${outcome}`;

const lockOpenCase = async (tx: Tx, { caseId }: { caseId: string }): Promise<CaseFile | null> => lockCase(tx, caseId);

/** Who may do the step that is open; a case with none open is looked at as seen only, and the stale version refuses it. */
const stepRight = (file: CaseFile) => {
  const open = openStep(file);
  return { action: open ? (`step.${open.step.party}` as const) : ('case.see' as const), subject: accessSubject(file) };
};

export interface StepDone {
  /** The case after the change. */
  readonly file: CaseFile;
  readonly passId: string;
  readonly outcome: string;
}

export const completeStep: Change<Completing, CaseFile, StepDone> = {
  operation: 'referral.complete-step',
  purpose: 'casework',
  input: completing,
  lock: lockOpenCase,
  right: stepRight,
  last: lastChangeOf,
  async apply({ tx, input, subject: file, turn, onBehalfOf }): Promise<Applied<StepDone>> {
    const open = openStep(file);
    if (!open) return { kind: 'invalid', problems: { '': 'nothingOpen' } };
    if (isBarred(file, open.step, turn.actor, onBehalfOf?.staffId ?? null))
      return { kind: 'invalid', problems: { '': 'ownNomination' } };
    const judged = await judge(tx, file, open, input, turn.today.toString());
    if ('problems' in judged) return { kind: 'invalid', problems: judged.problems };

    const { outcome, reason, definition, answers } = judged;
    const by = turn.actor.staffId;
    const way = wayVersion(file.wayVersion);
    const next = follow(way, open.step.id, definition.to);
    const facts = open.step.facts?.(answers as never) ?? {};
    const end = {
      passId: open.pass.id,
      outcome,
      reason,
      answers,
      by,
      onBehalfOf: onBehalfOf?.staffId ?? null,
      at: turn.now,
    };
    const closed = next.kind === 'stop' ? { at: turn.now, reason: reason ?? outcome } : undefined;
    const begin =
      next.kind === 'step'
        ? {
            step: next.step.id,
            ordinal: open.pass.ordinal + 1,
            wayVersion: way.version,
            startedOn: turn.today,
            at: turn.now,
          }
        : null;
    const begun = await advanceCase(tx, file.id, {
      end,
      change: { by, at: turn.now, facts, ...(closed && { closed }) },
      begin,
    });
    // A new caseworker has a name that only the store knows; all else is known here, and reading a case is most of a change's cost.
    const after =
      facts.caseworkerId === undefined
        ? advanced(file, turn, {
            end,
            facts,
            closed,
            begin: begin && begun ? { ...begin, id: begun } : null,
            onBehalfOf,
          })
        : await rereadCase(tx, file);
    const tells = definition.tells ?? [];
    return {
      kind: 'done',
      result: { file: after, passId: open.pass.id, outcome },
      logged: changeOf(file),
      tellings: await tellOfStep(tx, turn, after, { passId: open.pass.id, tells }, onBehalfOf?.staffId ?? null),
    };
  },
};

interface Advance {
  readonly end: EndPass;
  readonly facts: CaseFacts;
  readonly closed: { readonly at: Instant; readonly reason: string } | undefined;
  readonly begin: (Omit<BeginPass, 'caseId'> & { readonly id: string }) | null;
  readonly onBehalfOf: { readonly staffId: string; readonly name: string } | null;
}

/** The case as `advanceCase` has left it; the tests hold it against what the store reads. */
function advanced(file: CaseFile, turn: Turn, { end, facts, closed, begin, onBehalfOf }: Advance): CaseFile {
  const doer = { id: turn.actor.staffId, name: turn.actor.name };
  const ended = {
    endedAt: end.at,
    outcome: end.outcome,
    reason: end.reason,
    answers: end.answers === null ? null : { ...end.answers },
    endedBy: doer,
    onBehalfOf: onBehalfOf && { id: onBehalfOf.staffId, name: onBehalfOf.name },
  };
  const begun: Pass[] = begin
    ? [
        {
          id: begin.id,
          step: begin.step,
          ordinal: begin.ordinal,
          startedOn: begin.startedOn,
          clockFrom: begin.startedOn,
          startedAt: begin.at,
          endedAt: null,
          outcome: null,
          reason: null,
          endedBy: null,
          onBehalfOf: null,
          answers: null,
          citizenToldOn: null,
          named: null,
        },
      ]
    : [];
  return {
    ...file,
    version: file.version + 1,
    changedAt: turn.now,
    changedBy: doer,
    facts: { ...file.facts, ...facts },
    closedAt: closed?.at ?? file.closedAt,
    closeReason: closed?.reason ?? file.closeReason,
    draft: null,
    passes: [...file.passes.map((pass) => (pass.id === end.passId ? { ...pass, ...ended } : pass)), ...begun],
  };
}

type Judged =
  | { readonly problems: Readonly<Record<string, string>> }
  | {
      readonly outcome: string;
      readonly reason: string | null;
      readonly definition: Outcome;
      readonly answers: Readonly<Record<string, unknown>>;
    };

/** Parses the answers and asks the definition whether this outcome may be chosen with them. */
async function judge(tx: Tx, file: CaseFile, { step }: OpenStep, input: Completing, today: string): Promise<Judged> {
  const parsed = parseForm(step.form, input);
  if (!parsed.ok) return { problems: parsed.problems };
  const answers = parsed.answers as Readonly<Record<string, unknown>>;

  for (const [name, field] of Object.entries(step.form)) {
    if (field.kind !== 'staff') continue;
    const choices = await caseworkersFor(tx, file);
    if (!choices.some(({ id }) => id === answers[name])) return { problems: { [name]: 'choose' } };
  }

  const outcome = step.outcomeOf?.(answers as never) ?? input.outcome ?? '';
  const definition = Object.hasOwn(step.outcomes, outcome) ? step.outcomes[outcome] : undefined;
  if (!definition) throw new MalformedPressError(`step '${step.id}' has no outcome '${outcome}'`);
  const given = input[reasonInput(outcome)];
  const reason = typeof given === 'string' && definition.reasons?.includes(given) ? given : null;
  if (definition.reasons && reason === null) return { problems: { [reasonInput(outcome)]: 'reason', '': 'reason' } };

  const problems = step.check?.(answers as never, outcome, { facts: factsOf(file), today }) ?? {};
  return Object.keys(problems).length > 0 ? { problems } : { outcome, reason, definition, answers };
}

export const saveStep: Change<z.infer<typeof saving>, CaseFile, { file: CaseFile }> = {
  operation: 'referral.save-step',
  purpose: 'casework',
  input: saving,
  lock: lockOpenCase,
  right: stepRight,
  last: lastChangeOf,
  async apply({ tx, input, subject: file, turn, onBehalfOf }) {
    const open = openStep(file);
    if (!open) return { kind: 'invalid', problems: { '': 'nothingOpen' } };
    if (isBarred(file, open.step, turn.actor, onBehalfOf?.staffId ?? null))
      return { kind: 'invalid', problems: { '': 'ownNomination' } };
    const { kept, refused } = draftOf(open.step.form, input);
    if (refused.length > 0)
      return { kind: 'invalid', problems: Object.fromEntries(refused.map((name) => [name, 'cpr'])) };
    const { staffId, name } = turn.actor;
    await saveStepDraft(tx, file.id, { passId: open.pass.id, staffId, input: kept, at: turn.now });
    const after: CaseFile = {
      ...file,
      version: file.version + 1,
      changedAt: turn.now,
      changedBy: { id: staffId, name },
      draft: { input: kept, version: (file.draft?.version ?? 0) + 1, by: name, at: turn.now },
    };
    return {
      kind: 'done',
      result: { file: after },
      logged: changeOf(file),
      tellings: tellAbsent(after, onBehalfOf),
    };
  },
};
