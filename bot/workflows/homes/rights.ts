/** Who may see and change the dwelling stock: asked of the unit that keeps it. */
import { type AccessSubject, mayDo } from '../../domain/access.ts';
import { stockPath } from '../../store/dwellings.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { homeWords } from './words.ts';

export const stockSubject = (housing: string | null): AccessSubject => ({
  caseworkerId: null,
  paths: { shelter: null, authority: null, housing },
});

export interface HomeRights {
  readonly see: boolean;
  readonly manage: boolean;
}

export async function homeRights({ deps, actor }: Turn): Promise<HomeRights> {
  const subject = stockSubject(await stockPath(deps.prisma));
  return {
    see: mayDo(actor, 'home.see', subject).allowed,
    manage: mayDo(actor, 'home.manage', subject).allowed,
  };
}

/** Answers those who may, and tells the others that they may not. */
export async function forThoseWho(
  may: keyof HomeRights,
  turn: Turn,
  answer: (rights: HomeRights) => BotReply | Promise<BotReply>,
): Promise<BotReply> {
  const rights = await homeRights(turn);
  const words = homeWords[turn.locale];
  if (rights[may]) return answer(rights);
  return { kind: 'text', text: rights.see ? words.noManage : words.noAccess };
}
