/** The note to copy to the system of record; in Danish always, as the journal is. Cards never keep it. */
import type { Form } from '../../domain/referral/form.ts';
import { legalDate, Temporal } from '../../domain/time.ts';
import type { CaseFile, Pass } from '../../store/cases.ts';
import { formatDate, formatKroner } from '../../text/danish.ts';
import { reasonOf, type Reader, resultOf } from './present.ts';
import type { StepWords } from './step.ts';
import { stepIn } from './versions.ts';
import { referralWords } from './words.ts';

const words = referralWords.da.note;

/** What was not said; a box that was not ticked says nothing either: it may never have been asked. */
const blank = (value: unknown) => value === null || value === undefined || value === '' || value === false;

/** The field's name without its hint to the writer: `Boligønsker (område, etage …)` is `Boligønsker`. */
const labelOf = (labels: StepWords, name: string): string =>
  ((labels.fields as Readonly<Record<string, string>>)[name] ?? name).replace(/ \([^()§]*\)$/, '');

interface Noted {
  readonly file: CaseFile;
  readonly pass: Pass;
}

/** The address of a dwelling that has been offered in the case. */
const addressOf = ({ offers }: CaseFile, dwellingId: string): string | undefined =>
  offers.find((offer) => offer.dwellingId === dwellingId)?.address;

function answerText(form: Form, labels: StepWords, name: string, value: unknown, { pass, file }: Noted): string {
  switch (form[name]?.kind) {
    case 'choice':
      return (
        (labels.choices as Readonly<Record<string, Readonly<Record<string, string>>>>)[name]?.[String(value)] ??
        String(value)
      );
    case 'staff':
      return pass.named?.[String(value)] ?? words.blank;
    case 'dwelling':
      return addressOf(file, String(value)) ?? words.blank;
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

/** The note of one ended pass, line by line: a heading, each answer given, the result and who did it. */
export function noteOf(file: CaseFile, pass: Pass, reader: Reader): readonly string[] {
  const danish: Reader = { ...reader, locale: 'da' };
  const { definition, words: stepWords } = stepIn(file.wayVersion, pass.step);
  const labels = stepWords.da;
  const by = pass.onBehalfOf ? `${pass.endedBy?.name ?? ''} for ${pass.onBehalfOf.name}` : (pass.endedBy?.name ?? '');
  const reason = reasonOf(file, pass, danish);
  return [
    words.heading(formatDate(legalDate(pass.endedAt ?? pass.startedAt), 'da'), labels.title),
    ...Object.keys(definition.form)
      .filter((name) => !blank(pass.answers?.[name]))
      .map(
        (name) =>
          `${labelOf(labels, name)}: ${answerText(definition.form, labels, name, pass.answers?.[name], { pass, file })}`,
      ),
    `${words.outcome}: ${resultOf(file, pass, danish)}`,
    ...(reason ? [`${words.reason}: ${reason}`] : []),
    ...(by ? [`${words.by}: ${by}`] : []),
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
