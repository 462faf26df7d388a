/** The way to a place (§§ 107, 108, care home): no offer and no lease, but support, moving in and follow-up as with a home. */
import { Temporal } from '../../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  doStep,
  hasButton,
  moreCardOf,
  passesOf,
  pressButton,
  type PutCase,
  putCase,
  read,
  said,
  statusOf,
  toldAbout,
} from '../../fakes/case-driver.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(() => bot.setNow(NOON));
afterAll(() => bot.close());

const on = (day: string) => bot.setNow(Temporal.Instant.from(`${day}T08:00:00Z`));
const dueOn = async ({ id }: PutCase) =>
  (await bot.prisma.stepPass.findFirst({ where: { referralId: id, endedAt: null } }))?.dueOn
    ?.toISOString()
    .slice(0, 10);

it('goes from the clarification to a place that is kept', async () => {
  const put = await putCase(bot, 'clarification');
  await doStep(bot, 'jonas', put, 'place', { homeKind: 'section_107' });
  await doStep(bot, 'jonas', put, 'granted');
  await doStep(bot, 'jonas', put, 'ready', { place: 'Botilbuddet Lunden', readyOn: '20.11.2026' });
  const supported = { supportBasis: 'none', supportMethod: 'none', supportWorker: '', decidedOn: '18.11.2026' };
  await doStep(bot, 'jonas', put, 'decided', supported);
  on('2026-11-20');
  const left = { manner: 'municipality', reason: 'place_found', to: 'section_107' };
  const moved = { movedInOn: '20.11.2026', dischargedOn: '20.11.2026', ...left };
  const conditions = { planMade: 'true', homeAssigned: 'true', supportDecided: 'true', canMoveIn: 'true' };
  expect(said(await doStep(bot, 'mette', put, 'moved_in', { ...moved, ...conditions }))).toContain(
    'Ikke opfyldt endnu.',
  );
  await doStep(bot, 'mette', put, 'moved_in', { ...moved, ...conditions, placeReady: 'true' });
  expect(await bot.prisma.lease.count({ where: { referralId: put.id } })).toBe(0);
  expect(read(await statusOf(bot.as('jonas'), put))).toContain('20. november 2026, Midlertidigt botilbud (§ 107)');

  // No subsidy: one month to two years after 20 November 2026, and then it may end.
  const marks = ['2026-12-20', '2027-02-20', '2027-05-20', '2027-08-20', '2027-11-20', '2028-11-20'];
  for (const day of marks.slice(0, -1)) {
    expect(await dueOn(put)).toBe(day);
    on(day);
    await doStep(bot, 'jonas', put, 'followed_up', { followedUpOn: day });
  }
  on('2028-11-20');
  await doStep(bot, 'jonas', put, 'kept', { followedUpOn: '2028-11-20' });
  const passes = await passesOf(bot, put);
  expect(passes.slice(4, 9)).toEqual([
    ...['clarification:place', 'place-decision:granted', 'place-ready:ready', 'support:decided', 'moved-in:moved_in'],
  ]);
  expect(passes.at(-1)).toBe('kept-home:kept');
});

it('shows the stations of its own way, also at the steps that both ways share', async () => {
  for (const step of ['place-ready', 'support', 'moved-in', 'kept-home'] as const) {
    const put = await putCase(bot, step, { place: true });
    const card = said(await statusOf(bot.as('jonas'), put));
    for (const title of ['Afgørelse om botilbud', 'Plads klar', 'Bostøtte', 'Indflytning', 'Fastholdelse'])
      expect(card).toContain(`"${title}"`);
    for (const title of ['Indstilling', 'Boligtilbud', 'Kontrakt']) expect(card).not.toContain(`"text":"${title}"`);
  }
});

it('goes back within its own way, and by a new clarification to the way home', async () => {
  const put = await putCase(bot, 'moved-in', { place: true });
  const jonas = bot.as('jonas');
  await pressButton(jonas, await moreCardOf(jonas, put), 'case.back', {
    step: 'place-ready',
    reason_back: 'new_information',
  });
  await doStep(bot, 'jonas', put, 'fell_through', { reason_fell_through: 'place_withdrawn' });
  expect((await passesOf(bot, put)).at(-1)).toBe('place-decision');
  await doStep(bot, 'jonas', put, 'refused', { reason_refused: 'own_home_instead' });
  await doStep(bot, 'jonas', put, 'home');
  expect((await passesOf(bot, put)).at(-1)).toBe('nomination');
  expect(said(await statusOf(jonas, put))).toContain('"Kontrakt"');
});

it('stopped before moving in is gone on with where it stood: there is no home to lose', async () => {
  for (const step of ['support', 'moved-in', 'kept-home'] as const) {
    const put = await putCase(bot, step, { place: true });
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.stop', { reason_stop: 'mistake' });
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.reopen');
    expect((await passesOf(bot, put)).at(-1)).toBe(step);
  }
});

it('that nobody moved into goes back to the clarification', async () => {
  const put = await putCase(bot, 'moved-in', { place: true });
  await doStep(bot, 'mette', put, 'did_not_move', { reason_did_not_move: 'place_withdrawn' });
  expect((await passesOf(bot, put)).slice(-2)).toEqual(['moved-in:did_not_move/place_withdrawn', 'clarification']);
  expect(await toldAbout(bot, put)).toContain('case.turn jonas');
});

it('moved out of is a case of its history: no day of moving in, opened again at the clarification', async () => {
  const put = await putCase(bot, 'kept-home', { place: true });
  expect(read(await statusOf(bot.as('stine'), put))).toContain('"title":"Flyttet ind"');
  await doStep(bot, 'stine', put, 'moved_out', { reason_moved_out: 'residential_offer' });
  const jonas = bot.as('jonas');
  expect(read(await statusOf(jonas, put))).not.toContain('"title":"Flyttet ind"');
  await pressButton(jonas, await moreCardOf(jonas, put), 'case.reopen');
  expect((await passesOf(bot, put)).at(-1)).toBe('clarification');
});

it('has no dwelling: the deciding unit is no side of it', async () => {
  const put = await putCase(bot, 'kept-home', { place: true });
  const [answer] = await bot.as('sanne').say(`sag ${put.number}`);
  expect(answer?.text).toContain('Jeg finder ingen sag');
  expect(hasButton(await statusOf(bot.as('stine'), put), 'case.settle-duty')).toBe(false);
});
