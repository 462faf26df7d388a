/** Recording that what a lease brings with it has been seen to: benefit and loan applied for, a subsidy settled. */
import { z } from 'zod';
import type { Action } from '../../domain/access.ts';
import type { DutyKind } from '../../store/case-homes.ts';
import { type CaseFile, lockCase, rereadCase, touchCase } from '../../store/cases.ts';
import { settleDuty } from '../../store/leases.ts';
import type { Change } from '../act.ts';
import { accessSubject } from './case.ts';
import { caseStamp, changeOf, lastChangeOf } from './complete-step.ts';
import { tellAbsent } from './tellings.ts';

const settling = z.looseObject({
  ...caseStamp.shape,
  dutyId: z.uuid(),
  outcome: z.enum(['done', 'not_relevant']),
});

/** What is to be settled with the housing association is the deciding unit's; to apply for something, whoever is near the citizen. */
export const settlingRight = (kind: DutyKind | undefined): Action =>
  kind === 'settle_subsidy' ? 'step.housing' : 'case.settle-duty';

export const settle: Change<z.infer<typeof settling>, CaseFile, { file: CaseFile }> = {
  operation: 'referral.settle-duty',
  purpose: 'casework',
  input: settling,
  lock: (tx, { caseId }) => lockCase(tx, caseId),
  right: (file, { dutyId }) => ({
    action: settlingRight(file.duties.find(({ id }) => id === dutyId)?.kind),
    subject: accessSubject(file),
  }),
  last: lastChangeOf,
  async apply({ tx, input: { dutyId, outcome }, subject: file, turn, onBehalfOf }) {
    const duty = file.duties.find(({ id, settledOn }) => id === dutyId && settledOn === null);
    if (!duty) return { kind: 'invalid', problems: { '': 'alreadySettled' } };
    const { staffId } = turn.actor;
    await settleDuty(tx, { id: duty.id, outcome, on: turn.today, by: staffId });
    await touchCase(tx, file.id, { by: staffId, at: turn.now });
    const after = await rereadCase(tx, file);
    return {
      kind: 'done',
      result: { file: after },
      logged: changeOf(file),
      tellings: tellAbsent(after, onBehalfOf),
    };
  },
};
