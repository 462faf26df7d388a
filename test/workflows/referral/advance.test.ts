/** The card after a press is made from the case as the change left it, without reading it again: it must be what the store reads. */
import { legalDate } from '../../../bot/domain/time.ts';
import { findByAadObjectId } from '../../../bot/store/people.ts';
import { findCase, lockCase } from '../../../bot/store/cases.ts';
import type { Turn } from '../../../bot/workflows/context.ts';
import { completeStep, reasonInput, saveStep } from '../../../bot/workflows/referral/complete-step.ts';
import { allSteps } from '../../../bot/workflows/referral/versions.ts';
import { startTestBot, type TestBot } from '../../fakes/bot.ts';
import { answersFor, putCase, type PutOptions, type StepId } from '../../fakes/case-driver.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.close());

const doers: Readonly<Record<string, PersonName>> = {
  shelter: 'mette',
  allocation: 'leder',
  caseworker: 'jonas',
  housing: 'sanne',
  support: 'stine',
};

async function turnOf(person: PersonName): Promise<Turn> {
  const now = bot.deps.now();
  const actor = await findByAadObjectId(bot.prisma, bot.town.aadIds[person], legalDate(now));
  if (!actor) throw new Error(`${person} is not in town`);
  return {
    deps: bot.deps,
    actor,
    locale: 'da',
    place: {} as never,
    audience: { kind: 'person', actor },
    now,
    today: legalDate(now),
  };
}

/** As JSON, so that days and instants are compared by what they say. */
const plain = (file: unknown): unknown => JSON.parse(JSON.stringify(file));

const steps = allSteps.filter(({ definition }) => definition.id !== 'admission').map(({ definition }) => definition);
// What time alone brings about nobody presses, and no card answers.
const endings = steps.flatMap(({ id, party, outcomes }) =>
  Object.entries(outcomes)
    .filter(([, { by }]) => by !== 'nobody')
    .map(([outcome, { by, reasons }]) => ({ id, party: by ?? party, outcome, reason: reasons?.[0] })),
);
/** Kept only once the last follow-up is over: two years after moving in. */
const LONG_AGO: PutOptions = { leaseFrom: '2024-11-01', dwelling: { scheme: 'none' } };

it.each(endings)('$id ended as $outcome', async ({ id, party, outcome, reason }) => {
  const put = await putCase(bot, id as StepId, outcome === 'kept' ? LONG_AGO : {});
  const turn = await turnOf(doers[party] ?? 'chef');
  const answers = await answersFor(bot, id as StepId, outcome);
  const input = { ...answers, outcome, ...(reason && { [reasonInput(outcome)]: reason }) };
  await bot.prisma.$transaction(async (tx) => {
    const subject = await lockCase(tx, put.id);
    if (!subject) throw new Error('no case');
    const stamp = { caseId: put.id, version: subject.version, nonce: crypto.randomUUID() };
    const applied = await completeStep.apply({ tx, input: { ...stamp, ...input }, subject, turn, onBehalfOf: null });
    if (applied.kind !== 'done') throw new Error(JSON.stringify(applied));
    expect(applied.result.outcome).toBe(outcome);
    expect(plain(applied.result.file)).toEqual(plain(await findCase(tx, put.id)));
  });
});

it.each(steps.map(({ id, party }) => ({ id, party })))('$id saved half done', async ({ id, party }) => {
  const put = await putCase(bot, id as StepId);
  const turn = await turnOf(doers[party] ?? 'chef');
  const answers = await answersFor(bot, id as StepId);
  for (const times of [1, 2]) {
    await bot.prisma.$transaction(async (tx) => {
      const subject = await lockCase(tx, put.id);
      if (!subject) throw new Error('no case');
      const stamp = { caseId: put.id, version: subject.version, nonce: crypto.randomUUID() };
      const applied = await saveStep.apply({
        tx,
        input: { ...stamp, ...answers },
        subject,
        turn,
        onBehalfOf: null,
      });
      if (applied.kind !== 'done') throw new Error(JSON.stringify(applied));
      expect(applied.result.file.draft?.version).toBe(times);
      expect(plain(applied.result.file)).toEqual(plain(await findCase(tx, put.id)));
    });
  }
});
