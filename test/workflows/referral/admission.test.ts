/** Admission: with and without CPR number, a readmission, and the telling of citizen and municipality. */
import { Temporal } from '../../../bot/domain/time.ts';
import { compose } from '../../../bot/workflows/messages.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  hasButton,
  type Json,
  moreCardOf,
  passesOf,
  pressButton,
  putAbsence,
  putCase,
  said,
  statusOf,
  stepCardOf,
  toldAbout,
} from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(() => bot.setNow(NOON));
afterAll(() => bot.close());

const filled = { name: 'Kim Prøvesen', decidedOn: '17.11.2026', referredFrom: 'hospital' };
let born = 0;
/** A number nobody else in the test has. */
const newCpr = () => `0101${String(50 + (born += 1)).padStart(2, '0')}-1234`;

async function admit(person: PersonName, inputs: Json): Promise<Json> {
  const who = bot.as(person);
  const form = cardOf((await who.say('indskriv'))[0]);
  return pressButton(who, form, 'admission.submit', { ...filled, ...inputs });
}
const latest = () => bot.prisma.referral.findFirstOrThrow({ orderBy: { number: 'desc' } });
const staysOf = (referralId: string) =>
  bot.prisma.stay.findMany({ where: { referralId }, orderBy: { createdAt: 'asc' } });

describe('a new citizen', () => {
  it('gets a case that waits for allocation, told to those who allocate', async () => {
    const receipt = said(await admit('mette', { shelter: 'boc', cpr: newCpr(), recordNumber: 'DUBU-77' }));
    expect(receipt).toContain('Indskrevet');
    expect(receipt).toContain('Henvist fra: Hospital eller psykiatri');
    const row = await latest();
    expect(row).toMatchObject({
      unitId: bot.town.unitIds.hje,
      shelterId: bot.town.unitIds.boc,
      caseworkerId: null,
      wayVersion: 1,
      changedById: bot.town.staffIds.mette,
    });
    expect(await passesOf(bot, row)).toEqual(['admission:admitted', 'attachment']);
    expect(await toldAbout(bot, row)).toEqual([
      'case.turn jonas',
      'case.turn karla',
      'case.turn leder',
      'case.turn tove',
    ]);
    expect(await staysOf(row.id)).toMatchObject([
      { decidedOn: new Date('2026-11-17'), referredFrom: 'hospital', municipalityToldOn: null, endedOn: null },
    ]);
    const citizen = await bot.prisma.citizen.findUniqueOrThrow({ where: { id: row.citizenId } });
    expect(citizen).toMatchObject({ name: 'Kim Prøvesen', noCprReason: null, recordNumber: 'DUBU-77' });
  });

  it('may be without a CPR number, with a reason', async () => {
    const cards = [await admit('mette', { shelter: 'boc', cpr: '' })];
    expect(said(cards[0])).toContain('Skriv CPR-nummeret, eller vælg, hvorfor det mangler.');
    const who = bot.as('mette');
    const inputs = { ...filled, shelter: 'boc', name: 'Uden Nummer', noCprReason: 'foreign_national' };
    await pressButton(who, cards[0], 'admission.submit', inputs);
    const { citizenId } = await latest();
    const citizen = await bot.prisma.citizen.findUniqueOrThrow({ where: { id: citizenId } });
    expect(citizen).toMatchObject({
      name: 'Uden Nummer',
      noCprReason: 'foreign_national',
      cprIndex: null,
      cprCipher: null,
    });
  });

  it.each([
    [{ cpr: '12' }, 'Et CPR-nummer har ti cifre'],
    [{ cpr: '310290-1234' }, 'De første seks cifre er ikke en rigtig dato.'],
    [{ cpr: '191126-5123' }, 'De første seks cifre er ikke en rigtig dato.'],
    [{ decidedOn: '19.11.2026' }, 'Datoen ligger i fremtiden.'],
    [{ municipalityToldOn: '16.11.2026' }, 'Datoen er for tidlig. Tjek dag, måned og år.'],
    [{ municipalityToldOn: '19.11.2026' }, 'Datoen ligger i fremtiden.'],
    [{ name: '' }, 'Skal udfyldes.'],
    [{ referredFrom: 'moon' }, 'Vælg en mulighed.'],
    [{ noCprReason: 'lost' }, 'Vælg en mulighed.'],
    [{ shelter: '' }, 'Skal udfyldes.'],
    [{ name: `Kim ${newCpr()}` }, 'CPR-nummer. Fjern det'],
    [{ recordNumber: newCpr() }, 'CPR-nummer. Fjern det'],
  ])('is not admitted with %j, and the form says why', async (wrong, problem) => {
    const before = await bot.prisma.referral.count();
    const again = await admit('mette', { shelter: 'boc', cpr: newCpr(), ...wrong });
    expect(said(again)).toContain(problem);
    expect(await bot.prisma.referral.count()).toBe(before);
    await bot.prisma.draft.deleteMany();
  });

  it('is admitted only to a shelter of the person, and only if somebody takes its residents', async () => {
    const form = cardOf((await bot.as('mette').say('indskriv'))[0]);
    const elsewhere = await bot
      .as('mette')
      .press('admission.submit', (form['actions'] as Json[])[0]?.['data'] as Json, {
        ...filled,
        shelter: 'her',
        cpr: newCpr(),
      });
    expect(elsewhere.text).toContain('Du kan ikke indskrive borgere.');
    await bot.prisma.unit.update({ where: { code: 'fre' }, data: { authorityId: null } });
    const answer = await admit('chef', { shelter: 'fre', cpr: newCpr() });
    expect(said(answer)).toContain('Herberget mangler en myndighedsenhed.');
    await bot.prisma.unit.update({ where: { code: 'fre' }, data: { authorityId: bot.town.unitIds.syd } });
    await bot.prisma.draft.deleteMany();
  });
});

