import { incomeKinds, incomeKindsOn } from '../../bot/domain/capacity.ts';
import { Temporal } from '../../bot/domain/time.ts';

const kindsOn = (day: string) => incomeKindsOn(Temporal.PlainDate.from(day));

it.each([
  ['2025-06-30', 'education_grant', true],
  ['2025-07-01', 'education_grant', false],
  ['2025-06-30', 'integration_benefit', true],
  ['2025-07-01', 'integration_benefit', false],
  ['2026-06-30', 'resource_course', true],
  ['2026-07-01', 'resource_course', false],
  ['2010-01-01', 'wages', true],
  ['2099-12-31', 'social_assistance', true],
] as const)('on %s whether somebody can have %s is %s', (day, kind, can) => {
  expect(kindsOn(day).includes(kind)).toBe(can);
});

it('leaves out those that are gone, in the order of the list', () => {
  const gone = ['education_grant', 'integration_benefit', 'resource_course'];
  expect(kindsOn('2026-11-25')).toEqual(Object.keys(incomeKinds).filter((kind) => !gone.includes(kind)));
});
