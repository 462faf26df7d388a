/** The capacity check-in between SF and BIF through the endpoint: who asks, who answers, who sees what, and what then holds. */
import { Temporal } from '../../../bot/domain/time.ts';
import type { TestBot } from '../../fakes/bot.ts';
import { buttonOf, hasButton, inputsOf, pressButton, putAbsence, type PutCase, read } from '../../fakes/case-driver.ts';
import { type CheckInDesk, startCheckInDesk, wholeAnswer } from '../../fakes/check-in.ts';

let desk: CheckInDesk;
let bot: TestBot;
let home: PutCase;
beforeAll(async () => {
  desk = await startCheckInDesk();
  ({ bot, home } = desk);
});
beforeEach(() => desk.clear());
afterAll(() => bot.close());

const payable = async () => (await bot.prisma.referral.findUniqueOrThrow({ where: { id: home.id } })).payableOere;

describe('asking', () => {
  it('goes to the queue that the manager of BIF allocates from, with a deadline in working days', async () => {
    const card = await desk.ask();
    expect(read(card)).toContain('BIF er spurgt. Svaret skal være der senest 25. november 2026.');
    expect(read(card)).toContain('Venter på at blive fordelt i BIF');
    expect(await desk.told('capacity.asked')).toEqual(['bifleder']);
    expect(read(await desk.say('bifleder', 'mine vurderinger'))).toContain('Kim Testesen');
    expect(read(await desk.say('bif', 'mine vurderinger'))).toContain('Ingen vurderinger venter på dig.');
  });

  it('is not done twice: the one that is open is shown', async () => {
    const first = await desk.say('jonas', `spørg BIF ${home.number}`);
    await desk.ask('stine');
    expect(read(await desk.say('jonas', `spørg BIF ${home.number}`))).toContain('BIF er allerede spurgt.');
    expect(read(await pressButton(bot.as('jonas'), first, 'capacity.ask', { occasion: 'by_hand' }))).toContain(
      'BIF er allerede spurgt.',
    );
    expect(await bot.prisma.capacityCheckIn.count()).toBe(1);
  });

  it('goes straight to whoever answered of the citizen last', async () => {
    await pressButton(bot.as('bif'), await desk.atBent(), 'capacity.answer', wholeAnswer);
    await bot.prisma.outboxMessage.deleteMany();
    const again = await desk.ask();
    expect(read(again)).toContain('Ligger hos Bent Fisker');
    expect(await desk.told('capacity.asked')).toEqual(['bif']);
  });

  it.each(['mette', 'sanne', 'karla', 'svend', 'bif', 'spor', 'admin'] as const)('is not for %s', async (person) => {
    expect(read(await desk.say(person, `spørg BIF ${home.number}`))).not.toContain('capacity.ask');
    const data = buttonOf(await desk.say('jonas', `spørg BIF ${home.number}`), 'capacity.ask');
    expect((await bot.as(person).press('capacity.ask', data, { occasion: 'by_hand' })).text).toContain('Kun sagens');
    expect(await bot.prisma.capacityCheckIn.count()).toBe(0);
  });

  it('is there on the phase-down of the home', async () => {
    const card = await desk.say('jonas', `nedtrapning ${home.number}`);
    expect(read(await pressButton(bot.as('jonas'), card, 'capacity.open-ask'))).toContain(
      'Spørg BIF om betalingsevnen',
    );
  });
});

