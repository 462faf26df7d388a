/** How long the questions of a working day take among 100,000 citizens: one's tasks, a case by number, a citizen by name or CPR number. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { reachOf } from '../bot/domain/access.ts';
import { legalDate, Temporal } from '../bot/domain/time.ts';
import { findCaseByNumber } from '../bot/store/cases.ts';
import { type Database, openDatabase, type Tx } from '../bot/store/database.ts';
import { findByAadObjectId, type StaffMember } from '../bot/store/people.ts';
import { findByCpr, findByName, waitingFor } from '../bot/store/worklists.ts';
import { listsOf } from '../bot/workflows/tasks/my-tasks.ts';
import { allSteps } from '../bot/workflows/referral/versions.ts';
import { type Bench, median, quantile, rounded } from './bench.ts';
import { idOf, makePopulation } from './population.ts';
import { startDatabase } from './processes.ts';

const CITIZENS = 100_000;
const TIMES = 60;
const FIRST_NUMBER = 101;
const plansFolder = new URL('plans/', import.meta.url);
const housingSteps = allSteps
  .filter(({ definition }) => definition.party === 'housing')
  .map(({ definition }) => definition.id);

interface Question {
  readonly name: string;
  readonly limit: number;
  /** Asks for the n-th time, each time about something else. */
  readonly ask: (db: Tx, n: number) => Promise<unknown>;
}

const statusQueries: Bench = async ({ line, table }, { plans }) => {
  const database = await startDatabase();
  let store: Database | undefined;
  try {
    const started = performance.now();
    const population = await makePopulation(database.url, CITIZENS);
    line(`${CITIZENS} citizens made in ${rounded((performance.now() - started) / 1_000)} s\n`);
    store = openDatabase(database.url);
    const { prisma } = store;
    const today = legalDate(Temporal.Now.instant());
    const person = async (number: number): Promise<StaffMember> => {
      const found = await findByAadObjectId(prisma, idOf('b', number), today);
      if (!found) throw new Error(`The population has no staff number ${number}`);
      return found;
    };
    const people = (numbers: readonly number[]) => Promise.all(numbers.slice(0, 12).map(person));
    const [caseworkers, shelterStaff, officers, managers] = await Promise.all([
      people(population.caseworkers),
      people(population.shelterStaff),
      people(population.housingOfficers),
      people(population.managers),
    ]);
    const nth = (of: readonly StaffMember[], n: number) => of[n % of.length]!;
    const reach = (actor: StaffMember) => ({ ...reachOf(actor, 'case.see'), housingSteps });
    const tasks = (of: readonly StaffMember[]) => (db: Tx, n: number) =>
      waitingFor(db, listsOf({ actor: nth(of, n), today }), 0);
    const names = (typed: readonly string[], of: readonly StaffMember[]) => (db: Tx, n: number) =>
      findByName(db, typed[n % typed.length]!, reach(nth(of, n)));
    const cprIndex = (n: number) =>
      createHash('sha256')
        .update(String(1 + ((n * 1_237) % CITIZENS)))
        .digest();

    const questions: Question[] = [
      { name: 'mine opgaver: caseworker', limit: 50, ask: tasks(caseworkers) },
      { name: 'mine opgaver: shelter staff', limit: 50, ask: tasks(shelterStaff) },
      { name: 'mine opgaver: deciding unit', limit: 50, ask: tasks(officers) },
      { name: 'mine opgaver: manager', limit: 50, ask: tasks(managers) },
      { name: 'sag <nr>', limit: 50, ask: (db, n) => findCaseByNumber(db, FIRST_NUMBER + ((n * 997) % CITIZENS)) },
      { name: 'søg: full name', limit: 100, ask: names(['mette juul jensen', 'Åse Lund Pedersen'], caseworkers) },
      { name: 'søg: one common surname', limit: 100, ask: names(['jensen', 'Sørensen'], caseworkers) },
      { name: 'søg: common surname, shelter staff', limit: 100, ask: names(['jensen', 'Sørensen'], shelterStaff) },
      { name: 'søg: two letters', limit: 100, ask: names(['an', 'so'], shelterStaff) },
      { name: 'søg: nobody of that name', limit: 100, ask: names(['xanthippe', 'qvortrup'], shelterStaff) },
      { name: 'søg: CPR number', limit: 50, ask: (db, n) => findByCpr(db, cprIndex(n), reach(nth(officers, n))) },
    ];
    const rows = [];
    for (const { name, limit, ask } of questions) {
      const times: number[] = [];
      // As often as makes the server keep a plan, before what counts.
      for (let n = 0; n < TIMES + 30; n++) {
        const before = performance.now();
        await ask(prisma, n);
        times.push(performance.now() - before);
      }
      const counted = times.slice(30);
      rows.push({
        [`${CITIZENS} citizens`]: name,
        'median ms': rounded(median(counted)),
        'p95 ms': rounded(quantile(counted, 0.95)),
        'target ms': limit,
        '': median(counted) < limit ? 'kept' : 'MISSED',
      });
      if (plans) await keepPlans(prisma, name, ask);
    }
    table(rows);
  } finally {
    await store?.close();
    await database.stop();
  }
};

export default statusQueries;

/** Writes how the database answers the question, by asking it the same with EXPLAIN before it. */
async function keepPlans(prisma: Tx, name: string, ask: Question['ask']): Promise<void> {
  const texts: string[] = [];
  const explaining = new Proxy(prisma, {
    get(target, property, receiver) {
      if (property !== '$queryRawUnsafe') return Reflect.get(target, property, receiver) as unknown;
      return async (sql: string, ...values: unknown[]) => {
        const plan = await target.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(
          `explain (analyze, buffers) ${sql}`,
          ...values,
        );
        texts.push(plan.map((row) => row['QUERY PLAN']).join('\n'));
        return [];
      };
    },
  });
  await ask(explaining, 1);
  await mkdir(plansFolder, { recursive: true });
  const file = `${name
    .toLowerCase()
    .replaceAll('ø', 'oe')
    .replace(/[^a-z]+/g, '-')
    .replace(/-$/, '')}.txt`;
  await writeFile(new URL(file, plansFolder), `${name}, ${CITIZENS} citizens\n\n${texts.join('\n\n')}\n`);
}
