/** A discharge by itself: the citizen leaves the shelter, whatever step the case stands at (domain.md § 4); and its correction. */
import { z } from 'zod';
import { dischargeConditions, isPlace } from '../../domain/referral/codes.ts';
import { inputValue, parseForm } from '../../domain/referral/form.ts';
import {
  type DischargeAnswers,
  dischargeFields,
  dischargeProblems,
  losesRefund,
} from '../../domain/referral/discharge.ts';
import { type CaseFile, factsOf, lockCase, rereadCase, touchCase } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { resumeStay } from '../../store/leases.ts';
import type { Change } from '../act.ts';
import type { Turn } from '../context.ts';
import { defineCard, show } from '../card.ts';
import type { CardView } from '../turn.ts';
import { accessSubject, dischargeToDo } from './case.ts';
import { caseStamp, changeOf, lastChangeOf } from './complete-step.ts';
import { dischargeWords } from './discharge-words.ts';
import { movedInFromStay, runningLease } from './home.ts';
import { recordDischarge } from './lease-effects.ts';
import { caseLine, caseTitle, type Reader } from './present.ts';
import { type DischargeMessage, tellOfDischarge } from './tellings.ts';
import { referralWords } from './words.ts';
import { sharedWords } from '../../text/shared.ts';
import type { Locale } from '../../text/words.ts';

const leaving = z.looseObject(caseStamp.shape);
type Leaving = z.infer<typeof leaving>;
type Problems = { readonly problems: Readonly<Record<string, string>> };

export interface Discharged {
  readonly file: CaseFile;
  /** What was recorded; of a discharge that is taken back, what had been. */
  readonly answers: DischargeAnswers;
}

interface OfDischarge {
  readonly operation: string;
  readonly news: DischargeMessage;
  /** The problem of a case in which it cannot be done. */
  readonly bar: (file: CaseFile) => string | null;
  readonly write: (tx: Tx, turn: Turn, file: CaseFile, input: Leaving) => Promise<Problems | DischargeAnswers>;
}

/** What making, correcting and taking back share: lock, right, the case's version, and who is told. */
function ofDischarge({ operation, news, bar, write }: OfDischarge): Change<Leaving, CaseFile, Discharged> {
  return {
    operation,
    purpose: 'casework',
    input: leaving,
    lock: (tx, { caseId }) => lockCase(tx, caseId),
    right: (file) => ({ action: 'case.discharge', subject: accessSubject(file) }),
    last: lastChangeOf,
    async apply({ tx, input, subject: file, turn, onBehalfOf }) {
      const barred = bar(file);
      if (barred !== null) return { kind: 'invalid', problems: { '': barred } };
      const answers = await write(tx, turn, file, input);
      if ('problems' in answers) return { kind: 'invalid', problems: answers.problems };
      await touchCase(tx, file.id, { by: turn.actor.staffId, at: turn.now });
      const after = await rereadCase(tx, file);
      return {
        kind: 'done',
        result: { file: after, answers },
        logged: changeOf(file),
        tellings: await tellOfDischarge(tx, turn, after, news, onBehalfOf?.staffId ?? null),
      };
    },
  };
}

/** Parses the answers, asks whether the citizen may be discharged so, and writes it. */
async function record(tx: Tx, turn: Turn, file: CaseFile, input: Leaving): Promise<Problems | DischargeAnswers> {
  const parsed = parseForm(dischargeFields, input);
  if (!parsed.ok) return { problems: parsed.problems };
  const answers = parsed.answers as DischargeAnswers;
  const problems = dischargeProblems(answers, {
    today: turn.today.toString(),
    stayFrom: file.stay.decidedOn.toString(),
    facts: factsOf(file),
    homeReady: runningLease(file) !== null || isPlace(file.facts.homeKind) || movedInFromStay(file),
  });
  if (Object.keys(problems).length > 0) return { problems };
  await recordDischarge(tx, file, answers, turn.actor.staffId);
  return answers;
}

/** How the latest stay ended, as it was answered: the municipality could not have discharged without all five conditions. */
function recorded({ stay }: CaseFile): DischargeAnswers {
  const { endedOn, dischargeManner: manner, dischargeReason: reason, dischargedTo: to } = stay;
  const given = { dischargedOn: endedOn?.toString() ?? null, manner, reason, to };
  const met = manner === 'municipality';
  return { ...given, ...Object.fromEntries(dischargeConditions.map((name) => [name, met])) } as DischargeAnswers;
}

