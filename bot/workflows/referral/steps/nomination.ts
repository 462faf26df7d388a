import { defineStep, unmet } from '../../../domain/referral/definition.ts';
import { optionalDate, optionalText, yesNo } from '../../../domain/referral/form.ts';
import { step } from '../step.ts';

export const nomination = step(
  defineStep({
    id: 'nomination',
    party: 'caseworker',
    // The four criteria of Den boligsociale anvisning (domain.md § 3).
    form: {
      acuteNeed: yesNo(),
      cannotSolve: yesNo(),
      ableToLive: yesNo(),
      aroseHere: yesNo(),
      bifAskedOn: optionalDate(),
      note: optionalText(500),
    },
    outcomes: {
      nominated: { to: 'next', tells: ['shelter'] },
      not_now: {
        to: { step: 'clarification' },
        reasons: ['criteria_not_met', 'citizen_does_not_wish', 'other_home_found', 'needs_more_support'],
        tells: ['shelter'],
      },
    },
    check: ({ bifAskedOn, note: _note, ...criteria }, outcome, { today }) =>
      outcome === 'nominated'
        ? {
            ...unmet(criteria, (met) => met !== true),
            ...(bifAskedOn === null
              ? { bifAskedOn: 'bifMissing' }
              : bifAskedOn > today
                ? { bifAskedOn: 'future' }
                : {}),
          }
        : {},
    facts: ({ bifAskedOn }) => (bifAskedOn === null ? {} : { bifAskedOn }),
    clock: { days: 5, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Indstilling',
      intro: 'Borgeren kan indstilles til Den boligsociale anvisning, når alle fire kriterier er opfyldt.',
      fields: {
        acuteNeed: 'Akut boligsocialt behov: et boligproblem og et socialt problem, som en bolig kan afhjælpe',
        cannotSolve: 'Borgeren kan ikke selv løse sit boligproblem',
        ableToLive: 'Borgeren kan bo i en almindelig bolig, eventuelt med støtte',
        aroseHere: 'Problemet er opstået, mens borgeren boede i kommunen',
        bifAskedOn: 'BIF er spurgt om betalingsevnen den',
        note: 'Bemærkning til anvisningen (ingen helbredsoplysninger)',
      },
      choices: {},
      outcomes: { nominated: 'Indstil', not_now: 'Indstil ikke nu …' },
      results: { nominated: 'Indstillet til Den boligsociale anvisning', not_now: 'Ikke indstillet' },
      reasons: {
        criteria_not_met: 'Kriterierne er ikke opfyldt',
        citizen_does_not_wish: 'Borgeren ønsker det ikke',
        other_home_found: 'En anden bolig er fundet',
        needs_more_support: 'Borgeren har brug for mere støtte, end egen bolig kan give',
      },
      problems: {
        unmet: 'Ikke opfyldt endnu.',
        unmetAll: 'Alle fire kriterier skal være opfyldt, før borgeren kan indstilles. Vælg ellers Indstil ikke nu.',
        bifMissing: 'BIF skal være spurgt, før du indstiller borgeren. Skriv datoen.',
        future: 'Datoen ligger i fremtiden.',
      },
    },
    en: {
      title: 'Nomination',
      intro: 'The citizen can be nominated to Den boligsociale anvisning when all four criteria are met.',
      fields: {
        acuteNeed: 'Acute need: a housing problem and a social problem that a home can relieve',
        cannotSolve: 'The citizen cannot solve the housing problem alone',
        ableToLive: 'The citizen can live in an ordinary home, with support if needed',
        aroseHere: 'The problem arose while the citizen lived in the municipality',
        bifAskedOn: 'BIF was asked about payment capacity on',
        note: 'Remark to the deciding unit (no health information)',
      },
      choices: {},
      outcomes: { nominated: 'Nominate', not_now: 'Do not nominate now …' },
      results: { nominated: 'Nominated to Den boligsociale anvisning', not_now: 'Not nominated' },
      reasons: {
        criteria_not_met: 'The criteria are not met',
        citizen_does_not_wish: 'The citizen does not wish it',
        other_home_found: 'Another home was found',
        needs_more_support: 'The citizen needs more support than a home of their own can give',
      },
      problems: {
        unmet: 'Not met yet.',
        unmetAll:
          'All four criteria must be met before the citizen can be nominated. If not, choose Do not nominate now.',
        bifMissing: 'BIF must be asked before you nominate the citizen. Write the date.',
        future: 'The date is in the future.',
      },
    },
  },
);
