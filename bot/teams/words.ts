import { words } from '../text/words.ts';

export const teamsWords = words({
  da: {
    trouble: (reference: string) =>
      `Noget gik galt hos os. Intet er gået tabt. Prøv igen, og oplys nummer ${reference}, hvis du beder om hjælp.`,
  },
  en: {
    trouble: (reference: string) =>
      `Something went wrong on our side. Nothing was lost. Try again, and give number ${reference} if you ask for help.`,
  },
});

/** The page on which a document is fetched. */
export const documentPageWords = words({
  da: {
    title: 'Dokument fra Hjemvej',
    ready: 'Linket virker én gang og kun i fem minutter.',
    button: 'Hent dokumentet',
    gone: 'Linket er brugt eller for gammelt. Bed botten om dokumentet igen, så får du et nyt.',
    trouble: (reference: string) =>
      `Noget gik galt hos os. Bed botten om dokumentet igen, og oplys nummer ${reference}, hvis du beder om hjælp.`,
  },
  en: {
    title: 'Document from Hjemvej',
    ready: 'The link works once, and only for five minutes.',
    button: 'Get the document',
    gone: 'The link is used or too old. Ask the bot for the document again to get a new one.',
    trouble: (reference: string) =>
      `Something went wrong on our side. Ask the bot for the document again, and give number ${reference} if you ask for help.`,
  },
});
