/** Reads a period as people write it: `næste kvartal`, `denne måned`, `i år`, `2027`, `2. kvartal 2027`. */
import { type PlainDate, Temporal } from './time.ts';

export interface DayRange {
  readonly from: PlainDate;
  /** The last day. */
  readonly to: PlainDate;
}

const monthsFrom = (first: PlainDate, months: number): DayRange => ({
  from: first,
  to: first.add({ months }).subtract({ days: 1 }),
});
const quarterOf = (day: PlainDate): PlainDate => day.with({ month: Math.floor((day.month - 1) / 3) * 3 + 1, day: 1 });

/** Null when it is no period that we know. */
export function parsePeriod(typed: string, today: PlainDate): DayRange | null {
  const text = typed.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
  const month = today.with({ day: 1 });
  const year = today.with({ month: 1, day: 1 });
  if (/^(næste|naeste|next|kommende) (kvartal|quarter)$/.test(text))
    return monthsFrom(quarterOf(today).add({ months: 3 }), 3);
  if (/^(dette|this|i dette) (kvartal|quarter)$/.test(text)) return monthsFrom(quarterOf(today), 3);
  if (/^(næste|naeste|next) (måned|maaned|maned|month)$/.test(text)) return monthsFrom(month.add({ months: 1 }), 1);
  if (/^(denne|this) (måned|maaned|maned|month)$/.test(text)) return monthsFrom(month, 1);
  if (/^(i år|i aar|dette år|this year)$/.test(text)) return monthsFrom(year, 12);
  if (/^(næste|naeste|next) (år|aar|year)$/.test(text)) return monthsFrom(year.add({ years: 1 }), 12);
  const named = /^(?:i )?(20\d\d)$/.exec(text)?.[1];
  if (named) return monthsFrom(Temporal.PlainDate.from({ year: Number(named), month: 1, day: 1 }), 12);
  const quarter = /^(?:(\d)\. ?kvartal|q(\d)|quarter (\d)) ?(20\d\d)$/.exec(text);
  const number = Number(quarter?.[1] ?? quarter?.[2] ?? quarter?.[3]);
  if (quarter && number >= 1 && number <= 4)
    return monthsFrom(Temporal.PlainDate.from({ year: Number(quarter[4]), month: number * 3 - 2, day: 1 }), 3);
  return null;
}
