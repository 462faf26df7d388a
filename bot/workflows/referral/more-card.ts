/** The less frequent: going back, stopping, opening again, taking over, handing over; and the journal notes. */
import { z } from 'zod';
import { mayDo } from '../../domain/access.ts';
import { inputValue } from '../../domain/referral/form.ts';
import { mayGoBackTo } from '../../domain/referral/way.ts';
import { type CaseFile, factsOf } from '../../store/cases.ts';
import type { Colleague } from '../../store/people.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { CardView } from '../turn.ts';
import { accessSubject, besideSteps, dischargeToDo, openStep, standsAt } from './case.ts';
import { reasonInput } from './complete-step.ts';
import { notesOf } from './journal-note.ts';
import { caseLine, caseTitle, type Reader, stageTitle } from './present.ts';
import { othersOutcomes } from './status-card.ts';
import { problemText, reasonedOutcome, reasonedSchema } from './step-card.ts';
import { stepIn, stepWords, wayVersion } from './versions.ts';
import { referralWords } from './words.ts';

const choice = z.strictObject({ title: z.string(), value: z.string() });

const moreType = defineCard({
  template: 'referral/more',
  data: z.strictObject({
    subtitle: z.string(),
    steps: z.array(choice),
    backReasons: z.array(choice),
    stopReasons: z.array(choice),
    colleagues: z.array(choice),
    mayBack: z.boolean(),
    mayStop: z.boolean(),
    mayReopen: z.boolean(),
    mayTake: z.boolean(),
    mayHandOver: z.boolean(),
    others: z.array(reasonedSchema),
    besides: z.array(z.strictObject({ beside: z.string(), title: z.string() })),
    /** What can be done about the discharge, or blank. */
    discharge: z.string(),
    nothing: z.boolean(),
  }),
  words: {
    da: { ...referralWords.da.more, confirm: referralWords.da.confirm },
    en: { ...referralWords.en.more, confirm: referralWords.en.confirm },
  },
  inputs: ['step', 'reason_*', 'colleague'],
});

export function moreCard(
  file: CaseFile,
  reader: Reader,
  {
    colleagues,
    problems = {},
    typed = {},
  }: {
    colleagues: readonly Colleague[];
    problems?: Readonly<Record<string, string>>;
    /** What was chosen before, when the card comes back. */
    typed?: Readonly<Record<string, unknown>>;
  },
): CardView {
  const { locale, actor } = reader;
  const words = referralWords[locale];
  const way = wayVersion(file.wayVersion);
  const subject = accessSubject(file);
  const isOpen = file.closedAt === null;
  const mayMove = mayDo(actor, 'case.move', subject).allowed;
  const earlier = mayGoBackTo(way, standsAt(file).step, factsOf(file));
  const open = openStep(file);
  const others = othersOutcomes(file, actor);
  const besides = besideSteps(file).filter(({ party }) => mayDo(actor, `step.${party}`, subject).allowed);
  const successors = colleagues.filter(({ id }) => id !== file.caseworker?.id);
  const may = {
    mayBack: mayMove && isOpen && earlier.length > 0,
    mayStop: mayMove && isOpen,
    mayReopen: mayMove && !isOpen,
    mayTake: isOpen && mayDo(actor, 'case.take', subject).allowed && file.caseworker?.id !== actor.staffId,
    mayHandOver: isOpen && mayDo(actor, 'case.hand-over', subject).allowed && successors.length > 0,
  };
  const discharging = mayDo(actor, 'case.discharge', subject).allowed ? dischargeToDo(file) : null;
  const coded = (codes: readonly string[], table: Readonly<Record<string, string>>) =>
    codes.map((value) => ({ title: table[value] ?? value, value }));
  return show(moreType, locale, {
    data: {
      subtitle: caseLine(file, reader),
      steps: earlier.map((value) => ({ title: stageTitle(file, value, reader), value })),
      backReasons: coded(way.backReasons, words.backReasons),
      stopReasons: coded(way.stopReasons, words.stopReasons),
      colleagues: successors.map(({ id, name }) => ({ title: name, value: id })),
      ...may,
      discharge: discharging === null ? '' : words.dischargeAlone[discharging],
      others: open
        ? others.map((id) =>
            reasonedOutcome(
              stepIn(file.wayVersion, open.step.id),
              id,
              locale,
              inputValue('choice', typed[reasonInput(id)]),
            ),
          )
        : [],
      besides: besides.map(({ id }) => ({
        beside: id,
        title: stepWords(file.wayVersion, id, locale).beside ?? words.doStep(stageTitle(file, id, reader)),
      })),
      nothing:
        Object.values(may).every((allowed) => !allowed) &&
        discharging === null &&
        others.length === 0 &&
        besides.length === 0,
    },
    summary: `${caseTitle(file, reader)}: ${words.more.title}`,
    errors: Object.fromEntries(
      Object.entries(problems).map(([name, code]) => [
        name,
        problemText(code, open && stepIn(file.wayVersion, open.step.id), reader),
      ]),
    ),
    stamp: { caseId: file.id, version: file.version },
  });
}

const noteType = defineCard({
  template: 'referral/note',
  data: z.strictObject({
    subtitle: z.string(),
    notes: z.array(z.strictObject({ heading: z.string(), lines: z.array(z.strictObject({ text: z.string() })) })),
    none: z.boolean(),
    offset: z.number(),
    hasOlder: z.boolean(),
  }),
  words: pickWords({ da: referralWords.da.note, en: referralWords.en.note }, 'title', 'intro', 'none', 'older'),
  inputs: [],
});

/** The latest notes: a card has room for so many. */
const NOTES_SHOWN = 6;

export function noteCard(file: CaseFile, reader: Reader, offset = 0): CardView {
  const all = notesOf(file, reader);
  const notes = all.slice(offset, offset + NOTES_SHOWN);
  return show(noteType, reader.locale, {
    data: {
      subtitle: caseLine(file, reader),
      notes: [...notes],
      none: notes.length === 0,
      offset: offset + NOTES_SHOWN,
      hasOlder: all.length > offset + NOTES_SHOWN,
    },
    summary: `${caseTitle(file, reader)}: ${referralWords[reader.locale].note.title}`,
    stamp: { caseId: file.id, version: file.version },
  });
}
