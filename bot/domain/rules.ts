/** Rules that are data: each has a shape, the value that holds until the municipality says otherwise, and its source. */
import { z } from 'zod';
import { type CalendarRules, defaultCalendar } from './calendar.ts';

export interface RuleKind<Value> {
  readonly schema: z.ZodType<Value>;
  readonly default: Value;
  /** Where the default is from, and what is unconfirmed about it. */
  readonly source: string;
}

/** `12-24`; 29 February counts, as some years have it. */
function isDayOfYear(text: string): boolean {
  return (
    /^\d\d-\d\d$/.test(text) &&
    !Number.isNaN(Date.parse(`2024-${text}T00:00:00Z`)) &&
    new Date(`2024-${text}T00:00:00Z`).toISOString().slice(5, 10) === text
  );
}

const kind = <Value>(rule: RuleKind<Value>): RuleKind<Value> => rule;

/** Every dated rule there is, by its key in `dated_rule`. */
export const ruleKinds = {
  calendar: kind<CalendarRules>({
    schema: z.strictObject({
      closedDays: z.array(z.string().refine(isDayOfYear, 'a day of the year is written MM-DD, such as 12-24')).max(30),
      saturdayIsHverdag: z.boolean(),
    }),
    default: defaultCalendar,
    source:
      'domain.md § 8: 24 and 31 December and 5 June closed, 1 May open; § 4: Saturday counts as a hverdag (unconfirmed)',
  }),
} as const;

export type RuleKey = keyof typeof ruleKinds;
export type RuleValue<K extends RuleKey> = (typeof ruleKinds)[K]['default'];
