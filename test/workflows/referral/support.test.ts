/** The decision on support: in its turn or beside another step, in time for the refund, and anew once it has ended. */
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  answersFor,
  doStep,
  hasButton,
  inputsOf,
  type Json,
  moreCardOf,
  passesOf,
  pressButton,
  type PutCase,
  putCase,
  read,
  said,
  statusOf,
  stepCardOf,
  toldAbout,
} from '../../fakes/case-driver.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(() => bot.setNow(NOON));
afterAll(() => bot.close());

/** Decides on the support beside the step that is open. */
async function decidesEarly(put: PutCase, inputs: Json = {}): Promise<Json> {
  const jonas = bot.as('jonas');
  const card = await pressButton(jonas, await moreCardOf(jonas, put), 'step.open', {}, { beside: 'support' });
  return pressButton(jonas, card, 'step.complete', { ...(await answersFor(bot, 'support')), ...inputs });
}

describe('the support', () => {
  it('decided early, beside the nomination, is passed over after the lease', async () => {
    const put = await putCase(bot, 'nomination');
    const receipt = await decidesEarly(put);
    expect(said(receipt)).toContain('Støtte afgjort');
    expect(await toldAbout(bot, put)).toEqual(['case.result bo', 'case.result mette', 'case.result stine']);
    expect((await passesOf(bot, put)).slice(-2)).toEqual(['nomination', 'support:decided']);
    // Done beside the open step it ends nothing: the citizen is still to be told of it.
    expect(read(await statusOf(bot.as('jonas'), put))).toContain('Borgeren mangler besked: Støtte afgjort.');
    await doStep(bot, 'jonas', put, 'nominated');
    for (const [person, outcome] of [
      ['sanne', 'approved'],
      ['sanne', 'offered'],
      ['jonas', 'accepted'],
      ['sanne', 'signed'],
    ] as const)
      await doStep(bot, person, put, outcome);
    expect((await passesOf(bot, put)).slice(-2)).toEqual(['lease:signed', 'moved-in']);
  });

  it.each([
    ['assessment', false],
    ['clarification', true],
    ['answer', true],
    ['kept-home', true],
  ] as const)('may be decided beside %s: %s', async (step, may) => {
    const put = await putCase(bot, step);
    const more = await moreCardOf(bot.as('jonas'), put);
    expect(hasButton(more, 'step.open')).toBe(may);
    const stamp = {
      caseId: put.id,
      version: (await bot.prisma.referral.findUniqueOrThrow({ where: { id: put.id } })).version,
    };
    const inputs = { ...(await answersFor(bot, 'support')), beside: 'support', outcome: 'decided' };
    const decided = async () => (await passesOf(bot, put)).filter((pass) => pass === 'support:decided').length;
    const before = await decided();
    await bot.as('jonas').press('step.complete', { ...stamp, nonce: crypto.randomUUID() }, inputs);
    expect(await decided()).toBe(before + (may ? 1 : 0));
  });

  it('keeps what was typed beside another step when the card has become old', async () => {
    const put = await putCase(bot, 'nomination');
    const jonas = bot.as('jonas');
    const card = await pressButton(jonas, await moreCardOf(jonas, put), 'step.open', {}, { beside: 'support' });
    await pressButton(bot.as('leder'), await stepCardOf(bot.as('leder'), put), 'step.save', { note: 'Lederens' });
    const fresh = await pressButton(jonas, card, 'step.complete', {
      ...(await answersFor(bot, 'support')),
      note: 'Aftenstøtte',
    });
    expect(said(fresh)).toContain('Lone Eg har ændret sagen');
    expect(inputsOf(fresh)).toMatchObject({ note: 'Aftenstøtte', supportMethod: 'cti' });
    await pressButton(jonas, fresh, 'step.complete', { ...(await answersFor(bot, 'support')), note: 'Aftenstøtte' });
    expect((await passesOf(bot, put)).at(-1)).toBe('support:decided');
  });

  it('decided after the discharge loses the refund, which one must know', async () => {
    const put = await putCase(bot, 'support');
    const left = { dischargedOn: '17.11.2026', manner: 'agreed', reason: 'own_wish', to: 'family_friends' };
    const mette = bot.as('mette');
    const discharging = await pressButton(mette, await moreCardOf(mette, put), 'discharge.open');
    await pressButton(mette, discharging, 'discharge.submit', { ...left, refundKnown: 'true' });
    const late = await doStep(bot, 'jonas', put, 'decided', { decidedOn: '18.11.2026' });
    expect(read(late)).toContain(
      'Afgørelsen er truffet efter udskrivningen, så staten refunderer ikke støtten (servicelovens § 176 a).',
    );
    // On the day of the discharge it is in time.
    expect(said(await doStep(bot, 'jonas', put, 'decided', { decidedOn: '17.11.2026' }))).toContain('Støtte afgjort');
  });

  it('that the citizen does not need has no worker, and then the caseworker follows up', async () => {
    const put = await putCase(bot, 'support');
    await doStep(bot, 'jonas', put, 'decided', { supportBasis: 'none', supportMethod: 'none', supportWorker: '' });
    await doStep(bot, 'mette', put, 'moved_in');
    expect(await toldAbout(bot, put)).toContain('case.result jonas');
    await doStep(bot, 'jonas', put, 'followed_up');
  });

  it('that has ended is decided anew before the next home', async () => {
    const put = await putCase(bot, 'kept-home');
    const responsible = bot.town.staffIds.karla;
    await doStep(bot, 'stine', put, 'followed_up', { support: 'ended', supportEndedOn: '18.11.2026', responsible });
    await doStep(bot, 'karla', put, 'moved_out', { reason_moved_out: 'gave_notice' });
    await pressButton(bot.as('jonas'), await moreCardOf(bot.as('jonas'), put), 'case.reopen');
    for (const [person, outcome] of [
      ['jonas', 'home'],
      ['jonas', 'nominated'],
      ['sanne', 'approved'],
      ['sanne', 'offered'],
      ['jonas', 'accepted'],
      ['sanne', 'signed'],
    ] as const)
      await doStep(bot, person, put, outcome);
    expect((await passesOf(bot, put)).at(-1)).toBe('support');
  });
});
