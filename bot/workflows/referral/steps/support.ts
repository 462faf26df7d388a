import { supportBases, supportMethods, supportProblem } from '../../../domain/referral/codes.ts';
import { farAway } from '../../../domain/typed.ts';
import { defineStep } from '../../../domain/referral/definition.ts';
import {
  choice,
  date,
  optionalChoice,
  optionalDate,
  optionalStaffMember,
  optionalText,
  yesNo,
} from '../../../domain/referral/form.ts';
import { refundAtRisk } from '../../../domain/refund.ts';
import { Temporal } from '../../../domain/time.ts';
import { step } from '../step.ts';
import { clarification } from './clarification.ts';

const { supportBasis: basesDa, supportMethod: methodsDa } = clarification.words.da.choices as never as Choices;
const { supportBasis: basesEn, supportMethod: methodsEn } = clarification.words.en.choices as never as Choices;
interface Choices {
  readonly supportBasis: Readonly<Record<(typeof supportBases)[number], string>>;
  readonly supportMethod: Readonly<Record<(typeof supportMethods)[number], string>>;
}

export const support = step(
  defineStep({
    id: 'support',
    party: 'caseworker',
    needsHome: 'offer',
    when: ({ supportDecidedOn, supportEndedOn = null }) => supportDecidedOn === undefined || supportEndedOn !== null,
    besideFrom: 'clarification',
    form: {
      supportBasis: choice(supportBases),
      supportMethod: choice(supportMethods),
      decidedOn: date(),
      startsOn: optionalDate(),
      supportWorker: optionalStaffMember('support_worker'),
      preferredPerson: optionalText(80),
      preferredFollowed: optionalChoice(['yes', 'no']),
      preferredReason: optionalText(300),
      refundKnown: yesNo(),
      note: optionalText(500),
    },
    onlyWhen: { refundKnown: ({ stay }) => stay.endedOn !== null },
    outcomes: { decided: { to: 'next', tells: ['shelter', 'support'], citizenIsTold: true } },
    check: (answers, _outcome, { today, stay }) => {
      const { supportBasis, supportMethod, decidedOn, supportWorker } = answers;
      const { preferredPerson, preferredFollowed, preferredReason, refundKnown } = answers;
      const asked = preferredPerson !== null;
      const atRisk =
        stay.endedOn !== null &&
        refundAtRisk({
          basis: supportBasis,
          supportDecidedOn: Temporal.PlainDate.from(decidedOn),
          dischargedOn: Temporal.PlainDate.from(stay.endedOn),
        });
      return {
        ...farAway({ decidedOn, startsOn: answers.startsOn }, today, 3),
        ...supportProblem(supportBasis, supportMethod),
        ...(decidedOn > today ? { decidedOn: 'future' } : {}),
        ...(supportBasis !== 'none' && supportWorker === null ? { supportWorker: 'workerMissing' } : {}),
        ...(asked && preferredFollowed === null ? { preferredFollowed: 'choose' } : {}),
        ...(asked && preferredFollowed === 'no' && preferredReason === null
          ? { preferredReason: 'reasonMissing' }
          : {}),
        ...(atRisk && !refundKnown ? { refundKnown: 'refundLost' } : {}),
      };
    },
    facts: ({ supportBasis, supportMethod, decidedOn, supportWorker }) => ({
      supportBasis,
      supportMethod,
      supportDecidedOn: decidedOn,
      supportWorkerId: supportBasis === 'none' ? null : supportWorker,
      supportEndedOn: null,
      responsibleId: null,
    }),
    clock: { days: 10, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Bostøtte',
      intro:
        'Skriv afgørelsen om støtte. Er den truffet før udskrivningen, refunderer staten halvdelen af § 85 a-støtte i op til to år (servicelovens § 176 a). Er den truffet bagefter, mister kommunen pengene.',
      fields: {
        supportBasis: 'Støtte efter',
        supportMethod: 'Metode',
        decidedOn: 'Dato for afgørelsen',
        startsOn: 'Støtten begynder den (kan udfyldes senere)',
        supportWorker: 'Bostøttemedarbejder',
        preferredPerson: 'Ønsker borgeren en bestemt støtteperson? Skriv hvem',
        preferredFollowed: 'Er ønsket fulgt?',
        preferredReason: 'Begrundelse, hvis ønsket ikke er fulgt (servicelovens § 142, stk. 4)',
        refundKnown: 'Borgeren var udskrevet, da afgørelsen blev truffet: Jeg ved, at refusionen mistes',
        note: 'Bemærkning (ingen helbredsoplysninger)',
      },
      choices: { supportBasis: basesDa, supportMethod: methodsDa, preferredFollowed: { yes: 'Ja', no: 'Nej' } },
      outcomes: { decided: 'Støtten er afgjort' },
      results: { decided: 'Støtte afgjort' },
      reasons: {},
      box: 'Ja',
      beside: 'Bostøtte: afgør eller ændr',
      problems: {
        methodWithoutBasis: 'Vælg, hvilken paragraf støtten gives efter, eller sæt metoden til Ingen.',
        basisWithoutMethod: 'Vælg en metode til støtten.',
        workerMissing: 'Vælg den medarbejder, der skal give støtten og følge op.',
        reasonMissing: 'Skriv, hvorfor ønsket ikke er fulgt. Borgeren har ret til en begrundelse.',
        refundLost:
          'Afgørelsen er truffet efter udskrivningen, så staten refunderer ikke støtten (servicelovens § 176 a). Tjek datoen. Er den rigtig, så sæt kryds.',
      },
    },
    en: {
      title: 'Support',
      intro:
        'Write the decision on support. If it was made before the discharge, the state refunds half of § 85 a support for up to two years (Social Services Act § 176 a). If it was made afterwards, the municipality loses the money.',
      fields: {
        supportBasis: 'Support under',
        supportMethod: 'Method',
        decidedOn: 'Date of the decision',
        startsOn: 'The support begins on (may be filled in later)',
        supportWorker: 'Support worker',
        preferredPerson: 'Does the citizen wish for a certain support person? Write whom',
        preferredFollowed: 'Is the wish followed?',
        preferredReason: 'Reason, if the wish is not followed (Social Services Act § 142, 4)',
        refundKnown: 'The citizen was discharged before the decision: I know that the refund is lost',
        note: 'Remark (no health information)',
      },
      choices: { supportBasis: basesEn, supportMethod: methodsEn, preferredFollowed: { yes: 'Yes', no: 'No' } },
      outcomes: { decided: 'The support is decided' },
      results: { decided: 'Support decided' },
      reasons: {},
      box: 'Yes',
      beside: 'Support: decide or change',
      problems: {
        methodWithoutBasis: 'Choose the section that the support is given under, or set the method to None.',
        basisWithoutMethod: 'Choose a method for the support.',
        workerMissing: 'Choose who is to give the support and follow up.',
        reasonMissing: 'Write why the wish is not followed. The citizen has a right to a reason.',
        refundLost:
          'The decision was made after the discharge, so the state does not refund the support (Social Services Act § 176 a). Check the date. If it is right, tick the box.',
      },
    },
  },
);
