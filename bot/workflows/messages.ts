/** What each kind of message says, made and authorised when it is delivered: null when it is no longer true or allowed. */
import { z } from 'zod';
import { mayShow } from '../domain/access.ts';
import { legalDate, type Instant } from '../domain/time.ts';
import type { AccessEntry } from '../store/access-log.ts';
import { type CaseFile, findCase } from '../store/cases.ts';
import { findByStaffId } from '../store/people.ts';
import { fromDateColumn } from '../store/temporal.ts';
import { chatWords } from './chat/words.ts';
import { cancelledText, recordedText } from './absence/absence.ts';
import { capacityMessage, isCapacityMessage } from './capacity/messages.ts';
import type { Deps } from './deps.ts';
import { accessSubject, openStep, stepTurn, waysPasses } from './referral/case.ts';
import { stayFacts } from './referral/home-facts.ts';
import { reasonOf, type Reader, resultOf, stageTitle, standing, when } from './referral/present.ts';
import { noticeCard, statusCard } from './referral/status-card.ts';
import { CASE_LEFT, type CaseMessage } from './referral/tellings.ts';
import { referralWords } from './referral/words.ts';
import { isReviewMessage, reviewMessage } from './review/messages.ts';
import { progressMessage } from './review/progress.ts';
import type { BotReply } from './turn.ts';
import { UNREACHABLE, unreachableMessage } from './unreachable/unreachable.ts';

/** Either to a member of staff or to a shared place. */
export interface Message {
  readonly kind: string;
  readonly recipientId: string | null;
  readonly placeId: string | null;
  readonly subject: Readonly<Record<string, string | number>>;
}

export interface Composed {
  readonly reply: BotReply;
  /** What its recipient sees of citizens: for the access log, once the message is sent. */
  readonly seen: readonly AccessEntry[];
}

const caseSubject = z.object({ caseId: z.uuid(), mark: z.string(), passId: z.string().default('') });

/** The message as it is true now. `now` is the time of delivery. */
export async function compose(deps: Deps, message: Message, now: Instant = deps.now()): Promise<Composed | null> {
  if (message.recipientId === null) return placeMessage(deps, message, now);
  const today = legalDate(now);
  const recipient = await findByStaffId(deps.db, message.recipientId, today);
  if (!recipient) return null;
  const reader: Reader = {
    deps,
    actor: recipient,
    locale: recipient.language,
    audience: { kind: 'person', actor: recipient },
    now,
    today,
  };
  const seen: AccessEntry[] = [];
  const reply = await replyOf(reader, message, seen);
  return reply && { reply, seen };
}

/** What a message to a channel or group chat is made for: nobody knows who reads along there. */
export type Room = Pick<Reader, 'deps' | 'locale' | 'now' | 'today'> & {
  readonly audience: { readonly kind: 'conversation' };
};

/** The kinds of messages that go to a channel or group chat, each with the making of its reply. */
const placeKinds: Readonly<Record<string, (room: Room, message: Message) => Promise<BotReply | null>>> = {
  'review.progress': progressMessage,
};

/** To a shared place: it shows no citizen, so that nothing of it is for the access log. */
export async function placeMessage(deps: Deps, message: Message, now: Instant): Promise<Composed | null> {
  const room: Room = { deps, locale: 'da', audience: { kind: 'conversation' }, now, today: legalDate(now) };
  const make = Object.hasOwn(placeKinds, message.kind) ? placeKinds[message.kind] : undefined;
  const reply = (await make?.(room, message)) ?? null;
  return reply && { reply, seen: [] };
}

