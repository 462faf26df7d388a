/** Start-up's check that the definitions hold together; what is wrong is said with what to edit. */
import { parties } from '../access.ts';
import type { StepDefinition, WayVersion } from './definition.ts';

/** Everything wrong with a version; empty when it is consistent. */
export function problemsOf(way: WayVersion): string[] {
  const problems: string[] = [];
  const steps = [...way.home, ...way.place];
  const say = (step: StepDefinition, what: string) =>
    problems.push(`version ${way.version}, step '${step.id}': ${what}`);

  const ids = new Map<string, number>();
  for (const { id } of steps) ids.set(id, (ids.get(id) ?? 0) + 1);
  for (const [id, times] of ids)
    if (times > 1) problems.push(`version ${way.version}: the id '${id}' is used by ${times} steps`);
  if (way.home.length === 0) problems.push(`version ${way.version}: the way home has no step`);
  if (way.stopReasons.length === 0) problems.push(`version ${way.version}: no reason to stop a case`);
  if (way.backReasons.length === 0) problems.push(`version ${way.version}: no reason to go back`);

  for (const step of steps) {
    if (!parties.includes(step.party)) say(step, `nobody acts: the party '${step.party}' is unknown`);
    if (!(step.clock.days > 0)) say(step, 'its clock must count at least one day');
    if (step.notBy !== undefined && !ids.has(step.notBy)) say(step, `notBy names the unknown step '${step.notBy}'`);
    const outcomes = Object.entries(step.outcomes);
    if (outcomes.length === 0) say(step, 'has no outcome, so nothing can leave it');
    for (const [name, { to, reasons }] of outcomes) {
      if (reasons?.length === 0) say(step, `outcome '${name}' asks for a reason but lists none`);
      if (typeof to === 'object' && !ids.has(to.step))
        say(step, `outcome '${name}' leads to the unknown step '${to.step}'`);
      if (to === 'next' && (step === way.home.at(-1) || step === way.place.at(-1)))
        say(step, `outcome '${name}' leads to the next step, but it is the last; use 'end'`);
    }
  }
  if (problems.length > 0) return problems;

  const targets = (step: StepDefinition): string[] =>
    Object.values(step.outcomes).map(({ to }) => {
      if (to === 'end' || to === 'stop') return to;
      if (to !== 'next') return to.step;
      const list = way.place.includes(step) ? way.place : way.home;
      return list[list.indexOf(step) + 1]?.id ?? 'end';
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
