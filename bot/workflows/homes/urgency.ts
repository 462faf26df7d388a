import { type PlainDate, Temporal } from '../../domain/time.ts';
import type { Dwelling } from '../../store/dwellings.ts';

/** An answer that is due so soon goes before those that have waited longest. */
const SOON_DAYS = 7;

/** Dwellings whose answer is due soon or overdue first, by day; then the longest vacant. */
export function mostUrgentFirst(dwellings: readonly Dwelling[], today: PlainDate): Dwelling[] {
  const { compare } = Temporal.PlainDate;
  const soon = ({ answerDueOn }: Dwelling) =>
    answerDueOn && compare(answerDueOn, today.add({ days: SOON_DAYS })) <= 0 ? answerDueOn : null;
  const vacant = (a: Dwelling, b: Dwelling) => compare(a.vacantFrom ?? today, b.vacantFrom ?? today);
  return [...dwellings].sort((a, b) => {
    const [dueA, dueB] = [soon(a), soon(b)];
    if (dueA && dueB) return compare(dueA, dueB) || vacant(a, b);
    return dueA ? -1 : dueB ? 1 : vacant(a, b);
  });
}
