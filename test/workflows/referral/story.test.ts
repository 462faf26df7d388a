/** A whole case through the HTTP endpoint: four roles take a resident from admission to the decision. */
import { cardOf, type TestClient } from '../../fakes/client.ts';
import { startTestBot, type TestBot } from '../../fakes/bot.ts';
import { pressButton } from '../../fakes/case-driver.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot({ deliver: true });
});
afterAll(() => bot.close());

it('goes from admission to approval', async () => {
  const [mette, jonas, leder, sanne] = (['mette', 'jonas', 'leder', 'sanne'] as const).map((name) => bot.as(name)) as [
    TestClient,
    TestClient,
    TestClient,
    TestClient,
  ];
  const form = cardOf((await mette.say('indskriv'))[0]);
  const receipt = await pressButton(mette, form, 'admission.submit', {
    shelter: 'boc',
    name: 'Kim Testesen',
    cpr: '010190-1234',
    decidedOn: '2026-11-17',
    referredFrom: 'self',
  });
  expect(JSON.stringify(receipt)).toContain('Indskrevet');
  const { number, id } = await bot.prisma.referral.findFirstOrThrow();
  expect(number).toBeGreaterThan(100);

  const [notice] = await bot.delivered('leder');
  expect(JSON.stringify(notice)).toContain('Nu er det din tur');
  const attach = await pressButton(leder, cardOf(notice as never), 'step.open');
  await pressButton(leder, attach, 'step.complete', { caseworker: bot.town.staffIds.jonas });

  let card = cardOf((await mette.say(`sag ${number}`))[0]);
  card = await pressButton(mette, card, 'step.open');
  card = await pressButton(mette, card, 'step.complete', {
    mitId: 'in_place',
    benefit: 'in_place',
    debt: 'in_place',
    healthContact: 'missing',
  });
  expect(JSON.stringify(card)).toContain('skal være på plads');
  card = await pressButton(mette, card, 'step.complete', {
    mitId: 'in_place',
    benefit: 'in_place',
    debt: 'in_place',
    healthContact: 'not_relevant',
  });
  expect(JSON.stringify(card)).toContain('Stabiliseret');

  card = cardOf((await jonas.say(`sag ${number}`))[0]);
  card = await pressButton(jonas, card, 'step.open');
  const done = Object.fromEntries(
    ['home', 'mentalHealth', 'physicalHealth', 'dailyActivities', 'network', 'substances', 'work', 'economy'].map(
      (name) => [name, 'done'],
    ),
  );
  card = await pressButton(jonas, card, 'step.complete', { ...done, plan: 'action_plan', planOn: '2026-11-18' });
  card = await pressButton(jonas, card, 'step.open');
  card = await pressButton(jonas, card, 'step.complete', {
    adults: '1',
    children: '0',
    wishes: 'Stuen, gerne Nordvest',
    homeKind: 'state_subsidy',
    supportBasis: 'section_85a',
    supportMethod: 'cti',
    payable: '3.900',
    bifAskedOn: '2026-11-16',
  });
  expect(JSON.stringify(card)).toContain('Afklaret til egen bolig');
  card = await pressButton(jonas, card, 'step.open');
  expect(JSON.stringify(card)).toContain('3.900 kr.');
  card = await pressButton(
    jonas,
    card,
    'step.complete',
    { acuteNeed: 'true', cannotSolve: 'true', ableToLive: 'true', aroseHere: 'true', bifAskedOn: '2026-11-16' },
    { outcome: 'nominated' },
  );

  const [waiting] = await bot.delivered('sanne');
  card = await pressButton(sanne, cardOf(waiting as never), 'step.open');
  card = await pressButton(sanne, card, 'step.complete', {}, { outcome: 'approved' });
  expect(JSON.stringify(card)).toContain('Godkendt');
  card = cardOf((await jonas.say(`sag ${number}`))[0]);
  expect(JSON.stringify(card)).toContain('Borgeren mangler besked');
  const passes = await bot.prisma.stepPass.findMany({ where: { referralId: id }, orderBy: { ordinal: 'asc' } });
  expect(passes.map(({ step, outcome }) => `${step}:${outcome}`)).toEqual([
    'admission:admitted',
    'attachment:attached',
    'stabilising:stabilised',
    'assessment:assessed',
    'clarification:home',
    'nomination:nominated',
    'decision:approved',
    'offer:null',
  ]);
}, 60_000);
