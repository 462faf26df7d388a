import { defaultCalendar } from '../../bot/domain/calendar.ts';
import { parseForm } from '../../bot/domain/referral/form.ts';
import { mayGoBackTo, stations, stepOf } from '../../bot/domain/referral/way.ts';
import { searchName } from '../../bot/text/normalise.ts';
import { beginPass, endPass, findCaseByNumber, openPass } from '../../bot/store/cases.ts';
import { openStep, paceAt } from '../../bot/workflows/referral/case.ts';
import { admission } from '../../bot/workflows/referral/steps/admission.ts';
import { currentVersion } from '../../bot/workflows/referral/versions.ts';
import { type Lists, now, numbersOf, openLists, printed, today, told, vault } from './lists.ts';

const JONAS = '6a20c3de-0000-4000-8000-000000000002';
const NADIA = '6a20c3de-0000-4000-8000-000000000003';
const METTE = '6a20c3de-0000-4000-8000-000000000004';
const LONE = '6a20c3de-0000-4000-8000-000000000005';
const KIM = '6a20c3de-0000-4000-8000-000000000006';
const OLE = '6a20c3de-0000-4000-8000-000000000007';
const head =
  'Borger-id;Navn;CPR-nummer;Årsag til manglende CPR;Herberg;Optaget den;Henvist fra;Handlekommune orienteret den;Trin;Trin fra;Sagsbehandler;Sagsnummer';
const way = currentVersion(today.toString());

interface Given {
  id: string;
  name: string;
  cpr: string;
  noCpr: string;
  shelter: string;
  admitted: string;
  told: string;
  step: string;
  from: string;
  caseworker: string;
  record: string;
}
const row = (given: Partial<Given> = {}): string => {
  const { id = 'B1', name = 'Gitte Østergaard', cpr = '150275-0101', noCpr = '', shelter = 'bocentret' } = given;
  const { admitted = '1.9.2026', told: toldOn = '02-09-2026', step = 'Udredning', from = '2026-10-01' } = given;
  const { caseworker = JONAS, record = 'H-1' } = given;
  return [id, name, cpr, noCpr, shelter, admitted, 'Kommune', toldOn, step, from, caseworker, record].join(';');
};

let lists: Lists;
beforeEach(async () => {
  lists = await openLists();
  await lists.load('units', [
    'Kode;Navn;Type;Overordnet;Myndighed;Aftale fra',
    'sf;SF;forvaltning;;;',
    'hjemloese;Hjemløseenheden;enhed;sf;;',
    'bocentret;Bocentret;herberg;sf;hjemloese;',
    'herbergscentret;Herbergscentret;herberg;sf;hjemloese;',
    'sporsloejfen;Sporsløjfen;selvejende;;hjemloese;1.1.2027',
  ]);
  const staff = await lists.load('staff', [
    'Entra-objekt-id;Navn;Rolle;Enhed;Aktiv',
    `${JONAS};Jonas Lind;sagsbehandler;hjemloese;`,
    `${NADIA};Nadia Bruun;sagsbehandler;hjemloese;`,
    `${METTE};Mette Holm;herbergsmedarbejder;bocentret;`,
    `${LONE};Lone Dahl;leder;sf;`,
    `${KIM};Kim Bech;herbergsmedarbejder;herbergscentret;`,
    `${OLE};Ole Winther;herbergsmedarbejder;bocentret;nej`,
  ]);
  expect(told(staff)).toEqual([]);
});
afterEach(() => lists.close());

const load = (...rows: string[]) => lists.load('residents', [head, ...rows]);
const caseOf = async (externalId: string) => {
  const found = await lists.prisma.referral.findFirstOrThrow({ where: { citizen: { externalId } } });
  const file = await findCaseByNumber(lists.prisma, found.number);
  if (!file) throw new Error('no such case');
  return file;
};

