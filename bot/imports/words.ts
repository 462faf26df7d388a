/** What the import says. Nothing here repeats what stood in a cell: it may be a name or a CPR number. */
import { type Words, words } from '../text/words.ts';
import { problemWords } from './problems.ts';

const danish = {
  problems: problemWords.da,
  summary: {
    line: (line: number) => `Linje ${line}`,
    column: (number: number) => `kolonne ${number}`,
    read: (rows: string) => `${rows} rækker læst.`,
    loaded: 'Indlæst.',
    dryRun: 'Prøvekørsel: intet er skrevet. Sådan ville det gå:',
    refused: (problems: string) => `Intet er indlæst. ${problems} fejl:`,
    added: 'Nye',
    changed: 'Ændrede',
    unchanged: 'Uændrede',
    deactivated: 'Gjort inaktive',
  },
  notes: {
    handOver: (people: string, cases: string) => `${people} har åbne sager, der skal overdrages: ${cases}`,
    movedOn: (cases: string) => `Er på et andet trin i Hjemvej end på listen og er ikke flyttet: ${cases}`,
    closed: (cases: string) => `Er afsluttet i Hjemvej og er ikke åbnet igen: ${cases}`,
    linked: (cases: string) => `Var indskrevet i Hjemvej i forvejen og har fået listens borger-id: ${cases}`,
    modulus11: (lines: string) =>
      `CPR-numre uden gyldigt kontrolciffer. De kan godt være rigtige, men se dem efter. Linje: ${lines}`,
    taken: (lines: string) => `Er tilbudt eller udlejet i Hjemvej. Listens ”Ledig fra” er ikke brugt. Linje: ${lines}`,
    withdrawn: (lines: string) => `Er taget ud i Hjemvej og er ikke taget ind igen. Linje: ${lines}`,
    dwellingLinked: (lines: string) => `Fandtes i Hjemvej i forvejen og har fået listens bolig-id. Linje: ${lines}`,
    leaseEnded: (cases: string) => `Lejemålet er ophørt i Hjemvej og er ikke ændret. Sag: ${cases}`,
    leaseLinked: (cases: string) =>
      `Lejemålet fandtes i Hjemvej i forvejen og har fået listens lejemål-id. Sag: ${cases}`,
  },
  progress: {
    reading: (rows: string) => `Læser: ${rows} rækker`,
    checking: 'Sammenholder med det, der er i Hjemvej …',
    writing: (done: string, all: string) => `Skriver: ${done} af ${all}`,
  },
  usage: `Brug: npm run import -- units|staff|residents|dwellings|leases|rates FIL.csv [--dry-run] [--deactivate-missing] [--lang en]

  units      enheder og herberger
  staff      medarbejdere og deres roller
  residents  beboere, på det trin, hvor de står
  dwellings  boliger, der kan anvises
  leases     lejemål, der løber, med deres tilskud
  rates      de regulerede beløb for det statslige huslejetilskud

  --dry-run             kontrollerer alt og fortæller, hvad der ville ske, men skriver intet
  --deactivate-missing  (staff) filen er den fulde liste: de, der ikke står på den, gøres inaktive
  --lang en             svar på engelsk

Kolonnerne står i docs/import.md.`,
} as const;

/** The notes that name several rows: by the numbers of their cases, or by their lines. */
export type ListNoteCode = Exclude<keyof typeof danish.notes, 'handOver'>;

export const importWords: Words<typeof danish> = words({
  da: danish,
  en: {
    problems: problemWords.en,
    summary: {
      line: (line) => `Line ${line}`,
      column: (number) => `column ${number}`,
      read: (rows) => `${rows} rows read.`,
      loaded: 'Loaded.',
      dryRun: 'Dry run: nothing is written. This would happen:',
      refused: (problems) => `Nothing is loaded. Errors: ${problems}`,
      added: 'Added',
      changed: 'Changed',
      unchanged: 'Unchanged',
      deactivated: 'Deactivated',
    },
    notes: {
      handOver: (people, cases) => `${people} has open cases that need a hand-over: ${cases}`,
      movedOn: (cases) => `Are at another step in Hjemvej than on the list and were not moved: ${cases}`,
      closed: (cases) => `Are closed in Hjemvej and were not opened again: ${cases}`,
      linked: (cases) => `Were admitted in Hjemvej before and now have the list's borger-id: ${cases}`,
      modulus11: (lines) =>
        `CPR numbers without a valid check digit. They may well be right, but check them. Line: ${lines}`,
      taken: (lines) => `Are offered or let in Hjemvej. The list's “Ledig fra” is not used. Line: ${lines}`,
      withdrawn: (lines) => `Are taken out in Hjemvej and were not taken in again. Line: ${lines}`,
      dwellingLinked: (lines) => `Were in Hjemvej before and now have the list's bolig-id. Line: ${lines}`,
      leaseEnded: (cases) => `The lease has ended in Hjemvej and was not changed. Case: ${cases}`,
      leaseLinked: (cases) => `The lease was in Hjemvej before and now has the list's lejemål-id. Case: ${cases}`,
    },
    progress: {
      reading: (rows) => `Reading: ${rows} rows`,
      checking: 'Comparing with what is in Hjemvej …',
      writing: (done, all) => `Writing: ${done} of ${all}`,
    },
    usage: `Use: npm run import -- units|staff|residents|dwellings|leases|rates FILE.csv [--dry-run] [--deactivate-missing] [--lang en]

  units      units and shelters
  staff      staff and their roles
  residents  residents, at the step where they stand
  dwellings  dwellings that may be assigned
  leases     leases that run, with their subsidies
  rates      the regulated amounts of the state rent subsidy

  --dry-run             checks everything and tells what would happen, but writes nothing
  --deactivate-missing  (staff) the file is the full list: those who are not on it are deactivated
  --lang en             answers in English

The columns are in docs/import.md.`,
  },
});
