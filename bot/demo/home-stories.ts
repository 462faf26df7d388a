/** Those who have been offered a home: the answer, the lease, the support, moving in, and how it went afterwards. */
import { approved, approvedWithSupport, granted } from './shelter-stories.ts';
import type { Story } from './story.ts';

const offered = [...approved, 'offer:offered'];
const accepted = [...offered, 'answer:accepted'];
const signed = [...accepted, 'lease:signed'];
const supported = [...signed, 'support:decided'];
const atHome = [...supported, 'moved-in:moved_in'];
const signedWithSupport = [...approvedWithSupport, 'offer:offered', 'answer:accepted', 'lease:signed'];
const inPlace = [...granted, 'place-ready:ready', 'support:decided', 'moved-in:moved_in'];

const followedUp = (times: number): string[] => Array.from({ length: times }, () => 'kept-home:followed_up');
/** Had a home when Hjemvej began; the support was decided anew soon after. */
const cameWithHome = (followUps: number): string[] => [
  'admission:admitted',
  '+support:decided',
  ...followedUp(followUps),
];

const cti = { supportBasis: 'section_85a', supportMethod: 'cti' };
const icm = { supportBasis: 'section_85a', supportMethod: 'icm' };
const act = { supportBasis: 'section_85a', supportMethod: 'act' };
const hours = { supportBasis: 'section_85', supportMethod: 'other' };
const none = { supportBasis: 'none', supportMethod: 'none' };

/** Whoever lives at home, with the support decided. */
const lives = (
  home: string,
  support: object,
  moved: Story['moved'],
  followUps: number,
  more: Partial<Story> = {},
): Story => ({
  ...{ been: [...atHome, ...followedUp(followUps)], at: 'kept-home', homes: [home] },
  ...(moved && { moved }),
  ...more,
  says: { support: { ...support }, ...more.says },
});

/** Whoever lived at home before Hjemvej, with the state's subsidy: those whose subsidy is the first to go down. */
const livedBefore = (
  home: string,
  months: number,
  support: object,
  followUps: number,
  more: Partial<Story> = {},
): Story => lives(home, support, { months }, 0, { been: cameWithHome(followUps), imported: true, ...more });