it('takes residents in at every step, with clocks from today', async () => {
  const steps = [...new Set([...way.home.slice(1), ...way.place].map(({ id }) => id))];
  const rows = steps.map((step, index) =>
    row({
      ...{ id: `B${index}`, step, name: `Borger nummer ${index}`, cpr: `1502${70 + index}-0101` },
      caseworker: step === 'attachment' ? '' : JONAS,
    }),
  );
  expect(numbersOf(await load(...rows))).toEqual({ added: steps.length, changed: 0, unchanged: 0, deactivated: 0 });
  for (const [index, step] of steps.entries()) {
    const file = await caseOf(`B${index}`);
    const open = openStep(file);
    expect(open?.step.id).toBe(step);
    expect(open?.pass).toMatchObject({ ordinal: 2, endedAt: null, answers: null });
    expect(open?.pass.startedOn.toString()).toBe('2026-10-01');
    expect(open?.pass.clockFrom.equals(today)).toBe(true);
    expect(open && paceAt(open, today, defaultCalendar)).toMatchObject({ days: 52, overdueDays: 0 });
    const [first] = file.passes;
    expect(first).toMatchObject({ step: 'admission', ordinal: 1, outcome: 'admitted', endedBy: null });
    expect(parseForm(admission.definition.form, first?.answers ?? {})).toEqual({
      ok: true,
      answers: { decidedOn: '2026-09-01', referredFrom: 'municipality', municipalityToldOn: '2026-09-02' },
    });
    expect(file.stay.municipalityToldOn?.toString()).toBe('2026-09-02');
    expect([file.number, file.authority.code, file.shelter.code]).toEqual([101 + index, 'hjemloese', 'bocentret']);
    expect(file.caseworker?.name ?? null).toBe(step === 'attachment' ? null : 'Jonas Lind');
    // The steps between were taken before the case came here: it can go back to them.
    expect(mayGoBackTo(way, step)).toEqual(
      stations(way, step, false)
        .filter(({ id, state }) => state === 'done' && id !== 'admission' && !stepOf(way, id).notBackTo)
        .map(({ id }) => id),
    );
  }
});

it.each([
  ['Udredning', 'assessment'],
  ['  INDSTILLING ', 'nomination'],
  ['Nomination', 'nomination'],
  ['Afgørelse om botilbud', 'place-decision'],
  ['Afgoerelse', 'decision'],
])('knows the step %s', async (step, id) => {
  expect(told(await load(row({ step })))).toEqual([]);
  expect(openPass(await caseOf('B1'))?.step).toBe(id);
});

it('takes an admission, which is done, as waiting for a caseworker', async () => {
  expect(told(await load(row({ step: 'Indskrivning', caseworker: '', told: '' })))).toEqual([]);
  expect(openPass(await caseOf('B1'))?.step).toBe('attachment');
  expect((await caseOf('B1')).stay.municipalityToldOn).toBeNull();
});

it('seals CPR numbers, logs each addition and names no one', async () => {
  const result = await load(row(), row({ id: 'B2', name: 'Tom Brink', cpr: '', noCpr: 'kendes ikke' }));
  expect(numbersOf(result)).toMatchObject({ added: 2 });
  expect(printed(result)).toContain('CPR-numre uden gyldigt kontrolciffer');
  expect(printed(result)).not.toMatch(/150275|gitte|tom brink/i);
  const [first, second] = await lists.prisma.citizen.findMany({ orderBy: { externalId: 'asc' } });
  expect(first?.searchName).toBe(searchName('Gitte Østergaard'));
  const sealed = { cipher: new Uint8Array(first?.cprCipher ?? []), keyId: first?.cprKeyId ?? '' };
  expect(vault.open(sealed)).toBe('1502750101');
  expect(Buffer.from(first?.cprIndex ?? [])).toEqual(Buffer.from(vault.index('1502750101')));
  expect(second).toMatchObject({ cprCipher: null, noCprReason: 'unknown' });
  const log = await lists.prisma.accessLog.findMany();
  expect(log).toHaveLength(2);
  expect(log[0]).toMatchObject({ action: 'add', purpose: 'import', operation: 'import.residents', staffId: null });
  expect(log.map(({ citizenId }) => citizenId)).toContain(first?.id);
});

it('writes nothing in a dry run, not even a case number', async () => {
  expect(numbersOf(await lists.load('residents', [head, row()], { dryRun: true }))).toMatchObject({ added: 1 });
  expect(await lists.prisma.citizen.count()).toBe(0);
  await load(row());
  expect((await caseOf('B1')).number).toBe(101);
});

