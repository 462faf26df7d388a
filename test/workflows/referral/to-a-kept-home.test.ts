/** A whole case by the people whose steps they are: from the decision through offer and lease to a home that is followed up. */
import { Temporal } from '../../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  doStep,
  moreCardOf,
  passesOf,
  pressButton,
  type PutCase,
  putCase,
  read,
  said,
  statusOf,
  stepCardOf,
} from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { putDwelling } from '../../fakes/stock.ts';

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
const dutiesOf = async ({ id }: PutCase) =>
  (await bot.prisma.leaseDuty.findMany({ where: { lease: { referralId: id } }, orderBy: { dueOn: 'asc' } })).map(
    ({ kind, dueOn: due, settledOn }) => `${kind} ${due.toISOString().slice(0, 10)}${settledOn ? ' settled' : ''}`,
  );
const leaseOf = ({ id }: PutCase) =>
  bot.prisma.lease.findFirstOrThrow({
    where: { referralId: id },
    orderBy: { createdAt: 'desc' },
    include: { grant: true },
  });
/** What the offer's dwelling and the lease have in the story. */
const SIGNED = {
  startsOn: '18.11.2026',
  signedOn: '18.11.2026',
  rent: '4.900',
  depositLoan: 'to_do',
  housingBenefit: 'to_do',
};

it('goes from the decision to a home that is followed up', async () => {
  const put = await putCase(bot, 'decision', { name: 'Vera Vejviser' });
  await doStep(bot, 'sanne', put, 'approved');
  const dwelling = await putDwelling(bot, { address: 'Hjemvej 1', rent: 490_000 });
  await doStep(bot, 'sanne', put, 'offered', { dwelling });
  // The rate of 2023, 16.965 kr. a year, is the last that is known: 16.965 / 12 = 1.413,75 a month; 4.900 − 1.413,75.
  const offered = read(await stepCardOf(bot.as('jonas'), put));
  expect(offered).toContain('Hjemvej 1');
  expect(offered).toContain('3.486,25 kr. (4.900 kr. minus tilskud 1.413,75 kr., skøn efter satsen for 2023)');
  await doStep(bot, 'jonas', put, 'accepted');

  // Year 5 has 80 %: 4.900 − 1.131 = 3.769; then 60 %: 848,25; 40 %: 565,50; 20 %: 282,75; from year 9 nothing.
  const stair = read(await stepCardOf(bot.as('sanne'), put));
  for (const [years, net] of [
    ['Netto år 1-4', '3.486,25 kr.'],
    ['Netto år 5', '3.769 kr.'],
    ['Netto år 6', '4.051,75 kr.'],
    ['Netto år 7', '4.334,50 kr.'],
    ['Netto år 8', '4.617,25 kr.'],
    ['Netto fra år 9', '4.900 kr.'],
  ])
    expect(stair).toContain(`{"title":"${years}","value":"${net}"}`);
  await doStep(bot, 'sanne', put, 'signed', SIGNED);
  const lease = await leaseOf(put);
  expect(lease.grant).toMatchObject({
    ...{ scheme: 'state_subsidy', anchorOn: new Date('2026-11-18'), basisYear: 2023, monthlyOere: null, endedOn: null },
    shares: [1_000_000, 1_000_000, 1_000_000, 1_000_000, 800_000, 600_000, 400_000, 200_000, 0],
  });
  // 18 November and four weeks.
  expect(await dutiesOf(put)).toEqual(['housing_benefit 2026-12-16', 'deposit_loan 2026-12-16']);

  await doStep(bot, 'jonas', put, 'decided', { decidedOn: '18.11.2026' });
  on('2026-11-20');
  await doStep(bot, 'mette', put, 'moved_in', { movedInOn: '20.11.2026', dischargedOn: '20.11.2026' });
  // Both days move with moving in: 20 November and four weeks.
  expect(await dutiesOf(put)).toEqual(['housing_benefit 2026-12-18', 'deposit_loan 2026-12-18']);
  expect(await dueOn(put)).toBe('2026-12-20');
  const status = read(await statusOf(bot.as('stine'), put));
  for (const line of [
    ...[
      'Hjemvej 1',
      '20. november 2026, Egen bolig',
      'Boligstøtte skal søges hos Udbetaling Danmark. Frist 18. december 2026.',
    ],
    // Four years after 18 November 2026 a fifth of 1.413,75 falls away.
    ...['18. november 2030: 282,75 kr. mere at betale (skøn)', 'fase 1 af 3, til 19. februar 2027'],
  ])
    expect(status).toContain(line);
  expect((await passesOf(bot, put)).slice(6)).toEqual([
    ...['decision:approved', 'offer:offered', 'answer:accepted', 'lease:signed', 'support:decided'],
    ...['moved-in:moved_in', 'kept-home'],
  ]);
});

