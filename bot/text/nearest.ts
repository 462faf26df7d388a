import { searchName } from './normalise.ts';

/**
 * The candidates that `input` may be a misspelling of, closest first and in their own order where equally close; at
 * most `max`. Short words forgive less: none up to two letters, one mistake up to five, two up to nine, then three.
 */
export function nearest(input: string, candidates: readonly string[], { max = 3 } = {}): string[] {
  const wanted = searchName(input);
  if (wanted === '') return [];
  return candidates
    .map((candidate) => ({ candidate, name: searchName(candidate) }))
    .map(({ candidate, name }) => ({ candidate, distance: distanceWithin(forgiven(wanted, name), wanted, name) }))
    .filter(({ distance }) => distance !== undefined)
    .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0))
    .slice(0, max)
    .map(({ candidate }) => candidate);
}

function forgiven(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  if (length <= 2) return 0;
  return length <= 5 ? 1 : length <= 9 ? 2 : 3;
}

function distanceWithin(limit: number, a: string, b: string): number | undefined {
  if (Math.abs(a.length - b.length) > limit) return undefined;
  const found = distance(a, b);
  return found <= limit ? found : undefined;
}

/**
 * How many letters must be added, left out, changed or swapped with their neighbour to make `b` of `a`: the
 * Damerau-Levenshtein distance in which no letter is edited twice (optimal string alignment).
 */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(row, j - 1) + 1, at(last, j) + 1, at(last, j - 1) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
