import { words } from '../../text/words.ts';

export const searchWords = words({
  da: {
    title: 'Søg',
    name: 'Navn eller en del af det',
    cpr: 'CPR-nummer (kun her, aldrig som besked)',
    submit: 'Søg',
    again: 'Søg igen',
    open: 'Åbn',
    found: (count: number, more: boolean) =>
      more
        ? `De første ${count}. Skriv mere af navnet, hvis borgeren mangler.`
        : count === 1
          ? 'Én sag'
          : `${count} sager`,
    none: 'Jeg finder ingen sager, som du har adgang til. Prøv en del af navnet eller sagsnummeret.',
    empty: 'Skriv et navn eller et CPR-nummer.',
    closed: 'afsluttet',
    noAccess: 'Din rolle giver ikke adgang til borgernes sager.',
  },
  en: {
    title: 'Search',
    name: 'Name or a part of it',
    cpr: 'CPR number (only here, never as a message)',
    submit: 'Search',
    again: 'Search again',
    open: 'Open',
    found: (count: number, more: boolean) =>
      more
        ? `The first ${count}. Write more of the name if the citizen is missing.`
        : count === 1
          ? 'One case'
          : `${count} cases`,
    none: 'I find no case that you have access to. Try a part of the name, or the case number.',
    empty: 'Write a name or a CPR number.',
    closed: 'closed',
    noAccess: 'Your role gives no access to any cases.',
  },
});
