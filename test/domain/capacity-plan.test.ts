import fc from 'fast-check';
import { EARLY_DAYS, type Mark, markToAsk, type PlanFacts } from '../../bot/domain/capacity-plan.ts';
import { defaultRules } from '../../bot/domain/rules.ts';
import type { Grant } from '../../bot/domain/subsidy.ts';
import { isBefore, type PlainDate, Temporal } from '../../bot/domain/time.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);
const { shares, rounding, partMonth } = defaultRules.subsidy;
const keptTerms = { rounding, partMonth };

const from = (first: string) => ({ startsOn: day(first), anchorOn: day(first) });
const state = (anchorOn: string): Grant => ({
  ...{ scheme: 'state_subsidy', ...from(anchorOn), basisYear: 2023, shares, monthlyOere: null, endedOn: null },
  ...keptTerms,
});
const agreed = (scheme: 'permanent_subsidy' | 'transitional', monthlyOere: number | null, endedOn?: string): Grant => ({
  ...{ scheme, ...from('2026-01-15'), ...keptTerms, basisYear: 2026, shares: [], monthlyOere },
  endedOn: endedOn === undefined ? null : day(endedOn),
});

type Home = NonNullable<PlanFacts['home']>;
const lives = (movedInOn: string, more: Partial<Home> = {}): PlanFacts => ({
  clarifiedSince: null,
  home: { movedInOn: day(movedInOn), isCti: false, grant: null, ...more },
  lastAskedOn: null,
});

const said = (mark: Mark | null) => mark && `${mark.occasion} ${mark.on.toString()}`;
const asked = (facts: PlanFacts, today: string, lastAskedOn?: string) =>
  said(markToAsk({ ...facts, lastAskedOn: lastAskedOn === undefined ? null : day(lastAskedOn) }, day(today)));

/** What is asked when the plan runs on these days and every question is answered. */
function askedOn(facts: PlanFacts, days: readonly PlainDate[]): { mark: Mark; on: PlainDate }[] {
  const questions: { mark: Mark; on: PlainDate }[] = [];
  for (const today of days) {
    const mark = markToAsk({ ...facts, lastAskedOn: questions.at(-1)?.on ?? null }, today);
    if (mark) questions.push({ mark, on: today });
  }
  return questions;
}
const daily = (from: PlainDate, to: PlainDate): PlainDate[] =>
  Array.from({ length: from.until(to, { largestUnit: 'days' }).days + 1 }, (_, days) => from.add({ days }));
const listed = (facts: PlanFacts, from: string, to: string) =>
  askedOn(facts, daily(day(from), day(to))).map(({ mark: { occasion }, on }) => `${on.toString()} ${occasion}`);

const clarifying: PlanFacts = { clarifiedSince: day('2026-11-18'), home: null, lastAskedOn: null };

describe('before the nomination', () => {
  it('is from the day on which the clarification waits', () => {
    expect(asked({ ...clarifying, clarifiedSince: day('2026-11-19') }, '2026-11-18')).toBeNull();
    expect(asked(clarifying, '2026-11-18')).toBe('before_nomination 2026-11-18');
    expect(asked(clarifying, '2027-02-01')).toBe('before_nomination 2026-11-18');
  });

  it('is asked once', () => {
    expect(asked(clarifying, '2026-12-31', '2026-11-18')).toBeNull();
    expect(asked(clarifying, '2026-12-31', '2026-11-25')).toBeNull();
  });

  it('is asked already by whoever asked in the thirty days before', () => {
    expect(asked(clarifying, '2026-11-18', '2026-10-19')).toBeNull(); // 18 November less 30 days
    expect(asked(clarifying, '2026-11-18', '2026-10-18')).toBe('before_nomination 2026-11-18');
  });

  it('is never of a case that neither waits for it nor has a home', () => {
    expect(asked({ ...clarifying, clarifiedSince: null }, '2026-11-18')).toBeNull();
  });
});

