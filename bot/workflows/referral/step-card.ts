/** The card on which a step is done. */
import { z } from 'zod';
import { inputValue, type Form } from '../../domain/referral/form.ts';
import { type CaseFile, factsOf } from '../../store/cases.ts';
import { type CardType, defineCard, show } from '../card.ts';
import type { CardView } from '../turn.ts';
import { contextOf, type StepToDo, waysPasses } from './case.ts';
import type { Choices } from './choices.ts';
import { reasonInput } from './complete-step.ts';
import { homeFacts, stairFacts, supportFacts } from './home-facts.ts';
import {
  caseLine,
  caseTitle,
  clarified,
  dueText,
  type Fact,
  factSchema,
  reasonOf,
  type Reader,
  when,
} from './present.ts';
import { paceAt } from './case.ts';
import type { Step } from './step.ts';
import { allSteps, stepIn } from './versions.ts';
import { referralWords } from './words.ts';
import { sharedWords } from '../../text/shared.ts';
import type { Locale } from '../../text/words.ts';

/** The kinds of field that are chosen from a list. */
const CHOOSING = ['choice', 'staff', 'dwelling'] as const;

const choice = z.strictObject({ title: z.string(), value: z.string() });
/** An outcome that asks for a reason, behind a fold that says what it leads to. */
export const reasonedSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  confirm: z.string(),
  consequence: z.string(),
  chosen: z.string(),
  reasons: z.array(choice),
});

export function reasonedOutcome(step: Step, id: string, locale: Locale, chosen = ''): z.infer<typeof reasonedSchema> {
  const words = step.words[locale];
  const title = words.outcomes[id] ?? id;
  return {
    ...{ id, title, chosen, confirm: title.replace(/ …$/, ''), consequence: words.consequences?.[id] ?? '' },
    reasons: (step.definition.outcomes[id]?.reasons ?? []).map((value) => ({
      title: words.reasons[value] ?? value,
      value,
    })),
  };
}

const namesOf = (form: Form, kinds: readonly string[]) =>
  Object.entries(form)
    .filter(([, { kind }]) => kinds.includes(kind))
    .map(([name]) => name);
const shapeOf = <T extends z.ZodType>(names: readonly string[], schema: T) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, schema])));

function dataOf(step: Step) {
  const { form, onlyWhen = {} } = step.definition;
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
    choices: shapeOf(namesOf(form, CHOOSING), z.array(choice)),
    ...(Object.keys(onlyWhen).length > 0 && { asks: shapeOf(Object.keys(onlyWhen), z.boolean()) }),
    maySave: z.boolean(),
    outcomes: z.array(z.strictObject({ id: z.string(), title: z.string() })),
    reasoned: z.array(reasonedSchema),
  });
}

function pick(step: Step, locale: Locale) {
  const { intro, fields, box, headings } = step.words[locale];
  const hasBoxes = namesOf(step.definition.form, ['yesNo']).length > 0;
  return {
    ...{ intro, fields },
    ...(headings && { headings }),
    ...(hasBoxes && { met: box ?? referralWords[locale].met }),
  };
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
  /** The resident of the review from which the step was opened, and to which one goes back. */
  readonly reviewItemId?: string | undefined;
  /** What the fields without a coded list let one choose from. */
  readonly choices: Choices;
}

