/** Whom a change of a case is told to. Nobody is told of their own act; the deputies of those who are away are told too. */
import type { Party } from '../../domain/access.ts';
import type { CaseFile } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import type { Telling } from '../../store/outbox.ts';
import { audiencesOf } from '../../store/people.ts';
import type { PlainDate } from '../../domain/time.ts';
import { askFor, isFarOff, openStep } from './case.ts';

/** The kinds of message about a case; `messages.ts` has what each says. */
export type DischargeMessage = 'case.discharged' | 'case.discharge-corrected' | 'case.discharge-undone';
export type CaseMessage = 'case.turn' | 'case.result' | 'case.stood-in' | 'case.moved' | DischargeMessage;

/** Who made the change, and on which legal day; nobody where time alone did. */
export interface Teller {
  readonly actor: { readonly staffId: string } | null;
  readonly today: PlainDate;
}

interface News {
  readonly kind: CaseMessage;
  /** What tells this message from others of its kind about the case: a pass, or the case's version. */
  readonly mark: string;
  /** The pass that a move ended, or `''`: what its reason is read from, whatever has been saved since. */
  readonly passId?: string;
  readonly to: readonly string[];
}

function telling(file: CaseFile, { kind, mark, passId }: News, recipientId: string): Telling {
  const subject = { caseId: file.id, mark, ...(passId !== undefined && { passId }) };
  return { key: `${kind}:${mark}:${recipientId}`, kind, recipientId, subject };
}

interface Heard {
  /** Those whose turn it has become, with the deputies of those who are away. */
  readonly turnTo: readonly string[];
  /** The people of the other parties, without those whose turn it is. */
  readonly others: readonly string[];
}

/**
 * Who hears of a change; never whoever made it. It is nobody's turn anew where the step was done `beside` the open one,
 * nor while the open one is far off, as the next follow-up is.
 */
async function heardBy(
  db: Tx,
  turn: Teller,
  file: CaseFile,
  parties: readonly Party[],
  beside = false,
): Promise<Heard> {
  const open = beside ? null : openStep(file);
  const waits = open && !isFarOff(open, turn.today);
  const asked = [waits ? askFor(file, open.step.party) : null, ...parties.map((party) => askFor(file, party))];
  const audiences = await audiencesOf(
    db,
    asked.map((ask) => ask ?? { people: [] }),
    turn.today,
  );
  const notMine = (id: string) => id !== turn.actor?.staffId;
  const turnTo = (audiences[0]?.withDeputies ?? []).filter(notMine);
  const others = new Set(audiences.slice(1).flatMap(({ people }) => people));
  return { turnTo, others: [...others].filter((id) => notMine(id) && !turnTo.includes(id)) };
}

/**
 * Those whose turn it has become, and the parties that learn of the result. `ended` is the pass whose outcome the
 * result is; `file` the case after the change.
 */
export async function tellOfStep(
  db: Tx,
  turn: Teller,
  file: CaseFile,
  {
    passId,
    tells,
    onBehalfOfId,
    beside = false,
  }: { passId: string; tells: readonly Party[]; onBehalfOfId: string | null; beside?: boolean },
): Promise<Telling[]> {
  const open = openStep(file);
  const { turnTo, others } = await heardBy(db, turn, file, tells, beside);
  const news: News[] = [
    { kind: 'case.turn', mark: open?.pass.id ?? passId, to: turnTo },
    { kind: 'case.result', mark: passId, to: others.filter((id) => id !== onBehalfOfId) },
    { kind: 'case.stood-in', mark: passId, to: onBehalfOfId ? [onBehalfOfId] : [] },
  ];
  return news.flatMap((item) => item.to.map((id) => telling(file, item, id)));
}

/** Somebody absent learns what their deputy did in a case where nothing moved. */
export const tellAbsent = (file: CaseFile, onBehalfOf: { readonly staffId: string } | null): Telling[] =>
  onBehalfOf
    ? [telling(file, { kind: 'case.stood-in', mark: `${file.id}:${file.version}`, to: [] }, onBehalfOf.staffId)]
    : [];

/** Those who learn that a case went back, stopped, was opened again or changed hands; and whose turn it has become. */
export async function tellOfMove(
  db: Tx,
  turn: Teller,
  file: CaseFile,
  parties: readonly Party[],
  more: readonly string[] = [],
  endedPassId = '',
): Promise<Telling[]> {
  const open = openStep(file);
  const { turnTo, others } = await heardBy(db, turn, file, parties);
  const told = more.filter((id) => id !== turn.actor?.staffId && !turnTo.includes(id));
  const movedTo = [...new Set([...others, ...told])];
  const news: News[] = [
    ...(open ? [{ kind: 'case.turn' as const, mark: `${open.pass.id}:${file.version}`, to: turnTo }] : []),
    { kind: 'case.moved', mark: `${file.id}:${file.version}`, passId: endedPassId, to: movedTo },
  ];
  return news.flatMap((item) => item.to.map((id) => telling(file, item, id)));
}

/** Those who learn that the citizen has left the shelter, or that this was wrong: the caseworker, and whose turn it is. */
export async function tellOfDischarge(
  db: Tx,
  turn: Teller,
  file: CaseFile,
  kind: DischargeMessage,
  onBehalfOfId: string | null,
): Promise<Telling[]> {
  const { turnTo, others } = await heardBy(db, turn, file, ['caseworker']);
  const to = new Set([...turnTo, ...others, ...(onBehalfOfId ? [onBehalfOfId] : [])]);
  const news: News = { kind, mark: `${file.id}:${file.version}`, to: [...to] };
  return news.to.map((id) => telling(file, news, id));
}

/** The people that a side of the case consists of. */
export async function staffOf(db: Tx, turn: Teller, file: CaseFile, party: Party): Promise<readonly string[]> {
  const ask = askFor(file, party);
  return ask ? ((await audiencesOf(db, [ask], turn.today))[0]?.people ?? []) : [];
}

/** A message about a case that its recipients may no longer see: it says the number, and nothing of the citizen. */
export const CASE_LEFT = 'case.left';

/** Those of the shelter that an open case has left, except who hears more of it. */
export function tellThoseLeft(
  turn: Teller,
  file: CaseFile,
  left: { readonly shelterId: string; readonly staffIds: readonly string[] },
  others: readonly Telling[],
): Telling[] {
  const heard = new Set([turn.actor?.staffId, ...others.map(({ recipientId }) => recipientId)]);
  return left.staffIds
    .filter((id) => !heard.has(id))
    .map((recipientId) => ({
      key: `${CASE_LEFT}:${file.id}:${file.version}:${recipientId}`,
      kind: CASE_LEFT,
      recipientId,
      subject: { caseId: file.id, shelterId: left.shelterId },
    }));
}
