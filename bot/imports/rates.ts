/** The list of regulated amounts of the state's subsidy, a year a row. */
import { FIRST_RATE_YEAR, isLikelyRate, lastRateYear } from '../domain/rates.ts';
import type { Rate } from '../domain/subsidy.ts';
import { withRows } from '../store/bulk.ts';
import { enteredRates } from '../store/rates.ts';
import { kroner, optional, type Problem, required, text, wholeNumber } from './columns.ts';
import { firstOfEach, type ImportKind, sayInto } from './plan.ts';
import { regulatedScheme } from './schemes.ts';

export const rateColumns = {
  year: required(
    { header: 'År', meaning: 'The key: the year of the amount; next year at the latest.' },
    wholeNumber(FIRST_RATE_YEAR, 2099),
  ),
  amountOere: required(
    { header: 'Beløb', aliases: ['Sats', 'Beløb om året'], meaning: 'Kroner a year per home, as published: `16.965`.' },
    kroner(1),
  ),
  source: required({ header: 'Kilde', meaning: 'Where it is published, such as an order or a letter.' }, text(200)),
  scheme: optional(
    {
      header: 'Ordning',
      aliases: ['Tilskudsordning'],
      meaning: 'Whose amount it is; the state subsidy’s when empty.',
    },
    regulatedScheme,
  ),
} as const;

export const rates: ImportKind<typeof rateColumns> = {
  columns: rateColumns,
  async plan(tx, rows, { today, now }) {
    const problems: Problem[] = [];
    const say = sayInto(rateColumns, problems);
    // Nobody enters one in the chat meanwhile.
    const known = new Map((await enteredRates(tx, { hold: true })).map((rate) => [rate.year, rate]));
    const listed = firstOfEach(
      rows,
      ({ year }) => `${year}`,
      (row, first) => say(row, 'year', 'duplicate', `${first}`),
    );
    const after = new Map<number, Rate>([...known, ...listed.map((row) => [row.year, row] as const)]);
    for (const row of listed) {
      const others = [...after.values()].filter(({ year }) => year !== row.year).map(({ amountOere }) => amountOere);
      if (row.year > lastRateYear(today)) say(row, 'year', 'rateTooEarly');
      if (!isLikelyRate(row.amountOere, others)) say(row, 'amountOere', 'rateUnlikely');
    }
    const written = listed.filter(({ year, amountOere, source }) => {
      const before = known.get(year);
      return before?.amountOere !== amountOere || before.source !== source;
    });
    const added = written.filter(({ year }) => !known.has(year)).length;
    const changed = written.length - added;
    return {
      problems,
      summary: { added, changed, unchanged: listed.length - written.length, deactivated: 0, notes: [] },
      apply: (tx) =>
        withRows(
          tx,
          { year: 'int', amount_oere: 'int', source: 'text', entered_at: 'timestamptz' },
          written.map(({ year, amountOere, source }) => ({
            ...{ year, amount_oere: amountOere, source, entered_at: now.toString() },
          })),
          `insert into rate (scheme, year, amount_oere, source, entered_at)
           select 'state_subsidy', year, amount_oere, source, entered_at from incoming
           on conflict (scheme, year) do update set amount_oere = excluded.amount_oere, source = excluded.source,
             entered_by_id = null, entered_at = excluded.entered_at`,
        ),
    };
  },
};
