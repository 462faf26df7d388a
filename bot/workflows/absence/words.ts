import { words } from '../../text/words.ts';

export const absenceWords = words({
  da: {
    title: 'Fravær',
    intro: 'Mens du er væk, kan din stedfortræder handle for dig. Bagefter får du besked om, hvad der blev gjort.',
    who: 'Hvem er fraværende?',
    firstDay: 'Første dag',
    lastDay: 'Sidste dag',
    deputy: 'Stedfortræder',
    submit: 'Gem fravær',
    recorded: (name: string, first: string, last: string, deputy: string) =>
      `${name} er fraværende fra ${first} til ${last}. ${deputy} er stedfortræder.`,
    listTitle: 'Meldt fravær',
    line: (first: string, last: string, deputy: string) => `${first} til ${last}, stedfortræder ${deputy}`,
    cancel: 'Slet',
    cancelled: 'Fraværet er slettet.',
    gone: 'Det fravær er der ikke længere.',
    cancelledFor: (name: string, first: string, last: string, deputy: string) =>
      `Fraværet for ${name} fra ${first} til ${last} er slettet. ${deputy} er ikke stedfortræder i de dage.`,
    nobody: 'Du har ingen kollega med samme rolle, som kan være stedfortræder. Bed din leder om hjælp.',
    refused: 'Du kan ikke melde fravær for den kollega.',
    problems: {
      order: 'Sidste dag ligger før første dag.',
      past: 'Sidste dag ligger før i dag.',
      self: 'Vælg en anden end den fraværende og dig selv.',
      overlap: 'Der er allerede meldt fravær i de dage. Slet det først.',
      deputyAway: 'Stedfortræderen er selv fraværende i de dage. Vælg en anden.',
      chain: 'Den fraværende er selv stedfortræder i de dage. Find en anden stedfortræder til den kollega først.',
    },
  },
  en: {
    title: 'Absence',
    intro: 'While you are away, your deputy can act for you. Afterwards you are told what was done.',
    who: 'Who is away?',
    firstDay: 'First day',
    lastDay: 'Last day',
    deputy: 'Deputy',
    submit: 'Save the absence',
    recorded: (name: string, first: string, last: string, deputy: string) =>
      `${name} is away from ${first} to ${last}. ${deputy} is the deputy.`,
    listTitle: 'Absences reported',
    line: (first: string, last: string, deputy: string) => `${first} to ${last}, deputy ${deputy}`,
    cancel: 'Delete',
    cancelled: 'The absence is deleted.',
    gone: 'That absence is no longer there.',
    cancelledFor: (name: string, first: string, last: string, deputy: string) =>
      `The absence of ${name} from ${first} to ${last} is deleted. ${deputy} is not the deputy on those days.`,
    nobody: 'You have no colleague with the same role who could be your deputy. Ask your manager.',
    refused: 'You cannot report an absence for that colleague.',
    problems: {
      order: 'The last day is before the first.',
      past: 'The last day is before today.',
      self: 'Choose somebody other than the one who is away and yourself.',
      overlap: 'An absence is already reported for those days. Delete it first.',
      deputyAway: 'The deputy is also away on those days. Choose another.',
      chain: 'The one who is away is a deputy on those days. First find another deputy for that colleague.',
    },
  },
});
