/** `mine opgaver`: what waits for this person, their team, and those they stand in for; the longest waiting first. */
import { z } from 'zod';
import { deadline, daysOverdue } from '../../domain/calendar.ts';
import { type PlainDate, Temporal } from '../../domain/time.ts';
import { dueOn, stepOf, TEAM_OF } from '../../domain/referral/way.ts';
import { actsFor, type Party } from '../../domain/access.ts';
import { logAccess } from '../../store/access-log.ts';
import { PAGE, type WaitingCase, type WaitingFor, waitingFor } from '../../store/worklists.ts';
import { initials } from '../../text/normalise.ts';
import { sharedWords } from '../../text/shared.ts';
import type { Locale } from '../../text/words.ts';
import { parsePress } from '../act.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Turn } from '../context.ts';
import { SOON_DAYS } from '../referral/case.ts';
import { caseHomeWords } from '../referral/case-home-words.ts';
import { dueText } from '../referral/present.ts';
import { allSteps, stepWords, wayVersion } from '../referral/versions.ts';
import type { BotReply } from '../turn.ts';
import { tasksWords } from './words.ts';

const listType = defineCard({
  template: 'tasks/list',
  data: z.strictObject({
    title: z.string(),
    count: z.string(),
    tasks: z.array(
      z.strictObject({
        caseId: z.string(),
        title: z.string(),
        subtitle: z.string(),
        due: z.string(),
        late: z.boolean(),
        verb: z.enum(['step.open', 'case.open']),
      }),
    ),
    nextOffset: z.number(),
    previousOffset: z.number(),
    hasNext: z.boolean(),
    hasPrevious: z.boolean(),
  }),
  words: pickWords(tasksWords, 'open', 'next', 'previous'),
  inputs: [],
});

const paging = z.looseObject({ offset: z.coerce.number().int().min(0).max(100_000).default(0) });

const stepsOf = (party: Party): string[] =>
  allSteps.filter(({ definition }) => definition.party === party).map(({ definition }) => definition.id);
const SUPPORT_STEPS = stepsOf('support');
const TOLD_OUTCOMES = allSteps.flatMap(({ definition }) =>
  Object.entries(definition.outcomes)
    .filter(([, { citizenIsTold }]) => citizenIsTold)
    .map(([outcome]) => `${definition.id}:${outcome}`),
);

/** Working days as calendar days, near enough to put the most urgent first; the page then has the exact deadlines. */
const DAYS_ALLOWED: Readonly<Record<string, number>> = {
  ...Object.fromEntries(allSteps.map(({ definition: { id, clock } }) => [id, Math.ceil((clock.days * 7) / 5)])),
  'tell-municipality': 4,
  'tell-citizen': 1,
};

/** The lists that belong to this person by their roles, and to those they stand in for. */
export function listsOf({ actor, today }: Pick<Turn, 'actor' | 'today'>): WaitingFor {
  const people = [actor, ...actor.standsInFor];
  const staffIds = actsFor(actor);
  const assignments = people.flatMap(({ assignments: own }) => own);
  const teamParties = ['shelter', 'allocation', 'housing'] as const;
  return {
    teams: teamParties.map((party) => ({
      steps: stepsOf(party),
      side: TEAM_OF[party].side,
      paths: assignments.filter(({ role }) => TEAM_OF[party].roles.includes(role)).map(({ unitPath }) => unitPath),
    })),
    own: { steps: stepsOf('caseworker'), staffIds },
    support: { steps: SUPPORT_STEPS, staffIds, duties: ['housing_benefit', 'deposit_loan'] },
    housingDuties: ['settle_subsidy'],
    horizon: today.add({ days: SOON_DAYS }),
    shelterPaths: assignments.filter(({ role }) => role === 'shelter_staff').map(({ unitPath }) => unitPath),
    toldOutcomes: TOLD_OUTCOMES,
    daysAllowed: DAYS_ALLOWED,
  };
}