export function stepCard(
  file: CaseFile,
  doing: StepToDo,
  reader: Reader,
  { typed, problems = {}, banner, reviewItemId, choices }: StepShowing,
): CardView {
  const { locale } = reader;
  const step = stepIn(file.wayVersion, doing.step.id);
  const type = types.get(step);
  if (!type) throw new Error(`Step '${doing.step.id}' has no card of its own`);
  const words = step.words[locale];
  const { form, outcomes, outcomeOf, onlyWhen = {} } = step.definition;
  const { pass } = doing;
  const pace = pass && paceAt({ ...doing, pass }, reader.today, reader.deps.rules.calendar);
  const draft = pass ? file.draft : null;
  const source = typed ?? draft?.input ?? earlierAnswers(file, doing);
  const context = contextOf(file, reader.today);

  const choicesOf = (name: string) => {
    const field = form[name];
    if (field && !field.choices) return [...(choices[name] ?? [])];
    const table = (words.choices as Readonly<Record<string, Readonly<Record<string, string>>>>)[name] ?? {};
    return (field?.choices ?? []).map((value) => ({ title: table[value] ?? value, value }));
  };
  const visible = Object.entries(outcomes)
    .filter(([, { by, onlyIf }]) => by === undefined && (onlyIf?.(context) ?? true))
    .slice(0, outcomeOf ? 1 : undefined);
  const message = lastMessage(file, doing, reader);
  const facts = factsFor(file, step, reader);

  return show(type, locale, {
    data: {
      title: words.title,
      subtitle: caseLine(file, reader),
      due: pace ? `${referralWords[locale].due}: ${dueText(pace.due, pace.overdueDays, reader)}` : '',
      late: (pace?.overdueDays ?? 0) > 0,
      banner: banner ?? (draft && !typed ? referralWords[locale].draftBy(draft.by, when(draft.at, reader)) : ''),
      facts,
      hasFacts: facts.length > 0,
      ...message,
      input: Object.fromEntries(Object.entries(form).map(([name, { kind }]) => [name, inputValue(kind, source[name])])),
      choices: Object.fromEntries(namesOf(form, CHOOSING).map((name) => [name, choicesOf(name)])),
      ...(Object.keys(onlyWhen).length > 0 && {
        asks: Object.fromEntries(Object.entries(onlyWhen).map(([name, asks]) => [name, asks?.(context) ?? true])),
      }),
      maySave: pass !== null,
      outcomes: visible.filter(([, { reasons }]) => !reasons).map(([id]) => ({ id, title: words.outcomes[id] ?? id })),
      reasoned: visible
        .filter(([, { reasons }]) => reasons)
        .map(([id]) => reasonedOutcome(step, id, locale, inputValue('choice', typed?.[reasonInput(id)]))),
    },
    summary: `${caseTitle(file, reader)}: ${words.title}`,
    errors: Object.fromEntries(Object.entries(problems).map(([name, code]) => [name, problemText(code, step, reader)])),
    stamp: {
      ...{ caseId: file.id, version: file.version },
      ...(pass ? { passId: pass.id } : { beside: doing.step.id }),
      ...(reviewItemId && { reviewItemId }),
    },
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

/** Each decision, offer, answer and follow-up is made afresh. */
const FRESH: readonly string[] = ['decision', 'offer', 'answer', 'kept-home'];

/** What whoever does the step has to have before their eyes. */
function factsFor(file: CaseFile, { definition: { id } }: Step, reader: Reader): Fact[] {
  switch (id) {
    case 'nomination':
    case 'decision':
    case 'offer':
      return clarified(file, reader);
    case 'answer':
      return [...homeFacts(file, reader), ...clarified(file, reader)];
    case 'lease':
      return [...homeFacts(file, reader), ...stairFacts(file, reader)];
    case 'support':
    case 'moved-in':
    case 'kept-home':
      return [...homeFacts(file, reader), ...supportFacts(file, reader)];
    default:
      return [];
  }
}

/** The answers given when the case was at this step before, else what the case knows: nobody types the same twice. */
function earlierAnswers(file: CaseFile, { step: doing }: StepToDo): Readonly<Record<string, unknown>> {
  if (FRESH.includes(doing.id)) return {};
  const before = file.passes.filter(({ step, answers }) => step === doing.id && answers !== null).at(-1);
  const { payableOere: payable, householdAdults: adults, householdChildren: children, ...facts } = factsOf(file);
  return { payable, adults, children, ...facts, ...before?.answers };
}

/** What the previous step's doer wrote to this one's: a returned nomination says why, a nomination what to look at. */
function lastMessage(file: CaseFile, { pass }: StepToDo, reader: Reader): { message: string; messageFrom: string } {
  const before = pass ? waysPasses(file).findLast(({ ordinal }) => ordinal < pass.ordinal) : undefined;
  const note = before?.answers?.['note'];
  const parts = [before ? reasonOf(file, before, reader) : '', typeof note === 'string' ? note : ''].filter(Boolean);
  return parts.length === 0
    ? { message: '', messageFrom: '' }
    : { message: parts.join('. '), messageFrom: referralWords[reader.locale].messageFrom(before?.endedBy?.name ?? '') };
}
