/** What no card of ours sends: nothing is done, nothing breaks, and nobody learns anything from it. */
import { startTestBot, type TestBot } from '../fakes/bot.ts';
import { buttonOf, goodAnswers, type Json, passesOf, putCase, said, stepCardOf } from '../fakes/case-driver.ts';
import { cardOf } from '../fakes/client.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.close());

const OLD = 'Den knap er forældet.';
const troubles = () => bot.logged.filter((line) => line.includes('"trouble"'));
afterEach(() => expect(troubles()).toEqual([]));

async function stampOf({ id }: { id: string }) {
  const { version } = await bot.prisma.referral.findUniqueOrThrow({ where: { id } });
  return { caseId: id, version, nonce: crypto.randomUUID() };
}

it.each(['nonsense', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'step.complete ', 'STEP.COMPLETE'])(
  'the unknown verb "%s" is answered as an old button',
  async (verb) => {
    expect(await bot.as('mette').press(verb)).toEqual({ status: 200, text: expect.stringContaining(OLD) as string });
  },
);

it('a change without nonce, case or version, or with malformed ones, is an old button', async () => {
  const put = await putCase(bot, 'stabilising');
  const good = await stampOf(put);
  const bad: Json[] = [
    {},
    { ...good, nonce: undefined },
    { ...good, nonce: '' },
    { ...good, nonce: 'x' },
    { ...good, nonce: { $gt: '' } },
    { ...good, caseId: undefined },
    { ...good, caseId: String(put.number) },
    { ...good, caseId: [good.caseId] },
    { ...good, caseId: "' or 1=1 --" },
    { ...good, version: 'new' },
    { ...good, version: 1.5 },
    { ...good, version: {} },
  ];
  const verbs = [
    'step.complete',
    'step.save',
    'case.back',
    'case.stop',
    'case.take-over',
    'case.hand-over',
    'case.tell-municipality',
  ];
  for (const data of bad)
    for (const verb of verbs)
      expect((await bot.as('mette').press(verb, data, goodAnswers['stabilising'])).text).toContain(OLD);
  for (const verb of ['case.open', 'case.more', 'case.notes', 'step.open'])
    for (const data of [{}, { caseId: 7 }, { caseId: 'x' }, { caseId: null }])
      expect((await bot.as('mette').press(verb, data)).text).toContain(OLD);
  expect((await passesOf(bot, put)).at(-1)).toBe('stabilising');
  expect(await bot.prisma.usedNonce.count()).toBe(0);
});

it('a version too large to be one is a stale card', async () => {
  const put = await putCase(bot, 'stabilising');
  const stamp = await stampOf(put);
  for (const version of [99, 4_000_000_000, 9_007_199_254_740_991])
    expect(
      said(await bot.as('mette').press('step.complete', { ...stamp, version }, goodAnswers['stabilising'])),
    ).toContain('har ændret sagen');
});

it('a case that does not exist is not distinguished by what it shows', async () => {
  const caseId = '01a201f8-0000-7000-8000-000000000000';
  const nonce = crypto.randomUUID();
  for (const verb of ['case.open', 'case.more', 'case.notes', 'step.open'])
    expect((await bot.as('mette').press(verb, { caseId })).text).toContain('Du har ikke adgang til den sag.');
  const gone = await bot.as('mette').press('step.complete', { caseId, nonce, version: 1 });
  expect(gone.card).toBeUndefined();
});

it.each(['approve', 'constructor', '__proto__', 'toString', '', 'stopped', 'moved_back', 'nominated'])(
  'the outcome "%s" does not end a decision',
  async (outcome) => {
    const put = await putCase(bot, 'decision');
    const answer = await bot.as('sanne').press('step.complete', { ...(await stampOf(put)), outcome });
    expect(answer.text).toContain(OLD);
    expect((await passesOf(bot, put)).at(-1)).toBe('decision');
  },
);

it('the pass of another step or case changes nothing about which step is ended', async () => {
  const [put, other] = [await putCase(bot, 'stabilising'), await putCase(bot, 'stabilising', { shelter: 'her' })];
  const data = { ...(await stampOf(put)), passId: other.passId };
  await bot.as('mette').press('step.complete', data, { ...goodAnswers['stabilising'], outcome: 'stabilised' });
  expect((await passesOf(bot, put)).at(-1)).toBe('assessment');
  expect((await passesOf(bot, other)).at(-1)).toBe('stabilising');
  // A foreign pass cannot be marked as told of either.
  const decided = await putCase(bot, 'place-ready', { shelter: 'her' });
  const pass = await bot.prisma.stepPass.findFirstOrThrow({
    where: { referralId: decided.id, step: 'place-decision' },
  });
  const told = await bot.as('mette').press('case.tell-citizen', { ...(await stampOf(put)), passId: pass.id });
  expect(said(told)).toContain('Det er allerede registreret.');
});

