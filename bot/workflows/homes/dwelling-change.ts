/** A change of a dwelling as `act()` takes it: what all of them share. */
import { z } from 'zod';
import { type Answers, type Form, parseForm } from '../../domain/referral/form.ts';
import type { Tx } from '../../store/database.ts';
import { type By, touchDwellings } from '../../store/dwelling-changes.ts';
import { type Dwelling, lockDwelling, stockPath } from '../../store/dwellings.ts';
import { type Change, type LastChange, stampSchema } from '../act.ts';
import type { Turn } from '../context.ts';
import type { Problems } from './form.ts';
import { stockSubject } from './rights.ts';

const changing = z.looseObject({ ...stampSchema.shape, dwellingId: z.uuid() });
type Changing = z.infer<typeof changing>;

interface Held {
  readonly dwelling: Dwelling;
  readonly housing: string | null;
}
export type DwellingChange = Change<Changing, Held, null>;

const lastChangeOf = ({ version, changedBy, changedAt }: Dwelling): LastChange => ({
  version,
  by: changedBy,
  at: changedAt,
});

interface Kind<F extends Form> {
  readonly operation: string;
  readonly form: F;
  readonly lock?: (tx: Tx, id: string) => Promise<Dwelling | null>;
  /** The code of what stands in the way, whatever was typed. */
  readonly barredBy: (dwelling: Dwelling) => string | null;
  readonly problems?: (answers: Answers<F>, dwelling: Dwelling, turn: Turn, tx: Tx) => Problems | Promise<Problems>;
  readonly write: (tx: Tx, dwelling: Dwelling, answers: Answers<F>, by: By) => Promise<void>;
  /** The lists of an estate concern all its dwellings. */
  readonly wholeEstate?: true;
}

/** Holds the dwelling, asks what bars it, reads the form, writes, and makes the older cards stale. */
export function change<F extends Form>(kind: Kind<F>): DwellingChange {
  const { lock = lockDwelling, wholeEstate } = kind;
  return {
    operation: kind.operation,
    purpose: 'administration',
    input: changing,
    lock: async (tx, { dwellingId }) => {
      const dwelling = await lock(tx, dwellingId);
      return dwelling && { dwelling, housing: await stockPath(tx) };
    },
    right: ({ housing }) => ({ action: 'home.manage', subject: stockSubject(housing) }),
    last: ({ dwelling }) => lastChangeOf(dwelling),
    async apply({ tx, input, subject: { dwelling }, turn }) {
      const barred = kind.barredBy(dwelling);
      if (barred) return { kind: 'invalid', problems: { '': barred } };
      const parsed = parseForm(kind.form, input);
      if (!parsed.ok) return { kind: 'invalid', problems: parsed.problems };
      const problems = (await kind.problems?.(parsed.answers, dwelling, turn, tx)) ?? {};
      if (Object.keys(problems).length > 0) return { kind: 'invalid', problems };
      const by = { by: turn.actor.staffId, at: turn.now };
      await kind.write(tx, dwelling, parsed.answers, by);
      await touchDwellings(tx, wholeEstate ? { estateId: dwelling.estate.id } : { dwellingId: dwelling.id }, by);
      return { kind: 'done', result: null, logged: { action: 'change' }, tellings: [] };
    },
  };
}
