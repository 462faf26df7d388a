/**
 * Who may do what: role × action × scope in one table (design.md § 2), used by commands, card actions, search,
 * messages and exports alike.
 */

export const staffRoles = [
  'shelter_staff',
  'caseworker',
  'housing_officer',
  'bif_caseworker',
  'support_worker',
  'track_owner',
  'manager',
  'administrator',
  'auditor',
] as const;
export type StaffRole = (typeof staffRoles)[number];

/**
 * The sides of a case that a step can wait for. `allocation` finds the caseworker of a case that has none; `support` is
 * whoever follows up: the support worker, afterwards the named person who stays responsible, else the caseworker.
 */
export const parties = ['shelter', 'allocation', 'caseworker', 'housing', 'support'] as const;
export type Party = (typeof parties)[number];

export const actions = [
  'case.see',
  'case.admit',
  'case.tell-municipality',
  'case.tell-citizen',
  'case.move', // back, stop, open again
  'case.take', // become its caseworker
  'case.hand-over',
  'case.discharge', // out of the shelter, also when no home is there
  'case.settle-duty', // what a lease brings with it
  'step.shelter',
  'step.allocation',
  'step.caseworker',
  'step.housing',
  'step.support',
  'home.see', // the dwelling stock; asked of the path of the unit that keeps it
  'home.manage',
  'capacity.ask', // ask BIF what a citizen can pay, and see the answer
  'capacity.answer', // of BIF: one's own check-ins
  'capacity.allocate', // of BIF: who answers
  'rate.enter', // the regulated amounts of the subsidy; asked of the path of the unit that keeps the stock
  'figures.see', // counts across all units; no citizens
  'absence.record', // anybody's below; one's own needs no right
  'review.take-part', // see and run a shelter's weekly review
  'review.prepare', // say beforehand what has been seen
  'review.plan', // when it is held, and with whom
  'log.export',
] as const;
export type Action = (typeof actions)[number];

/**
 * How far a right reaches. `own`: cases that are one's own, as `ownerOf` says. `unit`: cases of one's unit and those below it,
 * looked at from the side that the action belongs to. `all`: everywhere.
 */
export type Scope = 'own' | 'unit' | 'all';

const casework: Partial<Record<Action, Scope>> = {
  'case.see': 'unit',
  'case.tell-citizen': 'own',
  'case.move': 'own',
  'case.take': 'unit',
  'case.hand-over': 'own',
  'step.allocation': 'unit',
  'step.caseworker': 'own',
  'step.support': 'own',
  'case.settle-duty': 'own',
  'capacity.ask': 'own',
  'home.see': 'all',
  'figures.see': 'all',
  'review.take-part': 'unit',
};

export const RIGHTS: Readonly<Record<StaffRole, Readonly<Partial<Record<Action, Scope>>>>> = {
  shelter_staff: {
    'case.see': 'unit',
    'case.admit': 'unit',
    'case.tell-municipality': 'unit',
    'case.tell-citizen': 'unit',
    'case.discharge': 'unit',
    'case.settle-duty': 'unit',
    'step.shelter': 'unit',
    'review.take-part': 'unit',
    'review.prepare': 'unit',
    'review.plan': 'unit',
  },
  caseworker: casework,
  housing_officer: {
    'case.see': 'unit',
    'step.housing': 'unit',
    'case.tell-citizen': 'unit',
    'case.settle-duty': 'unit',
    'home.see': 'unit',
    'home.manage': 'unit',
    'figures.see': 'all',
  },
  // BIF meets a case only through a capacity check-in, support workers their own citizens, track owners figures.
  bif_caseworker: { 'capacity.answer': 'own' },
  support_worker: {
    'case.see': 'own',
    'case.tell-citizen': 'own',
    'case.settle-duty': 'own',
    'step.support': 'own',
    'capacity.ask': 'own',
  },
  track_owner: { 'figures.see': 'all' },
  manager: {
    'case.see': 'unit',
    'case.admit': 'unit',
    'case.tell-municipality': 'unit',
    'case.tell-citizen': 'unit',
    'case.move': 'unit',
    'case.take': 'unit',
    'case.hand-over': 'unit',
    'case.discharge': 'unit',
    'case.settle-duty': 'unit',
    'step.shelter': 'unit',
    'step.allocation': 'unit',
    'step.caseworker': 'unit',
    'step.housing': 'unit',
    'step.support': 'unit',
    'home.see': 'unit',
    'home.manage': 'unit',
    'rate.enter': 'unit',
    'capacity.ask': 'unit',
    'capacity.answer': 'own',
    'capacity.allocate': 'unit',
    'figures.see': 'all',
    'review.take-part': 'unit',
    'review.prepare': 'unit',
    'review.plan': 'unit',
    'absence.record': 'unit',
  },
  administrator: { 'absence.record': 'all' },
  auditor: { 'log.export': 'all' },
};

/** One (role, unit) pair of a person; `unitPath` as `/sf/hje/bocentret/`. */
export interface Assignment {
  readonly role: StaffRole;
  readonly unitPath: string;
}

export interface Actor {
  readonly staffId: string;
  readonly name: string;
  readonly assignments: readonly Assignment[];
  /** Those absent today whom this person is the deputy of. */
  readonly standsInFor: readonly {
    readonly staffId: string;
    readonly name: string;
    readonly assignments: readonly Assignment[];
  }[];
}

