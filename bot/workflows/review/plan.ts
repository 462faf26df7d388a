/** `opsæt gennemgang`: when a shelter's review is held, with whom, in which order and where its progress shows. */
import { z } from 'zod';
import { choice, inputValue, parseForm } from '../../domain/referral/form.ts';
import { nextReviewDay, parseTimeOfDay, weekdays } from '../../domain/review/schedule.ts';
import { Temporal } from '../../domain/time.ts';
import {
  keepPlan,
  keepPlanPlace,
  lockShelter,
  planOf,
  possibleParticipants,
  type ReviewPlan,
  type Shelter,
  shelters,
  usualParticipants,
} from '../../store/review-plans.ts';
import { sharedPlaceOf } from '../../store/shared-places.ts';
import { act, type Change, parsePress, stampSchema } from '../act.ts';
import { defineCard, show, problemTexts } from '../card.ts';
import type { Turn } from '../context.ts';
import { when } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { makeAgenda } from './make-agenda.ts';
import { dayText, timeText } from './present.ts';
import { atMost } from './room.ts';
import { forShelter, mayAt, shelterSubject } from './shelter.ts';
import { reviewWords } from './words.ts';

type Data = Readonly<Record<string, unknown>>;
const option = z.strictObject({ title: z.string(), value: z.string() });
const orders = ['urgency', 'contact', 'room'] as const;

const form = { weekday: choice(['1', '2', '3', '4', '5']), order: choice(orders) };

const planType = defineCard({
  template: 'review/plan',
  data: z.strictObject({
    shelter: z.string(),
    banner: z.string(),
    input: z.strictObject({ weekday: z.string(), startsAt: z.string(), order: z.string(), participants: z.string() }),
    weekdays: z.array(option),
    orders: z.array(option),
    people: z.array(option),
    place: z.string(),
    hasPlace: z.boolean(),
  }),
  words: { da: pick('da'), en: pick('en') },
  inputs: ['weekday', 'startsAt', 'order', 'participants'],
});

function pick(locale: 'da' | 'en') {
  const { title, intro, weekday, startsAt, timeHint, order, participants, place, noMorePlace, submit, problems } =
    reviewWords[locale].plan;
  return { title, intro, weekday, startsAt, timeHint, order, participants, place, noMorePlace, submit, problems };
}

/** Of a plan that nobody has made yet. */
const NEVER = Temporal.Instant.fromEpochMilliseconds(0);

const text = (words: string): BotReply => ({ kind: 'text', text: words });

export const planWritten = (turn: Turn, named: string): Promise<BotReply> =>
  forShelter(turn, { action: 'review.plan', named, command: 'opsæt gennemgang' }, (shelter) => showPlan(turn, shelter));

/** A card has room for so many. */
const MOST_PEOPLE = 120;

interface Showing {
  readonly typed?: Data;
  readonly problems?: Readonly<Record<string, string>>;
  readonly banner?: string;
}

async function showPlan(turn: Turn, shelter: Shelter, showing: Showing = {}): Promise<BotReply> {
  const { deps, locale } = turn;
  const { typed = {}, problems = {}, banner = '' } = showing;
  const words = reviewWords[locale];
  const plan = await planOf(deps.db, shelter.id);
  const people = await possibleParticipants(deps.db, shelter);
  const chosen = plan ? plan.participants.map(({ id }) => id) : await usualParticipants(deps.db, shelter);
  const value = (name: string, otherwise: string) => (typeof typed[name] === 'string' ? typed[name] : otherwise);
  return {
    kind: 'card',
    card: show(planType, locale, {
      data: {
        shelter: shelter.name,
        banner,
        input: {
          weekday: value('weekday', plan ? String(plan.weekday) : ''),
          startsAt: inputValue('text', value('startsAt', plan ? timeText(plan.startsAt, locale) : '')),
          order: value('order', plan?.order ?? 'urgency'),
          participants: value('participants', chosen.filter((id) => people.some((one) => one.id === id)).join(',')),
        },
        weekdays: weekdays.map((day) => ({ title: words.weekdays[day], value: String(day) })),
        orders: orders.map((order) => ({ title: words.order[order], value: order })),
        people: atMost(people, chosen, MOST_PEOPLE).map(({ id, name }) => ({ title: name, value: id })),
        place: await placeText(plan, turn),
        hasPlace: plan?.placeId != null,
      },
      summary: words.plan.title,
      errors: problemTexts(problems, locale, words.plan.problems),
      stamp: { shelterId: shelter.id, version: plan?.version ?? 0 },
    }),
  };
}

