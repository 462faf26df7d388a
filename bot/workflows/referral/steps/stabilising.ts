import { defineStep, unmet } from '../../../domain/referral/definition.ts';
import { choice } from '../../../domain/referral/form.ts';
import { step } from '../step.ts';

const progress = ['missing', 'under_way', 'in_place', 'not_relevant'] as const;
const item = () => choice(progress);

const stateDa = { missing: 'Mangler', under_way: 'I gang', in_place: 'På plads', not_relevant: 'Ikke relevant' };
const stateEn = { missing: 'Missing', under_way: 'Under way', in_place: 'In place', not_relevant: 'Not relevant' };

export const stabilising = step(
  defineStep({
    id: 'stabilising',
    party: 'shelter',
    form: { mitId: item(), benefit: item(), debt: item(), healthContact: item() },
    outcomes: { stabilised: { to: 'next', tells: [] } },
    check: (answers) => unmet(answers, (state) => state === 'missing' || state === 'under_way'),
    clock: { days: 15, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Stabilisering',
      intro: 'Vælg, hvor langt I er med hvert punkt. Du kan gemme undervejs.',
      fields: {
        mitId: 'MitID',
        benefit: 'Forsørgelse',
        debt: 'Overblik over gæld',
        healthContact: 'Kontakt til læge eller behandling',
      },
      choices: {
        mitId: stateDa,
        benefit: stateDa,
        debt: stateDa,
        healthContact: stateDa,
      },
      outcomes: { stabilised: 'Alt er på plads: videre til udredning' },
      results: { stabilised: 'Stabiliseret' },
      reasons: {},
      problems: {
        unmet: 'Ikke på plads endnu.',
        unmetAll:
          'Alt skal være på plads eller ikke relevant, før sagen går videre. Tryk Gem og luk, hvis I ikke er så langt endnu.',
      },
    },
    en: {
      title: 'Stabilising',
      intro: 'Choose how far you are with each item. You can save along the way.',
      fields: {
        mitId: 'MitID',
        benefit: 'Income support',
        debt: 'Overview of debt',
        healthContact: 'Contact with a doctor or treatment',
      },
      choices: {
        mitId: stateEn,
        benefit: stateEn,
        debt: stateEn,
        healthContact: stateEn,
      },
      outcomes: { stabilised: 'All in place: on to assessment' },
      results: { stabilised: 'Stabilised' },
      reasons: {},
      problems: {
        unmet: 'Not in place yet.',
        unmetAll:
          'All must be in place or not relevant before the case goes on. Press Save and close if you are not there yet.',
      },
    },
  },
);
