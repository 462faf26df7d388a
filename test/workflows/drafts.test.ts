/** Half-done forms: kept, shared by those whose turn it is, and never with a CPR number that can be read. */
import { Temporal } from '../../bot/domain/time.ts';
import { pruneAdmissionDrafts } from '../../bot/store/drafts.ts';
import { NOON, startTestBot, type TestBot } from '../fakes/bot.ts';
import {
  answersFor,
  buttonOf,
  goodAnswers,
  inputsOf,
  type Json,
  passesOf,
  pressButton,
  putCase,
  said,
  statusOf,
  stepCardOf,
} from '../fakes/case-driver.ts';
import { cardOf } from '../fakes/client.ts';
import type { PersonName } from '../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterEach(async () => {
  bot.setNow(NOON);
  await bot.prisma.draft.deleteMany({ where: { form: 'admission' } });
});
afterAll(() => bot.close());

describe('a step', () => {
  it('is kept half done and gone on with by a colleague, who sees whose it is', async () => {
    const put = await putCase(bot, 'stabilising');
    const [mette, bo] = [bot.as('mette'), bot.as('bo')];
    const saved = await pressButton(mette, await stepCardOf(mette, put), 'step.save', { mitId: 'in_place', debt: '' });
    expect(said(saved)).toContain('Gemt. Du kan fortsætte, når det passer.');
    bot.setNow(Temporal.Instant.from('2026-11-19T09:15:00Z'));
    expect(said(await statusOf(bo, put))).toContain('Kladde gemt af Mette Holm 18. november kl. 12.00');
    const card = await stepCardOf(bo, put);
    expect(said(card)).toContain('Kladde gemt af Mette Holm 18. november kl. 12.00');
    expect(inputsOf(card)).toMatchObject({ mitId: 'in_place', debt: '' });
    await pressButton(bo, card, 'step.save', { mitId: 'in_place', debt: 'under_way' });
    expect(said(await stepCardOf(mette, put))).toContain('Kladde gemt af Bo Bang kl. 10.15');
    expect(await bot.prisma.draft.count({ where: { passId: put.passId } })).toBe(1);
  });

  it('keeps what is not yet right, as it was typed', async () => {
    const put = await putCase(bot, 'clarification');
    const jonas = bot.as('jonas');
    await pressButton(jonas, await stepCardOf(jonas, put), 'step.save', { payable: 'måske 4.000', adults: 'to' });
    expect(inputsOf(await stepCardOf(jonas, put))).toMatchObject({ payable: 'måske 4.000', adults: 'to' });
  });

  it('forgets its draft when it is done, and when the case leaves it', async () => {
    const put = await putCase(bot, 'stabilising');
    const mette = bot.as('mette');
    await pressButton(mette, await stepCardOf(mette, put), 'step.save', { mitId: 'in_place' });
    await pressButton(mette, await stepCardOf(mette, put), 'step.complete', goodAnswers['stabilising']);
    expect(await bot.prisma.draft.count({ where: { passId: put.passId } })).toBe(0);
    expect((await passesOf(bot, put)).at(-1)).toBe('assessment');
  });

  it.each([
    ['clarification', 'jonas', 'wishes'],
    ['clarification', 'jonas', 'payable'],
    ['nomination', 'jonas', 'note'],
    ['nomination', 'jonas', 'bifAskedOn'],
    ['decision', 'sanne', 'note'],
    ['offer', 'sanne', 'note'],
    ['answer', 'jonas', 'note'],
    ['lease', 'sanne', 'note'],
    ['lease', 'sanne', 'rent'],
    ['support', 'jonas', 'preferredPerson'],
    ['support', 'jonas', 'preferredReason'],
    ['support', 'jonas', 'note'],
    ['kept-home', 'stine', 'note'],
    ['place-decision', 'jonas', 'note'],
    ['place-ready', 'jonas', 'place'],
  ] as const)(
    '%s by %s takes no CPR number into "%s", neither saved nor done, and does not say it again',
    async (step, person, field) => {
      const put = await putCase(bot, step);
      const who = bot.as(person);
      const isWords = !['payable', 'bifAskedOn', 'rent'].includes(field);
      for (const verb of ['step.save', 'step.complete'] as const) {
        const card = await stepCardOf(who, put);
        const inputs = {
          ...(await answersFor(bot, step)),
          [field]: isWords ? 'Ring om 010190-1234 i dag' : '0101901234',
          reason_closed: 'can_solve_alone',
        };
        const again = await pressButton(
          who,
          card,
          verb,
          inputs,
          verb === 'step.complete' && step === 'decision' ? { outcome: 'approved' } : {},
        );
        expect(said(again)).not.toMatch(/010190-?1234/);
        if (verb === 'step.save' || isWords) expect(said(again)).toContain('CPR-nummer. Fjern det');
      }
      expect(await bot.prisma.draft.count({ where: { passId: put.passId } })).toBe(0);
      expect((await passesOf(bot, put)).at(-1)).toBe(step);
    },
  );

  it('stale, does not say a CPR number again either', async () => {
    const put = await putCase(bot, 'decision');
    const [sanne, ole] = [bot.as('sanne'), bot.as('ole')];
    const old = await stepCardOf(ole, put);
    await pressButton(sanne, await stepCardOf(sanne, put), 'step.complete', {}, { outcome: 'approved' });
    const fresh = await pressButton(ole, old, 'step.complete', { note: 'Se 010190-1234 nu' }, { outcome: 'approved' });
    expect(said(fresh)).toContain('Se ');
    expect(said(fresh)).not.toContain('010190');
  });
});

