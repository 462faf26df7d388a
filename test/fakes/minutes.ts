/** The minutes of a made-up review of a size that shelters know. */
import { Temporal } from '../../bot/domain/time.ts';
import type { Minutes, MinutesItem } from '../../bot/workflows/review/minutes.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

const bare = {
  outcome: '',
  decidedBy: '',
  notes: [],
  agreed: [],
  earlier: [],
} as const;

const decided: MinutesItem[] = [
  {
    ...bare,
    caseNumber: 142,
    stage: 'Udredning',
    reached: 'decided',
    outcome: 'Fremskridt',
    decidedBy: 'Mette Holm',
    notes: [
      {
        author: 'Mette Holm',
        text: 'Har selv ringet til lægen og fået en tid den 2. december.\nVil gerne have Bo med.',
      },
      { author: 'Jonas Lind', text: 'Boligønsket er nu <Amager> & omegn; **ikke** {{DATE(2026-12-02,SHORT)}}.' },
    ],
    agreed: [
      { text: 'Følg med til lægen kl. 10, og tag kortet med', owner: 'Bo Bang', dueOn: day('2026-12-02') },
      { text: 'Send ansøgningen om boligindskud', owner: 'Jonas Lind', dueOn: day('2026-11-27') },
    ],
    earlier: [
      { text: 'Bestil pas', owner: 'Bo Bang', dueOn: day('2026-11-18'), state: 'done', reason: '' },
      {
        text: 'Kontakt til den tidligere udlejer om restance og nøgler',
        owner: 'Jonas Lind',
        dueOn: day('2026-11-20'),
        state: 'dropped',
        reason: 'Ikke længere relevant',
      },
      { text: 'Samtale om økonomi', owner: 'Mette Holm', dueOn: day('2026-11-20'), state: 'open', reason: '' },
    ],
  },
  {
    ...bare,
    caseNumber: 155,
    stage: 'Tilbud om bolig',
    reached: 'decided',
    outcome: 'Går i stå',
    decidedBy: 'Bo Bang',
    notes: [{ author: 'Bo Bang', text: 'Venter på svar fra boligselskabet siden 9. november.' }],
    agreed: [{ text: 'Ryk boligselskabet', owner: 'Sanne Krogh', dueOn: day('2026-11-26') }],
  },
  {
    ...bare,
    caseNumber: 161,
    stage: 'Indskrivning',
    reached: 'decided',
    outcome: 'Skal ses af leder',
    decidedBy: 'Mette Holm',
    notes: [{ author: 'Mette Holm', text: 'Har ikke været set på stedet siden mandag.' }],
  },
  ...[163, 164, 170, 171, 180, 188, 190, 192, 195].map((caseNumber, index): MinutesItem => ({
    ...bare,
    caseNumber,
    stage: index % 2 === 0 ? 'Udredning' : 'Indstilling til bolig',
    reached: 'decided',
    outcome: index % 3 === 0 ? 'Klar til næste trin' : 'Uændret',
    decidedBy: 'Mette Holm',
  })),
];

const unchanged = [201, 202, 203, 205, 208, 211, 214, 219, 220].map((caseNumber, index): MinutesItem => ({
  ...bare,
  caseNumber,
  stage: index % 2 === 0 ? 'Venter på bolig' : 'Opfølgning i egen bolig',
  reached: 'rest-unchanged',
  outcome: 'Uændret',
  decidedBy: 'Hans Ask',
  earlier:
    index === 4
      ? [{ text: 'Bestil flyttebil', owner: 'Bo Bang', dueOn: day('2026-12-04'), state: 'open', reason: '' }]
      : [],
}));

const left = [230, 231].map((caseNumber): MinutesItem => ({
  ...bare,
  caseNumber,
  stage: 'Udredning',
  reached: 'not-reached',
}));

export const exampleMinutes: Minutes = {
  shelter: 'Bocentret',
  heldOn: day('2026-11-25'),
  startedAt: Temporal.Instant.from('2026-11-25T09:02:00Z'),
  closedAt: Temporal.Instant.from('2026-11-25T10:34:00Z'),
  closedBy: 'Hans Ask',
  attended: ['Hans Ask', 'Mette Holm', 'Bo Bang', 'Jonas Lind'],
  absent: ['Sanne Krogh'],
  items: [...decided, ...unchanged, ...left],
};
