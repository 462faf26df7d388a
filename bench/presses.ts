/** Presses of buttons as Teams sends them, on the cards of a population. */
import { randomUUID } from 'node:crypto';
import { Temporal } from '../bot/domain/time.ts';
import type { Script } from './load.ts';
import { standingAt, TENANT } from './population.ts';

type Data = Readonly<Record<string, unknown>>;

export function pressBody(aadObjectId: string, verb: string, data: Data, serviceUrl: string): string {
  const userId = `29:${aadObjectId}`;
  return JSON.stringify({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: userId, aadObjectId },
    recipient: { id: '28:bot' },
    conversation: { id: `personal:${userId}`, conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    locale: 'da-DK',
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
  });
}

const day = Temporal.Now.plainDateISO().subtract({ days: 7 });
const typedDay = `${day.day}.${day.month}.${day.year}`;
const dimensions = 'home mentalHealth physicalHealth dailyActivities network substances work economy'.split(' ');
/** The caseworker's three steps in a row, and what is typed on their cards. */
const typed: Readonly<Record<string, Data>> = {
  assessment: {
    ...Object.fromEntries(dimensions.map((name) => [name, 'done'])),
    ...{ plan: 'action_plan', planOn: typedDay, outcome: 'assessed' },
  },
  clarification: {
    ...{ adults: '1', children: '0', wishes: 'Gerne stueetage', homeKind: 'state_subsidy' },
    ...{ supportBasis: 'section_85a', supportMethod: 'cti', payable: '3.800', bifAskedOn: typedDay },
  },
  nomination: {
    ...{ acuteNeed: 'true', cannotSolve: 'true', ableToLive: 'true', aroseHere: 'true' },
    ...{ bifAskedOn: typedDay, note: 'Kan flytte med kort varsel', outcome: 'nominated' },
  },
};
const steps = Object.keys(typed);

export interface Presses {
  /** Each saves a case's step half done, then completes it, through all the steps that its caseworker has; then the next case. */
  readonly changes: readonly Script[];
  /** Each opens one case after another, as their caseworkers. */
  readonly reads: readonly Script[];
}

/** Shares the cases out among the connections, so that no two press on the same one. */
export async function pressesOn(url: string, serviceUrl: string, connections: number): Promise<Presses> {
  const cases = (
    await Promise.all(
      steps.map(async (step, index) => (await standingAt(url, step)).map((found) => ({ ...found, step: index }))),
    )
  ).flat();
  type Case = (typeof cases)[number];

  function* changing(own: readonly Case[]): Generator<string, void, unknown> {
    for (const { caseId, caseworker, step: from, version: before } of own) {
      let version = before;
      for (const step of steps.slice(from)) {
        for (const verb of ['step.save', 'step.complete']) {
          const data = { ...typed[step], caseId, version: String(version++), nonce: randomUUID() };
          yield pressBody(caseworker ?? '', verb, data, serviceUrl);
        }
      }
    }
  }
  function* reading(own: readonly Case[]): Generator<string, void, unknown> {
    for (;;)
      for (const { caseId, caseworker } of own) yield pressBody(caseworker ?? '', 'case.open', { caseId }, serviceUrl);
  }
  const shares = Array.from({ length: connections }, (_, at) => cases.filter((_, index) => index % connections === at));
  return { changes: shares.map(changing), reads: shares.map(reading) };
}
