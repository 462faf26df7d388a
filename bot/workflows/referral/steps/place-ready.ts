import { defineStep } from '../../../domain/referral/definition.ts';
import { optionalDate, optionalText } from '../../../domain/referral/form.ts';
import { step } from '../step.ts';

export const placeReady = step(
  defineStep({
    id: 'place-ready',
    party: 'caseworker',
    form: { place: optionalText(120), readyOn: optionalDate() },
    outcomes: {
      ready: { to: 'next', tells: ['shelter'] },
      fell_through: {
        to: { step: 'place-decision' },
        reasons: ['place_withdrawn', 'citizen_declined', 'waiting_too_long'],
        tells: ['shelter'],
      },
    },
    check: ({ place, readyOn }, outcome) =>
      outcome === 'ready'
        ? { ...(place === null ? { place: 'missing' } : {}), ...(readyOn === null ? { readyOn: 'when' } : {}) }
        : {},
    clock: { days: 60, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Plads klar',
      intro:
        'Skriv, hvor og hvornår pladsen er klar. Udskrivningen gælder først, når borgeren kan flytte ind (§ 110, stk. 5).',
      fields: { place: 'Botilbud eller plejehjem', readyOn: 'Pladsen er klar den' },
      choices: {},
      outcomes: { ready: 'Pladsen er klar', fell_through: 'Pladsen blev ikke til noget …' },
      results: { ready: 'Plads klar, venter på indflytning', fell_through: 'Pladsen blev ikke til noget' },
      reasons: {
        place_withdrawn: 'Botilbuddet trak pladsen tilbage',
        citizen_declined: 'Borgeren sagde nej',
        waiting_too_long: 'Ventetiden blev for lang',
      },
      problems: { missing: 'Skriv, hvilket sted det er.', when: 'Skriv, hvornår pladsen er klar.' },
    },
    en: {
      title: 'Place ready',
      intro:
        'Write where and when the place is ready. A discharge takes effect only when the citizen can move in (§ 110, 5).',
      fields: { place: 'Residential offer or care home', readyOn: 'The place is ready on' },
      choices: {},
      outcomes: { ready: 'The place is ready', fell_through: 'The place fell through …' },
      results: { ready: 'Place ready, waiting for the move', fell_through: 'The place fell through' },
      reasons: {
        place_withdrawn: 'The place was withdrawn',
        citizen_declined: 'The citizen declined',
        waiting_too_long: 'The wait became too long',
      },
      problems: { missing: 'Write which place it is.', when: 'Write when the place is ready.' },
    },
  },
);
