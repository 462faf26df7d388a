/** What those who keep the stock may change of a dwelling, and what stands in the way. */
import { z } from 'zod';
import {
  type Answers,
  choice,
  date,
  type Form,
  kroner,
  optionalDate,
  parseForm,
  text,
} from '../../domain/referral/form.ts';
import { areaTypes } from '../../domain/schemes.ts';
import { Temporal } from '../../domain/time.ts';
import type { Tx } from '../../store/database.ts';
import {
  type By,
  lockWithEstate,
  putArea,
  putRent,
  setVacancy,
  setWithdrawn,
  touchDwellings,
} from '../../store/dwelling-changes.ts';
import { type Dwelling, lockDwelling, stockPath } from '../../store/dwellings.ts';
import { type Change, type LastChange, stampSchema } from '../act.ts';
import type { Turn } from '../context.ts';
import { dayOf, farAway, type Problems } from './form.ts';
import { stockSubject } from './rights.ts';

export const withdrawReasons = ['needed_by_association', 'too_dear', 'unfit', 'mistake', 'other'] as const;

export const rentForm = { rentFrom: date(), rent: kroner() };
export const datesForm = { vacantFrom: optionalDate(), answerDueOn: optionalDate() };
export const areaForm = {
  areaType: choice(areaTypes),
  areaFrom: date(),
  areaTo: optionalDate(),
  areaSource: text(120),
};
const withdrawForm = { reason_withdraw: choice(withdrawReasons) };

const changing = z.looseObject({ ...stampSchema.shape, dwellingId: z.uuid() });
type Changing = z.infer<typeof changing>;

interface Held {
  readonly dwelling: Dwelling;
  readonly housing: string | null;
}
export type DwellingChange = Change<Changing, Held, null>;

export const lastChangeOf = ({ version, changedBy, changedAt }: Dwelling): LastChange => ({
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
  readonly problems?: (answers: Answers<F>, dwelling: Dwelling, turn: Turn) => Problems;
  readonly write: (tx: Tx, dwelling: Dwelling, answers: Answers<F>, by: By) => Promise<void>;
  /** The lists of an estate concern all its dwellings. */
  readonly wholeEstate?: true;
}

function change<F extends Form>(kind: Kind<F>): DwellingChange {
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
      const problems = kind.problems?.(parsed.answers, dwelling, turn) ?? {};
      if (Object.keys(problems).length > 0) return { kind: 'invalid', problems };
      const by = { by: turn.actor.staffId, at: turn.now };
      await kind.write(tx, dwelling, parsed.answers, by);
      await touchDwellings(tx, wholeEstate ? { estateId: dwelling.estate.id } : { dwellingId: dwelling.id }, by);
      return { kind: 'done', result: null, logged: { action: 'change' }, tellings: [] };
    },
  };
}

const whenWithdrawn = ({ withdrawnAt }: Dwelling) => (withdrawnAt ? 'withdrawn' : null);
const whenTaken = ({ offer, lease }: Dwelling) => (lease ? 'leased' : offer ? 'offered' : null);

/** The rent from a day on; the same day corrects it. */
export const setRent = change({
  operation: 'homes.set-rent',
  form: rentForm,
  barredBy: whenWithdrawn,
  problems: ({ rentFrom, rent }, _dwelling, { today }) => ({
    ...farAway({ rentFrom: dayOf(rentFrom) }, today),
    ...(rent === 0 && { rent: 'rentZero' }),
  }),
  write: (tx, { id }, { rentFrom, rent }, by) =>
    putRent(tx, id, { from: Temporal.PlainDate.from(rentFrom), oere: rent }, by),
});

/** Since when nobody lives there, and by when the association must have its answer. */
export const setDates = change({
  operation: 'homes.set-dates',
  form: datesForm,
  barredBy: (dwelling) => whenWithdrawn(dwelling) ?? (dwelling.lease && 'leased'),
  problems: ({ vacantFrom, answerDueOn }, { offer }, { today }) => ({
    ...farAway({ vacantFrom: dayOf(vacantFrom), answerDueOn: dayOf(answerDueOn) }, today),
    ...(offer && vacantFrom === null && { vacantFrom: 'offeredVacant' }),
  }),
  write: (tx, { id }, { vacantFrom, answerDueOn }) =>
    setVacancy(tx, id, { vacantFrom: dayOf(vacantFrom), answerDueOn: dayOf(answerDueOn) }),
});

/** The department stands on a list from one day to another. */
export const setArea = change({
  operation: 'homes.set-area',
  form: areaForm,
  lock: lockWithEstate,
  wholeEstate: true,
  barredBy: () => null,
  problems({ areaType, areaFrom, areaTo }, { areas }, { today }) {
    const [from, to] = [Temporal.PlainDate.from(areaFrom), dayOf(areaTo)];
    const { compare } = Temporal.PlainDate;
    const overlaps = areas.some(
      (other) =>
        other.type === areaType &&
        !other.from.equals(from) &&
        (to === null || compare(other.from, to) <= 0) &&
        (other.to === null || compare(from, other.to) <= 0),
    );
    return {
      ...farAway({ areaFrom: from, areaTo: to }, today),
      ...(to && compare(to, from) < 0 && { areaTo: 'areaOrder' }),
      ...(overlaps && { areaFrom: 'areaOverlap' }),
    };
  },
  write: (tx, { estate }, { areaType, areaFrom, areaTo, areaSource }) =>
    putArea(tx, estate.id, {
      type: areaType,
      from: Temporal.PlainDate.from(areaFrom),
      to: dayOf(areaTo),
      source: areaSource,
    }),
});

/** Out of the stock: it can be offered to nobody until it is taken in again. */
export const withdraw = change({
  operation: 'homes.withdraw',
  form: withdrawForm,
  barredBy: (dwelling) => whenWithdrawn(dwelling) ?? whenTaken(dwelling),
  write: (tx, { id }, { reason_withdraw }, { at }) => setWithdrawn(tx, id, reason_withdraw, at),
});

export const takeBack = change({
  operation: 'homes.take-back',
  form: {},
  barredBy: ({ withdrawnAt }) => (withdrawnAt ? null : 'notWithdrawn'),
  write: (tx, { id }, _answers, { at }) => setWithdrawn(tx, id, null, at),
});
