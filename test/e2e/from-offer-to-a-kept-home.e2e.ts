/** From a free dwelling to a home that is followed up, in both languages: the officer's daily question, and what comes of it. */
import { jest } from '@jest/globals';
import { caseHomeWords } from '../../bot/workflows/referral/case-home-words.ts';
import { homeWords } from '../../bot/workflows/homes/words.ts';
import { statusWords } from '../../bot/workflows/status/words.ts';
import { answer } from '../../bot/workflows/referral/steps/answer.ts';
import { keptHome } from '../../bot/workflows/referral/steps/kept-home.ts';
import { lease } from '../../bot/workflows/referral/steps/lease.ts';
import { movedIn } from '../../bot/workflows/referral/steps/moved-in.ts';
import { offer } from '../../bot/workflows/referral/steps/offer.ts';
import { support } from '../../bot/workflows/referral/steps/support.ts';
import { type Demo, startDemo } from './demo.ts';
import { daysFromNow, Desk, languages, wordsOf } from './desk.ts';
import { Playground } from './playground.ts';

let demo: Demo | undefined;
let chat: Playground;

beforeAll(async () => {
  demo = await startDemo();
  chat = await Playground.open(demo.address);
});

afterAll(async () => {
  await chat?.close();
  await demo?.stop();
});

// The browser and the demo share two cores with whatever else runs: a walk that stumbles begins anew.
jest.setTimeout(300_000);
jest.retryTimes(3, { logErrorsBeforeRetry: true });
let walks = 0;

const OFFICER = 'Sanne Krogh';
const SUPPORTER = 'Line Toft';

