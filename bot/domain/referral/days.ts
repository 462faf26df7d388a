/** Days that are typed in a step. */
import { Temporal } from '../time.ts';

/** The fields whose day (ISO, null where none was typed) lies further from today than any honest one: a year mistyped. */
export function farAway(
  days: Readonly<Record<string, string | null>>,
  today: string,
): Readonly<Record<string, 'dayFarAway'>> {
  const from = Temporal.PlainDate.from(today);
  const [first, last] = [from.subtract({ years: 15 }).toString(), from.add({ years: 3 }).toString()];
  return Object.fromEntries(
    Object.entries(days)
      .filter(([, day]) => day !== null && (day < first || day > last))
      .map(([name]) => [name, 'dayFarAway' as const]),
  );
}
