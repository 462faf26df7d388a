/** The plan asks BIF by itself: once, the most urgent first, no more than BIF can take in, and both sides hear of it. */
import { defaultRules } from '../../../bot/domain/rules.ts';
import { Temporal } from '../../../bot/domain/time.ts';
import type { Deps } from '../../../bot/workflows/deps.ts';
import { askByPlan } from '../../../bot/workflows/capacity/plan.ts';
import type { TestBot } from '../../fakes/bot.ts';
import { inputsOf, putCase, type PutCase, read } from '../../fakes/case-driver.ts';
import { type CheckInDesk, startCheckInDesk, wholeAnswer } from '../../fakes/check-in.ts';

let desk: CheckInDesk;
let bot: TestBot;
/** Lived in since 1 March 2023: the subsidy falls on 1 March 2027. */
let home: PutCase;
beforeAll(async () => {
  desk = await startCheckInDesk();
  ({ bot, home } = desk);
});
beforeEach(() => desk.clear());
afterAll(() => bot.close());

const asked = () =>
  bot.prisma.capacityCheckIn.findMany({
    orderBy: { askedAt: 'asc' },
    select: { referralId: true, occasion: true, askedById: true },
  });
const atMost = (plannedPerDay: number): Deps => ({
  ...bot.deps,
  rules: { ...defaultRules, capacity: { ...defaultRules.capacity, plannedPerDay } },
});
const on = (iso: string) => bot.setNow(Temporal.Instant.from(`${iso}T09:00:00Z`));
/** Another case for one test. */
async function also(step: Parameters<typeof putCase>[1], of: Parameters<typeof putCase>[2]) {
  const put = await putCase(bot, step, of);
  return {
    ...put,
    close: () => bot.prisma.referral.update({ where: { id: put.id }, data: { closedAt: new Date('2026-11-18') } }),
  };
}

it('asks a year before the subsidy falls, and tells both sides', async () => {
  expect(await askByPlan(bot.deps)).toBe(1);
  expect(await asked()).toEqual([{ referralId: home.id, occasion: 'before_step_down', askedById: null }]);
  expect(await desk.told('capacity.asked')).toEqual(['bifleder']);
  expect(await desk.told('capacity.planned')).toEqual(['jonas', 'stine']);
  const card = read((await bot.delivered('jonas')).at(-1));
  for (const said of ['BIF er spurgt om betalingsevnen efter planen', 'Hjemvej, efter planen', 'Før tilskuddet falder'])
    expect(card).toContain(said);
  const rows = await bot.prisma.accessLog.findMany({ where: { operation: 'capacity.plan' } });
  expect(rows).toMatchObject([{ staffId: null, referralId: home.id, citizenId: home.citizenId }]);
});

it('asks once, on however many replicas and days, and again when the next mark has come', async () => {
  await Promise.all([askByPlan(bot.deps), askByPlan(bot.deps), askByPlan(bot.deps)]);
  expect(await asked()).toHaveLength(1);
  await desk.press('bifleder', await desk.openMine('bifleder'), 'capacity.allocate', {
    colleague: bot.town.staffIds.bif,
  });
  await desk.press('bif', await desk.openMine('bif'), 'capacity.answer', wholeAnswer);
  for (const day of ['2026-11-19', '2026-12-28', '2027-02-26']) {
    on(day);
    expect(await askByPlan(bot.deps)).toBe(0);
  }
  on('2027-03-01');
  expect(await askByPlan(bot.deps)).toBe(1);
  expect((await asked()).map(({ occasion }) => occasion)).toEqual(['before_step_down', 'before_step_down']);
});

it('asks before the nomination, and nothing of a case that is closed', async () => {
  const clarified = await also('clarification', { name: 'Ida Testesen' });
  const closed = await also('clarification', { name: 'Bo Testesen' });
  await closed.close();
  expect(await askByPlan(bot.deps)).toBe(2);
  const occasions = Object.fromEntries((await asked()).map(({ referralId, occasion }) => [referralId, occasion]));
  expect(occasions).toEqual({ [clarified.id]: 'before_nomination', [home.id]: 'before_step_down' });
  await clarified.close();
});

it('asks no more on a day than was agreed, the most urgent first, also on several replicas', async () => {
  const put = [
    await also('clarification', { name: 'Ida Testesen' }),
    await also('clarification', { name: 'Bo Testesen' }),
  ];
  const replicas = await Promise.all([askByPlan(atMost(2)), askByPlan(atMost(2))]);
  expect(replicas.reduce((sum, count) => sum + count, 0)).toBe(2);
  expect((await asked()).map(({ occasion }) => occasion)).toEqual(['before_nomination', 'before_nomination']);
  expect(await askByPlan(atMost(2))).toBe(0);
  expect(await askByPlan(atMost(0))).toBe(0);
  on('2026-11-19');
  expect(await askByPlan(atMost(2))).toBe(1);
  for (const { close } of put) await close();
});

it('asks nothing where nobody in BIF could answer', async () => {
  await bot.prisma.staff.update({ where: { id: bot.town.staffIds.bif }, data: { active: false } });
  expect(await askByPlan(bot.deps)).toBe(0);
  await bot.prisma.staff.update({ where: { id: bot.town.staffIds.bif }, data: { active: true } });
});

it('tells those who lead the authority where nobody has the citizen', async () => {
  await bot.prisma.staff.updateMany({
    where: { id: { in: [bot.town.staffIds.jonas, bot.town.staffIds.stine] } },
    data: { active: false },
  });
  await askByPlan(bot.deps);
  expect(await desk.told('capacity.planned')).toEqual(['leder']);
  await bot.prisma.staff.updateMany({
    where: { id: { in: [bot.town.staffIds.jonas, bot.town.staffIds.stine] } },
    data: { active: true },
  });
});

describe('what a case says that the citizen can pay', () => {
  const payable = async () => (await bot.prisma.referral.findUniqueOrThrow({ where: { id: home.id } })).payableOere;

  it('is not what the correction of an older answer says', async () => {
    const first = await desk.press('bif', await desk.atBent(), 'capacity.answer', wholeAnswer);
    on('2026-11-19');
    await desk.ask();
    await desk.press('bif', await desk.openMine('bif'), 'capacity.answer', { ...wholeAnswer, capacity: '3.200' });
    expect(await payable()).toBe(3_200_00);
    const corrected = await desk.press('bif', first, 'capacity.answer', { ...wholeAnswer, capacity: '1.000' });
    expect(inputsOf(corrected)).toMatchObject({ capacity: '1000' });
    expect(await payable()).toBe(3_200_00);
  });
});
