/** Every outcome of every step: where it leads, which reasons it asks for, what becomes of the case's columns, who is told. */
import { allSteps } from '../../../bot/workflows/referral/versions.ts';
import { Temporal } from '../../../bot/domain/time.ts';
import { expireOffers } from '../../../bot/workflows/referral/expire-offers.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  answersFor,
  goodAnswers,
  type Json,
  moreCardOf,
  passesOf,
  pressButton,
  type PutCase,
  putCase,
  type PutOptions,
  said,
  statusOf,
  type StepId,
  stepCardOf,
  toldAbout,
} from '../../fakes/case-driver.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(() => bot.setNow(NOON));
afterAll(() => bot.close());

interface Expected {
  /** Null where time alone brings it about. */
  readonly by: PersonName | null;
  readonly put?: PutOptions;
  readonly answers?: Json;
  /** The step that is open afterwards; `end`: none, the case stays open; `closed`: none, and the case is closed. */
  readonly then: StepId | 'end' | 'closed';
  readonly reasons?: readonly string[];
  readonly tells: readonly string[];
  readonly columns?: Json;
  readonly citizenIsTold?: true;
}

const refusals = ['no_acute_need', 'can_solve_alone', 'not_able_to_live', 'arose_elsewhere'];
const shelter = ['case.result bo', 'case.result mette'];
const officers = ['ole', 'sanne', 'tove'];
const turnOf = (...people: string[]) => people.map((person) => `case.turn ${person}`);
const resultTo = (...people: string[]) => people.map((person) => `case.result ${person}`);
const declines = [
  ...['too_dear', 'too_small', 'area', 'access', 'pets', 'wants_other_home', 'support_not_ready', 'capacity_changed'],
  ...['not_ready_to_move', 'landlord_refuses', 'no_answer'],
];
const HOME = { homeKind: 'state_subsidy', supportBasis: 'section_85a', supportMethod: 'cti', payableOere: 390_000 };

