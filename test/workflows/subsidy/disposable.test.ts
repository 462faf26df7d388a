/** `rådighed` through the endpoint: what is left to the øre, who may see it, and what is missing. */
import { Temporal } from '../../../bot/domain/time.ts';
import type { TestBot } from '../../fakes/bot.ts';
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
import { type CheckInDesk, startCheckInDesk } from '../../fakes/check-in.ts';
import type { PersonName } from '../../fakes/town.ts';

let desk: CheckInDesk;
let bot: TestBot;
/** Lives since the first day that there could be a subsidy, in a home at 4.900 kr. */
let home: PutCase;
beforeAll(async () => {
  desk = await startCheckInDesk();
  ({ bot, home } = desk);
});
beforeEach(() => desk.clear());
afterAll(() => bot.close());

const single = { adults: '1', children: '0', utilities: '600', fixed: '1.500', debt: '500' };
const assistance = { capacity: '3.600', certainty: 'likely', kind_1: 'social_assistance', amount_1: '11.000' };

const fillIn = async (household: Json): Promise<Json> =>
  desk.press('jonas', await desk.ask(), 'capacity.household', household);
/** Both parts, as SF and BIF fill them in. */
async function said(household: Json = single, answer: Json = assistance): Promise<void> {
  await fillIn(household);
  // A first question waits to be allocated; later ones go to whoever answered.
  await desk.press('bifleder', await desk.openMine('bifleder'), 'capacity.allocate', {
    colleague: bot.town.staffIds.bif,
  });
  await desk.press('bif', await desk.openMine('bif'), 'capacity.answer', answer);
}
const show = (person: PersonName = 'jonas') => desk.say(person, `rådighed ${home.number}`);
const calculate = async (inputs: Json): Promise<Json> =>
  pressButton(bot.as('jonas'), await show(), 'subsidy.disposable', inputs);

