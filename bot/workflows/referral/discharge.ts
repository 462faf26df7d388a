/** A discharge by itself: the citizen leaves the shelter, whatever step the case stands at (domain.md § 4). */
import { z } from 'zod';
import { isPlace } from '../../domain/referral/codes.ts';
import { inputValue, parseForm } from '../../domain/referral/form.ts';
import {
  type DischargeAnswers,
  dischargeFields,
  dischargeProblems,
  losesRefund,
} from '../../domain/referral/discharge.ts';
import { type CaseFile, factsOf, lockCase, rereadCase, touchCase } from '../../store/cases.ts';
import type { Change } from '../act.ts';
import { defineCard, show } from '../card.ts';
import type { CardView } from '../turn.ts';
import { accessSubject } from './case.ts';
import { caseStamp, changeOf, lastChangeOf } from './complete-step.ts';
import { dischargeWords } from './discharge-words.ts';
import { runningLease } from './home.ts';
import { discharge } from './lease-effects.ts';
import { caseLine, caseTitle, type Reader } from './present.ts';
import { tellOfDischarge } from './tellings.ts';
import { referralWords } from './words.ts';
import { sharedWords } from '../../text/shared.ts';
import type { Locale } from '../../text/words.ts';

const leaving = z.looseObject(caseStamp.shape);

export interface Discharged {
  readonly file: CaseFile;
  readonly answers: DischargeAnswers;
}

export const dischargeCitizen: Change<z.infer<typeof leaving>, CaseFile, Discharged> = {
  operation: 'referral.discharge',
  purpose: 'casework',
  input: leaving,
  lock: (tx, { caseId }) => lockCase(tx, caseId),
  right: (file) => ({ action: 'case.discharge', subject: accessSubject(file) }),
  last: lastChangeOf,
  async apply({ tx, input, subject: file, turn, onBehalfOf }) {
    if (file.stay.endedOn !== null) return { kind: 'invalid', problems: { '': 'alreadyDischarged' } };
    const parsed = parseForm(dischargeFields, input);
    if (!parsed.ok) return { kind: 'invalid', problems: parsed.problems };
    const answers = parsed.answers as DischargeAnswers;
    const { staffId } = turn.actor;
    const problems = dischargeProblems(answers, {
      today: turn.today.toString(),
      stayFrom: file.stay.decidedOn.toString(),
      facts: factsOf(file),
      homeReady: runningLease(file) !== null || isPlace(file.facts.homeKind),
    });
    if (Object.keys(problems).length > 0) return { kind: 'invalid', problems };
    await discharge(tx, file, answers, staffId);
    await touchCase(tx, file.id, { by: staffId, at: turn.now });
    const after = await rereadCase(tx, file);
    return {
      kind: 'done',
      result: { file: after, answers },
      logged: changeOf(file),
      tellings: await tellOfDischarge(tx, turn, after, onBehalfOf?.staffId ?? null),
    };
  },
};

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
  }),
  words: { da: wordsOf('da'), en: wordsOf('en') },
  inputs: names,
});

function wordsOf(locale: Locale) {
  const { confirm, met, dischargeAlone, note } = referralWords[locale];
  const { title, intro, conditions } = dischargeAlone;
  const { fields, refund } = dischargeWords[locale];
  return { title, intro, conditions, confirm, met, yes: note.yes, fields, refund };
}

export function dischargeCard(
  file: CaseFile,
  reader: Reader,
  {
    typed = {},
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
  const tables: Readonly<Record<string, string>>[] = [
    words.problems,
    referralWords[locale].problems,
    sharedWords[locale].problems,
  ];
  return show(dischargeType, locale, {
    data: {
      subtitle: caseLine(file, reader),
      banner,
      input: Object.fromEntries(names.map((name) => [name, inputValue(dischargeFields[name].kind, typed[name])])),
      choices: Object.fromEntries(
        chosen.map((name) => [name, Object.entries(words.choices[name]).map(([value, title]) => ({ title, value }))]),
      ),
      asksRefund: losesRefund(file.stay.decidedOn.toString(), factsOf(file)),
    },
    summary: `${caseTitle(file, reader)}: ${referralWords[locale].dischargeAlone.title}`,
    errors: Object.fromEntries(
      Object.entries(problems).map(([name, code]) => [
        name,
        tables.map((table) => table[code]).find(Boolean) ?? sharedWords[locale].problems.unknown,
      ]),
    ),
    stamp: { caseId: file.id, version: file.version },
  });
}
