/**
 * Without the characters that nobody sees but that change what others look like or how text is compared: controls (but
 * not line breaks and tabs, which the text of an input may hold), bidi marks, spaces of no width, halves of characters.
 * The joiners that Arabic and emoji need stay.
 */
export function stripControls(text: string): string {
  return LATIN.test(text) ? text : withoutControls(text);
}

/** The printable half of Latin-1 and its neighbours, in which nothing is to be done. */
const LATIN = /^[\t\n\r -~\u00a0-\u02ff]*$/;

function withoutControls(text: string): string {
  return text
    .toWellFormed()
    .replace(/\u0085/g, '\n')
    .replace(/(?![\t\n\r])\p{Cc}|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '');
}
