/** The access log in the chat: who may see it, what it says, what a citizen is told, and that looking is logged too. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AccessEntry, logAccess } from '../../bot/store/access-log.ts';
import { locales } from '../../bot/text/words.ts';
import { auditWords } from '../../bot/workflows/audit/words.ts';
import { referralWords } from '../../bot/workflows/referral/words.ts';
import { reviewMessages } from '../../bot/workflows/review/messages.ts';
import { startTestBot, type TestBot } from '../fakes/bot.ts';
import {
  buttonOf,
  goodAnswers,
  hasButton,
  type Json,
  pressButton,
  putAbsence,
  putCase,
  type PutCase,
  said,
  statusOf,
  stepCardOf,
} from '../fakes/case-driver.ts';
import { cardOf, type TestClient } from '../fakes/client.ts';
import { people, type PersonName, personNames } from '../fakes/town.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.close());

const logOf = async (who: TestClient, { number }: { number: number }): Promise<Json> =>
  cardOf((await who.say(`adgang ${number}`))[0]);

/** The texts of the card, in the order in which they are read; without the strokes that keep `18.` from being a list. */
const textsOf = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (typeof node !== 'object' || node === null) return [];
  const own = (node as Json)['text'];
  return [...(typeof own === 'string' ? [own.replaceAll('\\', '')] : []), ...Object.values(node).flatMap(textsOf)];
};

/** Rows about the citizen, a minute apart, the first the oldest. */
const putRows = (put: PutCase, count: number, entry: Partial<AccessEntry> = {}) =>
  logAccess(
    bot.prisma,
    Array.from({ length: count }, (_, index) => ({
      at: bot.deps.now().subtract({ hours: 1_000 }).add({ minutes: index }),
      staffId: bot.town.staffIds.jonas,
      action: 'read' as const,
      purpose: 'casework',
      operation: 'referral.see',
      citizenId: put.citizenId,
      referralId: put.id,
      ...entry,
    })),
  );

const loggedBy = (person: PersonName, put: PutCase) =>
  bot.prisma.accessLog.findMany({
    where: { staffId: bot.town.staffIds[person], referralId: put.id },
    orderBy: { id: 'asc' },
  });

