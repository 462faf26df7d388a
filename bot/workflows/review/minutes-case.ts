import { isBefore, type PlainDate } from '../../domain/time.ts';
import { formatShortDate } from '../../text/danish.ts';
import type { Locale } from '../../text/words.ts';
import type { Block, Column } from '../word-document.ts';
import { documentWords } from './document-words.ts';
import type { MinutesItem } from './minutes.ts';

type Words = (typeof documentWords)[Locale];

/** What the minutes say of one case: its outcome, the notes, what is agreed now and what was agreed earlier. */
export function caseOf(item: MinutesItem, heldOn: PlainDate, locale: Locale): Block[] {
  const words = documentWords[locale];
  const { what, who, when, state } = words.columns;
  const columns: readonly Column[] = [
    { title: what, width: 8 },
    { title: who, width: 4 },
    { title: when, width: 3 },
  ];
  const row = ({ text, owner, dueOn }: MinutesItem['agreed'][number]) => [text, owner, formatShortDate(dueOn, locale)];
  return [
    { kind: 'heading', level: 2, text: words.case(item.caseNumber, item.stage) },
    ...(item.outcome === ''
      ? []
      : [{ kind: 'fact', label: words.outcome, value: words.decided(item.outcome, item.decidedBy) } as const]),
    ...item.notes.map(({ author, text }) => ({ kind: 'note', author, text }) as const),
    ...(item.agreed.length === 0
      ? []
      : [{ kind: 'table', caption: words.agreed, columns, rows: item.agreed.map(row) } as const]),
    ...(item.earlier.length === 0
      ? []
      : [
          {
            kind: 'table',
            caption: words.earlier,
            columns: [...columns, { title: state, width: 5 }],
            rows: item.earlier.map((one) => [...row(one), stateOf(one, heldOn, words)]),
          } as const,
        ]),
  ];
}

function stateOf(
  { state, reason, dueOn }: MinutesItem['earlier'][number],
  heldOn: PlainDate,
  { states }: Words,
): string {
  switch (state) {
    case 'done':
      return states.done;
    case 'dropped':
      return states.dropped(reason);
    case 'open':
      return isBefore(dueOn, heldOn) ? states.overdue : states.open;
  }
}
