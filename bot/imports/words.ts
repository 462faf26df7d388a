/** What the import says. Nothing here repeats what stood in a cell: it may be a name or a CPR number. */
import { type Words, words } from '../text/words.ts';

const danish = {
  problems: {
    // the file
    notFound: 'Filen findes ikke eller kan ikke læses.',
    spreadsheet: 'Filen er et regneark. Gem det som CSV (”CSV UTF-8”), og prøv igen.',
    utf16: 'Filen er gemt som Unicode-tekst (UTF-16). Gem den som ”CSV UTF-8”, og prøv igen.',
    empty: 'Filen har ingen rækker under overskrifterne.',
    quotes: 'Et anførselstegn er ikke afsluttet eller står midt i et felt.',
    missingColumn: 'Kolonnen mangler i filen.',
    unknownColumn: 'Kolonnens overskrift kendes ikke. Ret den, eller fjern kolonnen. Kendte overskrifter',
    duplicateColumn: 'Kolonnen står to gange i filen.',
    noHeaders: 'Ingen af overskrifterne kendes. Første linje skal være overskrifterne. Kendte overskrifter',
    tooManyCells: 'Rækken har flere felter end overskrifterne. Står der et skilletegn i et felt uden anførselstegn?',
    // a cell
    required: 'Skal udfyldes.',
    tooLong: 'Teksten er for lang.',
    holdsCpr: 'Feltet ser ud til at indeholde et CPR-nummer. Det må kun stå i kolonnen CPR-nummer.',
    date: 'Er ikke en dato. Skriv den som 3.3.2027.',
    future: 'Datoen ligger i fremtiden.',
    objectId: 'Er ikke et objekt-id fra Entra (som 5f0c1f5e-0000-4000-8000-000000000001).',
    unitCode: 'Er ikke en enhedskode: højst 40 bogstaver a-z, tal og bindestreger.',
    cprFormat: 'Er ikke et CPR-nummer: det har 10 cifre. Mangler der et 0 forrest?',
    cprDate: 'Er ikke et CPR-nummer: de første seks cifre er ikke en dato.',
    oneOf: 'Kendes ikke. Vælg en af',
    duplicate: 'Står også på linje',
    // units
    unknownUnit: 'Enheden findes hverken i Hjemvej eller i filen.',
    cycle: 'Enheden ligger under sig selv.',
    authorityMissing: 'Et herberg skal have en myndighed, som tager imod dets beboere.',
    authorityNotForThis: 'Kun herberger har en myndighed.',
    authorityIsShelter: 'Et herberg kan ikke være myndighed.',
    agreementNotForThis: 'Kun selvejende herberger har en aftale.',
    // staff
    roleMissing: 'Skal udfyldes, når personen er aktiv.',
    differs: 'Er ikke det samme som på personens første række, linje',
    lastAdministrator: 'Efter denne import ville der ikke være nogen aktiv administrator. Intet er indlæst.',
    everybody: 'Listen har ingen af de nuværende medarbejdere, så alle ville blive gjort inaktive. Intet er indlæst.',
    // residents
    cprOrReason: 'Skriv et CPR-nummer, eller hvorfor der ikke er et.',
    cprAndReason: 'Skal være tom, når der er et CPR-nummer.',
    cprTaken: 'CPR-nummeret hører til en anden borger i Hjemvej.',
    cprDiffers: 'Er et andet CPR-nummer end det, borgeren har i Hjemvej. Ret det, der er forkert, før listen indlæses.',
    notShelter: 'Er ikke et åbent herberg i Hjemvej.',
    noAuthority: 'Herberget har ingen myndighed, som tager imod dets beboere. Ret enheden først.',
    beforeAdmission: 'Datoen ligger før optagelsen.',
    caseworkerMissing: 'Skal udfyldes fra og med trinnet stabilisering.',
    caseworkerTooEarly:
      'Skal være tom, så længe sagen venter på tilknytning. Er der en sagsbehandler, er trinnet stabilisering.',
    notCaseworker: 'Er ikke en aktiv sagsbehandler eller leder for den myndighed, der tager imod herbergets beboere.',
    raced: 'En borger på listen blev indskrevet i Hjemvej, mens den blev indlæst. Intet er indlæst. Prøv igen.',
  },
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
  },
  progress: {
    reading: (rows: string) => `Læser: ${rows} rækker`,
    checking: 'Sammenholder med det, der er i Hjemvej …',
    writing: (done: string, all: string) => `Skriver: ${done} af ${all}`,
  },
  usage: `Brug: npm run import -- staff|units|residents FIL.csv [--dry-run] [--deactivate-missing] [--lang en]

  staff      medarbejdere og deres roller
  units      enheder og herberger
  residents  beboere, på det trin, hvor de står

  --dry-run             kontrollerer alt og fortæller, hvad der ville ske, men skriver intet
  --deactivate-missing  (staff) filen er den fulde liste: de, der ikke står på den, gøres inaktive
  --lang en             svar på engelsk

Kolonnerne står i docs/import.md.`,
} as const;