describe('the access log', () => {
  it('says who looked and changed, what, when and why; never whom it is about', async () => {
    const put = await putCase(bot, 'assessment', { name: 'Hemmelig Borgersen' });
    const jonas = bot.as('jonas');
    await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', goodAnswers['assessment'], {
      outcome: 'assessed',
    });
    const card = await logOf(bot.as('kontrol'), put);
    expect(textsOf(card).slice(0, 5)).toEqual([
      `Adgangslog · Sag ${put.number}`,
      '1–3 af 3',
      'Jonas Lind',
      'Ændret: et trin gjort færdigt',
      '18. november 2026 kl. 12.00. Formål: sagsbehandling',
    ]);
    expect(textsOf(card)).toEqual(expect.arrayContaining(['Læst: trinnets kort', 'Læst: sagens kort']));
    expect(said(card)).not.toMatch(/Hemmelig|Borgersen/);
    expect(said(card['fallbackText'])).not.toContain('Jonas');
  });

  it('says for whom a deputy acted, and what nobody did', async () => {
    const put = await putCase(bot, 'assessment', { caseworker: 'karla' });
    await putRows(put, 1, { staffId: null, action: 'add', purpose: 'import', operation: 'import.residents' });
    const absence = await putAbsence(bot, 'karla', 'jonas');
    const jonas = bot.as('jonas');
    await pressButton(jonas, await stepCardOf(jonas, put), 'step.complete', goodAnswers['assessment'], {
      outcome: 'assessed',
    });
    await bot.prisma.absence.delete({ where: { id: absence } });
    const texts = textsOf(await logOf(bot.as('kontrol'), put));
    expect(texts).toContain('Jonas Lind for Karla Munk');
    expect(texts).toEqual(expect.arrayContaining(['Hjemvej, automatisk', 'Oprettet: listen over beboere']));
  });

  it('has the other cases of the citizen too, by number, and codes of another version as they are', async () => {
    const [put, other] = [await putCase(bot, 'assessment'), await putCase(bot, 'assessment')];
    await putRows({ ...other, citizenId: put.citizenId }, 1, { operation: 'visit.see', purpose: 'visit' });
    expect(textsOf(await logOf(bot.as('kontrol'), put))).toEqual(
      expect.arrayContaining([
        `Læst: visit.see · Sag ${other.number}`,
        expect.stringContaining('Formål: visit') as string,
      ]),
    );
  });

  it('is empty of a citizen nobody has looked at, and then holds the look itself', async () => {
    const put = await putCase(bot, 'assessment');
    const kontrol = bot.as('kontrol');
    expect(textsOf(await logOf(kontrol, put))).toContain('Ingen har set eller ændret noget om borgeren endnu.');
    expect(textsOf(await logOf(kontrol, put))).toEqual(
      expect.arrayContaining(['Knud Trolle', 'Læst: adgangsloggen']) as string[],
    );
    expect(await loggedBy('kontrol', put)).toMatchObject(
      Array(2).fill({ action: 'read', purpose: 'audit', operation: 'audit.see', citizenId: put.citizenId }),
    );
  });

  it('is paged ten at a time, and its own looks move no row to another page', async () => {
    const put = await putCase(bot, 'assessment');
    for (let index = 0; index < 23; index += 1)
      await putRows(put, 1, { at: bot.deps.now().subtract({ hours: 100 + index }), operation: `row.${index}` });
    const kontrol = bot.as('kontrol');
    const rowsOf = (card: Json) => textsOf(card).filter((text) => text.startsWith('Læst: '));
    const pages = [await logOf(kontrol, put)];
    expect(hasButton(pages[0], 'audit.see')).toBe(true);
    const turnTo = async (offset: number) =>
      pages.push(await pressButton(kontrol, pages.at(-1), 'audit.see', {}, { offset }));
    await turnTo(10);
    await turnTo(20);
    expect(pages.map(rowsOf).map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(pages.flatMap(rowsOf)).toEqual(Array.from({ length: 23 }, (_, index) => `Læst: row.${index}`));
    expect(textsOf(pages[2])).toContain('21–23 af 23');
    await turnTo(10);
    await turnTo(0);
    expect(rowsOf(pages.at(-1) as Json)).toEqual(rowsOf(pages[0] as Json));
  });
});

