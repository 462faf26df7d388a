import { words } from '../text/words.ts';

export const teamsWords = words({
  da: {
    trouble: (reference: string) =>
      `Noget gik galt hos os; intet er gået tabt, og du kan prøve igen (oplys nummer ${reference}, hvis du spørger om hjælp).`,
  },
  en: {
    trouble: (reference: string) =>
      `Something went wrong on our side; nothing was lost, and you can try again (give number ${reference} if you ask for help).`,
  },
});
