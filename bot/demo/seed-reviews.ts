/** Plans, rooms and contact persons of the shelters, and what Bocentret's last reviews have left behind. */
import { defaultCalendar } from '../domain/calendar.ts';
import { reviewDayOf, type Weekday } from '../domain/review/schedule.ts';
import { type PlainDate, Temporal } from '../domain/time.ts';
import type { Tx } from '../store/database.ts';
import { addObservation, keepRoom } from '../store/observations.ts';
import { keepPlan } from '../store/review-plans.ts';
import { residentsOf } from '../store/reviews.ts';
import { timeOn } from './days.ts';
import { addHeldReview, residentAt } from './held-reviews.ts';
import { demoPlans, nextHeldOn } from './review-plans.ts';
import { demoObservations, demoReviews } from './reviews.ts';
import type { Resident } from './seed-residents.ts';
import type { Ids, Seeding } from './seeding.ts';

const ROOMS_A_FLOOR = 8;

/** Written through the store, as the bot would have written it. */
export async function addReviews(
  tx: Tx,
  residents: readonly Resident[],
  unitOf: Ids,
  staffOf: Ids,
  { today, now }: Seeding,
): Promise<void> {
  const plans = demoPlans(today).map(({ shelter, participants, ...plan }) => ({
    ...{ ...plan, shelter, shelterId: unitOf(shelter), participantIds: participants.map(staffOf) },
  }));
  for (const plan of plans) {
    await keepPlan(tx, { ...plan, by: plan.participantIds[0] ?? '', at: now });
    await addRooms(tx, residents, plan.shelterId);
  }
  const next = nextHeldOn(today);
  const heldOn = (weeksAgo: number): PlainDate =>
    reviewDayOf(next.subtract({ weeks: weeksAgo }), next.dayOfWeek as Weekday, defaultCalendar);
  for (const plan of plans) {
    const here = residents.filter(({ shelter }) => shelter === plan.shelter);
    for (const review of demoReviews.filter(({ shelter }) => shelter === plan.shelter))
      await addHeldReview(tx, review, { ...plan, here, staffOf, day: heldOn(review.weeksAgo) });
    for (const { shelter, step, nth, author, after, text, talked, wish } of demoObservations) {
      const resident = residentAt(here, step, nth);
      const day = heldOn(1).add({ days: after.days });
      const at = timeOn(day, after.minutes);
      if (shelter !== plan.shelter || !resident || Temporal.Instant.compare(now, at) < 0) continue;
      await addObservation(tx, {
        ...{ referralId: resident.caseId, shelterId: plan.shelterId, by: staffOf(author), at },
        ...{ text: text ?? null, talkedOn: talked ? day : null, wish: wish ?? null },
      });
    }
  }
  await keepWhereTheyStood(tx);
}

/** Whoever has just come has neither a room of their own nor a contact person. */
async function addRooms(tx: Tx, residents: readonly Resident[], shelterId: string): Promise<void> {
  for (const [index, { referralId, stayId }] of (await residentsOf(tx, shelterId)).entries()) {
    const resident = residents.find(({ caseId }) => caseId === referralId);
    if (!resident || resident.story.pace === 'new') continue;
    const floor = 'ABCDE'[Math.floor(index / ROOMS_A_FLOOR)] ?? 'F';
    await keepRoom(tx, stayId, `${floor}${(index % ROOMS_A_FLOOR) + 1}`, resident.cast.shelter);
  }
}

/** The store keeps where a case stands when it is discussed; here all that has happened since is there already. */
const keepWhereTheyStood = (tx: Tx) =>
  tx.$executeRawUnsafe(
    `update review_item i set step_then = (select p.step from step_pass p
       where p.referral_id = i.referral_id and not p.beside and p.started_at <= i.decided_at
       order by p.ordinal desc limit 1)
     where i.decided_at is not null`,
  );
