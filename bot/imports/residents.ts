/** The list of residents: cases that ran before Hjemvej, at the step where they stand. */
import { rolesWith } from '../domain/access.ts';
import { Temporal } from '../domain/time.ts';
import { searchName } from '../text/normalise.ts';
import { noCprReasons } from '../workflows/referral/admit.ts';
import { referralWords } from '../workflows/referral/words.ts';
import { admission, referredFrom } from '../workflows/referral/steps/admission.ts';
import { currentVersion, stepWords } from '../workflows/referral/versions.ts';
import {
  cprNumber,
  day,
  objectId,
  oneOf,
  optional,
  type Problem,
  required,
  type Row,
  text,
  unitCode,
} from './columns.ts';
import { firstOfEach, type ImportContext, type ImportKind, notesOf, type Say, sayInto } from './plan.ts';
import {
  changeResidents,
  type CitizenChange,
  insertResidents,
  type NewResident,
  type StayChange,
} from './resident-rows.ts';
import { type KnownResident, knownResidents, openShelters, type OpenShelter, staffWith } from './resident-lookups.ts';

const latest = currentVersion('9999-12-31');
/** The names of the steps in both languages, as on the cards. */
const stepNames = Object.fromEntries(
  [...latest.home, ...latest.place].map(({ id }) => [
    id,
    [stepWords(latest.version, id, 'da').title, stepWords(latest.version, id, 'en').title],
  ]),
) as Record<string, [string, string]>;

const labels = <Code extends string>(codes: readonly Code[], da: Record<string, string>, en: Record<string, string>) =>
  Object.fromEntries(codes.map((code) => [code, [da[code] ?? code, en[code] ?? code]])) as unknown as Record<
    Code,
    [string, string]
  >;
const from = (locale: 'da' | 'en') =>
  (admission.words[locale].choices as Record<string, Record<string, string>>)['referredFrom'] ?? {};

export const residentColumns = {
  externalId: required(
    {
      header: 'Borger-id',
      aliases: ['externalId', 'Eksternt id'],
      meaning: 'The key: the number of the citizen in the system that the list comes from. Never a CPR number.',
    },
    text(60),
  ),
  name: required({ header: 'Navn', aliases: ['Borgerens navn'], meaning: 'The name of the citizen.' }, text(120)),
  cpr: optional(
    {
      header: 'CPR-nummer',
      aliases: ['CPR', 'CPR-nr', 'Personnummer'],
      meaning: 'Ten digits, with or without a hyphen. Stored encrypted. Required, or else the next column.',
    },
    cprNumber,
  ),
  noCprReason: optional(
    { header: 'Årsag til manglende CPR', aliases: ['Uden CPR'], meaning: 'Why there is no CPR number.' },
    oneOf(labels(noCprReasons, referralWords.da.admission.noCprReasons, referralWords.en.admission.noCprReasons)),
  ),
  shelter: required({ header: 'Herberg', meaning: 'The code of the shelter where the citizen lives.' }, unitCode),
  decidedOn: required(
    {
      header: 'Optaget den',
      aliases: ['Optagelse', 'Indskrevet den'],
      meaning: "The day of the leader's decision to admit.",
    },
    day,
  ),
  referredFrom: required(
    { header: 'Henvist fra', meaning: 'How the citizen came to the shelter.' },
    oneOf(labels(referredFrom, from('da'), from('en'))),
  ),
  municipalityToldOn: optional(
    {
      header: 'Handlekommune orienteret den',
      aliases: ['Handlekommune orienteret'],
      meaning: 'Empty when it has not been told yet.',
    },
    day,
  ),
  step: required(
    {
      header: 'Trin',
      meaning:
        'The step that the citizen stands at, in Danish or English. *Indskrivning* is done, so it means *Tilknytning*.',
    },
    oneOf(stepNames),
  ),
  stepFrom: required(
    { header: 'Trin fra', aliases: ['Trinnet begyndte'], meaning: 'The day on which the step began.' },
    day,
  ),
  caseworker: optional(
    {
      header: 'Sagsbehandler',
      aliases: ['Sagsbehandlers Entra-objekt-id'],
      meaning: 'The object id in Entra of the caseworker. Required from *Stabilisering* on, empty before.',
    },
    objectId,
  ),
  recordNumber: optional(
    {
      header: 'Sagsnummer',
      aliases: ['Nummer i fagsystemet'],
      meaning: 'The number of the case in the system of record.',
    },
    text(40),
  ),
  room: optional(
    { header: 'Værelse', aliases: ['Room'], meaning: 'The room in the shelter, in at most 20 characters.' },
    text(20),
  ),
  contact: optional(
    {
      header: 'Kontaktperson',
      aliases: ['Kontaktpersons Entra-objekt-id', 'Contact person'],
      meaning:
        'The object id in Entra of the contact person: shelter staff or a manager, in the shelter or a unit above it.',
    },
    objectId,
  ),
} as const;

