/** What the demo's residents have been through: for each the steps, in order, and how each ended. */

export interface Story {
  /** The ended passes as `step:outcome` or `step:outcome/reason`. */
  readonly been: readonly string[];
  /** The step that waits for somebody; left out when the way has ended or the case is closed. */
  readonly at?: string;
  /** Kept, half done, at the open step. */
  readonly draft?: Readonly<Record<string, string>>;
  readonly pace?: 'new' | 'overdue';
  /** The handlekommune has not been told of the admission. */
  readonly municipalityUntold?: true;
  /** The citizen has not been told of the last outcome that asks for it. */
  readonly citizenUntold?: true;
  /** Left the first shelter and was admitted to another along the way. */
  readonly readmitted?: true;
  readonly name?: string;
}

const admitted = ['admission:admitted'];
const attached = [...admitted, 'attachment:attached'];
const stabilised = [...attached, 'stabilising:stabilised'];
const assessed = [...stabilised, 'assessment:assessed'];
const clarified = [...assessed, 'clarification:home'];
const nominated = [...clarified, 'nomination:nominated'];
const returned = [...nominated, 'decision:returned/capacity_missing'];
const rejected = [...nominated, 'decision:rejected/not_able_to_live'];
const placed = [...assessed, 'clarification:place'];
const granted = [...placed, 'place-decision:granted'];

const times = (count: number, story: Story): Story[] => Array.from({ length: count }, () => story);

/** Sixty, in every step; every second lives at Bocentret. */
export const stories: readonly Story[] = [
  // attachment
  { been: admitted, at: 'attachment', pace: 'new', municipalityUntold: true },
  { been: admitted, at: 'attachment', pace: 'overdue' },
  { been: admitted, at: 'attachment', pace: 'overdue', municipalityUntold: true },
  ...times(4, { been: admitted, at: 'attachment' }),
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
  ...times(4, { been: attached, at: 'stabilising' }),
  { been: [...attached, 'stabilising:stabilised'], at: 'assessment', pace: 'overdue', readmitted: true },
  // assessment
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
  { been: stabilised, at: 'assessment', pace: 'overdue' },
  ...times(4, { been: stabilised, at: 'assessment' }),
  // clarification
  { been: assessed, at: 'clarification', draft: { adults: '1', children: '0', homeKind: 'state_subsidy' } },
  { been: assessed, at: 'clarification', pace: 'overdue' },
  { been: rejected, at: 'clarification', citizenUntold: true },
  { been: [...clarified, 'nomination:not_now/needs_more_support'], at: 'clarification' },
  { been: [...clarified, 'nomination:moved_back/new_information'], at: 'clarification', pace: 'overdue' },
  { been: [...placed, 'place-decision:refused/own_home_instead'], at: 'clarification' },
  ...times(3, { been: assessed, at: 'clarification' }),
  // nomination
  { been: clarified, at: 'nomination', draft: { acuteNeed: 'true', cannotSolve: 'true' } },
  { been: returned, at: 'nomination' },
  { been: returned, at: 'nomination', pace: 'overdue' },
  { been: clarified, at: 'nomination', pace: 'overdue' },
  ...times(3, { been: clarified, at: 'nomination' }),
  // decision
  { been: nominated, at: 'decision', pace: 'new' },
  { been: nominated, at: 'decision', pace: 'overdue' },
  { been: [...returned, 'nomination:nominated'], at: 'decision' },
  { been: [...rejected, 'clarification:home', 'nomination:nominated'], at: 'decision' },
  ...times(2, { been: nominated, at: 'decision' }),
  // approved: the way ends here for now
  { been: [...nominated, 'decision:approved'], citizenUntold: true },
  { been: [...nominated, 'decision:approved'] },
  { been: [...returned, 'nomination:nominated', 'decision:approved'], readmitted: true },
  { been: [...nominated, 'decision:approved'] },
  // the way to a place
  { been: placed, at: 'place-decision' },
  { been: placed, at: 'place-decision', pace: 'overdue' },
  { been: placed, at: 'place-decision', draft: { note: 'Visitationsmøde er aftalt.' } },
  { been: granted, at: 'place-ready' },
  { been: [...granted, 'place-ready:fell_through/place_withdrawn', 'place-decision:granted'], at: 'place-ready' },
  { been: [...granted, 'place-ready:ready'], citizenUntold: true },
  // closed
  { been: [...stabilised, 'assessment:stopped/found_home_alone'] },
  { been: [...nominated, 'decision:closed/can_solve_alone'] },
];