describe('of a home', () => {
  it('is on moving in, in CTI month 3, 6 and 9, each year, and a year before each step down', () => {
    // Moved in ten days after the anchor: a year before a step down is ten days before the yearly mark, which it takes with it.
    expect(
      listed(lives('2023-03-11', { isCti: true, grant: state('2023-03-01') }), '2023-03-01', '2032-12-31'),
    ).toEqual([
      '2023-03-11 move_in',
      '2023-06-11 follow_up',
      '2023-09-11 follow_up',
      '2023-12-11 follow_up',
      '2024-03-11 yearly',
      '2025-03-11 yearly',
      '2026-03-01 before_step_down', // of 1 March 2027, the first
      '2027-03-01 before_step_down',
      '2028-03-01 before_step_down',
      '2029-03-01 before_step_down',
      '2030-03-01 before_step_down', // of 1 March 2031, when it ends
    ]);
  });

  it('has no months of CTI without CTI', () => {
    expect(listed(lives('2023-03-11', { grant: state('2023-03-01') }), '2023-03-01', '2024-12-31')).toEqual([
      '2023-03-11 move_in',
      '2024-03-11 yearly',
    ]);
  });

  it('says of two marks on one day the weightier', () => {
    expect(asked(lives('2023-03-01', { grant: state('2023-03-01') }), '2026-03-01', '2025-03-01')).toBe(
      'before_step_down 2026-03-01',
    );
  });

  it('is nothing more once it is asked on moving in, where there is no subsidy', () => {
    expect(listed(lives('2026-01-15'), '2026-01-01', '2032-12-31')).toEqual(['2026-01-15 move_in']);
    const none = { ...agreed('permanent_subsidy', 900_00), scheme: 'none' as const };
    expect(listed(lives('2026-01-15', { grant: none }), '2026-01-01', '2032-12-31')).toEqual(['2026-01-15 move_in']);
  });

  it('goes on yearly for as long as a permanent subsidy lasts', () => {
    expect(
      listed(lives('2026-01-15', { grant: agreed('permanent_subsidy', 900_00) }), '2026-01-01', '2029-06-30'),
    ).toEqual(['2026-01-15 move_in', '2027-01-15 yearly', '2028-01-15 yearly', '2029-01-15 yearly']);
  });

  it('is a year before a transitional subsidy ends, and never after', () => {
    // The last day is 30 June 2028, so that it falls on 1 July.
    const grant = agreed('transitional', 700_00, '2028-06-30');
    expect(listed(lives('2026-01-15', { grant }), '2026-01-01', '2031-12-31')).toEqual([
      '2026-01-15 move_in',
      '2027-01-15 yearly',
      '2027-07-01 before_step_down',
      '2028-01-15 yearly',
    ]);
  });

  it('counts a subsidy whose amount nobody has entered', () => {
    expect(
      listed(
        lives('2026-01-15', { grant: agreed('transitional', null, '2028-06-30') }),
        ...(['2026-01-01', '2031-12-31'] as const),
      ),
    ).toEqual(['2026-01-15 move_in', '2027-01-15 yearly', '2027-07-01 before_step_down', '2028-01-15 yearly']);
    expect(
      listed(lives('2026-01-15', { grant: agreed('permanent_subsidy', null) }), '2026-01-01', '2027-06-30'),
    ).toEqual(['2026-01-15 move_in', '2027-01-15 yearly']);
  });

  it('has moving in as its occasion when the subsidy falls within the year', () => {
    expect(asked(lives('2026-05-01', { grant: state('2023-03-01') }), '2026-11-18')).toBe('move_in 2026-05-01');
    // Exactly a year before: both are on one day.
    expect(asked(lives('2026-03-01', { grant: state('2023-03-01') }), '2026-03-01')).toBe('move_in 2026-03-01');
  });

  it('makes up for one mark only, the latest', () => {
    const home = lives('2023-03-11', { isCti: true, grant: state('2023-03-01') });
    expect(asked(home, '2025-11-18')).toBe('yearly 2025-03-11');
    // The yearly one, ten days after it, is the same question, however late it is put.
    expect(asked(home, '2026-11-18')).toBe('before_step_down 2026-03-01');
    expect(asked(home, '2026-11-18', '2026-11-18')).toBeNull();
    // Asked by hand between two marks: the next one is asked in its own time.
    expect(asked(home, '2024-03-11', '2024-01-20')).toBe('yearly 2024-03-11');
    expect(asked(home, '2024-03-11', '2024-02-20')).toBeNull();
  });

  it('of 29 February is on 28 February in other years', () => {
    const home = lives('2024-02-29', { grant: agreed('permanent_subsidy', 900_00) });
    expect(asked(home, '2025-02-27', '2024-02-29')).toBeNull();
    expect(asked(home, '2025-02-28', '2024-02-29')).toBe('yearly 2025-02-28');
    expect(asked(home, '2028-02-29', '2027-02-28')).toBe('yearly 2028-02-29');
  });

  it('and a clarification that waits: the later of the two', () => {
    const both = { ...lives('2025-06-01', { grant: state('2025-06-01') }), clarifiedSince: day('2026-10-01') };
    expect(asked(both, '2026-11-18', '2026-06-01')).toBe('before_nomination 2026-10-01');
    expect(asked(both, '2027-06-01', '2026-10-01')).toBe('yearly 2027-06-01');
  });
});

