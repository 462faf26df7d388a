/** Chance that is the same every time: the demo looks alike on every machine. */
export interface Chance {
  /** A whole number from `min` to `max`, both included. */
  number(min: number, max: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** The generator known as mulberry32. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return { number, pick: (from) => from[number(0, from.length - 1)] ?? from[0] };
}
