/**
 * The one path of every change (design.md § 4.1): parse → use up the nonce → lock → authorise → refuse the stale →
 * apply → log → outbox, in one transaction. A change says what differs; nothing else writes.
 */
import { z } from 'zod';
import { type AccessSubject, type Action, type Actor, mayDo, type Verdict } from '../domain/access.ts';
import type { Instant } from '../domain/time.ts';
import { type AccessAction, logAccess } from '../store/access-log.ts';
import type { Tx } from '../store/database.ts';
import { type Telling, tell } from '../store/outbox.ts';
import { instantText } from '../store/temporal.ts';
import type { Turn } from './context.ts';

/** What every button that changes something carries: the thing, the version its card was made from, and a nonce. */
export const stampSchema = z.object({
  nonce: z.uuid(),
  version: z.coerce.number().int(),
});

/** Who else changed it, for the sentence on a stale card. */
export interface LastChange {
  readonly version: number;
  readonly by: string | null;
  readonly at: Instant;
}

export interface Applying<Input, Subject> {
  readonly tx: Tx;
  readonly input: Input;
  readonly subject: Subject;
  readonly turn: Turn;
  /** The absent colleague that the deputy acts for. */
  readonly onBehalfOf: { readonly staffId: string; readonly name: string } | null;
}

export type Applied<Result> =
  /** Nothing is written; the problems go back to their fields (the key `''` is the whole). */
  | { readonly kind: 'invalid'; readonly problems: Readonly<Record<string, string>> }
  | {
      readonly kind: 'done';
      readonly result: Result;
      readonly logged: { readonly action: AccessAction; readonly citizenId?: string; readonly referralId?: string };
      readonly tellings: readonly Telling[];
    };

export interface Right {
  readonly action: Action;
  readonly subject: AccessSubject;
}

export interface Change<Input, Subject, Result> {
  /** As the access log has it, such as `referral.complete-step`. */
  readonly operation: string;
  readonly purpose: string;
  readonly input: z.ZodType<Input>;
  /** Reads the subject and holds it until the end of the transaction; null when there is none. */
  readonly lock: (tx: Tx, input: Input, turn: Turn) => Promise<Subject | null>;
  /** What the table of rights is asked: of several, one is enough. Null for what is one's own, which `lock` alone finds. */
  readonly right: (subject: Subject, input: Input) => Right | readonly Right[] | null;
  /** The subject's last change; left out by changes that make something new. */
  readonly last?: (subject: Subject) => LastChange;
  readonly apply: (applying: Applying<Input, Subject>) => Promise<Applied<Result>>;
}

export type ActResult<Result> =
  | {
      readonly kind: 'done';
      readonly result: Result;
      readonly onBehalfOf: { readonly staffId: string; readonly name: string } | null;
    }
  | { readonly kind: 'invalid'; readonly problems: Readonly<Record<string, string>> }
  | { readonly kind: 'stale'; readonly last: LastChange }
  /** The same press a second time: what it asked for was done then. */
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'gone' };

const OWN: Verdict = { allowed: true, onBehalfOf: null };

/** May this person do it by one of these rights? */
export function mayDoOne(actor: Actor, right: Right | readonly Right[]): Verdict {
  const verdicts = [right].flat().map(({ action, subject }) => mayDo(actor, action, subject));
  return verdicts.find(({ allowed }) => allowed) ?? { allowed: false };
}

/** Undoes the transaction while carrying its result out of it. */
class Undo<Result> extends Error {
  readonly result: ActResult<Result>;
  constructor(result: ActResult<Result>) {
    super('undo');
    this.result = result;
  }
}

/** The press was not of our making: ids missing or malformed. The card is old or forged; nothing was done. */
export class MalformedPressError extends Error {
  readonly code = 'malformed-press';
}

/** Reads what a button carried; what no card of ours carries is a malformed press, not a bug. */
export function parsePress<T>(schema: z.ZodType<T>, data: Readonly<Record<string, unknown>>, what: string): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new MalformedPressError(`${what}: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
}

/** What was typed in a field of a card, without the spaces around it; blank where the card has no such field. */
export function typedIn(input: Readonly<Record<string, unknown>>, name: string, otherwise = ''): string {
  const value = input[name];
  return typeof value === 'string' ? value.trim() : otherwise;
}

export async function act<Input extends z.infer<typeof stampSchema>, Subject, Result>(
  turn: Turn,
  change: Change<Input, Subject, Result>,
  data: Readonly<Record<string, unknown>>,
): Promise<ActResult<Result>> {
  const input = parsePress(change.input, data, change.operation);
  try {
    return await turn.deps.db.$transaction(async (tx) => {
      // Both are sent at once and run in this order.
      const [fresh, subject] = await Promise.all([useUp(tx, turn, input.nonce), change.lock(tx, input, turn)]);
      if (!fresh) return { kind: 'repeat' };
      if (subject === null) throw new Undo<Result>({ kind: 'gone' });
      const right = change.right(subject, input);
      const verdict = right ? mayDoOne(turn.actor, right) : OWN;
      if (!verdict.allowed) throw new Undo<Result>({ kind: 'refused' });
      const last = change.last?.(subject);
      if (last && last.version !== input.version) throw new Undo<Result>({ kind: 'stale', last });

      const { onBehalfOf } = verdict;
      const applied = await change.apply({ tx, input, subject, turn, onBehalfOf });
      if (applied.kind === 'invalid') throw new Undo<Result>(applied);
      await logAccess(tx, [
        {
          at: turn.now,
          staffId: turn.actor.staffId,
          onBehalfOfId: onBehalfOf?.staffId,
          purpose: change.purpose,
          operation: change.operation,
          ...applied.logged,
        },
      ]);
      await tell(tx, turn.deps.boss, applied.tellings, turn.now);
      return { kind: 'done', result: applied.result, onBehalfOf };
    });
  } catch (error) {
    if (error instanceof Undo) return error.result as ActResult<Result>;
    throw error;
  }
}

/** False when this person has used the nonce up before; a second press waits here until the first has committed or not. */
async function useUp(tx: Tx, turn: Turn, nonce: string): Promise<boolean> {
  const rows = await tx.$queryRawUnsafe<unknown[]>(
    `insert into used_nonce (staff_id, nonce, used_at) values ($1::uuid, $2::uuid, $3::timestamptz)
     on conflict do nothing returning nonce`,
    turn.actor.staffId,
    nonce,
    instantText(turn.now),
  );
  return rows.length === 1;
}
