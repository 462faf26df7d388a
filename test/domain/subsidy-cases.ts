/**
 * Subsidies worked out by hand from the rules, not by the program: a year's amount is Y = rate × share, rounded half up to
 * an øre; month k of a lease year gets ⌊kY/12⌋ − ⌊(k−1)Y/12⌋; a part of a month gets its days of the month's days; the
 * rate is that of the year in which the month begins. Amounts are kroner, days ISO.
 *
 * A period reads `first day–last day: months × rent − subsidy = net, basis`; a part of a month has `part` for the months.
 */
import type { Scheme } from '../../bot/domain/schemes.ts';
import type { SubsidyTerms } from '../../bot/domain/subsidy-terms.ts';

interface Home {
  readonly is: string;
  readonly scheme: Scheme;
  /** The first day of the lease. */
  readonly from: string;
  /** Which reading of the steps: down in fifths (the default) or in sixths. */
  readonly steps?: 'sixths';
  /** How it is counted, where that is not the default. */
  readonly terms?: Partial<SubsidyTerms>;
  readonly monthly?: number;
  /** The last day with a subsidy. */
  readonly ends?: string;
  /** The regulated amounts a year that are known. */
  readonly rates?: Readonly<Record<number, number>>;
  /** The rent a month by the day from which it holds; 5,000 kr. unless told. */
  readonly rents?: Readonly<Record<string, number>>;
}

export interface ScheduleCase extends Home {
  readonly until: string;
  readonly periods: readonly string[];
}

