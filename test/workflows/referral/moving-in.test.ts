/** Moving in and the discharge that goes with it: the conditions, the order of the days, and the days that the state refunds. */
import { Temporal } from '../../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import { doStep, passesOf, putCase, read, said, statusOf } from '../../fakes/case-driver.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(() => bot.setNow(NOON));
afterAll(() => bot.close());

const on = (day: string) => bot.setNow(Temporal.Instant.from(`${day}T08:00:00Z`));

describe('moving in', () => {
  const CONDITIONS = ['planMade', 'homeAssigned', 'supportDecided', 'canMoveIn', 'placeReady'] as const;

  it('with a discharge by the municipality needs each of the five conditions', async () => {
    const put = await putCase(bot, 'moved-in');
    const all = Object.fromEntries(CONDITIONS.map((name) => [name, 'true']));
    for (const missing of CONDITIONS) {
      const again = said(
        await doStep(bot, 'mette', put, 'moved_in', { manner: 'municipality', ...all, [missing]: 'false' }),
      );
      expect(again).toContain('Kommunen kan kun udskrive, når alle fem betingelser er opfyldt');
      expect(again.match(/Ikke opfyldt endnu\./g)).toHaveLength(1);
    }
    expect((await passesOf(bot, put)).at(-1)).toBe('moved-in');
    await doStep(bot, 'mette', put, 'moved_in', { manner: 'municipality', ...all });
    expect((await passesOf(bot, put)).at(-1)).toBe('kept-home');
  });

  it('with a discharge by the municipality asks for a decision on the support that Hjemvej knows', async () => {
    const put = await putCase(bot, 'moved-in');
    await bot.prisma.referral.update({ where: { id: put.id }, data: { supportDecidedOn: null } });
    const all = Object.fromEntries(CONDITIONS.map((name) => [name, 'true']));
    expect(
      read(await doStep(bot, 'mette', put, 'moved_in', { manner: 'municipality', ...all, refundKnown: 'true' })),
    ).toContain('Der er ingen afgørelse om støtten i Hjemvej.');
  });

  it('comes before the discharge, and the decision on support before both', async () => {
    const put = await putCase(bot, 'moved-in');
    expect(read(await doStep(bot, 'mette', put, 'moved_in', { dischargedOn: '17.11.2026' }))).toContain(
      'Borgeren kan først udskrives, når boligen er klar at flytte ind i.',
    );
    // Decided on the 18th, discharged on the 17th: half of § 85 a support is lost, unless one knows.
    await bot.prisma.referral.update({ where: { id: put.id }, data: { supportDecidedOn: new Date('2026-11-18') } });
    const moved = { movedInOn: '17.11.2026', dischargedOn: '17.11.2026' };
    expect(read(await doStep(bot, 'mette', put, 'moved_in', moved))).toContain(
      'Støtten skal være afgjort før udskrivningen',
    );
    await doStep(bot, 'mette', put, 'moved_in', { ...moved, refundKnown: 'true' });
    expect((await passesOf(bot, put)).at(-1)).toBe('kept-home');
  });

  it('shows the days that the state refunds over two stays', async () => {
    // 20 days in the summer (1 to 20 June; the day of discharge, 21 June, is none), then 16, 17 and 18 November: 23.
    const put = await putCase(bot, 'moved-in');
    await bot.prisma.stay.create({
      data: {
        ...{ citizenId: put.citizenId, referralId: put.id, shelterId: bot.town.unitIds.boc, referredFrom: 'self' },
        ...{ decidedOn: new Date('2026-06-01'), endedOn: new Date('2026-06-21') },
      },
    });
    expect(read(await statusOf(bot.as('mette'), put))).toContain('dag 23/90');
    on('2027-01-23'); // 16 November to 23 January: 15 + 31 + 23 = 69 days, and 20
    expect(read(await statusOf(bot.as('mette'), put))).toContain('dag 89/90');
    on('2027-01-25');
    expect(read(await statusOf(bot.as('mette'), put))).toContain('de 90 dage er brugt');
  });
});
