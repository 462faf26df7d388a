/** What those who keep the stock may change of a dwelling, and what stands in the way. */
import { choice, date, kroner, optionalDate, text } from '../../domain/referral/form.ts';
import { areaTypes } from '../../domain/schemes.ts';
import { Temporal } from '../../domain/time.ts';
import { farAway } from '../../domain/typed.ts';
import {
  claimAddress,
  type Place,
  setFacts as writeFacts,
  setVacancy,
  setWithdrawn,
} from '../../store/dwelling-changes.ts';
import type { Dwelling } from '../../store/dwellings.ts';
import { lockWithEstate, putArea } from '../../store/estates.ts';
import { recordRent } from '../../store/leases.ts';
import { change } from './dwelling-change.ts';
import { dayOf, factsForm, factsIn, postcodeProblem } from './form.ts';

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

const whenWithdrawn = ({ withdrawnAt }: Dwelling) => (withdrawnAt ? 'withdrawn' : null);
const whenTaken = ({ offer, lease }: Dwelling) => (lease ? 'leased' : offer ? 'offered' : null);

/** The rent from a day on; the same day corrects it. */
export const setRent = change({
  operation: 'homes.set-rent',
  form: rentForm,
  barredBy: whenWithdrawn,
  problems: ({ rentFrom, rent }, _dwelling, { today }) => ({
    ...farAway({ rentFrom: dayOf(rentFrom) }, today, 5),
    ...(rent === 0 && { rent: 'rentZero' }),
  }),
  write: (tx, { id: dwellingId }, { rentFrom, rent }, by) =>
    recordRent(tx, { dwellingId, from: Temporal.PlainDate.from(rentFrom), oere: rent, ...by }),
});

/** Since when nobody lives there, and by when the association must have its answer. */
export const setDates = change({
  operation: 'homes.set-dates',
  form: datesForm,
  barredBy: (dwelling) => whenWithdrawn(dwelling) ?? (dwelling.lease && 'leased'),
  problems: ({ vacantFrom, answerDueOn }, { offer }, { today }) => ({
    ...farAway({ vacantFrom: dayOf(vacantFrom), answerDueOn: dayOf(answerDueOn) }, today, 5),
    ...(offer && vacantFrom === null && { vacantFrom: 'offeredVacant' }),
  }),
  write: (tx, { id }, { vacantFrom, answerDueOn }) =>
    setVacancy(tx, id, { vacantFrom: dayOf(vacantFrom), answerDueOn: dayOf(answerDueOn) }),
});

/** Where it would stand with another address, in the department that it belongs to. */
export const placeIn = ({ estate }: Dwelling, { address, postcode }: Pick<Place, 'address' | 'postcode'>): Place => ({
  association: estate.association,
  department: estate.name,
  address,
  postcode,
});

/** What was registered wrongly; an offer and a tenancy hold on to what they were made on. */
export const setFacts = change({
  operation: 'homes.set-facts',
  form: factsForm,
  barredBy: whenWithdrawn,
  async problems(answers, dwelling, _turn, tx) {
    const taken = whenTaken(dwelling);
    const held = (['rooms', 'sizeM2', 'scheme'] as const).filter((name) => taken && answers[name] !== dwelling[name]);
    const there = await claimAddress(tx, placeIn(dwelling, answers), dwelling.id);
    return {
      ...postcodeProblem(answers.postcode),
      ...(there && { address: 'addressTaken' }),
      ...Object.fromEntries(held.map((name) => [name, taken === 'leased' ? 'factLeased' : 'factOffered'])),
    };
  },
  write: (tx, { id }, answers) => writeFacts(tx, id, factsIn(answers)),
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
      ...farAway({ areaFrom: from, areaTo: to }, today, 5),
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
