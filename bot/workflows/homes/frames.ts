/** `ramme`: how much of each frame is used, reserved and left. Counts only; nobody's name or case. */
import { z } from 'zod';
import { type FrameUse, frameUse } from '../../domain/frames.ts';
import { Temporal } from '../../domain/time.ts';
import { homesOfSchemes } from '../../store/dwellings.ts';
import { formatDate } from '../../text/danish.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { forThoseWho } from './rights.ts';
import { homeWords } from './words.ts';

const framesType = defineCard({
  template: 'homes/frames',
  data: z.strictObject({
    frames: z.array(
      z.strictObject({
        name: z.string(),
        period: z.string(),
        bar: z.string(),
        figures: z.string(),
        notice: z.string(),
      }),
    ),
  }),
  words: pickWords({ da: homeWords.da.frames, en: homeWords.en.frames }, 'title'),
  inputs: [],
});

export function showFrames(turn: Turn): Promise<BotReply> {
  return forThoseWho('see', turn, async () => {
    const { deps, locale, today } = turn;
    const words = homeWords[locale].frames;
    const uses = frameUse(deps.rules.frames, await homesOfSchemes(deps.prisma), today);
    if (uses.length === 0) return { kind: 'text', text: words.none };
    return {
      kind: 'card',
      card: show(framesType, locale, {
        data: { frames: inForceFirst(uses).map((use) => lineOf(turn, use)) },
        summary: words.title,
        stamp: {},
      }),
    };
  });
}

const inForceFirst = (uses: readonly FrameUse[]): FrameUse[] =>
  [...uses].sort((a, b) => Number(a.ended) - Number(b.ended));

function lineOf({ locale, today }: Turn, { frame, used, reserved, left, over, ended }: FrameUse) {
  const words = homeWords[locale].frames;
  const [first, last] = [Temporal.PlainDate.from(frame.from), Temporal.PlainDate.from(frame.to)];
  const [from, to] = [formatDate(first, locale), formatDate(last, locale)];
  const year = Math.min(Math.max(today.year, first.year), last.year);
  const notices = [...(over ? [words.over(used + reserved - frame.places)] : []), ...(ended ? [words.ended(to)] : [])];
  return {
    name: frame.name,
    period: frame.yearly ? words.yearly(year, from, to) : words.period(from, to),
    bar: barOf(used, reserved, frame.places),
    figures: words.figures(used, reserved, left, frame.places),
    notice: notices.join(' '),
  };
}

const BAR_WIDTH = 20;

/** What is used, reserved and left of the places, as wide on every card; what there is any of is never too thin to see. */
function barOf(used: number, reserved: number, places: number): string {
  const all = Math.max(places, used + reserved, 1);
  const part = (count: number) => (count === 0 ? 0 : Math.max(1, Math.round((count * BAR_WIDTH) / all)));
  const [full, half] = [part(used), part(reserved)];
  const rest = BAR_WIDTH - full - half;
  return `${'█'.repeat(full + Math.min(0, rest))}${'▒'.repeat(half)}${'░'.repeat(Math.max(0, rest))}`;
}
