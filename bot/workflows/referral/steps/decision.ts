import { defineStep } from '../../../domain/referral/definition.ts';
import { optionalText } from '../../../domain/referral/form.ts';
import { step } from '../step.ts';

const refusals = ['no_acute_need', 'can_solve_alone', 'not_able_to_live', 'arose_elsewhere'] as const;

export const decision = step(
  defineStep({
    id: 'decision',
    party: 'housing',
    notBy: 'nomination',
    form: { note: optionalText(500) },
    outcomes: {
      approved: { to: 'next', tells: ['caseworker', 'shelter'], citizenIsTold: true },
      returned: {
        to: { step: 'nomination' },
        reasons: ['capacity_missing', 'support_unclear', 'household_unclear', 'plan_missing'],
        tells: ['shelter'],
      },
      rejected: { to: { step: 'clarification' }, reasons: refusals, tells: ['shelter'], citizenIsTold: true },
      closed: { to: 'stop', reasons: refusals, tells: ['caseworker', 'shelter'], citizenIsTold: true },
    },
    clock: { days: 10, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Afgørelse',
      intro: 'Afgør indstillingen. Sagsbehandleren og herberget får besked med det samme.',
      fields: { note: 'Besked til sagsbehandleren (ingen helbredsoplysninger)' },
      choices: {},
      outcomes: {
        approved: 'Godkend',
        returned: 'Send tilbage …',
        rejected: 'Afslå og afklar igen …',
        closed: 'Afslå og afslut …',
      },
      results: {
        approved: 'Godkendt, venter på boligtilbud',
        returned: 'Sendt tilbage til indstilling',
        rejected: 'Afslået, tilbage til afklaring',
        closed: 'Afslået, forløbet er afsluttet',
      },
      reasons: {
        capacity_missing: 'Betalingsevnen mangler',
        support_unclear: 'Støtten er uklar',
        household_unclear: 'Husstanden er uklar',
        plan_missing: 'Handleplanen mangler',
        no_acute_need: 'Ikke et akut boligsocialt behov',
        can_solve_alone: 'Kan selv løse boligproblemet',
        not_able_to_live: 'Kan ikke bo i en almindelig bolig, heller ikke med støtte',
        arose_elsewhere: 'Problemet er opstået i en anden kommune',
      },
      problems: {},
    },
    en: {
      title: 'Decision',
      intro: 'Decide the nomination. The caseworker and the shelter are told at once.',
      fields: { note: 'Message to the caseworker (no health information)' },
      choices: {},
      outcomes: {
        approved: 'Approve',
        returned: 'Return …',
        rejected: 'Reject and clarify again …',
        closed: 'Reject and close …',
      },
      results: {
        approved: 'Approved, waiting for an offer',
        returned: 'Returned for the nomination to be completed',
        rejected: 'Rejected, back to clarification',
        closed: 'Rejected, the case is closed',
      },
      reasons: {
        capacity_missing: 'The payment capacity is missing',
        support_unclear: 'The support is unclear',
        household_unclear: 'The household is unclear',
        plan_missing: 'The action plan is missing',
        no_acute_need: 'No acute need',
        can_solve_alone: 'Can solve the housing problem alone',
        not_able_to_live: 'Cannot live in an ordinary home, even with support',
        arose_elsewhere: 'The problem arose in another municipality',
      },
      problems: {},
    },
  },
);
