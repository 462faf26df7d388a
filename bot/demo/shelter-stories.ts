/** The residents on their way through the shelter: for each the steps they have been through, up to the offer of a home. */
import type { Story } from './story.ts';

const admitted = ['admission:admitted'];
const attached = [...admitted, 'attachment:attached'];
const stabilised = [...attached, 'stabilising:stabilised'];
export const assessed = [...stabilised, 'assessment:assessed'];
const clarified = [...assessed, 'clarification:home'];
const nominated = [...clarified, 'nomination:nominated'];
export const approved = [...nominated, 'decision:approved'];
/** The support was decided while the case was being clarified. */
export const approvedWithSupport = [
  ...[...assessed, '+support:decided', 'clarification:home', 'nomination:nominated', 'decision:approved'],
];
const returned = [...nominated, 'decision:returned/capacity_missing'];
const rejected = [...nominated, 'decision:rejected/not_able_to_live'];
const placed = [...assessed, 'clarification:place'];
export const granted = [...placed, 'place-decision:granted'];

const times = (count: number, story: Story): Story[] => Array.from({ length: count }, () => story);

/** Someone who waits for an offer: how many they are, what they need and what they can pay. */
const waits = (
  adults: number,
  children: number,
  homeKind: string,
  payable: number,
  more: Partial<Story> = {},
): Story => ({
  been: approved,
  at: 'offer',
  says: { clarification: { adults, children, homeKind, payable } },
  ...more,
});

/** Every second lives at Bocentret. */
export const shelterStories: readonly Story[] = [
  // attachment
  { been: admitted, at: 'attachment', pace: 'new', municipalityUntold: true },
  { been: admitted, at: 'attachment', pace: 'overdue' },
  { been: admitted, at: 'attachment', pace: 'overdue', municipalityUntold: true },
  ...times(2, { been: admitted, at: 'attachment' }),
  { been: admitted, at: 'attachment', pace: 'new', municipalityUntold: true },
  // stabilising
  { been: attached, at: 'stabilising', draft: { mitId: 'in_place', benefit: 'under_way' }, name: 'Lars Bo Nielsen' },
  { been: attached, at: 'stabilising', pace: 'overdue' },
  { been: attached, at: 'stabilising', name: 'Lars Bo Nilsson' },
  {
    been: attached,
    at: 'stabilising',
    pace: 'overdue',
    draft: { mitId: 'in_place', benefit: 'in_place', debt: 'missing', healthContact: 'under_way' },
  },
  { been: attached, at: 'stabilising', draft: { benefit: 'in_place' } },
  ...times(2, { been: attached, at: 'stabilising' }),
  // assessment
  { been: [...attached, 'readmitted', 'stabilising:stabilised'], at: 'assessment', pace: 'overdue' },
  {
    been: stabilised,
    at: 'assessment',
    draft: { home: 'done', mentalHealth: 'under_way', network: 'missing', plan: 'none' },
  },
  {
    been: stabilised,
    at: 'assessment',
    pace: 'overdue',
    draft: { home: 'done', mentalHealth: 'done', physicalHealth: 'done', economy: 'under_way', plan: 'action_plan' },
  },
  { been: stabilised, at: 'assessment', pace: 'new' },
  // Left without a word; the case waits for what becomes of it.
  { been: stabilised, at: 'assessment', discharge: { manner: 'no_show', reason: 'stayed_away', to: 'street' } },
  ...times(2, { been: stabilised, at: 'assessment' }),
  // clarification
  { been: assessed, at: 'clarification', draft: { adults: '1', children: '0', homeKind: 'state_subsidy' } },
  { been: assessed, at: 'clarification', pace: 'overdue' },
  { been: rejected, at: 'clarification', citizenUntold: true },
  { been: [...clarified, 'nomination:not_now/needs_more_support'], at: 'clarification' },
  { been: [...clarified, 'nomination:moved_back/new_information'], at: 'clarification', pace: 'overdue' },
  { been: [...placed, 'place-decision:refused/own_home_instead'], at: 'clarification' },
  {
    been: [...assessed, '+support:decided'],
    at: 'clarification',
    says: {
      support: {
        supportBasis: 'section_85a',
        supportMethod: 'cti',
        preferredPerson: 'Min kontaktperson',
        preferredFollowed: 'yes',
      },
    },
  },
  { been: assessed, at: 'clarification' },
  // nomination
  { been: clarified, at: 'nomination', draft: { acuteNeed: 'true', cannotSolve: 'true' } },
  { been: returned, at: 'nomination' },
  { been: returned, at: 'nomination', pace: 'overdue' },
  { been: clarified, at: 'nomination', pace: 'overdue' },
  // decision
  // Her deputy has nominated.
  { been: nominated, at: 'decision', pace: 'new', caseworker: 'Amira Haddad' },
  { been: nominated, at: 'decision', pace: 'overdue' },
  { been: [...returned, 'nomination:nominated'], at: 'decision' },
  { been: [...rejected, 'clarification:home', 'nomination:nominated'], at: 'decision' },
  { been: nominated, at: 'decision' },
  // offer
  waits(1, 0, 'state_subsidy', 4_100, { citizenUntold: true }),
  waits(1, 0, 'state_subsidy', 3_250, { pace: 'overdue' }),
  waits(2, 1, 'cheap_existing', 4_700),
  waits(1, 0, 'transitional', 3_000, { been: approvedWithSupport }),
  waits(1, 0, 'unconventional', 3_300),
  waits(1, 2, 'state_subsidy', 4_600, {
    been: [...returned, 'readmitted', 'nomination:nominated', 'decision:approved'],
  }),
  // the way to a place
  { been: placed, at: 'place-decision' },
  { been: placed, at: 'place-decision', pace: 'overdue', draft: { note: 'Visitationsmøde er aftalt.' } },
  { been: granted, at: 'place-ready', citizenUntold: true },
  { been: [...granted, 'place-ready:fell_through/place_withdrawn', 'place-decision:granted'], at: 'place-ready' },
  // closed
  { been: [...stabilised, 'assessment:stopped/found_home_alone'] },
  { been: [...nominated, 'decision:closed/can_solve_alone'] },
  {
    been: [...attached, 'stabilising:stopped/dead'],
    discharge: { manner: 'dead', reason: 'death', to: 'none' },
  },
];
