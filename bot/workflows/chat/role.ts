/** Demo mode only: the tester acts as another member of staff. */
import { nearest } from '../../text/nearest.ts';
import { searchName } from '../../text/normalise.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { chatWords } from './words.ts';

/** Which member of staff a tester plays, by the tester's Entra object id; gone with the process. */
const played = new Map<string, string>();

/** The Entra object id that the demo's sender stands for. */
export const playedBy = (aadObjectId: string): string => played.get(aadObjectId) ?? aadObjectId;

/** `rolle Jonas`: by first name, whole name or a part of it. */
export async function playRole(turn: Turn, argument: string): Promise<BotReply> {
  const words = chatWords[turn.locale];
  const staff = await turn.deps.prisma.staff.findMany({
    where: { active: true },
    select: { aadObjectId: true, name: true, searchName: true, assignments: { select: { role: true } } },
    orderBy: { name: 'asc' },
  });
  const typed = searchName(argument);
  const byPart = typed === '' ? [] : staff.filter(({ searchName: name }) => ` ${name}`.includes(` ${typed}`));
  const [close] =
    typed === ''
      ? []
      : nearest(
          typed,
          staff.flatMap(({ searchName: name }) => [name, name.split(' ')[0] ?? '']),
        );
  const chosen =
    byPart[0] ?? staff.find(({ searchName: name }) => close !== undefined && ` ${name}`.includes(` ${close}`));
  if (!chosen || !turn.testerId)
    return { kind: 'text', text: words.roleWhich(staff.map(({ name }) => name).join(', ')) };
  played.set(turn.testerId, chosen.aadObjectId);
  const role = chosen.assignments[0]?.role;
  return { kind: 'text', text: words.roleIs(chosen.name, role ? words.roles[role] : '') };
}
