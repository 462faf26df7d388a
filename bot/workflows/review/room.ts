/** How much of what people have written a card has room for. */

/** Texts that share some characters, each cut where its part ends; `most` is what one alone may have. */
export function shared(texts: readonly string[], characters: number, most: number): string[] {
  const each = Math.min(most, Math.floor(characters / Math.max(1, texts.length)));
  return texts.map((text) => cut(text, each));
}

export const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most).toWellFormed()} …` : text;

/** Where the pages of a list begin, so that none holds more than so many rows or characters; each has one row at least. */
export function pagesOf(sizes: readonly number[], rows: number, characters: number): number[] {
  const starts: number[] = [];
  let [count, sum] = [0, 0];
  sizes.forEach((size, at) => {
    if (at === 0 || count === rows || sum + size > characters) {
      starts.push(at);
      [count, sum] = [0, 0];
    }
    count += 1;
    sum += size;
  });
  return starts;
}

/** As many as there is room for, those named first before the others, in the order given. */
export function atMost<One extends { readonly id: string }>(
  all: readonly One[],
  first: readonly string[],
  most: number,
): readonly One[] {
  if (all.length <= most) return all;
  const rank = new Set(first);
  const kept = new Set(
    [...all.filter(({ id }) => rank.has(id)), ...all.filter(({ id }) => !rank.has(id))].slice(0, most),
  );
  return all.filter((one) => kept.has(one));
}
