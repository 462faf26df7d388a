/** `nedtrapning`, `beregn` and `satser` through the endpoint: every krone, who may see it, and what is not known. */
import { Temporal } from '../../../bot/domain/time.ts';
import { NOON, startTestBot, type TestBot } from '../../fakes/bot.ts';
import {
  buttonOf,
  hasButton,
  inputsOf,
  type Json,
  pressButton,
  putCase,
  type PutCase,
  read,
} from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
/** Lives since the first day that there could be a subsidy, in a home at 4.900 kr. */
let first: PutCase;
beforeAll(async () => {
  bot = await startTestBot();
  first = await putCase(bot, 'kept-home', { name: 'Kim Testesen', leaseFrom: '2023-03-01' });
  await payable(first, 4_100_00);
});
afterEach(() => bot.setNow(NOON));
afterAll(() => bot.close());

const payable = (put: PutCase, payableOere: number | null) =>
  bot.prisma.referral.update({ where: { id: put.id }, data: { payableOere } });
const say = async (person: PersonName, text: string): Promise<Json> => {
  const [answer] = await bot.as(person).say(text);
  return answer?.attachments ? cardOf(answer) : { text: answer?.text };
};

describe('nedtrapning of a case', () => {
  it('shows each step to the øre, what is missing, and by when', async () => {
    const text = read(await say('jonas', `nedtrapning ${first.number}`));
    // 16,965 a year is 1,413.75 a month; the steps take off 282.75 each.
    for (const amount of ['3.486,25 kr.', '3.769 kr.', '4.051,75 kr.', '4.334,50 kr.', '4.617,25 kr.', '4.900 kr.'])
      expect(text).toContain(amount);
    expect(text).toContain('1. marts 2027, om 103 dage: 282,75 kr. mere om måneden');
    expect(text).toContain('Fra 1. marts 2029 mangler der 234,50 kr. om måneden.');
    expect(text).toContain('Betalingsevnen skal op på 4.900 kr. inden 1. marts 2031.');
  });

  it('says what is an estimate, by which year, and that the steps are not confirmed, with the other reading beside', async () => {
    const text = read(await say('jonas', `nedtrapning ${first.number}`));
    expect(text).toContain('3.486,25 kr.*');
    expect(text).toContain('minus tilskud 1.413,75 kr.), skøn efter satsen for 2023');
    expect(text).toContain('* Skøn efter satsen for 2023: den rigtige er ikke tastet ind.');
    expect(text).toContain('Anden læsning');
    // A sixth of 1,413.75 less: 1,178.12 and some, in the first month of the year.
    expect(text).toMatch(/1\.3\.2027.*3\.721,88 kr\./);
    expect(text).toContain('Vejledende, ikke en afgørelse.');
  });

  it('draws the rent and what can be paid, as steps', async () => {
    const card = await say('jonas', `nedtrapning ${first.number}`);
    const text = JSON.stringify(card);
    expect(text).toContain('"type":"Chart.Line"');
    expect(text).toContain('{"x":"2027-03-01","y":3769}');
    expect(text).toContain('{"x":"2027-03-01","y":4100}');
  });

  it('is red when it is soon, green when it never is, and says when nobody knows', async () => {
    await payable(first, 3_500_00);
    expect(read(await say('jonas', `nedtrapning ${first.number}`))).toContain(
      'Allerede fra 1. marts 2027 mangler der 269 kr.',
    );
    await payable(first, 3_000_00);
    expect(read(await say('jonas', `nedtrapning ${first.number}`))).toContain(
      'Boligen koster nu 486,25 kr. mere om måneden',
    );
    await payable(first, 4_900_00);
    expect(read(await say('jonas', `nedtrapning ${first.number}`))).toContain('Boligen er til at betale');
    await payable(first, null);
    const unknown = read(await say('jonas', `nedtrapning ${first.number}`));
    expect(unknown).toContain('Ikke oplyst. Spørg BIF');
    expect(unknown).not.toContain('Mangler');
    await payable(first, 4_100_00);
  });

  it('says why there is nothing to show', async () => {
    const { number } = await putCase(bot, 'assessment');
    expect(await say('jonas', `nedtrapning ${number}`)).toMatchObject({
      text: expect.stringContaining('har ingen bolig med lejekontrakt endnu') as string,
    });
    expect(await say('jonas', 'nedtrapning')).toMatchObject({
      text: expect.stringContaining('Skriv nedtrapning og sagsnummeret') as string,
    });
  });

  it.each(['ida', 'bif', 'svend', 'spor', 'admin'] as const)('shows %s nothing', async (person) => {
    expect(read(await say(person, `nedtrapning ${first.number}`))).not.toMatch(/Kim|3\.769/);
  });

  it('is logged as a look at the citizen', async () => {
    const before = await bot.prisma.accessLog.count({ where: { operation: 'subsidy.see' } });
    await say('jonas', `nedtrapning ${first.number}`);
    const rows = await bot.prisma.accessLog.findMany({ where: { operation: 'subsidy.see' }, skip: before });
    expect(rows).toMatchObject([{ citizenId: first.citizenId, referralId: first.id, action: 'read' }]);
  });

  it('is not answered in a channel', async () => {
    const [answer] = await bot.inChannel('jonas').say(`<at>Hjemvej</at> nedtrapning ${first.number}`);
    expect(read(answer)).not.toMatch(/Kim|3\.769/);
  });
});