describe('a readmission', () => {
  it('to the same shelter is refused helpfully while the citizen lives there', async () => {
    const cpr = newCpr();
    await admit('mette', { shelter: 'boc', cpr });
    const before = await bot.prisma.referral.count();
    expect(said(await admit('bo', { shelter: 'boc', cpr }))).toContain(
      'Borgeren er allerede indskrevet på dette herberg.',
    );
    expect(await bot.prisma.referral.count()).toBe(before);
    await bot.prisma.draft.deleteMany();
  });

  it('to another shelter is a new stay on the same case, told to its caseworker and those who work there', async () => {
    const cpr = newCpr();
    const put = await putCase(bot, 'assessment', { cpr: cpr.replace('-', ''), name: 'Flytte Hansen' });
    const receipt = said(await admit('ida', { shelter: 'her', cpr, name: 'flytte  HANSEN' }));
    expect(receipt).toContain('Borgeren havde allerede en sag. Opholdet er lagt til den.');
    expect(receipt).toContain('Flytte Hansen');
    const row = await bot.prisma.referral.findUniqueOrThrow({ where: { id: put.id } });
    expect(row.shelterId).toBe(bot.town.unitIds.her);
    expect(await staysOf(put.id)).toMatchObject([
      { shelterId: bot.town.unitIds.boc, endedOn: new Date('2026-11-17') },
      { shelterId: bot.town.unitIds.her, endedOn: null },
    ]);
    expect((await passesOf(bot, put)).at(-1)).toBe('assessment');
    expect(await toldAbout(bot, put)).toContain('case.turn jonas');
    expect(said(await bot.as('mette').say(`sag ${put.number}`))).toContain('Jeg finder ingen sag');
  });

  it('tells those of the shelter that the case leaves its number, and nothing more', async () => {
    const cpr = newCpr();
    const put = await putCase(bot, 'assessment', { cpr: cpr.replace('-', ''), name: 'Væk Fraboc' });
    await admit('ida', { shelter: 'her', cpr, name: 'Væk Fraboc' });
    expect(await toldAbout(bot, put)).toEqual(['case.left bo', 'case.left mette', 'case.turn jonas']);
    const message = await bot.prisma.outboxMessage.findFirstOrThrow({
      where: { kind: 'case.left', recipientId: bot.town.staffIds.bo, subject: { path: ['caseId'], equals: put.id } },
    });
    const composed = () => compose(bot.deps, { ...message, subject: message.subject as Record<string, string> });
    const words = said(await composed());
    expect(words).toContain(`"text":"Sag ${put.number} er flyttet til et andet herberg."`);
    expect(words).not.toContain('Fraboc');
    await bot.prisma.referral.update({ where: { id: put.id }, data: { shelterId: bot.town.unitIds.boc } });
    expect(await composed()).toBeNull();
  });

  it.each(['Anden Borger', 'Aksel Nørgaard Anden', '-'])(
    'needs the name that goes with the number: not %s, and says nobody’s',
    async (name) => {
      const cpr = newCpr();
      const put = await putCase(bot, 'assessment', { cpr: cpr.replace('-', ''), name: 'Aksel Nørgaard Bille' });
      for (const person of ['ida', 'mette'] as const) {
        const again = said(await admit(person, { shelter: person === 'ida' ? 'her' : 'boc', cpr, name }));
        expect(again).toContain('CPR-nummeret hører til en borger med et andet navn. Tjek begge dele.');
        expect(again).not.toContain('Bille');
      }
      expect(await staysOf(put.id)).toHaveLength(1);
      expect(await toldAbout(bot, put)).toEqual([]);
      await bot.prisma.draft.deleteMany();
    },
  );

  it.each(['aksel bille', 'Aksel Emil Noergaard Bille'])('takes the name %s for Aksel Nørgaard Bille', async (name) => {
    const cpr = newCpr();
    const put = await putCase(bot, 'assessment', { cpr: cpr.replace('-', ''), name: 'Aksel Nørgaard Bille' });
    await admit('ida', { shelter: 'her', cpr, name });
    expect(await staysOf(put.id)).toHaveLength(2);
  });

  it('done for somebody absent is told to them, as a new admission is', async () => {
    const absenceId = await putAbsence(bot, 'ida', 'mette');
    const cpr = newCpr();
    const put = await putCase(bot, 'assessment', { cpr: cpr.replace('-', ''), name: filled.name });
    await admit('mette', { shelter: 'her', cpr });
    expect(await toldAbout(bot, put)).toContain('case.moved ida');
    await admit('mette', { shelter: 'her', cpr: newCpr() });
    expect(await toldAbout(bot, await latest())).toContain('case.stood-in ida');
    await bot.prisma.absence.delete({ where: { id: absenceId } });
  });

  it('does not swallow the result that the open step later tells', async () => {
    const cpr = newCpr();
    const put = await putCase(bot, 'decision', { cpr: cpr.replace('-', ''), name: filled.name });
    await admit('ida', { shelter: 'her', cpr });
    const sanne = bot.as('sanne');
    await bot.prisma.outboxMessage.updateMany({ data: { state: 'sent' } });
    await pressButton(sanne, await stepCardOf(sanne, put), 'step.complete', {}, { outcome: 'approved' });
    const told = await bot.prisma.outboxMessage.findMany({
      where: { subject: { path: ['caseId'], equals: put.id }, state: 'waiting' },
    });
    expect(told.map(({ kind, recipientId }) => [kind, recipientId])).toContainEqual([
      'case.result',
      bot.town.staffIds.jonas,
    ]);
  });

  it('cannot have been decided before the stay that the citizen has', async () => {
    const cpr = newCpr();
    const put = await putCase(bot, 'assessment', { cpr: cpr.replace('-', ''), name: filled.name });
    expect(said(await admit('ida', { shelter: 'her', cpr, decidedOn: '1.11.2026' }))).toContain(
      'Datoen er for tidlig. Tjek dag, måned og år.',
    );
    expect(await staysOf(put.id)).toHaveLength(1);
    await bot.prisma.draft.deleteMany();
  });

  it('opens a case again that was stopped within the last twelve months, at the stabilising', async () => {
    const cpr = newCpr();
    const put = await putCase(bot, 'clarification', { cpr: cpr.replace('-', ''), name: filled.name });
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.stop', { reason_stop: 'citizen_left' });
    bot.setNow(Temporal.Instant.from('2027-11-18T11:00:00Z'));
    const before = await bot.prisma.referral.count();
    await admit('mette', { shelter: 'boc', cpr, decidedOn: '17.11.2027' });
    expect(await bot.prisma.referral.count()).toBe(before);
    expect((await passesOf(bot, put)).slice(-2)).toEqual(['clarification:stopped/citizen_left', 'stabilising']);
    const row = await bot.prisma.referral.findUniqueOrThrow({ where: { id: put.id } });
    expect(row).toMatchObject({ closedAt: null, closeReason: null, caseworkerId: bot.town.staffIds.jonas });
    expect(await staysOf(put.id)).toHaveLength(2);
  });

  it('begins again at the attachment when the caseworker has left', async () => {
    const cpr = newCpr();
    const put = await putCase(bot, 'clarification', {
      cpr: cpr.replace('-', ''),
      name: filled.name,
      caseworker: 'karla',
    });
    const leder = bot.as('leder');
    await pressButton(leder, await moreCardOf(leder, put), 'case.stop', { reason_stop: 'citizen_left' });
    await bot.prisma.staff.update({ where: { id: bot.town.staffIds.karla }, data: { active: false } });
    await admit('mette', { shelter: 'boc', cpr });
    await bot.prisma.staff.update({ where: { id: bot.town.staffIds.karla }, data: { active: true } });
    expect((await passesOf(bot, put)).at(-1)).toBe('attachment');
  });

  it('begins a new case when the last one ended more than twelve months ago, and does not say otherwise', async () => {
    const cpr = newCpr();
    const put = await putCase(bot, 'clarification', { cpr: cpr.replace('-', ''), name: filled.name });
    const jonas = bot.as('jonas');
    await pressButton(jonas, await moreCardOf(jonas, put), 'case.stop', { reason_stop: 'citizen_left' });
    bot.setNow(Temporal.Instant.from('2027-11-19T11:00:00Z'));
    const receipt = said(await admit('mette', { shelter: 'boc', cpr, decidedOn: '18.11.2027' }));
    const row = await latest();
    expect(row.id).not.toBe(put.id);
    expect(row.citizenId).toBe(put.citizenId);
    expect(await passesOf(bot, row)).toEqual(['admission:admitted', 'attachment']);
    expect(receipt).not.toContain('lagt til den sag, der fandtes');
    expect((await passesOf(bot, put)).at(-1)).toBe('clarification:stopped/citizen_left');
  });
});

