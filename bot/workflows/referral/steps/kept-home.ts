import { farAway } from '../../../domain/typed.ts';
import { defineStep } from '../../../domain/referral/definition.ts';
import { choice, date, optionalDate, optionalStaffMember, optionalText } from '../../../domain/referral/form.ts';
import { followedUp } from '../lease-effects.ts';
import { step } from '../step.ts';

export const keptHome = step(
  defineStep({
    id: 'kept-home',
    party: 'support',
    besideAtHome: true,
    form: {
      followedUpOn: date(),
      housed: choice(['yes', 'no']),
      arrears: choice(['none', 'some', 'eviction_risk']),
      payment: choice(['pays', 'hard', 'cannot']),
      support: choice(['as_agreed', 'more_needed', 'less_needed', 'ended']),
      supportEndedOn: optionalDate(),
      responsible: optionalStaffMember('support_worker', 'caseworker', 'manager'),
      movedOutOn: optionalDate(),
      note: optionalText(500),
    },
    outcomes: {
      followed_up: { to: { step: 'kept-home' } },
      worried: { to: { step: 'kept-home' }, tells: ['caseworker'] },
      kept: {
        to: 'stop',
        onlyIf: ({ followUpAhead }) => !followUpAhead,
        tells: ['caseworker', 'housing'],
        reopensAt: 'kept-home',
      },
      moved_out: {
        to: 'stop',
        reasons: ['evicted', 'gave_notice', 'other_home', 'residential_offer', 'shelter', 'prison', 'dead'],
        tells: ['caseworker', 'housing', 'shelter'],
        reopensAt: 'clarification',
      },
    },
    check: (answers, outcome, { today, movedInOn }) => {
      const { followedUpOn, housed, arrears, payment, support, supportEndedOn, responsible, movedOutOn } = answers;
      const isWorry = arrears === 'eviction_risk' || payment === 'cannot' || support === 'more_needed';
      return {
        ...farAway({ followedUpOn, supportEndedOn, movedOutOn }, today, 3),
        ...(outcome === 'followed_up' && isWorry ? { '': 'worry' } : {}),
        ...(followedUpOn > today
          ? { followedUpOn: 'future' }
          : movedInOn !== null && followedUpOn < movedInOn
            ? { followedUpOn: 'beforeMove' }
            : {}),
        ...(support === 'ended' && supportEndedOn === null ? { supportEndedOn: 'whenEnded' } : {}),
        ...(support === 'ended' && responsible === null && outcome !== 'moved_out' && outcome !== 'kept'
          ? { responsible: 'whoResponsible' }
          : {}),
        ...(supportEndedOn !== null && supportEndedOn > today ? { supportEndedOn: 'future' } : {}),
        ...(outcome === 'moved_out'
          ? movedOutOn === null
            ? { movedOutOn: 'whenMoved' }
            : movedOutOn > today
              ? { movedOutOn: 'future' }
              : movedInOn !== null && movedOutOn < movedInOn
                ? { movedOutOn: 'beforeMove' }
                : {}
          : housed === 'no'
            ? { housed: 'notHoused' }
            : {}),
      };
    },
    clock: { days: 20, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Fastholdelse',
      beside: 'Opfølgning eller fraflytning',
      intro: 'Skriv, hvordan det går i boligen. Den næste opfølgning kommer af sig selv.',
      fields: {
        followedUpOn: 'Fulgt op den',
        housed: 'Bor borgeren der stadig?',
        arrears: 'Huslejerestance',
        payment: 'Kan borgeren betale huslejen?',
        support: 'Støtten',
        supportEndedOn: 'Støtten sluttede den (kun når den er slut)',
        responsible: 'Hvem er ansvarlig for opfølgningen, når støtten er slut?',
        movedOutOn: 'Flyttet ud den (kun ved fraflytning)',
        note: 'Bemærkning (ingen helbredsoplysninger)',
      },
      choices: {
        housed: { yes: 'Ja', no: 'Nej' },
        arrears: { none: 'Ingen', some: 'Ja, en aftale er på vej', eviction_risk: 'Ja, udsættelse truer' },
        payment: { pays: 'Ja', hard: 'Ja, men det er stramt', cannot: 'Nej' },
        support: {
          as_agreed: 'Som aftalt',
          more_needed: 'Mere støtte er nødvendig',
          less_needed: 'Mindre støtte er nok',
          ended: 'Støtten er slut',
        },
      },
      outcomes: {
        followed_up: 'Fulgt op: alt er i orden',
        worried: 'Fulgt op: sagsbehandleren skal se på det',
        kept: 'Boligen er fastholdt: slut opfølgningen',
        moved_out: 'Flyttet ud …',
      },
      results: {
        followed_up: 'Fulgt op',
        worried: 'Fulgt op, sagsbehandleren skal se på det',
        kept: 'Boligen er fastholdt',
        moved_out: 'Flyttet ud',
      },
      reasons: {
        evicted: 'Sat ud',
        gave_notice: 'Sagde selv op',
        other_home: 'Flyttet til en anden bolig',
        residential_offer: 'Flyttet til botilbud eller plejehjem',
        shelter: 'Tilbage på herberg',
        prison: 'Afsoning',
        dead: 'Borgeren er død',
        kept: 'Boligen er fastholdt',
      },
      problems: {
        future: 'Datoen ligger i fremtiden.',
        beforeMove: 'Datoen ligger før indflytningen.',
        whenEnded: 'Skriv, hvornår støtten sluttede.',
        whoResponsible: 'Vælg den, der følger op, når støtten er slut. Ingen må stå alene.',
        whenMoved: 'Skriv, hvornår borgeren flyttede ud.',
        notHoused: 'Bor borgeren der ikke længere, så vælg Flyttet ud.',
        worry: 'Det lyder ikke, som om alt er i orden. Vælg Fulgt op: sagsbehandleren skal se på det.',
        tooSoon: 'Opfølgningen fortsætter, så længe huslejen er støttet, og mindst to år efter indflytningen.',
      },
      consequences: {
        moved_out:
          'Lejemålet og tilskuddet slutter. Anvisningen skal afklare tilskuddet med boligorganisationen. Skal borgeren have en ny bolig, så åbn forløbet igen bagefter. Truer en udsættelse, kan § 81 a måske hjælpe med restancen.',
      },
    },
    en: {
      title: 'Keeping the home',
      beside: 'Follow-up or moving out',
      intro: 'Write how it goes in the home. The next follow-up comes by itself.',
      fields: {
        followedUpOn: 'Followed up on',
        housed: 'Does the citizen still live there?',
        arrears: 'Rent arrears',
        payment: 'Can the citizen pay the rent?',
        support: 'The support',
        supportEndedOn: 'The support ended on (only when it has)',
        responsible: 'Who is responsible for the follow-up once the support has ended?',
        movedOutOn: 'Moved out on (only when moved out)',
        note: 'Remark (no health information)',
      },
      choices: {
        housed: { yes: 'Yes', no: 'No' },
        arrears: { none: 'None', some: 'Yes, an agreement is on its way', eviction_risk: 'Yes, eviction threatens' },
        payment: { pays: 'Yes', hard: 'Yes, but it is tight', cannot: 'No' },
        support: {
          as_agreed: 'As agreed',
          more_needed: 'More support is needed',
          less_needed: 'Less support is enough',
          ended: 'The support has ended',
        },
      },
      outcomes: {
        followed_up: 'Followed up: all is well',
        worried: 'Followed up: the caseworker must look at it',
        kept: 'The home is kept: end the follow-up',
        moved_out: 'Moved out …',
      },
      results: {
        followed_up: 'Followed up',
        worried: 'Followed up, the caseworker must look at it',
        kept: 'The home is kept',
        moved_out: 'Moved out',
      },
      reasons: {
        evicted: 'Evicted',
        gave_notice: 'Gave notice',
        other_home: 'Moved to another home',
        residential_offer: 'Moved to a residential offer or care home',
        shelter: 'Back at a shelter',
        prison: 'Serves a sentence',
        dead: 'The citizen has died',
        kept: 'The home is kept',
      },
      problems: {
        future: 'The date is in the future.',
        beforeMove: 'The date is before moving in.',
        whenEnded: 'Write when the support ended.',
        whoResponsible: 'Choose who follows up once the support has ended. Nobody may be left alone.',
        whenMoved: 'Write when the citizen moved out.',
        notHoused: 'If the citizen no longer lives there, choose Moved out.',
        worry: 'That does not sound as if all is well. Choose Followed up: the caseworker must look at it.',
        tooSoon: 'The follow-up goes on as long as the rent is subsidised, and at least two years after moving in.',
      },
      consequences: {
        moved_out:
          'The lease and the subsidy end. The deciding unit must settle the subsidy with the housing association. If the citizen is to have a new home, open the case again afterwards. If eviction threatens, § 81 a may help with the arrears.',
      },
    },
  },
  followedUp,
);
