import { isPlace } from '../../../domain/referral/codes.ts';
import { dischargeFields, dischargeProblems } from '../../../domain/referral/discharge.ts';
import { farAway } from '../../../domain/typed.ts';
import { defineStep, type StepContext } from '../../../domain/referral/definition.ts';
import { date } from '../../../domain/referral/form.ts';
import { dischargeWords } from '../discharge-words.ts';
import { leaseUnmade, movedInto } from '../lease-effects.ts';
import { step } from '../step.ts';

const stillThere = ({ stay }: StepContext) => stay.endedOn === null;

export const movedIn = step(
  defineStep({
    id: 'moved-in',
    party: 'shelter',
    needsHome: 'offer',
    form: { movedInOn: date(), ...dischargeFields },
    onlyWhen: Object.fromEntries(Object.keys(dischargeFields).map((name) => [name, stillThere])),
    outcomes: {
      moved_in: { to: 'next', tells: ['caseworker', 'housing', 'support'], citizenIsTold: true },
      did_not_move: {
        to: { step: 'clarification' },
        reasons: ['citizen_withdrew', 'home_unfit', 'support_not_ready', 'place_withdrawn', 'citizen_left'],
        tells: ['caseworker', 'housing'],
      },
    },
    check: (answers, outcome, { today, stay, leaseFrom, facts }) => {
      if (outcome !== 'moved_in') return {};
      const { movedInOn, dischargedOn } = answers;
      // Whoever has been discharged before is not discharged again.
      const problems =
        stay.endedOn === null
          ? dischargeProblems(answers, { today, stayFrom: stay.decidedOn, facts, homeReady: true })
          : {};
      return {
        ...farAway({ movedInOn, dischargedOn }, today, 3),
        ...problems,
        ...(movedInOn > today
          ? { movedInOn: 'future' }
          : leaseFrom !== null && !isPlace(facts.homeKind) && movedInOn < leaseFrom
            ? { movedInOn: 'beforeLease' }
            : {}),
        ...(dischargedOn !== null && !('dischargedOn' in problems) && stay.endedOn === null && dischargedOn < movedInOn
          ? { dischargedOn: 'beforeMove' }
          : {}),
      };
    },
    clock: { days: 20, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Indflytning',
      intro: 'Skriv, hvornår borgeren flyttede ind og blev udskrevet.',
      headings: {
        conditions: 'Kun når kommunen udskriver (servicelovens § 110, stk. 5): alle fem skal være opfyldt',
        refund: dischargeWords.da.refund,
      },
      fields: {
        movedInOn: 'Flyttet ind den',
        ...dischargeWords.da.fields,
      },
      choices: dischargeWords.da.choices,
      outcomes: { moved_in: 'Flyttet ind og udskrevet', did_not_move: 'Flyttede ikke ind …' },
      results: { moved_in: 'Flyttet ind og udskrevet', did_not_move: 'Flyttede ikke ind, tilbage til afklaring' },
      reasons: {
        citizen_withdrew: 'Borgeren trak sig',
        home_unfit: 'Boligen eller pladsen kunne ikke bruges',
        support_not_ready: 'Støtten kunne ikke begynde',
        place_withdrawn: 'Botilbuddet trak pladsen tilbage',
        citizen_left: 'Borgeren er rejst uden aftale',
      },
      problems: {
        ...dischargeWords.da.problems,
        beforeLease: 'Lejemålet er ikke begyndt på den dag. Ret datoen, eller bed anvisningen om at rette kontrakten.',
        beforeMove:
          'Borgeren kan først udskrives, når boligen er klar at flytte ind i. Er borgeren udskrevet tidligere af en anden grund, så brug Udskriv under Flere muligheder.',
      },
      consequences: {
        did_not_move: 'Boligen eller pladsen bliver ledig for andre, og sagen går tilbage til afklaring.',
      },
    },
    en: {
      title: 'Moving in',
      intro: 'Write when the citizen moved in and was discharged.',
      headings: {
        conditions: 'Only when the municipality discharges (Social Services Act § 110, 5): all five must hold',
        refund: dischargeWords.en.refund,
      },
      fields: {
        movedInOn: 'Moved in on',
        ...dischargeWords.en.fields,
      },
      choices: dischargeWords.en.choices,
      outcomes: { moved_in: 'Moved in and discharged', did_not_move: 'Did not move in …' },
      results: { moved_in: 'Moved in and discharged', did_not_move: 'Did not move in, back to clarification' },
      reasons: {
        citizen_withdrew: 'The citizen withdrew',
        home_unfit: 'The home or place could not be used',
        support_not_ready: 'The support could not begin',
        place_withdrawn: 'The place was withdrawn',
        citizen_left: 'The citizen left without notice',
      },
      problems: {
        ...dischargeWords.en.problems,
        beforeLease:
          'The lease has not begun on that day. Correct the date, or ask the deciding unit to correct the lease.',
        beforeMove:
          'A discharge takes effect only when the home is ready to move into. If the citizen was discharged earlier for another reason, use Discharge under More options.',
      },
      consequences: {
        did_not_move: 'The home or place is free for others, and the case goes back to clarification.',
      },
    },
  },
  async (doing, answers) => (doing.outcome === 'moved_in' ? movedInto(doing, answers) : leaseUnmade(doing)),
);
