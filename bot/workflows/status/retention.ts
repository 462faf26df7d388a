/** `fastholdelse`: how many keep their home, by method of support and time. Counts, never citizens or employees. */
import { z } from 'zod';
import { mayDo } from '../../domain/access.ts';
import { type Retention, retention, retentionMonths } from '../../domain/retention.ts';
import { homesHeld } from '../../store/leases.ts';
import { formatDate } from '../../text/danish.ts';
import { defineCard, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { statusWords } from './words.ts';

const cell = z.strictObject({ text: z.string() });

const retentionType = defineCard({
  template: 'status/retention',
  data: z.strictObject({
    asOf: z.string(),
    head: z.array(cell),
    rows: z.array(z.strictObject({ method: z.string(), homes: z.string(), cells: z.array(cell) })),
  }),
  words: {
    da: {
      title: statusWords.da.retention.title,
      method: statusWords.da.retention.method,
      definition: statusWords.da.retention.definition,
    },
    en: {
      title: statusWords.en.retention.title,
      method: statusWords.en.retention.method,
      definition: statusWords.en.retention.definition,
    },
  },
  inputs: [],
});

/** Fewer citizens than this are not told to those who may not see who they are. */
const FEW = 5;

export async function showRetention(turn: Turn): Promise<BotReply> {
  const { deps, actor, locale, today } = turn;
  const words = statusWords[locale];
  const nowhere = { caseworkerId: null, paths: { shelter: null, authority: null, housing: null } };
  if (!mayDo(actor, 'figures.see', nowhere).allowed) return { kind: 'text', text: words.noFigures };
  const found = retention(await homesHeld(deps.prisma), today);
  if (found.length === 0) return { kind: 'text', text: words.retention.none };
  const seesCitizens = actor.assignments.some(({ role }) => role !== 'track_owner');
  return {
    kind: 'card',
    card: show(retentionType, locale, {
      data: {
        asOf: words.retention.asOf(formatDate(today, locale)),
        head: retentionMonths.map((months) => ({ text: words.retention.months(months) })),
        rows: found.map((row) => rowOf(row, turn, seesCitizens)),
      },
      summary: words.retention.title,
    }),
  };
}

function rowOf({ method, homes, marks }: Retention, { locale }: Turn, seesCitizens: boolean) {
  const words = statusWords[locale].retention;
  const names: Readonly<Record<string, string>> = words.methods;
  const isFew = (count: number) => !seesCitizens && count > 0 && count < FEW;
  return {
    method: method === null ? words.unknown : (names[method] ?? method),
    homes: words.homes(isFew(homes) ? words.tooFew : String(homes)),
    cells: marks.map(({ of, kept }) => ({
      // A few of many would tell as much as a few: the mark is left out as a whole.
      text:
        of === 0
          ? words.nobody
          : isFew(of) || isFew(of - kept) || isFew(kept)
            ? words.tooFew
            : words.share(String(kept), String(of)),
    })),
  };
}
