/** Unmistakable markers go through a whole case, errors included, and are then looked for where nobody may find them. */
import { startTestBot, type TestBot } from '../fakes/bot.ts';
import {
  buttonOf,
  goodAnswers,
  type Json,
  moreCardOf,
  pressButton,
  said,
  statusOf,
  stepCardOf,
} from '../fakes/case-driver.ts';
import { type CardAnswer, cardOf } from '../fakes/client.ts';

const CPR = '070790-4321';
const NAME = 'Zebulon Kvaksalver';
const NOTES = ['MARKWISH', 'MARKNOMINATION', 'MARKRETURN', 'MARKAPPROVAL', 'MARKDRAFT', 'MARKSTALE', 'MARKFAILED'];
const RECORD = 'MARKRECORD';
const markers = [
  /070790[- ]?4321/,
  /Zebulon|Kvaksalver/i,
  /\bZK\b/,
  ...NOTES.map((note) => new RegExp(note)),
  /MARKRECORD/,
];
const found = (text: string): string[] => markers.filter((marker) => marker.test(text)).map(String);

let bot: TestBot;
const errors: CardAnswer[] = [];
let number = 0;

beforeAll(async () => {
  bot = await startTestBot({ deliver: true });
  await wholeCase();
}, 60_000);
afterAll(() => bot.close());

/** Lets the next calls of the database fail with a message that quotes what was asked, as PostgreSQL's do. */
async function whileBroken<T>(method: '$transaction' | '$queryRawUnsafe', run: () => Promise<T>): Promise<T> {
  const { db } = bot.deps;
  const broken = new Proxy(db, {
    get: (target, name) =>
      name === method
        ? () => Promise.reject(new Error(`Key (name, cpr)=(${NAME}, ${CPR}) with ${NOTES.join()} already exists`))
        : Reflect.get(target, name),
  });
  const deps = bot.deps as { db: unknown };
  deps.db = broken;
  try {
    return await run();
  } finally {
    deps.db = db;
  }
}

async function wholeCase(): Promise<void> {
  const [mette, leder, jonas, sanne, ole] = (['mette', 'leder', 'jonas', 'sanne', 'ole'] as const).map((name) =>
    bot.as(name),
  ) as [
    ReturnType<TestBot['as']>,
    ReturnType<TestBot['as']>,
    ReturnType<TestBot['as']>,
    ReturnType<TestBot['as']>,
    ReturnType<TestBot['as']>,
  ];
  const admission = { shelter: 'boc', name: NAME, cpr: CPR, recordNumber: RECORD, referredFrom: 'self' };
  let form = cardOf((await mette.say('indskriv'))[0]);
  await pressButton(mette, form, 'admission.save', admission);
  form = cardOf((await mette.say('indskriv'))[0]);
  const submit = buttonOf(form, 'admission.submit');
  const whole = { ...admission, decidedOn: '2026-11-17' };
  errors.push(await whileBroken('$transaction', () => mette.press('admission.submit', submit, whole)));
  await pressButton(mette, form, 'admission.submit', whole);
  ({ number } = await bot.prisma.referral.findFirstOrThrow({ orderBy: { number: 'desc' } }));
  const put = { number };

  await pressButton(leder, await stepCardOf(leder, put), 'step.complete', { caseworker: bot.town.staffIds.jonas });
  await pressButton(mette, await stepCardOf(mette, put), 'step.complete', goodAnswers['stabilising']);
  await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', goodAnswers['assessment']);
  const clarified: Json = { ...goodAnswers['clarification'], wishes: `MARKWISH ${NAME}` };
  await pressButton(jonas, await stepCardOf(jonas, put), 'step.save', { ...clarified, wishes: 'MARKDRAFT' });
  const card = await stepCardOf(jonas, put);
  const complete = buttonOf(card, 'step.complete');
  errors.push(
    await whileBroken('$transaction', () =>
      jonas.press('step.complete', complete, { ...clarified, wishes: 'MARKFAILED' }),
    ),
  );
  await pressButton(jonas, card, 'step.complete', { ...clarified, wishes: `Ring ${CPR}` });
  await pressButton(jonas, card, 'step.complete', clarified);
  const nominated = (note: string) => ({ ...goodAnswers['nomination'], note });
  await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', nominated('MARKNOMINATION'), {
    outcome: 'nominated',
  });
  const old = await stepCardOf(ole, put);
  const returned = { note: 'MARKRETURN', reason_returned: 'plan_missing' };
  await pressButton(sanne, await stepCardOf(sanne, put), 'step.complete', returned, { outcome: 'returned' });
  await pressButton(ole, old, 'step.complete', { note: 'MARKSTALE' }, { outcome: 'approved' });
  await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', nominated('MARKNOMINATION'), {
    outcome: 'nominated',
  });
  await pressButton(
    sanne,
    await stepCardOf(sanne, put),
    'step.complete',
    { note: 'MARKAPPROVAL' },
    { outcome: 'approved' },
  );

  await pressButton(jonas, await statusOf(jonas, put), 'case.notes');
  const search = cardOf((await jonas.say('søg'))[0]);
  await pressButton(jonas, search, 'search.run', { name: '', cpr: CPR });
  await jonas.say(`søg ${NAME}`);
  await jonas.say(NAME);
  await jonas.say(`Hvor er ${CPR}?`);
  await pressButton(jonas, await moreCardOf(jonas, put), 'case.stop', { reason_stop: 'found_home_alone' });

  for (const person of ['mette', 'ida', 'jonas'] as const) {
    const channel = bot.inChannel(person);
    for (const text of [
      `sag ${number}`,
      `søg ${NAME}`,
      NAME,
      `${NAME} ${CPR}`,
      'mine opgaver',
      'hjælp',
      `sag ${number} MARKWISH`,
    ])
      await channel.say(text);
    await channel.press('case.open-mine', { number, nonce: crypto.randomUUID() });
    await channel.press('say', { text: NAME });
  }
  await bot.stranger('88888888-aaaa-4000-8000-000000000001').say(`${NAME} ${CPR}`);

  errors.push(
    await whileBroken('$queryRawUnsafe', () =>
      jonas.press('search.run', buttonOf(search, 'search.run'), { name: NAME, cpr: '' }),
    ),
  );
  const [spoken] = await whileBroken('$queryRawUnsafe', () => jonas.say(`søg ${NAME}`));
  errors.push({ status: 200, error: { code: 'said', message: spoken?.text ?? '' } });
  await bot.delivered('jonas');
}

