/** Every look at a case and every change of one leaves its row: who, what, why, about whom, for whom. */
import { startTestBot, type TestBot } from '../fakes/bot.ts';
import {
  buttonOf,
  goodAnswers,
  type Json,
  moreCardOf,
  pressButton,
  putAbsence,
  putCase,
  type PutCase,
  said,
  statusOf,
  stepCardOf,
} from '../fakes/case-driver.ts';
import { cardOf } from '../fakes/client.ts';
import type { PersonName } from '../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot({ deliver: true });
});
afterAll(() => bot.close());

/** What the log gained meanwhile, as `person action operation (purpose)`. */
async function loggedBy(put: PutCase, run: () => Promise<unknown>): Promise<string[]> {
  const last = (await bot.prisma.accessLog.aggregate({ _max: { id: true } }))._max.id ?? 0n;
  await run();
  const names = Object.fromEntries(Object.entries(bot.town.staffIds).map(([name, id]) => [id, name]));
  const rows = await bot.prisma.accessLog.findMany({
    where: { id: { gt: last }, purpose: { not: 'notification' } },
    orderBy: { id: 'asc' },
  });
  for (const { citizenId, referralId } of rows.filter(({ action }) => action !== 'search'))
    expect({ citizenId, referralId }).toEqual({ citizenId: put.citizenId, referralId: put.id });
  return rows.map(
    ({ staffId, onBehalfOfId, action, operation, purpose }) =>
      `${names[staffId ?? '']}${onBehalfOfId ? ` for ${names[onBehalfOfId]}` : ''} ${action} ${operation} (${purpose})`,
  );
}
const press = async (person: PersonName, card: Json, verb: string, inputs: Json = {}) =>
  bot.as(person).press(verb, buttonOf(card, verb), inputs);

it('looking at a case', async () => {
  const put = await putCase(bot, 'stabilising', { name: 'Logge Person' });
  const mette = bot.as('mette');
  expect(await loggedBy(put, () => mette.say(`sag ${put.number}`))).toEqual(['mette read referral.see (casework)']);
  const card = await statusOf(mette, put);
  expect(await loggedBy(put, () => press('mette', card, 'step.open'))).toEqual([
    'mette read referral.see-step (casework)',
  ]);
  expect(await loggedBy(put, () => press('mette', card, 'case.notes'))).toEqual([
    'mette read referral.note (casework)',
  ]);
  expect(await loggedBy(put, () => bot.as('leder').press('case.more', { caseId: put.id }))).toEqual([
    'leder read referral.see (casework)',
  ]);
  expect(await loggedBy(put, () => bot.as('leder').press('case.open', { caseId: put.id }))).toEqual([
    'leder read referral.see (casework)',
  ]);
  expect(await loggedBy(put, () => mette.say('søg Logge'))).toEqual([
    'mette search search.name (casework)',
    'mette read search.name (casework)',
  ]);
  expect(await loggedBy(put, () => mette.say('mine opgaver'))).toEqual(['mette read tasks.list (casework)']);
});

it('what was refused or not found is no look, but a search is one even in vain', async () => {
  const put = await putCase(bot, 'stabilising', { name: 'Ukendt Forida' });
  expect(await loggedBy(put, () => bot.as('ida').say(`sag ${put.number}`))).toEqual([]);
  expect(await loggedBy(put, () => bot.as('ida').press('case.open', { caseId: put.id }))).toEqual([]);
  expect(await loggedBy(put, () => bot.inChannel('mette').say(`sag ${put.number}`))).toEqual([]);
  expect(await loggedBy(put, () => bot.as('ida').say('søg Forida'))).toEqual(['ida search search.name (casework)']);
});

it('a message is a look at the moment it is delivered', async () => {
  const put = await putCase(bot, 'stabilising');
  const mette = bot.as('mette');
  await pressButton(mette, await stepCardOf(mette, put), 'step.complete', goodAnswers['stabilising']);
  await bot.delivered('jonas');
  const rows = await bot.prisma.accessLog.findMany({ where: { referralId: put.id, purpose: 'notification' } });
  expect(rows).toMatchObject([
    { staffId: bot.town.staffIds.jonas, action: 'read', operation: 'case.turn', citizenId: put.citizenId },
  ]);
});

