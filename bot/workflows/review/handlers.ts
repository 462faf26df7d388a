/** What pressing a button of a review does: the change, and the card that answers. */
import { z } from 'zod';
import { logAccess } from '../../store/access-log.ts';
import { tell } from '../../store/outbox.ts';
import {
  findReview,
  goTo,
  lastClosedReviewOf,
  openReviewOf,
  type Review,
  type ReviewItem,
  reviewOfItem,
} from '../../store/reviews.ts';
import { planOf, type Shelter } from '../../store/review-plans.ts';
import { inputValue } from '../../domain/referral/form.ts';
import { isBefore } from '../../domain/time.ts';
import { act, type ActResult, type Change, parsePress, typedIn } from '../act.ts';
import type { Turn } from '../context.ts';
import { showStep } from '../referral/handlers.ts';
import { when } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { AGENDA_PAGE } from './agenda-card.ts';
import { itemCard, type ItemShowing } from './item-card.ts';
import { detailsFor, reviewFor, seenAt, showAgenda } from './look.ts';
import { makeAgenda } from './make-agenda.ts';
import { minutesFor } from './minutes-card.ts';
import { showOverview } from './overview.ts';
import { showHere, showProgress } from './place.ts';
import { maySee, neighbour, progressOf, resumeAt } from './present.ts';
import { hasSaid, outcomeOf, recordItem, type Recording, recording } from './record.ts';
import { addToAgenda, closeReview, moveOnAgenda, type OnReview, reopenReview, restUnchanged } from './running.ts';
import { forShelter, mayAt } from './shelter.ts';
import { reviewWords } from './words.ts';

type Data = Readonly<Record<string, unknown>>;
const ofReview = z.looseObject({
  reviewId: z.uuid(),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});
const ofItem = z.looseObject({ itemId: z.uuid() });
const openingMine = z.looseObject({ reviewId: z.uuid(), nonce: z.uuid() });

const text = (words: string): BotReply => ({ kind: 'text', text: words });
const notYours = (turn: Turn) => text(reviewWords[turn.locale].notYours);

/** How one asks that the progress be shown in the conversation where one asks it. */
const HERE = /^(her|here)(\s+|$)/i;

/** `gennemgang`: where it stands while it runs, the agenda before, the minutes after; in a channel its progress alone. */
export function reviewWritten(turn: Turn, argument: string): Promise<BotReply> {
  if (HERE.test(argument)) return showHere(turn, argument.replace(HERE, ''));
  const answer = turn.audience.kind === 'conversation' ? showProgress : showReview;
  return forShelter(turn, { action: 'review.take-part', named: argument, command: 'gennemgang' }, (shelter) =>
    answer(turn, shelter),
  );
}

async function showReview(turn: Turn, shelter: Shelter): Promise<BotReply> {
  const { deps, today, locale } = turn;
  await makeAgenda(deps, shelter.id);
  const review = await openReviewOf(deps.db, shelter.id);
  if (review?.startedAt) return showItem(turn, review, resumeAt(review, seenBy(turn)));
  if (review) return showAgenda(turn, review);
  const closed = await lastClosedReviewOf(deps.db, shelter.id);
  if (closed && !isBefore(closed.heldOn, today)) return minutesFor(turn, closed);
  const plan = await planOf(deps.db, shelter.id);
  return plan ? showOverview(turn, plan) : text(reviewWords[locale].noPlan(shelter.name));
}

const seenBy = (turn: Turn) => (item: ReviewItem) => maySee(item, turn);

/** One resident, on the card of whoever asked; the review then stands there. */
async function showItem(
  turn: Turn,
  review: Review,
  item: ReviewItem | null,
  showing: ItemShowing = {},
): Promise<BotReply> {
  const words = reviewWords[turn.locale];
  const { db } = turn.deps;
  if (review.closedAt) return minutesFor(turn, review);
  if (!item) return showAgenda(turn, review);
  const details = await detailsFor(review, item, turn);
  if (!details) return showAgenda(turn, review, { banner: words.item.hidden, offset: offsetOf(review, item) });
  await db.$transaction(async (tx) => {
    // Read beforehand, the day before, it has not begun.
    if (!isBefore(turn.today, review.heldOn)) await goTo(tx, review.id, item.id, turn.actor.staffId, turn.now);
    await logAccess(tx, seenAt([item], turn, 'review.see-resident'));
  });
  return { kind: 'card', card: itemCard(review, item, details, turn, showing) };
}

const offsetOf = ({ items }: Review, item: ReviewItem): number =>
  Math.floor(
    Math.max(
      0,
      items.findIndex(({ id }) => id === item.id),
    ) / AGENDA_PAGE,
  ) * AGENDA_PAGE;