export type ResidentRow = Row<typeof residentColumns>;
type SayResident = Say<typeof residentColumns>;

/** The staff whom a row names, as Hjemvej knows them. */
interface Named {
  readonly caseworkerId: string | null;
  readonly contactId: string | null;
}

export const residents: ImportKind<typeof residentColumns> = {
  columns: residentColumns,
  async plan(tx, rows, context) {
    const problems: Problem[] = [];
    const say = sayInto(residentColumns, problems);

    const byId = firstOfEach(
      rows,
      ({ externalId }) => externalId,
      (row, first) => say(row, 'externalId', 'duplicate', `${first}`),
    );
    const listed = firstOfEach(
      byId,
      ({ cpr }) => cpr?.cpr ?? null,
      (row, first) => say(row, 'cpr', 'duplicate', `${first}`),
    );
    for (const row of listed) checkAlone(row, context, say);

    const shelters = await openShelters(tx, context.today);
    const caseworkers = await staffWith(tx, ['caseworker', 'manager']);
    const contacts = await staffWith(tx, rolesWith('review.prepare'));
    const indexOf = new Map(
      listed.flatMap(({ line, cpr }) => (cpr ? [[line, context.vault.index(cpr.cpr)] as const] : [])),
    );
    const known = await knownResidents(
      tx,
      listed.map(({ externalId }) => externalId),
      [...indexOf.values()],
    );

    const added: NewResident[] = [];
    const changes: CitizenChange[] = [];
    const noted = {
      movedOn: [] as number[],
      closed: [] as number[],
      linked: [] as number[],
      modulus11: [] as number[],
    };
    let unchanged = 0;
    for (const row of listed) {
      const shelter = shelters.get(row.shelter);
      if (!shelter) say(row, 'shelter', 'notShelter');
      else if (shelter.authorityId === null) say(row, 'shelter', 'noAuthority');
      const caseworker = row.caseworker ? caseworkers.get(row.caseworker) : undefined;
      if (row.caseworker && shelter && !caseworker?.paths.some((path) => shelter.authorityPath?.startsWith(path)))
        say(row, 'caseworker', 'notCaseworker');
      const contact = row.contact ? contacts.get(row.contact) : undefined;
      if (row.contact && shelter && !contact?.paths.some((path) => shelter.path.startsWith(path)))
        say(row, 'contact', 'notContact');
      const named = { caseworkerId: caseworker?.id ?? null, contactId: contact?.id ?? null };

      const cprIndex = indexOf.get(row.line);
      const citizen = identify(row, cprIndex, known, say);
      if (row.cpr && !row.cpr.fits) noted.modulus11.push(row.line);
      if (citizen?.caseId) {
        const change = changeOf(row, citizen, shelter, named, cprIndex);
        if (change) changes.push(change);
        else unchanged++;
        if (citizen.externalId === null) noted.linked.push(citizen.caseNumber);
        if (citizen.closed) noted.closed.push(citizen.caseNumber);
        else if (citizen.step !== stepOfCase(row)) noted.movedOn.push(citizen.caseNumber);
      } else if (shelter?.authorityId) {
        added.push(newResident(row, shelter, shelter.authorityId, named, cprIndex, citizen));
      }
    }

    return {
      problems,
      summary: { added: added.length, changed: changes.length, unchanged, deactivated: 0, notes: notesOf(noted) },
      async apply(tx, onProgress) {
        const all = added.length + changes.length;
        await insertResidents(tx, added, context, (done) => onProgress(done, all));
        await changeResidents(tx, changes, context, (done) => onProgress(added.length + done, all));
      },
    };
  },
};

/** Whoever is on the list has been admitted: the first step that can be open is the one after. */
const stepOfCase = ({ step }: ResidentRow): string =>
  step === latest.home[0]?.id ? (latest.home[1]?.id ?? step) : step;
const isBeforeCaseworker = (row: ResidentRow): boolean => stepOfCase(row) === latest.home[1]?.id;

