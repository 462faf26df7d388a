/** `forbered gennemgang`: shelter staff go through their residents and write what they have seen. */
import { inputValue } from '../../domain/referral/form.ts';
import { inOrder } from '../../domain/review/reasons.ts';
import { logAccess } from '../../store/access-log.ts';
import { findCase } from '../../store/cases.ts';
import { observationsSince } from '../../store/observations.ts';
import { type Shelter, shelters } from '../../store/review-plans.ts';
import { lastHeldOf, openReviewOf, type Resident, residentsOf } from '../../store/reviews.ts';
import { sharedWords } from '../../text/shared.ts';
import { act, parsePress } from '../act.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import {
  contactsOf,
  hasTyped,
  keepPreparation,
  type Kept,
  ownWords,
  type Preparing,
  preparing,
} from './keep-preparation.ts';
import { seenAt } from './look.ts';
import { newsSince } from './make-agenda.ts';
import { choosable, prepareCard, type PrepareShowing } from './prepare-card.ts';
import { prepareWords } from './prepare-words.ts';
import { maySee } from './present.ts';
import { forShelter, mayAt } from './shelter.ts';

const text = (words: string): BotReply => ({ kind: 'text', text: words });

export const prepareWritten = (turn: Turn, named: string): Promise<BotReply> =>
  forShelter(turn, { action: 'review.prepare', named, command: 'forbered gennemgang' }, async (shelter) => {
    const residents = await inAgendaOrder(turn, shelter);
    // The names to choose from stand on every card after this one, too: they are looked at here.
    await logAccess(turn.deps.db, seenAt(choosable(residents), turn, 'review.see-residents'));
    return showResident(turn, shelter, residents, 0);
  });

/** The residents as the open review's agenda has them; those not on it, and all where none is open, by room and case number. */
async function inAgendaOrder(turn: Turn, { id }: Shelter): Promise<Resident[]> {
  const { db } = turn.deps;
  const [residents, review] = await Promise.all([residentsOf(db, id), openReviewOf(db, id)]);
  const seen = residents.filter((resident) => maySee(resident, turn));
  const byRoom = inOrder(
    seen.map((resident) => ({ ...resident, reasons: [] })),
    'room',
  );
  const onAgenda = (review?.items ?? []).flatMap((item) => byRoom.filter((one) => one.referralId === item.referralId));
  return [...onAgenda, ...byRoom.filter((one) => !onAgenda.includes(one))];
}

/** The resident who stands there in the order; the last one when they are fewer now. */
async function showResident(
  turn: Turn,
  shelter: Shelter,
  residents: readonly Resident[],
  at: number,
  showing: PrepareShowing = {},
): Promise<BotReply> {
  const { db } = turn.deps;
  const resident = residents[Math.min(at, residents.length - 1)];
  if (!resident) return text(prepareWords[turn.locale].nobody(shelter.name));
  const [file, open, people] = await Promise.all([
    findCase(db, resident.referralId),
    openReviewOf(db, shelter.id),
    contactsOf(db, shelter),
  ]);
  if (!file) throw new Error('A resident without a case');
  // On the day of a review that is still to be held, or is being held, news is what came since the one before it.
  const last = await lastHeldOf(db, shelter.id, open?.heldOn ?? turn.today.add({ days: 1 }));
  const observations = await observationsSince(db, resident.referralId, newsSince(last, turn.now));
  await logAccess(db, seenAt([resident], turn, 'review.see-preparation'));
  const details = { shelter, residents, file, observations, people };
  return { kind: 'card', card: prepareCard(resident, details, turn, showing) };
}

/** Every button of the card: what was typed is kept, then the page is turned. */
export async function preparePressed(turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> {
  const input = parsePress(preparing, data, 'review.prepare');
  const words = prepareWords[turn.locale];
  const shelter = (await shelters(turn.deps.db, turn.today.toString())).find(({ id }) => id === input.shelterId);
  if (!shelter || !mayAt(turn, 'review.prepare', shelter)) return text(words.refused);
  // Looked up before anything is kept: with another room the resident stands elsewhere.
  const page = pageFrom(await inAgendaOrder(turn, shelter), input, turn);
  if (!hasTyped(input)) return showPage(turn, shelter, page);
  const result = await act(turn, keepPreparation, data);
  switch (result.kind) {
    case 'done': {
      const saved = words.saved(sharedWords[turn.locale].caseNumber(result.result.resident.caseNumber));
      if (result.result.conflicts.length === 0) return showPage(turn, shelter, page, saved);
      return showPage(turn, shelter, { ...input, showing: { banner: conflictText(turn, input, result.result) } });
    }
    case 'invalid': {
      const { roomShown, contactShown } = input;
      const shown = { roomShown, contactShown };
      return showPage(turn, shelter, { ...input, showing: { typed: data, problems: result.problems, shown } });
    }
    case 'gone': {
      const typed = inputValue('text', ownWords(input)).slice(0, 600);
      const banner = [words.movedOut, typed && words.notKept(typed)].filter(Boolean).join(' ');
      return showPage(turn, shelter, { ...input, showing: { banner } });
    }
    case 'repeat':
    case 'stale':
      return showPage(turn, shelter, page);
    case 'refused':
      return text(words.refused);
  }
}

/** The resident that a button leads to; `at` is where they stand, for when they have left. */
interface Page {
  readonly referralId: string;
  readonly at: number;
  readonly showing: PrepareShowing;
}

/** After the last resident comes the first. */
function pageFrom(residents: readonly Resident[], input: Preparing, { locale }: Turn): Page {
  const found = residents.findIndex(({ referralId }) => referralId === input.referralId);
  // Where somebody has left stands whoever came next.
  const [at, next] = found < 0 ? [input.at, input.at] : [found, found + 1];
  const pageAt = (to: number, showing: PrepareShowing = {}) => ({
    ...{ referralId: residents[to]?.referralId ?? input.referralId, at: to, showing },
  });
  switch (input.go) {
    case 'previous':
      return pageAt(Math.max(0, at - 1));
    case 'jump': {
      const to = residents.findIndex(({ caseNumber }) => String(caseNumber) === input['resident']);
      return to < 0 ? pageAt(at, { problems: { resident: 'choose' } }) : pageAt(to);
    }
    case 'next':
      return next < residents.length
        ? pageAt(next)
        : pageAt(0, { banner: prepareWords[locale].around(residents.length) });
  }
}

async function showPage(
  turn: Turn,
  shelter: Shelter,
  { referralId, at, showing }: Page,
  saved = '',
): Promise<BotReply> {
  const residents = await inAgendaOrder(turn, shelter);
  const found = residents.findIndex((one) => one.referralId === referralId);
  const banner = [saved, showing.banner].filter(Boolean).join(' ');
  return showResident(turn, shelter, residents, found < 0 ? at : found, { ...showing, banner });
}

function conflictText({ locale }: Turn, input: Preparing, { resident, conflicts }: Kept): string {
  const words = prepareWords[locale];
  const mine = typeof input['room'] === 'string' ? input['room'].trim() : '';
  return conflicts
    .map((what) =>
      what === 'room'
        ? words.roomNow(resident.room || words.none, mine || words.none)
        : words.contactNow(resident.contact || words.none),
    )
    .join(' ');
}
