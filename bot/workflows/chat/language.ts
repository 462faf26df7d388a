/** `sprog en`, `sprog da`: the staff record's language outranks the activity's. */
import { localeSchema } from '../../text/words.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { chatWords } from './words.ts';

const NAMES: Readonly<Record<string, string>> = { dansk: 'da', danish: 'da', engelsk: 'en', english: 'en' };

export async function changeLanguage(turn: Turn, argument: string): Promise<BotReply> {
  const typed = argument.toLowerCase().trim();
  const chosen = localeSchema.safeParse(NAMES[typed] ?? typed);
  if (!chosen.success) return { kind: 'text', text: chatWords[turn.locale].languageWhich };
  await turn.deps.prisma.staff.update({ where: { id: turn.actor.staffId }, data: { language: chosen.data } });
  return { kind: 'text', text: chatWords[chosen.data].languageSet };
}