it('changes only what the list owns when it is loaded again', async () => {
  await load(row());
  const before = await caseOf('B1');
  expect(numbersOf(await load(row()))).toMatchObject({ unchanged: 1, changed: 0 });
  expect((await caseOf('B1')).version).toBe(before.version);

  const renamed = {
    name: 'Gitte Østergaard Bak',
    record: 'H-2',
    caseworker: NADIA,
    from: '2.10.2026',
    shelter: 'bocentret',
  };
  expect(numbersOf(await load(row(renamed)))).toMatchObject({ changed: 1 });
  const after = await caseOf('B1');
  expect(after).toMatchObject({ version: before.version + 1, recordNumber: 'H-2', changedBy: null });
  expect(after.citizen.name).toBe('Gitte Østergaard Bak');
  expect(after.caseworker?.name).toBe('Nadia Bruun');
  expect(after.passes).toEqual(before.passes);
  expect(await lists.prisma.accessLog.count({ where: { action: 'change', operation: 'import.residents' } })).toBe(1);
});

it('never moves a case that has moved on, and says so', async () => {
  await load(row(), row({ id: 'B2', cpr: '150276-0101' }));
  const moved = await caseOf('B1');
  const jonas = await lists.prisma.staff.findUniqueOrThrow({ where: { aadObjectId: JONAS } });
  const passId = openPass(moved)?.id ?? '';
  const end = { passId, outcome: 'assessed', reason: null, answers: {}, by: jonas.id, onBehalfOf: null, at: now };
  await endPass(lists.prisma, end);
  await beginPass(lists.prisma, {
    ...{ caseId: moved.id, step: 'clarification', ordinal: 3, wayVersion: 1, startedOn: today, at: now },
  });
  const closed = await caseOf('B2');
  await lists.prisma.referral.update({ where: { id: closed.id }, data: { closedAt: new Date(), closeReason: 'dead' } });

  const result = await load(row({ name: 'Nyt Navn' }), row({ id: 'B2', cpr: '150276-0101' }));
  expect(numbersOf(result)).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
  expect(printed(result)).toContain(`er ikke flyttet: ${moved.number}`);
  expect(printed(result)).toContain(`er ikke åbnet igen: ${closed.number}`);
  expect(openPass(await caseOf('B1'))?.step).toBe('clarification');
  expect(await lists.prisma.referral.count()).toBe(2);
});

it('finds a citizen who was admitted here first by the CPR number', async () => {
  await load(row());
  await lists.prisma.citizen.updateMany({ data: { externalId: null } });
  const result = await load(row({ id: 'B77' }));
  expect(numbersOf(result)).toMatchObject({ added: 0, changed: 1 });
  expect(printed(result)).toContain('Var indskrevet i Hjemvej i forvejen');
  expect(await lists.prisma.citizen.findMany()).toMatchObject([{ externalId: 'B77' }]);
});

it('adds a CPR number where there was none, and refuses another one', async () => {
  await load(row({ cpr: '', noCpr: 'Ikke tildelt endnu' }), row({ id: 'B2', cpr: '150276-0101' }));
  expect(numbersOf(await load(row()))).toMatchObject({ changed: 1 });
  expect(await lists.prisma.citizen.findUnique({ where: { externalId: 'B1' } })).toMatchObject({
    ...{ noCprReason: null, cprKeyId: 'k' },
  });
  expect(told(await load(row({ cpr: '150277-0101' })))).toEqual([
    expect.stringMatching(/^Linje 2, CPR-nummer: Er et andet/),
  ]);
  expect(told(await load(row({ cpr: '150276-0101' })))).toEqual([expect.stringMatching(/hører til en anden borger/)]);
  expect(told(await load(row({ id: 'B9' })))).toEqual([expect.stringMatching(/hører til en anden borger/)]);
});