describe('beregn', () => {
  it('shows the same without a case', async () => {
    const text = read(await say('jonas', 'beregn 4.900 fra 1.3.2023'));
    expect(text).toContain('Beregning uden sag');
    for (const amount of ['3.486,25 kr.', '3.769 kr.', '4.900 kr.']) expect(text).toContain(amount);
  });

  it('works in English', async () => {
    await bot.as('karla').say('sprog en');
    expect(read(await say('karla', 'calculate 4800 from 1.3.2027'))).toContain('Calculated without a case');
    await bot.as('karla').say('sprog da');
  });

  it.each([
    ['beregn', 'Skriv huslejen og første dag'],
    ['beregn 4800', 'Skriv huslejen og første dag'],
    ['beregn 4800 fra i morgen', 'Skriv huslejen og første dag'],
    ['beregn mange fra 1.3.2027', 'Skriv huslejen og første dag'],
    ['beregn 4800 fra 28.2.2023', 'tidligst bruges fra 1. marts 2023'],
  ])('answers %j with what to write', async (typed, words) => {
    expect(read(await say('jonas', typed))).toContain(words);
  });
});

describe('nedtrapning of a period', () => {
  it('lists whose rent goes up in it, the largest gap first, and leads to each', async () => {
    const dear = await putCase(bot, 'kept-home', { name: 'Dyr Bolig', leaseFrom: '2023-03-15' });
    await payable(dear, 3_000_00);
    const unknown = await putCase(bot, 'kept-home', { name: 'Ukendt Evne', leaseFrom: '2023-02-01' });
    await payable(unknown, null);
    const later = await putCase(bot, 'kept-home', { name: 'Senere Trin', leaseFrom: '2023-06-01' });
    const card = await say('jonas', 'nedtrapning næste kvartal');
    const text = read(card);
    expect(text).toContain('Trin ned fra 1. januar 2027 til 31. marts 2027');
    expect(text).toContain('3 boliger, det største hul først');
    expect(text).toContain('Mangler 769 kr.');
    expect(text).toContain('Betalingsevnen kendes ikke');
    expect(text).toContain('Kan betales');
    const at = ['Dyr Bolig', 'Ukendt Evne', 'Kim Testesen'].map((name) => text.indexOf(name));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(text).not.toContain('Senere Trin');
    const opened = await pressButton(bot.as('jonas'), card, 'subsidy.open', {}, { caseNumber: dear.number });
    expect(read(opened)).toContain('Dyr Bolig');
    expect(read(await say('jonas', 'nedtrapning 2. kvartal 2027'))).toContain('Senere Trin');
    for (const { id } of [dear, unknown, later])
      await bot.prisma.lease.updateMany({ where: { referralId: id }, data: { endsOn: new Date('2026-11-01') } });
  });

  it('shows those of one’s own reach only', async () => {
    expect(read(await say('svend', 'nedtrapning næste kvartal'))).toContain('Ingen boliger, du har adgang til');
    expect(read(await say('bif', 'nedtrapning næste kvartal'))).not.toContain('Kim');
    // The support worker follows their own citizens.
    expect(read(await say('stine', 'nedtrapning næste kvartal'))).toContain('Kim Testesen');
  });

  it('is asked in English too, with the hyphen or without', async () => {
    await bot.as('karla').say('sprog en');
    for (const asked of ['phase-down next quarter', 'phase down next quarter', 'Phase-down 2027'])
      expect(read(await say('karla', asked))).toMatch(/Steps down from 1 January 2027|No home that you have access to/);
    await bot.as('karla').say('sprog da');
  });

  it('asks for a period that it knows', async () => {
    expect(read(await say('jonas', 'nedtrapning engang'))).toContain('Skriv en periode');
    expect(read(await say('jonas', 'nedtrapning i år'))).toContain('1. januar 2026 til 31. december 2026');
    expect(read(await say('jonas', 'nedtrapning 2027'))).toContain('Kim Testesen');
  });
});

