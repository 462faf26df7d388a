/** A home that is lived in: when it is followed up, and what becomes of it when the citizen leaves it or comes back. */
import { Temporal } from '../../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  answersFor,
  buttonOf,
  doStep,
  type Json,
  moreCardOf,
  passesOf,
  pressButton,
  type PutCase,
  putCase,
  type PutOptions,
  read,
  said,
  statusOf,
  stepCardOf,
} from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { putDwelling, putLease } from '../../fakes/stock.ts';

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
/** Decides on the support beside the step that is open. */
async function decidesEarly(put: PutCase, inputs: Json = {}): Promise<Json> {
  const jonas = bot.as('jonas');
  const card = await pressButton(jonas, await moreCardOf(jonas, put), 'step.open', {}, { beside: 'support' });
  return pressButton(jonas, card, 'step.complete', { ...(await answersFor(bot, 'support')), ...inputs });
}

describe('a home', () => {
  /** Follows up on each day in turn, and tells when the next is due. */
  async function followUps(put: PutCase, days: readonly string[]): Promise<(string | undefined)[]> {
    const next = [];
    for (const day of days) {
      on(day);
      await doStep(bot, 'stine', put, 'followed_up', { followedUpOn: day });
      next.push(await dueOn(put));
    }
    return next;
  }
  /** The end is not on the card, and refused to whoever presses it all the same. */
  async function mayNotEnd(put: PutCase, day: string): Promise<void> {
    const stine = bot.as('stine');
    const card = await stepCardOf(stine, put);
    expect(said(card)).not.toContain('"outcome":"kept"');
    const followedUp = buttonOf(card, 'step.complete', { outcome: 'followed_up' });
    const answers = { ...(await answersFor(bot, 'kept-home')), followedUpOn: day };
    const forged = await stine.press('step.complete', { ...followedUp, outcome: 'kept' }, answers);
    expect(read(forged)).toContain(
      'Opfølgningen fortsætter, så længe huslejen er støttet, og mindst to år efter indflytningen.',
    );
  }
  const movedIn = (options: PutOptions = {}) => putCase(bot, 'kept-home', { leaseFrom: '2026-01-15', ...options });

  it('is followed up 1, 3, 6, 9, 12 and 24 months after moving in, then yearly until the subsidy is over', async () => {
    // Moved in on 15 January 2026; eight years of subsidy, until 15 January 2034.
    const put = await movedIn();
    expect(await dueOn(put)).toBe('2026-02-15');
    const marks = ['2026-02-15', '2026-04-15', '2026-07-15', '2026-10-15', '2027-01-15', '2028-01-15'];
    const yearly = ['2029', '2030', '2031', '2032', '2033', '2034'].map((year) => `${year}-01-15`);
    const all = [...marks, ...yearly];
    expect(await followUps(put, all.slice(0, -1))).toEqual(all.slice(1));
    await mayNotEnd(put, '2033-01-15');
    on('2034-01-15');
    expect(said(await doStep(bot, 'stine', put, 'kept', { followedUpOn: '2034-01-15' }))).toContain(
      'Boligen er fastholdt',
    );
    expect(read(await statusOf(bot.as('jonas'), put))).toContain('Afsluttet 15. januar 2034: Boligen er fastholdt');
  }, 60_000);

  it('that was looked at early or late is next looked at on the mark after it', async () => {
    const put = await movedIn();
    // 1 February is fourteen days before the first mark, so it is the one of that mark; 20 May is the late third one.
    expect(await followUps(put, ['2026-02-01', '2026-05-20'])).toEqual(['2026-04-15', '2026-07-15']);
  });

  it('without a subsidy is kept after 24 months, and not a day of the last month before', async () => {
    const put = await movedIn({ dwelling: { scheme: 'none' } });
    on('2027-12-31');
    await mayNotEnd(put, '2027-12-31');
    on('2028-01-15');
    await doStep(bot, 'stine', put, 'kept', { followedUpOn: '2028-01-15' });
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.reopen');
    expect((await passesOf(bot, put)).at(-1)).toBe('kept-home');
  });

  it('has CTI in three phases of three months from moving in', async () => {
    const put = await movedIn();
    const phase = async (day: string) => {
      on(day);
      return /"title":"CTI","value":"([^"]*)"/.exec(read(await statusOf(bot.as('stine'), put)))?.[1];
    };
    expect(await phase('2026-04-14')).toBe('fase 1 af 3, til 14. april 2026');
    expect(await phase('2026-04-15')).toBe('fase 2 af 3, til 14. juli 2026');
    expect(await phase('2026-10-14')).toBe('fase 3 af 3, til 14. oktober 2026');
    expect(await phase('2026-10-15')).toBe('de ni måneder er gået');
  });

  it('that the citizen has left ends lease, subsidy and what was to be applied for, and leaves the subsidy to settle', async () => {
    const put = await movedIn();
    on('2026-11-18');
    await doStep(bot, 'stine', put, 'moved_out', { movedOutOn: '17.11.2026', reason_moved_out: 'evicted' });
    const lease = await leaseOf(put);
    expect(lease).toMatchObject({ endsOn: new Date('2026-11-17'), endReason: 'evicted' });
    expect(lease.grant).toMatchObject({ endedOn: new Date('2026-11-17') });
    // Fourteen days for the officers to settle it.
    expect(await dutiesOf(put)).toEqual(['settle_subsidy 2026-12-02']);
    const tasks = cardOf((await bot.as('ole').say('mine opgaver'))[0]);
    expect(read(tasks)).toContain('Tilskuddet skal afklares med boligorganisationen');
    const status = read(await statusOf(bot.as('ole'), put));
    expect(status).toContain('Bogholder Allé');
    expect(status).toContain('(til 17. november 2026)');
    expect(status).not.toContain('"Flyttet ind"');
    expect(status).not.toContain('"CTI"');

    // Opened again it begins at the clarification; the subsidy of the home that is left is settled meanwhile.
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.reopen');
    expect((await passesOf(bot, put)).at(-1)).toBe('clarification');
    const ole = bot.as('ole');
    await pressButton(ole, await statusOf(ole, put), 'case.settle-duty', {}, { outcome: 'done' });
    expect(await dutiesOf(put)).toEqual(['settle_subsidy 2026-12-02 settled']);
  });

  it('that is left for another leaves its subsidy to settle, on the card of the case too', async () => {
    const put = await movedIn();
    on('2026-11-18');
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.back', { step: 'offer', reason_back: 'wish_changed' });
    await doStep(bot, 'sanne', put, 'offered');
    await doStep(bot, 'jonas', put, 'accepted');
    await doStep(bot, 'sanne', put, 'signed', { startsOn: '1.12.2026' });
    // The old tenancy ends the day before the new one begins.
    const [old] = await bot.prisma.lease.findMany({ where: { referralId: put.id }, orderBy: { startsOn: 'asc' } });
    expect(old).toMatchObject({ endsOn: new Date('2026-11-30'), endReason: 'other_home' });
    const sanne = bot.as('sanne');
    const status = await statusOf(sanne, put);
    expect(read(status)).toContain('Tilskuddet skal afklares med boligorganisationen. Frist 2. december 2026.');
    const { id: dutyId } = await bot.prisma.leaseDuty.findFirstOrThrow({
      where: { kind: 'settle_subsidy', lease: { referralId: put.id } },
    });
    await sanne.press('case.settle-duty', buttonOf(status, 'case.settle-duty', { dutyId, outcome: 'done' }));
    expect(await bot.prisma.leaseDuty.findUnique({ where: { id: dutyId } })).toMatchObject({ outcome: 'done' });
  });

  it('stays with its history when the citizen comes back to a shelter', async () => {
    const put = await movedIn({ name: 'Tilde Tilbage', cpr: '0808901234' });
    on('2026-11-18');
    await doStep(bot, 'stine', put, 'moved_out', { reason_moved_out: 'shelter' });
    const mette = bot.as('mette');
    const form = cardOf((await mette.say('indskriv'))[0]);
    const inputs = {
      name: 'Tilde Tilbage',
      cpr: '080890-1234',
      decidedOn: '18.11.2026',
      referredFrom: 'self',
      shelter: 'boc',
    };
    expect(said(await pressButton(mette, form, 'admission.submit', inputs))).toContain(
      'Borgeren havde allerede en sag.',
    );
    const passes = await passesOf(bot, put);
    expect(passes).toContain('moved-in:moved_in');
    expect(passes.slice(-2)).toEqual(['kept-home:moved_out/shelter', 'stabilising']);
    expect(await bot.prisma.stay.count({ where: { referralId: put.id } })).toBe(2);
    expect(read(await statusOf(mette, put))).toContain('(til 18. november 2026)');
  });

  it('of a citizen readmitted after a step beside the open one is gone on with all the same', async () => {
    const put = await putCase(bot, 'nomination', { name: 'Sid Ved Siden', cpr: '0909901234' });
    await decidesEarly(put);
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.stop', { reason_stop: 'citizen_left' });
    const mette = bot.as('mette');
    const form = cardOf((await mette.say('indskriv'))[0]);
    const inputs = {
      name: 'Sid Ved Siden',
      cpr: '090990-1234',
      decidedOn: '18.11.2026',
      referredFrom: 'self',
      shelter: 'boc',
    };
    expect(said(await pressButton(mette, form, 'admission.submit', inputs))).toContain(
      'Borgeren havde allerede en sag.',
    );
    expect((await passesOf(bot, put)).at(-1)).toBe('stabilising');
  });

  it('that was imported is the deciding unit’s too, who settles its subsidy', async () => {
    const put = await putCase(bot, 'stabilising', { imported: true, name: 'Ine Importeret' });
    const sanne = bot.as('sanne');
    expect(said(await sanne.say(`sag ${put.number}`))).toContain('Jeg finder ingen sag');
    expect(said(await sanne.say('søg Importeret'))).not.toContain('Ine');
    await putLease(bot, await putDwelling(bot, { address: 'Importvej 1' }), put);
    expect(said(await sanne.say(`sag ${put.number}`))).toContain('Importvej 1');
    expect(said(await sanne.say('søg Importeret'))).toContain('Ine Importeret');
  });
});
