/** One resident, before the review: where they stand, what is written already, and what shelter staff have seen. */
import { z } from 'zod';
import { inputValue } from '../../domain/referral/form.ts';
import type { CaseFile } from '../../store/cases.ts';
import type { Observation } from '../../store/observations.ts';
import type { Colleague } from '../../store/people.ts';
import type { Shelter } from '../../store/review-plans.ts';
import type { Resident } from '../../store/reviews.ts';
import { defineCard, pickWords, show, problemTexts } from '../card.ts';
import { type Reader, standing } from '../referral/present.ts';
import type { CardView } from '../turn.ts';
import { newsOf, said } from './item-card.ts';
import { prepareWords } from './prepare-words.ts';
import { residentLine } from './present.ts';
import { reviewWords } from './words.ts';

const option = z.strictObject({ title: z.string(), value: z.string() });

const prepareType = defineCard({
  template: 'review/prepare',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    banner: z.string(),
    standing: z.string(),
    news: z.array(said),
    hasNews: z.boolean(),
    input: z.strictObject({
      observation: z.string(),
      talkedOn: z.string(),
      wish: z.string(),
      room: z.string(),
      contact: z.string(),
    }),
    people: z.array(option),
    residents: z.array(option),
  }),
  words: pickWords(
    prepareWords,
    ...(['newsTitle', 'noNews', 'observation', 'talkedOn', 'wish', 'room', 'contact'] as const),
    ...(['saveNext', 'next', 'previous', 'jump', 'go'] as const),
  ),
  inputs: ['observation', 'talkedOn', 'wish', 'room', 'contact', 'resident'],
});

/** What stands on the card besides the resident. */
export interface PrepareDetails {
  readonly shelter: Shelter;
  /** All of the shelter, in the order that they are gone through in. */
  readonly residents: readonly Resident[];
  readonly file: CaseFile;
  /** Since the last review. */
  readonly observations: readonly Observation[];
  /** Who can be the contact person. */
  readonly people: readonly Colleague[];
}

/** The room and contact person that somebody began from: whoever changes them meanwhile is told apart by it. */
export interface Shown {
  readonly roomShown: string;
  readonly contactShown: string;
}
export const shownOf = ({ room, contactId }: Resident): Shown => ({ roomShown: room, contactShown: contactId ?? '' });

export interface PrepareShowing {
  readonly banner?: string;
  readonly typed?: Readonly<Record<string, unknown>>;
  readonly problems?: Readonly<Record<string, string>>;
  /** With what was typed: what that began from. */
  readonly shown?: Shown;
}

/** A card has room for so many; whoever lives behind them is reached by turning pages. */
const MOST_RESIDENTS = 100;
const MOST_PEOPLE = 50;
const MOST_NEWS = 5;
const LONGEST_TITLE = 48;

/** The residents whose names the card shows to choose from. */
export const choosable = (residents: readonly Resident[]): readonly Resident[] => residents.slice(0, MOST_RESIDENTS);

export function prepareCard(
  resident: Resident,
  details: PrepareDetails,
  reader: Reader,
  { banner = '', typed = {}, problems = {}, shown = shownOf(resident) }: PrepareShowing = {},
): CardView {
  const { locale } = reader;
  const { shelter, residents, file } = details;
  const words = reviewWords[locale];
  const value = (name: string, otherwise = '') => inputValue('text', typed[name] ?? otherwise);
  const at = residents.findIndex(({ referralId }) => referralId === resident.referralId);
  return show(prepareType, locale, {
    data: {
      title: residentLine(resident, reader),
      subtitle: [
        words.item.at(at + 1, residents.length),
        shelter.name,
        resident.room && words.agenda.room(resident.room),
        resident.contact && words.item.contact(resident.contact),
      ]
        .filter(Boolean)
        .join(' · '),
      banner,
      standing: standingLine(file, reader),
      ...newsOf(details, reader, MOST_NEWS),
      input: {
        observation: value('observation'),
        talkedOn: value('talkedOn'),
        wish: value('wish'),
        room: value('room', shown.roomShown),
        contact: value('contact', shown.contactShown),
      },
      people: peopleFor(resident, details),
      residents: choosable(residents).map((one) => ({
        title: choiceTitle(one, reader),
        value: String(one.caseNumber),
      })),
    },
    summary: prepareWords[locale].titleOf(shelter.name),
    errors: problemTexts(problems, locale),
    stamp: { shelterId: shelter.id, referralId: resident.referralId, at, ...shown, version: 0 },
  });
}

/** `Stabilisering · 4 dage · venter på Bocentret · frist 20. november 2026`. */
function standingLine(file: CaseFile, reader: Reader): string {
  const words = prepareWords[reader.locale];
  const { stage, inStep, who, due } = standing(file, reader);
  return [stage, inStep, who && words.waitsFor(who), due && words.due(due)].filter(Boolean).join(' · ');
}

/** The shelter's people, and whoever it is now, also when they have left. */
function peopleFor({ contactId, contact }: Resident, { people }: PrepareDetails) {
  const options = people.slice(0, MOST_PEOPLE).map(({ id, name }) => ({ title: name, value: id }));
  const isAmong = contactId === null || options.some(({ value }) => value === contactId);
  return isAmong ? options : [{ title: contact, value: contactId }, ...options];
}

const choiceTitle = (resident: Resident, reader: Reader): string =>
  [
    residentLine(resident, reader).slice(0, LONGEST_TITLE),
    resident.room && reviewWords[reader.locale].agenda.room(resident.room),
  ]
    .filter(Boolean)
    .join(' · ');