export async function showTasks(turn: Turn, data: Readonly<Record<string, unknown>> = {}): Promise<BotReply> {
  const words = tasksWords[turn.locale];
  const { offset } = parsePress(paging, data, 'tasks.page');
  const rows = await waitingFor(turn.deps.prisma, listsOf(turn), offset);
  const shown = rows.slice(0, PAGE);
  await logAccess(
    turn.deps.prisma,
    shown.map(({ caseId, citizenId }) => ({
      at: turn.now,
      staffId: turn.actor.staffId,
      action: 'read',
      purpose: 'casework',
      operation: 'tasks.list',
      citizenId,
      referralId: caseId,
    })),
  );
  if (shown.length === 0 && offset === 0) return { kind: 'text', text: words.none };
  return {
    kind: 'card',
    card: show(listType, turn.locale, {
      data: {
        title: words.title,
        count: words.count(shown.length, rows.length > PAGE || offset > 0),
        tasks: shown
          .map((row) => ({ row, due: dueOf(row, turn) }))
          .sort((a, b) => Temporal.PlainDate.compare(a.due, b.due))
          .map(({ row, due }) => taskLine(turn, row, due)),
        nextOffset: offset + PAGE,
        previousOffset: Math.max(0, offset - PAGE),
        hasNext: rows.length > PAGE,
        hasPrevious: offset > 0,
      },
      summary: words.title,
      stamp: {},
    }),
  };
}

function dueOf({ kind, wayVersion: version, step, clockFrom, dueOn: set }: WaitingCase, turn: Turn): PlainDate {
  const { calendar } = turn.deps.rules;
  switch (kind) {
    case 'step':
      return set ?? dueOn(stepOf(wayVersion(version), step), clockFrom, calendar);
    case 'tell-municipality':
      return deadline(clockFrom, 3, 'hverdage', calendar);
    case 'tell-citizen':
      return deadline(clockFrom, 1, 'arbejdsdage', calendar);
    case 'housing_benefit':
    case 'deposit_loan':
    case 'settle_subsidy':
      return set ?? clockFrom;
  }
}

function titleOf({ kind, wayVersion: version, step }: WaitingCase, locale: Locale): string {
  const words = tasksWords[locale];
  switch (kind) {
    case 'step':
      return stepWords(version, step, locale).title;
    case 'tell-municipality':
      return words.tellMunicipality;
    case 'tell-citizen':
      return words.tellCitizen;
    case 'housing_benefit':
    case 'deposit_loan':
    case 'settle_subsidy':
      return caseHomeWords[locale].duty[kind];
  }
}

/** Whether it waits for whoever follows up, rather than for the caseworker. */
const ofSupport = ({ kind, step }: WaitingCase): boolean =>
  kind === 'step' ? SUPPORT_STEPS.includes(step) : kind === 'housing_benefit' || kind === 'deposit_loan';

function taskLine(turn: Turn, row: WaitingCase, due: PlainDate) {
  const { locale, deps, today, actor } = turn;
  const words = tasksWords[locale];
  const title = titleOf(row, locale);
  const absent = [row.supporterId, row.caseworkerId].includes(actor.staffId)
    ? undefined
    : actor.standsInFor.find(({ staffId }) => staffId === (ofSupport(row) ? row.supporterId : row.caseworkerId));
  const name = deps.personNames === 'full' ? row.citizen : initials(row.citizen);
  const overdueDays = daysOverdue(due, today);
  return {
    caseId: row.caseId,
    title: absent ? `${title} (${words.forColleague(absent.name)})` : title,
    subtitle: [sharedWords[locale].caseNumber(row.number), name, row.shelter].join(' · '),
    due: words.due(dueText(due, overdueDays, turn)),
    late: overdueDays > 0,
    verb: row.kind === 'step' ? ('step.open' as const) : ('case.open' as const),
  };
}
