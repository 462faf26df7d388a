/** The rights matrix: every person × everything that changes something, over the real handlers, against a table written by hand. */
import { actions } from '../../bot/workflows/actions.ts';
import { startTestBot, type TestBot } from '../fakes/bot.ts';
import {
  answersFor,
  type Json,
  moreCardOf,
  pressButton,
  type PutCase,
  putCase,
  type PutOptions,
  said,
  type StepId,
  stepCardOf,
} from '../fakes/case-driver.ts';
import { clearStock, putDwelling } from '../fakes/stock.ts';
import { type PersonName, personNames } from '../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.close());

interface Row {
  readonly verb: string;
  readonly step: StepId;
  readonly what: string;
  readonly put?: PutOptions;
  /** Brings the case from the step to the state in which the verb means something. */
  readonly make?: (put: { number: number }) => Promise<unknown>;
  readonly inputs: (put: PutCase) => Json | Promise<Json>;
  /** All others are refused. */
  readonly allowed: readonly PersonName[];
}

const decide = (outcome: string, inputs: Json) => async (put: { number: number }) => {
  const sanne = bot.as('sanne');
  await pressButton(sanne, await stepCardOf(sanne, put), 'step.complete', inputs, { outcome });
};
const answers = (step: StepId, outcome: string) => async () => ({
  ...(await answersFor(bot, step, outcome)),
  outcome,
});
/** What a lease brings with it. */
const dutyOf = async ({ id: referralId }: PutCase) => {
  const { id: dutyId } = await bot.prisma.leaseDuty.findFirstOrThrow({ where: { lease: { referralId } } });
  return { dutyId, outcome: 'done' };
};

const LEFT = { dischargedOn: '2026-11-17', manner: 'no_show', reason: 'stayed_away', to: 'unknown' };
/** The citizen has left the shelter. */
const leave = async (put: { number: number }) => {
  const mette = bot.as('mette');
  const card = await pressButton(mette, await moreCardOf(mette, put), 'discharge.open');
  await pressButton(mette, card, 'discharge.submit', LEFT);
};