describe('the citizen is told', () => {
  async function decided() {
    const put = await putCase(bot, 'decision');
    const sanne = bot.as('sanne');
    await pressButton(sanne, await stepCardOf(sanne, put), 'step.complete', {}, { outcome: 'approved' });
    return put;
  }

  it('which is recorded with its day, once', async () => {
    const put = await decided();
    const jonas = bot.as('jonas');
    const card = await statusOf(jonas, put);
    const after = await pressButton(jonas, card, 'case.tell-citizen');
    expect(said(after)).not.toContain('Borgeren mangler besked');
    const pass = await bot.prisma.stepPass.findUniqueOrThrow({ where: { id: put.passId } });
    expect(pass).toMatchObject({ citizenToldOn: new Date('2026-11-18'), citizenToldById: bot.town.staffIds.jonas });
    expect(hasButton(await statusOf(bot.as('sanne'), put), 'case.tell-citizen')).toBe(false);
  });

  it('by the shelter or the deciding unit too, and not by a caseworker whose case it is not', async () => {
    const put = await decided();
    for (const person of ['mette', 'sanne', 'leder', 'jonas'] as const)
      expect(hasButton(await statusOf(bot.as(person), put), 'case.tell-citizen')).toBe(true);
    expect(hasButton(await statusOf(bot.as('karla'), put), 'case.tell-citizen')).toBe(false);
  });
});

