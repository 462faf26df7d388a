/** Ending a step with one of its outcomes, and keeping one half done. */
import { z } from 'zod';
import type { Action } from '../../domain/access.ts';
import type { Outcome } from '../../domain/referral/definition.ts';
import { draftOf, parseForm } from '../../domain/referral/form.ts';
import { type CaseFile, lockCase, saveStepDraft } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import type { Turn } from '../context.ts';
import { type Applied, type Change, type LastChange, MalformedPressError, stampSchema } from '../act.ts';
import { accessSubject, besideStep, contextOf, isBarred, openStep, partyOf, type StepToDo } from './case.ts';
import { carryOut } from './carry-out.ts';
import { staffChoices } from './choices.ts';
import { tellAbsent } from './tellings.ts';

export const caseStamp = stampSchema.extend({ caseId: z.uuid() });
const completing = z.looseObject({
  ...caseStamp.shape,
  outcome: z.string().max(40).optional(),
  /** A step that is done beside the open one. */
  beside: z.string().max(40).optional(),
});
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

const toDo = (file: CaseFile, { beside }: { readonly beside?: string | undefined }): StepToDo | null =>
  beside === undefined ? openStep(file) : besideStep(file, beside);

/** Who may do the step, or choose the outcome; a case with none open is looked at as seen only, and the stale version refuses it. */
function stepRight(file: CaseFile, { beside, outcome = '' }: Pick<Completing, 'beside' | 'outcome'>) {
  const doing = toDo(file, { beside });
  const action: Action = doing ? `step.${partyOf(doing.step, outcome)}` : 'case.see';
  return { action, subject: accessSubject(file) };
}

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
    const doing = toDo(file, input);
    if (!doing) return { kind: 'invalid', problems: { '': 'nothingOpen' } };
    if (isBarred(file, doing.step, turn.actor, onBehalfOf?.staffId ?? null))
      return { kind: 'invalid', problems: { '': 'ownNomination' } };
    const judged = await judge(tx, file, doing, input, turn);
    if ('problems' in judged) return { kind: 'invalid', problems: judged.problems };
    const done = await carryOut(tx, { ...turn, onBehalfOf }, file, { ...doing, ...judged });
    if ('problems' in done) return { kind: 'invalid', problems: done.problems };
    const { tellings, ...result } = done;
    return { kind: 'done', result, logged: changeOf(file), tellings };
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
async function judge(tx: Tx, file: CaseFile, { step }: StepToDo, input: Completing, turn: Turn): Promise<Judged> {
  const parsed = parseForm(step.form, input);
  if (!parsed.ok) return { problems: parsed.problems };
  const answers = parsed.answers as Readonly<Record<string, unknown>>;

  for (const [name, field] of Object.entries(step.form)) {
    if (field.kind !== 'staff' || answers[name] === null) continue;
    const choices = await staffChoices(tx, file, field);
    if (!choices.some(({ id }) => id === answers[name])) return { problems: { [name]: 'choose' } };
  }

  const outcome = step.outcomeOf?.(answers as never) ?? input.outcome ?? '';
  const definition = Object.hasOwn(step.outcomes, outcome) ? step.outcomes[outcome] : undefined;
  if (!definition || definition.by === 'nobody')
    throw new MalformedPressError(`step '${step.id}' has no outcome '${outcome}'`);
  const given = input[reasonInput(outcome)];
  const reason = typeof given === 'string' && definition.reasons?.includes(given) ? given : null;
  if (definition.reasons && reason === null) return { problems: { [reasonInput(outcome)]: 'reason', '': 'reason' } };

  const problems = step.check?.(answers as never, outcome, contextOf(file, turn.today)) ?? {};
  return Object.keys(problems).length > 0 ? { problems } : { outcome, reason, definition, answers };
}

export const saveStep: Change<z.infer<typeof saving>, CaseFile, { file: CaseFile }> = {
  operation: 'referral.save-step',
  purpose: 'casework',
  input: saving,
  lock: lockOpenCase,
  right: (file) => stepRight(file, {}),
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