it('what a card never asks for is not written', async () => {
  const put = await putCase(bot, 'stabilising');
  const extra = {
    ...goodAnswers['stabilising'],
    caseworkerId: bot.town.staffIds.karla,
    closedAt: '2026-01-01',
    staffId: bot.town.staffIds.leder,
    onBehalfOf: bot.town.staffIds.leder,
    answers: { secret: 'SECRET-MARK' },
    secret: 'SECRET-MARK',
  };
  await bot.as('mette').press('step.complete', await stampOf(put), { ...extra, outcome: 'stabilised' });
  const pass = await bot.prisma.stepPass.findUniqueOrThrow({ where: { id: put.passId } });
  expect(pass.answers).toEqual(goodAnswers['stabilising']);
  expect(pass).toMatchObject({ endedById: bot.town.staffIds.mette, onBehalfOfId: null });
  const row = await bot.prisma.referral.findUniqueOrThrow({ where: { id: put.id } });
  expect(row).toMatchObject({ closedAt: null, caseworkerId: bot.town.staffIds.jonas });
});

it('prototype-like keys are only keys', async () => {
  const put = await putCase(bot, 'nomination');
  const stamp = await stampOf(put);
  const polluted = JSON.parse(
    `{"__proto__":{"acuteNeed":"true","polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"outcome":"nominated","bifAskedOn":"2026-11-16"}`,
  ) as Json;
  // Posted as text, so that the keys arrive as they are written.
  const answer = await bot.as('jonas').press('step.complete', { ...stamp }, polluted);
  expect(said(answer)).toContain('Indstilling');
  expect((await passesOf(bot, put)).at(-1)).toBe('nomination');
  expect(({} as Json)['polluted']).toBeUndefined();
  const raw = await fetchRaw(
    `{"caseId":"${stamp.caseId}","version":${stamp.version},"nonce":"${crypto.randomUUID()}","outcome":"nominated","bifAskedOn":"2026-11-16",` +
      `"__proto__":{"acuteNeed":"true","cannotSolve":"true","ableToLive":"true","aroseHere":"true"}}`,
  );
  expect(raw).toContain('Indstilling');
  expect((await passesOf(bot, put)).at(-1)).toBe('nomination');
});