describe('the extract for the citizen', () => {
  it('holds dates, purposes and actions, oldest first, and no employee', async () => {
    const put = await putCase(bot, 'assessment', { name: 'Hemmelig Borgersen', caseworker: 'karla' });
    await putRows(put, 1, { onBehalfOfId: bot.town.staffIds.karla });
    await statusOf(bot.as('mette'), put);
    const kontrol = bot.as('kontrol');
    const card = await pressButton(kontrol, await logOf(kontrol, put), 'audit.extract');
    expect(textsOf(card)).toEqual([
      'Udtræk til borgeren',
      `Sag ${put.number} · 1–3 af 3`,
      expect.stringContaining('Markér linjerne') as string,
      '7. oktober 2026: Læst. Formål: sagsbehandling',
      '18. november 2026: Læst. Formål: sagsbehandling',
      '18. november 2026: Læst. Formål: kontrol af adgang',
    ]);
    for (const { name } of Object.values(people)) expect(said(card)).not.toContain(name);
    for (const id of Object.values(bot.town.staffIds)) expect(said(card)).not.toContain(id);
    expect(said(card)).not.toContain('Borgersen');
    expect((await loggedBy('kontrol', put)).at(-1)).toMatchObject({
      action: 'extract',
      purpose: 'access-request',
      operation: 'audit.extract',
      citizenId: put.citizenId,
    });
    expect(textsOf(await pressButton(kontrol, card, 'audit.see'))).toContain('Trukket ud: udtrækket til borgeren');
  });

  it('says how many lines are left and goes on to them, within what a card may hold', async () => {
    const put = await putCase(bot, 'assessment');
    // The longest that a line can say.
    await putRows(put, 200, { action: 'extract', purpose: 'import' });
    const kontrol = bot.as('kontrol');
    const first = await pressButton(kontrol, await logOf(kontrol, put), 'audit.extract');
    const second = await pressButton(kontrol, first, 'audit.extract', {}, { offset: 80 });
    const third = await pressButton(kontrol, second, 'audit.extract', {}, { offset: 160 });
    const lines = (card: Json) => textsOf(card).filter((text) => text.includes('Formål:')).length;
    expect([first, second, third].map(lines)).toEqual([80, 80, 41]);
    expect(textsOf(first)).toContain('Der er 121 linjer tilbage: tryk Vis flere.');
    expect(textsOf(second)).toContain('Der er 41 linjer tilbage: tryk Vis flere.');
    expect(said(third)).not.toContain('tilbage: tryk');
    expect(said(first).length).toBeLessThan(28_000);
    expect((await loggedBy('kontrol', put)).filter(({ action }) => action === 'extract')).toHaveLength(3);
  });

  it('is in English for an auditor who reads English', async () => {
    const put = await putCase(bot, 'assessment');
    await putRows(put, 1);
    const kontrol = bot.as('kontrol');
    await kontrol.say('sprog en');
    const card = cardOf((await kontrol.say(`access ${put.number}`))[0]);
    expect(textsOf(card)).toEqual(expect.arrayContaining(['Read: the card of the case']));
    expect(textsOf(await pressButton(kontrol, card, 'audit.extract'))).toContain(
      '7 October 2026: Read. Purpose: casework',
    );
    await kontrol.say('sprog da');
  });
});

describe('who may see it', () => {
  let put: PutCase;
  beforeAll(async () => {
    put = await putCase(bot, 'decision', { name: 'Hemmelig Borgersen' });
    await putRows(put, 1);
  });

  it('is the auditor alone; all others hear what is said of a case that is not there', async () => {
    const stamp = buttonOf(await logOf(bot.as('kontrol'), put), 'audit.extract');
    for (const person of personNames.filter((name) => name !== 'kontrol')) {
      const who = bot.as(person);
      for (const command of ['adgang', 'log', 'access']) {
        const [answer] = await who.say(`${command} ${put.number}`);
        const [nothing] = await who.say(`${command} 999999`);
        expect(answer?.text).toBe(nothing?.text?.replace('999999', String(put.number)));
      }
      for (const verb of ['audit.see', 'audit.extract']) {
        const nothing = await who.press(verb, { ...stamp, caseId: crypto.randomUUID() });
        expect(await who.press(verb, stamp)).toEqual(nothing);
      }
      expect((await loggedBy(person, put)).filter(({ operation }) => operation.startsWith('audit.'))).toEqual([]);
      expect(said(await who.say('hjælp'))).not.toContain('adgang');
    }
  });

  it('is not the deputy of an absent auditor who is none', async () => {
    const absence = await putAbsence(bot, 'kontrol', 'spor');
    const [answer] = await bot.as('spor').say(`adgang ${put.number}`);
    expect(answer?.text).toContain(`Jeg finder ingen adgangslog til sag ${put.number}`);
    await bot.prisma.absence.delete({ where: { id: absence } });
  });

  it('does no casework by it', async () => {
    const card = await logOf(bot.as('kontrol'), put);
    expect(said(card)).not.toMatch(/case\.open|step\./);
    expect(said(await bot.as('kontrol').say(`sag ${put.number}`))).toContain('Jeg finder ingen sag');
  });

  it('sees it in no channel', async () => {
    const stamp = buttonOf(await logOf(bot.as('kontrol'), put), 'audit.extract');
    const channel = bot.inChannel('kontrol');
    const before = (await loggedBy('kontrol', put)).length;
    expect((await channel.say(`adgang ${put.number}`))[0]?.text).toContain('kun i din egen chat');
    for (const verb of ['audit.see', 'audit.extract'])
      expect((await channel.press(verb, stamp)).text).toContain('kun i din egen chat');
    expect(await loggedBy('kontrol', put)).toHaveLength(before);
  });

  it('is told what to write, and of what is not there', async () => {
    const kontrol = bot.as('kontrol');
    expect(said(await kontrol.install())).toContain('adgang …');
    expect(said(await kontrol.say('hjælp'))).toContain('Se, hvem der har set eller ændret noget');
    expect((await kontrol.say('adgang'))[0]?.text).toBe('Hvilken sag? Skriv f.eks. adgang 142.');
    expect((await kontrol.say('adgang 999999'))[0]?.text).toContain('Jeg finder ingen adgangslog til sag 999999');
  });

  it.each([{}, { caseId: 'x' }, { upTo: '1; drop' }, { upTo: '9'.repeat(30) }, { offset: -1 }, { offset: 'x' }])(
    'is answered as an old button when it carries %j',
    async (wrong) => {
      const data = Object.keys(wrong).length === 0 ? {} : { caseId: put.id, ...wrong };
      for (const verb of ['audit.see', 'audit.extract'])
        expect((await bot.as('kontrol').press(verb, data)).text).toContain('Den knap er forældet.');
    },
  );
});

