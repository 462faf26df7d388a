/** What shelter staff say of a resident before the review: an observation, the room, the contact person. */
import { z } from 'zod';
import { optionalDate, optionalStaffMember, optionalText, parseForm } from '../../domain/referral/form.ts';
import { isBefore, type PlainDate, Temporal } from '../../domain/time.ts';
import type { Tx } from '../../store/database.ts';
import { addObservation, keepRoom, lockResident } from '../../store/observations.ts';
import { type Colleague, staffBelow } from '../../store/people.ts';
import { type Shelter, shelters } from '../../store/review-plans.ts';
import type { Resident } from '../../store/reviews.ts';
import { rolesWith } from '../../domain/access.ts';
import { type Applied, type Change, stampSchema, typedIn } from '../act.ts';
import { shelterSubject } from './shelter.ts';

export const preparing = z.looseObject({
  ...stampSchema.shape,
  shelterId: z.uuid(),
  referralId: z.uuid(),
  go: z.enum(['next', 'previous', 'jump']),
  /** Where in the order the resident stood: whoever comes there when they have left. */
  at: z.coerce.number().int().min(0).max(10_000),
  roomShown: z.string(),
  contactShown: z.string(),
});
export type Preparing = z.infer<typeof preparing>;

const form = {
  observation: optionalText(2_000),
  talkedOn: optionalDate(),
  wish: optionalText(500),
  room: optionalText(20),
  contact: optionalStaffMember(),
};

export interface OnResident {
  readonly shelter: Shelter;
  readonly resident: Resident;
}

export interface Kept extends OnResident {
  /** What somebody else has changed since the card was made: theirs stands, beside what this person wrote. */
  readonly conflicts: readonly ('room' | 'contact')[];
}

const roomTyped = (input: Preparing) => typedIn(input, 'room', input.roomShown);
const contactTyped = (input: Preparing) => typedIn(input, 'contact', input.contactShown);

/** What was typed in people's own words, for whoever must be told that it could not be kept. */
export const ownWords = (input: Preparing): string =>
  ['observation', 'wish']
    .map((name) => typedIn(input, name))
    .filter(Boolean)
    .join(' · ');

/** Whether there is anything to keep: turning a page writes nothing. */
export const hasTyped = (input: Preparing): boolean =>
  ['observation', 'talkedOn', 'wish'].some((name) => typedIn(input, name) !== '') ||
  roomTyped(input) !== input.roomShown ||
  contactTyped(input) !== input.contactShown;

/** Who can be a contact person: those who work at the shelter itself. */
export const contactsOf = (db: Tx, { path }: Shelter): Promise<Colleague[]> =>
  staffBelow(db, rolesWith('review.prepare'), path);

/** What becomes of a value that was `shown`, then `typed`, and is `now`. */
function changeOf(typed: string, shown: string, now: string): 'none' | 'write' | 'conflict' {
  if (typed === shown || typed === now) return 'none';
  return now === shown ? 'write' : 'conflict';
}

export const keepPreparation: Change<Preparing, OnResident, Kept> = {
  operation: 'review.prepare',
  purpose: 'review',
  input: preparing,
  lock: async (tx, { shelterId, referralId }, { today }) => {
    const resident = await lockResident(tx, shelterId, referralId);
    const shelter = (await shelters(tx, today.toString())).find(({ id }) => id === shelterId);
    return resident && shelter ? { shelter, resident } : null;
  },
  right: ({ shelter }) => ({ action: 'review.prepare', subject: shelterSubject(shelter) }),
  async apply({ tx, input, subject: { shelter, resident }, turn }): Promise<Applied<Kept>> {
    const parsed = parseForm(form, { ...input, room: roomTyped(input), contact: contactTyped(input) });
    const contactNow = resident.contactId ?? '';
    const room = changeOf(roomTyped(input), input.roomShown, resident.room);
    const contact = changeOf(contactTyped(input), input.contactShown, contactNow);
    const talkedOn = parsed.ok && parsed.answers.talkedOn ? Temporal.PlainDate.from(parsed.answers.talkedOn) : null;
    const isStranger =
      contact === 'write' &&
      contactTyped(input) !== '' &&
      !(await contactsOf(tx, shelter)).some(({ id }) => id === contactTyped(input));
    const problems = {
      ...(!parsed.ok && parsed.problems),
      ...(talkedOn && problemOfDay(talkedOn, turn.today)),
      ...(isStranger && { contact: 'choose' }),
    };
    if (!parsed.ok || Object.keys(problems).length > 0) return { kind: 'invalid', problems };

    const { observation: text, wish } = parsed.answers;
    const isSeen = text !== null || wish !== null || talkedOn !== null;
    if (isSeen)
      await addObservation(tx, {
        ...{ referralId: resident.referralId, shelterId: shelter.id, text, talkedOn, wish },
        ...{ by: turn.actor.staffId, at: turn.now },
      });
    if (room === 'write' || contact === 'write')
      await keepRoom(
        tx,
        resident.stayId,
        (room === 'write' ? parsed.answers.room : resident.room) || null,
        contact === 'write' ? parsed.answers.contact : resident.contactId,
      );
    const { citizen, referralId } = resident;
    return {
      kind: 'done',
      result: {
        ...{ shelter, resident },
        conflicts: [
          ...(room === 'conflict' ? ['room' as const] : []),
          ...(contact === 'conflict' ? ['contact' as const] : []),
        ],
      },
      logged: { action: isSeen ? 'add' : 'change', citizenId: citizen.id, referralId },
      tellings: [],
    };
  },
};

/** It lies behind, and not so far that it must be a slip of the pen. */
function problemOfDay(day: PlainDate, today: PlainDate): Record<string, string> {
  if (isBefore(today, day)) return { talkedOn: 'future' };
  return isBefore(day, today.subtract({ years: 1 })) ? { talkedOn: 'tooEarly' } : {};
}
