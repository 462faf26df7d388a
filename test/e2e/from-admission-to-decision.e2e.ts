/** A resident's whole way, in both languages: four colleagues take a case from admission to the decision. */
import { jest } from '@jest/globals';
import { assessment } from '../../bot/workflows/referral/steps/assessment.ts';
import { admission } from '../../bot/workflows/referral/steps/admission.ts';
import { attachment } from '../../bot/workflows/referral/steps/attachment.ts';
import { clarification } from '../../bot/workflows/referral/steps/clarification.ts';
import { decision } from '../../bot/workflows/referral/steps/decision.ts';
import { nomination } from '../../bot/workflows/referral/steps/nomination.ts';
import { stabilising } from '../../bot/workflows/referral/steps/stabilising.ts';
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

// The browser and the demo share two cores with whatever else runs: a walk that stumbles begins anew, with another resident.
jest.retryTimes(3, { logErrorsBeforeRetry: true });
let walks = 0;

const residents = { da: 'Kim Prøvesen', en: 'Robin Prøvesen' };

test.each(languages)('from admission to decision (%s)', async (language) => {
  const desk = new Desk(chat, language);
  const { referral, shared } = desk.words;
  const words = {
    admission: wordsOf(admission, language),
    attachment: wordsOf(attachment, language),
    stabilising: wordsOf(stabilising, language),
    assessment: wordsOf(assessment, language),
    clarification: wordsOf(clarification, language),
    nomination: wordsOf(nomination, language),
    decision: wordsOf(decision, language),
  };

  // The shelter admits; the CPR number is missing at first.
  await desk.settle('Birgitte Thorup', 'Jonas Lind', 'Sanne Krogh', 'Mette Holm');
  let card = await desk.ask(language === 'da' ? 'indskriv' : 'admit', words.admission.title);
  await desk.picture('admission', card);
  await card.fill(referral.admission.name, residents[language]);
  await words.admission.choose(card, 'referredFrom', 'street_outreach');
  await card.press(words.admission.outcome('admitted'));
  expect(await card.text()).toContain(referral.problems.cprOrReason);
  expect(await card.value(referral.admission.name)).toBe(residents[language]);
  await desk.picture('admission-errors', card);
  if (language === 'da') await card.fill(referral.admission.cpr, `040404-0${403 + (walks += 1)}`);
  else await card.choose(referral.admission.noCprReason, referral.admission.noCprReasons.foreign_national);
  await card.press(words.admission.outcome('admitted'));
  const receipt = await card.text();
  expect(receipt).toContain(words.admission.result('admitted'));
  expect(receipt).not.toMatch(/040404/);
  await desk.picture('receipt-admitted', card);
  const number = Number(new RegExp(shared.caseNumber(0).replace('0', '(\\d+)')).exec(receipt)?.[1]);
  expect(number).toBeGreaterThan(0);

  // The unit's manager gives the case a caseworker.
  await desk.become('Birgitte Thorup');
  card = await desk.notice(number, 'case.turn', 'Birgitte Thorup');
  await desk.picture('notice-turn', card);
  await card.press(referral.doStep(words.attachment.title));
  await card.choose(words.attachment.field('caseworker'), 'Jonas Lind');
  await desk.picture('step-attachment', card);
  await card.press(words.attachment.outcome('attached'));
  expect(await card.text()).toContain(words.attachment.result('attached'));
  await desk.picture('receipt-attached', card);

  // The shelter's checklist is saved half done, and gone on with.
  await desk.become('Mette Holm');
  card = await desk.open(number);
  await desk.picture('status', card);
  await card.press(referral.doStep(words.stabilising.title));
  await desk.picture('step-stabilising', card);
  await words.stabilising.choose(card, 'mitId', 'in_place');
  await words.stabilising.choose(card, 'benefit', 'under_way');
  await card.press(shared.save);
  expect(await card.text()).toContain(referral.saved);
  await desk.picture('saved', card);
  card = await desk.open(number);
  await desk.picture('status-draft', card);
  await card.press(referral.doStep(words.stabilising.title));
  expect(await card.value(words.stabilising.field('benefit'))).toBe(words.stabilising.choice('benefit', 'under_way'));
  await desk.picture('step-stabilising-draft', card);
  await words.stabilising.choose(card, 'debt', 'not_relevant');
  await words.stabilising.choose(card, 'healthContact', 'in_place');
  await card.press(words.stabilising.outcome('stabilised'));
  expect(await card.text()).toContain(words.stabilising.problem('unmetAll'));
  await desk.picture('step-stabilising-errors', card);
  await words.stabilising.choose(card, 'benefit', 'in_place');
  await card.press(words.stabilising.outcome('stabilised'));
  expect(await card.text()).toContain(words.stabilising.result('stabilised'));
  await desk.picture('receipt-stabilised', card);

  // The caseworker assesses, clarifies and nominates.
  await desk.become('Jonas Lind');
  card = await desk.notice(number, 'case.turn', 'Jonas Lind');
  await card.press(referral.doStep(words.assessment.title));
  for (const field of Object.keys(assessment.words[language].choices).filter((name) => name !== 'plan')) {
    await words.assessment.choose(card, field, 'done');
  }
  await words.assessment.choose(card, 'plan', 'none');
  await card.press(words.assessment.outcome('assessed'));
  expect(await card.text()).toContain(words.assessment.problem('noPlan'));
  await desk.picture('step-assessment-errors', card);
  await words.assessment.choose(card, 'plan', 'action_plan');
  await words.assessment.fill(card, 'planOn', daysFromNow(-1));
  await desk.picture('step-assessment', card);
  await card.press(words.assessment.outcome('assessed'));
  expect(await card.text()).toContain(words.assessment.result('assessed'));
  await desk.picture('receipt-assessed', card);

  await card.press(referral.continueWith(words.clarification.title));
  await desk.picture('step-clarification-empty', card);
  await words.clarification.fill(card, 'adults', '1');
  await words.clarification.fill(card, 'children', '0');
  await words.clarification.fill(card, 'wishes', 'Stueetage, gerne Nordvest. Har hund.');
  await words.clarification.choose(card, 'homeKind', 'state_subsidy');
  await words.clarification.choose(card, 'supportBasis', 'section_85a');
  await words.clarification.choose(card, 'supportMethod', 'cti');
  await words.clarification.fill(card, 'payable', 'ved ikke');
  await card.press(words.clarification.outcome('home'));
  expect(await card.text()).toContain(shared.problems.amount);
  await desk.picture('step-clarification-errors', card);
  await words.clarification.fill(card, 'payable', '3.900');
  await words.clarification.fill(card, 'bifAskedOn', daysFromNow(-2));
  await desk.picture('step-clarification', card);
  await card.press(words.clarification.outcome('home'));
  expect(await card.text()).toContain(words.clarification.result('home'));

  await card.press(referral.continueWith(words.nomination.title));
  await card.press(words.nomination.outcome('nominated'));
  expect(await card.text()).toContain(words.nomination.problem('unmetAll'));
  await desk.picture('step-nomination-errors', card);
  for (const criterion of ['acuteNeed', 'cannotSolve', 'ableToLive', 'aroseHere']) {
    await words.nomination.fill(card, criterion, true);
  }
  await words.nomination.fill(card, 'note', 'Borgeren er klar til at flytte, så snart der er en bolig.');
  await desk.picture('step-nomination', card);
  await card.press(words.nomination.outcome('nominated'));
  expect(await card.text()).toContain(words.nomination.result('nominated'));
  await desk.picture('receipt-nominated', card, 'receipt');
  await card.press(shared.showNote);
  await desk.picture('receipt-note', card);
  await card.press(shared.openCase);
  await desk.picture('status-nominated', card, 'status');

  // Den boligsociale anvisning sends it back once, and then approves.
  await desk.become('Sanne Krogh');
  card = await desk.notice(number, 'case.turn', 'Sanne Krogh');
  await card.press(referral.doStep(words.decision.title));
  await words.decision.fill(card, 'note', 'Er der plads til hunden?');
  await card.press(words.decision.outcome('returned'));
  await card.choose(shared.reason, words.decision.reason('household_unclear'));
  await desk.picture('step-decision-return', card);
  await card.confirm();
  expect(await card.text()).toContain(words.decision.result('returned'));
  await desk.picture('receipt-returned', card);

  await desk.become('Jonas Lind');
  card = await desk.notice(number, 'case.turn', 'Jonas Lind');
  await desk.picture('notice-returned', card);
  await card.press(referral.doStep(words.nomination.title));
  expect(await card.text()).toContain('Er der plads til hunden?');
  await desk.picture('step-nomination-returned', card, 'step');
  await card.press(words.nomination.outcome('nominated'));
  expect(await card.text()).toContain(words.nomination.result('nominated'));

  await desk.become('Sanne Krogh');
  card = await desk.open(number);
  await desk.picture('status-decision', card);
  await card.press(referral.doStep(words.decision.title));
  await desk.picture('step-decision', card);
  await card.press(words.decision.outcome('approved'));
  expect(await card.text()).toContain(words.decision.result('approved'));
  await desk.picture('receipt-approved', card);

  // The citizen is told, and there is a note to copy.
  await desk.become('Jonas Lind');
  card = await desk.notice(number, 'case.result', 'Jonas Lind');
  await desk.picture('notice-result', card);
  card = await desk.open(number);
  expect(await card.text()).toContain(referral.citizenNotTold(words.decision.result('approved')));
  await desk.picture('status-approved', card);
  await card.press(referral.markCitizen);
  await card.press(referral.confirm);
  expect(await card.text()).not.toContain(referral.citizenNotTold(''));
  await desk.picture('status-citizen-told', card);
  await card.press(shared.showNote);
  // The journal is Danish, whatever the reader's language.
  expect(await card.text()).toContain(wordsOf(nomination, 'da').result('nominated'));
  await desk.picture('notes', card);

  expect(chat.pageErrors).toEqual([]);
});
