/** `gennemgang` between two reviews, and `ikke gennemgået`. */
import { Temporal } from '../../../bot/domain/time.ts';
import { endActions } from '../../../bot/store/review-actions.ts';
import { startTestBot, type TestBot } from '../../fakes/bot.ts';
import { buttonOf, hasButton, type Json, putCase, type PutCase, read, said } from '../../fakes/case-driver.ts';
import { cardOf } from '../../fakes/client.ts';
import { planReview } from '../../fakes/review.ts';
import { forgetReviews, putAction, putHeldReview } from '../../fakes/review-past.ts';
import type { PersonName } from '../../fakes/town.ts';

let bot: TestBot;
let [anna, bent, carl] = [] as unknown as [PutCase, PutCase, PutCase];
beforeAll(async () => {
  bot = await startTestBot();
  anna = await putCase(bot, 'stabilising', { name: 'Anna Prøvesen' });
  bent = await putCase(bot, 'stabilising', { name: 'Bent Prøvesen' });
  carl = await putCase(bot, 'assessment', { name: 'Carl Prøvesen' });
});
// A Friday: the next review is on Wednesday the 25th.
beforeEach(() => bot.setNow(Temporal.Instant.from('2026-11-20T11:00:00Z')));
afterEach(async () => {
  await forgetReviews(bot);
  await bot.prisma.stay.updateMany({ data: { room: null, endedOn: null } });
  await bot.prisma.staff.updateMany({ data: { language: 'da' } });
});
afterAll(() => bot.close());

const written = async (person: PersonName, text: string) => (await bot.as(person).say(text))[0];
const shown = async (person: PersonName, text: string): Promise<Json> => cardOf(await written(person, text));

async function putDue(dueOn: string, dropReason?: string | null) {
  const id = await putAction(bot, anna, { owner: 'bo', dueOn });
  const end = (reason: string | null) =>
    bot.deps.db.$transaction((tx) =>
      endActions(tx, anna.id, [id], { dropReason: reason, by: bot.town.staffIds.bo, at: bot.deps.now() }),
    );
  if (dropReason !== undefined) await end(dropReason);
}

/** The first element of a type in a card. */
function elementOf(node: unknown, type: string): Json | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if ((node as Json)['type'] === type) return node as Json;
  for (const inner of Object.values(node)) {
    const found = elementOf(inner, type);
    if (found) return found;
  }
  return undefined;
}