const expected: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
  attachment: {
    attached: { by: 'leder', then: 'stabilising', tells: ['case.result jonas', 'case.turn bo', 'case.turn mette'] },
  },
  stabilising: { stabilised: { by: 'mette', then: 'assessment', tells: ['case.turn jonas'] } },
  assessment: { assessed: { by: 'jonas', then: 'clarification', tells: shelter } },
  clarification: {
    home: {
      by: 'jonas',
      then: 'nomination',
      tells: shelter,
      columns: { ...HOME, householdAdults: 1, householdChildren: 2, bifAskedOn: new Date('2026-11-16') },
    },
    place: {
      by: 'jonas',
      answers: { homeKind: 'section_108', supportBasis: 'none', supportMethod: 'none', bifAskedOn: '' },
      then: 'place-decision',
      tells: shelter,
      columns: { homeKind: 'section_108', supportBasis: 'none', supportMethod: 'none', bifAskedOn: null },
    },
  },
  nomination: {
    nominated: {
      by: 'jonas',
      answers: { bifAskedOn: '17.11.2026' },
      then: 'decision',
      tells: [...shelter, 'case.turn ole', 'case.turn sanne', 'case.turn tove'],
      columns: { ...HOME, bifAskedOn: new Date('2026-11-17') },
    },
    not_now: {
      by: 'jonas',
      then: 'clarification',
      reasons: ['criteria_not_met', 'citizen_does_not_wish', 'other_home_found', 'needs_more_support'],
      tells: shelter,
    },
  },
  decision: {
    approved: {
      by: 'sanne',
      then: 'offer',
      tells: [...shelter, ...resultTo('jonas'), ...turnOf('ole', 'tove')],
      columns: HOME,
      citizenIsTold: true,
    },
    returned: {
      by: 'sanne',
      then: 'nomination',
      reasons: ['capacity_missing', 'support_unclear', 'household_unclear', 'plan_missing'],
      tells: [...shelter, 'case.turn jonas'],
    },
    rejected: {
      by: 'sanne',
      then: 'clarification',
      reasons: refusals,
      tells: [...shelter, 'case.turn jonas'],
      citizenIsTold: true,
    },
    closed: {
      by: 'sanne',
      then: 'closed',
      reasons: refusals,
      tells: [...shelter, 'case.result jonas'],
      citizenIsTold: true,
    },
  },
  offer: {
    offered: { by: 'sanne', then: 'answer', tells: [...shelter, ...turnOf('jonas')], citizenIsTold: true },
  },
  answer: {
    accepted: { by: 'jonas', then: 'lease', tells: [...shelter, ...turnOf(...officers)] },
    declined: {
      by: 'jonas',
      answers: { declinedBy: 'landlord' },
      then: 'offer',
      reasons: declines,
      tells: [...shelter, ...turnOf(...officers)],
      citizenIsTold: true,
    },
    declined_closed: {
      by: 'jonas',
      then: 'closed',
      reasons: declines,
      tells: [...shelter, ...resultTo(...officers)],
      citizenIsTold: true,
    },
    withdrawn: {
      by: 'sanne',
      then: 'offer',
      reasons: ['landlord_withdrew', 'unfit', 'other_citizen', 'mistake'],
      tells: [...shelter, ...resultTo('jonas'), ...turnOf('ole', 'tove')],
      citizenIsTold: true,
    },
    expired: {
      by: null,
      then: 'offer',
      tells: [...shelter, ...resultTo('jonas'), ...turnOf(...officers)],
      citizenIsTold: true,
    },
  },
  lease: {
    signed: { by: 'sanne', then: 'support', tells: [...shelter, ...turnOf('jonas')] },
    fell_through: {
      by: 'sanne',
      then: 'offer',
      reasons: ['citizen_withdrew', 'landlord_refuses', 'deposit_missing', 'unfit', 'capacity_changed'],
      tells: [...shelter, ...resultTo('jonas'), ...turnOf('ole', 'tove')],
      citizenIsTold: true,
    },
  },
  support: {
    decided: {
      by: 'jonas',
      then: 'moved-in',
      tells: [...turnOf('bo', 'mette'), ...resultTo('stine')],
      columns: { ...HOME, supportDecidedOn: new Date('2026-11-17'), supportEndedOn: null, responsibleId: null },
      citizenIsTold: true,
    },
  },
  'moved-in': {
    moved_in: {
      by: 'mette',
      then: 'kept-home',
      tells: resultTo('jonas', 'stine', ...officers),
      citizenIsTold: true,
    },
    did_not_move: {
      by: 'mette',
      then: 'clarification',
      reasons: ['citizen_withdrew', 'home_unfit', 'support_not_ready', 'place_withdrawn', 'citizen_left'],
      tells: [...turnOf('jonas'), ...resultTo(...officers)],
    },
  },
  'kept-home': {
    followed_up: { by: 'stine', then: 'kept-home', tells: [] },
    worried: { by: 'stine', then: 'kept-home', tells: resultTo('jonas') },
    kept: {
      by: 'stine',
      // Without a subsidy the last mark is 24 months after moving in.
      put: { leaseFrom: '2024-11-01', dwelling: { scheme: 'none' } },
      then: 'closed',
      tells: resultTo('jonas', ...officers),
    },
    moved_out: {
      by: 'stine',
      then: 'closed',
      reasons: ['evicted', 'gave_notice', 'other_home', 'residential_offer', 'shelter', 'prison', 'dead'],
      tells: [...shelter, ...resultTo('jonas', ...officers)],
    },
  },
  'place-decision': {
    granted: { by: 'jonas', then: 'place-ready', tells: shelter, citizenIsTold: true },
    refused: {
      by: 'jonas',
      then: 'clarification',
      reasons: ['outside_target_group', 'citizen_does_not_wish', 'own_home_instead'],
      tells: shelter,
      citizenIsTold: true,
    },
  },
  'place-ready': {
    ready: { by: 'jonas', then: 'support', tells: shelter },
    fell_through: {
      by: 'jonas',
      then: 'place-decision',
      reasons: ['place_withdrawn', 'citizen_declined', 'waiting_too_long'],
      tells: shelter,
    },
  },
};

// The admission makes the case: admission.test.ts.
const outcomes = allSteps
  .filter(({ definition }) => definition.id !== 'admission')
  .flatMap(({ definition }) =>
    Object.entries(definition.outcomes).map(([outcome, { by, reasons, citizenIsTold }]) => ({
      step: definition.id as StepId,
      outcome,
      others: by !== undefined,
      reasons,
      citizenIsTold,
    })),
  );

it('expects something of every outcome that the definitions have, and of no other', () => {
  const listed = Object.entries(expected).flatMap(([step, table]) =>
    Object.keys(table).map((name) => `${step}:${name}`),
  );
  expect(listed.sort()).toEqual(outcomes.map(({ step, outcome }) => `${step}:${outcome}`).sort());
});

