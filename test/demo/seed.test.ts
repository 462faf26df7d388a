import { randomBytes } from 'node:crypto';
import { defaultCalendar, isWorkingDay } from '../../bot/domain/calendar.ts';
import { containsCpr, parseCpr } from '../../bot/domain/cpr.ts';
import { nextFollowUp } from '../../bot/domain/follow-up.ts';
import { rentOn } from '../../bot/domain/rent.ts';
import { defaultRules } from '../../bot/domain/rules.ts';
import type { CaseFacts, StepContext } from '../../bot/domain/referral/definition.ts';
import { parseForm } from '../../bot/domain/referral/form.ts';
import { follow, stepOf } from '../../bot/domain/referral/way.ts';
import { schemes } from '../../bot/domain/schemes.ts';
import { endOfSubsidy, nextStepDown } from '../../bot/domain/subsidy.ts';
import { isBefore, legalDate, Temporal } from '../../bot/domain/time.ts';
import { demoStaff, demoUnits } from '../../bot/demo/people.ts';
import { seedDemo } from '../../bot/demo/seed.ts';
import { demoObservations } from '../../bot/demo/reviews.ts';
import { dropReasons, reviewOutcomes } from '../../bot/domain/review/outcomes.ts';
import { reviewToPrepare } from '../../bot/domain/review/schedule.ts';
import { stories } from '../../bot/demo/stories.ts';
import { staffRoles } from '../../bot/domain/access.ts';
import { type CaseFile, factsOf, findCase, openPass, type Pass } from '../../bot/store/cases.ts';
import { createCprVault } from '../../bot/store/cpr-vault.ts';
import { type Database, openDatabase } from '../../bot/store/database.ts';
import { areasOn, dwellingsWhere, freeDwellings, isFree } from '../../bot/store/dwellings.ts';
import { findByAadObjectId } from '../../bot/store/people.ts';
import { waitingForOffer } from '../../bot/store/waiting-residents.ts';
import { waitingFor } from '../../bot/store/worklists.ts';
import { weigh } from '../../bot/workflows/homes/shortlist.ts';
import { listsOf } from '../../bot/workflows/tasks/my-tasks.ts';
import { contextOf, openStep, paceAt, standsAt, untoldPasses } from '../../bot/workflows/referral/case.ts';
import { admissionForm } from '../../bot/workflows/referral/admit.ts';
import { MOVED_BACK, STOPPED } from '../../bot/workflows/referral/move-case.ts';
import { currentVersion } from '../../bot/workflows/referral/versions.ts';
import { allPlans, possibleParticipants } from '../../bot/store/review-plans.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const days = [
  ...['2026-11-22T10:42:00.123Z', '2026-12-27T08:00:00Z', '2027-01-03T00:30:00Z', '2027-03-30T22:10:00Z'],
  ...['2027-08-31T09:00:00Z', '2028-02-29T12:00:00Z'],
];

