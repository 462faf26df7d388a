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