export const scheduleCases: readonly ScheduleCase[] = [
  {
    // 17,400.00 / 12 = 1,450.00
    ...{ is: 'state, from the first of a month', scheme: 'state_subsidy', from: '2024-01-01', until: '2024-12-31' },
    rates: { 2024: 17_400 },
    periods: ['2024-01-01–2024-12-31: 12 × 5000.00 − 1450.00 = 3550.00, known 2024'],
  },
  {
    // 17,000.00 / 12 = 1,416.66⅔: after 1, 2 and 3 months 1,416.66, 2,833.33 and 4,250.00 are paid, and so on.
    ...{ is: 'state, an amount that twelve does not divide', scheme: 'state_subsidy', from: '2024-01-01' },
    rates: { 2024: 17_000 },
    until: '2024-06-30',
    periods: [
      '2024-01-01–2024-01-31: 1 × 5000.00 − 1416.66 = 3583.34, known 2024',
      '2024-02-01–2024-03-31: 2 × 5000.00 − 1416.67 = 3583.33, known 2024',
      '2024-04-01–2024-04-30: 1 × 5000.00 − 1416.66 = 3583.34, known 2024',
      '2024-05-01–2024-06-30: 2 × 5000.00 − 1416.67 = 3583.33, known 2024',
    ],
  },
  {
    // Ten months begin in 2024, the last on 15 December. 18,000.00 / 12 = 1,500.00 from the one that begins on 15 January.
    ...{ is: 'state, from the middle of a month', scheme: 'state_subsidy', from: '2024-03-15', until: '2025-03-14' },
    rates: { 2024: 17_400, 2025: 18_000 },
    periods: [
      '2024-03-15–2025-01-14: 10 × 5000.00 − 1450.00 = 3550.00, known 2024',
      '2025-01-15–2025-03-14: 2 × 5000.00 − 1500.00 = 3500.00, known 2025',
    ],
  },
  {
    // Eleven months begin in 2024 (29 February to 29 December). The thirteenth begins on 28 February 2025.
    ...{ is: 'state, from 29 February', scheme: 'state_subsidy', from: '2024-02-29', until: '2025-03-28' },
    rates: { 2024: 17_400 },
    periods: [
      '2024-02-29–2025-01-28: 11 × 5000.00 − 1450.00 = 3550.00, known 2024',
      '2025-01-29–2025-03-28: 2 × 5000.00 − 1450.00 = 3550.00, estimated 2024',
    ],
  },
  {
    // 29 February 2024 + 4 years = 29 February 2028: 80 % of 17,400.00 = 13,920.00, / 12 = 1,160.00. A year later, on
    // 28 February 2029, 60 % = 10,440.00, / 12 = 870.00. Of the 48 months eleven begin in 2024.
    ...{ is: 'state, a step on 29 February and the next on the 28th', scheme: 'state_subsidy', from: '2024-02-29' },
    rates: { 2024: 17_400 },
    until: '2029-03-28',
    periods: [
      '2024-02-29–2025-01-28: 11 × 5000.00 − 1450.00 = 3550.00, known 2024',
      '2025-01-29–2028-02-28: 37 × 5000.00 − 1450.00 = 3550.00, estimated 2024',
      '2028-02-29–2029-02-27: 12 × 5000.00 − 1160.00 = 3840.00, estimated 2024',
      '2029-02-28–2029-03-28: 1 × 5000.00 − 870.00 = 4130.00, estimated 2024',
    ],
  },
  {
    // The months begin on 31 January, 28 February, 31 March. The rent rises on the third of these days.
    ...{ is: 'state, from the 31st', scheme: 'state_subsidy', from: '2025-01-31', until: '2025-04-29' },
    rates: { 2025: 18_000 },
    rents: { '2020-01-01': 5_000, '2025-03-31': 5_100 },
    periods: [
      '2025-01-31–2025-03-30: 2 × 5000.00 − 1500.00 = 3500.00, known 2025',
      '2025-03-31–2025-04-29: 1 × 5100.00 − 1500.00 = 3600.00, known 2025',
    ],
  },
  {
    // 16,965.00 / 12 = 1,413.75. Five months begin in 2023: 31 August, 30 September, 31 October, 30 November, 31 December;
    // 48 − 5 = 43. On 31 August 2027 80 % = 13,572.00, / 12 = 1,131.00.
    ...{ is: 'state, from 31 August to the first step', scheme: 'state_subsidy', from: '2023-08-31' },
    rates: { 2023: 16_965 },
    until: '2027-09-29',
    periods: [
      '2023-08-31–2024-01-30: 5 × 5000.00 − 1413.75 = 3586.25, known 2023',
      '2024-01-31–2027-08-30: 43 × 5000.00 − 1413.75 = 3586.25, estimated 2023',
      '2027-08-31–2027-09-29: 1 × 5000.00 − 1131.00 = 3869.00, estimated 2023',
    ],
  },
  {
    // The month from 31 December 2023 has the rate of 2023, the one from 31 January that of 2024; it ends on 28 February.
    ...{ is: 'state, from New Year’s Eve', scheme: 'state_subsidy', from: '2023-12-31', until: '2024-02-28' },
    rates: { 2023: 16_965, 2024: 17_400 },
    periods: [
      '2023-12-31–2024-01-30: 1 × 5000.00 − 1413.75 = 3586.25, known 2023',
      '2024-01-31–2024-02-28: 1 × 5000.00 − 1450.00 = 3550.00, known 2024',
    ],
  },
  {
    // 2024 is month 1-6 of the lease year at 17,000.00: 1,416.66, .67, .67, .66, .67, .67. 2025 is month 7-12 at 17,500.00, a
    // twelfth of which is 1,458.33⅓. Of six months that is 8,750.00; of seven 10,208.33; of eight 11,666.66; of nine 13,125.00.
    ...{ is: 'state, a rate that changes within a lease year', scheme: 'state_subsidy', from: '2024-07-01' },
    rates: { 2024: 17_000, 2025: 17_500 },
    until: '2025-06-30',
    periods: [
      '2024-07-01–2024-07-31: 1 × 5000.00 − 1416.66 = 3583.34, known 2024',
      '2024-08-01–2024-09-30: 2 × 5000.00 − 1416.67 = 3583.33, known 2024',
      '2024-10-01–2024-10-31: 1 × 5000.00 − 1416.66 = 3583.34, known 2024',
      '2024-11-01–2024-12-31: 2 × 5000.00 − 1416.67 = 3583.33, known 2024',
      '2025-01-01–2025-02-28: 2 × 5000.00 − 1458.33 = 3541.67, known 2025',
      '2025-03-01–2025-03-31: 1 × 5000.00 − 1458.34 = 3541.66, known 2025',
      '2025-04-01–2025-05-31: 2 × 5000.00 − 1458.33 = 3541.67, known 2025',
      '2025-06-01–2025-06-30: 1 × 5000.00 − 1458.34 = 3541.66, known 2025',
    ],
  },
  {
    // 17,850.00 / 12 = 1,487.50 stands in for the years before it. 2023 and 2024 are 10 + 12 months.
    ...{ is: 'state, only a later rate is known', scheme: 'state_subsidy', from: '2023-03-01', until: '2025-03-31' },
    rates: { 2025: 17_850 },
    periods: [
      '2023-03-01–2024-12-31: 22 × 5000.00 − 1487.50 = 3512.50, estimated 2025',
      '2025-01-01–2025-03-31: 3 × 5000.00 − 1487.50 = 3512.50, known 2025',
    ],
  },
  {
    // 18,300.00 / 12 = 1,525.00
    ...{ is: 'state, rates missing between two known', scheme: 'state_subsidy', from: '2023-03-01' },
    rates: { 2023: 16_965, 2026: 18_300 },
    until: '2026-03-31',
    periods: [
      '2023-03-01–2023-12-31: 10 × 5000.00 − 1413.75 = 3586.25, known 2023',
      '2024-01-01–2025-12-31: 24 × 5000.00 − 1413.75 = 3586.25, estimated 2023',
      '2026-01-01–2026-03-31: 3 × 5000.00 − 1525.00 = 3475.00, known 2026',
    ],
  },
  {
    // As long as 2024 is missing, 2023 stands in for it …
    ...{ is: 'state, a rate before it is corrected', scheme: 'state_subsidy', from: '2023-11-01', until: '2024-12-31' },
    rates: { 2023: 16_965 },
    periods: [
      '2023-11-01–2023-12-31: 2 × 5000.00 − 1413.75 = 3586.25, known 2023',
      '2024-01-01–2024-12-31: 12 × 5000.00 − 1413.75 = 3586.25, estimated 2023',
    ],
  },
  {
    // … and once it is 17,430.50: a twelfth is 1,452.54⅙. Months 3 to 12 of the lease year: after 2 to 6 months 2,905.08,
    // 4,357.62, 5,810.16, 7,262.70 and 8,715.25; so 1,452.54 in months 3, 4 and 5, then 1,452.55. Of months 7 to 11 again
    // 1,452.54, and month 12, the tenth of 2024, 1,452.55. Month 13 (November) is the first of its year: 1,452.54.
    ...{ is: 'state, the same rate corrected later', scheme: 'state_subsidy', from: '2023-11-01', until: '2024-12-31' },
    rates: { 2023: 16_965, 2024: 17_430.5 },
    periods: [
      '2023-11-01–2023-12-31: 2 × 5000.00 − 1413.75 = 3586.25, known 2023',
      '2024-01-01–2024-03-31: 3 × 5000.00 − 1452.54 = 3547.46, known 2024',
      '2024-04-01–2024-04-30: 1 × 5000.00 − 1452.55 = 3547.45, known 2024',
      '2024-05-01–2024-09-30: 5 × 5000.00 − 1452.54 = 3547.46, known 2024',
      '2024-10-01–2024-10-31: 1 × 5000.00 − 1452.55 = 3547.45, known 2024',
      '2024-11-01–2024-12-31: 2 × 5000.00 − 1452.54 = 3547.46, known 2024',
    ],
  },
  {
    ...{ is: 'state, the rent rises on a first', scheme: 'state_subsidy', from: '2024-01-01', until: '2024-12-31' },
    rates: { 2024: 17_400 },
    rents: { '2020-01-01': 5_000, '2024-07-01': 5_150 },
    periods: [
      '2024-01-01–2024-06-30: 6 × 5000.00 − 1450.00 = 3550.00, known 2024',
      '2024-07-01–2024-12-31: 6 × 5150.00 − 1450.00 = 3700.00, known 2024',
    ],
  },
  {
    // 10 and 19 of 29 days. Rent: 5,000.00 × 10/29 = 1,724.14; 5,300.00 × 10/29 = 1,827.59, so 3,472.41 for the rest.
    // Subsidy: 1,450.00 × 10/29 = 500.00, and 950.00.
    ...{ is: 'state, the rent rises on 11 February', scheme: 'state_subsidy', from: '2024-01-01', until: '2024-03-31' },
    rates: { 2024: 17_400 },
    rents: { '2020-01-01': 5_000, '2024-02-11': 5_300 },
    periods: [
      '2024-01-01–2024-01-31: 1 × 5000.00 − 1450.00 = 3550.00, known 2024',
      '2024-02-01–2024-02-10: part × 1724.14 − 500.00 = 1224.14, known 2024',
      '2024-02-11–2024-02-29: part × 3472.41 − 950.00 = 2522.41, known 2024',
      '2024-03-01–2024-03-31: 1 × 5300.00 − 1450.00 = 3850.00, known 2024',
    ],
  },
  {
    // The full 1,450.00 is more than the rent, 80 % of it (1,160.00) is not.
    ...{ is: 'state, more than the rent', scheme: 'state_subsidy', from: '2023-03-01', until: '2027-03-31' },
    rates: { 2023: 17_400 },
    rents: { '2020-01-01': 1_300 },
    periods: [
      '2023-03-01–2023-12-31: 10 × 1300.00 − 1300.00 = 0.00, known 2023',
      '2024-01-01–2027-02-28: 38 × 1300.00 − 1300.00 = 0.00, estimated 2023',
      '2027-03-01–2027-03-31: 1 × 1300.00 − 1160.00 = 140.00, estimated 2023',
    ],
  },
  {
    // 18 of 30 days: 3,000.00 and 870.00.
    ...{ is: 'state, moved out on 18 April', scheme: 'state_subsidy', from: '2024-03-01', ends: '2024-04-18' },
    rates: { 2024: 17_400 },
    until: '2024-04-18',
    periods: [
      '2024-03-01–2024-03-31: 1 × 5000.00 − 1450.00 = 3550.00, known 2024',
      '2024-04-01–2024-04-18: part × 3000.00 − 870.00 = 2130.00, known 2024',
    ],
  },
  {
    // The second month is 20 February to 19 March, 10 + 19 days. Until 29 February: 10/29 as above.
    ...{ is: 'state, moved out on 29 February of a lease from the 20th', scheme: 'state_subsidy', from: '2024-01-20' },
    ends: '2024-02-29',
    rates: { 2024: 17_400 },
    until: '2024-02-29',
    periods: [
      '2024-01-20–2024-02-19: 1 × 5000.00 − 1450.00 = 3550.00, known 2024',
      '2024-02-20–2024-02-29: part × 1724.14 − 500.00 = 1224.14, known 2024',
    ],
  },
  {
    // A subsidy of 1,450.00 is 1,300.00 here: of both 18/30 is 780.00.
    ...{ is: 'state, more than the rent, moved out inside a month', scheme: 'state_subsidy', from: '2024-04-01' },
    ends: '2024-04-18',
    rates: { 2024: 17_400 },
    rents: { '2020-01-01': 1_300 },
    until: '2024-04-30',
    periods: [
      '2024-04-01–2024-04-18: part × 780.00 − 780.00 = 0.00, known 2024',
      '2024-04-19–2024-04-30: part × 520.00 − 0.00 = 520.00, fixed',
    ],
  },
  {
    ...{ is: 'state, ended the day before the first step', scheme: 'state_subsidy', from: '2023-03-01' },
    ends: '2027-02-28',
    rates: { 2023: 16_965 },
    until: '2027-03-31',
    periods: [
      '2023-03-01–2023-12-31: 10 × 5000.00 − 1413.75 = 3586.25, known 2023',
      '2024-01-01–2027-02-28: 38 × 5000.00 − 1413.75 = 3586.25, estimated 2023',
      '2027-03-01–2027-03-31: 1 × 5000.00 − 0.00 = 5000.00, fixed',
    ],
  },
  {
    ...{ is: 'udslusning, two years from the middle of a month', scheme: 'transitional', from: '2024-05-15' },
    ...{ monthly: 1_200, ends: '2026-05-14', until: '2026-07-14' },
    periods: [
      '2024-05-15–2026-05-14: 24 × 5000.00 − 1200.00 = 3800.00, fixed',
      '2026-05-15–2026-07-14: 2 × 5000.00 − 0.00 = 5000.00, fixed',
    ],
  },
  {
    // 20 of 30 days: rent 3,333.33, the rest of the month 1,666.67; subsidy 800.00.
    ...{ is: 'udslusning, ended on 20 June', scheme: 'transitional', from: '2024-05-01', until: '2024-06-30' },
    ...{ monthly: 1_200, ends: '2024-06-20' },
    periods: [
      '2024-05-01–2024-05-31: 1 × 5000.00 − 1200.00 = 3800.00, fixed',
      '2024-06-01–2024-06-20: part × 3333.33 − 800.00 = 2533.33, fixed',
      '2024-06-21–2024-06-30: part × 1666.67 − 0.00 = 1666.67, fixed',
    ],
  },
  {
    // 10, 20 and 30 of 30 days. Rent: 1,666.67; 5,300.00 × 20/30 = 3,533.33 less 5,300.00 × 10/30 = 1,766.67; 5,300.00 less 3,533.33.
    ...{ is: 'udslusning, dearer from 11 June, ended on the 20th', scheme: 'transitional', from: '2024-06-01' },
    ...{ monthly: 1_200, ends: '2024-06-20', until: '2024-06-30', rents: { '2020-01-01': 5_000, '2024-06-11': 5_300 } },
    periods: [
      '2024-06-01–2024-06-10: part × 1666.67 − 400.00 = 1266.67, fixed',
      '2024-06-11–2024-06-20: part × 1766.66 − 400.00 = 1366.66, fixed',
      '2024-06-21–2024-06-30: part × 1766.67 − 0.00 = 1766.67, fixed',
    ],
  },
  {
    ...{ is: 'permanent, for ten years', scheme: 'permanent_subsidy', from: '2023-03-01', until: '2033-02-28' },
    monthly: 900,
    periods: ['2023-03-01–2033-02-28: 120 × 5000.00 − 900.00 = 4100.00, fixed'],
  },
  {
    ...{
      is: 'permanent, the rent rises each year',
      scheme: 'permanent_subsidy',
      from: '2023-07-01',
      until: '2025-06-30',
    },
    monthly: 900,
    rents: { '2020-01-01': 5_000, '2024-01-01': 5_100, '2025-01-01': 5_202 },
    periods: [
      '2023-07-01–2023-12-31: 6 × 5000.00 − 900.00 = 4100.00, fixed',
      '2024-01-01–2024-12-31: 12 × 5100.00 − 900.00 = 4200.00, fixed',
      '2025-01-01–2025-06-30: 6 × 5202.00 − 900.00 = 4302.00, fixed',
    ],
  },
  {
    // 15 of 31 days: 5,000.00 × 15/31 = 2,419.35; 4,800.00 × 15/31 = 2,322.58, so 2,477.42 for the other 16.
    ...{ is: 'none, the rent falls on 16 March', scheme: 'none', from: '2024-03-01', until: '2024-04-30' },
    rents: { '2020-01-01': 5_000, '2024-03-16': 4_800 },
    periods: [
      '2024-03-01–2024-03-15: part × 2419.35 − 0.00 = 2419.35, fixed',
      '2024-03-16–2024-03-31: part × 2477.42 − 0.00 = 2477.42, fixed',
      '2024-04-01–2024-04-30: 1 × 4800.00 − 0.00 = 4800.00, fixed',
    ],
  },
  {
    // The years count from 1 April. March is paid from the 15th, 17 of 31 days: what is left of 5,000.00 × 14/31 = 2,258.06 and
    // of 1,450.00 × 14/31 = 654.84. 48 months later, on 1 April 2028, 80 %: 1,160.00.
    ...{ is: 'state, years from the first of a month', scheme: 'state_subsidy', from: '2024-03-15' },
    ...{ terms: { anchor: 'next_month' }, until: '2028-04-30' },
    rates: { 2024: 17_400 },
    periods: [
      '2024-03-15–2024-03-31: part × 2741.94 − 795.16 = 1946.78, known 2024',
      '2024-04-01–2024-12-31: 9 × 5000.00 − 1450.00 = 3550.00, known 2024',
      '2025-01-01–2028-03-31: 39 × 5000.00 − 1450.00 = 3550.00, estimated 2024',
      '2028-04-01–2028-04-30: 1 × 5000.00 − 1160.00 = 3840.00, estimated 2024',
    ],
  },
  {
    // Ten months of 2023 in full, then the four years from 1 January 2024.
    ...{ is: 'state, years from the first of a year', scheme: 'state_subsidy', from: '2023-03-01' },
    ...{ terms: { anchor: 'next_year' }, until: '2028-01-31' },
    rates: { 2023: 16_965 },
    periods: [
      '2023-03-01–2023-12-31: 10 × 5000.00 − 1413.75 = 3586.25, known 2023',
      '2024-01-01–2027-12-31: 48 × 5000.00 − 1413.75 = 3586.25, estimated 2023',
      '2028-01-01–2028-01-31: 1 × 5000.00 − 1131.00 = 3869.00, estimated 2023',
    ],
  },
  {
    // September and October are months 9 and 10 of a year of 17,000.00: of 8, 9 and 10 months 11,333.33, 12,750.00, 14,166.66.
    ...{ is: 'state, months before the years count', scheme: 'state_subsidy', from: '2024-09-01', until: '2024-10-31' },
    terms: { anchor: 'next_year' },
    rates: { 2024: 17_000 },
    periods: [
      '2024-09-01–2024-09-30: 1 × 5000.00 − 1416.67 = 3583.33, known 2024',
      '2024-10-01–2024-10-31: 1 × 5000.00 − 1416.66 = 3583.34, known 2024',
    ],
  },
  {
    // 17,395.50 is 17,396 kr., a twelfth of which is 1,449.66⅔; without rounding it would be 1,449.62½.
    ...{ is: 'state, the year in whole kroner, up', scheme: 'state_subsidy', from: '2024-01-01', until: '2024-03-31' },
    terms: { rounding: 'krone' },
    rates: { 2024: 17_395.5 },
    periods: [
      '2024-01-01–2024-01-31: 1 × 5000.00 − 1449.66 = 3550.34, known 2024',
      '2024-02-01–2024-03-31: 2 × 5000.00 − 1449.67 = 3550.33, known 2024',
    ],
  },
  {
    // 17,400.49 is 17,400 kr.
    ...{
      is: 'state, the year in whole kroner, down',
      scheme: 'state_subsidy',
      from: '2024-01-01',
      until: '2024-12-31',
    },
    terms: { rounding: 'krone' },
    rates: { 2024: 17_400.49 },
    periods: ['2024-01-01–2024-12-31: 12 × 5000.00 − 1450.00 = 3550.00, known 2024'],
  },
  {
    // 10 of 30, in February too: 5,000.00 / 3 = 1,666.67 and 1,450.00 / 3 = 483.33. The rest of the month is 20 of 30.
    ...{ is: 'state, thirtieths of February', scheme: 'state_subsidy', from: '2024-02-01', ends: '2024-02-10' },
    ...{ terms: { partMonth: 'thirtieths' }, until: '2024-02-29' },
    rates: { 2024: 17_400 },
    periods: [
      '2024-02-01–2024-02-10: part × 1666.67 − 483.33 = 1183.34, known 2024',
      '2024-02-11–2024-02-29: part × 3333.33 − 0.00 = 3333.33, fixed',
    ],
  },
  {
    // The thirtieth day makes a whole month; the thirty-first costs nothing.
    ...{ is: 'state, thirtieths of March', scheme: 'state_subsidy', from: '2024-03-01', ends: '2024-03-30' },
    ...{ terms: { partMonth: 'thirtieths' }, until: '2024-03-31' },
    rates: { 2024: 17_400 },
    periods: [
      '2024-03-01–2024-03-30: part × 5000.00 − 1450.00 = 3550.00, known 2024',
      '2024-03-31–2024-03-31: part × 0.00 − 0.00 = 0.00, fixed',
    ],
  },
];