describe.each(days)('on %s', (at) => {
  const now = Temporal.Instant.from(at);
  const today = legalDate(now);
  const way = currentVersion(today.toString());
  const vault = createCprVault({ index: randomBytes(32), sealing: [{ id: 'k', key: randomBytes(32) }] });

  let test: TestDatabase;
  let database: Database;
  let files: CaseFile[];
  /** What the file of a case does not say. */
  let leaseCreated: Map<string, string>;
  let offerEnded: Map<string, Temporal.PlainDate>;
  beforeAll(async () => {
    test = await createTestDatabase();
    database = openDatabase(test.url);
    await seedDemo({ prisma: database.prisma, vault, today, now });
    const cases = await database.prisma.referral.findMany({ orderBy: { number: 'asc' }, select: { id: true } });
    files = (await Promise.all(cases.map(({ id }) => findCase(database.prisma, id)))).filter((file) => file !== null);
    const dayOf = (at: Date) => legalDate(Temporal.Instant.fromEpochMilliseconds(at.getTime()));
    const [leases, offers] = [await database.prisma.lease.findMany(), await database.prisma.offer.findMany()];
    leaseCreated = new Map(leases.map(({ id, createdAt }) => [id, createdAt.toISOString()]));
    offerEnded = new Map(offers.flatMap(({ id, endedAt }) => (endedAt ? [[id, dayOf(endedAt)] as const] : [])));
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  const daysBetween = (a: Temporal.PlainDate, b: Temporal.PlainDate) => a.until(b, { largestUnit: 'days' }).days;
  const isOutOfShelter = ({ stay }: CaseFile) => stay.endedOn !== null;
  const stepAt = (file: CaseFile) => openStep(file)?.step.id ?? null;

  it('has as many residents as a desk has, numbered in the order of admission', () => {
    expect(files).toHaveLength(stories.length);
    expect(files.map(({ number }) => number)).toEqual(files.map((_, index) => 101 + index));
    const opened = files.map(({ openedAt }) => openedAt.epochMilliseconds);
    expect(opened).toEqual([...opened].sort((a, b) => a - b));
    const open = files.filter(({ closedAt }) => closedAt === null);
    const atHome = open.filter((file) => stepAt(file) === 'kept-home');
    expect(open.length - atHome.length).toBeGreaterThanOrEqual(55);
    expect(open.length - atHome.length).toBeLessThanOrEqual(65);
    expect(atHome.length).toBeGreaterThanOrEqual(15);
    expect(atHome.length).toBeLessThanOrEqual(25);
  });

  it('has residents in every step, late and in time, and at every end', () => {
    const open = files.map(openStep).filter((step) => step !== null);
    for (const { id } of [...way.home.slice(1), ...way.place]) {
      const here = open.filter(({ step }) => step.id === id);
      expect([id, here.length > 0]).toEqual([id, true]);
    }
    const late = open.filter((step) => paceAt(step, today, defaultCalendar).overdueDays > 0);
    expect(late.length).toBeGreaterThan(12);
    expect(open.length - late.length).toBeGreaterThan(35);
    const ends = files.filter((file) => !openPass(file)).map((file) => standsAt(file).outcome);
    expect(new Set(ends)).toEqual(new Set(['closed', 'declined_closed', 'kept', 'moved_out', STOPPED]));
    expect(files.filter(({ stay }) => !stay.municipalityToldOn).length).toBe(3);
    expect(files.filter((file) => untoldPasses(file).length > 0).length).toBeGreaterThan(4);
  });

  it('has questions to BIF that wait, are late and could not be answered', async () => {
    const checkIns = await database.prisma.capacityCheckIn.findMany({ orderBy: { askedAt: 'desc' } });
    const dueOn = ({ dueOn: due }: (typeof checkIns)[number]) =>
      Temporal.PlainDate.from(due.toISOString().slice(0, 10));
    expect(checkIns.map((one) => [one.outcome, one.ownerId !== null, isBefore(dueOn(one), today)])).toEqual([
      [null, false, false],
      [null, true, true],
      ['cannot_judge', true, true],
    ]);
  });

  it('tells each case as the engine would have left it', () => {
    expect(
      files.some(({ passes }) => passes.some(({ endedAt }) => endedAt && isBefore(today, legalDate(endedAt)))),
    ).toBe(false);
    for (const file of files) {
      const [first] = file.passes;
      const isImported = first?.endedBy === null;
      file.passes.forEach((pass, index) => {
        const where = `case ${file.number}, pass ${pass.ordinal} ${pass.step}`;
        const step = stepOf(way, pass.step);
        expect([where, pass.ordinal]).toEqual([where, index + 1]);
        expect(Temporal.PlainDate.compare(pass.startedOn, today)).toBeLessThanOrEqual(0);
        expect(Temporal.Instant.compare(pass.startedAt, pass.endedAt ?? now)).toBeLessThanOrEqual(0);
        const next = file.passes.slice(index + 1).find(({ beside }) => !beside);
        if (pass.endedAt === null) return expect([where, next]).toEqual([where, undefined]);
        const endedOn = legalDate(pass.endedAt);
        if (pass.beside) {
          expect([where, step.besideFrom !== undefined]).toEqual([where, true]);
          expect(pass.startedAt.equals(pass.endedAt)).toBe(true);
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
        const problems = step.check?.(pass.answers as never, pass.outcome ?? '', contextThen(file, pass, endedOn));
        expect([where, problems ?? {}]).toEqual([where, {}]);
        if (step.notBy) {
          const barred = file.passes
            .filter(({ step: id, ordinal }) => id === step.notBy && ordinal < pass.ordinal)
            .at(-1);
          expect(pass.endedBy?.id).not.toBe(barred?.endedBy?.id);
        }
        if (pass.beside) return;
        if (index === 0 && isImported) return expect([where, next?.step]).toEqual([where, 'kept-home']);
        const destination = follow(way, pass.step, outcome.to, factsThen(file, pass));
        if (destination.kind !== 'step') {
          // A closed case goes on where the shelter and the caseworker meet, once the citizen is admitted again.
          if (next) expect(['stabilising', 'attachment']).toContain(next.step);
          return;
        }
        expect([where, next?.step]).toEqual([where, destination.step.id]);
        expect([where, next?.startedAt.toString()]).toEqual([where, pass.endedAt.toString()]);
        expect(next?.startedOn.equals(endedOn)).toBe(true);
        expect([where, next?.dueOn?.toString()]).toEqual([where, dueAfter(file, pass)?.toString()]);
      });
      const last = standsAt(file);
      const closes = last.outcome === STOPPED || stepOf(way, last.step).outcomes[last.outcome ?? '']?.to === 'stop';
      expect([file.number, file.closedAt !== null]).toEqual([file.number, closes]);
      expect(file.closeReason).toBe(closes ? (last.reason ?? last.outcome) : null);
      expect(file.caseworker === null).toBe(last.step === 'attachment');
    }
  });

  /** What the check was told when the step ended. */
  function contextThen(file: CaseFile, pass: Pass, on: Temporal.PlainDate): StepContext {
    const lease =
      file.lease && !isBefore(on, legalDate(Temporal.Instant.from(leaseCreated.get(file.lease.id) ?? '')))
        ? file.lease
        : null;
    const offer = file.offers.findLast(({ offeredOn }) => !isBefore(on, offeredOn));
    return {
      ...contextOf(file, on),
      facts: factsThen(file, pass),
      scheme: offer?.scheme ?? lease?.grant?.scheme ?? null,
      leaseFrom: lease?.startsOn.toString() ?? null,
      stay: stayThen(file, pass, on),
    };
  }

  /** The stay of that day; where the step itself ended it, it had not ended before. */
  function stayThen({ stays }: CaseFile, { step }: Pass, on: Temporal.PlainDate): StepContext['stay'] {
    const stay = stays.findLast(({ decidedOn }) => !isBefore(on, decidedOn)) ?? stays[0];
    if (!stay) throw new Error('Every case has a stay');
    const { decidedOn, endedOn } = stay;
    const ended = step === 'moved-in' || (endedOn && isBefore(on, endedOn)) ? null : endedOn;
    return { decidedOn: decidedOn.toString(), endedOn: ended?.toString() ?? null };
  }

  /** The typed columns as the answers up to this pass have filled them in. */
  function factsThen(file: CaseFile, { endedAt }: Pick<Pass, 'endedAt'>): CaseFacts {
    const before = file.passes
      .filter(({ endedAt: at }) => at && Temporal.Instant.compare(at, endedAt ?? now) <= 0)
      .sort((a, b) => Temporal.Instant.compare(a.endedAt ?? now, b.endedAt ?? now) || a.ordinal - b.ordinal);
    return before.reduce<CaseFacts>((known, { step, outcome, answers }) => {
      const { outcomes, facts } = stepOf(way, step);
      return outcomes[outcome ?? ''] ? { ...known, ...facts?.(answers as never, known) } : known;
    }, {});
  }

  /** The last day in time of the step after this one, where this one set it. */
  function dueAfter(file: CaseFile, { step, outcome, answers, endedAt }: Pass): Temporal.PlainDate | null {
    const on = legalDate(endedAt ?? now);
    if (step === 'offer') return file.offers.find(({ offeredOn }) => offeredOn.equals(on))?.answerDueOn ?? null;
    if (outcome !== 'moved_in' && step !== 'kept-home') return null;
    const grant = file.lease?.grant;
    const moved = file.passes.find((pass) => pass.outcome === 'moved_in')?.answers?.['movedInOn'];
    const movedOn = moved ? Temporal.PlainDate.from(String(moved)) : file.lease?.movedInOn;
    if (!movedOn) throw new Error(`Case ${file.number} has not moved in`);
    const after = step === 'kept-home' ? Temporal.PlainDate.from(String(answers?.['followedUpOn'])) : movedOn;
    const next = nextFollowUp(movedOn, grant ? endOfSubsidy({ ...grant, endedOn: null }) : null, after);
    return next?.on ?? on.add({ years: 1 });
  }

  it('keeps what the latest answers say in the columns of the case', () => {
    for (const file of files) {
      const facts = factsThen(file, { endedAt: null });
      const ended = file.passes.find(({ answers }) => answers?.['support'] === 'ended')?.answers;
      const expected = {
        ...facts,
        ...(ended && { supportEndedOn: ended['supportEndedOn'], responsibleId: ended['responsible'] }),
        ...(file.passes[0]?.endedBy === null && { caseworkerId: undefined }),
      };
      delete (expected as { caseworkerId?: unknown }).caseworkerId;
      expect([file.number, factsOf(file)]).toEqual([
        file.number,
        Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== null && value !== undefined)),
      ]);
    }
  });

  it('lets a home be offered and rented as the passes say, and to one at a time', () => {
    for (const file of files) {
      const ended = (step: string, outcome: string) =>
        file.passes.filter((pass) => pass.step === step && pass.outcome === outcome);
      expect([file.number, file.offers.length]).toEqual([file.number, ended('offer', 'offered').length]);
      ended('offer', 'offered').forEach(({ answers, endedAt }, index) => {
        const offer = file.offers[index];
        expect(offer?.dwellingId).toBe(answers?.['dwelling']);
        expect(offer?.offeredOn.equals(legalDate(endedAt ?? now))).toBe(true);
      });
      const states = file.offers.map(({ state }) => state);
      const at = stepAt(file);
      expect([file.number, states.filter((state) => state === 'reserved').length]).toEqual([
        file.number,
        at === 'answer' ? 1 : 0,
      ]);
      expect([file.number, states.filter((state) => state === 'accepted').length]).toEqual([
        file.number,
        at === 'lease' ? 1 : 0,
      ]);
      expect(states.filter((state) => state === 'declined').length).toBe(
        ended('answer', 'declined').length + ended('answer', 'declined_closed').length,
      );
      for (const { state, answerDueOn } of file.offers)
        if (state === 'reserved') expect(isBefore(answerDueOn, today)).toBe(false);
      const [signed] = ended('lease', 'signed').slice(-1);
      const { lease } = file;
      if (!signed) {
        expect([file.number, lease === null || file.passes[0]?.endedBy === null]).toEqual([file.number, true]);
        continue;
      }
      expect(lease).toMatchObject({
        dwellingId: file.offers.findLast(({ state }) => ['leased', 'fell_through'].includes(state))?.dwellingId,
      });
      if (!lease) continue;
      expect(lease.startsOn.toString()).toBe(signed.answers?.['startsOn']);
      expect(lease.rents.find(({ from }) => from.equals(lease.startsOn))?.oere).toBe(signed.answers?.['rent']);
      expect(lease.movedInOn?.toString()).toBe(
        ended('moved-in', 'moved_in').at(-1)?.answers?.['movedInOn'] as string | undefined,
      );
      const left = ended('kept-home', 'moved_out').at(-1);
      expect([file.number, lease.endsOn !== null]).toEqual([
        file.number,
        !!left || ended('moved-in', 'did_not_move').length > 0,
      ]);
      if (left) expect(lease.endsOn?.toString()).toBe(left.answers?.['movedOutOn']);
      expect(lease.grant?.endedOn?.toString()).toBe(lease.grant ? lease.endsOn?.toString() : undefined);
      const duties = file.duties.filter(({ leaseId }) => leaseId === lease.id).map(({ kind }) => kind);
      expect(duties.includes('settle_subsidy')).toBe(left !== undefined && lease.grant !== null);
      for (const kind of ['housing_benefit', 'deposit_loan'] as const)
        expect(duties.includes(kind)).toBe(
          signed.answers?.[kind === 'housing_benefit' ? 'housingBenefit' : 'depositLoan'] === 'to_do',
        );
    }
  });

  it('has a stock of dwellings of every scheme, free, offered, let and withdrawn', async () => {
    const all = await dwellingsWhere(database.prisma, 'order by d.address');
    const free = all.filter(isFree);
    expect(free.length).toBeGreaterThanOrEqual(12);
    expect(free.length).toBeLessThanOrEqual(20);
    const isTaken = (home: (typeof all)[number]) => home.offer !== null || home.lease !== null;
    for (const some of [free, all.filter(isTaken)]) expect(new Set(some.map(({ scheme }) => scheme)).size).toBe(4);
    for (const home of all) {
      const rent = rentOn(home.rents, today);
      expect([home.address, rent >= 320_000 && rent <= 680_000]).toEqual([home.address, true]);
      // Nobody is free to be offered who is lived in, and the other way round.
      const movedIn = files.some(({ lease }) => lease?.dwellingId === home.id && lease.movedInOn !== null);
      expect([home.address, home.vacantFrom === null]).toEqual([home.address, movedIn]);
      const offers = files.flatMap((file) => file.offers.filter(({ dwellingId }) => dwellingId === home.id));
      const spans = offers
        .map(({ id, offeredOn }) => ({ from: offeredOn, to: offerEnded.get(id) ?? null }))
        .sort((a, b) => Temporal.PlainDate.compare(a.from, b.from));
      spans.forEach(({ to }, index) => {
        const later = spans[index + 1];
        if (later) expect([home.address, to !== null && !isBefore(later.from, to)]).toEqual([home.address, true]);
      });
    }
    expect(all.filter(({ withdrawnAt }) => withdrawnAt !== null).length).toBe(1);
    expect(new Set(all.flatMap((home) => areasOn(home, today)))).toEqual(new Set(['deprived', 'prevention']));
    expect(all.some(({ rents }) => rents.some(({ from }) => isBefore(today, from)))).toBe(true);
    expect(free.some(({ answerDueOn }) => answerDueOn !== null && isBefore(answerDueOn, today))).toBe(true);
    const tooDear = (home: (typeof all)[number]) =>
      home.scheme === 'permanent_subsidy' && rentOn(home.rents, today) > 500_000;
    expect(free.some(tooDear)).toBe(true);
  });

  it('has an interesting shortlist: every free dwelling fits some of those who wait, or says why not', async () => {
    const waiting = await waitingForOffer(database.prisma);
    expect(waiting.length).toBeGreaterThanOrEqual(7);
    const rates = files[0]?.rates ?? [];
    const weighed = (await freeDwellings(database.prisma)).map((home) =>
      weigh(home, waiting, today, defaultRules, rates),
    );
    expect(weighed.filter(({ fitting }) => fitting.length > 0).length).toBeGreaterThan(6);
    expect(weighed.filter(({ fitting }) => fitting.length > 1).length).toBeGreaterThan(2);
    expect(weighed.every(({ others }) => others.length > 0)).toBe(true);
    for (const { caseId } of waiting) {
      const fits = weighed.filter(({ fitting }) => fitting.some(({ resident }) => resident.caseId === caseId));
      expect([caseId, fits.length < weighed.length]).toEqual([caseId, true]);
    }
  });

  it('has homes that are kept with every method of support, and the first step-down near', () => {
    const atHome = files.filter((file) => stepAt(file) === 'kept-home');
    expect(new Set(atHome.map(({ facts }) => facts.supportMethod))).toEqual(
      new Set(['cti', 'icm', 'act', 'other', 'none']),
    );
    expect(new Set(atHome.flatMap(({ lease }) => (lease ? [lease.grant?.scheme ?? 'none'] : [])))).toEqual(
      new Set(schemes),
    );
    const due = atHome.map((file) => daysBetween(today, openPass(file)?.dueOn ?? today));
    expect(due.filter((days) => days < 0).length).toBeGreaterThanOrEqual(3);
    expect(due.filter((days) => days >= 0 && days <= 14).length).toBeGreaterThanOrEqual(4);
    expect(due.filter((days) => days > 60).length).toBeGreaterThanOrEqual(4);
    const next = atHome.flatMap(({ lease }) => (lease?.grant ? (nextStepDown(lease.grant, today)?.on ?? []) : []));
    const near = next.filter((on) => isBefore(on, today.add({ months: 12 }))).map(String);
    if (at === days[0]) expect(near.sort()[0]).toBe('2027-03-01');
    expect(near.length).toBeGreaterThanOrEqual(4);
    expect(
      atHome.filter(({ facts, responsible }) => facts.supportEndedOn !== null && responsible !== null).length,
    ).toBeGreaterThanOrEqual(2);
    expect(atHome.every(isOutOfShelter)).toBe(true);
  });

  it('has stays that ended as they do: at home, in a place, on the street, dead, and readmitted', () => {
    const to = files.map(({ stay }) => stay.dischargedTo).filter((place) => place !== null);
    expect(new Set(to)).toEqual(new Set(['own_home', 'section_107', 'street', 'none']));
    for (const { stay, stays, number } of files) {
      const said = [stay.dischargeManner, stay.dischargeReason, stay.dischargedTo];
      expect([number, said.every((code) => (code === null) === (stay.endedOn === null))]).toEqual([number, true]);
      const ends = [...stays].sort((a, b) => Temporal.PlainDate.compare(a.decidedOn, b.decidedOn));
      ends.forEach(({ endedOn }, index) => {
        const later = ends[index + 1];
        if (later) expect([number, endedOn !== null && !isBefore(later.decidedOn, endedOn)]).toEqual([number, true]);
      });
    }
    const again = files.filter(
      ({ lease, stay }) => lease?.endsOn && stay.endedOn === null && isBefore(lease.endsOn, stay.decidedOn),
    );
    expect(again.map(stepAt)).toEqual(['assessment']);
  });

  it('has something to do for everybody who has a right to', async () => {
    const doers = demoStaff.filter(({ roles }) =>
      roles.some(
        ({ role, unit }) =>
          ['shelter_staff', 'caseworker', 'housing_officer', 'support_worker'].includes(role) &&
          unit !== 'sporsloejfen',
      ),
    );
    for (const { aadObjectId, name } of doers) {
      const actor = await findByAadObjectId(database.prisma, aadObjectId, today);
      if (!actor) throw new Error(`${name} is not there`);
      const rows = await waitingFor(database.prisma, listsOf({ actor, today }), 0);
      expect([name, rows.length > 0]).toEqual([name, true]);
    }
  });

  it('seals made-up CPR numbers, and gives a reason where there is none', async () => {
    const citizens = await database.prisma.citizen.findMany();
    const numbers = citizens.flatMap(({ cprCipher, cprKeyId, noCprReason }) => {
      expect((cprCipher === null) === (noCprReason !== null)).toBe(true);
      return cprCipher && cprKeyId ? [vault.open({ cipher: new Uint8Array(cprCipher), keyId: cprKeyId })] : [];
    });
    expect(numbers.length).toBe(citizens.filter(({ noCprReason }) => noCprReason === null).length);
    expect(numbers.length).toBeGreaterThan(stories.length * 0.8);
    for (const cpr of numbers) {
      // Nobody can have it: without a fitting check digit numbers are given for 1 January only.
      expect(parseCpr(cpr)).toMatchObject({ ok: true, warning: 'modulus11' });
      expect(cpr.startsWith('0101')).toBe(false);
    }
    expect(new Set(citizens.map(({ name }) => name)).size).toBe(stories.length);
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

  it('plans each shelter’s review for those who may take part, that of Bocentret due now', async () => {
    const plans = await allPlans(database.db);
    expect(plans.map(({ shelter }) => shelter.name)).toEqual([
      ...['Bocentret', 'Herberget Frederikssundsvej', 'Herbergscentret'],
    ]);
    expect(new Set(plans.map(({ weekday }) => weekday)).size).toBe(3);
    expect(new Set(plans.map(({ startsAt }) => startsAt)).size).toBe(3);
    for (const { shelter, participants } of plans) {
      const possible = (await possibleParticipants(database.db, shelter)).map(({ name }) => name);
      for (const { name } of participants) expect(possible).toContain(name);
    }
    const [bocentret] = plans;
    const heldOn = bocentret && reviewToPrepare(today, bocentret.weekday, defaultCalendar);
    let next = today;
    while (!isWorkingDay(next)) next = next.add({ days: 1 });
    expect(heldOn?.toString()).toBe(next.toString());
    const stays = await database.prisma.stay.findMany({ where: { endedOn: null } });
    const settled = stays.filter(({ room, contactId }) => room !== null && contactId !== null);
    expect(stays.length - settled.length).toBeGreaterThan(0);
    expect(settled.length).toBeGreaterThan(stays.length * 0.8);
    expect(new Set(settled.map(({ shelterId, room }) => `${shelterId} ${room}`)).size).toBe(settled.length);
  });

  it('has held two reviews at Bocentret, with all that a review can leave behind', async () => {
    const { prisma } = database;
    const reviews = await prisma.review.findMany({ include: { items: true, participants: true } });
    const itemIds = reviews.flatMap(({ items }) => items.map(({ id }) => id));
    expect(reviews).toHaveLength(2);
    for (const { items, participants, startedAt, closedAt, heldOn } of reviews) {
      expect(items.length).toBeGreaterThan(15);
      expect(startedAt && closedAt && startedAt < closedAt && closedAt.getTime() < now.epochMilliseconds).toBe(true);
      expect(isBefore(Temporal.PlainDate.from(heldOn.toISOString().slice(0, 10)), today)).toBe(true);
      const attended = participants.filter(({ attendedAt }) => attendedAt !== null);
      expect([attended.length, participants.length]).toEqual([5, 6]);
      expect(items.filter(({ outcome, withTheRest }) => outcome !== null && !withTheRest).length).toBeGreaterThan(4);
      expect(items.every(({ decidedAt, stepThen }) => (decidedAt === null) === (stepThen === null))).toBe(true);
    }
    const items = reviews.flatMap(({ items }) => items);
    expect(items.some(({ outcome }) => outcome === null)).toBe(true);
    expect(items.some(({ journaledAt }) => journaledAt !== null)).toBe(true);
    const said = new Set(items.map(({ outcome }) => outcome).filter((outcome) => outcome !== null));
    expect(said.size).toBeGreaterThan(5);
    for (const outcome of said) expect(reviewOutcomes).toContain(outcome);

    const notes = await prisma.reviewNote.findMany();
    expect(notes.length).toBeGreaterThan(8);
    const actions = await prisma.reviewAction.findMany();
    const open = actions.filter(({ endedAt }) => endedAt === null);
    const late = open.filter(({ dueOn }) => dueOn.toISOString() < today.toString());
    expect(late.length).toBeGreaterThan(0);
    expect(open.length).toBeGreaterThan(late.length);
    expect(actions.some(({ endedAt, dropReason }) => endedAt !== null && dropReason === null)).toBe(true);
    for (const reason of new Set(actions.flatMap(({ dropReason }) => dropReason ?? [])))
      expect(dropReasons).toContain(reason);
    expect(actions.some(({ dropReason }) => dropReason !== null)).toBe(true);
    expect(actions.every(({ itemId }) => itemId !== null && itemIds.includes(itemId))).toBe(true);

    const seen = await prisma.observation.findMany();
    expect(seen.length).toBeGreaterThanOrEqual(demoObservations.length - 2);
    const last = Math.max(...reviews.map(({ closedAt }) => closedAt?.getTime() ?? 0));
    for (const { at } of seen) expect(at.getTime() > last && at.getTime() <= now.epochMilliseconds).toBe(true);
    const texts = [...notes, ...actions, ...seen].flatMap(({ text }) => text ?? []);
    expect(texts.some(containsCpr)).toBe(false);
  });

  it('logs who was put in, and does nothing a second time', async () => {
    expect(await database.prisma.accessLog.count({ where: { operation: 'demo.seed', action: 'add' } })).toBe(
      stories.length,
    );
    await seedDemo({ prisma: database.prisma, vault, today: today.add({ days: 1 }), now: now.add({ hours: 24 }) });
    expect(await database.prisma.referral.count()).toBe(stories.length);
    expect(await database.prisma.unit.count()).toBe(demoUnits.length);
    expect(await database.prisma.staff.count()).toBe(demoStaff.length);
    expect(await database.prisma.review.count()).toBe(2);
    expect(await database.prisma.reviewPlan.count()).toBe(3);
  });
});
