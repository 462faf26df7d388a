/** Amounts that hold for a calendar year: a year whose own are not known gets another one's, and says which. */

/**
 * What an amount rests on. `estimated`: the amount of the year is not known, another year's stands in for it: that of
 * the last known year before, or where there is none, of the first one after.
 */
export type YearBasis =
  { readonly kind: 'known'; readonly year: number } | { readonly kind: 'estimated'; readonly lastKnownYear: number };

/** The entry that holds for a year, and whether it is that year's own. */
export function ofYear<Entry extends { readonly year: number }>(
  entries: readonly Entry[],
  year: number,
): { readonly entry: Entry; readonly basis: YearBasis } {
  const byYear = [...entries].sort((a, b) => a.year - b.year);
  const entry = byYear.findLast((known) => known.year <= year) ?? byYear[0];
  if (!entry) throw new RangeError('No rate is known of any year');
  const isOwn = entry.year === year;
  return { entry, basis: isOwn ? { kind: 'known', year } : { kind: 'estimated', lastKnownYear: entry.year } };
}
