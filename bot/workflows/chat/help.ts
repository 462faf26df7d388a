/** Help, welcome, and the answer to what was not understood: always with something to press. */
import { z } from 'zod';
import { reachOf } from '../../domain/access.ts';
import { defineCard, show } from '../card.ts';
import type { Command } from '../commands.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { chatWords } from './words.ts';

const helpType = defineCard({
  template: 'chat/help',
  data: z.strictObject({
    title: z.string(),
    text: z.string(),
    commands: z.array(z.strictObject({ example: z.string(), what: z.string() })),
    buttons: z.array(z.strictObject({ title: z.string(), say: z.string() })),
  }),
  words: { da: {}, en: {} },
  inputs: [],
});

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Commands that can be pressed as they stand: nothing needs to be added. */
const pressable = ({ takes, name }: Command) => takes === 'nothing' || name === 'soeg' || name === 'ledige';

function helpCard(turn: Turn, title: string, text: string, listed: readonly Command[], summary = title): BotReply {
  const { help, example } = chatWords[turn.locale];
  const inPlace = listed.filter(({ anywhere }) => anywhere || turn.place.kind === 'personal');
  return {
    kind: 'card',
    card: show(helpType, turn.locale, {
      data: {
        title,
        text,
        commands: inPlace.map(({ name }) => ({ example: example[name], what: help[name] })),
        buttons: inPlace
          .filter(pressable)
          .filter(({ name }) => name !== 'hjaelp')
          .slice(0, 4)
          .map(({ name, phrases }) => ({ title: capital(example[name].replace(' …', '')), say: phrases[0] ?? '' })),
      },
      summary,
      stamp: {},
    }),
  };
}

/** Those of the commands that this person has a use for. */
function commandsFor({ actor, deps }: Turn, commands: readonly Command[]): readonly Command[] {
  return commands.filter(({ needs, demoOnly }) => {
    if (demoOnly && !deps.demo) return false;
    if (!needs) return true;
    const { paths, own, all } = reachOf(actor, needs);
    return all || paths.length > 0 || own.length > 0;
  });
}

export async function showHelp(turn: Turn, commands: readonly Command[]): Promise<BotReply> {
  return helpCard(turn, chatWords[turn.locale].helpTitle, '', commandsFor(turn, commands));
}

export async function askWhichCase(turn: Turn): Promise<BotReply> {
  return { kind: 'text', text: chatWords[turn.locale].caseWhich };
}

/** A first meeting: what the bot does for this person's role. */
export function welcome(turn: Turn, commands: readonly Command[]): BotReply {
  const words = chatWords[turn.locale];
  const role = turn.actor.assignments[0]?.role;
  const text = role ? words.welcomeText[role] : '';
  return helpCard(turn, words.welcome(turn.actor.name.split(' ')[0] ?? ''), text, commandsFor(turn, commands));
}

export function notUnderstood(
  turn: Turn,
  typed: string,
  near: readonly Command[],
  commands: readonly Command[],
): BotReply {
  const words = chatWords[turn.locale];
  const allowed = commandsFor(turn, commands);
  const nearest = near.filter((command) => allowed.includes(command));
  // In a channel what was typed is not said again: it may hold a name.
  const title =
    turn.audience.kind === 'person' && typed !== '' && typed.length <= 60
      ? words.notUnderstood(typed)
      : words.notUnderstoodShort;
  // Nor in the notification, which lights up on a locked telephone.
  const summary = words.notUnderstoodShort;
  return nearest.length > 0
    ? helpCard(turn, title, words.didYouMean, nearest, summary)
    : helpCard(turn, title, words.tryThese, allowed, summary);
}
