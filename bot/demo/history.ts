/** A resident's story with days, people and answers: passes as the engine would have left them. */
import { v7 as uuidv7 } from 'uuid';
import { workingDayOnOrBefore, workingDaysBetween } from '../domain/calendar.ts';
import type { CaseFacts, StepDefinition, WayVersion } from '../domain/referral/definition.ts';
import { parseForm } from '../domain/referral/form.ts';
import { stepOf } from '../domain/referral/way.ts';
import { type Instant, type PlainDate, Temporal, TIME_ZONE } from '../domain/time.ts';
import type { Chance } from './chance.ts';
import type { Story } from './stories.ts';

/** The ids of those who take part in one case. */
export interface Cast {
  readonly shelter: string;
  readonly allocation: string;
  readonly caseworker: string;
  readonly housing: string;
  readonly support: string;
  /** Who has done the caseworker's part from this day on, while the caseworker is away. */
  readonly deputy: { readonly staffId: string; readonly from: PlainDate } | null;
}

export interface DemoPass {
  readonly id: string;
  readonly step: string;
  readonly ordinal: number;
  readonly startedOn: PlainDate;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly endedById: string | null;
  readonly onBehalfOfId: string | null;
  readonly answers: Readonly<Record<string, unknown>> | null;
  readonly citizenToldOn: PlainDate | null;
}

export interface History {
  readonly passes: readonly DemoPass[];
  readonly facts: CaseFacts;
  readonly decidedOn: PlainDate;
  readonly referredFrom: string;
  readonly municipalityToldOn: PlainDate | null;
}

export interface Setting {
  readonly way: WayVersion;
  readonly today: PlainDate;
  readonly now: Instant;
  readonly chance: Chance;
}

interface Ended {
  readonly step: StepDefinition;
  readonly outcome: string;
  readonly reason: string | null;
}

export function historyOf(story: Story, cast: Cast, { way, today, now, chance }: Setting): History {
  const been = story.been.map((text): Ended => {
    const [, step = '', outcome = '', reason] = /^([^:]+):([^/]+)(?:\/(.+))?$/.exec(text) ?? [];
    return { step: stepOf(way, step), outcome, reason: reason ?? null };
  });

  // Backwards from today: when the last pass began or ended, and each one before it.
  const ends: PlainDate[] = [];
  let day = story.at ? openedOn(stepOf(way, story.at), story, today, chance) : back(today, chance.number(2, 25));
  for (const { step } of [...been].reverse()) {
    ends.unshift(day);
    day = step.id === 'admission' ? day : back(day, chance.number(1, Math.min(step.clock.days + 2, 18)));
  }
  const admittedOn = ends[0] ?? today;
  const decidedOn = story.pace === 'new' || chance.number(0, 2) > 0 ? admittedOn : back(admittedOn, 1);
  const told = earlier(decidedOn.add({ days: chance.number(0, 2) }), today);
  const municipalityToldOn = story.municipalityUntold ? null : told;
  const referredFrom = chance.pick(['self', 'municipality', 'street_outreach', 'hospital', 'other_shelter']);

  const facts: CaseFacts = {};
  const passes: DemoPass[] = [];
  let startedAt = during(admittedOn, now, chance);
  been.forEach(({ step, outcome, reason }, index) => {
    const endedOn = ends[index] ?? today;
    const startedOn = index === 0 ? decidedOn : (ends[index - 1] ?? endedOn);
    const endedAt = index === 0 ? startedAt : during(endedOn, now, chance);
    const rule = step.outcomes[outcome];
    const answers = rule
      ? answersTo(step, {
          ...{ decidedOn, referredFrom, municipalityToldOn, caseworker: cast.caseworker },
          ...made(step.id, outcome, { startedOn, endedOn }, chance),
        })
      : null;
    if (answers) Object.assign(facts, step.facts?.(answers as never));
    const untold = story.citizenUntold && index === lastTold(been);
    passes.push({
      ...{ id: uuidv7(), step: step.id, ordinal: index + 1, startedOn, startedAt, endedAt, outcome, reason, answers },
      ...doer(step, cast, endedOn),
      citizenToldOn: rule?.citizenIsTold && !untold ? endedOn : null,
    });
    startedAt = endedAt;
  });
  if (story.at) {
    const startedOn = ends.at(-1) ?? today;
    passes.push({
      ...{ id: uuidv7(), step: story.at, ordinal: passes.length + 1, startedOn, startedAt, endedAt: null },
      ...{ outcome: null, reason: null, endedById: null, onBehalfOfId: null, answers: null, citizenToldOn: null },
    });
  }
  return { passes, facts, decidedOn, referredFrom, municipalityToldOn };
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

function doer(step: StepDefinition, cast: Cast, on: PlainDate): { endedById: string; onBehalfOfId: string | null } {
  const staffId = cast[step.party];
  const { deputy } = cast;
  const away = step.party === 'caseworker' && deputy && Temporal.PlainDate.compare(on, deputy.from) >= 0;
  return away ? { endedById: deputy.staffId, onBehalfOfId: staffId } : { endedById: staffId, onBehalfOfId: null };
}

const lastTold = (been: readonly Ended[]): number =>
  been.findLastIndex(({ step, outcome }) => step.outcomes[outcome]?.citizenIsTold === true);

/** Stored as the engine stores them: read by the step's own form, which leaves out what it does not ask. */
function answersTo(step: StepDefinition, typed: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const texts = Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name, value === null ? '' : String(value)]),
  );
  const parsed = parseForm(step.form, texts);
  if (!parsed.ok) throw new Error(`The demo's answers to '${step.id}' are wrong: ${JSON.stringify(parsed.problems)}`);
  return parsed.answers;
}

