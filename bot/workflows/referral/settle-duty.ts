/** Recording that what a lease brings with it has been seen to: benefit and loan applied for, a subsidy settled. */
import { z } from 'zod';
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

export const settle: Change<z.infer<typeof settling>, CaseFile, { file: CaseFile }> = {
  operation: 'referral.settle-duty',
  purpose: 'casework',
  input: settling,
  lock: (tx, { caseId }) => lockCase(tx, caseId),
  right: (file) => ({ action: 'case.settle-duty', subject: accessSubject(file) }),
  last: lastChangeOf,
  async apply({ tx, input: { dutyId, outcome }, subject: file, turn, onBehalfOf }) {
    const duty = file.lease?.duties.find(({ id, settledOn }) => id === dutyId && settledOn === null);
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