/** The mark days worked out a second way: from the lease's own years, by the default shares. */
function markDays(movedInOn: PlainDate, anchorOn: PlainDate, isCti: boolean): Set<string> {
  const falls = [3, 4, 5, 6, 7].map((years) => anchorOn.add({ years: years + 1 }).subtract({ years: 1 }));
  const end = anchorOn.add({ years: 8 });
  const years = Array.from({ length: 12 }, (_, index) => movedInOn.add({ years: index + 1 }));
  return new Set(
    [
      movedInOn,
      ...(isCti ? [3, 6, 9].map((months) => movedInOn.add({ months })) : []),
      ...years.filter((on) => isBefore(on, end)),
      ...falls.filter((on) => isBefore(movedInOn, on)),
    ].map(String),
  );
}

/** The days on which the answer can change: each mark's own, and those on both sides of its early days. */
function around(marks: ReadonlySet<string>): PlainDate[] {
  const days = [...marks].flatMap((on) => [-31, -30, -1, 0, 1, 2, 29, 30, 31].map((days) => day(on).add({ days })));
  return [...new Set(days.map(String))].sort().map(day);
}

it('asks at each mark exactly once, whatever the days of moving in and of the subsidy', () => {
  const start = day('2023-03-01');
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_500 }), // the anchor, in days from the first possible one
      fc.integer({ min: -40, max: 900 }), // moving in, in days from the anchor
      fc.boolean(),
      (anchorAfter, movedAfter, isCti) => {
        const anchorOn = start.add({ days: anchorAfter });
        const movedInOn = anchorOn.add({ days: movedAfter });
        const facts = lives(movedInOn.toString(), { isCti, grant: state(anchorOn.toString()) });
        const marks = markDays(movedInOn, anchorOn, isCti);
        const questions = askedOn(facts, around(marks));
        // A question is only ever put on a mark, on its day.
        for (const { mark, on } of questions)
          expect([String(on), marks.has(String(on))]).toEqual([String(mark.on), true]);
        // Two questions are never closer than the days in which one counts for the next mark.
        questions.slice(1).forEach(({ on }, index) => {
          const before = questions[index]?.on ?? on;
          expect(before.until(on, { largestUnit: 'days' }).days).toBeGreaterThan(EARLY_DAYS);
        });
        // And every mark has exactly one: its own, or that of the thirty days before.
        for (const iso of marks) {
          const of = questions.filter(({ on }) => {
            const days = on.until(iso, { largestUnit: 'days' }).days;
            return days >= 0 && days <= EARLY_DAYS;
          });
          expect([iso, of.length]).toEqual([iso, 1]);
        }
      },
    ),
    { numRuns: 20 },
  );
});
