/** `satser`: the regulated amounts of the state's subsidy, entered by a manager with their source. */
import { z } from 'zod';
import { mayDo } from '../../domain/access.ts';
import type { Oere } from '../../domain/money.ts';
import { FIRST_RATE_YEAR, isLikelyRate, lastRateYear } from '../../domain/rates.ts';
import { kroner, number, parseForm, text as textField } from '../../domain/referral/form.ts';
import { type PlainDate, Temporal } from '../../domain/time.ts';
import { stockPath } from '../../store/dwellings.ts';
import { type EnteredRate, enteredRates, enterRate } from '../../store/rates.ts';
import { formatKroner } from '../../text/danish.ts';
import { sharedWords } from '../../text/shared.ts';
import { act, type Change, stampSchema } from '../act.ts';
import { defineCard, show, problemTexts } from '../card.ts';
import type { Turn } from '../context.ts';
import { homeRights, stockSubject } from '../homes/rights.ts';
import type { BotReply } from '../turn.ts';
import { subsidyWords } from './words.ts';

const ratesType = defineCard({
  template: 'subsidy/rates',
  data: z.strictObject({
    banner: z.string(),
    known: z.array(z.strictObject({ text: z.string() })),
    missing: z.string(),
    mayEnter: z.boolean(),
    input: z.strictObject({ year: z.string(), amount: z.string(), source: z.string() }),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: ['year', 'amount', 'source'],
});

function pick(locale: 'da' | 'en') {
  const { title, intro, year, amount, source, submit, problems } = subsidyWords[locale].rates;
  return { title, intro, year, amount, source, submit, problems: { year: problems.year, amount: problems.amount } };
}

type Data = Readonly<Record<string, unknown>>;
const form = (today: PlainDate) => ({
  year: number(FIRST_RATE_YEAR, lastRateYear(today)),
  amount: kroner(),
  source: textField(200),
});

/** When they were changed last: what a card carries as the version it was made from. */
const versionOf = (rates: readonly EnteredRate[]): number =>
  Math.max(0, ...rates.map(({ enteredAt }) => enteredAt?.epochMilliseconds ?? 0));

interface Showing {
  readonly typed?: Data;
  readonly problems?: Readonly<Record<string, string>>;
  readonly banner?: string;
}

export async function showRates(
  turn: Turn,
  { typed = {}, problems = {}, banner = '' }: Showing = {},
): Promise<BotReply> {
  const { deps, locale, today } = turn;
  const words = subsidyWords[locale].rates;
  const subject = stockSubject(await stockPath(deps.prisma));
  const mayEnter = mayDo(turn.actor, 'rate.enter', subject).allowed;
  if (!mayEnter && !(await homeRights(turn)).see) return { kind: 'text', text: words.noAccess };
  const rates = await enteredRates(deps.db);
  const missing = yearsSince(today).filter((year) => rates.every((rate) => rate.year !== year));
  const value = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
  return {
    kind: 'card',
    card: show(ratesType, locale, {
      data: {
        banner,
        known: rates.map(({ year, amountOere, source }) => ({
          text: words.known(year, formatKroner(amountOere, locale), source),
        })),
        missing: missing.length === 0 ? '' : words.missing(missing.join(', ')),
        mayEnter,
        input: { year: value('year') || String(missing[0] ?? ''), amount: value('amount'), source: value('source') },
      },
      summary: words.title,
      errors: problemTexts(problems, locale, words.problems),
      stamp: { version: versionOf(rates) },
    }),
  };
}

/** The years since the subsidy could be used (domain.md § 1.1), this one included. */
const yearsSince = (today: PlainDate): number[] =>
  Array.from({ length: today.year - 2022 }, (_, index) => 2023 + index);

const entering = z.looseObject(stampSchema.shape);
type Entering = z.infer<typeof entering>;

interface Rates {
  readonly rates: readonly EnteredRate[];
  readonly housing: string | null;
}

interface Entered {
  readonly year: number;
  readonly amountOere: Oere;
  readonly before: Oere | null;
}

const enter: Change<Entering, Rates, Entered> = {
  operation: 'rate.enter',
  purpose: 'administration',
  input: entering,
  lock: async (tx, _input, { deps }) => ({
    rates: await enteredRates(tx, { hold: true }),
    housing: await stockPath(deps.prisma),
  }),
  right: ({ housing }) => ({ action: 'rate.enter', subject: stockSubject(housing) }),
  last: ({ rates }) => {
    const latest = rates.find((rate) => (rate.enteredAt?.epochMilliseconds ?? 0) === versionOf(rates));
    const at = Temporal.Instant.fromEpochMilliseconds(versionOf(rates));
    return { version: versionOf(rates), by: latest?.enteredBy ?? null, at };
  },
  async apply({ tx, input, subject: { rates }, turn }) {
    const parsed = parseForm(form(turn.today), input);
    if (!parsed.ok) {
      const codes = Object.entries(parsed.problems).map(([name, code]) => [
        name,
        name === 'source' || code === 'required' ? code : name,
      ]);
      return { kind: 'invalid', problems: Object.fromEntries(codes) as Record<string, string> };
    }
    const { year, amount: amountOere, source } = parsed.answers;
    const others = rates.filter((rate) => rate.year !== year).map((rate) => rate.amountOere);
    if (!isLikelyRate(amountOere, others)) return { kind: 'invalid', problems: { amount: 'unlikely' } };
    await enterRate(tx, { year, amountOere }, source, turn.actor.staffId, turn.now);
    const before = rates.find((rate) => rate.year === year)?.amountOere ?? null;
    return { kind: 'done', result: { year, amountOere, before }, logged: { action: 'change' }, tellings: [] };
  },
};

export async function enterRatePressed(turn: Turn, data: Data): Promise<BotReply> {
  const words = subsidyWords[turn.locale].rates;
  const result = await act(turn, enter, data);
  switch (result.kind) {
    case 'done': {
      const { year, amountOere, before } = result.result;
      const amount = formatKroner(amountOere, turn.locale);
      const banner =
        before === null || before === amountOere
          ? words.saved(year, amount)
          : words.corrected(year, formatKroner(before, turn.locale), amount);
      return showRates(turn, { banner });
    }
    case 'invalid':
      return showRates(turn, { typed: data, problems: result.problems });
    case 'stale':
      return showRates(turn, { typed: data, banner: words.stale(result.last.by ?? sharedWords[turn.locale].nobody) });
    case 'repeat':
      return showRates(turn);
    case 'refused':
    case 'gone':
      return { kind: 'text', text: words.refused };
  }
}
