/** `fravær`: who is away, from when to when, and who stands in. A manager may record it for others. */
import { z } from 'zod';
import { reachOf } from '../../domain/access.ts';
import { date, parseForm, staffMember } from '../../domain/referral/form.ts';
import { type PlainDate, Temporal } from '../../domain/time.ts';
import {
  type AbsenceRow,
  absencesAround,
  addAbsence,
  cancelAbsence,
  lockAbsence,
  lockStaff,
  possibleDeputies,
  staffBelow,
} from '../../store/absences.ts';
import type { Tx } from '../../store/database.ts';
import type { Telling } from '../../store/outbox.ts';
import type { Colleague } from '../../store/people.ts';
import { formatDate } from '../../text/danish.ts';
import { act, type Applied, type Change, stampSchema } from '../act.ts';
import { defineCard, pickWords, show, problemTexts } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { absenceWords } from './words.ts';

const form = { who: staffMember(), firstDay: date(), lastDay: date(), deputy: staffMember() };
const choice = z.strictObject({ title: z.string(), value: z.string() });

const absenceType = defineCard({
  template: 'absence/absence',
  data: z.strictObject({
    banner: z.string(),
    input: z.strictObject({ who: z.string(), firstDay: z.string(), lastDay: z.string(), deputy: z.string() }),
    people: z.array(choice),
    mayOthers: z.boolean(),
    deputies: z.array(choice),
    absences: z.array(z.strictObject({ id: z.string(), text: z.string() })),
    hasAbsences: z.boolean(),
  }),
  words: pickWords(
    absenceWords,
    'title',
    'intro',
    'who',
    'firstDay',
    'lastDay',
    'deputy',
    'submit',
    'listTitle',
    'cancel',
  ),
  inputs: ['who', 'firstDay', 'lastDay', 'deputy'],
});

const text = (words: string): BotReply => ({ kind: 'text', text: words });

/** Oneself first, then those whose absence one may record. */
async function peopleFor(db: Tx, turn: Turn): Promise<Colleague[]> {
  const { paths, all } = reachOf({ ...turn.actor, standsInFor: [] }, 'absence.record');
  const self = { id: turn.actor.staffId, name: turn.actor.name };
  if (!all && paths.length === 0) return [self];
  const below = await staffBelow(db, { paths, all });
  return [self, ...below.filter(({ id }) => id !== self.id)];
}

/** Those who could stand in for one of the people. Whether for the one chosen is asked when it is recorded. */
async function deputiesFor(db: Tx, turn: Turn, people: readonly Colleague[]): Promise<Colleague[]> {
  const deputies = await possibleDeputies(
    db,
    people.map(({ id }) => id),
  );
  return deputies.filter(({ id }) => id !== turn.actor.staffId).sort((a, b) => a.name.localeCompare(b.name, 'da'));
}

interface Showing {
  readonly typed?: Readonly<Record<string, unknown>>;
  readonly problems?: Readonly<Record<string, string>>;
  readonly banner?: string;
}

export async function showAbsence(
  turn: Turn,
  { typed = {}, problems = {}, banner = '' }: Showing = {},
): Promise<BotReply> {
  const { locale, actor, today, deps } = turn;
  const words = absenceWords[locale];
  const people = await peopleFor(deps.prisma, turn);
  const deputies = await deputiesFor(deps.prisma, turn, people);
  if (deputies.length === 0) return text(banner || words.nobody);
  const own = (await absencesAround(deps.prisma, actor.staffId, today)).filter((row) => mayCancel(row, turn));
  const value = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
  return {
    kind: 'card',
    card: show(absenceType, locale, {
      data: {
        banner,
        input: {
          who: value('who') || actor.staffId,
          firstDay: value('firstDay'),
          lastDay: value('lastDay'),
          deputy: value('deputy'),
        },
        people: people.map(({ id, name }) => ({ title: name, value: id })),
        mayOthers: people.length > 1,
        deputies: deputies.map(({ id, name }) => ({ title: name, value: id })),
        absences: own.map((row) => ({ id: row.id, text: lineOf(row, turn) })),
        hasAbsences: own.length > 0,
      },
      summary: words.title,
      errors: problemTexts(problems, locale, words.problems),
      stamp: { version: 0 },
    }),
  };
}

/** One's own absence, and one that one recorded for somebody else. */
const mayCancel = ({ staffId, recordedById }: AbsenceRow, { actor }: Turn): boolean =>
  staffId === actor.staffId || recordedById === actor.staffId;

const lineOf = ({ staffId, name, firstDay, lastDay, deputy }: AbsenceRow, { locale, actor }: Turn) =>
  (staffId === actor.staffId ? '' : `${name}: `) +
  absenceWords[locale].line(formatDate(firstDay, locale), formatDate(lastDay, locale), deputy);

const recording = z.looseObject({ ...stampSchema.shape, who: z.string().optional() });
type Recording = z.infer<typeof recording>;

interface Recorded {
  readonly who: Colleague;
  readonly deputy: Colleague;
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
}