describe('rådighed of a case', () => {
  it('shows the sum line by line, and each later step', async () => {
    await said();
    const text = read(await show());
    for (const line of [
      '"title":"Kontanthjælp","value":"11.000 kr."',
      // 15 % of 3,486.25.
      '"title":"Boligstøtte","value":"højst 522,93 kr.*"',
      '"title":"Husleje efter tilskud","value":"-3.486,25 kr.*"',
      '"title":"Forbrug","value":"-600 kr."',
      '"title":"Faste udgifter","value":"-1.500 kr."',
      '"title":"Afdrag på gæld","value":"-500 kr."',
      'Tilbage om måneden: højst 5.436,68 kr.*',
    ])
      expect(text).toContain(line);
    // 8,400 − 85 % of 3,769, …, of 4,900.
    expect(text).toMatch(/1\.3\.2027.*3\.769 kr\.\*.*højst 565,35 kr\.\*.*højst 5\.196,35 kr\.\*/);
    expect(text).toMatch(/1\.3\.2031.*4\.900 kr\..*højst 735 kr\.\*.*højst 4\.235 kr\.\*/);
    expect(text).toContain('Det er mindst 1.813,32 kr.* under det vejledende beløb på 7.250 kr. om måneden.');
  });

  it('is a guide, says what it rests on, and leads to those who decide boligstøtte', async () => {
    await said();
    const text = read(await show());
    for (const note of [
      'Vejledende, ikke en afgørelse.',
      '* Skøn efter satsen for 2023',
      '* Boligstøtten er et skøn efter satserne for 2026.',
      'det højeste, den kan blive. Skriv årsindkomsten',
      'gældssanering (satser for 2024)',
      'Formue og boligens størrelse er ikke talt med.',
      'Indtægter fra BIF, 18. november 2026. Husstand og udgifter fra SF, 18. november 2026.',
      'https://www.borger.dk/bolig-og-flytning/Boligstoette-oversigt',
    ])
      expect(text).toContain(note);
  });

  it('counts boligstøtte to the krone from a yearly income, explains it, and keeps nothing of it', async () => {
    await said();
    const card = await calculate({ income: '330.000' });
    // 60 % of 41,835 is 25,101; 18 % of 158,500 is 28,530: nothing is left.
    expect(read(card)).toContain('"title":"Boligstøtte","value":"0 kr.*"');
    expect(read(card)).toContain('"title":"Indtægt over grænsen","value":"-2.091,75 kr."');
    expect(read(card)).toContain('Tilbage om måneden: 4.913,75 kr.*');
    expect(read(card)).toContain('Årsindkomsten er brugt ved alle trin og gemmes ikke.');
    expect(read(card)).not.toContain('højst');
    expect(inputsOf(card)).toMatchObject({ income: '330.000' });
    expect(inputsOf(await show())).toMatchObject({ income: '' });
    const explained = read(await calculate({ income: '163.000' }));
    expect(explained).toContain('Sådan er boligsikringen regnet');
    for (const line of [
      '"title":"Del af huslejen","value":"2.091,75 kr."',
      // 12,935 of the 41,835 a year is above what one pays oneself.
      '"title":"Egenbetaling","value":"-1.013,84 kr."',
      '"title":"Grænse uden børn","value":"-554,98 kr."',
      '"title":"Boligstøtte om måneden","value":"522,93 kr."',
    ])
      expect(explained).toContain(line);
  });

  it('refuses what is no yearly income at its field', async () => {
    await said();
    const card = await calculate({ income: 'mange' });
    expect(read(card)).toContain('Skriv et beløb i kroner');
    expect(read(card)).toContain('højst 5.436,68 kr.*');
    expect(inputsOf(card)).toMatchObject({ income: 'mange' });
  });

  it('counts at each step the incomes of that day, and says from when it is too little', async () => {
    const wages = { kind_2: 'wages', amount_2: '2.500', until_2: '2027-06-30' };
    await said(single, { ...assistance, ...wages });
    const text = read(await calculate({ income: '165.000' }));
    expect(text).toContain('Der er 7.936,68 kr.* tilbage om måneden.');
    expect(text).toContain('Fra 1. juli 2027 er det under det vejledende beløb på 7.250 kr. om måneden.');
    expect(text).toMatch(/1\.7\.2027.*3\.769 kr\.\*.*5\.196,35 kr\.\*/);
  });

  it('counts no step of which no income is known, and says from when', async () => {
    await said(single, { ...assistance, until_1: '2027-06-30' });
    const text = read(await show());
    expect(text).toContain('Fra 1. juli 2027 er det ikke oplyst, hvad borgeren får. Spørg BIF.');
    expect(text).toMatch(/1\.7\.2027.*3\.769 kr\.\*.*ikke oplyst.*ikke oplyst.*1\.3\.2028/);
    expect(text).not.toContain('4.956,01');
  });

  it('asks when a førtidspension was awarded, and counts without boligstøtte until it knows', async () => {
    await said(single, { ...assistance, kind_1: 'disability_pension', amount_1: '16.000' });
    const unsaid = await show();
    expect(read(unsaid)).toContain('vælg, hvornår førtidspensionen er tilkendt');
    expect(read(unsaid)).toContain('Der er mindst 9.913,75 kr.* tilbage om måneden.');
    const early = read(await calculate({ income: '190.000', disability: 'disability_before_2003' }));
    // 41,835 − 21,300 is 1,711.25 a month.
    expect(early).toContain('Sådan er boligydelsen regnet');
    expect(early).toContain('Der er 11.625 kr.* tilbage om måneden.');
    expect(read(await calculate({ disability: 'disability_since_2003' }))).toContain('ikke afklaret');
  });

  it('does not call too little what may be enough with boligstøtte', async () => {
    await said(single, { ...assistance, kind_1: 'disability_pension' });
    const card = await show();
    expect(read(card)).toContain(
      'mindst 4.913,75 kr.* tilbage om måneden. Det vejledende beløb er 7.250 kr. om måneden.',
    );
    expect(read(card)).not.toContain('"color":"attention"');
  });

  it('says what is lacking where more is paid than comes in', async () => {
    await said({ ...single, debt: '8.000' });
    expect(read(await show())).toContain('Der mangler mindst 2.063,32 kr.* om måneden.');
  });

  it('counts from the first day of a lease that is yet to begin', async () => {
    bot.setNow(Temporal.Instant.from('2023-02-01T10:00:00Z'));
    await said();
    const text = read(await show());
    expect(text).toMatch(/"1\.3\.2023".*3\.486,25 kr\./);
    expect(text).not.toContain('"text":"nu"');
  });

  it('says where there is no amount to compare with, and whose income is not counted', async () => {
    await said({ ...single, adults: '2', children: '1' });
    const text = read(await show());
    expect(text).toContain('Der er intet vejledende beløb for en husstand som denne.');
    expect(text).toContain('Kun de indtægter, som BIF har oplyst, er talt med.');
    expect(text).toContain('Er et par på forhøjet sats, er boligstøtten mindre');
  });

  it('takes each part from the latest check-in that has it', async () => {
    await said();
    await desk.ask();
    expect(read(await show())).toContain('højst 5.436,68 kr.*');
  });

  it('works in English', async () => {
    await said();
    await bot.as('jonas').say('sprog en');
    const text = read(await desk.say('jonas', `disposable ${home.number}`));
    expect(text).toContain('There is at most DKK 5,436.68* left a month.');
    expect(text).toContain('That is at least DKK 1,813.32* below the guiding amount of DKK 7,250 a month.');
    expect(text).toContain('A guide, not a decision.');
    await bot.as('jonas').say('sprog da');
  });

  it.each(['rådighedsbeløb', 'budget', 'Raadighed', 'disposable amount'])('is asked as %s, too', async (words) => {
    await said();
    expect(read(await desk.say('jonas', `${words} ${home.number}`))).toContain('Tilbage om måneden');
  });

  it('is reached from the phase-down, and leads back', async () => {
    await said();
    const phaseDown = await desk.say('jonas', `nedtrapning ${home.number}`);
    const card = await pressButton(bot.as('jonas'), phaseDown, 'subsidy.disposable');
    expect(read(card)).toContain('Tilbage om måneden');
    expect(read(await pressButton(bot.as('jonas'), card, 'subsidy.open'))).toContain('Næste trin ned');
  });
});