describe('answering', () => {
  it('shows BIF who asks, why, on what legal basis, who sees it and the rent: nothing else of the case', async () => {
    const card = read(await desk.atBent());
    for (const said of [
      'Jonas Lind, ',
      'Socialforvaltningen spørger, så borgeren kan få og beholde en bolig',
      'retssikkerhedslovens § 11 a, stk. 2',
      'Svaret ses af',
      'Før tilskuddet falder',
    ])
      expect(card).toContain(said);
    expect(card).toContain('3.486,25 kr. (4.900 kr. minus tilskud 1.413,75 kr.)');
    expect(card).toContain('Vejledende, ikke en afgørelse.');
    // The disclosure matrix, field by field: what the case holds, and BIF does not get.
    for (const hidden of [
      'Bocentret',
      'Bogholder',
      'Stine Bro',
      'CTI',
      '§ 85',
      'Opfølgning i',
      'case.open',
      'subsidy.open',
    ])
      expect(card).not.toContain(hidden);
  });

  it('tells those who asked, and is what the case says the citizen can pay', async () => {
    const sent = await pressButton(bot.as('bif'), await desk.atBent(), 'capacity.answer', wholeAnswer);
    expect(read(sent)).toContain('Svaret er sendt.');
    expect(await desk.told('capacity.answered')).toEqual(['jonas', 'stine']);
    expect(await payable()).toBe(3_600_00);
    const seen = (await bot.delivered('jonas')).at(-1);
    for (const said of [
      'BIF har svaret om betalingsevnen',
      '3.600 kr. (Sandsynlig)',
      'Kontanthjælp, 11.200 kr. til 30. juni 2027',
      '4.200 kr. fra 1. juli 2027',
      'Jobsøgning',
      'BIF: Møde om planen (Bent Fisker, senest 15. december 2026)',
    ])
      expect(read(seen)).toContain(said);
    expect(String(seen?.['summary'])).toBe('Betalingsevnevurdering');
    expect(read(await desk.say('jonas', `nedtrapning ${home.number}`))).toContain(
      'Allerede fra 1. marts 2027 mangler der 169 kr.',
    );
  });

  it('in part leaves the question open and the case as it was', async () => {
    const before = await payable();
    const card = await pressButton(
      bot.as('bif'),
      await desk.atBent(),
      'capacity.answer',
      { kind_1: 'wages' },
      { partly: 'true' },
    );
    expect(read(card)).toContain('Det foreløbige svar er sendt.');
    expect(inputsOf(card)).toMatchObject({ kind_1: 'wages' });
    expect(read(await desk.say('jonas', 'hvem mangler svar fra BIF'))).toContain(
      'Foreløbigt svar · Ligger hos Bent Fisker',
    );
    expect(await payable()).toBe(before);
    await pressButton(bot.as('bif'), card, 'capacity.answer', wholeAnswer);
    expect(await payable()).toBe(3_600_00);
  });

  it('is corrected by another version; none is ever changed', async () => {
    const sent = await pressButton(bot.as('bif'), await desk.atBent(), 'capacity.answer', wholeAnswer);
    await pressButton(bot.as('bif'), sent, 'capacity.answer', { ...wholeAnswer, capacity: '3.000' });
    expect(await payable()).toBe(3_000_00);
    expect(await bot.prisma.capacityAnswer.findMany({ orderBy: { version: 'asc' } })).toMatchObject([
      { version: 1, capacityOere: 3_600_00 },
      { version: 2, capacityOere: 3_000_00 },
    ]);
    await expect(bot.prisma.capacityAnswer.updateMany({ data: { capacityOere: 1 } })).rejects.toThrow();
  });

  it('may be that it cannot be judged, with a reason', async () => {
    const card = await desk.atBent();
    expect(read(await pressButton(bot.as('bif'), card, 'capacity.cannot', {}))).toContain('Skal udfyldes.');
    const sent = await pressButton(bot.as('bif'), await desk.openMine('bif'), 'capacity.cannot', { reason: 'no_case' });
    expect(read(sent)).toContain('Borgeren har ingen sag hos os');
    expect(await desk.told('capacity.answered')).toEqual(['jonas', 'stine']);
  });

  it.each([
    [{ certainty: 'sure' }, 'Skriv, hvad borgeren kan betale om måneden'],
    [{ capacity: '3.600' }, 'Vælg, hvor sikkert det er.'],
    [{ ...wholeAnswer, expectedFrom: '' }, 'Skriv både beløb og dag.'],
    [{ ...wholeAnswer, due: '' }, 'Skriv både hvad og hvornår.'],
    [{ ...wholeAnswer, due: '2026-11-01' }, 'Dagen er gået.'],
    [{ ...wholeAnswer, kind_2: '', amount_2: '500' }, 'Vælg en mulighed.'],
    [{ ...wholeAnswer, from_1: '2027-07-01' }, 'Dagen ligger før den første.'],
    [{ ...wholeAnswer, kind_2: 'none', amount_2: '500' }, 'Ingen indkomst har intet beløb.'],
    [{ ...wholeAnswer, kind_1: 'education_grant' }, 'Den ydelse findes ikke længere.'],
    [{ ...wholeAnswer, capacity: 'lidt' }, 'Skriv et beløb i kroner'],
  ])('says at the field what is wrong with %j', async (inputs, problem) => {
    const card = await pressButton(bot.as('bif'), await desk.atBent(), 'capacity.answer', inputs);
    expect(read(card)).toContain(problem);
    expect(inputsOf(card)).toMatchObject(
      'kind_1' in inputs && inputs.kind_1 === 'education_grant' ? { capacity: '3.600' } : inputs,
    );
    expect(await bot.prisma.capacityAnswer.count()).toBe(0);
  });

  it('is done by the deputy of whoever is away', async () => {
    const card = await desk.atBent();
    await bot.prisma.staffAssignment.create({
      data: { staffId: bot.town.staffIds.bifleder, role: 'bif_caseworker', unitId: bot.town.unitIds.bif },
    });
    await putAbsence(bot, 'bif', 'bifleder');
    await pressButton(bot.as('bifleder'), await desk.openMine('bifleder'), 'capacity.answer', wholeAnswer);
    expect(await bot.prisma.capacityAnswer.count()).toBe(1);
    expect(
      read(await pressButton(bot.as('bif'), card, 'capacity.answer', { ...wholeAnswer, capacity: '1.000' })),
    ).toContain('har ændret spørgsmålet');
    await bot.prisma.absence.deleteMany();
    await bot.prisma.staffAssignment.deleteMany({
      where: { staffId: bot.town.staffIds.bifleder, role: 'bif_caseworker' },
    });
  });
});

