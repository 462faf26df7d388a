/** Parts of town that people name and no address has: their postcodes. */
export const districts: Readonly<Record<string, readonly (readonly [first: number, last: number])[]>> = {
  'Indre By': [[1000, 1499]],
  Vesterbro: [[1500, 1799]],
  Østerbro: [[2100, 2150]],
  Nørrebro: [[2200, 2200]],
  Amager: [
    [2300, 2300],
    [2770, 2791],
  ],
  Nordvest: [[2400, 2400]],
  Bispebjerg: [[2400, 2400]],
  Sydhavnen: [[2450, 2450]],
};

export const isIn = (district: string, postcode: string): boolean =>
  (districts[district] ?? []).some(([first, last]) => first <= Number(postcode) && Number(postcode) <= last);
