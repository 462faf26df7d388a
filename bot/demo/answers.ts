/** What the demo's staff type at each step, as far as a story does not say otherwise. */
import type { CaseFacts, StepDefinition } from '../domain/referral/definition.ts';
import { isPlace } from '../domain/referral/codes.ts';
import { parseForm } from '../domain/referral/form.ts';
import type { PlainDate } from '../domain/time.ts';
import type { Chance } from './chance.ts';
import { back, leaseStartAfter } from './days.ts';
import { isListedOn, rentAt, type StockedDwelling } from './stock.ts';
import type { Typed } from './story.ts';

/** What the answers of a step hang on. */
export interface Answering {
  readonly outcome: string;
  readonly reason: string | null;
  readonly startedOn: PlainDate;
  readonly endedOn: PlainDate;
  readonly today: PlainDate;
  readonly facts: CaseFacts;
  readonly supportWorker: string;
  /** The dwelling to offer next, offered or rented. */
  readonly dwelling: StockedDwelling | null;
  readonly chance: Chance;
  /** The day of moving in, of whoever lived there when Hjemvej began. */
  readonly livedThereOn: PlainDate | null;
  /** What the story says instead. */
  readonly says: Typed;
}

/** Stored as the engine stores them: read by the step's own form, which leaves out what it does not ask. */
export function answersTo(step: StepDefinition, typed: Typed): Typed {
  const texts = Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name, value === null ? '' : String(value)]),
  );
  const parsed = parseForm(step.form, texts);
  if (!parsed.ok) throw new Error(`The demo's answers to '${step.id}' are wrong: ${JSON.stringify(parsed.problems)}`);
  return parsed.answers;
}

const kroner = (oere: number): string => (oere / 100).toFixed(2).replace('.', ',');

