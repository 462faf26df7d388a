/** Going back, stopping, opening again and changing hands: what happens, what is refused, who is told. */
import { Temporal } from '../../../bot/domain/time.ts';
import { compose } from '../../../bot/workflows/messages.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  goodAnswers,
  hasButton,
  inputsOf,
  moreCardOf,
  passesOf,
  pressButton,
  putAbsence,
  putCase,
  said,
  statusOf,
  type StepId,
  stepCardOf,
  toldAbout,
} from '../../fakes/case-driver.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.close());

/** The steps that the card offers to go back to. */
function stepsOffered(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(stepsOffered);
  if (typeof node !== 'object' || node === null) return [];
  const { id, choices } = node as { id?: unknown; choices?: { value: string }[] };
  if (id === 'step') return (choices ?? []).map(({ value }) => value);
  return Object.values(node).flatMap(stepsOffered);
}

describe('going back', () => {
  it('takes the case to an earlier step, with a reason', async () => {
    const put = await putCase(bot, 'nomination');
    const jonas = bot.as('jonas');
    const card = await moreCardOf(jonas, put);
    expect(stepsOffered(card)).toEqual(['attachment', 'stabilising', 'assessment', 'clarification']);
    const inputs = { step: 'assessment', reason_back: 'new_information' };
    expect(said(await pressButton(jonas, card, 'case.back', inputs))).toContain('Udredning');
    expect((await passesOf(bot, put)).slice(-2)).toEqual(['nomination:moved_back/new_information', 'assessment']);
    expect(await toldAbout(bot, put)).toEqual(['case.moved bo', 'case.moved mette']);
  });

  it('asks for the step and for the reason', async () => {
    const put = await putCase(bot, 'nomination');
    const jonas = bot.as('jonas');
    const card = await moreCardOf(jonas, put);
    for (const step of ['', 'admission', 'nomination', 'decision', 'place-ready', 'elsewhere'])
      expect(said(await pressButton(jonas, card, 'case.back', { step, reason_back: 'mistake' }))).toContain(
        'Vælg en mulighed.',
      );
    for (const reason_back of ['', 'dead', 'because'])
      expect(said(await pressButton(jonas, card, 'case.back', { step: 'assessment', reason_back }))).toContain(
        'Vælg en begrundelse, før du bekræfter.',
      );
    expect((await passesOf(bot, put)).at(-1)).toBe('nomination');
  });

  it('is not offered where there is nothing to go back to', async () => {
    const put = await putCase(bot, 'attachment');
    const card = await moreCardOf(bot.as('leder'), put);
    expect(hasButton(card, 'case.back')).toBe(false);
    expect(hasButton(card, 'case.stop')).toBe(true);
  });

  it('leads from the way to a place back to before the branch', async () => {
    const put = await putCase(bot, 'place-ready');
    const jonas = bot.as('jonas');
    const card = await moreCardOf(jonas, put);
    expect(stepsOffered(card)).toEqual(['attachment', 'stabilising', 'assessment', 'clarification', 'place-decision']);
    await pressButton(jonas, card, 'case.back', { step: 'clarification', reason_back: 'wish_changed' });
    const home = await stepCardOf(jonas, put);
    await pressButton(jonas, home, 'step.complete', goodAnswers['clarification']);
    expect((await passesOf(bot, put)).at(-1)).toBe('nomination');
  });

  it('is possible to any earlier step for a case that was imported in the middle', async () => {
    const put = await putCase(bot, 'nomination', { imported: true });
    const jonas = bot.as('jonas');
    const card = await moreCardOf(jonas, put);
    expect(stepsOffered(card)).toEqual(['attachment', 'stabilising', 'assessment', 'clarification']);
    await pressButton(jonas, card, 'case.back', { step: 'clarification', reason_back: 'support_changed' });
    expect(await passesOf(bot, put)).toEqual([
      'admission:admitted',
      'nomination:moved_back/support_changed',
      'clarification',
    ]);
  });

  it('is possible from the last step, and not once the case is closed', async () => {
    const put = await putCase(bot, 'kept-home');
    const jonas = bot.as('jonas');
    const card = await moreCardOf(jonas, put);
    await pressButton(jonas, card, 'case.back', { step: 'clarification', reason_back: 'wish_changed' });
    // Who sent it back, and why, is a pass of its own.
    expect((await passesOf(bot, put)).slice(-3)).toEqual([
      'moved-in:moved_in',
      'kept-home:moved_back/wish_changed',
      'clarification',
    ]);
    // The home that the citizen lives in would never end: it is ended first, beside the step that is open.
    let more = await moreCardOf(jonas, put);
    expect(said(await pressButton(jonas, more, 'case.stop', { reason_stop: 'dead' }))).toContain(
      'Skriv først Flyttet ud',
    );
    const leder = bot.as('leder');
    const out = await pressButton(leder, await moreCardOf(leder, put), 'step.open', {}, { beside: 'kept-home' });
    const gone = { ...goodAnswers['kept-home'], housed: 'no', movedOutOn: '18-11-2026', reason_moved_out: 'dead' };
    await pressButton(leder, out, 'step.complete', gone, { outcome: 'moved_out' });
    expect(await bot.prisma.lease.count({ where: { referralId: put.id, endsOn: null } })).toBe(0);
    expect((await passesOf(bot, put)).at(-1)).toBe('kept-home:moved_out/dead');
    more = await moreCardOf(jonas, put);
    await pressButton(jonas, more, 'case.stop', { reason_stop: 'dead' });
    const closed = await moreCardOf(jonas, put);
    expect(hasButton(closed, 'case.back')).toBe(false);
    const forged = await jonas.press(
      'case.back',
      { ...(await stampOf(put)), step: 'assessment' },
      { reason_back: 'mistake' },
    );
    expect(said(forged)).toContain('Forløbet er allerede afsluttet.');
  });
});

