import { defaultRules } from '../../bot/domain/rules.ts';
import { anchorOf, keptTerms } from '../../bot/domain/subsidy-terms.ts';
import { Temporal } from '../../bot/domain/time.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

it.each([
  ['2024-03-15', 'lease_start', '2024-03-15'],
  ['2024-03-15', 'next_month', '2024-04-01'],
  ['2024-03-01', 'next_month', '2024-03-01'],
  ['2024-12-31', 'next_month', '2025-01-01'],
  ['2024-03-15', 'next_year', '2025-01-01'],
  ['2024-12-31', 'next_year', '2025-01-01'],
  ['2025-01-01', 'next_year', '2025-01-01'],
  ['2025-02-01', 'next_year', '2026-01-01'],
] as const)('a subsidy from %s counts its years by %s from %s', (from, anchor, on) => {
  expect(anchorOf(day(from), anchor).toString()).toBe(on);
});

it.each(['transitional', 'permanent_subsidy', 'none'] as const)(
  '%s has no schedule, and begins where it begins',
  (scheme) => {
    const kept = keptTerms(scheme, day('2024-03-15'), { ...defaultRules.subsidy, anchor: 'next_year' });
    expect(kept.anchorOn.toString()).toBe('2024-03-15');
    expect(kept.shares).toEqual([]);
  },
);