describe('whose it is', () => {
  it('goes back to the queue when it is not one’s own citizen', async () => {
    const answer = await bot.as('bif').press('capacity.send-on', buttonOf(await desk.atBent(), 'capacity.send-on'));
    expect(answer.text).toBe('Venter på at blive fordelt i BIF');
    expect(await desk.told('capacity.sent-on')).toEqual(['bifleder']);
    expect(read(await desk.say('bif', 'mine vurderinger'))).toContain('Ingen vurderinger');
  });

  it('is allocated by whoever leads the unit that all of BIF’s caseworkers are in, or one above it', async () => {
    const { prisma, town } = bot;
    const below = {
      code: 'bif-u',
      name: 'Udsatte',
      kind: 'unit',
      path: '/bif/bif-u/',
      parentId: town.unitIds.bif,
    } as const;
    const unit = await prisma.unit.create({ data: below });
    const bent = { staffId: town.staffIds.bif };
    await prisma.staffAssignment.updateMany({ where: bent, data: { unitId: unit.id } });
    await prisma.staffAssignment.create({ data: { staffId: town.staffIds.kontrol, role: 'manager', unitId: unit.id } });
    await desk.ask();
    expect(await desk.told('capacity.asked')).toEqual(['kontrol']);
    for (const person of ['kontrol', 'bifleder'] as const)
      expect(hasButton(await desk.openMine(person), 'capacity.allocate')).toBe(true);
    await prisma.staffAssignment.deleteMany({ where: { staffId: town.staffIds.kontrol, role: 'manager' } });
    await prisma.staffAssignment.updateMany({ where: bent, data: { unitId: town.unitIds.bif } });
    await prisma.unit.delete({ where: { id: unit.id } });
  });

  it('is taken back by those who asked, and asked again', async () => {
    const card = await desk.atBent();
    const waiting = await pressButton(
      bot.as('jonas'),
      await desk.say('jonas', 'hvem mangler svar fra BIF'),
      'capacity.open',
    );
    const back = await pressButton(bot.as('jonas'), waiting, 'capacity.take-back');
    expect(read(back)).toContain('Trukket tilbage');
    expect(await desk.told('capacity.taken-back')).toEqual(['bif']);
    const late = await pressButton(bot.as('bif'), card, 'capacity.answer', wholeAnswer);
    expect(read(late)).toContain('Jonas Lind har ændret spørgsmålet');
    expect(await bot.prisma.capacityAnswer.count()).toBe(0);
    expect(read(await pressButton(bot.as('jonas'), back, 'capacity.open-ask'))).toContain(
      'Spørg BIF om betalingsevnen',
    );
  });

  it('is seen by both sides to be late', async () => {
    await desk.atBent();
    bot.setNow(Temporal.Instant.from('2026-11-30T10:00:00Z'));
    for (const [person, list] of [
      ['bif', 'mine vurderinger'],
      ['jonas', 'hvem mangler svar fra BIF'],
    ] as const)
      expect(read(await desk.say(person, list))).toContain('25. november 2026 (5 dage for sent)');
  });

  it.each(['ida', 'mette', 'svend', 'karla', 'sanne', 'spor', 'admin', 'kontrol'] as const)(
    'shows %s nothing',
    async (person) => {
      const card = await desk.atBent();
      for (const verb of ['capacity.answer', 'capacity.cannot', 'capacity.send-on'])
        expect(read(await bot.as(person).press(verb, buttonOf(card, verb), wholeAnswer))).toContain(
          'Spørgsmålet ligger ikke hos dig.',
        );
      const list = await desk.say('bif', 'mine vurderinger');
      expect(read(await bot.as(person).press('capacity.open', buttonOf(list, 'capacity.open')))).not.toContain('Kim');
      expect(read(await desk.say(person, 'hvem mangler svar fra BIF'))).not.toContain('Kim');
      expect(await bot.prisma.capacityAnswer.count()).toBe(0);
    },
  );

  it('shows SF’s people no button of BIF’s, nor BIF’s those of SF', async () => {
    const bents = await desk.atBent();
    expect(hasButton(bents, 'capacity.take-back')).toBe(false);
    const jonass = await pressButton(
      bot.as('jonas'),
      await desk.say('jonas', 'hvem mangler svar fra BIF'),
      'capacity.open',
    );
    for (const verb of ['capacity.answer', 'capacity.cannot', 'capacity.send-on', 'capacity.allocate'])
      expect(hasButton(jonass, verb)).toBe(false);
    expect(hasButton(await desk.say('chef', 'hvem mangler svar fra BIF'), 'capacity.open')).toBe(true);
  });

  it('is logged, whoever looks', async () => {
    const before = await bot.prisma.accessLog.count();
    await desk.ask();
    await desk.openMine('bifleder');
    const rows = await bot.prisma.accessLog.findMany({ orderBy: { id: 'asc' }, skip: before });
    expect(rows.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['capacity.ask', 'capacity.see', 'capacity.list']),
    );
    expect(rows.every(({ citizenId }) => citizenId === home.citizenId)).toBe(true);
  });
});
