/** What the definitions say about a case: its sides, whose turn it is, its pace. */
import { type AccessSubject, type Actor, mayDo, type Party } from '../../domain/access.ts';
import type { CalendarRules } from '../../domain/calendar.ts';
import type { StepContext, StepDefinition } from '../../domain/referral/definition.ts';
import { besides, type Pace, paceOf, stepOf, TEAM_OF } from '../../domain/referral/way.ts';
import { isBefore, type PlainDate } from '../../domain/time.ts';
import { type CaseFile, factsOf, openPass, type Pass } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { type Ask, type Colleague, teamOf } from '../../store/people.ts';
import { followUpAfter, liveOffer, livesInHome, movedInOn, runningLease } from './home.ts';
import { wayVersion } from './versions.ts';

/** The sides of a case that rights are asked of; the deciding unit has a side once a case was nominated to it, or has a home. */
export function accessSubject(file: CaseFile): AccessSubject {
  const way = wayVersion(file.wayVersion);
  const nominated =
    file.lease !== null ||
    file.offers.length > 0 ||
    file.passes.some(({ step }) => stepOf(way, step).party === 'housing');
  return {
    caseworkerId: file.caseworker?.id ?? null,
    supporterId: supporterOf(file)?.id ?? null,
    paths: {
      shelter: file.shelter.path,
      authority: file.authority.path,
      housing: nominated ? (file.housing?.path ?? null) : null,
    },
  };
}

/** Who follows up: the support worker, after the support the person who stays responsible, else the caseworker. */
export function supporterOf({ facts, supportWorker, responsible, caseworker }: CaseFile): CaseFile['caseworker'] {
  const named = facts.supportEndedOn === null ? supportWorker : responsible;
  return named?.active ? named : caseworker?.active ? caseworker : null;
}

/** What a step's check is told of the case. */
export function contextOf(file: CaseFile, today: PlainDate): StepContext {
  const lease = runningLease(file);
  return {
    facts: factsOf(file),
    today: today.toString(),
    stay: { decidedOn: file.stay.decidedOn.toString(), endedOn: file.stay.endedOn?.toString() ?? null },
    scheme: liveOffer(file)?.scheme ?? lease?.grant?.scheme ?? null,
    leaseFrom: lease?.startsOn.toString() ?? null,
    movedInOn: movedInOn(file)?.toString() ?? null,
    followUpAhead: followUpAfter(file, today) !== null,
  };
}

/** A step that is done: the open one with its pass, or one beside it, which has none yet. */
export interface StepToDo {
  readonly pass: Pass | null;
  readonly step: StepDefinition;
}

export interface OpenStep extends StepToDo {
  readonly pass: Pass;
  readonly step: StepDefinition;
}

/** The step that waits for somebody; null when the way has ended or the case is closed. */
export function openStep(file: CaseFile): OpenStep | null {
  const pass = openPass(file);
  return pass && { pass, step: stepOf(wayVersion(file.wayVersion), pass.step) };
}

/** The steps that may be done beside the open one, while the case is open. */
export function besideSteps(file: CaseFile): readonly StepDefinition[] {
  if (file.closedAt) return [];
  return besides(wayVersion(file.wayVersion), standsAt(file).step, factsOf(file), livesInHome(file));
}

export function besideStep(file: CaseFile, id: string): StepToDo | null {
  const step = besideSteps(file).find((candidate) => candidate.id === id);
  return step ? { pass: null, step } : null;
}

/** Whom the outcome of a step belongs to; `nobody`'s is asked of whoever does the step, and then refused. */
export function partyOf({ outcomes, party }: StepDefinition, outcome: string): Party {
  const by = Object.hasOwn(outcomes, outcome) ? outcomes[outcome]?.by : undefined;
  return by === undefined || by === 'nobody' ? party : by;
}

/** The passes of the way itself, without those done beside it. */
export const waysPasses = ({ passes }: CaseFile): readonly Pass[] => passes.filter(({ beside }) => !beside);