describe('satser', () => {
  afterEach(async () => {
    await bot.prisma.rate.deleteMany({ where: { year: { gt: 2023 } } });
    await bot.prisma.rate.updateMany({ where: { year: 2023 }, data: { amountOere: 16_965_00 } });
  });
  const enter = async (inputs: Json, person: PersonName = 'chef') =>
    pressButton(bot.as(person), await say(person, 'satser'), 'subsidy.enter-rate', inputs);

  it('says which are known and which are missing', async () => {
    const card = await say('sanne', 'satser');
    expect(read(card)).toContain('2023: 16.965 kr.');
    expect(read(card)).toContain('Mangler: 2024, 2025, 2026');
    expect(hasButton(card, 'subsidy.enter-rate')).toBe(false);
    expect(inputsOf(await say('chef', 'satser'))).toMatchObject({ year: '2024' });
  });

  it('once entered is known, and only its own year and what is estimated by it change', async () => {
    const saved = await enter({ year: '2026', amount: '18.000', source: 'Bekendtgørelse nr. 1' });
    expect(read(saved)).toContain('Satsen for 2026 er 18.000 kr.');
    const text = read(await say('jonas', `nedtrapning ${first.number}`));
    // 18,000 is 1,500 a month, known in 2026; the next years are estimated by it, January and February too.
    const shown = [...text.matchAll(/"text":"([^"]*)"/g)].map(([, words]) => words).join(' ');
    expect(shown).toContain('nu 100 % · 1.500 kr. 3.400 kr. 1.1.2027 100 % · 1.500 kr. 3.400 kr.* 1.3.2027');
    expect(text).toContain('* Skøn efter satsen for 2026');
    const corrected = await enter({ year: '2026', amount: '18.120', source: 'Rettelse' });
    expect(read(corrected)).toContain('rettet fra 18.000 kr. til 18.120 kr.');
  });

  it.each([
    [{ year: '2019', amount: '18.000', source: 'x' }, 'Skriv et år fra 2021 til næste år.'],
    [{ year: '2028', amount: '18.000', source: 'x' }, 'Skriv et år fra 2021 til næste år.'],
    [{ year: '2026', amount: 'mange', source: 'x' }, 'Skriv beløbet om året, f.eks. 16.965.'],
    [{ year: '2026', amount: '1.413,75', source: 'x' }, 'det er om året, ikke om måneden'],
    [{ year: '2026', amount: '80.000', source: 'x' }, 'Beløbet ligger langt fra de andre års'],
    [{ year: '2026', amount: '18.000', source: '' }, 'Skal udfyldes.'],
  ])('refuses %j, and keeps what was typed', async (inputs, problem) => {
    const card = await enter(inputs);
    expect(read(card)).toContain(problem);
    expect(inputsOf(card)).toMatchObject(inputs);
    expect(await bot.prisma.rate.count({ where: { year: { gt: 2023 } } })).toBe(0);
  });

  it('is told of a colleague who was faster', async () => {
    const old = await say('chef', 'satser');
    await enter({ year: '2026', amount: '18.000', source: 'Bekendtgørelse' });
    const stale = await pressButton(bot.as('chef'), old, 'subsidy.enter-rate', {
      ...{ year: '2025', amount: '17.500', source: 'Brev' },
    });
    expect(read(stale)).toContain('Carla Birk har ændret satserne imens.');
    expect(inputsOf(stale)).toMatchObject({ year: '2025', amount: '17.500' });
    expect(await bot.prisma.rate.count({ where: { year: 2025 } })).toBe(0);
  });

  it.each(['sanne', 'leder', 'jonas', 'bifleder', 'mette'] as const)('cannot be entered by %s', async (person) => {
    const data = buttonOf(await say('chef', 'satser'), 'subsidy.enter-rate');
    const answer = await bot
      .as(person)
      .press('subsidy.enter-rate', data, { year: '2026', amount: '18.000', source: 'x' });
    expect(read(answer)).toMatch(/Kun ledere kan taste satser ind/);
    expect(await bot.prisma.rate.count({ where: { year: 2026 } })).toBe(0);
  });

  it.each(['bif', 'mette', 'spor', 'admin'] as const)('are nothing to %s', async (person) => {
    expect(read(await say(person, 'satser'))).toContain('Din rolle giver ikke adgang til satserne.');
  });
});

it('counts nine years on a clock that goes on', async () => {
  const expected = [
    ...[1, 2, 3].map(() => '3.486,25 kr.'),
    ...['3.486,25 kr.', '3.769 kr.', '4.051,75 kr.', '4.334,50 kr.', '4.617,25 kr.', '4.900 kr.'],
  ];
  for (const [index, net] of expected.entries()) {
    bot.setNow(Temporal.Instant.from(`${2023 + index}-06-15T10:00:00Z`));
    const text = read(await say('jonas', `nedtrapning ${first.number}`));
    expect(text).toMatch(new RegExp(`Husleje nu","value":"${net.replaceAll('.', '\\.')}`));
  }
});
