import { words } from '../../text/words.ts';

export const disposableWords = words({
  da: {
    title: 'Rådighedsbeløb',
    which: 'Skriv rådighed og sagsnummeret, f.eks. rådighed 142.',
    refused: 'Kun dem, der spørger BIF om borgerens betalingsevne, kan se rådighedsbeløbet.',
    missing: {
      title: 'Rådighedsbeløbet kan ikke regnes ud endnu.',
      household: 'Fra SF mangler husstand, forbrug, faste udgifter og gæld. Udfyld SF’s del af vurderingen.',
      utilities: 'Fra SF mangler, hvad forbruget koster. Skriv det i SF’s del af vurderingen, også når det er 0.',
      fixed: 'Fra SF mangler de faste udgifter. Skriv dem i SF’s del af vurderingen, også når de er 0.',
      debt: 'Fra SF mangler afdrag på gæld. Skriv dem i SF’s del af vurderingen, også når de er 0.',
      incomes: 'Fra BIF mangler, hvad borgeren lever af nu. Spørg BIF, eller vent på svaret.',
      amounts: 'BIF har ikke skrevet, hvor meget borgeren får efter skat. Spørg BIF igen.',
    },
    bound: {
      exact: (amount: string) => amount,
      at_most: (amount: string) => `højst ${amount}`,
      at_least: (amount: string) => `mindst ${amount}`,
    },
    verdict: {
      left: (amount: string) => `Der er ${amount} tilbage om måneden.`,
      lacking: (amount: string) => `Der mangler ${amount} om måneden.`,
      below: (amount: string, enough: string) => `Det er ${amount} under det vejledende beløb på ${enough} om måneden.`,
      laterBelow: (day: string, enough: string) =>
        `Fra ${day} er det under det vejledende beløb på ${enough} om måneden.`,
      enough: (enough: string) => `Det bliver ikke under det vejledende beløb på ${enough} om måneden.`,
      compare: (enough: string) => `Det vejledende beløb er ${enough} om måneden.`,
      noBenchmark: 'Der er intet vejledende beløb for en husstand som denne.',
    },
    lines: {
      benefit: 'Boligstøtte',
      rent: 'Husleje efter tilskud',
      utilities: 'Forbrug',
      fixed: 'Faste udgifter',
      debt: 'Afdrag på gæld',
      left: (amount: string) => `Tilbage om måneden: ${amount}`,
    },
    table: { from: 'Fra', rent: 'Husleje', benefit: 'Boligstøtte', left: 'Tilbage' },
    notKnown: 'ikke oplyst',
    explain: {
      title: { ordinary: 'Sådan er boligsikringen regnet', pensioner: 'Sådan er boligydelsen regnet' },
      cost: 'Del af huslejen',
      income: 'Indtægt over grænsen',
      own: 'Egenbetaling',
      childless: 'Grænse uden børn',
      maximum: 'Højeste beløb',
      ceiling: 'Boligstøtteloft for par',
      sum: 'Boligstøtte om måneden',
    },
    unknown: {
      pension_since: 'Boligstøtten er ikke talt med: vælg, hvornår førtidspensionen er tilkendt.',
      limit_of_disability:
        'Boligstøtten er ikke talt med: det er ikke afklaret, om grænsen uden børn gælder en førtidspension fra 2003 eller senere. Brug beregneren.',
      income_per_child:
        'Boligstøtten er ikke talt med: satsen for, hvad et barn hæver indkomstgrænsen med, mangler. Brug beregneren.',
      most_with_many_children:
        'Boligstøtten er ikke talt med: satsen for det højeste beløb ved fire børn eller flere mangler. Brug beregneren.',
    },
    notes: {
      incomeUnsaid: (day: string) => `Fra ${day} er det ikke oplyst, hvad borgeren får. Spørg BIF.`,
      incomeUnknown: 'Boligstøtten er det højeste, den kan blive. Skriv årsindkomsten, så regnes den med.',
      ceilingUnknown: 'Er et par på forhøjet sats, er boligstøtten mindre: der er et loft.',
      incomeKept: 'Årsindkomsten er brugt ved alle trin og gemmes ikke.',
      couple: 'Kun de indtægter, som BIF har oplyst, er talt med.',
      estimated: (year: number) => `* Boligstøtten er et skøn efter satserne for ${year}.`,
      benchmark: (year: number) =>
        `Det vejledende beløb er det, en skyldner beholder ved gældssanering (satser for ${year}).`,
      notCounted: 'Formue og boligens størrelse er ikke talt med.',
      source: (incomes: string, household: string) =>
        `Indtægter fra BIF, ${incomes}. Husstand og udgifter fra SF, ${household}.`,
    },
    income: 'Årsindkomst før skat, hele husstanden',
    disability: 'Førtidspension tilkendt',
    disabilities: { disability_before_2003: 'Før 2003', disability_since_2003: 'I 2003 eller senere' },
    calculate: 'Beregn',
    calculator: 'Udbetaling Danmarks beregner',
    phaseDown: 'Nedtrapning',
  },
  en: {
    title: 'Disposable amount',
    which: 'Write disposable and the case number, such as disposable 142.',
    refused: 'Only those who ask BIF about the citizen’s payment capacity can see the disposable amount.',
    missing: {
      title: 'The disposable amount cannot be calculated yet.',
      household: 'From SF: household, utilities, fixed costs and debt are missing. Fill in SF’s part of the check-in.',
      utilities: 'From SF: what utilities cost is missing. Write it in SF’s part of the check-in, also when it is 0.',
      fixed: 'From SF: fixed costs are missing. Write them in SF’s part of the check-in, also when they are 0.',
      debt: 'From SF: debt payments are missing. Write them in SF’s part of the check-in, also when they are 0.',
      incomes: 'From BIF: what the citizen lives on now is missing. Ask BIF, or wait for the answer.',
      amounts: 'BIF has not written how much the citizen gets after tax. Ask BIF again.',
    },
    bound: {
      exact: (amount: string) => amount,
      at_most: (amount: string) => `at most ${amount}`,
      at_least: (amount: string) => `at least ${amount}`,
    },
    verdict: {
      left: (amount: string) => `There is ${amount} left a month.`,
      lacking: (amount: string) => `There is ${amount} missing a month.`,
      below: (amount: string, enough: string) => `That is ${amount} below the guiding amount of ${enough} a month.`,
      laterBelow: (day: string, enough: string) => `From ${day} it is below the guiding amount of ${enough} a month.`,
      enough: (enough: string) => `It never falls below the guiding amount of ${enough} a month.`,
      compare: (enough: string) => `The guiding amount is ${enough} a month.`,
      noBenchmark: 'There is no guiding amount for a household like this.',
    },
    lines: {
      benefit: 'Housing benefit',
      rent: 'Rent after subsidy',
      utilities: 'Utilities',
      fixed: 'Fixed costs',
      debt: 'Debt payments',
      left: (amount: string) => `Left a month: ${amount}`,
    },
    table: { from: 'From', rent: 'Rent', benefit: 'Housing benefit', left: 'Left' },
    notKnown: 'not known',
    explain: {
      title: {
        ordinary: 'How housing benefit (boligsikring) is counted',
        pensioner: 'How housing benefit (boligydelse) is counted',
      },
      cost: 'Part of the rent',
      income: 'Income above the threshold',
      own: 'Own payment',
      childless: 'Limit without children',
      maximum: 'Highest amount',
      ceiling: 'Ceiling for couples',
      sum: 'Housing benefit a month',
    },
    unknown: {
      pension_since: 'Housing benefit is not counted: choose when the disability pension was awarded.',
      limit_of_disability:
        'Housing benefit is not counted: it is not settled whether the limit without children holds for a disability pension from 2003 or later. Use the calculator.',
      income_per_child:
        'Housing benefit is not counted: what a child raises the income threshold by is missing. Use the calculator.',
      most_with_many_children:
        'Housing benefit is not counted: the highest amount with four children or more is missing. Use the calculator.',
    },
    notes: {
      incomeUnsaid: (day: string) => `From ${day} it is not known what the citizen gets. Ask BIF.`,
      incomeUnknown: 'Housing benefit is the most there can be. Write the yearly income, and it is counted in.',
      ceilingUnknown: 'A couple on the raised rate gets less housing benefit: there is a ceiling.',
      incomeKept: 'The yearly income is used at every step and not kept.',
      couple: 'Only the incomes that BIF has given are counted.',
      estimated: (year: number) => `* Housing benefit is an estimate at the amounts of ${year}.`,
      benchmark: (year: number) => `The guiding amount is what a debtor keeps under debt relief (amounts of ${year}).`,
      notCounted: 'Wealth and the size of the home are not counted.',
      source: (incomes: string, household: string) =>
        `Incomes from BIF, ${incomes}. Household and costs from SF, ${household}.`,
    },
    income: 'Yearly income before tax, the whole household',
    disability: 'Disability pension awarded',
    disabilities: { disability_before_2003: 'Before 2003', disability_since_2003: 'In 2003 or later' },
    calculate: 'Calculate',
    calculator: 'Udbetaling Danmark’s calculator',
    phaseDown: 'Phase-down',
  },
});
