/** The plan asks BIF by itself: what is due today, the most urgent first, no more on a day than BIF can take in. */
import { EARLY_DAYS, type Mark, markToAsk } from '../../domain/capacity-plan.ts';
import { nextStepDown } from '../../domain/subsidy.ts';
import { type Instant, legalDate, type PlainDate, Temporal } from '../../domain/time.ts';
import { logAccess } from '../../store/access-log.ts';
import { lockCase } from '../../store/cases.ts';
import { type Candidate, candidates, plannedOn } from '../../store/check-in-plan.ts';
import { employmentPath } from '../../store/check-ins.ts';
import type { Tx } from '../../store/database.ts';
import { tell } from '../../store/outbox.ts';
import type { Deps } from '../deps.ts';
import { putQuestion, tellAsked } from './change.ts';
import { askers, tellings } from './tellings.ts';

interface Due {
  readonly caseId: string;
  readonly citizenId: string;
  readonly mark: Mark;
  /** When it will have been too late. */
  readonly neededOn: PlainDate;
}

/**
 * Puts the questions that are due; harmless at any time, on any replica. Resolves to how many. Nothing is asked where nobody
 * in BIF could answer.
 */
export async function askByPlan(deps: Deps): Promise<number> {
  const now = deps.now().round({ smallestUnit: 'millisecond', roundingMode: 'floor' });
  const today = legalDate(now);
  if ((await employmentPath(deps.db)) === null) return 0;
  const room = deps.rules.capacity.plannedPerDay - (await plannedOn(deps.db, today));
  let asked = 0;
  for (const due of await mostUrgent(deps, room, now))
    if (await deps.db.$transaction((tx) => ask(tx, deps, due, now))) asked++;
  return asked;
}

/** As many as there is room for; only those are held in memory. */
async function mostUrgent({ db }: Deps, room: number, now: Instant): Promise<readonly Due[]> {
  if (room <= 0) return [];
  const today = legalDate(now);
  const found: Due[] = [];
  for await (const candidate of candidates(db, now.subtract({ hours: 24 * EARLY_DAYS }))) {
    const mark = markToAsk(candidate, today);
    if (!mark) continue;
    found.push({ ...candidate, mark, neededOn: neededOn(candidate, mark, today) });
    found.sort((a, b) => Temporal.PlainDate.compare(a.neededOn, b.neededOn));
    found.length = Math.min(found.length, room);
  }
  return found;
}

/** Of a home the next day on which the subsidy falls, and of a nomination its own day; without either it can wait longest. */
function neededOn({ home }: Candidate, { occasion, on }: Mark, today: PlainDate): PlainDate {
  if (occasion === 'before_nomination') return on;
  return (home?.grant && nextStepDown(home.grant, today)?.on) ?? today.add({ years: 20 });
}

async function ask(tx: Tx, deps: Deps, { caseId, citizenId, mark }: Due, now: Instant): Promise<boolean> {
  const today = legalDate(now);
  // Replicas take turns, so that no two of them fill the day.
  if ((await plannedOn(tx, today, { hold: true })) >= deps.rules.capacity.plannedPerDay) return false;
  const file = await lockCase(tx, caseId);
  if (!file || file.closedAt) return false;
  const checkIn = await putQuestion(tx, deps, { caseId, occasion: mark.occasion, by: null, today, now });
  // Somebody was faster.
  if (!checkIn) return false;
  await logAccess(tx, [
    {
      ...{ at: now, staffId: null, action: 'change', purpose: 'casework', operation: 'capacity.plan' },
      ...{ citizenId, referralId: caseId },
    },
  ]);
  const toSf = tellings('capacity.planned', checkIn, await askers(tx, checkIn, today), null);
  await tell(tx, deps.boss, [...(await tellAsked(tx, checkIn, today, null)), ...toSf], now);
  return true;
}
