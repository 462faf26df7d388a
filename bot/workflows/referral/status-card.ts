/** The status card that everybody sees alike: stage, days in it, whose turn, what remains, what blocks. */
import { z } from 'zod';
import { type Action, type Actor, mayDo } from '../../domain/access.ts';
import { daysOverdue } from '../../domain/calendar.ts';
import { stations } from '../../domain/referral/way.ts';
import { type CaseFile, factsOf } from '../../store/cases.ts';
import { days, formatDate } from '../../text/danish.ts';
import { sharedWords } from '../../text/shared.ts';
import { defineCard, show } from '../card.ts';
import type { CardView } from '../turn.ts';
import {
  accessSubject,
  besideSteps,
  dischargeToDo,
  isFarOff,
  openStep,
  partyOf,
  standsAt,
  stepTurn,
  untoldPasses,
} from './case.ts';
import { homeFacts, stayFacts, supportFacts } from './home-facts.ts';
import { caseHomeWords } from './case-home-words.ts';
import {
  caseLine,
  caseTitle,
  citizenLine,
  clarified,
  factSchema,
  municipalityDue,
  resultOf,
  type Reader,
  stageTitle,
  standing,
  when,
} from './present.ts';
import { settlingRight } from './settle-duty.ts';
import { problemText } from './step-card.ts';
import { wayVersion } from './versions.ts';
import { referralWords } from './words.ts';

const statusType = defineCard({
  template: 'referral/status',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    banner: z.string(),
    kept: z.array(factSchema),
    hasKept: z.boolean(),
    stage: z.string(),
    late: z.boolean(),
    facts: z.array(factSchema),
    /** The steps of the way, in two columns. */
    halves: z.array(
      z.strictObject({ steps: z.array(z.strictObject({ mark: z.string(), title: z.string(), now: z.boolean() })) }),
    ),
    draft: z.string(),
    municipality: z.string(),
    mayTellMunicipality: z.boolean(),
    untold: z.array(z.strictObject({ passId: z.string(), text: z.string() })),
    mayTellCitizen: z.boolean(),
    duties: z.array(
      z.strictObject({ dutyId: z.string(), text: z.string(), late: z.boolean(), maySettle: z.boolean() }),
    ),
    doStep: z.string(),
    mayMore: z.boolean(),
    mayNote: z.boolean(),
    reviewItemId: z.string(),
  }),
  words: {
    da: pick('da'),
    en: pick('en'),
  },
  inputs: ['toldOn', 'toldOn_*'],
});

function pick(locale: 'da' | 'en') {
  const { confirm, kept, markCitizen, markMunicipality, moreActions, remaining, toldOn } = referralWords[locale];
  const { dutyDone, dutyNotRelevant } = caseHomeWords[locale];
  return { confirm, dutyDone, dutyNotRelevant, kept, markCitizen, markMunicipality, moreActions, remaining, toldOn };
}

export interface StatusShowing {
  readonly banner?: string;
  /** What a stale card held: shown, so that nothing typed is lost. */
  readonly kept?: readonly { readonly title: string; readonly value: string }[];
  readonly problems?: Readonly<Record<string, string>>;
  /** The resident of the review that one came from. */
  readonly reviewItemId?: string | undefined;
}

/** Whether the card of more options has any for this person. */
export function hasMore(file: CaseFile, actor: Actor): boolean {
  const subject = accessSubject(file);
  const may = (action: Action) => mayDo(actor, action, subject).allowed;
  return (
    may('case.move') ||
    may('case.take') ||
    may('case.hand-over') ||
    (may('case.discharge') && dischargeToDo(file) !== null) ||
    othersOutcomes(file, actor).length > 0 ||
    besideSteps(file).some(({ party }) => may(`step.${party}`))
  );
}