/** Why the discharge of the case can be corrected no more. */
const uncorrectable = (file: CaseFile): string | null =>
  file.stay.endedOn === null ? 'notDischarged' : dischargeToDo(file) === null ? 'admittedAnew' : null;

export const dischargeCitizen = ofDischarge({
  operation: 'referral.discharge',
  news: 'case.discharged',
  bar: ({ stay }) => (stay.endedOn === null ? null : 'alreadyDischarged'),
  write: record,
});

export const correctDischarge = ofDischarge({
  operation: 'referral.correct-discharge',
  news: 'case.discharge-corrected',
  bar: uncorrectable,
  write: record,
});

export const undoDischarge = ofDischarge({
  operation: 'referral.undo-discharge',
  news: 'case.discharge-undone',
  bar: (file) => uncorrectable(file) ?? (movedInFromStay(file) ? 'movedInSince' : null),
  async write(tx, _turn, file) {
    await resumeStay(tx, file.stay.id);
    return recorded(file);
  },
});

const choice = z.strictObject({ title: z.string(), value: z.string() });
const names = Object.keys(dischargeFields) as (keyof typeof dischargeFields)[];
const chosen = ['manner', 'reason', 'to'] as const;

const dischargeType = defineCard({
  template: 'referral/discharge',
  data: z.strictObject({
    subtitle: z.string(),
    banner: z.string(),
    input: z.strictObject(Object.fromEntries(names.map((name) => [name, z.string()]))),
    choices: z.strictObject(Object.fromEntries(chosen.map((name) => [name, z.array(choice)]))),
    /** Whether there is a day of discharge on which the refund of the support would be lost. */
    asksRefund: z.boolean(),
    title: z.string(),
    intro: z.string(),
    verb: z.enum(['discharge.submit', 'discharge.correct']),
    mayUndo: z.boolean(),
  }),
  words: { da: wordsOf('da'), en: wordsOf('en') },
  inputs: names,
});

function wordsOf(locale: Locale) {
  const { confirm, met, dischargeAlone, note } = referralWords[locale];
  const { conditions, undo } = dischargeAlone;
  const { fields, refund } = dischargeWords[locale];
  return { conditions, undo, confirm, met, yes: note.yes, fields, refund };
}

/** The card of a discharge; of one that has been made, to correct it. */
export function dischargeCard(
  file: CaseFile,
  reader: Reader,
  {
    typed = recorded(file),
    problems = {},
    banner = '',
  }: {
    typed?: Readonly<Record<string, unknown>>;
    problems?: Readonly<Record<string, string>>;
    banner?: string;
  } = {},
): CardView {
  const { locale } = reader;
  const words = dischargeWords[locale];
  const { title, intro, correct, correctIntro } = referralWords[locale].dischargeAlone;
  const correcting = file.stay.endedOn !== null;
  const tables: Readonly<Record<string, string>>[] = [
    words.problems,
    referralWords[locale].problems,
    sharedWords[locale].problems,
  ];
  return show(dischargeType, locale, {
    data: {
      title: correcting ? correct : title,
      intro: correcting ? correctIntro : intro,
      verb: correcting ? 'discharge.correct' : 'discharge.submit',
      mayUndo: correcting && !movedInFromStay(file),
      subtitle: caseLine(file, reader),
      banner,
      input: Object.fromEntries(names.map((name) => [name, inputValue(dischargeFields[name].kind, typed[name])])),
      choices: Object.fromEntries(
        chosen.map((name) => [name, Object.entries(words.choices[name]).map(([value, title]) => ({ title, value }))]),
      ),
      asksRefund: losesRefund(file.stay.decidedOn.toString(), factsOf(file)),
    },
    summary: `${caseTitle(file, reader)}: ${correcting ? correct : title}`,
    errors: Object.fromEntries(
      Object.entries(problems).map(([name, code]) => [
        name,
        tables.map((table) => table[code]).find(Boolean) ?? sharedWords[locale].problems.unknown,
      ]),
    ),
    stamp: { caseId: file.id, version: file.version, correcting: Number(correcting) },
  });
}
