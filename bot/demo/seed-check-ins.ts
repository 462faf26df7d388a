/** What BIF has been asked in the demo: one that waits to be allocated, one that is late, and one that could not be judged. */
import type { CannotReason } from '../domain/capacity.ts';
import { deadline } from '../domain/calendar.ts';
import { defaultRules } from '../domain/rules.ts';
import { type PlainDate, TIME_ZONE } from '../domain/time.ts';
import { addCheckIn, changeCheckIn } from '../store/check-in-changes.ts';
import type { Tx } from '../store/database.ts';
import type { Resident } from './seed-residents.ts';
import type { Ids, Seeding } from './seeding.ts';

interface DemoCheckIn {
  readonly step: string;
  /** Which of those at the step. */
  readonly nth: number;
  readonly occasion: string;
  readonly daysAgo: number;
  readonly owner?: string;
  /** Why it could not be judged, and how many days ago that was said. */
  readonly cannot?: { readonly reason: CannotReason; readonly daysAgo: number };
}

const demoCheckIns: readonly DemoCheckIn[] = [
  { step: 'clarification', nth: 0, occasion: 'before_nomination', daysAgo: 1 },
  { step: 'clarification', nth: 1, occasion: 'before_nomination', daysAgo: 21, owner: 'Samir Yilmaz' },
  {
    ...{ step: 'kept-home', nth: 0, occasion: 'follow_up', daysAgo: 24, owner: 'Karin Bundgaard' },
    cannot: { reason: 'under_investigation', daysAgo: 20 },
  },
];

/** At ten in the morning, so many days ago. */
const at = (today: PlainDate, daysAgo: number) =>
  today.subtract({ days: daysAgo }).toZonedDateTime({ timeZone: TIME_ZONE, plainTime: '10:00' }).toInstant();

export async function addCheckIns(
  tx: Tx,
  residents: readonly Resident[],
  staffOf: Ids,
  { today }: Seeding,
): Promise<void> {
  const { capacity, calendar } = defaultRules;
  for (const { step, nth, occasion, daysAgo, owner, cannot } of demoCheckIns) {
    const resident = residents.filter(({ story }) => story.at === step)[nth];
    if (!resident) continue;
    const id = await addCheckIn(tx, {
      ...{ referralId: resident.caseId, occasion, ownerId: owner === undefined ? null : staffOf(owner) },
      dueOn: deadline(today.subtract({ days: daysAgo }), capacity.answerDays, 'arbejdsdage', calendar),
      ...{ by: resident.cast.caseworker, at: at(today, daysAgo) },
    });
    if (id === null || !cannot || owner === undefined) continue;
    const outcome = { outcome: 'cannot_judge', reason: cannot.reason };
    await changeCheckIn(tx, id, outcome, staffOf(owner), at(today, cannot.daysAgo));
  }
}
