import { defineStep } from '../../../domain/referral/definition.ts';
import { optionalChoice, optionalDate, optionalText } from '../../../domain/referral/form.ts';
import { markCitizenTold } from '../../../store/cases.ts';
import { setOfferState } from '../../../store/leases.ts';
import { liveOffer } from '../home.ts';
import { type Effected, step } from '../step.ts';

/** Who can say no to a home. */
const decliners = ['citizen', 'sf', 'bif', 'landlord'] as const;
const declines = [
  'too_dear',
  'too_small',
  'area',
  'access',
  'pets',
  'wants_other_home',
  'support_not_ready',
  'capacity_changed',
  'not_ready_to_move',
  'landlord_refuses',
  'no_answer',
] as const;

const STATES = {
  accepted: 'accepted',
  declined: 'declined',
  declined_closed: 'declined',
  withdrawn: 'withdrawn',
  expired: 'expired',
} as const;

export const answer = step(
  defineStep({
    id: 'answer',
    party: 'caseworker',
    needsHome: 'offer',
    notBackTo: true,
    form: { answeredOn: optionalDate(), declinedBy: optionalChoice(decliners), note: optionalText(500) },
    outcomes: {
      accepted: { to: 'next', tells: ['shelter'] },
      declined: {
        to: { step: 'offer' },
        reasons: declines,
        tells: ['shelter'],
        citizenIsTold: true,
        citizenKnows: ({ declinedBy }) => declinedBy === 'citizen',
      },
      declined_closed: {
        to: 'stop',
        reasons: declines,
        tells: ['housing', 'caseworker', 'shelter'],
        citizenIsTold: true,
      },
      withdrawn: {
        to: { step: 'offer' },
        by: 'housing',
        reasons: ['landlord_withdrew', 'unfit', 'other_citizen', 'mistake'],
        tells: ['caseworker', 'shelter'],
        citizenIsTold: true,
      },
      expired: { to: { step: 'offer' }, by: 'nobody', tells: ['caseworker', 'shelter'], citizenIsTold: true },
    },
    check: ({ answeredOn, declinedBy }, outcome, { today }) => ({
      ...(answeredOn !== null && answeredOn > today ? { answeredOn: 'future' } : {}),
      ...(outcome.startsWith('declined') && declinedBy === null ? { declinedBy: 'whoDeclined' } : {}),
    }),
    clock: { days: 5, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Svar på boligtilbud',
      intro:
        'Skriv svaret. Anvisningen og herberget får besked med det samme. Uden svar inden fristen er boligen ledig igen.',
      fields: {
        answeredOn: 'Svaret kom den (tom = i dag)',
        declinedBy: 'Hvem sagde nej? (kun ved nej)',
        note: 'Bemærkning (ingen helbredsoplysninger)',
      },
      choices: {
        declinedBy: { citizen: 'Borgeren', sf: 'Socialforvaltningen', bif: 'BIF', landlord: 'Boligorganisationen' },
      },
      outcomes: {
        accepted: 'Ja til boligen',
        declined: 'Nej til boligen …',
        declined_closed: 'Nej, og afslut forløbet …',
        withdrawn: 'Træk tilbuddet tilbage …',
        expired: 'Fristen udløb',
      },
      results: {
        accepted: 'Ja til boligen',
        declined: 'Nej til boligen, venter på et nyt tilbud',
        declined_closed: 'Nej til boligen, forløbet er afsluttet',
        withdrawn: 'Tilbuddet er trukket tilbage',
        expired: 'Svarfristen udløb, boligen er ledig igen',
      },
      reasons: {
        too_dear: 'Huslejen er for høj',
        too_small: 'Boligen er for lille',
        area: 'Området passer ikke',
        access: 'Adgangsforhold (trapper, elevator)',
        pets: 'Husdyr er ikke tilladt',
        wants_other_home: 'Ønsker en anden bolig',
        support_not_ready: 'Støtten er ikke på plads',
        capacity_changed: 'Betalingsevnen har ændret sig',
        not_ready_to_move: 'Ikke klar til at flytte',
        landlord_refuses: 'Boligorganisationen siger nej',
        no_answer: 'Borgeren har ikke svaret',
        landlord_withdrew: 'Boligorganisationen trak boligen tilbage',
        unfit: 'Boligen kan ikke bruges',
        other_citizen: 'En anden borger skal have boligen',
        mistake: 'Fejl',
      },
      problems: {
        whoDeclined: 'Vælg, hvem der sagde nej.',
        future: 'Datoen ligger i fremtiden.',
        noOffer: 'Der er intet tilbud at svare på. Send sagen tilbage til Boligtilbud under Flere muligheder.',
      },
      consequences: {
        declined:
          'Boligen bliver ledig for andre med det samme. Siger borgeren nej, kan det betyde, at borgeren ikke får flere tilbud (kommunens regel er ikke bekræftet). Har du talt med borgeren om det?',
        declined_closed:
          'Boligen bliver ledig for andre, og forløbet afsluttes. Borgeren skal have besked. Du kan åbne forløbet igen.',
        withdrawn: 'Boligen bliver ledig for andre, og borgeren venter på et nyt tilbud. Borgeren skal have besked.',
      },
    },
    en: {
      title: 'Answer to the offer',
      intro:
        'Write the answer. The deciding unit and the shelter are told at once. Without one in time the home is free again.',
      fields: {
        answeredOn: 'The answer came on (empty = today)',
        declinedBy: 'Who said no? (only for a no)',
        note: 'Remark (no health information)',
      },
      choices: {
        declinedBy: {
          citizen: 'The citizen',
          sf: 'The social administration',
          bif: 'BIF',
          landlord: 'The housing association',
        },
      },
      outcomes: {
        accepted: 'Yes to the home',
        declined: 'No to the home …',
        declined_closed: 'No, and close the case …',
        withdrawn: 'Withdraw the offer …',
        expired: 'Time ran out',
      },
      results: {
        accepted: 'Yes to the home',
        declined: 'No to the home, waiting for a new offer',
        declined_closed: 'No to the home, the case is closed',
        withdrawn: 'The offer is withdrawn',
        expired: 'No answer in time, the home is free again',
      },
      reasons: {
        too_dear: 'The rent is too high',
        too_small: 'The home is too small',
        area: 'The area does not fit',
        access: 'Access (stairs, lift)',
        pets: 'Pets are not allowed',
        wants_other_home: 'Wants another home',
        support_not_ready: 'The support is not in place',
        capacity_changed: 'The payment capacity has changed',
        not_ready_to_move: 'Not ready to move',
        landlord_refuses: 'The housing association says no',
        no_answer: 'The citizen has not answered',
        landlord_withdrew: 'The housing association withdrew the home',
        unfit: 'The home cannot be used',
        other_citizen: 'Another citizen is to have the home',
        mistake: 'Mistake',
      },
      problems: {
        whoDeclined: 'Choose who said no.',
        future: 'The date is in the future.',
        noOffer: 'There is no offer to answer. Send the case back to Offer of a home under More options.',
      },
      consequences: {
        declined:
          "The home is free for others at once. If the citizen says no, there may be no more offers (the municipality's rule is not confirmed). Have you talked with the citizen about it?",
        declined_closed:
          'The home is free for others, and the case is closed. The citizen must be told. You can open the case again.',
        withdrawn: 'The home is free for others, and the citizen waits for a new offer. The citizen must be told.',
      },
    },
  },
  async ({ tx, turn: { now, today }, by, file, outcome, reason }, { declinedBy }): Promise<Effected> => {
    const live = liveOffer(file);
    // Whoever has answered had heard of the offer.
    const offered = file.passes.findLast(({ step: id }) => id === 'offer');
    const answers = outcome === 'accepted' || (outcome.startsWith('declined') && declinedBy === 'citizen');
    if (answers && by !== null && offered && offered.citizenToldOn === null)
      await markCitizenTold(tx, { passId: offered.id, on: today, by });
    if (live) {
      const says = outcome.startsWith('declined') ? { declinedBy } : {};
      await setOfferState(tx, live.id, STATES[outcome], { at: now, reason, ...says });
      return {};
    }
    if (outcome === 'accepted') return { problems: { '': 'noOffer' } };
    return {};
  },
);
