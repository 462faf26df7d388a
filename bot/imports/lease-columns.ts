/** The columns of the list of leases that run. */
import { day, kroner, oneOf, optional, required, type Row, text, wholeNumber } from './columns.ts';
import type { Say } from './plan.ts';
import { scheme } from './schemes.ts';

const settled = oneOf({ done: ['ja', 'j', 'x'], open: ['nej', 'n'], not_relevant: ['ikke relevant', 'irrelevant'] });

export const leaseColumns = {
  externalId: required(
    {
      header: 'Lejemål-id',
      aliases: ['Lejemålsnummer', 'Lejemålsnr'],
      meaning: 'The key: the number of the lease in the system that the list comes from.',
    },
    text(60),
  ),
  dwelling: required(
    { header: 'Bolig-id', aliases: ['Bolignummer'], meaning: 'The key of the dwelling, as on the list of dwellings.' },
    text(60),
  ),
  citizen: required(
    { header: 'Borger-id', aliases: ['Lejer'], meaning: 'The key of the citizen, as on the list of residents.' },
    text(60),
  ),
  startsOn: required(
    {
      header: 'Begyndt den',
      aliases: ['Lejemålets begyndelse', 'Lejet fra'],
      meaning: 'The first day of the lease; at most a year ahead.',
    },
    day,
  ),
  movedInOn: optional(
    {
      header: 'Indflyttet den',
      aliases: ['Indflytning'],
      meaning: 'The day of moving in; the first day of the lease without one.',
    },
    day,
  ),
  signedOn: optional({ header: 'Underskrevet den', aliases: ['Underskrift'], meaning: 'The day of signing.' }, day),
  scheme: optional(
    { header: 'Tilskudsordning', aliases: ['Ordning'], meaning: "The subsidy; the dwelling's own scheme without one." },
    scheme,
  ),
  subsidyFrom: optional(
    {
      header: 'Tilskud fra',
      aliases: ['Tilskud begyndt'],
      meaning: 'The first day with the subsidy, from which its years count; the first day of the lease without one.',
    },
    day,
  ),
  basisYear: optional(
    {
      header: 'Basisår',
      meaning: 'The year whose regulated amount stands in the lease. Required for the state subsidy.',
    },
    wholeNumber(2021, 2099),
  ),
  monthlyOere: optional(
    {
      header: 'Tilskud pr. måned',
      aliases: ['Månedligt tilskud'],
      meaning: 'Kroner. Required for every other subsidy; empty for the state subsidy, which follows the rates.',
    },
    kroner(),
  ),
  subsidyEndedOn: optional(
    {
      header: 'Tilskud ophørt',
      aliases: ['Tilskud til'],
      meaning: 'The last day with the subsidy, also where it lies ahead.',
    },
    day,
  ),
  rent: optional(
    {
      header: 'Husleje',
      aliases: ['Husleje ved begyndelsen'],
      meaning: 'Kroner a month on the first day of the lease, before the subsidy and without utilities.',
    },
    kroner(1),
  ),
  housingBenefit: optional(
    {
      header: 'Boligstøtte søgt',
      aliases: ['Boligstøtte'],
      meaning: 'Whether it is applied for; *nej* becomes a duty, due 28 days after moving in.',
    },
    settled,
  ),
  depositLoan: optional(
    {
      header: 'Indskudslån',
      aliases: ['Indskudslån søgt'],
      meaning: 'Whether it is applied for; *nej* becomes a duty, due 28 days after moving in.',
    },
    settled,
  ),
} as const;

export type LeaseRow = Row<typeof leaseColumns>;
export type SayLease = Say<typeof leaseColumns>;
