import { plural } from '../../text/danish.ts';
import { words } from '../../text/words.ts';

export const prepareWords = words({
  da: {
    titleOf: (shelter: string) => `Forbered gennemgang · ${shelter}`,
    waitsFor: (who: string) => `venter på ${who}`,
    due: (due: string) => `frist ${due}`,
    newsTitle: 'Skrevet siden sidste gennemgang',
    noNews: 'Ingen har skrevet noget siden sidste gennemgang.',
    observation: 'Hvad har du set eller hørt?',
    talkedOn: 'Talt med borgeren den',
    wish: 'Borgerens ønske',
    room: 'Værelse',
    contact: 'Kontaktperson',
    saveNext: 'Gem og næste',
    next: 'Næste',
    previous: 'Forrige',
    jump: 'Gå til beboer',
    go: 'Gå',
    saved: (resident: string) => `Gemt for ${resident}.`,
    around: (count: number) =>
      `Du har været ${plural(count, 'den eneste beboer', `alle ${count} beboere`)} igennem og er ved den første igen.`,
    roomNow: (now: string, mine: string) =>
      `Værelset er imens rettet til “${now}”. Dit “${mine}” er ikke gemt. Ret det igen, hvis det er rigtigt.`,
    contactNow: (now: string) =>
      `Kontaktpersonen er imens rettet til ${now}. Dit valg er ikke gemt. Vælg igen, hvis det er rigtigt.`,
    none: 'ingen',
    movedOut: 'Beboeren bor her ikke længere.',
    notKept: (typed: string) => `Det, du skrev, er ikke gemt: “${typed}”`,
    nobody: (shelter: string) => `Der bor ingen på ${shelter} lige nu.`,
    refused: 'Kun herbergets eget personale og ledere kan forberede gennemgangen.',
  },
  en: {
    titleOf: (shelter: string) => `Prepare the review · ${shelter}`,
    waitsFor: (who: string) => `waits for ${who}`,
    due: (due: string) => `due ${due}`,
    newsTitle: 'Written since the last review',
    noNews: 'Nobody has written anything since the last review.',
    observation: 'What have you seen or heard?',
    talkedOn: 'Talked with the citizen on',
    wish: 'The citizen’s wish',
    room: 'Room',
    contact: 'Contact person',
    saveNext: 'Save and next',
    next: 'Next',
    previous: 'Previous',
    jump: 'Go to resident',
    go: 'Go',
    saved: (resident: string) => `Saved for ${resident}.`,
    around: (count: number) =>
      `You have been through ${plural(count, 'the only resident', `all ${count} residents`)} and are at the first again.`,
    roomNow: (now: string, mine: string) =>
      `The room has been changed to “${now}” meanwhile. Your “${mine}” is not saved. Change it again if it is right.`,
    contactNow: (now: string) =>
      `The contact person has been changed to ${now} meanwhile. Your choice is not saved. Choose again if it is right.`,
    none: 'nobody',
    movedOut: 'The resident no longer lives here.',
    notKept: (typed: string) => `What you wrote is not saved: “${typed}”`,
    nobody: (shelter: string) => `Nobody lives at ${shelter} right now.`,
    refused: 'Only the shelter’s own staff and managers can prepare the review.',
  },
});
