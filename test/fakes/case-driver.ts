/** Cases for tests: brought to a step, and pressed forward as people do. */
import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import { beginPass, endPass, markCitizenTold, touchCase } from '../../bot/store/cases.ts';
import { addCase, addCitizen, addStay } from '../../bot/store/citizens.ts';
import type { TestBot } from './bot.ts';
import { actionsOf, cardOf, type TestClient } from './client.ts';
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

/** The status card, as `sag <number>` shows it. */
export async function statusOf(who: TestClient, { number }: { number: number }): Promise<Json> {
  return cardOf((await who.say(`sag ${number}`))[0]);
}

/** The card of the step that is open. */
export async function stepCardOf(who: TestClient, put: { number: number }): Promise<Json> {
  return pressButton(who, await statusOf(who, put), 'step.open');
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
  'place-decision': { decidedOn: '2026-11-17' },
  'place-ready': { place: 'Botilbuddet Lunden', readyOn: '2026-12-01' },
};

export type StepId = keyof typeof stepsBefore;

const toClarified = ['admission', 'attachment', 'stabilising', 'assessment'] as const;
const stepsBefore = {
  attachment: ['admission'],
  stabilising: ['admission', 'attachment'],
  assessment: ['admission', 'attachment', 'stabilising'],
  clarification: toClarified,
  nomination: [...toClarified, 'clarification'],
  decision: [...toClarified, 'clarification', 'nomination'],
  'place-decision': [...toClarified, 'clarification'],
  'place-ready': [...toClarified, 'clarification', 'place-decision'],
} as const;

const outcomeOf: Readonly<Record<string, string>> = {
  admission: 'admitted',
  attachment: 'attached',
  stabilising: 'stabilised',
  assessment: 'assessed',
  clarification: 'home',
  nomination: 'nominated',
  'place-decision': 'granted',
};

export interface PutCase {
  readonly id: string;
  readonly number: number;
  readonly citizenId: string;
  /** The pass that is open. */
  readonly passId: string;
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
}

let counter = 0;

/** Puts a new case at a step, straight into the store, with the passes before it as their people left them. */
export async function putCase(bot: TestBot, step: StepId, options: PutOptions = {}): Promise<PutCase> {
  const { shelter = 'boc', authority = 'hje', caseworker = 'jonas', since, municipalityTold = true } = options;
  const { prisma, town, deps } = bot;
  const { name = `Prøve Person ${(counter += 1)}`, cpr } = options;
  const at = deps.now();
  const today = bot.today();
  const startedOn = Temporal.PlainDate.from(since ?? today.toString());
  const decidedOn = Temporal.PlainDate.from('2026-11-16');
  const staff = (who: PersonName) => town.staffIds[who];
  const isPlace = step.startsWith('place');
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
    const before = stepsBefore[step].filter((earlier) => !options.imported || earlier === 'admission');
    for (const [index, earlier] of before.entries()) {
      const passId = await beginPass(tx, {
        caseId: id,
        step: earlier,
        ordinal: index + 1,
        wayVersion: 1,
        startedOn,
        at,
      });
      const toPlace = earlier === 'clarification' && isPlace;
      const doer =
        earlier === 'admission' || earlier === 'stabilising'
          ? 'mette'
          : earlier === 'attachment'
            ? 'leder'
            : earlier === 'nomination'
              ? (options.nominatedBy ?? caseworker)
              : caseworker;
      const answers = { ...goodAnswers[earlier], ...(earlier === 'attachment' && { caseworker: staff(caseworker) }) };
      await endPass(tx, {
        passId,
        outcome: toPlace ? 'place' : (outcomeOf[earlier] ?? ''),
        reason: null,
        answers: { ...answers, ...(toPlace && { homeKind: 'section_107' }) },
        by: staff(doer),
        onBehalfOf: earlier === 'nomination' && options.nominatedFor ? staff(options.nominatedFor) : null,
        at,
      });
      if (earlier === 'place-decision') await markCitizenTold(tx, { passId, on: startedOn, by: staff(doer) });
    }
    const passId = await beginPass(tx, {
      caseId: id,
      step,
      ordinal: before.length + 1,
      wayVersion: 1,
      startedOn,
      at,
    });
    const clarified = isPlace || step === 'nomination' || step === 'decision';
    await touchCase(tx, id, {
      by: staff(clarified ? caseworker : 'mette'),
      at,
      ...(step !== 'attachment' && { caseworkerId: staff(caseworker) }),
      ...(clarified && {
        facts: {
          householdAdults: 1,
          householdChildren: 2,
          homeKind: isPlace ? 'section_107' : 'state_subsidy',
          supportBasis: 'section_85a',
          supportMethod: 'cti',
          payableOere: 390_000,
          bifAskedOn: '2026-11-16',
        },
      }),
    });
    return { id, number, citizenId, passId };
  });
}

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
  return rows.map(({ kind, recipientId }) => `${kind} ${names[recipientId]}`).sort();
}

/** The case's passes as `step:outcome` or `step:outcome/reason`, the open one as `step`. */
export async function passesOf(bot: TestBot, { id }: { id: string }): Promise<string[]> {
  const passes = await bot.prisma.stepPass.findMany({ where: { referralId: id }, orderBy: { ordinal: 'asc' } });
  return passes.map(
    ({ step, outcome, reason }) => step + (outcome ? `:${outcome}` : '') + (reason ? `/${reason}` : ''),
  );
}
