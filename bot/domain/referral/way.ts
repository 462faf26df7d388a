/** The engine's rules: which step comes next, what remains, when it is due and whose turn it is. */
import type { Assignment, Party } from '../access.ts';
import { type CalendarRules, daysOverdue, deadline } from '../calendar.ts';
import type { PlainDate } from '../time.ts';
import { isPlace } from './codes.ts';
import type { CaseFacts, Destination, StepDefinition, WayVersion } from './definition.ts';

export type WayName = 'home' | 'place';

/** The step of this version; throws on a name that no version has known, which only a damaged row can hold. */
export function stepOf(way: WayVersion, id: string): StepDefinition {
  const found = [...way.home, ...way.place].find((step) => step.id === id);
  if (!found) throw new Error(`Way version ${way.version} has no step '${id}'`);
  return found;
}

const has = (list: readonly StepDefinition[], stepId: string) => list.some(({ id }) => id === stepId);

/** Which list the case is in; at a step that both have, what was clarified tells. */
export function wayNameOf(way: WayVersion, stepId: string, { homeKind }: CaseFacts = {}): WayName {
  if (!has(way.place, stepId)) return 'home';
  return has(way.home, stepId) && !isPlace(homeKind) ? 'home' : 'place';
}

export type Next = { kind: 'step'; step: StepDefinition } | { kind: 'end' } | { kind: 'stop' };

/** Where a destination leads from a step; a step that the case does not need is passed over. */
export function follow(way: WayVersion, fromStepId: string, to: Destination, facts: CaseFacts = {}): Next {
  if (to === 'end' || to === 'stop') return { kind: to };
  if (to !== 'next') return { kind: 'step', step: stepOf(way, to.step) };
  const list = way[wayNameOf(way, fromStepId, facts)];
  const at = list.findIndex(({ id }) => id === fromStepId);
  const after = list.find(({ when }, index) => index > at && (when?.(facts) ?? true));
  if (!after) throw new Error(`Step '${fromStepId}' of way version ${way.version} leads on, but is the last`);
  return { kind: 'step', step: after };
}

/** The last day on which the step is in time. */
export function dueOn(step: StepDefinition, clockFrom: PlainDate, calendar: CalendarRules): PlainDate {
  return deadline(clockFrom, step.clock.days, step.clock.kind, calendar);
}

export interface Pace {
  readonly days: number;
  readonly due: PlainDate;
  /** Days past the last day in time; 0 while in time. */
  readonly overdueDays: number;
}

/** How long the step has taken (whole days since it began) and how late it is. */
export function paceOf(
  step: StepDefinition,
  pass: { startedOn: PlainDate; clockFrom: PlainDate; dueOn?: PlainDate | null },
  today: PlainDate,
  calendar: CalendarRules,
): Pace {
  const due = pass.dueOn ?? dueOn(step, pass.clockFrom, calendar);
  return { days: Math.max(0, pass.startedOn.until(today).days), due, overdueDays: daysOverdue(due, today) };
}

/** The steps of the list that a case is in, and how each stands. */
export function stations(
  way: WayVersion,
  currentStepId: string,
  ended: boolean,
  facts: CaseFacts = {},
): readonly { id: string; state: 'done' | 'now' | 'ahead' }[] {
  const list = listOf(way, currentStepId, facts);
  const at = list.findIndex(({ id }) => id === currentStepId);
  return list.map(({ id, when }, index) => ({
    id,
    state:
      index < at || (index === at && ended) || (index > at && when?.(facts) === false)
        ? 'done'
        : index === at
          ? 'now'
          : 'ahead',
  }));
}

/** All steps of the way that the case is on: the one to a place leaves the one home after clarification. */
function listOf(way: WayVersion, currentStepId: string, facts: CaseFacts): readonly StepDefinition[] {
  return wayNameOf(way, currentStepId, facts) === 'home'
    ? way.home
    : [...way.home.slice(0, branchIndex(way)), ...way.place];
}

function branchIndex(way: WayVersion): number {
  const leads = ({ outcomes }: StepDefinition) =>
    Object.values(outcomes).some(
      ({ to }) => typeof to === 'object' && has(way.place, to.step) && !has(way.home, to.step),
    );
  return way.home.findIndex(leads) + 1;
}

/**
 * The earlier steps that a case may go back to: all before the one it stands at but the admission. An imported case has
 * been through them before it came here.
 */
export function mayGoBackTo(way: WayVersion, currentStepId: string, facts: CaseFacts = {}): readonly string[] {
  const list = listOf(way, currentStepId, facts);
  return list
    .slice(
      1,
      Math.max(
        1,
        list.findIndex(({ id }) => id === currentStepId),
      ),
    )
    .filter(({ notBackTo }) => !notBackTo)
    .map(({ id }) => id);
}

/** The step that a case begins when it is to stand at this one: another where a home is asked for and there is none. */
export function enteredAt(way: WayVersion, stepId: string, hasHome: boolean, facts: CaseFacts): StepDefinition {
  const step = stepOf(way, stepId);
  return step.needsHome === undefined || hasHome || isPlace(facts.homeKind) ? step : stepOf(way, step.needsHome);
}

/** The steps that may be done beside the open one. */
export function besides(
  way: WayVersion,
  currentStepId: string,
  facts: CaseFacts,
  livesInHome: boolean,
): readonly StepDefinition[] {
  const list = listOf(way, currentStepId, facts);
  const at = list.findIndex(({ id }) => id === currentStepId);
  const isReached = (from: string | undefined) => from !== undefined && list.findIndex(({ id }) => id === from) <= at;
  return list.filter(
    ({ id, besideFrom, besideAtHome }) =>
      id !== currentStepId && (isReached(besideFrom) || (besideAtHome === true && livesInHome)),
  );
}

/** The roles whose people form the side that a step waits for, in the unit of that side. */
export const TEAM_OF: Readonly<
  Record<Party, { side: 'shelter' | 'authority' | 'housing'; roles: readonly Assignment['role'][] }>
> = {
  shelter: { side: 'shelter', roles: ['shelter_staff'] },
  allocation: { side: 'authority', roles: ['caseworker', 'manager'] },
  caseworker: { side: 'authority', roles: ['caseworker'] },
  housing: { side: 'housing', roles: ['housing_officer'] },
  support: { side: 'authority', roles: ['support_worker'] },
};
