/** A resident's story with days, people and answers: passes, stays and homes as the engine would have left them. */
import { v7 as uuidv7 } from 'uuid';
import { workingDayOnOrBefore } from '../domain/calendar.ts';
import type { CaseFacts, WayVersion } from '../domain/referral/definition.ts';
import type { Party } from '../domain/access.ts';
import { isBefore, type Instant, type PlainDate } from '../domain/time.ts';
import { answersTo, typedIn } from './answers.ts';
import { type Cast, doerOf } from './cast.ts';
import type { Chance } from './chance.ts';
import { back, dayOfImport, daysOf, during, earlier, earlyOn, movedInOn } from './days.ts';
import { type DemoHomes, homesOf } from './homes.ts';
import { type DemoStay, staysFrom } from './stays.ts';
import type { Stock } from './stock.ts';
import { eventsOf, type Story, type StoryEvent, type Typed } from './story.ts';

export interface DemoPass {
  readonly id: string;
  readonly step: string;
  readonly ordinal: number;
  readonly startedOn: PlainDate;
  readonly clockFrom: PlainDate;
  readonly dueOn: PlainDate | null;
  readonly beside: boolean;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly endedById: string | null;
  readonly onBehalfOfId: string | null;
  readonly answers: Typed | null;
  readonly citizenToldOn: PlainDate | null;
}

export interface History {
  readonly passes: readonly DemoPass[];
  readonly stays: readonly DemoStay[];
  readonly homes: Pick<DemoHomes, 'offers' | 'leases'>;
  readonly facts: CaseFacts;
  readonly closed: { readonly at: Instant; readonly reason: string } | null;
}

export interface Setting {
  readonly way: WayVersion;
  readonly today: PlainDate;
  readonly now: Instant;
  readonly chance: Chance;
  readonly stock: Stock;
  readonly staffOf: (name: string) => string;
}

type StepEvent = Exclude<StoryEvent, { step: null }>;

/** The pass that is open while the story is told. */
type Open = Pick<DemoPass, 'step' | 'ordinal' | 'startedOn' | 'startedAt' | 'clockFrom' | 'dueOn'>;

