/** Recording that somebody outside the system was told: the citizen of an outcome, the handlekommune of an admission. */
import { z } from 'zod';
import { optionalDate } from '../../domain/referral/form.ts';
import { legalDate, Temporal, type PlainDate } from '../../domain/time.ts';
import {
  type CaseFile,
  rereadCase,
  lockCase,
  markCitizenTold,
  markMunicipalityTold,
  touchCase,
} from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import type { Action } from '../../domain/access.ts';
import type { Change } from '../act.ts';
import { accessSubject, untoldPasses } from './case.ts';
import { caseStamp, changeOf, lastChangeOf } from './complete-step.ts';
import { tellAbsent } from './tellings.ts';

const telling = z.looseObject({ ...caseStamp.shape, passId: z.uuid().optional() });
type Telling = z.infer<typeof telling>;

/** The input id of the day: one card may ask of several outcomes, and of the handlekommune. */
const toldInput = (passId: string | undefined) => (passId === undefined ? 'toldOn' : `toldOn_${passId}`);

interface ToldOf {
  readonly operation: string;
  readonly action: Action;
  /** The day it became known: nobody was told before it. Null when there is nothing to tell. */
  readonly since: (file: CaseFile, input: Telling) => PlainDate | null;
  readonly mark: (tx: Tx, file: CaseFile, input: Telling, on: PlainDate, by: string) => Promise<void>;
}

function told({ operation, action, since, mark }: ToldOf): Change<Telling, CaseFile, { file: CaseFile }> {
  return {
    operation,
    purpose: 'casework',
    input: telling,
    lock: (tx, { caseId }) => lockCase(tx, caseId),
    right: (file) => ({ action, subject: accessSubject(file) }),
    last: lastChangeOf,
    async apply({ tx, input, subject: file, turn, onBehalfOf }) {
      const from = since(file, input);
      if (!from) return { kind: 'invalid', problems: { '': 'nothingToTell' } };
      // No date typed: today.
      const name = toldInput(input.passId);
      const wrong = (code: string) => ({ kind: 'invalid', problems: { [name]: code, '': code } }) as const;
      const parsed = optionalDate().schema.safeParse(input[name]);
      if (!parsed.success) return wrong('date');
      const on = parsed.data === null ? turn.today : Temporal.PlainDate.from(parsed.data);
      if (Temporal.PlainDate.compare(on, turn.today) > 0) return wrong('future');
      if (Temporal.PlainDate.compare(on, from) < 0) return wrong('tooEarly');
      await mark(tx, file, input, on, turn.actor.staffId);
      await touchCase(tx, file.id, { by: turn.actor.staffId, at: turn.now });
      const after = await rereadCase(tx, file);
      return {
        kind: 'done',
        result: { file: after },
        logged: changeOf(file),
        tellings: tellAbsent(after, onBehalfOf),
      };
    },
  };
}

const untold = (file: CaseFile, { passId }: Telling) => untoldPasses(file).find(({ id }) => id === passId) ?? null;

export const tellCitizen = told({
  operation: 'referral.tell-citizen',
  action: 'case.tell-citizen',
  since: (file, input) => {
    const endedAt = untold(file, input)?.endedAt;
    return endedAt ? legalDate(endedAt) : null;
  },
  mark: async (tx, file, input, on, by) => {
    const pass = untold(file, input);
    if (pass) await markCitizenTold(tx, { passId: pass.id, on, by });
  },
});

/** Serviceloven § 110, stk. 6: the handlekommune is told within 3 hverdage of the decision to admit. */
export const tellMunicipality = told({
  operation: 'referral.tell-municipality',
  action: 'case.tell-municipality',
  since: (file) => file.stay.untoldSince,
  mark: (tx, file, _input, on, by) => markMunicipalityTold(tx, { caseId: file.id, on, by }),
});