describe('the room and the contact person', () => {
  const lodged = (room: string, contact: string, given: Partial<Given> = {}) => `${row(given)};${room};${contact}`;
  const loadLodged = (rows: string[], options?: { dryRun?: boolean }) =>
    lists.load('residents', [`${head};Værelse;Kontaktperson`, ...rows], options);
  const stayOf = async (externalId = 'B1') => {
    const stay = await lists.prisma.stay.findFirstOrThrow({ where: { citizen: { externalId } } });
    const contact = stay.contactId && (await lists.prisma.staff.findUniqueOrThrow({ where: { id: stay.contactId } }));
    return { room: stay.room, contact: contact ? contact.name : null };
  };

  it('come with the stay of a new resident', async () => {
    const result = await loadLodged([
      lodged('14 B', METTE),
      lodged('', '', { id: 'B2', cpr: '150276-0101' }),
      lodged('3', LONE, { id: 'B3', cpr: '150277-0101', shelter: 'herbergscentret' }),
    ]);
    expect(numbersOf(result)).toMatchObject({ added: 3 });
    expect(await stayOf('B1')).toEqual({ room: '14 B', contact: 'Mette Holm' });
    expect(await stayOf('B2')).toEqual({ room: null, contact: null });
    expect(await stayOf('B3')).toEqual({ room: '3', contact: 'Lone Dahl' });
  });

  it('are changed of who lives there, once, and are left by an empty cell or no column', async () => {
    await load(row());
    const before = await caseOf('B1');
    expect(numbersOf(await loadLodged([lodged('12', METTE)]))).toMatchObject({ changed: 1, unchanged: 0 });
    expect(await stayOf()).toEqual({ room: '12', contact: 'Mette Holm' });
    expect((await caseOf('B1')).version).toBe(before.version + 1);

    expect(numbersOf(await loadLodged([lodged('12', METTE)]))).toMatchObject({ changed: 0, unchanged: 1 });
    expect(numbersOf(await loadLodged([lodged('', '')]))).toMatchObject({ changed: 0, unchanged: 1 });
    expect(numbersOf(await load(row()))).toMatchObject({ changed: 0, unchanged: 1 });
    expect((await caseOf('B1')).version).toBe(before.version + 1);

    expect(numbersOf(await loadLodged([lodged('', LONE)]))).toMatchObject({ changed: 1 });
    expect(await stayOf()).toEqual({ room: '12', contact: 'Lone Dahl' });
    expect(numbersOf(await loadLodged([lodged('13', '')]))).toMatchObject({ changed: 1 });
    expect(await stayOf()).toEqual({ room: '13', contact: 'Lone Dahl' });
    // Another change of the row leaves them too.
    expect(numbersOf(await loadLodged([lodged('', '', { record: 'H-2' })]))).toMatchObject({ changed: 1 });
    expect(await stayOf()).toEqual({ room: '13', contact: 'Lone Dahl' });
    expect(await lists.prisma.accessLog.count({ where: { action: 'change', operation: 'import.residents' } })).toBe(4);
  });

  it('are not changed of who has left, or lives in another shelter than on the list', async () => {
    await loadLodged([lodged('12', METTE)]);
    const elsewhere = lodged('3', KIM, { shelter: 'herbergscentret' });
    expect(numbersOf(await loadLodged([elsewhere]))).toMatchObject({ changed: 0, unchanged: 1 });
    await lists.prisma.stay.updateMany({ data: { endedOn: new Date('2026-11-20') } });
    expect(numbersOf(await loadLodged([lodged('13', LONE)]))).toMatchObject({ changed: 0, unchanged: 1 });
    expect(await stayOf()).toEqual({ room: '12', contact: 'Mette Holm' });
  });

  it('are checked and counted in a dry run, and not written', async () => {
    await load(row());
    expect(numbersOf(await loadLodged([lodged('12', METTE)], { dryRun: true }))).toMatchObject({ changed: 1 });
    expect(await stayOf()).toEqual({ room: null, contact: null });
    expect(told(await loadLodged([lodged('12', KIM)], { dryRun: true }))).toHaveLength(1);
  });

  it('are read under English headers too', async () => {
    const rows = [`${head};Room;Contact person`, lodged('12', METTE)];
    expect(numbersOf(await lists.load('residents', rows))).toMatchObject({ added: 1 });
    expect(await stayOf()).toEqual({ room: '12', contact: 'Mette Holm' });
  });

  it.each([
    ['somebody unknown', '12', '6a20c3de-0000-4000-8000-0000000000ff', 'Kontaktperson: Er ikke en aktiv'],
    ['who works at another shelter', '12', KIM, 'Kontaktperson: Er ikke en aktiv herbergsmedarbejder'],
    ['who is not active', '12', OLE, 'Kontaktperson: Er ikke en aktiv herbergsmedarbejder'],
    ['a caseworker', '12', JONAS, 'Kontaktperson: Er ikke en aktiv herbergsmedarbejder'],
    ['what is no object id', '12', 'Mette Holm', 'Kontaktperson: Er ikke et objekt-id fra Entra'],
    ['a room that is too long', 'x'.repeat(21), METTE, 'Værelse: Teksten er for lang'],
    ['a room with a CPR number in it', '150275-0101', METTE, 'Værelse: Feltet ser ud til at indeholde et CPR-nummer'],
  ])('refuses %s, for one who is new and one who is known', async (_what, room, contact, problem) => {
    const refused = [expect.stringMatching(new RegExp(`^Linje 2, ${problem}`))];
    expect(told(await loadLodged([lodged(room, contact)]))).toEqual(refused);
    expect(await lists.prisma.stay.count()).toBe(0);
    await load(row());
    expect(told(await loadLodged([lodged(room, contact)]))).toEqual(refused);
    expect(await stayOf()).toEqual({ room: null, contact: null });
  });

  it('takes a room of 20 characters', async () => {
    expect(told(await loadLodged([lodged('x'.repeat(20), '')]))).toEqual([]);
    expect((await stayOf()).room).toHaveLength(20);
  });
});

