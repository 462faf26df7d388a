/** What an empty dwelling costs the municipality, which pays its rent until it is let (almenboligloven § 59, stk. 1). */
import { type Oere, partOf } from './money.ts';
import { type Rent, rentOn } from './rent.ts';
import { type PlainDate, isBefore } from './time.ts';

export interface Vacancy {
  /** Days that it has stood empty, the first and the last included. */
  readonly days: number;
  readonly oere: Oere;
}

/**
 * The days from `vacantFrom` to the day before the lease starts, at the latest to today, and their rent. A day costs the
 * month's rent by the days in the (calendar) month; each month is rounded half up to the øre (unconfirmed).
 */
export function vacancyOf({
  vacantFrom,
  leaseStartsOn,
  rents,
  today,
}: {
  readonly vacantFrom: PlainDate;
  /** Null while nobody has a lease. */
  readonly leaseStartsOn: PlainDate | null;
  readonly rents: readonly Rent[];
  readonly today: PlainDate;
}): Vacancy {
  const tomorrow = today.add({ days: 1 });
  const end = leaseStartsOn !== null && isBefore(leaseStartsOn, tomorrow) ? leaseStartsOn : tomorrow;
  let [days, oere, day] = [0, 0, vacantFrom];
  while (isBefore(day, end)) {
    const { month, daysInMonth } = day;
    let rentOfDays = 0;
    for (; day.month === month && isBefore(day, end); day = day.add({ days: 1 })) {
      rentOfDays += rentOn(rents, day);
      days++;
    }
    oere += partOf(rentOfDays, 1, daysInMonth);
  }
  return { days, oere };
}