it('counts an anchor of 1 March 2023 down from 1 March 2027, each step a fifth of what is paid', async () => {
  const put = await putCase(bot, 'kept-home', { leaseFrom: '2023-03-01' });
  const shown = async (day: string) => {
    on(day);
    return read(await statusOf(bot.as('stine'), put));
  };
  // In 2023 the rate is that year's own: no estimate. 4.900 − 1.413,75 = 3.486,25.
  expect(await shown('2023-06-15')).toContain('3.486,25 kr. (4.900 kr. minus tilskud 1.413,75 kr.)');
  expect(await shown('2023-06-15')).toContain('1. marts 2027: 282,75 kr. mere at betale (skøn)');
  const estimated = ', skøn efter satsen for 2023)';
  for (const [day, net, subsidy] of [
    ['2027-02-28', '3.486,25', '1.413,75'],
    ['2027-03-01', '3.769', '1.131'],
    ['2028-03-01', '4.051,75', '848,25'],
    ['2029-03-01', '4.334,50', '565,50'],
    ['2031-02-28', '4.617,25', '282,75'],
  ] as const)
    expect(await shown(day)).toContain(`${net} kr. (4.900 kr. minus tilskud ${subsidy} kr.${estimated}`);
  expect(await shown('2031-03-01')).toContain('"value":"4.900 kr."');
});

describe('the lease', () => {
  it('gone through once more corrects the first, and settles what has been applied for', async () => {
    const put = await putCase(bot, 'support');
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.back', { step: 'lease', reason_back: 'mistake' });
    await doStep(bot, 'sanne', put, 'signed', { startsOn: '18.11.2026', rent: '5.100', housingBenefit: 'applied' });
    expect(await bot.prisma.lease.count({ where: { referralId: put.id } })).toBe(1);
    expect((await leaseOf(put)).grant).toMatchObject({ anchorOn: new Date('2026-11-18') });
    expect(await dutiesOf(put)).toEqual(['housing_benefit 2026-12-15 settled']);
    // 5.100 − 1.413,75
    expect(read(await statusOf(jonas, put))).toContain('3.686,25 kr.');
  });

  it('keeps the terms that held when it was made', async () => {
    const put = await putCase(bot, 'lease', { name: 'Tove Tilsagn' });
    const before = bot.deps.rules;
    const subsidy = { ...before.subsidy, anchor: 'next_year', rounding: 'krone' } as const;
    Object.assign(bot.deps, { rules: { ...before, subsidy } });
    await doStep(bot, 'sanne', put, 'signed', SIGNED);
    Object.assign(bot.deps, { rules: before });
    expect((await leaseOf(put)).grant).toMatchObject({
      ...{ startsOn: new Date('2026-11-18'), anchorOn: new Date('2027-01-01'), rounding: 'krone', partMonth: 'days' },
    });
    // Paid from the first day, and in full for four years from the new year on.
    const [answer] = await bot.as('jonas').say(`nedtrapning ${put.number}`);
    expect(read(cardOf(answer))).toMatch(/Statsligt huslejetilskud fra 18\. november 2026.*1\.1\.2031.*80 %/);
  });

  it('of a home with a permanent subsidy asks for its amount, which lasts', async () => {
    const put = await putCase(bot, 'lease', { dwelling: { scheme: 'permanent_subsidy', rent: 620_000 } });
    expect(said(await doStep(bot, 'sanne', put, 'signed', { monthlySubsidy: '' }))).toContain(
      'Skriv tilskuddet pr. måned.',
    );
    expect(said(await doStep(bot, 'sanne', put, 'signed', { rent: '6.200', monthlySubsidy: '6.300' }))).toContain(
      'Tilskuddet er højere end huslejen.',
    );
    await doStep(bot, 'sanne', put, 'signed', { rent: '6.200', monthlySubsidy: '1.200' });
    expect((await leaseOf(put)).grant).toMatchObject({ scheme: 'permanent_subsidy', monthlyOere: 120_000, shares: [] });
    expect(read(await statusOf(bot.as('jonas'), put))).toContain('5.000 kr. (6.200 kr. minus tilskud 1.200 kr.)');
  });

  it('that fell through frees the home and asks for another', async () => {
    const put = await putCase(bot, 'lease');
    await doStep(bot, 'sanne', put, 'fell_through', { reason_fell_through: 'deposit_missing' });
    expect(await bot.prisma.offer.findFirst({ where: { referralId: put.id } })).toMatchObject({
      state: 'fell_through',
      reason: 'deposit_missing',
    });
    expect(await bot.prisma.lease.count({ where: { referralId: put.id } })).toBe(0);
  });
});
