/** A review that has been held, from its agenda to its minutes. */
import { workingDayOnOrBefore } from '../domain/calendar.ts';
import { isBefore, type PlainDate } from '../domain/time.ts';
import type { Tx } from '../store/database.ts';
import { addAction, endActions, openActionsOfCase } from '../store/review-actions.ts';
import {
  addNote,
  addReview,
  decideItems,
  findReview,
  goTo,
  markJournaled,
  type ReviewItem,
  setClosed,
} from '../store/reviews.ts';
import { timeOn } from './days.ts';
import type { DemoAction, DemoReview, DemoTalk } from './reviews.ts';
import type { Resident } from './seed-residents.ts';
import type { Ids } from './seeding.ts';

interface Setting {
  readonly shelterId: string;
  readonly day: PlainDate;
  readonly startsAt: number;
  readonly participantIds: readonly string[];
  /** Those whose case is at the shelter today. */
  readonly here: readonly Resident[];
  readonly staffOf: Ids;
}

const AGENDA_AT = 6 * 60 + 10;
const MINUTES_A_RESIDENT = 3;

/** One of those who stand at the step today; whoever has stood there the longest is the first. */
export function residentAt(here: readonly Resident[], step: string, nth: number): Resident | undefined {
  const since = ({ history }: Resident): number =>
    history.passes.find((pass) => pass.step === step && pass.endedAt === null && !pass.beside)?.startedAt
      .epochMilliseconds ?? Number.NaN;
  return here
    .filter((resident) => livesThere(resident) && !Number.isNaN(since(resident)))
    .sort((a, b) => since(a) - since(b))[nth];
}

const livesThere = ({ history }: Resident): boolean => history.stays.at(-1)?.endedOn === null;

function livedThereOn({ history }: Resident, day: PlainDate): boolean {
  const stay = history.stays.at(-1);
  return stay !== undefined && isBefore(stay.decidedOn, day) && (stay.endedOn === null || isBefore(day, stay.endedOn));
}

export async function addHeldReview(tx: Tx, review: DemoReview, setting: Setting): Promise<void> {
  const { shelterId, day, startsAt, participantIds, here, staffOf } = setting;
  const invited = here.filter((resident) => livedThereOn(resident, day));
  const id = await addReview(tx, {
    ...{ shelterId, heldOn: day, startsAt, participantIds },
    items: invited.map(({ caseId }) => ({ referralId: caseId, reasons: [] })),
    at: timeOn(workingDayOnOrBefore(day.subtract({ days: 1 })), AGENDA_AT),
  });
  const items = (id === null ? null : await findReview(tx, id))?.items ?? [];
  const [first] = items;
  if (id === null || !first) return;
  const away = new Set(review.away.map(staffOf));
  const there = participantIds.filter((staffId) => !away.has(staffId));
  for (const staffId of there) await goTo(tx, id, first.id, staffId, timeOn(day, startsAt));

  const by = staffOf(review.closedBy);
  let minutes = startsAt;
  const told = new Set<string>();
  for (const [step, talks] of Object.entries(review.talks)) {
    for (const [nth, talk] of talks.entries()) {
      const resident = residentAt(here, step, nth);
      const item = items.find(({ referralId }) => referralId === resident?.caseId);
      if (!resident || !item) continue;
      told.add(item.id);
      const at = timeOn(day, (minutes += MINUTES_A_RESIDENT));
      await addTalk(tx, talk, { resident, item, by, at, ...setting });
      if (review.journaled) await markJournaled(tx, item.id, resident.cast.shelter, at.add({ hours: 3 }));
    }
  }
  const left = items.filter((item) => !told.has(item.id)).map((item) => item.id);
  const end = timeOn(day, minutes + MINUTES_A_RESIDENT);
  const itemIds = left.slice(0, left.length - review.notReached);
  await decideItems(tx, { itemIds, outcome: 'unchanged', withTheRest: true, by, at: end });
  await setClosed(tx, id, by, end);
}

interface TalkSetting extends Setting {
  readonly resident: Resident;
  readonly item: ReviewItem;
  readonly by: string;
  readonly at: ReturnType<typeof timeOn>;
}

async function addTalk(tx: Tx, { outcome, note, action }: DemoTalk, setting: TalkSetting): Promise<void> {
  const { item, by, at } = setting;
  await decideItems(tx, { itemIds: [item.id], outcome, withTheRest: false, by, at });
  if (note !== undefined) await addNote(tx, item.id, note, by, at);
  if (action) await addAgreed(tx, action, setting);
}

async function addAgreed(tx: Tx, { text, owner, due, ended }: DemoAction, setting: TalkSetting): Promise<void> {
  const { resident, item, by, at, day, shelterId, staffOf } = setting;
  const { cast, caseId: referralId } = resident;
  const ownerId = { contact: cast.shelter, caseworker: cast.caseworker, manager: staffOf('Lone Dahl') }[owner];
  const dueOn = day.add({ days: due });
  await addAction(tx, { referralId, shelterId, itemId: item.id, text, ownerId, dueOn, by, at });
  if (ended === undefined) return;
  const agreed = (await openActionsOfCase(tx, referralId)).filter(({ itemId }) => itemId === item.id);
  const dropReason = ended === 'done' ? null : ended;
  await endActions(
    tx,
    referralId,
    agreed.map(({ id }) => id),
    { dropReason, by: ownerId, at: timeOn(day.add({ days: Math.max(1, due - 1) }), 14 * 60) },
  );
}