describe('every code', () => {
  const root = fileURLToPath(new URL('../../bot', import.meta.url));
  const sources = globSync('**/*.ts', { cwd: root })
    .filter((file) => !file.includes('generated') && !file.includes('words.ts'))
    .map((file) => readFileSync(`${root}/${file}`, 'utf8'));
  const found = (pattern: RegExp) => [
    ...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map(([, code]) => code ?? ''))),
  ];
  const operations = [
    ...found(/\boperation: '([^']+)'/g),
    // Looks at a case: what is looked at is the last argument.
    ...found(/\b(?:look|findFor)\([^;]*?'([a-z-]+\.[a-z-]+)'\)/g),
    // Lists that are imported, by name.
    ...found(/\blogImported\([^,]+,\s*'([a-z]+)'/g).map((list) => `import.${list}`),
    // Messages are logged by their kind.
    ...Object.keys(referralWords.da.notice),
    ...found(/message\.kind === '(case\.[a-z-]+)'/g),
    ...reviewMessages,
    // Reviews and check-ins: looks at citizens, and changes that are made of one piece.
    ...found(/\b(?:seenAt|seenOf)\([^;]*?'([a-z-]+\.[a-z-]+)'/g),
    ...found(/\b(?:ofReview|ofPlan<null>|endAction|givenTo)\(\s*'([^']+)'/g),
  ];
  const purposes = found(/\bpurpose: '([^']+)'/g);

  it('is found', () => {
    expect(operations).toEqual(
      expect.arrayContaining([
        'referral.see',
        'referral.note',
        'referral.stop',
        'case.open',
        'audit.see',
        'search.name',
      ]),
    );
    expect(purposes).toEqual(expect.arrayContaining(['casework', 'import', 'notification', 'admission']));
  });

  it.each(locales)('that the log may hold has a word, in %s', (locale) => {
    const missing = (codes: readonly string[], table: object) => codes.filter((code) => !Object.hasOwn(table, code));
    const { operations: whats, purposes: whys } = auditWords[locale];
    expect(missing(operations, whats).map((code) => `${code}: give it a word in audit/words.ts`)).toEqual([]);
    expect(missing(purposes, whys).map((code) => `${code}: give it a word in audit/words.ts`)).toEqual([]);
  });

  it('that has a word is still in use', () => {
    expect(Object.keys(auditWords.da.operations).filter((code) => !operations.includes(code))).toEqual([]);
    expect(Object.keys(auditWords.da.purposes).filter((code) => !purposes.includes(code))).toEqual([]);
  });
});
