import { defineStep, unmet } from '../../../domain/referral/definition.ts';
import { choice, optionalDate } from '../../../domain/referral/form.ts';
import { step } from '../step.ts';

const dimension = () => choice(['missing', 'under_way', 'done']);

const stateDa = { missing: 'Mangler', under_way: 'I gang', done: 'Færdig i fagsystemet' };
const stateEn = { missing: 'Missing', under_way: 'Under way', done: 'Done in the system of record' };

export const assessment = step(
  defineStep({
    id: 'assessment',
    party: 'caseworker',
    // Only how far each VUM dimension is; its text stays in the system of record.
    form: {
      home: dimension(),
      mentalHealth: dimension(),
      physicalHealth: dimension(),
      dailyActivities: dimension(),
      network: dimension(),
      substances: dimension(),
      work: dimension(),
      economy: dimension(),
      plan: choice(['none', 'action_plan', 'whole_plan']),
      planOn: optionalDate(),
    },
    outcomes: { assessed: { to: 'next', tells: ['shelter'] } },
    check: ({ plan, planOn, ...dimensions }) => ({
      ...unmet(dimensions, (state) => state !== 'done'),
      ...(plan === 'none' ? { plan: 'noPlan' } : planOn === null ? { planOn: 'planDate' } : {}),
    }),
    clock: { days: 20, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Udredning',
      intro: 'Her står kun, hvor langt udredningen er. Selve teksten skriver du i fagsystemet.',
      fields: {
        home: 'Bolig',
        mentalHealth: 'Psykisk helbred',
        physicalHealth: 'Fysisk helbred',
        dailyActivities: 'Daglige aktiviteter',
        network: 'Netværk',
        substances: 'Rusmidler',
        work: 'Uddannelse og beskæftigelse',
        economy: 'Økonomi',
        plan: 'Handleplan (servicelovens §§ 141 og 142)',
        planOn: 'Planen er aftalt den',
      },
      choices: {
        home: stateDa,
        mentalHealth: stateDa,
        physicalHealth: stateDa,
        dailyActivities: stateDa,
        network: stateDa,
        substances: stateDa,
        work: stateDa,
        economy: stateDa,
        plan: { none: 'Ingen endnu', action_plan: 'Handleplan', whole_plan: 'Helhedsorienteret plan (med samtykke)' },
      },
      outcomes: { assessed: 'Udredt: videre til afklaring' },
      results: { assessed: 'Udredt' },
      reasons: {},
      problems: {
        unmet: 'Ikke færdig i fagsystemet endnu.',
        unmetAll:
          'Alle områder skal være færdige i fagsystemet, før sagen går videre. Tryk Gem og luk, hvis I ikke er så langt endnu.',
        noPlan: 'Borgere på herberg skal have en handleplan, før sagen går videre.',
        planDate: 'Skriv, hvornår planen blev aftalt.',
      },
    },
    en: {
      title: 'Assessment',
      intro: 'This shows only how far the assessment is. You write the text itself in the system of record.',
      fields: {
        home: 'Home',
        mentalHealth: 'Mental health',
        physicalHealth: 'Physical health',
        dailyActivities: 'Daily activities',
        network: 'Network',
        substances: 'Substances',
        work: 'Education and work',
        economy: 'Economy',
        plan: 'Action plan (Social Services Act §§ 141 and 142)',
        planOn: 'The plan was agreed on',
      },
      choices: {
        home: stateEn,
        mentalHealth: stateEn,
        physicalHealth: stateEn,
        dailyActivities: stateEn,
        network: stateEn,
        substances: stateEn,
        work: stateEn,
        economy: stateEn,
        plan: { none: 'None yet', action_plan: 'Action plan', whole_plan: 'Whole plan (with consent)' },
      },
      outcomes: { assessed: 'Assessed: on to clarification' },
      results: { assessed: 'Assessed' },
      reasons: {},
      problems: {
        unmet: 'Not done in the system of record yet.',
        unmetAll:
          'All areas must be done in the system of record before the case goes on. Press Save and close if you are not there yet.',
        noPlan: 'Shelter residents must have an action plan before the case goes on.',
        planDate: 'Write when the plan was agreed.',
      },
    },
  },
);
