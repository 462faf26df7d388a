/** How a case is put into words: names, stages, outcomes, deadlines. */
import { z } from 'zod';
import type { Party } from '../../domain/access.ts';
import { deadline } from '../../domain/calendar.ts';
import { legalDate, type PlainDate, Temporal } from '../../domain/time.ts';
import type { CaseFile, Pass } from '../../store/cases.ts';
import { days, formatDate, formatDateTime, formatKroner, formatTime } from '../../text/danish.ts';
import { initials } from '../../text/normalise.ts';
import { sharedWords } from '../../text/shared.ts';
import type { Turn } from '../context.ts';
import { accessSubject, openStep, paceAt, standsAt, supporterOf } from './case.ts';
import { mayShow } from '../../domain/access.ts';
import { stepWords } from './versions.ts';
import { referralWords } from './words.ts';

/** What the texts of a card depend on: a turn has it, and so has a message that is composed at delivery. */
export type Reader = Pick<Turn, 'deps' | 'locale' | 'audience' | 'now' | 'today' | 'actor'>;

/** A line of a `FactSet`. */
export const factSchema = z.strictObject({ title: z.string(), value: z.string() });
export type Fact = z.infer<typeof factSchema>;

export const caseTitle = (file: CaseFile, { locale }: Reader): string => sharedWords[locale].caseNumber(file.number);

/** The citizen as this reader may see them: the name or the initials (a setting), or nothing. */
export function citizenLine(file: CaseFile, reader: Reader): string {
  if (!mayShow(reader.audience, accessSubject(file)).details) return '';
  return reader.deps.personNames === 'full' ? file.citizen.name : initials(file.citizen.name);
}

/** `Sag 142 · Kim Jensen · Bocentret`. */
export const caseLine = (file: CaseFile, reader: Reader): string =>
  [caseTitle(file, reader), citizenLine(file, reader), file.shelter.name].filter(Boolean).join(' · ');

export const stageTitle = (file: CaseFile, stepId: string, { locale }: Reader): string =>
  stepWords(file.wayVersion, stepId, locale).title;

/** The outcome of an ended pass as a fact. */
export function resultOf(file: CaseFile, pass: Pass, { locale }: Reader): string {
  const { outcome } = pass;
  if (outcome === null) return '';
  const words = referralWords[locale];
  return (
    stepWords(file.wayVersion, pass.step, locale).results[outcome] ??
    (words.moved as Record<string, string>)[outcome] ??
    outcome
  );
}

/** A coded reason in words: of the step, or of going back or stopping. */
export function reasonOf(file: CaseFile, pass: Pick<Pass, 'step' | 'reason' | 'outcome'>, { locale }: Reader): string {
  const { reason } = pass;
  if (reason === null) return '';
  const words = referralWords[locale];
  const tables: Readonly<Record<string, string>>[] = [
    ...(pass.outcome === 'stopped' ? [words.stopReasons] : []),
    stepWords(file.wayVersion, pass.step, locale).reasons,
    words.backReasons,
    words.stopReasons,
  ];
  return tables.map((table) => table[reason]).find(Boolean) ?? reason;
}

export function partyName(file: CaseFile, party: Party, reader: Reader): string {
  const words = referralWords[reader.locale];
  if (party === 'caseworker' && file.caseworker?.active)
    return file.caseworker.id === reader.actor.staffId ? words.waitsForYou : file.caseworker.name;
  const supporter = party === 'support' ? supporterOf(file) : null;
  if (supporter) return supporter.id === reader.actor.staffId ? words.waitsForYou : supporter.name;
  const unit = party === 'shelter' ? file.shelter : party === 'housing' ? file.housing : file.authority;
  return words.party[party](unit?.name ?? sharedWords[reader.locale].nobody);
}

/** `24. november 2026`, or how late it is. */
export function dueText(due: PlainDate, overdueDays: number, { locale }: Reader): string {
  const day = formatDate(due, locale);
  return overdueDays > 0 ? referralWords[locale].overdue(day, days(overdueDays, locale)) : day;
}

/** `i dag kl. 10.42`-like: the time alone for today, else the day and time. */
export function when(at: Temporal.Instant, { locale, today }: Reader): string {
  const sameDay = legalDate(at).equals(today);
  if (sameDay) return locale === 'da' ? `kl. ${formatTime(at, locale)}` : `at ${formatTime(at, locale)}`;
  return formatDateTime(at, locale);
}

/** Where the case stands, whose turn it is and until when; blank parts where nothing waits. */
export function standing(
  file: CaseFile,
  reader: Reader,
): { stage: string; who: string; due: string; late: boolean; inStep: string } {
  const open = openStep(file);
  const words = referralWords[reader.locale];
  if (!open) {
    const last = standsAt(file);
    const closedOn = file.closedAt && formatDate(legalDate(file.closedAt), reader.locale);
    const stage = closedOn
      ? words.stopped(reasonOf(file, { ...last, reason: file.closeReason ?? last.reason }, reader), closedOn)
      : resultOf(file, last, reader);
    return { stage, who: '', due: '', late: false, inStep: '' };
  }
  const pace = paceAt(open, reader.today, reader.deps.rules.calendar);
  return {
    stage: stageTitle(file, open.step.id, reader),
    who: partyName(file, open.step.party, reader),
    due: dueText(pace.due, pace.overdueDays, reader),
    late: pace.overdueDays > 0,
    inStep: pace.days === 0 ? words.startedToday : days(pace.days, reader.locale),
  };
}

/** What has been clarified about the case, as facts; blanks are left out. */
export function clarified(file: CaseFile, reader: Reader): Fact[] {
  const { locale } = reader;
  const words = referralWords[locale];
  const { householdAdults, householdChildren, homeKind, supportBasis, supportMethod, payableOere, bifAskedOn } =
    file.facts;
  const choices = stepWords(file.wayVersion, 'clarification', locale).choices as Readonly<
    Record<string, Readonly<Record<string, string>>>
  >;
  const named = (field: string, code: string | null) => (code === null ? '' : (choices[field]?.[code] ?? code));
  const facts: Fact[] = [
    {
      title: words.household,
      value: householdAdults === null ? '' : words.householdText(householdAdults, householdChildren ?? 0),
    },
    { title: words.homeKind, value: named('homeKind', homeKind) },
    {
      title: words.support,
      value: [
        named('supportBasis', supportBasis),
        supportMethod === 'none' ? '' : named('supportMethod', supportMethod),
      ]
        .filter(Boolean)
        .join(', '),
    },
    { title: words.payable, value: payableOere === null ? '' : formatKroner(payableOere, locale) },
    {
      title: words.bifAskedOn,
      value: bifAskedOn === null ? '' : formatDate(Temporal.PlainDate.from(bifAskedOn), locale),
    },
  ];
  return facts.filter(({ value }) => value !== '');
}

/** Until when the handlekommune must be told (serviceloven § 110, stk. 6): 3 hverdage after the decision; null once it is. */
export const municipalityDue = ({ stay }: CaseFile, { deps }: Reader): PlainDate | null =>
  stay.untoldSince && deadline(stay.untoldSince, 3, 'hverdage', deps.rules.calendar);