/** What a card made now would be stamped with. */
async function stampOf({ id }: { id: string }) {
  const { version } = await bot.prisma.referral.findUniqueOrThrow({ where: { id } });
  return { caseId: id, version, nonce: crypto.randomUUID() };
}

it('shows the stations of an imported case as if it had walked them', async () => {
  const put = await putCase(bot, 'nomination', { imported: true });
  const card = said(await statusOf(bot.as('jonas'), put));
  expect(card.match(/✓/g)).toHaveLength(5);
  expect(card.match(/●/g)).toHaveLength(1);
  // From the decision to the home that is kept.
  expect(card.match(/○/g)).toHaveLength(7);
});

it('does not let the caseworker of a case that was imported at the decision decide it', async () => {
  const put = await putCase(bot, 'decision', { imported: true, caseworker: 'tove' });
  expect(hasButton(await statusOf(bot.as('tove'), put), 'step.open')).toBe(false);
  expect(hasButton(await statusOf(bot.as('sanne'), put), 'step.open')).toBe(true);
});

describe('stopping', () => {
  it('closes the case with a coded reason, from any step', async () => {
    for (const step of ['attachment', 'stabilising', 'decision', 'lease', 'place-ready'] as StepId[]) {
      const put = await putCase(bot, step);
      const leder = bot.as('leder');
      const card = await moreCardOf(leder, put);
      expect(said(await pressButton(leder, card, 'case.stop', { reason_stop: 'wish_changed' }))).toContain(
        'Vælg en begrundelse, før du bekræfter.',
      );
      const status = await pressButton(leder, card, 'case.stop', { reason_stop: 'citizen_left' });
      expect(said(status)).toContain('Afsluttet 18. november 2026: Borgeren er rejst uden aftale');
      expect(hasButton(status, 'step.open')).toBe(false);
      expect((await passesOf(bot, put)).at(-1)).toBe(`${step}:stopped/citizen_left`);
      const row = await bot.prisma.referral.findUniqueOrThrow({ where: { id: put.id } });
      expect(row).toMatchObject({ closeReason: 'citizen_left', changedById: bot.town.staffIds.leder });
      expect(row.closedAt).not.toBeNull();
      expect(await toldAbout(bot, put)).toEqual(
        [
          'case.moved bo',
          ...(step === 'attachment' ? ['case.moved karla', 'case.moved tove'] : []),
          'case.moved jonas',
          'case.moved mette',
          // Who offered the home learns that it is free again.
          ...(step === 'lease' ? ['case.moved ole', 'case.moved sanne', 'case.moved tove'] : []),
        ].sort(),
      );
    }
  });

  it('can be undone: the step it stood at is open again', async () => {
    const put = await putCase(bot, 'assessment');
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.stop', { reason_stop: 'mistake' });
    const again = await pressButton(jonas, await moreCardOf(jonas, put), 'case.reopen');
    expect(hasButton(again, 'step.open')).toBe(true);
    expect((await passesOf(bot, put)).slice(-2)).toEqual(['assessment:stopped/mistake', 'assessment']);
    const row = await bot.prisma.referral.findUniqueOrThrow({ where: { id: put.id } });
    expect(row).toMatchObject({ closedAt: null, closeReason: null });
  });

  it('cannot be undone while the citizen has a newer case', async () => {
    const put = await putCase(bot, 'assessment');
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.stop', { reason_stop: 'mistake' });
    const newer = await putCase(bot, 'attachment');
    await bot.prisma.referral.update({ where: { id: newer.id }, data: { citizenId: put.citizenId } });
    const refused = await pressButton(jonas, await moreCardOf(jonas, put), 'case.reopen');
    expect(said(refused)).toContain('Borgeren har et nyere forløb, som er åbent.');
  });

  it('is refused for a case that is not open, as opening is for one that is not closed', async () => {
    const put = await putCase(bot, 'assessment');
    const jonas = bot.as('jonas');
    expect(said(await jonas.press('case.reopen', await stampOf(put)))).toContain('Forløbet er ikke afsluttet.');
    await jonas.press('case.stop', await stampOf(put), { reason_stop: 'mistake' });
    for (const verb of ['case.stop', 'case.take-over', 'case.hand-over'])
      expect(said(await jonas.press(verb, await stampOf(put), { reason_stop: 'dead' }))).toContain(
        'Forløbet er allerede afsluttet.',
      );
  });
});