it('the case was really told, and the errors really happened', async () => {
  expect(said(await bot.delivered('jonas'))).toContain('Zebulon');
  expect(errors).toHaveLength(4);
  for (const { error } of errors) expect(error?.message).toContain('Noget gik galt hos os');
  expect(bot.logged.filter((line) => line.includes('"trouble"')).length).toBeGreaterThanOrEqual(4);
});

it('the log of the program holds nothing of it', () => {
  expect(found(bot.logged.join('\n'))).toEqual([]);
});

it('an error says a reference number and nothing else', () => {
  expect(found(said(errors))).toEqual([]);
  for (const { error } of errors) expect(error?.message).toMatch(/nummer [0-9A-F]{8}/);
});

it('a channel hears nothing of it', () => {
  const heard = bot.connector.messages().filter(({ conversationId }) => conversationId.startsWith('19:'));
  expect(heard.length).toBeGreaterThan(20);
  expect(found(said(heard))).toEqual([]);
});

it('no notification and no fallback text holds any of it', () => {
  const previews = bot.connector
    .messages()
    .flatMap(({ summary, attachments }) => [
      summary,
      ...(attachments ?? []).map(({ content }) => content['fallbackText']),
    ]);
  expect(previews.filter(Boolean).length).toBeGreaterThan(20);
  expect(found(said(previews))).toEqual([]);
});

it('nobody was ever shown the CPR number', () => {
  const shown = said(bot.connector.requests) + said(bot.connector.messages());
  expect(shown).not.toMatch(/070790[- ]?4321/);
});

it('the outbox, the access log and the nonces hold ids and codes only', async () => {
  for (const table of ['outbox_message', 'access_log', 'used_nonce', 'conversation']) {
    const rows = await bot.prisma.$queryRawUnsafe(`select t::text as row from ${table} t`);
    expect((rows as unknown[]).length).toBeGreaterThan(0);
    expect(found(said(rows))).toEqual([]);
  }
});

it('the CPR number stands in no table, in any schema', async () => {
  const tables = await bot.prisma.$queryRawUnsafe<{ name: string }[]>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(15);
  const bytes = Buffer.from('0707904321').toString('hex');
  for (const { name } of tables) {
    const rows = said(await bot.prisma.$queryRawUnsafe(`select t::text as row from ${name} t`));
    expect({ name, found: /070790[- ]?4321/.test(rows) || rows.includes(bytes) }).toEqual({ name, found: false });
  }
});

it('what was searched for stands beside the log, not in it', async () => {
  const criteria = await bot.prisma.accessCriteria.findMany();
  expect(criteria.map((row) => row.criteria).sort()).toEqual(['CPR', NAME]);
});
