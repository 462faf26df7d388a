import { defineStep } from '../../../domain/referral/definition.ts';
import { staffMember } from '../../../domain/referral/form.ts';
import { step } from '../step.ts';

export const attachment = step(
  defineStep({
    id: 'attachment',
    party: 'allocation',
    form: { caseworker: staffMember('caseworker') },
    outcomes: { attached: { to: 'next', tells: ['shelter', 'caseworker'] } },
    facts: ({ caseworker }) => ({ caseworkerId: caseworker }),
    clock: { days: 5, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Tilknytning',
      intro: 'Vælg den sagsbehandler, der skal have sagen.',
      fields: { caseworker: 'Sagsbehandler' },
      choices: {},
      outcomes: { attached: 'Tilknyt' },
      results: { attached: 'Sagsbehandler tilknyttet' },
      reasons: {},
      problems: {},
    },
    en: {
      title: 'Attachment',
      intro: 'Choose the caseworker who is to have the case.',
      fields: { caseworker: 'Caseworker' },
      choices: {},
      outcomes: { attached: 'Attach' },
      results: { attached: 'Caseworker attached' },
      reasons: {},
      problems: {},
    },
  },
);