/** Everybody may record their own absence; for others the right asks where they work. */
const recordAbsence: Change<Recording, { who: Colleague; own: boolean }, Recorded> = {
  operation: 'absence.record',
  purpose: 'administration',
  input: recording,
  lock: async (tx, { who }, turn) => {
    const people = await peopleFor(tx, turn);
    const chosen = people.find(({ id }) => id === (who || turn.actor.staffId));
    return chosen ? { who: chosen, own: chosen.id === turn.actor.staffId } : null;
  },
  // `peopleFor` asked the table already: it names oneself and those below.
  right: () => null,
  async apply({ tx, input, subject: { who }, turn }): Promise<Applied<Recorded>> {
    const parsed = parseForm(form, { ...input, who: who.id });
    if (!parsed.ok) return { kind: 'invalid', problems: parsed.problems };
    const firstDay = Temporal.PlainDate.from(parsed.answers.firstDay);
    const lastDay = Temporal.PlainDate.from(parsed.answers.lastDay);
    // Nobody takes another's rights by recording that they are away.
    if ([who.id, turn.actor.staffId].includes(parsed.answers.deputy))
      return { kind: 'invalid', problems: { deputy: 'self' } };
    const deputy = (await possibleDeputies(tx, [who.id])).find(({ id }) => id === parsed.answers.deputy);
    if (!deputy) return { kind: 'invalid', problems: { deputy: 'choose' } };
    if (Temporal.PlainDate.compare(lastDay, firstDay) < 0) return { kind: 'invalid', problems: { lastDay: 'order' } };
    if (Temporal.PlainDate.compare(lastDay, turn.today) < 0) return { kind: 'invalid', problems: { lastDay: 'past' } };

    await lockStaff(tx, [who.id, deputy.id]);
    const inThoseDays = (row: AbsenceRow) =>
      Temporal.PlainDate.compare(row.firstDay, lastDay) <= 0 && Temporal.PlainDate.compare(firstDay, row.lastDay) <= 0;
    const around = (await absencesAround(tx, who.id, turn.today)).filter(inThoseDays);
    if (around.some(({ staffId }) => staffId === who.id)) return { kind: 'invalid', problems: { firstDay: 'overlap' } };
    if (around.some(({ deputyId }) => deputyId === who.id)) return { kind: 'invalid', problems: { firstDay: 'chain' } };
    const deputysOwn = (await absencesAround(tx, deputy.id, turn.today)).filter(inThoseDays);
    if (deputysOwn.some(({ staffId }) => staffId === deputy.id))
      return { kind: 'invalid', problems: { deputy: 'deputyAway' } };

    const id = await addAbsence(tx, {
      staffId: who.id,
      deputyId: deputy.id,
      firstDay,
      lastDay,
      by: turn.actor.staffId,
      at: turn.now,
    });
    return {
      kind: 'done',
      result: { who, deputy, firstDay, lastDay },
      logged: { action: 'add' },
      tellings: tellingsOf('absence.recorded', { id, deputyId: deputy.id, staffId: who.id }, turn),
    };
  },
};

/** The deputy and the absent one learn of it, but for the one who did it. */
const tellingsOf = (
  kind: 'absence.recorded' | 'absence.cancelled',
  { id, deputyId, staffId }: Pick<AbsenceRow, 'id' | 'deputyId' | 'staffId'>,
  { actor }: Turn,
): Telling[] =>
  [deputyId, staffId]
    .filter((recipientId) => recipientId !== actor.staffId)
    .map((recipientId) => ({ key: `${kind}:${id}:${recipientId}`, kind, recipientId, subject: { absenceId: id } }));

export async function recordAbsencePressed(turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> {
  const words = absenceWords[turn.locale];
  const result = await act(turn, recordAbsence, data);
  if (result.kind === 'done') return text(recordedText(result.result, turn));
  if (result.kind === 'invalid') return showAbsence(turn, { typed: data, problems: result.problems });
  return result.kind === 'repeat' ? showAbsence(turn) : text(words.refused);
}

const sentence =
  (which: 'recorded' | 'cancelledFor') =>
  ({ who, deputy, firstDay, lastDay }: Recorded, { locale }: Pick<Turn, 'locale'>): string =>
    absenceWords[locale][which](who.name, formatDate(firstDay, locale), formatDate(lastDay, locale), deputy.name);
export const recordedText = sentence('recorded');
export const cancelledText = sentence('cancelledFor');

const cancelling = z.looseObject({ ...stampSchema.shape, absenceId: z.uuid() });

const cancelOwn: Change<z.infer<typeof cancelling>, AbsenceRow, null> = {
  operation: 'absence.cancel',
  purpose: 'administration',
  input: cancelling,
  lock: async (tx, { absenceId }, turn) => {
    await lockAbsence(tx, absenceId);
    const own = await absencesAround(tx, turn.actor.staffId, turn.today);
    return own.find((row) => row.id === absenceId && mayCancel(row, turn)) ?? null;
  },
  right: () => null,
  async apply({ tx, subject, turn }) {
    await cancelAbsence(tx, subject.id, turn.now);
    return {
      kind: 'done',
      result: null,
      logged: { action: 'delete' },
      tellings: tellingsOf('absence.cancelled', subject, turn),
    };
  },
};

export async function cancelAbsencePressed(turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> {
  const { cancelled, gone } = absenceWords[turn.locale];
  const { kind } = await act(turn, cancelOwn, data);
  return showAbsence(turn, { banner: kind === 'done' || kind === 'repeat' ? cancelled : gone });
}
