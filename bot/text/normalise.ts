/**
 * Text as it is searched and compared: lower case, `æ ø å` as `ae oe aa` (and their Swedish and German cousins
 * likewise), no accents, apostrophes or full stops, one space between words, a hyphen as a space.
 */
export function searchName(text: string): string {
  // Spelled out both before and after the accents go: å is a letter with one, ǿ is a letter below one.
  return spellOut(spellOut(text.normalize('NFKC')).normalize('NFKD'))
    .replace(/[\p{M}\p{Cf}'’‘`´]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function spellOut(text: string): string {
  return text.toLowerCase().replace(/[æøåäößðđłþı]/g, (letter) => spelled[letter] ?? letter);
}

const spelled: Readonly<Record<string, string>> = {
  æ: 'ae',
  ä: 'ae',
  ø: 'oe',
  ö: 'oe',
  å: 'aa',
  ß: 'ss',
  ð: 'd',
  đ: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** The first letter of every part of a name: "Anne-Marie Ødegård" → "AMØ". Empty when there is no letter. */
export function initials(name: string): string {
  return name
    .normalize('NFC')
    .split(/[\s\p{Pd}]+/u)
    .map((part) => /\p{L}\p{M}*/u.exec(part)?.[0] ?? '')
    .join('')
    .toLocaleUpperCase('da');
}
