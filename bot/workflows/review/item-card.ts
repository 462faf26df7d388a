/** One resident on one card: where they stand, what is new, and what the review says. */
import { z } from 'zod';
import { inputValue } from '../../domain/referral/form.ts';
import { reviewOutcomes } from '../../domain/review/outcomes.ts';
import { legalDate } from '../../domain/time.ts';
import type { CaseFile } from '../../store/cases.ts';
import type { Observation } from '../../store/observations.ts';
import type { Colleague } from '../../store/people.ts';
import type { ReviewAction } from '../../store/review-actions.ts';
import type { ItemNote, LastSaid, Review, ReviewItem } from '../../store/reviews.ts';
import { days, formatShortDate, formatTime } from '../../text/danish.ts';
import { defineCard, show, problemTexts } from '../card.ts';
import { openStep, stepTurn } from '../referral/case.ts';
import { stayFacts } from '../referral/home-facts.ts';
import { type Fact, factSchema, type Reader, stageTitle, standing, when } from '../referral/present.ts';
import { referralWords } from '../referral/words.ts';
import type { CardView } from '../turn.ts';
import { actionText, reasonsText, residentLine } from './present.ts';
import { atMost, cut, shared } from './room.ts';
import { reviewWords } from './words.ts';

const option = z.strictObject({ title: z.string(), value: z.string() });
export const said = z.strictObject({ from: z.string(), text: z.string() });

const itemType = defineCard({
  template: 'review/item',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    banner: z.string(),
    reasons: z.string(),
    facts: z.array(factSchema),
    news: z.array(said),
    hasNews: z.boolean(),
    notes: z.array(said),
    hasNotes: z.boolean(),
    actions: z.array(option),
    hasActions: z.boolean(),
    outcomes: z.array(option),
    people: z.array(option),
    input: z.strictObject({
      done: z.string(),
      outcome: z.string(),
      note: z.string(),
      actionText: z.string(),
      actionOwner: z.string(),
      actionDue: z.string(),
    }),
    addsAction: z.boolean(),
    step: z.string(),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: ['done', 'outcome', 'note', 'actionText', 'actionOwner', 'actionDue'],
});

function pick(locale: 'da' | 'en') {
  const { newsTitle, notesTitle, done, outcome, note, addAction, actionText, actionOwner, actionDue } =
    reviewWords[locale].item;
  const { unchanged, saveNext, absent, skip, previous, agenda } = reviewWords[locale].item;
  return {
    ...{ newsTitle, notesTitle, done, outcome, note, addAction, actionText, actionOwner, actionDue },
    ...{ unchanged, saveNext, absent, skip, previous, agenda },
  };
}

/** What stands on the card besides the review and the case. */
export interface ItemDetails {
  readonly file: CaseFile;
  /** Of this resident, at this review. */
  readonly notes: readonly ItemNote[];
  readonly openActions: readonly ReviewAction[];
  readonly observations: readonly Observation[];
  /** The last time that something was said of the resident, at an earlier review. */
  readonly last: LastSaid | null;
  /** Whom an action can be given to. */
  readonly people: readonly Colleague[];
}

export interface ItemShowing {
  readonly banner?: string;
  readonly typed?: Readonly<Record<string, unknown>>;
  readonly problems?: Readonly<Record<string, string>>;
}

/** A card has room for so many; the others are on the case. */
const MOST = 8;
const MOST_NEWS = 5;
const MOST_PEOPLE = 80;
/** Characters of one text, and of all of a kind. */
const LONGEST = 400;
const ROOM = { notes: 2_400, news: 1_500, last: 800 } as const;
const LONGEST_ACTION = 150;