describe.each(outcomes)('$step ends as $outcome', ({ step, outcome, others, reasons, citizenIsTold }) => {
  const want = expected[step]?.[outcome] as Expected;
  const answers = async () => ({ ...(await answersFor(bot, step, outcome)), ...want.answers });
  /** Where the answers decide the outcome, one button stands for all. */
  const pick = () => (step === 'clarification' ? {} : { outcome });
  /** What belongs to another side is chosen on the card of more options. */
  const cardFor = async (who: PersonName, put: PutCase) =>
    others ? moreCardOf(bot.as(who), put) : stepCardOf(bot.as(who), put);
  const choose = async (who: PersonName, put: PutCase, reason: string | undefined) =>
    pressButton(
      bot.as(who),
      await cardFor(who, put),
      'step.complete',
      { ...(await answers()), ...(reason && { [`reason_${outcome}`]: reason }) },
      pick(),
    );
  const lapse = async () => {
    // The answer was due a week after the Wednesday of the offer.
    bot.setNow(Temporal.Instant.from('2026-11-26T08:00:00Z'));
    expect(await expireOffers(bot.deps)).toBe(1);
  };

  it('leads where it should, fills in the columns and tells who must know', async () => {
    await bot.prisma.offer.updateMany({ where: { state: 'reserved' }, data: { state: 'withdrawn' } });
    const put = await putCase(bot, step, want.put);
    const reason = want.reasons?.[0];
    if (want.by) {
      const words = allSteps.find(({ definition }) => definition.id === step)?.words.da;
      expect(said(await choose(want.by, put, reason))).toContain(words?.results[outcome]);
    } else {
      await lapse();
    }

    const passes = await passesOf(bot, put);
    const ended = want.then === 'end' || want.then === 'closed';
    expect(passes.slice(ended ? -1 : -2)).toEqual([
      `${step}:${outcome}${reason ? `/${reason}` : ''}`,
      ...(ended ? [] : [want.then]),
    ]);
    const row = await bot.prisma.referral.findUniqueOrThrow({ where: { id: put.id } });
    expect(row.closedAt !== null).toBe(want.then === 'closed');
    expect(row.closeReason).toBe(want.then === 'closed' ? (reason ?? outcome) : null);
    expect(row).toMatchObject({
      changedById: want.by && bot.town.staffIds[want.by],
      caseworkerId: bot.town.staffIds.jonas,
      ...want.columns,
    });
    expect(await toldAbout(bot, put)).toEqual([...want.tells].sort());
    const untold = said(await statusOf(bot.as('jonas'), put)).includes('Borgeren mangler besked');
    expect(untold).toBe(want.citizenIsTold ?? false);
  });

  it('asks for a coded reason exactly where one is needed, and takes no other', async () => {
    expect(reasons ?? []).toEqual(want.reasons ?? []);
    expect(citizenIsTold).toBe(want.citizenIsTold);
    if (!want.reasons || !want.by) return;
    const put = await putCase(bot, step, want.put);
    const who = bot.as(want.by);
    const card = await cardFor(want.by, put);
    for (const reason of [undefined, '', 'because', 'constructor']) {
      const input = reason === undefined ? {} : { [`reason_${outcome}`]: reason };
      const again = await pressButton(who, card, 'step.complete', { ...(await answers()), ...input }, pick());
      expect(said(again)).toContain('Vælg en begrundelse, før du bekræfter.');
    }
    expect((await passesOf(bot, put)).at(-1)).toBe(step);
    expect(await toldAbout(bot, put)).toEqual([]);
  });
});

it('keeps the reasons apart that several outcomes ask for on one card', async () => {
  const put = await putCase(bot, 'decision');
  const sanne = bot.as('sanne');
  const card = await stepCardOf(sanne, put);
  const inputs = { reason_returned: 'plan_missing', reason_rejected: '', reason_closed: '' };
  expect(said(await pressButton(sanne, card, 'step.complete', inputs, { outcome: 'rejected' }))).toContain(
    'Vælg en begrundelse, før du bekræfter.',
  );
  await pressButton(sanne, card, 'step.complete', inputs, { outcome: 'returned' });
  expect((await passesOf(bot, put)).slice(-2)).toEqual(['decision:returned/plan_missing', 'nomination']);
});

it('carries the reason and the message of a return to the next one who nominates', async () => {
  const put = await putCase(bot, 'decision');
  const sanne = bot.as('sanne');
  const inputs = { reason_returned: 'support_unclear', note: 'Hvem støtter om aftenen?' };
  await pressButton(sanne, await stepCardOf(sanne, put), 'step.complete', inputs, { outcome: 'returned' });
  const card = said(await stepCardOf(bot.as('jonas'), put));
  expect(card).toContain('Besked fra Sanne Krogh:');
  expect(card).toContain('Støtten er uklar. Hvem støtter om aftenen?');
});

it('starts a repeated step from what was answered before, but a decision afresh', async () => {
  const put = await putCase(bot, 'nomination');
  const jonas = bot.as('jonas');
  const nominated = { ...goodAnswers['nomination'], note: 'Vil gerne have hund' };
  await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', nominated, { outcome: 'nominated' });
  const sanne = bot.as('sanne');
  const returned = { reason_returned: 'plan_missing', note: 'Hvor er planen?' };
  await pressButton(sanne, await stepCardOf(sanne, put), 'step.complete', returned, { outcome: 'returned' });
  const again = await stepCardOf(jonas, put);
  expect(said(again)).toContain('Vil gerne have hund');
  await pressButton(jonas, again, 'step.complete', nominated, { outcome: 'nominated' });
  const fresh = said(await stepCardOf(sanne, put));
  expect(fresh).not.toContain('Hvor er planen?');
  expect(fresh).toContain('Vil gerne have hund');
});