describe('the overview', () => {
  const putThree = async () => {
    await planReview(bot);
    const invited = ['mette', 'bo', 'jonas', 'karla'] as const;
    await putHeldReview(bot, { heldOn: '2026-11-04', invited, attended: ['mette'] });
    await putHeldReview(bot, { heldOn: '2026-11-11', invited, attended: ['mette', 'bo', 'jonas'] });
    await putHeldReview(bot, { heldOn: '2026-11-18', invited, attended: invited });
    // Due before the first, before the second, before the third; and on its day, which is the next one's.
    await putDue('2026-10-28', null);
    await putDue('2026-11-04', null);
    await putDue('2026-11-10');
    await putDue('2026-11-10', 'not_relevant');
    await putDue('2026-11-18', null);
  };

  it('says when the next review is, and how many came and what was done at the last ones', async () => {
    await putThree();
    const text = read(await shown('mette', 'gennemgang'));
    for (const words of [
      'Beboergennemgang · Bocentret',
      'onsdag 25. november 2026',
      'tirsdag 24. november 2026',
      '18.11.2026 · 4 af 4 deltog"',
      'af herbergets aftaler med frist siden gennemgangen før',
      'Opgjort 20. november 2026. Kun hele gennemgange, aldrig den enkelte medarbejder.',
    ])
      expect(text).toContain(words);
    for (const { name } of [{ name: 'Mette Holm' }, { name: 'Prøvesen' }]) expect(text).not.toContain(name);
  });

  it('draws them in per cent, and has the numbers where nothing can be drawn', async () => {
    await putThree();
    const chart = elementOf(await shown('mette', 'gennemgang'), 'Chart.VerticalBar.Grouped');
    expect(chart?.['data']).toEqual([
      {
        legend: 'Deltog',
        values: [
          { x: '4.11.2026', y: 25 },
          { x: '11.11.2026', y: 75 },
          { x: '18.11.2026', y: 100 },
        ],
      },
      {
        legend: 'Aftaler gjort',
        values: [
          { x: '4.11.2026', y: 100 },
          { x: '11.11.2026', y: 50 },
        ],
      },
    ]);
    const rows = ((chart?.['fallback'] as Json)['rows'] as Json[]).map((row) =>
      [...read(row).matchAll(/"text":"([^"]*)"/g)].map(([, cell]) => cell),
    );
    expect(rows).toEqual([
      ['Gennemgang', 'Deltog', 'Aftaler gjort'],
      ['4.11.2026', '1 af 4', '1 af 1'],
      ['11.11.2026', '3 af 4', '1 af 2'],
      ['18.11.2026', '4 af 4', 'ingen'],
    ]);
  });

  it('looks back on the last six that were held, not on others', async () => {
    await planReview(bot);
    for (const heldOn of ['2026-10-07', '2026-10-14', '2026-10-21', '2026-10-28', '2026-11-04', '2026-11-11'])
      await putHeldReview(bot, { heldOn, invited: ['mette'], attended: ['mette'] });
    await putHeldReview(bot, { heldOn: '2026-11-17', invited: ['mette'], missed: true });
    await putHeldReview(bot, { heldOn: '2026-11-18', invited: ['mette'], attended: ['mette'] });
    await putHeldReview(bot, { heldOn: '2026-11-18', shelter: 'her', invited: ['ida'] });
    const chart = elementOf(await shown('mette', 'gennemgang'), 'Chart.VerticalBar.Grouped');
    const [attendance] = chart?.['data'] as { values: { x: string; y: number }[] }[];
    expect(attendance?.values.map(({ x }) => x)).toEqual([
      ...['14.10.2026', '21.10.2026', '28.10.2026', '4.11.2026', '11.11.2026', '18.11.2026'],
    ]);
    expect(attendance?.values.every(({ y }) => y === 100)).toBe(true);
  });

  it('has no figures before the first, and leads to the actions', async () => {
    await planReview(bot);
    const card = await shown('mette', 'gennemgang');
    expect(read(card)).toContain('Der er ikke holdt nogen gennemgang endnu.');
    expect(elementOf(card, 'Chart.VerticalBar.Grouped')).toBeUndefined();
    await putAction(bot, anna, { owner: 'bo', text: 'Ring til egen læge' });
    expect(said(await bot.as('mette').press('review.actions', buttonOf(card, 'review.actions')))).toContain(
      'egen læge',
    );
  });

  it('is in English for whoever reads English', async () => {
    await putThree();
    await bot.prisma.staff.update({ where: { id: bot.town.staffIds.mette }, data: { language: 'en' } });
    const text = read(await shown('mette', 'review'));
    for (const words of ['Wednesday 25 November 2026', '18 Nov 2026 · 4 of 4 took part', 'As of 20 November 2026.'])
      expect(text).toContain(words);
  });

  it('is refused those who take part nowhere, or elsewhere', async () => {
    await putThree();
    expect((await written('bif', 'gennemgang'))?.text).toBe('Du er ikke tilknyttet et herberg med beboergennemgang.');
    expect((await written('ida', 'gennemgang bocentret'))?.text).toContain('Jeg kender ikke et herberg');
  });
});

