/** Estates, dwellings, rents and the frames as rows. */
import { v7 as uuidv7 } from 'uuid';
import type { Frame } from '../domain/rules.ts';
import type { PlainDate } from '../domain/time.ts';
import { insertRows } from '../store/bulk.ts';
import type { Tx } from '../store/database.ts';
import { searchName } from '../text/normalise.ts';
import { type DemoEstate, estates } from './dwellings.ts';
import type { Ids, Seeding } from './ids.ts';
import { listedFrom, type StockedDwelling } from './stock.ts';

/** The dwellings as they stand when all stories are told. */
export async function addDwellings(
  tx: Tx,
  dwellings: readonly StockedDwelling[],
  staffOf: Ids,
  { today, now }: Seeding,
): Promise<void> {
  const ids = new Map<DemoEstate, string>(estates.map((estate) => [estate, uuidv7()]));
  await insertRows(
    tx,
    'estate',
    { id: 'uuid', association: 'text', name: 'text' },
    estates.map((estate) => ({ id: ids.get(estate), association: estate.association, name: estate.name })),
  );
  await insertRows(
    tx,
    'estate_area',
    { id: 'uuid', estate_id: 'uuid', area_type: '"AreaType"', valid_from: 'date', source: 'text' },
    estates.flatMap((estate) => {
      const from = listedFrom(estate, today);
      if (!estate.area || !from) return [];
      const source = `Boligministeriets liste af 1. december ${from.year}`;
      return [{ id: uuidv7(), estate_id: ids.get(estate), area_type: estate.area.type, valid_from: from, source }];
    }),
  );
  await insertRows(
    tx,
    'dwelling',
    {
      ...{ id: 'uuid', external_id: 'text', estate_id: 'uuid', address: 'text', search_address: 'text' },
      ...{ postcode: 'text', town: 'text', rooms: 'int', size_m2: 'int', scheme: '"Scheme"', vacant_from: 'date' },
      ...{ answer_due_on: 'date', deposit_oere: 'int', withdrawn_at: 'timestamptz', withdrawn_for: 'text' },
      ...{ version: 'int', changed_by_id: 'uuid', changed_at: 'timestamptz' },
    },
    dwellings.map(({ estate, withdrawnFor = null, ...dwelling }) => ({
      ...{ id: dwelling.id, external_id: dwelling.externalId, estate_id: ids.get(estate), address: dwelling.address },
      search_address: searchName(`${dwelling.address} ${estate.postcode} ${estate.town}`),
      ...{ postcode: estate.postcode, town: estate.town, rooms: dwelling.rooms, size_m2: dwelling.sizeM2 },
      ...{ scheme: dwelling.scheme, vacant_from: dwelling.vacantFrom, answer_due_on: dwelling.answerDueOn },
      ...{ deposit_oere: dwelling.depositOere, withdrawn_for: withdrawnFor, withdrawn_at: withdrawnFor && now },
      ...{ version: dwelling.version, changed_by_id: withdrawnFor && staffOf('Sanne Krogh'), changed_at: now },
    })),
  );
  await insertRows(
    tx,
    'rent_change',
    {
      ...{ id: 'uuid', dwelling_id: 'uuid', from_day: 'date', rent_oere: 'int' },
      ...{ recorded_by_id: 'uuid', recorded_at: 'timestamptz' },
    },
    dwellings.flatMap(({ id, rents }) =>
      rents.map(({ from, oere, recordedById }) => ({
        ...{ id: uuidv7(), dwelling_id: id, from_day: from, rent_oere: oere },
        ...{ recorded_by_id: recordedById, recorded_at: now },
      })),
    ),
  );
}

/** Frames as small as the demo, which last until the end of next year. */
export async function addFrames(tx: Tx, today: PlainDate): Promise<void> {
  const to = `${today.year + 1}-12-31`;
  const value: Frame[] = [
    { name: 'Statsligt huslejetilskud', scheme: 'state_subsidy', places: 40, from: '2023-03-01', to, yearly: false },
    {
      ...{ name: 'Udslusningsboliger efter udlejningsaftalen', scheme: 'transitional', places: 8 },
      ...{ from: '2024-01-01', to, yearly: true },
    },
    {
      name: 'Nybyggeri med permanent tilskud',
      scheme: 'permanent_subsidy',
      places: 12,
      from: '2024-01-01',
      to,
      yearly: false,
    },
  ];
  await insertRows(tx, 'dated_rule', { id: 'uuid', key: 'text', valid_from: 'date', value: 'jsonb', source: 'text' }, [
    { id: uuidv7(), key: 'frames', valid_from: '2023-01-01', value, source: 'demodata' },
  ]);
}