describe('the municipality is told', () => {
  it('which the card asks for until it is recorded, with its deadline', async () => {
    const put = await putCase(bot, 'stabilising', { municipalityTold: false });
    const mette = bot.as('mette');
    const card = await statusOf(mette, put);
    expect(said(card)).toContain('Handlekommunen er ikke orienteret endnu. Frist 19. november 2026');
    for (const [toldOn, problem] of [
      ['19.11.2026', 'Datoen ligger i fremtiden.'],
      ['15.11.2026', 'Datoen er for tidlig. Tjek dag, måned og år.'],
      ['yesterday', 'Skriv en dato'],
    ])
      expect(said(await pressButton(mette, card, 'case.tell-municipality', { toldOn }))).toContain(problem);
    const after = await pressButton(mette, card, 'case.tell-municipality', { toldOn: '17.11.2026' });
    expect(said(after)).not.toContain('Handlekommunen er ikke orienteret');
    expect(await staysOf(put.id)).toMatchObject([
      { municipalityToldOn: new Date('2026-11-17'), municipalityToldById: bot.town.staffIds.mette },
    ]);
  });

  it('of every stay, also once the citizen has moved on to another shelter', async () => {
    const cpr = newCpr();
    const put = await putCase(bot, 'assessment', {
      cpr: cpr.replace('-', ''),
      name: filled.name,
      municipalityTold: false,
    });
    await admit('ida', { shelter: 'her', cpr });
    const ida = bot.as('ida');
    const due = (day: number) => `Handlekommunen er ikke orienteret endnu. Frist ${day}. november 2026`;
    const card = await statusOf(ida, put);
    expect(said(card)).toContain(due(19));
    const tasks = said(cardOf((await ida.say('mine opgaver'))[0]));
    expect(tasks.split(`Sag ${put.number} ·`)).toHaveLength(2);
    expect(tasks).toContain('19. november');
    const after = await pressButton(ida, card, 'case.tell-municipality', { toldOn: '16.11.2026' });
    expect(said(after)).toContain(due(20));
    expect(await staysOf(put.id)).toMatchObject([
      { municipalityToldOn: new Date('2026-11-16') },
      { municipalityToldOn: null },
    ]);
    expect(said(await pressButton(ida, after, 'case.tell-municipality', {}))).not.toContain('Handlekommunen er ikke');
  });

  it('of all stays at once, and of the first one when only the latest has been told', async () => {
    for (const municipalityToldOn of ['', '17.11.2026']) {
      const cpr = newCpr();
      const put = await putCase(bot, 'assessment', {
        cpr: cpr.replace('-', ''),
        name: filled.name,
        municipalityTold: false,
      });
      await admit('ida', { shelter: 'her', cpr, municipalityToldOn });
      const card = await statusOf(bot.as('ida'), put);
      expect(said(card)).toContain('Frist 19. november 2026');
      await pressButton(bot.as('ida'), card, 'case.tell-municipality', { toldOn: '18.11.2026' });
      expect(await staysOf(put.id)).toMatchObject([
        { municipalityToldOn: new Date('2026-11-18') },
        { municipalityToldOn: new Date(municipalityToldOn ? '2026-11-17' : '2026-11-18') },
      ]);
    }
  });

  it('and is overdue after three hverdage', async () => {
    const put = await putCase(bot, 'stabilising', { municipalityTold: false });
    bot.setNow(Temporal.Instant.from('2026-11-20T08:00:00Z'));
    expect(said(await statusOf(bot.as('mette'), put))).toContain(
      'Handlekommunen skulle være orienteret senest 19. november',
    );
  });
});