export function historyOf(story: Story, cast: Cast, setting: Setting): History {
  const { way, today, now, chance, stock, staffOf } = setting;
  const events = eventsOf(story, way);
  const days = daysOf(story, events, setting);
  const homes = homesOf(story, stock, today);
  const moved = movedInOn(story, today);

  const admittedOn = (story.imported ? moved && back(moved, 150) : days[0]) ?? today;
  const decidedOn = story.pace === 'new' || chance.number(0, 2) > 0 ? admittedOn : back(admittedOn, 1);
  const told = earlier(decidedOn.add({ days: chance.number(0, 2) }), today);
  const municipalityToldOn = story.municipalityUntold ? null : told;
  const referredFrom = chance.pick(['self', 'municipality', 'street_outreach', 'hospital', 'other_shelter']);

  const facts: CaseFacts = story.imported ? { caseworkerId: cast.caseworker } : {};
  const passes: DemoPass[] = [];
  const admission = { decidedOn, referredFrom, municipalityToldOn };
  const stays = staysFrom(admission);
  /** Where the story stands while it is told. */
  const stands: { open: Open | null; closed: History['closed']; lastDay: PlainDate; followUps: number } = {
    ...{ open: null, closed: null, lastDay: decidedOn, followUps: 0 },
  };

  const nextOrdinal = (): number => Math.max(stands.open?.ordinal ?? 0, ...passes.map(({ ordinal }) => ordinal)) + 1;
  const stepAfter = (index: number): string | undefined =>
    events.slice(index + 1).find((event): event is StepEvent => event.step !== null && !event.beside)?.step.id ??
    story.at;
  const begins = (index: number, startedOn: PlainDate, startedAt: Instant, dueOn: PlainDate | null): void => {
    const step = stepAfter(index);
    stands.open = step ? { step, ordinal: nextOrdinal(), startedOn, startedAt, clockFrom: startedOn, dueOn } : null;
  };
  /** A follow-up is done when it is due, or a few days later; whoever moves out does so some weeks after the last one. */
  const followUpDay = ({ outcome }: StepEvent, dueOn: PlainDate | null): PlainDate =>
    workingDayOnOrBefore(
      outcome === 'moved_out'
        ? stands.lastDay.add({ days: chance.number(20, 40) })
        : (dueOn ?? stands.lastDay).add({ days: chance.number(0, 3) }),
    );
  const answersOf = (event: StepEvent, index: number, startedOn: PlainDate, endedOn: PlainDate): Typed => {
    const { step, outcome, reason } = event;
    const last = events.findLastIndex((other) => other.step?.id === step.id) === index;
    const isToOffer =
      step.id === 'offer' || (step.id === 'clarification' && homes.offers.length < (story.homes ?? []).length);
    const typed = typedIn(story, step.id, {
      ...{ outcome, reason, startedOn, endedOn, today, facts, chance, supportWorker: cast.support },
      says: (last && story.says?.[step.id]) || {},
      dwelling: isToOffer ? homes.next() : homes.current(),
      livedThereOn: story.imported ? moved : null,
      followUp: stands.followUps,
      staffOf,
    });
    return answersTo(step, { ...admission, caseworker: cast.caseworker, ...typed });
  };

  const ended = (event: StepEvent, index: number): void => {
    const { step, outcome, reason, beside } = event;
    const rule = step.outcomes[outcome];
    const current = stands.open;
    if (step.id === 'kept-home') stands.followUps++;
    const endedOn = days[index] ?? followUpDay(event, current?.dueOn ?? null);
    if (isBefore(endedOn, stands.lastDay) || isBefore(today, endedOn))
      throw new Error(`A story of the demo does not fit its days at ${index}, ${endedOn}: ${story.been}`);
    stands.lastDay = endedOn;
    const imports = story.imported === true && index === 0;
    const at = imports ? earlyOn(endedOn) : during(endedOn, now, chance);
    const pass: Open =
      beside || !current
        ? {
            ...{ step: step.id, ordinal: nextOrdinal(), startedAt: at, dueOn: null },
            ...(current ? { startedOn: endedOn, clockFrom: endedOn } : { startedOn: decidedOn, clockFrom: decidedOn }),
          }
        : current;
    const answers = rule ? answersOf(event, index, pass.startedOn, endedOn) : null;
    const by = imports ? { endedById: null, onBehalfOfId: null } : doerOf(cast, partyOf(event), facts, endedOn);
    const isUntold = story.citizenUntold && index === lastTold(events);
    passes.push({
      ...{ ...pass, id: uuidv7(), beside, endedAt: at, outcome, reason, answers, ...by },
      citizenToldOn: rule?.citizenIsTold && !isUntold ? endedOn : null,
    });
    if (answers) Object.assign(facts, step.facts?.(answers as never, facts));
    if (step.id === 'kept-home' && answers?.['support'] === 'ended')
      Object.assign(facts, { supportEndedOn: answers['supportEndedOn'], responsibleId: answers['responsible'] });
    const dueOn = homes.after({ step: step.id, outcome, reason, answers, on: endedOn, at, by: by.endedById });
    if (step.id === 'moved-in' && answers && typeof answers['manner'] === 'string') {
      const { manner, reason: why, to } = answers as Record<'manner' | 'reason' | 'to', string>;
      stays.end(endedOn, { manner, reason: why, to, byId: by.endedById ?? cast.shelter });
    }
    if (beside) return;
    if (imports && moved) {
      begins(index, moved, at, homes.imported(at));
      stands.open = stands.open && { ...stands.open, clockFrom: dayOfImport(today) };
      stays.end(moved, { manner: 'agreed', reason: 'home_found', to: 'own_home', byId: cast.shelter });
      return;
    }
    const closes = rule ? rule.to === 'stop' : outcome === 'stopped';
    stands.closed = closes ? { at, reason: reason ?? outcome } : null;
    if (closes) stands.open = null;
    else begins(index, endedOn, at, dueOn);
  };

  events.forEach((event, index) => {
    if (event.step) return ended(event, index);
    const on = days[index] ?? stands.lastDay;
    // What had been closed begins again; an open case goes on where it stands.
    if (stands.closed) begins(index, on, during(on, now, chance), null);
    stays.readmit(on, stands.closed ? 'self' : 'other_shelter');
    stands.closed = null;
    stands.lastDay = on;
  });
  if (story.discharge)
    stays.end(stands.closed ? stands.lastDay : back(today, chance.number(1, 4)), {
      ...story.discharge,
      byId: cast.shelter,
    });
  if (stands.open) {
    const rest = { outcome: null, reason: null, endedById: null, onBehalfOfId: null, answers: null };
    passes.push({ ...stands.open, ...rest, citizenToldOn: null, id: uuidv7(), beside: false, endedAt: null });
  }
  passes.sort((a, b) => a.ordinal - b.ordinal);
  return { passes, stays: stays.list, homes, facts, closed: stands.closed };
}

/** Who did it: the step's side, another where the outcome is theirs, and for what every step allows the caseworker. */
function partyOf({ step, outcome }: StepEvent): Party {
  const rule = step.outcomes[outcome];
  if (!rule) return 'caseworker';
  return rule.by === undefined || rule.by === 'nobody' ? step.party : rule.by;
}

const lastTold = (events: readonly StoryEvent[]): number =>
  events.findLastIndex(({ step, outcome }) => step !== null && step.outcomes[outcome]?.citizenIsTold === true);
