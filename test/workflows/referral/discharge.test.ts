/** A discharge by itself: the citizen leaves the shelter, whatever step the case stands at. */
import { compose } from '../../../bot/workflows/messages.ts';
import { startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  buttonOf,
  hasButton,
  inputsOf,
  type Json,
  moreCardOf,
  passesOf,
  pressButton,
  putAbsence,
  type PutCase,
  type PutOptions,
  putCase,
  read,
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
afterAll(() => bot.close());

const LEFT = { dischargedOn: '17.11.2026', manner: 'no_show', reason: 'stayed_away', to: 'unknown' };
const CONDITIONS = ['planMade', 'homeAssigned', 'supportDecided', 'canMoveIn', 'placeReady'] as const;

const MUNICIPALITY = { manner: 'municipality', ...Object.fromEntries(CONDITIONS.map((name) => [name, 'true'])) };

const cardFor = async (put: PutCase, person: PersonName = 'mette'): Promise<Json> =>
  pressButton(bot.as(person), await moreCardOf(bot.as(person), put), 'discharge.open');
const discharge = async (put: PutCase, inputs: Json, person: PersonName = 'mette'): Promise<Json> =>
  pressButton(bot.as(person), await cardFor(put, person), 'discharge.submit', inputs);
const stayOf = ({ id }: PutCase) => bot.prisma.stay.findFirstOrThrow({ where: { referralId: id } });

it('ends the stay with how, why and where to, and leaves the case where it stands', async () => {
  const put = await putCase(bot, 'assessment');
  await discharge(put, LEFT);
  expect(read(await statusOf(bot.as('jonas'), put))).toContain(
    '17. november 2026, Ukendt. Uden aftale eller udeblevet: Er ikke kommet tilbage',
  );
  expect(await stayOf(put)).toMatchObject({
    ...{ endedOn: new Date('2026-11-17'), dischargeManner: 'no_show', dischargeReason: 'stayed_away' },
    ...{ dischargedTo: 'unknown', dischargedById: bot.town.staffIds.mette },
  });
  expect((await passesOf(bot, put)).at(-1)).toBe('assessment');
});

it('gives a receipt with a note for the journal, with the conditions only where the municipality discharged', async () => {
  const alone = read(await discharge(await putCase(bot, 'assessment'), LEFT));
  expect(alone).toContain('Borgeren er udskrevet fra herberget');
  for (const line of [
    '18. november 2026: Udskrivning',
    'Udskrevet fra herberget den: 17. november 2026',
    'Måde: Uden aftale eller udeblevet',
    'Årsag: Er ikke kommet tilbage',
    'Udskrevet til: Ukendt',
    'Udført af: Mette Holm',
  ])
    expect(alone).toContain(line);
  expect(alone).not.toMatch(/handleplan|refusionen/);

  const knowing = await putCase(bot, 'nomination');
  expect(read(await discharge(knowing, { ...LEFT, planMade: 'true', refundKnown: 'true' }))).toContain(
    'Støtten er ikke afgjort inden udskrivningen: Jeg ved, at refusionen mistes: Ja',
  );
  const decided = read(await discharge(await putCase(bot, 'moved-in'), { ...LEFT, ...MUNICIPALITY }));
  expect(decided).toContain('1. Der er en handleplan eller en helhedsorienteret plan (§§ 141 og 142): Ja');
  expect(decided).toContain('5. Gælder det § 107 eller § 108, er pladsen klar: Ja');
});

it('is told to the caseworker and to those whose turn it is, as what it is', async () => {
  const put = await putCase(bot, 'offer');
  await discharge(put, { ...LEFT, to: 'street', refundKnown: 'true' });
  const officers = ['case.discharged ole', 'case.discharged sanne', 'case.discharged tove'];
  expect(await toldAbout(bot, put)).toEqual(['case.discharged jonas', ...officers]);
  const message = { kind: 'case.discharged', recipientId: bot.town.staffIds.jonas, placeId: null };
  const told = await compose(bot.deps, { ...message, subject: { caseId: put.id, mark: '' } });
  expect(said(told?.reply)).toContain('Borgeren er udskrevet fra herberget');
  expect(said(told?.reply)).toContain('17. november 2026, Gaden');
  expect(told?.seen).toMatchObject([{ citizenId: put.citizenId, operation: 'case.discharged' }]);
  // Back at a shelter before the message goes out: it is not true any more.
  await bot.prisma.stay.updateMany({ where: { referralId: put.id }, data: { endedOn: null } });
  expect(await compose(bot.deps, { ...message, subject: { caseId: put.id, mark: '' } })).toBeNull();
});

it('asks for all four facts at once, each at its field', async () => {
  const put = await putCase(bot, 'assessment');
  const again = await discharge(put, { dischargedOn: '', manner: '', reason: '', to: 'street' });
  expect(said(again).match(/Skal udfyldes\./g)).toHaveLength(3);
  expect(inputsOf(again)).toMatchObject({ to: 'street' });
  expect(said(await discharge(put, { ...LEFT, manner: 'fled', reason: 'whim' }))).toContain('Vælg en mulighed.');
  expect((await stayOf(put)).endedOn).toBeNull();
});

it.each([
  ['tomorrow', { dischargedOn: '19.11.2026' }, 'Datoen ligger i fremtiden.'],
  ['before the admission', { dischargedOn: '15.11.2026' }, 'Datoen ligger før indskrivningen.'],
  [
    'who died and went home',
    { manner: 'dead', reason: 'death', to: 'own_home' },
    'Er borgeren død, så vælg Ingen (død).',
  ],
  ['nowhere of somebody alive', { to: 'none' }, 'Er borgeren død, så vælg Ingen (død).'],
])('is refused %s', async (_what, wrong, problem) => {
  const put = await putCase(bot, 'assessment');
  const again = await discharge(put, { ...LEFT, ...wrong });
  expect(said(again)).toContain(problem);
  expect(inputsOf(again)).toMatchObject({ ...LEFT, ...wrong });
  expect((await stayOf(put)).endedOn).toBeNull();
});

it('by the municipality needs all five conditions, whichever is missing; other manners need none', async () => {
  const put = await putCase(bot, 'moved-in');
  for (const missing of CONDITIONS) {
    const again = said(await discharge(put, { ...LEFT, ...MUNICIPALITY, [missing]: 'false' }));
    expect(again).toContain('Kommunen kan kun udskrive, når alle fem betingelser er opfyldt');
    expect(again.match(/Ikke opfyldt endnu\./g)).toHaveLength(1);
  }
  expect((await stayOf(put)).endedOn).toBeNull();
  await discharge(put, { ...LEFT, ...MUNICIPALITY });
  expect(await stayOf(put)).toMatchObject({ dischargeManner: 'municipality' });
});

describe('by the municipality, where Hjemvej knows otherwise,', () => {
  const UNDECIDED = 'Der er ingen afgørelse om støtten i Hjemvej.';
  const NO_LEASE = 'Der er ingen underskrevet kontrakt i Hjemvej.';
  const put = async (step: StepId, options: PutOptions = {}) =>
    read(await discharge(await putCase(bot, step, options), { ...LEFT, ...MUNICIPALITY, refundKnown: 'true' }));

  it('is refused without a decision on the support, or without a lease', async () => {
    const early = await put('nomination');
    expect(early).toContain(UNDECIDED);
    expect(early).toContain(NO_LEASE);
    const leased = await put('support');
    expect(leased).toContain(UNDECIDED);
    expect(leased).not.toContain(NO_LEASE);
  });

  it('asks no lease of a place', async () => {
    const place = await put('place-ready', { place: true });
    expect(place).toContain(UNDECIDED);
    expect(place).not.toContain(NO_LEASE);
  });
});

describe('where the refund of the support hangs on the day', () => {
  const LOST = 'Støtten skal være afgjort før udskrivningen, ellers refunderer staten den ikke';

  it('asks that one knows it is lost while the support is not decided', async () => {
    const put = await putCase(bot, 'nomination');
    const again = await discharge(put, LEFT);
    expect(read(again)).toContain(LOST);
    expect((await stayOf(put)).endedOn).toBeNull();
    await pressButton(bot.as('mette'), again, 'discharge.submit', { ...LEFT, refundKnown: 'true' });
    expect((await stayOf(put)).endedOn).not.toBeNull();
  });

  it('asks it of a day before the decision, and not of the day itself', async () => {
    const put = await putCase(bot, 'moved-in'); // decided on the 17th
    expect(read(await discharge(put, { ...LEFT, dischargedOn: '16.11.2026' }))).toContain(LOST);
    await discharge(put, LEFT);
    expect((await stayOf(put)).endedOn).not.toBeNull();
  });

  it('counts support that has ended as not decided for the next home', async () => {
    const put = await putCase(bot, 'moved-in');
    await bot.prisma.referral.update({ where: { id: put.id }, data: { supportEndedOn: new Date('2026-11-17') } });
    expect(read(await discharge(put, LEFT))).toContain(LOST);
  });

  it('asks nothing of the dead, nor where the support is another', async () => {
    const dead = await putCase(bot, 'nomination');
    await discharge(dead, { ...LEFT, manner: 'dead', reason: 'death', to: 'none' });
    expect((await stayOf(dead)).endedOn).not.toBeNull();
    const other = await putCase(bot, 'nomination');
    await bot.prisma.referral.update({ where: { id: other.id }, data: { supportBasis: 'section_85' } });
    expect(Object.keys(inputsOf(await cardFor(other)))).not.toContain('refundKnown');
    await discharge(other, LEFT);
    expect((await stayOf(other)).endedOn).not.toBeNull();
  });
});

it('is offered to the shelter alone, and to whoever leads it', async () => {
  const put = await putCase(bot, 'assessment');
  for (const person of ['mette', 'bo', 'herbergsleder', 'chef'] as const)
    expect(hasButton(await moreCardOf(bot.as(person), put), 'discharge.open')).toBe(true);
  for (const person of ['jonas', 'leder', 'tove'] as const) {
    const who = bot.as(person);
    expect(hasButton(await moreCardOf(who, put), 'discharge.open')).toBe(false);
    expect(said(await who.press('discharge.open', { caseId: put.id }))).toContain('Det trin kan du ikke gøre.');
  }
});

it('by a deputy is told to the colleague for whom it was done', async () => {
  const absence = await putAbsence(bot, 'ida', 'mette');
  const put = await putCase(bot, 'assessment', { shelter: 'her' });
  await discharge(put, LEFT);
  expect(await toldAbout(bot, put)).toEqual(['case.discharged ida', 'case.discharged jonas']);
  await bot.prisma.absence.delete({ where: { id: absence } });
});

it('on a stale card keeps what was typed, and says who was there before', async () => {
  const put = await putCase(bot, 'assessment');
  const old = await cardFor(put);
  const jonas = bot.as('jonas');
  await pressButton(jonas, await stepCardOf(jonas, put), 'step.save', { home: 'done' });
  const fresh = await pressButton(bot.as('mette'), old, 'discharge.submit', LEFT);
  expect(said(fresh)).toContain('Jonas Lind har ændret sagen kl. 12.00');
  expect(inputsOf(fresh)).toMatchObject(LEFT);
  await pressButton(bot.as('mette'), fresh, 'discharge.submit', LEFT);
  expect((await stayOf(put)).endedOn).not.toBeNull();
});

it('is made once: the colleague who was slower sees what was recorded', async () => {
  const put = await putCase(bot, 'assessment');
  const old = await cardFor(put, 'bo');
  await discharge(put, LEFT);
  const slower = await pressButton(bot.as('bo'), old, 'discharge.submit', { ...LEFT, to: 'street' });
  expect(said(slower)).toContain('Mette Holm har ændret sagen kl. 12.00');
  expect(read(slower)).toContain('17. november 2026, Ukendt');
  expect(hasButton(slower, 'discharge.submit')).toBe(false);
  expect(await stayOf(put)).toMatchObject({ dischargedTo: 'unknown' });
  const again = await bot.as('bo').press('discharge.open', { caseId: put.id });
  expect(said(again)).toContain('Borgeren er allerede udskrevet.');
  expect(hasButton(again.card, 'discharge.submit')).toBe(false);
});

it('may come before moving in, which then asks for it no more', async () => {
  const put = await putCase(bot, 'moved-in');
  await discharge(put, {
    ...LEFT,
    dischargedOn: '16.11.2026',
    manner: 'agreed',
    reason: 'own_wish',
    to: 'family_friends',
    refundKnown: 'true',
  });
  const mette = bot.as('mette');
  const card = await stepCardOf(mette, put);
  expect(Object.keys(inputsOf(card))).toEqual(expect.arrayContaining(['movedInOn']));
  expect(
    said(await pressButton(mette, card, 'step.complete', { movedInOn: '18.11.2026' }, { outcome: 'moved_in' })),
  ).toContain('Flyttet ind og udskrevet');
  expect(await stayOf(put)).toMatchObject({ endedOn: new Date('2026-11-16'), dischargedTo: 'family_friends' });
  expect(read(await statusOf(mette, put))).toContain('16. november 2026, Familie eller venner');
});

describe('recorded wrongly', () => {
  const RIGHT = { dischargedOn: '18.11.2026', manner: 'agreed', reason: 'own_wish', to: 'family_friends' };
  const discharged = async (step: StepId = 'assessment', options: PutOptions = {}) => {
    const put = await putCase(bot, step, options);
    await discharge(put, LEFT);
    return put;
  };
  const composed = async ({ id }: PutCase, kind: string) =>
    compose(bot.deps, { kind, recipientId: bot.town.staffIds.jonas, placeId: null, subject: { caseId: id, mark: '' } });
  const logged = async ({ id }: PutCase, operation: string) =>
    bot.prisma.accessLog.count({ where: { referralId: id, action: 'change', operation } });
  const readmit = async ({ id, citizenId }: PutCase, ofCase = id) =>
    bot.prisma.stay.create({
      data: {
        ...{ citizenId, referralId: ofCase, shelterId: bot.town.unitIds.boc, referredFrom: 'self' },
        decidedOn: new Date('2026-11-18'),
      },
    });

  it('is corrected on the same card, which shows what was recorded, and the caseworker is told', async () => {
    const put = await discharged();
    expect(said(await moreCardOf(bot.as('mette'), put))).toContain('Ret udskrivningen');
    const card = await cardFor(put);
    expect(inputsOf(card)).toMatchObject({ ...LEFT, dischargedOn: '2026-11-17' });
    const receipt = read(await pressButton(bot.as('mette'), card, 'discharge.correct', RIGHT));
    expect(receipt).toContain('Udskrivningen er rettet');
    expect(receipt).toContain('18. november 2026: Rettet udskrivning');
    expect(receipt).toContain('Udskrevet til: Familie eller venner');
    expect(await stayOf(put)).toMatchObject({
      ...{ endedOn: new Date('2026-11-18'), dischargeManner: 'agreed', dischargeReason: 'own_wish' },
      dischargedTo: 'family_friends',
    });
    expect(await toldAbout(bot, put)).toEqual(['case.discharge-corrected jonas', 'case.discharged jonas']);
    const told = read((await composed(put, 'case.discharge-corrected'))?.reply);
    expect(told).toContain('Udskrivningen er rettet');
    expect(told).toContain('18. november 2026, Familie eller venner');
    expect(await logged(put, 'referral.correct-discharge')).toBe(1);
  });

  it('is checked as a discharge is, with what was typed kept', async () => {
    const put = await discharged();
    const again = await pressButton(bot.as('mette'), await cardFor(put), 'discharge.correct', {
      ...RIGHT,
      dischargedOn: '15.11.2026',
      to: '',
    });
    expect(said(again)).toContain('Datoen ligger før indskrivningen.');
    expect(said(again)).toContain('Skal udfyldes.');
    expect(inputsOf(again)).toMatchObject({ manner: 'agreed', reason: 'own_wish', to: '' });
    expect(await stayOf(put)).toMatchObject({ dischargedTo: 'unknown' });
  });

  it('shows the five conditions as they were ticked when the municipality discharged', async () => {
    const put = await putCase(bot, 'moved-in');
    await discharge(put, { ...LEFT, ...MUNICIPALITY });
    expect(inputsOf(await cardFor(put))).toMatchObject(MUNICIPALITY);
  });

  it('is taken back: the stay lasts again, and the caseworker is told', async () => {
    const put = await discharged();
    const receipt = read(await pressButton(bot.as('mette'), await cardFor(put), 'discharge.undo'));
    expect(receipt).toContain('Udskrivningen er fortrudt');
    expect(receipt).toContain('18. november 2026: Fortrudt udskrivning');
    expect(receipt).toContain('Udskrevet fra herberget den: 17. november 2026');
    expect(await stayOf(put)).toMatchObject({
      ...{ endedOn: null, dischargeManner: null, dischargeReason: null, dischargedTo: null, dischargedById: null },
    });
    expect(await toldAbout(bot, put)).toEqual(['case.discharge-undone jonas', 'case.discharged jonas']);
    expect(read((await composed(put, 'case.discharge-undone'))?.reply)).toContain('Udskrivningen er fortrudt');
    expect(await composed(put, 'case.discharge-corrected')).toBeNull();
    expect(await logged(put, 'referral.undo-discharge')).toBe(1);
    // And may be made anew, after which the message is no longer true.
    await discharge(put, RIGHT);
    expect(await stayOf(put)).toMatchObject({ dischargedTo: 'family_friends' });
    expect(await composed(put, 'case.discharge-undone')).toBeNull();
  });

  it('stands once the citizen has been admitted anew, in this case or another', async () => {
    const same = await discharged();
    const card = await cardFor(same);
    await readmit(same);
    for (const verb of ['discharge.correct', 'discharge.undo'])
      expect(said(await pressButton(bot.as('mette'), card, verb, RIGHT))).toContain('Borgeren er ikke udskrevet.');

    const earlier = await discharged();
    const old = await cardFor(earlier);
    await bot.prisma.referral.update({ where: { id: earlier.id }, data: { closedAt: new Date() } });
    const other = await putCase(bot, 'assessment');
    await readmit(earlier, other.id);
    for (const verb of ['discharge.correct', 'discharge.undo'])
      expect(said(await pressButton(bot.as('mette'), old, verb, RIGHT))).toContain('Borgeren er indskrevet igen');
    expect(hasButton(await statusOf(bot.as('mette'), earlier), 'case.more')).toBe(false);
    expect(await bot.prisma.stay.findFirstOrThrow({ where: { referralId: earlier.id } })).toMatchObject({
      dischargedTo: 'unknown',
    });
  });

  it('with the moving in is corrected, and taken back only when the case stands there again', async () => {
    const put = await putCase(bot, 'kept-home');
    const card = await cardFor(put);
    expect(hasButton(card, 'discharge.undo')).toBe(false);
    const stamp = buttonOf(card, 'discharge.correct');
    expect(said(await bot.as('mette').press('discharge.undo', stamp))).toContain('Borgeren er flyttet ind');
    await pressButton(bot.as('mette'), await cardFor(put), 'discharge.correct', { ...RIGHT, to: 'own_home' });
    expect(await stayOf(put)).toMatchObject({ endedOn: new Date('2026-11-18'), dischargedTo: 'own_home' });

    const jonas = bot.as('jonas');
    const back = { step: 'moved-in', reason_back: 'mistake' };
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.back', back);
    await pressButton(bot.as('mette'), await cardFor(put), 'discharge.undo');
    expect(await stayOf(put)).toMatchObject({ endedOn: null });
  });

  it('on a stale card keeps the correction', async () => {
    const put = await discharged();
    const card = await cardFor(put);
    const jonas = bot.as('jonas');
    await pressButton(jonas, await stepCardOf(jonas, put), 'step.save', { home: 'done' });
    const fresh = await pressButton(bot.as('mette'), card, 'discharge.correct', RIGHT);
    expect(said(fresh)).toContain('Jonas Lind har ændret sagen kl. 12.00');
    expect(inputsOf(fresh)).toMatchObject(RIGHT);
    await pressButton(bot.as('mette'), fresh, 'discharge.correct', RIGHT);
    expect(await stayOf(put)).toMatchObject({ dischargedTo: 'family_friends' });
  });
});
