/**
 * Retention: is the home still theirs so many months after moving in? (design.md § 3 A 12; domain.md § 11, track 4.)
 * Counts only.
 */
import { type PlainDate, isBefore } from './time.ts';

export interface HomeHeld {
  /** The method of the support, such as `cti`; null where none was recorded. */
  readonly method: string | null;
  readonly movedInOn: PlainDate;
  /** The last day of the tenancy; null while it runs. */
  readonly endedOn: PlainDate | null;
  readonly endReason: string | null;
}

/** The months after moving in that are looked at. */
export const retentionMonths = [3, 6, 12, 24] as const;

export interface RetentionMark {
  readonly months: (typeof retentionMonths)[number];
  /** Those who moved in so long ago, or longer, and of whom the mark can be said. */
  readonly of: number;
  readonly kept: number;
}

export interface Retention {
  readonly method: string | null;
  readonly homes: number;
  readonly marks: readonly RetentionMark[];
}

/** Ends of a tenancy that lost nobody a home: they are left out of every mark that comes after them (unconfirmed). */
const NOT_LOST: readonly (string | null)[] = ['other_home', 'dead'];

/** Retention by method of support, the most homes first. */
export function retention(homes: readonly HomeHeld[], today: PlainDate): readonly Retention[] {
  const methods = [...new Set(homes.map(({ method }) => method))];
  return methods
    .map((method) => {
      const own = homes.filter((home) => home.method === method);
      return { method, homes: own.length, marks: retentionMonths.map((months) => markOf(own, months, today)) };
    })
    .sort((a, b) => b.homes - a.homes);
}

function markOf(homes: readonly HomeHeld[], months: RetentionMark['months'], today: PlainDate): RetentionMark {
  let of = 0;
  let kept = 0;
  for (const { movedInOn, endedOn, endReason } of homes) {
    const mark = movedInOn.add({ months });
    if (isBefore(today, mark)) continue;
    const held = endedOn === null || !isBefore(endedOn, mark);
    if (!held && NOT_LOST.includes(endReason)) continue;
    of++;
    if (held) kept++;
  }
  return { months, of, kept };
}