async function replyOf(reader: Reader, message: Message, seen: AccessEntry[]): Promise<BotReply | null> {
  if (message.kind === 'absence.recorded' || message.kind === 'absence.cancelled')
    return absenceMessage(reader, message);
  if (message.kind === UNREACHABLE) return unreachableMessage(reader, message.subject);
  if (message.kind === CASE_LEFT) return leftMessage(reader, message);
  if (isCapacityMessage(message.kind)) {
    const news = await capacityMessage(reader, message.kind, message.subject);
    seen.push(...(news?.seen ?? []));
    return news?.reply ?? null;
  }
  if (isReviewMessage(message.kind)) {
    const news = await reviewMessage(reader, message.kind, message.subject);
    seen.push(...(news?.seen ?? []));
    return news?.reply ?? null;
  }
  const { caseId, mark, passId } = caseSubject.parse(message.subject);
  const file = await findCase(reader.deps.db, caseId);
  if (!file || !mayShow(reader.audience, accessSubject(file)).details) return null;
  const reply =
    message.kind === 'case.open'
      ? { kind: 'card' as const, card: statusCard(file, reader) }
      : caseMessage(reader, file, message.kind as CaseMessage, mark, passId);
  if (reply) {
    seen.push({
      at: reader.now,
      staffId: reader.actor.staffId,
      action: 'read',
      purpose: 'notification',
      operation: message.kind,
      citizenId: file.citizen.id,
      referralId: file.id,
    });
  }
  return reply;
}

function caseMessage(reader: Reader, file: CaseFile, kind: CaseMessage, mark: string, passId: string): BotReply | null {
  const words = referralWords[reader.locale];
  const open = openStep(file);
  const mine = stepTurn(file, reader.actor).kind === 'may';
  const { stage, who, due } = standing(file, reader);
  const now = open ? [words.receiptNow(stage, who, due)] : [];
  // It is no longer this person's turn at this step: somebody was faster.
  if (kind === 'case.turn' && (!open || !mine || !mark.startsWith(open.pass.id))) return null;
  // The citizen is at a shelter again, or has left it again.
  const left = kind === 'case.discharged' || kind === 'case.discharge-corrected';
  const isThere = file.stay.endedOn === null;
  if ((left && isThere) || (kind === 'case.discharge-undone' && !isThere)) return null;
  const last = waysPasses(file).findLast(({ endedAt }) => endedAt !== null);
  const pass =
    kind === 'case.turn' ? last : file.passes.find(({ id }) => id === (kind === 'case.moved' ? passId : mark));
  const news = pass?.endedAt
    ? [
        [resultOf(file, pass, reader), reasonOf(file, pass, reader)].filter(Boolean).join('. '),
        pass.onBehalfOf
          ? words.byFor(pass.endedBy?.name ?? '', pass.onBehalfOf.name, when(pass.endedAt, reader))
          : pass.endedBy
            ? words.byWhom(pass.endedBy.name, when(pass.endedAt, reader))
            : when(pass.endedAt, reader),
      ]
    : [`${words.caseworker}: ${file.caseworker?.name ?? ''}`].filter(() => file.caseworker !== null);
  return {
    kind: 'card',
    card: noticeCard(file, reader, {
      title: words.notice[kind],
      preview: words.noticePreview[kind](file.number),
      lines: [
        ...(reader.deps.demo ? [chatWords[reader.locale].demoFor(reader.actor.name)] : []),
        ...(left ? stayFacts(file, reader).map(({ value }) => value) : kind === 'case.discharge-undone' ? [] : news),
        ...(kind === 'case.moved' && !open ? [stage] : now),
      ],
      doStep: open && mine ? words.doStep(stageTitle(file, open.step.id, reader)) : '',
    }),
  };
}

/** To those who may no longer see the case: its number alone, unless it has come back. */
async function leftMessage(reader: Reader, message: Message): Promise<BotReply | null> {
  const { caseId, shelterId } = z.object({ caseId: z.uuid(), shelterId: z.uuid() }).parse(message.subject);
  const file = await findCase(reader.deps.db, caseId);
  if (!file || file.shelter.id === shelterId) return null;
  return { kind: 'text', text: referralWords[reader.locale].movedAway(file.number) };
}

async function absenceMessage(reader: Reader, message: Message): Promise<BotReply | null> {
  const { absenceId } = z.object({ absenceId: z.uuid() }).parse(message.subject);
  const row = await reader.deps.prisma.absence.findUnique({
    where: { id: absenceId },
    include: { staff: { select: { id: true, name: true } }, deputy: { select: { id: true, name: true } } },
  });
  const cancelled = message.kind === 'absence.cancelled';
  if (!row || cancelled !== (row.cancelledAt !== null)) return null;
  const { staff: who, deputy, firstDay, lastDay } = row;
  const words = cancelled ? cancelledText : recordedText;
  return {
    kind: 'text',
    text: words({ who, deputy, firstDay: fromDateColumn(firstDay), lastDay: fromDateColumn(lastDay) }, reader),
  };
}
