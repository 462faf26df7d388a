/** The agenda makes itself on the working day before the review: who is on it, in which order and why. */
import { daysOverdue } from '../../domain/calendar.ts';
import { refundDays } from '../../domain/refund.ts';
import { type FoundReason, inOrder, reasonsOf, type ReviewFacts } from '../../domain/review/reasons.ts';
import type { Rules } from '../../domain/rules.ts';
import { reviewToPrepare } from '../../domain/review/schedule.ts';
import { type Instant, legalDate, type PlainDate } from '../../domain/time.ts';
import { type CaseFile, findCase } from '../../store/cases.ts';
import type { Db } from '../../store/database.ts';
import { type Observation, observationsSince } from '../../store/observations.ts';
import { tell } from '../../store/outbox.ts';
import { audiencesOf } from '../../store/people.ts';
import { openActionsOfShelter, type ReviewAction } from '../../store/review-actions.ts';
import { allPlans, planOf } from '../../store/review-plans.ts';
import {
  addReview,
  findReview,
  hasReview,
  lastHeldReviewOf,
  openReviewOf,
  type Resident,
  residentsOf,
  type Review,
} from '../../store/reviews.ts';
import type { Deps } from '../deps.ts';
import { openStep, paceAt, standsAt } from '../referral/case.ts';
import { liveOffer } from '../referral/home.ts';
import { actionTellings } from './ending.ts';
import { progressTelling } from './progress.ts';
import { isStuck } from './stuck.ts';

/** Makes every agenda that is due and not there yet. Harmless at any time, on any replica. */
export async function makeAgendas(deps: Deps): Promise<void> {
  const failed: unknown[] = [];
  for (const { shelter } of await allPlans(deps.db)) {
    // One that cannot be made keeps no other shelter from its own; all are tried again in the next hour.
    try {
      await makeAgenda(deps, shelter.id);
    } catch (error) {
      deps.log.error({ shelterId: shelter.id, code: codeOf(error) }, 'An agenda could not be made');
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}

/** By its code alone: an error's message may hold what a query was asked. */
const codeOf = (error: unknown): string =>
  error instanceof Error ? String((error as { code?: unknown }).code ?? error.name) : 'unknown';

/** Makes the shelter's next agenda when it is due; resolves to the review's id, or null when it is there or too early. */
export async function makeAgenda(deps: Deps, shelterId: string): Promise<string | null> {
  const { db, boss, rules } = deps;
  const now = deps.now().round({ smallestUnit: 'millisecond', roundingMode: 'floor' });
  const today = legalDate(now);
  const plan = await planOf(db, shelterId);
  const heldOn = plan && reviewToPrepare(today, plan.weekday, rules.calendar);
  // Looked at without holding anything: the index of the day decides who makes it.
  if (!heldOn || (await hasReview(db, shelterId, heldOn, today))) return null;
  const residents = await residentsOf(db, shelterId);
  const items = inOrder(await agendaOf(db, rules, residents, { shelter: plan.shelter, heldOn }, now), plan.order);
  return db.$transaction(
    async (tx) => {
      const { participants, startsAt } = plan;
      const participantIds = participants.map(({ id }) => id);
      const before = await openReviewOf(tx, shelterId);
      const id = await addReview(tx, { shelterId, heldOn, startsAt, participantIds, items, at: now });
      const review = id && (await findReview(tx, id));
      if (!review) return null;
      const ended = before && (await findReview(tx, before.id));
      const stuck = (await openActionsOfShelter(tx, shelterId)).some((one) => isStuck(one, today, rules));
      const asks = stuck ? [{ roles: ['manager' as const], unitPath: plan.shelter.path }] : [];
      const [managers] = await audiencesOf(tx, asks, today);
      const to = (kind: string, ids: readonly string[]) =>
        ids.map((recipientId) => ({
          ...{ key: `${kind}:${id}:${recipientId}`, kind, recipientId, subject: { reviewId: id } },
        }));
      await tell(
        tx,
        boss,
        [
          ...to('review.agenda', participantIds),
          ...to('review.stuck', managers?.withDeputies ?? []),
          ...(ended ? [...progressTelling(ended), ...(await actionTellings(tx, ended, null))] : []),
          ...progressTelling(review),
        ],
        now,
      );
      return id;
    },
    { longestMs: 30_000 },
  );
}

/** A resident as the agenda has them. */
export interface AgendaEntry {
  readonly referralId: string;
  readonly caseNumber: number;
  readonly reasons: FoundReason[];
  readonly contact: string;
  readonly room: string;
}

/** Residents of the shelter with the reasons for looking at each now; in no order yet. */
export async function agendaOf(
  db: Db,
  rules: Rules,
  residents: readonly Resident[],
  { shelter, heldOn }: Pick<Review, 'shelter' | 'heldOn'>,
  now: Instant,
): Promise<AgendaEntry[]> {
  const last = await lastHeldReviewOf(db, shelter.id, heldOn);
  const actions = await openActionsOfShelter(db, shelter.id);
  const entries: AgendaEntry[] = [];
  for (const resident of residents) {
    const { referralId, caseNumber, contact, room } = resident;
    const file = await findCase(db, referralId);
    if (!file) continue;
    const observations = await observationsSince(db, referralId, newsSince(last, now));
    const facts = factsOf(rules, { file, resident, last, actions, observations, today: legalDate(now) });
    entries.push({ referralId, caseNumber, contact, room, reasons: reasonsOf(facts) });
  }
  return entries;
}

/** From when on something is news: the last review's end, or its beginning where nobody ended it; without one, a week. */
export const newsSince = (last: Pick<Review, 'startedAt' | 'closedAt' | 'closedBy'> | null, now: Instant): Instant =>
  (last?.closedBy && last.closedAt) ?? last?.startedAt ?? now.subtract({ hours: 7 * 24 });

interface Known {
  readonly file: CaseFile;
  readonly resident: Resident;
  readonly last: Review | null;
  readonly actions: readonly ReviewAction[];
  readonly observations: readonly Observation[];
  readonly today: PlainDate;
}

function factsOf(rules: Rules, { file, resident, last, actions, observations, today }: Known): ReviewFacts {
  const open = openStep(file);
  const refund = refundDays(file.stays, today, rules.refund);
  const before = last?.items.find(({ referralId }) => referralId === resident.referralId);
  const late = ({ dueOn, referralId }: ReviewAction) =>
    referralId === resident.referralId && daysOverdue(dueOn, today) > 0;
  return {
    today,
    lastHeldOn: last?.heldOn ?? null,
    notReached: before !== undefined && before.outcome === null,
    admittedOn: file.stay.decidedOn,
    missedOn: last && !before ? legalDate(last.createdAt) : null,
    stepSince: standsAt(file).startedOn,
    overdueDays: open ? paceAt(open, today, rules.calendar).overdueDays : 0,
    refundDay: refund.day,
    refundDaysLeft: refund.left,
    hasCaseworker: file.caseworker !== null || file.closedAt !== null,
    municipalityUntold: file.stay.untoldSince !== null,
    offerDueOn: liveOffer(file)?.state === 'reserved' ? (liveOffer(file)?.answerDueOn ?? null) : null,
    overdueActions: actions.filter(late).length,
    observations: observations.length,
    stuckWeeks: rules.review.stuckWeeks,
  };
}