export const homeStories: readonly Story[] = [
  // offer, once more
  {
    been: [...offered, 'answer:declined/area', 'offer:offered', 'answer:declined/too_small'],
    at: 'offer',
    homes: ['Stjernegangen 3, 5. th.', 'Kornvænget 4, 2. th.'],
    says: { clarification: { payable: 3_900 } },
  },
  {
    been: [...accepted, 'lease:fell_through/deposit_missing'],
    at: 'offer',
    homes: ['Teglbuen 39, st. tv.'],
    says: { clarification: { payable: 4_500 } },
    citizenUntold: true,
  },
  // answer
  { been: offered, at: 'answer', homes: ['Kornvænget 6, st. tv.'], citizenUntold: true },
  { been: offered, at: 'answer', pace: 'new', homes: ['Lindeparken 24, 3. tv.'] },
  { been: [...approvedWithSupport, 'offer:offered'], at: 'answer', homes: ['Møllestien 17, 2. mf.'] },
  {
    been: [...offered, 'answer:withdrawn/landlord_withdrew', 'offer:offered'],
    at: 'answer',
    homes: ['Strandalléen 9, 6. mf.', 'Teglbuen 37, 2. th.'],
  },
  // lease
  { been: accepted, at: 'lease', homes: ['Vangstien 16, st. tv.'] },
  { been: accepted, at: 'lease', pace: 'overdue', homes: ['Strandalléen 11, 2. mf.'] },
  {
    been: [...approvedWithSupport, 'offer:offered', 'answer:accepted'],
    at: 'lease',
    homes: ['Lindeparken 28, 4. th.'],
    draft: { housingBenefit: 'to_do', depositLoan: 'not_relevant' },
  },
  // support
  {
    been: signed,
    at: 'support',
    homes: ['Vangstien 14, 3. tv.'],
    duties: { housing_benefit: 'open', deposit_loan: 'open' },
  },
  { been: signed, at: 'support', pace: 'overdue', homes: ['Vangstien 18, 3. th.'] },
  { been: [...granted, 'place-ready:ready'], at: 'support', says: { clarification: { homeKind: 'section_107' } } },
  // moved in
  { been: supported, at: 'moved-in', homes: ['Lindeparken 26, 1. th.'], citizenUntold: true },
  { been: signedWithSupport, at: 'moved-in', pace: 'overdue', homes: ['Vangstien 18, 1. tv.'] },
  { been: supported, at: 'moved-in', homes: ['Strandalléen 9, 7. tv.'], duties: { deposit_loan: 'open' } },
  {
    been: [...granted, 'place-ready:ready', 'support:decided'],
    at: 'moved-in',
    says: { clarification: { homeKind: 'section_108' } },
  },
  {
    been: [...supported, 'moved-in:did_not_move/home_unfit'],
    at: 'clarification',
    homes: ['Teglbuen 39, 3. th.'],
  },
  // kept home
  lives('Kornvænget 6, 3. th.', icm, { months: 1, days: -3 }, 0, {
    duties: { housing_benefit: 'done', deposit_loan: 'open' },
  }),
  lives('Lindeparken 28, 1. tv.', hours, { months: 1, days: 4 }, 0, { duties: { housing_benefit: 'open' } }),
  lives('Kornvænget 8, 1. th.', cti, { months: 3, days: -5 }, 1, {
    been: [...signedWithSupport, 'moved-in:moved_in', ...followedUp(1)],
  }),
  lives('Vangstien 16, 2. th.', cti, { months: 4 }, 2),
  lives('Møllestien 21, 4. tv.', act, { months: 6, days: 8 }, 2),
  lives('Strandalléen 11, 3. th.', none, { months: 7 }, 3),
  lives('Teglbuen 31, 2. tv.', cti, { months: 9, days: -10 }, 3, {
    says: { 'kept-home': { payment: 'hard', arrears: 'some', note: 'En måneds restance, aftale om afdrag.' } },
  }),
  lives('Stjernegangen 5, 2. tv.', act, { months: 5 }, 1, {
    been: [...atHome, 'kept-home:followed_up', 'kept-home:worried'],
    says: { 'kept-home': { payment: 'cannot', arrears: 'eviction_risk', support: 'more_needed' } },
  }),
  lives('Teglbuen 33, 1. th.', cti, { months: 13 }, 5, { supportEnds: { at: 4, responsible: 'Nadia Bruun' } }),
  lives('Møllestien 19, 1. tv.', icm, { months: 19 }, 5),
  lives('Lindeparken 22, 1. tv.', hours, { months: 12, days: 16 }, 4),
  lives('Lindeparken 22, 2. th.', cti, { months: 24, days: -9 }, 5, {
    supportEnds: { at: 4, responsible: 'Rasmus Skov' },
  }),
  livedBefore('Kornvænget 8, 4. tv.', 44, icm, 2),
  livedBefore('Kornvænget 10, 2. tv.', 43, none, 2),
  livedBefore('Teglbuen 35, 4. th.', 41, cti, 3, { supportEnds: { at: 1, responsible: 'Jonas Lind' } }),
  livedBefore('Kornvænget 12, st. th.', 40, hours, 3),
  livedBefore('Lindeparken 26, 2. tv.', 37, act, 4),
  livedBefore('Vangstien 14, 1. th.', 35, icm, 4, {
    says: { 'kept-home': { payment: 'hard', arrears: 'some' } },
  }),
  {
    been: [...inPlace, ...followedUp(1)],
    at: 'kept-home',
    moved: { months: 3, days: -12 },
    says: { clarification: { homeKind: 'section_107' } },
  },
  // in a shelter again, after a home of their own
  {
    been: [...atHome, ...followedUp(2), 'kept-home:moved_out/evicted', 'readmitted', 'stabilising:stabilised'],
    at: 'assessment',
    homes: ['Teglbuen 37, 1. tv.'],
    moved: { months: 10 },
    duties: { settle_subsidy: 'done' },
  },
  // closed
  {
    been: [
      ...[...offered, 'answer:declined/too_dear', 'offer:offered', 'answer:declined/wants_other_home'],
      ...['offer:offered', 'answer:declined_closed/not_ready_to_move'],
    ],
    homes: ['Teglbuen 33, 3. tv.', 'Kornvænget 4, 1. tv.', 'Teglbuen 31, st. th.'],
    citizenUntold: true,
  },
  {
    been: [...atHome, ...followedUp(2), 'kept-home:moved_out/gave_notice'],
    homes: ['Lindeparken 24, st. th.'],
    moved: { months: 4, days: 6 },
  },
  {
    been: [...atHome, ...followedUp(5), 'kept-home:kept'],
    homes: ['Møllestien 21, 2. th.'],
    moved: { months: 24, days: 5 },
  },
];
