import { randomBytes } from 'node:crypto';
import { defaultCalendar } from '../../bot/domain/calendar.ts';
import { containsCpr, parseCpr } from '../../bot/domain/cpr.ts';
import { parseForm } from '../../bot/domain/referral/form.ts';
import { follow, stepOf } from '../../bot/domain/referral/way.ts';
import { legalDate, Temporal } from '../../bot/domain/time.ts';
import { demoStaff, demoUnits } from '../../bot/demo/people.ts';
import { seedDemo } from '../../bot/demo/seed.ts';
import { staffRoles } from '../../bot/domain/access.ts';
import { type CaseFile, factsOf, findCase, openPass } from '../../bot/store/cases.ts';
import { createCprVault } from '../../bot/store/cpr-vault.ts';
import { type Database, openDatabase } from '../../bot/store/database.ts';
import { findByAadObjectId } from '../../bot/store/people.ts';
import { contextOf, openStep, paceAt, untoldPasses } from '../../bot/workflows/referral/case.ts';
import { admissionForm } from '../../bot/workflows/referral/admit.ts';
import { MOVED_BACK, STOPPED } from '../../bot/workflows/referral/move-case.ts';
import { currentVersion } from '../../bot/workflows/referral/versions.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const now = Temporal.Instant.from('2026-11-22T10:42:00.123Z');
const today = legalDate(now);
const way = currentVersion(today.toString());
const vault = createCprVault({ index: randomBytes(32), sealing: [{ id: 'k', key: randomBytes(32) }] });

let test: TestDatabase;
let database: Database;
let files: CaseFile[];
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
  await seedDemo({ prisma: database.prisma, vault, today, now });
  const cases = await database.prisma.referral.findMany({ orderBy: { number: 'asc' }, select: { id: true } });
  files = (await Promise.all(cases.map(({ id }) => findCase(database.prisma, id)))).filter((file) => file !== null);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

it('has sixty residents, numbered in the order of admission', () => {
  expect(files).toHaveLength(60);
  expect(files.map(({ number }) => number)).toEqual(files.map((_, index) => 101 + index));
  const opened = files.map(({ openedAt }) => openedAt.epochMilliseconds);
  expect(opened).toEqual([...opened].sort((a, b) => a - b));
});

it('has residents in every step, late and in time, and at every end', () => {
  const open = files.map(openStep).filter((step) => step !== null);
  for (const { id } of [...way.home.slice(1), ...way.place]) {
    const here = open.filter(({ step }) => step.id === id);
    expect([id, here.length]).toEqual([id, expect.any(Number)]);
    expect(here.length).toBeGreaterThan(0);
  }
  const late = open.filter((step) => paceAt(step, today, defaultCalendar).overdueDays > 0);
  expect(late.length).toBeGreaterThan(8);
  expect(open.length - late.length).toBeGreaterThan(25);
  const outcomes = files.filter((file) => !openPass(file)).map(({ passes }) => passes.at(-1)?.outcome);
  expect(new Set(outcomes)).toEqual(new Set(['approved', 'ready', 'closed', STOPPED]));
  expect(files.filter(({ stay }) => !stay.municipalityToldOn).length).toBe(3);
  expect(files.filter((file) => untoldPasses(file).length > 0).length).toBe(3);
});

it('tells each case as the engine would have left it', () => {
  for (const file of files) {
    file.passes.forEach((pass, index) => {
      const step = stepOf(way, pass.step);
      const next = file.passes[index + 1];
      expect(pass.ordinal).toBe(index + 1);
      expect(Temporal.PlainDate.compare(pass.startedOn, today)).toBeLessThanOrEqual(0);
      expect(Temporal.Instant.compare(pass.startedAt, pass.endedAt ?? now)).toBeLessThanOrEqual(0);
      if (pass.endedAt === null) {
        expect(next).toBeUndefined();
        return;
      }
      if (next) {
        expect(next.startedAt.equals(pass.endedAt)).toBe(true);
        expect(next.startedOn.equals(legalDate(next.startedAt))).toBe(true);
      }
      if (pass.outcome === MOVED_BACK || pass.outcome === STOPPED) {
        expect(pass.outcome === STOPPED ? way.stopReasons : way.backReasons).toContain(pass.reason);
        return;
      }
      const outcome = step.outcomes[pass.outcome ?? ''];
      if (!outcome) throw new Error(`Case ${file.number}: no outcome '${pass.outcome}' of '${pass.step}'`);
      if (outcome.reasons) expect(outcome.reasons).toContain(pass.reason);
      else expect(pass.reason).toBeNull();
      const parsed = parseForm(step.form, pass.answers ?? {});
      expect(parsed).toEqual({ ok: true, answers: pass.answers });
      const context = contextOf(file, today);
      expect(step.check?.(pass.answers as never, pass.outcome ?? '', context) ?? {}).toEqual({});
      const destination = follow(way, pass.step, outcome.to, factsOf(file));
      expect(next?.step).toBe(destination.kind === 'step' ? destination.step.id : undefined);
      if (step.notBy) {
        const barred = file.passes
          .filter(({ step: id, ordinal }) => id === step.notBy && ordinal < pass.ordinal)
          .at(-1);
        expect(pass.endedBy?.id).not.toBe(barred?.endedBy?.id);
      }
    });
    expect(file.closedAt !== null).toBe(['closed', STOPPED].includes(file.passes.at(-1)?.outcome ?? ''));
    expect(file.caseworker === null).toBe(file.passes.at(-1)?.step === 'attachment');
  }
});