describe('changing hands', () => {
  it('lets a colleague of the unit take over, and tells the former caseworker', async () => {
    const put = await putCase(bot, 'assessment');
    const karla = bot.as('karla');
    const status = await pressButton(karla, await moreCardOf(karla, put), 'case.take-over');
    expect(hasButton(status, 'step.open')).toBe(true);
    expect(said(status)).toContain('Karla Munk');
    expect(await toldAbout(bot, put)).toEqual(['case.moved bo', 'case.moved jonas', 'case.moved mette']);
    expect(hasButton(await statusOf(bot.as('jonas'), put), 'step.open')).toBe(false);
    expect((await passesOf(bot, put)).at(-1)).toBe('assessment');
  });

  it('answers who takes over what is theirs already', async () => {
    const put = await putCase(bot, 'assessment');
    const jonas = bot.as('jonas');
    expect(hasButton(await moreCardOf(jonas, put), 'case.take-over')).toBe(false);
    expect(said(await jonas.press('case.take-over', await stampOf(put)))).toContain('Sagen er allerede din.');
  });

  it('is the attachment, when the case still waits for a caseworker', async () => {
    const put = await putCase(bot, 'attachment');
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.take-over');
    expect((await passesOf(bot, put)).slice(-2)).toEqual(['attachment:attached', 'stabilising']);
    const row = await bot.prisma.referral.findUniqueOrThrow({ where: { id: put.id } });
    expect(row.caseworkerId).toBe(bot.town.staffIds.jonas);
    expect(await toldAbout(bot, put)).toEqual(['case.turn bo', 'case.turn mette']);
  });

  it('hands a case to a colleague, whose turn it then is', async () => {
    const put = await putCase(bot, 'assessment');
    const jonas = bot.as('jonas');
    const card = await moreCardOf(jonas, put);
    expect(said(card)).toContain('Karla Munk');
    expect(said(card)).not.toContain('Svend Ravn');
    for (const colleague of ['', bot.town.staffIds.jonas, bot.town.staffIds.svend, 'nobody'])
      expect(said(await pressButton(jonas, card, 'case.hand-over', { colleague }))).toContain('Vælg en mulighed.');
    await pressButton(jonas, card, 'case.hand-over', { colleague: bot.town.staffIds.karla });
    expect(await toldAbout(bot, put)).toEqual(['case.moved bo', 'case.moved mette', 'case.turn karla']);
  });

  it('handed over before anybody was attached, is attached', async () => {
    const put = await putCase(bot, 'attachment');
    const leder = bot.as('leder');
    const card = await moreCardOf(leder, put);
    await pressButton(leder, card, 'case.hand-over', { colleague: bot.town.staffIds.karla });
    expect((await passesOf(bot, put)).slice(-2)).toEqual(['attachment:attached', 'stabilising']);
    expect(await toldAbout(bot, put)).toEqual(['case.moved karla', 'case.turn bo', 'case.turn mette']);
  });

  it('keeps the half-done form for the one who goes on', async () => {
    const put = await putCase(bot, 'clarification');
    const jonas = bot.as('jonas');
    await pressButton(jonas, await stepCardOf(jonas, put), 'step.save', { wishes: 'Tæt på søsteren' });
    const karla = bot.as('karla');
    await pressButton(karla, await moreCardOf(karla, put), 'case.take-over');
    expect(inputsOf(await stepCardOf(karla, put))).toMatchObject({ wishes: 'Tæt på søsteren' });
  });
});

