/** `nedtrapning næste kvartal`: whose rent goes up in a period, the largest gap first. */
import { z } from 'zod';
import { mayShow } from '../../domain/access.ts';
import { parsePeriod } from '../../domain/period.ts';
import { lacksRates, netRentOn, nextStepDown, type Rate } from '../../domain/subsidy.ts';
import { isBefore, type PlainDate } from '../../domain/time.ts';
import { logAccess } from '../../store/access-log.ts';
import { stateRates } from '../../store/rates.ts';
import { homesSteppingDown, type SubsidisedHome } from '../../store/upcoming-steps.ts';
import { formatDate, formatKroner, formatShortDate } from '../../text/danish.ts';
import { initials } from '../../text/normalise.ts';
import { sharedWords } from '../../text/shared.ts';
import { parsePress } from '../act.ts';
import { defineCard, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { subsidyWords } from './words.ts';

const upcomingType = defineCard({
  template: 'subsidy/upcoming',
  data: z.strictObject({
    title: z.string(),
    count: z.string(),
    rows: z.array(
      z.strictObject({
        caseNumber: z.number(),
        title: z.string(),
        text: z.string(),
        gap: z.string(),
        isDear: z.boolean(),
      }),
    ),
    period: z.string(),
    nextOffset: z.number(),
    previousOffset: z.number(),
    hasNext: z.boolean(),
    hasPrevious: z.boolean(),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: [],
});

function pick(locale: 'da' | 'en') {
  const { open, next, previous } = subsidyWords[locale].upcoming;
  return { open, next, previous };
}

const PAGE = 10;
const paging = z.looseObject({
  period: z.string().max(60),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});

interface Step {
  readonly home: SubsidisedHome;
  readonly on: PlainDate;
  readonly riseOere: number;
  readonly estimated: boolean;
  /** How much more it costs then than the citizen can pay; null when that is not known. */
  readonly gapOere: number | null;
}

export function upcomingPressed(turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> {
  const { period, offset } = parsePress(paging, data, 'subsidy.upcoming');
  return upcomingWritten(turn, period, offset);
}

export async function upcomingWritten(turn: Turn, typed: string, offset = 0): Promise<BotReply> {
  const { deps, locale, today, audience } = turn;
  const words = subsidyWords[locale].upcoming;
  const period = parsePeriod(typed, today);
  if (!period) return { kind: 'text', text: words.badPeriod };
  const { from, to } = period;
  const found = (await homesSteppingDown(deps.db, from, to)).filter((home) => maySee(home, audience));
  const rates = await stateRates(deps.db);
  const steps = found.flatMap((home) => stepOf(home, from, to, rates) ?? []).sort(byGap);
  const [first, last] = [formatDate(from, locale), formatDate(to, locale)];
  if (steps.length === 0) return { kind: 'text', text: words.none(first, last) };
  const page = steps.slice(offset, offset + PAGE);
  await logAccess(
    deps.db,
    page.map(({ home }) => ({
      ...{ at: turn.now, staffId: turn.actor.staffId, action: 'read' as const, purpose: 'casework' },
      ...{ operation: 'subsidy.upcoming', citizenId: home.citizen.id, referralId: home.caseId },
    })),
  );
  return {
    kind: 'card',
    card: show(upcomingType, locale, {
      data: {
        title: words.title(first, last),
        count: words.count(steps.length),
        rows: page.map((step) => rowOf(step, turn)),
        period: typed,
        nextOffset: offset + PAGE,
        previousOffset: Math.max(0, offset - PAGE),
        hasNext: steps.length > offset + PAGE,
        hasPrevious: offset > 0,
      },
      summary: words.title(first, last),
      stamp: {},
    }),
  };
}

const maySee = (
  { caseworkerId, supporterId, shelterPath, authorityPath }: SubsidisedHome,
  audience: Turn['audience'],
) =>
  mayShow(audience, {
    ...{ caseworkerId, supporterId },
    // Den boligsociale anvisning follows the homes that it has let only through the case itself.
    paths: { shelter: shelterPath, authority: authorityPath, housing: null },
  }).details;

function stepOf(home: SubsidisedHome, from: PlainDate, to: PlainDate, rates: readonly Rate[]): Step | null {
  const { grant, rents, payableOere } = home;
  const step = nextStepDown(grant, from.subtract({ days: 1 }));
  if (!step || isBefore(to, step.on) || rents.length === 0) return null;
  if (lacksRates(grant, rates)) return null;
  const before = netRentOn(step.on.subtract({ days: 1 }), grant, rates, rents);
  const after = netRentOn(step.on, grant, rates, rents);
  return {
    home,
    on: step.on,
    riseOere: after.netOere - before.netOere,
    estimated: after.basis.kind === 'estimated' || before.basis.kind === 'estimated',
    gapOere: payableOere === null ? null : Math.max(0, after.netOere - payableOere),
  };
}

/** The largest gap first; whose capacity nobody knows comes before those who can pay: somebody has to ask. */
const byGap = (a: Step, b: Step): number => weightOf(b) - weightOf(a) || a.home.caseNumber - b.home.caseNumber;
const weightOf = ({ gapOere }: Step): number => gapOere ?? 0.5;

function rowOf({ home, on, riseOere, gapOere, estimated }: Step, { locale, deps }: Turn) {
  const words = subsidyWords[locale].upcoming;
  const name = deps.personNames === 'full' ? home.citizen.name : initials(home.citizen.name);
  const line = words.line(home.address, formatShortDate(on, locale), formatKroner(riseOere, locale));
  return {
    caseNumber: home.caseNumber,
    title: `${name} · ${sharedWords[locale].caseNumber(home.caseNumber)}`,
    text: estimated ? subsidyWords[locale].about(line) : line,
    gap: gapOere === null ? words.unknown : gapOere > 0 ? words.gap(formatKroner(gapOere, locale)) : words.covered,
    isDear: gapOere !== null && gapOere > 0,
  };
}
