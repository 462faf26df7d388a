/** The engine's rules: which step comes next, what remains, when it is due and whose turn it is. */
import type { Assignment, Party } from '../access.ts';
import { type CalendarRules, daysOverdue, deadline } from '../calendar.ts';
import type { PlainDate } from '../time.ts';
import type { Destination, StepDefinition, WayVersion } from './definition.ts';

export type WayName = 'home' | 'place';

/** The step of this version; throws on a name that no version has known, which only a damaged row can hold. */
export function stepOf(way: WayVersion, id: string): StepDefinition {
  const found = [...way.home, ...way.place].find((step) => step.id === id);
  if (!found) throw new Error(`Way version ${way.version} has no step '${id}'`);
  return found;
}

export function wayNameOf(way: WayVersion, stepId: string): WayName {
  return way.place.some(({ id }) => id === stepId) ? 'place' : 'home';
}

export type Next = { kind: 'step'; step: StepDefinition } | { kind: 'end' } | { kind: 'stop' };

/** Where a destination leads from a step. */
export function follow(way: WayVersion, fromStepId: string, to: Destination): Next {
  if (to === 'end' || to === 'stop') return { kind: to };
  if (to !== 'next') return { kind: 'step', step: stepOf(way, to.step) };
  const list = way[wayNameOf(way, fromStepId)];
  const after = list[list.findIndex(({ id }) => id === fromStepId) + 1];
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
  pass: { startedOn: PlainDate; clockFrom: PlainDate },
  today: PlainDate,
  calendar: CalendarRules,
): Pace {
  const due = dueOn(step, pass.clockFrom, calendar);
  return { days: Math.max(0, pass.startedOn.until(today).days), due, overdueDays: daysOverdue(due, today) };
}

/** The steps of the list that a case is in, and how each stands. */
export function stations(
  way: WayVersion,
  currentStepId: string,
  ended: boolean,
): readonly { id: string; state: 'done' | 'now' | 'ahead' }[] {
  const name = wayNameOf(way, currentStepId);
  // The way to a place leaves the way home after clarification.
  const list = name === 'home' ? way.home : [...way.home.slice(0, branchIndex(way)), ...way.place];
  const at = list.findIndex(({ id }) => id === currentStepId);
  return list.map(({ id }, index) => ({
    id,
    state: index < at || (index === at && ended) ? 'done' : index === at ? 'now' : 'ahead',
  }));
}

function branchIndex(way: WayVersion): number {
  const placeIds = new Set(way.place.map(({ id }) => id));
  const branches = way.home.findIndex((step) =>
    Object.values(step.outcomes).some(({ to }) => typeof to === 'object' && placeIds.has(to.step)),
  );
  return branches + 1;
}

/**
 * The earlier steps that a case may go back to: all before the one it stands at but the admission. An imported case has
 * been through them before it came here.
 */
export function mayGoBackTo(way: WayVersion, currentStepId: string): readonly string[] {
  return stations(way, currentStepId, false)
    .filter(({ id, state }) => state === 'done' && id !== way.home[0]?.id)
    .map(({ id }) => id);
}

/** The roles whose people form the side that a step waits for, in the unit of that side. */
export const TEAM_OF: Readonly<
  Record<Party, { side: 'shelter' | 'authority' | 'housing'; roles: readonly Assignment['role'][] }>
> = {
  shelter: { side: 'shelter', roles: ['shelter_staff'] },
  allocation: { side: 'authority', roles: ['caseworker', 'manager'] },
  caseworker: { side: 'authority', roles: ['caseworker'] },
  housing: { side: 'housing', roles: ['housing_officer'] },
};