/** The outcomes of the open step that belong to this person rather than to whoever does the step. */
export function othersOutcomes(file: CaseFile, actor: Actor): readonly string[] {
  const open = openStep(file);
  if (!open) return [];
  const mayChoose = (name: string) => mayDo(actor, `step.${partyOf(open.step, name)}`, accessSubject(file)).allowed;
  return Object.entries(open.step.outcomes)
    .filter(([name, { by }]) => by !== undefined && by !== 'nobody' && mayChoose(name))
    .map(([name]) => name);
}

/** What is still to be seen to because of the lease. */
function dutyLines(
  file: CaseFile,
  reader: Reader,
): { dutyId: string; text: string; late: boolean; maySettle: boolean }[] {
  const words = caseHomeWords[reader.locale];
  const subject = accessSubject(file);
  return file.duties
    .filter(({ settledOn }) => settledOn === null)
    .map(({ id, kind, dueOn }) => ({
      dutyId: id,
      text: words.dutyDue(words.duty[kind], formatDate(dueOn, reader.locale)),
      late: daysOverdue(dueOn, reader.today) > 0,
      maySettle: mayDo(reader.actor, settlingRight(kind), subject).allowed,
    }));
}

function inHalves<T>(steps: readonly T[]): { steps: T[] }[] {
  const middle = Math.ceil(steps.length / 2);
  return [{ steps: steps.slice(0, middle) }, { steps: steps.slice(middle) }];
}

const MARKS = { done: '✓', now: '●', ahead: '○' } as const;

export function statusCard(
  file: CaseFile,
  reader: Reader,
  { banner = '', kept = [], problems = {}, reviewItemId = '' }: StatusShowing = {},
): CardView {
  const { locale, actor, today } = reader;
  const words = referralWords[locale];
  const way = wayVersion(file.wayVersion);
  const open = openStep(file);
  const stands = standing(file, reader);
  const subject = accessSubject(file);
  const may = (action: Action) => mayDo(actor, action, subject).allowed;
  const mayStep = stepTurn(file, actor).kind === 'may';
  const untold = untoldPasses(file);
  const toldDue = municipalityDue(file, reader);
  const mayTellMunicipality = may('case.tell-municipality');
  const toldLate = toldDue !== null && daysOverdue(toldDue, today) > 0;
  const duty = mayTellMunicipality
    ? toldLate
      ? words.municipalityLate
      : words.municipalityNotTold
    : words.municipalityOthers;
  const municipality = toldDue ? duty(formatDate(toldDue, locale)) : '';
  const stayed = file.stay.decidedOn.until(file.stay.endedOn ?? today).days;
  const facts = [
    { title: words.waitsFor, value: stands.who },
    { title: words.due, value: stands.due },
    { title: words.daysInStep, value: stands.inStep },
    { title: words.caseworker, value: file.caseworker?.name ?? sharedWords[locale].nobody },
    {
      title: words.admittedOn,
      value: formatDate(file.stay.decidedOn, locale) + (stayed > 0 ? ` (${days(stayed, locale)})` : ''),
    },
    ...stayFacts(file, reader),
    ...homeFacts(file, reader),
    ...clarified(file, reader),
    ...supportFacts(file, reader),
  ].filter(({ value }) => value !== '');

  return show(statusType, locale, {
    data: {
      title: caseTitle(file, reader),
      subtitle: [citizenLine(file, reader), file.shelter.name].filter(Boolean).join(' · '),
      banner,
      kept: [...kept],
      hasKept: kept.length > 0,
      stage: stands.stage,
      late: stands.late,
      facts,
      halves: inHalves(
        stations(way, standsAt(file).step, open === null && !file.closedAt, factsOf(file)).map(({ id, state }) => ({
          mark: state === 'now' && file.closedAt ? '–' : MARKS[state],
          title: stageTitle(file, id, reader),
          now: state === 'now' && !file.closedAt,
        })),
      ),
      draft: file.draft ? words.draftBy(file.draft.by, when(file.draft.at, reader)) : '',
      municipality,
      mayTellMunicipality: municipality !== '' && mayTellMunicipality,
      untold: untold.map((pass) => ({ passId: pass.id, text: words.citizenNotTold(resultOf(file, pass, reader)) })),
      mayTellCitizen: untold.length > 0 && may('case.tell-citizen'),
      duties: dutyLines(file, reader),
      doStep: open && mayStep ? words.doStep(stageTitle(file, open.step.id, reader)) : '',
      mayMore: hasMore(file, actor),
      mayNote: file.passes.some(({ endedAt }) => endedAt !== null),
      reviewItemId,
    },
    summary: `${caseTitle(file, reader)}: ${stands.stage}`,
    errors: Object.fromEntries(Object.entries(problems).map(([name, code]) => [name, problemText(code, null, reader)])),
    stamp: { caseId: file.id, version: file.version },
  });
}