describe('what a move says', () => {
  const told = async (put: { id: string }) => {
    const message = await bot.prisma.outboxMessage.findFirstOrThrow({
      where: { kind: 'case.moved', recipientId: bot.town.staffIds.bo, subject: { path: ['caseId'], equals: put.id } },
    });
    return said((await compose(bot.deps, { ...message, subject: message.subject as Record<string, string> }))?.reply);
  };

  it('is its reason, though somebody has saved or gone on before it is delivered', async () => {
    const put = await putCase(bot, 'nomination');
    const jonas = bot.as('jonas');
    const inputs = { step: 'clarification', reason_back: 'new_information' };
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.back', inputs);
    expect(await told(put)).toContain('Nye oplysninger');
    bot.setNow(Temporal.Instant.from('2026-11-18T11:05:00Z'));
    await pressButton(jonas, await stepCardOf(jonas, put), 'step.save', { wishes: 'Tæt på søsteren' });
    const { changedAt } = await bot.prisma.referral.findUniqueOrThrow({ where: { id: put.id } });
    expect(changedAt).toEqual(new Date('2026-11-18T11:05:00Z'));
    expect(await told(put)).toContain('Nye oplysninger');
    await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', goodAnswers['clarification']);
    expect(await told(put)).toContain('Nye oplysninger');
    bot.setNow(NOON);
  });

  it('is the caseworker when the case changed hands, though a step ended at that very moment', async () => {
    const put = await putCase(bot, 'clarification');
    const jonas = bot.as('jonas');
    await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', goodAnswers['clarification']);
    const karla = bot.as('karla');
    await pressButton(karla, await moreCardOf(karla, put), 'case.take-over');
    expect(await told(put)).toContain('Sagsbehandler: Karla Munk');
  });
});

describe('whom a move is told to', () => {
  it('the deputy of who is away is told too, and the absent one of what was done for them', async () => {
    await putAbsence(bot, 'karla', 'jonas');
    const put = await putCase(bot, 'assessment', { caseworker: 'karla' });
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.stop', { reason_stop: 'imprisoned' });
    expect(await toldAbout(bot, put)).toEqual(['case.moved bo', 'case.moved karla', 'case.moved mette']);
    const [stopped] = await bot.prisma.stepPass.findMany({ where: { id: put.passId } });
    expect(stopped).toMatchObject({ endedById: bot.town.staffIds.jonas, onBehalfOfId: bot.town.staffIds.karla });
    await bot.prisma.absence.updateMany({ data: { cancelledAt: new Date() } });
  });
});
