/** What was said of Bocentret's residents at its last two reviews, and what has been seen of them since. */
import type { DropReason, ReviewOutcome } from '../domain/review/outcomes.ts';

/** What a resident's contact person, caseworker or the shelter's manager agreed to do. */
export interface DemoAction {
  readonly text: string;
  readonly owner: 'contact' | 'caseworker' | 'manager';
  /** So many days after the review. */
  readonly due: number;
  /** What became of it; left out while it is open. */
  readonly ended?: 'done' | DropReason;
}

export interface DemoTalk {
  readonly outcome: ReviewOutcome;
  readonly note?: string;
  readonly action?: DemoAction;
}

/** One review: for each step what was said of those who stand there, the first of them first. Of the others nothing was. */
export interface DemoReview {
  readonly shelter: string;
  readonly weeksAgo: number;
  readonly talks: Readonly<Record<string, readonly DemoTalk[]>>;
  /** How many were not reached; else all who were left are the rest unchanged. */
  readonly notReached: number;
  readonly journaled: boolean;
  readonly away: readonly string[];
  readonly closedBy: string;
}

export const demoReviews: readonly DemoReview[] = [
  {
    shelter: 'bocentret',
    weeksAgo: 2,
    talks: {
      stabilising: [
        {
          outcome: 'progress',
          note: 'Er faldet godt til og kommer til morgenmad hver dag.',
          action: { text: 'Bestil MitID sammen med borgeren', owner: 'contact', due: 6, ended: 'done' },
        },
        {
          outcome: 'stuck',
          note: 'Har mistet sit pas og kan ikke få MitID uden.',
          action: { text: 'Følg borgeren til Borgerservice efter nyt pas', owner: 'contact', due: 9 },
        },
      ],
      assessment: [
        {
          outcome: 'absent',
          action: {
            text: 'Spørg, om samtalen hellere skal holdes i caféen',
            owner: 'contact',
            due: 5,
            ended: 'citizen_declined',
          },
        },
        { outcome: 'progress', note: 'Er begyndt i værkstedet to formiddage om ugen.' },
      ],
      clarification: [
        {
          outcome: 'stuck',
          note: 'Vi mangler et svar fra BIF om betalingsevnen.',
          action: { text: 'Ryk BIF for svar om betalingsevnen', owner: 'caseworker', due: 7 },
        },
      ],
      offer: [{ outcome: 'unchanged', note: 'Er skrevet på listen og kan flytte med kort varsel.' }],
    },
    notReached: 0,
    journaled: true,
    away: ['Tobias Munk'],
    closedBy: 'Mette Holm',
  },
  {
    shelter: 'bocentret',
    weeksAgo: 1,
    talks: {
      stabilising: [
        {
          outcome: 'progress',
          note: 'MitID virker, og NemKonto er oprettet.',
          action: { text: 'Gennemgå regninger og gæld med borgeren', owner: 'contact', due: 10 },
        },
        { outcome: 'stuck', note: 'Tiden i Borgerservice blev flyttet. Ny tid er bestilt.' },
        { outcome: 'absent' },
      ],
      assessment: [
        {
          outcome: 'setback',
          note: 'Har været meget for sig selv, efter at værelseskammeraten flyttede.',
          action: { text: 'Tilbyd et andet værelse', owner: 'manager', due: 2, ended: 'done' },
        },
        {
          outcome: 'progress',
          action: { text: 'Hold de to sidste samtaler om udredningen', owner: 'caseworker', due: 14 },
        },
      ],
      clarification: [
        { outcome: 'stuck', note: 'BIF har stadig ikke svaret.' },
        {
          outcome: 'ready',
          note: 'Vil gerne bo tæt på sin datter i Valby. Ønskerne er skrevet ned.',
          action: { text: 'Send budgettet til sagsbehandleren', owner: 'contact', due: 3, ended: 'done' },
        },
      ],
      nomination: [
        {
          outcome: 'ready',
          note: 'Papirerne er klar til indstilling.',
          action: { text: 'Send indstillingen', owner: 'caseworker', due: 4 },
        },
      ],
      offer: [
        {
          outcome: 'unchanged',
          action: { text: 'Spørg møbeldepotet, hvad der kan hentes', owner: 'contact', due: 12 },
        },
        { outcome: 'escalate', note: 'Har ventet længe og er ved at miste modet.' },
      ],
    },
    notReached: 2,
    journaled: false,
    away: ['Amira Haddad'],
    closedBy: 'Lone Dahl',
  },
];

/** Something seen or heard since the last review: of the resident in this place among those at the step. */
export interface DemoObservation {
  readonly shelter: string;
  readonly step: string;
  readonly nth: number;
  readonly author: 'Mette Holm' | 'Tobias Munk';
  /** So many days after the last review and minutes after midnight; what is still to come is left out. */
  readonly after: { readonly days: number; readonly minutes: number };
  readonly text?: string;
  readonly talked?: true;
  readonly wish?: string;
}

export const demoObservations: readonly DemoObservation[] = [
  {
    ...{ shelter: 'bocentret', step: 'stabilising', nth: 1, author: 'Mette Holm', after: { days: 1, minutes: 620 } },
    text: 'Fik nyt pas i Borgerservice. MitID er bestilt.',
  },
  {
    ...{ shelter: 'bocentret', step: 'assessment', nth: 0, author: 'Tobias Munk', after: { days: 2, minutes: 1265 } },
    ...{ text: 'Spiste med i fællesrummet tre aftener i træk.', talked: true },
  },
  {
    ...{ shelter: 'bocentret', step: 'clarification', nth: 1, author: 'Mette Holm', after: { days: 2, minutes: 820 } },
    ...{ talked: true, wish: 'Helst stueetage, og gerne plads til en hund.' },
  },
  {
    ...{ shelter: 'bocentret', step: 'offer', nth: 1, author: 'Tobias Munk', after: { days: 4, minutes: 1095 } },
    ...{
      text: 'Har sagt, at ventetiden er svær.',
      talked: true,
      wish: 'Vil gerne se en bolig snart, også uden for byen.',
    },
  },
  {
    ...{ shelter: 'bocentret', step: 'stabilising', nth: 1, author: 'Tobias Munk', after: { days: 5, minutes: 570 } },
    text: 'Ryddede selv op i køkkenet og hjalp en ny beboer til rette.',
  },
];
