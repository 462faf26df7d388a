import { plural } from '../../text/danish.ts';
import { words } from '../../text/words.ts';

export const unreachableWords = words({
  da: {
    gone: (name: string, waiting: number) =>
      `Hjemvej kan ikke skrive til ${name}: appen er fjernet eller blokeret.${waiting === 0 ? '' : ` ${waiting} ${plural(waiting, 'besked', 'beskeder')} venter.`} Opgaverne står stadig i Hjemvej. Bed ${name} om at hente appen igen, eller giv det, der haster, til en kollega.`,
    refused: (name: string) =>
      `Hjemvej kunne ikke aflevere en besked til ${name}: Teams tog ikke imod den. Opgaverne står stadig i Hjemvej. Bed ${name} om at skrive “mine opgaver”, og sig det til dem, der driver Hjemvej.`,
  },
  en: {
    gone: (name: string, waiting: number) =>
      `Hjemvej cannot write to ${name}: the app has been removed or blocked.${waiting === 0 ? '' : ` ${waiting} ${plural(waiting, 'message waits', 'messages wait')}.`} The tasks are still in Hjemvej. Ask ${name} to get the app again, or give what is urgent to a colleague.`,
    refused: (name: string) =>
      `Hjemvej could not deliver a message to ${name}: Teams did not take it. The tasks are still in Hjemvej. Ask ${name} to write “my tasks”, and tell those who run Hjemvej.`,
  },
});