describe('an admission', () => {
  const typed = { shelter: 'boc', name: 'Halv Færdigsen', cpr: '040490-1234', referredFrom: 'hospital' };
  const form = async (person: PersonName): Promise<Json> => cardOf((await bot.as(person).say('indskriv'))[0]);
  const dump = async () =>
    said(await bot.prisma.draft.findMany()) +
    said(await bot.prisma.$queryRawUnsafe('select d::text as all from draft d'));

  it('is kept for the one who began it, its CPR number sealed and never on a card', async () => {
    const mette = bot.as('mette');
    const saved = await pressButton(mette, await form('mette'), 'admission.save', typed);
    expect(said(saved)).toContain('Påbegyndt indskrivning');
    const again = await form('mette');
    expect(said(again)).toContain('CPR-nummeret er modtaget og gemt krypteret.');
    expect(inputsOf(again)).toMatchObject({ name: 'Halv Færdigsen', referredFrom: 'hospital' });
    for (const text of [said(saved), said(again), await dump()]) expect(text).not.toMatch(/040490-?1234/);
    expect(said(await form('bo'))).not.toContain('Halv Færdigsen');
  });

  it('is finished with the number that was kept', async () => {
    const mette = bot.as('mette');
    await pressButton(mette, await form('mette'), 'admission.save', typed);
    await pressButton(mette, await form('mette'), 'admission.submit', { ...typed, cpr: '', decidedOn: '18.11.2026' });
    const citizen = await bot.prisma.citizen.findFirstOrThrow({ where: { name: 'Halv Færdigsen' } });
    expect(citizen.cprIndex && Buffer.from(citizen.cprIndex)).toEqual(Buffer.from(bot.deps.vault.index('0404901234')));
    expect(await bot.prisma.draft.count({ where: { form: 'admission' } })).toBe(0);
  });

  const received = 'CPR-nummeret er modtaget';
  const keptNumbers = () => bot.prisma.draft.count({ where: { form: 'admission', cprCipher: { not: null } } });
  const blank = { ...typed, cpr: '', decidedOn: '18.11.2026' };

  describe.each(['admission.save', 'admission.submit'])('the number kept by %s', (verb) => {
    const kept = async () => {
      const inputs = { ...typed, cpr: '050590-1234', ...(verb === 'admission.submit' && { referredFrom: '' }) };
      await pressButton(bot.as('mette'), await form('mette'), verb, inputs);
      expect(await keptNumbers()).toBe(1);
    };

    it('is not given to a citizen who is said to have none', async () => {
      await kept();
      const other = { ...blank, name: `Uden Nummer ${verb}`, noCprReason: 'foreign_national' };
      await pressButton(bot.as('mette'), await form('mette'), 'admission.submit', other);
      const citizen = await bot.prisma.citizen.findFirstOrThrow({ where: { name: other.name } });
      expect(citizen).toMatchObject({ cprIndex: null, cprCipher: null, noCprReason: 'foreign_national' });
    });

    it.each([
      ['a reason for having none', { noCprReason: 'unknown' }],
      ['another name', { name: 'En Anden' }],
      ['no name any more', { name: '' }],
    ])('is dropped from the draft for %s', async (_, changed) => {
      await kept();
      const mette = bot.as('mette');
      const answer = await pressButton(mette, await form('mette'), 'admission.save', { ...blank, ...changed });
      expect(said(answer)).toContain('Påbegyndt indskrivning');
      expect(await keptNumbers()).toBe(0);
      expect(said(await form('mette'))).not.toContain(received);
      const next = await pressButton(mette, await form('mette'), 'admission.submit', blank);
      expect(said(next)).toContain('Skriv CPR-nummeret, eller vælg, hvorfor det mangler.');
    });

    it('is asked for again with another name, and not said to be there', async () => {
      await kept();
      const mette = bot.as('mette');
      const admitted = await bot.prisma.citizen.count();
      for (const name of ['En Anden', typed.name]) {
        const again = await pressButton(mette, await form('mette'), 'admission.submit', { ...blank, name });
        expect(said(again)).toContain('Skriv CPR-nummeret, eller vælg, hvorfor det mangler.');
        expect(said(again)).not.toContain(received);
      }
      expect(await bot.prisma.citizen.count()).toBe(admitted);
    });

    it('is used when the same name is only written otherwise', async () => {
      await kept();
      const mette = bot.as('mette');
      const name = ' halv  FÆRDIGSEN';
      const again = await pressButton(mette, await form('mette'), 'admission.submit', { ...blank, name, shelter: '' });
      expect(said(again)).toContain(received);
      expect(said(again)).not.toContain('Skriv CPR-nummeret');
    });
  });

  it('begun with the number alone keeps it for the name that comes next', async () => {
    const mette = bot.as('mette');
    const again = await pressButton(mette, await form('mette'), 'admission.submit', { ...typed, name: '' });
    expect(said(again)).toContain(received);
    await pressButton(mette, again, 'admission.save', { ...blank, name: 'Første Navn' });
    expect(await keptNumbers()).toBe(1);
    await pressButton(mette, await form('mette'), 'admission.save', { ...blank, name: 'Andet Navn' });
    expect(await keptNumbers()).toBe(0);
  });

  it.each([
    ['admission.save', '0606901234'],
    ['admission.submit', '0707901234'],
  ])('with both a number and a reason is sent back by %s to choose one', async (verb, cpr) => {
    const mette = bot.as('mette');
    const both = { ...blank, cpr, noCprReason: 'unknown', name: `Begge Dele ${verb}` };
    const again = await pressButton(mette, await form('mette'), verb, both);
    expect(said(again)).toContain('Udfyld kun det ene: CPR-nummer eller årsag.');
    expect(await bot.prisma.citizen.count({ where: { name: both.name } })).toBe(0);
    // A choice cannot be taken back in Teams, so the reason is not chosen again by itself.
    expect(inputsOf(again)).toMatchObject({ name: both.name, noCprReason: '' });
    expect(said(again)).toContain(received);
    await pressButton(mette, again, 'admission.submit', { ...both, cpr: '', noCprReason: '' });
    const citizen = await bot.prisma.citizen.findFirstOrThrow({ where: { name: both.name } });
    expect(citizen.cprIndex && Buffer.from(citizen.cprIndex)).toEqual(Buffer.from(bot.deps.vault.index(cpr)));
  });

  it.each([
    ['04049', 'Et CPR-nummer har ti cifre'],
    ['310290-1234', 'De første seks cifre er ikke en rigtig dato.'],
    ['191126-5123', 'De første seks cifre er ikke en rigtig dato.'],
  ])('is not put aside with the number %s, and keeps the rest', async (cpr, problem) => {
    const mette = bot.as('mette');
    await pressButton(mette, await form('mette'), 'admission.save', typed);
    const again = await pressButton(mette, await form('mette'), 'admission.save', { ...typed, cpr });
    expect(said(again)).toContain(problem);
    expect(said(again)).not.toContain(cpr);
    // What was to be corrected is not used instead.
    expect(said(again)).not.toContain(received);
    expect(await keptNumbers()).toBe(0);
    expect(inputsOf(await form('mette'))).toMatchObject({ name: 'Halv Færdigsen', referredFrom: 'hospital' });
    expect(await dump()).not.toContain(cpr);
  });

  it('that is refused at a field keeps the rest, and the number', async () => {
    const mette = bot.as('mette');
    const again = await pressButton(mette, await form('mette'), 'admission.submit', typed);
    expect(said(again)).toContain('Skal udfyldes.');
    expect(inputsOf(again)).toMatchObject({ name: 'Halv Færdigsen' });
    expect(said(again)).not.toMatch(/040490-?1234/);
    expect(said(await form('mette'))).toContain('CPR-nummeret er modtaget og gemt krypteret.');
    expect(await dump()).not.toMatch(/040490-?1234/);
  });

  it.each(['name', 'recordNumber', 'decidedOn', 'municipalityToldOn', 'referredFrom'])(
    'keeps no CPR number that was typed as %s',
    async (field) => {
      const mette = bot.as('mette');
      const answer = await pressButton(mette, await form('mette'), 'admission.save', {
        ...typed,
        cpr: '',
        [field]: '040490-1234',
      });
      expect(said(answer)).not.toMatch(/040490-?1234/);
      expect(await dump()).not.toMatch(/040490-?1234/);
      const refused = await pressButton(mette, await form('mette'), 'admission.submit', {
        ...typed,
        [field]: '040490-1234',
      });
      expect(said(refused)).not.toMatch(/040490-?1234/);
      expect(await dump()).not.toMatch(/040490-?1234/);
    },
  );

  it('is found and thrown away by `afbryd`, or gone on with', async () => {
    const mette = bot.as('mette');
    expect(said(await mette.say('afbryd'))).toContain('Du har ingen påbegyndt indskrivning.');
    await pressButton(mette, await form('mette'), 'admission.save', typed);
    const started = cardOf((await mette.say('afbryd'))[0]);
    expect(inputsOf(await pressButton(mette, started, 'admission.open'))).toMatchObject({ name: 'Halv Færdigsen' });
    const answer = await mette.press('admission.discard', buttonOf(started, 'admission.discard'));
    expect(answer.text).toBe('Kladden er slettet.');
    expect(await bot.prisma.draft.count({ where: { form: 'admission' } })).toBe(0);
  });

  describe('on an older card', () => {
    const since = 'Kladden er ændret, siden du åbnede kortet.';
    const name = async () => inputsOf(await form('mette'))['name'];

    it('is not written over, and what was typed is at hand', async () => {
      const mette = bot.as('mette');
      const old = await form('mette');
      await pressButton(mette, await form('mette'), 'admission.save', { ...typed, name: 'Nyere Arbejde' });
      const again = await pressButton(mette, old, 'admission.save', typed);
      expect(said(again)).toContain(since);
      expect(said(again)).toContain('Skriv CPR-nummeret igen.');
      expect(said(again)).not.toContain(received);
      expect(said(again)).not.toMatch(/040490-?1234/);
      expect(inputsOf(again)).toMatchObject({ name: typed.name, referredFrom: 'hospital' });
      expect(await name()).toBe('Nyere Arbejde');
      // Pressed once more it is meant.
      await pressButton(mette, again, 'admission.save', typed);
      expect(await name()).toBe(typed.name);
    });

    it('is not written over by an admission that is refused at a field', async () => {
      const mette = bot.as('mette');
      const old = await form('mette');
      await pressButton(mette, await form('mette'), 'admission.save', { ...typed, name: 'Nyere Arbejde' });
      const again = await pressButton(mette, old, 'admission.submit', { ...typed, shelter: '' });
      expect(said(again)).toContain(since);
      expect(await name()).toBe('Nyere Arbejde');
    });

    it('is not thrown away, also when it was begun anew since', async () => {
      const mette = bot.as('mette');
      const first = await pressButton(mette, await form('mette'), 'admission.save', typed);
      await pressButton(mette, await form('mette'), 'admission.save', { ...typed, name: 'Nyere Arbejde' });
      const started = await pressButton(mette, first, 'admission.discard');
      expect(said(started)).toContain(since);
      expect(await name()).toBe('Nyere Arbejde');
      const answer = await mette.press('admission.discard', buttonOf(started, 'admission.discard'));
      expect(answer.text).toBe('Kladden er slettet.');
      await pressButton(mette, await form('mette'), 'admission.save', { ...typed, name: 'Begyndt Forfra' });
      expect(said(await pressButton(mette, first, 'admission.discard'))).toContain(since);
      expect(await name()).toBe('Begyndt Forfra');
    });

    it('is as it was when the same press comes twice', async () => {
      const mette = bot.as('mette');
      const old = await form('mette');
      for (let press = 1; press <= 2; press += 1) {
        const answer = await pressButton(mette, old, 'admission.save', typed);
        expect(said(answer)).toContain('Påbegyndt indskrivning');
        expect(said(answer)).not.toContain(since);
      }
    });
  });

  it('is forgotten when nobody has gone on with it for long', async () => {
    await pressButton(bot.as('mette'), await form('mette'), 'admission.save', typed);
    expect(await pruneAdmissionDrafts(bot.prisma, NOON)).toBe(0);
    expect(await pruneAdmissionDrafts(bot.prisma, NOON.add({ seconds: 1 }))).toBe(1);
    expect(await bot.prisma.draft.count({ where: { form: 'admission' } })).toBe(0);
  });
});
