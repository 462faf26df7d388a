/** Start-up's check that the definitions hold together; what is wrong is said with what to edit. */
import { parties } from '../access.ts';
import type { StepDefinition, WayVersion } from './definition.ts';

/** Everything wrong with a version; empty when it is consistent. */
export function problemsOf(way: WayVersion): string[] {
  const problems: string[] = [];
  const steps = [...new Map([...way.home, ...way.place].map((step) => [step.id, step])).values()];
  const say = (step: StepDefinition, what: string) =>
    problems.push(`version ${way.version}, step '${step.id}': ${what}`);

  const ids = new Set(steps.map(({ id }) => id));
  // The two ways may share a step; within one an id is a step's own.
  for (const list of [way.home, way.place])
    for (const id of ids) {
      const times = list.filter((step) => step.id === id).length;
      if (times > 1) problems.push(`version ${way.version}: the id '${id}' is used by ${times} steps`);
    }
  if (way.home.length === 0) problems.push(`version ${way.version}: the way home has no step`);
  if (way.stopReasons.length === 0) problems.push(`version ${way.version}: no reason to stop a case`);
  if (way.backReasons.length === 0) problems.push(`version ${way.version}: no reason to go back`);

  for (const step of steps) {
    if (!parties.includes(step.party)) say(step, `nobody acts: the party '${step.party}' is unknown`);
    if (!(step.clock.days > 0)) say(step, 'its clock must count at least one day');
    for (const name of ['notBy', 'needsHome', 'besideFrom'] as const) {
      const named = step[name];
      if (named !== undefined && !ids.has(named)) say(step, `${name} names the unknown step '${named}'`);
    }
    const outcomes = Object.entries(step.outcomes);
    if (outcomes.length === 0) say(step, 'has no outcome, so nothing can leave it');
    if (outcomes.length > 0 && outcomes.every(([, { by }]) => by !== undefined))
      say(step, 'has no outcome that whoever does it may choose');
    for (const [name, { to, reasons, by, reopensAt }] of outcomes) {
      if (by !== undefined && by !== 'nobody' && !parties.includes(by))
        say(step, `outcome '${name}' may be chosen by the unknown party '${by}'`);
      if (reopensAt !== undefined && !ids.has(reopensAt))
        say(step, `outcome '${name}' is opened again at the unknown step '${reopensAt}'`);
      if (reasons?.length === 0) say(step, `outcome '${name}' asks for a reason but lists none`);
      if (typeof to === 'object' && !ids.has(to.step))
        say(step, `outcome '${name}' leads to the unknown step '${to.step}'`);
      if (to === 'next' && (step.id === way.home.at(-1)?.id || step.id === way.place.at(-1)?.id))
        say(step, `outcome '${name}' leads to the next step, but it is the last; use 'end'`);
    }
  }
  if (problems.length > 0) return problems;

  const after = (list: readonly StepDefinition[], { id }: StepDefinition) => {
    const at = list.findIndex((step) => step.id === id);
    // A step that may be passed over leads on to the one after it as well.
    const passable = list.findIndex(({ when }, index) => index > at && when === undefined);
    return at < 0 ? [] : list.slice(at + 1, passable < 0 ? undefined : passable + 1).map((step) => step.id);
  };
  const targets = (step: StepDefinition): string[] =>
    Object.values(step.outcomes).flatMap(({ to }) => {
      if (to === 'end' || to === 'stop') return [to];
      return to === 'next' ? [...after(way.home, step), ...after(way.place, step)] : [to.step];
    });
  const canFinish = new Set(['end', 'stop']);
  for (let before = -1; before !== canFinish.size;) {
    before = canFinish.size;
    for (const step of steps) if (targets(step).some((target) => canFinish.has(target))) canFinish.add(step.id);
  }
  const reached = new Set<string>([way.home[0]?.id ?? '']);
  for (const id of reached) {
    const step = steps.find((candidate) => candidate.id === id);
    if (step) targets(step).forEach((target) => reached.add(target));
  }
  for (const step of steps) {
    if (!canFinish.has(step.id)) say(step, 'has no way out: no outcome leads on to an end');
    if (!reached.has(step.id)) say(step, 'cannot be reached from the first step');
  }
  return problems;
}
