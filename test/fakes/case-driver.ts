/** Cases for tests: brought to a step, and pressed forward as people do. */
import { v7 as uuidv7 } from 'uuid';
import { deadline } from '../../bot/domain/calendar.ts';
import { nextFollowUp } from '../../bot/domain/follow-up.ts';
import { keptTerms } from '../../bot/domain/subsidy-terms.ts';
import { Temporal } from '../../bot/domain/time.ts';
import { beginPass, endPass, markCitizenTold, touchCase } from '../../bot/store/cases.ts';
import { addCase, addCitizen, addStay } from '../../bot/store/citizens.ts';
import { addDuty, addOffer, dischargeStay, moveIn, setOfferState, signLease } from '../../bot/store/leases.ts';
import { stepIn } from '../../bot/workflows/referral/versions.ts';
import type { TestBot } from './bot.ts';
import { actionsOf, cardOf, type TestClient } from './client.ts';
import { putDwelling, type PutDwelling } from './stock.ts';
import type { PersonName, UnitCode } from './town.ts';

export type Json = Record<string, unknown>;

/** The card's button with that verb; `pick` tells which, by what it carries, where there are several. */
export function buttonOf(card: Json | undefined, verb: string, pick: Json = {}): Json {
  const found = actionsOf(card).find(
    (action) =>
      action['verb'] === verb &&
      Object.entries(pick).every(([key, value]) => (action['data'] as Json | undefined)?.[key] === value),
  );
  if (!found) throw new Error(`No button ${verb} ${JSON.stringify(pick)} on ${JSON.stringify(card)}`);
  return found['data'] as Json;
}

export const hasButton = (card: Json | undefined, verb: string): boolean =>
  actionsOf(card).some((action) => action['verb'] === verb);

/** Presses the card's button and resolves to the card that answers. */
export async function pressButton(
  who: TestClient,
  card: Json | undefined,
  verb: string,
  inputs: Json = {},
  pick: Json = {},
): Promise<Json> {
  const answer = await who.press(verb, buttonOf(card, verb, pick), inputs);
  if (!answer.card) throw new Error(`${verb} was answered with ${JSON.stringify(answer)}`);
  return answer.card;
}

