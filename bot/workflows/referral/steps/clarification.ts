import { isPlace, supportBases, supportMethods, supportProblem } from '../../../domain/referral/codes.ts';
import { defineStep } from '../../../domain/referral/definition.ts';
import { choice, kroner, number, optionalDate, optionalText } from '../../../domain/referral/form.ts';
import { homeKinds } from '../../../domain/schemes.ts';
import { step } from '../step.ts';

export const clarification = step(
  defineStep({
    id: 'clarification',
    party: 'caseworker',
    form: {
      adults: number(1, 9),
      children: number(0, 19),
      wishes: optionalText(300),
      homeKind: choice(homeKinds),
      supportBasis: choice(supportBases),
      supportMethod: choice(supportMethods),
      payable: kroner(),
      bifAskedOn: optionalDate(),
    },
    outcomes: {
      home: { to: 'next', tells: ['shelter'] },
      place: { to: { step: 'place-decision' }, tells: ['shelter'] },
    },
    outcomeOf: ({ homeKind }) => (isPlace(homeKind) ? 'place' : 'home'),
    check: ({ supportBasis, supportMethod, bifAskedOn }, _outcome, { today }) => ({
      ...supportProblem(supportBasis, supportMethod),
      ...(bifAskedOn !== null && bifAskedOn > today ? { bifAskedOn: 'future' } : {}),
    }),
    facts: (answers, { supportDecidedOn, supportEndedOn = null }) => ({
      householdAdults: answers.adults,
      householdChildren: answers.children,
      homeKind: answers.homeKind,
      // What has been decided already is not undone by what was thought of.
      ...((supportDecidedOn === undefined || supportEndedOn !== null) && {
        supportBasis: answers.supportBasis,
        supportMethod: answers.supportMethod,
      }),
      payableOere: answers.payable,
      bifAskedOn: answers.bifAskedOn,
    }),
    clock: { days: 15, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Afklaring',
      intro:
        'Hvilken bolig og hvilken støtte passer, og hvad kan borgeren betale? Spørg BIF, før du indstiller borgeren.',
      fields: {
        adults: 'Voksne i husstanden',
        children: 'Børn i husstanden',
        wishes: 'Boligønsker (område, etage, dyr …)',
        homeKind: 'Boligform',
        supportBasis: 'Støtte efter',
        supportMethod: 'Metode',
        payable: 'Kan betale i husleje pr. måned (kr.)',
        bifAskedOn: 'BIF er spurgt om betalingsevnen den',
      },
      choices: {
        homeKind: {
          state_subsidy: 'Almen bolig med statsligt huslejetilskud',
          transitional: 'Udslusningsbolig med kommunalt tilskud',
          cheap_existing: 'Billig eksisterende bolig',
          unconventional: 'Skæv bolig',
          other_home: 'Anden bolig',
          section_107: 'Midlertidigt botilbud (§ 107)',
          section_108: 'Længerevarende botilbud (§ 108)',
          care_home: 'Plejehjem',
        },
        supportBasis: {
          section_85: 'Socialpædagogisk støtte (§ 85)',
          section_85a: 'Housing First-støtte (§ 85 a)',
          section_99: 'Støtte- og kontaktperson (§ 99)',
          none: 'Ingen støtte',
        },
        supportMethod: { cti: 'CTI', icm: 'ICM', act: 'ACT', other: 'Anden metode', none: 'Ingen' },
      },
      outcomes: { home: 'Afklaret', place: 'Afklaret' },
      results: { home: 'Afklaret til egen bolig', place: 'Afklaret til botilbud eller plejehjem' },
      reasons: {},
      problems: {
        methodWithoutBasis: 'Vælg, hvilken paragraf støtten gives efter, eller sæt metoden til Ingen.',
        basisWithoutMethod: 'Vælg en metode til støtten.',
        future: 'Datoen ligger i fremtiden.',
      },
    },
    en: {
      title: 'Clarification',
      intro: 'Which home and which support fit, and what can the citizen pay? Ask BIF before the nomination.',
      fields: {
        adults: 'Adults in the household',
        children: 'Children in the household',
        wishes: 'Wishes (area, floor, pets …)',
        homeKind: 'Kind of home',
        supportBasis: 'Support under',
        supportMethod: 'Method',
        payable: 'Can pay in rent a month (DKK)',
        bifAskedOn: 'BIF was asked about payment capacity on',
      },
      choices: {
        homeKind: {
          state_subsidy: 'Social housing with state rent subsidy',
          transitional: 'Transitional home with municipal subsidy',
          cheap_existing: 'Cheap existing home',
          unconventional: 'Unconventional small home',
          other_home: 'Other home',
          section_107: 'Temporary residential offer (§ 107)',
          section_108: 'Long-term residential offer (§ 108)',
          care_home: 'Care home',
        },
        supportBasis: {
          section_85: 'Social support (§ 85)',
          section_85a: 'Housing First support (§ 85 a)',
          section_99: 'Support and contact person (§ 99)',
          none: 'No support',
        },
        supportMethod: { cti: 'CTI', icm: 'ICM', act: 'ACT', other: 'Another method', none: 'None' },
      },
      outcomes: { home: 'Clarified', place: 'Clarified' },
      results: { home: 'Clarified for a home of their own', place: 'Clarified for a residential offer or care home' },
      reasons: {},
      problems: {
        methodWithoutBasis: 'Choose the section that the support is given under, or set the method to None.',
        basisWithoutMethod: 'Choose a method for the support.',
        future: 'The date is in the future.',
      },
    },
  },
);