/** What is wrong within one row. */
function checkAlone(row: ResidentRow, { today }: ImportContext, say: SayResident): void {
  const latestDay = today.toString();
  if (row.cpr && row.noCprReason) say(row, 'noCprReason', 'cprAndReason');
  if (!row.cpr && !row.noCprReason) say(row, 'cpr', 'cprOrReason');
  if (row.cpr && row.cpr.bornOn > latestDay) say(row, 'cpr', 'cprDate');
  for (const column of ['decidedOn', 'municipalityToldOn', 'stepFrom'] as const) {
    const date = row[column];
    if (date && date > latestDay) say(row, column, 'future');
    else if (date && date < row.decidedOn) say(row, column, 'beforeAdmission');
  }
  if (isBeforeCaseworker(row)) {
    if (row.caseworker) say(row, 'caseworker', 'caseworkerTooEarly');
  } else if (!row.caseworker) say(row, 'caseworker', 'caseworkerMissing');
}

/** The citizen that the row is about, if Hjemvej knows them: by the list's key, or by a CPR number that no list owns yet. */
function identify(
  row: ResidentRow,
  cprIndex: Uint8Array | undefined,
  known: Awaited<ReturnType<typeof knownResidents>>,
  say: SayResident,
): KnownResident | undefined {
  const own = known.byExternalId.get(row.externalId);
  const sameCpr = cprIndex && known.byCpr.get(Buffer.from(cprIndex).toString('hex'));
  if (own) {
    if (sameCpr && sameCpr.id !== own.id) say(row, 'cpr', 'cprTaken');
    else if (cprIndex && !sameCpr && own.hasCpr) say(row, 'cpr', 'cprDiffers');
    return own;
  }
  if (sameCpr && sameCpr.externalId !== null) say(row, 'cpr', 'cprTaken');
  return sameCpr;
}

/**
 * What the list owns: the key, the name, the record number, a CPR number where there was none, the caseworker, and what it
 * says of the stay.
 */
function changeOf(
  row: ResidentRow,
  citizen: KnownResident,
  shelter: OpenShelter | undefined,
  { caseworkerId, contactId }: Named,
  cprIndex: Uint8Array | undefined,
): CitizenChange | null {
  const recordNumber = row.recordNumber === undefined ? citizen.recordNumber : row.recordNumber;
  const newCaseworker =
    // A case that still waits for attachment, or has ended, gets none from a list.
    caseworkerId !== null && !citizen.closed && citizen.step !== latest.home[1]?.id
      ? caseworkerId
      : citizen.caseworkerId;
  const cpr = row.cpr && cprIndex && !citizen.hasCpr ? { number: row.cpr.cpr, index: cprIndex } : null;
  const stay = changeOfStay(row, citizen, shelter, contactId);
  const same =
    row.externalId === citizen.externalId &&
    row.name === citizen.name &&
    recordNumber === citizen.recordNumber &&
    newCaseworker === citizen.caseworkerId &&
    cpr === null &&
    stay === null;
  if (same || citizen.caseId === null) return null;
  return {
    ...{ citizenId: citizen.id, caseId: citizen.caseId, externalId: row.externalId, name: row.name, recordNumber },
    ...{ searchName: searchName(row.name), caseworkerId: newCaseworker, cpr, stay },
  };
}

/** The room and the contact person, where the citizen lives in the shelter of the list: an empty cell says nothing of them. */
function changeOfStay(
  { room = null }: ResidentRow,
  { stay }: KnownResident,
  shelter: OpenShelter | undefined,
  contactId: string | null,
): StayChange | null {
  if (!stay || stay.shelterId !== shelter?.id) return null;
  const same = (room ?? stay.room) === stay.room && (contactId ?? stay.contactId) === stay.contactId;
  return same ? null : { id: stay.id, room, contactId };
}

const newResident = (
  row: ResidentRow,
  shelter: OpenShelter,
  authorityId: string,
  { caseworkerId, contactId }: Named,
  cprIndex: Uint8Array | undefined,
  citizen: KnownResident | undefined,
): NewResident => ({
  ...{ externalId: row.externalId, name: row.name, searchName: searchName(row.name) },
  cpr: row.cpr && cprIndex ? { number: row.cpr.cpr, index: cprIndex } : null,
  ...{ noCprReason: row.noCprReason ?? null, recordNumber: row.recordNumber ?? null },
  ...{ shelterId: shelter.id, authorityId, caseworkerId, step: stepOfCase(row) },
  ...{ room: row.room ?? null, contactId },
  stepFrom: Temporal.PlainDate.from(row.stepFrom),
  answers: {
    decidedOn: row.decidedOn,
    referredFrom: row.referredFrom,
    municipalityToldOn: row.municipalityToldOn ?? null,
  },
  knownCitizenId: citizen?.id ?? null,
});