/** Presses with the data written out, as `JSON.stringify` would leave `__proto__` out. */
async function fetchRaw(data: string): Promise<string> {
  const jonas = bot.as('jonas');
  const marker = '"DATA"';
  const value = { action: { type: 'Action.Execute', verb: 'step.complete', data: 'DATA' }, trigger: 'manual' };
  const activity = JSON.stringify(jonas.activity({ type: 'invoke', name: 'adaptiveCard/action', value }));
  const response = await fetch(`${jonas.bot}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: activity.replace(marker, data),
  });
  return response.text();
}

it('fields of any type and size come back as a card that still fits, with a word on what is wrong', async () => {
  const put = await putCase(bot, 'clarification');
  const jonas = bot.as('jonas');
  const long = 'æ'.repeat(12_000);
  const wrong: Json[] = [
    Object.fromEntries(Object.keys(goodAnswers['clarification'] as Json).map((name) => [name, long])),
    Object.fromEntries(Object.keys(goodAnswers['clarification'] as Json).map((name) => [name, { a: [1] }])),
    Object.fromEntries(Object.keys(goodAnswers['clarification'] as Json).map((name) => [name, null])),
    Object.fromEntries(Object.keys(goodAnswers['clarification'] as Json).map((name) => [name, true])),
    { ...goodAnswers['clarification'], adults: 1e308, children: -1, payable: -5 },
    { ...goodAnswers['clarification'], adults: '1e0x', payable: 'NaN' },
  ];
  for (const inputs of wrong) {
    const answer = await jonas.press('step.complete', await stampOf(put), { ...inputs, outcome: 'home' });
    expect(answer.card).toBeDefined();
    expect(said(answer.card).length).toBeLessThan(30_000);
  }
  expect((await passesOf(bot, put)).at(-1)).toBe('clarification');
  // What the database cannot hold is left out.
  const odd = { ...goodAnswers['clarification'], wishes: 'Nord\u0000vest \ud800', outcome: 'home' };
  await jonas.press('step.save', await stampOf(put), odd);
  await jonas.press('step.complete', await stampOf(put), odd);
  const pass = await bot.prisma.stepPass.findUniqueOrThrow({ where: { id: put.passId } });
  expect(pass.answers).toMatchObject({ wishes: 'Nordvest \ufffd' });
  expect((await jonas.say('søg Nord\u0000vest \ud800'))[0]?.text).toContain('Jeg finder ingen sager');
  const huge = await jonas.post({ type: 'message', text: 'x'.repeat(300_000) });
  expect(huge.status).toBe(413);
});

it('a draft of any size does not keep the team from its step', async () => {
  const put = await putCase(bot, 'assessment');
  const jonas = bot.as('jonas');
  const names = Object.keys(goodAnswers['assessment'] as Json);
  const long = Object.fromEntries(names.map((name) => [name, 'x'.repeat(20_000)]));
  await jonas.press('step.save', await stampOf(put), long);
  expect(said(await stepCardOf(jonas, put)).length).toBeLessThan(30_000);
});

it('an admission with fields of any type and size is refused at its fields', async () => {
  const mette = bot.as('mette');
  const data = buttonOf(cardOf((await mette.say('indskriv'))[0]), 'admission.submit');
  for (const value of ['y'.repeat(20_000), { a: 1 }, ['boc'], 7, true]) {
    const inputs = {
      shelter: 'boc',
      name: value,
      decidedOn: value,
      referredFrom: value,
      recordNumber: value,
      noCprReason: value,
    };
    const answer = await mette.press('admission.submit', { ...data, nonce: crypto.randomUUID() }, inputs);
    expect(answer.card).toBeDefined();
  }
  for (const wrong of [{ shelter: 7 }, { cpr: {} }, { cpr: '1'.repeat(50) }])
    expect((await mette.press('admission.submit', { ...data, ...wrong })).text).toContain(OLD);
  expect(await bot.prisma.citizen.count({ where: { name: { contains: 'yyy' } } })).toBe(0);
  await bot.prisma.draft.deleteMany();
});

it('numbers that no case can have find no case', async () => {
  const mette = bot.as('mette');
  for (const number of [0, -1, 999_999_999])
    expect((await mette.press('case.open-mine', { number, nonce: crypto.randomUUID() })).text).toContain(
      'Jeg finder ingen sag',
    );
  for (const number of [1e12, 2.5, 'x', null, {}])
    expect((await mette.press('case.open-mine', { number, nonce: crypto.randomUUID() })).text).toMatch(
      /forældet|finder ingen/,
    );
  for (const text of ['sag 0', 'sag 000', 'sag 999999999', '999999999'])
    expect((await mette.say(text))[0]?.text).toContain('Jeg finder ingen sag');
  for (const offset of [-1, 1e9, 'x', {}]) expect((await mette.press('tasks.page', { offset })).text).toContain(OLD);
});

it('a text that only looks like a template or markup is text', async () => {
  const put = await putCase(bot, 'decision');
  const note = '${secret} <at>alle</at> [her](https://example.com) **fed**';
  const answer = await bot.as('sanne').press('step.complete', await stampOf(put), {
    outcome: 'returned',
    reason_returned: 'plan_missing',
    note,
  });
  expect(answer.card).toBeDefined();
  const card = said(await stepCardOf(bot.as('jonas'), put));
  expect(card).toContain('${secret}');
  expect(card).not.toMatch(/"type":"TextBlock","text":"[^"]*https/);
});

describe('in a channel', () => {
  it('no button works but the one that leads to the own chat', async () => {
    const put = await putCase(bot, 'stabilising', { name: 'Hemmelig Borgersen' });
    const mette = bot.inChannel('mette');
    for (const verb of [
      'admission.open',
      'admission.submit',
      'admission.save',
      'admission.discard',
      'case.open',
      'case.more',
      'case.notes',
      'case.back',
      'case.stop',
      'case.reopen',
      'case.take-over',
      'case.hand-over',
      'case.tell-citizen',
      'case.tell-municipality',
      'step.open',
      'step.save',
      'step.complete',
      'tasks.page',
      'search.open',
      'search.run',
      'absence.record',
      'absence.cancel',
    ]) {
      const answer = await mette.press(verb, await stampOf(put), { ...goodAnswers['stabilising'], name: 'Hemmelig' });
      expect(answer.text).toContain('Det gør jeg kun i din egen chat.');
    }
    expect((await passesOf(bot, put)).at(-1)).toBe('stabilising');
    expect(said(bot.connector.messages())).not.toContain('Borgersen');
  });
});