describe('what is missing', () => {
  it('is both parts until somebody has asked, with the way to ask', async () => {
    const card = await show();
    expect(read(card)).toContain('Rådighedsbeløbet kan ikke regnes ud endnu.');
    expect(read(card)).toContain('Fra SF mangler husstand');
    expect(read(card)).toContain('Fra BIF mangler, hvad borgeren lever af nu.');
    expect(read(card)).not.toMatch(/Tilbage|3\.486/);
    expect(read(await pressButton(bot.as('jonas'), card, 'capacity.open-ask'))).toContain(
      'Spørg BIF om betalingsevnen',
    );
  });

  it('is the part that is not filled in', async () => {
    await fillIn(single);
    expect(read(await show())).toContain('Fra BIF mangler');
    expect(read(await show())).not.toContain('Fra SF mangler');
  });

  it.each([
    [{ ...single, utilities: '' }, assistance, 'Fra SF mangler, hvad forbruget koster.'],
    [{ ...single, fixed: '' }, assistance, 'Fra SF mangler de faste udgifter.'],
    [{ ...single, debt: '' }, assistance, 'Fra SF mangler afdrag på gæld.'],
    [single, { ...assistance, amount_1: '' }, 'BIF har ikke skrevet, hvor meget borgeren får efter skat.'],
    [single, { ...assistance, kind_1: '', amount_1: '' }, 'Fra BIF mangler, hvad borgeren lever af nu.'],
    [single, { ...assistance, from_1: '2027-03-01' }, 'Fra BIF mangler, hvad borgeren lever af nu.'],
  ])('of %j and %j is named, and nothing is counted', async (household, answer, missing) => {
    await said(household, answer);
    const text = read(await show());
    expect(text).toContain(missing);
    expect(text).not.toContain('Tilbage');
  });

  it('is any amount of the subsidy', async () => {
    await said();
    const rates = await bot.prisma.rate.findMany();
    await bot.prisma.rate.deleteMany();
    expect(read(await show())).toContain('Ingen sats for tilskuddet er tastet ind endnu');
    await bot.prisma.rate.createMany({ data: rates });
  });

  it('is a home, or the number of a case', async () => {
    const { number } = await putCase(bot, 'assessment');
    expect(read(await desk.say('jonas', `rådighed ${number}`))).toContain('har ingen bolig med lejekontrakt endnu');
    expect(read(await desk.say('jonas', 'rådighed'))).toContain('Skriv rådighed og sagsnummeret');
  });
});

describe('who may see it', () => {
  it.each(['jonas', 'stine', 'leder', 'chef'] as const)('%s, who may ask BIF', async (person) => {
    await said();
    expect(read(await show(person))).toContain('Tilbage om måneden');
  });

  it.each(['mette', 'sanne', 'karla', 'herbergsleder'] as const)(
    'not %s, who sees the case but not the money',
    async (person) => {
      await said();
      expect(read(await show(person))).toContain('Kun dem, der spørger BIF om borgerens betalingsevne');
      const pressed = await bot
        .as(person)
        .press('subsidy.disposable', buttonOf(await show(), 'subsidy.disposable'), {});
      expect(read(pressed)).toContain('Kun dem, der spørger BIF');
      expect(hasButton(await desk.say(person, `nedtrapning ${home.number}`), 'subsidy.disposable')).toBe(false);
    },
  );

  it.each(['ida', 'svend', 'bif', 'bifleder', 'spor', 'admin', 'kontrol'] as const)(
    'not %s, to whom the case is nothing',
    async (person) => {
      await said();
      const text = read(await show(person));
      expect(text).not.toMatch(/Kim|5\.436|Kontanthjælp/);
      const pressed = await bot
        .as(person)
        .press('subsidy.disposable', buttonOf(await show(), 'subsidy.disposable'), {});
      expect(read(pressed)).not.toMatch(/Kim|5\.436|Kontanthjælp/);
    },
  );

  it('nobody in a channel', async () => {
    await said();
    const [answer] = await bot.inChannel('jonas').say(`<at>Hjemvej</at> rådighed ${home.number}`);
    expect(read(answer)).toContain('Det gør jeg kun i din egen chat');
  });

  it('and it is logged as a look at the citizen', async () => {
    await said();
    const before = await bot.prisma.accessLog.count({ where: { operation: 'subsidy.disposable' } });
    await show();
    await show('mette');
    const rows = await bot.prisma.accessLog.findMany({ where: { operation: 'subsidy.disposable' }, skip: before });
    expect(rows).toMatchObject([
      { staffId: bot.town.staffIds.jonas, citizenId: home.citizenId, referralId: home.id, action: 'read' },
    ]);
  });
});
