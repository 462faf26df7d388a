/** The columns of the list of dwellings. */
import type { AreaType } from '../domain/schemes.ts';
import { day, kroner, oneOf, optional, postcode, required, type Row, text, wholeNumber } from './columns.ts';
import type { Say } from './plan.ts';
import { scheme } from './schemes.ts';

export const dwellingColumns = {
  externalId: required(
    {
      header: 'Bolig-id',
      aliases: ['Bolignummer'],
      meaning: 'The key: the number of the dwelling in the system that the list comes from.',
    },
    text(60),
  ),
  association: required(
    { header: 'Boligorganisation', aliases: ['Boligselskab'], meaning: 'The housing association.' },
    text(120),
  ),
  estate: required(
    {
      header: 'Afdeling',
      aliases: ['Boligafdeling'],
      meaning: 'The estate (afdeling) of the association, by its name. One that is not known yet is made.',
    },
    text(120),
  ),
  address: required(
    { header: 'Adresse', meaning: 'Street, number, floor and door: `Tagensvej 12, 3. tv.`' },
    text(120),
  ),
  postcode: required({ header: 'Postnummer', aliases: ['Postnr'], meaning: 'Four digits.' }, postcode),
  town: required({ header: 'By', aliases: ['Postdistrikt'], meaning: 'The town of the postcode.' }, text(60)),
  rooms: required({ header: 'Rum', aliases: ['Antal rum', 'Værelser'], meaning: 'How many.' }, wholeNumber(1, 20)),
  sizeM2: required({ header: 'Areal m²', aliases: ['Areal', 'Kvm'], meaning: 'The size.' }, wholeNumber(5, 1_000)),
  rent: required(
    {
      header: 'Husleje',
      aliases: ['Husleje pr. måned', 'Månedlig husleje'],
      meaning: 'Kroner a month before any subsidy and without utilities: `4.800`, `4.800,50`.',
    },
    kroner(1),
  ),
  rentFrom: optional(
    {
      header: 'Husleje fra',
      aliases: ['Huslejen gælder fra'],
      meaning: 'The day from which the rent holds. Without one, see below.',
    },
    day,
  ),
  scheme: required(
    { header: 'Ordning', aliases: ['Tilskudsordning'], meaning: 'How the home is made payable.' },
    scheme,
  ),
  vacantFrom: optional(
    {
      header: 'Ledig fra',
      aliases: ['Ledig pr.', 'Ledig'],
      meaning: 'The first day that nobody lives there; empty while somebody does.',
    },
    day,
  ),
  answerDueOn: optional(
    { header: 'Svarfrist', meaning: 'The last day on which the association can have an answer.' },
    day,
  ),
  depositOere: optional({ header: 'Beboerindskud', aliases: ['Indskud'], meaning: 'Kroner.' }, kroner()),
  area: optional(
    {
      header: 'Områdetype',
      meaning:
        'Which list of 1 December the estate stands on, the strictest if several. It is said of the whole estate, on one row of it or on all. Empty says nothing; *ingen* ends what stands.',
    },
    oneOf<AreaType | 'none'>({
      deprived: ['udsat boligområde', 'udsat område', 'udsat'],
      parallel: ['parallelsamfund'],
      conversion: ['omdannelsesområde'],
      prevention: ['forebyggelsesområde'],
      none: ['ingen'],
    }),
  ),
  areaFrom: optional(
    {
      header: 'Område fra',
      aliases: ['Områdetype fra'],
      meaning: 'The day from which the area type holds; the latest 1 December without one.',
    },
    day,
  ),
} as const;

export type DwellingRow = Row<typeof dwellingColumns>;
export type SayDwelling = Say<typeof dwellingColumns>;
