import { deadline } from '../../bot/domain/calendar.ts';
import { Temporal } from '../../bot/domain/time.ts';
import { openDatabase, type Database } from '../../bot/store/database.ts';
import { keepRules, RuleError, ruleOn } from '../../bot/store/rules.ts';
import { toDateColumn } from '../../bot/store/temporal.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
let database: TestDatabase;
let opened: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  opened = openDatabase(database.url, { max: 2 });
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});
afterEach(() => opened.prisma.datedRule.deleteMany());

const store = (validFrom: string, value: object, validTo?: string) =>
  opened.prisma.datedRule.create({
    data: {
      key: 'calendar',
      validFrom: toDateColumn(day(validFrom)),
      validTo: validTo ? toDateColumn(day(validTo)) : null,
      value,
      source: 'test',
    },
  });

it('gives the default until the municipality says otherwise, then the rule of the day', async () => {
  const mayDay = { closedDays: ['05-01'], saturdayIsHverdag: false };
  await store('2027-01-01', mayDay, '2027-12-31');
  expect((await ruleOn(opened.prisma, 'calendar', day('2026-12-31'))).closedDays).toContain('12-24');
  expect(await ruleOn(opened.prisma, 'calendar', day('2027-01-01'))).toEqual(mayDay);
  expect(await ruleOn(opened.prisma, 'calendar', day('2027-12-31'))).toEqual(mayDay);
  expect((await ruleOn(opened.prisma, 'calendar', day('2028-01-01'))).saturdayIsHverdag).toBe(true);
  // Friday 30 April 2027, one working day later: 1 May is a Saturday, so Monday the 3rd either way.
  expect(deadline(day('2027-04-30'), 1, 'hverdage', mayDay).toString()).toBe('2027-05-03');
});

it('names a rule that has not the shape its key asks for', async () => {
  for (const notADay of ['24 December', '24-12', '02-30', '1-1']) {
    await store('2027-01-01', { closedDays: [notADay], saturdayIsHverdag: true });
    await expect(ruleOn(opened.prisma, 'calendar', day('2027-02-01'))).rejects.toThrow(RuleError);
    await opened.prisma.datedRule.deleteMany();
  }
  await store('2027-01-01', { closedDays: ['02-29', '12-24'], saturdayIsHverdag: true });
  expect((await ruleOn(opened.prisma, 'calendar', day('2027-02-01'))).closedDays).toHaveLength(2);
});

it('keeps the same object until the rule changes, and goes on with the last when the new one is wrong', async () => {
  const errors: string[] = [];
  const now = () => Temporal.Instant.from('2027-06-01T10:00:00Z');
  const rules = await keepRules(opened.prisma, now, { error: (_fields, message) => void errors.push(message) }, 20);
  try {
    const first = rules.current.calendar;
    await store('2027-01-01', { closedDays: [], saturdayIsHverdag: false });
    await until(() => rules.current.calendar !== first);
    expect(rules.current.calendar).toEqual({ closedDays: [], saturdayIsHverdag: false });
    const second = rules.current.calendar;
    await store('2027-02-01', { closedDays: 'none' });
    await until(() => errors.length > 0);
    expect(rules.current.calendar).toBe(second);
  } finally {
    rules.stop();
  }
});

async function until(true_: () => boolean): Promise<void> {
  for (let tries = 0; tries < 250 && !true_(); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
}