/** What the card says and holds, as one text. */
export const said = (answer: unknown): string =>
  JSON.stringify(answer, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? '';

/** What a card says, without the strokes that keep `18.` from being a list. */
export const read = (answer: unknown): string => said(answer).replaceAll('\\', '');

/** The status card, as `sag <number>` shows it. */
export async function statusOf(who: TestClient, { number }: { number: number }): Promise<Json> {
  return cardOf((await who.say(`sag ${number}`))[0]);
}

/** The card of the step that is open. */
export async function stepCardOf(who: TestClient, put: { number: number }): Promise<Json> {
  return pressButton(who, await statusOf(who, put), 'step.open');
}

/** Does the open step with what passes every check, changed by `inputs`; resolves to the card that answers. */
export async function doStep(
  bot: TestBot,
  person: PersonName,
  put: PutCase,
  outcome: string,
  inputs: Json = {},
): Promise<Json> {
  const who = bot.as(person);
  const { step } = await bot.prisma.stepPass.findFirstOrThrow({ where: { referralId: put.id, endedAt: null } });
  const answers = { ...(await answersFor(bot, step as StepId, outcome)), ...inputs };
  // Where the answers decide the outcome, one button stands for all.
  const pick = stepIn(1, step).definition.outcomeOf ? {} : { outcome };
  return pressButton(who, await stepCardOf(who, put), 'step.complete', answers, pick);
}

export async function moreCardOf(who: TestClient, put: { number: number }): Promise<Json> {
  return pressButton(who, await statusOf(who, put), 'case.more');
}

/** The values that an input of the card shows. */
export function inputsOf(node: unknown): Record<string, string> {
  if (Array.isArray(node)) return Object.assign({}, ...node.map(inputsOf)) as Record<string, string>;
  if (typeof node !== 'object' || node === null) return {};
  const { type, id, value } = node as Json;
  const own = typeof type === 'string' && type.startsWith('Input.') ? { [String(id)]: String(value ?? '') } : {};
  return Object.assign(own, ...Object.values(node).map(inputsOf)) as Record<string, string>;
}

/** The values that a list of the card lets one choose. */
export function choicesIn(node: unknown, input: string): string[] {
  if (Array.isArray(node)) return node.flatMap((inner) => choicesIn(inner, input));
  if (typeof node !== 'object' || node === null) return [];
  const { id, choices } = node as { id?: unknown; choices?: { value: string }[] };
  if (id === input) return (choices ?? []).map(({ value }) => value);
  return Object.values(node).flatMap((inner) => choicesIn(inner, input));
}

/** What passes every check, by step; the answers as a card sends them. */
export const goodAnswers: Readonly<Record<string, Json>> = {
  admission: { decidedOn: '2026-11-16', referredFrom: 'self', municipalityToldOn: null },
  attachment: {},
  stabilising: { mitId: 'in_place', benefit: 'in_place', debt: 'in_place', healthContact: 'not_relevant' },
  assessment: {
    home: 'done',
    mentalHealth: 'done',
    physicalHealth: 'done',
    dailyActivities: 'done',
    network: 'done',
    substances: 'done',
    work: 'done',
    economy: 'done',
    plan: 'action_plan',
    planOn: '2026-11-17',
  },
  clarification: {
    adults: '1',
    children: '2',
    wishes: 'Stuen, gerne Nordvest',
    homeKind: 'state_subsidy',
    supportBasis: 'section_85a',
    supportMethod: 'cti',
    payable: '3.900',
    bifAskedOn: '2026-11-16',
  },
  nomination: {
    acuteNeed: 'true',
    cannotSolve: 'true',
    ableToLive: 'true',
    aroseHere: 'true',
    bifAskedOn: '2026-11-16',
  },
  decision: {},
  offer: {},
  answer: {},
  lease: {
    signedOn: '2026-11-17',
    startsOn: '2026-11-17',
    rent: '4.900',
    basisYear: '2023',
    ...{ saysAmount: 'true', saysSteps: 'true', saysFullRent: 'true', saysIndexation: 'true', saysMoveOut: 'true' },
    housingBenefit: 'to_do',
    depositLoan: 'not_relevant',
  },
  support: { supportBasis: 'section_85a', supportMethod: 'cti', decidedOn: '2026-11-17' },
  'moved-in': {
    movedInOn: '2026-11-18',
    dischargedOn: '2026-11-18',
    manner: 'agreed',
    reason: 'home_found',
    to: 'own_home',
  },
  'kept-home': { followedUpOn: '2026-11-18', housed: 'yes', arrears: 'none', payment: 'pays', support: 'as_agreed' },
  'place-decision': { decidedOn: '2026-11-17' },
  'place-ready': { place: 'Botilbuddet Lunden', readyOn: '2026-12-01' },
};

/** What passes every check, with what only this town can know: people, and a dwelling of its own that is free. */
export async function answersFor(bot: TestBot, step: StepId, outcome = ''): Promise<Json> {
  const { staffIds } = bot.town;
  return {
    ...goodAnswers[step],
    ...(step === 'attachment' && { caseworker: staffIds.jonas }),
    ...(step === 'offer' && { dwelling: await putDwelling(bot, { address: addressOf() }) }),
    ...(step === 'support' && { supportWorker: staffIds.stine }),
    ...(outcome.startsWith('declined') && { declinedBy: 'citizen' }),
    ...(outcome === 'moved_out' && { movedOutOn: '2026-11-18', housed: 'no' }),
    ...(step === 'clarification' && outcome === 'place' && { homeKind: 'section_107' }),
  };
}

export type StepId = keyof typeof stepsBefore;

const toClarified = ['admission', 'attachment', 'stabilising', 'assessment'] as const;
const toDecided = [...toClarified, 'clarification', 'nomination', 'decision'] as const;
const toLease = [...toDecided, 'offer', 'answer', 'lease'] as const;
const toPlace = [...toClarified, 'clarification', 'place-decision', 'place-ready'] as const;
const stepsBefore = {
  attachment: ['admission'],
  stabilising: ['admission', 'attachment'],
  assessment: ['admission', 'attachment', 'stabilising'],
  clarification: toClarified,
  nomination: [...toClarified, 'clarification'],
  decision: [...toClarified, 'clarification', 'nomination'],
  offer: toDecided,
  answer: [...toDecided, 'offer'],
  lease: [...toDecided, 'offer', 'answer'],
  support: toLease,
  'moved-in': [...toLease, 'support'],
  'kept-home': [...toLease, 'support', 'moved-in'],
  'place-decision': [...toClarified, 'clarification'],
  'place-ready': [...toClarified, 'clarification', 'place-decision'],
} as const;

/** The steps that a case has passed; those that both ways share follow the lease, or the place that is ready. */
function passedBefore(step: StepId, toAPlace: boolean): readonly string[] {
  const before: readonly string[] = stepsBefore[step];
  return toAPlace ? [...toPlace, ...before.slice(toLease.length)] : before;
}

const outcomeOf: Readonly<Record<string, string>> = {
  admission: 'admitted',
  attachment: 'attached',
  stabilising: 'stabilised',
  assessment: 'assessed',
  clarification: 'home',
  nomination: 'nominated',
  decision: 'approved',
  offer: 'offered',
  answer: 'accepted',
  lease: 'signed',
  support: 'decided',
  'moved-in': 'moved_in',
  'place-decision': 'granted',
  'place-ready': 'ready',
};

const doerOf: Readonly<Record<string, PersonName>> = {
  admission: 'mette',
  attachment: 'leder',
  stabilising: 'mette',
  decision: 'sanne',
  offer: 'sanne',
  lease: 'sanne',
  'moved-in': 'mette',
};

export interface PutCase {
  readonly id: string;
  readonly number: number;
  readonly citizenId: string;
  /** The pass that is open. */
  readonly passId: string;
  /** The home that is offered or let, from the answer on. */
  readonly dwellingId: string | null;
}

export interface PutOptions {
  readonly name?: string;
  readonly cpr?: string;
  readonly shelter?: UnitCode;
  readonly authority?: UnitCode;
  /** From the attachment on. */
  readonly caseworker?: PersonName;
  /** Who did the steps of the caseworker, if not the caseworker. */
  readonly nominatedBy?: PersonName;
  readonly nominatedFor?: PersonName;
  /** The day the open step began. */
  readonly since?: string;
  readonly municipalityTold?: boolean;
  /** As an import leaves it: nothing between the admission and the open step. */
  readonly imported?: boolean;
  /** On the way to a place; only asked of the steps that both ways share. */
  readonly place?: boolean;
  /** What is offered or let; a two-room dwelling with a state subsidy at 4.900 kr. unless told otherwise. */
  readonly dwelling?: Partial<PutDwelling>;
  /** The first day of the lease, on which the citizen also moves in and leaves the shelter. */
  readonly leaseFrom?: string;
  /** Who gives the support, from moving in on. */
  readonly supportWorker?: PersonName | null;
}

let counter = 0;
let dwellings = 0;
const addressOf = () => `Bogholder Allé ${(dwellings += 1)}`;

const SHARED: readonly StepId[] = ['support', 'moved-in', 'kept-home'];

/** Puts a new case at a step, straight into the store, with what the steps before it left: passes, a home, a discharge. */
export async function putCase(bot: TestBot, step: StepId, options: PutOptions = {}): Promise<PutCase> {
  const { shelter = 'boc', authority = 'hje', caseworker = 'jonas', since, municipalityTold = true } = options;
  const { prisma, town, deps } = bot;
  const { name = `Prøve Person ${(counter += 1)}`, cpr, leaseFrom = '2026-11-17' } = options;
  const { place = step.startsWith('place'), supportWorker = 'stine' } = options;
  const at = deps.now();
  const today = bot.today();
  const startedOn = day(since ?? today.toString());
  const movedInOn = day(leaseFrom);
  const decidedOn = options.leaseFrom === undefined ? day('2026-11-16') : movedInOn.subtract({ months: 1 });
  const staff = (who: PersonName) => town.staffIds[who];
  const passed = passedBefore(step, place && SHARED.includes(step));
  const clarified = passed.includes('clarification');
  const decided = passed.includes('support');
  const livesThere = passed.includes('moved-in');
  const dwellingId = passed.includes('offer')
    ? await putDwelling(bot, { address: addressOf(), ...options.dwelling })
    : null;
  return prisma.$transaction(async (tx) => {
    const citizenId = await addCitizen(tx, {
      name,
      cpr: cpr ? { sealed: deps.vault.seal(cpr), index: deps.vault.index(cpr) } : null,
      noCprReason: cpr ? null : 'unknown',
      recordNumber: null,
    });
    const by = staff('mette');
    const { id, number } = await addCase(tx, {
      citizenId,
      unitId: town.unitIds[authority],
      shelterId: town.unitIds[shelter],
      wayVersion: 1,
      by,
      at,
    });
    const municipalityToldOn = municipalityTold ? decidedOn : null;
    await addStay(tx, {
      citizenId,
      caseId: id,
      shelterId: town.unitIds[shelter],
      decidedOn,
      referredFrom: 'self',
      municipalityToldOn,
      by,
    });
    const before = passed.filter((earlier) => !options.imported || earlier === 'admission');
    for (const [index, earlier] of before.entries()) {
      const passId = await beginPass(tx, {
        caseId: id,
        step: earlier,
        ordinal: index + 1,
        wayVersion: 1,
        startedOn,
        at,
      });
      const toPlace = earlier === 'clarification' && place;
      const doer = earlier === 'nomination' ? (options.nominatedBy ?? caseworker) : (doerOf[earlier] ?? caseworker);
      const answers = {
        ...goodAnswers[earlier],
        ...(earlier === 'attachment' && { caseworker: staff(caseworker) }),
        ...(earlier === 'offer' && { dwelling: dwellingId }),
        ...(earlier === 'support' && { supportWorker: supportWorker && staff(supportWorker) }),
        ...(earlier === 'moved-in' && { movedInOn: leaseFrom, dischargedOn: leaseFrom }),
        ...(toPlace && { homeKind: 'section_107' }),
      };
      const outcome = toPlace ? 'place' : (outcomeOf[earlier] ?? '');
      await endPass(tx, {
        passId,
        outcome,
        reason: null,
        answers,
        by: staff(doer),
        onBehalfOf: earlier === 'nomination' && options.nominatedFor ? staff(options.nominatedFor) : null,
        at,
      });
      if (isTold(earlier, outcome)) await markCitizenTold(tx, { passId, on: startedOn, by: staff(doer) });
    }
    const answerDueOn = deadline(today, deps.rules.homes.answerDays, 'arbejdsdage', deps.rules.calendar);
    const followUpOn = nextFollowUp(movedInOn, null, movedInOn)?.on ?? null;
    const passId = await beginPass(tx, {
      caseId: id,
      step,
      ordinal: before.length + 1,
      wayVersion: 1,
      startedOn,
      dueOn: step === 'answer' ? answerDueOn : step === 'kept-home' ? followUpOn : null,
      at,
    });
    if (dwellingId !== null) {
      await addOffer(tx, { caseId: id, dwellingId, by: staff('sanne'), offeredOn: today, answerDueOn });
      const { id: offerId } = await tx.offer.findFirstOrThrow({ where: { referralId: id } });
      const isLet = passed.includes('lease');
      if (passed.includes('answer')) await setOfferState(tx, offerId, isLet ? 'leased' : 'accepted', { at });
      if (isLet) {
        const { scheme = 'state_subsidy' } = options.dwelling ?? {};
        const terms = { ...keptTerms(scheme, movedInOn, deps.rules.subsidy), basisYear: movedInOn.year };
        const leaseId = await signLease(
          tx,
          {
            ...{ caseId: id, dwellingId, offerId, signedOn: movedInOn, startsOn: movedInOn, depositOere: null, by, at },
            grant: scheme === 'none' ? null : { scheme, ...terms, monthlyOere: null, endedOn: null },
          },
          null,
        );
        await addDuty(tx, leaseId, 'housing_benefit', movedInOn.add({ days: 28 }));
        if (livesThere) await moveIn(tx, { id: leaseId, dwellingId }, { on: movedInOn, by, at, method: 'cti' });
      }
    }
    const left = { manner: 'agreed', reason: 'home_found', to: place ? 'section_107' : 'own_home' };
    if (livesThere) {
      const { id: stayId } = await tx.stay.findFirstOrThrow({ where: { referralId: id } });
      await dischargeStay(tx, { stayId, by, on: movedInOn, ...left });
    }
    await touchCase(tx, id, {
      by: staff(clarified ? caseworker : 'mette'),
      at,
      ...(step !== 'attachment' && { caseworkerId: staff(caseworker) }),
      ...(clarified && {
        facts: {
          householdAdults: 1,
          householdChildren: 2,
          homeKind: place ? 'section_107' : 'state_subsidy',
          supportBasis: 'section_85a',
          supportMethod: 'cti',
          payableOere: 390_000,
          bifAskedOn: '2026-11-16',
          ...(decided && {
            supportDecidedOn: (leaseFrom < '2026-11-17' ? decidedOn : day('2026-11-17')).toString(),
            supportWorkerId: supportWorker && staff(supportWorker),
          }),
        },
      }),
    });
    return { id, number, citizenId, passId, dwellingId };
  });
}

const day = (iso: string) => Temporal.PlainDate.from(iso);
const isTold = (step: string, outcome: string) => stepIn(1, step).definition.outcomes[outcome]?.citizenIsTold === true;

/** Puts somebody's absence in, with a deputy. */
export async function putAbsence(
  bot: TestBot,
  who: PersonName,
  deputy: PersonName,
  [firstDay, lastDay]: readonly [string, string] = ['2026-11-16', '2026-11-20'],
): Promise<string> {
  const id = uuidv7();
  await bot.prisma.absence.create({
    data: {
      id,
      staffId: bot.town.staffIds[who],
      deputyId: bot.town.staffIds[deputy],
      firstDay: new Date(firstDay),
      lastDay: new Date(lastDay),
      recordedById: bot.town.staffIds[who],
      recordedAt: new Date('2026-11-10T10:00:00Z'),
    },
  });
  return id;
}

/** What the outbox holds about the case, as `kind → whom`, by name. */
export async function toldAbout(bot: TestBot, { id }: { id: string }): Promise<string[]> {
  const names = Object.fromEntries(Object.entries(bot.town.staffIds).map(([name, staffId]) => [staffId, name]));
  const rows = await bot.prisma.outboxMessage.findMany({ where: { subject: { path: ['caseId'], equals: id } } });
  return rows.map(({ kind, recipientId }) => `${kind} ${names[recipientId ?? '']}`).sort();
}

/** The case's passes as `step:outcome` or `step:outcome/reason`, the open one as `step`. */
export async function passesOf(bot: TestBot, { id }: { id: string }): Promise<string[]> {
  const passes = await bot.prisma.stepPass.findMany({ where: { referralId: id }, orderBy: { ordinal: 'asc' } });
  return passes.map(
    ({ step, outcome, reason }) => step + (outcome ? `:${outcome}` : '') + (reason ? `/${reason}` : ''),
  );
}