/** What can be done about the discharge: it is made while the stay lasts, and corrected until the citizen is admitted anew. */
export function dischargeToDo({ stay, stays }: CaseFile): 'open' | 'correct' | null {
  if (stay.endedOn === null) return 'open';
  return stays.at(-1)?.id === stay.id ? 'correct' : null;
}

/** The pass the case stands at: the open one, or the last. */
export function standsAt(file: CaseFile): Pass {
  const pass = openPass(file) ?? waysPasses(file).at(-1);
  if (!pass) throw new Error(`Case ${file.number} has no pass`);
  return pass;
}

/** What is due on a day of its own is looked at so many days before it. */
export const SOON_DAYS = 14;

/** Whether it is too early to look at the open step: the next follow-up may be months away. */
export const isFarOff = ({ pass: { dueOn } }: { readonly pass: Pass }, today: PlainDate): boolean =>
  dueOn !== null && isBefore(today.add({ days: SOON_DAYS }), dueOn);

export function paceAt(open: OpenStep, today: PlainDate, calendar: CalendarRules): Pace {
  return paceOf(open.step, open.pass, today, calendar);
}

/** The people that a side of the case consists of, as the store is asked for them; null where the side is nobody. */
export function askFor(file: CaseFile, party: Party): Ask | null {
  const named = party === 'caseworker' ? file.caseworker : party === 'support' ? supporterOf(file) : null;
  if (named?.active) return { people: [named.id] };
  const { side, roles } = TEAM_OF[party === 'caseworker' || party === 'support' ? 'allocation' : party];
  const unit = file[side];
  return unit && { roles, unitPath: unit.path };
}

/** Those who can be a case's caseworker: of its unit, or of the closest one above that has any. */
export const caseworkersFor = (db: Tx, file: CaseFile): Promise<Colleague[]> =>
  teamOf(db, TEAM_OF.caseworker.roles, file.authority.path);

/** Nobody decides on their own nomination, nor a colleague's for whom they stand in (design.md § 3 A 7). */
export function isBarred(file: CaseFile, step: StepDefinition, actor: Actor, onBehalfOfId: string | null): boolean {
  if (step.notBy === undefined) return false;
  const earlier = file.passes.filter((pass) => pass.step === step.notBy && pass.endedAt !== null).at(-1);
  // Of a case that was imported after that step we know only whose it is.
  const doers = earlier ? [earlier.endedBy?.id, earlier.onBehalfOf?.id] : [file.caseworker?.id];
  return doers.includes(actor.staffId) || (onBehalfOfId !== null && doers.includes(onBehalfOfId));
}

/** The ended passes whose outcome the citizen is still to be told of. */
export function untoldPasses(file: CaseFile): readonly Pass[] {
  const way = wayVersion(file.wayVersion);
  return file.passes.filter(
    ({ step, outcome, citizenToldOn }) =>
      outcome !== null && citizenToldOn === null && stepOf(way, step).outcomes[outcome]?.citizenIsTold === true,
  );
}

/** How a person stands to the step that is open. */
export type StepTurn =
  | {
      readonly kind: 'may';
      readonly open: StepToDo;
      readonly onBehalfOf: { readonly staffId: string; readonly name: string } | null;
    }
  /** Somebody else's step; `barred` when only their own nomination is in the way. */
  | { readonly kind: 'refused' | 'barred'; readonly open: StepToDo }
  | { readonly kind: 'nothing-open' };

/** Whether this person may do the step that is open, or one beside it, in their own right or for somebody absent. */
export function stepTurn(file: CaseFile, actor: Actor, beside?: string): StepTurn {
  const open = beside === undefined ? openStep(file) : besideStep(file, beside);
  if (!open) return { kind: 'nothing-open' };
  const verdict = mayDo(actor, `step.${open.step.party}`, accessSubject(file));
  if (!verdict.allowed) return { kind: 'refused', open };
  const { onBehalfOf } = verdict;
  return isBarred(file, open.step, actor, onBehalfOf?.staffId ?? null)
    ? { kind: 'barred', open }
    : { kind: 'may', open, onBehalfOf };
}