export interface YearCase extends Home {
  /** The subsidy of each lease year. */
  readonly years: readonly string[];
  /** The days on which it falls. */
  readonly fallsOn: readonly string[];
}

export const yearCases: readonly YearCase[] = [
  {
    // Monthly: 2023 1,413.75, 2024 1,450.00, 2025 1,487.50, 2026 1,525.00, 2027 1,563.75. Ten months of one year, two of the
    // next: 14,137.50 + 2,900.00; 14,500.00 + 2,975.00; 14,875.00 + 3,050.00; 15,250.00 + 3,127.50. Then 80, 60, 40 and 20 % of
    // 18,765.00, which also stands in for the years after 2027.
    ...{ is: 'fifths, with five known rates', scheme: 'state_subsidy', from: '2023-03-01' },
    rates: { 2023: 16_965, 2024: 17_400, 2025: 17_850, 2026: 18_300, 2027: 18_765 },
    years: ['17037.50', '17475.00', '17925.00', '18377.50', '15012.00', '11259.00', '7506.00', '3753.00', '0.00'],
    fallsOn: ['2027-03-01', '2028-03-01', '2029-03-01', '2030-03-01', '2031-03-01'],
  },
  {
    // 12,000.00 × 0.833333 = 9,999.996, rounded 10,000.00; × 0.666667 = 8,000.004; × 0.5; × 0.333333 = 3,999.996; × 0.166667 = 2,000.004.
    ...{ is: 'sixths, from the 31st', scheme: 'state_subsidy', from: '2024-01-31', steps: 'sixths' },
    rates: { 2023: 12_000 },
    years: [
      ...['12000.00', '12000.00', '12000.00', '12000.00'],
      ...['10000.00', '8000.00', '6000.00', '4000.00', '2000.00', '0.00'],
    ],
    fallsOn: ['2028-01-31', '2029-01-31', '2030-01-31', '2031-01-31', '2032-01-31', '2033-01-31'],
  },
  {
    // In øre: 1,700,001 × 0.833333 = 1,416,666.93; × 0.666667 = 1,133,334.57; × 0.5 = 850,000.5, half up; × 0.333333 =
    // 566,666.43; × 0.166667 = 283,334.07.
    ...{ is: 'sixths, of which one is half an øre', scheme: 'state_subsidy', from: '2024-02-29', steps: 'sixths' },
    rates: { 2024: 17_000.01 },
    years: [
      ...['17000.01', '17000.01', '17000.01', '17000.01'],
      ...['14166.67', '11333.35', '8500.01', '5666.66', '2833.34', '0.00'],
    ],
    fallsOn: ['2028-02-29', '2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29', '2033-02-28'],
  },
];