export function usualAnswers(step: string, answering: Answering): Typed {
  const { outcome, reason, startedOn, endedOn, chance } = answering;
  switch (step) {
    case 'stabilising':
      return {
        ...{ mitId: 'in_place', benefit: 'in_place', debt: chance.pick(['in_place', 'not_relevant']) },
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
      return clarified(answering);
    case 'nomination':
      return {
        ...{ acuteNeed: true, cannotSolve: true, ableToLive: outcome === 'nominated', aroseHere: true },
        bifAskedOn: startedOn,
        note: chance.pick(['', 'Kan flytte med kort varsel.', 'Kan ikke gå på trapper.']),
      };
    case 'decision':
      return { note: outcome === 'returned' ? 'Vi mangler BIF’s vurdering af betalingsevnen.' : '' };
    case 'offer':
      return offered(answering);
    case 'answer':
      return { answeredOn: endedOn, declinedBy: outcome.startsWith('declined') ? declinerOf(reason) : '' };
    case 'lease':
      return outcome === 'signed' ? signed(answering) : { housingBenefit: 'not_relevant', depositLoan: 'not_relevant' };
    case 'support':
      return supported(answering);
    case 'moved-in':
      return outcome === 'moved_in' ? moved(answering) : { movedInOn: endedOn };
    case 'kept-home':
      return followedUp(answering);
    case 'place-decision':
      return { decidedOn: outcome === 'granted' ? endedOn : '' };
    case 'place-ready':
      return outcome === 'ready' ? { place: 'Botilbuddet Lindegården', readyOn: endedOn.add({ days: 7 }) } : {};
    default:
      return {};
  }
}

function clarified({ outcome, startedOn, dwelling, facts, chance }: Answering): Typed {
  const support = chance.pick([
    ['section_85a', 'cti'],
    ['section_85a', 'icm'],
    ['section_85', 'other'],
    ['section_99', 'other'],
    ['none', 'none'],
  ]);
  const homeKind = chance.pick(['state_subsidy', 'state_subsidy', 'transitional', 'cheap_existing', 'unconventional']);
  const place = chance.pick(['section_107', 'section_108', 'care_home']);
  return {
    adults: chance.pick([1, 1, 1, 2]),
    children: chance.pick([0, 0, 0, 0, 1, 2]),
    wishes: chance.pick(['', 'Gerne stueetage.', 'Har hund.', 'Gerne på Amager eller i Valby.', 'Nær ved sine børn.']),
    homeKind: outcome === 'place' ? place : dwelling ? kindFor(dwelling) : homeKind,
    // What has been decided beside it stands.
    supportBasis: facts.supportDecidedOn ? facts.supportBasis : support[0],
    supportMethod: facts.supportDecidedOn ? facts.supportMethod : support[1],
    payable: chance.number(28, 46) * 100,
    bifAskedOn: startedOn,
    // Whoever has had a home offered could pay for it, and found room in it.
    ...(outcome === 'home' && dwelling && { adults: 1, children: 0, payable: chance.number(38, 52) * 100 }),
  };
}

const kindFor = ({ scheme }: StockedDwelling): string =>
  scheme === 'state_subsidy' || scheme === 'transitional' ? scheme : 'cheap_existing';

function offered({ dwelling, endedOn, today }: Answering): Typed {
  if (!dwelling) throw new Error('The demo offers no dwelling');
  return { dwelling: dwelling.id, answerDueOn: '', areaChecked: isListedOn(dwelling.estate, endedOn, today) };
}

function declinerOf(reason: string | null): string {
  switch (reason) {
    case 'landlord_refuses':
      return 'landlord';
    case 'support_not_ready':
      return 'sf';
    case 'capacity_changed':
      return 'bif';
    default:
      return 'citizen';
  }
}

function signed({ dwelling, endedOn }: Answering): Typed {
  if (!dwelling) throw new Error('The demo signs a lease of no dwelling');
  const startsOn = leaseStartAfter(endedOn);
  const regulated = dwelling.scheme === 'state_subsidy';
  const says = { saysAmount: true, saysSteps: true, saysFullRent: true, saysIndexation: true, saysMoveOut: true };
  return {
    ...{ signedOn: endedOn, startsOn, rent: kroner(rentAt(dwelling, startsOn)), deposit: kroner(dwelling.depositOere) },
    ...(regulated && { basisYear: startsOn.year, ...says }),
    ...(dwelling.subsidy !== undefined && { monthlySubsidy: dwelling.subsidy }),
    ...{ housingBenefit: 'applied', depositLoan: 'applied' },
  };
}

function supported({ facts, endedOn, livedThereOn, supportWorker, chance, says }: Answering): Typed {
  const { supportBasis = 'section_85a', supportMethod = 'icm' }: Typed = { ...facts, ...says };
  // Of those who came with a home it was decided in time, long before it is written down here.
  const decidedOn = livedThereOn ? back(livedThereOn, 8) : endedOn;
  return {
    ...{ supportBasis, supportMethod, decidedOn },
    ...(supportBasis !== 'none' && { startsOn: decidedOn.add({ days: chance.number(3, 14) }), supportWorker }),
  };
}

function moved({ endedOn, facts }: Answering): Typed {
  const { homeKind } = facts;
  const place = homeKind === 'section_107' || homeKind === 'section_108' ? homeKind : 'unknown';
  return {
    ...{ movedInOn: endedOn, dischargedOn: endedOn, manner: 'agreed' },
    ...(isPlace(homeKind) ? { reason: 'place_found', to: place } : { reason: 'home_found', to: 'own_home' }),
  };
}

function followedUp({ outcome, reason, endedOn, chance }: Answering): Typed {
  const left = outcome === 'moved_out';
  return {
    ...{ followedUpOn: endedOn, housed: left ? 'no' : 'yes', support: 'as_agreed' },
    arrears: reason === 'evicted' ? 'eviction_risk' : 'none',
    payment: reason === 'evicted' ? 'cannot' : chance.pick(['pays', 'pays', 'pays', 'hard']),
    ...(left && { movedOutOn: endedOn.subtract({ days: chance.number(2, 9) }) }),
  };
}