const receiptType = defineCard({
  template: 'referral/receipt',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    lines: z.array(z.strictObject({ text: z.string() })),
    note: z.array(z.strictObject({ text: z.string() })),
    hasNote: z.boolean(),
    continueWith: z.string(),
    reviewItemId: z.string(),
  }),
  words: { da: { note: referralWords.da.note.intro }, en: { note: referralWords.en.note.intro } },
  inputs: [],
});

export interface Receipt {
  readonly title: string;
  readonly lines?: readonly string[];
  readonly note?: readonly string[];
  /** The resident of the review that one came from. */
  readonly reviewItemId?: string | undefined;
}

/** What a finished card shrinks to: what was done, who has it now, the note to copy, and the next step where it is one's own. */
export function receiptCard(
  file: CaseFile,
  reader: Reader,
  { title, lines = [], note = [], reviewItemId = '' }: Receipt,
): CardView {
  const { locale } = reader;
  const words = referralWords[locale];
  const open = openStep(file);
  const { stage, who, due } = standing(file, reader);
  const mine = stepTurn(file, reader.actor).kind === 'may';
  return show(receiptType, locale, {
    data: {
      title,
      subtitle: caseLine(file, reader),
      lines: [...(open ? [words.receiptNow(stage, who, due)] : []), ...lines].map((text) => ({ text })),
      note: note.map((text) => ({ text })),
      hasNote: note.length > 0,
      continueWith:
        open && mine && !isFarOff(open, reader.today) ? words.continueWith(stageTitle(file, open.step.id, reader)) : '',
      reviewItemId,
    },
    summary: `${caseTitle(file, reader)}: ${title}`,
    stamp: { caseId: file.id, version: file.version },
  });
}

const noticeType = defineCard({
  template: 'referral/notice',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    lines: z.array(z.strictObject({ text: z.string() })),
    doStep: z.string(),
  }),
  words: { da: {}, en: {} },
  inputs: [],
});

/** A message about a case: what is new, and the step to open where it is one's own. */
export function noticeCard(
  file: CaseFile,
  reader: Reader,
  { title, preview, lines, doStep }: { title: string; preview: string; lines: readonly string[]; doStep: string },
): CardView {
  return show(noticeType, reader.locale, {
    data: { title, subtitle: caseLine(file, reader), lines: lines.map((text) => ({ text })), doStep },
    summary: preview,
    stamp: { caseId: file.id, version: file.version },
  });
}

const publicType = defineCard({
  template: 'referral/public',
  data: z.strictObject({ title: z.string(), text: z.string() }),
  words: { da: { openMine: referralWords.da.openMine }, en: { openMine: referralWords.en.openMine } },
  inputs: [],
});

/** All that a channel or group chat gets of a case: its number and a way to one's own chat. */
export function publicCard(number: number, locale: 'da' | 'en'): CardView {
  const title = sharedWords[locale].caseNumber(number);
  return show(publicType, locale, {
    data: { title, text: referralWords[locale].publicLine(number) },
    summary: title,
    stamp: { number },
  });
}
