/** The card on which residents are prepared holds a whole shelter to choose from: it must fit at its fullest. */
import { fileURLToPath } from 'node:url';
import { Temporal } from '../../bot/domain/time.ts';
import { loadTemplates, renderCard } from '../../bot/teams/render.ts';
import type { Resident } from '../../bot/store/reviews.ts';
import { prepareCard } from '../../bot/workflows/review/prepare-card.ts';
import { caseAt, everyStep, longest, readerOf } from './case-files.ts';
import { judge } from './official-renderer.ts';

const templates = loadTemplates(fileURLToPath(new URL('../../cards', import.meta.url)));
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

test('a shelter of 300 with long names, and as much written as can be', () => {
  const name = longest.citizen.slice(0, 60);
  const residents = Array.from({ length: 300 }, (_, n): Resident => {
    const place = { shelterPath: '/sf/u5/', authorityPath: '/sf/u6/', room: `Øst ${n}` };
    const contact = { caseworkerId: null, contactId: id(n % 90), contact: name };
    return {
      referralId: id(n),
      stayId: id(n),
      caseNumber: 1000 + n,
      citizen: { id: id(n), name },
      ...place,
      ...contact,
    };
  });
  const people = Array.from({ length: 90 }, (_, n) => ({ id: id(n), name: longest.staff.slice(0, 40) }));
  const [at, talkedOn] = [Temporal.Instant.from('2026-11-17T11:00:00Z'), Temporal.PlainDate.from('2026-11-17')];
  const observations = Array.from({ length: 12 }, (_, n) => ({
    ...{ id: id(n), author: longest.staff.slice(0, 40), at, talkedOn, text: 'æ'.repeat(2_000), wish: 'ø'.repeat(500) },
  }));
  const shelter = {
    id: id(5),
    name: 'Herbergscentret på Frederikssundsvej',
    path: '/sf/u5/',
    authorityPath: '/sf/u6/',
  };
  const file = caseAt(everyStep[3]!, longest);
  const view = prepareCard(
    residents[200]!,
    { shelter, residents, file, observations, people },
    readerOf('da', longest),
    {
      banner: name,
      typed: { observation: 'å'.repeat(3_000), wish: 'å'.repeat(500), room: '1'.repeat(20), talkedOn: 'i går' },
      problems: { observation: 'tooLong', talkedOn: 'date', contact: 'choose', resident: 'choose' },
    },
  );
  expect(judge(renderCard(view, { templates })).complaints).toEqual([]);
});
