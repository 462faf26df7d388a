/** A turn from event to reply: who is it, what did they mean, who answers. */
import type { Audience } from '../domain/access.ts';
import { containsCpr } from '../domain/cpr.ts';
import { legalDate, type PlainDate, Temporal } from '../domain/time.ts';
import { rememberConversation } from '../store/conversations.ts';
import { findByAadObjectId, type StaffMember } from '../store/people.ts';
import { type Locale, pickLocale } from '../text/words.ts';
import { MalformedPressError } from './act.ts';
import { actions, publicActions, SAY } from './actions.ts';
import { notUnderstood, welcome } from './chat/help.ts';
import { playedBy } from './chat/role.ts';
import { chatWords } from './chat/words.ts';
import { commands } from './commands.ts';
import type { Turn } from './context.ts';
import type { Deps } from './deps.ts';
import type { BotEvent, BotReply } from './turn.ts';
import { understand } from './understand.ts';

export interface App {
  handle(event: BotEvent): Promise<BotReply>;
  /** The language of whoever the event is from: the staff record's, else the activity's. */
  localeOf(event: BotEvent): Promise<Locale>;
}

const text = (words: string): BotReply => ({ kind: 'text', text: words });

/** PostgreSQL holds neither NUL nor half a surrogate pair, and nobody types them on purpose. */
const storable = (typed: string): string => typed.replaceAll('\0', '').toWellFormed();
const storableIn = (data: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? storable(value) : value]),
  );

export function createApp(deps: Deps): App {
  const actorOf = async ({ sender }: BotEvent, today: PlainDate): Promise<StaffMember | null> => {
    if (!sender.aadObjectId) return null;
    const id = deps.demo ? playedBy(sender.aadObjectId) : sender.aadObjectId;
    return findByAadObjectId(deps.db, id, today);
  };

  return {
    async localeOf(event) {
      return (await actorOf(event, legalDate(deps.now())))?.language ?? pickLocale(event.place.locale);
    },

    async handle(event) {
      // In whole milliseconds, as the store keeps instants.
      const now = Temporal.Instant.fromEpochMilliseconds(deps.now().epochMilliseconds);
      const today = legalDate(now);
      const actor = await actorOf(event, today);
      // Somebody whose shelter has no agreement, or who has no role any more, is known to nobody.
      if (!actor || (actor.assignments.length === 0 && actor.standsInFor.length === 0))
        return event.kind === 'joined' && event.place.kind !== 'personal'
          ? { kind: 'nothing' }
          : text(chatWords[pickLocale(event.place.locale)].unknownUser);
      const audience: Audience = event.place.kind === 'personal' ? { kind: 'person', actor } : { kind: 'conversation' };
      const turn: Turn = {
        deps,
        actor,
        locale: actor.language,
        place: event.place,
        ...(event.sender.aadObjectId && { testerId: event.sender.aadObjectId }),
        audience,
        now,
        today,
      };
      if (event.place.kind === 'personal')
        await rememberConversation(deps.db, actor.staffId, event.sender.userId, event.place, now);
      switch (event.kind) {
        case 'joined':
          return greet(turn);
        case 'message':
          return answerMessage(turn, storable(event.text));
        case 'action':
          return answerPress(turn, event.verb, storableIn(event.data));
      }
    },
  };
}

/** The welcome, once per person; in a conversation that others read there is nobody in particular to greet. */
async function greet(turn: Turn): Promise<BotReply> {
  if (turn.audience.kind === 'conversation') return { kind: 'nothing' };
  const { count } = await turn.deps.prisma.staff.updateMany({
    where: { id: turn.actor.staffId, welcomedAt: null },
    data: { welcomedAt: new Date(turn.now.epochMilliseconds) },
  });
  return count === 1 ? welcome(turn, commands) : { kind: 'nothing' };
}

async function answerMessage(turn: Turn, typed: string): Promise<BotReply> {
  const words = chatWords[turn.locale];
  if (containsCpr(typed)) return text(words.noCprInChat);
  const known = turn.deps.demo ? commands : commands.filter(({ demoOnly }) => !demoOnly);
  const understood = understand(typed, known);
  if (understood.kind === 'unclear') return notUnderstood(turn, typed, understood.near, commands);
  const { command, argument } = understood;
  if (turn.audience.kind === 'conversation' && !command.anywhere) return text(words.personalOnly);
  return command.run(turn, argument);
}

async function answerPress(turn: Turn, verb: string, data: Readonly<Record<string, unknown>>): Promise<BotReply> {
  const words = chatWords[turn.locale];
  if (turn.audience.kind === 'conversation' && !publicActions.has(verb)) return text(words.personalOnly);
  if (verb === SAY) return typeof data['text'] === 'string' ? answerMessage(turn, data['text']) : text(words.oldButton);
  const press = Object.hasOwn(actions, verb) ? actions[verb] : undefined;
  if (!press) return text(words.oldButton);
  try {
    return await press(turn, data);
  } catch (error) {
    // A card of an earlier version of the program, or none of ours: nothing was done.
    if (error instanceof MalformedPressError) {
      turn.deps.log.warn({ verb, code: 'malformed-press' }, 'A button carried what no card of ours carries');
      return text(words.oldButton);
    }
    throw error;
  }
}
