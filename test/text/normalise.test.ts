import fc from 'fast-check';
import { initials, searchName } from '../../bot/text/normalise.ts';

it.each([
  ['  Søren   Ågård ', 'soeren aagaard'],
  ['Ægir Østergaard', 'aegir oestergaard'],
  ['A\u030Age', 'aage'],
  ['Aage', 'aage'],
  ['José Núñez', 'jose nunez'],
  ['Björn', 'bjoern'],
  ['Anne-Marie', 'anne marie'],
  ["O'Neill", 'oneill'],
  ['Hans P. Jensen', 'hans p jensen'],
  ['Łukasz', 'lukasz'],
  ['İbrahim', 'ibrahim'],
  ['مريم', 'مريم'],
  ['Gl. Køge Landevej 137', 'gl koege landevej 137'],
  ['Ǿ 𝕬 ǣ', 'oe a ae'],
  ['…', ''],
])('searchName(%j) = %j', (text, expected) => expect(searchName(text)).toBe(expected));

it('searchName changes nothing the second time, and spaces around change nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = searchName(text);
      expect(searchName(once)).toBe(once);
      expect(searchName(` ${text}  `)).toBe(once);
    }),
  );
});

it.each([
  ['Anne-Marie Ødegård', 'AMØ'],
  ['jens  hansen', 'JH'],
  ['A\u030Age "Bo" (Carl)', 'ÅBC'],
  ['', ''],
  ['123', ''],
])('initials(%j) = %j', (name, expected) => expect(initials(name)).toBe(expected));