export function itemCard(
  review: Review,
  item: ReviewItem,
  details: ItemDetails,
  reader: Reader,
  { banner = '', typed = {}, problems = {} }: ItemShowing = {},
): CardView {
  const { locale } = reader;
  const words = reviewWords[locale];
  const { file, notes, openActions, people } = details;
  const value = (name: string) => inputValue('text', typed[name]);
  const invited = [value('actionOwner'), ...review.participants.map(({ id }) => id)];
  const open = openStep(file);
  const mayStep = open !== null && stepTurn(file, reader.actor).kind === 'may';
  const position = review.items.findIndex(({ id }) => id === item.id) + 1;
  const problemOf = (name: string) => name in problems;
  return show(itemType, locale, {
    data: {
      title: residentLine(item, reader),
      subtitle: [
        words.item.at(position, review.items.length),
        review.shelter.name,
        item.room && words.agenda.room(item.room),
        item.contact && words.item.contact(item.contact),
      ]
        .filter(Boolean)
        .join(' · '),
      banner,
      reasons: reasonsText(item.reasons, locale),
      facts: factsOf(item, details, reader),
      ...newsOf(details, reader),
      notes: texts(notes.slice(-MOST), ROOM.notes, ({ author, at }) => `${author}, ${when(at, reader)}`),
      hasNotes: notes.length > 0,
      actions: openActions
        .slice(0, MOST)
        .map((one) => ({ title: actionText({ ...one, text: cut(one.text, LONGEST_ACTION) }, reader), value: one.id })),
      hasActions: openActions.length > 0,
      outcomes: reviewOutcomes.map((code) => ({ title: words.outcomes[code], value: code })),
      people: atMost(people, invited, MOST_PEOPLE).map(({ id, name }) => ({ title: name, value: id })),
      input: {
        done: value('done'),
        outcome: value('outcome'),
        note: value('note'),
        actionText: value('actionText'),
        actionOwner: value('actionOwner'),
        actionDue: value('actionDue'),
      },
      addsAction: ['actionText', 'actionOwner', 'actionDue'].some((name) => problemOf(name) || value(name) !== ''),
      step: mayStep ? referralWords[locale].doStep(stageTitle(file, open.step.id, reader)) : '',
    },
    summary: `${words.titleOf(review.shelter.name)}: ${words.item.at(position, review.items.length)}`,
    errors: problemTexts(problems, locale, words.item.problems),
    stamp: {
      ...{ reviewId: review.id, itemId: item.id, version: 0 },
      // What was said of the resident when the card was made: whoever says something else since is told apart by it.
      decidedAt: item.decidedAt?.epochMilliseconds ?? 0,
    },
  });
}

function factsOf(item: ReviewItem, { file, last }: ItemDetails, reader: Reader): Fact[] {
  const { locale, today } = reader;
  const words = reviewWords[locale];
  const stands = standing(file, reader);
  const stayed = file.stay.decidedOn.until(file.stay.endedOn ?? today).days;
  const facts = [
    { title: words.item.stage, value: [stands.stage, stands.inStep].filter(Boolean).join(' · ') },
    {
      title: words.item.waitsFor,
      value: [stands.who, stands.due && words.item.due(stands.due)].filter(Boolean).join(' · '),
    },
    { title: words.item.stay, value: days(stayed, locale) },
    ...stayFacts(file, reader),
    {
      title: last ? words.item.last(formatShortDate(last.heldOn, locale)) : '',
      value: last
        ? [
            words.item.decidedBy(words.outcomes[last.outcome], last.by ?? ''),
            ...shared(last.notes, ROOM.last, LONGEST),
          ].join('. ')
        : '',
    },
    {
      title: words.item.decided,
      value: item.outcome ? words.item.decidedBy(words.outcomes[item.outcome], item.decidedBy?.name ?? '') : '',
    },
  ];
  return facts.filter(({ value }) => value !== '');
}

/** What shelter staff have entered since the last review, the latest first. */
export function newsOf(
  { observations }: Pick<ItemDetails, 'observations'>,
  { locale }: Pick<Reader, 'locale'>,
  most = MOST_NEWS,
) {
  const words = reviewWords[locale].item;
  const news = observations.slice(0, most).map(({ author, at, text, talkedOn, wish }) => ({
    ...{ author, at },
    text: [
      text ?? '',
      wish === null ? '' : `${words.wish}: ${wish}`,
      talkedOn === null ? '' : words.talked(formatShortDate(talkedOn, locale)),
    ]
      .filter(Boolean)
      .join(' · '),
  }));
  const from = ({ author, at }: (typeof news)[number]) =>
    `${author}, ${formatShortDate(legalDate(at), locale)} ${formatTime(at, locale)}`;
  return { news: texts(news, ROOM.news, from), hasNews: news.length > 0 };
}

/** What people have written, in the room that there is for all of it. */
function texts<One extends { readonly text: string }>(all: readonly One[], room: number, from: (one: One) => string) {
  const cuts = shared(
    all.map(({ text }) => text),
    room,
    LONGEST,
  );
  return all.map((one, index) => ({ from: from(one), text: cuts[index] ?? '' }));
}
