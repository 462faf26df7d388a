/** The rent plan that a citizen takes home: one page in plain Danish. It names nobody but whom to ring. */
import { type Level, levelsFrom } from '../../domain/forecast.ts';
import type { Oere } from '../../domain/money.ts';
import { firstDayOf } from '../../domain/subsidy.ts';
import type { PlainDate } from '../../domain/time.ts';
import { formatDate, formatKroner } from '../../text/danish.ts';
import { type Block, wordDocument } from '../word-document.ts';
import type { PhaseDown } from './phase-down-card.ts';

export interface RentPlan extends Pick<PhaseDown, 'grant' | 'rents' | 'rates'> {
  readonly address: string;
  /** Whom to ring; blank when nobody is named. */
  readonly helper: string;
  readonly today: PlainDate;
}

const kroner = (amount: Oere) => formatKroner(amount, 'da');
const day = (date: PlainDate) => formatDate(date, 'da');

export function rentPlanDocument(plan: RentPlan): Promise<Uint8Array> {
  const { address, today } = plan;
  return wordDocument({
    locale: 'da',
    title: 'Din husleje år for år',
    subtitle: address,
    footer: `Huslejeplan, ${day(today)}`,
    blocks: blocksOf(plan),
  });
}

export const rentPlanFilename = (today: PlainDate): string => `huslejeplan-${today.toString()}.docx`;

function blocksOf({ grant, rates, rents, today, helper }: RentPlan): Block[] {
  const from = firstDayOf(grant, today);
  const levels = levelsFrom(from, grant, rates, rents);
  const [now] = levels;
  // Where an estimate begins, the amount may be the same.
  const next = levels.find(({ netOere }) => netOere !== now?.netOere);
  const estimated = levels.some(({ basis }) => basis.kind === 'estimated');
  const most = levels.at(-1);
  return [
    { kind: 'text', text: WHY[grant.scheme] },
    ...(now ? [{ kind: 'key' as const, text: `Nu betaler du ${kroner(now.netOere)} om måneden.` }] : []),
    ...(now && next ? [{ kind: 'key' as const, text: changeText(now, next) }] : []),
    ...(most && most !== now
      ? [{ kind: 'text' as const, text: `Fra ${day(most.from)} betaler du ${kroner(most.netOere)} om måneden.` }]
      : []),
    {
      kind: 'table',
      columns: [
        { title: 'Fra', width: 3 },
        { title: 'Husleje', width: 2 },
        { title: 'Tilskud', width: 2 },
        { title: 'Du betaler', width: 2 },
      ],
      rows: levels.map(({ from: first, rentOere, subsidyOere, netOere, basis }, index) => {
        const mark = basis.kind === 'estimated' ? ' *' : '';
        return [index === 0 ? 'Nu' : day(first), kroner(rentOere), kroner(subsidyOere) + mark, kroner(netOere) + mark];
      }),
    },
    { kind: 'heading', level: 1, text: 'Godt at vide' },
    ...(estimated
      ? [{ kind: 'text' as const, text: '* Beløbet er et skøn. Staten fastsætter tilskuddet for hvert år.' }]
      : []),
    { kind: 'text', text: 'Huslejen kan også ændre sig af andre grunde. Det skriver boligorganisationen til dig om.' },
    { kind: 'text', text: 'Boligstøtte er ikke regnet med. Du kan søge om boligstøtte på borger.dk.' },
    { kind: 'heading', level: 1, text: 'Bliver huslejen for dyr?' },
    {
      kind: 'text',
      text: `Sig til, så snart du er i tvivl, og gerne før huslejen stiger. ${helper === '' ? 'Tal med din sagsbehandler i kommunen.' : `Tal med ${helper} i kommunen.`}`,
    },
    { kind: 'small', text: 'Planen er vejledende. Den er ikke en afgørelse.' },
  ];
}

const changeText = (now: Level, next: Level): string => {
  const change = next.netOere - now.netOere;
  return `Fra ${day(next.from)} betaler du ${kroner(Math.abs(change))} ${change < 0 ? 'mindre' : 'mere'} om måneden.`;
};

/** What the citizen is told of the subsidy, by scheme. */
const WHY: Readonly<Record<PhaseDown['grant']['scheme'], string>> = {
  state_subsidy:
    'Der er et tilskud fra staten til din husleje. Efter nogle år bliver tilskuddet mindre, og så betaler du mere selv. Her kan du se, hvornår og hvor meget.',
  transitional:
    'Kommunen giver et tilskud til din husleje, så længe boligen er en udslusningsbolig. Her kan du se, hvad du betaler.',
  permanent_subsidy: 'Der er et fast tilskud til din husleje. Her kan du se, hvad du betaler.',
  none: 'Her kan du se, hvad du betaler i husleje.',
};
