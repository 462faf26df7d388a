import { defineStep } from '../../../domain/referral/definition.ts';
import { choice, date, optionalDate } from '../../../domain/referral/form.ts';
import { step } from '../step.ts';

/** Provisional: the official code list of the quarterly § 110 statistics was not found (domain.md § 4). */
export const referredFrom = [
  'self',
  'municipality',
  'other_shelter',
  'hospital',
  'treatment',
  'prison_service',
  'street_outreach',
  'other',
] as const;

/** The answers kept of an admission; the workflow asks for the citizen beside them. */
export const admissionFields = {
  decidedOn: date(),
  referredFrom: choice(referredFrom),
  municipalityToldOn: optionalDate(),
} as const;

export const admission = step(
  defineStep({
    id: 'admission',
    party: 'shelter',
    form: admissionFields,
    outcomes: { admitted: { to: 'next', tells: [] } },
    clock: { days: 3, kind: 'hverdage', source: 'serviceloven § 110, stk. 6' },
  }),
  {
    da: {
      title: 'Indskrivning',
      intro: 'Indskriv en borger på herberget. Sagsbehandlerne får besked med det samme.',
      fields: {
        decidedOn: 'Dato for lederens afgørelse om optagelse',
        referredFrom: 'Henvist fra',
        municipalityToldOn: 'Handlekommunen er orienteret den (kan udfyldes senere)',
      },
      choices: {
        referredFrom: {
          self: 'Egen henvendelse',
          municipality: 'Kommune',
          other_shelter: 'Andet herberg',
          hospital: 'Hospital eller psykiatri',
          treatment: 'Behandling',
          prison_service: 'Kriminalforsorgen',
          street_outreach: 'Gadeplansarbejder',
          other: 'Andet',
        },
      },
      outcomes: { admitted: 'Indskriv' },
      results: { admitted: 'Indskrevet' },
      reasons: {},
      problems: {},
    },
    en: {
      title: 'Admission',
      intro: 'Admit a citizen to the shelter. The caseworkers are told at once.',
      fields: {
        decidedOn: "Date of the leader's decision to admit",
        referredFrom: 'Referred from',
        municipalityToldOn: 'The responsible municipality was told on (may be filled in later)',
      },
      choices: {
        referredFrom: {
          self: 'Own request',
          municipality: 'Municipality',
          other_shelter: 'Another shelter',
          hospital: 'Hospital or psychiatry',
          treatment: 'Treatment',
          prison_service: 'Prison and probation service',
          street_outreach: 'Street outreach',
          other: 'Other',
        },
      },
      outcomes: { admitted: 'Admit' },
      results: { admitted: 'Admitted' },
      reasons: {},
      problems: {},
    },
  },
);
