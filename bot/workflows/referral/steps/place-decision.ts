import { defineStep } from '../../../domain/referral/definition.ts';
import { optionalDate, optionalText, yesNo } from '../../../domain/referral/form.ts';
import { refundAtRisk } from '../../../domain/refund.ts';
import { Temporal } from '../../../domain/time.ts';
import { step } from '../step.ts';

export const placeDecision = step(
  defineStep({
    id: 'place-decision',
    party: 'caseworker',
    form: { decidedOn: optionalDate(), refundKnown: yesNo(), note: optionalText(500) },
    onlyWhen: { refundKnown: ({ stay, facts }) => stay.endedOn !== null && facts.homeKind === 'section_107' },
    outcomes: {
      granted: { to: 'next', tells: ['shelter'], citizenIsTold: true },
      refused: {
        to: { step: 'clarification' },
        reasons: ['outside_target_group', 'citizen_does_not_wish', 'own_home_instead'],
        tells: ['shelter'],
        citizenIsTold: true,
      },
    },
    check: ({ decidedOn, refundKnown }, outcome, { today, stay, facts }) => {
      if (decidedOn === null) return outcome === 'granted' ? { decidedOn: 'missing' } : {};
      if (decidedOn > today) return { decidedOn: 'future' };
      const lost =
        outcome === 'granted' &&
        facts.homeKind === 'section_107' &&
        stay.endedOn !== null &&
        refundAtRisk({
          basis: 'section_107',
          supportDecidedOn: Temporal.PlainDate.from(decidedOn),
          dischargedOn: Temporal.PlainDate.from(stay.endedOn),
        });
      return lost && !refundKnown ? { refundKnown: 'refundLost' } : {};
    },
    clock: { days: 15, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Afgørelse om botilbud',
      intro:
        'Skriv afgørelsen om botilbud (§ 107 eller § 108) eller plejehjem. Den skal være truffet før udskrivningen, ellers mister kommunen refusionen (§ 176 a).',
      box: 'Ja',
      fields: {
        decidedOn: 'Dato for afgørelsen',
        refundKnown: 'Borgeren var udskrevet, da afgørelsen blev truffet: Jeg ved, at refusionen mistes',
        note: 'Bemærkning (ingen helbredsoplysninger)',
      },
      choices: {},
      outcomes: { granted: 'Bevilget', refused: 'Ikke bevilget …' },
      results: { granted: 'Botilbud bevilget', refused: 'Botilbud ikke bevilget, tilbage til afklaring' },
      reasons: {
        outside_target_group: 'Uden for målgruppen',
        citizen_does_not_wish: 'Borgeren ønsker det ikke',
        own_home_instead: 'Egen bolig med støtte passer bedre',
      },
      problems: {
        refundLost:
          'Afgørelsen er truffet efter udskrivningen, så staten refunderer ikke opholdet (servicelovens § 176 a). Tjek datoen. Er den rigtig, så sæt kryds.',
        missing: 'Skriv, hvornår afgørelsen blev truffet.',
        future: 'Datoen ligger i fremtiden.',
      },
    },
    en: {
      title: 'Decision on a place',
      intro:
        'Write the decision on a residential offer (§ 107 or § 108) or a care home. It must be made before the discharge, or the municipality loses the state refund (§ 176 a).',
      box: 'Yes',
      fields: {
        decidedOn: 'Date of the decision',
        refundKnown: 'The citizen was discharged before the decision: I know that the refund is lost',
        note: 'Remark (no health information)',
      },
      choices: {},
      outcomes: { granted: 'Granted', refused: 'Not granted …' },
      results: { granted: 'Place granted', refused: 'Place not granted, back to clarification' },
      reasons: {
        outside_target_group: 'Outside the target group',
        citizen_does_not_wish: 'The citizen does not wish it',
        own_home_instead: 'A home of their own with support fits better',
      },
      problems: {
        refundLost:
          'The decision was made after the discharge, so the state does not refund the place (Social Services Act § 176 a). Check the date. If it is right, tick the box.',
        missing: 'Write when the decision was made.',
        future: 'The date is in the future.',
      },
    },
  },
);
