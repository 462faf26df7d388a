/** From what was typed to a command. Deterministic: the phrase, folded of case, accents and punctuation, or nothing. */
import { nearest } from '../text/nearest.ts';
import { searchName } from '../text/normalise.ts';
import type { Command } from './commands.ts';

export type Understood =
  | { readonly kind: 'command'; readonly command: Command; readonly argument: string }
  /** Not understood; the phrases nearest to what was typed, if any are near. */
  | { readonly kind: 'unclear'; readonly near: readonly Command[] };

const fold = (text: string) => searchName(text.replace(/[.!,;:"'/]+/g, ' ')).trim();

/** What follows the phrase, however many words it was written as: `phase-down` is one, and two when folded. */
function afterPhrase(typed: string, phrase: string): string {
  const written = typed.trim().split(/\s+/);
  const end = written.findIndex((_word, at) => (fold(written.slice(0, at + 1).join(' ')) || phrase) === phrase);
  return written
    .slice(end + 1)
    .join(' ')
    .trim();
}

export function understand(written: string, commands: readonly Command[]): Understood {
  const typed = written.replace(/^\s*(\p{L}+)\s*[-:#]\s*(?=\d)/u, '$1 ');
  const folded = fold(typed) || typed.trim();
  const spoken = commands.flatMap((command) =>
    command.phrases.map((phrase) => ({ command, phrase: fold(phrase) || phrase })),
  );
  // The longest phrase first, so that "mine opgaver" is not taken for a shorter one.
  for (const { command, phrase } of spoken.sort((a, b) => b.phrase.length - a.phrase.length)) {
    if (folded !== phrase && !folded.startsWith(`${phrase} `)) continue;
    // The argument as typed, not folded: names keep their letters.
    const argument = afterPhrase(typed, phrase);
    if (command.takes === 'nothing' && argument === '') return { kind: 'command', command, argument };
    if (command.takes === 'text') return { kind: 'command', command, argument };
    if (command.takes === 'number' && /^(nr\.?\s*|#)?\d{1,9}[.!?]?$/i.test(argument))
      return { kind: 'command', command, argument: argument.replace(/\D/g, '') };
    if (command.takes === 'number' && argument === '') return { kind: 'command', command, argument };
  }
  const bareNumber = commands.find(({ takes }) => takes === 'number');
  if (bareNumber && /^#?\d{1,9}$/.test(folded))
    return { kind: 'command', command: bareNumber, argument: folded.replace('#', '') };
  const phrases = nearest(
    folded,
    spoken.map(({ phrase }) => phrase),
  );
  const firstWord = nearest(
    folded.split(' ')[0] ?? '',
    spoken.map(({ phrase }) => phrase),
  );
  const near = [...phrases, ...firstWord].flatMap((phrase) =>
    spoken.filter((item) => item.phrase === phrase).map(({ command }) => command),
  );
  return { kind: 'unclear', near: [...new Set(near)].slice(0, 3) };
}
