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
    gone: 'Linket er brugt eller for gammelt. Skriv “referat” til botten for at få et nyt.',
    trouble: (reference: string) =>
      `Noget gik galt hos os. Skriv “referat” til botten for at få et nyt link, og oplys nummer ${reference}, hvis du beder om hjælp.`,
  },
  en: {
    title: 'Document from Hjemvej',
    ready: 'The link works once, and only for five minutes.',
    button: 'Get the document',
    gone: 'The link is used or too old. Write “referat” to the bot to get a new one.',
    trouble: (reference: string) =>
      `Something went wrong on our side. Write “referat” to the bot to get a new link, and give number ${reference} if you ask for help.`,
  },
});
