import { defineStep } from '../../../domain/referral/definition.ts';
import { optionalDate, optionalText } from '../../../domain/referral/form.ts';
import { step } from '../step.ts';

export const placeDecision = step(
  defineStep({
    id: 'place-decision',
    party: 'caseworker',
    form: { decidedOn: optionalDate(), note: optionalText(500) },
    outcomes: {
      granted: { to: 'next', tells: ['shelter'], citizenIsTold: true },
      refused: {
        to: { step: 'clarification' },
        reasons: ['outside_target_group', 'citizen_does_not_wish', 'own_home_instead'],
        tells: ['shelter'],
        citizenIsTold: true,
      },
    },
    check: ({ decidedOn }, outcome, { today }) =>
      outcome === 'granted' && decidedOn === null
        ? { decidedOn: 'missing' }
        : decidedOn !== null && decidedOn > today
          ? { decidedOn: 'future' }
          : {},
    clock: { days: 15, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Afgørelse om botilbud',
      intro:
        'Skriv afgørelsen om botilbud (§ 107 eller § 108) eller plejehjem. Den skal være truffet før udskrivningen, ellers mister kommunen refusionen (§ 176 a).',
      fields: { decidedOn: 'Dato for afgørelsen', note: 'Bemærkning (ingen helbredsoplysninger)' },
      choices: {},
      outcomes: { granted: 'Bevilget', refused: 'Ikke bevilget …' },
      results: { granted: 'Botilbud bevilget', refused: 'Botilbud ikke bevilget, tilbage til afklaring' },
      reasons: {
        outside_target_group: 'Uden for målgruppen',
        citizen_does_not_wish: 'Borgeren ønsker det ikke',
        own_home_instead: 'Egen bolig med støtte passer bedre',
      },
      problems: { missing: 'Skriv, hvornår afgørelsen blev truffet.', future: 'Datoen ligger i fremtiden.' },
    },
    en: {
      title: 'Decision on a place',
      intro:
        'Write the decision on a residential offer (§ 107 or § 108) or a care home. It must be made before the discharge, or the municipality loses the state refund (§ 176 a).',
      fields: { decidedOn: 'Date of the decision', note: 'Remark (no health information)' },
      choices: {},
      outcomes: { granted: 'Granted', refused: 'Not granted …' },
      results: { granted: 'Place granted', refused: 'Place not granted, back to clarification' },
      reasons: {
        outside_target_group: 'Outside the target group',
        citizen_does_not_wish: 'The citizen does not wish it',
        own_home_instead: 'A home of their own with support fits better',
      },
      problems: { missing: 'Write when the decision was made.', future: 'The date is in the future.' },
    },
  },
);
