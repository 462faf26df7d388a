/** The card on which a step is done. */
import { z } from 'zod';
import { inputValue, type Form } from '../../domain/referral/form.ts';
import { type CaseFile, factsOf } from '../../store/cases.ts';
import type { Colleague } from '../../store/people.ts';
import { type CardType, defineCard, show } from '../card.ts';
import type { CardView } from '../turn.ts';
import type { OpenStep } from './case.ts';
import { reasonInput } from './complete-step.ts';
import { caseLine, caseTitle, clarified, dueText, factSchema, reasonOf, type Reader, when } from './present.ts';
import { paceAt } from './case.ts';
import type { Step } from './step.ts';
import { allSteps, stepIn } from './versions.ts';
import { referralWords } from './words.ts';
import { sharedWords } from '../../text/shared.ts';
import type { Locale } from '../../text/words.ts';

const choice = z.strictObject({ title: z.string(), value: z.string() });
const namesOf = (form: Form, kinds: readonly string[]) =>
  Object.entries(form)
    .filter(([, { kind }]) => kinds.includes(kind))
    .map(([name]) => name);
const shapeOf = <T extends z.ZodType>(names: readonly string[], schema: T) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, schema])));

function dataOf(step: Step) {
  const { form } = step.definition;
  return z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    due: z.string(),
    late: z.boolean(),
    banner: z.string(),
    facts: z.array(factSchema),
    hasFacts: z.boolean(),
    message: z.string(),
    messageFrom: z.string(),
    input: shapeOf(Object.keys(form), z.string()),
    choices: shapeOf(namesOf(form, ['choice', 'staff']), z.array(choice)),
    outcomes: z.array(z.strictObject({ id: z.string(), title: z.string() })),
    reasoned: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        confirm: z.string(),
        chosen: z.string(),
        reasons: z.array(choice),
      }),
    ),
  });
}

function pick(step: Step, locale: Locale) {
  const { intro, fields } = step.words[locale];
  const hasBoxes = namesOf(step.definition.form, ['yesNo']).length > 0;
  const { met } = referralWords[locale];
  return { intro, fields, ...(hasBoxes && { met }) };
}

const typeOf = (step: Step): CardType<ReturnType<typeof dataOf>> =>
  defineCard({
    template: step.card,
    data: dataOf(step),
    words: { da: pick(step, 'da'), en: pick(step, 'en') },
    inputs: [...Object.keys(step.definition.form), 'reason_*'],
  });

// The admission has its own card, which asks for the citizen too.
const types = new Map(
  allSteps.filter(({ definition }) => definition.id !== 'admission').map((step) => [step, typeOf(step)]),
);

export interface StepShowing {
  /** What was typed before, when the card comes back; outranks the draft. */
  readonly typed?: Readonly<Record<string, unknown>>;
  /** Field → code of what is wrong. */
  readonly problems?: Readonly<Record<string, string>>;
  readonly banner?: string;
  readonly colleagues: readonly Colleague[];
}

export function stepCard(
  file: CaseFile,
  open: OpenStep,
  reader: Reader,
  { typed, problems = {}, banner, colleagues }: StepShowing,
): CardView {
  const { locale } = reader;
  const step = stepIn(file.wayVersion, open.step.id);
  const type = types.get(step);
  if (!type) throw new Error(`Step '${open.step.id}' has no card of its own`);
  const words = step.words[locale];
  const { form, outcomes, outcomeOf } = step.definition;
  const pace = paceAt(open, reader.today, reader.deps.rules.calendar);
  const source = typed ?? file.draft?.input ?? earlierAnswers(file, open);

  const choicesOf = (name: string) => {
    const field = form[name];
    if (field?.kind === 'staff') return colleagues.map(({ id, name: title }) => ({ title, value: id }));
    const table = (words.choices as Readonly<Record<string, Readonly<Record<string, string>>>>)[name] ?? {};
    return (field?.choices ?? []).map((value) => ({ title: table[value] ?? value, value }));
  };
  const visible = Object.entries(outcomes).slice(0, outcomeOf ? 1 : undefined);
  const message = lastMessage(file, open, reader);
  const facts = open.step.party === 'housing' || open.step.id === 'nomination' ? clarified(file, reader) : [];

  return show(type, locale, {
    data: {
      title: words.title,
      subtitle: caseLine(file, reader),
      due: `${referralWords[locale].due}: ${dueText(pace.due, pace.overdueDays, reader)}`,
      late: pace.overdueDays > 0,
      banner: banner ?? draftBanner(file, typed, reader),
      facts,
      hasFacts: facts.length > 0,
      ...message,
      input: Object.fromEntries(Object.entries(form).map(([name, { kind }]) => [name, inputValue(kind, source[name])])),
      choices: Object.fromEntries(namesOf(form, ['choice', 'staff']).map((name) => [name, choicesOf(name)])),
      outcomes: visible.filter(([, { reasons }]) => !reasons).map(([id]) => ({ id, title: words.outcomes[id] ?? id })),
      reasoned: visible
        .filter(([, { reasons }]) => reasons)
        .map(([id, { reasons = [] }]) => ({
          id,
          title: words.outcomes[id] ?? id,
          confirm: (words.outcomes[id] ?? id).replace(/ …$/, ''),
          chosen: inputValue('choice', typed?.[reasonInput(id)]),
          reasons: reasons.map((value) => ({ title: words.reasons[value] ?? value, value })),
        })),
    },
    summary: `${caseTitle(file, reader)}: ${words.title}`,
    errors: Object.fromEntries(Object.entries(problems).map(([name, code]) => [name, problemText(code, step, reader)])),
    stamp: { caseId: file.id, version: file.version, passId: open.pass.id },
  });
}

/** A problem's words: the step's own, the workflow's, or those that all share. */
export function problemText(code: string, step: Step | null, { locale }: Reader): string {
  const tables: Readonly<Record<string, string>>[] = [
    step?.words[locale].problems ?? {},
    referralWords[locale].problems,
    sharedWords[locale].problems,
  ];
  return tables.map((table) => table[code]).find(Boolean) ?? sharedWords[locale].problems.unknown;
}

/** The answers given when the case was at this step before, else what the case knows: nobody types the same twice. */
function earlierAnswers(file: CaseFile, open: OpenStep): Readonly<Record<string, unknown>> {
  // Each decision is made afresh.
  if (open.step.party === 'housing') return {};
  const before = file.passes.filter(({ step, answers }) => step === open.step.id && answers !== null).at(-1);
  const { payableOere: payable, householdAdults: adults, householdChildren: children, ...facts } = factsOf(file);
  return { payable, adults, children, ...facts, ...before?.answers };
}

function draftBanner(file: CaseFile, typed: unknown, reader: Reader): string {
  if (typed || !file.draft) return '';
  return referralWords[reader.locale].draftBy(file.draft.by, when(file.draft.at, reader));
}

/** What the previous step's doer wrote to this one's: a returned nomination says why, a nomination what to look at. */
function lastMessage(file: CaseFile, open: OpenStep, reader: Reader): { message: string; messageFrom: string } {
  const before = file.passes.find(({ ordinal }) => ordinal === open.pass.ordinal - 1);
  const note = before?.answers?.['note'];
  const parts = [before ? reasonOf(file, before, reader) : '', typeof note === 'string' ? note : ''].filter(Boolean);
  return parts.length === 0
    ? { message: '', messageFrom: '' }
    : { message: parts.join('. '), messageFrom: referralWords[reader.locale].messageFrom(before?.endedBy?.name ?? '') };
}
