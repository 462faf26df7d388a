/** Open actions on a card: whose they are, by when, and the buttons that end them. For the list and for messages alike. */
import { z } from 'zod';
import { dropReasons } from '../../domain/review/outcomes.ts';
import type { ReviewAction } from '../../store/review-actions.ts';
import { days, formatShortDate } from '../../text/danish.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Reader } from '../referral/present.ts';
import type { CardView } from '../turn.ts';
import { actionsWords } from './actions-words.ts';
import { maySee, residentLine } from './present.ts';
import { reviewWords } from './words.ts';

const actionsType = defineCard({
  template: 'review/actions',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    banner: z.string(),
    share: z.string(),
    shareMeans: z.string(),
    actions: z.array(
      z.strictObject({
        id: z.string(),
        /** Above the first of several that belong together; blank at the others. */
        heading: z.string(),
        resident: z.string(),
        text: z.string(),
        line: z.string(),
        late: z.boolean(),
        /** Whether its reasons to drop it are unfolded. */
        drops: z.boolean(),
      }),
    ),
    dropReasons: z.array(z.strictObject({ title: z.string(), value: z.string() })),
    note: z.string(),
    nextOffset: z.number(),
    previousOffset: z.number(),
    hasNext: z.boolean(),
    hasPrevious: z.boolean(),
    more: z.string(),
  }),
  words: pickWords(actionsWords, 'done', 'drop', 'dropSubmit', 'next', 'previous'),
  inputs: ['reason_*'],
});

/** A card has room for so many actions. */
export const ACTIONS_PAGE = 6;

export interface ActionsShowing {
  readonly title: string;
  /** One line without person data: the notification. The title when left out. */
  readonly summary?: string;
  readonly subtitle?: string;
  readonly banner?: string;
  /** The shelter whose list answers the buttons; left out, the reader's own answers. */
  readonly shelterId?: string;
  /** Where the page begins. Left out in messages: what is not shown there is one button away. */
  readonly offset?: number;
  /** How many there are in all, when more than are shown. */
  readonly total?: number;
  readonly heading?: (action: ReviewAction) => string;
  readonly share?: { readonly text: string; readonly means: string };
  readonly note?: string;
  readonly problems?: Readonly<Record<string, string>>;
}

/** Whether this reader may read what was agreed: whoever is to do it, and whoever may see the resident. */
export const mayRead = (action: ReviewAction, reader: Reader): boolean =>
  action.owner.id === reader.actor.staffId || maySee(action, reader);

/** Whom a card of these actions lets the reader see, for the access log: each citizen once. */
export const residentsOn = (actions: readonly ReviewAction[], reader: Reader): readonly ReviewAction[] => [
  ...new Map(actions.filter((one) => mayRead(one, reader)).map((one) => [one.referralId, one])).values(),
];

/** Shows at most `ACTIONS_PAGE` of those given. */
export function actionsCard(given: readonly ReviewAction[], reader: Reader, showing: ActionsShowing): CardView {
  const actions = given.slice(0, ACTIONS_PAGE);
  const { locale } = reader;
  const { title, subtitle = '', banner = '', shelterId, offset, problems = {}, share, note = '' } = showing;
  const { heading = () => '' } = showing;
  const end = (offset ?? 0) + actions.length;
  const total = showing.total ?? (offset ?? 0) + given.length;
  const words = actionsWords[locale];
  return show(actionsType, locale, {
    data: {
      title,
      subtitle,
      banner,
      share: share?.text ?? '',
      shareMeans: share?.means ?? '',
      actions: actions.map((action, index) => {
        const [own, before] = [heading(action), index > 0 ? actions[index - 1] : undefined];
        return {
          ...rowOf(action, reader),
          heading: before && heading(before) === own ? '' : own,
          drops: `reason_${action.id}` in problems,
        };
      }),
      dropReasons: dropReasons.map((reason) => ({ title: reviewWords[locale].dropReasons[reason], value: reason })),
      note,
      nextOffset: end,
      previousOffset: Math.max(0, (offset ?? 0) - ACTIONS_PAGE),
      hasNext: offset !== undefined && total > end,
      hasPrevious: offset !== undefined && offset > 0,
      more: offset === undefined && total > end ? words.all : '',
    },
    summary: showing.summary ?? title,
    errors: problems,
    stamp: { version: 0, offset: offset ?? 0, ...(shelterId && { shelterId }) },
  });
}

function rowOf(action: ReviewAction, reader: Reader) {
  const { locale, today } = reader;
  const { id, text, owner, dueOn } = action;
  const words = actionsWords[locale];
  const lateDays = dueOn.until(today, { largestUnit: 'days' }).days;
  const line = words.line(owner.active ? owner.name : words.gone(owner.name), formatShortDate(dueOn, locale));
  return {
    id,
    resident: residentLine(action, reader),
    text: mayRead(action, reader) ? text : reviewWords[locale].agenda.hidden,
    line: line + (lateDays > 0 ? reviewWords[locale].item.late(days(lateDays, locale)) : ''),
    late: lateDays > 0,
  };
}
