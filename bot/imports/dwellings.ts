/** The list of dwellings that the municipality may assign. */
import { v7 as uuidv7 } from 'uuid';
import type { PlainDate } from '../domain/time.ts';
import type { Dwelling } from '../store/dwellings.ts';
import type { Problem } from './columns.ts';
import { dwellingColumns, type DwellingRow, type SayDwelling } from './dwelling-columns.ts';
import { type KnownDwellings, knownDwellings, placeKeys, placeOf } from './dwelling-lookups.ts';
import { type ListedDwelling, type WrittenDwelling, writeDwellings } from './dwelling-rows.ts';
import { estateKey, listedEstates, writeEstates } from './estates.ts';
import { firstOfEach, type ImportKind, notesOf, sayInto } from './plan.ts';

export const dwellings: ImportKind<typeof dwellingColumns> = {
  columns: dwellingColumns,
  async plan(tx, rows, { today, now }) {
    const problems: Problem[] = [];
    const say = sayInto(dwellingColumns, problems);
    const listed = firstOfEach(
      rows,
      ({ externalId }) => externalId,
      (row, first) => say(row, 'externalId', 'duplicate', `${first}`),
    );
    const known = await knownDwellings(
      tx,
      listed.map(({ externalId }) => externalId),
    );
    const estates = await listedEstates(tx, listed, today, say);

    const added: WrittenDwelling[] = [];
    const changed: WrittenDwelling[] = [];
    const noted = { taken: [] as number[], withdrawn: [] as number[], dwellingLinked: [] as number[] };
    for (const row of onePerPlace(listed, say)) {
      const estate = estates.get(estateKey(row.association, row.estate));
      if (!estate) continue;
      const before = identify(row, known, say);
      const dwelling = asSaid(row, estate.id, before);
      const rent = rentSaid(row, before, today);
      if (!before) {
        added.push({ dwelling, rent });
        continue;
      }
      if (estate.areasChanged || rent || !isSame(dwelling, before)) changed.push({ dwelling, rent });
      if (row.vacantFrom !== undefined && row.vacantFrom !== dwelling.vacantFrom) noted.taken.push(row.line);
      if (before.withdrawnAt) noted.withdrawn.push(row.line);
      if (before.externalId === null) noted.dwellingLinked.push(row.line);
    }

    const unchanged = listed.length - added.length - changed.length;
    return {
      problems,
      summary: {
        ...{ added: added.length, changed: changed.length, unchanged, deactivated: 0, notes: notesOf(noted) },
      },
      async apply(tx, onProgress) {
        await writeEstates(tx, [...estates.values()]);
        const all = [...added, ...changed];
        await writeDwellings(tx, all, now, (done) => onProgress(done, all.length));
      },
    };
  },
};

/** Reports a row whose address stands on an earlier line too. */
function onePerPlace(rows: readonly DwellingRow[], say: SayDwelling): readonly DwellingRow[] {
  const twice = (row: DwellingRow, first: number) => say(row, 'address', 'duplicate', `${first}`);
  const inEstates = firstOfEach(rows, (row) => placeKeys(row)[0], twice);
  return firstOfEach(inEstates, (row) => placeKeys(row)[1], twice);
}

/** The dwelling that the row is about, if Hjemvej has it: by the list's key, or by an address that no list owns yet. */
function identify(row: DwellingRow, { byExternalId, byPlace }: KnownDwellings, say: SayDwelling): Dwelling | undefined {
  const own = byExternalId.get(row.externalId);
  const [inEstate, atPostcode] = placeKeys(row).map((key) => byPlace.get(key));
  const found = [inEstate, atPostcode].filter((dwelling) => dwelling !== undefined);
  if (own) {
    const stays = `${placeKeys(row)}` === `${placeKeys(placeOf(own))}`;
    if (!stays && found.some(({ id }) => id !== own.id)) say(row, 'address', 'addressTaken');
    return own;
  }
  if (inEstate && inEstate === atPostcode && inEstate.externalId === null) return inEstate;
  if (found.length > 0) say(row, 'address', 'addressTaken');
  return undefined;
}

/** Who has it is decided in Hjemvej: from then on the day of a vacancy is, too. */
const isTaken = ({ offer, lease }: Dwelling): boolean => offer !== null || lease !== null;

/** What the row says; a column that the file lacks leaves what is known. */
function asSaid(row: DwellingRow, estateId: string, before: Dwelling | undefined): ListedDwelling {
  const { vacantFrom = before?.vacantFrom?.toString(), answerDueOn = before?.answerDueOn?.toString() } = row;
  const { externalId, address, postcode, town, rooms, sizeM2, scheme, depositOere = before?.depositOere } = row;
  return {
    ...{ id: before?.id ?? uuidv7(), externalId, estateId, address, postcode, town, rooms, sizeM2, scheme },
    vacantFrom: (before && isTaken(before) ? before.vacantFrom?.toString() : vacantFrom) ?? null,
    ...{ answerDueOn: answerDueOn ?? null, depositOere: depositOere ?? null },
  };
}

/**
 * The rent to write, if it says something new. Without a day it is the rent as it is now: when another one is known, it
 * holds from the vacancy on, or from today where a later rent is known already.
 */
function rentSaid(
  { rent, rentFrom, vacantFrom }: DwellingRow,
  before: Dwelling | undefined,
  today: PlainDate,
): WrittenDwelling['rent'] {
  const rents = (before?.rents ?? []).map(({ from, oere }) => ({ from: from.toString(), oere }));
  if (rentFrom) {
    const isKnown = rents.some(({ from, oere }) => from === rentFrom && oere === rent);
    return isKnown ? null : { from: rentFrom, oere: rent };
  }
  const onDay = vacantFrom && vacantFrom > today.toString() ? vacantFrom : today.toString();
  if (rents.findLast(({ from }) => from <= onDay)?.oere === rent) return null;
  const isLatest = vacantFrom && !rents.some(({ from }) => from > vacantFrom);
  return { from: isLatest ? vacantFrom : today.toString(), oere: rent };
}

const isSame = (said: ListedDwelling, { estate, ...before }: Dwelling): boolean =>
  said.estateId === estate.id &&
  (['externalId', 'address', 'postcode', 'town', 'rooms', 'sizeM2', 'scheme', 'depositOere'] as const).every(
    (field) => said[field] === before[field],
  ) &&
  said.vacantFrom === (before.vacantFrom?.toString() ?? null) &&
  said.answerDueOn === (before.answerDueOn?.toString() ?? null);