it('says at each field what is wrong with it, and keeps what was typed', async () => {
  const put = await putCase(bot, 'clarification');
  const jonas = bot.as('jonas');
  const answers = {
    ...goodAnswers['clarification'],
    adults: '0',
    payable: '4.80',
    homeKind: 'castle',
    supportMethod: 'none',
  };
  const again = await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', answers);
  for (const problem of ['Skriv et helt tal, der kan passe, f.eks. 2.', 'Skriv et beløb i kroner', 'Vælg en mulighed.'])
    expect(said(again)).toContain(problem);
  expect(said(again)).toContain('Stuen, gerne Nordvest');
  const nearly = { ...goodAnswers['clarification'], supportMethod: 'none' };
  expect(said(await pressButton(jonas, again, 'step.complete', nearly))).toContain('Vælg en metode til støtten.');
  await pressButton(jonas, again, 'step.complete', goodAnswers['clarification']);
});

it('does not let a case go on before its checks are met', async () => {
  const tries: readonly [StepId, PersonName, Json, string][] = [
    ['attachment', 'leder', { caseworker: '' }, 'Skal udfyldes.'],
    ['attachment', 'leder', { caseworker: bot.town.staffIds.svend }, 'Vælg en mulighed.'],
    ['attachment', 'leder', { caseworker: bot.town.staffIds.mette }, 'Vælg en mulighed.'],
    ['stabilising', 'mette', { mitId: 'under_way' }, 'skal være på plads'],
    ['assessment', 'jonas', { economy: 'missing' }, 'Ikke færdig i fagsystemet endnu.'],
    ['assessment', 'jonas', { plan: 'none' }, 'skal have en handleplan'],
    ['assessment', 'jonas', { planOn: '' }, 'Skriv, hvornår planen blev aftalt.'],
    ['nomination', 'jonas', { aroseHere: 'false' }, 'attention'],
    ['nomination', 'jonas', { bifAskedOn: '19-11-2026' }, 'Datoen ligger i fremtiden.'],
    ['lease', 'sanne', { rent: '' }, 'Skriv huslejen før tilskud.'],
    ['lease', 'sanne', { signedOn: '19-11-2026' }, 'Datoen ligger i fremtiden.'],
    ['lease', 'sanne', { basisYear: '' }, 'Skriv det år, som satsen i kontrakten er fra.'],
    ['lease', 'sanne', { saysMoveOut: 'false' }, 'Kontrakten skal have alle fem punkter om tilskuddet.'],
    ['support', 'jonas', { supportWorker: '' }, 'Vælg den medarbejder, der skal give støtten og følge op.'],
    ['support', 'jonas', { supportWorker: bot.town.staffIds.karla }, 'Vælg en mulighed.'],
    ['support', 'jonas', { decidedOn: '19-11-2026' }, 'Datoen ligger i fremtiden.'],
    ['support', 'jonas', { preferredPerson: 'Onkel Bob' }, 'Vælg en mulighed.'],
    [
      'support',
      'jonas',
      { preferredPerson: 'Onkel Bob', preferredFollowed: 'no' },
      'Skriv, hvorfor ønsket ikke er fulgt.',
    ],
    ['moved-in', 'mette', { movedInOn: '16-11-2026' }, 'Lejemålet er ikke begyndt på den dag.'],
    ['moved-in', 'mette', { movedInOn: '19-11-2026' }, 'Datoen ligger i fremtiden.'],
    ['moved-in', 'mette', { dischargedOn: '' }, 'Skal udfyldes.'],
    ['kept-home', 'stine', { housed: 'no' }, 'Bor borgeren der ikke længere, så vælg Flyttet ud.'],
    ['kept-home', 'stine', { followedUpOn: '16-11-2026' }, 'Datoen ligger før indflytningen.'],
    ['kept-home', 'stine', { support: 'ended' }, 'Skriv, hvornår støtten sluttede.'],
    ['place-decision', 'jonas', { decidedOn: '' }, 'attention'],
    ['place-ready', 'jonas', { place: '' }, 'attention'],
  ];
  for (const [step, person, wrong, problem] of tries) {
    const put = await putCase(bot, step);
    const who = bot.as(person);
    const answers = { ...(await answersFor(bot, step)), ...wrong };
    const again = await pressButton(who, await stepCardOf(who, put), 'step.complete', answers);
    expect(said(again)).toContain(problem);
    expect((await passesOf(bot, put)).at(-1)).toBe(step);
  }
});
