/** The homes of one story: offers, leases, subsidies and duties as the effects of the steps would have left them. */
import { v7 as uuidv7 } from 'uuid';
import { deadline } from '../domain/calendar.ts';
import { nextFollowUp } from '../domain/follow-up.ts';
import type { Oere } from '../domain/money.ts';
import { defaultRules } from '../domain/rules.ts';
import { endOfSubsidy, type Grant } from '../domain/subsidy.ts';
import { keptTerms } from '../domain/subsidy-terms.ts';
import { isBefore, type Instant, type PlainDate, Temporal } from '../domain/time.ts';
import type { DutyKind, OfferState } from '../store/case-homes.ts';
import { STOPPED } from '../workflows/referral/move-case.ts';
import { dayOfImport, earlier, movedInOn } from './days.ts';
import { type Stock, type StockedDwelling } from './stock.ts';
import type { Story, Typed } from './story.ts';

export interface DemoOffer {
  readonly id: string;
  readonly dwellingId: string;
  readonly offeredOn: PlainDate;
  readonly offeredById: string;
  readonly answerDueOn: PlainDate;
  readonly state: OfferState;
  readonly endedAt: Instant | null;
  readonly declinedBy: string | null;
  readonly reason: string | null;
}

export interface DemoDuty {
  readonly kind: DutyKind;
  readonly dueOn: PlainDate;
  readonly settledOn: PlainDate | null;
  readonly settledById: string | null;
}

export interface DemoLease {
  readonly id: string;
  readonly externalId: string | null;
  readonly dwelling: StockedDwelling;
  readonly offerId: string | null;
  readonly signedOn: PlainDate | null;
  readonly startsOn: PlainDate;
  readonly movedInOn: PlainDate | null;
  readonly endsOn: PlainDate | null;
  readonly endReason: string | null;
  readonly createdAt: Instant;
  readonly grant: Grant | null;
  readonly duties: readonly DemoDuty[];
}

/** How a step ended: what an effect is told of it. */
export interface StepEnd {
  readonly step: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly answers: Typed | null;
  readonly on: PlainDate;
  readonly at: Instant;
  readonly by: string | null;
}

export interface DemoHomes {
  /** The dwelling to offer next. */
  readonly next: () => StockedDwelling;
  /** The dwelling offered, or rented. */
  readonly current: () => StockedDwelling | null;
  /** What the end of a step does; resolves to the last day in time of the next step, where it sets one. */
  readonly after: (end: StepEnd) => PlainDate | null;
  /** The lease of somebody who lived there when Hjemvej began; resolves to the day of the next follow-up. */
  readonly imported: (at: Instant) => PlainDate | null;
  readonly offers: readonly DemoOffer[];
  readonly leases: readonly DemoLease[];
}

const DUTY_DAYS = 28;
const SETTLE_DAYS = 14;
const { calendar, homes: homeRules, subsidy } = defaultRules;
const OFFER_STATES: Readonly<Record<string, OfferState>> = {
  ...{ accepted: 'accepted', declined: 'declined', declined_closed: 'declined', withdrawn: 'withdrawn' },
};
const LIVE: readonly OfferState[] = ['reserved', 'accepted'];
const day = (value: unknown): PlainDate => Temporal.PlainDate.from(String(value));