export async function agendaPressed(turn: Turn, data: Data): Promise<BotReply> {
  const { reviewId, offset } = parsePress(ofReview, data, 'review.agenda');
  const review = await reviewFor(turn, reviewId);
  if (!review) return notYours(turn);
  return review.closedAt ? minutesFor(turn, review) : showAgenda(turn, review, { offset });
}

export async function resumePressed(turn: Turn, data: Data): Promise<BotReply> {
  const review = await reviewFor(turn, parsePress(ofReview, data, 'review.resume').reviewId);
  return review ? showItem(turn, review, resumeAt(review, seenBy(turn))) : notYours(turn);
}

export async function itemPressed(turn: Turn, data: Data): Promise<BotReply> {
  const pressed = parsePress(ofItem, data, 'review.open');
  const reviewId = await reviewOfItem(turn.deps.db, pressed.itemId);
  const review = reviewId === null ? null : await reviewFor(turn, reviewId);
  return review ? showItem(turn, review, itemOf(review, pressed)) : notYours(turn);
}

/** `Åbn hos mig`: the review is sent to the presser's own chat. */
export async function openReviewMine(turn: Turn, data: Data): Promise<BotReply> {
  const { reviewId, nonce } = parsePress(openingMine, data, 'review.open-mine');
  const { db, boss } = turn.deps;
  if (!(await reviewFor(turn, reviewId))) return notYours(turn);
  // The card of a channel stays there: a double click is one press, one a minute later another.
  const key = `review.open:${nonce}:${turn.actor.staffId}:${Math.floor(turn.now.epochMilliseconds / 60_000)}`;
  const telling = { key, kind: 'review.open', recipientId: turn.actor.staffId, subject: { reviewId } };
  await db.$transaction((tx) => tell(tx, boss, [telling], turn.now));
  return text(reviewWords[turn.locale].channel.sent);
}

/** Every button of a resident's card: what was said is kept, then the page is turned. */
export async function recordPressed(turn: Turn, data: Data): Promise<BotReply> {
  const input = parsePress(recording, data, 'review.record');
  if (!hasSaid(input)) {
    const review = await reviewFor(turn, input.reviewId);
    return review ? turnFrom(turn, review, input) : notYours(turn);
  }
  const result = await act(turn, recordItem, data);
  switch (result.kind) {
    case 'done': {
      const { review, conflict } = result.result;
      return conflict ? conflictCard(turn, review, conflict, input) : turnFrom(turn, review, input);
    }
    case 'invalid': {
      const review = await reviewFor(turn, input.reviewId);
      return review
        ? showItem(turn, review, itemOf(review, input), { typed: data, problems: result.problems })
        : notYours(turn);
    }
    case 'stale':
      return closedMeanwhile(turn, input);
    case 'repeat': {
      const review = await reviewFor(turn, input.reviewId);
      return review ? repeated(turn, review, input) : notYours(turn);
    }
    case 'refused':
    case 'gone':
      return notYours(turn);
  }
}

const itemOf = ({ items }: Review, { itemId }: Pick<Recording, 'itemId'>): ReviewItem | null =>
  items.find(({ id }) => id === itemId) ?? null;

/** Somebody has said another outcome: theirs, beside what this person chose. */
function conflictCard(turn: Turn, review: Review, item: ReviewItem, input: Recording): Promise<BotReply> {
  const words = reviewWords[turn.locale];
  if (!item.outcome || !item.decidedAt) return turnFrom(turn, review, input);
  const banner = words.item.conflict(
    item.decidedBy?.name ?? '',
    when(item.decidedAt, turn),
    words.outcomes[item.outcome],
    typedIn(input, 'note') !== '',
  );
  return showItem(turn, review, itemOf(review, input), { banner, typed: { outcome: input['outcome'] } });
}

/** The same card a second time: where the first press led to, unless there is more on it than that kept. */
async function repeated(turn: Turn, review: Review, input: Recording): Promise<BotReply> {
  const item = itemOf(review, input);
  const said = outcomeOf(input);
  if (!item || review.closedAt) return turnFrom(turn, review, input);
  if (said !== null && said !== 'missing' && item.outcome !== null && said !== item.outcome)
    return conflictCard(turn, review, item, input);
  const [note, text] = [typedIn(input, 'note'), typedIn(input, 'actionText')];
  const details = note === '' && text === '' ? null : await detailsFor(review, item, turn);
  const noted = note === '' || !details || details.notes.some((one) => one.text === note);
  const agreed = text === '' || !details || details.openActions.some((one) => one.text === text);
  if (noted && agreed) return turnFrom(turn, review, input);
  const { actionText, actionOwner, actionDue } = input;
  const typed = { ...(!noted && { note }), ...(!agreed && { actionText, actionOwner, actionDue }) };
  return showItem(turn, review, item, { banner: reviewWords[turn.locale].item.notYetKept, typed });
}

