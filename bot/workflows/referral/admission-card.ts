/** The card on which a citizen is admitted. A CPR number goes in, and never comes out again. */
import { z } from 'zod';
import { inputValue } from '../../domain/referral/form.ts';
import type { AdmissionDraft, DraftVersion } from '../../store/drafts.ts';
import type { Shelter } from '../../store/citizens.ts';
import { defineCard, show } from '../card.ts';
import type { CardView } from '../turn.ts';
import { admissionForm, keptCpr, noCprReasons } from './admit.ts';
import { type Reader, when } from './present.ts';
import { problemText } from './step-card.ts';
import { admission, referredFrom } from './steps/admission.ts';
import { referralWords } from './words.ts';

const choice = z.strictObject({ title: z.string(), value: z.string() });
const fields = Object.keys(admissionForm) as (keyof typeof admissionForm)[];

const admissionType = defineCard({
  template: 'referral/admission',
  data: z.strictObject({
    banner: z.string(),
    cprKept: z.boolean(),
    input: z.strictObject(Object.fromEntries(fields.map((name) => [name, z.string()]))),
    choices: z.strictObject({ shelter: z.array(choice), noCprReason: z.array(choice), referredFrom: z.array(choice) }),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: [...fields, 'cpr'],
});

function pick(locale: 'da' | 'en') {
  const { title, intro, fields: labels, outcomes } = admission.words[locale];
  const { shelter, name, cpr, cprKept, noCprReason, recordNumber } = referralWords[locale].admission;
  return {
    title,
    intro,
    submit: outcomes['admitted'],
    cprKept,
    fields: { ...labels, shelter, name, cpr, noCprReason, recordNumber },
  };
}

export function admissionCard(
  reader: Reader,
  {
    shelters,
    draft,
    typed,
    problems = {},
    banner = draft && !typed ? referralWords[reader.locale].draftMine(when(draft.at, reader)) : '',
  }: {
    shelters: readonly Shelter[];
    draft: AdmissionDraft | null;
    typed?: Readonly<Record<string, unknown>>;
    problems?: Readonly<Record<string, string>>;
    banner?: string;
  },
): CardView {
  const { locale } = reader;
  const words = referralWords[locale].admission;
  const defaults = { shelter: shelters.length === 1 ? shelters[0]?.code : '', decidedOn: reader.today.toString() };
  const source: Readonly<Record<string, unknown>> = typed ?? draft?.input ?? defaults;
  const coded = (codes: readonly string[], table: Readonly<Record<string, string>>) =>
    codes.map((value) => ({ title: table[value] ?? value, value }));
  const referred =
    (admission.words[locale].choices as Readonly<Record<string, Readonly<Record<string, string>>>>)['referredFrom'] ??
    {};
  return show(admissionType, locale, {
    data: {
      banner,
      cprKept: keptCpr(draft, source) !== null,
      input: Object.fromEntries(fields.map((name) => [name, inputValue(admissionForm[name].kind, source[name])])),
      choices: {
        shelter: shelters.map(({ code, name }) => ({ title: name, value: code })),
        noCprReason: coded(noCprReasons, words.noCprReasons),
        referredFrom: coded(referredFrom, referred),
      },
    },
    summary: admission.words[locale].title,
    errors: Object.fromEntries(
      Object.entries(problems).map(([name, code]) => [name, problemText(code, admission, reader)]),
    ),
    stamp: stampOf(draft),
  });
}

/** What the card was made from: no draft has version 0. */
const stampOf = (draft: DraftVersion | null) =>
  draft ? { draftId: draft.id, version: draft.version } : { version: 0 };

const stampedWith = z.object({ draftId: z.uuid(), version: z.coerce.number().int().min(1).max(2_147_483_647) });

/** The draft that a card was made from, as its buttons carry it; null for none. */
export function madeFrom(data: Readonly<Record<string, unknown>>): DraftVersion | null {
  const read = stampedWith.safeParse(data);
  return read.success ? { id: read.data.draftId, version: read.data.version } : null;
}

const startedType = defineCard({
  template: 'referral/started',
  data: z.strictObject({ text: z.string() }),
  words: { da: pickStarted('da'), en: pickStarted('en') },
  inputs: [],
});

function pickStarted(locale: 'da' | 'en') {
  const { started: title, continue: proceed, discard } = referralWords[locale].admission;
  return { title, proceed, discard };
}

/** What `afbryd` finds: an admission half done, to go on with or throw away. */
export function startedCard(draft: AdmissionDraft, reader: Reader, news = ''): CardView {
  const { started, startedText } = referralWords[reader.locale].admission;
  return show(startedType, reader.locale, {
    data: { text: [news, startedText(when(draft.at, reader))].filter(Boolean).join(' ') },
    summary: started,
    stamp: stampOf(draft),
  });
}
