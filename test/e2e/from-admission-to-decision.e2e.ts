/** A resident's whole way, in both languages: four colleagues take a case from admission to the decision. */
import { assessment } from '../../bot/workflows/referral/steps/assessment.ts';
import { admission } from '../../bot/workflows/referral/steps/admission.ts';
import { attachment } from '../../bot/workflows/referral/steps/attachment.ts';
import { clarification } from '../../bot/workflows/referral/steps/clarification.ts';
import { decision } from '../../bot/workflows/referral/steps/decision.ts';
import { nomination } from '../../bot/workflows/referral/steps/nomination.ts';
import { stabilising } from '../../bot/workflows/referral/steps/stabilising.ts';
import { type Demo, startDemo } from './demo.ts';
import { Desk, languages } from './desk.ts';
import { type Card, Playground } from './playground.ts';

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

const residents = { da: 'Kim Prøvesen', en: 'Robin Prøvesen' };

test.each(languages)('from admission to decision (%s)', async (language) => {
  const desk = new Desk(chat, language);
  const { referral, shared } = desk.words;
  const steps = { admission, attachment, stabilising, assessment, clarification, nomination, decision };
  const words = Object.fromEntries(
    Object.entries(steps).map(([name, { words: both }]) => [name, both[language]]),
  ) as unknown as {
    [name in keyof typeof steps]: {
      title: string;
      fields: Record<string, string>;
      choices: Record<string, Record<string, string>>;
      outcomes: Record<string, string>;
      results: Record<string, string>;
      reasons: Record<string, string>;
      problems: Record<string, string>;
    };
  };
  const choose = (card: Card, step: keyof typeof steps, field: string, value: string): Promise<void> =>
    card.choose(words[step].fields[field] ?? field, words[step].choices[field]?.[value] ?? value);
  const button = (step: keyof typeof steps, outcome: string): string => words[step].outcomes[outcome] ?? outcome;
  const result = (step: keyof typeof steps, outcome: string): string => words[step].results[outcome] ?? outcome;

  // The shelter admits; the CPR number is missing at first.
  await desk.settle('Birgitte Thorup', 'Jonas Lind', 'Sanne Krogh', 'Mette Holm');
  let card = await desk.ask(language === 'da' ? 'indskriv' : 'admit', words.admission.title);
  await desk.picture('admission', card);
  await card.fill(referral.admission.name, residents[language]);
  await choose(card, 'admission', 'referredFrom', 'street_outreach');
  await card.press(button('admission', 'admitted'));
  expect(await card.text()).toContain(referral.problems.cprOrReason);
  expect(await card.value(referral.admission.name)).toBe(residents[language]);
  await desk.picture('admission-errors', card);
  if (language === 'da') await card.fill(referral.admission.cpr, '040404-0404');
  else await card.choose(referral.admission.noCprReason, referral.admission.noCprReasons.foreign_national);
  await card.press(button('admission', 'admitted'));
  const receipt = await card.text();
  expect(receipt).toContain(result('admission', 'admitted'));
  expect(receipt).not.toMatch(/040404/);
  await desk.picture('receipt-admitted', card);
  const number = Number(new RegExp(shared.caseNumber(0).replace('0', '(\\d+)')).exec(receipt)?.[1]);
  expect(number).toBeGreaterThan(0);

  // The unit's manager gives the case a caseworker.
  await desk.become('Birgitte Thorup');
  card = await desk.notice(number, 'case.turn', 'Birgitte Thorup');
  await desk.picture('notice-turn', card);
  await card.press(words.attachment.title);
  await card.choose(words.attachment.fields['caseworker'] ?? '', 'Jonas Lind');
  await desk.picture('step-attachment', card);
  await card.press(button('attachment', 'attached'));
  expect(await card.text()).toContain(result('attachment', 'attached'));
  await desk.picture('receipt-attached', card);

  // The shelter's checklist is saved half done, and gone on with.
  await desk.become('Mette Holm');
  card = await desk.open(number);
  await desk.picture('status', card);
  await card.press(words.stabilising.title);
  await desk.picture('step-stabilising', card);
  await choose(card, 'stabilising', 'mitId', 'in_place');
  await choose(card, 'stabilising', 'benefit', 'under_way');
  await card.press(shared.save);
  expect(await card.text()).toContain(referral.saved);
  await desk.picture('saved', card);
  card = await desk.open(number);
  await desk.picture('status-draft', card);
  await card.press(words.stabilising.title);
  expect(await card.value(words.stabilising.fields['benefit'] ?? '')).toBe(
    words.stabilising.choices['benefit']?.['under_way'],
  );
  await desk.picture('step-stabilising-draft', card);
  await choose(card, 'stabilising', 'debt', 'not_relevant');
  await choose(card, 'stabilising', 'healthContact', 'in_place');
  await card.press(button('stabilising', 'stabilised'));
  expect(await card.text()).toContain(words.stabilising.problems['notYet']);
  await desk.picture('step-stabilising-errors', card);
  await choose(card, 'stabilising', 'benefit', 'in_place');
  await card.press(button('stabilising', 'stabilised'));
  expect(await card.text()).toContain(result('stabilising', 'stabilised'));
  await desk.picture('receipt-stabilised', card);

  // The caseworker assesses, clarifies and nominates.
  await desk.become('Jonas Lind');
  card = await desk.notice(number, 'case.turn', 'Jonas Lind');
  await card.press(words.assessment.title);
  for (const field of Object.keys(words.assessment.choices).filter((name) => name !== 'plan')) {
    await choose(card, 'assessment', field, 'done');
  }
  await choose(card, 'assessment', 'plan', 'none');
  await card.press(button('assessment', 'assessed'));
  expect(await card.text()).toContain(words.assessment.problems['noPlan']);
  await desk.picture('step-assessment-errors', card);
  await choose(card, 'assessment', 'plan', 'action_plan');
  await card.fill(words.assessment.fields['planOn'] ?? '', daysAgo(1));
  await desk.picture('step-assessment', card);
  await card.press(button('assessment', 'assessed'));
  expect(await card.text()).toContain(result('assessment', 'assessed'));
  await desk.picture('receipt-assessed', card);

  await card.press(referral.continueWith(words.clarification.title));
  await desk.picture('step-clarification-empty', card);
  await card.fill(words.clarification.fields['adults'] ?? '', '1');
  await card.fill(words.clarification.fields['children'] ?? '', '0');
  await card.fill(words.clarification.fields['wishes'] ?? '', 'Stueetage, gerne Nordvest. Har hund.');
  await choose(card, 'clarification', 'homeKind', 'state_subsidy');
  await choose(card, 'clarification', 'supportBasis', 'section_85a');
  await choose(card, 'clarification', 'supportMethod', 'cti');
  await card.fill(words.clarification.fields['payable'] ?? '', 'ved ikke');
  await card.press(button('clarification', 'home'));
  expect(await card.text()).toContain(shared.problems.amount);
  await desk.picture('step-clarification-errors', card);
  await card.fill(words.clarification.fields['payable'] ?? '', '3.900');
  await card.fill(words.clarification.fields['bifAskedOn'] ?? '', daysAgo(2));
  await desk.picture('step-clarification', card);
  await card.press(button('clarification', 'home'));
  expect(await card.text()).toContain(result('clarification', 'home'));

  await card.press(referral.continueWith(words.nomination.title));
  await card.press(button('nomination', 'nominated'));
  expect(await card.text()).toContain(words.nomination.problems['notMet']);
  await desk.picture('step-nomination-errors', card);
  for (const criterion of ['acuteNeed', 'cannotSolve', 'ableToLive', 'aroseHere']) {
    await card.fill(words.nomination.fields[criterion] ?? '', true);
  }
  await card.fill(words.nomination.fields['note'] ?? '', 'Borgeren er klar til at flytte, så snart der er en bolig.');
  await desk.picture('step-nomination', card, 'step');
  await card.press(button('nomination', 'nominated'));
  expect(await card.text()).toContain(result('nomination', 'nominated'));
  await desk.picture('receipt-nominated', card, 'receipt');
  await card.press(shared.showNote);
  await desk.picture('receipt-note', card);
  await card.press(shared.openCase);
  await desk.picture('status-nominated', card, 'status');

  // Den boligsociale anvisning sends it back once, and then approves.
  await desk.become('Sanne Krogh');
  card = await desk.notice(number, 'case.turn', 'Sanne Krogh');
  await card.press(words.decision.title);
  await card.fill(words.decision.fields['note'] ?? '', 'Er der plads til hunden?');
  await card.press(button('decision', 'returned'));
  await card.choose(shared.reason, words.decision.reasons['household_unclear'] ?? '');
  await desk.picture('step-decision-return', card);
  await card.press(referral.confirm);
  expect(await card.text()).toContain(result('decision', 'returned'));
  await desk.picture('receipt-returned', card);

  await desk.become('Jonas Lind');
  card = await desk.notice(number, 'case.turn', 'Jonas Lind');
  await desk.picture('notice-returned', card);
  await card.press(words.nomination.title);
  expect(await card.text()).toContain('Er der plads til hunden?');
  await desk.picture('step-nomination-returned', card);
  await card.press(button('nomination', 'nominated'));
  expect(await card.text()).toContain(result('nomination', 'nominated'));

  await desk.become('Sanne Krogh');
  card = await desk.open(number);
  await desk.picture('status-decision', card);
  await card.press(words.decision.title);
  await desk.picture('step-decision', card);
  await card.press(button('decision', 'approved'));
  expect(await card.text()).toContain(result('decision', 'approved'));
  await desk.picture('receipt-approved', card);

  // The citizen is told, and there is a note to copy.
  await desk.become('Jonas Lind');
  card = await desk.notice(number, 'case.result', 'Jonas Lind');
  await desk.picture('notice-result', card);
  card = await desk.open(number);
  expect(await card.text()).toContain(referral.citizenNotTold(result('decision', 'approved')));
  await desk.picture('status-approved', card);
  await card.press(referral.markCitizen);
  expect(await card.text()).not.toContain(referral.citizenNotTold(''));
  await desk.picture('status-citizen-told', card);
  await card.press(shared.showNote);
  expect(await card.text()).toContain(result('nomination', 'nominated'));
  await desk.picture('notes', card);

  expect(chat.pageErrors).toEqual([]);
});

function daysAgo(days: number): string {
  const day = new Date(Date.now() - days * 86_400_000);
  return day.toLocaleDateString('sv-SE', { timeZone: 'Europe/Copenhagen' });
}
