/** When each shelter of the demo holds its review: Bocentret today, or on the next day that is worked. */
import { isWorkingDay } from '../domain/calendar.ts';
import type { ReviewOrder } from '../domain/review/reasons.ts';
import type { PlainDate } from '../domain/time.ts';

export interface DemoPlan {
  readonly shelter: string;
  readonly weekday: number;
  readonly startsAt: number;
  readonly order: ReviewOrder;
  readonly participants: readonly string[];
}

/** The day of the review that the demo is shown with. */
export function nextHeldOn(today: PlainDate): PlainDate {
  let day = today;
  while (!isWorkingDay(day)) day = day.add({ days: 1 });
  return day;
}

export function demoPlans(today: PlainDate): readonly DemoPlan[] {
  const { dayOfWeek } = nextHeldOn(today);
  const later = (days: number): number => ((dayOfWeek - 1 + days) % 5) + 1;
  return [
    {
      ...{ shelter: 'bocentret', weekday: dayOfWeek, startsAt: 8 * 60 + 40, order: 'urgency' },
      participants: ['Mette Holm', 'Tobias Munk', 'Lone Dahl', 'Jonas Lind', 'Amira Haddad', 'Nadia Bruun'],
    },
    {
      ...{ shelter: 'frederikssundsvej', weekday: later(2), startsAt: 13 * 60, order: 'contact' },
      participants: ['Fatima Nour', 'Emily Carter', 'Ole Winther', 'Jonas Lind'],
    },
    {
      ...{ shelter: 'herbergscentret', weekday: later(3), startsAt: 9 * 60 + 30, order: 'room' },
      participants: ['Camilla Rask', 'Emily Carter', 'Bent Aagaard', 'Nadia Bruun'],
    },
  ];
}