it('every change, once, and with it nothing when it is refused', async () => {
  const changes: readonly (readonly [string, Parameters<typeof putCase>[1], PersonName, string, Json])[] = [
    ['referral.complete-step', 'stabilising', 'mette', 'step.complete', goodAnswers['stabilising'] as Json],
    ['referral.save-step', 'stabilising', 'mette', 'step.save', { mitId: 'in_place' }],
    ['referral.go-back', 'clarification', 'jonas', 'case.back', { step: 'assessment', reason_back: 'mistake' }],
    ['referral.stop', 'clarification', 'jonas', 'case.stop', { reason_stop: 'dead' }],
    ['referral.take-over', 'clarification', 'karla', 'case.take-over', {}],
    ['referral.hand-over', 'clarification', 'jonas', 'case.hand-over', { colleague: bot.town.staffIds.karla }],
    ['referral.tell-municipality', 'clarification', 'mette', 'case.tell-municipality', {}],
  ];
  for (const [operation, step, person, verb, inputs] of changes) {
    const put = await putCase(bot, step, { municipalityTold: verb !== 'case.tell-municipality' });
    const card = verb.startsWith('step')
      ? await stepCardOf(bot.as(person), put)
      : verb === 'case.tell-municipality'
        ? await statusOf(bot.as(person), put)
        : await moreCardOf(bot.as(person), put);
    expect(await loggedBy(put, () => press(person, card, verb, inputs))).toEqual([
      `${person} change ${operation} (casework)`,
    ]);
    // A second press, now of an old card, changes nothing more.
    const again = await loggedBy(put, () => press(person, card, verb, inputs));
    expect(again.filter((row) => row.includes(' change '))).toEqual([]);
  }
  const put = await putCase(bot, 'clarification');
  const card = await stepCardOf(bot.as('jonas'), put);
  const wrong = { ...goodAnswers['clarification'], payable: '' };
  expect(await loggedBy(put, () => press('jonas', card, 'step.complete', wrong))).toEqual([
    'jonas read referral.see-step (casework)',
  ]);
});

it('opening again, and telling the citizen', async () => {
  const put = await putCase(bot, 'decision');
  const sanne = bot.as('sanne');
  await pressButton(
    sanne,
    await stepCardOf(sanne, put),
    'step.complete',
    { reason_closed: 'can_solve_alone' },
    { outcome: 'closed' },
  );
  const status = await statusOf(bot.as('jonas'), put);
  expect(await loggedBy(put, () => press('jonas', status, 'case.tell-citizen'))).toEqual([
    'jonas change referral.tell-citizen (casework)',
  ]);
  const more = await moreCardOf(bot.as('jonas'), put);
  expect(await loggedBy(put, () => press('jonas', more, 'case.reopen'))).toEqual([
    'jonas change referral.reopen (casework)',
  ]);
});

it('an admission adds, a readmission changes', async () => {
  const admit = async (person: PersonName, shelter: string) => {
    const form = cardOf((await bot.as(person).say('indskriv'))[0]);
    const inputs = { shelter, name: 'Ind Skrevet', cpr: '080890-1234', decidedOn: '2026-11-17', referredFrom: 'self' };
    return pressButton(bot.as(person), form, 'admission.submit', inputs);
  };
  await admit('mette', 'boc');
  await admit('ida', 'her');
  const { id, citizenId } = await bot.prisma.referral.findFirstOrThrow({ where: { citizen: { name: 'Ind Skrevet' } } });
  const rows = await bot.prisma.accessLog.findMany({
    where: { referralId: id, operation: 'referral.admit' },
    orderBy: { id: 'asc' },
  });
  expect(rows).toMatchObject([
    { staffId: bot.town.staffIds.mette, action: 'add', purpose: 'admission', citizenId },
    { staffId: bot.town.staffIds.ida, action: 'change', purpose: 'admission', citizenId },
  ]);
});

it('whom a deputy acted for', async () => {
  const put = await putCase(bot, 'assessment', { caseworker: 'karla' });
  const id = await putAbsence(bot, 'karla', 'jonas');
  const card = await stepCardOf(bot.as('jonas'), put);
  expect(await loggedBy(put, () => press('jonas', card, 'step.save', { home: 'done' }))).toEqual([
    'jonas for karla change referral.save-step (casework)',
  ]);
  const more = await moreCardOf(bot.as('jonas'), put);
  expect(await loggedBy(put, () => press('jonas', more, 'case.stop', { reason_stop: 'dead' }))).toEqual([
    'jonas for karla change referral.stop (casework)',
  ]);
  await bot.prisma.absence.delete({ where: { id } });
});

it('an open case in the own chat is a look of the one who asked in the channel', async () => {
  const put = await putCase(bot, 'stabilising');
  const channel = bot.inChannel('bo');
  const card = cardOf((await channel.say(`sag ${put.number}`))[0]);
  await channel.press('case.open-mine', buttonOf(card, 'case.open-mine'));
  expect(said(await bot.delivered('bo'))).toContain(`Sag ${put.number}`);
  const rows = await bot.prisma.accessLog.findMany({ where: { referralId: put.id } });
  expect(rows).toMatchObject([
    { staffId: bot.town.staffIds.bo, action: 'read', operation: 'case.open', purpose: 'notification' },
  ]);
});
