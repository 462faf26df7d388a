import { words } from '../../text/words.ts';

export const tasksWords = words({
  da: {
    title: 'Mine opgaver',
    none: 'Der venter ikke noget på dig lige nu.',
    count: (shown: number, more: boolean) =>
      more ? `De ${shown}, der har ventet længst` : shown === 1 ? 'Én opgave' : `${shown} opgaver`,
    open: 'Åbn',
    due: (day: string) => `Frist ${day}`,
    next: 'Vis flere',
    previous: 'Vis forrige',
    tellMunicipality: 'Orientér handlekommunen',
    tellCitizen: 'Fortæl borgeren om afgørelsen',
    forColleague: (name: string) => `for ${name}`,
  },
  en: {
    title: 'My tasks',
    none: 'Nothing waits for you right now.',
    count: (shown: number, more: boolean) =>
      more ? `The ${shown} that have waited longest` : shown === 1 ? 'One task' : `${shown} tasks`,
    open: 'Open',
    due: (day: string) => `Due ${day}`,
    next: 'Show more',
    previous: 'Show previous',
    tellMunicipality: 'Tell the responsible municipality',
    tellCitizen: 'Tell the citizen of the decision',
    forColleague: (name: string) => `for ${name}`,
  },
});
