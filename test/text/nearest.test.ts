import fc from 'fast-check';
import { distance, nearest } from '../../bot/text/nearest.ts';

const commands = ['status', 'mine opgaver', 'ledige boliger', 'pilot', 'ramme', 'sag', 'Sundholm', 'Bocentret'];

it.each([
  ['status', ['status']],
  ['statsu', ['status']],
  ['Statuss', ['status']],
  ['mine opgver', ['mine opgaver']],
  ['ledge bolier', ['ledige boliger']],
  ['bocenteret', ['Bocentret']],
  ['sundhom', ['Sundholm']],
  ['ramen', []],
  ['rame', ['ramme']],
  ['sg', []],
  ['', []],
  ['noget helt andet', []],
])('nearest(%j) = %j', (input, expected) => expect(nearest(input, commands)).toEqual(expected));

it('gives the closest first, and no more than asked for', () => {
  const names = ['Hansen', 'Jensen', 'Jansen', 'Jensen-Bo'];
  expect(nearest('jensen', names)).toEqual(['Jensen', 'Jansen', 'Hansen']);
  expect(nearest('jensen', names, { max: 1 })).toEqual(['Jensen']);
});

describe('distance', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });

  it.each([
    ['', 'abc', 3],
    ['abc', 'acb', 1],
    ['abc', 'abd', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ])('%j to %j is %i', (a, b, expected) => expect(distance(a, b)).toBe(expected));

  it('is symmetric, nothing only between equals, and between the difference and the longer length', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const found = distance(a, b);
        expect(found).toBe(distance(b, a));
        expect(found === 0).toBe(a === b);
        expect(found).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(found).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