it('seals made-up CPR numbers, and gives a reason where there is none', async () => {
  const citizens = await database.prisma.citizen.findMany();
  const numbers = citizens.flatMap(({ cprCipher, cprKeyId, noCprReason }) => {
    expect((cprCipher === null) === (noCprReason !== null)).toBe(true);
    return cprCipher && cprKeyId ? [vault.open({ cipher: new Uint8Array(cprCipher), keyId: cprKeyId })] : [];
  });
  expect(numbers.length).toBe(54);
  for (const cpr of numbers) {
    // Nobody can have it: without a fitting check digit numbers are given for 1 January only.
    expect(parseCpr(cpr)).toMatchObject({ ok: true, warning: 'modulus11' });
    expect(cpr.startsWith('0101')).toBe(false);
  }
  expect(new Set(citizens.map(({ name }) => name)).size).toBe(60);
  expect(citizens.some(({ name, recordNumber }) => containsCpr(`${name} ${recordNumber}`))).toBe(false);
  const alike = files.filter(({ citizen }) => citizen.name.startsWith('Lars Bo N'));
  expect(alike.map(({ shelter }) => shelter.code)).toEqual(['bocentret', 'bocentret']);
});

it('keeps half-done forms whose fields are known', async () => {
  const drafts = await database.prisma.draft.findMany();
  expect(drafts.filter(({ form }) => form === 'admission')).toHaveLength(1);
  expect(files.filter(({ draft }) => draft !== null).length).toBe(drafts.length - 1);
  for (const { form, passId, input } of drafts) {
    const open = files.map(openStep).find((step) => step?.pass.id === passId);
    const fields = form === 'admission' ? admissionForm : (open?.step.form ?? {});
    const parsed = parseForm(fields, input as Record<string, unknown>);
    for (const name of Object.keys(input as object)) {
      expect(Object.keys(fields)).toContain(name);
      if (!parsed.ok) expect(parsed.problems[name]).toBeUndefined();
    }
  }
});

it('has staff of every role, a tester, and a deputy at work', async () => {
  expect(new Set(demoStaff.flatMap(({ roles }) => roles.map(({ role }) => role)))).toEqual(new Set(staffRoles));
  const find = (id: string) => findByAadObjectId(database.prisma, id, today);
  expect(await find('5f0c1f5e-0000-4000-8000-000000000001')).toMatchObject({
    name: 'Mette Holm',
    assignments: [{ role: 'shelter_staff', unitPath: '/sf/voksne/bocentret/' }],
  });
  expect(await find('5f0c1f5e-0000-4000-8000-000000000002')).toMatchObject({
    name: 'Jonas Lind',
    standsInFor: [{ name: 'Amira Haddad' }],
  });
  expect(await find('5f0c1f5e-0000-4000-8000-000000000024')).toMatchObject({ name: 'Ida Vang', assignments: [] });
  expect(files.some(({ passes }) => passes.some(({ onBehalfOf }) => onBehalfOf?.name === 'Amira Haddad'))).toBe(true);
});

it('logs who was put in, and does nothing a second time', async () => {
  expect(await database.prisma.accessLog.count({ where: { operation: 'demo.seed', action: 'add' } })).toBe(60);
  await seedDemo({ prisma: database.prisma, vault, today: today.add({ days: 1 }), now: now.add({ hours: 24 }) });
  expect(await database.prisma.referral.count()).toBe(60);
  expect(await database.prisma.unit.count()).toBe(demoUnits.length);
  expect(await database.prisma.staff.count()).toBe(demoStaff.length);
});

it.each(['2026-12-27T08:00:00Z', '2027-01-03T00:30:00Z', '2027-03-30T22:10:00Z', '2028-02-29T12:00:00Z'])(
  'works on any day, such as %s',
  async (at) => {
    const other = await createTestDatabase();
    const opened = openDatabase(other.url);
    const instant = Temporal.Instant.from(at);
    await seedDemo({ prisma: opened.prisma, vault, today: legalDate(instant), now: instant });
    expect(await opened.prisma.stepPass.count({ where: { endedAt: { gt: new Date(at) } } })).toBe(0);
    expect(await opened.prisma.referral.count()).toBe(60);
    await opened.close();
    await other.drop();
  },
);
