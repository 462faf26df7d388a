import { words } from '../../text/words.ts';

export const tasksWords = words({
  da: {
    title: 'Mine opgaver',
    none: 'Der venter ikke noget på dig lige nu.',
    count: (shown: number, more: boolean) =>
      more ? `${shown} vist, det mest hastende først` : shown === 1 ? 'Én opgave' : `${shown} opgaver`,
    open: 'Åbn',
    due: (day: string) => `Frist ${day}`,
    next: 'Vis flere',
    previous: 'Vis forrige',
    tellMunicipality: 'Orientér handlekommunen',
    tellCitizen: 'Giv borgeren besked om afgørelsen',
    forColleague: (name: string) => `for ${name}`,
  },
  en: {
    title: 'My tasks',
    none: 'Nothing waits for you right now.',
    count: (shown: number, more: boolean) =>
      more ? `${shown} shown, the most urgent first` : shown === 1 ? 'One task' : `${shown} tasks`,
    open: 'Open',
    due: (day: string) => `Due ${day}`,
    next: 'Show more',
    previous: 'Show previous',
    tellMunicipality: 'Tell the responsible municipality',
    tellCitizen: 'Tell the citizen of the decision',
    forColleague: (name: string) => `for ${name}`,
  },
});
