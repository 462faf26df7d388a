import { words } from '../../text/words.ts';

export const absenceWords = words({
  da: {
    title: 'Fravær',
    intro: 'Mens du er væk, kan din stedfortræder handle for dig. Du får besked om det, der blev gjort.',
    who: 'Hvem er fraværende',
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
    nobody: 'Du har ingen kollega med samme rolle, som kan være stedfortræder. Bed din leder om hjælp.',
    refused: 'Du kan ikke melde fravær for den kollega.',
    problems: {
      order: 'Sidste dag ligger før første dag.',
      past: 'Sidste dag er allerede gået.',
      self: 'Vælg en anden end den fraværende.',
      overlap: 'Der er allerede meldt fravær i de dage. Slet det først.',
      deputyAway: 'Stedfortræderen er selv fraværende i de dage. Vælg en anden.',
      chain: 'Den fraværende er selv stedfortræder i de dage. Find en anden stedfortræder til den kollega først.',
    },
  },
  en: {
    title: 'Absence',
    intro: 'While you are away, your deputy can act for you. You are told what was done.',
    who: 'Who is away',
    firstDay: 'First day',
    lastDay: 'Last day',
    deputy: 'Deputy',
    submit: 'Save the absence',
    recorded: (name: string, first: string, last: string, deputy: string) =>
      `${name} is away from ${first} to ${last}. ${deputy} is the deputy.`,
    listTitle: 'Absences recorded',
    line: (first: string, last: string, deputy: string) => `${first} to ${last}, deputy ${deputy}`,
    cancel: 'Delete',
    cancelled: 'The absence is deleted.',
    nobody: 'You have no colleague with the same role who could be your deputy. Ask your manager.',
    refused: 'You cannot record an absence for that colleague.',
    problems: {
      order: 'The last day lies before the first.',
      past: 'The last day has passed.',
      self: 'Choose somebody else than the one who is away.',
      overlap: 'An absence is recorded in those days already. Delete it first.',
      deputyAway: 'The deputy is away too in those days. Choose another.',
      chain: 'The one who is away is a deputy in those days. Find that colleague another deputy first.',
    },
  },
});