describe('who was not reviewed', () => {
  it('is whoever lives there and was not discussed at the last review: never first, then the longest ago', async () => {
    const dora = await putCase(bot, 'stabilising', { name: 'Dora Prøvesen' });
    await putHeldReview(bot, { heldOn: '2026-11-04', said: [[anna, 'progress']] });
    await putHeldReview(bot, {
      heldOn: '2026-11-11',
      said: [
        [anna, 'nothing'],
        [bent, 'progress'],
        [carl, 'rest'],
        [dora, 'progress'],
      ],
    });
    await bot.prisma.stay.updateMany({ where: { referralId: anna.id }, data: { room: '4' } });
    const card = await shown('mette', 'ikke gennemgået');
    const text = read(card);
    for (const words of [
      '2 af 4 beboere er ikke drøftet ved gennemgangen 11. november 2026 eller siden.',
      `Anna Prøvesen · Sag ${anna.number} · vær. 4`,
      'Sidst drøftet for 16 dage siden, 4.11.2026',
      'Aldrig drøftet',
      'Opgjort 20. november 2026 for dem, der bor på herberget nu. “Resten uændret” tæller ikke som drøftet.',
    ])
      expect(text).toContain(words);
    expect(text).not.toMatch(/Bent|Dora/);
    expect(text.indexOf('Carl')).toBeLessThan(text.indexOf('Anna'));
    const opened = await bot.as('mette').press('case.open', buttonOf(card, 'case.open', { caseId: anna.id }));
    expect(said(opened)).toContain('Anna Prøvesen');
    await bot.prisma.stay.updateMany({ where: { referralId: dora.id }, data: { endedOn: new Date('2026-11-20') } });
  });

  it('leaves out those who have moved, and knows nothing before a review was held', async () => {
    expect((await written('mette', 'ikke gennemgået'))?.text).toBe('Der er ikke holdt nogen gennemgang endnu.');
    await putHeldReview(bot, { heldOn: '2026-11-18', missed: true });
    expect((await written('mette', 'ikke gennemgået'))?.text).toBe('Der er ikke holdt nogen gennemgang endnu.');
    await putHeldReview(bot, { heldOn: '2026-11-11', said: [[anna, 'progress']] });
    await bot.prisma.stay.updateMany({ where: { referralId: bent.id }, data: { endedOn: new Date('2026-11-19') } });
    const text = read(await shown('mette', 'ikke gennemgået'));
    expect(text).toContain('Carl');
    expect(text).not.toMatch(/Bent|Anna/);
  });

  it('says so when all were, or nobody lives there', async () => {
    const residents = await bot.prisma.stay.findMany({ where: { endedOn: null, shelterId: bot.town.unitIds.boc } });
    const all = residents.map(({ referralId }) => [{ id: referralId } as PutCase, 'progress'] as const);
    await putHeldReview(bot, { heldOn: '2026-11-18', said: all });
    expect((await written('bo', 'mangler gennemgang'))?.text).toBe(
      'Alle beboere på Bocentret er drøftet ved gennemgangen 18. november 2026 eller siden.',
    );
    await putHeldReview(bot, { heldOn: '2026-11-18', shelter: 'her' });
    expect((await written('ida', 'ikke gennemgået'))?.text).toBe('Der bor ingen på Herbergscentret lige nu.');
  });

  it('shows who may not see the case its number alone, and logs who was seen', async () => {
    const other = await putCase(bot, 'stabilising', { name: 'Fremmed Person', authority: 'syd' });
    await putHeldReview(bot, { heldOn: '2026-11-18' });
    const where = (put: PutCase) => ({ referralId: put.id, operation: 'review.see-not-reviewed' });
    const card = await shown('jonas', 'ikke gennemgået bocentret');
    expect(read(card)).toContain(`"Sag ${other.number}"`);
    expect(read(card)).not.toContain('Fremmed Person');
    expect(() => buttonOf(card, 'case.open', { caseId: other.id })).toThrow();
    expect(await bot.prisma.accessLog.count({ where: where(other) })).toBe(0);
    expect(
      await bot.prisma.accessLog.findFirstOrThrow({ where: { ...where(anna), staffId: bot.town.staffIds.jonas } }),
    ).toMatchObject({
      ...{ action: 'read', purpose: 'review', citizenId: anna.citizenId },
    });
  });

  it('turns pages of ten', async () => {
    await putHeldReview(bot, { heldOn: '2026-11-18' });
    for (let n = 0; n < 9; n += 1) await putCase(bot, 'stabilising', { name: `Lang Liste ${n}` });
    const first = await shown('mette', 'not reviewed');
    const second = await bot.as('mette').press('review.not-reviewed', buttonOf(first, 'review.not-reviewed'));
    expect(read(second)).toContain('Lang Liste 8');
    expect(hasButton(second.card, 'review.not-reviewed')).toBe(true);
    expect((await bot.as('mette').press('review.not-reviewed', {})).text).toContain('Den knap er forældet.');
  });

  it('is in English for whoever reads English', async () => {
    await putHeldReview(bot, { heldOn: '2026-11-11', said: [[anna, 'progress']] });
    await putHeldReview(bot, { heldOn: '2026-11-18' });
    await bot.prisma.staff.update({ where: { id: bot.town.staffIds.mette }, data: { language: 'en' } });
    const text = read(await shown('mette', 'not reviewed'));
    for (const words of [
      'were not discussed at the review on 18 November 2026 or since.',
      'Never discussed',
      'See the case',
    ])
      expect(text).toContain(words);
  });

  it.each(['bif', 'stine', 'kontrol', 'spor'] as const)('is refused %s', async (person) => {
    await putHeldReview(bot, { heldOn: '2026-11-18' });
    expect((await written(person, 'ikke gennemgået'))?.text).toBe(
      'Du er ikke tilknyttet et herberg med beboergennemgang.',
    );
  });

  it('is refused the staff of another shelter, and in a channel', async () => {
    await putHeldReview(bot, { heldOn: '2026-11-18' });
    expect((await written('ida', 'ikke gennemgået bocentret'))?.text).toContain('Jeg kender ikke et herberg');
    const forged = { shelterId: bot.town.unitIds.boc };
    expect((await bot.as('ida').press('review.not-reviewed', forged)).text).toBe(
      'Du har ikke adgang til den gennemgang.',
    );
    expect((await bot.inChannel('mette').say('ikke gennemgået'))[0]?.text).toContain('din egen chat');
  });
});
