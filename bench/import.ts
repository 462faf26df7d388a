/** How fast `npm run import` loads residents, dwellings and leases: `node bench/import.ts [residents]`, 100,000 unless told. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { legalDate, Temporal } from '../bot/domain/time.ts';
import { type ImportKindName, runImport } from '../bot/imports/run.ts';
import { createCprVault } from '../bot/store/cpr-vault.ts';
import { openDatabase } from '../bot/store/database.ts';
import { applyMigrations } from '../bot/store/migrate.ts';
import { startThrowaway } from '../bot/store/throwaway.ts';

const CASEWORKER = '5f0c1f5e-0000-4000-8000-000000000002';
const UNITS = [
  'Kode;Navn;Type;Overordnet;Myndighed',
  'sf;Socialforvaltningen;forvaltning;;',
  'hjemloese;Hjemløseenheden;enhed;sf;',
  'bocentret;Bocentret;herberg;sf;hjemloese',
];
const STAFF = ['Entra-objekt-id;Navn;Rolle;Enhed', `${CASEWORKER};Jonas Lind;sagsbehandler;hjemloese`];

/** Each row with a name, a CPR number and a caseworker of its own, as a real list has them. */
function residentLines(rows: number, today: Temporal.PlainDate): string[] {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = (daysAgo: number) => {
    const date = today.subtract({ days: daysAgo });
    return `${date.day}.${date.month}.${date.year}`;
  };
  const lines = ['Borger-id;Navn;CPR-nummer;Herberg;Optaget den;Henvist fra;Trin;Trin fra;Sagsbehandler;Sagsnummer'];
  for (let at = 0; at < rows; at++) {
    const birthday = `${two((at % 27) + 2)}${two((Math.floor(at / 27) % 12) + 1)}${two(56 + (Math.floor(at / 324) % 44))}`;
    const cpr = `${birthday}-${String(Math.floor(at / 14_256)).padStart(4, '0')}`;
    const name = `Borger ${at.toString(36)} Prøve${(at * 7919).toString(36)}`;
    lines.push(`B${at};${name};${cpr};bocentret;${day(90)};Kommune;Udredning;${day(at % 60)};${CASEWORKER};H-${at}`);
  }
  return lines;
}

/** The homes of every fifth resident, in estates of a hundred dwellings. */
function homeLines(homes: number): { readonly dwellings: string[]; readonly leases: string[] } {
  const dwellings = [
    'Bolig-id;Boligorganisation;Afdeling;Adresse;Postnummer;By;Rum;Areal m²;Husleje;Husleje fra;Ordning',
  ];
  const leases = ['Lejemål-id;Bolig-id;Borger-id;Begyndt den;Basisår;Husleje;Boligstøtte søgt;Indskudslån'];
  for (let at = 0; at < homes; at++) {
    const estate = `Afdeling ${Math.floor(at / 100)}`;
    dwellings.push(`D${at};Prøveforeningen;${estate};Prøvevej ${at};2400;København NV;2;52;4.800;1.1.2026;stat`);
    const starts = `${(at % 28) + 1}.${(at % 12) + 1}.2024`;
    leases.push(`L${at};D${at};B${at * 5};${starts};2024;4.612,50;nej;ja`);
  }
  return { dwellings, leases };
}

/** Loads the rows into a new database, then the same rows again; rows a second of both. */
export async function benchImport(rows: number, print: (line: string) => void): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hjemvej-bench-'));
  const server = await startThrowaway();
  const database = openDatabase(server.url, { max: 2 });
  try {
    await applyMigrations(server.url);
    const vault = createCprVault({ index: randomBytes(32), sealing: [{ id: 'bench', key: randomBytes(32) }] });
    const now = Temporal.Now.instant();
    const load = async (kind: ImportKindName, lines: readonly string[]): Promise<number> => {
      const file = path.join(folder, `${kind}.csv`);
      await writeFile(file, lines.join('\r\n'));
      const started = performance.now();
      const result = await runImport(
        { kind, file, dryRun: false },
        {
          ...{ prisma: database.prisma, vault, now, today: legalDate(now), deactivateMissing: false, locale: 'en' },
          onProgress: () => {},
        },
      );
      if (!result.ok) throw new Error(`The bench's own list was refused: ${JSON.stringify(result.problems[0])}`);
      return (performance.now() - started) / 1000;
    };
    await load('units', UNITS);
    await load('staff', STAFF);
    const twice = async (kind: ImportKindName, lines: readonly string[]) => {
      const count = lines.length - 1;
      for (const what of [`new ${kind}`, 'the same again']) {
        const seconds = await load(kind, lines);
        print(`import: ${count} rows, ${what}: ${seconds.toFixed(1)} s, ${Math.round(count / seconds)} rows/s`);
      }
    };
    await twice('residents', residentLines(rows, legalDate(now)));
    const { dwellings, leases } = homeLines(Math.floor(rows / 5));
    await twice('dwellings', dwellings);
    await twice('leases', leases);
    print(`import: at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB of memory`);
  } finally {
    await database.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await benchImport(Number(process.argv[2] ?? 100_000), (line) => console.log(line));