async function placeText(plan: ReviewPlan | null, { deps, locale }: Turn): Promise<string> {
  const { noPlace, hasPlace, placeGone } = reviewWords[locale].plan;
  const place = plan?.placeId == null ? null : await sharedPlaceOf(deps.db, plan.placeId);
  if (!place) return noPlace;
  return place.goneAt === null ? hasPlace : placeGone;
}

const planning = z.looseObject({ ...stampSchema.shape, shelterId: z.uuid() });
type Planning = z.infer<typeof planning>;

interface Planned {
  readonly shelter: Shelter;
  readonly plan: ReviewPlan | null;
}

/** Changes the plan of a shelter: rights and staleness alike for all that can be changed about it. */
const ofPlan = <Result>(
  operation: string,
  apply: Change<Planning, Planned, Result>['apply'],
): Change<Planning, Planned, Result> => ({
  operation,
  purpose: 'administration',
  input: planning,
  lock: async (tx, { shelterId }, { today }) => {
    const shelter = await lockShelter(tx, shelterId, today.toString());
    return shelter && { shelter, plan: await planOf(tx, shelterId) };
  },
  right: ({ shelter }) => ({ action: 'review.plan', subject: shelterSubject(shelter) }),
  last: ({ plan }) => ({
    version: plan?.version ?? 0,
    by: plan?.changedBy ?? null,
    at: plan?.changedAt ?? NEVER,
  }),
  apply,
});

const savePlan = ofPlan<null>('review.plan', async ({ tx, input, subject: { shelter }, turn }) => {
  const parsed = parseForm(form, input);
  const startsAt = parseTimeOfDay(typeof input['startsAt'] === 'string' ? input['startsAt'] : '');
  const chosen = typeof input['participants'] === 'string' ? input['participants'].split(',').filter(Boolean) : [];
  const possible = new Set((await possibleParticipants(tx, shelter)).map(({ id }) => id));
  const participantIds = chosen.filter((id) => possible.has(id));
  const problems = {
    ...(!parsed.ok && parsed.problems),
    ...(startsAt === null && { startsAt: 'time' }),
    ...(participantIds.length === 0 && { participants: 'participants' }),
  };
  if (!parsed.ok || startsAt === null || participantIds.length === 0) return { kind: 'invalid', problems };
  const { weekday, order } = parsed.answers;
  await keepPlan(tx, {
    ...{ shelterId: shelter.id, weekday: Number(weekday), startsAt, order, participantIds },
    ...{ by: turn.actor.staffId, at: turn.now },
  });
  return { kind: 'done', result: null, logged: { action: 'change' }, tellings: [] };
});

const forgetPlace = ofPlan<null>('review.plan-place', async ({ tx, subject: { shelter }, turn }) => {
  await keepPlanPlace(tx, shelter.id, null, turn.actor.staffId, turn.now);
  return { kind: 'done', result: null, logged: { action: 'change' }, tellings: [] };
});

const pressed =
  (change: Change<Planning, Planned, null>) =>
  async (turn: Turn, data: Data): Promise<BotReply> => {
    const words = reviewWords[turn.locale].plan;
    const { shelterId } = parsePress(planning, data, change.operation);
    const result = await act(turn, change, data);
    const shelter = (await shelters(turn.deps.db, turn.today.toString())).find(({ id }) => id === shelterId);
    if (!shelter || !mayAt(turn, 'review.plan', shelter)) return text(words.refused);
    switch (result.kind) {
      case 'done':
        // The agenda may be due already: on the day before, or the day itself.
        await makeAgenda(turn.deps, shelter.id);
        return showPlan(turn, shelter, { banner: await savedText(turn, shelter) });
      case 'invalid':
        return showPlan(turn, shelter, { typed: data, problems: result.problems });
      case 'stale':
        return showPlan(turn, shelter, {
          typed: data,
          banner: words.stale(result.last.by ?? '', when(result.last.at, turn)),
        });
      case 'repeat':
      case 'refused':
      case 'gone':
        return showPlan(turn, shelter);
    }
  };

async function savedText({ deps, locale, today }: Turn, shelter: Shelter): Promise<string> {
  const plan = await planOf(deps.db, shelter.id);
  if (!plan) return '';
  const next = nextReviewDay(today, plan.weekday, deps.rules.calendar);
  const words = reviewWords[locale];
  return words.plan.saved(words.weekdays[plan.weekday], timeText(plan.startsAt, locale), dayText(next, locale));
}

export const savePlanPressed = pressed(savePlan);
export const forgetPlacePressed = pressed(forgetPlace);