it('reports every bad row, and then loads none', async () => {
  const result = await load(
    row({ id: 'ok' }),
    row({ id: 'ok', cpr: '150276-0101' }),
    row({ id: 'B3', cpr: '150275-0101' }),
    row({ id: 'B4', cpr: '15027-0101', name: 'Hemmelig' }),
    row({ id: 'B5', cpr: '320175-0101' }),
    row({ id: 'B6', cpr: '' }),
    row({ id: 'B7', cpr: '150277-0101', noCpr: 'kendes ikke' }),
    row({ id: 'B8', cpr: '150278-0101', shelter: 'sporsloejfen' }),
    row({ id: 'B9', cpr: '150279-0101', shelter: 'hjemloese' }),
    row({ id: 'B10', cpr: '150280-0101', admitted: '23.11.2026', from: '30.2.2026' }),
    row({ id: 'B11', cpr: '150281-0101', from: '1.8.2026', told: '1.8.2026' }),
    row({ id: 'B12', cpr: '150282-0101', from: '23-11-2026' }),
    row({ id: 'B13', cpr: '150283-0101', caseworker: '' }),
    row({ id: 'B14', cpr: '150284-0101', step: 'Tilknytning' }),
    row({ id: 'B15', cpr: '150285-0101', caseworker: METTE }),
    row({ id: 'B16', cpr: '150286-0101', step: 'Boligjagt' }),
    row({ id: '150287-0101', cpr: '150287-0101', record: '150287-0101' }),
  );
  const line = (text: string) => expect.stringMatching(new RegExp(`^Linje ${text}`)) as unknown as string;
  expect(told(result)).toEqual([
    line('3, Borger-id: Står også på linje: 2'),
    line('4, CPR-nummer: Står også på linje: 2'),
    line('5, CPR-nummer: Er ikke et CPR-nummer: det har 10 cifre'),
    line('6, CPR-nummer: Er ikke et CPR-nummer: de første seks cifre'),
    line('7, CPR-nummer: Skriv et CPR-nummer, eller hvorfor'),
    line('8, Årsag til manglende CPR: Skal være tom'),
    line('9, Herberg: Er ikke et åbent herberg'),
    line('10, Herberg: Er ikke et åbent herberg'),
    line('11, Trin fra: Er ikke en dato'),
    line('12, Handlekommune orienteret den: Datoen ligger før optagelsen'),
    line('12, Trin fra: Datoen ligger før optagelsen'),
    line('13, Trin fra: Datoen ligger i fremtiden'),
    line('14, Sagsbehandler: Skal udfyldes'),
    line('15, Sagsbehandler: Skal være tom'),
    line('16, Sagsbehandler: Er ikke en aktiv sagsbehandler'),
    line('17, Trin: Kendes ikke. Vælg en af: Indskrivning, Tilknytning'),
    line('18, Borger-id: Feltet ser ud til at indeholde et CPR-nummer'),
    line('18, Sagsnummer: Feltet ser ud til at indeholde et CPR-nummer'),
  ]);
  expect(printed(result)).not.toMatch(/hemmelig|gitte|15027|0101/i);
  expect(await lists.prisma.citizen.count()).toBe(0);
  expect(await lists.prisma.accessLog.count()).toBe(0);
});

it('loads nothing when somebody on the list is admitted in Hjemvej meanwhile', async () => {
  const admitted = Promise.withResolvers<void>();
  let loading: ReturnType<typeof load> | undefined;
  await lists.prisma.$transaction(async (tx) => {
    await tx.citizen.create({ data: { name: 'Gitte', searchName: 'gitte', cprIndex: vault.index('1502750101') } });
    loading = load(row({ id: 'B2', cpr: '150276-0101' }), row());
    setTimeout(() => admitted.resolve(), 500);
    await admitted.promise;
  });
  expect(told((await loading) ?? (await load()))).toEqual([expect.stringMatching(/mens den blev indlæst.*Prøv igen/)]);
  expect(await lists.prisma.referral.count()).toBe(0);
});