export type ProblemCode = keyof typeof danish.problems;

export const importWords: Words<typeof danish> = words({
  da: danish,
  en: {
    problems: {
      notFound: 'The file does not exist or cannot be read.',
      spreadsheet: 'The file is a spreadsheet. Save it as CSV (“CSV UTF-8”) and try again.',
      utf16: 'The file is saved as Unicode text (UTF-16). Save it as “CSV UTF-8” and try again.',
      empty: 'The file has no rows below the headers.',
      quotes: 'A quotation mark opens but is not closed, or stands within a field.',
      missingColumn: 'The column is missing from the file.',
      unknownColumn: 'The header of the column is unknown. Correct it or remove the column. Known headers',
      duplicateColumn: 'The column is there twice.',
      noHeaders: 'None of the headers is known. The first line must be the headers. Known headers',
      tooManyCells: 'The row has more fields than there are headers. Does a field without quotes hold a separator?',
      required: 'Must be filled in.',
      tooLong: 'The text is too long.',
      holdsCpr: 'The field seems to hold a CPR number. It may only be in the column CPR-nummer.',
      date: 'Is not a date. Write it as 3.3.2027.',
      future: 'The date lies in the future.',
      objectId: 'Is not an Entra object id (such as 5f0c1f5e-0000-4000-8000-000000000001).',
      unitCode: 'Is not a unit code: at most 40 letters a-z, digits and hyphens.',
      cprFormat: 'Is not a CPR number: that has 10 digits. Is a 0 missing in front?',
      cprDate: 'Is not a CPR number: its first six digits are not a date.',
      oneOf: 'Is unknown. Choose one of',
      duplicate: 'Is on this line too:',
      unknownUnit: 'The unit is neither in Hjemvej nor in the file.',
      cycle: 'The unit lies below itself.',
      authorityMissing: 'A shelter must have an authority that takes its residents.',
      authorityNotForThis: 'Only shelters have an authority.',
      authorityIsShelter: 'A shelter cannot be an authority.',
      agreementNotForThis: 'Only independent shelters have an agreement.',
      roleMissing: 'Must be filled in when the person is active.',
      differs: "Is not the same as on the person's first row, line",
      lastAdministrator: 'After this import there would be no active administrator. Nothing is loaded.',
      everybody: 'The list has none of the present staff, so everybody would be deactivated. Nothing is loaded.',
      cprOrReason: 'Write a CPR number, or why there is none.',
      cprAndReason: 'Must be empty when there is a CPR number.',
      cprTaken: 'The CPR number belongs to another citizen in Hjemvej.',
      cprDiffers:
        'Is not the CPR number that the citizen has in Hjemvej. Correct what is wrong before loading the list.',
      notShelter: 'Is not an open shelter in Hjemvej.',
      noAuthority: 'The shelter has no authority that takes its residents. Correct the unit first.',
      beforeAdmission: 'The date lies before the admission.',
      caseworkerMissing: 'Must be filled in from the step stabilising onwards.',
      caseworkerTooEarly:
        'Must be empty while the case waits for attachment. With a caseworker, the step is stabilising.',
      notCaseworker: "Is not an active caseworker or manager of the authority that takes the shelter's residents.",
      raced: 'A citizen on the list was admitted in Hjemvej while it was loading. Nothing is loaded. Try again.',
    },
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
    },
    progress: {
      reading: (rows) => `Reading: ${rows} rows`,
      checking: 'Comparing with what is in Hjemvej …',
      writing: (done, all) => `Writing: ${done} of ${all}`,
    },
    usage: `Use: npm run import -- staff|units|residents FILE.csv [--dry-run] [--deactivate-missing] [--lang en]

  staff      staff and their roles
  units      units and shelters
  residents  residents, at the step where they stand

  --dry-run             checks everything and tells what would happen, but writes nothing
  --deactivate-missing  (staff) the file is the full list: those who are not on it are deactivated
  --lang en             answers in English

The columns are in docs/import.md.`,
  },
});
