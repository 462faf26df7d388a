/** On which days a story happened: backwards from today, and for those who have moved in from the day they did. */
import { workingDayOnOrBefore, workingDaysBetween } from '../domain/calendar.ts';
import type { StepDefinition, WayVersion } from '../domain/referral/definition.ts';
import { stepOf } from '../domain/referral/way.ts';
import { FIRST_DAY_OF_STATE_SUBSIDY } from '../domain/schemes.ts';
import { isBefore, type Instant, type PlainDate, Temporal, TIME_ZONE } from '../domain/time.ts';
import type { Chance } from './chance.ts';
import type { Story, StoryEvent } from './story.ts';

/** How many months ago Hjemvej began; whoever had a home by then came by import. */
const BEGAN_MONTHS_AGO = 30;

export const dayOfImport = (today: PlainDate): PlainDate =>
  workingDayOnOrBefore(today.subtract({ months: BEGAN_MONTHS_AGO }));

/** The day of moving in; leases that were imported began on the first of a month, with the state's subsidy not before there was one. */
export function movedInOn({ moved, imported }: Story, today: PlainDate): PlainDate | null {
  if (!moved) return null;
  const day = today.subtract({ months: moved.months }).subtract({ days: moved.days ?? 0 });
  if (!imported) return workingDayOnOrBefore(day);
  const first = day.with({ day: 1 });
  const earliest = Temporal.PlainDate.from(FIRST_DAY_OF_STATE_SUBSIDY);
  return isBefore(first, earliest) ? earliest : first;
}

/** The day of each event; null for a follow-up, which is done when it is due. */
export function daysOf(
  story: Story,
  events: readonly StoryEvent[],
  { way, today, chance }: { way: WayVersion; today: PlainDate; chance: Chance },
): (PlainDate | null)[] {
  const days = events.map((): PlainDate | null => null);
  const backwards = (first: number, last: number, from: PlainDate): void => {
    let day = from;
    for (let index = last; index >= first; index--) {
      days[index] = day;
      day = back(day, gapBefore(events[index], chance));
    }
  };
  const moved = movedInOn(story, today);
  const movesIn = events.findLastIndex(({ step, outcome }) => step?.id === 'moved-in' && outcome === 'moved_in');
  const lastFollowUp = events.findLastIndex(({ step }) => step?.id === 'kept-home');
  const rest = Math.max(movesIn, lastFollowUp) + 1;
  if (story.imported) {
    const began = dayOfImport(today);
    events.forEach(({ step }, index) => (days[index] = step?.id === 'kept-home' ? null : began));
  } else if (moved) backwards(0, movesIn, moved);
  if (rest < events.length && !story.imported) {
    const end = story.at ? openedOn(stepOf(way, story.at), story, today, chance) : back(today, chance.number(2, 25));
    backwards(moved ? rest : 0, events.length - 1, end);
  }
  return days;
}

/** How many working days a story takes from the event before to this one. */
function gapBefore({ step, outcome, beside }: StoryEvent = { step: null }, chance: Chance): number {
  if (!step) return chance.number(2, 8);
  if (beside) return chance.number(1, 4);
  switch (step.id) {
    case 'admission':
      return 0;
    case 'answer':
      return chance.number(1, 4);
    case 'support':
      return chance.number(3, 6);
    case 'moved-in':
      // Long enough for the lease, which begins on the 1st or the 15th after it was signed.
      return outcome === 'moved_in' ? chance.number(13, 18) : chance.number(4, 12);
    default:
      return chance.number(1, Math.min(step.clock.days + 2, 18));
  }
}

/** The day the open step began, such that it is in time or overdue as the story says. */
function openedOn(step: StepDefinition, { pace, municipalityUntold }: Story, today: PlainDate, chance: Chance) {
  const { days, kind } = step.clock;
  if (pace === 'new') return municipalityUntold ? today : back(today, 1);
  const age = pace === 'overdue' ? days + chance.number(1, 8) : chance.number(1, days - 1);
  let day = today;
  while (workingDaysBetween(day, today, kind) < age) day = day.subtract({ days: 1 });
  return workingDayOnOrBefore(day);
}

/** So many working days earlier. */
export function back(day: PlainDate, days: number): PlainDate {
  let earlierDay = workingDayOnOrBefore(day);
  for (let left = days; left > 0; left--) earlierDay = workingDayOnOrBefore(earlierDay.subtract({ days: 1 }));
  return earlierDay;
}

export const earlier = (a: PlainDate, b: PlainDate): PlainDate => (isBefore(a, b) ? a : b);

/** The 1st or the 15th after a day: when leases begin. */
export function leaseStartAfter(day: PlainDate): PlainDate {
  return day.day < 15 ? day.with({ day: 15 }) : day.with({ day: 1 }).add({ months: 1 });
}

/** Before anybody is at work: when lists are imported. */
export const earlyOn = (day: PlainDate): Instant =>
  day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: { hour: 7 } }).toInstant();

/** Some time within office hours of the day, but never after now. */
export function during(day: PlainDate, now: Instant, chance: Chance): Instant {
  const time = { hour: chance.number(9, 15), minute: chance.number(0, 59) };
  const at = day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: time }).toInstant();
  return Temporal.Instant.compare(at, now) < 0 ? at : now;
}

/** So many minutes after midnight of the day. */
export const timeOn = (day: PlainDate, minutes: number): Instant =>
  day
    .toZonedDateTime({ timeZone: TIME_ZONE, plainTime: { hour: Math.floor(minutes / 60), minute: minutes % 60 } })
    .toInstant();
