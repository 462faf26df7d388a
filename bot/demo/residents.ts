/** Names and CPR numbers of people who do not exist. */
import { parseCpr } from '../domain/cpr.ts';
import type { Chance } from './chance.ts';

const first =
  'Anders Ahmed Anja Bente Bo Brian Carsten Charlotte Claus Dennis Dorthe Erik Flemming Frank Gitte Hassan Heidi Henning Irene Jan Jette Jesper John Karina Kenneth Kim Leif Lene Liselotte Maria Martin Michael Mona Niels Omar Pernille Per Pia René Rikke Robert Steen Susanne Søren Tina Tom Torben Ulrik Vibeke Yusuf'.split(
    ' ',
  );
const last =
  'Abel Bagge Bang Berg Bisgaard Brink Clemmensen Dam Drejer Eskildsen Fabricius Falk Gade Gram Hald Hedegaard Hviid Iversen Jepsen Juul Kirk Kofoed Krag Lauridsen Lyng Malling Mortensen Nygaard Odgaard Østergaard Pihl Quist Ravn Rosenberg Schou Skaarup Stage Tang Thygesen Uldall Vad Villadsen Wulff Ågård'.split(
    ' ',
  );

/** A name that nobody else in the demo has. */
export function newName(taken: Set<string>, chance: Chance): string {
  for (;;) {
    const name = `${first[chance.number(0, first.length - 1)]} ${last[chance.number(0, last.length - 1)]}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/**
 * A number that nobody can have: its day exists, but its check digit does not fit, and numbers without one are given
 * to people born on 1 January only (domain.md § 7), which this never is.
 */
export function madeUpCpr(serial: number, chance: Chance): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${two(chance.number(2, 28))}${two(chance.number(1, 12))}${two(chance.number(56, 99))}`;
  for (let tried = serial; ; tried += 1_000) {
    const cpr = `${date}${String(tried % 4_000).padStart(4, '0')}`;
    const parsed = parseCpr(cpr);
    if (parsed.ok && parsed.warning === 'modulus11') return cpr;
  }
}