test.each(languages)('from a free dwelling to a home that is kept (%s)', async (language) => {
  const desk = new Desk(chat, language);
  const { referral, shared } = desk.words;
  const homes = homeWords[language];
  const words = {
    offer: wordsOf(offer, language),
    answer: wordsOf(answer, language),
    lease: wordsOf(lease, language),
    support: wordsOf(support, language),
    movedIn: wordsOf(movedIn, language),
    keptHome: wordsOf(keptHome, language),
  };
  const danish = language === 'da';
  // Each walk registers a dwelling of its own, so that it finds one free whatever came before.
  const address = `${danish ? 'Prøvegangen' : 'Testgangen'} ${(walks += 1)}, st. tv.`;

  // The association has reported a dwelling: it is registered, and listed among the free.
  await desk.settle('Line Toft', 'Jonas Lind', 'Mette Holm', OFFICER);
  let card = await desk.ask(danish ? 'ny bolig' : 'new home', homes.register.title);
  await desk.picture('home-register', card);
  await card.press(homes.register.submit);
  expect(await card.text()).toContain(shared.problems.required);
  await desk.picture('home-register-errors', card);
  const fill = (field: keyof typeof homes.register, value: string) => card.fill(String(homes.register[field]), value);
  await fill('association', 'Boligforeningen Prøven');
  await fill('department', 'Afdeling 9');
  await fill('address', address);
  await fill('postcode', '2400');
  await fill('town', 'København NV');
  await fill('rooms', '2');
  await fill('sizeM2', '52');
  await fill('rent', '4.850');
  await card.choose(homes.register.scheme, homes.schemes.state_subsidy);
  await fill('vacantFrom', daysFromNow(-12));
  await fill('answerDueOn', daysFromNow(9));
  await desk.picture('home-register-filled', card);
  await card.press(homes.register.submit);
  expect(await card.text()).toContain(homes.done.registered);
  await desk.picture('home-dwelling', card);
  card = await desk.ask(danish ? 'ledige boliger under 5000' : 'free homes under 5000', homes.list.all);
  await desk.picture('home-free', card);
  card = await desk.ask('ramme', homes.frames.title);
  await desk.picture('home-frames', card);

  // Who fits? The officer offers it to the one who has waited longest.
  card = await desk.ask(`${danish ? 'bolig' : 'dwelling'} ${address}`, address);
  await card.press(homes.card.who);
  await desk.picture('home-shortlist', card, 'shortlist');
  await card.press(homes.shortlist.offer);
  expect(await card.text()).toContain(words.offer.title);
  await desk.picture('step-offer', card);
  const number = Number(new RegExp(shared.caseNumber(0).replace('0', '(\\d+)')).exec(await card.text())?.[1]);
  await card.press(words.offer.outcome('offered'));
  const offered = await card.text();
  expect(offered).toContain(words.offer.result('offered'));
  await desk.picture('receipt-offered', card);

  // The caseworker reads what a no would mean, and says yes.
  const caseworker = CASEWORKERS.find((name) => offered.includes(name));
  if (!caseworker) throw new Error(`None of the demo's caseworkers is named in: ${offered}`);
  await desk.settle(caseworker);
  card = await desk.open(number);
  expect(await card.text()).toContain(address);
  await desk.picture('status-offered', card);
  await card.press(referral.doStep(words.answer.title));
  await card.press(words.answer.outcome('declined'));
  expect(await card.text()).toContain(answer.words[language].consequences?.['declined']);
  await desk.picture('step-answer-declining', card);
  await card.press(words.answer.outcome('accepted'));
  expect(await card.text()).toContain(words.answer.result('accepted'));
  await desk.picture('receipt-accepted', card);

  // The lease: what must be in it, and what it will cost.
  await desk.become(OFFICER);
  card = await desk.open(number);
  await card.press(referral.doStep(words.lease.title));
  expect(await card.text()).toContain(caseHomeWords[language].yearsOn(9));
  await words.lease.choose(card, 'housingBenefit', 'to_do');
  await words.lease.choose(card, 'depositLoan', 'applied');
  await card.press(words.lease.outcome('signed'));
  expect(await card.text()).toContain(words.lease.problem('unmetAll'));
  await desk.picture('step-lease-errors', card);
  await words.lease.fill(card, 'signedOn', daysFromNow(-1));
  await words.lease.fill(card, 'startsOn', daysFromNow(0));
  await words.lease.fill(card, 'rent', '4.850');
  await words.lease.fill(card, 'deposit', '21.000');
  await words.lease.fill(card, 'basisYear', '2023');
  for (const part of ['saysAmount', 'saysSteps', 'saysFullRent', 'saysIndexation', 'saysMoveOut'])
    await words.lease.fill(card, part, true);
  await desk.picture('step-lease', card);
  await card.press(words.lease.outcome('signed'));
  expect(await card.text()).toContain(words.lease.result('signed'));
  await desk.picture('receipt-leased', card);

  // The support, unless it was decided before.
  await desk.become(caseworker);
  card = await desk.open(number);
  if ((await card.buttons()).includes(referral.doStep(words.support.title))) {
    await card.press(referral.doStep(words.support.title));
    await words.support.choose(card, 'supportBasis', 'section_85a');
    await words.support.choose(card, 'supportMethod', 'cti');
    await words.support.fill(card, 'decidedOn', daysFromNow(-2));
    await card.choose(words.support.field('supportWorker'), SUPPORTER);
    await words.support.fill(card, 'preferredPerson', 'Bo fra herberget');
    await words.support.choose(card, 'preferredFollowed', 'no');
    await card.press(words.support.outcome('decided'));
    expect(await card.text()).toContain(words.support.problem('reasonMissing'));
    await desk.picture('step-support-errors', card);
    await words.support.fill(card, 'preferredReason', 'Bo er på barsel i hele perioden.');
    await card.press(words.support.outcome('decided'));
    expect(await card.text()).toContain(words.support.result('decided'));
    await desk.picture('receipt-supported', card);
  }

  // The shelter discharges: when the municipality does it, the five conditions of the law must hold.
  card = await desk.open(number);
  const status = await card.text();
  const shelterStaff = SHELTER_STAFF.find(([shelter]) => status.includes(shelter))?.[1];
  if (!shelterStaff) throw new Error(`None of the demo's shelters is named in: ${status}`);
  await desk.settle(shelterStaff);
  card = await desk.open(number);
  await card.press(referral.doStep(words.movedIn.title));
  await words.movedIn.fill(card, 'movedInOn', daysFromNow(0));
  await words.movedIn.fill(card, 'dischargedOn', daysFromNow(0));
  await words.movedIn.choose(card, 'manner', 'municipality');
  await words.movedIn.choose(card, 'reason', 'home_found');
  await words.movedIn.choose(card, 'to', 'own_home');
  await words.movedIn.fill(card, 'planMade', true);
  await card.press(words.movedIn.outcome('moved_in'));
  expect(await card.text()).toContain(words.movedIn.problem('conditions'));
  await desk.picture('step-moved-in-errors', card);
  for (const condition of ['homeAssigned', 'supportDecided', 'canMoveIn', 'placeReady'])
    await words.movedIn.fill(card, condition, true);
  await card.press(words.movedIn.outcome('moved_in'));
  expect(await card.text()).toContain(words.movedIn.result('moved_in'));
  await desk.picture('receipt-moved-in', card);

  // At home: what is still to be applied for, and the first follow-up.
  await desk.become(caseworker);
  card = await desk.open(number);
  const benefit = caseHomeWords[language].duty.housing_benefit;
  expect(await card.text()).toContain(benefit);
  await desk.picture('status-at-home', card, 'home');
  await card.press(caseHomeWords[language].dutyDone);
  expect(await card.text()).not.toContain(benefit);
  card = await desk.ask(danish ? 'fastholdelse' : 'homes kept', statusWords[language].retention.title);
  await desk.picture('retention', card);

  // A support worker's day.
  await desk.settle(SUPPORTER);
  card = await desk.ask(danish ? 'mine opgaver' : 'my tasks', words.keptHome.title);
  await desk.picture('tasks-support', card);
  await card.press(danish ? 'Åbn' : 'Open');
  expect(await card.text()).toContain(words.keptHome.field('housed'));
  await words.keptHome.fill(card, 'followedUpOn', daysFromNow(0));
  await words.keptHome.choose(card, 'housed', 'yes');
  await words.keptHome.choose(card, 'arrears', 'some');
  await words.keptHome.choose(card, 'payment', 'hard');
  await words.keptHome.choose(card, 'support', 'ended');
  await card.press(words.keptHome.outcome('worried'));
  expect(await card.text()).toContain(words.keptHome.problem('whoResponsible'));
  await desk.picture('step-kept-home-errors', card);
  await words.keptHome.choose(card, 'support', 'more_needed');
  await card.press(words.keptHome.outcome('worried'));
  expect(await card.text()).toContain(words.keptHome.result('worried'));
  await desk.picture('receipt-worried', card);

  expect(chat.pageErrors).toEqual([]);
});

const CASEWORKERS = ['Jonas Lind', 'Amira Haddad', 'Nadia Bruun'];
const SHELTER_STAFF = [
  ['Bocentret', 'Mette Holm'],
  ['Herbergscentret', 'Camilla Rask'],
  ['Frederikssundsvej', 'Fatima Nour'],
] as const;
