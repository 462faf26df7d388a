/** Ending a step with one of its outcomes, and keeping one half done. */
import { z } from 'zod';
import type { Outcome } from '../../domain/referral/definition.ts';
import { draftOf, parseForm } from '../../domain/referral/form.ts';
import { follow } from '../../domain/referral/way.ts';
import {
  beginPass,
  type CaseFile,
  endPass,
  factsOf,
  rereadCase,
  lockCase,
  saveStepDraft,
  touchCase,
} from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { type Applied, type Change, type LastChange, MalformedPressError, stampSchema } from '../act.ts';
import { accessSubject, caseworkersFor, isBarred, type OpenStep, openStep } from './case.ts';
import { tellOfStep } from './tellings.ts';
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
    await endPass(tx, {
      passId: open.pass.id,
      outcome,
      reason,
      answers,
      by,
      onBehalfOf: onBehalfOf?.staffId ?? null,
      at: turn.now,
    });
    const way = wayVersion(file.wayVersion);
    const next = follow(way, open.step.id, definition.to);
    await touchCase(tx, file.id, {
      by,
      at: turn.now,
      facts: open.step.facts?.(answers as never) ?? {},
      ...(next.kind === 'stop' && { closed: { at: turn.now, reason: reason ?? outcome } }),
    });
    if (next.kind === 'step') {
      await beginPass(tx, {
        caseId: file.id,
        step: next.step.id,
        ordinal: open.pass.ordinal + 1,
        wayVersion: way.version,
        startedOn: turn.today,
        at: turn.now,
      });
    }
    const after = await rereadCase(tx, file);
    const tells = definition.tells ?? [];
    return {
      kind: 'done',
      result: { file: after, passId: open.pass.id, outcome },
      logged: changeOf(file),
      tellings: await tellOfStep(tx, turn, after, { passId: open.pass.id, tells }, onBehalfOf?.staffId ?? null),
    };
  },
};

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
    await saveStepDraft(tx, { passId: open.pass.id, staffId: turn.actor.staffId, input: kept, at: turn.now });
    await touchCase(tx, file.id, { by: turn.actor.staffId, at: turn.now });
    const after = await rereadCase(tx, file);
    return {
      kind: 'done',
      result: { file: after },
      logged: changeOf(file),
      tellings: [],
    };
  },
};
