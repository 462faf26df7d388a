import { farAway } from '../../../domain/typed.ts';
import { defineStep, type StepContext, unmet } from '../../../domain/referral/definition.ts';
import {
  choice,
  optionalDate,
  optionalKroner,
  optionalNumber,
  optionalText,
  yesNo,
} from '../../../domain/referral/form.ts';
import { leaseMade, leaseUnmade } from '../lease-effects.ts';
import { step } from '../step.ts';

const applications = ['applied', 'to_do', 'not_relevant'] as const;

const ofState = ({ scheme }: StepContext) => scheme === 'state_subsidy';

export const lease = step(
  defineStep({
    id: 'lease',
    party: 'housing',
    needsHome: 'offer',
    form: {
      signedOn: optionalDate(),
      startsOn: optionalDate(),
      rent: optionalKroner(),
      deposit: optionalKroner(),
      basisYear: optionalNumber(2021, 2040),
      monthlySubsidy: optionalKroner(),
      // What the contract must say where the rent is subsidised (domain.md § 1.5).
      saysAmount: yesNo(),
      saysSteps: yesNo(),
      saysFullRent: yesNo(),
      saysIndexation: yesNo(),
      saysMoveOut: yesNo(),
      housingBenefit: choice(applications),
      depositLoan: choice(applications),
      note: optionalText(500),
    },
    onlyWhen: {
      basisYear: ofState,
      monthlySubsidy: ({ scheme }) => scheme === 'permanent_subsidy' || scheme === 'transitional',
      ...{ saysAmount: ofState, saysSteps: ofState, saysFullRent: ofState },
      ...{ saysIndexation: ofState, saysMoveOut: ofState },
    },
    outcomes: {
      signed: { to: 'next', tells: ['caseworker', 'shelter'] },
      fell_through: {
        to: { step: 'offer' },
        reasons: ['citizen_withdrew', 'landlord_refuses', 'deposit_missing', 'unfit', 'capacity_changed'],
        tells: ['caseworker', 'shelter'],
        citizenIsTold: true,
      },
    },
    check: ({ signedOn, startsOn, rent, basisYear, monthlySubsidy, ...rest }, outcome, { today, scheme }) => {
      if (outcome !== 'signed') return {};
      const { saysAmount, saysSteps, saysFullRent, saysIndexation, saysMoveOut } = rest;
      const says = { saysAmount, saysSteps, saysFullRent, saysIndexation, saysMoveOut };
      return {
        ...farAway({ signedOn, startsOn }, today, 3),
        ...(signedOn === null ? { signedOn: 'missing' } : signedOn > today ? { signedOn: 'future' } : {}),
        ...(startsOn === null ? { startsOn: 'missing' } : {}),
        ...(rent === null ? { rent: 'rentMissing' } : {}),
        ...(scheme === 'state_subsidy' && basisYear === null ? { basisYear: 'yearMissing' } : {}),
        ...(scheme === 'permanent_subsidy' && monthlySubsidy === null ? { monthlySubsidy: 'subsidyMissing' } : {}),
        ...(rent !== null && monthlySubsidy !== null && monthlySubsidy > rent ? { monthlySubsidy: 'aboveRent' } : {}),
        ...(scheme === 'state_subsidy' ? unmet(says, (said) => said !== true) : {}),
      };
    },
    clock: { days: 10, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Kontrakt',
      intro: 'Gå huslejekontrakten igennem. Du kan gemme undervejs.',
      fields: {
        signedOn: 'Underskrevet den',
        startsOn: 'Lejemålet begynder den',
        rent: 'Husleje pr. måned før tilskud, uden forbrug (kr.)',
        deposit: 'Beboerindskud (kr., kan udelades)',
        basisYear: 'Året for tilskudssatsen i kontrakten (statsligt tilskud)',
        monthlySubsidy: 'Tilskud pr. måned (kr., kun kommunalt eller permanent tilskud)',
        saysAmount: 'Kontrakten har tilskuddets beløb og året for satsen',
        saysSteps: 'Kontrakten har datoen, hvor de fire år slutter, og trappen år for år',
        saysFullRent: 'Kontrakten har den fulde husleje, når tilskuddet er væk',
        saysIndexation: 'Kontrakten siger, hvordan beløbene reguleres',
        saysMoveOut: 'Kontrakten siger, hvad der sker med tilskuddet ved fraflytning',
        housingBenefit: 'Boligstøtte (søges hos Udbetaling Danmark)',
        depositLoan: 'Lån til beboerindskud (søges senest fire uger efter indflytning)',
        note: 'Bemærkning (ingen helbredsoplysninger)',
      },
      choices: {
        housingBenefit: { applied: 'Søgt', to_do: 'Skal søges', not_relevant: 'Ikke relevant' },
        depositLoan: { applied: 'Søgt', to_do: 'Skal søges', not_relevant: 'Ikke relevant' },
      },
      outcomes: { signed: 'Kontrakten er underskrevet', fell_through: 'Lejemålet blev ikke til noget …' },
      results: {
        signed: 'Kontrakt underskrevet',
        fell_through: 'Lejemålet blev ikke til noget, venter på et nyt tilbud',
      },
      reasons: {
        citizen_withdrew: 'Borgeren trak sig',
        landlord_refuses: 'Boligorganisationen siger nej',
        deposit_missing: 'Indskuddet kunne ikke skaffes',
        unfit: 'Boligen kan ikke bruges',
        capacity_changed: 'Betalingsevnen har ændret sig',
      },
      box: 'Ja',
      problems: {
        missing: 'Skriv datoen.',
        future: 'Datoen ligger i fremtiden.',
        rentMissing: 'Skriv huslejen før tilskud.',
        yearMissing: 'Skriv det år, som satsen i kontrakten er fra.',
        subsidyMissing: 'Skriv tilskuddet pr. måned.',
        aboveRent: 'Tilskuddet er højere end huslejen.',
        unmet: 'Mangler i kontrakten.',
        unmetAll:
          'Kontrakten skal have alle fem punkter om tilskuddet. Bed boligorganisationen om at rette den, og tryk Gem og luk imens.',
        noOffer: 'Sagen har intet tilbud, der er sagt ja til. Send den tilbage til Boligtilbud under Flere muligheder.',
      },
      consequences: { fell_through: 'Boligen bliver ledig for andre, og borgeren venter på et nyt tilbud.' },
    },
    en: {
      title: 'Lease',
      intro: 'Go through the lease. You can save along the way.',
      fields: {
        signedOn: 'Signed on',
        startsOn: 'The lease begins on',
        rent: 'Rent a month before subsidy, without utilities (DKK)',
        deposit: 'Deposit (DKK, may be left out)',
        basisYear: 'The year of the subsidy rate in the lease (state subsidy)',
        monthlySubsidy: 'Subsidy a month (DKK, only municipal or permanent subsidy)',
        saysAmount: "The lease has the subsidy's amount and the year of the rate",
        saysSteps: 'The lease has the day on which the four years end, and the steps year by year',
        saysFullRent: 'The lease has the full rent once the subsidy is gone',
        saysIndexation: 'The lease says how the amounts are regulated',
        saysMoveOut: 'The lease says what becomes of the subsidy on moving out',
        housingBenefit: 'Housing benefit (from Udbetaling Danmark)',
        depositLoan: 'Deposit loan (to be asked for within four weeks of moving in)',
        note: 'Remark (no health information)',
      },
      choices: {
        housingBenefit: { applied: 'Applied for', to_do: 'To be applied for', not_relevant: 'Not relevant' },
        depositLoan: { applied: 'Applied for', to_do: 'To be applied for', not_relevant: 'Not relevant' },
      },
      outcomes: { signed: 'The lease is signed', fell_through: 'The lease fell through …' },
      results: { signed: 'Lease signed', fell_through: 'The lease fell through, waiting for a new offer' },
      reasons: {
        citizen_withdrew: 'The citizen withdrew',
        landlord_refuses: 'The housing association says no',
        deposit_missing: 'The deposit could not be found',
        unfit: 'The home cannot be used',
        capacity_changed: 'The payment capacity has changed',
      },
      box: 'Yes',
      problems: {
        missing: 'Write the date.',
        future: 'The date is in the future.',
        rentMissing: 'Write the rent before subsidy.',
        yearMissing: 'Write the year that the rate in the lease is from.',
        subsidyMissing: 'Write the subsidy a month.',
        aboveRent: 'The subsidy is higher than the rent.',
        unmet: 'Missing in the lease.',
        unmetAll:
          'The lease must have all five points on the subsidy. Ask the housing association to correct it, and press Save and close meanwhile.',
        noOffer: 'The case has no accepted offer. Send it back to Offer of a home under More options.',
      },
      consequences: { fell_through: 'The home is free for others, and the citizen waits for a new offer.' },
    },
  },
  async (doing, answers) => (doing.outcome === 'signed' ? leaseMade(doing, answers) : leaseUnmade(doing)),
);
