/** The note to copy to the system of record; in Danish always, as the journal is. Cards never keep it. */
import { dischargeConditions } from '../../domain/referral/codes.ts';
import { type DischargeAnswers, dischargeFields } from '../../domain/referral/discharge.ts';
import type { Form } from '../../domain/referral/form.ts';
import { legalDate, Temporal } from '../../domain/time.ts';
import type { CaseFile, Pass } from '../../store/cases.ts';
import { formatDate, formatKroner } from '../../text/danish.ts';
import { dischargeWords } from './discharge-words.ts';
import { reasonOf, type Reader, resultOf } from './present.ts';
import type { StepWords } from './step.ts';
import { stepIn } from './versions.ts';
import { referralWords } from './words.ts';

const words = referralWords.da.note;

/** What was not said; a box that was not ticked says nothing either: it may never have been asked. */
const blank = (value: unknown) => value === null || value === undefined || value === '' || value === false;

type Labels = Pick<StepWords, 'fields' | 'choices'>;

/** The field's name without its hint to the writer: `Boligønsker (område, etage …)` is `Boligønsker`. */
const labelOf = (labels: Labels, name: string): string =>
  ((labels.fields as Readonly<Record<string, string>>)[name] ?? name).replace(/ \([^()§]*\)$/, '');

interface Noted {
  readonly file: CaseFile;
  readonly pass: Pass;
}

/** The address of a dwelling that has been offered in the case. */
const addressOf = ({ offers }: CaseFile, dwellingId: string): string | undefined =>
  offers.find((offer) => offer.dwellingId === dwellingId)?.address;

function answerText(form: Form, labels: Labels, name: string, value: unknown, noted?: Noted): string {
  switch (form[name]?.kind) {
    case 'choice':
      return (
        (labels.choices as Readonly<Record<string, Readonly<Record<string, string>>>>)[name]?.[String(value)] ??
        String(value)
      );
    case 'staff':
      return noted?.pass.named?.[String(value)] ?? words.blank;
    case 'dwelling':
      return (noted && addressOf(noted.file, String(value))) ?? words.blank;
    case 'date':
      return formatDate(Temporal.PlainDate.from(String(value)), 'da');
    case 'kroner':
      return formatKroner(Number(value), 'da');
    case 'yesNo':
      return value === true ? words.yes : words.no;
    default:
      return String(value);
  }
}

/** A line per answer that was given, in the order of the form. */
const linesOf = (form: Form, labels: Labels, answers: Readonly<Record<string, unknown>>, noted?: Noted): string[] =>
  Object.keys(form)
    .filter((name) => !blank(answers[name]))
    .map((name) => `${labelOf(labels, name)}: ${answerText(form, labels, name, answers[name], noted)}`);

/** Who did it, and for whom. */
const byLine = (name: string, absent: string | undefined): string[] =>
  name === '' ? [] : [`${words.by}: ${absent === undefined ? name : `${name} for ${absent}`}`];

/** The note of one ended pass, line by line: a heading, each answer given, the result and who did it. */
export function noteOf(file: CaseFile, pass: Pass, reader: Reader): readonly string[] {
  const danish: Reader = { ...reader, locale: 'da' };
  const { definition, words: stepWords } = stepIn(file.wayVersion, pass.step);
  const labels = stepWords.da;
  const reason = reasonOf(file, pass, danish);
  return [
    words.heading(formatDate(legalDate(pass.endedAt ?? pass.startedAt), 'da'), labels.title),
    ...linesOf(definition.form, labels, pass.answers ?? {}, { pass, file }),
    `${words.outcome}: ${resultOf(file, pass, danish)}`,
    ...(reason ? [`${words.reason}: ${reason}`] : []),
    ...byLine(pass.endedBy?.name ?? '', pass.onBehalfOf?.name),
  ];
}

/** The note of a discharge by itself, or of its correction: no pass keeps its answers. What did not have to hold is no part of it. */
export function dischargeNote(
  title: string,
  answers: DischargeAnswers,
  { actor, today }: Pick<Reader, 'actor' | 'today'>,
  onBehalfOf: { readonly name: string } | null,
): readonly string[] {
  const conditions: readonly string[] = answers.manner === 'municipality' ? [] : dischargeConditions;
  const given = Object.entries(answers).filter(([name, value]) => value !== false && !conditions.includes(name));
  return [
    words.heading(formatDate(today, 'da'), title),
    ...linesOf(dischargeFields, dischargeWords.da, Object.fromEntries(given)),
    ...byLine(actor.name, onBehalfOf?.name),
  ];
}

/** The notes of all ended passes, the latest first. */
export function notesOf(file: CaseFile, reader: Reader): readonly { heading: string; lines: { text: string }[] }[] {
  return file.passes
    .filter(({ endedAt }) => endedAt !== null)
    .reverse()
    .map((pass) => {
      const [heading = '', ...lines] = noteOf(file, pass, reader);
      return { heading, lines: lines.map((text) => ({ text })) };
    });
}