/** Oneself and those one stands in for: whose work this person does today. */
export const actsFor = ({ staffId, standsInFor }: Actor): readonly string[] => [
  staffId,
  ...standsInFor.map((away) => away.staffId),
];

/** What a right is asked about: a case by its sides (absent sides are null), or a unit or person by their path. */
export interface AccessSubject {
  readonly caseworkerId: string | null;
  /** Who follows up, if anybody is named. */
  readonly supporterId?: string | null;
  /** Of a check-in: the caseworker of BIF who has it. */
  readonly checkedById?: string | null;
  readonly paths: Readonly<Record<'shelter' | 'authority' | 'housing', string | null>> & {
    /** Of a check-in: the employment administration. */
    readonly employment?: string | null;
  };
}

export type Allowed = {
  readonly allowed: true;
  readonly onBehalfOf: { readonly staffId: string; readonly name: string } | null;
};
export type Verdict = Allowed | { readonly allowed: false };

const SIDE_OF_ACTION: Readonly<Record<Action, readonly (keyof AccessSubject['paths'])[]>> = {
  'case.see': ['shelter', 'authority', 'housing'],
  'case.admit': ['shelter'],
  'case.tell-municipality': ['shelter'],
  'case.tell-citizen': ['shelter', 'authority', 'housing'],
  'case.move': ['authority'],
  'case.take': ['authority'],
  'case.hand-over': ['authority'],
  'case.discharge': ['shelter'],
  'case.settle-duty': ['shelter', 'authority', 'housing'],
  'step.shelter': ['shelter'],
  'step.allocation': ['authority'],
  'step.caseworker': ['authority'],
  'step.housing': ['housing'],
  'step.support': ['authority'],
  'home.see': ['housing'],
  'home.manage': ['housing'],
  'capacity.ask': ['authority'],
  'capacity.answer': ['employment'],
  'capacity.allocate': ['employment'],
  'rate.enter': ['housing'],
  'figures.see': [],
  'review.take-part': ['shelter', 'authority'],
  'review.prepare': ['shelter'],
  'review.plan': ['shelter'],
  'absence.record': ['authority'],
  'log.export': [],
};

/**
 * Whose own a case is: of the support worker and of a follow-up, whoever follows up; of a check-in that is answered, whoever
 * of BIF has it; otherwise the caseworker's.
 */
function ownerOf(
  role: StaffRole,
  action: Action,
  { caseworkerId, supporterId = null, checkedById = null }: AccessSubject,
): string | null {
  if (action === 'capacity.answer') return checkedById;
  return role === 'support_worker' || action === 'step.support' ? supporterId : caseworkerId;
}

function reaches(
  who: { staffId: string; assignments: readonly Assignment[] },
  action: Action,
  subject: AccessSubject,
): boolean {
  return who.assignments.some(({ role, unitPath }) => {
    const scope = RIGHTS[role][action];
    if (scope === undefined) return false;
    if (scope === 'all') return true;
    if (scope === 'own') return ownerOf(role, action, subject) === who.staffId;
    return SIDE_OF_ACTION[action].some((side) => subject.paths[side]?.startsWith(unitPath) ?? false);
  });
}

/** May this person do this? In their own right first, else for an absent colleague whose deputy they are. */
export function mayDo(actor: Actor, action: Action, subject: AccessSubject): Verdict {
  if (reaches(actor, action, subject)) return { allowed: true, onBehalfOf: null };
  const absent = actor.standsInFor.find((colleague) => reaches(colleague, action, subject));
  return absent ? { allowed: true, onBehalfOf: { staffId: absent.staffId, name: absent.name } } : { allowed: false };
}

/** The unit paths in which the person, or someone they stand in for, has the action with scope `unit`; `'all'` for everywhere. */
export function reachOf(actor: Actor, action: Action): { paths: string[]; own: string[]; all: boolean } {
  const reach = { paths: [] as string[], own: [] as string[], all: false };
  for (const who of [actor, ...actor.standsInFor]) {
    for (const { role, unitPath } of who.assignments) {
      const scope = RIGHTS[role][action];
      if (scope === 'all') reach.all = true;
      if (scope === 'unit') reach.paths.push(unitPath);
      if (scope === 'own') reach.own.push(who.staffId);
    }
  }
  return reach;
}

/** The roles that have the action somewhere. */
export const rolesWith = (action: Action): StaffRole[] =>
  staffRoles.filter((role) => RIGHTS[role][action] !== undefined);

/** To whom a card goes: a person in their own chat, or a conversation that several read. */
export type Audience = { readonly kind: 'person'; readonly actor: Actor } | { readonly kind: 'conversation' };

/** What may be shown of a case. A channel or group chat gets the number alone; so does nobody's guess at more. */
export interface Showing {
  readonly number: boolean;
  readonly details: boolean;
}

/** Least disclosure (design.md § 4.2): the one place that says what a person or conversation may be shown of a case. */
export function mayShow(audience: Audience, subject: AccessSubject): Showing {
  if (audience.kind === 'conversation') return { number: true, details: false };
  const { allowed } = mayDo(audience.actor, 'case.see', subject);
  return { number: allowed, details: allowed };
}
