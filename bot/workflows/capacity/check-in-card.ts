/** A check-in as a card: its top is the same for both sides, below it each has its own part to fill in. */
import { z } from 'zod';
import { isShownTo, measures, type Side } from '../../domain/capacity.ts';
import { type Form, inputValue } from '../../domain/referral/form.ts';
import type { CheckIn } from '../../store/check-ins.ts';
import type { Colleague } from '../../store/people.ts';
import { problemTexts } from '../card.ts';
import { sharedWords } from '../../text/shared.ts';
import { factSchema, type Reader } from '../referral/present.ts';
import { factsOf, type HomeFacts, measureField, measureText, nameOf } from './facts.ts';
import { partWords } from './part-words.ts';
import { sidesOf, type Standing } from './standing.ts';
import { capacityWords } from './words.ts';

export interface CheckInShowing {
  readonly standing: Standing;
  /** Null where there is no home yet. */
  readonly home: HomeFacts | null;
  /** Those of BIF who can answer. */
  readonly colleagues: readonly Colleague[];
  /** Those who can carry a measure out. */
  readonly owners: readonly Colleague[];
  /** What the case knows of the household, until SF has filled its part in. */
  readonly household: { readonly adults: number | null; readonly children: number | null };
  readonly banner?: string;
  readonly typed?: Readonly<Record<string, unknown>>;
  readonly problems?: Readonly<Record<string, string>>;
}

const option = z.strictObject({ title: z.string(), value: z.string() });
export const options = z.array(option);

/** The most measures on a card; the next one comes when one has ended. */
const MEASURES = 3;

/** What the top of both cards shows. */
export const topShape = {
  title: z.string(),
  subtitle: z.string(),
  banner: z.string(),
  facts: z.array(factSchema),
  measures: z.array(z.strictObject({ text: z.string(), measureId: z.string(), mayEnd: z.boolean() })).max(MEASURES),
  /** Blank where there are none. */
  measuresTitle: z.string(),
  newMeasures: options,
  owners: options,
};
export const topWords = ['done', 'dropped', 'measureTitle', 'measure', 'owner', 'due'] as const;

export function topOf(checkIn: CheckIn, reader: Reader, side: Side, showing: CheckInShowing) {
  const { locale, actor } = reader;
  const { standing, home, banner = '', owners } = showing;
  const words = capacityWords[locale];
  const readers = sidesOf(standing);
  const listed = checkIn.measures.filter(
    (measure) => measure.outcome === null && isShownTo(measureField(measure), readers),
  );
  const shown = listed.slice(0, MEASURES);
  return {
    title: words.title,
    subtitle: `${nameOf(checkIn, reader)} · ${sharedWords[locale].caseNumber(checkIn.caseNumber)}`,
    banner,
    facts: factsOf(checkIn, reader, home, readers),
    measures: shown.map((measure) => ({
      text: measureText(measure, reader),
      measureId: measure.id,
      mayEnd: standing.measures.includes(measure.id),
    })),
    measuresTitle: shown.length === 0 ? '' : partWords[locale].openMeasures(shown.length, listed.length),
    newMeasures: choicesOf(measures[side], words.measures),
    owners: peopleIn(owners.filter(({ id }) => id !== actor.staffId)),
  };
}

export const choicesOf = (codes: readonly string[], table: Readonly<Record<string, string>>) =>
  codes.map((value) => ({ title: table[value] ?? value, value }));
export const peopleIn = (colleagues: readonly Colleague[]) =>
  colleagues.map(({ id, name }) => ({ title: name, value: id }));

export const stampOf = ({ id, version }: CheckIn) => ({ checkInId: id, version });

export const errorsOf = ({ problems = {} }: CheckInShowing, { locale }: Reader): Record<string, string> =>
  problemTexts(problems, locale, partWords[locale].problems);

/** What an input shows: what was typed, else what was said last, so that nobody types the same twice. */
export const inputsOf =
  (form: Form, { typed }: CheckInShowing, said: Readonly<Record<string, unknown>>) =>
  (name: string): string =>
    inputValue(form[name]?.kind ?? 'text', (typed ?? said)[name]);