export interface ForecastCase extends Home {
  readonly today: string;
  readonly payable: number;
  /** `day: net, gap`. */
  readonly levels: readonly string[];
  readonly light: 'green' | 'yellow' | 'red';
  /** The first day on which it is not affordable. */
  readonly dearFrom: string | null;
  /** What the citizen has to be able to pay for it to be affordable for good, and by when. */
  readonly closedBy: string | null;
}

const first: Pick<ForecastCase, 'scheme' | 'from' | 'rates' | 'today'> = {
  ...{ scheme: 'state_subsidy', from: '2023-03-01', today: '2026-11-25' },
  rates: { 2023: 16_965 },
};
const udslusning: Pick<ForecastCase, 'scheme' | 'from' | 'monthly' | 'today'> = {
  ...{ scheme: 'transitional', from: '2025-11-01', monthly: 1_200, today: '2026-11-25' },
};

// Of 16,965.00 a month: 1,413.75, 80 % 1,131.00, 60 % 848.25, 40 % 565.50, 20 % 282.75.
export const forecastCases: readonly ForecastCase[] = [
  {
    ...{ ...first, is: 'affordable but for the last steps', payable: 3_900, light: 'yellow' },
    levels: [
      '2026-11-25: 3586.25, 0.00',
      '2027-03-01: 3869.00, 0.00',
      '2028-03-01: 4151.75, 251.75',
      '2029-03-01: 4434.50, 534.50',
      '2030-03-01: 4717.25, 817.25',
      '2031-03-01: 5000.00, 1100.00',
    ],
    ...{ dearFrom: '2028-03-01', closedBy: '5000.00 by 2031-03-01' },
  },
  {
    ...{ ...first, is: 'affordable until the next step', payable: 3_700, light: 'red' },
    levels: [
      '2026-11-25: 3586.25, 0.00',
      '2027-03-01: 3869.00, 169.00',
      '2028-03-01: 4151.75, 451.75',
      '2029-03-01: 4434.50, 734.50',
      '2030-03-01: 4717.25, 1017.25',
      '2031-03-01: 5000.00, 1300.00',
    ],
    ...{ dearFrom: '2027-03-01', closedBy: '5000.00 by 2031-03-01' },
  },
  {
    ...{ ...first, is: 'not affordable now', payable: 3_500, light: 'red' },
    levels: [
      '2026-11-25: 3586.25, 86.25',
      '2027-03-01: 3869.00, 369.00',
      '2028-03-01: 4151.75, 651.75',
      '2029-03-01: 4434.50, 934.50',
      '2030-03-01: 4717.25, 1217.25',
      '2031-03-01: 5000.00, 1500.00',
    ],
    ...{ dearFrom: '2026-11-25', closedBy: '5000.00 by 2031-03-01' },
  },
  {
    ...{ ...first, is: 'affordable to the øre at the next step', payable: 3_869, today: '2029-06-01', light: 'red' },
    levels: ['2029-06-01: 4434.50, 565.50', '2030-03-01: 4717.25, 848.25', '2031-03-01: 5000.00, 1131.00'],
    ...{ dearFrom: '2029-06-01', closedBy: '5000.00 by 2031-03-01' },
  },
  {
    ...{ ...first, is: 'affordable for good to the øre', payable: 5_000, today: '2030-02-28', light: 'green' },
    levels: ['2030-02-28: 4434.50, 0.00', '2030-03-01: 4717.25, 0.00', '2031-03-01: 5000.00, 0.00'],
    ...{ dearFrom: null, closedBy: null },
  },
  {
    // The rent alone makes it dear: 5,200.00 − 1,413.75 = 3,786.25; then 1,131.00, 848.25 … off.
    ...{ ...first, is: 'too dear by a rent that rises before the step', payable: 3_700, light: 'red' },
    rents: { '2020-01-01': 5_000, '2027-01-01': 5_200 },
    levels: [
      '2026-11-25: 3586.25, 0.00',
      '2027-01-01: 3786.25, 86.25',
      '2027-03-01: 4069.00, 369.00',
      '2028-03-01: 4351.75, 651.75',
      '2029-03-01: 4634.50, 934.50',
      '2030-03-01: 4917.25, 1217.25',
      '2031-03-01: 5200.00, 1500.00',
    ],
    ...{ dearFrom: '2027-01-01', closedBy: '5200.00 by 2031-03-01' },
  },
  {
    // 5,100.00 less 848.25, 565.50 and 282.75.
    ...{ ...first, is: 'dearer from the day of the second step', payable: 5_100, light: 'green' },
    rents: { '2020-01-01': 5_000, '2028-03-01': 5_100 },
    levels: [
      '2026-11-25: 3586.25, 0.00',
      '2027-03-01: 3869.00, 0.00',
      '2028-03-01: 4251.75, 0.00',
      '2029-03-01: 4534.50, 0.00',
      '2030-03-01: 4817.25, 0.00',
      '2031-03-01: 5100.00, 0.00',
    ],
    ...{ dearFrom: null, closedBy: null },
  },
  {
    // The years count from 1 January 2027; the rate that is known for it, 18,000.00 (1,500.00), holds before the first step too.
    ...{
      ...first,
      is: 'years that count from the coming new year',
      from: '2026-11-18',
      payable: 3_600,
      light: 'yellow',
    },
    ...{ terms: { anchor: 'next_year', shares: [1_000_000, 500_000] }, rates: { 2023: 16_965, 2027: 18_000 } },
    levels: [
      '2026-11-25: 3586.25, 0.00',
      '2027-01-01: 3500.00, 0.00',
      '2028-01-01: 4250.00, 650.00',
      '2029-01-01: 5000.00, 1400.00',
    ],
    ...{ dearFrom: '2028-01-01', closedBy: '5000.00 by 2029-01-01' },
  },
  {
    // A rent that falls afterwards does not make the dearest month cheaper.
    ...{ ...first, is: 'dearest before the end', payable: 3_900, today: '2030-06-01', light: 'red' },
    rents: { '2020-01-01': 5_000, '2032-01-01': 4_000 },
    levels: ['2030-06-01: 4717.25, 817.25', '2031-03-01: 5000.00, 1100.00', '2032-01-01: 4000.00, 100.00'],
    ...{ dearFrom: '2030-06-01', closedBy: '5000.00 by 2031-03-01' },
  },
  {
    // 2027: 18,765.00 / 12 = 1,563.75, 80 % 1,251.00; the same amount is an estimate from 2028 on. 60 % 938.25, 40 % 625.50, 20 % 312.75.
    ...{ ...first, is: 'with the amount of next year known', payable: 3_750, light: 'yellow' },
    rates: { 2023: 16_965, 2027: 18_765 },
    levels: [
      '2026-11-25: 3586.25, 0.00',
      '2027-01-01: 3436.25, 0.00',
      '2027-03-01: 3749.00, 0.00',
      '2028-01-01: 3749.00, 0.00',
      '2028-03-01: 4061.75, 311.75',
      '2029-03-01: 4374.50, 624.50',
      '2030-03-01: 4687.25, 937.25',
      '2031-03-01: 5000.00, 1250.00',
    ],
    ...{ dearFrom: '2028-03-01', closedBy: '5000.00 by 2031-03-01' },
  },
  {
    // In øre a year 1,413,749, 1,131,001, 848,250, 565,499, 282,751. The first month of each: 117,812, 94,250, 70,687, 47,124, 23,562.
    ...{ ...first, is: 'in sixths', steps: 'sixths', payable: 4_300, light: 'yellow' },
    levels: [
      '2026-11-25: 3586.25, 0.00',
      '2027-03-01: 3821.88, 0.00',
      '2028-03-01: 4057.50, 0.00',
      '2029-03-01: 4293.13, 0.00',
      '2030-03-01: 4528.76, 228.76',
      '2031-03-01: 4764.38, 464.38',
      '2032-03-01: 5000.00, 700.00',
    ],
    ...{ dearFrom: '2030-03-01', closedBy: '5000.00 by 2032-03-01' },
  },
  {
    // A rent of 1,300.00 less 1,450.00, 1,160.00, 870.00, 580.00 and 290.00.
    ...{ ...first, is: 'with more subsidy than rent', payable: 1_000, light: 'yellow' },
    rates: { 2023: 17_400 },
    rents: { '2020-01-01': 1_300 },
    levels: [
      '2026-11-25: 0.00, 0.00',
      '2027-03-01: 140.00, 0.00',
      '2028-03-01: 430.00, 0.00',
      '2029-03-01: 720.00, 0.00',
      '2030-03-01: 1010.00, 10.00',
      '2031-03-01: 1300.00, 300.00',
    ],
    ...{ dearFrom: '2030-03-01', closedBy: '1300.00 by 2031-03-01' },
  },
  {
    ...{ ...udslusning, is: 'udslusning that ends within a year', ends: '2027-11-23', payable: 4_000, light: 'red' },
    levels: ['2026-11-25: 3800.00, 0.00', '2027-11-24: 5000.00, 1000.00'],
    ...{ dearFrom: '2027-11-24', closedBy: '5000.00 by 2027-11-24' },
  },
  {
    ...{ ...udslusning, is: 'udslusning that ends in a year', ends: '2027-11-24', payable: 4_000, light: 'yellow' },
    levels: ['2026-11-25: 3800.00, 0.00', '2027-11-25: 5000.00, 1000.00'],
    ...{ dearFrom: '2027-11-25', closedBy: '5000.00 by 2027-11-25' },
  },
  {
    ...{ is: 'permanent', scheme: 'permanent_subsidy', from: '2023-03-01', monthly: 900, today: '2026-11-25' },
    ...{ payable: 4_100, light: 'green', levels: ['2026-11-25: 4100.00, 0.00'], dearFrom: null, closedBy: null },
  },
  {
    ...{ is: 'none', scheme: 'none', from: '2023-03-01', today: '2026-11-25', rents: { '2020-01-01': 4_500 } },
    ...{ payable: 4_400, light: 'red', levels: ['2026-11-25: 4500.00, 100.00'] },
    ...{ dearFrom: '2026-11-25', closedBy: '4500.00 by 2026-11-25' },
  },
];