/** Case of Bocentret and Hjemløseenheden whose caseworker is Jonas, unless the row says otherwise. */
const table: readonly Row[] = [
  {
    verb: 'step.complete',
    what: 'attaches a caseworker',
    step: 'attachment',
    inputs: () => ({ caseworker: bot.town.staffIds.jonas, outcome: 'attached' }),
    allowed: ['jonas', 'karla', 'tove', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'attaches in another unit',
    step: 'attachment',
    put: { shelter: 'fre', authority: 'syd' },
    inputs: () => ({ caseworker: bot.town.staffIds.svend, outcome: 'attached' }),
    allowed: ['svend', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'ends the stabilising',
    step: 'stabilising',
    inputs: answers('stabilising', 'stabilised'),
    allowed: ['mette', 'bo', 'herbergsleder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'ends the stabilising at another shelter',
    step: 'stabilising',
    put: { shelter: 'her' },
    inputs: answers('stabilising', 'stabilised'),
    allowed: ['ida', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'assesses',
    step: 'assessment',
    inputs: answers('assessment', 'assessed'),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: "assesses Karla's case",
    step: 'assessment',
    put: { caseworker: 'karla' },
    inputs: answers('assessment', 'assessed'),
    allowed: ['karla', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'clarifies',
    step: 'clarification',
    inputs: answers('clarification', 'home'),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'nominates',
    step: 'nomination',
    inputs: answers('nomination', 'nominated'),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: "decides on Jonas' nomination",
    step: 'decision',
    inputs: answers('decision', 'approved'),
    allowed: ['sanne', 'ole', 'tove', 'chef'],
  },
  {
    verb: 'step.complete',
    what: "decides on Tove's nomination",
    step: 'decision',
    put: { caseworker: 'tove' },
    inputs: answers('decision', 'approved'),
    allowed: ['sanne', 'ole', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'offers a home',
    step: 'offer',
    inputs: answers('offer', 'offered'),
    allowed: ['sanne', 'ole', 'tove', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'answers an offer',
    step: 'answer',
    inputs: answers('answer', 'accepted'),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'declines an offer',
    step: 'answer',
    inputs: async () => ({
      ...(await answersFor(bot, 'answer', 'declined')),
      outcome: 'declined',
      reason_declined: 'area',
    }),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'withdraws an offer',
    step: 'answer',
    inputs: () => ({ outcome: 'withdrawn', reason_withdrawn: 'unfit' }),
    allowed: ['sanne', 'ole', 'tove', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'has the lease signed',
    step: 'lease',
    inputs: answers('lease', 'signed'),
    allowed: ['sanne', 'ole', 'tove', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'decides on the support',
    step: 'support',
    inputs: answers('support', 'decided'),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'decides on the support early, beside the nomination',
    step: 'nomination',
    inputs: async () => ({ ...(await answersFor(bot, 'support')), outcome: 'decided', beside: 'support' }),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'decides on the support of a place',
    step: 'support',
    put: { place: true },
    inputs: answers('support', 'decided'),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'records that the citizen moved in',
    step: 'moved-in',
    inputs: answers('moved-in', 'moved_in'),
    allowed: ['mette', 'bo', 'herbergsleder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'follows up',
    step: 'kept-home',
    inputs: answers('kept-home', 'followed_up'),
    allowed: ['stine', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'follows up where nobody gives support',
    step: 'kept-home',
    put: { supportWorker: null },
    inputs: answers('kept-home', 'followed_up'),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.save',
    what: 'saves half a follow-up',
    step: 'kept-home',
    inputs: () => ({ note: 'Ringer igen i morgen' }),
    allowed: ['stine', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'decides on a place',
    step: 'place-decision',
    inputs: answers('place-decision', 'granted'),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.complete',
    what: 'has the place ready',
    step: 'place-ready',
    inputs: answers('place-ready', 'ready'),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.save',
    what: 'saves half a stabilising',
    step: 'stabilising',
    inputs: () => ({ mitId: 'in_place' }),
    allowed: ['mette', 'bo', 'herbergsleder', 'chef'],
  },
  {
    verb: 'step.save',
    what: 'saves half a clarification',
    step: 'clarification',
    inputs: () => ({ adults: '2' }),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'step.save',
    what: 'saves half a decision',
    step: 'decision',
    put: { caseworker: 'tove' },
    inputs: () => ({ note: 'Ringer først' }),
    allowed: ['sanne', 'ole', 'chef'],
  },
  {
    verb: 'case.back',
    what: 'sends the case back',
    step: 'clarification',
    inputs: () => ({ step: 'assessment', reason_back: 'mistake' }),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'case.back',
    what: 'sends the case back from the decision',
    step: 'decision',
    inputs: () => ({ step: 'assessment', reason_back: 'mistake' }),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'case.stop',
    what: 'stops the case',
    step: 'stabilising',
    inputs: () => ({ reason_stop: 'citizen_left' }),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'case.stop',
    what: 'stops a case that has no caseworker',
    step: 'attachment',
    inputs: () => ({ reason_stop: 'citizen_left' }),
    allowed: ['leder', 'chef'],
  },
  {
    verb: 'case.reopen',
    what: 'opens the case again',
    step: 'decision',
    make: decide('closed', { reason_closed: 'can_solve_alone' }),
    inputs: () => ({}),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'case.take-over',
    what: 'takes the case over',
    step: 'assessment',
    put: { caseworker: 'karla' },
    inputs: () => ({}),
    allowed: ['jonas', 'tove', 'leder', 'chef'],
  },
  {
    verb: 'case.take-over',
    what: 'takes a case that waits for a caseworker',
    step: 'attachment',
    inputs: () => ({}),
    allowed: ['jonas', 'karla', 'tove', 'leder', 'chef'],
  },
  {
    verb: 'case.hand-over',
    what: 'hands the case over',
    step: 'assessment',
    inputs: () => ({ colleague: bot.town.staffIds.tove }),
    allowed: ['jonas', 'leder', 'chef'],
  },
  {
    verb: 'case.tell-municipality',
    what: 'records that the municipality was told',
    step: 'assessment',
    put: { municipalityTold: false },
    inputs: () => ({ toldOn: '2026-11-17' }),
    allowed: ['mette', 'bo', 'herbergsleder', 'chef'],
  },
  {
    verb: 'case.tell-citizen',
    what: 'records that the citizen was told',
    step: 'decision',
    make: decide('approved', {}),
    inputs: ({ passId }) => ({ passId }),
    allowed: ['jonas', 'mette', 'bo', 'herbergsleder', 'leder', 'sanne', 'ole', 'tove', 'chef'],
  },
  {
    verb: 'case.settle-duty',
    what: 'sees to what a lease brings with it',
    step: 'kept-home',
    inputs: dutyOf,
    allowed: ['jonas', 'stine', 'mette', 'bo', 'herbergsleder', 'leder', 'sanne', 'ole', 'tove', 'chef'],
  },
  {
    verb: 'discharge.submit',
    what: 'discharges the citizen',
    step: 'assessment',
    inputs: () => LEFT,
    allowed: ['mette', 'bo', 'herbergsleder', 'chef'],
  },
  {
    verb: 'discharge.correct',
    what: 'corrects the discharge',
    step: 'assessment',
    make: leave,
    inputs: () => ({ ...LEFT, to: 'street' }),
    allowed: ['mette', 'bo', 'herbergsleder', 'chef'],
  },
  {
    verb: 'discharge.undo',
    what: 'takes the discharge back',
    step: 'assessment',
    make: leave,
    inputs: () => ({}),
    allowed: ['mette', 'bo', 'herbergsleder', 'chef'],
  },
];

const operationOf: Readonly<Record<string, string>> = {
  'step.complete': 'referral.complete-step',
  'step.save': 'referral.save-step',
  'case.back': 'referral.go-back',
  'case.stop': 'referral.stop',
  'case.reopen': 'referral.reopen',
  'case.take-over': 'referral.take-over',
  'case.hand-over': 'referral.hand-over',
  'case.tell-municipality': 'referral.tell-municipality',
  'case.tell-citizen': 'referral.tell-citizen',
  'case.settle-duty': 'referral.settle-duty',
  'discharge.submit': 'referral.discharge',
  'discharge.correct': 'referral.correct-discharge',
  'discharge.undo': 'referral.undo-discharge',
};

/** They change nothing of a case: their own rows below, and their own tests; those of `review/` and `subsidy/` there. */
const others = [
  ...Object.keys(actions).filter((verb) => /^(review|subsidy)\./.test(verb)),
  'admission.open',
  'admission.submit',
  'admission.save',
  'admission.discard',
  'case.open',
  'case.open-mine',
  'case.more',
  'case.notes',
  'discharge.open',
  'step.open',
  'tasks.page',
  'search.open',
  'search.run',
  'home.new',
  'home.register',
  'home.open',
  'home.set-rent',
  'home.set-dates',
  'home.set-facts',
  'home.set-area',
  'home.withdraw',
  'home.take-back',
  'home.list',
  'home.shortlist',
  'home.why-not',
  'audit.see',
  'audit.extract',
  'absence.record',
  'absence.cancel',
];

it('has a row for every verb that changes a case', () => {
  expect([...new Set([...table.map(({ verb }) => verb), ...others])].sort()).toEqual(Object.keys(actions).sort());
});

describe.each(table)('$verb: who $what', ({ verb, step, put, make, inputs, allowed }) => {
  const fresh = async () => {
    const made = await putCase(bot, step, put);
    await make?.(made);
    const { version } = await bot.prisma.referral.findUniqueOrThrow({ where: { id: made.id } });
    return { ...made, version };
  };
  const press = async (person: PersonName, { version, ...made }: Awaited<ReturnType<typeof fresh>>) =>
    said(
      await bot.as(person).press(verb, { caseId: made.id, version, nonce: crypto.randomUUID() }, await inputs(made)),
    );
  const changedBy = async ({ id }: { id: string }, person: PersonName) =>
    (await bot.prisma.accessLog.count({
      where: {
        referralId: id,
        action: 'change',
        staffId: bot.town.staffIds[person],
        operation: operationOf[verb] ?? '',
      },
    })) > 0;

  it('is those whose right it is', async () => {
    await Promise.all(
      allowed.map(async (person) => {
        const own = await fresh();
        const answer = await press(person, own);
        const after = await bot.prisma.referral.findUniqueOrThrow({ where: { id: own.id } });
        expect({ person, answer, done: after.version > own.version && (await changedBy(own, person)) }).toMatchObject({
          done: true,
        });
      }),
    );
  });

  it('is nobody else', async () => {
    const kept = await fresh();
    const others = personNames.filter((person) => !allowed.includes(person));
    const before = await bot.prisma.accessLog.count({ where: { referralId: kept.id, action: 'change' } });
    const answers = await Promise.all(others.map(async (person) => ({ person, answer: await press(person, kept) })));
    for (const refused of answers)
      expect(refused).toMatchObject({
        answer: expect.stringMatching(
          /Det trin kan du ikke gøre|Du har ikke adgang til den sag|Jeg kender dig ikke|Du har selv indstillet|Sagen er allerede din/,
        ) as string,
      });
    const after = await bot.prisma.referral.findUniqueOrThrow({ where: { id: kept.id } });
    expect(after.version).toBe(kept.version);
    expect(await bot.prisma.accessLog.count({ where: { referralId: kept.id, action: 'change' } })).toBe(before);
  });
});

describe('an admission', () => {
  it.each([
    ['boc', ['mette', 'bo', 'herbergsleder', 'chef']],
    ['her', ['ida', 'chef']],
    ['fre', ['chef']],
    ['spo', []],
  ] as const)('to %s is made exactly by %j', async (shelter, allowed) => {
    const did: PersonName[] = [];
    for (const person of personNames) {
      const before = await bot.prisma.citizen.count();
      await bot
        .as(person)
        .press(
          'admission.submit',
          { nonce: crypto.randomUUID(), version: 0 },
          { shelter, name: 'Ret Tighed', noCprReason: 'unknown', decidedOn: '2026-11-17', referredFrom: 'self' },
        );
      if ((await bot.prisma.citizen.count()) > before) did.push(person);
    }
    expect(did.sort()).toEqual([...allowed].sort());
  });

  it('is kept half done only for those who may admit', async () => {
    await bot.prisma.draft.deleteMany();
    for (const person of personNames) await bot.as(person).press('admission.save', {}, { name: 'Halv Færdig' });
    const drafts = await bot.prisma.draft.findMany({ select: { staffId: true } });
    const names = personNames.filter((name) => drafts.some(({ staffId }) => staffId === bot.town.staffIds[name]));
    expect(names.sort()).toEqual(['bo', 'chef', 'herbergsleder', 'ida', 'mette']);
    await bot.prisma.draft.deleteMany();
  });
});

describe('the dwelling stock', () => {
  beforeAll(() => clearStock(bot));
  const keepers = ['sanne', 'ole', 'tove', 'chef'] as const;
  const seers = [...keepers, 'jonas', 'karla', 'svend'] as const;
  const address = 'Prøvevej 1';
  const without = (allowed: readonly PersonName[]) => personNames.filter((person) => !allowed.includes(person));

  it('is seen exactly by those who offer homes or ask for them', async () => {
    const dwellingId = await putDwelling(bot, { address });
    const saw: Record<string, PersonName[]> = {};
    const note = (how: string, person: PersonName, answer: unknown) => {
      if (said(answer).includes(address)) (saw[how] ??= []).push(person);
    };
    for (const person of personNames) {
      const who = bot.as(person);
      note('written', person, await who.say('bolig prøvevej 1'));
      note('listed', person, await who.say('ledige boliger'));
      note('why not', person, await who.say('hvorfor ikke prøvevej 1'));
      for (const verb of ['home.open', 'home.shortlist', 'home.why-not', 'home.list'])
        note(verb, person, await who.press(verb, { dwellingId }));
      expect(said(await bot.inChannel(person).say('bolig prøvevej 1'))).not.toContain(address);
      expect(said(await bot.inChannel(person).press('home.open', { dwellingId }))).not.toContain(address);
    }
    for (const people of Object.values(saw)) expect([...people].sort()).toEqual([...seers].sort());
    expect(Object.keys(saw)).toHaveLength(7);
    await bot.prisma.dwelling.deleteMany();
  });

  it.each([
    ['home.set-rent', { rentFrom: '1.1.2027', rent: '5.000' }],
    ['home.set-dates', { vacantFrom: '1.12.2026', answerDueOn: '' }],
    [
      'home.set-facts',
      { address, postcode: '2200', town: 'København N', rooms: '3', sizeM2: '60', scheme: 'none', deposit: '' },
    ],
    ['home.set-area', { areaType: 'prevention', areaFrom: '1.12.2024', areaSource: 'Prøve' }],
    ['home.withdraw', { reason_withdraw: 'unfit' }],
    ['home.take-back', {}],
  ])('is changed with %s exactly by those who keep it', async (verb, inputs) => {
    const dwellingId = await putDwelling(bot, { address });
    const press = async (person: PersonName) => {
      const { version } = await bot.prisma.dwelling.update({
        where: { id: dwellingId },
        data: verb === 'home.take-back' ? { withdrawnAt: new Date(), withdrawnFor: 'unfit' } : { withdrawnAt: null },
      });
      const stamp = { dwellingId, version, nonce: crypto.randomUUID() };
      const answer = await bot.as(person).press(verb, stamp, inputs);
      const after = await bot.prisma.dwelling.findUniqueOrThrow({ where: { id: dwellingId } });
      return { answer: said(answer), done: after.version > version };
    };
    for (const person of keepers) expect({ person, ...(await press(person)) }).toMatchObject({ done: true });
    for (const person of without(keepers))
      expect({ person, ...(await press(person)) }).toMatchObject({
        done: false,
        answer: expect.stringMatching(/men ikke ændre dem|giver ikke adgang|Jeg kender dig ikke/) as string,
      });
    await bot.prisma.dwelling.deleteMany();
  });

  it('grows exactly by those who keep it', async () => {
    const did: PersonName[] = [];
    const dwelling = {
      association: 'Boligforeningen Linden',
      department: 'Afdeling 12',
      postcode: '2200',
      town: 'København N',
      rooms: '2',
      sizeM2: '54',
      rent: '4.900',
      scheme: 'none',
    };
    for (const person of personNames) {
      const stamp = { nonce: crypto.randomUUID(), version: 0 };
      await bot.as(person).press('home.register', stamp, { ...dwelling, address: `Prøvevej ${did.length + 10}` });
      if ((await bot.prisma.dwelling.count()) > did.length) did.push(person);
    }
    expect(did.sort()).toEqual([...keepers].sort());
    await bot.prisma.dwelling.deleteMany();
  });
});

describe('seeing', () => {
  const everySide = ['mette', 'bo', 'jonas', 'karla', 'tove', 'leder', 'herbergsleder', 'chef'] as const;
  it.each([
    ['a case of Bocentret and Hjemløseenheden', 'assessment', {}, everySide],
    ['the same once nominated', 'decision', {}, [...everySide, 'sanne', 'ole']],
    ['the same once somebody gives support', 'kept-home', {}, [...everySide, 'sanne', 'ole', 'stine']],
    ['a place, which the deciding unit does not give', 'kept-home', { place: true }, [...everySide, 'stine']],
    ['a case of another shelter', 'assessment', { shelter: 'her' }, ['ida', 'jonas', 'karla', 'tove', 'leder', 'chef']],
    [
      'a case of another unit',
      'assessment',
      { shelter: 'fre', authority: 'syd', caseworker: 'svend' },
      ['svend', 'chef'],
    ],
    [
      'a nominated case of another unit',
      'decision',
      { shelter: 'fre', authority: 'syd', caseworker: 'svend' },
      ['svend', 'chef', 'sanne', 'ole', 'tove'],
    ],
    ['a case of an independent shelter', 'assessment', { shelter: 'spo' }, ['jonas', 'karla', 'tove', 'leder', 'chef']],
  ] as const)('%s', async (_what, step, options, allowed) => {
    const name = `Synlig ${crypto.randomUUID().slice(0, 8)}`;
    const put = await putCase(bot, step, { ...options, name });
    const byNumber: PersonName[] = [];
    const byName: PersonName[] = [];
    const byButton: PersonName[] = [];
    const inChannel: PersonName[] = [];
    await Promise.all(
      personNames.map(async (person) => {
        const who = bot.as(person);
        if (said(await who.say(`sag ${put.number}`)).includes(name)) byNumber.push(person);
        if (said(await who.say(`søg ${name.split(' ')[1]}`)).includes(name)) byName.push(person);
        if (said(await who.press('case.open', { caseId: put.id })).includes(name)) byButton.push(person);
        const heard = said(await bot.inChannel(person).say(`sag ${put.number}`));
        expect(heard).not.toContain(name);
        if (heard.includes('case.open-mine')) inChannel.push(person);
      }),
    );
    const expected = [...allowed].sort();
    expect(byNumber.sort()).toEqual(expected);
    expect(byName.sort()).toEqual(expected);
    expect(byButton.sort()).toEqual(expected);
    expect(inChannel.sort()).toEqual(expected);
  });
});