export function homesOf(story: Story, stock: Stock, today: PlainDate): DemoHomes {
  const offers: DemoOffer[] = [];
  const leases: DemoLease[] = [];
  /** The day of moving into a home, or a place, of which no lease knows. */
  let movedIn: PlainDate | null = null;

  const byId = (id: string) => stock.dwellings().find((dwelling) => dwelling.id === id) ?? null;
  const liveOffer = () => offers.find(({ state }) => LIVE.includes(state));
  const runningLease = () => leases.find(({ endsOn }) => endsOn === null);
  const offerBecomes = (id: string, state: OfferState, { reason, at }: StepEnd, declinedBy: unknown = null): void => {
    const index = offers.findIndex((offer) => offer.id === id);
    const offer = offers[index];
    if (!offer) return;
    const said = typeof declinedBy === 'string' ? declinedBy : null;
    offers[index] = { ...offer, state, reason, declinedBy: said, endedAt: LIVE.includes(state) ? null : at };
  };
  const leaseBecomes = (id: string, change: Partial<DemoLease>): void => {
    const index = leases.findIndex((lease) => lease.id === id);
    const lease = leases[index];
    if (lease) leases[index] = { ...lease, ...change };
  };
  const raised = (dwelling: StockedDwelling, change: { vacantFrom?: null } = {}): void =>
    stock.change(dwelling.id, { ...change, version: stock.at(dwelling.address).version + 1 });
  const next = (): StockedDwelling => {
    const address = story.homes?.[offers.length];
    if (address === undefined) throw new Error(`A story of the demo offers more homes than it names: ${story.been}`);
    return stock.at(address);
  };
  const followUpAfter = (after: PlainDate): PlainDate | null => {
    const grant = runningLease()?.grant;
    return movedIn && (nextFollowUp(movedIn, grant ? endOfSubsidy(grant) : null, after)?.on ?? null);
  };

  function offered({ on, by }: StepEnd): PlainDate {
    const dwelling = next();
    if (dwelling.vacantFrom === null) stock.change(dwelling.id, { vacantFrom: on.with({ day: on.day < 15 ? 1 : 15 }) });
    const usual = deadline(on, homeRules.answerDays, 'arbejdsdage', calendar);
    const { answerDueOn: theirs } = dwelling;
    const answerDueOn = theirs && !isBefore(theirs, on) ? earlier(usual, theirs) : usual;
    offers.push({
      ...{ id: uuidv7(), dwellingId: dwelling.id, offeredOn: on, offeredById: by ?? '', answerDueOn },
      ...{ state: 'reserved', endedAt: null, declinedBy: null, reason: null },
    });
    return answerDueOn;
  }

  function signed({ answers, at, by, ...end }: StepEnd): void {
    const offer = liveOffer();
    const dwelling = offer && byId(offer.dwellingId);
    if (!offer || !dwelling) throw new Error('A lease of the demo rests on no offer');
    const startsOn = day(answers?.['startsOn']);
    const toDo = (['housing_benefit', 'deposit_loan'] as const).filter((kind) => story.duties?.[kind] !== undefined);
    stock.recordRent(dwelling.id, { from: startsOn, oere: answers?.['rent'] as Oere, recordedById: by });
    raised(dwelling);
    leases.push({
      ...{
        id: uuidv7(),
        externalId: null,
        dwelling,
        offerId: offer.id,
        signedOn: day(answers?.['signedOn']),
        startsOn,
      },
      ...{ movedInOn: null, endsOn: null, endReason: null, createdAt: at },
      grant: grantOf(dwelling, startsOn, answers?.['monthlySubsidy'] as Oere | null),
      duties: toDo.map((kind) => duty(kind, startsOn.add({ days: DUTY_DAYS }))),
    });
    offerBecomes(offer.id, 'leased', { ...end, answers, at, by });
  }

  function unmade(end: StepEnd): void {
    const offer = liveOffer();
    if (offer) offerBecomes(offer.id, offer.state === 'accepted' ? 'fell_through' : 'withdrawn', end);
    const lease = runningLease();
    if (!lease || lease.movedInOn) return;
    ends(lease, end.on, end.reason);
    if (lease.offerId) offerBecomes(lease.offerId, 'fell_through', end);
  }

  function ends(lease: DemoLease, on: PlainDate, reason: string | null): void {
    const last = lease.startsOn.subtract({ days: 1 });
    const grant = lease.grant && { ...lease.grant, endedOn: on };
    leaseBecomes(lease.id, { endsOn: isBefore(on, last) ? last : on, endReason: reason, grant });
  }

  function moved({ answers, by }: StepEnd): PlainDate | null {
    movedIn = day(answers?.['movedInOn']);
    const on = movedIn;
    const lease = runningLease();
    if (lease) {
      raised(lease.dwelling, { vacantFrom: null });
      const duties = lease.duties.map(({ kind }) => seenTo(duty(kind, on.add({ days: DUTY_DAYS })), on, by));
      leaseBecomes(lease.id, { movedInOn: on, duties });
    }
    return followUpAfter(on);
  }

  function followedUp({ outcome, reason, answers, on, by }: StepEnd): PlainDate {
    const due = followUpAfter(on) ?? on.add({ years: 1 });
    const lease = runningLease();
    if (outcome === 'moved_out' && lease) {
      ends(lease, day(answers?.['movedOutOn']), reason);
      const settle = lease.grant && seenTo(duty('settle_subsidy', on.add({ days: SETTLE_DAYS })), on, by);
      if (settle) leaseBecomes(lease.id, { duties: [...lease.duties, settle] });
    }
    return due;
  }

  const duty = (kind: DutyKind, dueOn: PlainDate): DemoDuty => ({ kind, dueOn, settledOn: null, settledById: null });
  /** What has been done was done within a week. */
  const seenTo = (one: DemoDuty, from: PlainDate, by: string | null): DemoDuty => {
    const settledOn = earlier(from.add({ days: 5 }), today);
    return story.duties?.[one.kind] === 'done' ? { ...one, settledOn, settledById: by } : one;
  };

  return {
    ...{ offers, leases, next },
    current: () => byId(liveOffer()?.dwellingId ?? runningLease()?.dwelling.id ?? ''),
    after(end) {
      const offer = liveOffer();
      switch (`${end.step}:${end.outcome}`) {
        case 'offer:offered':
          return offered(end);
        case 'lease:signed':
          signed(end);
          return null;
        case 'moved-in:moved_in':
          return moved(end);
        case 'lease:fell_through':
        case 'moved-in:did_not_move':
          unmade(end);
          return null;
      }
      if (end.step === 'kept-home') return followedUp(end);
      if (end.outcome === STOPPED) unmade(end);
      const state = end.step === 'answer' ? OFFER_STATES[end.outcome] : undefined;
      if (offer && state) {
        const says = state === 'declined' ? end.answers?.['declinedBy'] : null;
        offerBecomes(offer.id, state, end, says);
      }
      return null;
    },
    imported(at) {
      const dwelling = next();
      const on = movedInOn(story, today);
      if (!on) throw new Error('Whoever comes by import to the demo has moved in');
      movedIn = on;
      stock.change(dwelling.id, { vacantFrom: null, version: 2 });
      leases.push({
        ...{
          id: uuidv7(),
          externalId: `L-${dwelling.externalId}`,
          dwelling,
          offerId: null,
          startsOn: on,
          movedInOn: on,
        },
        ...{ signedOn: on.subtract({ days: 12 }), endsOn: null, endReason: null, createdAt: at },
        ...{ grant: grantOf(dwelling, on, null), duties: [] },
      });
      // Those before the import were not taken here.
      let due = followUpAfter(on);
      while (due && isBefore(due, dayOfImport(today))) due = followUpAfter(due);
      return due;
    },
  };
}

function grantOf({ scheme }: StockedDwelling, startsOn: PlainDate, monthlyOere: Oere | null): Grant | null {
  if (scheme === 'none') return null;
  return {
    ...{ scheme, ...keptTerms(scheme, startsOn, subsidy), basisYear: startsOn.year, endedOn: null },
    monthlyOere: scheme === 'state_subsidy' ? null : monthlyOere,
  };
}