/** The card that the button leads to. */
async function turnFrom(turn: Turn, review: Review, input: Recording): Promise<BotReply> {
  const { itemId, go } = input;
  const item = itemOf(review, input);
  if (!item) return showAgenda(turn, review);
  if (review.closedAt && go !== 'step') return minutesFor(turn, review);
  switch (go) {
    case 'step':
      return showStep(turn, { caseId: item.referralId, reviewItemId: item.id });
    case 'agenda':
      return showAgenda(turn, review, { offset: offsetOf(review, item) });
    case 'next':
    case 'previous': {
      const to = neighbour(review, itemId, go, seenBy(turn));
      return to ? showItem(turn, review, to) : showAgenda(turn, review, { banner: endText(turn, review) });
    }
  }
}

/** Nobody is left to turn to. */
function endText(turn: Turn, review: Review): string {
  const words = reviewWords[turn.locale].item;
  const { left } = progressOf(review);
  if (left.length === 0) return words.end;
  return left.every((item) => !maySee(item, turn)) ? words.othersLeft : '';
}

/** Somebody has closed the review: the minutes, with what had been typed on the card. */
async function closedMeanwhile(turn: Turn, input: Recording): Promise<BotReply> {
  const review = await reviewFor(turn, input.reviewId);
  if (!review) return notYours(turn);
  const typed = ['note', 'actionText'].flatMap((name) => {
    const value = inputValue('text', typedIn(input, name));
    return value === '' ? [] : [value];
  });
  const { notKept } = reviewWords[turn.locale].item;
  const banner = [endedText(turn, review), typed.length === 0 ? '' : notKept].filter(Boolean).join(' ');
  return minutesFor(turn, review, { banner, kept: typed });
}

/** Who has closed it and when; blank while it is open. */
function endedText(turn: Turn, { closedAt, closedBy }: Review): string {
  const words = reviewWords[turn.locale].minutes;
  if (!closedAt) return '';
  return closedBy ? words.alreadyClosed(closedBy.name, when(closedAt, turn)) : words.endedByItself;
}

type Answer = (turn: Turn, review: Review) => Promise<BotReply>;

/** A change of the whole review: the card that answers it, or the agenda with what is in the way. */
const changing =
  (change: Change<OnReview, Review, Review>, done: Answer) =>
  async (turn: Turn, data: Data): Promise<BotReply> => {
    const result = await act(turn, change, data);
    if (result.kind === 'done') return done(turn, result.result);
    const { reviewId, offset } = parsePress(ofReview, data, change.operation);
    const review = await findReview(turn.deps.db, reviewId);
    if (!review || !mayAt(turn, 'review.take-part', review.shelter)) return notYours(turn);
    const showing = showingOf(turn, review, result);
    return review.closedAt ? minutesFor(turn, review, showing) : showAgenda(turn, review, { ...showing, offset });
  };

function showingOf(turn: Turn, review: Review, result: Exclude<ActResult<Review>, { kind: 'done' }>) {
  const words = reviewWords[turn.locale];
  if (result.kind === 'invalid') {
    const { chooseResident } = words.agenda;
    const { cannotReopen } = words.minutes;
    const known: Readonly<Record<string, string>> = { chooseResident, cannotReopen };
    // What stands in the fold is said at the top too, where it is seen.
    const said = Object.values(result.problems).map((code) => known[code] ?? code);
    return { banner: said[0] ?? '' };
  }
  if (result.kind !== 'stale') return {};
  return { banner: review.closedAt ? endedText(turn, review) : words.agenda.staleMove };
}

export const restUnchangedPressed = changing(restUnchanged, (turn, review) => {
  const count = review.items.filter(({ withTheRest }) => withTheRest).length;
  return showAgenda(turn, review, { banner: reviewWords[turn.locale].agenda.restDone(count) });
});
export const closePressed = changing(closeReview, (turn, review) => minutesFor(turn, review));
export const reopenPressed = changing(reopenReview, (turn, review) =>
  showAgenda(turn, review, { banner: reviewWords[turn.locale].minutes.reopened }),
);
export const addPressed = changing(addToAgenda, (turn, review) => showAgenda(turn, review));
export const movePressed = changing(moveOnAgenda, (turn, review) => showAgenda(turn, review));