type Typed = Readonly<Record<string, unknown>>;

function made(
  step: string,
  outcome: string,
  { startedOn, endedOn }: { startedOn: PlainDate; endedOn: PlainDate },
  chance: Chance,
): Typed {
  switch (step) {
    case 'stabilising':
      return {
        mitId: 'in_place',
        benefit: 'in_place',
        debt: chance.pick(['in_place', 'not_relevant']),
        healthContact: chance.pick(['in_place', 'in_place', 'not_relevant']),
      };
    case 'assessment': {
      const dimensions = 'home mentalHealth physicalHealth dailyActivities network substances work economy'.split(' ');
      return {
        ...Object.fromEntries(dimensions.map((name) => [name, 'done'])),
        plan: chance.pick(['action_plan', 'action_plan', 'whole_plan']),
        planOn: endedOn,
      };
    }
    case 'clarification':
      return clarified(outcome, startedOn, chance);
    case 'nomination':
      return {
        ...{ acuteNeed: true, cannotSolve: true, ableToLive: outcome === 'nominated', aroseHere: true },
        bifAskedOn: startedOn,
        note: chance.pick(['', 'Kan flytte med kort varsel.', 'Kan ikke gå på trapper.']),
      };
    case 'decision':
      return { note: outcome === 'returned' ? 'Vi mangler BIF’s vurdering af betalingsevnen.' : '' };
    case 'place-decision':
      return { decidedOn: outcome === 'granted' ? endedOn : '' };
    case 'place-ready':
      return outcome === 'ready' ? { place: 'Botilbuddet Lindegården', readyOn: endedOn.add({ days: 7 }) } : {};
    default:
      return {};
  }
}

function clarified(outcome: string, startedOn: PlainDate, chance: Chance): Typed {
  const support = chance.pick([
    ['section_85a', 'cti'],
    ['section_85a', 'icm'],
    ['section_85', 'other'],
    ['section_99', 'other'],
    ['none', 'none'],
  ]);
  return {
    adults: chance.pick([1, 1, 1, 2]),
    children: chance.pick([0, 0, 0, 0, 1, 2]),
    wishes: chance.pick(['', 'Gerne stueetage.', 'Har hund.', 'Gerne på Amager eller i Valby.', 'Nær ved sine børn.']),
    homeKind:
      outcome === 'place'
        ? chance.pick(['section_107', 'section_108', 'care_home'])
        : chance.pick(['state_subsidy', 'state_subsidy', 'transitional', 'cheap_existing', 'unconventional']),
    supportBasis: support[0],
    supportMethod: support[1],
    payable: chance.number(28, 46) * 100,
    bifAskedOn: startedOn,
  };
}

/** So many working days earlier. */
function back(day: PlainDate, days: number): PlainDate {
  let earlierDay = workingDayOnOrBefore(day);
  for (let left = days; left > 0; left--) earlierDay = workingDayOnOrBefore(earlierDay.subtract({ days: 1 }));
  return earlierDay;
}

const earlier = (a: PlainDate, b: PlainDate): PlainDate => (Temporal.PlainDate.compare(a, b) < 0 ? a : b);

/** Some time within office hours of the day, but never after now. */
function during(day: PlainDate, now: Instant, chance: Chance): Instant {
  const time = { hour: chance.number(9, 15), minute: chance.number(0, 59) };
  const at = day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: time }).toInstant();
  return Temporal.Instant.compare(at, now) < 0 ? at : now;
}
