/**
 * The amounts of boligstøtte, and of what should be left over, year by year. Data: the municipality enters a new year as a
 * dated rule (`rules.ts`). An amount that we have no source for is null, and what needs it says so instead of a number.
 */
import { z } from 'zod';
import { type Oere, oere, oereSchema } from './money.ts';

/** How one kind of boligstøtte is counted. Amounts are of a year but where the name says a month. */
export interface BenefitTerms {
  /** So many percent of the cost … */
  readonly costPercent: number;
  /** … to which this is added first, less … */
  readonly addedCostOere: Oere;
  /** … so many thousandths of the household's income before tax … */
  readonly incomePermille: number;
  /** … above this, which is higher … */
  readonly incomeFromOere: Oere;
  /** … by this for every child after the first, up to the fourth. */
  readonly perChildOere: Oere | null;
  /** The household pays at least this itself, or so many percent of its income where that is more. */
  readonly ownOere: Oere;
  readonly ownIncomePercent: number;
  readonly maxMonthlyOere: Oere;
  /** The most with four children or more. */
  readonly maxMonthlyManyChildrenOere: Oere | null;
}

export interface BenefitYear {
  readonly year: number;
  /** Boligsikring. */
  readonly ordinary: BenefitTerms;
  /** Boligydelse. */
  readonly pensioner: BenefitTerms;
  /** Boligsikring without children is at most so many percent of the cost. */
  readonly childlessPercent: number;
  /** Whether that holds for a førtidspension from 2003 on; null while nobody has confirmed it. */
  readonly childlessLimitsDisability: boolean | null;
  /** Boligstøtteloft: the most a month for a couple on the raised rate (forhøjet sats) of kontanthjælp. */
  readonly coupleCeilingOere: Oere;
}

/** What should be left a month once home, fixed costs and debt are paid. */
export interface BenchmarkYear {
  readonly year: number;
  readonly singleOere: Oere;
  /** What a spouse adds. */
  readonly spouseOere: Oere | null;
  /** What each child adds. */
  readonly perChildOere: Oere | null;
}

const amount = oereSchema.min(0);
const percent = z.number().min(0).max(100);
const year = z.int().min(2000).max(2100);

const terms = z.strictObject({
  costPercent: percent,
  addedCostOere: amount,
  incomePermille: z.int().min(0).max(1000),
  incomeFromOere: amount,
  perChildOere: amount.nullable(),
  ownOere: amount,
  ownIncomePercent: percent,
  maxMonthlyOere: amount,
  maxMonthlyManyChildrenOere: amount.nullable(),
});

export const housingBenefitRule = {
  schema: z
    .array(
      z.strictObject({
        year,
        ordinary: terms,
        pensioner: terms,
        childlessPercent: percent,
        childlessLimitsDisability: z.boolean().nullable(),
        coupleCeilingOere: amount,
      }),
    )
    .min(1),
  default: [
    {
      year: 2026,
      ordinary: {
        costPercent: 60,
        addedCostOere: 0,
        incomePermille: 180,
        incomeFromOere: oere(171_500),
        perChildOere: oere(45_200),
        ownOere: oere(28_900),
        ownIncomePercent: 0,
        maxMonthlyOere: oere(4_230),
        maxMonthlyManyChildrenOere: null,
      },
      pensioner: {
        costPercent: 75,
        addedCostOere: oere(8_500),
        incomePermille: 225,
        incomeFromOere: oere(201_400),
        perChildOere: oere(53_100),
        ownOere: oere(21_300),
        ownIncomePercent: 11,
        maxMonthlyOere: oere(4_969),
        maxMonthlyManyChildrenOere: null,
      },
      childlessPercent: 15,
      childlessLimitsDisability: null,
      coupleCeilingOere: oere(363),
    },
  ] as readonly BenefitYear[],
  source:
    'domain.md § 6.3: aeldresagen.dk, beregning af boligstøtte, 14 January 2026 (what a child adds stands there too; from how many children the maximum is higher is unclear); the ceiling: kalundborg.dk, jobcenterskive.dk. Not counted: wealth, the size of the home, the highest rent and the smallest amount paid out',
};

export const benchmarkRule = {
  schema: z
    .array(
      z.strictObject({
        year,
        singleOere: amount,
        spouseOere: amount.nullable(),
        perChildOere: amount.nullable(),
      }),
    )
    .min(1),
  default: [
    { year: 2023, singleOere: oere(7_010), spouseOere: oere(4_880), perChildOere: null },
    { year: 2024, singleOere: oere(7_250), spouseOere: null, perChildOere: null },
  ] as readonly BenchmarkYear[],
  source:
    'domain.md § 6.6: what gældssanering leaves a debtor (elov.dk, gældssaneringsbekendtgørelsen § 11; familieadvokaten.dk), as the municipality’s own threshold is unknown; the spouse’s amount of 2024 and those of children: not found',
};
